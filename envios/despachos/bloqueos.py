"""Row locks of this room, in this order: manifests by id, bags by id, what they carry by id, differences,
rounds and their stops; then, by recording their events, the items.

``FOR NO KEY UPDATE``: who only refers to a row does not wait.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlmodel import Session, col, select

from envios.despachos.errores import (
    DespachoNoEncontrado,
    DiferenciaNoEncontrada,
    HojaNoEncontrada,
    SacaNoEncontrada,
)
from envios.despachos.estados import EstadoCarga
from envios.despachos.modelos import Carga, Despacho, Diferencia, HojaDeRuta, Parada, Saca


def _frescas(consulta: Any) -> Any:
    return consulta.with_for_update(key_share=True).execution_options(populate_existing=True)


def _todas(sesion: Session, consulta: Select[Any]) -> Sequence[Any]:
    return sesion.scalars(_frescas(consulta)).all()


def bloquear_despachos(sesion: Session, ids: Iterable[UUID]) -> dict[UUID, Despacho]:
    consulta = select(Despacho).where(col(Despacho.id).in_(set(ids))).order_by(col(Despacho.id))
    return {d.id: d for d in _todas(sesion, consulta)}


def bloquear_despacho(sesion: Session, despacho_id: UUID) -> Despacho:
    """Raises `DespachoNoEncontrado`."""
    despacho = bloquear_despachos(sesion, [despacho_id]).get(despacho_id)
    if despacho is None:
        raise DespachoNoEncontrado()
    return despacho


def bloquear_saca(sesion: Session, saca_id: UUID) -> Saca:
    """Raises `SacaNoEncontrada`."""
    saca: Saca | None = sesion.scalars(_frescas(select(Saca).where(col(Saca.id) == saca_id))).one_or_none()
    if saca is None:
        raise SacaNoEncontrada()
    return saca


def bloquear_sacas_de(sesion: Session, despacho_id: UUID) -> Sequence[Saca]:
    """The bags of a manifest."""
    return _todas(sesion, select(Saca).where(col(Saca.despacho_id) == despacho_id).order_by(col(Saca.id)))


def bloquear_cargas(sesion: Session, *condiciones: Any) -> Sequence[Carga]:
    return _todas(sesion, select(Carga).where(*condiciones).order_by(col(Carga.id)))


def bloquear_cargas_en_juego(sesion: Session, envio_id: UUID) -> Sequence[Carga]:
    """Where an item is, or was when it went missing; the newest last."""
    vivas = col(Carga.estado).in_([EstadoCarga.DENTRO, EstadoCarga.FALTANTE])
    filas = bloquear_cargas(sesion, col(Carga.envio_id) == envio_id, vivas)
    return sorted(filas, key=lambda c: (c.estado == EstadoCarga.DENTRO, c.entro_en))


def bloquear_diferencias(sesion: Session, *condiciones: Any) -> Sequence[Diferencia]:
    return _todas(sesion, select(Diferencia).where(*condiciones).order_by(col(Diferencia.id)))


def bloquear_diferencia(sesion: Session, diferencia_id: UUID) -> Diferencia:
    """With its manifest. Raises `DiferenciaNoEncontrada`."""
    vista = sesion.get(Diferencia, diferencia_id)
    if vista is None:
        raise DiferenciaNoEncontrada()
    bloquear_despacho(sesion, vista.despacho_id)
    (fila,) = bloquear_diferencias(sesion, col(Diferencia.id) == diferencia_id)
    return fila


def bloquear_hoja(sesion: Session, hoja_id: UUID) -> HojaDeRuta:
    """Raises `HojaNoEncontrada`."""
    consulta = select(HojaDeRuta).where(col(HojaDeRuta.id) == hoja_id)
    hoja: HojaDeRuta | None = sesion.scalars(_frescas(consulta)).one_or_none()
    if hoja is None:
        raise HojaNoEncontrada()
    return hoja


def bloquear_paradas(sesion: Session, *condiciones: Any) -> Sequence[Parada]:
    return _todas(sesion, select(Parada).where(*condiciones).order_by(col(Parada.id)))
