"""The life of a bid: one that nobody reconfirmed after its call changed ends when the others are opened."""

from enum import StrEnum

from nucleo.vidas import Vida


class EstadoOferta(StrEnum):
    VIGENTE = "vigente"
    REEMPLAZADA = "reemplazada"
    RETIRADA = "retirada"
    CADUCADA = "caducada"


VIDA_OFERTA = Vida(
    "feria_oferta",
    EstadoOferta,
    {EstadoOferta.VIGENTE: {EstadoOferta.REEMPLAZADA, EstadoOferta.RETIRADA, EstadoOferta.CADUCADA}},
    nace={EstadoOferta.VIGENTE},
    fines={EstadoOferta.REEMPLAZADA, EstadoOferta.RETIRADA, EstadoOferta.CADUCADA},
)
