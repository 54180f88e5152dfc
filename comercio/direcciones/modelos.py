"""The table of the address book."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante

DIRECCIONES_MAXIMAS = 20


@aplicacion("SELECT, INSERT, UPDATE (destinatario, telefono, municipio_ine, lugar, referencia), DELETE")
class Direccion(Tabla, table=True):
    """Where a person likes to receive, by the name they give it. What was bought keeps its own copy."""

    __tablename__: ClassVar[str] = "comercio_direccion"
    __table_args__ = (
        UniqueConstraint("persona_id", "nombre"),
        CheckConstraint(r"telefono ~ '^\+?[0-9]{5,20}$'", name="telefono"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    persona_id: UUID = Field(foreign_key="ciudadania_persona.id")
    nombre: str = Field(max_length=60)
    destinatario: str = Field(max_length=120)
    telefono: str = Field(max_length=20)
    municipio_ine: str = Field(max_length=6)
    lugar: str = Field(max_length=120)
    referencia: str = Field(max_length=300)
    creada_en: datetime = instante()
