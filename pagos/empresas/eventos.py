"""Events of this room."""

# objeto_id: the payment's transfer. {"devolucion_id", "monto"} (centavos): a part of it, or all, went back.
PAGO_DEVUELTO = "PagoDevuelto"

# objeto_id: the batch. {"unidad_id", "pagadas", "lineas", "pagado", "total"} (centavos): approved and paid.
PLANILLA_EJECUTADA = "PlanillaEjecutada"
