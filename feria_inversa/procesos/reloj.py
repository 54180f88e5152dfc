"""Until when a process waits for its entity; then time alone takes it on."""

from datetime import date, datetime

from sqlmodel import Session

from empresa_digital.registro import unidad_por_id
from feria_inversa.procesos.consultas import reglas_de
from feria_inversa.procesos.errores import EstadoNoPermite, PlazoDeImpugnacion
from feria_inversa.procesos.estados import Estado
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.reglas import plazo_para_impugnar
from nucleo.plantillas import filtro_fecha, filtro_fecha_hora
from nucleo.plazos import Computo, correr
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

REANUDAR = "feria.reanudar_convocatoria"
ABRIR = "feria.abrir_sobres"
ANULAR = "feria.anular_sin_llave"
CALIFICAR_TECNICA = "feria.calificar_tecnica"
DECIDIR = "feria.decidir_items"
ORDENAR = "feria.emitir_ordenes"
_TERMINOS: dict[str, str] = {
    Estado.SUSPENDIDO: REANUDAR,
    Estado.RECEPCION_CERRADA: ABRIR,
    Estado.APERTURA_IMPEDIDA: ANULAR,
    Estado.EVALUACION_TECNICA: CALIFICAR_TECNICA,
    Estado.APERTURA_ECONOMICA: ABRIR,
    Estado.EVALUACION: DECIDIR,
}


def que_espera(convocatoria: Convocatoria) -> str | None:
    """The term that runs for the entity: to resume, open, decide, order; None while nothing waits for it."""
    codigo = _TERMINOS.get(convocatoria.estado)
    if codigo is not None:
        return codigo
    if (
        convocatoria.estado == Estado.RESUELTO
        and convocatoria.items_adjudicados > convocatoria.items_ordenados
    ):
        return ORDENAR
    return None


def poner_plazo(
    sesion: Session, convocatoria: Convocatoria, desde: datetime, lugar: str | None = None
) -> None:
    """Write until when a locked process waits, counted from an instant. It must say all else that it is.

    `lugar`: of its entity, of who has just read it.
    """
    codigo = que_espera(convocatoria)
    with sesion.no_autoflush:  # the row is not yet what it says
        lugar = lugar or unidad_por_id(sesion, convocatoria.unidad_id).municipio_ine
        convocatoria.sigue_en = correr(sesion, codigo, desde, [lugar]).vence_en if codigo else None


def exigir_en_termino(convocatoria: Convocatoria, instante: datetime) -> None:
    """Raise `EstadoNoPermite` once the term that ran for the entity of a locked process ended: what follows
    is the clock's, also if no sweep has run.
    """
    hasta = convocatoria.sigue_en
    if hasta is not None and instante >= hasta:
        raise EstadoNoPermite(
            _("El plazo para hacerlo terminó el {}: el proceso sigue por sí solo en unos minutos.").format(
                filtro_fecha_hora(hasta)
            )
        )


def cuenta_para_impugnar(sesion: Session, convocatoria: Convocatoria) -> Computo | None:
    """The working days to contest a decision, at the entity's place; None where the modality has none, and
    while nothing is resolved.
    """
    reglas = reglas_de(convocatoria)
    if convocatoria.resuelto_en is None or reglas is None or not reglas.dias_impugnacion:
        return None
    lugar = unidad_por_id(sesion, convocatoria.unidad_id).municipio_ine
    return correr(sesion, plazo_para_impugnar(reglas), convocatoria.resuelto_en, [lugar])


def impugnable_hasta(sesion: Session, convocatoria: Convocatoria) -> date | None:
    """The last day on which its decision may still be contested; None when it may not, or no more."""
    if convocatoria.estado not in {Estado.RESUELTO, Estado.IMPUGNADO}:
        return None
    computo = cuenta_para_impugnar(sesion, convocatoria)
    return None if computo is None or computo.vencio(ahora_bd(sesion)) else computo.ultimo_dia


def exigir_plazo_de_impugnacion(sesion: Session, convocatoria: Convocatoria, instante: datetime) -> None:
    """Raise `PlazoDeImpugnacion` while what was decided may be contested. A term that no norm confirms is
    told, and keeps nothing waiting.
    """
    computo = cuenta_para_impugnar(sesion, convocatoria)
    if computo is not None and computo.plazo.confirmado and not computo.vencio(instante):
        assert computo.ultimo_dia is not None
        raise PlazoDeImpugnacion(
            _("El plazo para impugnar corre hasta el {}: hágalo después.").format(
                filtro_fecha(computo.ultimo_dia)
            )
        )
