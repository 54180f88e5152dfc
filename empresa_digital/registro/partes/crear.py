"""A party, found or made. Nothing is audited: a party does nothing until something names it."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from ciudadania import obtener_persona
from empresa_digital.registro.partes.consultas import partes_en_lote, valor_de
from empresa_digital.registro.partes.modelos import FilaDeParte
from empresa_digital.registro.partes.tipos import ClaseDeParte
from empresa_digital.registro.partes.valores import Parte
from empresa_digital.registro.unidades import unidad_por_id
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.lectores import Ilegible, Preciso, leer_carnet, leer_nombre, leer_telefono
from nucleo.textos import gettext as _

LARGO_DE_NOMBRE = 120
_PASAPORTE = re.compile(r"(?=.*[0-9])[0-9A-Z][0-9A-Z-]{3,19}")


def parte_de_persona(sesion: Session, persona_id: UUID) -> Parte:
    """The party that is this citizen, the same one for ever. Raises `PersonaNoEncontrada`."""
    persona = obtener_persona(sesion, persona_id)
    return valor_de(_unica(sesion, ClaseDeParte.PERSONA, "persona_id", persona_id), persona=persona)


def parte_de_unidad(sesion: Session, unidad_id: UUID) -> Parte:
    """The party that is this unit, in any state, the same one for ever. Raises `UnidadNoEncontrada`."""
    unidad = unidad_por_id(sesion, unidad_id)
    return valor_de(_unica(sesion, ClaseDeParte.UNIDAD, "unidad_id", unidad_id), unidad=unidad)


def parte_tercera(
    sesion: Session, nombre: str, telefono: str | None = None, documento: str | None = None
) -> Parte:
    """Somebody without an account, as somebody wrote them down: a new party each time, even of one name.

    Raises `DatosInvalidos` (`nombre`, `telefono`, `documento`).
    """
    fila = FilaDeParte(
        clase=ClaseDeParte.TERCERO,
        nombre=_leido("nombre", _nombre, nombre),
        telefono=_leido("telefono", leer_telefono, telefono) if _hay(telefono) else None,
        documento=_leido("documento", leer_documento, documento) if _hay(documento) else None,
    )
    sesion.add(fila)
    sesion.flush()
    return partes_en_lote(sesion, [fila.id])[fila.id]


def leer_documento(texto: str) -> str:
    """An identity card in its one spelling, or the number of a passport. Raises `Ilegible`."""
    try:
        return str(leer_carnet(texto))
    except Ilegible:
        limpio = re.sub(r"[\s.]", "", texto.upper())
        if _PASAPORTE.fullmatch(limpio):
            return limpio
    raise Ilegible(_("Escriba el carnet como 1234567, o el número del pasaporte."))


def _unica(sesion: Session, clase: ClaseDeParte, columna: str, quien: UUID) -> FilaDeParte:
    """Two that ask at once get the same row: the second waits for the first one's commit."""
    consulta = _por(columna)
    fila = sesion.execute(consulta, {"quien": quien}).scalar_one_or_none()
    if fila is None:
        nueva = insert(FilaDeParte).values({"id": nuevo_id(), "clase": clase, columna: quien})
        nueva = nueva.on_conflict_do_nothing(index_elements=[columna])
        fila = sesion.scalars(nueva.returning(FilaDeParte)).one_or_none()
    return fila or sesion.execute(consulta, {"quien": quien}).scalar_one()


@lru_cache
def _por(columna: str) -> Any:
    """The party by one of its columns, :quien; made once."""
    return select(FilaDeParte).where(col(getattr(FilaDeParte, columna)) == bindparam("quien"))


def _nombre(texto: str) -> str:
    limpio = leer_nombre(texto)
    if len(limpio) > LARGO_DE_NOMBRE:
        raise Preciso(_("Use como máximo %(maximo)s letras.") % {"maximo": LARGO_DE_NOMBRE})
    return limpio


def _hay(texto: str | None) -> bool:
    return bool(texto and texto.strip())


def _leido(campo: str, leer: Callable[[str], str], texto: str | None) -> str:
    try:
        return leer(texto or "")
    except Ilegible as error:
        raise DatosInvalidos(str(error), campos={campo: str(error)}) from error
