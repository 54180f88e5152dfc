"""Who a gift is for, when they have an account, and that it came. What must hold is in the migrations too."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE (quitado_en)")
class RegaloPara(Tabla, table=True):
    """For whom a purchase that is a gift is. `dicho`: what its buyer wrote to find them, which is all that
    they are shown. One at a time; `quitado_en`: its buyer took it back.
    """

    __tablename__: ClassVar[str] = "comercio_regalo_para"
    __table_args__ = (
        CheckConstraint("dicho <> ''", name="dicho"),
        Index(
            "uq_comercio_regalo_para_compra",
            "compra_id",
            unique=True,
            postgresql_where=text("quitado_en IS NULL"),
        ),
        Index(None, "parte_id", "id"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    compra_id: UUID = Field(foreign_key="comercio_compra.id")
    parte_id: UUID = Field(foreign_key="registro_parte.id")
    dicho: str = Field(max_length=60)
    nombrado_en: datetime = instante()
    quitado_en: datetime | None = momento_o_nada()


@aplicacion("SELECT, INSERT")
class RegaloRecibido(Tabla, table=True):
    """Who an order was a gift for said that it came; append-only. It moves no money."""

    __tablename__: ClassVar[str] = "comercio_regalo_recibido"
    __table_args__ = (Index(None, "regalo_id"),)

    pedido_id: UUID = Field(primary_key=True, foreign_key="comercio_pedido.id")
    regalo_id: UUID = Field(foreign_key="comercio_regalo_para.id")
    recibido_en: datetime = instante()
