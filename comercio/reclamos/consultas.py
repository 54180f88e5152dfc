"""Reads of claims, and who may see each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from moneyed import Money
from sqlalchemy import func
from sqlmodel import Session, col, select

from comercio.compra.modelos import Pedido, PedidoLinea
from comercio.custodia import dinero_de
from comercio.pedidos import NADA, LineaDePedido, canceladas_desde, es_comprador, lineas_del_pedido
from comercio.reclamos.errores import ReclamoNoEncontrado
from comercio.reclamos.estados import EstadoCambio, EstadoReclamo, Lado
from comercio.reclamos.modelos import Cambio, LineaDeReclamo, PasoDeReclamo, Reclamo, ReglaDePorte
from comercio.vendedores import es_autoridad
from empresa_digital.registro import CON_LO_SUYO, Facultad, tiene_facultad
from nucleo.actor import Actor
from nucleo.dinero import cero
from nucleo.reloj import fecha_bolivia


def lado_de(sesion: Session, actor: Actor, reclamo: Reclamo, pedido: Pedido) -> Lado | None:
    """On whose side somebody is; the authority, of what waits for it or it decided."""
    if es_comprador(sesion, actor, pedido):
        return Lado.COMPRADOR
    if tiene_facultad(sesion, actor, pedido.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO):
        return Lado.VENDEDOR
    if es_comprador(sesion, actor, pedido, con_otros=True):
        return Lado.COMPRADOR
    suyo = reclamo.estado == EstadoReclamo.EN_MEDIACION or _de_la_autoridad(sesion, [reclamo.id])
    if suyo and es_autoridad(sesion, actor):
        return Lado.MEDIADOR
    return None


def reclamo_visible(sesion: Session, actor: Actor, reclamo_id: UUID) -> tuple[Reclamo, Pedido, Lado]:
    """A claim for who has a part in it; for anybody else it does not exist (`ReclamoNoEncontrado`)."""
    reclamo = sesion.get(Reclamo, reclamo_id)
    pedido = sesion.get_one(Pedido, reclamo.pedido_id) if reclamo is not None else None
    lado = lado_de(sesion, actor, reclamo, pedido) if reclamo is not None and pedido is not None else None
    if reclamo is None or pedido is None or lado is None:
        raise ReclamoNoEncontrado()
    return reclamo, pedido, lado


def pasos_de(sesion: Session, reclamo_id: UUID) -> Sequence[PasoDeReclamo]:
    consulta = select(PasoDeReclamo).where(col(PasoDeReclamo.reclamo_id) == reclamo_id)
    return sesion.exec(consulta.order_by(col(PasoDeReclamo.numero))).all()


def dicho_por_el_banco(sesion: Session, reclamo_id: UUID) -> str | None:
    """Why a claim ended, when the bank of the card took what it was of."""
    consulta = select(PasoDeReclamo.texto).where(
        col(PasoDeReclamo.reclamo_id) == reclamo_id, col(PasoDeReclamo.lado) == Lado.BANCO
    )
    return sesion.exec(consulta).one_or_none()


def reclamadas(sesion: Session, reclamo_id: UUID) -> Sequence[tuple[PedidoLinea, Decimal]]:
    """Of which lines a claim is, and how much of each."""
    return sesion.exec(
        select(PedidoLinea, col(LineaDeReclamo.cantidad))
        .join(LineaDeReclamo, col(LineaDeReclamo.linea_id) == col(PedidoLinea.id))
        .where(col(LineaDeReclamo.reclamo_id) == reclamo_id)
        .order_by(col(PedidoLinea.id))
    ).all()


def en_juego(sesion: Session, reclamo: Reclamo) -> dict[UUID, Money]:
    """What may still be given back of each line that a claim is of: what came back or was lost meanwhile was
    given back with that."""
    lineas = {x.fila.id: x for x in lineas_del_pedido(sesion, reclamo.pedido_id)}
    canceladas = canceladas_desde(sesion, reclamo.pedido_id, reclamo.abierto_en)
    quedan = {
        fila.id: min(n - canceladas.get(fila.id, NADA), lineas[fila.id].viva)
        for fila, n in reclamadas(sesion, reclamo.id)
    }
    valen = {id: lineas[id].vale(n) for id, n in quedan.items() if n > NADA}
    return {id: vale for id, vale in valen.items() if vale > cero()}


def cambio_de(sesion: Session, reclamo_id: UUID) -> Cambio | None:
    """The exchange of a claim, if one was offered."""
    return sesion.get(Cambio, reclamo_id, populate_existing=True)


def porte_en_juego(sesion: Session, reclamo: Reclamo) -> Money:
    """What may be given back of the postage with a claim: when it is of all that is left of the order, what
    was not given back, if the rule of its reason says so."""
    canceladas = canceladas_desde(sesion, reclamo.pedido_id, reclamo.abierto_en)
    que = {f.id: n - canceladas.get(f.id, NADA) for f, n in reclamadas(sesion, reclamo.id)}
    lineas = lineas_del_pedido(sesion, reclamo.pedido_id)
    return porte_de(sesion, sesion.get_one(Pedido, reclamo.pedido_id), reclamo.motivo, lineas, que)


def porte_de(
    sesion: Session,
    pedido: Pedido,
    motivo: str,
    lineas: Sequence[LineaDePedido],
    que: Mapping[UUID, Decimal],
) -> Money:
    """What a claim of so much of each line of an order, for a reason, may give back of its postage."""
    porte = dinero_de(sesion, pedido.id).porte
    if porte == cero():
        return porte
    quedan = [x for x in lineas if x.viva > NADA and x.por_devolver > cero()]
    de_todo = bool(quedan) and all(que.get(x.fila.id, NADA) >= x.viva for x in quedan)
    return porte if de_todo and _vuelve_el_porte(sesion, motivo, pedido.creado_en) else cero()


def _vuelve_el_porte(sesion: Session, motivo: str, vendido_en: datetime) -> bool:
    """By the rule in force when it was sold; without one, no."""
    dia = fecha_bolivia(vendido_en)
    hasta = col(ReglaDePorte.vigente_hasta)
    consulta = select(ReglaDePorte.vuelve).where(
        col(ReglaDePorte.motivo) == motivo,
        col(ReglaDePorte.vigente_desde) <= dia,
        hasta.is_(None) | (hasta > dia),
    )
    return sesion.exec(consulta).one_or_none() or False


def reclamo_abierto(sesion: Session, pedido_id: UUID) -> Reclamo | None:
    """The one of an order that has not ended: there is one at most."""
    abiertos = col(Reclamo.vence_en).is_not(None)
    return sesion.exec(select(Reclamo).where(col(Reclamo.pedido_id) == pedido_id, abiertos)).one_or_none()


def reclamos_del_pedido(sesion: Session, pedido_id: UUID) -> Sequence[Reclamo]:
    """The last one first."""
    consulta = select(Reclamo).where(col(Reclamo.pedido_id) == pedido_id)
    return sesion.exec(consulta.order_by(col(Reclamo.abierto_en).desc(), col(Reclamo.id).desc())).all()


_SE_RECLAMA_OTRA_VEZ = (EstadoReclamo.CAMBIADO, EstadoReclamo.SIN_OBJETO)


@dataclass(frozen=True, slots=True)
class ReclamadoAntes:
    """What was claimed of an order before: for which reasons (what was exchanged may be claimed again, and
    what ended because there was nothing left to give back), and whether the authority decided."""

    motivos: frozenset[str]
    decidio_la_autoridad: bool


def reclamado_antes(sesion: Session, pedido_id: UUID) -> ReclamadoAntes:
    previos = reclamos_del_pedido(sesion, pedido_id)
    return ReclamadoAntes(
        frozenset(r.motivo for r in previos if r.estado not in _SE_RECLAMA_OTRA_VEZ),
        _de_la_autoridad(sesion, [r.id for r in previos]),
    )


def _de_la_autoridad(sesion: Session, reclamos: Collection[UUID]) -> bool:
    """Whether the authority decided any of them."""
    suyos = select(PasoDeReclamo.id).where(
        col(PasoDeReclamo.reclamo_id).in_(reclamos), col(PasoDeReclamo.lado) == Lado.MEDIADOR
    )
    return bool(reclamos) and sesion.exec(suyos).first() is not None


def por_responder(sesion: Session, unidades: Collection[UUID]) -> Sequence[tuple[UUID, UUID]]:
    """The claims that wait for each of these units as (unit, claim), what ends first before: to be
    answered, for their exchange, or that they look at what came back."""
    por_mandar = select(Cambio.reclamo_id).where(col(Cambio.estado) == EstadoCambio.APARTADO)
    suyos = col(Reclamo.estado).in_((EstadoReclamo.ABIERTO, EstadoReclamo.POR_REVISAR)) | (
        (col(Reclamo.estado) == EstadoReclamo.EN_CAMBIO) & col(Reclamo.id).in_(por_mandar)
    )
    return sesion.exec(
        select(Pedido.vendedor_id, Reclamo.id)
        .join(Pedido, col(Pedido.id) == col(Reclamo.pedido_id))
        .where(suyos, col(Pedido.vendedor_id).in_(unidades))
        .order_by(col(Reclamo.vence_en), col(Reclamo.id))
    ).all()


def por_decidir(sesion: Session, partes: Collection[UUID]) -> Sequence[UUID]:
    """The claims in which it is the turn of these parties, who bought; what ends first before."""
    turno = (
        EstadoReclamo.OFRECIDO,
        EstadoReclamo.RECHAZADO,
        EstadoReclamo.POR_CAMBIAR,
        EstadoReclamo.POR_VOLVER,
    )
    return sesion.exec(
        select(Reclamo.id)
        .join(Pedido, col(Pedido.id) == col(Reclamo.pedido_id))
        .where(col(Pedido.comprador_parte_id).in_(partes), col(Reclamo.estado).in_(turno))
        .order_by(col(Reclamo.vence_en), col(Reclamo.id))
    ).all()


def cuantos_por_mediar(sesion: Session) -> int:
    consulta = select(func.count()).where(col(Reclamo.estado) == EstadoReclamo.EN_MEDIACION)
    return sesion.exec(consulta).one()


def por_mediar(sesion: Session) -> Sequence[tuple[Reclamo, Pedido]]:
    """What waits for the authority, what ends first before: at most a hundred."""
    return sesion.exec(
        select(Reclamo, Pedido)
        .join(Pedido, col(Pedido.id) == col(Reclamo.pedido_id))
        .where(col(Reclamo.estado) == EstadoReclamo.EN_MEDIACION)
        .order_by(col(Reclamo.vence_en), col(Reclamo.id))
        .limit(100)
    ).all()


def decididos(sesion: Session) -> Sequence[tuple[Reclamo, Pedido]]:
    """What the authority decided, the last one first: at most a hundred."""
    suyos = select(PasoDeReclamo.reclamo_id).where(col(PasoDeReclamo.lado) == Lado.MEDIADOR)
    return sesion.exec(
        select(Reclamo, Pedido)
        .join(Pedido, col(Pedido.id) == col(Reclamo.pedido_id))
        .where(col(Reclamo.id).in_(suyos), col(Reclamo.vence_en).is_(None))
        .order_by(col(Reclamo.terminado_en).desc(), col(Reclamo.id).desc())
        .limit(100)
    ).all()
