"""What other rooms ask of the market: its use cases, answering with frozen values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from comercio import (
    agenda,
    catalogo,
    citas,
    compra,
    comprometidos,
    formas,
    pedidos,
    por_pagar,
    promociones,
    sostenidas,
    vendedores,
)
from comercio.catalogo import ProductoCambios, VarianteCambios, VarianteNueva
from comercio.compra import SolicitudCompra, pedidos_de
from comercio.comprometidos import OrdenDeEntidad
from nucleo.actor import Actor
from nucleo.fachada import sin_fila


@dataclass(frozen=True, slots=True)
class PedidoHecho:
    """An order of a purchase; `lineas` are the ids of its lines, as it lists them."""

    id: UUID
    vendedor_id: UUID
    creado_en: datetime
    lineas: tuple[UUID, ...]


def comprar(sesion: Session, actor: Actor, solicitud: SolicitudCompra) -> Sequence[PedidoHecho]:
    """Buy, all or nothing; the orders, one for each seller. Raises what `comercio.compra.comprar` does."""
    return pedidos_de_compra(sesion, compra.comprar(sesion, actor, solicitud).id)


def ordenar_para_entidad(sesion: Session, actor: Actor, orden: OrdenDeEntidad) -> Sequence[PedidoHecho]:
    """A public entity orders, all or nothing, with a commitment of its budget; the orders, one for each
    seller. Raises what `comercio.comprometidos.ordenar` does."""
    return pedidos_de_compra(sesion, comprometidos.ordenar(sesion, actor, orden).id)


def pedidos_de_compra(sesion: Session, compra_id: UUID) -> Sequence[PedidoHecho]:
    """The orders of a purchase, one for each seller."""
    return [
        PedidoHecho(
            p.id,
            p.vendedor_id,
            p.creado_en,
            tuple(x.fila.id for x in pedidos.lineas_del_pedido(sesion, p.id)),
        )
        for p in pedidos_de(sesion, compra_id)
    ]


def ofrecer_variantes(
    sesion: Session,
    actor: Actor,
    producto_id: UUID,
    primera: VarianteCambios,
    otras: Sequence[VarianteNueva] = (),
    *,
    dias_de_elaboracion: int = 0,
) -> None:
    """Say what tells the only variant of a product apart, then add the others; days of work, if it is made
    to order. Raises what `crear_variante` and `editar_variante` do."""

    def version() -> int:
        return catalogo.detalle_de_producto(sesion, producto_id, actor).producto.version

    detalle = catalogo.detalle_de_producto(sesion, producto_id, actor)
    catalogo.editar_variante(sesion, actor, producto_id, detalle.opcion.id, version(), primera)
    for nueva in otras:
        catalogo.crear_variante(sesion, actor, producto_id, version(), nueva)
    if dias_de_elaboracion:
        cambios = ProductoCambios(dias_de_elaboracion=dias_de_elaboracion)
        catalogo.editar_producto(sesion, actor, producto_id, version(), cambios)


comprar_con_tarjeta = sin_fila(por_pagar.comprar_con_tarjeta)
declarar_formas = sin_fila(formas.declarar)
abrir_agenda = sin_fila(agenda.abrir_agenda)
atender_con_cita = sin_fila(agenda.atender_con_cita)
proximas_horas = agenda.proximas_horas
pedir_hora = sin_fila(citas.pedir_hora)
promover = sin_fila(promociones.promover)
dar_cupon = sin_fila(promociones.dar_cupon)
preparar = sin_fila(pedidos.preparar)
despachar = sin_fila(pedidos.despachar)
prestar = sin_fila(pedidos.prestar)
dar_por_conformes = pedidos.dar_por_conformes
liberar_vencidas = pedidos.liberar_vencidas
dar_conformidad = sin_fila(pedidos.dar_conformidad)
cancelar = sin_fila(pedidos.cancelar)
tomar_vacaciones = sin_fila(vendedores.tomar_vacaciones)
# What is held for a public entity: nobody lets it go until the transaction ends.
no_soltar_oferta = sostenidas.no_soltar_oferta
ofertas_sostenidas = sostenidas.sostenidas_de
# What an entity ordered is received and claimed as any order (`dar_conformidad`, `cancelar`), and paid so.
# Of whoever may only with others it waits for their signatures (`Propuesto`).
pagar_de_entidad = comprometidos.pagar_o_proponer
anotar_pago_fuera = comprometidos.anotar_o_proponer
compromiso_de = comprometidos.compromiso_de
compromisos_de_compra = comprometidos.compromisos_de_compra
compromisos_de_pedidos = comprometidos.compromisos_de_pedidos
contar_por_pagar = comprometidos.contar_por_pagar
intervinieron = comprometidos.intervinieron
elegir_con_que_se_paga = comprometidos.elegir_con_que_se_paga
pagos_dichos = comprometidos.pagos_dichos
pedidos_adeudados = comprometidos.pedidos_adeudados
vendido_en = comprometidos.vendido_en
# What is held for it, before it orders: how it may be received, what that costs, and what it comes to today.
formas_de_oferta = comprometidos.formas_de_oferta
porte_de_oferta = comprometidos.porte_de_oferta
importe_de_hoy = comprometidos.importe_de_hoy
