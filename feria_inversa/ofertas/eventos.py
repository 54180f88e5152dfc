"""Names of the events of bids."""

OFERTA_PRESENTADA = "OfertaPresentada"
OFERTA_RETIRADA = "OfertaRetirada"
