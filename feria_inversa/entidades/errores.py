"""What an entity may not do, or its people."""

from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.textos import perezoso as _l


class ProveedorNoHabilitado(DatosInvalidos):
    codigo = "proveedor_no_habilitado"
    titulo = _l("El proveedor no puede contratar con el Estado")


class ConflictoDeInteres(Prohibido):
    codigo = "conflicto_de_interes"
    titulo = _l("Hay un conflicto de interés")
