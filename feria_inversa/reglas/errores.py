"""What the rules of contracting refuse."""

from nucleo.errores import DatosInvalidos
from nucleo.textos import perezoso as _l


class PlazoInsuficiente(DatosInvalidos):
    codigo = "plazo_insuficiente"
    titulo = _l("El plazo para ofertar es más corto que el mínimo")


class DiaInhabil(PlazoInsuficiente):
    codigo = "dia_inhabil"
    titulo = _l("Ese día no es hábil donde está la entidad")


class ModalidadNoCorresponde(DatosInvalidos):
    codigo = "modalidad_no_corresponde"
    titulo = _l("La modalidad no corresponde al monto")
