"""How the sales of a unit stand."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlalchemy import func, text
from sqlmodel import Session, col, select

from comercio.catalogo import EstadoProducto
from comercio.catalogo.modelos import Producto
from comercio.compra import POR_DESPACHAR, EstadoPedido
from comercio.compra.modelos import Pedido
from comercio.existencias import Existente, cortas
from empresa_digital.registro import buscar_partes, partes_en_lote
from nucleo.actor import Actor
from nucleo.dinero import de_centavos
from pagos import TipoCuenta, cuentas_de


@dataclass(frozen=True, slots=True)
class ResumenVendedor:
    """How a unit's sales stand."""

    por_estado: dict[str, int]
    en_custodia: Money
    comprometido: Money
    """What public entities committed and have not paid: budget, and nobody's money."""
    ganado: Money
    ganado_ultimos_30_dias: Money
    publicados: int
    cortas: list[Existente]

    @property
    def por_despachar(self) -> int:
        return sum(self.por_estado.get(e, 0) for e in POR_DESPACHAR)


_RESUMEN = text(
    """
    SELECT p.estado, count(*) AS cuantos,
           coalesce(sum(k.monto - k.devuelto - k.al_vendedor - k.comision_cobrada) FILTER (
               WHERE k.estado NOT IN ('por_cobrar', 'no_cobrada') AND k.garantia = 'dinero'), 0)::bigint
               AS en_custodia,
           coalesce(sum(k.monto - k.devuelto - k.ejecutado) FILTER (
               WHERE k.garantia = 'compromiso'), 0)::bigint AS comprometido,
           sum(k.al_vendedor + d.debia + b.suyo)::bigint AS ganado,
           sum(coalesce(CASE WHEN coalesce(d.en, k.terminada_en) >= nucleo_ahora() - interval '30 days'
                             THEN k.al_vendedor + d.debia END, 0) + b.reciente)::bigint AS reciente
    FROM comercio_pedido p JOIN comercio_custodia k ON k.pedido_id = p.id
    LEFT JOIN comercio_compromiso c ON c.pedido_id = p.id AND c.estado = 'pagado' AND k.estado = 'ejecutada'
    CROSS JOIN LATERAL (SELECT c.terminado_en AS en,
                               CASE WHEN c.pedido_id IS NULL THEN 0 ELSE k.ejecutado END AS debia) d
    CROSS JOIN LATERAL (SELECT coalesce(sum(t.de_quien_vende), 0) AS suyo,
                               coalesce(sum(t.de_quien_vende) FILTER (
                                   WHERE t.repartido_en >= nucleo_ahora() - interval '30 days'), 0)
                                   AS reciente
                        FROM comercio_tomado_por_el_banco t WHERE t.pedido_id = p.id) b
    WHERE p.vendedor_id = :unidad GROUP BY p.estado
    """.replace("::", r"\:\:")
)


def resumen_vendedor(sesion: Session, unidad_id: UUID) -> ResumenVendedor:
    """Three queries: orders by state with their money, products on sale, products running short."""
    filas = {f.estado: f for f in sesion.connection().execute(_RESUMEN, {"unidad": unidad_id})}
    a_la_venta = (Producto.vendedor_id == unidad_id, Producto.estado == EstadoProducto.PUBLICADO)
    return ResumenVendedor(
        por_estado={estado: f.cuantos for estado, f in filas.items()},
        en_custodia=de_centavos(sum(f.en_custodia for f in filas.values())),
        comprometido=de_centavos(sum(f.comprometido for f in filas.values())),
        ganado=de_centavos(sum(f.ganado for f in filas.values())),
        ganado_ultimos_30_dias=de_centavos(sum(f.reciente for f in filas.values())),
        publicados=sesion.exec(select(func.count()).where(*a_la_venta)).one(),
        cortas=cortas(sesion, unidad_id, 8),
    )


def compras_en_camino(sesion: Session, unidades: Collection[UUID]) -> dict[UUID, int]:
    """How many orders are on their way to each of these units that has bought something."""
    partes = partes_en_lote(sesion, buscar_partes(sesion, unidades=unidades))
    consulta = (
        select(Pedido.comprador_parte_id, func.count().filter(col(Pedido.estado) == EstadoPedido.DESPACHADO))
        .where(col(Pedido.comprador_parte_id).in_(partes))
        .group_by(col(Pedido.comprador_parte_id))
    )
    return {u: n for parte_id, n in sesion.exec(consulta) if (u := partes[parte_id].unidad_id) is not None}


def cuenta_de_la_tienda(sesion: Session, actor: Actor, unidad_id: UUID) -> int | None:
    """The account that the sales of a unit are paid into; None for who sells and may not see it."""
    suyas = (c for c in cuentas_de(sesion, actor) if c.unidad_id == unidad_id)
    return next((c.id for c in suyas if c.cuenta.tipo == TipoCuenta.COMERCIO), None)
