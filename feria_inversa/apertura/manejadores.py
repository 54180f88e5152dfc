"""The bidders learn that the envelopes were opened."""

from sqlmodel import Session

from empresa_digital.registro import notificar_unidad
from feria_inversa.apertura import eventos
from feria_inversa.ofertas import caducadas_de, oferentes_de
from feria_inversa.procesos import AVISO_ACTO, Estado
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


@al_ocurrir(eventos.CONVOCATORIA_ABIERTA, consumidor="feria.avisar_apertura")
def avisar_apertura(sesion: Session, evento: EventoRecibido) -> None:
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    if convocatoria.estado != Estado.EVALUACION:
        return
    total = int(evento.datos["ofertas"])
    cuantas = ngettext("Se abrió {} oferta.", "Se abrieron {} ofertas.", total).format(total)
    for unidad_id in caducadas_de(sesion, convocatoria.id):
        notificar_unidad(
            sesion,
            unidad_id,
            _("Su oferta no se abrió: {}").format(convocatoria.titulo),
            _("La convocatoria cambió y nadie la reconfirmó antes del cierre."),
            f"/feria/{convocatoria.id}",
            clase=AVISO_ACTO,
        )
    for unidad_id in oferentes_de(sesion, convocatoria.id):
        notificar_unidad(
            sesion,
            unidad_id,
            _("Se abrieron los sobres: {}").format(convocatoria.titulo),
            cuantas + " " + _("El cuadro comparativo es público."),
            f"/feria/{convocatoria.id}",
            clase=AVISO_ACTO,
        )
