"""Reads of orders: the buyer's, the seller's, one order as each may see it; a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import func, text
from sqlmodel import Session, col, select

from comercio.errores import PedidoNoEncontrado
from comercio.estados import EN_CUSTODIA, POR_DESPACHAR, EstadoPedido, EstadoProducto
from comercio.modelos import ComisionPedido, Compra, Pedido, PedidoLinea, PedidoPaso, Producto
from empresa_digital.registro import CON_LO_SUYO, Facultad, tiene_facultad
from nucleo.actor import Actor
from nucleo.dinero import de_centavos
from nucleo.paginacion import CursorPedido, paginar

POCA_EXISTENCIA = 5


@dataclass(frozen=True, slots=True)
class DetallePedido:
    """An order with its parts. `es_comprador` and `es_vendedor` say what the reader is to it."""

    pedido: Pedido
    compra: Compra
    lineas: Sequence[PedidoLinea]
    comision: ComisionPedido
    pasos: Sequence[PedidoPaso]
    es_comprador: bool
    es_vendedor: bool

    @property
    def neto(self) -> Money:
        return self.pedido.total - self.comision.monto

    def cuando(self, estado: EstadoPedido) -> datetime | None:
        return next((p.ocurrio_en for p in self.pasos if p.estado == estado), None)


@dataclass(frozen=True, slots=True)
class PedidoEnLista:
    pedido: Pedido
    titulo: str
    foto: UUID | None
    unidades: int
    lineas: int


@dataclass(frozen=True, slots=True)
class ResumenVendedor:
    """How a unit's sales stand."""

    por_estado: dict[str, int]
    en_custodia: Money
    ganado: Money
    ganado_ultimos_30_dias: Money
    publicados: int
    con_poca_existencia: list[Producto]

    @property
    def por_despachar(self) -> int:
        return sum(self.por_estado.get(e, 0) for e in POR_DESPACHAR)


def detalle_pedido(sesion: Session, actor: Actor, pedido_id: UUID) -> DetallePedido:
    """An order for its buyer or for whoever sells for the unit; for anybody else it does not exist."""
    pedido = sesion.get(Pedido, pedido_id)
    if pedido is None:
        raise PedidoNoEncontrado()
    es_comprador = actor.persona_id is not None and actor.persona_id == pedido.comprador_id
    es_vendedor = tiene_facultad(sesion, actor, pedido.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO)
    if not (es_comprador or es_vendedor):
        raise PedidoNoEncontrado()
    lineas = select(PedidoLinea).where(PedidoLinea.pedido_id == pedido_id).order_by(col(PedidoLinea.id))
    pasos = select(PedidoPaso).where(PedidoPaso.pedido_id == pedido_id)
    return DetallePedido(
        pedido,
        sesion.get_one(Compra, pedido.compra_id),
        sesion.exec(lineas).all(),
        sesion.get_one(ComisionPedido, pedido_id),
        sesion.exec(pasos.order_by(col(PedidoPaso.ocurrio_en), col(PedidoPaso.id))).all(),
        es_comprador,
        es_vendedor,
    )


def pedidos_del_comprador(
    sesion: Session, persona_id: UUID, pagina: CursorPedido, *, abiertos: bool = False
) -> tuple[list[PedidoEnLista], str | None]:
    """What a person bought, newest first; only what is still under way with `abiertos`."""
    consulta = select(Pedido).where(col(Pedido.comprador_id) == persona_id)
    if abiertos:
        consulta = consulta.where(col(Pedido.estado).in_(sorted(EN_CUSTODIA)))
    pedidos, siguiente = paginar(sesion, consulta, pagina, columnas=(Pedido.id,))
    return _con_lineas(sesion, pedidos), siguiente


def ventas_de(
    sesion: Session, unidad_id: UUID, pagina: CursorPedido, estados: Sequence[EstadoPedido] = ()
) -> tuple[list[PedidoEnLista], str | None]:
    """The orders of a unit, newest first, in the given states (any without them)."""
    consulta = select(Pedido).where(col(Pedido.vendedor_id) == unidad_id)
    if estados:
        consulta = consulta.where(col(Pedido.estado).in_([str(e) for e in estados]))
    pedidos, siguiente = paginar(sesion, consulta, pagina, columnas=(Pedido.id,))
    return _con_lineas(sesion, pedidos), siguiente


_RESUMEN = text(
    """
    SELECT p.estado, count(*) AS cuantos, sum(p.total)::bigint AS total,
           sum(p.total - c.monto)::bigint AS neto,
           coalesce(sum(p.total - c.monto) FILTER (
               WHERE p.actualizado_en >= nucleo_ahora() - interval '30 days'), 0)::bigint AS neto_reciente
    FROM comercio_pedido p JOIN comercio_pedido_comision c ON c.pedido_id = p.id
    WHERE p.vendedor_id = :unidad GROUP BY p.estado
    """.replace("::", r"\:\:")
)


def resumen_vendedor(sesion: Session, unidad_id: UUID) -> ResumenVendedor:
    """Three queries: orders by state with their money, products on sale, products running short."""
    filas = {f.estado: f for f in sesion.connection().execute(_RESUMEN, {"unidad": unidad_id})}
    liberado = filas.get(EstadoPedido.LIBERADO)
    disponible = col(Producto.existencia) - col(Producto.reservado)
    a_la_venta = (Producto.vendedor_id == unidad_id, Producto.estado == EstadoProducto.PUBLICADO)
    cortos = select(Producto).where(*a_la_venta, disponible <= POCA_EXISTENCIA)
    return ResumenVendedor(
        por_estado={estado: f.cuantos for estado, f in filas.items()},
        en_custodia=de_centavos(sum(f.total for e, f in filas.items() if e in EN_CUSTODIA)),
        ganado=de_centavos(liberado.neto if liberado else 0),
        ganado_ultimos_30_dias=de_centavos(liberado.neto_reciente if liberado else 0),
        publicados=sesion.exec(select(func.count()).where(*a_la_venta)).one(),
        con_poca_existencia=list(sesion.exec(cortos.order_by(disponible, col(Producto.titulo)).limit(8))),
    )


def _con_lineas(sesion: Session, pedidos: list[Pedido]) -> list[PedidoEnLista]:
    """Each order with its first line, in one query for all."""
    if not pedidos:
        return []
    filas = sesion.connection().execute(_PARTES, {"ids": [p.id for p in pedidos]})
    partes = {f.pedido_id: f for f in filas}
    return [
        PedidoEnLista(p, partes[p.id].titulo, partes[p.id].foto, partes[p.id].unidades, partes[p.id].lineas)
        for p in pedidos
    ]


_PARTES = text(
    """
    SELECT DISTINCT ON (pedido_id) pedido_id, titulo, foto,
           sum(cantidad) OVER w AS unidades, count(*) OVER w AS lineas
    FROM comercio_pedido_linea WHERE pedido_id = ANY(CAST(:ids AS uuid[]))
    WINDOW w AS (PARTITION BY pedido_id) ORDER BY pedido_id, id
    """
)


def compra_de(sesion: Session, actor: Actor, compra_id: UUID) -> Compra:
    """A purchase, for its buyer only."""
    compra = sesion.get(Compra, compra_id)
    if compra is None or compra.comprador_id != actor.persona_id:
        raise PedidoNoEncontrado()
    return compra


def ultima_compra(sesion: Session, persona_id: UUID) -> Compra | None:
    """What the person bought last: where they like to receive."""
    consulta = select(Compra).where(Compra.comprador_id == persona_id).order_by(col(Compra.id).desc())
    return sesion.exec(consulta.limit(1)).first()
