"""What crosses the API of a registration."""

from typing import Annotated

from pydantic import Field

from empresa_digital.registro.catalogos import TipoUnidad
from empresa_digital.registro.habilitaciones import HabilitacionPublica
from empresa_digital.registro.unidades import Motivo, UnidadResumen
from nucleo.lectores import DecimalPlano, Entrada

Identificadores = Annotated[
    dict[Annotated[str, Field(max_length=20)], Annotated[str, Field(max_length=40)] | None],
    Field(
        max_length=10,
        description="Por esquema (BO-NIT, BO-CINS…). Se comprueba el formato; nulo lo quita.",
        examples=[{"BO-NIT": "1023456017"}],
    ),
]


class UnidadCambios(Entrada):
    """Lo que cambia; lo que no se envía queda igual y un nulo borra el dato."""

    tipo: TipoUnidad | None = None
    denominacion: str | None = Field(None, max_length=200)
    nombre_comercial: str | None = Field(None, max_length=120)
    forma_legal: str | None = Field(None, max_length=10, examples=["BO-COOP"])
    municipio_ine: str | None = Field(None, max_length=6, examples=["020101"])
    actividad_ciiu: str | None = Field(None, max_length=4, examples=["1313"])
    actividades: list[Annotated[str, Field(max_length=4)]] | None = Field(None, max_length=20)
    direccion: str | None = Field(None, max_length=300, description="Referencia, sin número de calle.")
    latitud: DecimalPlano | None = Field(None, ge=-23, le=-9)
    longitud: DecimalPlano | None = Field(None, ge=-70, le=-57)
    telefono: str | None = Field(None, max_length=30)
    correo: str | None = Field(None, max_length=254)
    sitio_web: str | None = Field(None, max_length=200)
    descripcion: str | None = Field(None, max_length=2000)
    identificadores: Identificadores | None = None


class Rectificacion(UnidadCambios):
    """Lo que el registro corrige de una unidad inscrita, y por qué."""

    motivo: Motivo


class UnidadNueva(UnidadCambios):
    """Un borrador: bastan el tipo y la denominación."""

    tipo: TipoUnidad
    denominacion: str = Field(min_length=3, max_length=200)


class UnidadSalida(UnidadResumen):
    forma_legal: str | None
    actividades: list[str] = Field(description="Actividades secundarias.")
    direccion: str | None
    latitud: DecimalPlano | None
    longitud: DecimalPlano | None
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
