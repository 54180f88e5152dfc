"""Names of the events of an appeal."""

IMPUGNACION_PRESENTADA = "ImpugnacionPresentada"
IMPUGNACION_TERMINADA = "ImpugnacionTerminada"
