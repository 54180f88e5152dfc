"""JSON API of payrolls."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, UploadFile

from ciudadania import ActorRequerido
from nucleo.archivos import Recibido
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import escrito
from nucleo.paginacion import Cursor, Pagina
from pagos.libro import id_de
from pagos.planillas import consultas, planillas
from pagos.planillas.esquemas import Aprobacion, LineaVista, PlanillaVista, Rechazo

router = APIRouter(prefix="/api/v1", tags=["pagos de empresas"], route_class=RutaIdempotente)


@router.post("/planillas", status_code=201, responses=respuestas(404, 409))
def crear_planilla(
    request: Request,
    unidad_id: Annotated[UUID, Form(description="Unidad que paga.")],
    nombre: Annotated[str, escrito(120, 1), Form()],
    archivo: Annotated[
        UploadFile,
        File(
            description="CSV o libro de Excel (.xlsx): documento, nombre, monto, glosa; hasta 2.000 líneas."
        ),
    ],
    sesion: Sesion,
    actor: ActorRequerido,
    _: Idempotente,
) -> PlanillaVista:
    """Prepara una planilla. Con un solo error no se acepta: `campos` nombra cada línea y su motivo."""
    planilla = planillas.preparar(
        sesion,
        actor,
        id=id_de(request, actor),
        unidad_id=unidad_id,
        nombre=nombre,
        recibido=Recibido.de(archivo),
    )
    return PlanillaVista.de(planilla)


@router.get("/planillas", responses=respuestas())
def listar_planillas(sesion: Sesion, actor: ActorRequerido, pagina: Cursor) -> Pagina[PlanillaVista]:
    """Las planillas de las unidades por las que usted puede pagar, las nuevas primero."""
    unidades = [u.id for u in consultas.unidades_que_pagan(sesion, actor)]
    filas, siguiente = consultas.planillas_de(sesion, unidades, pagina)
    return Pagina(datos=[PlanillaVista.de(p) for p in filas], siguiente=siguiente)


@router.get("/planillas/{planilla_id}", responses=respuestas(404))
def ver_planilla(planilla_id: UUID, sesion: Sesion, actor: ActorRequerido) -> PlanillaVista:
    return PlanillaVista.de(planillas.ver_planilla(sesion, actor, planilla_id))


@router.get("/planillas/{planilla_id}/lineas", responses=respuestas(404))
def listar_lineas_de_planilla(
    planilla_id: UUID, sesion: Sesion, actor: ActorRequerido, pagina: Cursor
) -> Pagina[LineaVista]:
    """Cada pago de la planilla, en el orden del archivo, con su resultado."""
    planillas.ver_planilla(sesion, actor, planilla_id)
    filas, siguiente = consultas.lineas_paginadas(sesion, planilla_id, pagina)
    return Pagina(datos=[LineaVista.de(linea) for linea in filas], siguiente=siguiente)


@router.post("/planillas/{planilla_id}/presentacion", responses=respuestas(404, 409))
def presentar_planilla(
    planilla_id: UUID, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> PlanillaVista:
    """Quien la preparó la presenta, con su firma: espera la de los demás (`acto_id`)."""
    return PlanillaVista.de(planillas.presentar(sesion, actor, planilla_id))


@router.post("/planillas/{planilla_id}/aprobacion", responses=respuestas(404, 409, 503))
def aprobar_planilla(
    planilla_id: UUID, pedido: Aprobacion, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> PlanillaVista:
    """La firma. Con la última firma se paga: mire `pagadas`, cada línea tiene su propio resultado."""
    revisadas = pedido.diferencias_revisadas
    return PlanillaVista.de(planillas.aprobar(sesion, actor, planilla_id, diferencias_revisadas=revisadas))


@router.post("/planillas/{planilla_id}/rechazo", responses=respuestas(404, 409))
def rechazar_planilla(
    planilla_id: UUID, pedido: Rechazo, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> PlanillaVista:
    return PlanillaVista.de(planillas.rechazar(sesion, actor, planilla_id, pedido.motivo))


@router.post("/planillas/{planilla_id}/anulacion", responses=respuestas(404, 409))
def anular_planilla(
    planilla_id: UUID, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> PlanillaVista:
    return PlanillaVista.de(planillas.anular(sesion, actor, planilla_id))
