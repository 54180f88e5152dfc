"""Where people like to receive what they buy."""

from comercio.direcciones.esquemas import Entrega, EntregaPedida
from comercio.direcciones.formularios import donde_se_recibe
from comercio.direcciones.libro import (
    MUNICIPIO_CONOCIDO,
    direccion_de,
    direcciones_de,
    guardar_direccion,
    municipio_conocido,
)

__all__ = [
    "MUNICIPIO_CONOCIDO",
    "Entrega",
    "EntregaPedida",
    "direccion_de",
    "direcciones_de",
    "donde_se_recibe",
    "guardar_direccion",
    "municipio_conocido",
]
