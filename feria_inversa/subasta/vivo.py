"""An auction as it goes, told to who watches: from the tables alone, from where they were left.

What is told was committed, by whichever process took it. Who was told of three bids of «Proponente 1», none
of the second's and twelve of the third's carries «3-0-12»: bids of different bidders are not committed in the
order of their instants, and each one's are numbered without gaps. So who comes back misses none, and hears
none twice.
"""

from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any, Literal
from uuid import UUID

import structlog
from anyio import Lock, sleep
from fastapi.sse import format_sse_event
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from feria_inversa.subasta.consultas import Subastado, exigir_subasta, turnos_de
from feria_inversa.subasta.errores import SinSubasta
from feria_inversa.subasta.esquemas import HorarioVisto, PujaVista
from feria_inversa.subasta.modelos import GrupoSubastado, Participante
from feria_inversa.subasta.presentar import turno_que_corre
from nucleo.bd import en_hilo, transaccion
from nucleo.corrientes import acabando
from nucleo.dinero import de_centavos
from nucleo.errores import ErrorDominio
from nucleo.reloj import ahora_bd

registro = structlog.get_logger(__name__)

MIRAR_CADA_S = 1.0
FRESCO_S = 0.5
"""Who looks so soon after somebody else in this process sees what they saw."""
DURA_S = 300.0
LATE_S = 15.0
"""After so long in silence something is said: whoever stands between does not take it for dead."""
VOLVER_MS = 3_000
_NUEVAS = text(
    "SELECT p.proponente, u.numero, u.monto, u.hecha_en FROM feria_subasta_participante p"
    " JOIN feria_puja u ON u.participante_id = p.id"
    " JOIN unnest(CAST(:proponentes AS int[]), CAST(:numeros AS int[])) AS v (proponente, numero)"
    "   ON v.proponente = p.proponente AND u.numero > v.numero"
    " WHERE p.convocatoria_id = :id AND p.grupo = :grupo"
    " AND u.hecha_en < coalesce(CAST(:antes AS timestamptz), 'infinity') ORDER BY u.hecha_en, u.id"
)


@dataclass(frozen=True, slots=True)
class Cosa:
    """What is auctioned at once, and who competes for it, by number."""

    convocatoria_id: UUID
    grupo: int
    proponentes: Sequence[int]


@dataclass(frozen=True, slots=True)
class Suceso:
    """Something told, as it goes out: the same bytes to all that were told the same before."""

    nombre: str
    dice: Any
    id: str
    trama: bytes


@dataclass(eq=False)
class Hilo:
    """What this process has seen of something: read and written once for all that watch it here."""

    cosa: Cosa
    vistas: dict[int, int]
    miran: int = 0
    pujas: list[Suceso] = field(default_factory=list)
    visto: HorarioVisto | None = None
    mirado: float = float("-inf")
    turno: Lock = field(default_factory=Lock)

    def fresco(self) -> HorarioVisto | None:
        return self.visto if monotonic() - self.mirado <= FRESCO_S else None

    async def mirar(self) -> HorarioVisto:
        if (fresco := self.fresco()) is not None:
            return fresco
        async with self.turno:
            if (fresco := self.fresco()) is not None:  # somebody else looked meanwhile
                return fresco
            horario, nuevas = await en_hilo(partial(_leer, self.cosa, self.vistas))
            self.pujas += _decir(nuevas, self.vistas)
            self.visto, self.mirado = horario, monotonic()
            return horario


_hilos: dict[tuple[UUID, int], Hilo] = {}


def cosa_de(sesion: Session, convocatoria_id: UUID, grupo: int) -> Cosa:
    """Raises `SinSubasta`."""
    exigir_subasta(sesion, convocatoria_id)
    consulta = select(Participante.proponente).where(
        Participante.convocatoria_id == convocatoria_id, Participante.grupo == grupo
    )
    proponentes = sesion.exec(consulta.order_by(col(Participante.proponente))).all()
    if not proponentes:
        raise SinSubasta
    return Cosa(convocatoria_id, grupo, proponentes)


def marca(dichas: Sequence[int]) -> str:
    return "-".join(str(numero) for numero in dichas)


def marca_de(subastado: Subastado) -> str:
    """Of who has seen all of something as it is."""
    return marca([p.pujas for p in sorted(subastado.posturas, key=lambda p: p.proponente)])


async def seguir(cosa: Cosa, desde: str) -> AsyncGenerator[Sequence[Suceso]]:
    """Each bid after those that a mark says, and when it begins and ends, told at first and when it changes.

    What is told at once comes together; an empty one only says that it goes on. It lasts until the auction is
    over, or `DURA_S`: who watches comes back with the last mark.
    """
    dichas, hasta, cuantas = _leer_marca(cosa, desde), monotonic() + DURA_S, 0
    dicho: HorarioVisto | None = None
    hablo = monotonic()
    with _hilo(cosa) as hilo:
        while True:
            try:
                horario = await hilo.mirar()
            except (
                ErrorDominio,
                SQLAlchemyError,
            ):  # it is away or busy: they come back in a moment
                registro.warning("subasta_sin_mirar", convocatoria=str(cosa.convocatoria_id), exc_info=True)
                return
            sucesos = hilo.pujas[cuantas:]
            cuantas += len(sucesos)
            if dichas is not hilo.vistas:
                sucesos = _decir([s.dice for s in sucesos], dichas)
                if dichas == hilo.vistas:  # from now on they are told what everybody is
                    dichas = hilo.vistas
            if horario != dicho:
                volver, dicho = VOLVER_MS if dicho is None else None, horario
                sucesos.append(_suceso("horario", horario, dichas, volver))
            if sucesos or monotonic() - hablo >= LATE_S:
                hablo = monotonic()
                yield sucesos
            if horario.terminada_en is not None or acabando() or monotonic() >= hasta:
                return
            await sleep(MIRAR_CADA_S)


def _decir(pujas: Iterable[PujaVista], dichas: dict[int, int]) -> list[Suceso]:
    """Those that were not told yet, each with the mark of who was told it; they are told now."""
    sucesos = []
    for puja in pujas:
        if puja.numero > dichas[puja.proponente]:
            dichas[puja.proponente] = puja.numero
            sucesos.append(_suceso("puja", puja, dichas))
    return sucesos


def _suceso(nombre: str, dice: BaseModel, dichas: Mapping[int, int], volver: int | None = None) -> Suceso:
    id_ = marca(list(dichas.values()))
    trama = format_sse_event(data_str=dice.model_dump_json(), event=nombre, id=id_, retry=volver)
    return Suceso(nombre, dice, id_, trama)


def _leer_marca(cosa: Cosa, dicha: str) -> dict[int, int]:
    """How many bids of each were told; none by a mark that is not one of these."""
    partes = dicha.split("-")
    bien = len(partes) == len(cosa.proponentes) and all(p.isdecimal() and len(p) < 10 for p in partes)
    return dict(zip(cosa.proponentes, map(int, partes) if bien else [0] * len(cosa.proponentes), strict=True))


@contextmanager
def _hilo(cosa: Cosa) -> Iterator[Hilo]:
    clave = (cosa.convocatoria_id, cosa.grupo)
    hilo = _hilos.setdefault(clave, Hilo(cosa, dict.fromkeys(cosa.proponentes, 0)))
    hilo.miran += 1
    try:
        yield hilo
    finally:
        hilo.miran -= 1
        if not hilo.miran:
            del _hilos[clave]


def _leer(cosa: Cosa, vistas: dict[int, int]) -> tuple[HorarioVisto, list[PujaVista]]:
    """First when it ends and then what was bid: of what has ended, every bid is there."""
    with transaccion() as sesion:
        subasta = exigir_subasta(sesion, cosa.convocatoria_id)
        grupo = sesion.get_one(GrupoSubastado, (cosa.convocatoria_id, cosa.grupo))
        instante = ahora_bd(sesion)
        turno, antes = None, None
        if subasta.rondas and subasta.terminada_en is None:
            turnos = turnos_de(sesion, cosa.convocatoria_id, instante, cosa.grupo)[cosa.grupo]
            turno = turno_que_corre(turnos, instante)
            antes = turno.desde if turno else instante  # what is bid in a turn is told when it ends
        horario = HorarioVisto(
            estado=_estado(subasta.empieza_en, grupo.termina_en, subasta.terminada_en, instante),
            empieza_en=subasta.empieza_en,
            termina_en=grupo.termina_en,
            terminada_en=subasta.terminada_en,
            turno=turno,
        )
        filas = sesion.connection().execute(
            _NUEVAS,
            {
                "id": cosa.convocatoria_id,
                "grupo": cosa.grupo,
                "proponentes": list(vistas),
                "numeros": list(vistas.values()),
                "antes": antes,
            },
        )
        return horario, [
            PujaVista(
                proponente=f.proponente, numero=f.numero, total=de_centavos(f.monto), hecha_en=f.hecha_en
            )
            for f in filas
        ]


def _estado(
    empieza: datetime, termina: datetime, terminada: datetime | None, instante: datetime
) -> Literal["por_empezar", "abierta", "terminada", "cancelada"]:
    if terminada is not None:
        return "cancelada" if terminada < termina else "terminada"
    if instante < empieza:
        return "por_empezar"
    return "abierta" if instante < termina else "terminada"
