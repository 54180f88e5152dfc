"""Serials: one locked counter row per scope, so that numbers are unique and without gaps."""

from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, select

from feria_inversa.entidades.bloqueos import codigos_de_entidad
from feria_inversa.entidades.cuce import Cuce
from feria_inversa.entidades.modelos import EntidadContratante
from nucleo.errores import NoDisponible
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

_SIGUIENTE = text(
    "INSERT INTO feria_serie (ambito, ultimo) VALUES (:ambito, 1) "
    "ON CONFLICT (ambito) DO UPDATE SET ultimo = feria_serie.ultimo + 1 RETURNING ultimo"
)
PRIMER_CODIGO_PROVISIONAL = 9900


def siguiente(sesion: Session, ambito: str) -> int:
    """The next serial of a scope; other transactions wait for this one to end."""
    numero: int = sesion.connection().execute(_SIGUIENTE, {"ambito": ambito}).scalar_one()
    return numero


def entidad_contratante(
    sesion: Session, unidad_id: UUID, codigo_institucional: str | None
) -> EntidadContratante:
    """The entity's codes for its CUCE, fixed the first time: its institutional code, or a provisional one."""
    entidad = sesion.get(EntidadContratante, unidad_id)
    if entidad is not None:
        return entidad
    codigos_de_entidad(sesion)
    entidad = sesion.get(EntidadContratante, unidad_id)
    if entidad is None:
        entidad = _nueva_entidad(sesion, unidad_id, codigo_institucional)
        sesion.add(entidad)
        sesion.flush()
    return entidad


def _nueva_entidad(sesion: Session, unidad_id: UUID, codigo_institucional: str | None) -> EntidadContratante:
    oficial = (codigo_institucional or "").zfill(4)
    es_oficial = bool(codigo_institucional) and len(oficial) == 4 and int(oficial) < PRIMER_CODIGO_PROVISIONAL
    if es_oficial:
        usadas = sesion.exec(
            select(EntidadContratante.ejecutora).where(EntidadContratante.codigo == oficial)
        ).all()
        libre = next((f"{n:02d}" for n in range(100) if f"{n:02d}" not in usadas), None)
        if libre is not None:
            return EntidadContratante(unidad_id=unidad_id, codigo=oficial, ejecutora=libre, provisional=False)
    codigo = PRIMER_CODIGO_PROVISIONAL - 1 + siguiente(sesion, "entidad:provisional")
    if codigo > 9999:
        raise NoDisponible(_("Se agotaron los códigos provisionales de entidad."))
    return EntidadContratante(unidad_id=unidad_id, codigo=str(codigo), provisional=True)


def nuevo_cuce(sesion: Session, entidad: EntidadContratante) -> Cuce:
    """The CUCE of a new call of the entity, in the current Bolivian year. The serial is of the country's."""
    gestion = fecha_bolivia(ahora_bd(sesion)).year
    serie = siguiente(sesion, "cuce")
    return Cuce(gestion=gestion, entidad=entidad.codigo, unidad=entidad.ejecutora, serie=serie)


def nuevo_numero_de_orden(sesion: Session, entidad: EntidadContratante) -> str:
    """`OC-2026-1201-00-00001`: purchase orders run by entity and year, as their own books do."""
    gestion = fecha_bolivia(ahora_bd(sesion)).year
    serie = siguiente(sesion, f"orden:{gestion}:{entidad.codigo}:{entidad.ejecutora}")
    return f"OC-{gestion}-{entidad.codigo}-{entidad.ejecutora}-{serie:05d}"
