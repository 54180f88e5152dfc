"""Reads of joint acts. Who may sign is asked of the database's own function, which also judges each
signature.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session, col, select

from empresa_digital.registro.actos.errores import ActoInexistente
from empresa_digital.registro.actos.estados import EstadoActo
from empresa_digital.registro.actos.modelos import ActoPendiente, FirmaDeActo
from nucleo.actor import Actor
from nucleo.actos import actos_declarados
from nucleo.dinero import de_centavos
from nucleo.paginacion import CursorPedido, paginar


@dataclass(frozen=True, slots=True)
class Firmante:
    """Somebody who may sign an act, and by which mandates: the unit's, and theirs in the office it was given
    to.

    `limite` is the smaller, `alcanza` whether it is enough; `solo`, whether they could do it without anybody.
    """

    persona_id: UUID
    mandato_id: UUID
    mandato_propio_id: UUID | None
    limite: Money | None
    solo: bool
    alcanza: bool

    @property
    def cadena(self) -> tuple[UUID, ...]:
        return (
            (self.mandato_id,)
            if self.mandato_propio_id is None
            else (self.mandato_id, self.mandato_propio_id)
        )


_FIRMANTES = text(
    "SELECT q.* FROM registro_acto a CROSS JOIN LATERAL registro_firmantes(a, nucleo_ahora()) q "
    "WHERE a.id = :acto ORDER BY q.limite DESC NULLS FIRST, q.mandato_id"
)
_VALIDAS = text(
    "SELECT v.*, true FROM registro_firmas_validas(:acto, nucleo_ahora()) v "
    "JOIN registro_acto_firma f ON f.acto_id = :acto AND f.persona_id = v.persona_id ORDER BY f.firmado_en"
)
_FIRMADO = text("SELECT registro_acto_firmado(:acto, nucleo_ahora())")
# Only the acts of units for which the person has some mandate are looked into.
_POR_FIRMAR = text(
    """
    SELECT a.id FROM registro_acto a
    WHERE a.estado = 'pendiente' AND a.vence_en > nucleo_ahora()
      AND a.unidad_id IN (
        SELECT unidad_id FROM registro_mandato WHERE apoderado_persona_id = :persona
        UNION
        SELECT m.unidad_id FROM registro_mandato p
        JOIN registro_mandato m ON m.apoderado_unidad_id = p.unidad_id
        WHERE p.apoderado_persona_id = :persona)
      AND EXISTS (
        SELECT FROM registro_firmantes(a, nucleo_ahora()) q WHERE q.persona_id = :persona AND q.alcanza)
      AND NOT EXISTS (SELECT FROM registro_acto_firma f WHERE f.acto_id = a.id AND f.persona_id = :persona)
    ORDER BY a.vence_en, a.id LIMIT :limite
    """
)


def acto_por_id(sesion: Session, acto_id: UUID) -> ActoPendiente:
    """The act as it is now. Raises `ActoInexistente`."""
    acto = sesion.get(ActoPendiente, acto_id, populate_existing=True)
    if acto is None:
        raise ActoInexistente()
    return acto


def propuesta_igual(sesion: Session, acto: ActoPendiente) -> ActoPendiente | None:
    """The same thing that the same person already proposed and still waits."""
    consulta = select(ActoPendiente).where(
        ActoPendiente.unidad_id == acto.unidad_id,
        ActoPendiente.huella == acto.huella,
        ActoPendiente.propuesto_por == acto.propuesto_por,
        ActoPendiente.estado == EstadoActo.PENDIENTE.value,
        col(ActoPendiente.vence_en) > acto.creado_en,
    )
    return sesion.exec(consulta.limit(1)).first()


def firmantes_de(sesion: Session, acto_id: UUID) -> list[Firmante]:
    """Every way in which somebody may sign it now, the widest limit first."""
    solo = _que_firman(sesion, acto_por_id(sesion, acto_id))
    todos = _leidos(sesion, _FIRMANTES, acto_id)
    return todos if solo is None else [f for f in todos if f.persona_id in solo]


def _que_firman(sesion: Session, acto: ActoPendiente) -> frozenset[UUID] | None:
    """The very people who sign an act, where it says so; None: whoever has the faculty."""
    definicion = actos_declarados().get(acto.codigo)
    if definicion is None:
        return None
    return definicion.firman(sesion, definicion.cuerpo.model_validate(json.loads(acto.documento)["cuerpo"]))


def firmas_validas(sesion: Session, acto_id: UUID) -> list[Firmante]:
    """Who signed and still counts, oldest signature first."""
    return _leidos(sesion, _VALIDAS, acto_id)


def esta_firmado(sesion: Session, acto_id: UUID) -> bool:
    """Whether the signatures that count now are enough."""
    return bool(sesion.connection().execute(_FIRMADO, {"acto": acto_id}).scalar_one())


def _leidos(sesion: Session, consulta: Any, acto_id: UUID) -> list[Firmante]:
    filas = sesion.connection().execute(consulta, {"acto": acto_id})
    return [
        Firmante(persona, mandato, propio, None if limite is None else de_centavos(limite), solo, alcanza)
        for persona, mandato, propio, limite, solo, alcanza in filas
    ]


def firmas_de(sesion: Session, actos: Sequence[UUID]) -> dict[UUID, list[FirmaDeActo]]:
    """The signatures of each act, in their order."""
    de: dict[UUID, list[FirmaDeActo]] = {acto: [] for acto in actos}
    consulta = select(FirmaDeActo).where(col(FirmaDeActo.acto_id).in_(actos))
    for firma in sesion.exec(consulta.order_by(col(FirmaDeActo.firmado_en))):
        de[firma.acto_id].append(firma)
    return de


def por_firmar(sesion: Session, actor: Actor, limite: int = 100) -> list[ActoPendiente]:
    """The acts that wait for this person's signature, those that end first on top."""
    if actor.persona_id is None:
        return []
    datos = {"persona": actor.persona_id, "limite": limite}
    ids = list(sesion.connection().execute(_POR_FIRMAR, datos).scalars())
    filas = {a.id: a for a in sesion.exec(select(ActoPendiente).where(col(ActoPendiente.id).in_(ids)))}
    return [filas[id] for id in ids if _es_suya(sesion, filas[id], actor.persona_id)]


def _es_suya(sesion: Session, acto: ActoPendiente, persona_id: UUID) -> bool:
    solo = _que_firman(sesion, acto)
    return solo is None or persona_id in solo


def actos_de(sesion: Session, actor: Actor, pagina: CursorPedido) -> tuple[list[ActoPendiente], str | None]:
    """The acts that this person proposed or signed, the newest first."""
    suyas = select(FirmaDeActo.acto_id).where(FirmaDeActo.persona_id == actor.persona_id)
    consulta: Any = select(ActoPendiente).where(
        (col(ActoPendiente.propuesto_por) == actor.persona_id) | col(ActoPendiente.id).in_(suyas)
    )
    return paginar(sesion, consulta, pagina, columnas=(col(ActoPendiente.creado_en), col(ActoPendiente.id)))


@dataclass(frozen=True, slots=True)
class EnEspera:
    """An act that waits: `faltan` signatures, until `vence_en`."""

    id: UUID
    faltan: int
    vence_en: datetime


def en_espera(sesion: Session, unidad_id: UUID, codigo: str, campo: str, valor: UUID) -> list[EnEspera]:
    """The acts of a unit that wait for signatures, of a kind and about one thing: the one that a field of
    their body names."""
    consulta = text(
        "SELECT id, greatest(firmas_requeridas - (SELECT count(*) FROM registro_firmas_validas(a.id, "
        "nucleo_ahora())), 0), vence_en FROM registro_acto a WHERE unidad_id = :unidad AND codigo = :codigo "
        "AND estado = :pendiente AND vence_en > nucleo_ahora() "
        "AND documento::jsonb -> 'cuerpo' ->> :campo = :valor ORDER BY vence_en, id"
    )
    datos = {"unidad": unidad_id, "codigo": codigo, "campo": campo, "valor": str(valor)}
    datos["pendiente"] = EstadoActo.PENDIENTE.value
    return [EnEspera(*fila) for fila in sesion.connection().execute(consulta, datos)]


def firmaron(sesion: Session, unidad_id: UUID, codigo: str, campo: str, valor: UUID) -> set[UUID]:
    """Who signed what several of a unit did, of a kind and about one thing: the one that a field of its body
    names."""
    consulta = text("SELECT registro_firmaron(:unidad, :codigo, :campo, :valor)")
    datos = {"unidad": unidad_id, "codigo": codigo, "campo": campo, "valor": valor}
    return set(sesion.connection().execute(consulta, datos).scalars())


def vencidos(sesion: Session, limite: int = 200) -> Sequence[UUID]:
    """Those whose time is over and that nobody ended yet."""
    consulta = text(
        "SELECT id FROM registro_acto WHERE estado = :pendiente AND vence_en <= nucleo_ahora() "
        "ORDER BY vence_en LIMIT :limite"
    )
    datos = {"pendiente": EstadoActo.PENDIENTE.value, "limite": limite}
    return list(sesion.connection().execute(consulta, datos).scalars())
