"""What time alone does to bags, manifests, differences and rounds. Each may run twice at once."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from envios.despachos.bloqueos import bloquear_despacho
from envios.despachos.despachos import vencer_preparacion
from envios.despachos.diferencias import vencer
from envios.despachos.estados import EstadoDespacho, EstadoSaca
from envios.despachos.hojas import vencer_hoja
from envios.despachos.modelos import Despacho, Diferencia, HojaDeRuta, Saca
from envios.despachos.recibir import cerrar_por_plazo, vaciar_por_plazo
from envios.despachos.sacas import vencer_saca
from nucleo.reloj import ahora_bd
from nucleo.tareas import cada_uno, pendientes, periodica


@periodica("envios.despachos.vencer", cada=600)
def vencer_todo() -> int:
    """Manifests and bags that did not leave or did not arrive, and differences that nobody explained."""
    return cada_uno(_lo_que_toca(), _hacer)


def _lo_que_toca() -> Iterator[tuple[UUID, Callable[[Session, UUID], object]]]:
    """Each kind asked when its turn comes: what ends a manifest changes its bags."""
    todo: tuple[tuple[Any, Any, Callable[[Session, UUID], object]], ...] = (
        (Despacho.id, Despacho.revisar_en, revisar_despacho),
        (Saca.id, Saca.revisar_en, revisar_saca),
        (Diferencia.id, Diferencia.vence_en, vencer),
        (HojaDeRuta.id, HojaDeRuta.revisar_en, vencer_hoja),
    )
    for cual, cuando, hacer in todo:
        for id in pendientes(select(cual).where(col(cuando) <= func.nucleo_ahora()).order_by(col(cuando))):
            yield id, hacer


def _hacer(sesion: Session, que: tuple[UUID, Callable[[Session, UUID], object]]) -> bool:
    id, hacer = que
    hacer(sesion, id)
    return True


def revisar_despacho(sesion: Session, despacho_id: UUID) -> None:
    despacho = bloquear_despacho(sesion, despacho_id)
    if despacho.revisar_en is None or despacho.revisar_en > ahora_bd(sesion):
        return
    segun: dict[EstadoDespacho, Callable[[Session, Despacho], None]] = {
        EstadoDespacho.EN_PREPARACION: vencer_preparacion,
        EstadoDespacho.EN_CAMINO: cerrar_por_plazo,
    }
    segun[despacho.estado](sesion, despacho)


def revisar_saca(sesion: Session, saca_id: UUID) -> None:
    if sesion.get_one(Saca, saca_id).estado is EstadoSaca.RECIBIDA:
        vaciar_por_plazo(sesion, saca_id)
    else:
        vencer_saca(sesion, saca_id)
