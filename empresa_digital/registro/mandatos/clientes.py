"""Reads of the clients of offices: who gave them mandates, who of the office serves them, for what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from ciudadania import nombres_de_personas
from empresa_digital.registro.mandatos.asignar import asignados
from empresa_digital.registro.mandatos.facultades import cadenas_del_actor, vigente
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.tipos import Facultad, alcanzadas
from empresa_digital.registro.unidades import Unidad, unidades_en_lote
from nucleo.actor import Actor


@dataclass(frozen=True, slots=True)
class Atiende:
    """A person of the office who serves a client, and what they may do for it (nothing, when what the client
    gave and what the office gave them have nothing in common).
    """

    id: UUID
    nombre: str
    facultades: frozenset[Facultad]


@dataclass(frozen=True, slots=True)
class Cliente:
    """A unit that gave a mandate to the office."""

    mandato_id: UUID
    unidad: Unidad
    facultades: frozenset[Facultad]
    hasta: datetime | None
    atienden: tuple[Atiende, ...]


def clientes_de(sesion: Session, oficina_id: UUID) -> list[Cliente]:
    """The clients of an office today, by name."""
    vigentes = vigente(Mandato, func.nucleo_ahora())
    filas = sesion.exec(select(Mandato).where(col(Mandato.apoderado_unidad_id) == oficina_id, vigentes)).all()
    unidades = unidades_en_lote(sesion, {m.unidad_id for m in filas})
    quienes = asignados(sesion, [m.id for m in filas])
    nombres = nombres_de_personas(sesion, {p for suyos in quienes.values() for p in suyos})
    propias: dict[UUID, frozenset[Facultad]] = {}
    de_la_gente = select(Mandato).where(
        col(Mandato.unidad_id) == oficina_id, col(Mandato.apoderado_persona_id).is_not(None), vigentes
    )
    for m in sesion.exec(de_la_gente):
        if m.apoderado_persona_id is not None:
            antes = propias.get(m.apoderado_persona_id, frozenset())
            propias[m.apoderado_persona_id] = antes | alcanzadas(m.facultades)
    clientes = [
        Cliente(
            mandato_id=m.id,
            unidad=unidades[m.unidad_id],
            facultades=frozenset(Facultad(f) for f in m.facultades),
            hasta=min((f for f in (m.valido_hasta, m.revocado_en) if f is not None), default=None),
            atienden=tuple(
                Atiende(p, nombres[p], propias.get(p, frozenset()) & alcanzadas(m.facultades))
                for p in quienes.get(m.id, ())
            ),
        )
        for m in filas
    ]
    return sorted(clientes, key=lambda c: (c.unidad.nombre.casefold(), c.mandato_id))


@dataclass(frozen=True, slots=True)
class Atendidos:
    """The clients that a person serves through one office, and what they may do for each."""

    oficina: Unidad
    clientes: tuple[tuple[Unidad, frozenset[Facultad]], ...]


def clientes_atendidos(sesion: Session, actor: Actor) -> Sequence[Atendidos]:
    """By office and client, those whom the person may do something for today."""
    if actor.tipo != "persona":
        return ()
    suyos = cadenas_del_actor(actor)
    filas = sesion.execute(
        select(
            col(Mandato.unidad_id), suyos.c.unidad_id, suyos.c.facultades, suyos.c.facultades_propias
        ).join(suyos, suyos.c.propio_id == col(Mandato.id))
    )
    hallados: dict[UUID, dict[UUID, frozenset[Facultad]]] = {}
    for oficina_id, cliente_id, dadas, propias in filas:
        comunes = alcanzadas(dadas) & alcanzadas(propias)
        if comunes:
            de_la_oficina = hallados.setdefault(oficina_id, {})
            de_la_oficina[cliente_id] = de_la_oficina.get(cliente_id, frozenset()) | comunes
    unidades = unidades_en_lote(sesion, {*hallados, *(c for suyos in hallados.values() for c in suyos)})
    return [
        Atendidos(
            unidades[oficina_id],
            tuple(sorted(((unidades[c], f) for c, f in clientes.items()), key=lambda par: par[0].nombre)),
        )
        for oficina_id, clientes in sorted(hallados.items(), key=lambda par: unidades[par[0]].nombre)
    ]
