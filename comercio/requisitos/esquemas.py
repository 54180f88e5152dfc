"""What crosses the API."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, field_validator

from comercio.requisitos.clases import ClaseDeVendedor, QueSeVende
from nucleo.dinero import Dinero, a_centavos
from nucleo.lectores import Entrada, Fecha, escrito
from nucleo.textos import gettext as _

TOPE_MAXIMO_CENTAVOS = 10**14


class ReglaNueva(Entrada):
    clase: ClaseDeVendedor
    que: QueSeVende
    permite: bool = True
    tope_anual: Dinero | None = Field(None, description="Hasta cuánto se vende en 365 días.")
    documentos: Annotated[list[Annotated[str, escrito(20, 1)]], Field(max_length=10)] = Field(
        [], description="Identificadores del registro, como `BO-NIT`."
    )
    que_se_pide: Annotated[str, escrito(300, 3)]
    norma: Annotated[str, escrito(200, 3)]
    confirmado: bool = Field(False, description="Si se leyó la norma; si no, se muestra y no impide vender.")
    vigente_desde: Fecha

    @field_validator("tope_anual")
    @classmethod
    def _mayor_que_cero(cls, tope: Dinero | None) -> Dinero | None:
        if tope is not None and not 0 < a_centavos(tope) <= TOPE_MAXIMO_CENTAVOS:
            raise ValueError(_("Escriba un monto mayor que cero."))
        return tope


class ReglaLeida(BaseModel):
    id: UUID
    clase: ClaseDeVendedor
    que: QueSeVende
    permite: bool
    tope_anual: Dinero | None
    documentos: list[str]
    que_se_pide: str
    norma: str
    confirmado: bool
    vigente_desde: date
    vigente_hasta: date | None


class RequisitoLeido(BaseModel):
    regla: ReglaLeida
    cumple: bool
    impide: bool = Field(description="Si sin eso no puede publicar: solo las reglas confirmadas.")
    faltan: list[str]
    vendido: Dinero = Field(description="En los últimos 365 días.")
