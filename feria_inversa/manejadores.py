"""What the fair does with its own news: tell the units it concerns.

News that later acts have overtaken by the time they are delivered are not sent.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session, col, select

from empresa_digital.registro import notificar_unidad
from feria_inversa import alertas as alertas  # registers what it can be asked to tell
from feria_inversa import eventos
from feria_inversa.avisos import AVISO_ACTO, AVISO_CONVOCATORIA, AVISO_OFERTA, AVISO_ORDEN
from feria_inversa.consultas import adjudicaciones_de, items_de
from feria_inversa.estados import Estado, EstadoOferta
from feria_inversa.modelos import Convocatoria, Oferta, OrdenDeCompra
from nucleo.dinero import formato_bs
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


def _convocatoria(sesion: Session, evento: EventoRecibido) -> Convocatoria:
    return sesion.get_one(Convocatoria, evento.objeto_id)


def _oferentes(sesion: Session, convocatoria_id: UUID) -> Iterable[UUID]:
    consulta = (
        select(Oferta.unidad_id)
        .where(Oferta.convocatoria_id == convocatoria_id, Oferta.estado == EstadoOferta.VIGENTE)
        .order_by(col(Oferta.presentada_en))
    )
    return sesion.exec(consulta).all()


@al_ocurrir(eventos.CONVOCATORIA_PUBLICADA, consumidor="feria.avisar_publicacion")
def avisar_publicacion(sesion: Session, evento: EventoRecibido) -> None:
    """The entity gets the CUCE and the deadline in its mailbox."""
    convocatoria = _convocatoria(sesion, evento)
    if convocatoria.estado != Estado.PUBLICADO:
        return
    notificar_unidad(
        sesion,
        convocatoria.unidad_id,
        _("Convocatoria publicada: {}").format(convocatoria.titulo),
        _("CUCE {cuce}. Recibe ofertas hasta el {fecha}; después podrá abrir los sobres.").format(
            cuce=convocatoria.cuce, fecha=filtro_fecha_hora(convocatoria.vence_en)
        ),
        f"/compras/{convocatoria.id}",
        clase=AVISO_CONVOCATORIA,
    )


@al_ocurrir(eventos.RECEPCION_CERRADA, consumidor="feria.avisar_cierre")
def avisar_cierre(sesion: Session, evento: EventoRecibido) -> None:
    convocatoria = _convocatoria(sesion, evento)
    if convocatoria.estado != Estado.RECEPCION_CERRADA:
        return
    notificar_unidad(
        sesion,
        convocatoria.unidad_id,
        _("Ya puede abrir las ofertas: {}").format(convocatoria.titulo),
        _("El plazo terminó. La apertura es un acto que queda registrado con su nombre y la hora."),
        f"/compras/{convocatoria.id}",
        clase=AVISO_CONVOCATORIA,
    )


@al_ocurrir(eventos.CONVOCATORIA_CANCELADA, consumidor="feria.avisar_cancelacion")
def avisar_cancelacion(sesion: Session, evento: EventoRecibido) -> None:
    convocatoria = _convocatoria(sesion, evento)
    for unidad_id in _oferentes(sesion, convocatoria.id):
        notificar_unidad(
            sesion,
            unidad_id,
            _("Se canceló una convocatoria: {}").format(convocatoria.titulo),
            _("Motivo que dio la entidad: {}").format(convocatoria.motivo_cierre),
            f"/feria/{convocatoria.id}",
            clase=AVISO_ACTO,
        )


@al_ocurrir(eventos.OFERTA_PRESENTADA, consumidor="feria.dar_recibo")
def dar_recibo(sesion: Session, evento: EventoRecibido) -> None:
    """The bidder's receipt: what proves which envelope was handed in, and when."""
    oferta = sesion.get_one(Oferta, evento.objeto_id)
    convocatoria = sesion.get_one(Convocatoria, oferta.convocatoria_id)
    if convocatoria.abierto_en is not None:
        return
    notificar_unidad(
        sesion,
        oferta.unidad_id,
        _("Recibimos su oferta: {}").format(convocatoria.titulo),
        _("Presentada el {fecha}. Huella del sobre cerrado: {huella}").format(
            fecha=filtro_fecha_hora(oferta.presentada_en), huella=oferta.huella
        ),
        f"/feria/{convocatoria.id}",
        clase=AVISO_OFERTA,
    )


@al_ocurrir(eventos.OFERTA_RETIRADA, consumidor="feria.avisar_retiro")
def avisar_retiro(sesion: Session, evento: EventoRecibido) -> None:
    oferta = sesion.get_one(Oferta, evento.objeto_id)
    convocatoria = sesion.get_one(Convocatoria, oferta.convocatoria_id)
    notificar_unidad(
        sesion,
        oferta.unidad_id,
        _("Retiró su oferta: {}").format(convocatoria.titulo),
        _("El sobre no se abrirá. Mientras el plazo corra puede presentar otra oferta."),
        f"/feria/{convocatoria.id}",
        clase=AVISO_OFERTA,
    )


@al_ocurrir(eventos.CONVOCATORIA_ABIERTA, consumidor="feria.avisar_apertura")
def avisar_apertura(sesion: Session, evento: EventoRecibido) -> None:
    convocatoria = _convocatoria(sesion, evento)
    if convocatoria.estado != Estado.EVALUACION:
        return
    total = int(evento.datos["ofertas"])
    cuantas = ngettext("Se abrió {} oferta.", "Se abrieron {} ofertas.", total).format(total)
    for unidad_id in _oferentes(sesion, convocatoria.id):
        notificar_unidad(
            sesion,
            unidad_id,
            _("Se abrieron los sobres: {}").format(convocatoria.titulo),
            cuantas + " " + _("El cuadro comparativo es público."),
            f"/feria/{convocatoria.id}",
            clase=AVISO_ACTO,
        )


@al_ocurrir(eventos.ITEMS_ADJUDICADOS, consumidor="feria.avisar_resultado")
def avisar_resultado(sesion: Session, evento: EventoRecibido) -> None:
    """Each bidder learns which items it won, or that it won none."""
    convocatoria = _convocatoria(sesion, evento)
    numeros = {item.id: item.numero for item in items_de(sesion, convocatoria.id)}
    decisiones = adjudicaciones_de(sesion, convocatoria.id).values()
    for unidad_id in _oferentes(sesion, convocatoria.id):
        ganados = sorted(numeros[d.item_id] for d in decisiones if d.proveedor_id == unidad_id)
        if ganados:
            asunto = _("Ganó en «{}»").format(convocatoria.titulo)
            cuerpo = ngettext("Ítem adjudicado: {}.", "Ítems adjudicados: {}.", len(ganados)).format(
                ", ".join(str(numero) for numero in ganados)
            )
        else:
            asunto = _("Resultado de «{}»").format(convocatoria.titulo)
            cuerpo = _("Esta vez no se le adjudicó ningún ítem. Los motivos son públicos.")
        notificar_unidad(sesion, unidad_id, asunto, cuerpo, f"/feria/{convocatoria.id}", clase=AVISO_ACTO)


@al_ocurrir(eventos.ORDEN_DE_COMPRA_EMITIDA, consumidor="feria.avisar_orden")
def avisar_orden(sesion: Session, evento: EventoRecibido) -> None:
    orden = sesion.get_one(OrdenDeCompra, evento.objeto_id)
    notificar_unidad(
        sesion,
        orden.proveedor_id,
        _("Orden de compra {}").format(orden.numero),
        ngettext(
            "Por {monto}, para entregar en {dias} día.",
            "Por {monto}, para entregar en {dias} días.",
            orden.plazo_dias,
        ).format(monto=formato_bs(orden.total), dias=orden.plazo_dias),
        f"/ordenes-de-compra/{orden.id}",
        clase=AVISO_ORDEN,
    )
