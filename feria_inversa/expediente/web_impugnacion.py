"""Pages of an appeal: who bid presents it on the page of the need; the entity resolves it on its own."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import CON_LO_SUYO, Facultad, tiene_facultad, unidades_de
from feria_inversa.alertas import enlaces_de
from feria_inversa.designaciones import avisos_de
from feria_inversa.evaluacion import adjudicaciones_de
from feria_inversa.expediente.ficha import contexto_de, por_tramos
from feria_inversa.impugnacion import (
    IMPUGNACION,
    RESOLUCION,
    EstadoImpugnacion,
    HojaDeImpugnacion,
    HojaDeResolucion,
    decidieron,
    impugnaciones_de,
    impugnar,
    resolver_impugnacion,
    retirar_impugnacion,
)
from feria_inversa.ofertas import oferentes_de, siguiente_paso
from feria_inversa.procesos import (
    PASO,
    ConvocatoriaNoEncontrada,
    Estado,
    HojaDePaso,
    convocatoria_visible,
    cuenta_para_impugnar,
    puede_gestionar,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()


def pagina_de_necesidad(
    request: Request,
    sesion: Session,
    actor: Actor | None,
    convocatoria: Convocatoria,
    hoja: Hoja[Any] | None = None,
    *,
    desde: int = 0,
    numero: int | None = None,
    tecnicas: int = 0,
) -> HTMLResponse:
    """Everything public about a need, and what this visitor can do next."""
    contexto = por_tramos(sesion, convocatoria, desde, numero, tecnicas)
    suyas = _unidades_que_ofertaron(sesion, actor, convocatoria) if contexto["acta"] else {}
    computo = cuenta_para_impugnar(sesion, convocatoria) if suyas else None
    en_plazo = computo is not None and not computo.vencio(ahora_bd(sesion))
    decididas = adjudicaciones_de(sesion, convocatoria.id) if en_plazo else {}
    impugnables = [
        grupo
        for grupo in contexto["grupos"]
        if (decision := decididas.get(grupo.primero.id)) and suyas.keys() - {decision.proveedor_id}
    ]
    impugna = en_plazo and impugnables and convocatoria.estado in {Estado.RESUELTO, Estado.IMPUGNADO}
    return pagina(
        request,
        "feria_inversa/expediente/necesidad.html",
        hoja=hoja,
        paso=siguiente_paso(sesion, actor, convocatoria),
        alertas=enlaces_de(
            entidad=(convocatoria.unidad_id, contexto["entidad"].nombre),
            familias=sorted({item.unspsc[:4] for item in contexto["items"] if item.unspsc}),
        ),
        retiro=PASO.mostrar(request, enviada=hoja),
        retirables=set(suyas),
        avisos_de_papeles=avisos_de(sesion, convocatoria.unidad_id, convocatoria.id)
        if convocatoria.publicado_en
        else [],
        plazo_de_impugnacion=computo if impugna else None,
        impugnacion=IMPUGNACION.mostrar(
            request,
            enviada=hoja,
            opciones={
                "unidad_id": [(str(id_), nombre) for id_, nombre in suyas.items()],
                "item_id": [(str(g.primero.id), g.titulo) for g in impugnables],
            },
        )
        if impugna
        else None,
        **contexto,
    )


def _unidades_que_ofertaron(
    sesion: Session, actor: Actor | None, convocatoria: Convocatoria
) -> dict[UUID, str]:
    if actor is None:
        return {}
    oferentes = set(oferentes_de(sesion, convocatoria.id))
    suyas = unidades_de(sesion, actor, Facultad.OFERTAR, estados=CON_LO_SUYO)
    return {u.id: u.nombre for u in suyas if u.id in oferentes}


@router.post("/feria/{convocatoria_id}/impugnaciones", response_model=None)
def presentar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeImpugnacion
) -> HTMLResponse | RedirectResponse:
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    with hoja:
        datos = hoja.datos
        impugnar(sesion, actor, convocatoria_id, datos.item_id, datos.unidad_id, datos.motivo)
        aviso = _("Presentó la impugnación: el proceso se detiene hasta que se resuelva.")
        return redirigir(f"/feria/{convocatoria_id}", aviso)
    return pagina_de_necesidad(request, sesion, actor, convocatoria, hoja)


@router.post("/feria/{convocatoria_id}/impugnaciones/{impugnacion_id}/retiro", response_model=None)
def retirar(
    request: Request,
    convocatoria_id: UUID,
    impugnacion_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDePaso,
) -> HTMLResponse | RedirectResponse:
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    with hoja:
        retirar_impugnacion(sesion, actor, impugnacion_id)
        return redirigir(f"/feria/{convocatoria_id}", _("Retiró la impugnación."))
    return pagina_de_necesidad(request, sesion, actor, convocatoria, hoja)


@router.get("/compras/{convocatoria_id}/impugnaciones")
def por_resolver(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido
) -> HTMLResponse:
    """The appeals of a process, for who resolves them."""
    return _pagina(request, sesion, actor, convocatoria_id)


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor,
    convocatoria_id: UUID,
    hoja: Hoja[Any] | None = None,
    de: UUID | None = None,
) -> HTMLResponse:
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    resuelve = tiene_facultad(
        sesion, actor, convocatoria.unidad_id, Facultad.ADMINISTRAR, estados=CON_LO_SUYO
    )
    decidio = resuelve and actor.persona_id in decidieron(sesion, convocatoria)
    esperan = [
        i
        for i in impugnaciones_de(sesion, convocatoria_id)
        if resuelve and not decidio and i.estado == EstadoImpugnacion.PRESENTADA
    ]
    return pagina(
        request,
        "feria_inversa/expediente/impugnaciones.html",
        hoja=hoja,
        decidio=decidio,
        resoluciones={
            i.id: RESOLUCION.mostrar(request, enviada=hoja if i.id == de else None, de=str(i.id))
            for i in esperan
        },
        **contexto_de(sesion, convocatoria),
    )


def _gestionable(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    return convocatoria


@router.post("/compras/{convocatoria_id}/impugnaciones/{impugnacion_id}/resolucion", response_model=None)
def resolver(
    request: Request,
    convocatoria_id: UUID,
    impugnacion_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeResolucion,
) -> HTMLResponse | RedirectResponse:
    _gestionable(sesion, actor, convocatoria_id)
    with hoja:
        datos = hoja.datos
        resolver_impugnacion(
            sesion, actor, impugnacion_id, EstadoImpugnacion(datos.decision), datos.fundamento
        )
        return redirigir(f"/compras/{convocatoria_id}", _("La impugnación quedó resuelta."))
    return _pagina(request, sesion, actor, convocatoria_id, hoja, impugnacion_id)
