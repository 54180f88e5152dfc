"""Errors of the questions."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class PreguntaNoEncontrada(NoEncontrado):
    codigo = "pregunta_no_encontrada"
    titulo = _l("No existe esa pregunta")


class PreguntaTerminada(TransicionInvalida):
    codigo = "pregunta_terminada"
    titulo = _l("La pregunta ya terminó")


class NoSePregunta(Conflicto):
    codigo = "no_se_pregunta"
    titulo = _l("Ahora no se puede preguntar")


class DiceQuienPregunta(DatosInvalidos):
    codigo = "dice_quien_pregunta"
    titulo = _l("La pregunta no puede decir quién la hace")
