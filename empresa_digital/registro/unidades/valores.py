"""A unit as it is read: a frozen value. The row is for who writes, under its lock."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from empresa_digital.registro.catalogos import TipoUnidad
from empresa_digital.registro.unidades.tipos import EstadoUnidad


@dataclass(frozen=True, slots=True)
class Unidad:
    """The record of a unit, as of its last entry (`secuencia`, `huella`).

    `motivo` (of the last observation or suspension) is for its own people only.
    """

    id: UUID
    numero: str
    tipo: TipoUnidad
    estado: EstadoUnidad
    denominacion: str
    nombre_comercial: str | None
    forma_legal: str | None
    municipio_ine: str | None
    actividad_ciiu: str | None
    direccion: str | None
    latitud: Decimal | None
    longitud: Decimal | None
    telefono: str | None
    correo: str | None
    sitio_web: str | None
    descripcion: str | None
    motivo: str | None
    version: int
    secuencia: int
    huella: str
    inscrita_en: datetime | None
    creado_en: datetime
    actualizado_en: datetime

    @property
    def nombre(self) -> str:
        """What people call it: the trade name, or the legal one."""
        return self.nombre_comercial or self.denominacion

    @property
    def esta_activa(self) -> bool:
        return self.estado == EstadoUnidad.INSCRITA
