"""Events published here: `objeto_id` is the order; `datos` carry ids and small facts only."""

CITA_FIJADA = "CitaFijada"
CITA_PROPUESTA = "CitaPropuesta"
CITA_MOVIDA = "CitaMovida"
CITA_NO_MOVIDA = "CitaNoMovida"
CITA_SIN_VENDEDOR = "CitaSinVendedor"
CITA_SIN_COMPRADOR = "CitaSinComprador"
