"""The supplier learns of its order, and the entity what became of it."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import notificar_unidad
from feria_inversa.contratos import eventos
from feria_inversa.contratos.avisos import AVISO_ORDEN
from feria_inversa.contratos.consultas import con_ese_comprobante
from feria_inversa.contratos.estados import (
    EstadoEntrega,
    EstadoGarantia,
    EstadoOrden,
    nombre_clase_garantia,
    nombre_estado_garantia,
    nombre_estado_modificacion,
    nombre_estado_orden,
)
from feria_inversa.contratos.modelos import Entrega, Garantia, Modificacion, OrdenDeCompra, PagoDeOrden
from nucleo.dinero import formato_bs
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha, filtro_fecha_hora
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


@al_ocurrir(eventos.ORDEN_DE_COMPRA_EMITIDA, consumidor="feria.avisar_orden")
def avisar_orden(sesion: Session, evento: EventoRecibido) -> None:
    orden = sesion.get_one(OrdenDeCompra, evento.objeto_id)
    if orden.estado != EstadoOrden.POR_ACEPTAR:
        return
    notificar_unidad(
        sesion,
        orden.proveedor_id,
        _("Orden de compra {}").format(orden.numero),
        ngettext(
            "Por {monto}, para entregar en {dias} día. Respóndala hasta el {hasta}, o queda sin efecto.",
            "Por {monto}, para entregar en {dias} días. Respóndala hasta el {hasta}, o queda sin efecto.",
            orden.plazo_dias,
        ).format(
            monto=formato_bs(orden.total),
            dias=orden.plazo_dias,
            hasta=filtro_fecha_hora(orden.aceptar_hasta),
        ),
        f"/ordenes-de-compra/{orden.id}",
        clase=AVISO_ORDEN,
    )


@al_ocurrir(eventos.ORDEN_DE_COMPRA_RESPONDIDA, consumidor="feria.avisar_respuesta")
def avisar_respuesta(sesion: Session, evento: EventoRecibido) -> None:
    """Both parties: whether the order binds them, and why not."""
    orden = sesion.get_one(OrdenDeCompra, evento.objeto_id)
    estado = str(evento.datos["estado"])
    for unidad_id in (orden.unidad_id, orden.proveedor_id):
        notificar_unidad(
            sesion,
            unidad_id,
            _("Orden de compra {numero}: {estado}").format(
                numero=orden.numero, estado=nombre_estado_orden(estado).lower()
            ),
            _("La adjudicación quedó sin efecto. Motivo: {}").format(orden.motivo)
            if orden.motivo
            else _("Desde ahora obliga a las dos partes."),
            f"/ordenes-de-compra/{orden.id}",
            clase=AVISO_ORDEN,
        )


def _avisar(sesion: Session, orden: OrdenDeCompra, unidad_id: UUID, que: str, detalle: str) -> None:
    asunto = _("Orden de compra {numero}: {que}").format(numero=orden.numero, que=que)
    notificar_unidad(sesion, unidad_id, asunto, detalle, f"/ordenes-de-compra/{orden.id}", clase=AVISO_ORDEN)


@al_ocurrir(eventos.ENTREGA_HECHA, consumidor="feria.avisar_entrega")
def avisar_entrega(sesion: Session, evento: EventoRecibido) -> None:
    """Both parties: what was handed over, and until when it may be objected to."""
    entrega = sesion.get_one(Entrega, evento.objeto_id)
    if entrega.estado != EstadoEntrega.POR_RECIBIR:
        return
    orden = sesion.get_one(OrdenDeCompra, entrega.orden_id)
    detalle = _("Si la entidad no la objeta hasta el {}, se tiene por recibida conforme.").format(
        filtro_fecha_hora(entrega.recibir_hasta)
    )
    for unidad_id in (orden.unidad_id, orden.proveedor_id):
        _avisar(sesion, orden, unidad_id, _("entrega {}").format(entrega.numero), detalle)


@al_ocurrir(eventos.ENTREGA_RESPONDIDA, consumidor="feria.avisar_recepcion")
def avisar_recepcion(sesion: Session, evento: EventoRecibido) -> None:
    """The supplier: what was received of it, and what its delay cost."""
    entrega = sesion.get_one(Entrega, evento.objeto_id)
    orden = sesion.get_one(OrdenDeCompra, entrega.orden_id)
    assert entrega.valor is not None
    dicho = [_("Se recibió por {}.").format(formato_bs(entrega.valor))]
    if entrega.multa:
        dicho.append(_("Multa por atraso: {}.").format(formato_bs(entrega.multa)))
    if entrega.motivo:
        dicho.append(_("Motivo que dio la entidad: {}").format(entrega.motivo))
    que = (
        _("devolvieron la entrega {}")
        if entrega.estado == EstadoEntrega.DEVUELTA
        else _("recibieron la entrega {}")
    )
    _avisar(sesion, orden, orden.proveedor_id, que.format(entrega.numero), " ".join(dicho))


@al_ocurrir(eventos.ORDEN_DE_COMPRA_PAGADA, consumidor="feria.avisar_pago")
def avisar_pago(sesion: Session, evento: EventoRecibido) -> None:
    pago = sesion.get_one(PagoDeOrden, evento.objeto_id)
    orden = sesion.get_one(OrdenDeCompra, pago.orden_id)
    como = (
        _con_el_c31(sesion, orden, pago.comprobante, pago.fecha)
        if pago.comprobante and pago.fecha
        else _("El dinero está en la cuenta de su unidad.")
    )
    _avisar(sesion, orden, orden.proveedor_id, _("pago de {}").format(formato_bs(pago.monto)), como)


def _con_el_c31(sesion: Session, orden: OrdenDeCompra, comprobante: str, fecha: date) -> str:
    """Who is paid knows when that C-31 is said of another order of the entity's."""
    dicho = _("Con el C-31 {}.").format(comprobante)
    if con_ese_comprobante(sesion, orden, comprobante, fecha):
        dicho += " " + _("La entidad anotó ese mismo C-31 en otra orden.")
    return dicho


@al_ocurrir(eventos.ORDEN_DE_COMPRA_RESUELTA, consumidor="feria.avisar_resolucion")
def avisar_resolucion(sesion: Session, evento: EventoRecibido) -> None:
    """Both parties: no more is delivered, and why."""
    orden = sesion.get_one(OrdenDeCompra, evento.objeto_id)
    for unidad_id in (orden.unidad_id, orden.proveedor_id):
        _avisar(sesion, orden, unidad_id, _("resuelta"), str(orden.causa))


@al_ocurrir(eventos.GARANTIA_CAMBIO, consumidor="feria.avisar_garantia")
def avisar_cambio_de_garantia(sesion: Session, evento: EventoRecibido) -> None:
    """Both parties: what became of a guarantee."""
    garantia = sesion.get_one(Garantia, evento.objeto_id)
    orden = sesion.get_one(OrdenDeCompra, garantia.orden_id)
    que = _("garantía {numero}, {estado}").format(
        numero=garantia.numero, estado=nombre_estado_garantia(str(evento.datos["estado"])).lower()
    )
    for unidad_id in (orden.unidad_id, orden.proveedor_id):
        _avisar(sesion, orden, unidad_id, que, _de_la_garantia(garantia))


@al_ocurrir(eventos.GARANTIA_POR_VENCER, consumidor="feria.avisar_garantia_por_vencer")
def avisar_garantia_por_vencer(sesion: Session, evento: EventoRecibido) -> None:
    """Both parties, while it still can be renewed."""
    garantia = sesion.get_one(Garantia, evento.objeto_id)
    if garantia.estado != EstadoGarantia.VIGENTE:
        return
    orden = sesion.get_one(OrdenDeCompra, garantia.orden_id)
    que = _("la garantía {} está por vencer").format(garantia.numero)
    for unidad_id in (orden.unidad_id, orden.proveedor_id):
        _avisar(sesion, orden, unidad_id, que, _de_la_garantia(garantia))


def _de_la_garantia(garantia: Garantia) -> str:
    return _("{clase}: {monto}, hasta el {dia}.").format(
        clase=nombre_clase_garantia(garantia.clase),
        monto=formato_bs(garantia.monto),
        dia=filtro_fecha(garantia.hasta),
    )


@al_ocurrir(eventos.MODIFICACION_CAMBIO, consumidor="feria.avisar_modificacion")
def avisar_modificacion(sesion: Session, evento: EventoRecibido) -> None:
    """Both parties: what is proposed and until when it is signed, or what became of it."""
    modificacion = sesion.get_one(Modificacion, evento.objeto_id)
    orden = sesion.get_one(OrdenDeCompra, modificacion.orden_id)
    estado = str(evento.datos["estado"])
    que = _("modificación {numero}, {estado}").format(
        numero=modificacion.numero, estado=nombre_estado_modificacion(estado).lower()
    )
    detalle = _("Total {total}, entrega hasta el {dia}. Motivo: {motivo}").format(
        total=formato_bs(modificacion.total),
        dia=filtro_fecha(modificacion.entregar_hasta),
        motivo=modificacion.motivo,
    )
    for unidad_id in (orden.unidad_id, orden.proveedor_id):
        _avisar(sesion, orden, unidad_id, que, detalle)
