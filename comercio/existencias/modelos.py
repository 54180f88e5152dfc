"""From how little of a variant on its seller is told."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field

from comercio.catalogo import Cantidad
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE (umbral, avisado_en), DELETE")
class UmbralDeExistencia(Tabla, table=True):
    """`avisado_en`: since when its seller knows that there is so little; none while there is more."""

    __tablename__: ClassVar[str] = "comercio_umbral_de_existencia"
    __table_args__ = (
        ForeignKeyConstraint(["variante_id"], ["comercio_variante.id"]),
        CheckConstraint("umbral BETWEEN 0 AND 1000000", name="umbral"),
    )

    variante_id: UUID = Field(primary_key=True)
    umbral: Decimal = Field(sa_type=Cantidad)
    avisado_en: datetime | None = momento_o_nada()
