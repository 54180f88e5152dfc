"""What crosses the API of payrolls."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from nucleo.dinero import Dinero
from pagos.planillas.consultas import como_se_leyo, explicar
from pagos.planillas.modelos import LineaDePlanilla, Planilla

EstadoDePlanilla = Literal["preparada", "presentada", "ejecutada", "rechazada", "anulada", "vencida"]


class PlanillaVista(BaseModel):
    id: UUID
    unidad_id: UUID
    nombre: str
    estado: EstadoDePlanilla
    lineas: int
    total: Dinero
    diferencias: int = Field(description="Líneas cuyo nombre no es el del registro.")
    lectura: str | None = Field(
        None, description="Cómo se leyó el archivo: su formato y qué separa los decimales."
    )
    preparada_por: str
    creado_en: datetime
    presentada_en: datetime | None = None
    resuelta_por: str | None = None
    resuelta_en: datetime | None = None
    motivo: str | None = None
    acto_id: UUID | None = Field(None, description="El acto con el que espera firmas, o con el que se pagó.")
    pagadas: int
    pagado: Dinero

    @classmethod
    def de(cls, p: Planilla) -> "PlanillaVista":
        return cls(
            id=p.id,
            unidad_id=p.unidad_id,
            nombre=p.nombre,
            estado=p.estado,
            lineas=p.lineas,
            total=p.total,
            diferencias=p.diferencias,
            lectura=como_se_leyo(p),
            preparada_por=p.preparada_nombre,
            creado_en=p.creado_en,
            presentada_en=p.presentada_en,
            resuelta_por=p.resuelta_nombre,
            resuelta_en=p.resuelta_en,
            motivo=p.motivo,
            acto_id=p.acto_id,
            pagadas=p.pagadas,
            pagado=p.pagado,
        )


class LineaVista(BaseModel):
    linea: int = Field(description="Línea del archivo; el encabezado es la 1.")
    documento: str
    nombre: str
    nombre_registrado: str | None = Field(
        description="De quién es el documento; de una persona, solo si el archivo ya lo decía."
    )
    coincide: bool
    monto: Dinero
    glosa: str
    resultado: str | None = Field(None, description="`ok`, o el código con el que el libro la rechazó.")
    explicacion: str
    transferencia_id: UUID | None = None

    @classmethod
    def de(cls, linea: LineaDePlanilla) -> "LineaVista":
        return cls(
            linea=linea.numero,
            documento=linea.documento,
            nombre=linea.nombre,
            nombre_registrado=linea.de_quien,
            coincide=linea.coincide,
            monto=linea.monto,
            glosa=linea.glosa,
            resultado=linea.resultado,
            explicacion=explicar(linea.resultado),
            transferencia_id=linea.id if linea.resultado == "ok" else None,
        )


class Aprobacion(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    diferencias_revisadas: bool = Field(
        False, description="Debe ser verdadero si la planilla tiene `diferencias`."
    )


class Rechazo(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    motivo: str = Field(min_length=1, max_length=300)
