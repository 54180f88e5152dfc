"""Events of this room."""

# objeto_id: the batch. {"unidad_id", "pagadas", "lineas", "pagado", "total"} (centavos): approved and paid.
PLANILLA_EJECUTADA = "PlanillaEjecutada"
