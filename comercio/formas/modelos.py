"""The tables of what ways of delivery each seller offers, and for how much."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint
from sqlmodel import Field

from comercio.formas.estados import FormaDeEntrega
from nucleo.dinero import Centavos
from nucleo.enumeraciones import valores
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, instante


@aplicacion("SELECT, INSERT, UPDATE (ofrece, indicaciones, cobra, gratis_desde, contra_entrega, cambiada_en)")
class FormaOfrecida(Tabla, table=True):
    """Whether a place of dispatch offers a way of delivery, and what who buys must know of it: where and when
    to pick it up, on which days it is taken. A seller who said nothing sends by post. `cobra`: who buys pays
    for it apart (by post, the rate of who carries it), but from `gratis_desde` in goods on.
    `contra_entrega`: by post, it may be paid at the door.
    """

    __tablename__: ClassVar[str] = "comercio_forma_de_entrega"
    __table_args__ = (
        CheckConstraint(f"forma IN ({valores(FormaDeEntrega)})", name="forma"),
        CheckConstraint("forma <> 'retiro' OR NOT ofrece OR indicaciones <> ''", name="donde"),
        CheckConstraint("forma <> 'retiro' OR NOT cobra", name="cobra"),
        CheckConstraint("NOT contra_entrega OR forma = 'correo' AND ofrece", name="contra_entrega"),
        CheckConstraint("gratis_desde IS NULL OR gratis_desde > 0 AND cobra", name="gratis_desde"),
    )

    lugar_id: UUID = Field(primary_key=True, foreign_key="comercio_lugar_de_despacho.id")
    forma: str = Field(primary_key=True, max_length=8)
    ofrece: bool
    indicaciones: str = Field(default="", max_length=300)
    cobra: bool = False
    gratis_desde: Money | None = Field(default=None, sa_type=Centavos)
    contra_entrega: bool = False
    cambiada_en: datetime = instante()


@aplicacion("SELECT, INSERT, DELETE")
class ZonaDeReparto(Tabla, table=True):
    """A municipality where the seller takes what they sell themselves, and for how much. Who names none takes
    it within their own, for nothing."""

    __tablename__: ClassVar[str] = "comercio_zona_de_reparto"
    __table_args__ = (CheckConstraint("monto >= 0", name="monto"),)

    lugar_id: UUID = Field(primary_key=True, foreign_key="comercio_lugar_de_despacho.id")
    municipio_ine: str = Field(primary_key=True, max_length=6)
    monto: Money = dinero()
