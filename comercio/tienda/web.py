"""The page of a product, and putting it in the cart."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from markupsafe import Markup
from sqlalchemy import select
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from ciudadania import ActorOpcional, ActorRequerido
from comercio.busqueda import enlace_de_novedades, otros_del_vendedor
from comercio.carrito import (
    LINEA_NUEVA,
    HojaDeLineaNueva,
    agregar,
    ajustar_galleta,
    pagina_del_carrito,
    titular_o_nuevo,
)
from comercio.catalogo import (
    HISTORIAL,
    Detalle,
    Modalidad,
    Nodo,
    Opcion,
    PrecioDesde,
    ProductoNoEncontrado,
    arbol,
    desde_cuanto,
    detalle_de_producto,
    hace_dias,
    leer_historial,
    medida,
    menor_en,
    rebajada_de,
    variante_pedida,
)
from comercio.direcciones import MUNICIPIO_CONOCIDO
from comercio.existencias import ProductoNoDisponible
from comercio.favoritos import GUARDADO
from comercio.formas import OFRECIDAS, Forma, PorLlevar, Porte, a_donde_reparte, leer_formas, portes
from comercio.mensajes import (
    A_LA_VISTA,
    PREGUNTA,
    HojaDePregunta,
    leer_a_la_vista,
    preguntar,
)
from comercio.opiniones import POR_ESTRELLAS, Distribucion, leer_distribucion, opiniones_de
from comercio.promociones import cuanto_menos
from comercio.tienda import mapa
from comercio.tienda.compartir import compartida, direccion
from empresa_digital.registro import lugares, visitante_tiene
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs, formato_cantidad
from nucleo.formularios import Hoja
from nucleo.graficos import barras
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter()
router.include_router(mapa.router)
_PUBLICO = [Depends(publico)]
CAMBIOS_A_LA_VISTA = 12


@router.get("/productos/{producto_id}", dependencies=_PUBLICO)
def producto(request: Request, producto_id: UUID, sesion: Sesion, actor: ActorOpcional) -> Response:
    return _pagina(request, _detalle(request, sesion, producto_id, actor), sesion, actor)


@router.get("/productos/{producto_id}/{palabras}", dependencies=_PUBLICO)
def producto_por_su_nombre(
    request: Request, producto_id: UUID, palabras: str, sesion: Sesion, actor: ActorOpcional
) -> Response:
    """Its address in words; with those of an older title, it goes to the ones it has now."""
    detalle = _detalle(request, sesion, producto_id, actor)
    actual = direccion(producto_id, detalle.producto.titulo)
    if actual != f"/productos/{producto_id}/{palabras}":
        return RedirectResponse(actual, 301)
    return _pagina(request, detalle, sesion, actor)


@router.post("/carrito/lineas", dependencies=_PUBLICO)
def poner_en_el_carrito(
    request: Request, sesion: Sesion, actor: ActorOpcional, hoja: HojaDeLineaNueva
) -> Response:
    """Put the product in the cart; what cannot be put is said on the product's page."""
    titular = titular_o_nuevo(sesion, request, actor)
    with hoja:
        linea = hoja.datos
        agregar(sesion, titular, variante_pedida(sesion, linea.pedido), linea.cantidad)
        respuesta = redirigir("/carrito", _("Está en su carrito."))
        ajustar_galleta(respuesta, request, titular)
        return respuesta
    try:
        detalle = _detalle(request, sesion, hoja.uuid("producto_id"), actor)
    except ProductoNoEncontrado:
        if not isinstance(hoja.error, ProductoNoDisponible):
            raise
        return pagina_del_carrito(request, sesion, titular, actor, hoja)  # withdrawn while they looked at it
    return _pagina(request, detalle, sesion, actor, hoja)


@router.post("/productos/{producto_id}/preguntas")
def hacer_una_pregunta(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePregunta
) -> Response:
    """Ask before buying; what cannot be asked is said on the product's page."""
    with hoja:
        if not hoja.ya_hecha:
            preguntar(sesion, actor, producto_id, hoja.datos.texto)
        aviso = _("Su pregunta está con quien vende: le avisaremos cuando la responda.")
        return redirigir(f"/productos/{producto_id}#preguntas", aviso)
    return _pagina(request, _detalle(request, sesion, producto_id, actor), sesion, actor, hoja)


def _detalle(request: Request, sesion: Session, producto_id: UUID, actor: Actor | None) -> Detalle:
    tiene = partial(visitante_tiene, request)
    return detalle_de_producto(sesion, producto_id, actor, tiene, con_existencias=False)


_LO_DEMAS: Any = select(POR_ESTRELLAS, HISTORIAL, OFRECIDAS, A_LA_VISTA, GUARDADO, MUNICIPIO_CONOCIDO)
"""What is told of a product besides itself, asked at once."""


def _pagina(
    request: Request,
    detalle: Detalle,
    sesion: Session,
    actor: Actor | None,
    hoja: Hoja[Any] | None = None,
) -> Response:
    visto = detalle.producto
    camino = arbol(sesion).camino(visto.categoria_codigo)
    persona_id = actor.persona_id if actor is not None else None
    de_que = {"producto_id": visto.id, "vendedores": [visto.vendedor_id], "persona_id": persona_id}
    lo_demas = sesion.execute(_LO_DEMAS, de_que).one()
    estrellas, historial, ofrecidas, preguntado, guardado, municipio_ine = lo_demas
    distribucion = leer_distribucion(estrellas)
    precios = desde_cuanto(leer_historial(historial))
    se_envia = visto.modalidad == Modalidad.ENVIO
    formas = leer_formas([visto.vendedor_id], ofrecidas)[visto.vendedor_id] if se_envia else []
    preguntas, mis_preguntas = leer_a_la_vista(preguntado)
    envio = _envio(sesion, municipio_ine, detalle, formas)
    otros = otros_del_vendedor(sesion, visto.vendedor_id, visto.id)
    rebajada = rebajada_de(detalle.opciones) if visto.a_la_venta else None
    return pagina(
        request,
        "comercio/tienda/producto.html",
        hoja=hoja,
        producto=visto,
        fotos=detalle.fotos,
        es_del_vendedor=detalle.es_del_vendedor,
        formas=formas,
        a_donde_reparte=partial(a_donde_reparte, sesion),
        envio=envio,
        camino=camino,
        visto=(*_visto(detalle, formas, camino, distribucion), rebajada, envio),
        compartida=compartida(detalle, camino, distribucion) if visto.a_la_venta else None,
        rebajada=rebajada,
        promociones=list({o.rebaja.promocion_id: o.rebaja for o in detalle.opciones if o.rebaja}.values()),
        cuanto_menos=cuanto_menos,
        guardado=guardado,
        otros=otros,
        avisarme=enlace_de_novedades(visto.id, se_vende=visto.a_la_venta and visto.disponible > 0),
        distribucion=distribucion,
        precios=_grafico(precios),
        menor=menor_en(precios, hace_dias()) if len(precios) > 1 else None,
        opiniones=opiniones_de(sesion, visto.id)[0] if distribucion.n else [],
        preguntas=preguntas,
        mis_preguntas=mis_preguntas,
        pregunta=PREGUNTA.mostrar(request, enviada=hoja)
        if persona_id is not None and not detalle.es_del_vendedor
        else None,
        medida=medida,
        detalle=detalle,
        linea=LINEA_NUEVA.mostrar(
            request,
            {"producto_id": visto.id, "cantidad": 1},
            enviada=hoja,
            opciones={"variante_id": [_eleccion(o) for o in detalle.opciones]},
        ),
    )


def _grafico(precios: Sequence[PrecioDesde]) -> Markup | None:
    """What it cost from each date on, when it ever changed."""
    if len(precios) < 2:
        return None
    puntos = [(filtro_fecha(p.desde, "dd/MM/yy"), p.precio.amount) for p in precios[-CAMBIOS_A_LA_VISTA:]]
    return barras(_("Cuánto costó desde cada fecha"), puntos, _("bolivianos"))


def _envio(
    sesion: Session, municipio_ine: str | None, detalle: Detalle, formas: Sequence[Forma]
) -> tuple[Porte, str] | None:
    """From how much getting one there costs, and where: the cheapest way of those that arrive where the
    person likes to receive, of the lightest and cheapest variant. None when that is not known, or not
    charged."""
    cobran = [f for f in formas if f.cobra]
    if not cobran or not municipio_ine:
        return None
    peso_g = min(o.variante.peso_g for o in detalle.opciones)
    bienes = min(o.rebajado for o in detalle.opciones)
    hallados = portes(sesion, [PorLlevar(f, municipio_ine, peso_g, bienes) for f in cobran], a_la_vista=True)
    posibles = [p for p in hallados if p is not None]
    if not posibles:
        return None
    donde = lugares(sesion, [municipio_ine]).get(municipio_ine, "")
    return min(posibles, key=lambda p: p.monto), donde


def _visto(
    detalle: Detalle, formas: Sequence[Forma], camino: Sequence[Nodo], dicho: Distribucion
) -> tuple[Any, ...]:
    """All that the ficha itself is drawn from, without the forms: the same values, the same ficha."""
    p = detalle.producto
    return (
        *(p.id, p.titulo, p.descripcion, p.precio, p.varios_precios, p.unidad_medida, p.disponible),
        *(p.a_la_venta, p.modalidad, p.dias_de_elaboracion, detalle.es_del_vendedor),
        *(p.vendedor_id, p.vendedor_nombre, p.vendedor_numero, p.lugar),
        tuple((f.archivo_id, f.descripcion) for f in detalle.fotos),
        tuple(
            (o.nombre, o.escala, o.variante.sku, o.variante.peso_g, o.vuelve, o.rebaja)
            for o in detalle.opciones
        ),
        (*formas, *(nodo.nombre for nodo in camino), dicho.n, dicho.media),
    )


def _eleccion(opcion: Opcion) -> tuple[str, str, str]:
    """A variant in the list of a page: what it is, its price, and whether there is any."""
    precio = _("%(precio)s por %(m)s") % {
        "precio": formato_bs(opcion.rebajado),
        "m": medida(opcion.variante.unidad_medida),
    }
    hay = (
        _("quedan %(n)s") % {"n": formato_cantidad(opcion.disponible)} if opcion.disponible else _("agotado")
    )
    return str(opcion.id), opcion.nombre, f"{precio} · {hay}"
