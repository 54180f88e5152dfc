"""Pages of batch payments: upload, look, present; another person approves; results line by line."""

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, UploadFile
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro import unidad_por_id
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.ids import nuevo_id
from nucleo.paginacion import Cursor
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.web import pagina, redirigir
from pagos.libro import obtener_cuenta
from pagos.planillas import consultas, planillas
from pagos.planillas.archivo import BYTES_MAXIMOS
from pagos.planillas.estados import EstadoPlanilla
from pagos.planillas.modelos import Planilla

router = APIRouter(tags=["pagos de empresas"])

ESTADOS: dict[str, tuple[str, str]] = {
    EstadoPlanilla.PREPARADA: (_l("Preparada"), "neutro"),
    EstadoPlanilla.PRESENTADA: (_l("Por aprobar"), "aviso"),
    EstadoPlanilla.EJECUTADA: (_l("Pagada"), "bien"),
    EstadoPlanilla.RECHAZADA: (_l("Rechazada"), "mal"),
    EstadoPlanilla.ANULADA: (_l("Anulada"), "neutro"),
}


@router.get("/billetera/planillas")
def listar(request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor) -> Response:
    unidades = {u.id: u.denominacion for u in consultas.unidades_que_pagan(sesion, actor)}
    lista, siguiente = consultas.planillas_de(sesion, list(unidades), cursor)
    return pagina(
        request,
        "pagos/planillas/planillas.html",
        planillas=lista,
        unidades=unidades,
        estados=ESTADOS,
        siguiente_url=siguiente and "/billetera/planillas?" + urlencode({"cursor": siguiente}),
    )


@router.get("/billetera/planillas/nueva")
def formulario(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _formulario(request, sesion, actor, {}, nuevo_id(), {})


def _formulario(
    request: Request,
    sesion: Session,
    actor: Actor,
    valores: dict[str, str],
    id: UUID,
    errores: dict[str, str],
    estado: int = 422,
) -> Response:
    unidades = consultas.unidades_que_pagan(sesion, actor)
    return pagina(
        request,
        "pagos/planillas/planilla_nueva.html",
        estado=estado if errores else 200,
        unidades=[(str(u.id), u.denominacion) for u in unidades],
        valores=valores,
        id=id,
        errores=errores,
    )


@router.post("/billetera/planillas/nueva")
def subir(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    id: Annotated[UUID, Form()],
    unidad: Annotated[UUID, Form()],
    nombre: Annotated[str, Form(max_length=200)] = "",
    archivo: Annotated[UploadFile | None, File()] = None,
) -> Response:
    contenido = archivo.file.read(BYTES_MAXIMOS + 1) if archivo is not None else b""
    try:
        planilla = planillas.preparar(
            sesion, actor, id=id, unidad_id=unidad, nombre=nombre, contenido=contenido
        )
    except DatosInvalidos as error:
        valores = {"unidad": str(unidad), "nombre": nombre}
        errores = error.campos or {"archivo": error.detalle}
        return _formulario(request, sesion, actor, valores, id, errores)
    return redirigir(f"/billetera/planillas/{planilla.id}", _("Revise la planilla y preséntela."))


@router.get("/billetera/planillas/{planilla_id}")
def ver(
    request: Request, planilla_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: Cursor
) -> Response:
    planilla = planillas.ver_planilla(sesion, actor, planilla_id)
    return _ver(request, sesion, actor, planilla, cursor, {})


def _ver(
    request: Request,
    sesion: Session,
    actor: Actor,
    planilla: Planilla,
    cursor: Cursor,
    errores: dict[str, str],
    estado: int = 200,
) -> Response:
    lineas, siguiente = consultas.lineas_paginadas(sesion, planilla.id, cursor)
    prepara = planilla.preparada_por == actor.persona_id
    return pagina(
        request,
        "pagos/planillas/planilla.html",
        estado=estado,
        planilla=planilla,
        unidad=unidad_por_id(sesion, planilla.unidad_id).denominacion,
        disponible=obtener_cuenta(sesion, planilla.cuenta_id).disponible,
        nombre_de_estado=ESTADOS[planilla.estado],
        lineas=[(linea, consultas.explicar(linea.resultado)) for linea in lineas],
        igual=consultas.con_el_mismo_archivo(sesion, planilla),
        presentable=prepara and planilla.estado == EstadoPlanilla.PREPARADA,
        anulable=prepara and planilla.estado in (EstadoPlanilla.PREPARADA, EstadoPlanilla.PRESENTADA),
        aprobable=not prepara and planilla.estado == EstadoPlanilla.PRESENTADA,
        siguiente_url=siguiente and f"/billetera/planillas/{planilla.id}?" + urlencode({"cursor": siguiente}),
        errores=errores,
    )


@router.get("/billetera/planillas/{planilla_id}/resultados.csv")
def resultados(planilla_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Every line with its result, for a spreadsheet."""
    planilla = planillas.ver_planilla(sesion, actor, planilla_id)
    contenido = consultas.csv_de_resultados(planillas.lineas_de(sesion, planilla.id))
    nombre = f"planilla-{planilla.id}.csv"
    cabeceras = {"Content-Disposition": f'attachment; filename="{nombre}"'}
    return Response(contenido.encode(), media_type="text/csv; charset=utf-8", headers=cabeceras)


@router.post("/billetera/planillas/{planilla_id}/presentar")
def presentar(planilla_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    planillas.presentar(sesion, actor, planilla_id)
    return redirigir(f"/billetera/planillas/{planilla_id}", _("Presentada: debe aprobarla otra persona."))


@router.post("/billetera/planillas/{planilla_id}/anular")
def anular(planilla_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    planillas.anular(sesion, actor, planilla_id)
    return redirigir(f"/billetera/planillas/{planilla_id}", _("Anuló la planilla. No se pagó nada."))


@router.post("/billetera/planillas/{planilla_id}/aprobar")
def aprobar(
    request: Request,
    planilla_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    cursor: Cursor,
    diferencias_revisadas: Annotated[str, Form(max_length=5)] = "",
) -> Response:
    try:
        planilla = planillas.aprobar(
            sesion, actor, planilla_id, diferencias_revisadas=bool(diferencias_revisadas)
        )
    except ErrorDominio as error:
        return _con_error(request, sesion, actor, planilla_id, cursor, error)
    texto = _("Se pagaron %(n)s de %(total)s líneas por %(monto)s.") % {
        "n": planilla.pagadas,
        "total": planilla.lineas,
        "monto": formato_bs(planilla.pagado),
    }
    return redirigir(f"/billetera/planillas/{planilla_id}", texto)


@router.post("/billetera/planillas/{planilla_id}/rechazar")
def rechazar(
    request: Request,
    planilla_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    cursor: Cursor,
    motivo: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    try:
        planillas.rechazar(sesion, actor, planilla_id, motivo)
    except ErrorDominio as error:
        return _con_error(request, sesion, actor, planilla_id, cursor, error)
    return redirigir(f"/billetera/planillas/{planilla_id}", _("Rechazó la planilla. No se pagó nada."))


def _con_error(
    request: Request, sesion: Session, actor: Actor, planilla_id: UUID, cursor: Cursor, error: ErrorDominio
) -> Response:
    """The page again, with what went wrong; nothing of what was tried stays."""
    if error.estado in (404, 503):
        raise error
    sesion.rollback()
    planilla = planillas.ver_planilla(sesion, actor, planilla_id)
    errores = error.campos or {"general": error.detalle}
    return _ver(request, sesion, actor, planilla, cursor, errores, error.estado)
