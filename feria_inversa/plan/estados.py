"""The life of an annual plan: a draft, published and changed by versions, over with its year."""

from enum import StrEnum

from feria_inversa.plan.errores import PlanNoPermite
from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class EstadoPlan(StrEnum):
    """Nobody but its entity sees a draft, which may be thrown away; what was published stays."""

    BORRADOR = "borrador"
    PUBLICADO = "publicado"
    TERMINADO = "terminado"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


_P = EstadoPlan
_TEXTOS = {
    _P.BORRADOR: _l("Borrador"),
    _P.PUBLICADO: _l("Publicado"),
    _P.TERMINADO: _l("Terminó con su gestión"),
}
TONOS = {_P.PUBLICADO: "bien"}
VIDA_PLAN = Vida(
    "feria_plan",
    EstadoPlan,
    {_P.BORRADOR: {_P.PUBLICADO}, _P.PUBLICADO: {_P.TERMINADO}},
    nace={_P.BORRADOR},
    fines={_P.TERMINADO},
    nombre=lambda estado: estado.texto.lower(),
    error=PlanNoPermite,
)
