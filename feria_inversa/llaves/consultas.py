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
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Tenencia:
    """What one holder has done: brought a key, given their part of the one that is asked about, lost it.

    Until they bring a key they did not say that they are, and their name is shown to nobody.
    """

    numero: int
    persona_id: UUID
    nombre: str
    inscrito_en: datetime | None
    entregada_en: datetime | None
    perdida_en: datetime | None


def depositarios_de(sesion: Session, resguardo_id: UUID) -> Sequence[Depositario]:
    consulta = select(Depositario).where(Depositario.resguardo_id == resguardo_id)
    return sesion.exec(consulta.order_by(col(Depositario.numero))).all()


def tenencias(sesion: Session, resguardo_id: UUID, llave: Llave | None) -> list[Tenencia]:
    """The holders of a group in order, with what they gave of a key."""
    filas = depositarios_de(sesion, resguardo_id)
    nombres = nombres_de_personas(sesion, {fila.persona_id for fila in filas})
    dadas = {p.numero: p.entregada_en for p in partes_de(sesion, llave.id)} if llave else {}
    return [
        Tenencia(
            d.numero,
            d.persona_id,
            nombres[d.persona_id]
            if d.inscrito_en
            else _("Persona {}, que todavía no acepta").format(d.numero),
            d.inscrito_en,
            dadas.get(d.numero),
            d.perdida_en,
        )
        for d in filas
    ]


def partes_de(sesion: Session, llave_id: UUID) -> Sequence[Parte]:
    return sesion.exec(select(Parte).where(Parte.llave_id == llave_id).order_by(col(Parte.numero))).all()


def parte_de(sesion: Session, llave: Llave, actor: Actor | None) -> Parte | None:
    """The part of a key that somebody holds."""
    if actor is None or actor.persona_id is None:
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


def llave_de(sesion: Session, convocatoria_id: UUID, *, tecnica: bool = False) -> Llave | None:
    """The key to which the bids of a process are sealed; None when only access keeps them. Of one with two
    envelopes, that of the prices or that of the technical part.
    """
    consulta = select(Llave).where(Llave.convocatoria_id == convocatoria_id, Llave.tecnica == tecnica)
    return sesion.exec(consulta).one_or_none()


def llave_de_ensayo(sesion: Session, resguardo_id: UUID) -> Llave | None:
    """That of the last rehearsal: each key that is brought after it began asks for another."""
    consulta = select(Llave).where(Llave.resguardo_id == resguardo_id, col(Llave.convocatoria_id).is_(None))
    return sesion.exec(consulta.order_by(col(Llave.creada_en).desc(), col(Llave.id).desc())).first()


def ya_ensayo(sesion: Session, depositario: Depositario) -> bool:
    """Whether the key of a holder ever opened its part."""
    consulta = (
        select(Parte.numero)
        .join(Llave, col(Llave.id) == Parte.llave_id)
        .where(
            Llave.resguardo_id == depositario.resguardo_id,
            col(Llave.convocatoria_id).is_(None),
            col(Llave.creada_en) >= depositario.inscrito_en,
            Parte.numero == depositario.numero,
            col(Parte.entregada_en).is_not(None),
        )
    )
    return sesion.exec(consulta).first() is not None


def vigente_de(sesion: Session, unidad_id: UUID) -> Resguardo | None:
    """The holders of the keys that an entity makes from now on."""
    consulta = select(Resguardo).where(
        Resguardo.unidad_id == unidad_id, Resguardo.estado == EstadoResguardo.VIGENTE
    )
    return sesion.exec(consulta).one_or_none()


@dataclass(frozen=True, slots=True)
class Guardianes:
    """Who holds a key, or would hold that of a process published now, and has not lost theirs."""

    resguardo_id: UUID
    umbral: int
    nombres: tuple[str, ...]

    @property
    def bastan(self) -> bool:
        return len(self.nombres) >= self.umbral


def guardianes_de(sesion: Session, unidad_id: UUID) -> Guardianes | None:
    """Those of the processes that an entity publishes now; None where access alone would keep their bids."""
    vigente = vigente_de(sesion, unidad_id)
    return None if vigente is None else _guardianes(sesion, vigente)


def guardianes_de_llave(sesion: Session, llave: Llave) -> Guardianes:
    return _guardianes(sesion, sesion.get_one(Resguardo, llave.resguardo_id))


def _guardianes(sesion: Session, fila: Resguardo) -> Guardianes:
    quedan = (t.nombre for t in tenencias(sesion, fila.id, None) if t.perdida_en is None)
    return Guardianes(fila.id, fila.umbral, tuple(quedan))


def en_preparacion_de(sesion: Session, unidad_id: UUID) -> Resguardo | None:
    consulta = select(Resguardo).where(
        Resguardo.unidad_id == unidad_id, col(Resguardo.estado).in_(EN_PREPARACION)
    )
    return sesion.exec(consulta).one_or_none()


def resguardo_visible(sesion: Session, actor: Actor | None, resguardo_id: UUID) -> Resguardo:
    """One that holds or held keys, for anybody: the public log names it. One that is being prepared, for who
    is in it or administers its entity; to others it does not exist.
    """
    fila = sesion.get(Resguardo, resguardo_id)
    if fila is None or not (
        fila.vigente_desde is not None
        or mio(sesion, actor, resguardo_id)
        or (actor is not None and tiene_facultad(sesion, actor, fila.unidad_id, Facultad.ADMINISTRAR))
    ):
        raise ResguardoNoEncontrado
    return fila


def mis_grupos(sesion: Session, actor: Actor) -> Sequence[tuple[Resguardo, Depositario]]:
    """The groups that somebody is in, the last one first."""
    if actor.persona_id is None:
        return ()
    consulta = (
        select(Resguardo, Depositario)
        .join(Depositario, col(Depositario.resguardo_id) == Resguardo.id)
        .where(Depositario.persona_id == actor.persona_id)
    )
    return sesion.exec(consulta.order_by(col(Resguardo.id).desc()).limit(50)).all()


@dataclass(frozen=True, slots=True)
class TenenciaMia:
    """A group that somebody is in, as their desk shows it."""

    resguardo_id: UUID
    unidad_id: UUID
    estado: EstadoResguardo
    perdida: bool
    falta: str
    """What is asked of them now; empty if nothing is."""


def tenencias_mias(sesion: Session, actor: Actor) -> list[TenenciaMia]:
    """What is asked of somebody first; those that ended before they held anything are not shown."""
    mias = []
    for fila, depositario in mis_grupos(sesion, actor):
        if fila.estado == EstadoResguardo.TERMINADO and fila.vigente_desde is None:
            continue
        falta = ""
        if fila.estado in EN_PREPARACION and depositario.publica is None:
            falta = _("Traiga su clave, o diga que no acepta.")
        elif fila.estado in EN_PREPARACION and depositario.perdida_en is not None:
            falta = _("Perdió su clave: traiga otra.")
        elif fila.estado == EstadoResguardo.ENSAYO and not _dio_la_del_ensayo(sesion, depositario):
            falta = _("Ensaye su clave.")
        estado = EstadoResguardo(fila.estado)
        perdida = depositario.perdida_en is not None
        mias.append(TenenciaMia(fila.id, fila.unidad_id, estado, perdida, falta))
    return sorted(mias, key=lambda m: not m.falta)


def _dio_la_del_ensayo(sesion: Session, depositario: Depositario) -> bool:
    """Of the last one: each key that is brought later asks for another."""
    ensayo = llave_de_ensayo(sesion, depositario.resguardo_id)
    parte = sesion.get(Parte, (ensayo.id, depositario.numero)) if ensayo else None
    return parte is not None and parte.entregada_en is not None


def mio(sesion: Session, actor: Actor | None, resguardo_id: UUID) -> Depositario | None:
    if actor is None or actor.persona_id is None:
        return None
    consulta = select(Depositario).where(
        Depositario.resguardo_id == resguardo_id, Depositario.persona_id == actor.persona_id
    )
    return sesion.exec(consulta).one_or_none()


def resguardos_de(sesion: Session, unidad_id: UUID) -> Sequence[Resguardo]:
    """The groups of an entity, the last one first."""
    consulta = select(Resguardo).where(Resguardo.unidad_id == unidad_id)
    return sesion.exec(consulta.order_by(col(Resguardo.id).desc()).limit(20)).all()


def llaves_de_procesos(sesion: Session) -> dict[UUID, list[Llave]]:
    """The keys of each process that has any."""
    llaves: dict[UUID, list[Llave]] = {}
    for llave in sesion.exec(select(Llave).where(col(Llave.convocatoria_id).is_not(None))):
        assert llave.convocatoria_id is not None
        llaves.setdefault(llave.convocatoria_id, []).append(llave)
    return llaves
