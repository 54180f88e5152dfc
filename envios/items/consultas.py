"""Reads of shipments. Who may see what is decided by `vista_de`."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false
from sqlalchemy import select as sa_select
from sqlmodel import Session, and_, col, or_, select

from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    SinFacultad,
    UnidadInactiva,
    buscar_partes,
    exigir_facultad,
    tiene_facultad,
    unidades_de,
)
from envios.items.errores import EnvioNoEncontrado
from envios.items.estados import EstadoEnvio
from envios.items.modelos import Envio
from envios.items.partes import ENVIAN, RECIBEN, es_de, partes_de
from nucleo.actor import Actor, Autorizacion


class Vista(StrEnum):
    """What somebody is to a shipment; each sees more than the public."""

    PUBLICO = "publico"
    OPERADOR = "operador"
    REMITENTE = "remitente"
    DESTINATARIO = "destinatario"


def envio_por_id(sesion: Session, envio_id: UUID) -> Envio:
    """Raises `EnvioNoEncontrado`."""
    envio = sesion.get(Envio, envio_id)
    if envio is None:
        raise EnvioNoEncontrado()
    return envio


def envios_por_referencia(sesion: Session, referencia_tipo: str, referencia_id: UUID) -> Sequence[Envio]:
    """All parcels of an order, oldest first."""
    return sesion.exec(
        select(Envio)
        .where(col(Envio.referencia_tipo) == referencia_tipo, col(Envio.referencia_id) == referencia_id)
        .order_by(col(Envio.creado_en), col(Envio.id))
    ).all()


def envio_por_referencia(sesion: Session, referencia_tipo: str, referencia_id: UUID) -> Envio | None:
    """The newest parcel of an order; None when it has none."""
    envios = envios_por_referencia(sesion, referencia_tipo, referencia_id)
    return envios[-1] if envios else None


def vista_de(sesion: Session, actor: Actor | None, envio: Envio) -> Vista:
    """What this visitor is to the shipment: the recipient comes first, then the sender, then the operator."""
    if actor is None:
        return Vista.PUBLICO
    partes = partes_de(sesion, [envio])
    if es_de(sesion, actor, partes[envio.destinatario_parte_id], RECIBEN):
        return Vista.DESTINATARIO
    if es_de(sesion, actor, partes[envio.remitente_parte_id], ENVIAN):
        return Vista.REMITENTE
    operadores = {envio.operador_unidad_id, envio.custodio_unidad_id}
    opera = any(tiene_facultad(sesion, actor, o, Facultad.DESPACHAR, estados=CON_LO_SUYO) for o in operadores)
    return Vista.OPERADOR if opera else Vista.PUBLICO


def envio_visible(sesion: Session, actor: Actor, envio_id: UUID) -> tuple[Envio, Vista]:
    """The shipment for somebody concerned by it; for anybody else it does not exist."""
    envio = envio_por_id(sesion, envio_id)
    vista = vista_de(sesion, actor, envio)
    if vista is Vista.PUBLICO:
        raise EnvioNoEncontrado()
    return envio, vista


def envio_del_operador(sesion: Session, actor: Actor, envio_id: UUID) -> Envio:
    """The shipment, for who dispatches for the operator that holds it.

    Raises `SinFacultad` for the others concerned by it; for anybody else it does not exist.
    """
    envio = envio_por_id(sesion, envio_id)
    exigir_despacho_de(sesion, actor, envio_id, envio.custodio_unidad_id)
    return envio


def exigir_despacho_de(
    sesion: Session, actor: Actor, envio_id: UUID, operador_unidad_id: UUID
) -> Autorizacion:
    """Who dispatches for one of the operators of a shipment.

    Raises `SinFacultad` for the others concerned by it; for anybody else it does not exist.
    """
    try:
        return exigir_facultad(sesion, actor, operador_unidad_id, Facultad.DESPACHAR, estados=CON_LO_SUYO)
    except UnidadInactiva:
        raise
    except SinFacultad:
        envio_visible(sesion, actor, envio_id)
        raise


@dataclass(frozen=True, slots=True)
class Papeles:
    """Every part an actor can have in shipments, read once: for lists."""

    recibe: frozenset[UUID]
    envia: frozenset[UUID]
    opera: frozenset[UUID]
    tiene_unidades: bool

    @classmethod
    def de(cls, sesion: Session, actor: Actor) -> Self:
        suyas = {
            f: {u.id for u in unidades_de(sesion, actor, f, estados=CON_LO_SUYO)} for f in {*ENVIAN, *RECIBEN}
        }
        envian, reciben = (set().union(*(suyas[f] for f in fs)) for fs in (ENVIAN, RECIBEN))
        yo = [actor.persona_id] if actor.persona_id else []
        return cls(
            recibe=frozenset(buscar_partes(sesion, personas=yo, unidades=reciben)),
            envia=frozenset(buscar_partes(sesion, personas=yo, unidades=envian)),
            opera=frozenset(suyas[Facultad.DESPACHAR]),
            tiene_unidades=bool(envian),
        )

    def vista(self, envio: Envio) -> Vista:
        """As `vista_de`, without a query."""
        if envio.destinatario_parte_id in self.recibe:
            return Vista.DESTINATARIO
        if envio.remitente_parte_id in self.envia:
            return Vista.REMITENTE
        operadores = {envio.operador_unidad_id, envio.custodio_unidad_id}
        return Vista.OPERADOR if operadores & self.opera else Vista.PUBLICO

    def envios(self, *vistas: Vista) -> Select[Envio]:
        """Shipments in which the actor has one of these parts (any, without arguments), for `paginar`."""
        condiciones: list[ColumnElement[bool]] = []
        if self.recibe and (not vistas or Vista.DESTINATARIO in vistas):
            condiciones.append(col(Envio.destinatario_parte_id).in_(self.recibe))
        if self.envia and (not vistas or Vista.REMITENTE in vistas):
            condiciones.append(col(Envio.remitente_parte_id).in_(self.envia))
        if self.opera and (not vistas or Vista.OPERADOR in vistas):
            condiciones.append(col(Envio.custodio_unidad_id).in_(self.opera))
            dado = col(Envio.operador_unidad_id) != col(Envio.custodio_unidad_id)
            condiciones.append(and_(col(Envio.operador_unidad_id).in_(self.opera), dado))
        return sa_select(Envio).where(or_(*condiciones) if condiciones else false())


def envios_de(sesion: Session, actor: Actor, ids: Iterable[UUID], *vistas: Vista) -> dict[UUID, Envio]:
    """Those of these shipments in which the actor has one of these parts; the rest are not there."""
    consulta = Papeles.de(sesion, actor).envios(*vistas).where(col(Envio.id).in_(list(ids)))
    return {e.id: e for e in sesion.scalars(consulta)}


def numeros_de(sesion: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """The number of each of these shipments."""
    if not ids:
        return {}
    return dict(sesion.exec(select(Envio.id, Envio.numero).where(col(Envio.id).in_(ids))).all())


class Bandeja(StrEnum):
    """The piles on an operator's desk."""

    POR_ADMITIR = "por_admitir"
    EN_MANOS = "en_manos"
    EN_REPARTO = "en_reparto"
    PROBLEMAS = "problemas"
    TERMINADOS = "terminados"

    @property
    def estados(self) -> frozenset[EstadoEnvio]:
        return _ESTADOS_DE_BANDEJA[self]


_ESTADOS_DE_BANDEJA: dict[Bandeja, frozenset[EstadoEnvio]] = {
    Bandeja.POR_ADMITIR: frozenset({EstadoEnvio.ANUNCIADO}),
    Bandeja.EN_MANOS: frozenset(
        {EstadoEnvio.ADMITIDO, EstadoEnvio.EN_TRANSITO, EstadoEnvio.LISTO_PARA_RETIRO}
    ),
    Bandeja.EN_REPARTO: frozenset({EstadoEnvio.EN_REPARTO}),
    Bandeja.PROBLEMAS: frozenset(
        {
            EstadoEnvio.RETENIDO,
            EstadoEnvio.INTENTO_FALLIDO,
            EstadoEnvio.EN_DEVOLUCION,
            EstadoEnvio.SIN_NOTICIAS,
        }
    ),
    Bandeja.TERMINADOS: frozenset({EstadoEnvio.ENTREGADO, EstadoEnvio.DEVUELTO, EstadoEnvio.ANULADO}),
}
