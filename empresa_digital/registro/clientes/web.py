"""Pages of the programs connected to a unit."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ALCANCES, ActorRequerido, Cliente, ClienteNoEncontrado
from empresa_digital.registro.clientes.formularios import (
    DESCONEXION,
    PROGRAMA,
    ROTACION,
    HojaDeDesconexion,
    HojaDePrograma,
    HojaDeRotacion,
)
from empresa_digital.registro.clientes.programas import conectar, desconectar, programas_de, rotar
from empresa_digital.registro.mandatos import Facultad, unidad_propia
from empresa_digital.registro.unidades import EstadoUnidad, Unidad, pagina
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.configuracion import ajustes
from nucleo.formularios import Hoja
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import redirigir

router = APIRouter(include_in_schema=False)
_TODOS = "/mis-unidades/{numero}/programas"


@router.get(_TODOS)
def ver_programas(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_programas(request, sesion, actor, numero)


def _pagina_programas(
    request: Request, sesion: Session, actor: Actor, numero: str, hoja: Hoja[Any] | None = None
) -> Response:
    unidad = unidad_propia(sesion, actor, numero, Facultad.ADMINISTRAR)
    todos = programas_de(sesion, actor, unidad.id)
    return pagina(
        request,
        "clientes/programas.html",
        hoja=hoja,
        unidad=unidad,
        conectados=[c for c in todos if c.revocado_en is None],
        anteriores=[c for c in todos if c.revocado_en is not None],
        alcances=ALCANCES,
        ahora=ahora_bd(sesion),
        puede_conectar=unidad.estado == EstadoUnidad.INSCRITA,
        programa=PROGRAMA.mostrar(request, {"dias": 365}, enviada=hoja),
    )


@router.post(_TODOS)
def conectar_programa(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePrograma
) -> Response:
    """The answer is the only page that ever shows the secret: no redirection, nothing kept."""
    unidad = unidad_propia(sesion, actor, numero, Facultad.ADMINISTRAR)
    with hoja:
        datos = hoja.datos
        hecho = conectar(
            sesion,
            actor,
            unidad.id,
            nombre=datos.nombre,
            alcances=datos.alcances,
            dias=datos.dias,
            cliente_id=hoja.id,
        )
        return _pagina_secreto(request, unidad, *hecho)
    return _pagina_programas(request, sesion, actor, numero, hoja)


def _pagina_secreto(request: Request, unidad: Unidad, cliente: Cliente, secreto: str) -> Response:
    return pagina(
        request,
        "clientes/secreto.html",
        unidad=unidad,
        cliente=cliente,
        secreto=secreto,
        url=ajustes().url_publica,
    )


@router.get(_TODOS + "/{cliente_id}")
def ver_programa(
    numero: str, cliente_id: UUID, request: Request, sesion: Sesion, actor: ActorRequerido
) -> Response:
    return _pagina_programa(request, sesion, actor, numero, cliente_id)


def _pagina_programa(
    request: Request,
    sesion: Session,
    actor: Actor,
    numero: str,
    cliente_id: UUID,
    hoja: Hoja[Any] | None = None,
) -> Response:
    """One program: what it may do, and how to change its secret or disconnect it."""
    unidad = unidad_propia(sesion, actor, numero, Facultad.ADMINISTRAR)
    cliente = next((c for c in programas_de(sesion, actor, unidad.id) if c.id == cliente_id), None)
    if cliente is None:
        raise ClienteNoEncontrado()
    return pagina(
        request,
        "clientes/programa.html",
        hoja=hoja,
        unidad=unidad,
        cliente=cliente,
        alcances=ALCANCES,
        ahora=ahora_bd(sesion),
        puede_rotar=unidad.estado == EstadoUnidad.INSCRITA and cliente.revocado_en is None,
        rotacion=ROTACION.mostrar(request, {"pista": cliente.pista, "horas": 24}, enviada=hoja),
        desconexion=DESCONEXION.mostrar(request, enviada=hoja),
    )


@router.post(_TODOS + "/{cliente_id}/rotar")
def rotar_programa(
    numero: str,
    cliente_id: UUID,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeRotacion,
) -> Response:
    unidad = unidad_propia(sesion, actor, numero, Facultad.ADMINISTRAR)
    with hoja:
        datos = hoja.datos
        traslape = timedelta(hours=datos.horas)
        hecho = rotar(sesion, actor, unidad.id, cliente_id, pista=datos.pista, traslape=traslape)
        return _pagina_secreto(request, unidad, *hecho)
    return _pagina_programa(request, sesion, actor, numero, cliente_id, hoja)


@router.post(_TODOS + "/{cliente_id}/desconectar")
def desconectar_programa(
    numero: str,
    cliente_id: UUID,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeDesconexion,
) -> Response:
    unidad = unidad_propia(sesion, actor, numero, Facultad.ADMINISTRAR)
    with hoja:
        desconectar(sesion, actor, unidad.id, cliente_id, hoja.datos.motivo)
        return redirigir(f"/mis-unidades/{unidad.numero}/programas", _("Programa desconectado."))
    return _pagina_programa(request, sesion, actor, numero, cliente_id, hoja)
