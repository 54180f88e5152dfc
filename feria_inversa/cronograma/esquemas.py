"""What crosses the API of the schedules."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from feria_inversa.cronograma.etapas import Etapa
from feria_inversa.procesos import Texto
from nucleo.lectores import Entrada, Fecha


class CronogramaEntrada(Entrada):
    """The day of each stage."""

    consultas: Fecha | None = None
    aclaracion: Fecha | None = None
    apertura: Fecha
    evaluacion: Fecha | None = None
    adjudicacion: Fecha
    documentos: Fecha | None = None
    contrato: Fecha
    entrega: Fecha | None = None
    motivo: Annotated[
        Texto, Field(max_length=1000, description="Para cambiar uno anterior: será público.")
    ] = ""


class EtapaSalida(BaseModel):
    etapa: Etapa
    dia: date
    hecha_en: Annotated[datetime | None, Field(description="Cuándo se hizo, si ya se hizo.")]


class PlazoDeEtapa(BaseModel):
    """A term between two stages, counted on the calendar of the entity's place."""

    codigo: Annotated[str, Field(description="Se cuenta día por día en /api/v1/plazos/{codigo}/computo.")]
    nombre: str
    norma: str
    confirmado: bool
    dias: int
    inicio: datetime
    ultimo_dia: date
    dia: Annotated[date, Field(description="El que fijó la entidad.")]
    cumple: bool


class CronogramaSalida(BaseModel):
    numero: Annotated[int | None, Field(description="Sin cronograma, nulo.")]
    motivo: str | None
    escrito_en: datetime | None
    publicado_en: datetime
    vence_en: datetime
    etapas: list[EtapaSalida]
    plazos: list[PlazoDeEtapa]
    avisos: Annotated[list[str], Field(description="Lo que conviene mirar; nada de esto impide el proceso.")]
