"""Table of the acts of a process."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, Text, UniqueConstraint, text
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, momento


@aplicacion("SELECT, INSERT")
class Acta(Tabla, table=True):
    """What was done, exactly as it was written then: text, so that nothing later changes what it says.

    One that made a version of its process says which.
    """

    __tablename__ = "feria_acta"
    __table_args__ = (
        UniqueConstraint("convocatoria_id", "numero"),
        Index(
            "uq_feria_acta_apertura",
            "convocatoria_id",
            unique=True,
            postgresql_where=text("clase = 'apertura'"),
        ),
        Index(
            "uq_feria_acta_subasta",
            "convocatoria_id",
            unique=True,
            postgresql_where=text("clase = 'subasta'"),
        ),
        Index(
            "uq_feria_acta_apertura_tecnica",
            "convocatoria_id",
            unique=True,
            postgresql_where=text("clase = 'apertura_tecnica'"),
        ),
        Index(
            "uq_feria_acta_evaluacion_tecnica",
            "convocatoria_id",
            unique=True,
            postgresql_where=text("clase = 'evaluacion_tecnica'"),
        ),
        Index(
            "uq_feria_acta_decision",
            "convocatoria_id",
            unique=True,
            postgresql_where=text("clase = 'decision'"),
        ),
        Index(
            "uq_feria_acta_nombres",
            "convocatoria_id",
            unique=True,
            postgresql_where=text("clase = 'nombres'"),
        ),
        CheckConstraint("numero > 0", name="numero"),
        UniqueConstraint("convocatoria_id", "version"),
        CheckConstraint(
            "clase IN ('apertura', 'enmienda', 'ampliacion', 'suspension', 'reanudacion', 'informe',"
            " 'evaluacion', 'subasta', 'interrupcion', 'mesa', 'apertura_tecnica', 'evaluacion_tecnica',"
            " 'decision', 'nombres', 'adjudicacion')",
            name="clase",
        ),
        CheckConstraint(
            "(clase IN ('apertura', 'informe', 'evaluacion', 'subasta', 'interrupcion', 'mesa',"
            " 'apertura_tecnica', 'evaluacion_tecnica', 'decision', 'nombres', 'adjudicacion'))"
            " = (version IS NULL)"
            " AND version > 1",
            name="version",
        ),
        CheckConstraint("huella = encode(sha256(convert_to(contenido, 'UTF8')), 'hex')", name="huella"),
    )

    id: UUID = Field(primary_key=True)
    convocatoria_id: UUID = Field(foreign_key="feria_convocatoria.id")
    numero: int = Field(sa_type=SmallInteger)
    clase: str = Field(max_length=20)
    contenido: str = Field(sa_type=Text)
    huella: str = Field(max_length=64)
    hecha_en: datetime = momento()
    hecha_por: str = Field(max_length=200)
    version: int | None = Field(default=None, sa_type=SmallInteger)
