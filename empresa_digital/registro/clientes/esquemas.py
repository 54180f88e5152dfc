"""What crosses the API of the programs of a unit."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from ciudadania import TRASLAPE, TRASLAPE_MAXIMO, VIDA_DEL_SECRETO
from nucleo.lectores import ES_NOMBRE, Entero, Entrada, escrito

HORAS_MAXIMAS = int(TRASLAPE_MAXIMO.total_seconds()) // 3600
HORAS = int(TRASLAPE.total_seconds()) // 3600
DIAS = VIDA_DEL_SECRETO.days
Alcance = Annotated[str, Field(pattern=r"^[a-z]{1,30}$")]


class ClienteNuevo(Entrada):
    nombre: Annotated[str, escrito(80, 1), ES_NOMBRE, Field(examples=["Sistema de ventas"])]
    alcances: list[Alcance] = Field(min_length=1, max_length=20, examples=[["productos", "pedidos"]])
    dias: Entero = Field(DIAS, ge=1, le=DIAS, description="Días que vale el secreto.")


class Rotacion(Entrada):
    pista: str = Field(
        pattern=r"^[0-9A-Za-z?]{4}$", description="Las cuatro últimas letras del secreto que se reemplaza."
    )
    traslape_horas: Entero = Field(
        HORAS,
        ge=0,
        le=HORAS_MAXIMAS,
        description="Horas que el secreto anterior todavía vale; con 0, él y sus tokens dejan de valer ya.",
    )
    dias: Entero = Field(DIAS, ge=1, le=DIAS, description="Días que vale el secreto nuevo.")


class Desconexion(Entrada):
    motivo: Annotated[str, escrito(2000, 1)]


class ClienteSalida(BaseModel):
    id: UUID = Field(description="Es el `client_id` de OAuth 2.")
    nombre: str
    alcances: list[str]
    pista: str = Field(description="Las cuatro últimas letras del secreto.")
    secreto_desde: datetime
    secreto_vence_en: datetime
    anterior_vence_en: datetime | None = Field(description="Hasta cuándo vale el secreto anterior.")
    creado_en: datetime
    usado_en: datetime | None = Field(description="Último uso, con precisión de una hora.")
    revocado_en: datetime | None
    revocado_motivo: str | None


class ClienteConSecreto(ClienteSalida):
    secreto: str = Field(description="El `client_secret` de OAuth 2; se muestra solo esta vez.")
