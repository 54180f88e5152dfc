"""Claims of who bought against who sold: they hold the money of the order until they end."""

from comercio.reclamos.consultas import cuantos_por_mediar, por_responder

__all__ = ["cuantos_por_mediar", "por_responder"]
