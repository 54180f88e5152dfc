"""Tables of promotions and coupons. What must always hold is a constraint here, not a hope in the code."""

from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from comercio.catalogo import ClaseDeRebaja
from comercio.promociones.estados import Alcance, EstadoPromocion
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.reloj import fecha_bolivia
from nucleo.tablas import Tabla, dinero, entero, instante, momento, momento_o_nada

DIAS_MAXIMOS = 90
PORCENTAJE_MAXIMO_PB = 9_000
MONTO_MAXIMO_CENTAVOS = 10_000_000  # Bs 100.000
USOS_MAXIMOS = 100_000
_CUANTO = (
    f"valor BETWEEN 1 AND CASE clase WHEN 'porcentaje' THEN {PORCENTAJE_MAXIMO_PB}"
    f" ELSE {MONTO_MAXIMO_CENTAVOS} END"
)
_DIAS = f"hasta > desde AND hasta - desde <= interval '{DIAS_MAXIMOS} days'"


def _ultimo_dia(hasta: datetime) -> date:
    return fecha_bolivia(hasta - timedelta(microseconds=1))


@aplicacion("SELECT")
class ReglaDeReferencia(Tabla, table=True):
    """Of how many days before a promotion the lowest price is what it may be compared with: dated rows, each
    with its norm."""

    __tablename__: ClassVar[str] = "comercio_regla_de_referencia"
    __table_args__ = (
        CheckConstraint("dias BETWEEN 1 AND 365", name="dias"),
        CheckConstraint("vigente_hasta >= vigente_desde", name="vigencia"),
        ExcludeConstraint(
            (text("daterange(vigente_desde, vigente_hasta, '[]')"), "&&"),
            using="gist",
            name="ex_comercio_regla_de_referencia_una",
        ),
    )

    vigente_desde: date = Field(primary_key=True)
    vigente_hasta: date | None = None
    dias: int = Field(sa_type=SmallInteger)
    norma: str = Field(max_length=200)
    confirmado: bool = False


@aplicacion("SELECT, INSERT, UPDATE (estado, reflejada)")
class Promocion(Tabla, table=True):
    """So much per cent (`valor` in hundredths of one), or so many centavos, less of each unit, between two
    instants; of the whole shop or of the variants of `PromocionVariante`. `reflejada`: whether its
    products say in lists that it is in force; None while they are being written."""

    __tablename__: ClassVar[str] = "comercio_promocion"
    __table_args__ = (
        UniqueConstraint("id", "vendedor_id"),
        ForeignKeyConstraint(["vendedor_id"], ["registro_unidad.id"]),
        CheckConstraint(f"clase IN ({valores(ClaseDeRebaja)})", name="clase"),
        CheckConstraint(f"alcance IN ({valores(Alcance)})", name="alcance"),
        CheckConstraint(f"estado IN ({valores(EstadoPromocion)})", name="estado"),
        CheckConstraint(_CUANTO, name="valor"),
        CheckConstraint(_DIAS, name="dias"),
        Index(None, "vendedor_id", "id"),
        Index(None, "vendedor_id", postgresql_where=text("estado = 'activa'")),
        Index(None, "hasta", postgresql_where=text("estado <> 'terminada'")),
        Index(None, "id", postgresql_where=text("estado <> 'terminada' OR reflejada IS DISTINCT FROM false")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    vendedor_id: UUID
    nombre: str = Field(max_length=80)
    clase: str = Field(max_length=10)
    valor: int = entero()
    alcance: str = Field(max_length=8)
    desde: datetime = momento()
    hasta: datetime = momento()
    estado: str = Field(default=str(EstadoPromocion.ACTIVA), max_length=10)
    reflejada: bool | None = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    creado_en: datetime = instante()

    @property
    def ultimo_dia(self) -> date:
        return _ultimo_dia(self.hasta)


@aplicacion("SELECT, INSERT")
class PromocionVariante(Tabla, table=True):
    """A variant of a promotion of some: of its own seller, by both keys."""

    __tablename__: ClassVar[str] = "comercio_promocion_variante"
    __table_args__ = (
        ForeignKeyConstraint(
            ["promocion_id", "vendedor_id"], ["comercio_promocion.id", "comercio_promocion.vendedor_id"]
        ),
        ForeignKeyConstraint(
            ["variante_id", "vendedor_id"], ["comercio_variante.id", "comercio_variante.vendedor_id"]
        ),
        Index(None, "variante_id"),
    )

    promocion_id: UUID = Field(primary_key=True)
    variante_id: UUID = Field(primary_key=True)
    vendedor_id: UUID


@aplicacion("SELECT")
class PromocionTramo(Tabla, table=True):
    """When a promotion really was in force: a trigger begins one and cuts it short. What somebody can have
    paid before is read from here."""

    __tablename__: ClassVar[str] = "comercio_promocion_tramo"
    __table_args__ = (
        ForeignKeyConstraint(["promocion_id"], ["comercio_promocion.id"]),
        CheckConstraint("hasta >= desde", name="orden"),
        Index(None, "promocion_id", "id"),
    )

    id: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    promocion_id: UUID
    desde: datetime = momento()
    hasta: datetime = momento()


@aplicacion(
    "SELECT, INSERT (id, vendedor_id, codigo, clase, valor, minimo, usos_maximos, desde, hasta, estado),"
    " UPDATE (estado)"
)
class Cupon(Tabla, table=True):
    """A code that takes so much off what somebody buys in a shop, once each. `usados` is written by the
    trigger of its uses alone."""

    __tablename__: ClassVar[str] = "comercio_cupon"
    __table_args__ = (
        UniqueConstraint("id", "vendedor_id"),
        ForeignKeyConstraint(["vendedor_id"], ["registro_unidad.id"]),
        CheckConstraint("codigo ~ '^[A-Z0-9]{4,20}$'", name="codigo"),
        CheckConstraint(f"clase IN ({valores(ClaseDeRebaja)})", name="clase"),
        CheckConstraint(f"estado IN ({valores(EstadoPromocion)})", name="estado"),
        CheckConstraint(_CUANTO, name="valor"),
        CheckConstraint("minimo >= 0", name="minimo"),
        CheckConstraint(f"usos_maximos BETWEEN 1 AND {USOS_MAXIMOS}", name="usos_maximos"),
        CheckConstraint("usados BETWEEN 0 AND usos_maximos", name="usados"),
        CheckConstraint(_DIAS, name="dias"),
        Index(
            "uq_comercio_cupon_codigo",
            "vendedor_id",
            "codigo",
            unique=True,
            postgresql_where=text("estado <> 'terminada'"),
        ),
        Index(None, "codigo"),
        Index(None, "hasta", postgresql_where=text("estado <> 'terminada'")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    vendedor_id: UUID
    codigo: str = Field(max_length=20)
    clase: str = Field(max_length=10)
    valor: int = entero()
    minimo: Money = dinero()
    usos_maximos: int
    usados: int = Field(default=None, nullable=False, sa_column_kwargs={"server_default": "0"})
    desde: datetime = momento()
    hasta: datetime = momento()
    estado: str = Field(default=str(EstadoPromocion.ACTIVA), max_length=10)
    creado_en: datetime = instante()

    @property
    def ultimo_dia(self) -> date:
        return _ultimo_dia(self.hasta)


@aplicacion("SELECT, INSERT, UPDATE (devuelto_en)")
class UsoDeCupon(Tabla, table=True):
    """A coupon used in a purchase, and what it took off. Given back (`devuelto_en`) when all that it was used
    for was cancelled; until then nobody uses it twice."""

    __tablename__: ClassVar[str] = "comercio_cupon_uso"
    __table_args__ = (
        UniqueConstraint("compra_id"),
        ForeignKeyConstraint(["cupon_id"], ["comercio_cupon.id"]),
        ForeignKeyConstraint(
            ["compra_id", "comprador_parte_id"], ["comercio_compra.id", "comercio_compra.comprador_parte_id"]
        ),
        CheckConstraint("descuento > 0", name="descuento"),
        Index(
            "uq_comercio_cupon_uso_vigente",
            "cupon_id",
            "comprador_parte_id",
            unique=True,
            postgresql_where=text("devuelto_en IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    cupon_id: UUID
    compra_id: UUID
    comprador_parte_id: UUID
    descuento: Money = dinero()
    devuelto_en: datetime | None = momento_o_nada()
    creado_en: datetime = instante()
