"""Table of the budget certificates. What must always hold is a constraint here, not a hope in the code."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, UniqueConstraint, text
from sqlmodel import Field

from feria_inversa.certificaciones.estados import TONOS, EstadoCertificacion
from nucleo.enumeraciones import valores
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, momento, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE (estado, motivo, terminada_en, termino, cierre_avisado_en)")
class Certificacion(Tabla, table=True):
    """That an entity has so much of its budget of a year for something, as its own system certified it.

    Of the line of the budget, only what it is spent on (`objeto`) is always known; the rest is what a C-31
    says besides, as somebody of the entity wrote it, and nobody confirmed. How much of it is committed or
    spent is in the ledger, in an account of its own. What was written stays (trigger). `cierre_avisado_en`:
    when its entity was told that its year ends.
    """

    __tablename__: ClassVar[str] = "feria_certificacion"
    __table_args__ = (
        UniqueConstraint("id", "unidad_id"),
        ForeignKeyConstraint(["unidad_id"], ["registro_unidad.id"]),
        ForeignKeyConstraint(
            ["unidad_id", "ejecutora"], ["feria_ejecutora.unidad_id", "feria_ejecutora.ejecutora"]
        ),
        ForeignKeyConstraint(["persona_id"], ["ciudadania_persona.id"]),
        ForeignKeyConstraint(["mandato_id"], ["registro_mandato.id"]),
        CheckConstraint(f"estado IN ({valores(EstadoCertificacion)})", name="estado"),
        CheckConstraint("numero ~ '^[0-9A-Z][0-9A-Z./-]*$'", name="numero"),
        CheckConstraint("gestion = extract(year FROM fecha)", name="gestion"),
        CheckConstraint("objeto ~ '^[1-9][0-9]{4}$'", name="objeto"),
        CheckConstraint("fuente ~ '^[0-9]{2}$'", name="fuente"),
        CheckConstraint("organismo ~ '^[0-9]{3}$'", name="organismo"),
        CheckConstraint("direccion ~ '^[0-9]{1,4}$'", name="direccion"),
        CheckConstraint("apertura ~ '^[0-9]+( [0-9]+)*$'", name="apertura"),
        CheckConstraint("monto BETWEEN 1 AND 1000000000000", name="monto"),
        CheckConstraint(
            "vence_en = (make_date(gestion + 1, 1, 1)::timestamp AT TIME ZONE 'America/La_Paz')",
            name="vence_en",
        ),
        CheckConstraint("(estado = 'vigente') = (terminada_en IS NULL)", name="terminada_en"),
        CheckConstraint("(terminada_en IS NULL) = (termino IS NULL)", name="termino"),
        CheckConstraint(
            "(estado = 'anulada') = (motivo IS NOT NULL) AND char_length(motivo) >= 10", name="motivo"
        ),
        Index(
            "uq_feria_certificacion_numero",
            "unidad_id",
            "gestion",
            "numero",
            unique=True,
            postgresql_where=text("estado <> 'anulada'"),
        ),
        Index(None, "unidad_id", "id"),
        Index(None, "vence_en", "id", postgresql_where=text("estado = 'vigente'")),
    )

    id: UUID = Field(primary_key=True)
    unidad_id: UUID
    ejecutora: str = Field(max_length=2)
    numero: str = Field(max_length=20)
    gestion: int = Field(sa_type=SmallInteger)
    fecha: date
    objeto: str = Field(max_length=5)
    fuente: str | None = Field(default=None, max_length=2)
    organismo: str | None = Field(default=None, max_length=3)
    direccion: str | None = Field(default=None, max_length=4)
    apertura: str | None = Field(default=None, max_length=40)
    concepto: str = Field(max_length=300)
    monto: Money = dinero()
    estado: str = Field(default=str(EstadoCertificacion.VIGENTE), max_length=10)
    vence_en: datetime = momento()
    registrada_en: datetime = momento()
    registro: str = Field(max_length=200)
    persona_id: UUID
    mandato_id: UUID
    motivo: str | None = Field(default=None, max_length=1000)
    terminada_en: datetime | None = momento_o_nada()
    termino: str | None = Field(default=None, max_length=200)
    cierre_avisado_en: datetime | None = momento_o_nada()

    @property
    def texto(self) -> str:
        return EstadoCertificacion(self.estado).texto

    @property
    def tono(self) -> str:
        return TONOS.get(EstadoCertificacion(self.estado), "neutro")
