"""The life of a joint act: it waits for signatures, and ends by them, by a no, or by time."""

from enum import StrEnum

from empresa_digital.registro.actos.errores import ActoTerminado
from nucleo.vidas import Vida


class EstadoActo(StrEnum):
    PENDIENTE = "pendiente"
    EJECUTADO = "ejecutado"  # by its last signature, in the same transaction
    RECHAZADO = "rechazado"  # somebody who could sign said no, and why
    VENCIDO = "vencido"
    RETIRADO = "retirado"  # who proposed it took it back


VIDA_ACTO = Vida(
    "registro_acto",
    EstadoActo,
    {
        EstadoActo.PENDIENTE: {
            EstadoActo.EJECUTADO,
            EstadoActo.RECHAZADO,
            EstadoActo.VENCIDO,
            EstadoActo.RETIRADO,
        }
    },
    nace={EstadoActo.PENDIENTE},
    fines={EstadoActo.EJECUTADO, EstadoActo.RECHAZADO, EstadoActo.VENCIDO, EstadoActo.RETIRADO},
    solo_si={
        (EstadoActo.PENDIENTE, EstadoActo.EJECUTADO): "OLD.vence_en > nucleo_ahora()",
        (EstadoActo.PENDIENTE, EstadoActo.VENCIDO): "OLD.vence_en <= nucleo_ahora()",
    },
    error=ActoTerminado,
)
