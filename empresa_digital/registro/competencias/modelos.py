"""The norms that decisions rest on, and the competences of the authorities."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from empresa_digital.registro.competencias.tipos import Materia
from nucleo.enumeraciones import TextoEnum, valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, momento, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE (vigente_hasta)")
class Norma(Tabla, table=True):
    """A norm in force from a day, and until one once derogated. Who reads it in its gazette confirms it."""

    __tablename__ = "registro_norma"
    __table_args__ = (
        CheckConstraint("codigo ~ '^[A-Z0-9]+([-/.][A-Z0-9]+)*$' AND length(codigo) <= 40", name="codigo"),
        CheckConstraint("length(titulo) BETWEEN 3 AND 300", name="titulo"),
        CheckConstraint("vigente_hasta >= vigente_desde", name="vigencia"),
    )

    codigo: str = Field(sa_type=Text, primary_key=True)
    titulo: str = Field(sa_type=Text)
    vigente_desde: date
    vigente_hasta: date | None = None
    confirmado: bool = False
    creada_en: datetime = momento()


@aplicacion("SELECT, INSERT, UPDATE (retirada_en, retirada_motivo)")
class Competencia(Tabla, table=True):
    """What an authority decides: a matter, perhaps of one kind (`clase`) and in one place (INE prefix).

    Without `clase` or `lugar` it reaches all of them. It is withdrawn once, and never changes otherwise.
    """

    __tablename__ = "registro_competencia"
    __table_args__ = (
        CheckConstraint(f"materia IN ({valores(Materia)})", name="materia"),
        CheckConstraint("clase IS NULL OR materia IN ('INSCRIPCION', 'HABILITACION')", name="clase"),
        CheckConstraint("lugar ~ '^([0-9]{2}|[0-9]{6})$'", name="lugar"),
        CheckConstraint("vigente_hasta >= vigente_desde", name="vigencia"),
        CheckConstraint("(retirada_en IS NULL) = (retirada_motivo IS NULL)", name="retiro"),
        Index(
            "uq_registro_competencia_viva",
            "autoridad_id",
            "materia",
            text("coalesce(clase, '')"),
            text("coalesce(lugar, '')"),
            "vigente_desde",
            unique=True,
            postgresql_where=text("retirada_en IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    autoridad_id: UUID = Field(foreign_key="registro_unidad.id")
    materia: Materia = Field(sa_type=TextoEnum(Materia))
    clase: str | None = Field(default=None, sa_type=Text)
    lugar: str | None = Field(default=None, sa_type=Text)
    norma: str = Field(sa_type=Text, foreign_key="registro_norma.codigo")
    vigente_desde: date
    vigente_hasta: date | None = None
    otorgada_en: datetime = momento()
    retirada_en: datetime | None = momento_o_nada()
    retirada_motivo: str | None = Field(default=None, sa_type=Text)
