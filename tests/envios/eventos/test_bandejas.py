"""The piles of an operator: what does not fit is among the problems, wherever the item is."""

from typing import Any

from sqlmodel import Session

from envios.eventos.bandejas import contar_bandejas, envios_de_bandeja, no_encajan
from envios.eventos.consultas import incidencias_abiertas
from envios.eventos.estados import Resolucion
from envios.eventos.incidencias import resolver_incidencia
from envios.items import Bandeja
from envios.simulador import avanzar_demo
from nucleo.bd import transaccion
from tests.envios.conftest import Reparto


def test_lo_que_no_encaja_esta_entre_los_problemas(
    sesion: Session, reparto: Reparto, contar_consultas: Any, sesion_web: Any
) -> None:
    corregido, retenido, repartido, entregado = (reparto.enviar() for _ in range(4))
    with transaccion() as otra:
        for envio, historia, hasta in (
            (corregido, "corregida", "fin"),
            (retenido, "retenido", "fin"),
            (repartido, "entrega", "EDG"),
            (entregado, "entrega", "fin"),
        ):
            avanzar_demo(otra, envio.id, hasta, historia=historia)

    def pila(bandeja: Bandeja) -> set[Any]:
        return {e.id for e in sesion.scalars(envios_de_bandeja(reparto.correos_id, bandeja))}

    with contar_consultas() as sentencias:
        cuentas = contar_bandejas(sesion, reparto.correos_id)
    assert len(sentencias) == 1
    assert cuentas == {
        Bandeja.POR_ADMITIR: 0,
        Bandeja.EN_MANOS: 0,
        Bandeja.EN_REPARTO: 2,
        Bandeja.PROBLEMAS: 2,
        Bandeja.TERMINADOS: 1,
    }
    assert {b: len(pila(b)) for b in Bandeja} == cuentas
    assert pila(Bandeja.PROBLEMAS) == {corregido.id, retenido.id}
    assert no_encajan(sesion, [corregido.id, retenido.id, entregado.id]) == {corregido.id}
    pagina = sesion_web(reparto.cartero).get("/envios/operador?ver=problemas")
    assert pagina.text.count("Algo no encaja") == 1

    with transaccion() as otra:
        (incidencia,) = incidencias_abiertas(otra, corregido.id)
        actor = reparto.actor(reparto.cartero)
        resolver_incidencia(otra, actor, incidencia.id, Resolucion.ACLARADA, "Se entregará hoy")
    sesion.rollback()
    assert contar_bandejas(sesion, reparto.correos_id)[Bandeja.PROBLEMAS] == 1
    assert pila(Bandeja.PROBLEMAS) == {retenido.id}
