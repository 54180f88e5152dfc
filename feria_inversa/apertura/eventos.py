"""Names of the events of the opening."""

CONVOCATORIA_ABIERTA = "ConvocatoriaAbierta"
APERTURA_IMPEDIDA = "AperturaImpedida"
