"""What crosses the API of the competences and norms."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from empresa_digital.registro.competencias.tipos import Materia
from nucleo.lectores import Entrada, Fecha, escrito

CodigoDeNorma = Annotated[
    str, Field(max_length=40, pattern=r"^[A-Z0-9]+([-/.][A-Z0-9]+)*$", examples=["LEY-1398"])
]


class NormaNueva(Entrada):
    codigo: CodigoDeNorma
    titulo: Annotated[str, escrito(300, 3), Field(examples=["Ley de procedimiento administrativo"])]
    vigente_desde: Fecha
    confirmado: bool = Field(False, description="Si se la leyó en la gaceta que la publicó.")


class Derogacion(Entrada):
    vigente_hasta: Fecha = Field(description="Último día en que rige: hoy o después.")


class NormaSalida(BaseModel):
    codigo: str
    titulo: str
    vigente_desde: date
    vigente_hasta: date | None
    confirmado: bool


class CompetenciaNueva(Entrada):
    autoridad: Annotated[str, escrito(30), Field(description="Número de la unidad que la ejercerá.")]
    materia: Materia
    clase: Annotated[str, escrito(40)] | None = Field(
        None, description="Tipo de unidad (INSCRIPCION) o habilitación (HABILITACION); todas."
    )
    lugar: str | None = Field(
        None, pattern=r"^([0-9]{2}|[0-9]{6})$", description="Código INE de departamento o municipio; el país."
    )
    norma: CodigoDeNorma
    vigente_desde: Fecha
    vigente_hasta: Fecha | None = None


class RetiroDeCompetencia(Entrada):
    motivo: Annotated[str, escrito(2000, 1)]


class CompetenciaSalida(BaseModel):
    id: UUID
    autoridad: str
    autoridad_nombre: str
    materia: Materia
    clase: str | None
    lugar: str | None
    norma: str
    vigente_desde: date
    vigente_hasta: date | None
    otorgada_en: datetime
    retirada_en: datetime | None
    retirada_motivo: str | None
