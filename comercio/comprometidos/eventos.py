"""Events of what entities commit."""

PAGO_DESMENTIDO = "PagoDeEntidadDesmentido"
"""Who sells says that what their silence had said did not come: `objeto_id` is the order."""
PAGO_RECIBIDO = "PagoDeEntidadRecibido"
"""What an entity paid of an order that is over came: what it owed, from its account; or what its treasury
paid, as who sells says or their silence does. `objeto_id` is the order."""
