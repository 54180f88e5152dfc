"""Save a search, renew it, end it, and give it a feed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import func, text
from sqlmodel import Session, col, select

from alertas import bloqueos
from alertas.consultas import es_suya
from alertas.emparejadores import TODO, Emparejador, emparejador_de
from alertas.errores import AlertaNoEncontrada, DemasiadasAlertas
from alertas.modelos import ALERTAS_MAXIMAS, PEDIDA, Alerta, Frecuencia
from ciudadania import huella_de_secreto, nuevo_secreto
from empresa_digital.registro import Facultad, exigir_facultad
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

VIDA = timedelta(days=365)
"""How long an alert lasts unless it is renewed."""

_LUGAR_LIBRE = text(
    """
    SELECT min(n) FROM generate_series(1, :maximo) n
    WHERE NOT EXISTS (SELECT FROM alertas_alerta
                      WHERE coalesce(unidad_id, persona_id) = :duenio AND lugar = n AND baja_en IS NULL)
    """
)


def crear_alerta(
    sesion: Session,
    actor: Actor,
    emparejador: str,
    criterios: BaseModel,
    *,
    nombre: str = "",
    frecuencia: Frecuencia = Frecuencia.AL_MOMENTO,
    unidad_id: UUID | None = None,
    por_webhook: bool = False,
) -> Alerta:
    """Save a search; the same one, saved again, is the one that there is.

    With a unit (`ADMINISTRAR`) it is told to the unit's mailbox, and to its own systems if `por_webhook`.
    Raises `DemasiadasAlertas`, `SinFacultad`.
    """
    assert actor.persona_id is not None
    clase = emparejador_de(emparejador)
    autorizacion = Autorizacion.propia(actor)
    if unidad_id is not None:
        autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)
    duenio = unidad_id or actor.persona_id
    bloqueos.lugares_de(sesion, duenio)
    pedidos: dict[str, Any] = criterios.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    igual = _igual(sesion, duenio, emparejador, pedidos)
    if igual is not None:
        return igual
    datos = {"maximo": ALERTAS_MAXIMAS, "duenio": duenio}
    lugar = sesion.connection().execute(_LUGAR_LIBRE, datos).scalar_one()
    if lugar is None:
        raise DemasiadasAlertas(_("Dé de baja una que ya no use en «Mis alertas»."))
    instante = ahora_bd(sesion)
    fila = Alerta(
        id=nuevo_id(),
        persona_id=actor.persona_id,
        unidad_id=unidad_id,
        emparejador=emparejador,
        criterios=pedidos,
        nombre=(nombre.strip() or clase.en_palabras(sesion, criterios))[:120],
        **_terminos(sesion, clase, criterios),
        frecuencia=frecuencia.value,
        por_webhook=por_webhook and unidad_id is not None,
        lugar=lugar,
        creado_en=instante,
        vence_en=instante + VIDA,
    )
    sesion.add(fila)
    sesion.flush()
    auditar(sesion, autorizacion, "alerta.crear", "alertas_alerta", fila.id, {"emparejador": emparejador})
    return fila


def _terminos(sesion: Session, clase: Emparejador[Any], criterios: BaseModel) -> dict[str, Any]:
    pedida = clase.busqueda(sesion, criterios)
    terminos = list(dict.fromkeys(pedida.terminos)) or [TODO]
    return {"terminos": terminos, "ancla": terminos[0], "desde": pedida.desde, "hasta": pedida.hasta}


def _igual(sesion: Session, duenio: UUID, emparejador: str, criterios: dict[str, Any]) -> Alerta | None:
    consulta = select(Alerta).where(
        func.coalesce(Alerta.unidad_id, Alerta.persona_id) == duenio,
        Alerta.emparejador == emparejador,
        Alerta.criterios == criterios,
        col(Alerta.baja_en).is_(None),
    )
    return sesion.exec(consulta).one_or_none()


def _mia(sesion: Session, actor: Actor, alerta_id: UUID) -> tuple[Alerta, Autorizacion]:
    """A live alert, locked, for who saved it or administers its unit; to anybody else it does not exist."""
    fila = bloqueos.alerta(sesion, alerta_id)
    if fila is None or fila.baja_en is not None:
        raise AlertaNoEncontrada()
    if not es_suya(sesion, actor, fila):
        raise AlertaNoEncontrada()
    if fila.unidad_id is None:
        return fila, Autorizacion.propia(actor)
    return fila, exigir_facultad(sesion, actor, fila.unidad_id, Facultad.ADMINISTRAR)


def dar_de_baja(sesion: Session, actor: Actor, alerta_id: UUID) -> None:
    """End an alert; what it had found and was not told yet will not be. Raises `AlertaNoEncontrada`."""
    fila, autorizacion = _mia(sesion, actor, alerta_id)
    fila.baja_en, fila.motivo_baja = ahora_bd(sesion), PEDIDA
    sesion.flush()
    auditar(sesion, autorizacion, "alerta.baja", "alertas_alerta", fila.id)


def renovar(sesion: Session, actor: Actor, alerta_id: UUID) -> Alerta:
    """Another year from now. Raises `AlertaNoEncontrada`."""
    fila, autorizacion = _mia(sesion, actor, alerta_id)
    fila.vence_en = ahora_bd(sesion) + VIDA
    sesion.flush()
    auditar(sesion, autorizacion, "alerta.renovar", "alertas_alerta", fila.id)
    return fila


def abrir_canal(sesion: Session, actor: Actor, alerta_id: UUID) -> str:
    """A new address of the alert's feed (its secret part), shown this once; the one before ends."""
    fila, autorizacion = _mia(sesion, actor, alerta_id)
    secreto = nuevo_secreto()
    fila.huella_canal = huella_de_secreto(secreto)
    sesion.flush()
    auditar(sesion, autorizacion, "alerta.abrir_canal", "alertas_alerta", fila.id)
    return secreto


def cerrar_canal(sesion: Session, actor: Actor, alerta_id: UUID) -> None:
    fila, autorizacion = _mia(sesion, actor, alerta_id)
    fila.huella_canal = None
    sesion.flush()
    auditar(sesion, autorizacion, "alerta.cerrar_canal", "alertas_alerta", fila.id)
