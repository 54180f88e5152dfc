"""The page of the address book."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido, obtener_persona
from comercio.direcciones.esquemas import Entrega
from comercio.direcciones.formularios import DIRECCION, HojaDeBorrar, HojaDeDireccion
from comercio.direcciones.libro import borrar_direccion, direcciones_de, guardar_direccion
from empresa_digital.registro import municipios_por_departamento
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.lectores import formato_telefono
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/mis-direcciones")


@router.get("")
def ver(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina(request, sesion, actor)


@router.post("")
def guardar(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeDireccion) -> Response:
    with hoja:
        datos = hoja.datos
        donde = Entrega.model_validate(datos.model_dump(exclude={"nombre"}))
        guardar_direccion(sesion, actor, datos.nombre, donde)
        return redirigir("/mis-direcciones", _("Dirección guardada."))
    return _pagina(request, sesion, actor, hoja)


@router.post("/{direccion_id}/borrado")
def borrar(
    request: Request, direccion_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeBorrar
) -> Response:
    with hoja:
        borrar_direccion(sesion, actor, direccion_id)
        return redirigir("/mis-direcciones", _("Dirección borrada."))
    return _pagina(request, sesion, actor, hoja)


def _pagina(request: Request, sesion: Session, actor: Actor, hoja: Hoja[Any] | None = None) -> Response:
    municipios = {"municipio_ine": municipios_por_departamento(sesion)}
    return pagina(
        request,
        "comercio/direcciones/direcciones.html",
        hoja=hoja,
        direcciones=direcciones_de(sesion, actor),
        direccion=DIRECCION.mostrar(request, _de_quien_es(sesion, actor), enviada=hoja, opciones=municipios),
    )


def _de_quien_es(sesion: Session, actor: Actor) -> dict[str, str]:
    """What the form starts with: who receives is most times who writes it."""
    if actor.persona_id is None:
        return {}
    persona = obtener_persona(sesion, actor.persona_id)
    return {"destinatario": persona.nombre_completo, "telefono": formato_telefono(persona.celular or "")}
