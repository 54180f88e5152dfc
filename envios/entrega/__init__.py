"""Delivery with the recipient's code, and attempts."""

from envios.entrega.codigos import renovar_codigo

__all__ = ["renovar_codigo"]
