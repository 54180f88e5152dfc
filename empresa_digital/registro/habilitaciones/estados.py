"""The life of a quality of a unit; each operation takes one step of it."""

from empresa_digital.registro.asientos import Operacion as Op
from empresa_digital.registro.habilitaciones.tipos import EstadoHabilitacion as E
from nucleo.vidas import Vida

VIDA_HABILITACION = Vida(
    "registro_habilitacion",
    E,
    {
        E.SOLICITADA: {E.OTORGADA, E.RECHAZADA},
        E.RECHAZADA: {E.SOLICITADA},
        E.OTORGADA: {E.SUSPENDIDA},
        E.SUSPENDIDA: {E.OTORGADA},
    },
    nace={E.SOLICITADA, E.OTORGADA},
    fines=(),
)
DESTINO = {
    Op.SOLICITAR_HABILITACION: E.SOLICITADA,
    Op.OTORGAR_HABILITACION: E.OTORGADA,
    Op.RECHAZAR_HABILITACION: E.RECHAZADA,
    Op.SUSPENDER_HABILITACION: E.SUSPENDIDA,
}


def habilitacion_admite(actual: E | None, operacion: Op) -> bool:
    """Whether a quality that is `actual` (None: nobody asked for it) admits an operation."""
    destino = DESTINO[operacion]
    if actual is None:
        return destino in VIDA_HABILITACION.nace
    if actual is destino is E.OTORGADA:
        return True  # granted again, with another norm or dates
    return VIDA_HABILITACION.puede_pasar(actual, destino)
