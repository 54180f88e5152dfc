"""Races forced: of who resolves an incident, and of a correction against the event that it names."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from envios.eventos.consultas import eventos_de, incidencias_por_envio
from envios.eventos.corregir import Correccion, corregir
from envios.eventos.estados import Resolucion
from envios.eventos.incidencias import resolver_incidencia
from envios.eventos.modelos import CorreccionDeEvento
from envios.eventos.motivos import MotivoCorreccion
from envios.eventos.nuevo import EventoNuevo, Fuente, Resultado
from envios.eventos.registrar_eventos import registrar_eventos
from envios.eventos.verificar import items
from envios.items.consultas import envio_por_id
from envios.items.estados import EstadoEnvio
from envios.simulador import avanzar_demo
from nucleo.bd import transaccion
from nucleo.reloj import ZONA, ahora
from nucleo.vidas import TransicionInvalida
from tests.ayudas.carreras import cruzar
from tests.envios.conftest import Reparto


def test_dos_resuelven_la_misma_incidencia(sesion: Session, reparto: Reparto) -> None:
    """The first says how it ended; the second is told, and overwrites nothing."""
    envio = reparto.enviar()
    with transaccion() as otra:
        avanzar_demo(otra, envio.id, "fin", historia="corregida")
    (incidencia,) = incidencias_por_envio(sesion, [envio.id])[envio.id]
    actor = reparto.actor(reparto.cartero)
    falla = cruzar(
        lambda una: resolver_incidencia(una, actor, incidencia.id, Resolucion.COMPENSADA, "Se pagó"),
        lambda otra: resolver_incidencia(otra, actor, incidencia.id, Resolucion.SIN_EFECTO, "Nada"),
    )
    assert isinstance(falla, TransicionInvalida)
    sesion.rollback()
    (leida,) = incidencias_por_envio(sesion, [envio.id])[envio.id]
    assert (leida.estado, leida.resolucion, leida.nota) == ("resuelta", "compensada", "Se pagó")


@pytest.mark.parametrize("primero", ["correccion", "evento"])
def test_una_correccion_y_su_evento_no_se_cruzan_sin_verse(
    sesion: Session, reparto: Reparto, primero: str
) -> None:
    """Whichever commits first, the other waits and sees it: the event is kept and counts for nothing."""
    envio, actor = reparto.enviar(), reparto.actor(reparto.cartero)
    cuando = (ahora() - timedelta(minutes=30)).astimezone(ZONA).replace(microsecond=0)
    nuevo = EventoNuevo("EMA", envio.id, ocurrido_en=cuando, evento_cliente_id="tarde-1")
    hechos: list[Any] = []

    def registrar(una: Session) -> None:
        hechos.extend(registrar_eventos(una, actor, reparto.correos_id, [nuevo], Fuente.LOTE))

    def anular(otra: Session) -> None:
        nombra = Correccion(MotivoCorreccion.NO_OCURRIO, evento_cliente_id="tarde-1")
        hechos.append(corregir(otra, actor, reparto.correos_id, nombra, Fuente.API))

    pasos = (anular, registrar) if primero == "correccion" else (registrar, anular)
    assert cruzar(*pasos) is None
    assert {h.resultado for h in hechos} == {Resultado.REGISTRADO}
    sesion.rollback()
    leido = envio_por_id(sesion, envio.id)
    assert (leido.estado, leido.correcciones, leido.admitido_en) == (EstadoEnvio.ANUNCIADO, 1, None)
    assert [e.codigo for e in eventos_de(sesion, envio.id)] == ["EMA"]
    assert len(sesion.exec(select(CorreccionDeEvento)).all()) == 1
    assert items(sesion) == []
