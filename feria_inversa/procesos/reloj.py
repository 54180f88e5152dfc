"""Until when a process waits for its entity; then time alone takes it on."""

from datetime import datetime

from sqlmodel import Session

from empresa_digital.registro import unidad_por_id
from feria_inversa.procesos.estados import Estado
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.plazos import correr

REANUDAR = "feria.reanudar_convocatoria"
ABRIR = "feria.abrir_sobres"
ANULAR = "feria.anular_sin_llave"
DECIDIR = "feria.decidir_items"
ORDENAR = "feria.emitir_ordenes"


def que_espera(convocatoria: Convocatoria) -> str | None:
    """The term that runs for the entity: to resume, open, decide, order; None while nothing waits for it."""
    if convocatoria.estado == Estado.SUSPENDIDO:
        return REANUDAR
    if convocatoria.estado == Estado.RECEPCION_CERRADA:
        return ABRIR
    if convocatoria.estado == Estado.APERTURA_IMPEDIDA:
        return ANULAR
    if convocatoria.estado == Estado.EVALUACION:
        return DECIDIR
    if (
        convocatoria.estado == Estado.RESUELTO
        and convocatoria.items_adjudicados > convocatoria.items_ordenados
    ):
        return ORDENAR
    return None


def poner_plazo(sesion: Session, convocatoria: Convocatoria, desde: datetime) -> None:
    """Write until when a locked process waits, counted from an instant. It must say all else that it is."""
    codigo = que_espera(convocatoria)
    with sesion.no_autoflush:  # the row is not yet what it says
        lugar = unidad_por_id(sesion, convocatoria.unidad_id).municipio_ine
        convocatoria.sigue_en = correr(sesion, codigo, desde, [lugar]).vence_en if codigo else None
