"""Somebody with an account, said by their number: a unit by its own, a person by what only who knows them
writes (card, cell phone or alias) together with their name.
"""

import re
from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import (
    UnidadNoEncontrada,
    parte_de_persona,
    parte_de_unidad,
    parte_tercera,
    unidad_por_numero,
)
from nucleo.actor import Actor
from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _
from pagos.billetera import Coincidencia, buscar_destinatario
from pagos.libro import DestinatarioInexistente

_DE_UNIDAD = re.compile(r"\s*UE\W*[0-9]", re.IGNORECASE | re.ASCII)


def parte_con_cuenta(
    sesion: Session, actor: Actor, dato: str, nombre: str, *, campo: str, por: UUID | None = None
) -> UUID:
    """The party of who has this number and is called so. Units are public; of people nothing is told: a datum
    that nobody has and a name that is not theirs are answered alike, and each look-up draws on the quota of
    the actor, or of the unit `por`.

    Raises `DatosInvalidos` (`campo`), `LimiteExcedido`.
    """
    if _DE_UNIDAD.match(dato):
        try:
            unidad = unidad_por_numero(sesion, dato)
        except UnidadNoEncontrada:
            unidad = None
        if unidad is None or not unidad.esta_activa:
            raise _nadie(campo, _("No hay ninguna unidad activa con ese número: revíselo."))
        return parte_de_unidad(sesion, unidad.id).id
    falta = _("Nadie tiene a la vez ese dato y ese nombre. Revíselos, o deje esto vacío.")
    try:
        hallado = buscar_destinatario(sesion, actor, dato, nombre, unidad_id=por)
    except DestinatarioInexistente:
        raise _nadie(campo, falta) from None
    if hallado.coincidencia is not Coincidencia.COINCIDE:
        raise _nadie(campo, falta)
    return parte_de_persona(sesion, hallado.persona_id).id


def quien_recibe(
    sesion: Session, actor: Actor, dato: str, nombre: str, telefono: str, *, por: UUID | None = None
) -> UUID:
    """The party of who receives: who has this number (`dato`), or a named third person without one.

    Raises `DatosInvalidos` (`destinatario_…`), `LimiteExcedido`.
    """
    if limpio := dato.strip():
        return parte_con_cuenta(sesion, actor, limpio, nombre, campo="destinatario_cuenta", por=por)
    return tercera(sesion, "destinatario", nombre, telefono)


def tercera(sesion: Session, quien: str, nombre: str, telefono: str, documento: str = "") -> UUID:
    """A named third person; what will not do is said of the field that asked it."""
    try:
        return parte_tercera(sesion, nombre, telefono, documento).id
    except DatosInvalidos as error:
        campos: dict[str, Any] = {f"{quien}_{campo}": texto for campo, texto in (error.campos or {}).items()}
        raise DatosInvalidos(error.detalle, campos=campos) from error


def _nadie(campo: str, texto: str) -> DatosInvalidos:
    return DatosInvalidos(texto, campos={campo: texto})
