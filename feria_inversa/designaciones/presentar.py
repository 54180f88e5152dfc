"""From rows of the roles to what the API answers and the pages show."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from ciudadania import nombres_de_personas
from empresa_digital.registro import unidades_en_lote
from feria_inversa.designaciones.designar import en_duda
from feria_inversa.designaciones.esquemas import DesignacionSalida, ExcusaSalida, PapelesSalida
from feria_inversa.entidades import unidad_breve
from feria_inversa.papeles import (
    Papel,
    designaciones_de,
    excusas_de,
    nombre_de_papel,
    que_actuan,
    que_rigen,
)
from feria_inversa.papeles.modelos import Designacion, Excusa
from feria_inversa.procesos import oculta_nombres
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

_IGUALES = DesignacionSalida.model_fields.keys() - {
    "papel_texto",
    "persona",
    "rige",
    "designada_por",
    "excusas",
}
_DE_NINGUN_PROCESO = frozenset({Papel.RECIBE_COMPRAS})
_DE_EXCUSA = ExcusaSalida.model_fields.keys() - {"unidad", "presentada_por"}


def papeles_de(sesion: Session, unidad_id: UUID, convocatoria_id: UUID | None = None) -> PapelesSalida:
    """Who holds and held each role of an entity and, with one, of a process, with what is doubtful."""
    filas = designaciones_de(sesion, unidad_id)
    if convocatoria_id is not None:
        filas = [f for f in filas if f.cesada_en is None and f.papel not in _DE_NINGUN_PROCESO]
        filas += designaciones_de(sesion, unidad_id, convocatoria_id)
    avisos = avisos_de(sesion, unidad_id, convocatoria_id)
    return PapelesSalida(designaciones=designaciones(sesion, filas), avisos=avisos)


def avisos_de(sesion: Session, unidad_id: UUID, convocatoria_id: UUID | None) -> list[str]:
    """What everybody should know of who acts: two roles that do not go together, or one that nobody fills."""
    callan = {Papel.RESPONSABLE} | (_DE_NINGUN_PROCESO if convocatoria_id is not None else set())
    rigen = [d for d in que_rigen(sesion, unidad_id, convocatoria_id) if d.papel not in callan]
    if not rigen:
        return []
    actuan = {d.id for d in que_actuan(sesion, unidad_id, convocatoria_id)}
    nombres = nombres_de_personas(sesion, {f.persona_id for f in rigen})
    avisos = [
        _("{quien} es a la vez «{uno}» y «{otro}»: no se aconseja ({fuente}).").format(
            quien=nombres[d.persona_id],
            uno=nombre_de_papel(d.papel),
            otro=nombre_de_papel(otro),
            fuente=regla.fuente,
        )
        for d, otro, regla in en_duda(sesion, rigen, fecha_bolivia(ahora_bd(sesion)))
    ]
    return avisos + [
        _("{quien} ya no tiene un mandato de la entidad: mientras tanto no es «{papel}».").format(
            quien=nombres[d.persona_id], papel=nombre_de_papel(d.papel)
        )
        for d in rigen
        if d.id not in actuan
    ]


def designaciones(sesion: Session, filas: Sequence[Designacion]) -> list[DesignacionSalida]:
    nombres = nombres_de_personas(sesion, {fila.persona_id for fila in filas})
    sobre = excusas(sesion, excusas_de(sesion, [fila.id for fila in filas]))
    instante = ahora_bd(sesion)
    return [
        DesignacionSalida(
            **{campo: getattr(fila, campo) for campo in _IGUALES},
            papel_texto=nombre_de_papel(fila.papel),
            persona=nombres[fila.persona_id],
            rige=fila.cesada_en is None and (fila.hasta is None or fila.hasta > instante),
            designada_por=fila.autor,
            excusas=[salida for designacion_id, salida in sobre if designacion_id == fila.id],
        )
        for fila in filas
    ]


def excusas(sesion: Session, filas: Sequence[Excusa]) -> list[tuple[UUID, ExcusaSalida]]:
    """Each with the naming that it is about."""
    recusan = [fila for fila in filas if fila.unidad_id is not None]
    callan = _sin_nombre(sesion, recusan) if recusan else set()
    unidades = unidades_en_lote(sesion, [fila.unidad_id for fila in recusan if fila.unidad_id])
    return [
        (
            fila.designacion_id,
            ExcusaSalida(
                **{campo: getattr(fila, campo) for campo in _DE_EXCUSA},
                presentada_por=None if fila.id in callan else fila.presentada_por,
                unidad=unidad_breve(unidades[fila.unidad_id])
                if fila.unidad_id and fila.id not in callan
                else None,
            ),
        )
        for fila in filas
    ]


def _sin_nombre(sesion: Session, recusaciones: Sequence[Excusa]) -> set[UUID]:
    """Those of processes in which nobody knows yet who bid."""
    consulta = (
        select(Designacion.id, Convocatoria)
        .join(Convocatoria, col(Convocatoria.id) == Designacion.convocatoria_id)
        .where(col(Designacion.id).in_([fila.designacion_id for fila in recusaciones]))
    )
    callan = {id_ for id_, convocatoria in sesion.exec(consulta) if oculta_nombres(convocatoria)}
    return {fila.id for fila in recusaciones if fila.designacion_id in callan}
