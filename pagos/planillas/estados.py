"""The life of payrolls: every state and every allowed step, in one place."""

from enum import StrEnum

from nucleo.vidas import Vida
from pagos.planillas.errores import PlanillaNoAdmite


class EstadoPlanilla(StrEnum):
    PREPARADA = "preparada"  # its lines are right; who prepared it is looking at them
    PRESENTADA = "presentada"  # waits for the signature of somebody else: a joint act
    EJECUTADA = "ejecutada"  # approved and paid, each line with its own result
    RECHAZADA = "rechazada"
    ANULADA = "anulada"  # withdrawn by who prepared it
    VENCIDA = "vencida"  # the signatures that were missing did not come in time


VIDA_PLANILLA = Vida(
    "pagos_planilla",
    EstadoPlanilla,
    {
        EstadoPlanilla.PREPARADA: {EstadoPlanilla.PRESENTADA, EstadoPlanilla.ANULADA},
        EstadoPlanilla.PRESENTADA: {
            EstadoPlanilla.EJECUTADA,
            EstadoPlanilla.RECHAZADA,
            EstadoPlanilla.ANULADA,
            EstadoPlanilla.VENCIDA,
        },
    },
    nace={EstadoPlanilla.PREPARADA},
    fines={
        EstadoPlanilla.EJECUTADA,
        EstadoPlanilla.RECHAZADA,
        EstadoPlanilla.ANULADA,
        EstadoPlanilla.VENCIDA,
    },
    error=PlanillaNoAdmite,
)
