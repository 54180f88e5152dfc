"""The parties: one row a citizen and one a unit, whatever they take part in; a third person's each time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from empresa_digital.registro.partes.tipos import ClaseDeParte
from nucleo.enumeraciones import TextoEnum, valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante


@aplicacion("SELECT, INSERT")
class FilaDeParte(Tabla, table=True):
    """A party. What a third person said of themselves is written once: who mends it names another party."""

    __tablename__ = "registro_parte"
    __table_args__ = (
        CheckConstraint(f"clase IN ({valores(ClaseDeParte)})", name="clase"),
        CheckConstraint(
            "(clase = 'persona') = (persona_id IS NOT NULL) AND (clase = 'unidad') = (unidad_id IS NOT NULL) "
            "AND (clase = 'tercero') = (nombre IS NOT NULL) "
            "AND (clase = 'tercero' OR num_nonnulls(telefono, documento) = 0)",
            name="lo_de_su_clase",
        ),
        CheckConstraint("nombre = btrim(nombre) AND length(nombre) BETWEEN 1 AND 120", name="nombre"),
        CheckConstraint(r"telefono ~ '^\+[1-9][0-9]{4,14}$'", name="telefono"),
        CheckConstraint("documento ~ '^[0-9A-Z][0-9A-Z-]{3,19}$'", name="documento"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    clase: ClaseDeParte = Field(sa_type=TextoEnum(ClaseDeParte))
    persona_id: UUID | None = Field(default=None, foreign_key="ciudadania_persona.id", unique=True)
    unidad_id: UUID | None = Field(default=None, foreign_key="registro_unidad.id", unique=True)
    nombre: str | None = Field(default=None, sa_type=Text)
    telefono: str | None = Field(default=None, sa_type=Text)
    documento: str | None = Field(default=None, sa_type=Text)
    creada_en: datetime = instante()
