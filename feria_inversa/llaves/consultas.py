"""Reads of the keys and of who holds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from ciudadania import nombres_de_personas
from empresa_digital.registro import Facultad, tiene_facultad
from feria_inversa.llaves.errores import ResguardoNoEncontrado
from feria_inversa.llaves.estados import EN_PREPARACION, EstadoResguardo
from feria_inversa.llaves.modelos import Depositario, Llave, Parte, Resguardo
from nucleo.actor import Actor


@dataclass(frozen=True, slots=True)
class Tenencia:
    """What one holder has done: brought a key, and given their part of the one that is asked about."""

    numero: int
    persona_id: UUID
    nombre: str
    inscrito_en: datetime | None
    entregada_en: datetime | None


def depositarios_de(sesion: Session, resguardo_id: UUID) -> Sequence[Depositario]:
    consulta = select(Depositario).where(Depositario.resguardo_id == resguardo_id)
    return sesion.exec(consulta.order_by(col(Depositario.numero))).all()


def tenencias(sesion: Session, resguardo_id: UUID, llave: Llave | None) -> list[Tenencia]:
    """The holders of a group in order, with what they gave of a key."""
    filas = depositarios_de(sesion, resguardo_id)
    nombres = nombres_de_personas(sesion, {fila.persona_id for fila in filas})
    dadas = {p.numero: p.entregada_en for p in partes_de(sesion, llave.id)} if llave else {}
    return [
        Tenencia(d.numero, d.persona_id, nombres[d.persona_id], d.inscrito_en, dadas.get(d.numero))
        for d in filas
    ]


def partes_de(sesion: Session, llave_id: UUID) -> Sequence[Parte]:
    return sesion.exec(select(Parte).where(Parte.llave_id == llave_id).order_by(col(Parte.numero))).all()


def parte_de(sesion: Session, llave: Llave, actor: Actor) -> Parte | None:
    """The part of a key that somebody holds."""
    if actor.persona_id is None:
        return None
    consulta = (
        select(Parte)
        .join(
            Depositario,
            (col(Depositario.resguardo_id) == Parte.resguardo_id) & (col(Depositario.numero) == Parte.numero),
        )
        .where(Parte.llave_id == llave.id, Depositario.persona_id == actor.persona_id)
    )
    return sesion.exec(consulta).one_or_none()


def llave_de(sesion: Session, convocatoria_id: UUID) -> Llave | None:
    """The key to which the bids of a process are sealed; None when only access keeps them."""
    return sesion.exec(select(Llave).where(Llave.convocatoria_id == convocatoria_id)).one_or_none()


def llave_de_ensayo(sesion: Session, resguardo_id: UUID) -> Llave | None:
    consulta = select(Llave).where(Llave.resguardo_id == resguardo_id, col(Llave.convocatoria_id).is_(None))
    return sesion.exec(consulta).one_or_none()


def vigente_de(sesion: Session, unidad_id: UUID) -> Resguardo | None:
    """The holders of the keys that an entity makes from now on."""
    consulta = select(Resguardo).where(
        Resguardo.unidad_id == unidad_id, Resguardo.estado == EstadoResguardo.VIGENTE
    )
    return sesion.exec(consulta).one_or_none()


@dataclass(frozen=True, slots=True)
class Guardianes:
    """Who would hold the key of a process published now."""

    umbral: int
    nombres: tuple[str, ...]


def guardianes_de(sesion: Session, unidad_id: UUID) -> Guardianes | None:
    vigente = vigente_de(sesion, unidad_id)
    if vigente is None:
        return None
    return Guardianes(vigente.umbral, tuple(t.nombre for t in tenencias(sesion, vigente.id, None)))


def en_preparacion_de(sesion: Session, unidad_id: UUID) -> Resguardo | None:
    consulta = select(Resguardo).where(
        Resguardo.unidad_id == unidad_id, col(Resguardo.estado).in_(EN_PREPARACION)
    )
    return sesion.exec(consulta).one_or_none()


def resguardo_visible(sesion: Session, actor: Actor, resguardo_id: UUID) -> Resguardo:
    """A group for who is in it or administers its entity; to anybody else it does not exist."""
    fila = sesion.get(Resguardo, resguardo_id)
    if fila is None or not (
        mio(sesion, actor, resguardo_id)
        or tiene_facultad(sesion, actor, fila.unidad_id, Facultad.ADMINISTRAR)
    ):
        raise ResguardoNoEncontrado
    return fila


def mio(sesion: Session, actor: Actor, resguardo_id: UUID) -> Depositario | None:
    if actor.persona_id is None:
        return None
    consulta = select(Depositario).where(
        Depositario.resguardo_id == resguardo_id, Depositario.persona_id == actor.persona_id
    )
    return sesion.exec(consulta).one_or_none()


def resguardos_de(sesion: Session, unidad_id: UUID) -> Sequence[Resguardo]:
    """The groups of an entity, the last one first."""
    consulta = select(Resguardo).where(Resguardo.unidad_id == unidad_id)
    return sesion.exec(consulta.order_by(col(Resguardo.id).desc()).limit(20)).all()


def llaves_de_procesos(sesion: Session) -> dict[UUID, bytes]:
    """The public key of each process that has one."""
    consulta = select(Llave.convocatoria_id, Llave.publica).where(col(Llave.convocatoria_id).is_not(None))
    return {id_: publica for id_, publica in sesion.exec(consulta) if id_ is not None}
