"""Bags, manifests and rounds for the API and the pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from moneyed import Money
from pydantic import BaseModel
from sqlmodel import Session, col, select

from envios.despachos.camino import de_paso
from envios.despachos.consultas import (
    Contenido,
    contenido,
    diferencias_de,
    elecciones_de,
    hojas_por_repartir,
    paradas_de,
    sacas_de_despacho,
    trabaja_en,
)
from envios.despachos.esquemas import (
    Cargado,
    DespachoConCarga,
    DespachoLeido,
    DiferenciaLeida,
    EnvioEnCarga,
    HojaConParadas,
    HojaLeida,
    ParadaLeida,
    SacaConEnvios,
    SacaLeida,
)
from envios.despachos.estados import EstadoParada
from envios.despachos.hojas import orden_de_visita
from envios.despachos.modelos import Despacho, Diferencia, HojaDeRuta, Parada, Saca
from envios.despachos.recibir import Llegada
from envios.entrega import QuienPuede
from envios.entrega.modelos import EleccionDeEntrega
from envios.items import EstadoEnvio, lugares_de, plus_de
from envios.items.modelos import Envio
from envios.operadores import Agencia, agencia_por_id
from envios.portes import por_cobrar
from nucleo.actor import Actor
from nucleo.dinero import cero
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

M = TypeVar("M", bound=BaseModel)


def _copiar(modelo: type[M], fila: object, **mas: Any) -> M:
    propios = {c: getattr(fila, c) for c in modelo.model_fields if c not in mas}
    return modelo(**propios, **mas)


def leer_saca(saca: Saca) -> SacaLeida:
    return _copiar(SacaLeida, saca)


def _envios(cosas: Iterable[Contenido]) -> list[EnvioEnCarga]:
    return [EnvioEnCarga(envio_id=c.envio.id, numero=c.envio.numero, estado=c.carga.estado) for c in cosas]


def leer_saca_entera(sesion: Session, saca: Saca) -> SacaConEnvios:
    return _copiar(SacaConEnvios, saca, envios=_envios(contenido(sesion, [saca.id])))


def leer_despacho(despacho: Despacho) -> DespachoLeido:
    return _copiar(DespachoLeido, despacho)


def leer_despacho_entero(sesion: Session, despacho: Despacho) -> DespachoConCarga:
    """With all that it carries and what arrived otherwise: a few queries, whatever it carries."""
    sacas = sacas_de_despacho(sesion, despacho.id)
    cosas = contenido(sesion, [s.id for s in sacas], despacho.id)
    lleva = [
        _copiar(SacaConEnvios, s, envios=_envios(c for c in cosas if c.carga.saca_id == s.id)) for s in sacas
    ]
    return _copiar(
        DespachoConCarga,
        despacho,
        lleva=lleva,
        sueltos=_envios(c for c in cosas if c.carga.saca_id is None),
        diferencias=leer_diferencias(sesion, diferencias_de(sesion, despacho.id)),
    )


def leer_diferencias(sesion: Session, filas: Sequence[Diferencia]) -> list[DiferenciaLeida]:
    de_envios = select(Envio.id, Envio.numero).where(col(Envio.id).in_([f.envio_id for f in filas]))
    envios = dict(sesion.exec(de_envios).all())
    sacas = {
        s.id: s.numero
        for s in sesion.exec(select(Saca).where(col(Saca.id).in_([f.saca_id for f in filas if f.saca_id])))
    }
    return [
        _copiar(
            DiferenciaLeida,
            f,
            texto=f.clase.texto,
            saca=sacas[f.saca_id] if f.saca_id else None,
            envio=envios[f.envio_id] if f.envio_id else None,
        )
        for f in filas
    ]


def leer_cargado(cosa: Saca | Envio) -> Cargado:
    if isinstance(cosa, Saca):
        return Cargado(saca=leer_saca(cosa), numero=cosa.numero)
    return Cargado(envio_id=cosa.id, numero=cosa.numero)


def leer_cargado_a(sesion: Session, cosa: Saca | Envio, destino_agencia_id: UUID) -> Cargado:
    """With what to look at again, when that agency is not on the way of the item."""
    aviso = (
        "" if isinstance(cosa, Saca) else de_paso(sesion, cosa, agencia_por_id(sesion, destino_agencia_id))
    )
    return leer_cargado(cosa).model_copy(update={"aviso": aviso})


def leer_llegada(hecha: Llegada) -> Cargado:
    cosa = hecha.saca or hecha.envio
    assert cosa is not None
    return leer_cargado(cosa).model_copy(update={"sobra": hecha.sobra, "repetida": hecha.repetida})


# --- Rounds -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ronda:
    """A round with its stops in order, as paper, pages and API show it."""

    hoja: HojaDeRuta
    agencia: Agencia
    paradas: list[ParadaLeida]


def ver_ronda(sesion: Session, hoja: HojaDeRuta, agencia: Agencia) -> Ronda:
    """Four queries, however many stops. One that has not left is shown in the order in which it would."""
    pares = paradas_de(sesion, hoja.id)
    envios = [e for _p, e in pares]
    ids = [e.id for e in envios]
    destinos = lugares_de(sesion, envios)
    elecciones = elecciones_de(sesion, ids)
    cobros = por_cobrar(sesion, ids)
    leidas = [
        _parada(hoja, p, e, destinos, elige_en_palabras(*elecciones.get(e.id, (None, ""))), cobros.get(e.id))
        for p, e in pares
    ]
    if hoja.salio_en is None:
        lugar = {id: n for n, id in enumerate(orden_de_visita(agencia, envios, destinos))}
        leidas.sort(key=lambda p: lugar[p.envio_id])
    return Ronda(hoja, agencia, leidas)


def rondas_de_hoy(sesion: Session, actor: Actor) -> list[Ronda]:
    """What the actor has to take to the doors: their rounds of today, and those out that did not come back.

    Only of agencies where they may act.
    """
    if actor.persona_id is None:
        return []
    hojas = hojas_por_repartir(sesion, actor.persona_id, fecha_bolivia(ahora_bd(sesion)))
    suyas = [(h, trabaja_en(sesion, actor, h.operador_unidad_id, h.agencia_id)) for h in hojas]
    return [ver_ronda(sesion, hoja, agencia) for hoja, agencia in suyas if agencia is not None]


def _parada(
    hoja: HojaDeRuta,
    parada: Parada,
    envio: Envio,
    destinos: Mapping[str, str],
    elige: str,
    cobro: Money | None,
) -> ParadaLeida:
    return _copiar(
        ParadaLeida,
        envio,
        orden=parada.orden,
        envio_id=envio.id,
        estado=parada.estado,
        estado_envio=envio.estado,
        destino=destinos.get(envio.destino_municipio_ine, ""),
        codigo_plus=plus_de(envio),
        cobrar=cobro if cobro is not None and _por_entregar(hoja, parada, envio) else cero(),
        elige=elige,
    )


def _por_entregar(hoja: HojaDeRuta, parada: Parada, envio: Envio) -> bool:
    """Whether the round still has to take it to its door."""
    en_juego = hoja.salio_en is None or envio.estado is EstadoEnvio.EN_REPARTO
    return parada.estado is EstadoParada.PENDIENTE and en_juego


def elige_en_palabras(eleccion: EleccionDeEntrega | None, agencia: str) -> str:
    """What the recipient asked for, in a line; empty when nothing was."""
    if eleccion is None:
        return ""
    partes = []
    if eleccion.agencia_id is not None:
        partes.append(_("Lo retira en %(agencia)s") % {"agencia": agencia})
    if eleccion.dia is not None:
        partes.append(_("Entregar el %(dia)s") % {"dia": filtro_fecha(eleccion.dia)})
    if eleccion.recibe is QuienPuede.AUTORIZADO:
        partes.append(_("Lo recibe %(nombre)s") % {"nombre": eleccion.nombre})
    elif eleccion.recibe is QuienPuede.VECINO:
        partes.append(
            _("Lo recibe %(nombre)s, en %(donde)s") % {"nombre": eleccion.nombre, "donde": eleccion.donde}
        )
    return ". ".join(partes)


def leer_hoja(hoja: HojaDeRuta) -> HojaLeida:
    return _copiar(HojaLeida, hoja)


def leer_hoja_entera(sesion: Session, hoja: HojaDeRuta, agencia: Agencia) -> HojaConParadas:
    return _copiar(HojaConParadas, hoja, paradas=ver_ronda(sesion, hoja, agencia).paradas)
