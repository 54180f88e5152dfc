"""Scanning one item after another."""

from envios.escaner import recibir
from envios.escaner.entregas import Entrega
from envios.escaner.esquemas import EscaneoPorSubir, Reloj, Telefono
from nucleo.fachada import sin_fila

recibir_lecturas = sin_fila(recibir.recibir)

__all__ = ["Entrega", "EscaneoPorSubir", "Reloj", "Telefono", "recibir_lecturas"]
