"""The budget certificate that covers a process, if it named one (`evaluacion.nombrar_certificado`)."""

from uuid import UUID

from sqlmodel import Session, col, delete

from feria_inversa.procesos.modelos import CertificadoDeProceso


def certificado_de(sesion: Session, convocatoria_id: UUID) -> UUID | None:
    """The certificate that covers a process, if it named one."""
    fila = sesion.get(CertificadoDeProceso, convocatoria_id, populate_existing=True)
    return fila.certificacion_id if fila else None


def soltar_certificado(sesion: Session, convocatoria_id: UUID) -> None:
    """A process that is covered by another, or thrown away as a draft, leaves the one that it had."""
    sesion.execute(
        delete(CertificadoDeProceso).where(col(CertificadoDeProceso.convocatoria_id) == convocatoria_id)
    )
