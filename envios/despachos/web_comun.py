"""What the pages of an agency's work share: where the worker is, and where things go."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import lugares, unidades_en_lote
from envios.despachos.consultas import con_trabajo
from envios.items import operador_de
from envios.operadores import Agencia, agencias_abiertas, agencias_del_actor, agencias_en_lote
from nucleo.actor import Actor
from nucleo.errores import DatosInvalidos, NoEncontrado, Prohibido
from nucleo.textos import gettext as _

DESPACHOS = "/envios/operador/despachos"
SACAS = "/envios/operador/sacas"
HOJAS = "/envios/operador/hojas-de-ruta"


@contextmanager
def leyendo() -> Iterator[None]:
    """A number that names nothing is said beside the input, which waits for the next one."""
    try:
        yield
    except NoEncontrado as error:
        texto = error.detalle or _("No hay nada con ese número: léalo otra vez.")
        raise DatosInvalidos(texto, campos={"codigo": texto}) from error


def donde(sesion: Session, actor: Actor, unidad: UUID | None, agencia: UUID | None) -> dict[str, Any]:
    """The operator and the agency at which the worker is (one with work waiting, if they do not say which),
    and all to which they may change, by operator.
    """
    suya = agencias_en_lote(sesion, [agencia]).get(agencia) if agencia else None
    operador, operadores = operador_de(sesion, actor, suya.operador_unidad_id if suya else unidad)
    de_cada = {o.id: agencias_del_actor(sesion, actor, o.id) for o in operadores}
    elegidas = [a for a in de_cada[operador.id] if agencia is None or a.id == agencia]
    if agencia is not None and not elegidas:
        raise Prohibido(_("Usted no trabaja en esa agencia, o está cerrada."))
    if len(elegidas) > 1:
        esperan = con_trabajo(sesion, [a.id for a in elegidas])
        elegidas.sort(key=lambda a: a.id not in esperan)
    return {
        "operador": operador,
        "agencia": elegidas[0] if elegidas else None,
        "cambiables": [
            (o.nombre, [(str(a.id), a.nombre) for a in de_cada[o.id]]) for o in operadores if de_cada[o.id]
        ],
    }


def destinos(sesion: Session, origen: Agencia) -> list[tuple[str, list[tuple[str, str]]]]:
    """Where something from an agency may go, by operator, its own first."""
    todas = [a for a in agencias_abiertas(sesion) if a.id != origen.id]
    nombres = unidades_en_lote(sesion, {a.operador_unidad_id for a in todas})
    sitios = lugares(sesion, {a.municipio_ine for a in todas})
    grupos: dict[UUID, list[tuple[str, str]]] = {}
    for a in sorted(todas, key=lambda a: a.operador_unidad_id != origen.operador_unidad_id):
        texto = f"{a.nombre} ({sitios.get(a.municipio_ine, '')})"
        grupos.setdefault(a.operador_unidad_id, []).append((str(a.id), texto))
    return [(nombres[operador].nombre, agencias) for operador, agencias in grupos.items()]
