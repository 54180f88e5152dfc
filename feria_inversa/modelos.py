"""Tables of the reverse fair. What must always hold is also a constraint or a trigger (migration 0007)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    LargeBinary,
    Numeric,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlmodel import Field, SQLModel

from feria_inversa.estados import Estado, EstadoItem, EstadoOferta
from feria_inversa.unidades_de_medida import UNIDADES
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, entero, instante, momento, momento_o_nada, precio, suma

CATEGORIAS = ("bienes", "servicios", "obras", "consultoria")
CANTIDAD = Numeric(14, 4)


def _lista(valores: Any) -> str:
    return ", ".join(f"'{valor}'" for valor in valores)


@aplicacion("SELECT, INSERT")
class Modalidad(Tabla, table=True):
    """A contracting modality as one norm states it for a span of dates: rules are data, never code.

    It applies to reference totals in ``(monto_desde, monto_hasta]``. `confirmado` is false when the value
    has not been checked against the norm's text; pages say so.
    """

    __tablename__ = "feria_modalidad"
    __table_args__ = (
        UniqueConstraint("codigo", "vigente_desde"),
        CheckConstraint("monto_desde >= 0", name="monto_desde"),
        CheckConstraint("monto_hasta > monto_desde", name="monto_hasta"),
        CheckConstraint("dias_minimos BETWEEN 0 AND 365", name="dias_minimos"),
        CheckConstraint("dias_impugnacion BETWEEN 0 AND 60", name="dias_impugnacion"),
        CheckConstraint("vigente_hasta >= vigente_desde", name="vigencia"),
        CheckConstraint("metodo_ocds IN ('open', 'selective', 'limited', 'direct')", name="metodo_ocds"),
    )

    id: UUID = Field(primary_key=True)
    codigo: str = Field(max_length=10)
    nombre: str = Field(max_length=120)
    norma: str = Field(max_length=200)
    nota: str = Field(default="", max_length=500)
    confirmado: bool
    vigente_desde: date
    vigente_hasta: date | None = None
    monto_desde: Money = dinero()
    monto_hasta: Money | None = dinero(default=None)
    dias_minimos: int = Field(sa_type=SmallInteger)
    dias_impugnacion: int = Field(sa_type=SmallInteger)
    metodo_ocds: str = Field(max_length=10)


@aplicacion("SELECT, INSERT")
class EntidadContratante(Tabla, table=True):
    """The codes by which a public entity appears in its CUCE: institutional code and executing unit.

    `provisional` marks a code that the platform lent to an entity whose record has no institutional code.
    """

    __tablename__ = "feria_entidad"
    __table_args__ = (
        UniqueConstraint("codigo", "ejecutora"),
        CheckConstraint("codigo ~ '^[0-9]{4}$'", name="codigo"),
        CheckConstraint("ejecutora ~ '^[0-9]{2}$'", name="ejecutora"),
    )

    unidad_id: UUID = Field(primary_key=True, foreign_key="registro_unidad.id")
    codigo: str = Field(max_length=4)
    ejecutora: str = Field(default="00", max_length=2)
    provisional: bool


@aplicacion("SELECT, INSERT, UPDATE (ultimo)")
class Serie(Tabla, table=True):
    """The last serial given in a scope (`cuce:2026:1201`); its row lock makes serials gapless and unique."""

    __tablename__ = "feria_serie"
    __table_args__ = (CheckConstraint("ultimo > 0", name="ultimo"),)

    ambito: str = Field(primary_key=True, max_length=60)
    ultimo: int = entero()


@aplicacion("SELECT, INSERT, UPDATE, DELETE")
class Convocatoria(Tabla, table=True):
    """A need that a public entity posts; the bids come to it."""

    __tablename__ = "feria_convocatoria"
    __table_args__ = (
        CheckConstraint(f"estado IN ({_lista(Estado)})", name="estado"),
        CheckConstraint(f"categoria IN ({_lista(CATEGORIAS)})", name="categoria"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("char_length(titulo) BETWEEN 5 AND 200", name="titulo"),
        CheckConstraint("monto_referencial >= 0", name="monto_referencial"),
        CheckConstraint("plazo_entrega_dias BETWEEN 1 AND 1095", name="plazo_entrega_dias"),
        CheckConstraint(
            "estado IN ('borrador', 'programado') OR cancelado_en IS NOT NULL OR (cuce IS NOT NULL AND "
            "ocid IS NOT NULL AND modalidad_id IS NOT NULL AND publicado_en IS NOT NULL AND "
            "vence_en IS NOT NULL AND monto_referencial > 0)",
            name="publicada",
        ),
        CheckConstraint("vence_en > publicado_en", name="plazo"),
        CheckConstraint("abierto_en >= vence_en", name="apertura"),
        CheckConstraint(
            "(cancelado_en IS NOT NULL) = (estado IN ('cancelado', 'anulado'))", name="cancelacion"
        ),
        CheckConstraint("cancelado_en IS NULL OR char_length(motivo_cierre) >= 10", name="motivo_cierre"),
        Index("ix_feria_convocatoria_estado_vence", "estado", "vence_en", "id"),
        Index("ix_feria_convocatoria_unidad", "unidad_id", "creado_en", "id"),
        Index("ix_feria_convocatoria_municipio", "municipio_ine", "estado"),
    )

    id: UUID = Field(primary_key=True)
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    estado: str = Field(default=Estado.BORRADOR, max_length=20)
    version: int = 1
    titulo: str = Field(max_length=200)
    descripcion: str = Field(default="", max_length=5000)
    categoria: str = Field(max_length=12)
    municipio_ine: str = Field(foreign_key="registro_municipio.ine", sa_type=Text)
    lugar_entrega: str = Field(default="", max_length=300)
    plazo_entrega_dias: int
    monto_referencial: Money = suma()
    modalidad_id: UUID | None = Field(default=None, foreign_key="feria_modalidad.id")
    cuce: str | None = Field(default=None, max_length=26, unique=True)
    ocid: str | None = Field(default=None, max_length=60, unique=True)
    convocatoria_anterior_id: UUID | None = Field(default=None, foreign_key="feria_convocatoria.id")
    creado_en: datetime = instante()
    publicado_en: datetime | None = momento_o_nada()
    vence_en: datetime | None = momento_o_nada()
    cerrado_en: datetime | None = momento_o_nada()
    abierto_en: datetime | None = momento_o_nada()
    resuelto_en: datetime | None = momento_o_nada()
    contratado_en: datetime | None = momento_o_nada()
    cancelado_en: datetime | None = momento_o_nada()
    motivo_cierre: str | None = Field(default=None, max_length=1000)
    texto_busqueda: str = Field(default="", sa_type=Text)


# Filled by a trigger from title, description and `texto_busqueda`; queried, never loaded.
tabla_convocatoria = SQLModel.metadata.tables["feria_convocatoria"]
tabla_convocatoria.append_column(
    Column("busqueda", TSVECTOR, nullable=False, server_default=text("''::tsvector"))
)
Index("ix_feria_convocatoria_busqueda", tabla_convocatoria.c.busqueda, postgresql_using="gin")


@aplicacion("SELECT, INSERT, DELETE")
class Item(Tabla, table=True):
    """One thing needed. Frozen once the call is published."""

    __tablename__ = "feria_item"
    __table_args__ = (
        UniqueConstraint("convocatoria_id", "numero"),
        UniqueConstraint("id", "convocatoria_id"),
        CheckConstraint("numero > 0", name="numero"),
        CheckConstraint("cantidad > 0", name="cantidad"),
        CheckConstraint("char_length(descripcion) >= 3", name="descripcion"),
        CheckConstraint(f"unidad_medida IN ({_lista(UNIDADES)})", name="unidad_medida"),
        CheckConstraint("unspsc ~ '^[0-9]{8}$'", name="unspsc"),
        CheckConstraint("precio_referencial > 0", name="precio_referencial"),
        CheckConstraint(
            "total_referencial >= 0 AND abs(total_referencial - cantidad * precio_referencial * 100) <= 0.5",
            name="total_referencial",
        ),
    )

    id: UUID = Field(primary_key=True)
    convocatoria_id: UUID = Field(foreign_key="feria_convocatoria.id")
    numero: int = Field(sa_type=SmallInteger)
    descripcion: str = Field(max_length=500)
    unspsc: str | None = Field(default=None, max_length=8)
    cantidad: Decimal = Field(sa_type=CANTIDAD)
    unidad_medida: str = Field(max_length=20)
    precio_referencial: Money = precio()
    total_referencial: Money = dinero()


@aplicacion("SELECT, INSERT, UPDATE (estado, terminada_en)")
class Oferta(Tabla, table=True):
    """A unit's bid on a call: who, when, and the fingerprint of a closed envelope. No price is here.

    Rows are never edited, only ended: replacing a bid ends one row (`reemplazada`) and adds another.
    """

    __tablename__ = "feria_oferta"
    __table_args__ = (
        UniqueConstraint("id", "convocatoria_id"),
        UniqueConstraint("convocatoria_id", "unidad_id", "intento"),
        Index(
            "uq_feria_oferta_vigente",
            "convocatoria_id",
            "unidad_id",
            unique=True,
            postgresql_where=text("estado = 'vigente'"),
        ),
        Index("ix_feria_oferta_unidad", "unidad_id", "presentada_en", "id"),
        CheckConstraint(f"estado IN ({_lista(EstadoOferta)})", name="estado"),
        CheckConstraint("(estado = 'vigente') = (terminada_en IS NULL)", name="terminada_en"),
        CheckConstraint("intento > 0", name="intento"),
        CheckConstraint("huella ~ '^[0-9a-f]{64}$'", name="huella"),
        CheckConstraint("cantidad_lineas > 0", name="cantidad_lineas"),
    )

    id: UUID = Field(primary_key=True)
    convocatoria_id: UUID = Field(foreign_key="feria_convocatoria.id")
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    intento: int = Field(sa_type=SmallInteger)
    estado: str = Field(default=EstadoOferta.VIGENTE, max_length=12)
    presentada_en: datetime = momento()
    presentada_por: str = Field(max_length=200)
    terminada_en: datetime | None = momento_o_nada()
    huella: str = Field(max_length=64)
    cantidad_lineas: int = Field(sa_type=SmallInteger)


@aplicacion("SELECT, INSERT")
class Sobre(Tabla, table=True):
    """The closed contents of a bid. Only `sobres.py` reads it, and only to open it after the deadline."""

    __tablename__ = "feria_sobre"

    oferta_id: UUID = Field(primary_key=True, foreign_key="feria_oferta.id")
    contenido: bytes = Field(sa_type=LargeBinary)


@aplicacion("SELECT, INSERT")
class OfertaLinea(Tabla, table=True):
    """What a bid says of one item. A row exists only from the opening act on (trigger)."""

    __tablename__ = "feria_oferta_linea"
    __table_args__ = (
        UniqueConstraint("oferta_id", "item_id"),
        UniqueConstraint("id", "item_id"),
        ForeignKeyConstraint(
            ["oferta_id", "convocatoria_id"], ["feria_oferta.id", "feria_oferta.convocatoria_id"]
        ),
        ForeignKeyConstraint(["item_id", "convocatoria_id"], ["feria_item.id", "feria_item.convocatoria_id"]),
        Index("ix_feria_oferta_linea_convocatoria", "convocatoria_id", "item_id", "total"),
        CheckConstraint("precio_unitario > 0", name="precio_unitario"),
        CheckConstraint("total >= 0", name="total"),
        CheckConstraint("plazo_dias BETWEEN 1 AND 1095", name="plazo_dias"),
    )

    id: UUID = Field(primary_key=True)
    convocatoria_id: UUID
    oferta_id: UUID
    item_id: UUID
    precio_unitario: Money = precio()
    total: Money = dinero()
    marca: str = Field(max_length=120)
    detalle: str = Field(default="", max_length=1000)
    plazo_dias: int = Field(sa_type=SmallInteger)


@aplicacion("SELECT, INSERT")
class ActaDeApertura(Tabla, table=True):
    """Who opened the envelopes, when, and how many there were."""

    __tablename__ = "feria_acta_apertura"
    __table_args__ = (
        CheckConstraint("ofertas >= 0", name="ofertas"),
        CheckConstraint("retiradas >= 0", name="retiradas"),
    )

    convocatoria_id: UUID = Field(primary_key=True, foreign_key="feria_convocatoria.id")
    abierta_en: datetime = momento()
    abierta_por: str = Field(max_length=200)
    ofertas: int
    retiradas: int


@aplicacion("SELECT, INSERT")
class Adjudicacion(Tabla, table=True):
    """The decision on one item: awarded to one line of one bid, or desierto. One per item, never changed."""

    __tablename__ = "feria_adjudicacion"
    __table_args__ = (
        UniqueConstraint("item_id"),
        ForeignKeyConstraint(["item_id", "convocatoria_id"], ["feria_item.id", "feria_item.convocatoria_id"]),
        ForeignKeyConstraint(
            ["oferta_linea_id", "item_id"], ["feria_oferta_linea.id", "feria_oferta_linea.item_id"]
        ),
        CheckConstraint(f"resultado IN ({_lista(EstadoItem)})", name="resultado"),
        CheckConstraint("(resultado = 'adjudicado') = (oferta_linea_id IS NOT NULL)", name="oferta_linea_id"),
        CheckConstraint("(resultado = 'adjudicado') = (proveedor_id IS NOT NULL)", name="proveedor_id"),
        CheckConstraint("(resultado = 'adjudicado') = (total IS NOT NULL)", name="total"),
        CheckConstraint(
            "(resultado = 'adjudicado' AND es_menor_precio) OR char_length(motivo) >= 10", name="motivo"
        ),
        Index("ix_feria_adjudicacion_convocatoria", "convocatoria_id", "proveedor_id"),
    )

    id: UUID = Field(primary_key=True)
    convocatoria_id: UUID
    item_id: UUID
    resultado: str = Field(max_length=10)
    oferta_linea_id: UUID | None = None
    proveedor_id: UUID | None = Field(default=None, foreign_key="registro_unidad.id")
    total: Money | None = dinero(default=None)
    es_menor_precio: bool
    motivo: str = Field(default="", max_length=1000)
    decidida_en: datetime = momento()
    decidida_por: str = Field(max_length=200)


@aplicacion("SELECT, INSERT")
class OrdenDeCompra(Tabla, table=True):
    """What an entity orders from one winning supplier of a call."""

    __tablename__ = "feria_orden_de_compra"
    __table_args__ = (
        UniqueConstraint("convocatoria_id", "proveedor_id"),
        CheckConstraint("total > 0", name="total"),
        CheckConstraint("plazo_dias BETWEEN 1 AND 1095", name="plazo_dias"),
        Index("ix_feria_orden_de_compra_proveedor", "proveedor_id", "emitida_en", "id"),
    )

    id: UUID = Field(primary_key=True)
    numero: str = Field(max_length=30, unique=True)
    convocatoria_id: UUID = Field(foreign_key="feria_convocatoria.id")
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    proveedor_id: UUID = Field(foreign_key="registro_unidad.id")
    total: Money = dinero()
    plazo_dias: int = Field(sa_type=SmallInteger)
    emitida_en: datetime = momento()
    emitida_por: str = Field(max_length=200)


@aplicacion("SELECT, INSERT")
class ReleaseOcds(Tabla, table=True):
    """An OCDS release exactly as it was published: text, so that no number or key order can change later."""

    __tablename__ = "feria_ocds_release"
    __table_args__ = (
        UniqueConstraint("convocatoria_id", "secuencia"),
        CheckConstraint("secuencia > 0", name="secuencia"),
        Index("ix_feria_ocds_release_ocid", "ocid", "secuencia"),
    )

    numero: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    convocatoria_id: UUID = Field(foreign_key="feria_convocatoria.id")
    secuencia: int = Field(sa_type=SmallInteger)
    ocid: str = Field(max_length=60)
    release_id: str = Field(max_length=80, unique=True)
    fecha: datetime = momento()
    etiquetas: list[str] = Field(sa_type=JSONB)
    contenido: str = Field(sa_type=Text)
