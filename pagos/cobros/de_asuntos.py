"""QR codes that pay into a matter of a floor above: its room says what each means, and where it is paid."""

from collections.abc import Callable

from sqlmodel import Session

from nucleo.textos import gettext as _
from pagos import qr

Leer = Callable[[Session, qr.DatosQR], str | None]

_lectores: list[Leer] = []


def codigo_de_asunto(leer: Leer) -> Leer:
    """Register how a room reads its codes: the path of the page where one is paid, None for another room's.
    It raises `QrInvalido` for one that is not to be paid."""
    _lectores.append(leer)
    return leer


def donde_se_paga(sesion: Session, datos: qr.DatosQR) -> str:
    """Raises `QrInvalido`."""
    for leer in _lectores:
        if (ruta := leer(sesion, datos)) is not None:
            return ruta
    texto = _("El código nombra algo que no está en Qhatu. No lo pague.")
    raise qr.QrInvalido("destino_desconocido", texto)
