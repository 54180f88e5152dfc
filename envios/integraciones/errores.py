"""What can go wrong with a message of an operator."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class MensajeNoEncontrado(NoEncontrado):
    codigo = "mensaje_no_encontrado"
    titulo = _l("No existe ese mensaje")


class ClaveEquivocada(Conflicto):
    codigo = "clave_equivocada"
    titulo = _l("Ese no era el código de entrega")


class MensajeTerminado(Conflicto):
    codigo = "mensaje_terminado"
    titulo = _l("Ese mensaje ya se registró o se descartó")
