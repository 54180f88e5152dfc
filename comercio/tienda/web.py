"""The page of a product, and putting it in the cart."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from markupsafe import Markup
from sqlalchemy import bindparam, select
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from ciudadania import ActorOpcional, ActorRequerido
from comercio.agenda import proximas_horas
from comercio.busqueda import enlace_de_novedades, fichas_de, otros_del_vendedor
from comercio.carrito import (
    LINEA_NUEVA,
    HojaDeLineaNueva,
    agregar,
    ajustar_galleta,
    pagina_del_carrito,
    titular_o_nuevo,
)
from comercio.catalogo import (
    DETALLE,
    HISTORIAL,
    Arbol,
    Detalle,
    Modalidad,
    Nodo,
    Opcion,
    PrecioDesde,
    ProductoNoEncontrado,
    arbol,
    desde_cuanto,
    hace_dias,
    leer_detalle,
    leer_historial,
    medida,
    menor_en,
    origen_en_palabras,
    quedan,
    rebajada_de,
    variante_pedida,
)
from comercio.catalogo.modelos import tabla_producto
from comercio.direcciones import MUNICIPIO_CONOCIDO
from comercio.existencias import ProductoNoDisponible
from comercio.favoritos import GUARDADO
from comercio.formas import Forma, PorLlevar, Porte, a_donde_reparte, leer_formas, ofrecidas, portes
from comercio.mensajes import (
    A_LA_VISTA,
    PREGUNTA,
    HojaDePregunta,
    leer_a_la_vista,
    preguntar,
)
from comercio.opiniones import OPINADO, POR_ESTRELLAS, Distribucion, leer_distribucion, leer_opinado
from comercio.promociones import cuanto_menos
from comercio.tienda import mapa
from comercio.tienda.compartir import compartida, direccion
from empresa_digital.registro import lugares, visitante_tiene
from nucleo.acceso import actor_de_la_solicitud
from nucleo.actor import Actor
from nucleo.bd import Lectura, Sesion
from nucleo.dinero import formato_bs
from nucleo.en_texto import en_texto, leer_texto
from nucleo.enteras import dice_la_hora
from nucleo.formularios import Hoja
from nucleo.graficos import barras
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _
from nucleo.web import pagina, pagina_recordada, publico, redirigir

router = APIRouter()
router.include_router(mapa.router)
_PUBLICO = [Depends(publico)]
CAMBIOS_A_LA_VISTA = 12
_PLANTILLA = "comercio/tienda/producto.html"


@router.get("/productos/{producto_id}", dependencies=_PUBLICO)
def producto(request: Request, producto_id: UUID, sesion: Lectura) -> Response:
    return _pagina(request, producto_id, sesion, actor_de_la_solicitud(request, sesion))


@router.get("/productos/{producto_id}/{palabras}", dependencies=_PUBLICO)
def producto_por_su_nombre(request: Request, producto_id: UUID, palabras: str, sesion: Lectura) -> Response:
    """Its address in words; with those of an older title, it goes to the ones it has now."""
    actor = actor_de_la_solicitud(request, sesion)
    return _pagina(request, producto_id, sesion, actor, palabras=palabras)


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
        return _pagina(request, hoja.uuid("producto_id"), sesion, actor, hoja)
    except ProductoNoEncontrado:
        if not isinstance(hoja.error, ProductoNoDisponible):
            raise
        return pagina_del_carrito(request, sesion, titular, actor, hoja)  # withdrawn while they looked at it


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
    return _pagina(request, producto_id, sesion, actor, hoja)


_LA_FICHA = tabla_producto.alias("la_ficha")
_DE_ELLA = select(_LA_FICHA.c.vendedor_id).where(_LA_FICHA.c.id == bindparam("producto_id"))
_TODO = select(
    en_texto(
        DETALLE,
        POR_ESTRELLAS,
        HISTORIAL,
        ofrecidas(_DE_ELLA),
        A_LA_VISTA,
        OPINADO,
        otros_del_vendedor(_DE_ELLA.scalar_subquery(), bindparam("producto_id")),
        GUARDADO,
        MUNICIPIO_CONOCIDO,
    ),
    select(_LA_FICHA.c.titulo).where(_LA_FICHA.c.id == bindparam("producto_id")).scalar_subquery(),
)
"""All that its page shows of a product, asked at once; and its title."""


def _pagina(
    request: Request,
    producto_id: UUID,
    sesion: Session,
    actor: Actor | None,
    hoja: Hoja[Any] | None = None,
    palabras: str | None = None,
) -> Response:
    persona_id = actor.persona_id if actor is not None else None
    de_que = {"producto_id": producto_id, "persona_id": persona_id}
    dicho, titulo = sesion.execute(_TODO, de_que).one()
    ramas = arbol(sesion)
    contexto = partial(_contexto, request, sesion, actor, dicho, ramas, hoja)
    if hoja is not None:
        return pagina(request, _PLANTILLA, hoja=hoja, **contexto())
    if palabras is not None and titulo is not None:
        actual = direccion(producto_id, titulo)
        if actual != f"/productos/{producto_id}/{palabras}":
            contexto()  # what somebody may not see has no other address either
            return RedirectResponse(actual, 301)
    return pagina_recordada(request, _PLANTILLA, (ramas.dicho, dicho), contexto)


def _contexto(
    request: Request,
    sesion: Session,
    actor: Actor | None,
    dicho: str,
    ramas: Arbol,
    hoja: Hoja[Any] | None,
) -> dict[str, Any]:
    """Raises `ProductoNoEncontrado`."""
    detallado, estrellas, historial, formado, preguntado, opinado, de_ella, guardado, municipio = leer_texto(
        dicho
    )
    detalle = leer_detalle(sesion, detallado, actor, partial(visitante_tiene, request))
    visto = detalle.producto
    camino = ramas.camino(visto.categoria_codigo)
    distribucion = leer_distribucion(estrellas)
    precios = desde_cuanto(leer_historial(historial))
    se_envia = visto.modalidad == Modalidad.ENVIO
    formas = leer_formas([visto.vendedor_id], formado)[visto.vendedor_id] if se_envia else []
    preguntas, mis_preguntas = leer_a_la_vista(preguntado)
    citas = None
    if not se_envia and visto.a_la_venta:
        dice_la_hora()  # which hours are free is not in the key
        citas = proximas_horas(sesion, [o.id for o in detalle.opciones])
    envio = _envio(sesion, municipio, detalle, formas)
    rebajada = rebajada_de(detalle.opciones) if visto.a_la_venta else None
    pregunta = actor is not None and actor.persona_id is not None and not detalle.es_del_vendedor
    return {
        "producto": visto,
        "fotos": detalle.fotos,
        "es_del_vendedor": detalle.es_del_vendedor,
        "formas": formas,
        "a_donde_reparte": partial(a_donde_reparte, sesion),
        "envio": envio,
        "citas": citas,
        "camino": camino,
        "visto": (*_visto(detalle, formas, camino, distribucion), rebajada, envio, citas is not None),
        "compartida": compartida(detalle, camino, distribucion) if visto.a_la_venta else None,
        "rebajada": rebajada,
        "promociones": list({o.rebaja.promocion_id: o.rebaja for o in detalle.opciones if o.rebaja}.values()),
        "cuanto_menos": cuanto_menos,
        "guardado": guardado,
        "otros": fichas_de(de_ella),
        "avisarme": enlace_de_novedades(visto.id, se_vende=visto.a_la_venta and visto.disponible > 0),
        "distribucion": distribucion,
        "precios": _grafico(precios),
        "menor": menor_en(precios, hace_dias()) if len(precios) > 1 else None,
        "opiniones": leer_opinado(opinado),
        "preguntas": preguntas,
        "mis_preguntas": mis_preguntas,
        "pregunta": PREGUNTA.mostrar(request, enviada=hoja) if pregunta else None,
        "medida": medida,
        "origen_en_palabras": origen_en_palabras,
        "detalle": detalle,
        "linea": LINEA_NUEVA.mostrar(
            request,
            {"producto_id": visto.id, "cantidad": 1},
            enviada=hoja,
            opciones={"variante_id": [_eleccion(o) for o in detalle.opciones]},
        ),
    }


def _grafico(precios: Sequence[PrecioDesde]) -> Markup | None:
    """What it cost from each date on, when it ever changed."""
    if len(precios) < 2:
        return None
    puntos = [(filtro_fecha(p.desde, "dd/MM/yy"), p.precio) for p in precios[-CAMBIOS_A_LA_VISTA:]]
    return barras(_("Cuánto costó desde cada fecha, en bolivianos"), puntos)


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
        *(p.a_la_venta, p.modalidad, p.dias_de_elaboracion, p.origen, detalle.es_del_vendedor),
        *(p.vendedor_id, p.vendedor_nombre, p.vendedor_numero, p.lugar),
        tuple((f.archivo_id, f.descripcion) for f in detalle.fotos),
        tuple(
            (o.nombre, o.escala, o.variante.sku, o.variante.peso_g, o.vuelve, o.rebaja)
            for o in detalle.opciones
        ),
        (*formas, *((nodo.nombre, nodo.unspsc) for nodo in camino), dicho.n, dicho.media),
    )


def _eleccion(opcion: Opcion) -> tuple[str, str, str]:
    """A variant in the list of a page: what it is, its price, and whether there is any."""
    precio = _("%(precio)s por %(m)s") % {
        "precio": formato_bs(opcion.rebajado),
        "m": medida(opcion.variante.unidad_medida),
    }
    hay = quedan(opcion.disponible) if opcion.disponible else _("agotado")
    return str(opcion.id), opcion.nombre, f"{precio} · {hay}"
