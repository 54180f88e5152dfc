"""What an entity may not do, or its people."""

from nucleo.errores import Conflicto, DatosInvalidos, Prohibido
from nucleo.textos import perezoso as _l


class ProveedorNoHabilitado(DatosInvalidos):
    codigo = "proveedor_no_habilitado"
    titulo = _l("El proveedor no puede contratar con el Estado")


class ConflictoDeInteres(Prohibido):
    codigo = "conflicto_de_interes"
    titulo = _l("Hay un conflicto de interés")


class EjecutoraEnUso(Conflicto):
    codigo = "ejecutora_en_uso"
    titulo = _l("Esa unidad ejecutora ya está declarada")


class CuceNoCorresponde(DatosInvalidos):
    codigo = "cuce_no_corresponde"
    titulo = _l("Ese CUCE no puede ser el de este proceso")


class CuceEnUso(Conflicto):
    codigo = "cuce_en_uso"
    titulo = _l("Ya hay un proceso con ese CUCE")
