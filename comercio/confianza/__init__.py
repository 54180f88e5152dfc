"""Trust in the shop: rules of sale, reports about products, what the authority takes off sale."""

from comercio.confianza import denunciar, intervenir
from comercio.confianza.consultas import cuantos_casos, por_apelar
from comercio.confianza.esquemas import Apelacion, DecisionDeDenuncia, DenunciaNueva, ResolucionDeApelacion
from comercio.confianza.estados import MotivoDenuncia
from nucleo.fachada import sin_fila

denunciar_producto = sin_fila(denunciar.denunciar)
decidir_denuncia = denunciar.decidir
apelar = sin_fila(intervenir.apelar)
resolver_apelacion = sin_fila(intervenir.resolver)

__all__ = [
    "Apelacion",
    "DecisionDeDenuncia",
    "DenunciaNueva",
    "MotivoDenuncia",
    "ResolucionDeApelacion",
    "apelar",
    "cuantos_casos",
    "decidir_denuncia",
    "denunciar_producto",
    "por_apelar",
    "resolver_apelacion",
]
