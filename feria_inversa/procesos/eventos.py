"""Names of the events of a call."""

CONVOCATORIA_PUBLICADA = "ConvocatoriaPublicada"
CONVOCATORIA_MODIFICADA = "ConvocatoriaModificada"
CONVOCATORIA_CANCELADA = "ConvocatoriaCancelada"
RECEPCION_CERRADA = "RecepcionCerrada"
