"""Everybody concerned learns of an appeal, and of how it ended."""

from sqlmodel import Session

from empresa_digital.registro import notificar_unidad, unidad_por_id
from feria_inversa.impugnacion import eventos
from feria_inversa.impugnacion.estados import EstadoImpugnacion, nombre_de_impugnacion
from feria_inversa.impugnacion.modelos import Impugnacion
from feria_inversa.ofertas import oferentes_de
from feria_inversa.procesos import AVISO_ACTO
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _


def _a_todos(sesion: Session, fila: Impugnacion, asunto: str, cuerpo: str, de_la_entidad: str = "") -> None:
    """Who bid, where it is public; the entity, where it acts: on its desk, or a page of it."""
    convocatoria = sesion.get_one(Convocatoria, fila.convocatoria_id)
    asunto = asunto.format(convocatoria.titulo)
    mesa = f"/compras/{convocatoria.id}{de_la_entidad}"
    notificar_unidad(sesion, convocatoria.unidad_id, asunto, cuerpo, mesa, clase=AVISO_ACTO)
    for unidad_id in oferentes_de(sesion, convocatoria.id):
        pagina = f"/feria/{convocatoria.id}"
        notificar_unidad(sesion, unidad_id, asunto, cuerpo, pagina, clase=AVISO_ACTO)


@al_ocurrir(eventos.IMPUGNACION_PRESENTADA, consumidor="feria.avisar_impugnacion")
def avisar_impugnacion(sesion: Session, evento: EventoRecibido) -> None:
    """The entity and who bid: the process stands still, and until when."""
    fila = sesion.get_one(Impugnacion, evento.objeto_id)
    if fila.estado != EstadoImpugnacion.PRESENTADA:
        return
    _a_todos(
        sesion,
        fila,
        _("Impugnaron una decisión: {}"),
        _("{quien}, ítem {n}. El proceso se detiene hasta que se resuelva, a más tardar el {dia}.").format(
            quien=unidad_por_id(sesion, fila.unidad_id).nombre,
            n=sesion.get_one(Item, fila.item_id).numero,
            dia=filtro_fecha_hora(fila.resolver_hasta),
        ),
        "/impugnaciones",
    )


@al_ocurrir(eventos.IMPUGNACION_TERMINADA, consumidor="feria.avisar_resolucion_de_impugnacion")
def avisar_resolucion(sesion: Session, evento: EventoRecibido) -> None:
    fila = sesion.get_one(Impugnacion, evento.objeto_id)
    cuerpo = _("{como}. {por_que}").format(como=nombre_de_impugnacion(fila.estado), por_que=fila.fundamento)
    _a_todos(sesion, fila, _("Terminó una impugnación: {}"), cuerpo)
