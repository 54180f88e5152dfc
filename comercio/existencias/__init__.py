"""Stock: what is there, what is reserved, what left, what runs short."""

from comercio.existencias.errores import ProductoNoDisponible, SinExistencia
from comercio.existencias.mover import (
    Apartado,
    reponer,
    reservar,
    retirar,
    soltar,
    tomar_apartado,
    volver_a_reservar,
)
from comercio.existencias.umbrales import Existente, cortas, existentes, fijar_umbrales

__all__ = [
    "Apartado",
    "Existente",
    "ProductoNoDisponible",
    "SinExistencia",
    "cortas",
    "existentes",
    "fijar_umbrales",
    "reponer",
    "reservar",
    "retirar",
    "soltar",
    "tomar_apartado",
    "volver_a_reservar",
]
