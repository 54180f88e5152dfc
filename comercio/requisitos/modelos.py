"""Tables of the rules for sellers. What must always hold is a constraint here, not a hope in the code."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint
from sqlmodel import Field

from comercio.requisitos.clases import ClaseDeVendedor, QueSeVende
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, momento


@aplicacion("SELECT, INSERT, UPDATE (vigente_hasta)")
class ReglaDeVendedor(Tabla, table=True):
    """What a kind of seller may sell: whether at all, up to how much in a year (`tope_anual`), with which
    documents (identifiers of the registry). Not `confirmado`: shown, never blocking. A row is never
    rewritten: the next one ends it.
    """

    __tablename__: ClassVar[str] = "comercio_regla_de_vendedor"
    __table_args__ = (
        CheckConstraint(f"clase IN ({valores(ClaseDeVendedor)})", name="clase"),
        CheckConstraint(f"que IN ({valores(QueSeVende)})", name="que"),
        CheckConstraint("tope_anual > 0", name="tope_anual"),
        CheckConstraint("norma <> '' AND que_se_pide <> ''", name="norma"),
        CheckConstraint("vigente_hasta > vigente_desde", name="vigencia"),
        ExcludeConstraint(
            ("clase", "="),
            ("que", "="),
            (text("daterange(vigente_desde, vigente_hasta)"), "&&"),
            using="gist",
            name="ex_comercio_regla_de_vendedor_una",
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    clase: str = Field(max_length=12)
    que: str = Field(max_length=10)
    permite: bool = True
    tope_anual: Money | None = dinero(default=None, nullable=True)
    documentos: list[str] = Field(sa_type=ARRAY(Text))
    que_se_pide: str = Field(max_length=300)
    norma: str = Field(max_length=200)
    confirmado: bool = False
    vigente_desde: date
    vigente_hasta: date | None = None
    dispuso: str = Field(default="", max_length=200)

    @property
    def clase_texto(self) -> str:
        return ClaseDeVendedor(self.clase).texto

    @property
    def que_texto(self) -> str:
        return QueSeVende(self.que).texto


@aplicacion("SELECT, INSERT")
class RequisitoVisto(Tabla, table=True):
    """What the rule asked of a seller when a product went on sale, and what was missing; append-only."""

    __tablename__: ClassVar[str] = "comercio_requisito_visto"
    __table_args__ = (
        ForeignKeyConstraint(["producto_id"], ["comercio_producto.id"]),
        ForeignKeyConstraint(["regla_id"], ["comercio_regla_de_vendedor.id"]),
        CheckConstraint("vendido_centavos >= 0", name="vendido"),
        Index(None, "producto_id", "id"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    producto_id: UUID
    regla_id: UUID
    faltaban: list[str] = Field(sa_type=ARRAY(Text))
    vendido_centavos: int = Field(sa_type=BigInteger)
    visto_en: datetime = momento()
