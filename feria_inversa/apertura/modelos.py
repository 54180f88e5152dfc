"""Table of the act of opening."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, momento


@aplicacion("SELECT, INSERT")
class ActaDeApertura(Tabla, table=True):
    """Who opened the envelopes, when, and how many there were."""

    __tablename__ = "feria_acta_apertura"
    __table_args__ = (
        CheckConstraint("ofertas >= 0", name="ofertas"),
        CheckConstraint("retiradas >= 0", name="retiradas"),
    )

    convocatoria_id: UUID = Field(primary_key=True, foreign_key="feria_convocatoria.id")
    abierta_en: datetime = momento()
    abierta_por: str = Field(max_length=200)
    ofertas: int
    retiradas: int
