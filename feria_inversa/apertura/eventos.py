"""Name of the event of the opening."""

CONVOCATORIA_ABIERTA = "ConvocatoriaAbierta"
