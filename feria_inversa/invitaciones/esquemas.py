"""What crosses the API of the invitations."""

from pydantic import BaseModel

from nucleo.lectores import Entrada


class PreferenciaEntrada(Entrada):
    recibe: bool


class PreferenciaSalida(BaseModel):
    recibe: bool


class InvitadasSalida(BaseModel):
    cuantas: int
