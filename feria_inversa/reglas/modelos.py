"""Tables of the rules of contracting."""

from datetime import date
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, SmallInteger, UniqueConstraint
from sqlmodel import Field

from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero


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
