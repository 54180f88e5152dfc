"""The lock of a certificate: before those of what is bought with it and of the ledger."""

from uuid import UUID

from sqlmodel import Session

from feria_inversa.certificaciones.errores import CertificacionNoEncontrada
from feria_inversa.certificaciones.modelos import Certificacion
from nucleo.bloqueos import cerrojo


def bloquear_lo_mismo(sesion: Session, id: UUID) -> None:
    """The same one sent twice, with the id that its sender chose, comes one after the other."""
    cerrojo(sesion, f"feria.certificacion:{id}")


def bloquear_certificacion(sesion: Session, certificacion_id: UUID) -> Certificacion:
    """Locked and fresh. Raises `CertificacionNoEncontrada`."""
    fila = sesion.get(
        Certificacion, certificacion_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if fila is None:
        raise CertificacionNoEncontrada
    return fila
