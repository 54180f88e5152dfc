"""Joint acts: what the representatives of a unit who only act together may do, declared by each room.

Authority has a third answer, `FaltanFirmas`: yes, with others. A room declares a use case once
(`acto_conjunto`) and its pages and API call `hacer`: whoever may alone does it at once; for whoever may only
with others, what they asked for is kept, waiting for the other signatures, and the answer is `Propuesto`.
The kernel holds the list of what is declared; who keeps the proposals and counts signatures is a room
above, the registry, which says so through `proveer_firmas`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from moneyed import Money
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import JSONResponse, Response

from nucleo.actor import Actor, Autorizacion
from nucleo.errores import Prohibido
from nucleo.textos import perezoso as _l

C = TypeVar("C", bound=BaseModel)
R = TypeVar("R")


class FaltanFirmas(Prohibido):
    """The third answer: the actor may do this for the unit, together with others.

    `monto` is what was asked of their mandate. Where the use case is not a joint act, it is a refusal.
    """

    codigo = "faltan_firmas"
    titulo = _l("Para esto hace falta más de una firma")

    def __init__(self, detalle: str, *, unidad_id: UUID, facultad: str, monto: Money | None) -> None:
        super().__init__(detalle)
        self.unidad_id, self.facultad, self.monto = unidad_id, facultad, monto


@dataclass(frozen=True, slots=True)
class Propuesto:
    """What was asked for and now waits: `faltan` signatures of `firmas`, until `vence_en`."""

    id: UUID
    codigo: str
    nombre: str
    firmas: int
    faltan: int
    vence_en: datetime
    huella: str

    @property
    def url(self) -> str:
        """The page where it is read and signed."""
        return f"/por-firmar/{self.id}"


class PropuestoSalida(BaseModel):
    """Lo que usted pidió espera las firmas que faltan. Está entero en `/api/v1/actos/{id}`."""

    id: UUID
    codigo: str = Field(description="La clase de acto.", examples=["retiro"])
    nombre: str
    firmas: int = Field(description="Cuántas hacen falta.")
    faltan: int
    vence_en: datetime
    huella: str = Field(description="SHA-256 de lo que se firma, en hexadecimal.")


RESPUESTAS_202: dict[int | str, dict[str, Any]] = {
    202: {"model": PropuestoSalida, "description": "Su mandato es conjunto: espera las firmas que faltan."}
}
"""For `responses=` of a route whose use case several may sign."""


def respuesta_propuesto(propuesto: Propuesto) -> Response:
    """What that route answers when the act waits for signatures."""
    salida = PropuestoSalida(**asdict(propuesto)).model_dump(mode="json")
    return JSONResponse(salida, 202, {"Location": f"/api/v1/actos/{propuesto.id}"})


@dataclass(frozen=True, slots=True)
class Fin:
    """How a proposal ended without being done: `estado` is rechazado, retirado or vencido."""

    estado: str
    autorizacion: Autorizacion
    motivo: str | None = None


def _sin_plazo(_sesion: Session, _cuerpo: Any) -> datetime | None:
    return None


def _nada_que_declarar(_sesion: Session, _cuerpo: Any) -> str | None:
    return None


def _sin_pagina(_cuerpo: Any) -> str | None:
    return None


def _cualquiera(_sesion: Session, _actor: Actor, _cuerpo: Any) -> None:
    return None


def _quien_pueda(_sesion: Session, _cuerpo: Any) -> frozenset[UUID] | None:
    return None


def _nada_que_hacer(_sesion: Session, _cuerpo: Any, _fin: Fin) -> None:
    return None


@dataclass(frozen=True, slots=True)
class ActoConjunto(Generic[C, R]):
    """A use case that several may do together.

    `codigo` is stored and signed: it never changes. `cuerpo` is everything that the act needs, as values:
    what is signed is its canonical JSON. `ejecutar` does it now, asking `exigir_facultad` as ever, and asks
    last, so that what is wrong in the body is said before anybody signs. `en_palabras` says it to who signs,
    term and value. `vence`: its own deadline, if it has one earlier than the 15 days of every proposal.
    `declara`: what each signer must say they looked at. `al_terminar` hears that it ended undone.
    `exige` raises for who may not sign it whatever their mandate, such as an official in her own case.
    `pagina`: where the thing itself is looked at. `firmas_minimas` over 1 is an act that not even who may
    alone does alone: it is `proponer`-ed. `se_rechaza`: whether one who could sign ends it by saying no; not
    where that would be the very one it is about. `firman`: the very people who sign it, all of them, where it
    is not whoever has the faculty; for anybody else it does not exist.
    """

    codigo: str
    nombre: str
    facultad: str
    cuerpo: type[C]
    ejecutar: Callable[[Session, Actor, C], R]
    en_palabras: Callable[[Session, C], Sequence[tuple[str, str]]]
    vence: Callable[[Session, C], datetime | None] = _sin_plazo
    declara: Callable[[Session, C], str | None] = _nada_que_declarar
    al_terminar: Callable[[Session, C, Fin], None] = _nada_que_hacer
    pagina: Callable[[C], str | None] = _sin_pagina
    exige: Callable[[Session, Actor, C], object] = _cualquiera
    firmas_minimas: int = 1
    se_rechaza: bool = True
    firman: Callable[[Session, C], frozenset[UUID] | None] = _quien_pueda

    def hacer(self, sesion: Session, actor: Actor, cuerpo: C) -> R | Propuesto:
        """Do it, or leave it waiting for the signatures that are missing."""
        try:
            with sesion.begin_nested():
                return self.ejecutar(sesion, actor, cuerpo)
        except FaltanFirmas as espera:
            if espera.facultad != self.facultad:
                raise
            return self.proponer(sesion, actor, cuerpo, unidad_id=espera.unidad_id, monto=espera.monto)

    def proponer(
        self, sesion: Session, actor: Actor, cuerpo: C, *, unidad_id: UUID, monto: Money | None = None
    ) -> Propuesto:
        """Leave it waiting, signed by the actor. `monto` is what each signer's limit must reach."""
        assert _proponer is not None, "nobody keeps what is proposed"
        return _proponer(sesion, actor, self, cuerpo, unidad_id, monto)


_declarados: dict[str, ActoConjunto[Any, Any]] = {}
_proponer: "Proponer | None" = None


def acto_conjunto(acto: ActoConjunto[C, R]) -> ActoConjunto[C, R]:
    """Declare a joint act; its module is imported with its room."""
    assert acto.codigo not in _declarados, acto.codigo
    _declarados[acto.codigo] = acto
    return acto


def actos_declarados() -> Mapping[str, ActoConjunto[Any, Any]]:
    return _declarados


Proponer = Callable[[Session, Actor, ActoConjunto[Any, Any], BaseModel, UUID, Money | None], Propuesto]


def proveer_firmas(proponer: Proponer) -> Proponer:
    """Let the registry, a room above, keep what is proposed (a decorator)."""
    global _proponer
    _proponer = proponer
    return proponer
