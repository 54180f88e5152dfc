"""The table of what ways of delivery each seller offers."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from comercio.formas.estados import FormaDeEntrega
from nucleo.enumeraciones import valores
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante


@aplicacion("SELECT, INSERT, UPDATE (ofrece, indicaciones, cambiada_en)")
class FormaOfrecida(Tabla, table=True):
    """Whether a place of dispatch offers a way of delivery, and what who buys must know of it: where and when
    to pick it up, on which days it is taken. A seller who said nothing sends by post.
    """

    __tablename__: ClassVar[str] = "comercio_forma_de_entrega"
    __table_args__ = (
        CheckConstraint(f"forma IN ({valores(FormaDeEntrega)})", name="forma"),
        CheckConstraint("forma <> 'retiro' OR NOT ofrece OR indicaciones <> ''", name="donde"),
    )

    lugar_id: UUID = Field(primary_key=True, foreign_key="comercio_lugar_de_despacho.id")
    forma: str = Field(primary_key=True, max_length=8)
    ofrece: bool
    indicaciones: str = Field(default="", max_length=300)
    cambiada_en: datetime = instante()
