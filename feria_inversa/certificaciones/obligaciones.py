"""The certificates in force of an entity that wants to close."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, select

from feria_inversa.certificaciones.estados import EstadoCertificacion
from feria_inversa.certificaciones.modelos import Certificacion
from nucleo.obligaciones import Obligacion, obligacion
from nucleo.textos import gettext as _


@obligacion("feria_inversa.certificaciones")
def certificaciones(sesion: Session, unidad_id: UUID) -> Sequence[Obligacion]:
    suyas = (Certificacion.unidad_id == unidad_id, Certificacion.estado == EstadoCertificacion.VIGENTE)
    cuantas = sesion.exec(select(func.count()).select_from(Certificacion).where(*suyas)).one()
    if not cuantas:
        return []
    texto = _("Anule sus certificaciones presupuestarias vigentes.")
    return [Obligacion(texto, f"/entidades/{unidad_id}/certificaciones", cuantas)]
