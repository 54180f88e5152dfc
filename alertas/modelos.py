"""Tables of saved searches and of what was found for each."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Index, LargeBinary, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, momento, momento_o_nada

ALERTAS_MAXIMAS = 50
PEDIDA, VENCIDA = "pedida", "vencida"
"""Why an alert ended: its owner asked, or its year was over."""
_VIGENTE = text("baja_en IS NULL")
DUENIO = text("coalesce(unidad_id, persona_id)")


class Frecuencia(StrEnum):
    AL_MOMENTO = "al_momento"
    DIARIA = "diaria"
    SEMANAL = "semanal"


@aplicacion("SELECT, INSERT, UPDATE (vence_en, baja_en, motivo_baja, huella_canal)")
class Alerta(Tabla, table=True):
    """A search that goes on by itself. Its criteria never change: another search is another alert.

    `ancla` is the term of `terminos` by which it is found; `lugar`, its place among its owner's: nobody has
    more than there are places. With a unit it is the unit's, and is told to it: `persona_id` only saved it.
    """

    __tablename__ = "alertas_alerta"
    __table_args__ = (
        CheckConstraint("ancla = ANY (terminos)", name="ancla"),
        CheckConstraint("cardinality(terminos) BETWEEN 1 AND 20", name="terminos"),
        CheckConstraint("desde <= hasta", name="rango"),
        CheckConstraint("frecuencia IN ('al_momento', 'diaria', 'semanal')", name="frecuencia"),
        CheckConstraint(f"lugar BETWEEN 1 AND {ALERTAS_MAXIMAS}", name="lugar"),
        CheckConstraint("char_length(nombre) BETWEEN 1 AND 120", name="nombre"),
        CheckConstraint("NOT por_webhook OR unidad_id IS NOT NULL", name="webhook_de_unidad"),
        CheckConstraint("octet_length(huella_canal) = 32", name="huella_sha256"),
        CheckConstraint("(baja_en IS NULL) = (motivo_baja IS NULL)", name="baja_completa"),
        CheckConstraint(f"motivo_baja IN ('{PEDIDA}', '{VENCIDA}')", name="motivo_baja"),
        Index(
            "uq_alertas_alerta_lugar",
            DUENIO,
            "lugar",
            unique=True,
            postgresql_where=_VIGENTE,
        ),
        Index(
            "uq_alertas_alerta_igual",
            DUENIO,
            "emparejador",
            "criterios",
            unique=True,
            postgresql_where=_VIGENTE,
        ),
        Index("ix_alertas_alerta_ancla", "emparejador", "ancla", postgresql_where=_VIGENTE),
        Index(
            "ix_alertas_alerta_persona",
            "persona_id",
            postgresql_where=text("baja_en IS NULL AND unidad_id IS NULL"),
        ),
        Index("ix_alertas_alerta_unidad", "unidad_id", postgresql_where=_VIGENTE),
        Index("ix_alertas_alerta_vence", "vence_en", postgresql_where=_VIGENTE),
    )

    id: UUID = Field(primary_key=True)
    persona_id: UUID = Field(foreign_key="ciudadania_persona.id")
    unidad_id: UUID | None = Field(default=None, foreign_key="registro_unidad.id")
    emparejador: str = Field(sa_type=Text)
    criterios: dict[str, Any] = Field(sa_type=JSONB)
    nombre: str = Field(sa_type=Text)
    terminos: list[str] = Field(sa_type=ARRAY(Text))
    ancla: str = Field(sa_type=Text)
    desde: int | None = Field(default=None, sa_type=BigInteger)
    hasta: int | None = Field(default=None, sa_type=BigInteger)
    frecuencia: str = Field(sa_type=Text)
    por_webhook: bool
    lugar: int = Field(sa_type=SmallInteger)
    huella_canal: bytes | None = Field(default=None, sa_type=LargeBinary, unique=True)
    creado_en: datetime = momento()
    vence_en: datetime = momento()
    baja_en: datetime | None = momento_o_nada()
    motivo_baja: str | None = Field(default=None, sa_type=Text)


@aplicacion("SELECT, INSERT, UPDATE (enviada_en, dicho), DELETE")
class Coincidencia(Tabla, table=True):
    """An object found for an alert: once, whoever finds it, however often it is published. `dicho`: what its
    owner was told then; of what another alert had told, nothing."""

    __tablename__ = "alertas_coincidencia"
    __table_args__ = (
        Index("ix_alertas_coincidencia_por_enviar", "enviar_en", postgresql_where=text("enviada_en IS NULL")),
        Index("ix_alertas_coincidencia_hallada", "alerta_id", "hallada_en", "objeto_id"),
        Index(
            "ix_alertas_coincidencia_dicha",
            "alerta_id",
            "enviada_en",
            postgresql_where=text("dicho IS NOT NULL"),
        ),
    )

    alerta_id: UUID = Field(primary_key=True, foreign_key="alertas_alerta.id")
    objeto_id: UUID = Field(primary_key=True)
    hallada_en: datetime = momento()
    enviar_en: datetime = momento()
    enviada_en: datetime | None = momento_o_nada()
    dicho: str | None = Field(default=None, sa_type=Text)


@aplicacion("SELECT, INSERT")
class Propuesta(Tabla, table=True):
    """What a unit answered to the search that was proposed to it: once for each kind of alert."""

    __tablename__ = "alertas_propuesta"
    __table_args__ = (
        CheckConstraint("(alerta_id IS NOT NULL) = aceptada", name="aceptada"),
        Index("ix_alertas_propuesta_alerta", "alerta_id", postgresql_where=text("alerta_id IS NOT NULL")),
    )

    unidad_id: UUID = Field(primary_key=True, foreign_key="registro_unidad.id")
    emparejador: str = Field(primary_key=True, sa_type=Text)
    aceptada: bool
    alerta_id: UUID | None = Field(default=None, foreign_key="alertas_alerta.id")
    persona_id: UUID = Field(foreign_key="ciudadania_persona.id")
    respondida_en: datetime = momento()
