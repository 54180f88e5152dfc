"""Table of the appeals."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from feria_inversa.impugnacion.estados import EstadoImpugnacion
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, momento, momento_o_nada

_ESTADOS = ", ".join(f"'{estado}'" for estado in EstadoImpugnacion)


@aplicacion("SELECT, INSERT, UPDATE (estado, resuelta_en, resuelta_por, fundamento, tacita)")
class Impugnacion(Tabla, table=True):
    """An appeal of who bid against the decision in force on an item: public, with its reason and its answer.

    It is resolved by `resolver_hasta`; silence lets the decision stand (`tacita`).
    """

    __tablename__ = "feria_impugnacion"
    __table_args__ = (
        UniqueConstraint("adjudicacion_id", "unidad_id"),
        ForeignKeyConstraint(
            ["adjudicacion_id", "item_id"], ["feria_adjudicacion.id", "feria_adjudicacion.item_id"]
        ),
        ForeignKeyConstraint(["item_id", "convocatoria_id"], ["feria_item.id", "feria_item.convocatoria_id"]),
        CheckConstraint(f"estado IN ({_ESTADOS})", name="estado"),
        CheckConstraint("char_length(motivo) >= 10", name="motivo"),
        CheckConstraint("resolver_hasta > presentada_en", name="resolver_hasta"),
        CheckConstraint("(estado = 'presentada') = (resuelta_en IS NULL)", name="resuelta_en"),
        CheckConstraint(
            "num_nonnulls(resuelta_en, resuelta_por, fundamento, tacita) IN (0, 4)"
            " AND char_length(fundamento) >= 10",
            name="fundamento",
        ),
        Index("ix_feria_impugnacion_convocatoria", "convocatoria_id", "presentada_en"),
        Index(
            "ix_feria_impugnacion_presentada",
            "resolver_hasta",
            postgresql_where=text("estado = 'presentada'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    convocatoria_id: UUID
    item_id: UUID
    adjudicacion_id: UUID
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    estado: str = Field(default=EstadoImpugnacion.PRESENTADA, max_length=10)
    motivo: str = Field(max_length=3000)
    presentada_en: datetime = momento()
    presentada_por: str = Field(max_length=200)
    resolver_hasta: datetime = momento()
    resuelta_en: datetime | None = momento_o_nada()
    resuelta_por: str | None = Field(default=None, max_length=200)
    fundamento: str | None = Field(default=None, max_length=3000)
    tacita: bool | None = None
