"""Names of the events of the opening."""

CONVOCATORIA_ABIERTA = "ConvocatoriaAbierta"
TECNICA_ABIERTA = "TecnicaAbierta"
TECNICA_CALIFICADA = "TecnicaCalificada"
APERTURA_IMPEDIDA = "AperturaImpedida"
