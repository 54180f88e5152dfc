"""Names of the events of the roles."""

PAPEL_DESIGNADO = "PapelDesignado"
PAPEL_CESADO = "PapelCesado"
EXCUSA_PRESENTADA = "ExcusaPresentada"
EXCUSA_RESUELTA = "ExcusaResuelta"
