"""Events of what entities commit."""

PAGO_DESMENTIDO = "PagoDeEntidadDesmentido"
"""Who sells says that what their silence had said did not come: `objeto_id` is the order."""
