"""Table of the schedules."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, SmallInteger
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante


@aplicacion("SELECT, INSERT")
class Cronograma(Tabla, table=True):
    """The days that an entity gives to its process. Each one follows, with a public reason, the one before
    it; the last is in force. A trigger holds it to the publication and the closing of its process.
    """

    __tablename__ = "feria_cronograma"
    __table_args__ = (
        CheckConstraint("numero > 0", name="numero"),
        CheckConstraint(
            "apertura >= greatest(consultas, aclaracion) AND aclaracion >= consultas "
            "AND evaluacion >= apertura AND adjudicacion >= greatest(apertura, evaluacion) "
            "AND documentos >= adjudicacion AND contrato >= greatest(adjudicacion, documentos) "
            "AND entrega >= contrato",
            name="orden",
        ),
        CheckConstraint("(numero = 1) = (motivo IS NULL) AND char_length(motivo) >= 10", name="motivo"),
    )

    convocatoria_id: UUID = Field(primary_key=True, foreign_key="feria_convocatoria.id")
    numero: int = Field(primary_key=True, sa_type=SmallInteger)
    consultas: date | None = None
    aclaracion: date | None = None
    apertura: date
    evaluacion: date | None = None
    adjudicacion: date
    documentos: date | None = None
    contrato: date
    entrega: date | None = None
    motivo: str | None = Field(default=None, max_length=1000)
    escrito_en: datetime = instante()
