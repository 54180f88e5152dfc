"""Events of this room."""

# objeto_id: the payment's transfer. {"devolucion_id", "monto"} (centavos): a part of it, or all, went back.
PAGO_DEVUELTO = "PagoDevuelto"
