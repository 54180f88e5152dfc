"""What can go wrong with a review, each with a stable code."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class OpinionNoEncontrada(NoEncontrado):
    codigo = "opinion_no_encontrada"
    titulo = _l("No encontramos esa opinión")


class OpinionNoProcede(Conflicto):
    codigo = "opinion_no_procede"
    titulo = _l("No se puede opinar ahora")


class OpinionPropia(Conflicto):
    codigo = "opinion_propia"
    titulo = _l("Es de una unidad suya")


class OpinionRespondida(Conflicto):
    codigo = "opinion_respondida"
    titulo = _l("Ya se respondió")


class ModeracionRepetida(Conflicto):
    codigo = "moderacion_repetida"
    titulo = _l("La opinión ya está así")
