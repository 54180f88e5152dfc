"""Names of the events of a budget certificate."""

CERTIFICACION_REGISTRADA = "CertificacionRegistrada"
CERTIFICACION_TERMINADA = "CertificacionTerminada"
