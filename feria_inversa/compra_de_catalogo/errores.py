"""Errors of the purchases from the catalogue."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado, Prohibido
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class CompraNoEncontrada(NoEncontrado):
    codigo = "compra_de_catalogo_no_encontrada"
    titulo = _l("No existe esa compra del catálogo")


class CompraNoPermite(TransicionInvalida):
    codigo = "compra_de_catalogo_no_permite"
    titulo = _l("El estado de la compra no permite esta acción")


class SinEvidencia(DatosInvalidos):
    codigo = "compra_sin_evidencia"
    titulo = _l("Falta la búsqueda congelada de lo que se compra")


class OfertaYaPedida(Conflicto):
    codigo = "oferta_ya_pedida"
    titulo = _l("Ya hay una compra con esa oferta")


class CertificacionInsuficiente(Conflicto):
    codigo = "certificacion_insuficiente"
    titulo = _l("La certificación presupuestaria no alcanza")


class MismaPersona(Prohibido):
    codigo = "misma_persona"
    titulo = _l("La aprueba otra persona que la que la pidió")
