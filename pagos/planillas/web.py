"""Pages of batch payments: upload, look, present; others sign, and it is paid; results line by line."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro import acto_salida, unidad_por_id
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.formularios import Hoja
from nucleo.paginacion import Cursor, CursorPedido
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.web import pagina, redirigir
from pagos.libro import obtener_cuenta
from pagos.planillas import consultas, planillas
from pagos.planillas.estados import EstadoPlanilla
from pagos.planillas.formularios import (
    APROBACION,
    PASO,
    RECHAZO,
    SUBIDA,
    HojaDeAprobacion,
    HojaDePaso,
    HojaDeRechazo,
    HojaDeSubida,
)
from pagos.planillas.pagar import lineas_de

router = APIRouter(tags=["pagos de empresas"])

ESTADOS: dict[str, tuple[str, str]] = {
    EstadoPlanilla.PREPARADA: (_l("Preparada"), "neutro"),
    EstadoPlanilla.PRESENTADA: (_l("Espera firmas"), "aviso"),
    EstadoPlanilla.EJECUTADA: (_l("Pagada"), "bien"),
    EstadoPlanilla.RECHAZADA: (_l("Rechazada"), "mal"),
    EstadoPlanilla.ANULADA: (_l("Anulada"), "neutro"),
    EstadoPlanilla.VENCIDA: (_l("Vencida sin firmas"), "neutro"),
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
    return _formulario(request, sesion, actor)


def _formulario(request: Request, sesion: Session, actor: Actor, hoja: Hoja[Any] | None = None) -> Response:
    unidades = [(u.id, u.denominacion) for u in consultas.unidades_que_pagan(sesion, actor)]
    return pagina(
        request,
        "pagos/planillas/planilla_nueva.html",
        hoja=hoja,
        unidades=unidades,
        subida=SUBIDA.mostrar(request, enviada=hoja, opciones={"unidad": unidades}),
    )


@router.post("/billetera/planillas/nueva")
def subir(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeSubida) -> Response:
    with hoja:
        datos = hoja.datos
        planilla = planillas.preparar(
            sesion,
            actor,
            id=hoja.id,
            unidad_id=datos.unidad,
            nombre=datos.nombre,
            recibido=hoja.archivo("archivo"),
        )
        return redirigir(f"/billetera/planillas/{planilla.id}", _("Revise la planilla y preséntela."))
    return _formulario(request, sesion, actor, hoja)


@router.get("/billetera/planillas/{planilla_id}")
def ver(
    request: Request, planilla_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: Cursor
) -> Response:
    return _ver(request, sesion, actor, planilla_id, cursor)


def _ver(
    request: Request,
    sesion: Session,
    actor: Actor,
    planilla_id: UUID,
    cursor: CursorPedido,
    hoja: Hoja[Any] | None = None,
) -> Response:
    planilla = planillas.ver_planilla(sesion, actor, planilla_id)
    lineas, siguiente = consultas.lineas_paginadas(sesion, planilla.id, cursor)
    prepara = planilla.preparada_por == actor.persona_id
    acto = None if planilla.acto_id is None else acto_salida(sesion, planilla.acto_id)
    presentada = planilla.estado == EstadoPlanilla.PRESENTADA
    firmada = acto is not None and any(f.persona_id == actor.persona_id for f in acto.firmas)
    return pagina(
        request,
        "pagos/planillas/planilla.html",
        hoja=hoja,
        planilla=planilla,
        unidad=unidad_por_id(sesion, planilla.unidad_id).denominacion,
        disponible=obtener_cuenta(sesion, planilla.cuenta_id).disponible,
        nombre_de_estado=ESTADOS[planilla.estado],
        lineas=[(linea, consultas.explicar(linea.resultado)) for linea in lineas],
        igual=consultas.con_el_mismo_archivo(sesion, planilla),
        lectura=consultas.como_se_leyo(planilla),
        presentable=prepara and planilla.estado == EstadoPlanilla.PREPARADA,
        anulable=prepara and planilla.estado in (EstadoPlanilla.PREPARADA, EstadoPlanilla.PRESENTADA),
        acto=acto,
        firmable=presentada and not firmada,
        rechazable=presentada and not prepara,
        paso=PASO.mostrar(request, enviada=hoja),
        aprobacion=APROBACION.mostrar(request, enviada=hoja),
        rechazo=RECHAZO.mostrar(request, enviada=hoja),
        siguiente_url=siguiente and f"/billetera/planillas/{planilla.id}?" + urlencode({"cursor": siguiente}),
    )


@router.get("/billetera/planillas/{planilla_id}/resultados.csv")
def resultados(planilla_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Every line with its result, for a spreadsheet."""
    planilla = planillas.ver_planilla(sesion, actor, planilla_id)
    contenido = consultas.csv_de_resultados(lineas_de(sesion, planilla.id))
    nombre = f"planilla-{planilla.id}.csv"
    cabeceras = {"Content-Disposition": f'attachment; filename="{nombre}"'}
    return Response(contenido.encode(), media_type="text/csv; charset=utf-8", headers=cabeceras)


@router.post("/billetera/planillas/{planilla_id}/presentar")
def presentar(
    request: Request,
    planilla_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    cursor: Cursor,
    hoja: HojaDePaso,
) -> Response:
    with hoja:
        planillas.presentar(sesion, actor, planilla_id)
        return redirigir(f"/billetera/planillas/{planilla_id}", _("Presentada: falta la firma de los demás."))
    return _ver(request, sesion, actor, planilla_id, cursor, hoja)


@router.post("/billetera/planillas/{planilla_id}/anular")
def anular(
    request: Request,
    planilla_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    cursor: Cursor,
    hoja: HojaDePaso,
) -> Response:
    with hoja:
        planillas.anular(sesion, actor, planilla_id)
        return redirigir(f"/billetera/planillas/{planilla_id}", _("Anuló la planilla. No se pagó nada."))
    return _ver(request, sesion, actor, planilla_id, cursor, hoja)


@router.post("/billetera/planillas/{planilla_id}/aprobar")
def aprobar(
    request: Request,
    planilla_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    cursor: Cursor,
    hoja: HojaDeAprobacion,
) -> Response:
    with hoja:
        planilla = planillas.aprobar(
            sesion, actor, planilla_id, diferencias_revisadas=hoja.datos.diferencias_revisadas
        )
        if planilla.estado != EstadoPlanilla.EJECUTADA:
            texto = _("Firmada. Se pagará cuando firmen los demás.")
            return redirigir(f"/billetera/planillas/{planilla_id}", texto)
        texto = _("Se pagaron %(n)s de %(total)s líneas por %(monto)s.") % {
            "n": planilla.pagadas,
            "total": planilla.lineas,
            "monto": formato_bs(planilla.pagado),
        }
        return redirigir(f"/billetera/planillas/{planilla_id}", texto)
    return _ver(request, sesion, actor, planilla_id, cursor, hoja)


@router.post("/billetera/planillas/{planilla_id}/rechazar")
def rechazar(
    request: Request,
    planilla_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    cursor: Cursor,
    hoja: HojaDeRechazo,
) -> Response:
    with hoja:
        planillas.rechazar(sesion, actor, planilla_id, hoja.datos.motivo)
        return redirigir(f"/billetera/planillas/{planilla_id}", _("Rechazó la planilla. No se pagó nada."))
    return _ver(request, sesion, actor, planilla_id, cursor, hoja)
