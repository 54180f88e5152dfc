"""The page by which an operator uploads a file of events, and reads what became of each line."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro import Facultad
from envios.deudas import operador_con
from envios.eventos import Resultado
from envios.integraciones import web_mensajes
from envios.integraciones.formularios import SUBIDA, Como, HojaDeSubida
from envios.integraciones.recibir import Linea, plantilla, recibir_archivo, resultado_en_csv
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.web import pagina, publico

archivos = APIRouter(prefix="/envios/operador/archivos", include_in_schema=False)

RECHAZADAS_A_LA_VISTA = 100


@archivos.get("")
def ver(request: Request, sesion: Sesion, actor: ActorRequerido, unidad: UUID | None = None) -> Response:
    return _pagina(request, sesion, actor, unidad)


@archivos.get("/plantilla.csv", dependencies=[Depends(publico)])
def bajar_plantilla() -> Response:
    return _csv(plantilla(), "plantilla-sucesos.csv")


@archivos.post("")
def subir(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeSubida, unidad: UUID | None = None
) -> Response:
    """Each line has its result; a refused one harms no other. As a page, or as a file if that was asked.

    As by API, also for an operator that is suspended: what it holds goes on, and what happens is told."""
    operador, _todos = operador_con(sesion, actor, Facultad.DESPACHAR, unidad)
    with hoja:
        lineas = recibir_archivo(sesion, actor, operador.id, hoja.datos.formato, hoja.archivo("archivo"))
        if hoja.datos.como is Como.CSV:
            return _csv(resultado_en_csv(lineas), "resultado-sucesos.csv")
        return _pagina(request, sesion, actor, unidad, lineas=lineas)
    return _pagina(request, sesion, actor, unidad, hoja)


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad: UUID | None,
    hoja: Hoja[Any] | None = None,
    lineas: list[Linea] | None = None,
) -> Response:
    operador, todos = operador_con(sesion, actor, Facultad.DESPACHAR, unidad)
    rechazadas = [linea for linea in lineas or [] if linea.resultado is Resultado.RECHAZADO]
    return pagina(
        request,
        "envios/integraciones/archivos.html",
        hoja=hoja,
        operador=operador,
        operadores=todos,
        subida=SUBIDA.mostrar(request, {"como": Como.PANTALLA}, enviada=hoja),
        lineas=lineas,
        cuentas={r.value: sum(linea.resultado is r for linea in lineas or []) for r in Resultado},
        desconocidos=sum(linea.desconocido for linea in lineas or []),
        rechazadas=rechazadas[:RECHAZADAS_A_LA_VISTA],
        rechazadas_mas=max(0, len(rechazadas) - RECHAZADAS_A_LA_VISTA),
    )


def _csv(contenido: bytes, nombre: str) -> Response:
    cabeceras = {
        "Content-Disposition": f'attachment; filename="{nombre}"',
        "Cache-Control": "private, no-store",
    }
    return Response(contenido, media_type="text/csv; charset=utf-8", headers=cabeceras)


router = APIRouter()
router.include_router(archivos)
router.include_router(web_mensajes.router)
