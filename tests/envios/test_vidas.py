"""From every state of every life of shipments, time alone leads to an end: who ends it, and that it does."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import select

from envios.admision.estados import Franja
from envios.admision.recojos import NuevoRecojo, anotar_no_hallado, dias_de_recojo, pedir_recojo
from envios.despachos.diferencias import explicar
from envios.despachos.hojas import salir
from envios.despachos.modelos import Diferencia
from envios.despachos.recibir import cerrar_recepcion, recibir
from envios.despachos.sacas import abrir_saca, meter
from envios.eventos import (
    AccionIntento,
    EventoNuevo,
    Fuente,
    Motivo,
    exigir_registrado,
    registrar_evento,
)
from envios.integraciones.recibir_mensajes import recibir_mensajes
from envios.items.modelos import Envio
from envios.reclamos import reclamar, resolver, responder
from envios.reclamos.estados import ClaseReclamo
from envios.reclamos.mensajes import escribir
from envios.seguimiento.rastreadores import rastrear
from envios.tarifas.tarifarios import empezar
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora, fecha_bolivia
from nucleo.tareas import periodicas
from nucleo.vidas import declaradas
from plataforma.habitaciones import modulos
from tests.ayudas.personas import abonar
from tests.envios.despachos.conftest import LA_PAZ, Red
from tests.envios.despachos.conftest import red as red
from tests.envios.despachos.test_hojas import hoja_de
from tests.envios.despachos.test_viaje import despacho_de, hacer, saca_cerrada
from tests.envios.escaner.test_recibir import UnTelefono
from tests.envios.eventos.test_anular import pedir as pedir_anulacion
from tests.envios.portes.conftest import Casa
from tests.envios.portes.conftest import casa as casa
from tests.envios.portes.conftest import crear_operador as crear_operador
from tests.envios.portes.conftest import operador as operador
from tests.envios.reclamos.conftest import Mesa
from tests.envios.reclamos.conftest import mesa as mesa

modulos("estados")
modulos("tareas")
VIDAS = {tabla: vida for tabla, vida in declaradas.items() if tabla.startswith("envios_")}

LO_TERMINA = {
    "envios_envio": {
        "anunciado": "envios.revisar",
        "admitido": "envios.revisar",
        "en_transito": "envios.revisar",
        "retenido": "envios.revisar",
        "en_reparto": "envios.revisar",
        "intento_fallido": "envios.revisar",
        "listo_para_retiro": "envios.devolver_por_plazo",
        "en_devolucion": "envios.revisar",
    },
    "envios_anulacion": {"pedida": "envios.vencer_anulaciones"},
    "envios_incidencia": {"abierta": "envios.olvidar_incidencias"},
    "envios_saca": dict.fromkeys(["abierta", "cerrada", "en_camino", "recibida"], "envios.despachos.vencer"),
    "envios_despacho": dict.fromkeys(["en_preparacion", "en_camino"], "envios.despachos.vencer"),
    "envios_carga": {"dentro": "envios.despachos.vencer"},
    "envios_diferencia": dict.fromkeys(["abierta", "explicada"], "envios.despachos.vencer"),
    "envios_hoja_de_ruta": dict.fromkeys(["en_preparacion", "en_reparto"], "envios.despachos.vencer"),
    "envios_parada": {"pendiente": "envios.despachos.vencer"},
    "envios_escaneo": {"rechazado": "envios.caducar_escaneos"},
    "envios_mensaje": dict.fromkeys(["en_espera", "rechazado"], "envios.revisar_mensajes"),
    "envios_recojo": dict.fromkeys(["pedido", "no_hallado"], "envios.vencer_recojos"),
    "envios_tarifario": {"borrador": "envios.descartar_borradores_de_tarifas"},
    "envios_rastreador": dict.fromkeys(["esperando", "siguiendo"], "envios.rastreadores"),
    "envios_deuda": {"pendiente": "envios.cobrar_deudas_vencidas"},
    "envios_reclamo": {
        **dict.fromkeys(
            ["presentado", "en_revision", "rechazado", "ante_regulador"], "envios.vencer_reclamos"
        ),
        **dict.fromkeys(["aceptado", "resuelto"], "envios.cobrar_deudas_vencidas"),
    },
    "envios_porte": {"retenido": "envios.revisar"},
    "envios_excedente": {"por_consentir": "envios.vencer_excedentes"},
}
"""The sweep that takes a row out of each state in which somebody, or some money, waits."""
BARRIDOS = {nombre for suyos in LO_TERMINA.values() for nombre in suyos.values()}

NADIE_ESPERA = {
    "envios_envio": {"sin_noticias", "anulado", "devuelto"},  # told and settled; late news may amend it
    "envios_agencia": {"abierta", "cerrada"},  # a place
    "envios_tarifario": {"publicado"},  # its dates say since when, and the next one until when
    "envios_incidencia": {"resuelta"},
    "envios_saca": {"no_llego"},  # what was in it is an incident of each; it may be found
    "envios_carga": {"faltante"},
    "envios_diferencia": {"vencida", "cerrada"},
    "envios_escaneo": {"registrado", "ya_estaba"},  # what stands, until undone
}
AL_MOMENTO = {"envios_escaneo": {"recibido"}, "envios_mensaje": {"recibido"}}
"""Judged by the transaction that writes it: no reader ever finds it."""


def test_cada_estado_dice_quien_lo_termina() -> None:
    for tabla, vida in VIDAS.items():
        grupos = [*LO_TERMINA.get(tabla, {}), *NADIE_ESPERA.get(tabla, ()), *AL_MOMENTO.get(tabla, ())]
        assert sorted(grupos) == sorted(set(vida.estados) - vida.fines), tabla
    assert {*LO_TERMINA, *NADIE_ESPERA, *AL_MOMENTO} == set(VIDAS)
    assert set(periodicas()) >= BARRIDOS


@dataclass(frozen=True)
class Mundo:
    """A row in every state in which something waits."""

    red: Red
    casa: Casa
    mesa: Mesa

    def llenar(self) -> None:
        self._envios()
        self._viajes()
        self._reclamos()
        self._mostrador()

    def _pasa(self, codigo: str, **mas: Any) -> Envio:
        envio = self.red.envio()
        nuevo = EventoNuevo(codigo, envio.id, **mas)
        exigir_registrado(hacer(registrar_evento, self.red.en_la_paz, envio.id, nuevo, Fuente.PAGINA))
        return envio

    def _envios(self) -> None:
        self.red.envio()
        for codigo in ("EMC", "EDF", "EDG", "EDH"):
            self._pasa(codigo)
        for accion in (AccionIntento.NUEVO_INTENTO, AccionIntento.DEVOLVER):
            self._pasa("EMH", motivo=Motivo.DESTINATARIO_AUSENTE, accion=accion)
        pedir_anulacion(self.red.reparto, self.red.envio(admitido=False))

    def _viajes(self) -> None:
        red, camino = self.red, (self.red.en_la_paz, self.red.la_paz.id, self.red.potosi.id)
        abierta = hacer(abrir_saca, *camino)
        hacer(meter, red.en_la_paz, abierta.id, red.envio().numero)
        despacho_de(red, saca_cerrada(red, red.envio()).numero, sale=False)
        despacho_de(red, saca_cerrada(red, red.envio()).numero)
        llega = saca_cerrada(red, red.envio())
        viaje = despacho_de(red, llega.numero)
        hacer(recibir, red.en_potosi, viaje.id, llega.numero, precinto_intacto=True, peso_g=5000)
        for explicada in (False, True):
            corto = despacho_de(red, red.envio().numero)
            hacer(cerrar_recepcion, red.en_potosi, corto.id)
            if explicada:
                with transaccion() as sesion:
                    suya = select(Diferencia.id).where(Diferencia.despacho_id == corto.id)
                    explicar(sesion, red.en_la_paz, sesion.exec(suya).one(), "Se quedó en el estante")
        hoja_de(red, red.envio())
        hacer(salir, red.en_la_paz, hoja_de(red, red.envio()).id)

    def _reclamos(self) -> None:
        mesa, vende = self.mesa, self.mesa.reparto.vendedora
        suyos = [mesa.presentar(mesa.entregado(), ClaseReclamo.DANO) for _ in range(6)]
        _presentado, en_revision, rechazado, ante, aceptado, resuelto = suyos
        mesa.hacer(escribir, mesa.reparto.cartero, en_revision, "Lo buscamos.")
        mesa.hacer(responder.aceptar, mesa.jefa, aceptado, "Es cierto.")
        for reclamo in (rechazado, ante, resuelto):
            mesa.hacer(responder.rechazar, mesa.jefa, reclamo, "No es cierto.", None)
        for reclamo in (ante, resuelto):
            mesa.hacer(reclamar.impugnar, vende, reclamo, "Sí es cierto.")
        mesa.hacer(resolver.resolver, mesa.autoridad, resuelto, motivos="Consta.", contenido=bs("99.99"))
        abonar(mesa.operador, "2000.00")

    def _mostrador(self) -> None:
        red, casa, reparto = self.red, self.casa, self.red.reparto
        casa.enviar()
        casa.pasa(casa.enviar(), "QHAC", "EMA")  # it travels all the same: an incident
        pesado = casa.enviar()
        casa.medir(pesado, 2_400)
        casa.pasa(pesado, "EMA")
        hacer(empezar, casa.operador.actor(casa.operador.jefa), casa.operador.id, id=nuevo_id())
        for hallado in (True, False):
            envio = red.envio(admitido=False)
            with transaccion() as sesion:
                dia = dias_de_recojo(sesion, red.la_paz)[0]
                nuevo = NuevoRecojo("Calle Sucre 10", "71000001", dia, Franja.MANANA)
                fila = pedir_recojo(
                    sesion, Autorizacion.propia(Actor.sistema("prueba")), envio, LA_PAZ, nuevo
                )
                if not hallado:
                    fila.dia = fecha_bolivia()
                    anotar_no_hallado(sesion, red.en_la_paz, red.la_paz.id, envio.id)
        quien = reparto.actor(reparto.vendedora)
        for numero in ("RR473124829BO", red.envio(admitido=False).numero):
            hacer(rastrear, quien, reparto.tienda_id, numero)
        telefono = UnTelefono(reparto, reparto.cartero)
        telefono.envia(telefono.lee("RR473124829BO", "EMA", 9))
        ms = int(ahora().timestamp() * 1000)
        mensajes = [
            {"id": "a", "paquete": "RR473124829BO", "tipo": "recogido", "cuando_ms": ms},
            {"id": "b", "paquete": "?", "tipo": "recogido", "cuando_ms": "ayer"},
        ]
        hacer(recibir_mensajes, reparto.actor(reparto.cartero), reparto.correos_id, mensajes)


def contar() -> dict[tuple[str, str], int]:
    """How many rows there are in each state of each life."""
    consulta = " UNION ALL ".join(f"SELECT '{t}', estado, count(*) FROM {t} GROUP BY estado" for t in VIDAS)
    with transaccion() as sesion:
        return {(tabla, estado): n for tabla, estado, n in sesion.connection().execute(text(consulta))}


def test_el_tiempo_solo_termina_todo(red: Red, casa: Casa, mesa: Mesa, reloj: Any, aplicacion: Any) -> None:
    Mundo(red, casa, mesa).llenar()
    entregar_pendientes()
    esperan = {(tabla, e): quien for tabla, suyos in LO_TERMINA.items() for e, quien in suyos.items()}
    hay = contar()
    assert [e for e in esperan if not hay.get(e)] == []

    vaciaron: dict[tuple[str, str], set[str]] = defaultdict(set)
    for dias in (3, 3, 5, 5, 15, 31, 31, 31, 31, 60, 200):
        reloj.adelantar(timedelta(days=dias, minutes=1))
        for nombre in sorted(BARRIDOS):
            periodicas()[nombre].funcion()
            entregar_pendientes()
            antes, hay = hay, contar()
            for estado in antes:
                if hay.get(estado, 0) < antes[estado]:
                    vaciaron[estado].add(nombre)
    assert {e: hay[e] for e in esperan if hay.get(e)} == {}
    assert {e: vaciaron[e] for e, quien in esperan.items() if quien not in vaciaron[e]} == {}
