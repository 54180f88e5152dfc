"""Page where who evaluates qualifies the bids: who is left out and why, margins, technical points."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.evaluacion import (
    CALIFICACION,
    Calificacion,
    CalificacionDePagina,
    CalificacionEntrada,
    HojaDeCalificacion,
    PuntajeEntrada,
    RevisadaEntrada,
    calificacion_de,
    calificar,
    fila_de_puntos,
)
from feria_inversa.expediente.ficha import contexto_de
from feria_inversa.ofertas import OfertaConLineas, ofertas_abiertas
from feria_inversa.procesos import (
    ConvocatoriaNoEncontrada,
    Estado,
    EstadoNoPermite,
    Grupo,
    convocatoria_visible,
    grupos_de,
    puede_gestionar,
)
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.reglas import ClaseDeMargen, margenes_vigentes
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.lectores import en_cifras
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()


def _en_evaluacion(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    """The process, for whoever evaluates it."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    if convocatoria.estado != Estado.EVALUACION:
        raise EstadoNoPermite(_("Las ofertas se califican mientras la convocatoria está en evaluación."))
    return convocatoria


@router.get("/compras/{convocatoria_id}/calificacion")
def preparar(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    return _pagina(request, sesion, _en_evaluacion(sesion, actor, convocatoria_id))


def _pagina(
    request: Request, sesion: Session, convocatoria: Convocatoria, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    ofertas = ofertas_abiertas(sesion, convocatoria)
    assert convocatoria.publicado_en is not None
    margenes = margenes_vigentes(sesion, fecha_bolivia(convocatoria.publicado_en))
    opciones = {
        f"revisadas.*.{clase}": [
            (m.codigo, f"{m.nombre}: {m.por_ciento} %") for m in margenes if m.clase == clase
        ]
        for clase in ClaseDeMargen
    }
    return pagina(
        request,
        "feria_inversa/expediente/calificacion.html",
        hoja=hoja,
        ofertas=ofertas,
        fila_de_puntos=fila_de_puntos,
        por_confirmar=not all(m.confirmado for m in margenes),
        calificacion_nueva=CALIFICACION.mostrar(
            request,
            _valores(calificacion_de(sesion, convocatoria.id), ofertas, grupos_de(sesion, convocatoria)),
            enviada=hoja,
            opciones=opciones,
        ),
        **contexto_de(sesion, convocatoria),
    )


def _valores(
    calificacion: Calificacion | None, ofertas: Sequence[OfertaConLineas], grupos: Sequence[Grupo]
) -> dict[str, Any]:
    """What the last one said, to write the next one from it."""
    if calificacion is None:
        return {}
    valores: dict[str, Any] = {}
    for n, abierta in enumerate(ofertas, start=1):
        revisada = calificacion.revisadas[abierta.oferta.id]
        valores[f"revisadas.{n}.causa"] = revisada.causa or ""
        valores[f"revisadas.{n}.explicacion"] = revisada.explicacion
        for margen in revisada.margenes:
            valores[f"revisadas.{n}.{margen.clase}"] = margen.codigo
        for grupo in grupos:
            numero = grupo.primero.numero
            puntos = calificacion.puntos.get((abierta.oferta.id, numero))
            if puntos is not None:
                valores[f"puntajes.{fila_de_puntos(numero, n)}.puntos"] = en_cifras(
                    puntos.numerator / Decimal(puntos.denominator)
                )
    return valores


@router.post("/compras/{convocatoria_id}/calificacion", response_model=None)
def calificar_ofertas(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCalificacion
) -> HTMLResponse | RedirectResponse:
    convocatoria = _en_evaluacion(sesion, actor, convocatoria_id)
    ofertas, grupos = ofertas_abiertas(sesion, convocatoria), grupos_de(sesion, convocatoria)
    with hoja:
        calificacion = calificar(sesion, actor, convocatoria_id, _entrada(hoja, ofertas, grupos))
        aviso = _("La calificación quedó escrita: acta {}.").format(calificacion.numero)
        return redirigir(f"/compras/{convocatoria_id}", aviso)
    return _pagina(request, sesion, convocatoria, hoja)


def _entrada(
    hoja: Hoja[CalificacionDePagina], ofertas: Sequence[OfertaConLineas], grupos: Sequence[Grupo]
) -> CalificacionEntrada:
    """Each bid, also those of which the form says nothing."""
    dichas = dict(zip(hoja.filas("revisadas"), hoja.datos.revisadas, strict=True))
    puntos = dict(zip(hoja.filas("puntajes"), hoja.datos.puntajes, strict=True))
    revisadas = []
    for n, abierta in enumerate(ofertas, start=1):
        dicha = dichas.get(n)
        margenes = [m for m in (dicha.origen, dicha.productor) if m] if dicha else []
        revisadas.append(
            RevisadaEntrada(
                oferta_id=abierta.oferta.id,
                causa=dicha.causa if dicha else None,
                explicacion=dicha.explicacion if dicha else "",
                margenes=margenes,
            )
        )
    puntajes = [
        PuntajeEntrada.model_construct(
            oferta_id=abierta.oferta.id, item_id=grupo.primero.id, puntos=puntos[fila].puntos
        )
        for grupo in grupos
        for n, abierta in enumerate(ofertas, start=1)
        if (fila := fila_de_puntos(grupo.primero.numero, n)) in puntos
    ]
    return CalificacionEntrada.model_construct(revisadas=revisadas, puntajes=puntajes)
