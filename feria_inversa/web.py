"""Pages for everybody: the needs of the State, each need, the purchase order, the open data."""

from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from alertas import enlace_para_avisarme
from ciudadania import ActorOpcional
from empresa_digital.registro import departamentos, lugar, unidad_por_id
from feria_inversa import alertas, vistas, web_compras, web_ofertas
from feria_inversa.consultas import (
    Filtro,
    buscar,
    convocatoria_visible,
    lineas_de_orden,
    ofertas_abiertas,
    orden_por_id,
)
from feria_inversa.errores import SobresCerrados
from feria_inversa.ficha import contexto_de
from feria_inversa.modalidades import vigentes
from feria_inversa.modelos import Convocatoria
from feria_inversa.ocds import PREFIJO
from feria_inversa.unidades import identificador_principal
from nucleo.bd import Sesion
from nucleo.configuracion import ajustes
from nucleo.paginacion import Cursor
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico

router = APIRouter()
publicas = APIRouter(dependencies=[Depends(publico)])


@publicas.get("/feria")
def feria(
    request: Request,
    sesion: Sesion,
    cursor: Cursor,
    q: Annotated[str, Query(max_length=200)] = "",
    departamento: Annotated[str, Query(pattern="^(0[1-9])?$")] = "",
    modalidad: Annotated[str, Query(pattern="^[A-Z0-9]{0,10}$")] = "",
    categoria: Annotated[str, Query(pattern="^[a-z]{0,12}$")] = "",
    cierra: Literal["", "1", "3", "7", "30"] = "",
    ver: Literal["abiertas", "cerradas", "todas"] = "abiertas",
) -> HTMLResponse:
    """The needs that entities show, what closes first on top."""
    dias = int(cierra) if cierra else None
    filtro = Filtro(q, departamento or None, modalidad or None, categoria or None, dias, ver)
    filas, siguiente = buscar(sesion, filtro, cursor)
    elegidos = {
        "q": q,
        "departamento": departamento,
        "modalidad": modalidad,
        "categoria": categoria,
        "cierra": cierra,
    }
    puestos = {clave: valor for clave, valor in elegidos.items() if valor}
    return pagina(
        request,
        "feria_inversa/feria.html",
        tarjetas=vistas.tarjetas(sesion, filas),
        filtro=elegidos,
        ver=ver,
        hay_filtros=bool(puestos),
        enlaces={v: "/feria?" + urlencode(puestos | {"ver": v}) for v in ("abiertas", "cerradas", "todas")},
        departamentos=[(d.ine, d.nombre) for d in departamentos(sesion)],
        modalidades=[(m.codigo, m.nombre) for m in vigentes(sesion, fecha_bolivia())],
        categorias=vistas.opciones_de_categoria(),
        avisarme=enlace_para_avisarme(alertas.CODIGO, alertas.criterios_de(filtro)),
        siguiente_url="/feria?" + urlencode(puestos | {"ver": ver, "cursor": siguiente})
        if siguiente
        else None,
    )


@publicas.get("/feria/datos-abiertos")
def datos_abiertos(request: Request) -> HTMLResponse:
    """What is published as open data and how to take it."""
    return pagina(
        request, "feria_inversa/datos_abiertos.html", prefijo=PREFIJO, base=f"{ajustes().url_publica}/ocds"
    )


@publicas.get("/feria/{convocatoria_id}")
def necesidad(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional) -> HTMLResponse:
    """Everything public about a need, and what this visitor can do next."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    return pagina(
        request,
        "feria_inversa/necesidad.html",
        paso=vistas.siguiente_paso(sesion, actor, convocatoria),
        **contexto_de(sesion, convocatoria),
    )


@publicas.get("/feria/{convocatoria_id}/acta")
def acta_de_apertura(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional
) -> HTMLResponse:
    """The opening act, ready to print: who opened, when, and what was in each envelope."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    contexto = contexto_de(sesion, convocatoria)
    if contexto["acta"] is None:
        raise SobresCerrados(_("Todavía no se abrieron los sobres."))
    ofertas = ofertas_abiertas(sesion, convocatoria)
    return pagina(request, "feria_inversa/acta.html", ofertas=ofertas, **contexto)


@publicas.get("/ordenes-de-compra/{orden_id}")
def orden_de_compra(request: Request, orden_id: UUID, sesion: Sesion) -> HTMLResponse:
    """A purchase order, ready to print."""
    orden = orden_por_id(sesion, orden_id)
    convocatoria = sesion.get_one(Convocatoria, orden.convocatoria_id)
    return pagina(
        request,
        "feria_inversa/orden.html",
        orden=orden,
        convocatoria=convocatoria,
        entidad=unidad_por_id(sesion, orden.unidad_id),
        proveedor=unidad_por_id(sesion, orden.proveedor_id),
        nit_entidad=identificador_principal(sesion, orden.unidad_id),
        nit_proveedor=identificador_principal(sesion, orden.proveedor_id),
        lugar=lugar(sesion, convocatoria.municipio_ine),
        lineas=lineas_de_orden(sesion, orden),
        cantidad=vistas.cantidad,
    )


router.include_router(web_ofertas.router)
router.include_router(publicas)
router.include_router(web_compras.router)
