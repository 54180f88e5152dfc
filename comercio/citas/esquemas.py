"""What crosses the API."""

from uuid import UUID

from pydantic import Field

from nucleo.lectores import Entrada, Momento


class HoraPedida(Entrada):
    inicio: Momento = Field(description="Una de las horas libres.")


class RespuestaDeCita(Entrada):
    cita_id: UUID = Field(description="La propuesta que responde, como la vio: puede haber cambiado.")
    acepta: bool = Field(description="Sin aceptarla queda como estaba; quien la pidió la retira así.")
