"""What crosses the API of who holds keys. Secrets never do: a holder's program opens its part by itself."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from feria_inversa.llaves.partes import DEPOSITARIOS_MAXIMOS
from nucleo.lectores import Entero, Entrada, escrito


class PersonaEntrada(Entrada):
    ci: Annotated[str, escrito(20, 4), Field(examples=["9000001"])]
    complemento: Annotated[str, escrito(2)] | None = None


class ResguardoEntrada(Entrada):
    id: Annotated[UUID | None, Field(description="Propuesto: repetir el envío no lo duplica.")] = None
    umbral: Annotated[Entero, Field(ge=2, le=DEPOSITARIOS_MAXIMOS, description="Cuántos abren.")]
    personas: Annotated[list[PersonaEntrada], Field(min_length=2, max_length=DEPOSITARIOS_MAXIMOS)]


class ClaveEntrada(Entrada):
    publica: Annotated[
        str, Field(pattern=r"^[0-9a-f]{64}$", description="Clave pública X25519, en hexadecimal.")
    ]


class PalabrasEntrada(Entrada):
    palabras: Annotated[str, escrito(500, 1), Field(description="Las de la parte (SLIP-39), ya abierta.")]


class FinEntrada(Entrada):
    motivo: Annotated[str, escrito(1000, 1), Field(description="Será público.")]


class DepositarioSalida(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    numero: int
    nombre: Annotated[str, Field(description="Hasta que acepta, trayendo su clave, no se dice.")]
    inscrito_en: datetime | None
    perdida_en: datetime | None


class ResguardoSalida(BaseModel):
    id: UUID
    unidad_id: UUID
    umbral: int
    estado: Literal["inscripcion", "ensayo", "vigente", "terminado"]
    creado_en: datetime
    vigente_desde: datetime | None
    terminado_en: datetime | None
    motivo_fin: str | None
    depositarios: list[DepositarioSalida]


class ParteSalida(BaseModel):
    """A part as its holder's program needs it."""

    cifrada: Annotated[str, Field(description="HPKE (RFC 9180), en base64.")]
    info: str
    huella: Annotated[str, Field(description="SHA-256 de sus palabras.")]
    entregada: bool
