"""What crosses the API."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from comercio.acuerdos.estados import ClaseDeAcuerdo, EstadoAcuerdo
from comercio.agenda import Lado
from nucleo.lectores import DecimalPlano, Entrada, Fecha, escrito

Motivo = Annotated[str, escrito(300, 3)]
Cuanto = Annotated[DecimalPlano, Field(gt=0, le=1_000_000, decimal_places=4)]


class PlazoPedido(Entrada):
    hasta: Fecha = Field(description="El último día para despacharlo, o para hacer el servicio.")
    motivo: Motivo


class QuitaPedida(Entrada):
    linea_id: UUID
    cantidad: Cuanto = Field(description="Cuánto menos de esa línea, de lo que no salió.")
    motivo: Motivo


class RespuestaDeAcuerdo(Entrada):
    acuerdo_id: UUID = Field(description="Lo que responde, como lo vio: puede haber cambiado.")
    acepta: bool = Field(description="Sin aceptarlo todo queda como estaba; quien lo pidió lo retira así.")


class AcuerdoFicha(BaseModel):
    id: UUID
    pedido_id: UUID
    clase: ClaseDeAcuerdo
    propuso: Lado
    motivo: str
    despachar_hasta: datetime | None
    linea_id: UUID | None
    cantidad: DecimalPlano | None
    estado: EstadoAcuerdo
    responder_hasta: datetime = Field(description="Sin respuesta hasta entonces, todo queda como estaba.")
    creado_en: datetime
    terminado_en: datetime | None


class AcuerdosDelPedido(BaseModel):
    datos: list[AcuerdoFicha]
