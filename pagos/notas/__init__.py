"""What a payment is for, in the words of who made it: only its two parties read it."""

from pagos.notas.notas import LARGO, Nota, anotar, nota_de, notas_de

__all__ = ["LARGO", "Nota", "anotar", "nota_de", "notas_de"]
