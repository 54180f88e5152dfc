"""Trust in the shop: rules of sale, reports about products, what the authority takes off sale."""

from comercio.confianza.consultas import cuantos_casos, por_apelar

__all__ = ["cuantos_casos", "por_apelar"]
