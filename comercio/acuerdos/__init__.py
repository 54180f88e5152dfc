"""What one side of an order asks to change of it, and the other one grants: more days, or less of a line."""

from comercio.acuerdos.acordar import pedir_plazo, pedir_quitar, responder

__all__ = ["pedir_plazo", "pedir_quitar", "responder"]
