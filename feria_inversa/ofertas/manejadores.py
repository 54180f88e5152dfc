"""What is told to who bids.

News that later acts have overtaken by the time they are delivered are not sent.
"""

from sqlmodel import Session

from empresa_digital.registro import notificar_unidad
from feria_inversa.ofertas import eventos
from feria_inversa.ofertas.archivos_abiertos import leer_archivo
from feria_inversa.ofertas.avisos import AVISO_OFERTA
from feria_inversa.ofertas.consultas import oferentes_de, ofertas_vigentes
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.ofertas.reconfirmar import vale
from feria_inversa.ofertas.sellados import anotar_selladas
from feria_inversa.procesos import AVISO_ACTO, Cierre, Estado
from feria_inversa.procesos import eventos as eventos_de_procesos
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _


@al_ocurrir(eventos_de_procesos.CONVOCATORIA_CANCELADA, consumidor="feria.avisar_cancelacion")
def avisar_cancelacion(sesion: Session, evento: EventoRecibido) -> None:
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    asunto, cuerpo = _("Se canceló una convocatoria: {}"), _("Motivo: {}")
    if convocatoria.cierre == Cierre.ANULA:
        asunto = _("Se anuló una convocatoria: {}")
        cuerpo = _("Motivo: {} Si se publica otra vez, le avisaremos.")
    for unidad_id in oferentes_de(sesion, convocatoria.id):
        notificar_unidad(
            sesion,
            unidad_id,
            asunto.format(convocatoria.titulo),
            cuerpo.format(convocatoria.motivo_cierre),
            f"/feria/{convocatoria.id}",
            clase=AVISO_ACTO,
        )


@al_ocurrir(eventos_de_procesos.CONVOCATORIA_PUBLICADA, consumidor="feria.avisar_otra_vez")
def avisar_otra_vez(sesion: Session, evento: EventoRecibido) -> None:
    """Who bid in a process: another one asks again for what it could not contract."""
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    if convocatoria.convocatoria_anterior_id is None or convocatoria.estado != Estado.PUBLICADO:
        return
    for unidad_id in oferentes_de(sesion, convocatoria.convocatoria_anterior_id):
        notificar_unidad(
            sesion,
            unidad_id,
            _("Se vuelve a convocar: {}").format(convocatoria.titulo),
            _("Usted ofertó en el proceso anterior. Este recibe ofertas hasta el {}.").format(
                filtro_fecha_hora(convocatoria.vence_en)
            ),
            f"/feria/{convocatoria.id}",
            clase=AVISO_OFERTA,
        )


@al_ocurrir(eventos_de_procesos.CONVOCATORIA_MODIFICADA, consumidor="feria.pedir_reconfirmacion")
def pedir_reconfirmacion(sesion: Session, evento: EventoRecibido) -> None:
    """Who bid: the call changed, and until when the bid is reconfirmed, or presented again."""
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    if convocatoria.versiones != evento.datos["version"]:
        return
    for oferta in ofertas_vigentes(sesion, convocatoria.id):
        if vale(sesion, convocatoria, oferta):
            continue
        if convocatoria.estado == Estado.SUSPENDIDO:
            cuerpo = _("Está suspendida. Cuando se reanude tendrá que reconfirmar su oferta.")
        elif oferta.version < convocatoria.pedido_en:
            cuerpo = _("Cambió lo que se pide: presente otra oferta hasta el {}, o la suya no se abrirá.")
        else:
            cuerpo = _("Reconfirme su oferta, o presente otra, hasta el {}; si no, no se abrirá.")
        notificar_unidad(
            sesion,
            oferta.unidad_id,
            _("Cambió una convocatoria en la que ofertó: {}").format(convocatoria.titulo),
            cuerpo.format(filtro_fecha_hora(convocatoria.vence_en)),
            f"/ofertas/{oferta.id}",
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
        f"/ofertas/{oferta.id}",
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


@al_ocurrir(eventos.ARCHIVO_ABIERTO, consumidor="feria.leer_archivo")
def leer_lo_traido(sesion: Session, evento: EventoRecibido) -> None:
    """What a bid brought, once it was opened: each file by itself."""
    leer_archivo(sesion, evento.objeto_id, evento.datos["numero"])


@al_ocurrir(eventos_de_procesos.RECEPCION_CERRADA, consumidor="feria.anotar_selladas")
def anotar_las_selladas(sesion: Session, evento: EventoRecibido) -> None:
    """From the closing on, the log says how many sealed bids there are and which."""
    anotar_selladas(sesion, sesion.get_one(Convocatoria, evento.objeto_id))
