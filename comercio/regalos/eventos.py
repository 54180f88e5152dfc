"""Events published here; `datos` carry ids and small facts only. `objeto_id` is the order."""

REGALO_RECIBIDO = "RegaloRecibido"
