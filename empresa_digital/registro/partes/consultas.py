"""Reads of the parties."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from ciudadania import Persona, personas_en_lote
from empresa_digital.registro.partes.modelos import FilaDeParte
from empresa_digital.registro.partes.tipos import ClaseDeParte
from empresa_digital.registro.partes.valores import Parte
from empresa_digital.registro.unidades import Unidad, unidades_en_lote


def partes_en_lote(sesion: Session, ids: Iterable[UUID]) -> dict[UUID, Parte]:
    """The parties with these ids, in three queries at most however many they are."""
    pedidas = set(ids)
    if not pedidas:
        return {}
    filas = sesion.exec(select(FilaDeParte).where(col(FilaDeParte.id).in_(pedidas))).all()
    personas = personas_en_lote(sesion, [f.persona_id for f in filas if f.persona_id])
    unidades = unidades_en_lote(sesion, [f.unidad_id for f in filas if f.unidad_id])
    return {
        fila.id: valor_de(
            fila,
            persona=personas[fila.persona_id] if fila.persona_id else None,
            unidad=unidades[fila.unidad_id] if fila.unidad_id else None,
        )
        for fila in filas
    }


def buscar_partes(
    sesion: Session, *, personas: Collection[UUID] = (), unidades: Collection[UUID] = ()
) -> set[UUID]:
    """The ids of the parties that these people and units are already; who took part in nothing has none."""
    if not personas and not unidades:
        return set()
    suyas = or_(col(FilaDeParte.persona_id).in_(personas), col(FilaDeParte.unidad_id).in_(unidades))
    return set(sesion.exec(select(FilaDeParte.id).where(suyas)))


def valor_de(fila: FilaDeParte, *, persona: Persona | None = None, unidad: Unidad | None = None) -> Parte:
    """The party of a row, with the person or the unit that it is."""
    nombre, telefono, documento = fila.nombre, fila.telefono, fila.documento
    if persona is not None:
        nombre, telefono, documento = persona.nombre_completo, persona.celular, persona.documento
    elif unidad is not None:
        nombre, telefono = unidad.nombre, unidad.telefono
    assert nombre, "a CHECK says that a third person has a name"
    return Parte(
        id=fila.id,
        clase=ClaseDeParte(fila.clase),
        persona_id=fila.persona_id,
        unidad_id=fila.unidad_id,
        nombre=nombre,
        telefono=telefono,
        documento=documento,
    )
