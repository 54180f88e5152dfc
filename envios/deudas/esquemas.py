"""What crosses the API."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from envios.deudas.estados import ClaseDeDeuda, EstadoDeuda
from envios.deudas.valores import DeudaDeOperador
from nucleo.dinero import Dinero


class DeudaLeida(BaseModel):
    """Lo que un operador debe por un envío: lo cobrado contra entrega, o una indemnización."""

    id: UUID
    clase: ClaseDeDeuda
    estado: EstadoDeuda
    envio_id: UUID
    monto: Dinero
    pagado: Dinero
    debe: Dinero
    en_ventanilla: bool = Field(description="A quien no tiene cuenta se le paga en efectivo, con recibo.")
    nace_en: datetime
    vence_en: datetime
    terminada_en: datetime | None

    @classmethod
    def de(cls, deuda: DeudaDeOperador) -> "DeudaLeida":
        return cls(**{campo: getattr(deuda, campo) for campo in cls.model_fields})


class CierreDeRonda(BaseModel):
    """Sin `deudas`, todo lo cobrado contra entrega que espera. Con `total`, solo si suma eso."""

    model_config = ConfigDict(extra="forbid")

    deudas: list[UUID] | None = Field(None, min_length=1, max_length=1_000)
    total: Dinero | None = None


class RondaLeida(BaseModel):
    pagadas: list[DeudaLeida]
    total: Dinero
