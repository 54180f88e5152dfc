"""An item came to an end: what was claimed lost turned up. A debt was settled: the claim is paid."""

from uuid import UUID

from sqlmodel import Session, col, select

from envios.deudas import ClaseDeDeuda
from envios.deudas.eventos import DEUDA_SALDADA
from envios.items import eventos
from envios.reclamos.avisos import avisar_operador, avisar_reclamante
from envios.reclamos.bloqueos import bloquear_reclamo
from envios.reclamos.decidir import terminar
from envios.reclamos.estados import POR_PAGAR, SIN_DECIDIR, ClaseReclamo, EstadoReclamo
from envios.reclamos.modelos import Reclamo
from envios.reclamos.vencer import vencer
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import gettext as _


@al_ocurrir(eventos.ENVIO_ENTREGADO, consumidor="envios.reclamos_sin_objeto")
@al_ocurrir(eventos.ENVIO_DEVUELTO, consumidor="envios.reclamos_sin_objeto")
def dejar_sin_objeto(sesion: Session, evento: EventoRecibido) -> None:
    suyos = select(Reclamo.id).where(
        col(Reclamo.envio_id) == evento.objeto_id,
        col(Reclamo.clase) == ClaseReclamo.PERDIDA,
        col(Reclamo.estado).in_(list(SIN_DECIDIR)),
    )
    for reclamo_id in sesion.exec(suyos).all():
        vencer(sesion, reclamo_id)


@al_ocurrir(DEUDA_SALDADA, consumidor="envios.reclamos_pagados")
def dar_por_pagado(sesion: Session, evento: EventoRecibido) -> None:
    if evento.datos["clase"] != ClaseDeDeuda.INDEMNIZACION:
        return
    reclamo, _envio = bloquear_reclamo(sesion, UUID(evento.datos["origen_id"]))
    if reclamo.estado not in POR_PAGAR:
        return
    terminar(sesion, reclamo, EstadoReclamo.PAGADO)
    quien = Actor.sistema("deuda saldada")
    auditar(sesion, quien, "reclamo.pagar", "envios_reclamo", reclamo.id, {"deuda_id": str(evento.objeto_id)})
    asunto, texto = _("Se pagó el reclamo de un envío"), _("El operador pagó todo lo que se decidió.")
    avisar_reclamante(sesion, reclamo, asunto, texto)
    avisar_operador(sesion, reclamo, asunto, texto)
