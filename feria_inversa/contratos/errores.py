"""Errors of the purchase orders."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class OrdenNoEncontrada(NoEncontrado):
    codigo = "orden_de_compra_no_encontrada"
    titulo = _l("No existe esa orden de compra")


class PlazoDeImpugnacion(Conflicto):
    codigo = "plazo_de_impugnacion"
    titulo = _l("Todavía corre el plazo de impugnación")
