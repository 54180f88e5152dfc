"""Names of the events of bids."""

OFERTA_PRESENTADA = "OfertaPresentada"
OFERTA_RECONFIRMADA = "OfertaReconfirmada"
OFERTA_RETIRADA = "OfertaRetirada"
