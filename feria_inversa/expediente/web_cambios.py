"""Pages by which the entity changes what it published: amend, extend, suspend, resume."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import Facultad, tiene_facultad
from feria_inversa.expediente.ficha import contexto_de
from feria_inversa.precios import cantidad
from feria_inversa.procesos import (
    AMPLIAR,
    ENMENDAR,
    ENMENDAR_ITEM,
    SUSPENDER,
    VOLVER_A_RECIBIR,
    ConvocatoriaNoEncontrada,
    EnmiendaEntrada,
    Estado,
    HojaDeAmpliacion,
    HojaDeEnmienda,
    HojaDeEnmiendaDeItem,
    HojaDeReanudacion,
    HojaDeSuspension,
    ItemEntrada,
    ampliar,
    convocatoria_visible,
    enmendar,
    items_de,
    lotes_de,
    opciones_de_lote,
    puede_gestionar,
    reanudar_recepcion,
    suspender,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.lectores import Entero, leer_entero
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
CAMBIOS = "/compras/{convocatoria_id}/cambios"


def _gestionable(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    return convocatoria


@router.get(CAMBIOS)
def cambios(
    request: Request,
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    item: Entero | None = None,
) -> HTMLResponse:
    """How a published call changed, and the forms to change it: `item`, or one more if it is 0."""
    return _pagina(request, sesion, actor, convocatoria_id, numero=item)


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor,
    convocatoria_id: UUID,
    hoja: Hoja[Any] | None = None,
    *,
    numero: int | None = None,
    por_publicar: Sequence[tuple[str, str, str]] = (),
) -> HTMLResponse:
    convocatoria = _gestionable(sesion, actor, convocatoria_id)
    contexto = contexto_de(sesion, convocatoria)
    puede = tiene_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    elegido = next((i for i in contexto["items"] if i.numero == numero), None)
    return pagina(
        request,
        "feria_inversa/expediente/cambios.html",
        hoja=hoja,
        cambia=puede and contexto["abierta"],
        reanuda=puede and convocatoria.estado == Estado.SUSPENDIDO,
        enmienda=ENMENDAR.mostrar(
            request, ENMENDAR.valores_de(convocatoria) | {"vence_en": ""}, enviada=hoja, de="texto"
        ),
        enmienda_de_item=ENMENDAR_ITEM.mostrar(
            request,
            ENMENDAR_ITEM.valores_de(elegido) if elegido is not None else {"numero": 0},
            enviada=hoja,
            de="item",
            opciones={"lote": opciones_de_lote(lotes_de(sesion, convocatoria_id))},
        )
        if elegido is not None or numero == 0
        else None,
        por_publicar=por_publicar,
        ampliacion=AMPLIAR.mostrar(request, enviada=hoja, de="plazo"),
        suspension=SUSPENDER.mostrar(request, enviada=hoja, de="suspension"),
        reanudacion=VOLVER_A_RECIBIR.mostrar(request, enviada=hoja),
        **contexto,
    )


def _hecho(convocatoria_id: UUID, aviso: str) -> RedirectResponse:
    return redirigir(f"/compras/{convocatoria_id}/cambios", aviso)


@router.post("/compras/{convocatoria_id}/enmiendas", response_model=None)
def enmendar_texto(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeEnmienda
) -> HTMLResponse | RedirectResponse:
    _gestionable(sesion, actor, convocatoria_id)
    with hoja:
        datos = EnmiendaEntrada.model_construct(**hoja.datos.model_dump())
        enmendar(sesion, actor, convocatoria_id, datos)
        return _hecho(convocatoria_id, _("La enmienda quedó publicada."))
    return _pagina(request, sesion, actor, convocatoria_id, hoja)


@router.post("/compras/{convocatoria_id}/enmiendas/items", response_model=None)
def enmendar_item(
    request: Request,
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeEnmiendaDeItem,
) -> HTMLResponse | RedirectResponse:
    """One item as it will be, or one more at the end: first what changes of it, to confirm."""
    _gestionable(sesion, actor, convocatoria_id)
    por_publicar: list[tuple[str, str, str]] = []
    with hoja:
        items = [_como_entrada(item) for item in items_de(sesion, convocatoria_id)]
        numero, nuevo = hoja.datos.numero, _como_entrada(hoja.datos)
        if not 0 <= numero <= len(items):
            raise DatosInvalidos(campos={"numero": _("Elija el ítem.")})
        antes = items[numero - 1] if numero else None
        if numero:
            items[numero - 1] = nuevo
        else:
            items.append(nuevo)
        if hoja.datos.publicar:
            datos = EnmiendaEntrada.model_construct(
                motivo=hoja.datos.motivo, items=items, vence_en=hoja.datos.vence_en
            )
            if not hoja.ya_hecha:
                enmendar(sesion, actor, convocatoria_id, datos)
            return _hecho(convocatoria_id, _("La enmienda quedó publicada."))
        por_publicar = _que_cambia(antes, nuevo)
        if not por_publicar:
            raise DatosInvalidos(_("No cambió nada: escriba lo que se enmienda."))
    return _pagina(
        request, sesion, actor, convocatoria_id, hoja, numero=_numero(hoja), por_publicar=por_publicar
    )


def _como_entrada(item: object) -> ItemEntrada:
    return ItemEntrada.model_construct(**{c: getattr(item, c) for c in ItemEntrada.model_fields})


def _numero(hoja: Hoja[Any]) -> int | None:
    """Of the item that was sent, whatever else was wrong with it."""
    try:
        return leer_entero(hoja.valores.get("numero", ""))
    except ValueError:
        return None


def _que_cambia(antes: ItemEntrada | None, despues: ItemEntrada) -> list[tuple[str, str, str]]:
    """What changes of an item: the name of each datum, what it says and what it will say."""

    def dichos(item: ItemEntrada | None) -> dict[str, str]:
        if item is None:
            return {}
        return {
            _("Descripción"): item.descripcion,
            _("Cantidad"): cantidad(item.cantidad, item.unidad_medida, item.unidad_texto),
            _("Precio referencial por unidad"): formato_bs(item.precio_referencial),
            _("Código UNSPSC"): item.unspsc or "",
            _("Partida por objeto del gasto"): item.partida or "",
            _("Lote"): "" if item.lote is None else str(item.lote),
        }

    dice, dira = dichos(antes), dichos(despues)
    return [(que, dice.get(que, ""), valor) for que, valor in dira.items() if valor != dice.get(que, "")]


@router.post("/compras/{convocatoria_id}/ampliaciones", response_model=None)
def ampliar_plazo(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeAmpliacion
) -> HTMLResponse | RedirectResponse:
    _gestionable(sesion, actor, convocatoria_id)
    with hoja:
        ampliar(sesion, actor, convocatoria_id, hoja.datos.vence_en, hoja.datos.motivo)
        return _hecho(convocatoria_id, _("Amplió el plazo."))
    return _pagina(request, sesion, actor, convocatoria_id, hoja)


@router.post("/compras/{convocatoria_id}/suspension", response_model=None)
def suspender_recepcion(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeSuspension
) -> HTMLResponse | RedirectResponse:
    _gestionable(sesion, actor, convocatoria_id)
    with hoja:
        suspender(sesion, actor, convocatoria_id, hoja.datos.motivo)
        return _hecho(convocatoria_id, _("Suspendió la convocatoria."))
    return _pagina(request, sesion, actor, convocatoria_id, hoja)


@router.post("/compras/{convocatoria_id}/reanudacion", response_model=None)
def reanudar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeReanudacion
) -> HTMLResponse | RedirectResponse:
    _gestionable(sesion, actor, convocatoria_id)
    with hoja:
        reanudar_recepcion(sesion, actor, convocatoria_id, hoja.datos.vence_en, hoja.datos.motivo)
        return _hecho(convocatoria_id, _("La convocatoria recibe ofertas otra vez."))
    return _pagina(request, sesion, actor, convocatoria_id, hoja)
