"""What the market does when something happens: in other rooms, and to its own orders."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from ciudadania import notificar
from comercio import alertas as alertas  # registers what it can be asked to tell
from comercio import catalogo, eventos, pedidos
from comercio.avisos import AVISO_PEDIDO, AVISO_VENTA
from comercio.modelos import ComisionPedido, Pedido, PedidoPaso
from empresa_digital.registro import notificar_unidad
from nucleo.dinero import formato_bs
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import gettext as _

EVENTOS_DE_UNIDAD = (
    "UnidadEditada",
    "UnidadInscrita",
    "UnidadSuspendida",
    "UnidadRehabilitada",
    "UnidadCancelada",
    "HabilitacionOtorgada",
    "HabilitacionSuspendida",
)


def _refrescar_vendedor(sesion: Session, evento: EventoRecibido) -> None:
    catalogo.refrescar_vendedor(sesion, evento.objeto_id)


for _tipo in EVENTOS_DE_UNIDAD:
    al_ocurrir(_tipo, consumidor="comercio.refrescar_vendedor")(_refrescar_vendedor)


def _pedido_de(evento: EventoRecibido) -> UUID | None:
    """The order a shipment belongs to; None when it belongs to something else."""
    if evento.datos.get("referencia_tipo") != "pedido":
        return None
    return UUID(str(evento.datos["referencia_id"]))


@al_ocurrir("EnvioEntregado", consumidor="comercio.anotar_entrega")
def anotar_entrega(sesion: Session, evento: EventoRecibido) -> None:
    if pedido_id := _pedido_de(evento):
        pedidos.anotar_entrega(sesion, pedido_id)


def _anotar_devolucion(sesion: Session, evento: EventoRecibido) -> None:
    if pedido_id := _pedido_de(evento):
        pedidos.anotar_devolucion(sesion, pedido_id)


for _tipo in ("EnvioDevuelto", "EnvioAnulado"):
    al_ocurrir(_tipo, consumidor="comercio.anotar_devolucion")(_anotar_devolucion)


@al_ocurrir(eventos.PEDIDO_ENTREGADO, consumidor="comercio.liberar_custodia")
def liberar_custodia(sesion: Session, evento: EventoRecibido) -> None:
    pedidos.liberar_custodia(sesion, evento.objeto_id)


# --- Notices ---------------------------------------------------------------------------------------

Aviso = tuple[str, str]


def _al_comprador(sesion: Session, pedido: Pedido, aviso: Aviso) -> None:
    asunto, cuerpo = aviso
    notificar(
        sesion,
        persona_id=pedido.comprador_id,
        asunto=asunto,
        cuerpo=cuerpo,
        enlace=f"/pedidos/{pedido.id}",
        clase=AVISO_PEDIDO,
    )


def _al_vendedor(sesion: Session, pedido: Pedido, aviso: Aviso) -> None:
    asunto, cuerpo = aviso
    notificar_unidad(
        sesion, pedido.vendedor_id, asunto, cuerpo, f"/vender/pedidos/{pedido.id}", clase=AVISO_VENTA
    )


def _datos(pedido: Pedido) -> dict[str, Any]:
    return {
        "numero": pedido.numero,
        "vendedor": pedido.vendedor_nombre,
        "total": formato_bs(pedido.total),
        "envio": pedido.envio_numero or "",
    }


@al_ocurrir(eventos.PEDIDO_PAGADO, consumidor="comercio.avisar")
def avisar_pago(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    datos = _datos(pedido)
    _al_comprador(
        sesion,
        pedido,
        (
            _("Pedido %(numero)s pagado") % datos,
            _("%(vendedor)s ya puede prepararlo. Sus %(total)s esperan en custodia.") % datos,
        ),
    )
    _al_vendedor(
        sesion,
        pedido,
        (
            _("Vendió: pedido %(numero)s por %(total)s") % datos,
            _("El dinero está en custodia. Prepare el pedido y despáchelo antes de la fecha que se indica."),
        ),
    )


@al_ocurrir(eventos.PEDIDO_DESPACHADO, consumidor="comercio.avisar")
def avisar_despacho(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    datos = _datos(pedido)
    texto = _("%(vendedor)s lo despachó: envío %(envio)s. En el pedido está su código de entrega.")
    _al_comprador(sesion, pedido, (_("Pedido %(numero)s en camino") % datos, texto % datos))


@al_ocurrir(eventos.PEDIDO_ENTREGADO, consumidor="comercio.avisar")
def avisar_entrega(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    datos = _datos(pedido)
    texto = _("Lo recibió de %(vendedor)s. Gracias por comprar en Qhatu.")
    _al_comprador(sesion, pedido, (_("Pedido %(numero)s entregado") % datos, texto % datos))


@al_ocurrir(eventos.PEDIDO_LIBERADO, consumidor="comercio.avisar")
def avisar_liberacion(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    comision = sesion.get_one(ComisionPedido, evento.objeto_id)
    datos = _datos(pedido) | {
        "comision": formato_bs(comision.monto),
        "neto": formato_bs(pedido.total - comision.monto),
    }
    texto = _("De %(total)s se descontó la comisión de %(comision)s: su unidad recibió %(neto)s.")
    _al_vendedor(sesion, pedido, (_("Cobró el pedido %(numero)s") % datos, texto % datos))


@al_ocurrir(eventos.PEDIDO_CANCELADO, consumidor="comercio.avisar")
def avisar_cancelacion(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    datos = _datos(pedido) | {"motivo": _motivo(sesion, pedido.id)}
    asunto = _("Pedido %(numero)s cancelado") % datos
    devuelto = _("%(motivo)s Sus %(total)s volvieron a su billetera.") % datos
    repuesto = _("%(motivo)s El dinero volvió al comprador y las unidades a su existencia.") % datos
    avisos: tuple[tuple[Callable[[Session, Pedido, Aviso], None], str], ...] = (
        (_al_comprador, devuelto),
        (_al_vendedor, repuesto),
    )
    for avisar, cuerpo in avisos:
        avisar(sesion, pedido, (asunto, cuerpo))


def _motivo(sesion: Session, pedido_id: UUID) -> str:
    consulta = select(PedidoPaso.detalle).where(
        PedidoPaso.pedido_id == pedido_id, PedidoPaso.estado == "cancelado"
    )
    motivo = sesion.exec(consulta).one().rstrip(". ")
    return f"{motivo}." if motivo else ""
