"""Tables of the invitations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante


@aplicacion("SELECT")
class Rubro(Tabla, table=True):
    """That units of a division of CIIU usually provide a segment of UNSPSC. The platform's, of no norm."""

    __tablename__ = "feria_rubro"
    __table_args__ = (
        CheckConstraint("segmento ~ '^[0-9]{2}$'", name="segmento"),
        CheckConstraint("division ~ '^[0-9]{2}$'", name="division"),
    )

    segmento: str = Field(primary_key=True, max_length=2)
    division: str = Field(primary_key=True, max_length=2)


@aplicacion("SELECT, INSERT")
class ProcesoInvitado(Tabla, table=True):
    """That who fits a process was looked for: once, whoever was found."""

    __tablename__ = "feria_proceso_invitado"

    convocatoria_id: UUID = Field(primary_key=True, foreign_key="feria_convocatoria.id")
    hecho_en: datetime = instante()


@aplicacion("SELECT, INSERT")
class Invitacion(Tabla, table=True):
    """That a unit was told of a process: once."""

    __tablename__ = "feria_invitacion"
    __table_args__ = (Index("ix_feria_invitacion_unidad", "unidad_id", "invitada_en"),)

    convocatoria_id: UUID = Field(primary_key=True, foreign_key="feria_proceso_invitado.convocatoria_id")
    unidad_id: UUID = Field(primary_key=True, foreign_key="registro_unidad.id")
    invitada_en: datetime = instante()


@aplicacion("SELECT, INSERT, DELETE")
class SinInvitaciones(Tabla, table=True):
    """A unit that does not want to be told; without a row, it is."""

    __tablename__ = "feria_sin_invitaciones"

    unidad_id: UUID = Field(primary_key=True, foreign_key="registro_unidad.id")
    desde: datetime = instante()
