"""The mandates of units."""

from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    CheckConstraint,
    Index,
    SmallInteger,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from empresa_digital.registro.mandatos.tipos import Facultad
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, momento, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE (revocado_en, revocado_motivo)")
class Mandato(Tabla, table=True):
    """Who may act for a unit: a person, or another unit through its own representatives.

    It gives power from `aceptado_en` on. `firmas_requeridas` (k) of the mandates that share `grupo_firma` (n)
    must sign together; only those with k = 1 give power alone. `monto_limite` null means without limit.
    """

    __tablename__ = "registro_mandato"
    __table_args__ = (
        CheckConstraint("num_nonnulls(apoderado_persona_id, apoderado_unidad_id) = 1", name="un_apoderado"),
        CheckConstraint("apoderado_unidad_id <> unidad_id", name="otra_unidad"),
        CheckConstraint(
            f"cardinality(facultades) > 0 AND facultades <@ ARRAY[{valores(Facultad)}]", name="facultades"
        ),
        CheckConstraint("monto_limite > 0", name="monto_limite"),
        CheckConstraint("firmas_requeridas >= 1", name="firmas"),
        CheckConstraint("firmas_requeridas = 1 OR grupo_firma IS NOT NULL", name="grupo_firma"),
        CheckConstraint("valido_hasta > valido_desde", name="vigencia"),
        CheckConstraint("(revocado_en IS NULL) = (revocado_motivo IS NULL)", name="revocacion"),
        Index("ix_registro_mandato_persona", "apoderado_persona_id", "unidad_id"),
        Index("ix_registro_mandato_unidad", "unidad_id"),
        Index("ix_registro_mandato_apoderada", "apoderado_unidad_id", "unidad_id"),
        Index("ix_registro_mandato_delegado_de", "delegado_de"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    apoderado_persona_id: UUID | None = Field(default=None, foreign_key="ciudadania_persona.id")
    apoderado_unidad_id: UUID | None = Field(default=None, foreign_key="registro_unidad.id")
    facultades: list[str] = Field(sa_type=ARRAY(Text))
    monto_limite: Money | None = dinero(default=None)
    valido_desde: datetime = momento()
    valido_hasta: datetime | None = momento_o_nada()
    firmas_requeridas: int = Field(default=1, sa_type=SmallInteger)
    grupo_firma: UUID | None = None
    subdelegable: bool = False
    delegado_de: UUID | None = Field(default=None, foreign_key="registro_mandato.id")
    documento: str | None = Field(default=None, sa_type=Text)
    revocado_en: datetime | None = momento_o_nada()
    revocado_motivo: str | None = Field(default=None, sa_type=Text)
    creado_en: datetime = momento()
    aceptado_en: datetime | None = momento_o_nada()
