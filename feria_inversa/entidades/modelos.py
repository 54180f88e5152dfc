"""Tables of the entities that contract and of the serials that they give."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, entero, instante


@aplicacion("SELECT, INSERT")
class EntidadContratante(Tabla, table=True):
    """The codes by which a public entity appears in its CUCE: institutional code and main executing unit.

    `provisional` marks a code that the platform lent to an entity whose record has no institutional code.
    """

    __tablename__ = "feria_entidad"
    __table_args__ = (
        UniqueConstraint("codigo", "ejecutora"),
        UniqueConstraint("unidad_id", "codigo", name="uq_feria_entidad_unidad_id"),
        CheckConstraint("codigo ~ '^[0-9]{4}$'", name="codigo"),
        CheckConstraint("ejecutora ~ '^[0-9]{2}$'", name="ejecutora"),
    )

    unidad_id: UUID = Field(primary_key=True, foreign_key="registro_unidad.id")
    codigo: str = Field(max_length=4)
    ejecutora: str = Field(default="00", max_length=2)
    provisional: bool


@aplicacion("SELECT, INSERT")
class UnidadEjecutora(Tabla, table=True):
    """An executing unit of an entity, the main one too. Two registered units with one institutional code
    share none.
    """

    __tablename__ = "feria_ejecutora"
    __table_args__ = (
        UniqueConstraint("codigo", "ejecutora"),
        ForeignKeyConstraint(["unidad_id", "codigo"], ["feria_entidad.unidad_id", "feria_entidad.codigo"]),
        CheckConstraint("ejecutora ~ '^[0-9]{2}$'", name="ejecutora"),
        CheckConstraint("char_length(nombre) >= 3", name="nombre"),
    )

    unidad_id: UUID = Field(primary_key=True)
    ejecutora: str = Field(primary_key=True, max_length=2)
    codigo: str = Field(max_length=4)
    nombre: str = Field(max_length=160)
    declarada_en: datetime = instante()


@aplicacion("SELECT, INSERT, UPDATE (ultimo)")
class Serie(Tabla, table=True):
    """The last serial given in a scope (`orden:2026:1201:00`); its lock leaves no gap nor repeat. Of `cuce`,
    the greatest one that came from outside: ours are of a sequence.
    """

    __tablename__ = "feria_serie"
    __table_args__ = (CheckConstraint("ultimo > 0", name="ultimo"),)

    ambito: str = Field(primary_key=True, max_length=60)
    ultimo: int = entero()
