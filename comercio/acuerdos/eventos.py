"""Events published here: `objeto_id` is the order; `datos` carry ids and small facts only."""

ACUERDO_PROPUESTO = "AcuerdoPropuesto"
ACUERDO_ACEPTADO = "AcuerdoAceptado"
ACUERDO_NO_ACEPTADO = "AcuerdoNoAceptado"
