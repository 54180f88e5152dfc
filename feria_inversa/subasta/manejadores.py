"""Who takes part in an auction learns that it ended, or that it ends later."""

from datetime import datetime

from sqlmodel import Session

from empresa_digital.registro import notificar_unidad
from feria_inversa.ofertas import ofertas_vigentes
from feria_inversa.procesos import AVISO_ACTO, Estado, grupos_de
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta import eventos
from feria_inversa.subasta.lugares import nombrar
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _


@al_ocurrir(eventos.SUBASTA_TERMINADA, consumidor="feria.avisar_fin_de_subasta")
def avisar_fin(sesion: Session, evento: EventoRecibido) -> None:
    """What was bid last is what is evaluated."""
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    if convocatoria.estado != Estado.EVALUACION:
        return
    _avisar(
        sesion,
        convocatoria,
        _("Terminó la subasta: {}").format(convocatoria.titulo),
        _("Vale la última puja de cada uno. Todas, y de quién fue cada una, son públicas."),
    )


@al_ocurrir(eventos.SUBASTA_PRORROGADA, consumidor="feria.avisar_prorroga_de_subasta")
def avisar_prorroga(sesion: Session, evento: EventoRecibido) -> None:
    """Unless it ended meanwhile."""
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    if convocatoria.estado != Estado.SUBASTA:
        return
    hasta = filtro_fecha_hora(datetime.fromisoformat(str(evento.datos["termina"])))
    movidos = {int(numero) for numero in evento.datos["movidos"]}
    cosas = nombrar([g for g in grupos_de(sesion, convocatoria) if g.primero.numero in movidos])
    _avisar(
        sesion,
        convocatoria,
        _("La subasta termina más tarde: {}").format(convocatoria.titulo),
        _("Por una interrupción termina el {}: {}. El aviso, con su motivo, es público.").format(
            hasta, cosas
        ),
    )


def _avisar(sesion: Session, convocatoria: Convocatoria, asunto: str, cuerpo: str) -> None:
    for oferta in ofertas_vigentes(sesion, convocatoria.id):
        pagina = f"/feria/{convocatoria.id}/subasta"
        notificar_unidad(sesion, oferta.unidad_id, asunto, cuerpo, pagina, clase=AVISO_ACTO)
