"""Events of this room. `objeto_id` is the reserve's id; also the types of the webhooks to the units in it."""

# {"estado", "confirmado" (centavos)}
RESERVA_HECHA = "ReservaHecha"
RESERVA_CONFIRMADA = "ReservaConfirmada"
RESERVA_ANULADA = "ReservaAnulada"
RESERVA_VENCIDA = "ReservaVencida"
