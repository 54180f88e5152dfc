"""What crosses the API."""

from pydantic import Field

from nucleo.lectores import Entrada


class RespuestaDePago(Entrada):
    llego: bool = Field(description="Si llegó lo que la entidad dice que pagó; si no, lo debe.")
