"""Reviews as the API shows them."""

from comercio.opiniones.consultas import Distribucion, OpinionLeida
from comercio.opiniones.esquemas import OpinionesDeProducto, OpinionFicha


def opinion(leida: OpinionLeida) -> OpinionFicha:
    return OpinionFicha.model_validate(leida, from_attributes=True)


def de_producto(
    distribucion: Distribucion, leidas: list[OpinionLeida], siguiente: str | None
) -> OpinionesDeProducto:
    return OpinionesDeProducto(
        n=distribucion.n,
        media=distribucion.media,
        por_estrellas={estrellas: cuantas for estrellas, cuantas, _pct in distribucion.barras},
        datos=[opinion(leida) for leida in leidas],
        siguiente=siguiente,
    )
