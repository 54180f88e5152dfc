"""Tables of the State's market. All their rows are worked out of others: `verify` works them out again."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Computed,
    Date,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlmodel import Field, SQLModel

from feria_inversa.panorama.estados import Etapa
from feria_inversa.precios import CANTIDAD
from feria_inversa.reglas import CATEGORIAS
from nucleo.dinero import Centavos
from nucleo.enumeraciones import valores
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento_o_nada, precio

_CATEGORIAS = ", ".join(f"'{codigo}'" for codigo in CATEGORIAS)
_PROCESOS = text("etapa <> 'programado'")


def _monto() -> Money | None:
    return Field(default=None, sa_type=Centavos, nullable=True)  # type: ignore[no-any-return]


@aplicacion("SELECT, INSERT, UPDATE, DELETE")
class ProcesoDelMercado(Tabla, table=True):
    """A process, of here (`convocatoria_id`, as its release number `secuencia` left it) or as the history
    tells it (`archivo_id`, `linea`); or a line of a published plan (`plan_linea_id`).

    What a source does not say is null. `dia` is the day by which it is listed: when it was published, or is
    foreseen, or else the first that is known; `mes` is its month, null when only the year is. `unidades` and
    `familias` are those of its items, `visto_en` the day of what it says.
    """

    __tablename__: ClassVar[str] = "feria_mercado_proceso"
    __table_args__ = (
        UniqueConstraint("cuce"),
        UniqueConstraint("convocatoria_id"),
        UniqueConstraint("plan_linea_id"),
        ForeignKeyConstraint(["convocatoria_id"], ["feria_convocatoria.id"]),
        ForeignKeyConstraint(["plan_linea_id"], ["feria_plan_linea.id"]),
        CheckConstraint(
            "num_nonnulls(convocatoria_id, plan_linea_id, archivo_id) = 1"
            " AND num_nonnulls(convocatoria_id) = num_nonnulls(secuencia)"
            " AND num_nonnulls(archivo_id) = num_nonnulls(linea) AND num_nonnulls(plan_linea_id, cuce) = 1",
            name="fuente",
        ),
        CheckConstraint("gestion BETWEEN 2000 AND 2100", name="gestion"),
        CheckConstraint(
            f"etapa IN ({valores(Etapa)}) AND (etapa = 'programado') = (plan_linea_id IS NOT NULL)",
            name="etapa",
        ),
        CheckConstraint(f"categoria IN ({_CATEGORIAS})", name="categoria"),
        CheckConstraint("departamento ~ '^0[1-9]$'", name="departamento"),
        CheckConstraint(
            "least(total_referencial, total_adjudicado, proponentes, dias_al_pago, items) >= 0", name="montos"
        ),
        Index("ix_feria_mercado_proceso_etapa", "etapa", "dia", "id"),
        Index("ix_feria_mercado_proceso_dia", "dia", "id", postgresql_where=_PROCESOS),
        *(
            Index(f"ix_feria_mercado_proceso_{filtro}", filtro, "dia", "id", postgresql_where=_PROCESOS)
            for filtro in ("entidad_codigo", "departamento", "modalidad", "normativa", "categoria", "mes")
        ),
        Index(
            "ix_feria_mercado_proceso_cierra_en",
            "cierra_en",
            "id",
            postgresql_where=text("etapa = 'convocado'"),
        ),
        Index("ix_feria_mercado_proceso_unidad_id", "unidad_id"),
    )

    id: int | None = Field(
        default=None, sa_type=BigInteger, primary_key=True, sa_column_args=(Identity(always=True),)
    )
    convocatoria_id: UUID | None = None
    secuencia: int | None = Field(default=None, sa_type=SmallInteger)
    plan_linea_id: UUID | None = None
    archivo_id: int | None = None
    linea: int | None = None
    cuce: str | None = Field(default=None, max_length=30)
    gestion: int = Field(sa_type=SmallInteger)
    entidad_codigo: str | None = Field(default=None, max_length=4)
    entidad: str | None = Field(default=None, max_length=300)
    unidad_id: UUID | None = None
    objeto: str | None = Field(default=None, max_length=4000)
    categoria: str | None = Field(default=None, max_length=15)
    modalidad: str | None = Field(default=None, max_length=30)
    normativa: str | None = Field(default=None, max_length=120)
    etapa: str = Field(max_length=10)
    estado: str | None = Field(default=None, max_length=100)
    subasta: bool | None = None
    publicado: date | None = None
    presentacion: date | None = None
    cierra_en: datetime | None = momento_o_nada()
    decidido: date | None = None
    previsto: date | None = None
    departamento: str | None = Field(default=None, max_length=2)
    municipio_ine: str | None = Field(default=None, sa_type=Text)
    total_referencial: Money | None = _monto()
    total_adjudicado: Money | None = _monto()
    proponentes: int | None = None
    dias_al_pago: int | None = None
    fallas: list[str] = Field(sa_type=ARRAY(String(30)))
    visto_en: date
    items: int
    familias: list[str] = Field(sa_type=ARRAY(String(4)))
    unidades: list[str] = Field(sa_type=ARRAY(String(30)))
    dia: date = Field(
        sa_type=Date,
        sa_column_args=(
            Computed(
                "coalesce(publicado, previsto, presentacion, decidido, make_date(gestion, 1, 1))",
                persisted=True,
            ),
        ),
        nullable=False,
    )
    mes: int | None = Field(
        default=None,
        sa_type=SmallInteger,
        sa_column_args=(
            Computed(
                "extract(month FROM coalesce(publicado, previsto, presentacion, decidido))::smallint",
                persisted=True,
            ),
        ),
    )


# What is asked, and of each item the first letters; queried, never loaded.
tabla_proceso = SQLModel.metadata.tables["feria_mercado_proceso"]
tabla_proceso.append_column(Column("busqueda", TSVECTOR, nullable=False))
Index(
    "ix_feria_mercado_proceso_busqueda",
    tabla_proceso.c.busqueda,
    tabla_proceso.c.familias,
    tabla_proceso.c.unidades,
    postgresql_using="gin",
)


@aplicacion("SELECT, INSERT, UPDATE, DELETE")
class ItemDelMercado(Tabla, table=True):
    """What is asked in a process, and to whom and at how much it was awarded. `lugar` is its place in it;
    `unidad` is of our list, `unidad_texto` what was written; `proveedor_numero`, its number in our registry.
    `racimo` is what it is the same as (a trigger works it out): `perfiles` tells the prices of each.
    """

    __tablename__: ClassVar[str] = "feria_mercado_item"
    __table_args__ = (
        ForeignKeyConstraint(["proceso_id"], ["feria_mercado_proceso.id"], ondelete="CASCADE"),
        CheckConstraint("lugar > 0", name="lugar"),
        CheckConstraint("unspsc ~ '^[0-9]{8}$' AND familia = left(unspsc, 4)", name="unspsc"),
        CheckConstraint("familia ~ '^[0-9]{4}$'", name="familia"),
        CheckConstraint(
            "least(numero, contenido, cantidad, precio_referencial, precio_adjudicado) >= 0", name="montos"
        ),
        Index("ix_feria_mercado_item_familia", "familia", "unidad", "proceso_id"),
        Index("ix_feria_mercado_item_proveedor", "proveedor", "proceso_id"),
        Index("ix_feria_mercado_item_proveedor_numero", "proveedor_numero", "proceso_id"),
        Index(
            "ix_feria_mercado_item_proveedor_llano",
            text("feria_nombre_llano(proveedor)"),
            text("proceso_id DESC"),
            postgresql_where=text("proveedor_numero IS NULL AND precio_adjudicado IS NOT NULL"),
        ),
        Index(
            "ix_feria_mercado_item_racimo",
            "racimo",
            text("proceso_id DESC"),
            postgresql_where=text("racimo IS NOT NULL"),
        ),
    )

    proceso_id: int = Field(sa_type=BigInteger, primary_key=True)
    lugar: int = Field(sa_type=Integer, primary_key=True)
    numero: int | None = None
    unspsc: str | None = Field(default=None, max_length=8)
    familia: str | None = Field(default=None, max_length=4)
    descripcion: str | None = Field(default=None, max_length=4000)
    unidad: str | None = Field(default=None, max_length=30)
    contenido: Decimal | None = Field(default=None, sa_type=CANTIDAD)
    contenido_unidad: str | None = Field(default=None, max_length=30)
    unidad_texto: str | None = Field(default=None, max_length=100)
    cantidad: Decimal | None = Field(default=None, sa_type=CANTIDAD)
    precio_referencial: Money | None = precio(default=None, nullable=True)
    precio_adjudicado: Money | None = precio(default=None, nullable=True)
    proveedor: str | None = Field(default=None, max_length=300)
    proveedor_numero: str | None = Field(default=None, max_length=20)
    fallas: list[str] = Field(sa_type=ARRAY(String(30)))
    racimo: UUID | None = None


tabla_item = SQLModel.metadata.tables["feria_mercado_item"]
tabla_item.append_column(
    Column(
        "busqueda",
        TSVECTOR,
        Computed(
            "to_tsvector('public.feria_es'::regconfig, public.nucleo_en_palabras(coalesce(descripcion, '')))",
            persisted=True,
        ),
        nullable=False,
    )
)
Index("ix_feria_mercado_item_busqueda", tabla_item.c.busqueda, postgresql_using="gin")


@aplicacion("SELECT, INSERT, UPDATE (hasta_linea, terminado)")
class ArchivoEnElMercado(Tabla, table=True):
    """Up to which line what a file of history says is in the market; `terminado`: no more of it will come."""

    __tablename__: ClassVar[str] = "feria_mercado_archivo"
    __table_args__ = (
        ForeignKeyConstraint(["archivo_id"], ["feria_historia_archivo.id"]),
        CheckConstraint("hasta_linea >= 0", name="hasta_linea"),
    )

    archivo_id: int = Field(sa_type=Integer, primary_key=True)
    hasta_linea: int = 0
    terminado: bool = False


@aplicacion("SELECT, INSERT, UPDATE (nombre, procesos, desde, hasta), DELETE")
class Cuenta(Tabla, table=True):
    """How many processes there are of a year (0: of all), cut by one thing (`corte` empty: all of them), told
    by another (`que`, `cual`), and from which day to which. Of entities, those of most.
    """

    __tablename__: ClassVar[str] = "feria_mercado_cuenta"
    __table_args__ = (
        CheckConstraint("procesos > 0", name="procesos"),
        CheckConstraint("hasta >= desde", name="hasta"),
    )

    anio: int = Field(sa_type=SmallInteger, primary_key=True)
    corte: str = Field(primary_key=True, max_length=12)
    valor: str = Field(primary_key=True, max_length=120)
    que: str = Field(primary_key=True, max_length=12)
    cual: str = Field(primary_key=True, max_length=120)
    nombre: str = Field(max_length=300)
    procesos: int
    desde: date
    hasta: date


@aplicacion("SELECT, INSERT, UPDATE (hecho_en)")
class Recuento(Tabla, table=True):
    """When the counts were made last."""

    __tablename__: ClassVar[str] = "feria_mercado_recuento"
    __table_args__ = (CheckConstraint("id = 1", name="id"),)

    id: int = Field(sa_type=SmallInteger, primary_key=True)
    hecho_en: datetime = instante()
