"""The cash of a route sheet is seen and paid where the sheet is closed."""

import re
from typing import Any

from empresa_digital.registro import Facultad
from envios.despachos.hojas import agregar, preparar_hoja, salir
from envios.items import envio_por_id
from envios.operadores import abrir_agencia, asignar
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.reloj import fecha_bolivia
from tests.ayudas.personas import abonar, nuevo_actor
from tests.envios.operadores.conftest import datos
from tests.envios.portes.conftest import Casa, Unidad
from tests.envios.portes.conftest import casa as casa
from tests.envios.portes.conftest import crear_operador as crear_operador
from tests.envios.portes.conftest import operador as operador
from tests.envios.tarifas.conftest import POTOSI

BASE = "/envios/operador/hojas-de-ruta"


def plano(respuesta: Any) -> str:
    texto = re.sub(r"<[^>]+>", " ", respuesta.text.replace("\u00a0", " "))
    return re.sub(r"\s+", " ", texto)


def test_al_cerrar_la_hoja_se_paga_lo_cobrado_o_se_dice_que_falta(
    casa: Casa, sesion_web: Any, otorgar: Any
) -> None:
    otorgar(casa.operador.id, casa.operador.cartero, Facultad.DESPACHAR)
    jefa = nuevo_actor(casa.operador.jefa)
    con_cobro, sin_cobro = casa.enviar(cobro=bs("120.00")), casa.enviar()
    with transaccion() as sesion:
        agencia = abrir_agencia(sesion, jefa, casa.operador.id, datos("PT-09", POTOSI))
        asignar(sesion, jefa, agencia.id, casa.operador.cartero.id)
    for envio in (con_cobro, sin_cobro):
        casa.pasa(envio, "EMA")
    with transaccion() as sesion:
        hoja = preparar_hoja(sesion, jefa, agencia.id, casa.operador.cartero.id, fecha_bolivia())
        for envio in (con_cobro, sin_cobro):
            agregar(sesion, jefa, hoja.id, str(envio_numero(sesion, envio)))
        salir(sesion, jefa, hoja.id)
        ruta = f"{BASE}/{hoja.id}"
    en_la_calle = plano(sesion_web(casa.operador.cartero).get(ruta))
    assert "Contra entrega por cobrar: Bs 120,00." in en_la_calle
    assert "Cobrar Bs 120,00" in en_la_calle
    casa.pasa(con_cobro, "EMI", minuto=178)

    # Who carries closes it and is told to hand the cash over; the money is not theirs to move.
    cartero = sesion_web(casa.operador.cartero)
    cerrada = cartero.post(f"{ruta}/paso", data={"paso": "cerrar"})
    assert cerrada.headers["location"] == f"{ruta}#dinero"
    suya = plano(cartero.get(ruta))
    assert "por cobrar" not in suya
    assert "Cobrar Bs" not in suya
    assert "De lo cobrado falta pagar Bs 120,00." in suya
    assert "Bs 120,00 en una entrega." in suya
    assert "Entregue Bs 120,00 a quien paga por el operador" in suya
    assert cartero.post(f"{ruta}/ronda", data={"total": "120,00"}).status_code == 403

    # Who pays for the operator is told what the account lacks, then pays it there.
    navegador, antes = sesion_web(casa.operador.jefa), casa.saldo()
    falta = plano(navegador.get(ruta))
    assert "A la cuenta le faltan Bs 79,00" in falta  # 120 less both postages, Bs 18 and 23
    sin_fondos = navegador.post(f"{ruta}/ronda", data={"total": "120,00"})
    assert (sin_fondos.status_code, casa.saldo()) == (409, antes)
    abonar(Unidad(casa.operador.id), "79.00")
    otro_total = navegador.post(f"{ruta}/ronda", data={"total": "119,00"})
    assert (otro_total.status_code, "Ahora suma Bs 120,00" in plano(otro_total)) == (409, True)
    assert "Pagar Bs 120,00 y cerrar la ronda" in plano(navegador.get(ruta))
    for _vez in range(2):
        pagada = navegador.post(f"{ruta}/ronda", data={"total": "120,00"})
        assert pagada.headers["location"] == ruta
    assert casa.saldo() == antes + bs("120.00")
    assert casa.saldo("operador") == bs(0)
    assert "Ya se pagó a quienes enviaron." in plano(navegador.get(ruta))
    casa.todo_cuadra()


def envio_numero(sesion: Any, envio_id: Any) -> str:
    return envio_por_id(sesion, envio_id).numero
