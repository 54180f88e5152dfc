"""What crosses the API of the reference tables."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from empresa_digital.registro.catalogos.tipos import TipoUnidad


class MunicipioSalida(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    ine: str
    nombre: str
    otro_nombre: str | None
    provincia_ine: str
    departamento_ine: str
    vigente_desde: date


class DepartamentoSalida(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    ine: str
    nombre: str
    iso_3166_2: str
    ci_expedido: str


class ActividadSalida(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    codigo: str
    nivel: str
    padre: str | None
    nombre: str


class FormaLegalSalida(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    codigo: str
    nombre: str
    abreviatura: str | None
    origen: str
    tipos: list[TipoUnidad]
