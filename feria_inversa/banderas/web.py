"""Pages of the red flags: those of all, for everybody; those of a process, where its entity answers."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ciudadania import ActorOpcional, ActorRequerido
from empresa_digital.registro import Facultad, tiene_facultad
from feria_inversa.banderas.consultas import (
    Elegidas,
    cuentas,
    de_un_proceso,
    en_pie,
    entidad_mirada,
    proceso_de,
)
from feria_inversa.banderas.definiciones import DEFINICIONES, FALTAS
from feria_inversa.banderas.formularios import RESPUESTA, HojaDeRespuesta
from feria_inversa.banderas.juicio import NoSeSabe
from feria_inversa.banderas.mirar import juicios_de
from feria_inversa.banderas.presentar import datos_dichos, en_csv
from feria_inversa.banderas.responder import responder
from feria_inversa.datos_abiertos import leer
from feria_inversa.datos_abiertos.modelos import CompiladoOcds
from feria_inversa.panorama import MERCADO
from feria_inversa.panorama.modelos import ProcesoDelMercado
from feria_inversa.procesos import convocatoria_visible, ficha
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.archivos.servir import planilla
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.paginacion import Cursor
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter()
publicas = APIRouter(dependencies=[Depends(publico)])
LISTA = f"{MERCADO}/banderas"


@publicas.get(LISTA)
def lista(request: Request, sesion: Sesion, filtro: Elegidas, cursor: Cursor) -> HTMLResponse:
    """What is worth a look, the newest first; of an entity or a supplier, with its numbers."""
    filas, siguiente = en_pie(sesion, filtro, cursor)
    elegido = filtro.en_la_direccion()
    return pagina(
        request,
        "feria_inversa/banderas/lista.html",
        filtro=filtro,
        opciones=[(codigo, str(una.nombre)) for codigo, una in DEFINICIONES.items()],
        banderas=filas,
        cuentas=cuentas(sesion, filtro),
        entidad=entidad_mirada(sesion, filtro.entidad),
        csv=f"{LISTA}.csv" + (f"?{elegido}" if elegido else ""),
        siguiente=f"{LISTA}?{filtro.en_la_direccion(cursor=siguiente)}" if siguiente else None,
        **_PALABRAS,
    )


@publicas.get(LISTA + ".csv")
def lista_en_csv(filtro: Elegidas) -> Response:
    """The same, all of it, as a sheet."""
    return planilla(en_csv(filtro), "banderas")


@publicas.get("/feria/{convocatoria_id}/banderas")
def de_un_proceso_de_aqui(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional
) -> HTMLResponse:
    return _pagina(request, sesion, actor, convocatoria_visible(sesion, actor, convocatoria_id))


@router.post("/feria/{convocatoria_id}/banderas/{codigo}/respuesta", response_model=None)
def contestar(
    request: Request,
    convocatoria_id: UUID,
    codigo: str,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeRespuesta,
) -> HTMLResponse | RedirectResponse:
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    with hoja:
        if not hoja.ya_hecha:
            responder(sesion, actor, convocatoria_id, codigo, hoja.datos.respuesta)
        return redirigir(f"/feria/{convocatoria_id}/banderas", _("Publicó la respuesta."))
    return _pagina(request, sesion, actor, convocatoria, hoja, codigo)


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor | None,
    convocatoria: Convocatoria,
    hoja: Hoja[Any] | None = None,
    de: str = "",
) -> HTMLResponse:
    mostradas, proceso = de_un_proceso(sesion, convocatoria.id), proceso_de(sesion, convocatoria.id)
    responde = actor is not None and tiene_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    return pagina(
        request,
        "feria_inversa/banderas/proceso.html",
        hoja=hoja,
        banderas=[
            (
                una,
                RESPUESTA.mostrar(
                    request,
                    enviada=hoja if una.bandera.codigo == de else None,
                    de=una.bandera.codigo,
                )
                if responde
                else None,
            )
            for una in mostradas
        ],
        no_se_sabe=_no_se_sabe(sesion, proceso),
        codigo_de_entidad=proceso.entidad_codigo if proceso else None,
        **ficha(sesion, convocatoria),
        **_PALABRAS,
    )


def _no_se_sabe(sesion: Session, proceso: ProcesoDelMercado | None) -> list[tuple[str, str]]:
    """Which flags cannot be said of it, and why."""
    compilado = sesion.get(CompiladoOcds, proceso.convocatoria_id) if proceso else None
    if proceso is None or compilado is None:
        return []
    juicios = juicios_de(sesion, proceso, leer(compilado.contenido))
    return [
        (str(DEFINICIONES[codigo].nombre), str(FALTAS[juicio.falta]))
        for codigo, juicio in juicios.items()
        if isinstance(juicio, NoSeSabe)
    ]


_PALABRAS: dict[str, Any] = {"definiciones": DEFINICIONES, "datos_dichos": datos_dichos}
router.include_router(publicas)
