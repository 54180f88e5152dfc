"""Names of the events of the evaluation and of the award."""

OFERTAS_POR_SUBSANAR = "OfertasPorSubsanar"
ITEMS_ADJUDICADOS = "ItemsAdjudicados"
ADJUDICACION_SIN_EFECTO = "AdjudicacionSinEfecto"
INFORME_FIRMADO = "InformeFirmado"
INFORME_SIN_FIRMAR = "InformeSinFirmar"
TECNICA_SIN_FIRMAR = "TecnicaSinFirmar"
