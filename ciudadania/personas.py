"""Find citizens, and keep their row in step with what the identity provider asserts."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, or_, select

from ciudadania import bloqueos
from ciudadania.errores import IdentidadEnConflicto, IdentidadInvalida, PersonaNoEncontrada
from ciudadania.identidad import Identidad, leer_numero
from ciudadania.modelos import Ciudadano, NivelIdentidad
from ciudadania.valores import Persona
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.ids import nuevo_id
from nucleo.lectores import Ilegible, leer_telefono
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

F = TypeVar("F", bound=Callable[[Session, UUID], object])
_al_conocer: list[Callable[[Session, UUID], object]] = []


def al_conocer(funcion: F) -> F:
    """Run it in the same transaction in which somebody becomes known, and at each later sign-in (a decorator,
    for the rooms above): what a citizen has from the beginning."""
    _al_conocer.append(funcion)
    return funcion


def _conocida(sesion: Session, fila: Ciudadano) -> Persona:
    sesion.flush()
    for funcion in _al_conocer:
        funcion(sesion, fila.id)
    return fila.valor()


def obtener_persona(sesion: Session, persona_id: UUID) -> Persona:
    """The person with this id; raises `PersonaNoEncontrada`."""
    fila = sesion.get(Ciudadano, persona_id)
    if fila is None:
        raise PersonaNoEncontrada()
    return fila.valor()


def personas_en_lote(sesion: Session, ids: Iterable[UUID]) -> dict[UUID, Persona]:
    """The people with these ids, in one query; in none when there are none."""
    pedidas = set(ids)
    filas = sesion.exec(select(Ciudadano).where(col(Ciudadano.id).in_(pedidas))) if pedidas else ()
    return {fila.id: fila.valor() for fila in filas}


def nombres_de_personas(sesion: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """`{id: full name}` of these people, in one query."""
    return {id: persona.nombre_completo for id, persona in personas_en_lote(sesion, ids).items()}


def buscar_persona_por_ci(sesion: Session, ci: str, complemento: str | None = None) -> Persona | None:
    """The person with this identity card, also written `1000001-1A`; None if unknown or not a number."""
    try:
        numero, unido = leer_numero(ci, complemento)
    except IdentidadInvalida:
        return None
    consulta = select(Ciudadano).where(
        col(Ciudadano.ci) == numero, col(Ciudadano.complemento).is_not_distinct_from(unido)
    )
    fila = sesion.exec(consulta).one_or_none()
    return None if fila is None else fila.valor()


def falta_el_complemento(sesion: Session, ci: str) -> bool:
    """Whether this is a card's number written without its complement: only cards that have one carry it."""
    try:
        numero, complemento = leer_numero(ci)
    except IdentidadInvalida:
        return False
    consulta = select(Ciudadano.id).where(
        col(Ciudadano.ci) == numero, col(Ciudadano.complemento).is_not(None)
    )
    return complemento is None and sesion.exec(consulta.limit(1)).first() is not None


def leer_cedula(ci: str, complemento: str | None = None) -> str:
    """The number of an identity card in its one spelling, `1000001` or `1000001-1A`.

    Raises `IdentidadInvalida`.
    """
    numero, unido = leer_numero(ci, complemento)
    return f"{numero}-{unido}" if unido else numero


def buscar_persona_por_celular(sesion: Session, celular: str) -> Persona | None:
    """The person with this cell phone; None if it is no telephone, or several share it: it names nobody."""
    try:
        numero = leer_telefono(celular)
    except Ilegible:
        return None
    filas = sesion.exec(select(Ciudadano).where(col(Ciudadano.celular) == numero).limit(2)).all()
    return filas[0].valor() if len(filas) == 1 else None


def registrar_persona(
    sesion: Session, *, nombres: str, ci: str, id: UUID | None = None, **datos: Any
) -> Persona:
    """A person known before their first sign-in (demonstration, tests); `datos` are fields of `Persona`."""
    instante = ahora_bd(sesion)
    if datos.get("celular"):
        datos["celular"] = leer_telefono(datos["celular"])
    fila = Ciudadano(
        id=id or nuevo_id(), nombres=nombres, ci=ci, creado_en=instante, actualizado_en=instante, **datos
    )
    sesion.add(fila)
    return _conocida(sesion, fila)


def actor_de_persona(persona: Persona) -> Actor:
    return Actor(
        tipo="persona", nombre=persona.nombre_completo, persona_id=persona.id, nivel=int(persona.nivel)
    )


def registrar_ingreso(sesion: Session, emisor: str, identidad: Identidad) -> Persona:
    """The person who just proved to be `identidad` at `emisor`: created, linked or brought up to date.

    An account at the provider belongs to one card for ever, and a card to one account: a change of
    either raises `IdentidadEnConflicto` instead of handing one citizen's data to another.
    """
    instante = ahora_bd(sesion)
    nueva = insert(Ciudadano).values(
        id=nuevo_id(),
        emisor=emisor,
        sub=identidad.sub,
        ci=identidad.ci,
        complemento=identidad.complemento,
        nombres=identidad.nombres,
        primer_apellido=identidad.primer_apellido,
        segundo_apellido=identidad.segundo_apellido,
        nivel=NivelIdentidad.VERIFICADA,
        creado_en=instante,
        actualizado_en=instante,
    )
    sesion.execute(nueva.on_conflict_do_nothing())
    persona = _la_misma(sesion, emisor, identidad)
    if persona.emisor != emisor:
        # Known by card only, or by an issuer no longer configured: today's issuer is the trusted one.
        auditar(
            sesion,
            actor_de_persona(persona.valor()),
            "persona.vincular",
            "ciudadania_persona",
            persona.id,
            {"emisor": emisor, "emisor_anterior": persona.emisor},
        )
    persona.emisor, persona.sub = emisor, identidad.sub
    persona.nombres = identidad.nombres
    persona.primer_apellido = identidad.primer_apellido
    persona.segundo_apellido = identidad.segundo_apellido
    persona.nacimiento = identidad.nacimiento or persona.nacimiento
    persona.correo = identidad.correo or persona.correo
    persona.celular = identidad.celular or persona.celular
    persona.nivel = max(persona.nivel, NivelIdentidad.VERIFICADA)
    persona.actualizado_en = instante
    return _conocida(sesion, persona)


def _la_misma(sesion: Session, emisor: str, identidad: Identidad) -> Ciudadano:
    candidatas = bloqueos.personas(
        sesion,
        or_(
            (col(Ciudadano.emisor) == emisor) & (col(Ciudadano.sub) == identidad.sub),
            (col(Ciudadano.ci) == identidad.ci)
            & col(Ciudadano.complemento).is_not_distinct_from(identidad.complemento),
        ),
    )
    if len(candidatas) != 1:
        raise _conflicto()
    persona = candidatas[0]
    otra_cedula = (persona.ci, persona.complemento) != (identidad.ci, identidad.complemento)
    otra_cuenta = persona.emisor == emisor and persona.sub != identidad.sub
    if otra_cedula or otra_cuenta:
        raise _conflicto()
    return persona


def _conflicto() -> IdentidadEnConflicto:
    return IdentidadEnConflicto(
        _(
            "Los datos que envió Ciudadanía Digital no corresponden a la cuenta que ya existe. "
            "Pida ayuda al centro de atención con su cédula de identidad."
        )
    )
