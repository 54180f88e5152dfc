"""Rows of joint acts to what their pages show."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session

from ciudadania import nombres_de_personas
from empresa_digital.registro.actos.consultas import Firmante
from empresa_digital.registro.actos.esquemas import FirmaSalida


def quienes_faltan(sesion: Session, posibles: Iterable[Firmante], firmas: Sequence[FirmaSalida]) -> list[str]:
    """The names of who could sign and has not, in order."""
    personas = {f.persona_id for f in posibles if f.alcanza} - {f.persona_id for f in firmas}
    return sorted(nombres_de_personas(sesion, personas).values())
