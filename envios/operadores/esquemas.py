"""What crosses the API of postal operators."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from envios.operadores.tipos import ClaseAgencia, Entrega, EstadoAgencia
from nucleo.lectores import DecimalPlano, Entrada, Fecha, TelefonoONada, escrito
from nucleo.semanas import SemanaEscrita

Ine = Annotated[str, Field(pattern=r"^[0-9]{6}$", examples=["050101"], description="Código INE.")]


class AgenciaPorCambiar(Entrada):
    nombre: Annotated[str, escrito(80, 2)]
    clase: ClaseAgencia
    municipio_ine: Ine
    direccion: Annotated[str, escrito(300, 3)]
    latitud: DecimalPlano | None = Field(None, ge=-23, le=-9)
    longitud: DecimalPlano | None = Field(None, ge=-70, le=-57)
    telefono: TelefonoONada = ""
    horario: SemanaEscrita = Field(default_factory=SemanaEscrita)


class AgenciaPorAbrir(AgenciaPorCambiar):
    """An agency to open, by whoever administers its operator."""

    operador_unidad_id: UUID
    codigo: Annotated[str, escrito(12, 2)] = Field(
        description="Cómo la llama el operador; no cambia nunca.", examples=["PT-01"]
    )


class Cierre(Entrada):
    motivo: Annotated[str, escrito(300, 1)] = Field(description="Por qué: lo lee quien la busque.")


class Asignacion(Entrada):
    persona_id: UUID
    desde: Fecha | None = Field(None, description="Primer día; si falta, hoy.")
    hasta: Fecha | None = Field(None, description="Último día; si falta, hasta que termine su mandato.")


class OperadorLeido(BaseModel):
    id: UUID
    numero: str = Field(examples=["UE-0000001-3"])
    nombre: str
    telefono: str | None
    agencias: int = Field(description="Cuántas atienden al público.")


class AgenciaLeida(BaseModel):
    """An agency for anybody. `abierta_ahora` and `ahora` count the holidays of its place."""

    id: UUID
    operador_unidad_id: UUID
    codigo: str
    nombre: str
    clase: ClaseAgencia
    municipio_ine: str
    lugar: str
    direccion: str
    latitud: DecimalPlano | None
    longitud: DecimalPlano | None
    telefono: str | None
    estado: EstadoAgencia
    cerrada_motivo: str | None
    horario: SemanaEscrita
    horario_en_palabras: list[str]
    abierta_ahora: bool
    ahora: str = Field(examples=["Abierta hasta las 12:30"])


class TrabajoLeido(BaseModel):
    id: UUID
    agencia_id: UUID
    persona_id: UUID
    nombre: str
    desde: date
    hasta: date | None = Field(description="Último día, de la asignación o de su mandato.")


class CoberturaLeida(BaseModel):
    """How a service arrives at a municipality, by the rates in force of its operator."""

    operador_unidad_id: UUID
    operador: str
    municipio_ine: str
    lugar: str
    servicio: str
    nombre: str
    entrega: Entrega
    dias_desde: int = Field(description="Días hábiles después de la admisión, desde el origen más cercano.")
    dias_hasta: int = Field(description="Desde el origen más lejano.")
    con_agencia: bool = Field(description="Si el operador atiende en una agencia de ese municipio.")
    vigente_desde: date
    vigente_hasta: date | None = Field(description="Primer día en que esas tarifas ya no rigen.")
