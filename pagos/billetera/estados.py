"""The life of a request for money."""

from enum import StrEnum

from nucleo.vidas import Vida
from pagos.billetera.errores import SolicitudTerminada


class EstadoSolicitud(StrEnum):
    PENDIENTE = "pendiente"
    PAGADA = "pagada"
    RECHAZADA = "rechazada"  # by whom it was made to
    VENCIDA = "vencida"
    CANCELADA = "cancelada"  # by who asked


VIDA_SOLICITUD = Vida(
    "pagos_solicitud",
    EstadoSolicitud,
    {EstadoSolicitud.PENDIENTE: set(EstadoSolicitud) - {EstadoSolicitud.PENDIENTE}},
    nace={EstadoSolicitud.PENDIENTE},
    fines=set(EstadoSolicitud) - {EstadoSolicitud.PENDIENTE},
    error=SolicitudTerminada,
)
