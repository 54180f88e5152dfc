"""Reads of frozen searches, and who may see each."""

import json
import re
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import text
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
    fila = congeladas_por_id(sesion, [congelada_id]).get(congelada_id)
    if fila is None or fila.entidad_id != entidad_id:
        raise BusquedaNoEncontrada()
    return fila


def congeladas_por_id(sesion: Session, ids: Collection[UUID]) -> dict[UUID, BusquedaCongelada]:
    """Without their documents, which are large and are not even read, in one statement."""
    columnas = (getattr(Congelada, n) for n in BusquedaCongelada.model_fields)
    filas = sesion.execute(select(*columnas).where(col(Congelada.id).in_(ids)))
    return {fila.id: BusquedaCongelada.model_validate(fila, from_attributes=True) for fila in filas}


def lugar_del_elegido(sesion: Session, congelada_id: UUID) -> tuple[int, int] | None:
    """Which of its results the chosen one was, and of how many; None of a search that chose none. Its
    document is read where it is."""
    consulta = text(
        "SELECT CAST(r ->> 'orden' AS int), jsonb_array_length(d -> 'resultados') FROM"
        " (SELECT CAST(documento AS jsonb) AS d FROM comercio_busqueda_congelada WHERE id = :id) AS una,"
        " jsonb_array_elements(d -> 'resultados') AS r WHERE r ->> 'producto' = d ->> 'elegido'"
    )
    fila = sesion.connection().execute(consulta, {"id": congelada_id}).one_or_none()
    return None if fila is None else (int(fila[0]), int(fila[1]))


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
