"""Page where who evaluates qualifies the bids: who is left out and why, margins, technical points."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from feria_inversa.documentos import Pedido, pedidos_de
from feria_inversa.evaluacion import (
    AUSENTE,
    CALIFICACION,
    PRESENTE,
    SIGUE,
    Calificacion,
    CalificacionDePagina,
    CalificacionEntrada,
    Causa,
    GrupoComparado,
    HojaDeCalificacion,
    PuntajeEntrada,
    RevisadaEntrada,
    calificar,
    comparar_grupos,
)
from feria_inversa.expediente.documentos_vistos import (
    Casillas,
    PorPartes,
    de_documentos,
    de_quien_evalua,
    desplegar,
    los_leidos,
    verificados,
)
from feria_inversa.expediente.ficha import contexto_de
from feria_inversa.expediente.tramo import LINEAS_POR_PAGINA, Ver
from feria_inversa.ofertas import OfertaConLineas, ofertas_abiertas
from feria_inversa.ofertas.modelos import OfertaLinea
from feria_inversa.procesos import Estado, EstadoNoPermite, Metodo
from feria_inversa.procesos.modelos import Convocatoria, Item
from feria_inversa.reglas import ClaseDeMargen, margenes_vigentes
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
DE_CADA_UNA = {
    "revisadas": ("causa", "explicacion", "origen", "productor"),
    "puntajes": ("puntos",),
    "documentos": ("presente",),
}


def _en_evaluacion(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    """The process, for whoever evaluates it."""
    convocatoria = de_quien_evalua(sesion, actor, convocatoria_id)
    if convocatoria.estado != Estado.EVALUACION:
        raise EstadoNoPermite(_("Las ofertas se califican mientras la convocatoria está en evaluación."))
    return convocatoria


@router.get("/compras/{convocatoria_id}/calificacion")
def preparar(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    return _pagina(request, sesion, _en_evaluacion(sesion, actor, convocatoria_id))


def _pagina(
    request: Request, sesion: Session, convocatoria: Convocatoria, hoja: Hoja[Any] | None = None, ver: int = 0
) -> HTMLResponse:
    """Some bids, from one on; what was said of the others goes in the form."""
    ofertas = ofertas_abiertas(sesion, convocatoria)
    contexto = contexto_de(sesion, convocatoria)
    comparados = comparar_grupos(sesion, convocatoria, ofertas=ofertas)
    casillas = _casillas(convocatoria, comparados)
    ids = [abierta.oferta.id for abierta in ofertas]
    filas = de_documentos(ids, contexto["pedidos"])
    partes = PorPartes.de(
        ids, {"puntajes": casillas, "documentos": filas}, DE_CADA_UNA, renglones=1, ver=ver, hoja=hoja
    )
    assert convocatoria.publicado_en is not None
    margenes = margenes_vigentes(sesion, fecha_bolivia(convocatoria.publicado_en))
    opciones = {
        f"revisadas.*.{clase}": [
            (m.codigo, f"{m.nombre}: {m.por_ciento} %") for m in margenes if m.clase == clase
        ]
        for clase in ClaseDeMargen
    }
    nueva = CALIFICACION.mostrar(
        request,
        _valores(contexto["calificacion"], ofertas, casillas, filas)
        | (los_leidos(contexto, filas) if contexto["calificacion"] is None else {}),
        enviada=hoja,
        opciones=opciones,
    )
    vistas = {n: ofertas[n - 1] for n in partes.mostrar.numeros}
    return pagina(
        request,
        "feria_inversa/expediente/calificacion.html",
        hoja=hoja,
        ofertas=vistas,
        partes=partes,
        resto=partes.resto(nueva.valores),
        por_llenar=partes.por_llenar(nueva.valores, {"documentos": "presente", "puntajes": "puntos"}),
        casillas=casillas,
        comparados=comparados,
        lineas={abierta.oferta.id: _por_item(contexto["items"], abierta) for abierta in vistas.values()},
        en_lista=len(contexto["items"]) * len(vistas) <= LINEAS_POR_PAGINA,
        de_documentos=filas,
        por_confirmar=not all(m.confirmado for m in margenes),
        calificacion_nueva=nueva,
        **contexto,
    )


def _por_item(items: Sequence[Item], abierta: OfertaConLineas) -> list[tuple[Item, OfertaLinea]]:
    dichas = {linea.item_id: linea for linea in abierta.lineas}
    return [(item, dichas[item.id]) for item in items if item.id in dichas]


def _casillas(convocatoria: Convocatoria, comparados: Sequence[GrupoComparado]) -> Casillas:
    """The row in which the points of each bid are asked for, for what it bids whole."""
    if not Metodo(convocatoria.metodo).con_puntaje or convocatoria.dos_sobres:
        return {}  # with two envelopes they were given before the prices were known
    pares = sorted(
        (c.grupo.primero.numero, p.oferta.presentada_en, p.oferta.id)
        for c in comparados
        for p in c.propuestas
        if p.entera
    )
    return {(oferta_id, numero): n for n, (numero, _cuando, oferta_id) in enumerate(pares, start=1)}


def _valores(
    calificacion: Calificacion | None,
    ofertas: Sequence[OfertaConLineas],
    casillas: Casillas,
    filas: Casillas,
) -> dict[str, Any]:
    """What the last one said, to write the next one from it."""
    valores: dict[str, Any] = {f"revisadas.{n}.causa": SIGUE for n in range(1, len(ofertas) + 1)}
    if calificacion is None:
        return valores
    for n, abierta in enumerate(ofertas, start=1):
        revisada = calificacion.revisadas[abierta.oferta.id]
        valores[f"revisadas.{n}.causa"] = revisada.causa or SIGUE
        valores[f"revisadas.{n}.explicacion"] = revisada.explicacion
        for margen in revisada.margenes:
            valores[f"revisadas.{n}.{margen.clase}"] = margen.codigo
    hallados = {
        (oferta_id, d.numero): d.presente
        for oferta_id, r in calificacion.revisadas.items()
        for d in r.documentos
    }
    for casilla, fila in filas.items():
        valores[f"documentos.{fila}.presente"] = PRESENTE if hallados[casilla] else AUSENTE
    for casilla, fila in casillas.items():
        if (puntos := calificacion.puntos.get(casilla)) is not None:
            valores[f"puntajes.{fila}.puntos"] = puntos.numerator / Decimal(puntos.denominator)
    return valores


@router.post("/compras/{convocatoria_id}/calificacion", response_model=None)
def calificar_ofertas(
    request: Request,
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeCalificacion,
    ver: Ver = None,
) -> HTMLResponse | RedirectResponse:
    """The qualification; with `ver`, only the same form again with other bids."""
    convocatoria = _en_evaluacion(sesion, actor, convocatoria_id)
    desplegar(hoja.valores, DE_CADA_UNA)
    if ver is not None:
        return _pagina(request, sesion, convocatoria, hoja, ver)
    ofertas = ofertas_abiertas(sesion, convocatoria)
    comparados = comparar_grupos(sesion, convocatoria, ofertas=ofertas)
    pedidos = pedidos_de(sesion, convocatoria_id)
    with hoja:
        entrada = _entrada(hoja, convocatoria, ofertas, comparados, pedidos)
        if not hoja.ya_hecha:
            calificar(sesion, actor, convocatoria_id, entrada)
        return redirigir(f"/compras/{convocatoria_id}", _("La calificación quedó escrita."))
    return _pagina(request, sesion, convocatoria, hoja)


def _entrada(
    hoja: Hoja[CalificacionDePagina],
    convocatoria: Convocatoria,
    ofertas: Sequence[OfertaConLineas],
    comparados: Sequence[GrupoComparado],
    pedidos: Sequence[Pedido],
) -> CalificacionEntrada:
    dichas = dict(zip(hoja.filas("revisadas"), hoja.datos.revisadas, strict=True))
    puntos = dict(zip(hoja.filas("puntajes"), hoja.datos.puntajes, strict=True))
    documentos = verificados(hoja, de_documentos([abierta.oferta.id for abierta in ofertas], pedidos))
    items = {c.grupo.primero.numero: c.grupo.primero.id for c in comparados}
    revisadas = [
        RevisadaEntrada.model_construct(
            oferta_id=abierta.oferta.id,
            causa=None if dichas[n].causa == SIGUE else Causa(dichas[n].causa),
            explicacion=dichas[n].explicacion,
            margenes=[margen for margen in (dichas[n].origen, dichas[n].productor) if margen],
            documentos=documentos.get(abierta.oferta.id, []),
        )
        for n, abierta in enumerate(ofertas, start=1)
        if n in dichas
    ]
    siguen = {r.oferta_id for r in revisadas if r.causa is None}  # who is left out needs no points
    puntajes = [
        PuntajeEntrada.model_construct(oferta_id=oferta_id, item_id=items[numero], puntos=puntos[fila].puntos)
        for (oferta_id, numero), fila in _casillas(convocatoria, comparados).items()
        if fila in puntos and oferta_id in siguen
    ]
    return CalificacionEntrada.model_construct(
        revisadas=revisadas, puntajes=puntajes, subsanar_hasta=hoja.datos.subsanar_hasta
    )
