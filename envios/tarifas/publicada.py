"""What the rates promise of an item from the day it was received: those of its quote, or the published
ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from envios.tarifas.consultas import alcance, vigente_de
from envios.tarifas.modelos import Cotizacion, Tarifario
from envios.tarifas.prometer import prometer
from envios.tarifas.valores import Condiciones
from nucleo.plazos import CalendarioSinPublicar, calendario


@dataclass(frozen=True, slots=True)
class PromesaContada:
    """By which service an item goes, and when what was received that day arrives; None: that year has no
    calendar."""

    servicio: str
    entrega_el: date | None


def promesa_cotizada(sesion: Session, cotizacion_id: UUID, recibido_en: datetime) -> PromesaContada:
    """By the rates of its quote, counted from when it was received: who brings it later gets it later."""
    cotizacion = sesion.get_one(Cotizacion, cotizacion_id)
    tarifario = sesion.get_one(Tarifario, cotizacion.tarifario_id)
    origen, destino = cotizacion.origen_ine, cotizacion.destino_ine
    halladas = alcance(sesion, [tarifario], origen, destino).condiciones
    suyas = [c for c in halladas if c.servicio == cotizacion.servicio]
    promesa = _contar(sesion, suyas, origen, destino, recibido_en)
    assert promesa is not None, "a quote is of one service of its rates, which do not change"
    return promesa


def promesa_publicada(
    sesion: Session,
    operador_unidad_id: UUID,
    indicador: str | None,
    origen_ine: str,
    destino_ine: str,
    recibido_en: datetime,
    nombre: str | None = None,
) -> PromesaContada | None:
    """By the rates in force when it was received, for the one service on its route (with this S10
    indicator, if its number says one; of this name, if somebody was told it).

    None when there is no such service, or more than one: nothing is guessed.
    """
    tarifario = vigente_de(sesion, operador_unidad_id, recibido_en)
    if tarifario is None:
        return None
    hallado = alcance(sesion, [tarifario], origen_ine, destino_ine)
    suyas = [
        c for c in hallado.condiciones if indicador in (None, c.indicador) and nombre in (None, c.nombre)
    ]
    return _contar(sesion, suyas, origen_ine, destino_ine, recibido_en)


def _contar(
    sesion: Session, suyas: Sequence[Condiciones], origen_ine: str, destino_ine: str, recibido_en: datetime
) -> PromesaContada | None:
    if len(suyas) != 1:
        return None
    (condiciones,) = suyas
    try:
        promesa = prometer(
            calendario(sesion),
            recibido_en,
            origen_ine=origen_ine,
            destino_ine=destino_ine,
            dias=condiciones.dias,
            corte=condiciones.corte,
            reparte=condiciones.reparte,
        )
    except CalendarioSinPublicar:
        return PromesaContada(condiciones.servicio, None)
    return PromesaContada(condiciones.servicio, promesa.entrega_el)
