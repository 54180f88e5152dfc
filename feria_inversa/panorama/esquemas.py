"""What crosses the API of the market."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from nucleo.dinero import Dinero


class ProcesoDelMercadoSalida(BaseModel):
    """Nulo: su fuente no lo dice."""

    cuce: str | None
    convocatoria_id: Annotated[UUID | None, Field(description="Si el proceso es de aquí.")]
    ocid: Annotated[str | None, Field(description="Para sus datos abiertos, si es de aquí.")]
    fuente: Annotated[str, Field(description="SICOES, Qhatu o PAC.", examples=["SICOES"])]
    visto_en: Annotated[date, Field(description="De qué día es lo que dice su fuente.")]
    entidad_codigo: str | None
    entidad: str | None
    objeto: str | None
    etapa: str
    estado: Annotated[str | None, Field(description="Como lo llama su fuente.")]
    cierra_en: datetime | None
    categoria: str | None
    modalidad: str | None
    norma: str | None
    subasta: bool | None
    departamento: str | None
    municipio_ine: str | None
    publicado: date | None
    presentacion: date | None
    decidido: date | None
    previsto: Annotated[date | None, Field(description="De lo planificado, el mes en que se convocará.")]
    total_referencial: Dinero | None
    total_adjudicado: Dinero | None
    proponentes: int | None
    dias_al_pago: int | None
    items: int
    familias: list[str]
    unidades: list[str]
    fallas: Annotated[list[str], Field(description="Lo que está mal en su fuente.")]


class ParteDelMercado(BaseModel):
    """Cuántos procesos son de una cosa, y de qué días."""

    cual: Annotated[str, Field(description="Vacío: no consta.")]
    nombre: str
    procesos: int
    desde: date
    hasta: date


class ResumenDelMercado(BaseModel):
    """Cuántos procesos responden a lo que se pide, y qué dicen."""

    procesos: int
    desde: date | None
    hasta: date | None
    contado_en: Annotated[datetime | None, Field(description="Si se contó antes, cuándo.")]
    entre_los_ultimos: Annotated[
        int | None, Field(description="Si no se miraron todos: entre cuántos, los últimos.")
    ]
    abiertos: Annotated[int, Field(description="Reciben ofertas ahora; 501 quiere decir más de 500.")]
    programados: Annotated[int, Field(description="Planificados desde este mes; 501: más de 500.")]
    por: dict[str, list[ParteDelMercado]]
