"""A unit's first alert, proposed from what it does: it takes it or not, once."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlmodel import Session, col, select

from alertas import bloqueos
from alertas.emparejadores import emparejador_de, emparejadores
from alertas.errores import SinPropuesta
from alertas.guardar import crear_alerta
from alertas.modelos import Alerta, Frecuencia, Propuesta
from empresa_digital.registro import Facultad, exigir_facultad, unidades_de
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

PROPUESTAS_MAXIMAS = 10
"""For how many units one is asked at once."""


@dataclass(frozen=True, slots=True)
class Propuesto:
    unidad_id: UUID
    nombre: str
    emparejador: str
    criterios: BaseModel
    busca: str


def propuestas_de(sesion: Session, actor: Actor) -> list[Propuesto]:
    """For the units that somebody administers, what is proposed and was not answered."""
    nombres = {u.id: u.nombre for u in unidades_de(sesion, actor, Facultad.ADMINISTRAR)}
    return [
        Propuesto(unidad_id, nombres[unidad_id], codigo, criterios, en_palabras(sesion, codigo, criterios))
        for codigo, de_unidades in _proponen(sesion, nombres).items()
        for unidad_id, criterios in list(de_unidades.items())[:PROPUESTAS_MAXIMAS]
    ]


def en_palabras(sesion: Session, codigo: str, criterios: BaseModel) -> str:
    return emparejador_de(codigo).en_palabras(sesion, criterios)


def _proponen(sesion: Session, unidades: Collection[UUID]) -> dict[str, dict[UUID, BaseModel]]:
    """By kind of alert; nothing to who answered, or has an alert of that kind."""
    if not unidades:
        return {}
    respondidas = select(Propuesta.unidad_id, Propuesta.emparejador)
    vigentes = select(Alerta.unidad_id, Alerta.emparejador).distinct()
    fuera = {
        *sesion.exec(respondidas.where(col(Propuesta.unidad_id).in_(unidades))),
        *sesion.exec(vigentes.where(col(Alerta.unidad_id).in_(unidades), col(Alerta.baja_en).is_(None))),
    }
    return {
        codigo: dict(clase.proponer(sesion, quedan))
        for codigo, clase in emparejadores().items()
        if clase.proponer is not None and (quedan := [u for u in unidades if (u, codigo) not in fuera])
    }


def responder(
    sesion: Session, actor: Actor, unidad_id: UUID, emparejador: str, *, acepta: bool
) -> Alerta | None:
    """Take the alert that was proposed to a unit, told once a day, or not. Raises `SinPropuesta` where there
    is none, or it was answered; `DemasiadasAlertas`, `SinFacultad`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    assert actor.persona_id is not None
    bloqueos.lugares_de(sesion, unidad_id)
    criterios: Any = _proponen(sesion, [unidad_id]).get(emparejador, {}).get(unidad_id)
    if criterios is None:
        raise SinPropuesta(_("En «Mis alertas» están las que ya tiene; de una lista puede guardar otra."))
    alerta = None
    if acepta:
        alerta = crear_alerta(
            sesion, actor, emparejador, criterios, frecuencia=Frecuencia.DIARIA, unidad_id=unidad_id
        )
    sesion.add(
        Propuesta(
            unidad_id=unidad_id,
            emparejador=emparejador,
            aceptada=acepta,
            alerta_id=None if alerta is None else alerta.id,
            persona_id=actor.persona_id,
            respondida_en=ahora_bd(sesion),
        )
    )
    sesion.flush()
    datos = {"emparejador": emparejador, "acepta": acepta}
    auditar(sesion, autorizacion, "alerta.responder_propuesta", "registro_unidad", unidad_id, datos)
    return alerta
