"""Pages of the entity once a call is public: open, compare, award, order, cancel."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import Facultad, tiene_facultad
from feria_inversa.adjudicacion import adjudicar, emitir_ordenes
from feria_inversa.apertura import abrir_convocatoria
from feria_inversa.consultas import ItemComparado, comparar, convocatoria_visible, puede_gestionar
from feria_inversa.convocatorias import cancelar_convocatoria
from feria_inversa.errores import ConvocatoriaNoEncontrada
from feria_inversa.esquemas import DecisionEntrada
from feria_inversa.estados import CANCELABLES, Estado
from feria_inversa.ficha import contexto_de
from feria_inversa.formularios import Formulario, Lector, errores_de
from feria_inversa.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import Conflicto, DatosInvalidos
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from nucleo.web import pagina, redirigir

router = APIRouter()
DESIERTO = "desierto"


def _gestionable(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    """The call, for whoever works on it; for others the management page does not exist."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    return convocatoria


def _pagina(
    request: Request, sesion: Session, actor: Actor, convocatoria: Convocatoria, **extra: Any
) -> HTMLResponse:
    contexto = contexto_de(sesion, convocatoria)
    unidad_id = convocatoria.unidad_id
    esperando = convocatoria.estado == Estado.RECEPCION_CERRADA
    extra.setdefault("errores", {})
    extra.setdefault("valores", _propuesta(contexto["comparados"]))
    return pagina(
        request,
        "feria_inversa/gestion.html",
        422 if extra["errores"] else 200,
        puede_comprar=tiene_facultad(sesion, actor, unidad_id, Facultad.COMPRAR),
        puede_evaluar=tiene_facultad(sesion, actor, unidad_id, Facultad.EVALUAR),
        por_abrir=esperando or (convocatoria.estado == Estado.PUBLICADO and not contexto["abierta"]),
        cancelable=convocatoria.estado in CANCELABLES and convocatoria.estado != Estado.BORRADOR,
        **contexto,
        **extra,
    )


def _propuesta(comparados: Sequence[ItemComparado]) -> dict[str, str]:
    """What the form proposes: the lowest price of each item, or desierto where nobody bid."""
    return {
        f"decision_{c.item.numero}": str(c.lineas[0].oferta.id) if c.lineas else DESIERTO for c in comparados
    } | {f"motivo_{c.item.numero}": _("Nadie ofertó este ítem.") for c in comparados if not c.lineas}


@router.get("/compras/{convocatoria_id}", response_model=None)
def gestion(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido
) -> HTMLResponse | RedirectResponse:
    """Where a call stands and the act that comes next."""
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    if convocatoria.estado == Estado.BORRADOR:
        return redirigir(f"/compras/{convocatoria_id}/items")
    return _pagina(request, sesion, actor, convocatoria)


@router.post("/compras/{convocatoria_id}/apertura")
def abrir(convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido) -> RedirectResponse:
    acta = abrir_convocatoria(sesion, actor, convocatoria_id)
    cuantas = ngettext("Se abrió {} sobre.", "Se abrieron {} sobres.", acta.ofertas).format(acta.ofertas)
    return redirigir(f"/compras/{convocatoria_id}", cuantas)


def _leer_decisiones(datos: Mapping[str, str], comparados: Sequence[ItemComparado]) -> list[DecisionEntrada]:
    lector = Lector(datos)
    decisiones = []
    for comparado in comparados:
        numero = comparado.item.numero
        campo = f"decision_{numero}"
        validas = {str(linea.oferta.id) for linea in comparado.lineas} | {DESIERTO}
        elegida = lector.eleccion(campo, validas, _("Ítem {}: elija una oferta o desierto.").format(numero))
        motivo = lector.texto(f"motivo_{numero}", maximo=1000)
        if elegida in validas and len(motivo) <= 1000:
            oferta_id = None if elegida == DESIERTO else UUID(elegida)
            decisiones.append(DecisionEntrada(item_id=comparado.item.id, oferta_id=oferta_id, motivo=motivo))
    lector.terminar()
    return decisiones


@router.post("/compras/{convocatoria_id}/adjudicacion", response_model=None)
def adjudicar_items(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, datos: Formulario
) -> HTMLResponse | RedirectResponse:
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    try:
        decisiones = _leer_decisiones(datos, comparar(sesion, convocatoria))
        adjudicar(sesion, actor, convocatoria_id, decisiones)
    except DatosInvalidos as error:
        sesion.rollback()
        return _pagina(request, sesion, actor, convocatoria, valores=datos, errores=errores_de(error))
    return redirigir(f"/compras/{convocatoria_id}", _("La decisión quedó registrada."))


@router.post("/compras/{convocatoria_id}/ordenes", response_model=None)
def ordenar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido
) -> HTMLResponse | RedirectResponse:
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    try:
        ordenes = emitir_ordenes(sesion, actor, convocatoria_id)
    except Conflicto as error:
        sesion.rollback()
        return _pagina(request, sesion, actor, convocatoria, errores=errores_de(error))
    cuantas = ngettext("Se emitió {} orden de compra.", "Se emitieron {} órdenes de compra.", len(ordenes))
    return redirigir(f"/compras/{convocatoria_id}", cuantas.format(len(ordenes)))


@router.post("/compras/{convocatoria_id}/cancelacion", response_model=None)
def cancelar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, datos: Formulario
) -> HTMLResponse | RedirectResponse:
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    motivo = Lector(datos).texto("motivo", maximo=1000)
    try:
        cancelar_convocatoria(sesion, actor, convocatoria_id, motivo)
    except DatosInvalidos as error:
        sesion.rollback()
        return _pagina(
            request, sesion, actor, convocatoria, errores=errores_de(error), motivo_cancelacion=motivo
        )
    return redirigir(f"/compras/{convocatoria_id}", _("Canceló la convocatoria."))
