"""Events published here; `objeto_id` is the question, or the message."""

PREGUNTA_HECHA = "PreguntaHecha"
PREGUNTA_RESPONDIDA = "PreguntaRespondida"
PREGUNTA_CERRADA = "PreguntaCerrada"
MENSAJE_ESCRITO = "MensajeEscrito"
