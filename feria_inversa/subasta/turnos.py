"""`qhatu verify`: the turns of auctions by rounds, computed again from their minutes, their notices and their
bids, without asking the functions of the database that gave them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, text
from sqlmodel import Session

_POR_RONDAS = text(
    "SELECT s.convocatoria_id AS id, c.cuce, s.empieza_en, s.rondas, s.turno_min, s.pausa_min"
    " FROM feria_subasta s JOIN feria_convocatoria c ON c.id = s.convocatoria_id"
    " WHERE s.rondas > 0 ORDER BY c.cuce"
)
_TURNOS = text(
    "SELECT grupo, ronda, orden, desde, hasta FROM feria_subasta_turno WHERE convocatoria_id = :id"
    " ORDER BY grupo, ronda, orden"
)
_PUJAS = text(
    "SELECT p.grupo, p.proponente, u.id, u.numero, u.ronda, u.monto, u.hecha_en"
    " FROM feria_subasta_participante p JOIN feria_puja u ON u.participante_id = p.id"
    " WHERE p.convocatoria_id = :id ORDER BY p.grupo, u.numero, u.id"
)
_ACTAS = text(
    "SELECT clase, hecha_en, contenido FROM feria_acta WHERE convocatoria_id = :id"
    " AND clase IN ('interrupcion', 'subasta') ORDER BY numero"
)
SE_DETIENE = timedelta(minutes=1)
"""How long after it was written a notice stopped the bids: the database admits no more."""


@dataclass(frozen=True, slots=True)
class Turno:
    ronda: int
    orden: int
    desde: datetime
    hasta: datetime


Turnos = tuple[Turno, ...]


def verificar_turnos(sesion: Session) -> Iterator[str]:
    """What does not agree, in words."""
    conexion = sesion.connection()
    for subasta in conexion.execute(_POR_RONDAS).all():
        yield from _de_una(conexion, subasta)


def _de_una(conexion: Connection, subasta: Row[Any]) -> Iterator[str]:
    de_ella = {"id": subasta.id}
    pujas: dict[int, list[Row[Any]]] = {}
    for puja in conexion.execute(_PUJAS, de_ella):
        pujas.setdefault(puja.grupo, []).append(puja)
    guardados: dict[int, Turnos] = {}
    for grupo, *turno in conexion.execute(_TURNOS, de_ella):
        guardados[grupo] = (*guardados.get(grupo, ()), Turno(*turno))
    avisos: list[tuple[datetime, Mapping[str, Any]]] = []
    dichos: dict[int, Sequence[Mapping[str, Any]]] | None = None
    for clase, hecha_en, contenido in conexion.execute(_ACTAS, de_ella):
        dicho = json.loads(contenido)
        if clase == "subasta":
            dichos = {grupo["item"]: grupo.get("turnos", ()) for grupo in dicho["grupos"]}
        else:
            avisos.append((hecha_en, dicho))
    for grupo, suyas in pujas.items():
        turnos = guardados.get(grupo, ())
        if turnos not in _posibles(subasta, grupo, len({p.proponente for p in suyas}), avisos):
            yield f"los turnos del ítem {grupo} de {subasta.cuce} no son los de sus minutos y sus avisos"
            continue
        de_quien = _de_quien(suyas, subasta.rondas)
        yield from _fuera_de_turno(subasta.cuce, suyas, turnos, de_quien)
        if dichos is not None and not _dice(dichos.get(grupo, ()), turnos, de_quien):
            yield f"el acta de la subasta de {subasta.cuce} no dice los turnos del ítem {grupo}"


def _posibles(
    subasta: Row[Any], grupo: int, cuantos: int, avisos: Sequence[tuple[datetime, Mapping[str, Any]]]
) -> set[Turnos]:
    """The turns of something for which so many compete: before each notice, as those that it stopped."""
    turno = timedelta(minutes=subasta.turno_min)
    nacen = []
    for ronda in range(1, subasta.rondas + 1):
        empieza = subasta.empieza_en + ronda * timedelta(minutes=subasta.pausa_min)
        for orden in range(1, cuantos + 1):
            desde = empieza + ((ronda - 1) * cuantos + orden - 1) * turno
            nacen.append(Turno(ronda, orden, desde, desde + turno))
    posibles = {tuple(nacen)}
    for hecho_en, dicho in avisos:
        terminaba = {x["item"]: datetime.fromisoformat(x["termina"]) for x in dicho["terminaba"]}
        if grupo in terminaba:
            cuanto = datetime.fromisoformat(dicho["termina"]) - max(terminaba.values())
            # Turns last minutes: one at most begins or ends between both.
            cortes = (hecho_en, hecho_en + SE_DETIENE)
            posibles = {_corridos(p, corte, cuanto) for p in posibles for corte in cortes}
    return posibles


def _corridos(turnos: Turnos, corte: datetime, cuanto: timedelta) -> Turnos:
    """What had not ended, or the last one, ends later by as much; what had not begun, begins later too."""
    fin = max(t.hasta for t in turnos)
    return tuple(
        replace(t, desde=t.desde + cuanto if t.desde > corte else t.desde, hasta=t.hasta + cuanto)
        if t.hasta > corte or t.hasta == fin
        else t
        for t in turnos
    )


def _de_quien(pujas: Sequence[Row[Any]], rondas: int) -> dict[tuple[int, int], int]:
    """Whose each turn is, by round and order: from the highest of what was bid before the round to the
    lowest, of equal ones who said it first the last.
    """
    de_quien: dict[tuple[int, int], int] = {}
    for ronda in range(1, rondas + 1):
        ultimas = {p.proponente: p for p in pujas if (p.ronda or 0) < ronda}  # they come by their number
        en_orden = sorted(ultimas.values(), key=lambda p: (p.monto, p.hecha_en, p.id), reverse=True)
        de_quien |= {(ronda, orden): p.proponente for orden, p in enumerate(en_orden, start=1)}
    return de_quien


def _fuera_de_turno(
    cuce: str, pujas: Sequence[Row[Any]], turnos: Turnos, de_quien: Mapping[tuple[int, int], int]
) -> Iterator[str]:
    suyos = {(t.ronda, de_quien[t.ronda, t.orden]): t for t in turnos}
    for puja in pujas:
        turno = suyos.get((puja.ronda, puja.proponente))
        if puja.numero > 0 and (turno is None or not turno.desde <= puja.hecha_en < turno.hasta):
            yield f"la puja {puja.numero} del proponente {puja.proponente} de {cuce} no es de su turno"


def _dice(
    dichos: Sequence[Mapping[str, Any]], turnos: Turnos, de_quien: Mapping[tuple[int, int], int]
) -> bool:
    esperados = {(t.ronda, de_quien[t.ronda, t.orden], t.desde, t.hasta) for t in turnos}
    return len(dichos) == len(turnos) and esperados == {
        (
            dicho["ronda"],
            dicho["proponente"],
            datetime.fromisoformat(dicho["desde"]),
            datetime.fromisoformat(dicho["hasta"]),
        )
        for dicho in dichos
    }
