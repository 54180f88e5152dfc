"""Tables of the annual plans. What must always hold is a constraint here, not a hope in the code."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlmodel import Field, SQLModel

from feria_inversa.plan.estados import TONOS, EstadoPlan
from feria_inversa.precios import CANTIDAD, UNIDAD_ESCRITA, UNIDADES
from feria_inversa.reglas import CATEGORIAS
from nucleo.enumeraciones import valores
from nucleo.privilegios import aplicacion
from nucleo.reloj import ahora, fecha_bolivia
from nucleo.tablas import Tabla, dinero, momento, momento_o_nada

_CATEGORIAS = ", ".join(f"'{codigo}'" for codigo in CATEGORIAS)
_UNIDADES = ", ".join(f"'{codigo}'" for codigo in UNIDADES)
_A_LA_VISTA = text("publica AND NOT retirada")


@aplicacion("SELECT, INSERT, UPDATE (estado, version, revision, numero, publicado_en, terminado_en), DELETE")
class Plan(Tabla, table=True):
    """What an entity will contract in a year; `version` is the last one, and its lines are what it says.

    A draft is the version that will be published first. `revision` counts its changes, those of a draft too.
    `municipio_ine` is where the entity was when it began it.
    """

    __tablename__: ClassVar[str] = "feria_plan"
    __table_args__ = (
        UniqueConstraint("unidad_id", "gestion"),
        UniqueConstraint("id", "gestion"),
        UniqueConstraint("numero"),
        ForeignKeyConstraint(["unidad_id"], ["registro_unidad.id"]),
        ForeignKeyConstraint(["municipio_ine"], ["registro_municipio.ine"]),
        CheckConstraint(f"estado IN ({valores(EstadoPlan)})", name="estado"),
        CheckConstraint("gestion BETWEEN 2020 AND 2100", name="gestion"),
        CheckConstraint("version > 0 AND (version = 1 OR estado <> 'borrador')", name="version"),
        CheckConstraint("revision > 0", name="revision"),
        CheckConstraint(
            "num_nonnulls(numero, publicado_en) = CASE estado WHEN 'borrador' THEN 0 ELSE 2 END",
            name="publicado_en",
        ),
        CheckConstraint("(estado = 'terminado') = (terminado_en IS NOT NULL)", name="terminado_en"),
        Index(None, "gestion", "id", postgresql_where=text("estado <> 'borrador'")),
    )

    id: UUID = Field(primary_key=True)
    unidad_id: UUID
    gestion: int = Field(sa_type=SmallInteger)
    municipio_ine: str | None = Field(default=None, sa_type=Text)
    estado: str = Field(default=EstadoPlan.BORRADOR, max_length=9)
    version: int = Field(default=1, sa_type=SmallInteger)
    revision: int = 1
    numero: str | None = Field(default=None, max_length=20)
    creado_en: datetime = momento()
    creado_por: str = Field(max_length=200)
    publicado_en: datetime | None = momento_o_nada()
    terminado_en: datetime | None = momento_o_nada()

    def vigente(self, instante: datetime) -> bool:
        """Published, and its year not over: whether or not a sweep has said so yet."""
        return self.estado == EstadoPlan.PUBLICADO and fecha_bolivia(instante).year <= self.gestion

    @property
    def situacion(self) -> EstadoPlan:
        """Its state as pages say it: over when its year is, before the sweep too."""
        termino = self.estado == EstadoPlan.PUBLICADO and not self.vigente(ahora())
        return EstadoPlan.TERMINADO if termino else EstadoPlan(self.estado)

    @property
    def texto(self) -> str:
        return self.situacion.texto

    @property
    def tono(self) -> str:
        return TONOS.get(self.situacion, "neutro")


@aplicacion(
    "SELECT, INSERT, UPDATE (objeto, categoria, modalidad_id, mes, monto, partida, fuente, organismo,"
    " familia, cantidad, unidad_medida, unidad_texto, municipio_ine, version, revision, retirada), DELETE"
)
class Linea(Tabla, table=True):
    """One thing that will be contracted. `version` is the one in which it changed last, and `revision` the
    plan's then; one that was taken out of a published plan stays as it was (`retirada`). Of the money, only
    the partida is always known. It is delivered in the entity's own place, if it says no municipality.
    """

    __tablename__: ClassVar[str] = "feria_plan_linea"
    __table_args__ = (
        UniqueConstraint("plan_id", "numero"),
        UniqueConstraint("id", "plan_id"),
        ForeignKeyConstraint(["plan_id", "gestion"], ["feria_plan.id", "feria_plan.gestion"]),
        ForeignKeyConstraint(["modalidad_id"], ["feria_modalidad.id"]),
        ForeignKeyConstraint(["municipio_ine"], ["registro_municipio.ine"]),
        CheckConstraint("numero > 0", name="numero"),
        CheckConstraint("char_length(objeto) >= 5", name="objeto"),
        CheckConstraint(f"categoria IN ({_CATEGORIAS})", name="categoria"),
        CheckConstraint("mes BETWEEN 1 AND 12", name="mes"),
        CheckConstraint("monto BETWEEN 1 AND 100000000000000", name="monto"),
        CheckConstraint("partida ~ '^[1-9][0-9]{4}$'", name="partida"),
        CheckConstraint("fuente ~ '^[0-9]{2}$'", name="fuente"),
        CheckConstraint("organismo ~ '^[0-9]{3}$'", name="organismo"),
        CheckConstraint("familia ~ '^[0-9]{4}$'", name="familia"),
        CheckConstraint(
            "cantidad > 0 AND num_nonnulls(cantidad) = num_nonnulls(unidad_medida, unidad_texto)",
            name="cantidad",
        ),
        CheckConstraint(UNIDAD_ESCRITA, name="unidad_texto"),
        CheckConstraint(f"unidad_medida IN ({_UNIDADES})", name="unidad_medida"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("revision > 0", name="revision"),
    )

    id: UUID = Field(primary_key=True)
    plan_id: UUID
    gestion: int = Field(sa_type=SmallInteger)
    numero: int = Field(sa_type=SmallInteger)
    objeto: str = Field(max_length=1000)
    categoria: str = Field(max_length=12)
    modalidad_id: UUID
    mes: int = Field(sa_type=SmallInteger)
    monto: Money = dinero()
    partida: str = Field(max_length=5)
    fuente: str | None = Field(default=None, max_length=2)
    organismo: str | None = Field(default=None, max_length=3)
    familia: str | None = Field(default=None, max_length=4)
    cantidad: Decimal | None = Field(default=None, sa_type=CANTIDAD)
    unidad_medida: str | None = Field(default=None, max_length=20)
    unidad_texto: str | None = Field(default=None, max_length=60)
    municipio_ine: str | None = Field(default=None, sa_type=Text)
    version: int = Field(default=1, sa_type=SmallInteger)
    revision: int = 1
    retirada: bool = False


# Filled by a trigger from what is contracted, where, and whether its plan is public; queried, never loaded.
tabla_linea = SQLModel.metadata.tables["feria_plan_linea"]
tabla_linea.append_column(Column("busqueda", TSVECTOR, nullable=False, server_default=text("''::tsvector")))
tabla_linea.append_column(Column("departamento", String(2), nullable=False, server_default=text("''")))
tabla_linea.append_column(Column("publica", Boolean, nullable=False, server_default=text("false")))
Index("ix_feria_plan_linea_busqueda", tabla_linea.c.busqueda, postgresql_using="gin")
for _filtro in ((), ("departamento",), ("categoria",), ("modalidad_id",), ("familia",)):
    _columnas = ("gestion", *_filtro, "mes", "id")
    Index(
        f"ix_feria_plan_linea_{'_'.join(_columnas)}",
        *(tabla_linea.c[columna] for columna in _columnas),
        postgresql_where=_A_LA_VISTA,
    )


@aplicacion("SELECT")
class MesDePlan(Tabla, table=True):
    """How much the last version of a plan foresees for a month and a department. The database writes it with
    the version, and nobody else.
    """

    __tablename__: ClassVar[str] = "feria_plan_mes"
    __table_args__ = (
        ForeignKeyConstraint(["plan_id", "gestion"], ["feria_plan.id", "feria_plan.gestion"]),
        CheckConstraint("mes BETWEEN 1 AND 12", name="mes"),
        CheckConstraint("lineas > 0", name="lineas"),
        CheckConstraint("monto > 0", name="monto"),
        Index(None, "gestion"),
    )

    plan_id: UUID = Field(primary_key=True)
    mes: int = Field(primary_key=True, sa_type=SmallInteger)
    departamento: str = Field(primary_key=True, max_length=2)
    gestion: int = Field(sa_type=SmallInteger)
    lineas: int
    monto: int = Field(sa_type=BigInteger)


@aplicacion("SELECT, INSERT")
class VersionDePlan(Tabla, table=True):
    """What a plan said, exactly as it was published: text, so that nothing later changes what it says."""

    __tablename__: ClassVar[str] = "feria_plan_version"
    __table_args__ = (
        ForeignKeyConstraint(["plan_id"], ["feria_plan.id"]),
        ForeignKeyConstraint(["mandato_id"], ["registro_mandato.id"]),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("huella = encode(sha256(convert_to(contenido, 'UTF8')), 'hex')", name="huella"),
        CheckConstraint("(version = 1) = (motivo IS NULL) AND char_length(motivo) >= 10", name="motivo"),
    )

    plan_id: UUID = Field(primary_key=True)
    version: int = Field(primary_key=True, sa_type=SmallInteger)
    contenido: str = Field(sa_type=Text)
    huella: str = Field(max_length=64)
    motivo: str | None = Field(default=None, max_length=1000)
    hecha_en: datetime = momento()
    hecha_por: str = Field(max_length=200)
    mandato_id: UUID | None = None


# What changed in it, which the database reads out of its text; queried, never loaded.
tabla_version = SQLModel.metadata.tables["feria_plan_version"]
tabla_version.append_column(
    Column("cambio", JSONB, Computed("(contenido)::jsonb -> 'cambio'::text", persisted=True))
)


@aplicacion("SELECT, INSERT, DELETE")
class ProcesoDelPlan(Tabla, table=True):
    """That a process was begun from a line, as the plan was in that version, and what it said of it then."""

    __tablename__: ClassVar[str] = "feria_plan_proceso"
    __table_args__ = (
        ForeignKeyConstraint(["convocatoria_id"], ["feria_convocatoria.id"]),
        ForeignKeyConstraint(["linea_id", "plan_id"], ["feria_plan_linea.id", "feria_plan_linea.plan_id"]),
        ForeignKeyConstraint(
            ["plan_id", "version"], ["feria_plan_version.plan_id", "feria_plan_version.version"]
        ),
        Index(None, "linea_id"),
    )

    convocatoria_id: UUID = Field(primary_key=True)
    plan_id: UUID
    linea_id: UUID
    version: int = Field(sa_type=SmallInteger)


# What its version said of the line: the database copies it out of its text; queried, never loaded.
tabla_proceso = SQLModel.metadata.tables["feria_plan_proceso"]
tabla_proceso.append_column(Column("dicho", Text, nullable=False))
