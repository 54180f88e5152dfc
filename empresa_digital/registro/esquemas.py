"""What crosses the API of the registry."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from empresa_digital.registro.tipos import (
    EstadoHabilitacion,
    EstadoUnidad,
    Facultad,
    Habilitacion,
    Operacion,
    TipoUnidad,
)
from nucleo.dinero import Dinero

Motivo = Annotated[
    str, Field(min_length=1, max_length=2000, description="Por qué, en palabras para la unidad.")
]
Identificadores = Annotated[
    dict[Annotated[str, Field(max_length=20)], Annotated[str, Field(max_length=40)] | None],
    Field(
        max_length=10,
        description="Por esquema (BO-NIT, BO-CINS…). Se comprueba el formato; nulo lo quita.",
        examples=[{"BO-NIT": "1023456017"}],
    ),
]


class _Entrada(BaseModel):
    model_config = ConfigDict(extra="forbid")


class UnidadCambios(_Entrada):
    """Lo que cambia; lo que no se envía queda igual y un nulo borra el dato."""

    tipo: TipoUnidad | None = None
    denominacion: str | None = Field(None, max_length=200)
    nombre_comercial: str | None = Field(None, max_length=120)
    forma_legal: str | None = Field(None, max_length=10, examples=["BO-COOP"])
    municipio_ine: str | None = Field(None, max_length=6, examples=["020101"])
    actividad_ciiu: str | None = Field(None, max_length=4, examples=["1313"])
    actividades: list[Annotated[str, Field(max_length=4)]] | None = Field(None, max_length=20)
    direccion: str | None = Field(None, max_length=300, description="Referencia, sin número de calle.")
    latitud: Decimal | None = Field(None, ge=-23, le=-9)
    longitud: Decimal | None = Field(None, ge=-70, le=-57)
    telefono: str | None = Field(None, max_length=30)
    correo: str | None = Field(None, max_length=254)
    sitio_web: str | None = Field(None, max_length=200)
    descripcion: str | None = Field(None, max_length=2000)
    identificadores: Identificadores | None = None


class UnidadNueva(UnidadCambios):
    """Un borrador: bastan el tipo y la denominación."""

    tipo: TipoUnidad
    denominacion: str = Field(min_length=3, max_length=200)


class MotivoEntrada(_Entrada):
    motivo: Motivo


class HabilitacionPublica(BaseModel):
    habilitacion: Habilitacion
    estado: EstadoHabilitacion
    norma: str | None
    vigente_desde: date | None
    vigente_hasta: date | None
    motivo: str | None = None


class UnidadResumen(BaseModel):
    id: UUID
    numero: str = Field(examples=["UE-0000001-3"])
    tipo: TipoUnidad
    estado: EstadoUnidad
    denominacion: str
    nombre_comercial: str | None
    municipio_ine: str | None
    lugar: str = Field(description="Municipio y departamento.")
    actividad_ciiu: str | None
    inscrita_en: datetime | None


class UnidadSalida(UnidadResumen):
    forma_legal: str | None
    actividades: list[str] = Field(description="Actividades secundarias.")
    direccion: str | None
    latitud: Decimal | None
    longitud: Decimal | None
    telefono: str | None
    correo: str | None
    sitio_web: str | None
    descripcion: str | None
    identificadores: dict[str, str] = Field(description="Formato válido; no los confirma quien los emite.")
    habilitaciones: list[HabilitacionPublica]
    motivo: str | None = Field(
        description="De la última observación o suspensión; solo para la unidad y el registro."
    )
    version: int


class ParecidaSalida(BaseModel):
    numero: str
    denominacion: str
    puntaje: int = Field(ge=0, le=100)


class CambioSalida(BaseModel):
    numero: int = Field(description="Orden único y sin huecos de todos los asientos.")
    unidad: str
    secuencia: int
    operacion: Operacion
    instante: datetime
    datos: dict[str, Any] | None = Field(description="Nulo cuando el contenido es reservado.")
    huella: str
    huella_anterior: str | None


class CambiosSalida(BaseModel):
    datos: list[CambioSalida]
    hasta: int = Field(description="Pida la próxima vez `desde` este número.")


class AsientoSalida(BaseModel):
    secuencia: int
    instante: datetime
    operacion: Operacion
    actor_tipo: str
    actor_id: UUID | None
    por_unidad_id: UUID | None
    mandato_id: UUID | None
    datos: dict[str, Any]
    huella: str


class PersonaReferencia(_Entrada):
    ci: str = Field(min_length=4, max_length=20, examples=["9000001"])
    complemento: str | None = Field(None, max_length=2)


class MandatoNuevo(_Entrada):
    """Exactamente uno de `persona` o `unidad` (su número)."""

    persona: PersonaReferencia | None = None
    unidad: str | None = Field(None, max_length=30)
    facultades: list[Facultad] = Field(min_length=1, max_length=9)
    monto_limite: Dinero | None = None
    desde: AwareDatetime | None = None
    hasta: AwareDatetime | None = None
    subdelegable: bool = False
    documento: str | None = Field(None, max_length=200, description="Poder o acta de donde nace.")


class Revocacion(_Entrada):
    motivo: Motivo
    efecto: AwareDatetime | None = Field(None, description="Desde cuándo; ahora si falta o ya pasó.")


class MandatoSalida(BaseModel):
    id: UUID
    unidad_id: UUID
    apoderado_persona_id: UUID | None
    apoderado_unidad_id: UUID | None
    apoderado: str
    facultades: list[Facultad]
    monto_limite: Dinero | None
    valido_desde: datetime
    valido_hasta: datetime | None
    subdelegable: bool
    delegado_de: UUID | None
    documento: str | None
    revocado_en: datetime | None
    revocado_motivo: str | None


class HabilitacionSolicitud(_Entrada):
    habilitacion: Habilitacion


class Otorgamiento(_Entrada):
    norma: str = Field(min_length=1, max_length=500, examples=["Resolución 12/2026"])
    desde: date
    hasta: date | None = Field(None, description="Último día válido.")


class HabilitacionSalida(HabilitacionPublica):
    unidad: str = Field(description="Número de la unidad.")
    denominacion: str
    solicitada_en: datetime
    resuelta_en: datetime | None


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
