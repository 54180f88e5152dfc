"""What a command connects to: the platform that runs with a folder of data, or servers of the environment."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from plataforma import entorno
from plataforma.servidores import ErrorDeArranque

Datos = Annotated[
    Path | None, typer.Option(help="Carpeta de datos (por omisión QHATU_DATOS, o «datos» junto al proyecto).")
]


def conectar(datos: Path | None) -> Any:
    """Settings of the running platform, or those of the environment."""
    carpeta = entorno.carpeta_de_datos(datos)
    os.environ["QHATU_DATOS"] = str(carpeta)
    entorno.usar_plataforma_en_marcha(carpeta)
    from plataforma.errores_de_ajustes import leer_ajustes

    ajustes = leer_ajustes()
    if ajustes.base_datos_url is None or ajustes.redis_url is None:
        raise ErrorDeArranque(
            f"No hay una plataforma en marcha con los datos de {carpeta}: arránquela con «qhatu run», "
            "o defina QHATU_BASE_DATOS_URL y QHATU_REDIS_URL."
        )
    return ajustes


def conectar_sin_dueno(datos: Path | None) -> Any:
    """The same, for what runs all day: it must not even hold the address of who can change the schema."""
    if entorno.VARIABLE_DEL_DUENO in os.environ:
        raise ErrorDeArranque(f"Quite {entorno.VARIABLE_DEL_DUENO} del entorno: solo «qhatu migrate» la usa.")
    return conectar(datos)
