"""Events published here; `objeto_id` is the question."""

PREGUNTA_HECHA = "PreguntaHecha"
PREGUNTA_RESPONDIDA = "PreguntaRespondida"
PREGUNTA_CERRADA = "PreguntaCerrada"
