"""Periodic work of orders. It asks what is due and may run twice at once: a transaction each."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import func, not_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from comercio.compra import POR_DESPACHAR, EstadoPedido, EstadoServicio
from comercio.compra.modelos import Pedido, Servicio
from comercio.custodia import EstadoCustodia, fechar, mudar
from comercio.custodia.modelos import Compromiso, Custodia
from comercio.pedidos.bloqueos import bloquear_pedido
from comercio.pedidos.cumplir import cancelar_sin_despacho, dar_por_conforme, liberar_custodia
from comercio.pedidos.estados import EstadoPaquete
from comercio.pedidos.modelos import Paquete
from comercio.pedidos.plazos import liberacion
from comercio.pedidos.seguir import dar_por_perdido, terminar_sin_rendir
from nucleo.reloj import ahora_bd
from nucleo.tareas import cada_uno, pendientes, periodica


def _barrer(vencidos: SelectOfScalar[UUID], hacer: Callable[[Session, UUID], bool]) -> int:
    return cada_uno(pendientes(vencidos), hacer)


@periodica("comercio.cancelar_sin_despacho", cada=60)
def cancelar_vencidos() -> int:
    """Cancel and refund what was not dispatched in its term."""
    vencidos = (
        select(Pedido.id)
        .outerjoin(Servicio, col(Servicio.pedido_id) == col(Pedido.id))
        .where(
            col(Pedido.estado).in_(sorted(POR_DESPACHAR)),
            col(Pedido.despachar_hasta) < func.nucleo_ahora(),
            func.coalesce(col(Servicio.estado), "agendado") == EstadoServicio.AGENDADO,
        )
        .order_by(col(Pedido.despachar_hasta))
    )
    return _barrer(vencidos, cancelar_sin_despacho)


@periodica("comercio.dar_por_perdidos", cada=600)
def dar_por_perdidos() -> int:
    """Give up for lost, and refund, the parcels that nobody delivered in their time."""
    vencidos = (
        select(Paquete.id)
        .where(col(Paquete.estado) == EstadoPaquete.DESPACHADO, col(Paquete.vence_en) <= func.nucleo_ahora())
        .order_by(col(Paquete.vence_en))
    )
    return _barrer(vencidos, dar_por_perdido)


@periodica("comercio.terminar_sin_rendir", cada=600)
def terminar_sin_rendidos() -> int:
    """End what was paid at the door and whoever collected it did not hand over in its term."""
    vencidos = (
        select(Paquete.id)
        .join(Custodia, col(Custodia.pedido_id) == col(Paquete.pedido_id))
        .where(
            col(Custodia.estado) == EstadoCustodia.POR_COBRAR,
            col(Paquete.estado) == EstadoPaquete.ENTREGADO,
            col(Paquete.saldado).is_(False),
            col(Paquete.vence_en) <= func.nucleo_ahora(),
            not_(func.comercio_reclamado(col(Paquete.pedido_id))),
        )
        .order_by(col(Paquete.vence_en), col(Paquete.id))
    )
    return _barrer(vencidos, terminar_sin_rendir)


@periodica("comercio.dar_por_conformes", cada=600)
def dar_por_conformes() -> int:
    """Services of which their buyers said nothing in their term."""
    vencidos = (
        select(Servicio.pedido_id)
        .where(
            col(Servicio.estado) == EstadoServicio.PRESTADO,
            col(Servicio.conforme_hasta) <= func.nucleo_ahora(),
        )
        .order_by(col(Servicio.conforme_hasta))
    )
    return _barrer(vencidos, dar_por_conforme)


@periodica("comercio.liberar_custodias", cada=15)
def liberar_vencidas() -> int:
    """Pay the sellers of what was delivered and not claimed until its date; what a public entity had no money
    for is tried again, each time later."""
    vencidas = (
        select(Custodia.pedido_id)
        .outerjoin(Compromiso, col(Compromiso.pedido_id) == col(Custodia.pedido_id))
        .where(
            col(Custodia.estado) == EstadoCustodia.POR_LIBERAR,
            col(Custodia.liberar_en) <= func.nucleo_ahora(),
            func.coalesce(col(Compromiso.intentar_en) <= func.nucleo_ahora(), True),
        )
        .order_by(col(Custodia.liberar_en), col(Custodia.pedido_id))
    )
    return _barrer(vencidas, liberar_custodia)


@periodica("comercio.mudar_custodias", cada=60)
def mudar_custodias() -> int:
    """Move what waits as pending transfers, from before orders had accounts, until there is none."""
    por_mudar = (
        select(Custodia.pedido_id)
        .where(col(Custodia.estado) == EstadoCustodia.POR_MUDAR)
        .order_by(col(Custodia.pedido_id))
    )
    return _barrer(por_mudar, _mudar)


def _mudar(sesion: Session, pedido_id: UUID) -> bool:
    pedido = bloquear_pedido(sesion, pedido_id)
    hecha = mudar(sesion, pedido_id)
    if hecha and pedido.estado == EstadoPedido.ENTREGADO:
        fechar(sesion, pedido_id, liberacion(sesion, pedido, ahora_bd(sesion)))
    return hecha
