"""The mandates of units."""

from datetime import datetime
from typing import Any
from uuid import UUID

from moneyed import Money
from pydantic import ConfigDict
from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Index,
    SmallInteger,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from empresa_digital.registro.mandatos.tipos import Facultad
from nucleo.dinero import Centavos
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion

_INSTANTE: Any = DateTime(timezone=True)


@aplicacion("SELECT, INSERT, UPDATE (revocado_en, revocado_motivo)")
class Mandato(SQLModel, table=True):
    """Who may act for a unit: a person, or another unit through its own representatives.

    `firmas_requeridas` (k) of the mandates that share `grupo_firma` (n) must sign together; until joint
    signature exists, only mandates with k = 1 give power. `monto_limite` null means without limit.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)  # type: ignore[assignment]
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
    monto_limite: Money | None = Field(default=None, sa_type=Centavos)
    valido_desde: datetime = Field(sa_type=_INSTANTE)
    valido_hasta: datetime | None = Field(default=None, sa_type=_INSTANTE)
    firmas_requeridas: int = Field(default=1, sa_type=SmallInteger)
    grupo_firma: UUID | None = None
    subdelegable: bool = False
    delegado_de: UUID | None = Field(default=None, foreign_key="registro_mandato.id")
    documento: str | None = Field(default=None, sa_type=Text)
    revocado_en: datetime | None = Field(default=None, sa_type=_INSTANTE)
    revocado_motivo: str | None = Field(default=None, sa_type=Text)
    creado_en: datetime = Field(sa_type=_INSTANTE)
