"""The page of an item's numbers: those that it has, one more, and the mistake taken back."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro import unidades_en_lote
from envios import s10
from envios.items.consultas import envio_visible
from envios.items.formularios import NUMERO, RETIRO, HojaDeNumero, HojaDeRetiro
from envios.items.identificadores import (
    agregar_identificador,
    emisores_del_actor,
    identificadores_de,
    retirar_identificador,
)
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(include_in_schema=False)


def _pagina(
    request: Request, sesion: Session, actor: Actor, envio_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    envio, _vista = envio_visible(sesion, actor, envio_id)
    filas = identificadores_de(sesion, envio_id)
    suyos = emisores_del_actor(sesion, actor, envio)
    return pagina(
        request,
        "envios/items/numeros.html",
        hoja=hoja,
        envio=envio,
        numero=s10.leer_numero(envio.numero),
        filas=filas,
        emisores=unidades_en_lote(sesion, {f.emisor_unidad_id for f in filas if f.emisor_unidad_id}),
        agregar=NUMERO.mostrar(request, enviada=hoja) if suyos else None,
        retiros={
            f.id: RETIRO.mostrar(request, enviada=hoja, de=str(f.id))
            for f in filas
            if f.emisor_unidad_id in suyos
        },
    )


@router.get("/envios/{envio_id}/numeros")
def numeros(request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> Response:
    """The numbers by which the item is asked for."""
    return _pagina(request, sesion, actor, envio_id)


@router.post("/envios/{envio_id}/numeros")
def agregar(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeNumero
) -> Response:
    with hoja:
        hecho = agregar_identificador(sesion, actor, envio_id, hoja.datos.numero)
        return redirigir(f"/envios/{envio_id}/numeros", hecho.aviso or _("El envío tiene un número más."))
    return _pagina(request, sesion, actor, envio_id, hoja)


@router.post("/envios/{envio_id}/numeros/{identificador_id}/retiro")
def retirar(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    envio_id: UUID,
    identificador_id: UUID,
    hoja: HojaDeRetiro,
) -> Response:
    with hoja:
        retirar_identificador(sesion, actor, envio_id, identificador_id)
        return redirigir(f"/envios/{envio_id}/numeros", _("Ese número ya no es de este envío."))
    return _pagina(request, sesion, actor, envio_id, hoja)
