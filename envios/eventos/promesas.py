"""When an item was promised for, and by which service: as it was quoted, else as the rates published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import unidades_en_lote
from envios import s10
from envios.eventos.historia import historia_de
from envios.eventos.sucesos import Suceso
from envios.items import envio_por_id, partes_de
from envios.items.modelos import Envio
from envios.tarifas import PromesaContada, cotizacion_guardada, promesa_cotizada, promesa_publicada


@dataclass(frozen=True, slots=True)
class Promesa:
    """Where an item was received, by which service it goes, its promised day; None for what nobody said."""

    origen_ine: str | None
    servicio: str | None
    entrega_el: date | None


def promesa_de(sesion: Session, envio: Envio) -> Promesa:
    cuentan, _decisivo = historia_de(sesion, envio)
    return promesas_de(sesion, [envio], {envio.id: cuentan})[envio.id]


def entrega_prometida(sesion: Session, envio_id: UUID, servicio: str | None = None) -> date | None:
    """The day that an item was promised for; None of what nobody said. `servicio`: how the one is called that
    who waits for it was told, where its operator has several."""
    envio = envio_por_id(sesion, envio_id)
    promesa = promesa_de(sesion, envio)
    if promesa.entrega_el is None and servicio and promesa.origen_ine and envio.admitido_en:
        hallada = _publicada(sesion, envio, promesa.origen_ine, envio.admitido_en, servicio)
        return hallada.entrega_el if hallada else None
    return promesa.entrega_el


def promesas_de(
    sesion: Session, envios: Iterable[Envio], cuentan: Mapping[UUID, Sequence[Suceso]]
) -> dict[UUID, Promesa]:
    """By item; `cuentan` are the events of each that count. Without a quote, nothing is promised before it is
    received.
    """
    suyos = list(envios)
    partes = partes_de(sesion, suyos)
    remitentes = {e.id: partes[e.remitente_parte_id].unidad_id for e in suyos}
    unidades = unidades_en_lote(sesion, {u for u in remitentes.values() if u is not None})
    promesas = {}
    for envio in suyos:
        admision = next((e.municipio_ine for e in cuentan[envio.id] if e.municipio_ine), None)
        unidad_id = remitentes[envio.id]
        origen = admision or (unidades[unidad_id].municipio_ine if unidad_id is not None else None)
        promesas[envio.id] = _de_uno(sesion, envio, origen)
    return promesas


def _de_uno(sesion: Session, envio: Envio, origen: str | None) -> Promesa:
    if envio.cotizacion_id is not None:
        cotizacion = cotizacion_guardada(sesion, envio.cotizacion_id)
        if envio.admitido_en is None:
            return Promesa(cotizacion.origen_ine, cotizacion.servicio, cotizacion.entrega_el)
        cotizada = promesa_cotizada(sesion, cotizacion.id, envio.admitido_en)
        return Promesa(cotizacion.origen_ine, cotizada.servicio, cotizada.entrega_el)
    if origen is None or envio.admitido_en is None:
        return Promesa(origen, None, None)
    hallada = _publicada(sesion, envio, origen, envio.admitido_en)
    if hallada is None:
        return Promesa(origen, None, None)
    return Promesa(origen, hallada.servicio, hallada.entrega_el)


def _publicada(
    sesion: Session, envio: Envio, origen_ine: str, recibido_en: datetime, nombre: str | None = None
) -> PromesaContada | None:
    # The letters of our own numbers say nothing of the service.
    propio = s10.es_de_casa(envio.numero) or envio.numero.startswith(s10.INDICADOR_NACIONAL)
    return promesa_publicada(
        sesion,
        envio.operador_unidad_id,
        None if propio else envio.numero[:2],
        origen_ine,
        envio.destino_municipio_ine,
        recibido_en,
        nombre,
    )
