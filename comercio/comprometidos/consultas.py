"""Reads of commitments, for rooms that have judged who asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, extract, func, or_
from sqlalchemy import select as sql_select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select

from comercio.compra import EstadoPedido
from comercio.compra.modelos import Pedido, PedidoLinea, PedidoPaso
from comercio.comprometidos.valores import CompromisoLeido, Dicho, Vendido
from comercio.custodia import CompromisoDePedido, EstadoCompromiso, EstadoCustodia, QueSeDijo
from comercio.custodia.modelos import Compromiso, Custodia, PagoDicho
from empresa_digital.registro import quienes_firmaron
from nucleo.auditoria import Hecho, quien_hizo
from nucleo.reloj import fecha_bolivia

CONFORME = "pedido.conformidad"
PAGAN = ("custodia.pagar_lo_comprometido", "compromiso.pagar_lo_adeudado", "compromiso.pagar_fuera")
DICEN_QUE_SE_PAGO = frozenset({EstadoCompromiso.PAGADO, EstadoCompromiso.DICHO, EstadoCompromiso.RECIBIDO})


def compromiso_de(sesion: Session, pedido_id: UUID) -> CompromisoLeido | None:
    """The commitment that an order holds; None of one that holds money."""
    return next(iter(_leer(sesion, col(Pedido.id) == pedido_id)), None)


def compromisos_de_pedidos(sesion: Session, pedidos: Collection[UUID]) -> dict[UUID, CompromisoLeido]:
    """Those of many orders, in one statement; of those that hold money there is none."""
    return {c.pedido_id: c for c in _leer(sesion, col(Pedido.id).in_(pedidos))} if pedidos else {}


def vendido_en(sesion: Session, pedidos: Collection[UUID]) -> dict[UUID, Vendido]:
    """Of orders of one line each, in one statement."""
    consulta = select(PedidoLinea).where(col(PedidoLinea.pedido_id).in_(pedidos))
    lineas = sesion.exec(consulta).all() if pedidos else []
    return {x.pedido_id: Vendido(x.precio, x.descuento, x.costo) for x in lineas}


def contar_por_pagar(sesion: Session, entidades: Collection[UUID]) -> dict[UUID, int]:
    """Of how many orders each of these entities must pay now: what it received conform, or what it owes."""
    toca = and_(
        col(Custodia.estado) == EstadoCustodia.POR_LIBERAR,
        col(Custodia.liberar_en) <= func.nucleo_ahora(),
    )
    consulta = (
        select(Compromiso.entidad_id, func.count())
        .join(Custodia, col(Custodia.pedido_id) == col(Compromiso.pedido_id))
        .where(
            col(Compromiso.entidad_id).in_(entidades),
            or_(toca, col(Compromiso.estado) == EstadoCompromiso.ADEUDADO),
        )
        .group_by(col(Compromiso.entidad_id))
    )
    return dict(sesion.exec(consulta).all()) if entidades else {}


@dataclass(frozen=True, slots=True)
class Intervinieron:
    """Who of the entity received an order conform, and who paid it (the platform, at its date), if somebody
    did and nothing undid it since; of what several signed, all of them."""

    conforme: Hecho | None
    pago: Hecho | None


def intervinieron(sesion: Session, pedido_id: UUID) -> Intervinieron:
    """For the people of its entity. Neither what was said of a delivery that was none, nor a payment that who
    sells says did not come."""
    suyo = compromiso_de(sesion, pedido_id)
    assert suyo is not None
    hechos = quien_hizo(sesion, "comercio_pedido", pedido_id, (CONFORME, *PAGAN))
    conforme = hechos.get(CONFORME)
    if conforme is not None and not _sigue_recibido(suyo, conforme.cuando):
        conforme = None
    pagos = [hechos[accion] for accion in PAGAN if accion in hechos]
    if suyo.estado not in DICEN_QUE_SE_PAGO:
        pagos = []
    pago = max(pagos, key=lambda h: h.cuando, default=None)
    return Intervinieron(_con_quienes_firmaron(sesion, conforme), _con_quienes_firmaron(sesion, pago))


def _sigue_recibido(suyo: CompromisoLeido, desde: datetime) -> bool:
    """Whether what was received by then was not said to be undelivered since."""
    entregado = suyo.pagar_desde is not None or suyo.detenido or suyo.estado is not EstadoCompromiso.VIGENTE
    return entregado and suyo.recibido_en is not None and suyo.recibido_en <= desde


def _con_quienes_firmaron(sesion: Session, hecho: Hecho | None) -> Hecho | None:
    if hecho is None or hecho.acto is None:
        return hecho
    return replace(hecho, quien=quienes_firmaron(sesion, hecho.acto))


def pedidos_adeudados(sesion: Session) -> Sequence[UUID]:
    """Those of which their entity owes something."""
    return sesion.exec(
        select(Compromiso.pedido_id).where(Compromiso.estado == EstadoCompromiso.ADEUDADO)
    ).all()


def compromisos_de_compra(sesion: Session, compra_id: UUID) -> Sequence[CompromisoLeido]:
    """Those of the orders of a purchase."""
    return _leer(sesion, col(Pedido.compra_id) == compra_id)


def pagos_dichos(sesion: Session, pedido_id: UUID) -> Sequence[Dicho]:
    """What was said of the payment outside of an order, the first before."""
    consulta = select(PagoDicho).where(PagoDicho.pedido_id == pedido_id).order_by(col(PagoDicho.numero))
    return [
        Dicho(QueSeDijo(f.que), f.comprobante, f.fecha, f.quien, f.ocurrio_en) for f in sesion.exec(consulta)
    ]


def con_ese_comprobante(sesion: Session, suyo: Compromiso, comprobante: str, fecha: date) -> list[str]:
    """The numbers of the other orders of its entity of which that C-31 of that year was ever said."""
    dicho = select(PagoDicho.pedido_id).where(
        col(PagoDicho.pedido_id) == col(Compromiso.pedido_id),
        _es(comprobante),
        extract("year", col(PagoDicho.fecha)) == fecha.year,
    )
    consulta = (
        select(Pedido.numero)
        .join(Compromiso, col(Compromiso.pedido_id) == col(Pedido.id))
        .where(
            col(Compromiso.entidad_id) == suyo.entidad_id,
            col(Compromiso.pedido_id) != suyo.pedido_id,
            dicho.exists(),
        )
        .order_by(col(Pedido.id))
    )
    return list(sesion.exec(consulta))


def se_desmintio(sesion: Session, pedido_id: UUID, comprobante: str, fecha: date) -> bool:
    """Who sells said of that C-31 of that day that it did not come."""
    consulta = select(PagoDicho.numero).where(
        PagoDicho.pedido_id == pedido_id,
        PagoDicho.que == QueSeDijo.NO_LLEGO,
        PagoDicho.fecha == fecha,
        _es(comprobante),
    )
    return sesion.exec(consulta).first() is not None


def _es(comprobante: str) -> ColumnElement[bool]:
    """However it was written."""
    return func.comercio_numero_de_c31(col(PagoDicho.comprobante)) == func.comercio_numero_de_c31(comprobante)


def recibido_el(sesion: Session, pedido: Pedido) -> date:
    """The day on which it was delivered, the last time; of what was not, that of its order."""
    entregas = select(func.max(PedidoPaso.ocurrio_en)).where(
        PedidoPaso.pedido_id == pedido.id, PedidoPaso.estado == EstadoPedido.ENTREGADO
    )
    return fecha_bolivia(sesion.exec(entregas).one() or pedido.creado_en)


_RECIBIDO_EN = (
    sql_select(func.max(PedidoPaso.ocurrio_en))
    .where(col(PedidoPaso.pedido_id) == col(Pedido.id), col(PedidoPaso.estado) == EstadoPedido.ENTREGADO)
    .correlate(Pedido)
    .scalar_subquery()
)


def _leer(sesion: Session, cuales: ColumnElement[bool]) -> Sequence[CompromisoLeido]:
    filas = sesion.execute(
        sql_select(Compromiso, Custodia, Pedido, func.nucleo_ahora(), _RECIBIDO_EN)
        .join(Custodia, col(Custodia.pedido_id) == col(Compromiso.pedido_id))
        .join(Pedido, col(Pedido.id) == col(Compromiso.pedido_id))
        .where(cuales)
        .order_by(col(Pedido.id).desc())
    ).all()
    return [_de(*fila) for fila in filas]


def _de(
    c: Compromiso, k: Custodia, p: Pedido, ahora: datetime, recibido_en: datetime | None
) -> CompromisoLeido:
    suyo = CompromisoDePedido.de(c, k, ahora)
    return CompromisoLeido(
        pedido_id=p.id,
        pedido_numero=p.numero,
        compra_id=p.compra_id,
        entidad_id=c.entidad_id,
        vendedor_id=p.vendedor_id,
        vendedor_nombre=p.vendedor_nombre,
        certificacion_id=c.certificado_id,
        certificacion=c.certificacion,
        estado=suyo.estado,
        monto=k.monto,
        queda=k.queda,
        liberado=k.devuelto,
        ejecutado=k.ejecutado,
        adeudado=suyo.adeudado,
        recibido_en=recibido_en,
        pagar_desde=k.liberar_en if k.estado == EstadoCustodia.POR_LIBERAR else None,
        detenido=k.estado == EstadoCustodia.CONGELADA,
        por_pagar=suyo.por_pagar,
        dias_de_mora=suyo.dias_de_mora,
        tarde=suyo.tarde,
        comprobante=suyo.comprobante,
        comprobante_fecha=suyo.comprobante_fecha,
        responder_hasta=suyo.responder_hasta,
        desmentir_hasta=suyo.desmentir_hasta,
        se_corrige=suyo.se_corrige,
        se_paga_con=suyo.se_paga_con,
        que_hacer=suyo.que_hacer,
        cuenta_id=k.cuenta_comprador,
    )
