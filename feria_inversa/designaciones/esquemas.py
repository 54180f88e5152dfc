"""What crosses the API of the roles."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from feria_inversa.entidades import UnidadResumen
from feria_inversa.procesos import Texto
from nucleo.lectores import Entrada, Fecha, escrito

_MOTIVO = Annotated[Texto, Field(min_length=10, max_length=1000, description="Será público.")]
Documento = Annotated[str, escrito(200)]
PapelDeEntidad = Literal["mae", "rpc", "rpa", "administrativa", "juridica", "recibe_compras"]
PapelDeProceso = Literal["rpc", "rpa", "solicitante", "calificacion", "recepcion"]


class _Nombramiento(Entrada):
    """A person is named by their identity card; they have a mandate of the entity already."""

    ci: Annotated[str, escrito(20, 4), Field(examples=["9000001"])]
    complemento: Annotated[str, escrito(2)] | None = None
    documento: Annotated[Documento, Field(description="El acto que la designa.", examples=["RA 12/2026"])] = (
        ""
    )
    hasta: Annotated[Fecha | None, Field(description="El último día; sin él, hasta su cese.")] = None


class NombramientoEnEntidad(_Nombramiento):
    papel: PapelDeEntidad


class NombramientoEnProceso(_Nombramiento):
    papel: PapelDeProceso


class CeseEntrada(Entrada):
    motivo: _MOTIVO


class ExcusaEntrada(Entrada):
    motivo: _MOTIVO


class RecusacionEntrada(Entrada):
    unidad_id: Annotated[UUID, Field(description="La unidad que ofertó y recusa.")]
    motivo: _MOTIVO


class ResolucionDeExcusa(Entrada):
    decision: Literal["aceptada", "rechazada"]
    fundamento: _MOTIVO


class ExcusaSalida(BaseModel):
    id: UUID
    clase: Literal["excusa", "recusacion"]
    estado: Literal["presentada", "aceptada", "rechazada", "sin_objeto"]
    unidad: Annotated[
        UnidadResumen | None,
        Field(description="Quién recusa; en una cotización rápida, nula hasta la decisión."),
    ]
    motivo: str
    presentada_en: datetime
    presentada_por: str | None
    resolver_hasta: Annotated[
        datetime,
        Field(description="Sin respuesta, quien se excusó queda fuera y a quien recusaron se queda."),
    ]
    resuelta_en: datetime | None
    fundamento: str | None
    tacita: bool | None


class DesignacionSalida(BaseModel):
    id: UUID
    convocatoria_id: Annotated[UUID | None, Field(description="Nulo: es de la entidad, para todo proceso.")]
    papel: str
    papel_texto: str
    persona: str
    documento: str
    desde: datetime
    hasta: datetime | None
    rige: bool
    designada_por: Annotated[str, Field(description="Quién la nombró.")]
    designada_en: datetime
    reemplaza_a: UUID | None
    cesada_en: datetime | None
    motivo_cese: str | None
    excusas: list[ExcusaSalida]


class PapelesSalida(BaseModel):
    designaciones: list[DesignacionSalida]
    avisos: Annotated[list[str], Field(description="Lo que conviene mirar; nada de esto impide el proceso.")]
