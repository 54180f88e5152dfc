"""The bidders learn that the envelopes were opened, and who did not count, why."""

from uuid import UUID

from sqlmodel import Session

from ciudadania import notificar
from empresa_digital.registro import notificar_unidad
from feria_inversa.apertura import eventos
from feria_inversa.apertura.partes import llave_que_abre
from feria_inversa.llaves import AVISO_DE_LLAVE, tenencias
from feria_inversa.ofertas import (
    caducadas_de,
    invalidas_de,
    las_que_no_pasaron,
    oferentes_de,
    ofertas_vigentes,
    rotulos,
)
from feria_inversa.procesos import AVISO_ACTO, Estado
from feria_inversa.procesos import eventos as eventos_de_procesos
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta import en_palabras, lugares_de, subasta_de
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


@al_ocurrir(eventos.CONVOCATORIA_ABIERTA, consumidor="feria.avisar_apertura")
def avisar_apertura(sesion: Session, evento: EventoRecibido) -> None:
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    if convocatoria.estado not in {Estado.EVALUACION, Estado.SUBASTA}:
        return
    total = int(evento.datos["ofertas"])
    cuantas = ngettext("Se abrió {} oferta.", "Se abrieron {} ofertas.", total).format(total)
    if not convocatoria.dos_sobres:  # told in the first act
        _avisar_a_las_caducadas(sesion, convocatoria)
    _avisar_a_las_invalidas(sesion, convocatoria)
    despues, pagina = _("El cuadro comparativo es público."), f"/feria/{convocatoria.id}"
    suyo: dict[UUID, str] = {}
    if convocatoria.estado == Estado.SUBASTA:
        subasta = subasta_de(sesion, convocatoria.id)
        assert subasta is not None
        despues = _(
            "Habrá subasta: empieza el {}, y quién ofertó cada precio se sabe cuando termine."
        ).format(filtro_fecha_hora(subasta.empieza_en))
        pagina = f"/feria/{convocatoria.id}/subasta"
        suyo = {id_: f" {en_palabras(lugar)}" for id_, lugar in lugares_de(sesion, convocatoria).items()}
    dicen = rotulos(sesion, convocatoria)
    if dicen:
        despues = _("De quién es cada una se sabe con la decisión.")
    asunto, cuerpo = _("Se abrieron los sobres: {}"), f"{cuantas} {despues}"
    if convocatoria.vence_en is None:
        asunto = _("Una entidad anotó su cotización: {}")
        cuerpo = _("Es un proceso sin convocatoria: nadie más puede ofertar, y lo que cotizó es público.")
    for oferta in ofertas_vigentes(sesion, convocatoria.id):
        if oferta.id in dicen:
            suyo[oferta.unidad_id] = _(" La suya se llama «{}».").format(dicen[oferta.id])
        notificar_unidad(
            sesion,
            oferta.unidad_id,
            asunto.format(convocatoria.titulo),
            f"{cuerpo}{suyo.get(oferta.unidad_id, '')}",
            pagina,
            clase=AVISO_ACTO,
        )


@al_ocurrir(eventos.TECNICA_ABIERTA, consumidor="feria.avisar_tecnica")
def avisar_tecnica(sesion: Session, evento: EventoRecibido) -> None:
    """Who bid in two envelopes: the technical parts are public, and prices stay closed."""
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    if convocatoria.estado == Estado.CANCELADO:
        return
    _avisar_a_las_caducadas(sesion, convocatoria)
    _avisar_a_las_que_no_pasaron(sesion, convocatoria, en_el_acto=True)
    vigentes = ofertas_vigentes(sesion, convocatoria.id)
    for oferta in vigentes if convocatoria.estado == Estado.EVALUACION_TECNICA else ():
        notificar_unidad(
            sesion,
            oferta.unidad_id,
            _("Se abrió la parte técnica: {}").format(convocatoria.titulo),
            _("Ahora se califica. Los precios siguen cerrados: se abren después, solo los de quien pase."),
            f"/feria/{convocatoria.id}",
            clase=AVISO_ACTO,
        )


@al_ocurrir(eventos.TECNICA_CALIFICADA, consumidor="feria.avisar_tecnica_calificada")
def avisar_tecnica_calificada(sesion: Session, evento: EventoRecibido) -> None:
    """Who passed and who did not, and why; the holders: they may give their parts of the prices."""
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    if convocatoria.estado == Estado.CANCELADO:
        return
    _avisar_a_las_que_no_pasaron(sesion, convocatoria, en_el_acto=False)
    for oferta in ofertas_vigentes(sesion, convocatoria.id):
        notificar_unidad(
            sesion,
            oferta.unidad_id,
            _("Su propuesta técnica pasó: {}").format(convocatoria.titulo),
            _("Su precio se abre en el segundo acto, con los de quienes también pasaron."),
            f"/feria/{convocatoria.id}",
            clase=AVISO_ACTO,
        )
    if convocatoria.estado == Estado.APERTURA_ECONOMICA:
        asunto = _("Entregue su parte de la llave de los precios: {}").format(convocatoria.titulo)
        _avisar_a_depositarios(sesion, convocatoria, asunto, _("La parte técnica ya se calificó."))


def _avisar_a_las_caducadas(sesion: Session, convocatoria: Convocatoria) -> None:
    for unidad_id in caducadas_de(sesion, convocatoria.id):
        notificar_unidad(
            sesion,
            unidad_id,
            _("Su oferta no se abrió: {}").format(convocatoria.titulo),
            _("La convocatoria cambió y nadie la reconfirmó antes del cierre."),
            f"/feria/{convocatoria.id}",
            clase=AVISO_ACTO,
        )


def _avisar_a_las_que_no_pasaron(sesion: Session, convocatoria: Convocatoria, *, en_el_acto: bool) -> None:
    """Each with its cause: those of which the first act could read nothing, or those of the qualification."""
    remedio = _("Su precio no se abre. Puede recusar a quien evalúa, e impugnar lo que se decida.")
    for oferta in las_que_no_pasaron(sesion, convocatoria.id):
        if (oferta.terminada_en == convocatoria.tecnica_en) is en_el_acto:
            notificar_unidad(
                sesion,
                oferta.unidad_id,
                _("Su oferta no pasó: {}").format(convocatoria.titulo),
                f"{oferta.falla} {remedio}",
                f"/ofertas/{oferta.id}",
                clase=AVISO_ACTO,
            )


def _avisar_a_las_invalidas(sesion: Session, convocatoria: Convocatoria) -> None:
    """Each with the cause that the act gives, and what they may do about it."""
    remedio = _("Si no está de acuerdo, puede recusar a quien evalúa, e impugnar lo que se decida.")
    for oferta in invalidas_de(sesion, convocatoria.id):
        notificar_unidad(
            sesion,
            oferta.unidad_id,
            _("Su oferta no contó: {}").format(convocatoria.titulo),
            f"{oferta.falla} {remedio}",
            f"/ofertas/{oferta.id}",
            clase=AVISO_ACTO,
        )


@al_ocurrir(eventos.APERTURA_IMPEDIDA, consumidor="feria.avisar_impedimento")
def avisar_impedimento(sesion: Session, evento: EventoRecibido) -> None:
    """Who bid, the entity and the holders: not enough parts came, and until when they may."""
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    if convocatoria.estado != Estado.APERTURA_IMPEDIDA:
        return
    asunto = _("No se pudieron abrir los sobres: {}").format(convocatoria.titulo)
    cuerpo = _("Faltan partes de la llave. Si no llegan hasta el {}, la convocatoria queda anulada.").format(
        filtro_fecha_hora(convocatoria.sigue_en)
    )
    mesa, pagina = f"/compras/{convocatoria.id}", f"/feria/{convocatoria.id}"
    notificar_unidad(sesion, convocatoria.unidad_id, asunto, cuerpo, mesa, clase=AVISO_ACTO)
    for unidad_id in oferentes_de(sesion, convocatoria.id):
        notificar_unidad(sesion, unidad_id, asunto, cuerpo, pagina, clase=AVISO_ACTO)
    _avisar_a_depositarios(sesion, convocatoria, asunto, cuerpo)


@al_ocurrir(eventos_de_procesos.RECEPCION_CERRADA, consumidor="feria.pedir_partes")
def pedir_partes(sesion: Session, evento: EventoRecibido) -> None:
    """The holders of the key: they may give their parts now."""
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    if convocatoria.estado == Estado.RECEPCION_CERRADA:
        asunto = _("Entregue su parte de la llave: {}").format(convocatoria.titulo)
        _avisar_a_depositarios(sesion, convocatoria, asunto, _("El plazo para ofertar terminó."))


def _avisar_a_depositarios(sesion: Session, convocatoria: Convocatoria, asunto: str, cuerpo: str) -> None:
    llave = llave_que_abre(sesion, convocatoria)
    if llave is None:
        return
    for tenencia in tenencias(sesion, llave.resguardo_id, llave):
        if tenencia.entregada_en is None and tenencia.perdida_en is None:
            enlace = f"/feria/{convocatoria.id}/llave"
            notificar(sesion, tenencia.persona_id, asunto, cuerpo, enlace, clase=AVISO_DE_LLAVE)
