"""The bidders learn what was decided."""

from sqlmodel import Session

from empresa_digital.registro import notificar_unidad
from feria_inversa.evaluacion import eventos
from feria_inversa.evaluacion.consultas import adjudicaciones_de
from feria_inversa.ofertas import oferentes_de
from feria_inversa.procesos import AVISO_ACTO, items_de
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


@al_ocurrir(eventos.ITEMS_ADJUDICADOS, consumidor="feria.avisar_resultado")
def avisar_resultado(sesion: Session, evento: EventoRecibido) -> None:
    """Each bidder learns which items it won, or that it won none."""
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    numeros = {item.id: item.numero for item in items_de(sesion, convocatoria.id)}
    decisiones = adjudicaciones_de(sesion, convocatoria.id).values()
    for unidad_id in oferentes_de(sesion, convocatoria.id):
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
