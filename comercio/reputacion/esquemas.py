"""What crosses the API."""

from datetime import datetime

from pydantic import BaseModel, Field

from comercio.reputacion.clases import Clase, Falta
from nucleo.lectores import DecimalPlano


class CuentaLeida(BaseModel):
    falta: Falta
    cuantas: int
    permitidas: int = Field(description="Hasta cuántas está bien, con esas ventas.")
    por_ciento: DecimalPlano
    maximo_por_ciento: DecimalPlano
    bien: bool


class ReputacionLeida(BaseModel):
    clase: Clase
    desde: datetime
    hasta: datetime
    dias: int
    ventas: int
    ventas_minimas: int = Field(description="Con menos, no hay historia.")
    cuentas: list[CuentaLeida]
    norma: str
