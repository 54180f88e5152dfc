"""What crosses the API of the open data, besides OCDS itself."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from feria_inversa.datos_abiertos.consultas import DiasDePublicacion, FiltroDeMeses
from feria_inversa.datos_abiertos.escribir import Clase
from feria_inversa.entidades import UnidadResumen
from nucleo.lectores import Fecha
from nucleo.paginacion import Pagina

FORMA_DE_MES = "20[0-9]{2}-(0[1-9]|1[0-2])"


async def _leer(  # async: it waits for nothing, and a plain function would be sent to a thread
    mes: Annotated[str, Query(pattern=f"^({FORMA_DE_MES})?$", description="Un mes, con cada entidad.")] = "",
    entidad: Annotated[str, Query(max_length=30, description="Número de registro de la entidad.")] = "",
) -> FiltroDeMeses:
    return FiltroDeMeses(mes, entidad.strip())


MesesElegidos = Annotated[FiltroDeMeses, Depends(_leer)]


async def _leer_dias(
    desde: Annotated[
        Fecha | None, Query(description="Procesos publicados desde este día, en hora de Bolivia.")
    ] = None,
    hasta: Annotated[Fecha | None, Query(description="Hasta este día, incluido.")] = None,
) -> DiasDePublicacion:
    return DiasDePublicacion(desde, hasta)


DiasElegidos = Annotated[DiasDePublicacion, Depends(_leer_dias)]


class Cambio(BaseModel):
    ocid: Annotated[str, Field(description="Del proceso que cambió.")]
    release_id: Annotated[str, Field(description="De la publicación que dice lo que cambió.")]
    fecha: datetime
    etiquetas: Annotated[list[str], Field(description="Qué clase de acto fue (`tag` de OCDS).")]
    release: Annotated[str, Field(description="Dónde se lee esa publicación.")]
    record: Annotated[str, Field(description="Dónde se lee el proceso entero, como está ahora.")]


class Cambios(BaseModel):
    datos: list[Cambio]
    siguiente: Annotated[
        str, Field(description="`cursor` de donde se sigue, ahora o cuando se quiera: nunca falta.")
    ]
    hay_mas: Annotated[bool, Field(description="Ya hay más después; si no, vuelva a preguntar más tarde.")]


class ArchivoDeMes(BaseModel):
    archivo: Clase
    url: str
    sha256: str
    bytes: int
    filas: Annotated[int, Field(description="Líneas; de las tablas, las de `main.csv`.")]


class MesSalida(BaseModel):
    mes: Annotated[str, Field(examples=["2026-11"], description="En el que se publicaron sus procesos.")]
    en_curso: Annotated[bool, Field(description="Todavía no terminó: tendrá más procesos.")]
    entidad: Annotated[UnidadResumen | None, Field(description="Nula: de todas.")]
    procesos: int
    publicaciones: int
    desde: Annotated[datetime, Field(description="La primera publicación.")]
    hasta: Annotated[datetime, Field(description="La última publicación.")]
    hecho_en: datetime
    archivos: list[ArchivoDeMes]
    constancia: str = Field(description="Hash de la hoja del registro público que dice sus SHA-256.")


class PaginaDeMeses(Pagina[MesSalida]):
    pass
