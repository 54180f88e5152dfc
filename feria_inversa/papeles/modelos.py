"""Tables of the roles: who was named, which two roles one person may not hold, and recusals."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from feria_inversa.papeles.estados import ClaseDeExcusa, EstadoExcusa
from feria_inversa.papeles.tipos import Papel
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento, momento_o_nada

_PAPELES = ", ".join(f"'{papel}'" for papel in Papel)
_CLASES = ", ".join(f"'{clase}'" for clase in ClaseDeExcusa)
_ESTADOS = ", ".join(f"'{estado}'" for estado in EstadoExcusa)
RIGE = "cesada_en IS NULL"


@aplicacion("SELECT, INSERT, UPDATE (cesada_en, cesada_por, motivo_cese)")
class Designacion(Tabla, table=True):
    """Somebody holds a role, of an entity or of one process of it, from an instant, and until another one if
    it says so. It is only added to: what ends says when, by whom and why, once.
    """

    __tablename__ = "feria_designacion"
    __table_args__ = (
        CheckConstraint(f"papel IN ({_PAPELES})", name="papel"),
        CheckConstraint(
            "CASE WHEN convocatoria_id IS NULL"
            " THEN papel IN ('mae', 'rpc', 'rpa', 'administrativa', 'juridica', 'recibe_compras')"
            " ELSE papel IN ('rpc', 'rpa', 'solicitante', 'responsable', 'calificacion', 'recepcion') END",
            name="ambito",
        ),
        CheckConstraint("hasta > desde", name="hasta"),
        CheckConstraint(
            "num_nonnulls(cesada_en, cesada_por, motivo_cese) IN (0, 3) AND char_length(motivo_cese) >= 10",
            name="cese",
        ),
        Index(
            "uq_feria_designacion_entidad",
            "unidad_id",
            "papel",
            "persona_id",
            unique=True,
            postgresql_where=text(f"convocatoria_id IS NULL AND {RIGE}"),
        ),
        Index(
            "uq_feria_designacion_proceso",
            "convocatoria_id",
            "papel",
            "persona_id",
            unique=True,
            postgresql_where=text(RIGE),
        ),
        Index(
            "uq_feria_designacion_mae",
            "unidad_id",
            unique=True,
            postgresql_where=text(f"papel = 'mae' AND {RIGE}"),
        ),
        Index("ix_feria_designacion_hasta", "hasta", postgresql_where=text(RIGE)),
        Index("ix_feria_designacion_convocatoria", "convocatoria_id", "designada_en"),
        Index("ix_feria_designacion_unidad", "unidad_id", "designada_en"),
    )

    id: UUID = Field(primary_key=True)
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    convocatoria_id: UUID | None = Field(default=None, foreign_key="feria_convocatoria.id")
    papel: str = Field(max_length=14)
    persona_id: UUID = Field(foreign_key="ciudadania_persona.id")
    documento: str = Field(default="", max_length=200)
    desde: datetime = momento()
    hasta: datetime | None = momento_o_nada()
    designada_en: datetime = instante()
    autor: str = Field(max_length=200)
    mandato_id: UUID | None = None
    reemplaza_a: UUID | None = Field(default=None, foreign_key="feria_designacion.id", unique=True)
    cesada_en: datetime | None = momento_o_nada()
    cesada_por: str | None = Field(default=None, max_length=200)
    motivo_cese: str | None = Field(default=None, max_length=1000)


@aplicacion("SELECT")
class Incompatibilidad(Tabla, table=True):
    """Two roles that one person may not hold in a process, between two days. A row only ends; one that no
    norm confirms warns and refuses nobody.
    """

    __tablename__ = "feria_incompatibilidad"
    __table_args__ = (
        CheckConstraint(f"papel IN ({_PAPELES}) AND con IN ({_PAPELES}) AND papel <> con", name="papeles"),
        CheckConstraint("char_length(fuente) >= 3", name="fuente"),
        CheckConstraint("vigente_hasta >= vigente_desde", name="vigencia"),
    )

    id: UUID = Field(primary_key=True)
    papel: str = Field(max_length=14)
    con: str = Field(max_length=14)
    confirmado: bool
    fuente: str = Field(max_length=200)
    vigente_desde: date
    vigente_hasta: date | None = None


@aplicacion("SELECT, INSERT, UPDATE (estado, resuelta_en, resuelta_por, fundamento, tacita)")
class Excusa(Tabla, table=True):
    """Somebody asks that who holds a role of a process be left out: themselves, or a unit that bid
    (`unidad_id`). Public, with its reason and its answer; silence in the term answers too (`tacita`).
    `su_propio_caso`: when it was presented, nobody but who was recused could answer it.
    """

    __tablename__ = "feria_excusa"
    __table_args__ = (
        CheckConstraint(f"clase IN ({_CLASES})", name="clase"),
        CheckConstraint(f"estado IN ({_ESTADOS})", name="estado"),
        CheckConstraint("(clase = 'recusacion') = (unidad_id IS NOT NULL)", name="unidad_id"),
        CheckConstraint("char_length(motivo) >= 10", name="motivo"),
        CheckConstraint("resolver_hasta > presentada_en", name="resolver_hasta"),
        CheckConstraint("(estado = 'presentada') = (resuelta_en IS NULL)", name="resuelta_en"),
        CheckConstraint(
            "num_nonnulls(resuelta_en, resuelta_por, fundamento, tacita) IN (0, 4)"
            " AND char_length(fundamento) >= 10",
            name="fundamento",
        ),
        Index(
            "uq_feria_excusa_una",
            "designacion_id",
            unique=True,
            postgresql_where=text("clase = 'excusa' AND estado = 'presentada'"),
        ),
        Index("uq_feria_excusa_unidad", "designacion_id", "unidad_id", unique=True),
        Index(
            "ix_feria_excusa_presentada",
            "resolver_hasta",
            postgresql_where=text("estado = 'presentada'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    designacion_id: UUID = Field(foreign_key="feria_designacion.id")
    clase: str = Field(max_length=10)
    estado: str = Field(default=EstadoExcusa.PRESENTADA, max_length=10)
    unidad_id: UUID | None = Field(default=None, foreign_key="registro_unidad.id")
    motivo: str = Field(max_length=1000)
    presentada_en: datetime = momento()
    presentada_por: str = Field(max_length=200)
    resolver_hasta: datetime = momento()
    su_propio_caso: bool
    resuelta_en: datetime | None = momento_o_nada()
    resuelta_por: str | None = Field(default=None, max_length=200)
    fundamento: str | None = Field(default=None, max_length=1000)
    tacita: bool | None = None
