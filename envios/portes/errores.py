"""What can go wrong with postage, and what to do about it."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class SinPorte(NoEncontrado):
    codigo = "envio_sin_porte"
    titulo = _l("Ese envío no tiene franqueo en Qhatu")


class PorteTerminado(Conflicto):
    codigo = "porte_terminado"
    titulo = _l("El franqueo ya se cobró o se devolvió")


class SinExcedente(Conflicto):
    codigo = "sin_excedente"
    titulo = _l("Ese envío no espera ningún pago")
