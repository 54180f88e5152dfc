"""What the pages of a postal operator's worker share."""

from typing import Any
from uuid import UUID

from sqlmodel import Session
from starlette.responses import Response

from empresa_digital.registro import Facultad, Unidad
from envios import s10
from envios.items.consultas import Bandeja
from envios.items.modelos import Envio
from envios.items.partes import remitente_de
from envios.items.vistas import lugares_de, tono
from envios.operadores import operadores_con
from nucleo.actor import Actor
from nucleo.errores import Prohibido
from nucleo.textos import gettext as _
from nucleo.web import redirigir


def operadores_de(sesion: Session, actor: Actor) -> list[Unidad]:
    """The postal operators for which the actor may dispatch."""
    return operadores_con(sesion, actor, Facultad.DESPACHAR)


def operador_de(sesion: Session, actor: Actor, unidad: UUID | None) -> tuple[Unidad, list[Unidad]]:
    """The operator the worker is at, and all they work for. Raises `Prohibido` without any."""
    suyos = operadores_de(sesion, actor)
    elegidos = [u for u in suyos if unidad is None or u.id == unidad]
    if not elegidos:
        raise Prohibido(_("Para esto necesita un mandato de despacho de un operador postal habilitado."))
    return elegidos[0], suyos


def contexto(sesion: Session, envio: Envio) -> dict[str, Any]:
    return {
        "envio": envio,
        "numero": s10.leer_numero(envio.numero),
        "destino": lugares_de(sesion, [envio]).get(envio.destino_municipio_ine, ""),
        "remitente": remitente_de(sesion, envio).nombre,
        "tono": tono(envio.estado),
        "bandeja_url": f"/envios/operador?unidad={envio.custodio_unidad_id}",
    }


def volver(envio: Envio, aviso: str, ver: str, agencia_id: UUID | None = None) -> Response:
    """Back to the pile, at the agency where the worker said to be, or to the item."""
    destino = opcion_de_bandeja(ver)
    ruta = (
        f"/envios/operador?unidad={envio.custodio_unidad_id}&ver={destino.value}"
        if destino
        else f"/envios/operador/{envio.id}"
    )
    if agencia_id is not None:
        ruta += f"{'&' if destino else '?'}agencia={agencia_id}"
    return redirigir(ruta, aviso)


def opcion_de_bandeja(texto: str) -> Bandeja | None:
    return Bandeja(texto) if texto in {b.value for b in Bandeja} else None
