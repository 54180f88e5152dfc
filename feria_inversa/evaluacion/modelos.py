"""Table of the decisions."""

from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from feria_inversa.evaluacion.causas import CausaDesierta
from feria_inversa.procesos import EstadoItem
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, momento

_RESULTADOS = ", ".join(f"'{estado}'" for estado in EstadoItem if estado != EstadoItem.PEDIDO)

_CAUSAS = ", ".join(f"'{causa}'" for causa in CausaDesierta)


@aplicacion("SELECT, INSERT")
class Adjudicacion(Tabla, table=True):
    """A decision on one item: awarded to one line of one bid, desierto, or an award that falls and why.

    Never changed: the next one says which it replaces, and the one that none replaces is in force.
    """

    __tablename__ = "feria_adjudicacion"
    __table_args__ = (
        UniqueConstraint("id", "item_id"),
        UniqueConstraint("reemplaza_a"),
        ForeignKeyConstraint(
            ["reemplaza_a", "item_id"], ["feria_adjudicacion.id", "feria_adjudicacion.item_id"]
        ),
        Index(
            "uq_feria_adjudicacion_primera",
            "item_id",
            unique=True,
            postgresql_where=text("reemplaza_a IS NULL"),
        ),
        UniqueConstraint("id", "item_id", "proveedor_id"),
        UniqueConstraint("oferta_linea_id"),
        ForeignKeyConstraint(["item_id", "convocatoria_id"], ["feria_item.id", "feria_item.convocatoria_id"]),
        ForeignKeyConstraint(
            ["oferta_linea_id", "item_id"], ["feria_oferta_linea.id", "feria_oferta_linea.item_id"]
        ),
        CheckConstraint(f"resultado IN ({_RESULTADOS})", name="resultado"),
        CheckConstraint("(resultado = 'adjudicado') = (oferta_linea_id IS NOT NULL)", name="oferta_linea_id"),
        CheckConstraint("(resultado = 'adjudicado') = (proveedor_id IS NOT NULL)", name="proveedor_id"),
        CheckConstraint("(resultado = 'adjudicado') = (total IS NOT NULL)", name="total"),
        CheckConstraint(
            "(resultado = 'adjudicado' AND es_menor_precio) OR char_length(motivo) >= 10", name="motivo"
        ),
        CheckConstraint(f"causa IN ({_CAUSAS})", name="causa"),
        # Those of before causes were asked have none.
        CheckConstraint("causa IS NULL OR resultado = 'desierto'", name="causa_de_desierta"),
        Index("ix_feria_adjudicacion_convocatoria", "convocatoria_id", "proveedor_id"),
    )

    id: UUID = Field(primary_key=True)
    convocatoria_id: UUID
    item_id: UUID
    resultado: str = Field(max_length=13)
    reemplaza_a: UUID | None = None
    oferta_linea_id: UUID | None = None
    proveedor_id: UUID | None = Field(default=None, foreign_key="registro_unidad.id")
    total: Money | None = dinero(default=None)
    es_menor_precio: bool
    causa: str | None = Field(default=None, max_length=17)
    motivo: str = Field(default="", max_length=1000)
    decidida_en: datetime = momento()
    decidida_por: str = Field(max_length=200)
