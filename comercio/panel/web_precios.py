"""Pages of who sells: many prices changed at once, seen before; and what runs short."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.catalogo import (
    LINEAS_MAXIMAS,
    Cambio,
    LineaDePrecio,
    QueVariantes,
    arbol,
    cambiar_precios,
    en_medida,
    proponer_precios,
    variantes_de,
)
from comercio.existencias import cortas, existentes, fijar_umbrales
from comercio.panel.formularios import (
    CAMBIO,
    PROPUESTA,
    UMBRALES,
    HojaDeCambio,
    HojaDePropuesta,
    HojaDeUmbrales,
)
from comercio.vendedores import elegir_tienda, mesa_de, tiendas_de
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import a_centavos, de_centavos
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/vender")


@router.get("/precios")
def proponer(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePropuesta, unidad: str = ""
) -> Response:
    """Ask what to change, and show what each price would be."""
    if "como" not in hoja.valores:
        return _pagina_de_precios(request, sesion, actor, unidad)
    tienda = elegir_tienda(tiendas_de(sesion, actor), unidad)
    lineas: list[LineaDePrecio] | None = None
    with hoja:
        p = hoja.datos
        opciones = variantes_de(sesion, tienda.id, QueVariantes(p.categoria, p.q)) if tienda else []
        lineas = proponer_precios(opciones, Cambio(p.como, p.cuanto))
    return _pagina_de_precios(request, sesion, actor, unidad, hoja, lineas)


@router.post("/precios")
def cambiar(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCambio) -> Response:
    """Change those left ticked; the page says what became of each. Pressed twice, they change once."""
    unidad = hoja.valores.get("unidad_id", "")
    hechas: list[LineaDePrecio] | None = None
    with hoja:
        c = hoja.datos
        if hoja.ya_hecha:
            return redirigir(f"/vender/precios?unidad={c.unidad_id}", _("Esos precios ya se cambiaron."))
        antes = {x.variante_id: de_centavos(x.antes) for x in c.lineas if x.elegida}
        if not antes:
            raise DatosInvalidos(_("No dejó marcado ningún precio."))
        hechas = cambiar_precios(sesion, actor, c.unidad_id, Cambio(c.como, c.cuanto), antes)
    return _pagina_de_precios(request, sesion, actor, unidad, hoja, hechas=hechas)


def _pagina_de_precios(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad: str,
    hoja: Hoja[Any] | None = None,
    lineas: list[LineaDePrecio] | None = None,
    hechas: list[LineaDePrecio] | None = None,
) -> Response:
    mesa = mesa_de(request, sesion, actor, unidad, hoja)
    if isinstance(mesa, Response):
        return mesa
    ramas = arbol(sesion)
    grupos = [
        (
            ramas.nombre(r),
            [(r, _("Todo: %(rama)s") % {"rama": ramas.nombre(r)})] + [(h.codigo, h.nombre) for h in hojas],
        )
        for r, hojas in ramas.ramas.items()
    ]
    valores = hoja.valores if hoja is not None and lineas is not None else {}
    return pagina(
        request,
        "comercio/panel/precios.html",
        hoja=hoja,
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        propuesta=PROPUESTA.mostrar(request, valores, enviada=hoja, opciones={"categoria": grupos}),
        cambio=CAMBIO.mostrar(
            request, {"unidad_id": mesa.tienda.id, "como": valores.get("como", "")}, enviada=hoja
        ),
        cuanto=valores.get("cuanto", ""),
        lineas=lineas[:LINEAS_MAXIMAS] if lineas is not None else None,
        de_mas=lineas is not None and len(lineas) > LINEAS_MAXIMAS,
        hechas=hechas,
        cambiadas=sum(not x.error for x in hechas or ()),
        a_centavos=a_centavos,
    )


@router.get("/existencias")
def ver_existencias(
    request: Request, sesion: Sesion, actor: ActorRequerido, unidad: str = "", q: str = ""
) -> Response:
    return _pagina_de_existencias(request, sesion, actor, unidad, q)


@router.post("/existencias")
def guardar_umbrales(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeUmbrales, q: str = ""
) -> Response:
    """From how little on to be told, of each variant shown."""
    with hoja:
        datos = hoja.datos
        pedidos = [(x.variante_id, x.umbral) for x in datos.lineas]
        fijar_umbrales(sesion, actor, datos.unidad_id, pedidos)
        return redirigir(f"/vender/existencias?unidad={datos.unidad_id}", _("Avisos guardados."))
    return _pagina_de_existencias(request, sesion, actor, hoja.valores.get("unidad_id", ""), q, hoja)


def _pagina_de_existencias(
    request: Request, sesion: Session, actor: Actor, unidad: str, q: str, hoja: Hoja[Any] | None = None
) -> Response:
    mesa = mesa_de(request, sesion, actor, unidad, hoja)
    if isinstance(mesa, Response):
        return mesa
    lista = existentes(sesion, mesa.tienda.id, q[:120])
    valores: dict[str, Any] = {"unidad_id": mesa.tienda.id}
    for n, x in enumerate(lista):
        valores |= {f"lineas.{n}.variante_id": x.variante_id, f"lineas.{n}.umbral": x.umbral}
    return pagina(
        request,
        "comercio/panel/existencias.html",
        hoja=hoja,
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        q=q[:120],
        cortas=cortas(sesion, mesa.tienda.id),
        lista=lista,
        umbrales=UMBRALES.mostrar(request, valores, enviada=hoja),
        en_medida=en_medida,
    )
