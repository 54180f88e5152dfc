"""Units are told once of a call that fits what they do, where they are and how large it is."""

from feria_inversa.invitaciones.consultas import cuantas_invitadas

__all__ = ["cuantas_invitadas"]
