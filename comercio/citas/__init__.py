"""The appointment of a service that was bought: agreed, moved, kept or not."""

from comercio.citas.acordar import declarar_ausencia, pedir_hora, responder_cambio

__all__ = ["declarar_ausencia", "pedir_hora", "responder_cambio"]
