"""What can go wrong, each with a stable code."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class PromocionNoEncontrada(NoEncontrado):
    codigo = "promocion_no_encontrada"
    titulo = _l("No encontramos esa promoción")


class CuponNoEncontrado(NoEncontrado):
    codigo = "cupon_no_encontrado"
    titulo = _l("No encontramos ese cupón")


class CuponRepetido(Conflicto):
    codigo = "cupon_repetido"
    titulo = _l("Ya tiene un cupón con ese código")


class DemasiadasPromociones(Conflicto):
    codigo = "demasiadas_promociones"
    titulo = _l("Tiene demasiadas sin terminar")


class CuponNoVale(Conflicto):
    """What was typed takes nothing off what is in the cart now, and why."""

    codigo = "cupon_no_vale"
    titulo = _l("El cupón no vale para esta compra")
