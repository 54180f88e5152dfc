"""Reads of frozen searches, and who may see each."""

import json
import re
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.evidencias.errores import BusquedaNoEncontrada
from comercio.evidencias.esquemas import BusquedaCongelada
from comercio.evidencias.modelos import Congelada
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad, tiene_facultad
from nucleo.actor import Actor
from nucleo.paginacion import CursorPedido, paginar
from nucleo.textos import gettext as _


def congelada_de(sesion: Session, entidad_id: UUID, congelada_id: UUID) -> BusquedaCongelada:
    """A frozen search of that entity, without its document. Raises `BusquedaNoEncontrada`."""
    fila = sesion.get(Congelada, congelada_id)
    if fila is None or fila.entidad_id != entidad_id:
        raise BusquedaNoEncontrada()
    return BusquedaCongelada.model_validate(fila, from_attributes=True)


def congelada_visible(sesion: Session, actor: Actor, congelada_id: UUID) -> Congelada:
    """For whoever may buy for its entity; for others there is none. Raises `BusquedaNoEncontrada`."""
    fila = sesion.get(Congelada, congelada_id)
    if fila is None or not tiene_facultad(
        sesion, actor, fila.entidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO
    ):
        raise BusquedaNoEncontrada()
    return fila


def congeladas_de(
    sesion: Session, actor: Actor, entidad_id: UUID, pagina: CursorPedido
) -> tuple[list[Congelada], str | None]:
    """Those of an entity, the last one first. Raises `SinFacultad`."""
    exigir_facultad(sesion, actor, entidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO)
    consulta = select(Congelada).where(col(Congelada.entidad_id) == entidad_id)
    return paginar(sesion, consulta, pagina, columnas=(Congelada.id,))


def por_huella(sesion: Session, escrita: str) -> Congelada:
    """The one whose document has that digest, however it was typed. Raises `BusquedaNoEncontrada`."""
    huella = re.sub(r"[\s:-]+", "", escrita).lower()
    hallada = None
    if re.fullmatch(r"[0-9a-f]{64}", huella):
        hallada = sesion.exec(select(Congelada).where(col(Congelada.huella) == huella)).one_or_none()
    if hallada is None:
        raise BusquedaNoEncontrada(
            _("Ninguna búsqueda congelada tiene esa huella: el documento cambió, o no es de Qhatu.")
        )
    return hallada


def documento_de(congelada: Congelada) -> Any:
    """What it says."""
    return json.loads(congelada.documento)
