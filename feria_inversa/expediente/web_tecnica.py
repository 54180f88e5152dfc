"""Page where who evaluates says who passes by the technical part, with two envelopes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.apertura import PropuestaTecnica
from feria_inversa.documentos import Pedido, pedidos_de
from feria_inversa.evaluacion import (
    PRESENTE,
    SIGUE,
    TECNICA,
    CalificacionTecnicaDePagina,
    CalificacionTecnicaEntrada,
    Causa,
    HojaDeTecnica,
    RevisadaTecnicaEntrada,
    VerificadoEntrada,
    calificar_tecnica,
)
from feria_inversa.expediente.ficha import contexto_de
from feria_inversa.ofertas import ofertas_vigentes, traidos_de
from feria_inversa.procesos import (
    ConvocatoriaNoEncontrada,
    Estado,
    EstadoNoPermite,
    convocatoria_visible,
    puede_gestionar,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
FILAS_MAXIMAS = 500
"""What a form holds; a larger qualification comes by the API."""


def _en_tecnica(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    """The process, for whoever evaluates it."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    if convocatoria.estado != Estado.EVALUACION_TECNICA:
        raise EstadoNoPermite(_("La parte técnica se califica entre los dos actos de apertura, una vez."))
    return convocatoria


@router.get("/compras/{convocatoria_id}/calificacion-tecnica")
def preparar(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    return _pagina(request, sesion, _en_tecnica(sesion, actor, convocatoria_id))


@router.post("/compras/{convocatoria_id}/calificacion-tecnica", response_model=None)
def calificar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeTecnica
) -> HTMLResponse | RedirectResponse:
    convocatoria = _en_tecnica(sesion, actor, convocatoria_id)
    ids = [oferta.id for oferta in ofertas_vigentes(sesion, convocatoria_id)]
    pedidos = pedidos_de(sesion, convocatoria_id)
    with hoja:
        calificar_tecnica(sesion, actor, convocatoria_id, _entrada(hoja, ids, pedidos))
        return redirigir(f"/compras/{convocatoria_id}", _("La calificación técnica quedó escrita."))
    return _pagina(request, sesion, convocatoria, hoja)


def _pagina(
    request: Request, sesion: Session, convocatoria: Convocatoria, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    contexto = contexto_de(sesion, convocatoria)
    ofertas: Sequence[PropuestaTecnica] = contexto["tecnica"].detalle
    filas = _de_documentos([o.oferta_id for o in ofertas], contexto["pedidos"])
    valores = {f"revisadas.{n}.causa": SIGUE for n in range(1, len(ofertas) + 1)}
    for oferta_id, suyos in traidos_de(sesion, convocatoria).items():
        for traido in suyos:
            if traido.leido_id and (oferta_id, traido.numero) in filas:
                valores[f"documentos.{filas[oferta_id, traido.numero]}.presente"] = PRESENTE
    return pagina(
        request,
        "feria_inversa/expediente/calificacion_tecnica.html",
        hoja=hoja,
        ofertas=ofertas,
        de_documentos=filas,
        caben=len(ofertas) * max(1, len(contexto["pedidos"])) <= FILAS_MAXIMAS,
        tecnica_nueva=TECNICA.mostrar(request, valores, enviada=hoja),
        **contexto,
    )


def _de_documentos(ofertas: Sequence[UUID], pedidos: Sequence[Pedido]) -> dict[tuple[UUID, int], int]:
    """The row in which it is asked of each bid whether it brings each document."""
    pares = ((oferta_id, pedido.numero) for oferta_id in ofertas for pedido in pedidos)
    return {par: n for n, par in enumerate(pares, start=1)}


def _entrada(
    hoja: Hoja[CalificacionTecnicaDePagina], ids: Sequence[UUID], pedidos: Sequence[Pedido]
) -> CalificacionTecnicaEntrada:
    """A row that is not there is left to the use case to miss."""
    dichas = dict(zip(hoja.filas("revisadas"), hoja.datos.revisadas, strict=True))
    documentos = dict(zip(hoja.filas("documentos"), hoja.datos.documentos, strict=True))
    verificados: dict[UUID, list[VerificadoEntrada]] = {}
    for (oferta_id, numero), fila in _de_documentos(ids, pedidos).items():
        if fila in documentos:
            presente = documentos[fila].presente == PRESENTE
            dicho = VerificadoEntrada.model_construct(numero=numero, presente=presente)
            verificados.setdefault(oferta_id, []).append(dicho)
    return CalificacionTecnicaEntrada.model_construct(
        revisadas=[
            RevisadaTecnicaEntrada.model_construct(
                oferta_id=oferta_id,
                causa=None if dichas[n].causa == SIGUE else Causa(dichas[n].causa),
                explicacion=dichas[n].explicacion,
                puntos=dichas[n].puntos,
                documentos=verificados.get(oferta_id, []),
            )
            for n, oferta_id in enumerate(ids, start=1)
            if n in dichas
        ]
    )
