"""Home page, search over the whole place, panels, and the files a browser asks for by fixed names."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ciudadania import ActorRequerido
from comercio import sugerir
from nucleo.acceso import publico
from nucleo.bd import Sesion
from nucleo.configuracion import ajustes
from nucleo.errores import NoEncontrado
from nucleo.limites import limitar_direccion
from nucleo.plantillas import ESTATICOS, estatico, hoja_de_estilo, huella_de_la_hoja, renderizar
from nucleo.reloj import ahora
from nucleo.textos import gettext as _
from nucleo.web import pagina
from plataforma import panel, vitrina

router = APIRouter()
PUBLICO = [Depends(publico)]
Consulta = Annotated[str, Query(max_length=200)]


@router.get("/", dependencies=PUBLICO)
def inicio(request: Request, sesion: Sesion) -> Response:
    return pagina(request, "plataforma/inicio.html", portada=vitrina.portada(sesion))


@router.get("/buscar", dependencies=PUBLICO)
def buscar(request: Request, sesion: Sesion, q: Consulta = "") -> Response:
    """Products, needs of the State and units that match, the best few of each."""
    consulta = " ".join(q.split())
    return pagina(
        request, "plataforma/buscar.html", consulta=consulta, hallado=vitrina.buscar(sesion, consulta)
    )


@router.get("/buscar/sugerencias", dependencies=PUBLICO)
def sugerencias(request: Request, sesion: Sesion, q: Consulta = "") -> Response:
    """Titles of products for what has been typed so far; the search box asks while people write."""
    limitar_direccion(request, "sugerencias", cupo=120, ventana_s=60)
    titulos = dict.fromkeys(ficha.titulo for ficha in sugerir(sesion, q))
    return JSONResponse(list(titulos), headers={"Cache-Control": "public, max-age=60"})


@router.get("/panel")
def mi_panel(request: Request, actor: ActorRequerido, sesion: Sesion) -> Response:
    """What comes next for this person, for themselves and for each unit they act for."""
    return pagina(
        request,
        "plataforma/panel.html",
        actor=actor,
        saldo=panel.saldo(sesion, actor),
        grupos=panel.grupos(sesion, actor),
    )


# --- What browsers ask for -------------------------------------------------------------------------


@router.get("/sw.js", dependencies=PUBLICO)
def trabajador() -> Response:
    """The service worker: at the root, because its folder is its scope. A new style sheet is a new worker."""
    codigo = (ESTATICOS / "js/sw.js").read_text("utf-8")
    codigo = codigo.replace("__VERSION__", huella_de_la_hoja()).replace("__HOJA__", hoja_de_estilo())
    return Response(codigo, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


@router.get("/sin-conexion", dependencies=PUBLICO)
def sin_conexion(request: Request) -> Response:
    """The page kept on the device for when there is no network: the same for everybody, no visitor in it."""
    return Response(
        renderizar("errores/sin_conexion.html", nonce=request.state.nonce), media_type="text/html"
    )


@router.get("/favicon.ico", dependencies=PUBLICO)
def icono_antiguo() -> Response:
    return RedirectResponse(estatico("favicon.svg"), 301, {"Cache-Control": "public, max-age=86400"})


@router.get("/robots.txt", dependencies=PUBLICO)
def robots() -> Response:
    mapa = ajustes().url_publica + "/sitemap.xml"
    reglas = "User-agent: *\nDisallow: /api/\nDisallow: /panel\nDisallow: /carrito\nDisallow: /buscar\n"
    reglas += f"Sitemap: {mapa}\n"
    return Response(reglas, media_type="text/plain", headers={"Cache-Control": "public, max-age=86400"})


# --- Style guide -----------------------------------------------------------------------------------


def muestra_de_estilo() -> dict[str, Any]:
    """Sample data for the style guide."""
    momento = ahora()
    return {
        "productos": [
            (
                "Chompa de alpaca tejida a mano",
                32000,
                None,
                "Tejidos Wara (demostración)",
                "Oruro",
                _("Nuevo"),
            ),
            ("Quinua real orgánica, 1 kg", 2850, None, "Asociación Salar (demostración)", "Potosí", ""),
            ("Café de altura tostado", 4500, None, "Cooperativa Yungas (demostración)", "La Paz", ""),
            ("Aguayo", 18000, None, "Artesanas de Tarabuco (demostración)", "Chuquisaca", _("Queda 1")),
            ("Sombrero de saó", 9500, None, "Artesanía Chiquitana (demostración)", "Santa Cruz", ""),
        ],
        "movimientos": [
            (_("Pago del pedido 1042"), _("Pagado"), "bien", 32000, "-"),
            (_("Recarga"), _("En proceso"), "aviso", 50000, "+"),
            (_("Devolución"), _("Anulado"), "mal", 4500, "+"),
        ],
        "errores_de_muestra": {"nombre": _("Escriba el nombre del producto.")},
        "hace_poco": momento - timedelta(hours=3),
        "cierra_en": momento + timedelta(days=2),
    }


@router.get("/estilo", dependencies=PUBLICO)
def estilo(request: Request) -> Response:
    """Every component on one page; it exists only in a demonstration."""
    if not ajustes().es_demostracion:
        raise NoEncontrado(_("La guía de estilo solo existe en el entorno de demostración."))
    return pagina(request, "plataforma/estilo.html", **muestra_de_estilo())
