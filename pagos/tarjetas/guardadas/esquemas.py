"""What crosses the API of saved cards."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from pagos.tarjetas.estados import EstadoTarjeta
from pagos.tarjetas.modelos import TarjetaGuardada
from pagos.tarjetas.palabras import nombre_de_tarjeta

EstadoDeTarjeta = Literal["creada", "por_escribir", "guardada", "por_quitar", "quitada", "descartada"]


class NuevaTarjeta(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    consiente: bool = Field(description="La persona leyó y aceptó que la pasarela guarde su tarjeta.")


class TarjetaVista(BaseModel):
    """Nunca lleva el número: se escribe en la página de la pasarela."""

    id: UUID
    estado: EstadoDeTarjeta
    nombre: str
    marca: str | None = None
    ultimos: str | None = Field(None, description="Los últimos cuatro dígitos.")
    caduca: date | None = None
    motivo: str | None = None
    siguiente_paso_url: str | None = Field(None, description="Adonde va la persona a escribir la tarjeta.")
    consentimiento: str = Field(description="Lo que la persona aceptó, con sus palabras.")
    creado_en: datetime
    terminado_en: datetime | None = None

    @classmethod
    def de(cls, t: TarjetaGuardada) -> "TarjetaVista":
        return cls(
            id=t.id,
            estado=t.estado,
            nombre=nombre_de_tarjeta(t),
            marca=t.marca,
            ultimos=t.ultimos,
            caduca=t.caduca,
            motivo=t.motivo,
            siguiente_paso_url=t.accion_url if t.estado == EstadoTarjeta.POR_ESCRIBIR else None,
            consentimiento=t.consentimiento,
            creado_en=t.creado_en,
            terminado_en=t.terminado_en,
        )


class TarjetasVista(BaseModel):
    datos: list[TarjetaVista]
    siguiente: str | None = None
