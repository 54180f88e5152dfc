"""What crosses the API of the bank's files."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from nucleo.lectores import escrito
from pagos.banco.decidir import MOTIVO_MAXIMO, MOTIVO_MINIMO, Accion

EstadoDeMovimiento = Literal["conciliado", "informado", "pendiente", "aclarado", "resuelto"]


class ArchivoDeBancoVista(BaseModel):
    id: UUID
    nombre: str
    mensaje: str | None = Field(description="Clase y versión del mensaje.", examples=["camt.053.001.08"])
    subido_en: datetime
    lineas: int
    nuevas: int = Field(description="Las que ningún otro archivo había contado.")
    pendientes: int = Field(description="Las que esperan que alguien decida.")


class MontoDeBanco(BaseModel):
    """An amount in the currency of the bank's account, which may not be the boliviano."""

    monto: str = Field(description="Con dos decimales.", examples=["12.50"])
    moneda: str = Field(examples=["BOB"])


class DecisionVista(BaseModel):
    accion: Literal["pago", "devolucion", "ninguna"]
    retiro: UUID | None
    motivo: str
    persona_id: UUID
    unidad_id: UUID
    decidida_en: datetime


class MovimientoDeBancoVista(BaseModel):
    id: UUID
    estado: EstadoDeMovimiento
    resultado: str = Field(description="Qué dijo la regla.", examples=["pagado_dos_veces"])
    explicacion: str
    monto: MontoDeBanco | None = Field(description="Nulo si el banco escribió un monto que no se puede leer.")
    sentido: str = Field(description="DBIT si salió de la cuenta, CRDT si entró.")
    referencia_del_banco: str | None
    extremo: str | None = Field(description="El EndToEndId que repite el banco.")
    contabilizado_el: date | None
    contraparte: str | None
    texto: str | None
    causa: str | None = Field(description="Por qué lo devolvió el banco.", examples=["AC04"])
    retiro: UUID | None
    creado_en: datetime
    decision: DecisionVista | None = None


class LineaDeArchivoVista(BaseModel):
    numero: int
    nueva: bool
    movimiento: MovimientoDeBancoVista


class NuevaDecision(BaseModel):
    """What a person says that a movement is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    accion: Accion = Field(description="Pago o devolución de un retiro, o ninguna de las dos.")
    retiro: UUID | None = Field(None, description="De qué retiro; ninguno si la acción es «ninguna».")
    motivo: Annotated[str, escrito(MOTIVO_MAXIMO, MOTIVO_MINIMO)]
