"""What can go wrong with a question or a message, each with a stable code."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class PreguntaNoEncontrada(NoEncontrado):
    codigo = "pregunta_no_encontrada"
    titulo = _l("No encontramos esa pregunta")


class PreguntaTerminada(TransicionInvalida):
    codigo = "pregunta_terminada"
    titulo = _l("La pregunta ya terminó")


class PreguntaPropia(Conflicto):
    codigo = "pregunta_propia"
    titulo = _l("Es de una unidad suya")


class ConContacto(DatosInvalidos):
    codigo = "con_contacto"
    titulo = _l("No se publican datos de contacto")


class NoSeEscribe(Conflicto):
    codigo = "no_se_escribe"
    titulo = _l("Ahora no se puede escribir en este pedido")


class MensajeNoEncontrado(NoEncontrado):
    codigo = "mensaje_no_encontrado"
    titulo = _l("No encontramos ese mensaje")
