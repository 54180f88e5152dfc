"""Name of the event of an award."""

ITEMS_ADJUDICADOS = "ItemsAdjudicados"
ADJUDICACION_SIN_EFECTO = "AdjudicacionSinEfecto"
INFORME_FIRMADO = "InformeFirmado"
INFORME_SIN_FIRMAR = "InformeSinFirmar"
