"""The desk of who sells: the unit that they are at, and the others that they sell for."""

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from comercio.vendedores.tiendas import elegir_tienda, tiendas_de
from empresa_digital.registro import Unidad
from nucleo.actor import Actor
from nucleo.formularios import Hoja
from nucleo.web import pagina


@dataclass(frozen=True, slots=True)
class Mesa:
    tienda: Unidad
    tiendas: list[Unidad]


def mesa_de(
    request: Request, sesion: Session, actor: Actor, unidad: str, hoja: Hoja[Any] | None = None
) -> Mesa | Response:
    """For `unidad`, as its address names it, or for the first one; the page that says how one begins to sell,
    for who sells for none. `hoja`: what was sent and refused."""
    tiendas = tiendas_de(sesion, actor)
    tienda = elegir_tienda(tiendas, unidad)
    if tienda is None:
        return pagina(request, "comercio/vendedores/sin_unidad.html", hoja=hoja)
    return Mesa(tienda, tiendas)
