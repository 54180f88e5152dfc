"""Pages of the entity once a call is public: open, compare, award, order, cancel."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import CON_LO_SUYO, Facultad, Unidad, tiene_facultad, unidades_en_lote
from feria_inversa.actos.modelos import Acta
from feria_inversa.apertura import ESPERAN, abrir_convocatoria
from feria_inversa.contratos import (
    SIN_EFECTO,
    Ganada,
    Historial,
    HojaDeSinEfecto,
    dejar_sin_efecto,
    emitir_ordenes,
    historiales_de,
    por_ordenar,
)
from feria_inversa.cronograma import se_programa
from feria_inversa.evaluacion import (
    ADJUDICACION,
    DESIERTO,
    AdjudicacionDePagina,
    DecisionEntrada,
    GrupoComparado,
    HojaDeAdjudicacion,
    adjudicar_o_proponer,
    causa_sabida,
    comparar_grupos,
    informar,
    leer_informe,
)
from feria_inversa.expediente.ficha import por_tramos
from feria_inversa.expediente.tramo import DECISIONES_POR_PAGINA, Desde, Numero, Ver
from feria_inversa.invitaciones import cuantas_invitadas
from feria_inversa.ofertas import ofertas_vigentes
from feria_inversa.procesos import (
    CANCELACION,
    PASO,
    Cierre,
    ConvocatoriaNoEncontrada,
    Estado,
    EstadoItem,
    Forma,
    Grupo,
    HojaDeCancelacion,
    HojaDePaso,
    Metodo,
    convocatoria_visible,
    cuenta_para_impugnar,
    grupos_de,
    llamar_otra_vez,
    oculta_nombres,
    por_llamar,
    puede_gestionar,
    se_cancela,
    siguientes_de,
)
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta import cancelar_proceso
from nucleo.actor import Actor
from nucleo.actos import Propuesto
from nucleo.bd import Sesion
from nucleo.formularios import Hoja, PaginaDeFilas, desempacar, empacar, numeros_de
from nucleo.plazos import Computo
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from nucleo.web import pagina, redirigir

router = APIRouter()
DE_CADA_DECISION = ("oferta_id", "causa", "motivo")
_SE_EVALUAN = frozenset({Estado.EVALUACION_TECNICA, Estado.EVALUACION})
PROPUESTAS_ABIERTAS = 100
"""That a page of the form of the decision shows whole; of more, that of each item that is chosen."""


def _gestionable(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    """The call, for whoever works on it; for others the management page does not exist."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    return convocatoria


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor,
    convocatoria: Convocatoria,
    hoja: Hoja[Any] | None = None,
    *,
    desde: int = 0,
    numero: int | None = None,
    abierto: int | None = None,
    ver: int = 0,
    tecnicas: int = 0,
) -> HTMLResponse:
    contexto = por_tramos(sesion, convocatoria, desde, numero, tecnicas)
    unidad_id = convocatoria.unidad_id
    evalua = tiene_facultad(sesion, actor, unidad_id, Facultad.EVALUAR, con_otros=True)
    por_calificar = _por_calificar(convocatoria, contexto)
    decide = convocatoria.estado == Estado.EVALUACION and evalua and not por_calificar
    decisiones = [c for c in comparar_grupos(sesion, convocatoria) if c.grupo.por_decidir] if decide else []
    mostrar = PaginaDeFilas.de(
        {c.grupo.primero.numero: c for c in decisiones},
        DECISIONES_POR_PAGINA,
        ver,
        [abierto] if abierto is not None else numeros_de(hoja.errores if hoja else (), "decisiones"),
    )
    caben = sum(len(c.propuestas) for c in mostrar.vistas) <= PROPUESTAS_ABIERTAS
    adjudicacion = ADJUDICACION.mostrar(request, _recomendada(contexto["informe"], decisiones), enviada=hoja)
    sin_orden = por_ordenar(sesion, convocatoria.id) if _se_resolvio(convocatoria) else []
    impugnacion = cuenta_para_impugnar(sesion, convocatoria)
    return pagina(
        request,
        "feria_inversa/expediente/gestion.html",
        hoja=hoja,
        puede_comprar=tiene_facultad(sesion, actor, unidad_id, Facultad.COMPRAR),
        puede_cancelar=tiene_facultad(sesion, actor, unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO),
        puede_evaluar=evalua,
        decisiones=mostrar,
        abierto=abierto,
        caben=caben,
        por_abrir=convocatoria.estado in ESPERAN
        or (convocatoria.estado == Estado.PUBLICADO and not contexto["abierta"]),
        invitadas=cuantas_invitadas(sesion, convocatoria.id) if contexto["abierta"] else 0,
        programable=se_programa(convocatoria),
        cancelable=se_cancela(convocatoria),
        paso=PASO.mostrar(request, enviada=hoja),
        impugnacion=impugnacion,
        desde_cuando=_desde_cuando(sesion, convocatoria, impugnacion),
        por_ordenar=sin_orden if convocatoria.estado == Estado.RESUELTO else [],
        sin_efecto=SIN_EFECTO.mostrar(request, enviada=hoja, opciones={"item_id": caen})
        if (caen := _grupos_de(contexto["tramo"].grupos, sin_orden))
        else None,
        adjudicacion=adjudicacion,
        resto=empacar(adjudicacion.valores, "decisiones", DE_CADA_DECISION, mostrar.resto),
        sin_elegir=[n for n in mostrar.resto if not adjudicacion.valores.get(f"decisiones.{n}.oferta_id")],
        oferentes=_quienes(sesion, convocatoria) if convocatoria.estado in _SE_EVALUAN else [],
        por_calificar=por_calificar,
        informa=contexto["informe"] is None and actor.persona_id in contexto["evaluan"],
        cancelacion=CANCELACION.mostrar(request, enviada=hoja),
        por_llamar=por_llamar(sesion, convocatoria),
        borradores=[s for s in siguientes_de(sesion, convocatoria.id, borradores=True) if s.cuce is None],
        **contexto,
    )


def _por_calificar(convocatoria: Convocatoria, contexto: Mapping[str, Any]) -> bool:
    """Whether nothing can be awarded yet, of bids that nobody looked at."""
    se_califica = convocatoria.metodo != Metodo.PRECIO or contexto["pedidos"]
    hay = contexto["acta"] is not None and contexto["acta"].ofertas > 0
    return bool(se_califica and hay and contexto["calificacion"] is None)


def _desde_cuando(
    sesion: Session, convocatoria: Convocatoria, impugnacion: Computo | None
) -> datetime | None:
    """From when what was deserted is called again, while a confirmed term to contest it runs."""
    if convocatoria.estado != Estado.RESUELTO or impugnacion is None or not impugnacion.plazo.confirmado:
        return None
    return None if impugnacion.vencio(ahora_bd(sesion)) else impugnacion.vence_en


def _quienes(sesion: Session, convocatoria: Convocatoria) -> list[tuple[Unidad, Historial]]:
    """Who bid, each with its record, once; nobody while names are hidden."""
    if oculta_nombres(convocatoria):
        return []
    ids = [oferta.unidad_id for oferta in ofertas_vigentes(sesion, convocatoria.id)]
    unidades = unidades_en_lote(sesion, ids)
    historiales = historiales_de(sesion, unidades)
    return [(unidad, historiales[id_]) for id_, unidad in unidades.items()]


def _se_resolvio(convocatoria: Convocatoria) -> bool:
    """Whether it has awards that may be ordered or fall."""
    return convocatoria.items_adjudicados > 0 and convocatoria.estado in {Estado.RESUELTO, Estado.EVALUACION}


def _grupos_de(grupos: Sequence[Grupo], sin_orden: Sequence[Ganada]) -> list[tuple[UUID, str]]:
    """What was awarded at once and is in no order, by the first of its items."""
    suyos = {ganada.item.id for ganada in sin_orden}
    return [(grupo.primero.id, grupo.titulo) for grupo in grupos if grupo.primero.id in suyos]


def _recomendada(informe: Acta | None, comparados: Sequence[GrupoComparado]) -> dict[str, str]:
    """What the form begins with: what those who evaluate recommend or, without a report, the lowest price."""
    propuesta = _propuesta(comparados)
    for dicho in leer_informe(informe)["recomendaciones"] if informe is not None else ():
        fila = f"decisiones.{dicho['item']}"
        propuesta |= {
            f"{fila}.oferta_id": dicho["oferta_id"] or DESIERTO,
            f"{fila}.causa": dicho.get("causa") or "",
            f"{fila}.motivo": dicho["motivo"],
        }
    return propuesta


def _propuesta(comparados: Sequence[GrupoComparado]) -> dict[str, str]:
    """What the form proposes: the lowest price that may be awarded; desierto is for somebody to say, and the
    cause and the reason that nobody doubts are written.
    """
    propuesta: dict[str, str] = {}
    for c in (c for c in comparados if c.grupo.por_decidir):
        fila = f"decisiones.{c.grupo.primero.numero}"
        if (causa := causa_sabida(c)) is not None:
            propuesta[f"{fila}.causa"] = causa
        elegida = next((p for p in c.propuestas if p.adjudicable), None)
        if elegida is not None:
            propuesta[f"{fila}.oferta_id"] = str(elegida.oferta.id)
        elif not c.propuestas:
            propuesta[f"{fila}.motivo"] = (
                _("Nadie ofertó este ítem.")
                if c.grupo.forma == Forma.ITEM
                else _("{}: nadie lo ofertó.").format(c.grupo.nombre)
            )
        elif all(p.supera_referencia for p in c.propuestas):
            propuesta[f"{fila}.motivo"] = _("Las propuestas económicas superaron el precio referencial.")
    return propuesta


@router.get("/compras/{convocatoria_id}", response_model=None)
def gestion(
    request: Request,
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    desde: Desde = 0,
    item: Numero = None,
    tecnicas: Desde = 0,
) -> HTMLResponse | RedirectResponse:
    """Where a call stands and the act that comes next."""
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    if convocatoria.estado == Estado.BORRADOR:
        return redirigir(f"/compras/{convocatoria_id}/items")
    return _pagina(request, sesion, actor, convocatoria, desde=desde, numero=item, tecnicas=tecnicas)


@router.post("/compras/{convocatoria_id}/apertura", response_model=None)
def abrir(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> HTMLResponse | RedirectResponse:
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    with hoja:
        acta = abrir_convocatoria(sesion, actor, convocatoria_id)
        cuantas = ngettext("Se abrió {} sobre.", "Se abrieron {} sobres.", acta.ofertas).format(acta.ofertas)
        return redirigir(f"/compras/{convocatoria_id}", cuantas)
    return _pagina(request, sesion, actor, convocatoria, hoja)


@router.post("/compras/{convocatoria_id}/adjudicacion", response_model=None)
def adjudicar_items(
    request: Request,
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeAdjudicacion,
    abierto: Numero = None,
    ver: Ver = None,
) -> HTMLResponse | RedirectResponse:
    """The decision; only the same form again, with `abierto` every bid for that item, with `ver` others."""
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    desempacar(hoja.valores, "decisiones", DE_CADA_DECISION)
    if abierto is not None or ver is not None:
        return _pagina(request, sesion, actor, convocatoria, hoja, abierto=abierto, ver=ver or 0)
    with hoja:
        decisiones = _decisiones(hoja, grupos_de(sesion, convocatoria))
        hecho = adjudicar_o_proponer(sesion, actor, convocatoria_id, decisiones)
        if isinstance(hecho, Propuesto):
            return redirigir(hecho.url, _("Usted firmó la decisión. Vale cuando firmen los demás."))
        return redirigir(f"/compras/{convocatoria_id}", _("La decisión quedó registrada."))
    return _pagina(request, sesion, actor, convocatoria, hoja)


@router.post("/compras/{convocatoria_id}/informe", response_model=None)
def informar_evaluacion(
    request: Request,
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeAdjudicacion,
    abierto: Numero = None,
    ver: Ver = None,
) -> HTMLResponse | RedirectResponse:
    """Who evaluates signs what they recommend; with others, it waits for theirs. Form again: as above."""
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    desempacar(hoja.valores, "decisiones", DE_CADA_DECISION)
    if abierto is not None or ver is not None:
        return _pagina(request, sesion, actor, convocatoria, hoja, abierto=abierto, ver=ver or 0)
    with hoja:
        hecho = informar(sesion, actor, convocatoria_id, _decisiones(hoja, grupos_de(sesion, convocatoria)))
        if isinstance(hecho, Propuesto):
            return redirigir(hecho.url, _("Usted firmó el informe. Vale cuando firmen los demás."))
        return redirigir(f"/compras/{convocatoria_id}", _("El informe quedó firmado."))
    return _pagina(request, sesion, actor, convocatoria, hoja)


def _decisiones(hoja: Hoja[AdjudicacionDePagina], grupos: Sequence[Grupo]) -> list[DecisionEntrada]:
    """The rows of the form go by the number of the first item of what is awarded at once; one that is not
    there is left to the use case to miss.
    """
    items = {grupo.primero.numero: grupo.primero.id for grupo in grupos}
    return [
        DecisionEntrada(
            item_id=items[numero],
            oferta_id=decision.oferta_id if isinstance(decision.oferta_id, UUID) else None,
            causa=decision.causa if decision.oferta_id == DESIERTO else None,
            motivo=decision.motivo,
        )
        for numero, decision in zip(hoja.filas("decisiones"), hoja.datos.decisiones, strict=True)
        if numero in items
    ]


@router.post("/compras/{convocatoria_id}/ordenes", response_model=None)
def ordenar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> HTMLResponse | RedirectResponse:
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    with hoja:
        ordenes = emitir_ordenes(sesion, actor, convocatoria_id)
        cuantas = ngettext(
            "Se emitió {} orden de compra.", "Se emitieron {} órdenes de compra.", len(ordenes)
        )
        return redirigir(f"/compras/{convocatoria_id}", cuantas.format(len(ordenes)))
    return _pagina(request, sesion, actor, convocatoria, hoja)


@router.post("/compras/{convocatoria_id}/sin-efecto", response_model=None)
def anular_adjudicacion(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeSinEfecto
) -> HTMLResponse | RedirectResponse:
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    with hoja:
        datos = hoja.datos
        causa = EstadoItem(datos.causa)
        dejar_sin_efecto(sesion, actor, convocatoria_id, datos.item_id, causa, datos.explicacion)
        return redirigir(f"/compras/{convocatoria_id}", _("Quedó sin efecto: decida el ítem."))
    return _pagina(request, sesion, actor, convocatoria, hoja)


@router.post("/compras/{convocatoria_id}/cancelacion", response_model=None)
def cancelar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCancelacion
) -> HTMLResponse | RedirectResponse:
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    with hoja:
        cierre = hoja.datos.cierre
        cancelar_proceso(sesion, actor, convocatoria_id, hoja.datos.motivo, cierre)
        dicho = _("Anuló la convocatoria.") if cierre == Cierre.ANULA else _("Canceló la convocatoria.")
        return redirigir(f"/compras/{convocatoria_id}", dicho)
    return _pagina(request, sesion, actor, convocatoria, hoja)


@router.post("/compras/{convocatoria_id}/siguientes", response_model=None)
def volver_a_convocar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> HTMLResponse | RedirectResponse:
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    with hoja:
        siguiente = llamar_otra_vez(sesion, actor, convocatoria_id, hoja.id)
        return redirigir(f"/compras/{siguiente.id}/items", _("Revise el borrador y publíquelo."))
    return _pagina(request, sesion, actor, convocatoria, hoja)
