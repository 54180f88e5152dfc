"""What crosses the API of reserves."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from moneyed import Money
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from nucleo.dinero import Dinero, bs
from nucleo.ids import IdElegido
from nucleo.lectores import Entero, escrito
from nucleo.textos import gettext as _
from pagos.reservas.consultas import estado_visible
from pagos.reservas.estados import EstadoReserva, Resuelve
from pagos.reservas.modelos import Reserva

PLAZO_MINIMO_S = 60
PLAZO_MAXIMO_S = 31 * 86_400
PLAZO_POR_OMISION_S = 7 * 86_400  # what a card's authorisation usually lasts

_CuentaId = Annotated[Entero, Field(ge=1, lt=2**63)]


def _positivo(monto: Money) -> Money:
    if monto <= bs(0):
        raise ValueError(_("El monto debe ser mayor que cero."))
    return monto


Positivo = Annotated[Dinero, AfterValidator(_positivo)]


class NuevaReserva(BaseModel):
    """Money to hold. `id` is the idempotency key: the same id and body again answer the same reserve."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: IdElegido = Field(description="UUIDv7 que usted genera; es la clave de idempotencia.")
    debito: _CuentaId = Field(description="Cuenta que paga: una suya.")
    credito: _CuentaId = Field(description="Cuenta que recibirá.")
    monto: Positivo
    motivo: Annotated[str, escrito(140, 1)] = Field(description="Para qué se reserva; lo leen ambas partes.")
    plazo_s: Entero = Field(
        default=PLAZO_POR_OMISION_S,
        ge=PLAZO_MINIMO_S,
        le=PLAZO_MAXIMO_S,
        description="Segundos que espera antes de vencer sola; siete días si no lo indica.",
    )
    resuelve: Resuelve = Field(
        default=Resuelve.QUIEN_PAGA,
        description="Quién la confirma o la anula. quien_recibe: es una garantía y quien paga no puede "
        "retirarla antes de su plazo. Quien recibe puede renunciar siempre.",
    )

    @classmethod
    def de(cls, r: Reserva) -> "NuevaReserva":
        """What was asked for."""
        return cls(
            id=r.id,
            debito=r.debito,
            credito=r.credito,
            monto=r.monto,
            motivo=r.motivo,
            plazo_s=int((r.vence_en - r.creada_en).total_seconds()),
            resuelve=Resuelve(r.resuelve),
        )


class Confirmacion(BaseModel):
    """How much of it is paid; without `monto`, all of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    monto: Positivo | None = Field(
        default=None, description="Lo que se paga; el resto vuelve a quien paga. Todo si no lo indica."
    )


class ReservaVista(BaseModel):
    id: UUID
    estado: EstadoReserva
    debito: int
    credito: int
    monto: Dinero = Field(description="Lo reservado.")
    confirmado: Dinero = Field(description="Lo que se pagó de ello.")
    motivo: str
    resuelve: Resuelve
    creada_en: datetime
    vence_en: datetime
    resuelta_en: datetime | None

    @classmethod
    def de(cls, r: Reserva, ahora: datetime) -> "ReservaVista":
        return cls(
            id=r.id,
            estado=estado_visible(r, ahora),
            debito=r.debito,
            credito=r.credito,
            monto=r.monto,
            confirmado=r.confirmado,
            motivo=r.motivo,
            resuelve=Resuelve(r.resuelve),
            creada_en=r.creada_en,
            vence_en=r.vence_en,
            resuelta_en=r.resuelta_en,
        )
