"""What crosses the API."""

from pydantic import Field

from nucleo.lectores import Entrada, Momento


class HoraPedida(Entrada):
    inicio: Momento = Field(description="Una de las horas libres.")


class RespuestaDeCita(Entrada):
    acepta: bool = Field(description="Sin aceptarla queda como estaba; quien la pidió la retira así.")
