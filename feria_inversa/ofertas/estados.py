"""The life of a bid: one that nobody reconfirmed after its call changed, or that was sealed and cannot count,
ends when the others are opened; one in two envelopes, when it does not pass by its technical part.
"""

from enum import StrEnum

from nucleo.vidas import Vida


class EstadoOferta(StrEnum):
    VIGENTE = "vigente"
    REEMPLAZADA = "reemplazada"
    RETIRADA = "retirada"
    CADUCADA = "caducada"
    INVALIDA = "invalida"
    NO_PASO = "no_paso"


NO_SE_FUERON = frozenset(set(EstadoOferta) - {EstadoOferta.REEMPLAZADA, EstadoOferta.RETIRADA})
"""Of who bid and stayed until the closing, whatever became of the bid."""
QUEDAN_CERRADAS = (
    EstadoOferta.REEMPLAZADA,
    EstadoOferta.RETIRADA,
    EstadoOferta.CADUCADA,
    EstadoOferta.NO_PASO,
)
"""How bids end whose prices nobody opens; of the last ones, the technical part was."""


VIDA_OFERTA = Vida(
    "feria_oferta",
    EstadoOferta,
    {EstadoOferta.VIGENTE: set(EstadoOferta) - {EstadoOferta.VIGENTE}},
    nace={EstadoOferta.VIGENTE},
    fines=set(EstadoOferta) - {EstadoOferta.VIGENTE},
)
