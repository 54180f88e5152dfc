"""The life of a bid."""

from enum import StrEnum

from nucleo.vidas import Vida


class EstadoOferta(StrEnum):
    VIGENTE = "vigente"
    REEMPLAZADA = "reemplazada"
    RETIRADA = "retirada"


VIDA_OFERTA = Vida(
    "feria_oferta",
    EstadoOferta,
    {EstadoOferta.VIGENTE: {EstadoOferta.REEMPLAZADA, EstadoOferta.RETIRADA}},
    nace={EstadoOferta.VIGENTE},
    fines={EstadoOferta.REEMPLAZADA, EstadoOferta.RETIRADA},
)
