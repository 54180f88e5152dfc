"""Name of the event of an award."""

ITEMS_ADJUDICADOS = "ItemsAdjudicados"
ADJUDICACION_SIN_EFECTO = "AdjudicacionSinEfecto"
