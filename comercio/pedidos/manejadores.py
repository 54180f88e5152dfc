"""What orders do when something happens: to their parcels, and to themselves."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.compra.eventos import PEDIDO_CONFIRMADO, PEDIDO_PAGADO
from comercio.compra.modelos import Pedido, PedidoPaso, Servicio
from comercio.custodia import EstadoCustodia, dinero_de
from comercio.formas import FormaDeEntrega
from comercio.pedidos import eventos, seguir
from comercio.pedidos.avisos import AVISO_VENTA, avisar_comprador
from comercio.pedidos.estados import EstadoPaquete
from comercio.pedidos.lineas import paquetes_de
from comercio.pedidos.modelos import CancelacionDeLinea, Paquete
from empresa_digital.registro import notificar_unidad
from envios import lo_cedido
from nucleo.dinero import cero, formato_bs
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _


def _al_paquete(hacer: Callable[[Session, UUID], bool]) -> Callable[[Session, EventoRecibido], None]:
    """Tell it to the parcel that the shipment is; of a shipment that is of no order nothing is done."""

    def oir(sesion: Session, evento: EventoRecibido) -> None:
        if evento.datos.get("referencia_tipo") == "pedido":
            hacer(sesion, evento.objeto_id)

    return oir


al_ocurrir("EnvioAdmitido", consumidor="comercio.anotar_admision")(_al_paquete(seguir.anotar_admision))
al_ocurrir("EnvioEntregado", consumidor="comercio.anotar_entrega")(_al_paquete(seguir.anotar_entrega))
al_ocurrir("EnvioCobrado", consumidor="comercio.anotar_cobro")(_al_paquete(seguir.anotar_cobro))
al_ocurrir("EnvioDevuelto", consumidor="comercio.anotar_devolucion")(_al_paquete(seguir.anotar_devolucion))
al_ocurrir("EnvioAnulado", consumidor="comercio.anotar_devolucion")(_al_paquete(seguir.anotar_anulacion))
al_ocurrir("EnvioSinNoticias", consumidor="comercio.anotar_sin_noticias")(
    _al_paquete(seguir.anotar_sin_noticias)
)
al_ocurrir("EnvioCorregido", consumidor="comercio.anotar_correccion")(_al_paquete(seguir.anotar_correccion))


# --- Notices ---------------------------------------------------------------------------------------

Aviso = tuple[str, str]


def _al_comprador(sesion: Session, pedido: Pedido, aviso: Aviso) -> None:
    avisar_comprador(sesion, pedido, *aviso, f"/pedidos/{pedido.id}")


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
    }


def _dia(instante: datetime | None) -> str:
    return filtro_fecha(instante) if instante else ""


@al_ocurrir(PEDIDO_PAGADO, consumidor="comercio.avisar")
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


@al_ocurrir(PEDIDO_CONFIRMADO, consumidor="comercio.avisar")
def avisar_confirmado(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    datos = _datos(pedido)
    if dinero_de(sesion, pedido.id).comprometido:
        _avisar_comprometido(sesion, pedido, datos)
        return
    asunto = _("Pedido %(numero)s confirmado: pagará %(total)s al recibir") % datos
    texto = _("%(vendedor)s ya puede prepararlo. Tenga el efectivo: el correo lo entrega solo si se paga.")
    _al_comprador(sesion, pedido, (asunto, texto % datos))
    asunto = _("Vendió: pedido %(numero)s por %(total)s, a pagar al recibir") % datos
    texto = _("Despáchelo entero y antes de la fecha que se indica. El correo cobra al entregarlo.")
    _al_vendedor(sesion, pedido, (asunto, texto))


def _avisar_comprometido(sesion: Session, pedido: Pedido, datos: dict[str, Any]) -> None:
    asunto = _("Pedido %(numero)s confirmado: %(total)s comprometidos") % datos
    texto = _("%(vendedor)s ya puede prepararlo. La entidad paga cuando lo recibió conforme.")
    _al_comprador(sesion, pedido, (asunto, texto % datos))
    asunto = _("Vendió a una entidad pública: pedido %(numero)s por %(total)s") % datos
    texto = _(
        "La entidad comprometió su presupuesto y paga al recibir conforme: no hay dinero en custodia. "
        "Despáchelo antes de la fecha que se indica."
    )
    _al_vendedor(sesion, pedido, (asunto, texto))


@al_ocurrir(eventos.PAQUETE_ANUNCIADO, consumidor="comercio.avisar")
def avisar_anuncio(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    datos = _datos(pedido) | {"envio": evento.datos["envio_numero"]}
    texto = _(
        "%(vendedor)s lo preparó para el correo: envío %(envio)s. En el pedido está su código de entrega."
    )
    _al_comprador(sesion, pedido, (_("Pedido %(numero)s: paquete preparado") % datos, texto % datos))


@al_ocurrir(eventos.PAQUETE_DESPACHADO, consumidor="comercio.avisar")
def avisar_despacho(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    if pedido.forma != FormaDeEntrega.CORREO:
        _avisar_que_espera(sesion, pedido, UUID(str(evento.datos["paquete_id"])))
        return
    datos = _datos(pedido) | {"envio": evento.datos["envio_numero"]}
    texto = _("El correo recibió el envío %(envio)s de %(vendedor)s. En el pedido está su código de entrega.")
    _al_comprador(sesion, pedido, (_("Pedido %(numero)s en camino") % datos, texto % datos))


def _avisar_que_espera(sesion: Session, pedido: Pedido, paquete_id: UUID) -> None:
    datos = _datos(pedido) | {
        "donde": pedido.indicaciones,
        "dia": _dia(sesion.get_one(Paquete, paquete_id).vence_en),
        "vuelve": _lo_que_vuelve(sesion, pedido),
    }
    if pedido.forma == FormaDeEntrega.RETIRO:
        asunto = _("Pedido %(numero)s listo para recoger") % datos
        texto = _(
            "Recójalo de %(vendedor)s hasta el %(dia)s: %(donde)s. Muestre el código de entrega que está en "
            "su pedido solo cuando lo tenga en sus manos. Después de ese día %(vuelve)s."
        )
    else:
        asunto = _("Pedido %(numero)s en camino") % datos
        texto = _(
            "Se lo lleva %(vendedor)s hasta el %(dia)s. Muestre el código de entrega que está en su pedido "
            "solo cuando lo tenga en sus manos. Después de ese día %(vuelve)s."
        )
    _al_comprador(sesion, pedido, (asunto, texto % datos))


def _lo_que_vuelve(sesion: Session, pedido: Pedido) -> str:
    if dinero_de(sesion, pedido.id).comprometido:
        return _("lo comprometido vuelve al presupuesto")
    return _("su dinero vuelve")


@al_ocurrir(eventos.PEDIDO_ENTREGADO, consumidor="comercio.avisar")
def avisar_entrega(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    datos = _datos(pedido) | {"dia": _dia(dinero_de(sesion, pedido.id).liberar_en)}
    texto = _(
        "Lo recibió de %(vendedor)s. Revíselo: si algo está mal, abra un reclamo en el pedido hasta el "
        "%(dia)s. Después se paga a quien vende."
    )
    _al_comprador(sesion, pedido, (_("Pedido %(numero)s entregado") % datos, texto % datos))
    texto = _("Se le paga el %(dia)s, si nadie reclama antes.")
    if dinero_de(sesion, pedido.id).comprometido:
        texto = _("La entidad debe pagarlo desde el %(dia)s, si no reclama antes.")
    _al_vendedor(sesion, pedido, (_("Pedido %(numero)s entregado") % datos, texto % datos))


@al_ocurrir(eventos.SERVICIO_PRESTADO, consumidor="comercio.avisar")
def avisar_servicio(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    hasta = sesion.get_one(Servicio, pedido.id).conforme_hasta
    datos = _datos(pedido) | {"dia": _dia(hasta)}
    texto = _(
        "%(vendedor)s dice que ya lo hizo. Dé su conformidad o abra un reclamo hasta el %(dia)s: si no dice "
        "nada, se da por conforme."
    )
    _al_comprador(sesion, pedido, (_("Pedido %(numero)s: servicio hecho") % datos, texto % datos))


@al_ocurrir(eventos.PAQUETE_CON_INCIDENCIA, consumidor="comercio.avisar")
def avisar_incidencia(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    paquete = sesion.get_one(Paquete, UUID(str(evento.datos["paquete_id"])))
    aviso = (_("Pedido %(numero)s: algo no cuadra") % _datos(pedido), paquete.incidencia)
    _al_comprador(sesion, pedido, aviso)
    _al_vendedor(sesion, pedido, aviso)


@al_ocurrir(eventos.PEDIDO_CONCLUIDO, consumidor="comercio.avisar")
def avisar_fin(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    dinero = dinero_de(sesion, pedido.id)
    if dinero.estado is not EstadoCustodia.LIBERADA:
        return  # all went back, by a claim, which tells it; or it is paid outside, which its room tells
    datos = _datos(pedido) | {
        "pago": formato_bs(dinero.monto - dinero.devuelto),
        "comision": formato_bs(dinero.comision),
        "neto": formato_bs(dinero.para_el_vendedor),
    }
    texto = _("De %(pago)s se descontó la comisión de %(comision)s: su unidad recibió %(neto)s.")
    _al_vendedor(sesion, pedido, (_("Cobró el pedido %(numero)s") % datos, texto % datos))


@al_ocurrir(eventos.PEDIDO_CANCELADO_EN_PARTE, consumidor="comercio.avisar")
def avisar_cancelacion_en_parte(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    filas = sesion.exec(
        select(CancelacionDeLinea)
        .where(col(CancelacionDeLinea.causa) == UUID(str(evento.datos["causa"])))
        .order_by(col(CancelacionDeLinea.id))
    ).all()
    devuelto = sum((f.importe for f in filas), cero())
    datos = _datos(pedido) | {"motivo": _con_punto(filas[0].motivo), "devuelto": formato_bs(devuelto)}
    asunto = _("Pedido %(numero)s cancelado en parte") % datos
    if dinero_de(sesion, pedido.id).comprometido:
        texto = _("%(motivo)s %(devuelto)s volvieron al presupuesto de la entidad.")
        for avisar in (_al_comprador, _al_vendedor):
            avisar(sesion, pedido, (asunto, texto % datos))
        return
    texto = _("%(motivo)s Los %(devuelto)s vuelven a la cuenta o la tarjeta de donde salieron.")
    _al_comprador(sesion, pedido, (asunto, texto % datos))
    texto = _("%(motivo)s %(devuelto)s vuelven a quien compró.")
    _al_vendedor(sesion, pedido, (asunto, texto % datos))


@al_ocurrir(eventos.PEDIDO_CANCELADO, consumidor="comercio.avisar")
def avisar_cancelacion(sesion: Session, evento: EventoRecibido) -> None:
    pedido = sesion.get_one(Pedido, evento.objeto_id)
    datos = _datos(pedido) | {"motivo": _motivo(sesion, pedido.id)}
    asunto = _("Pedido %(numero)s cancelado") % datos
    dinero = dinero_de(sesion, pedido.id)
    if dinero.comprometido or dinero.estado is EstadoCustodia.NO_COBRADA:
        texto = _("%(motivo)s No se pagó nada de él.")
        if dinero.comprometido:
            texto = _("%(motivo)s Lo comprometido volvió al presupuesto de la entidad.")
        elif any(p.estado == EstadoPaquete.ENTREGADO for p in paquetes_de(sesion, pedido.id)):
            asunto, texto = _("Pedido %(numero)s: el correo no rindió lo que cobró") % datos, "%(motivo)s"
        for avisar in (_al_comprador, _al_vendedor):
            avisar(sesion, pedido, (asunto, texto % datos))
        return
    texto = _("%(motivo)s Los %(total)s vuelven a la cuenta o la tarjeta de donde salieron.")
    _al_comprador(sesion, pedido, (asunto, texto % datos))
    _al_vendedor(
        sesion,
        pedido,
        (asunto, _("%(motivo)s El dinero vuelve a quien compró.") % datos),
    )


@al_ocurrir("CesionDeEnvioPagada", consumidor="comercio.avisar_cedido")
def avisar_cedido(sesion: Session, evento: EventoRecibido) -> None:
    """Who bought, once they have what a claim gave them of what was collected at their door."""
    envio_id = UUID(str(evento.datos["envio_id"]))
    cedido = lo_cedido(sesion, [envio_id]).get(envio_id)
    suyo = select(Pedido).join(Paquete, col(Paquete.pedido_id) == col(Pedido.id))
    pedido = sesion.exec(suyo.where(Paquete.envio_id == envio_id)).one_or_none() if cedido else None
    if cedido is None or pedido is None or cedido.debe > cero():
        return  # the delivery was declared wrong meanwhile
    datos = _datos(pedido) | {"monto": formato_bs(cedido.monto)}
    asunto = _("Pedido %(numero)s: el correo le pagó %(monto)s") % datos
    _al_comprador(sesion, pedido, (asunto, _("Por su reclamo. Están en su billetera.")))


def _motivo(sesion: Session, pedido_id: UUID) -> str:
    consulta = select(PedidoPaso.detalle).where(
        PedidoPaso.pedido_id == pedido_id, PedidoPaso.estado == "cancelado"
    )
    return _con_punto(sesion.exec(consulta).one())


def _con_punto(motivo: str) -> str:
    motivo = motivo.rstrip(". ")
    return f"{motivo}." if motivo else ""
