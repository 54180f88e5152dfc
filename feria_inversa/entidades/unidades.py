"""What the fair asks of the registry, in its own words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session

import comercio
from empresa_digital.registro import (
    EstadoUnidad,
    Habilitacion,
    Unidad,
    con_habilitacion,
    identificadores_de,
    identificadores_en_lote,
    lugar,
    unidad_por_id,
    unidades_en_lote,
    unidades_representadas,
)
from feria_inversa.entidades.errores import ConflictoDeInteres
from nucleo.actor import Actor
from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _

NIT = "BO-NIT"
CINS = "BO-CINS"
PROPIO = "BO-QHATU"


def codigo_institucional(sesion: Session, unidad_id: UUID) -> str | None:
    return identificadores_de(sesion, unidad_id).get(CINS)


def identificador_principal(sesion: Session, unidad_id: UUID) -> tuple[str, str]:
    """What to call a unit by on paper: («NIT», number), or its registry number."""
    conocidos = identificadores_de(sesion, unidad_id)
    if NIT in conocidos:
        return _("NIT"), conocidos[NIT]
    return _("Registro"), unidad_por_id(sesion, unidad_id).numero


def exigir_municipio(sesion: Session, ine: str) -> str:
    """«Cotoca, Santa Cruz». Raises `DatosInvalidos` for a code that is no municipality."""
    nombre = lugar(sesion, ine)
    if not nombre:
        detalle = _("Elija un municipio de la lista.")
        raise DatosInvalidos(detalle, campos={"municipio_ine": detalle})
    return nombre


@dataclass(frozen=True, slots=True)
class Organizacion:
    """A unit as a party of OCDS: identified by NIT or institutional code, else by its registry number."""

    id: str
    nombre: str
    identificador: dict[str, str]
    adicionales: tuple[dict[str, str], ...]
    lugar: str

    def referencia(self) -> dict[str, str]:
        return {"id": self.id, "name": self.nombre}

    def parte(self, roles: Sequence[str]) -> dict[str, Any]:
        municipio, _coma, departamento = self.lugar.partition(", ")
        parte: dict[str, Any] = {
            "id": self.id,
            "name": self.nombre,
            "identifier": self.identificador,
            "roles": list(roles),
        }
        if self.adicionales:
            parte["additionalIdentifiers"] = list(self.adicionales)
        if municipio:
            parte["address"] = {"locality": municipio, "region": departamento, "countryName": "Bolivia"}
        return parte


def organizaciones(sesion: Session, ids: Collection[UUID]) -> dict[UUID, Organizacion]:
    """Units as parties, in two queries."""
    identificadores = identificadores_en_lote(sesion, ids)
    return {
        id_: _organizacion(sesion, fila, identificadores[id_])
        for id_, fila in unidades_en_lote(sesion, ids).items()
    }


def _organizacion(sesion: Session, fila: Unidad, conocidos: Mapping[str, str]) -> Organizacion:
    orden = (CINS, NIT) if fila.tipo == "ENTIDAD_PUBLICA" else (NIT, CINS)
    todos = [(esquema, conocidos[esquema]) for esquema in orden if esquema in conocidos]
    todos.append((PROPIO, fila.numero))
    identificadores = [
        {"scheme": esquema, "id": valor, "legalName": fila.denominacion} for esquema, valor in todos
    ]
    return Organizacion(
        id="-".join(todos[0]),
        nombre=fila.denominacion,
        identificador=identificadores[0],
        adicionales=tuple(identificadores[1:]),
        lugar=lugar(sesion, fila.municipio_ine),
    )


def _representadas(sesion: Session, actor: Actor) -> set[UUID]:
    """Every unit the actor holds a mandate for, also those that may not act today: the interest is there."""
    return {u.id for u in unidades_representadas(sesion, actor, estados=tuple(EstadoUnidad))}


def que_representa(sesion: Session, persona_id: UUID) -> set[UUID]:
    """The same of anybody."""
    return _representadas(sesion, Actor(tipo="persona", nombre="", persona_id=persona_id))


def exigir_sin_conflicto_al_ofertar(
    sesion: Session, actor: Actor, entidad_id: UUID, oferente_id: UUID
) -> None:
    """Raise `ConflictoDeInteres` when the entity bids on its own need, or its people bid for another unit."""
    if oferente_id == entidad_id:
        raise ConflictoDeInteres(_("Una entidad no puede ofertar en su propia convocatoria."))
    exigir_sin_mandato_de(sesion, actor, entidad_id)


def exigir_sin_mandato_de(sesion: Session, actor: Actor, entidad_id: UUID) -> None:
    """Raise `ConflictoDeInteres` when the actor has a mandate of the entity that buys."""
    if entidad_id in _representadas(sesion, actor):
        raise ConflictoDeInteres(
            _("Usted tiene un mandato de la entidad que convoca: no puede ofertar por otra unidad.")
        )


def exigir_sin_conflicto_al_decidir(sesion: Session, actor: Actor, oferentes: Sequence[UUID]) -> None:
    """Raise `ConflictoDeInteres` when who opens or awards also represents a bidder."""
    if _representadas(sesion, actor) & set(oferentes):
        raise ConflictoDeInteres(
            _("Usted tiene un mandato de una unidad que ofertó: otra persona debe abrir y adjudicar.")
        )


def exigir_sin_conflicto_al_comprar(sesion: Session, actor: Actor, vendedor_id: UUID) -> None:
    """Raise `ConflictoDeInteres` when who asks, decides, receives or pays a purchase also represents who
    sells it: the question that the shop asks of its order too."""
    if comercio.representa_a(sesion, actor, vendedor_id):
        raise ConflictoDeInteres(
            _("Usted tiene un mandato de quien vende: que lo haga otra persona de la entidad.")
        )


def habilitados(sesion: Session, unidades: Collection[UUID]) -> set[UUID]:
    """Those that may contract with the State today: registered, not suspended, and qualified to provide."""
    return con_habilitacion(sesion, unidades, Habilitacion.PROVEEDOR_DEL_ESTADO)
