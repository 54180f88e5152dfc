"""From rows of the registry to what the API shows, and who may see what."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro.catalogos import lugares
from empresa_digital.registro.consultas import (
    actividades_de,
    es_publica,
    identificadores_de,
    unidad_por_numero,
)
from empresa_digital.registro.errores import SinFacultad, UnidadNoEncontrada
from empresa_digital.registro.esquemas import (
    HabilitacionPublica,
    MandatoSalida,
    UnidadResumen,
    UnidadSalida,
)
from empresa_digital.registro.facultades import exigir_regulador, mandatos_del_actor
from empresa_digital.registro.habilitaciones import habilitaciones_de
from empresa_digital.registro.mandatos import nombres_de_apoderados
from empresa_digital.registro.modelos import HabilitacionUnidad, Mandato, UnidadEconomica
from empresa_digital.registro.tipos import EstadoHabilitacion, Facultad
from nucleo.actor import Actor


def representa(sesion: Session, actor: Actor | None, unidad_id: UUID) -> bool:
    """Whether the actor holds any valid mandate for the unit, whatever its state."""
    if actor is None:
        return False
    if actor.tipo == "cliente":
        return actor.unidad_cliente_id == unidad_id
    suyos = mandatos_del_actor(actor, None)
    fila = sesion.execute(suyos.select().where(suyos.c.unidad_id == unidad_id).limit(1))
    return fila.first() is not None


def es_regulador(sesion: Session, actor: Actor | None) -> bool:
    if actor is None:
        return False
    try:
        exigir_regulador(sesion, actor)
    except SinFacultad:
        return False
    return True


def unidad_visible(sesion: Session, actor: Actor | None, numero: str) -> tuple[UnidadEconomica, bool]:
    """The unit, and whether the actor is of the house (represents it or regulates).

    A registration that was never accepted exists only for its own people and the regulator: for anybody else
    it raises `UnidadNoEncontrada`, the same as a number that was never given.
    """
    unidad = unidad_por_numero(sesion, numero)
    interno = representa(sesion, actor, unidad.id) or es_regulador(sesion, actor)
    if not interno and not es_publica(unidad):
        raise UnidadNoEncontrada()
    return unidad, interno


def resumenes(sesion: Session, unidades: Sequence[UnidadEconomica]) -> list[UnidadResumen]:
    donde = lugares(sesion, (u.municipio_ine for u in unidades))
    return [
        UnidadResumen(
            id=u.id,
            numero=u.numero,
            tipo=u.tipo,
            estado=u.estado,
            denominacion=u.denominacion,
            nombre_comercial=u.nombre_comercial,
            municipio_ine=u.municipio_ine,
            lugar=donde.get(u.municipio_ine or "", ""),
            actividad_ciiu=u.actividad_ciiu,
            inscrita_en=u.inscrita_en,
        )
        for u in unidades
    ]


def habilitacion_publica(fila: HabilitacionUnidad, *, interno: bool) -> HabilitacionPublica:
    return HabilitacionPublica(
        habilitacion=fila.habilitacion,
        estado=fila.estado,
        norma=fila.norma,
        vigente_desde=fila.vigente_desde,
        vigente_hasta=fila.vigente_hasta,
        motivo=fila.motivo if interno else None,
    )


def unidad_completa(sesion: Session, unidad: UnidadEconomica, *, interno: bool) -> UnidadSalida:
    """Everything about a unit; reasons and pending requests only for those of the house."""
    (resumen,) = resumenes(sesion, [unidad])
    visibles = (EstadoHabilitacion.OTORGADA, EstadoHabilitacion.SUSPENDIDA)
    return UnidadSalida(
        **resumen.model_dump(),
        forma_legal=unidad.forma_legal,
        actividades=[a.codigo for a in actividades_de(sesion, unidad.id)],
        direccion=unidad.direccion,
        latitud=unidad.latitud,
        longitud=unidad.longitud,
        telefono=unidad.telefono,
        correo=unidad.correo,
        sitio_web=unidad.sitio_web,
        descripcion=unidad.descripcion,
        identificadores=identificadores_de(sesion, unidad.id),
        habilitaciones=[
            habilitacion_publica(h, interno=interno)
            for h in habilitaciones_de(sesion, unidad.id)
            if interno or h.estado in visibles
        ],
        motivo=unidad.motivo if interno else None,
        version=unidad.version,
    )


def mandatos_salida(sesion: Session, mandatos: Sequence[Mandato]) -> list[MandatoSalida]:
    nombres = nombres_de_apoderados(sesion, mandatos)
    return [
        MandatoSalida(
            id=m.id,
            unidad_id=m.unidad_id,
            apoderado_persona_id=m.apoderado_persona_id,
            apoderado_unidad_id=m.apoderado_unidad_id,
            apoderado=nombres[m.id],
            facultades=[Facultad(f) for f in m.facultades],
            monto_limite=m.monto_limite,
            valido_desde=m.valido_desde,
            valido_hasta=m.valido_hasta,
            subdelegable=m.subdelegable,
            delegado_de=m.delegado_de,
            documento=m.documento,
            revocado_en=m.revocado_en,
            revocado_motivo=m.revocado_motivo,
        )
        for m in mandatos
    ]
