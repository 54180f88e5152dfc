"""JSON routes of the budget certificates."""

from uuid import UUID

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from feria_inversa.certificaciones import presentar
from feria_inversa.certificaciones.actos import anular_o_proponer, registrar_o_proponer
from feria_inversa.certificaciones.consultas import certificacion_visible, certificaciones_de
from feria_inversa.certificaciones.esquemas import (
    AnulacionEntrada,
    CertificacionNueva,
    CertificacionSalida,
    PaginaDeCertificaciones,
)
from feria_inversa.certificaciones.modelos import Certificacion
from nucleo.actos import RESPUESTAS_202, Propuesto, respuesta_propuesto
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["feria inversa"])
DE_UNA = "/entidades-contratantes/{unidad_id}/certificaciones-presupuestarias"
UNA = "/certificaciones-presupuestarias/{certificacion_id}"


@router.post(
    DE_UNA,
    status_code=201,
    response_model=CertificacionSalida,
    responses=respuestas(404, 409) | RESPUESTAS_202,
)
def registrar_certificacion(
    unidad_id: UUID, datos: CertificacionNueva, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> CertificacionSalida | Response:
    """Registra una certificación presupuestaria de la entidad: con ella puede comprar del catálogo. Qhatu la
    anota como la entidad la dice; no la consulta a ningún otro sistema."""
    return _hecho(sesion, registrar_o_proponer(sesion, actor, unidad_id, datos, datos.id))


@router.get(DE_UNA, responses=respuestas(404))
def listar_certificaciones(
    unidad_id: UUID, sesion: Sesion, actor: ActorRequerido, pagina: Cursor
) -> PaginaDeCertificaciones:
    """Las de una entidad, la última registrada primero, con lo que queda de cada una."""
    filas, siguiente = certificaciones_de(sesion, actor, unidad_id, pagina)
    return PaginaDeCertificaciones(datos=presentar.certificaciones(sesion, filas), siguiente=siguiente)


@router.get(UNA, responses=respuestas(404))
def ver_certificacion(certificacion_id: UUID, sesion: Sesion, actor: ActorRequerido) -> CertificacionSalida:
    """Una certificación, para la gente de su entidad."""
    fila = certificacion_visible(sesion, actor, certificacion_id)
    return presentar.certificaciones(sesion, [fila])[0]


@router.post(
    UNA + "/anulacion",
    response_model=CertificacionSalida,
    responses=respuestas(404, 409) | RESPUESTAS_202,
)
def anular_certificacion(
    certificacion_id: UUID, datos: AnulacionEntrada, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> CertificacionSalida | Response:
    """Anula lo que no se comprometió de una certificación; lo ya comprometido sigue su curso."""
    return _hecho(sesion, anular_o_proponer(sesion, actor, certificacion_id, datos.motivo))


def _hecho(sesion: Session, hecho: Certificacion | Propuesto) -> CertificacionSalida | Response:
    if isinstance(hecho, Propuesto):
        return respuesta_propuesto(hecho)
    return presentar.certificaciones(sesion, [hecho])[0]
