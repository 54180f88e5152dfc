"""Page where who evaluates says who passes by the technical part, with two envelopes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from feria_inversa.apertura import ActaTecnica, acta_tecnica_de
from feria_inversa.documentos import Pedido, pedidos_de
from feria_inversa.evaluacion import (
    SIGUE,
    TECNICA,
    CalificacionTecnicaDePagina,
    CalificacionTecnicaEntrada,
    Causa,
    HojaDeTecnica,
    RevisadaTecnicaEntrada,
    calificar_tecnica,
)
from feria_inversa.expediente.documentos_vistos import (
    PorPartes,
    de_documentos,
    de_quien_evalua,
    desplegar,
    los_leidos,
    verificados,
)
from feria_inversa.expediente.ficha import contexto_de
from feria_inversa.expediente.tramo import Ver
from feria_inversa.procesos import Estado, EstadoNoPermite
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.actos import Propuesto
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
DE_CADA_UNA = {"revisadas": ("causa", "explicacion", "puntos"), "documentos": ("presente",)}


def _en_tecnica(
    sesion: Session, actor: Actor, convocatoria_id: UUID, *, o_despues: bool = False
) -> Convocatoria:
    """The process, for whoever evaluates it."""
    convocatoria = de_quien_evalua(sesion, actor, convocatoria_id)
    abierta = o_despues and convocatoria.tecnica_en is not None
    if convocatoria.estado != Estado.EVALUACION_TECNICA and not abierta:
        raise EstadoNoPermite(_("La parte técnica se califica entre los dos actos de apertura, una vez."))
    return convocatoria


@router.get("/compras/{convocatoria_id}/calificacion-tecnica")
def preparar(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    return _pagina(request, sesion, _en_tecnica(sesion, actor, convocatoria_id))


@router.post("/compras/{convocatoria_id}/calificacion-tecnica", response_model=None)
def calificar(
    request: Request,
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeTecnica,
    ver: Ver = None,
) -> HTMLResponse | RedirectResponse:
    """The qualification; with `ver`, only the same form again with other bids."""
    convocatoria = _en_tecnica(sesion, actor, convocatoria_id, o_despues=True)  # who pressed twice
    desplegar(hoja.valores, DE_CADA_UNA)
    if ver is not None:
        return _pagina(request, sesion, convocatoria, hoja, ver)
    ids = [oferta.oferta_id for oferta in _acta(sesion, convocatoria).detalle]
    pedidos = pedidos_de(sesion, convocatoria_id)
    with hoja:
        hecho = calificar_tecnica(sesion, actor, convocatoria_id, _entrada(hoja, ids, pedidos))
        if isinstance(hecho, Propuesto):
            return redirigir(hecho.url, _("Usted firmó la calificación. Vale cuando firmen los demás."))
        return redirigir(f"/compras/{convocatoria_id}", _("La calificación técnica quedó escrita."))
    return _pagina(request, sesion, convocatoria, hoja)


def _pagina(
    request: Request, sesion: Session, convocatoria: Convocatoria, hoja: Hoja[Any] | None = None, ver: int = 0
) -> HTMLResponse:
    """Some bids, from one on; what was said of the others goes in the form."""
    contexto = contexto_de(sesion, convocatoria)
    ofertas = _acta(sesion, convocatoria).detalle
    ids = [o.oferta_id for o in ofertas]
    filas = de_documentos(ids, contexto["pedidos"])
    partes = PorPartes.de(
        ids, {"documentos": filas}, DE_CADA_UNA, renglones=len(contexto["items"]), ver=ver, hoja=hoja
    )
    siguen = {f"revisadas.{n}.causa": SIGUE for n in range(1, len(ofertas) + 1)}
    nueva = TECNICA.mostrar(request, siguen | los_leidos(contexto, filas), enviada=hoja)
    return pagina(
        request,
        "feria_inversa/expediente/calificacion_tecnica.html",
        hoja=hoja,
        ofertas={n: ofertas[n - 1] for n in partes.mostrar.numeros},
        partes=partes,
        resto=partes.resto(nueva.valores),
        por_llenar=partes.por_llenar(nueva.valores, {"documentos": "presente", "revisadas": "puntos"}),
        de_documentos=filas,
        tecnica_nueva=nueva,
        **contexto,
    )


def _acta(sesion: Session, convocatoria: Convocatoria) -> ActaTecnica:
    acta = acta_tecnica_de(sesion, convocatoria)
    assert acta is not None
    return acta


def _entrada(
    hoja: Hoja[CalificacionTecnicaDePagina], ids: Sequence[UUID], pedidos: Sequence[Pedido]
) -> CalificacionTecnicaEntrada:
    dichas = dict(zip(hoja.filas("revisadas"), hoja.datos.revisadas, strict=True))
    documentos = verificados(hoja, de_documentos(ids, pedidos))
    return CalificacionTecnicaEntrada.model_construct(
        revisadas=[
            RevisadaTecnicaEntrada.model_construct(
                oferta_id=oferta_id,
                causa=None if dichas[n].causa == SIGUE else Causa(dichas[n].causa),
                explicacion=dichas[n].explicacion,
                puntos=dichas[n].puntos,
                documentos=documentos.get(oferta_id, []),
            )
            for n, oferta_id in enumerate(ids, start=1)
            if n in dichas
        ]
    )
