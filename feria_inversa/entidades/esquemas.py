"""A unit as it crosses the API."""

from uuid import UUID

from pydantic import BaseModel


class UnidadResumen(BaseModel):
    id: UUID
    numero: str
    nombre: str
