"""What the platform does by itself each night: what is overdue, the closing of the day, a head of the log."""

from collections.abc import Iterator

from sqlmodel import Session

from constancia import integrar_pendientes
from demostracion.relato import Epoca, Paso, a_las, capitulo
from pagos.billetera import vencer_solicitudes
from pagos.cobros import vencer_tanda
from pagos.supervision import cerrar_siguiente

HORA = 0.2  # after the margin of the closing


@capitulo("pagos.noches")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    for dia in epoca.dias():
        yield Paso(a_las(dia, HORA), f"{dia}", _trabajar)


def _trabajar(sesion: Session) -> None:
    vencer_tanda(sesion)
    vencer_solicitudes(sesion)
    cerrar_siguiente(sesion)
    sesion.commit()
    integrar_pendientes()
