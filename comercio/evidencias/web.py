"""Pages of frozen searches: freezing one, those of an entity, and the page on which anybody verifies one."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.busqueda import Enlaces, filtros_de_consulta
from comercio.catalogo import arbol, medida
from comercio.evidencias import presentar
from comercio.evidencias.api import VERIFICACIONES_POR_MINUTO
from comercio.evidencias.congelar import anotacion_de, congelar, resultados_de
from comercio.evidencias.consultas import congelada_visible, congeladas_de, documento_de, por_huella
from comercio.evidencias.documento_pdf import hacer_pdf
from comercio.evidencias.errores import BusquedaNoEncontrada
from comercio.evidencias.formularios import CONGELACION, HojaDeCongelacion
from comercio.evidencias.quien import entidades_de, lista_de_entidades
from constancia import hash_de
from empresa_digital.registro import CON_LO_SUYO
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.formularios import Hoja
from nucleo.limites import limitar_direccion
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter()
POR_PAGINA = 25


@router.get("/busquedas-congeladas")
def lista(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: UUID | None = None,
    cursor: UnCursor = None,
) -> Response:
    """Those of one of the entities for which the person buys."""
    entidades = entidades_de(sesion, actor, CON_LO_SUYO)
    entidad = next((u for u in entidades if u.id == unidad), entidades[0] if entidades else None)
    filas, siguiente = (
        congeladas_de(sesion, actor, entidad.id, CursorPedido(cursor, POR_PAGINA)) if entidad else ([], None)
    )
    return pagina(
        request,
        "comercio/evidencias/lista.html",
        entidades=entidades,
        entidad=entidad,
        filas=filas,
        siguiente=f"/busquedas-congeladas?unidad={entidad.id}&cursor={siguiente}"
        if entidad and siguiente
        else None,
    )


@router.get("/busquedas-congeladas/nueva")
def preparar(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """What would be frozen: the search is in the address, as the shop writes it."""
    return _pagina_nueva(request, sesion, actor, request.url.query[:2000])


@router.post("/busquedas-congeladas")
def hacer(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCongelacion) -> Response:
    with hoja:
        datos = hoja.datos
        filtros = filtros_de_consulta(arbol(sesion), datos.consulta)
        fila = congelar(sesion, actor, datos.unidad_id, filtros, datos.para_que, datos.producto_id, hoja.id)
        return redirigir(f"/busquedas-congeladas/{fila.id}", _("Búsqueda congelada: su documento no cambia."))
    return _pagina_nueva(request, sesion, actor, hoja.valores.get("consulta", ""), hoja)


def _pagina_nueva(
    request: Request, sesion: Session, actor: Actor, consulta: str, hoja: Hoja[Any] | None = None
) -> Response:
    filtros = filtros_de_consulta(arbol(sesion), consulta)
    enlaces = Enlaces(filtros)
    resultado = resultados_de(sesion, filtros)
    entidades = entidades_de(sesion, actor)
    productos = [
        (str(f.id), f"{f.titulo} · {formato_bs(f.cuesta)} · {f.vendedor_nombre}") for f in resultado.productos
    ]
    valores = {"consulta": enlaces.consulta()}
    if len(entidades) == 1:
        valores["unidad_id"] = str(entidades[0].id)
    return pagina(
        request,
        "comercio/evidencias/nueva.html",
        hoja=hoja,
        entidades=entidades,
        resultado=resultado,
        volver=enlaces(),
        medida=medida,
        congelacion=CONGELACION.mostrar(
            request,
            valores,
            enviada=hoja,
            opciones={"unidad_id": lista_de_entidades(entidades), "producto_id": productos},
        ),
    )


@router.get("/busquedas-congeladas/{congelada_id:uuid}")
def ver(request: Request, congelada_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    fila = congelada_visible(sesion, actor, congelada_id)
    documento = documento_de(fila)
    return pagina(
        request,
        "comercio/evidencias/congelada.html",
        c=fila,
        d=documento,
        pedido=presentar.pedido_en_palabras(documento["pedido"]),
        total=presentar.total_en_palabras(documento),
        url_publica=presentar.url_publica(fila),
        presentar=presentar,
    )


@router.get("/busquedas-congeladas/{congelada_id:uuid}.json")
def bajar_documento(congelada_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    """The very bytes whose SHA-256 is the digest."""
    fila = congelada_visible(sesion, actor, congelada_id)
    return Response(
        fila.documento.encode(),
        media_type="application/json",
        headers=_adjunto(f"busqueda-{fila.numero}.json", "attachment"),
    )


@router.get("/busquedas-congeladas/{congelada_id:uuid}.pdf")
def bajar_papel(congelada_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    fila = congelada_visible(sesion, actor, congelada_id)
    return Response(
        hacer_pdf(fila, documento_de(fila)),
        media_type="application/pdf",
        headers=_adjunto(f"busqueda-{fila.numero}.pdf", "inline"),
    )


def _adjunto(nombre: str, como: str) -> dict[str, str]:
    disposicion = f'{como}; filename="{nombre}"'
    return {"Content-Disposition": disposicion, "Cache-Control": "private, no-store"}


@router.get("/verificar-busqueda", dependencies=[Depends(publico)])
def verificar(
    request: Request, sesion: Sesion, huella: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Whether a document that somebody shows is the one that was frozen: for who has its digest."""
    if not huella.strip():
        return pagina(request, "comercio/evidencias/verificar.html", c=None, huella="", errores={})
    limitar_direccion(request, "comercio.verificar_busqueda", cupo=VERIFICACIONES_POR_MINUTO, ventana_s=60)
    try:
        fila = por_huella(sesion, huella)
    except BusquedaNoEncontrada as error:
        return pagina(
            request,
            "comercio/evidencias/verificar.html",
            404,
            c=None,
            huella=huella,
            errores={"huella": error.detalle},
        )
    documento = documento_de(fila)
    return pagina(
        request,
        "comercio/evidencias/verificar.html",
        c=fila,
        d=documento,
        publica=presentar.publica(fila),
        pedido=presentar.pedido_en_palabras(documento["pedido"]),
        total=presentar.total_en_palabras(documento),
        hoja_del_registro=hash_de(*anotacion_de(fila)).hex(),
        presentar=presentar,
        huella=huella,
        errores={},
    )
