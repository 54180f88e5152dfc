"""How a unit does as a seller: counted from what happened to its orders, with its arithmetic."""

from comercio.reputacion.clases import Clase, Falta
from comercio.reputacion.consultas import Reputacion, reputacion_de
from comercio.reputacion.faltas import anotar_falta

__all__ = ["Clase", "Falta", "Reputacion", "anotar_falta", "reputacion_de"]
