"""Events published here; `objeto_id` is the order's id."""

# {"monto", "porte" (centavos), "causa"}: so much of its money went back to the account that it came from.
DINERO_DEVUELTO = "DineroDePedidoDevuelto"
# What an entity committed is due, and its account did not pay it, or its treasury has to: once for its date.
PAGO_VENCIDO = "PagoDeEntidadVencido"
