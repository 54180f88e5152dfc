"""Names of the events of an auction."""

SUBASTA_PRORROGADA = "SubastaProrrogada"
SUBASTA_TERMINADA = "SubastaTerminada"
