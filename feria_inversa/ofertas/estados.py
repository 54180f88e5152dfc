"""The life of a bid: one that nobody reconfirmed after its call changed, or that was sealed and cannot count,
ends when the others are opened.
"""

from enum import StrEnum

from nucleo.vidas import Vida


class EstadoOferta(StrEnum):
    VIGENTE = "vigente"
    REEMPLAZADA = "reemplazada"
    RETIRADA = "retirada"
    CADUCADA = "caducada"
    INVALIDA = "invalida"


NO_SE_FUERON = frozenset({EstadoOferta.VIGENTE, EstadoOferta.CADUCADA, EstadoOferta.INVALIDA})
"""Of who bid and stayed until the closing, whatever became of the bid."""
QUEDAN_CERRADAS = (EstadoOferta.REEMPLAZADA, EstadoOferta.RETIRADA, EstadoOferta.CADUCADA)
"""How bids end whose envelopes nobody opens."""


VIDA_OFERTA = Vida(
    "feria_oferta",
    EstadoOferta,
    {EstadoOferta.VIGENTE: set(EstadoOferta) - {EstadoOferta.VIGENTE}},
    nace={EstadoOferta.VIGENTE},
    fines=set(EstadoOferta) - {EstadoOferta.VIGENTE},
)
