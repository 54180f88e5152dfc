"""Name of the event of an award."""

ITEMS_ADJUDICADOS = "ItemsAdjudicados"
