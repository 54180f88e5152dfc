"""What the pages of the registry share: reading forms, common context, and the units of the visitor's
menu.
"""

from collections.abc import Iterator
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from ciudadania import resolver_actor
from empresa_digital.registro import rotulos
from empresa_digital.registro.errores import SinFacultad
from empresa_digital.registro.facultades import exigir_facultad, unidades_de
from empresa_digital.registro.modelos import UnidadEconomica
from empresa_digital.registro.presentacion import unidad_visible
from empresa_digital.registro.tipos import EstadoUnidad, Facultad
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.plantillas import agregar_contexto
from nucleo.textos import gettext as _
from nucleo.web import pagina as pagina_de_nucleo


async def _leer_formulario(request: Request) -> FormData:
    return await request.form(max_files=0, max_fields=60)


Formulario = Annotated[FormData, Depends(_leer_formulario)]


def texto(formulario: FormData, campo: str) -> str:
    """What the field holds; empty when it is missing or is not text."""
    valor = formulario.get(campo, "")
    return valor if isinstance(valor, str) else ""


def entero(formulario: FormData, campo: str) -> int:
    """A number that the page itself wrote (a version); -1 when somebody changed it."""
    valor = texto(formulario, campo)
    return int(valor) if valor.isascii() and valor.isdigit() and len(valor) < 10 else -1


def pagina(request: Request, plantilla: str, estado: int = 200, **contexto: Any) -> Response:
    return pagina_de_nucleo(request, f"registro/{plantilla}", estado=estado, rotulos=rotulos, **contexto)


def con_parametros(ruta: str, **parametros: str) -> str:
    """A path of this site with those parameters that are not empty."""
    presentes = {c: v for c, v in parametros.items() if v}
    return f"{ruta}?{urlencode(presentes)}" if presentes else ruta


def url_siguiente(request: Request, siguiente: str | None) -> str | None:
    """This same address with the cursor of the next page."""
    if siguiente is None:
        return None
    return con_parametros(request.url.path, **{**request.query_params, "cursor": siguiente})


def unidad_propia(sesion: Session, actor: Actor, numero: str) -> UnidadEconomica:
    """A unit that the actor represents, in any state. Anybody else learns no more than from its public
    page.
    """
    unidad, _interno = unidad_visible(sesion, actor, numero)
    if unidad.id not in {u.id for u in unidades_de(sesion, actor, estados=tuple(EstadoUnidad))}:
        raise SinFacultad(_("Solo quienes representan a la unidad ven esta página."))
    return unidad


def administra(sesion: Session, actor: Actor, unidad: UnidadEconomica) -> bool:
    """Whether the actor may administer the unit in its present state, whatever it is."""
    try:
        exigir_facultad(sesion, actor, unidad.id, Facultad.ADMINISTRAR, estados=tuple(EstadoUnidad))
    except SinFacultad:
        return False
    return True


class _MisUnidades:
    """The units for which the visitor acts, read only by a page that shows them."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.leidas: list[UnidadEconomica] | None = None

    def __iter__(self) -> Iterator[UnidadEconomica]:
        if self.leidas is None:
            self.leidas = self._leer()
        return iter(self.leidas)

    def _leer(self) -> list[UnidadEconomica]:
        propia: Session | None = getattr(self.request.state, "sesion", None)
        if propia is not None and propia.is_active and propia.in_transaction():
            return self._de(propia)
        with transaccion() as sesion:
            return self._de(sesion)

    def _de(self, sesion: Session) -> list[UnidadEconomica]:
        actor = resolver_actor(self.request, sesion)
        return [] if actor is None else unidades_de(sesion, actor)


@agregar_contexto
def contexto_del_registro(request: Request) -> dict[str, Any]:
    """`mis_unidades` of every page."""
    return {"mis_unidades": _MisUnidades(request)}
