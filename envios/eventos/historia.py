"""The story of items as it counts: what happened, in order, and what decides the state."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from envios.eventos.consultas import eventos_y_corregidos
from envios.eventos.derivar import quien_decide
from envios.eventos.sucesos import Suceso
from envios.items.modelos import Envio


@dataclass(frozen=True, slots=True)
class Historia:
    """The events that count, in order of occurrence, and the one that decides the state."""

    cuentan: list[Suceso]
    decisivo: Suceso | None


def historias_de(sesion: Session, envios: Iterable[Envio]) -> dict[UUID, Historia]:
    """By item, in one statement whatever they hold."""
    suyos = {e.id: e for e in envios}
    eventos, corregidos = eventos_y_corregidos(sesion, suyos)
    historias = {}
    for envio_id, envio in suyos.items():
        cadena, decisivo = quien_decide(eventos[envio_id], corregidos, envio.operador_unidad_id)
        cuentan = [e for e in eventos[envio_id] if e.id not in corregidos and e.operador_unidad_id in cadena]
        cuentan.sort(key=lambda e: (e.ocurrido_en, e.recibido_en, e.id))
        assert decisivo is None or isinstance(decisivo, Suceso)
        historias[envio_id] = Historia(cuentan, decisivo)
    return historias


def historia_de(sesion: Session, envio: Envio) -> tuple[list[Suceso], Suceso | None]:
    historia = historias_de(sesion, [envio])[envio.id]
    return historia.cuentan, historia.decisivo
