"""Reads of an auction. Nothing here says whose a bid is while it is held, but to who may bid for its unit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import ColumnElement, exists, func, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import Session, col, select

from empresa_digital.registro import Facultad, unidades_de
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.procesos import Grupo, grupos_de
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta.errores import SinSubasta
from feria_inversa.subasta.modelos import GrupoSubastado, Participante, Puja, Subasta, Turno
from nucleo.actor import Actor
from nucleo.reloj import ahora_bd

_TURNOS = text(
    "SELECT t.grupo, t.ronda, t.desde, t.hasta, o.participante_id, o.proponente"
    " FROM (SELECT DISTINCT convocatoria_id, grupo, ronda FROM feria_subasta_turno"
    "   WHERE convocatoria_id = :id AND (CAST(:grupo AS int) IS NULL OR grupo = :grupo)) r"
    " CROSS JOIN LATERAL feria_subasta_orden(r.convocatoria_id, r.grupo, r.ronda) o"
    " JOIN feria_subasta_turno t ON t.convocatoria_id = r.convocatoria_id AND t.grupo = r.grupo"
    "   AND t.ronda = r.ronda AND t.orden = o.orden ORDER BY t.grupo, t.desde"
)
ULTIMAS = 20
"""How many of the last bids for something are told at once."""


@dataclass(frozen=True, slots=True)
class Postura:
    """Where somebody stands: what they bid last, and before the auction. Of equal ones, who said it first."""

    participante_id: UUID
    proponente: int
    lugar: int
    total: Money
    inicial: Money
    hecha_en: datetime
    pujas: int


@dataclass(frozen=True, slots=True)
class Subastado:
    """What is auctioned at once, and where everybody stands, the lowest first."""

    grupo: Grupo
    paso: Money
    termina_en: datetime
    extensiones: int
    posturas: Sequence[Postura]
    abierta: bool

    @property
    def numero(self) -> int:
        return self.grupo.primero.numero

    @property
    def mejor(self) -> Postura:
        return self.posturas[0]


@dataclass(frozen=True, slots=True)
class Sala:
    """An auction as it is now by the database's clock."""

    subasta: Subasta
    subastados: Sequence[Subastado]
    instante: datetime

    @property
    def empezo(self) -> bool:
        return self.subasta.empieza_en <= self.instante

    @property
    def abierta(self) -> bool:
        """Whether a bid sent now would be in time for something."""
        return any(s.abierta for s in self.subastados)

    @property
    def cancelada(self) -> bool:
        """Whether it ended before its time, which its process alone can bring."""
        terminada = self.subasta.terminada_en
        return terminada is not None and any(terminada < s.termina_en for s in self.subastados)

    def acaba(self, subastado: Subastado) -> datetime:
        """When something ends, or did."""
        terminada = self.subasta.terminada_en
        return subastado.termina_en if terminada is None else min(terminada, subastado.termina_en)


@dataclass(frozen=True, slots=True)
class Mia:
    """Something for which a unit of the actor's takes part."""

    participante_id: UUID
    grupo: int
    unidad_id: UUID
    proponente: int


@dataclass(frozen=True, slots=True)
class TurnoDe:
    """When somebody may bid in a round; whose it is is known once those before that round have ended."""

    ronda: int
    desde: datetime
    hasta: datetime
    participante_id: UUID | None
    proponente: int | None

    def corre(self, instante: datetime) -> bool:
        return self.desde <= instante < self.hasta


def turnos_de(
    sesion: Session, convocatoria_id: UUID, instante: datetime, grupo: int | None = None
) -> Mapping[int, Sequence[TurnoDe]]:
    """By thing auctioned, or of one, its turns in their order; whose each is, once the round before ended."""
    filas = sesion.connection().execute(_TURNOS, {"id": convocatoria_id, "grupo": grupo}).all()
    acaba = {(fila.grupo, fila.ronda): fila.hasta for fila in filas}
    turnos: dict[int, list[TurnoDe]] = defaultdict(list)
    for numero, ronda, desde, hasta, participante_id, proponente in filas:
        se_sabe = acaba.get((numero, ronda - 1), instante) <= instante
        de_quien = (participante_id, proponente) if se_sabe else (None, None)
        turnos[numero].append(TurnoDe(ronda, desde, hasta, *de_quien))
    return turnos


def subasta_de(sesion: Session, convocatoria_id: UUID) -> Subasta | None:
    return sesion.get(Subasta, convocatoria_id, populate_existing=True)


def exigir_subasta(sesion: Session, convocatoria_id: UUID) -> Subasta:
    """Raises `SinSubasta`."""
    subasta = subasta_de(sesion, convocatoria_id)
    if subasta is None:
        raise SinSubasta
    return subasta


def sala_de(sesion: Session, convocatoria: Convocatoria) -> Sala:
    """Raises `SinSubasta`."""
    subasta = exigir_subasta(sesion, convocatoria.id)
    instante = ahora_bd(sesion)
    corre = subasta.terminada_en is None and subasta.empieza_en <= instante
    posturas = posturas_de(sesion, convocatoria.id)
    grupos = {grupo.primero.numero: grupo for grupo in grupos_de(sesion, convocatoria)}
    return Sala(
        subasta,
        [
            Subastado(
                grupos[fila.numero],
                fila.paso,
                fila.termina_en,
                fila.extensiones,
                posturas[fila.numero],
                abierta=corre and instante < fila.termina_en,
            )
            for fila in grupos_subastados(sesion, convocatoria.id)
        ],
        instante,
    )


def grupos_subastados(sesion: Session, convocatoria_id: UUID) -> Sequence[GrupoSubastado]:
    consulta = (
        select(GrupoSubastado)
        .where(GrupoSubastado.convocatoria_id == convocatoria_id)
        .order_by(col(GrupoSubastado.numero))
    )
    return sesion.exec(consulta, execution_options={"populate_existing": True}).all()


def posturas_de(sesion: Session, convocatoria_id: UUID) -> Mapping[int, Sequence[Postura]]:
    """Where everybody stands in each thing, the lowest first."""
    suyas = (
        select(Participante, Puja)
        .join(Puja, col(Puja.participante_id) == Participante.id)
        .where(Participante.convocatoria_id == convocatoria_id)
    )
    primeras = {p.id: puja.monto for p, puja in sesion.exec(suyas.where(Puja.numero == 0))}
    ultimas = sesion.exec(
        suyas.where(_se_ve())
        .order_by(col(Puja.participante_id), col(Puja.numero).desc())
        .ext(distinct_on(col(Puja.participante_id)))
    )
    de_grupo: dict[int, list[tuple[Participante, Puja]]] = {}
    for suyo, puja in sorted(ultimas, key=lambda par: (par[1].monto, par[1].hecha_en, par[1].id)):
        de_grupo.setdefault(suyo.grupo, []).append((suyo, puja))
    return {
        grupo: [
            Postura(p.id, p.proponente, lugar, puja.monto, primeras[p.id], puja.hecha_en, puja.numero)
            for lugar, (p, puja) in enumerate(pares, start=1)
        ]
        for grupo, pares in de_grupo.items()
    }


def _se_ve() -> ColumnElement[bool]:
    """By rounds what is bid in a turn is seen when it ends."""
    return ~exists().where(
        col(Turno.convocatoria_id) == col(Participante.convocatoria_id),
        col(Turno.grupo) == col(Participante.grupo),
        col(Turno.ronda) == col(Puja.ronda),
        col(Turno.desde) <= col(Puja.hecha_en),
        col(Turno.hasta) > col(Puja.hecha_en),
        col(Turno.hasta) > func.nucleo_ahora(),
    )


def pujas_de(
    sesion: Session, convocatoria_id: UUID, grupo: int, ultimas: int | None = None, tras: int = 0
) -> list[tuple[Participante, Puja]]:
    """The bids for something in the order of their instants; or the last ones after so many, newest first."""
    consulta = (
        select(Participante, Puja)
        .join(Puja, col(Puja.participante_id) == Participante.id)
        .where(Participante.convocatoria_id == convocatoria_id, Participante.grupo == grupo)
    )
    consulta = consulta.where(_se_ve())
    if ultimas is None:
        return list(sesion.exec(consulta.order_by(col(Puja.hecha_en), col(Puja.id))))
    consulta = consulta.where(Puja.numero > 0).order_by(col(Puja.hecha_en).desc(), col(Puja.id).desc())
    return list(sesion.exec(consulta.limit(ultimas).offset(tras)))


def todas_las_pujas(sesion: Session, convocatoria_id: UUID) -> dict[int, list[tuple[Participante, Puja]]]:
    """The same of a whole auction, by what they were for."""
    consulta = (
        select(Participante, Puja)
        .join(Puja, col(Puja.participante_id) == Participante.id)
        .where(Participante.convocatoria_id == convocatoria_id)
        .order_by(col(Puja.hecha_en), col(Puja.id))
    )
    de_cada: dict[int, list[tuple[Participante, Puja]]] = defaultdict(list)
    for quien, puja in sesion.exec(consulta):
        de_cada[quien.grupo].append((quien, puja))
    return de_cada


def mias(sesion: Session, actor: Actor | None, convocatoria_id: UUID) -> list[Mia]:
    """That for which the actor may bid, by the units that they may bid for."""
    if actor is None:
        return []
    unidades = [unidad.id for unidad in unidades_de(sesion, actor, Facultad.OFERTAR)]
    consulta = (
        select(Participante, Oferta.unidad_id)
        .join(Oferta, col(Oferta.id) == Participante.oferta_id)
        .where(Participante.convocatoria_id == convocatoria_id, col(Oferta.unidad_id).in_(unidades))
        .order_by(col(Participante.grupo), col(Participante.proponente))
    )
    return [Mia(p.id, p.grupo, unidad_id, p.proponente) for p, unidad_id in sesion.exec(consulta)]


def participante_de(
    sesion: Session, convocatoria_id: UUID, grupo: int, unidad_id: UUID
) -> Participante | None:
    """How a unit takes part in something, if it does."""
    consulta = (
        select(Participante)
        .join(Oferta, col(Oferta.id) == Participante.oferta_id)
        .where(
            Participante.convocatoria_id == convocatoria_id,
            Participante.grupo == grupo,
            Oferta.unidad_id == unidad_id,
        )
    )
    return sesion.exec(consulta).one_or_none()
