"""Names of the events of bids."""

ARCHIVO_ABIERTO = "ArchivoDeOfertaAbierto"
OFERTA_PRESENTADA = "OfertaPresentada"
OFERTA_RECONFIRMADA = "OfertaReconfirmada"
OFERTA_RETIRADA = "OfertaRetirada"
