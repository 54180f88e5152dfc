"""The life of a promotion and of a coupon: in force or in a pause, until time or its seller ends it."""

from enum import StrEnum

from nucleo.vidas import Vida


class EstadoPromocion(StrEnum):
    ACTIVA = "activa"
    PAUSADA = "pausada"
    TERMINADA = "terminada"


class Alcance(StrEnum):
    """Of all that a seller sells, or of the variants that they chose."""

    TIENDA = "tienda"
    ELEGIDOS = "elegidos"


_E = EstadoPromocion
_PASOS = {
    _E.ACTIVA: {_E.PAUSADA, _E.TERMINADA},
    _E.PAUSADA: {_E.ACTIVA, _E.TERMINADA},
}
# Time ends both: outside their days they are worth nothing whatever their state says, and a sweep says so.
VIDA_PROMOCION = Vida("comercio_promocion", _E, _PASOS, nace={_E.ACTIVA}, fines={_E.TERMINADA})
VIDA_CUPON = Vida("comercio_cupon", _E, _PASOS, nace={_E.ACTIVA}, fines={_E.TERMINADA})
