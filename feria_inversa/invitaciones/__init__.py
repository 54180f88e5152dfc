"""Units are told once of a call that fits what they do, where they are and how large it is."""

from feria_inversa.invitaciones.consultas import (
    cuantas_invitadas,
    divisiones_conocidas,
    divisiones_de,
    segmentos_de,
)

__all__ = ["cuantas_invitadas", "divisiones_conocidas", "divisiones_de", "segmentos_de"]
