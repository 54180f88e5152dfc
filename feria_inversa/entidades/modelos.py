"""Tables of the entities that contract and of the serials that they give."""

from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, entero


@aplicacion("SELECT, INSERT")
class EntidadContratante(Tabla, table=True):
    """The codes by which a public entity appears in its CUCE: institutional code and executing unit.

    `provisional` marks a code that the platform lent to an entity whose record has no institutional code.
    """

    __tablename__ = "feria_entidad"
    __table_args__ = (
        UniqueConstraint("codigo", "ejecutora"),
        CheckConstraint("codigo ~ '^[0-9]{4}$'", name="codigo"),
        CheckConstraint("ejecutora ~ '^[0-9]{2}$'", name="ejecutora"),
    )

    unidad_id: UUID = Field(primary_key=True, foreign_key="registro_unidad.id")
    codigo: str = Field(max_length=4)
    ejecutora: str = Field(default="00", max_length=2)
    provisional: bool


@aplicacion("SELECT, INSERT, UPDATE (ultimo)")
class Serie(Tabla, table=True):
    """The last serial given in a scope (`cuce`, `orden:2026:1201:00`); its lock leaves no gap nor repeat."""

    __tablename__ = "feria_serie"
    __table_args__ = (CheckConstraint("ultimo > 0", name="ultimo"),)

    ambito: str = Field(primary_key=True, max_length=60)
    ultimo: int = entero()
