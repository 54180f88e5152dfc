"""What crosses the API of the qualities."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from empresa_digital.registro.catalogos import Habilitacion
from empresa_digital.registro.competencias import CodigoDeNorma
from empresa_digital.registro.habilitaciones.tipos import EstadoHabilitacion
from nucleo.lectores import Entrada, Fecha


class HabilitacionPublica(BaseModel):
    habilitacion: Habilitacion
    estado: EstadoHabilitacion
    norma: str | None
    vigente_desde: date | None
    vigente_hasta: date | None
    motivo: str | None = None


class HabilitacionSolicitud(Entrada):
    habilitacion: Habilitacion


class Otorgamiento(Entrada):
    norma: CodigoDeNorma = Field(description="Código de la lista `/normas`.")
    desde: Fecha
    hasta: Fecha | None = Field(None, description="Último día válido.")


class HabilitacionSalida(HabilitacionPublica):
    unidad: str = Field(description="Número de la unidad.")
    denominacion: str
    solicitada_en: datetime
    resuelta_en: datetime | None
