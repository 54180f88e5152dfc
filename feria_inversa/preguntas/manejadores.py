"""Who is told of a question: its entity, that there is one; who asked and who bid, how it ended."""

from sqlmodel import Session, select

from empresa_digital.registro import notificar_unidad
from feria_inversa.ofertas import oferentes_de
from feria_inversa.preguntas import eventos
from feria_inversa.preguntas.estados import EstadoPregunta
from feria_inversa.preguntas.modelos import Pregunta
from feria_inversa.procesos import AVISO_CONVOCATORIA
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import gettext as _


@al_ocurrir(eventos.PREGUNTA_HECHA, consumidor="feria.avisar_pregunta")
def avisar_pregunta(sesion: Session, evento: EventoRecibido) -> None:
    """The entity, unless it answered meanwhile."""
    fila = sesion.get_one(Pregunta, evento.objeto_id)
    if fila.estado != EstadoPregunta.POR_RESPONDER:
        return
    convocatoria = sesion.get_one(Convocatoria, fila.convocatoria_id)
    notificar_unidad(
        sesion,
        convocatoria.unidad_id,
        _("Preguntan por {}").format(convocatoria.titulo),
        fila.texto,
        f"/compras/{convocatoria.id}/preguntas",
        clase=AVISO_CONVOCATORIA,
    )


@al_ocurrir(eventos.PREGUNTA_TERMINADA, consumidor="feria.avisar_respuesta")
def avisar_respuesta(sesion: Session, evento: EventoRecibido) -> None:
    """Who asked, of any end; of an answer, also who asked something else, and who bid."""
    fila = sesion.get_one(Pregunta, evento.objeto_id)
    convocatoria = sesion.get_one(Convocatoria, fila.convocatoria_id)
    concernidos = {fila.unidad_id}
    asunto = _("Nadie respondió la pregunta {numero}: {titulo}")
    if fila.respuesta is not None:
        asunto = _("Se respondió la pregunta {numero}: {titulo}")
        consulta = select(Pregunta.unidad_id).where(Pregunta.convocatoria_id == convocatoria.id)
        concernidos |= {*sesion.exec(consulta), *oferentes_de(sesion, convocatoria.id)}
    for unidad_id in sorted(concernidos):
        notificar_unidad(
            sesion,
            unidad_id,
            asunto.format(numero=fila.numero, titulo=convocatoria.titulo),
            fila.respuesta or _("La recepción de ofertas terminó sin que la entidad la respondiera."),
            f"/feria/{convocatoria.id}/preguntas",
            clase=AVISO_CONVOCATORIA,
        )
