"""Table of the questions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from feria_inversa.preguntas.estados import EstadoPregunta
from nucleo.enumeraciones import valores
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, momento, momento_o_nada

POR_UNIDAD = 20
"""How many questions a unit may ask of one process."""


@aplicacion("SELECT, INSERT, UPDATE (estado, terminada_en, respuesta, respondida_por)")
class Pregunta(Tabla, table=True):
    """A question about a call that takes bids: public, as its answer is; who asks is told to nobody.

    `numero` is of the process, `vez` of the unit in it. What is not answered when the reception ends, or the
    process does, stays without an answer.
    """

    __tablename__ = "feria_pregunta"
    __table_args__ = (
        UniqueConstraint("convocatoria_id", "numero"),
        UniqueConstraint("convocatoria_id", "unidad_id", "vez"),
        ForeignKeyConstraint(["convocatoria_id"], ["feria_convocatoria.id"]),
        CheckConstraint(f"estado IN ({valores(EstadoPregunta)})", name="estado"),
        CheckConstraint("numero >= 1", name="numero"),
        CheckConstraint(f"vez BETWEEN 1 AND {POR_UNIDAD}", name="vez"),
        CheckConstraint("char_length(texto) >= 10", name="texto"),
        CheckConstraint("(estado = 'por_responder') = (terminada_en IS NULL)", name="terminada_en"),
        CheckConstraint(
            "num_nonnulls(respuesta, respondida_por) = CASE estado WHEN 'respondida' THEN 2 ELSE 0 END"
            " AND char_length(respuesta) >= 2",
            name="respuesta",
        ),
        Index(
            "ix_feria_pregunta_pendiente",
            "convocatoria_id",
            postgresql_where=text("estado = 'por_responder'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    convocatoria_id: UUID
    numero: int
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    vez: int
    estado: str = Field(default=EstadoPregunta.POR_RESPONDER, max_length=13)
    texto: str = Field(max_length=2000)
    hecha_en: datetime = momento()
    hecha_por: str = Field(max_length=200)
    terminada_en: datetime | None = momento_o_nada()
    respuesta: str | None = Field(default=None, max_length=3000)
    respondida_por: str | None = Field(default=None, max_length=200)
