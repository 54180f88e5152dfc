"""What crosses the API of the red flags."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from feria_inversa.procesos import Texto
from nucleo.lectores import Entrada


class RespuestaDeBandera(Entrada):
    respuesta: Annotated[Texto, Field(min_length=10, max_length=3000, description="Será pública.")]


class RespuestaSalida(BaseModel):
    version: int
    texto: str
    respondida_por: str
    respondida_en: datetime


class DatoSalida(BaseModel):
    dato: str
    nombre: str
    valor: Annotated[str | int, Field(description="Exacto: una fracción se escribe «31/30».")]


class QuienFigura(BaseModel):
    id: str
    nombre: str


class ProcesoConBandera(BaseModel):
    cuce: str | None
    objeto: str | None
    convocatoria_id: Annotated[UUID | None, Field(description="Si es un proceso de aquí.")]


class BanderaSalida(BaseModel):
    """Algo que vale la pena mirar; nunca dice que alguien obró mal."""

    codigo: str
    version: Annotated[int, Field(description="De su definición.")]
    nombre: str
    que_es: str
    formula: str
    que_la_aclara: str
    fuente: str
    sobre: str
    quien: Annotated[QuienFigura | None, Field(description="La entidad o el proveedor, si no es un proceso.")]
    proceso: ProcesoConBandera | None
    entidad_codigo: str | None
    dia: date
    valor: str
    datos: list[DatoSalida]
    quienes: list[QuienFigura]
    vista_en: datetime
    levantada_en: datetime | None
    respuestas: list[RespuestaSalida]
