"""Pictures made in the tests, and the store that they are kept in."""

import io
from pathlib import Path

from PIL import Image

from nucleo.configuracion import ajustes


def png(ancho: int = 60, alto: int = 40, color: str = "purple") -> bytes:
    return codificada(Image.new("RGB", (ancho, alto), color), "PNG")


def codificada(imagen: Image.Image, formato: str, **opciones: object) -> bytes:
    salida = io.BytesIO()
    imagen.save(salida, formato, **opciones)
    return salida.getvalue()


def almacen() -> Path:
    return Path(ajustes().datos, "archivos")


def en_disco() -> list[str]:
    return sorted(ruta.name for ruta in almacen().rglob("*") if ruta.is_file())


def vaciar_almacen() -> None:
    """It is of the whole run: who counts files begins with none."""
    for ruta in almacen().rglob("*"):
        if ruta.is_file():
            ruta.unlink()
