"""What can go wrong, each with a stable code."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class OfertaNoEncontrada(NoEncontrado):
    codigo = "oferta_sostenida_no_encontrada"
    titulo = _l("No encontramos esa oferta")


class OfertaTerminada(TransicionInvalida):
    codigo = "oferta_sostenida_terminada"
    titulo = _l("Esa oferta ya no está así")


class OfertaRepetida(Conflicto):
    codigo = "oferta_sostenida_repetida"
    titulo = _l("La entidad ya tiene una oferta de ese producto")


class OfertaOcupada(Conflicto):
    codigo = "oferta_sostenida_ocupada"
    titulo = _l("Una compra usa esa oferta")


class OfertaPropia(Conflicto):
    """Who buys for the entity may sell for the seller."""

    codigo = "oferta_propia"
    titulo = _l("Usted compra por la entidad y puede vender por esa unidad")
