"""Names of the events of a question."""

PREGUNTA_HECHA = "PreguntaDeConvocatoriaHecha"
PREGUNTA_TERMINADA = "PreguntaDeConvocatoriaTerminada"
