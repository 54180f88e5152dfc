"""Somebody buys by card: they go to the gateway's page and back, leave one that they do not want, and what is
cancelled goes back to the card. Or with a QR that somebody else pays."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from comercio.pedidos import manejadores
from comercio.por_pagar import manejadores as de_por_pagar
from comercio.por_pagar.con_qr import texto_del_qr
from comercio.por_pagar.modelos import PorPagar
from comercio.por_pagar.tareas import revisar_por_pagar
from nucleo.bd import transaccion
from nucleo.configuracion import ajustes
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from tests.comercio.jornadas.conftest import Feria, Telefono
from tests.comercio.por_pagar.test_qr import Tia
from tests.pagos.tarjetas.conftest import Escena

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
assert manejadores
assert de_por_pagar


def _a_pagar(ella: Telefono, con: str) -> Telefono:
    ella.ir("/carrito").pulsar("Continuar con la compra")
    ella.llenar("Nombre de quien recibe", "Ana Prueba").llenar("Teléfono", "71234567")
    ella.pagina.get_by_label("Municipio").select_option("020105")
    return ella.llenar("Cómo llegar", "Avenida 6 de Marzo, portón verde").pulsar(con)


def _a_la_pasarela(ella: Telefono) -> Telefono:
    return _a_pagar(ella, "Pagar con tarjeta")


def test_con_tarjeta_derecho_a_la_custodia(
    feria: Feria, nuevo_cliente: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mercado = feria.mercado
    monkeypatch.setitem(ajustes().__dict__, "url_publica", feria.sitio)  # where the gateway sends her back
    tarjeta = Escena(mercado.comprador, mercado.actor, nuevo_cliente(headers={}), mercado.reloj)
    manta = mercado.publicar("Manta de oveja", precio="120.00", existencia=1)
    ella, vende = feria.telefono(mercado.comprador), feria.telefono(mercado.vendedor)
    ella.ir(f"/productos/{manta.id}").pulsar("Agregar al carrito")
    ella.ir("/comprar").dice("diez minutos").mirar("tarjeta-comprar")
    _a_la_pasarela(ella)
    (pedido,) = feria.pedidos()
    espera = f"/compras-por-pagar/{pedido.compra_id}"
    ella.ir(espera).dice("Esperando el pago", "apartado para usted hasta").mirar("tarjeta-espera")
    vende.ir("/vender").no_dice(pedido.numero)
    ella.ir("/carrito").dice("Tiene una compra esperando el pago").mirar("tarjeta-carrito")
    ella.pulsar("Terminarla o dejarla").pulsar("Dejar la compra").dice("Manta de oveja")
    ella.ir(espera).dice("Usted dejó la compra").mirar("tarjeta-no-pagada")

    _a_la_pasarela(ella).pagina.get_by_label(re.compile("Paga bien$")).check()
    ella.pulsar("^Pagar")  # and she is back at what she bought
    *_, pedido = feria.pedidos()
    ella.dice("Pagado").mirar("tarjeta-pagada")
    ella.ir(f"/pagos-con-tarjeta/{pedido.compra_id}").dice("Pago realizado").mirar("tarjeta-pago")
    ella.pulsar("Ver su compra").dice("Pagado")
    entregar_pendientes()
    vende.ir(f"/vender/pedidos/{pedido.id}").dice("El comprador ya pagó")
    ella.ir(f"/pedidos/{pedido.id}").abrir("Cancelar este pedido")
    ella.llenar("¿Por qué lo cancela?", "Ya no la necesito").pulsar("Cancelar el pedido")
    ella.dice(r"sus Bs\s120,00 vuelven a la tarjeta").mirar("tarjeta-cancelada")
    for _vez in range(2):
        entregar_pendientes()
        revisar_por_pagar()
        tarjeta.barrer(timedelta(hours=1, minutes=1))
    assert tarjeta.cobrado() == 0
    ella.es_de(mercado.comprador).ir(f"/pagos-con-tarjeta/{pedido.compra_id}").dice("Devuelto a la tarjeta")
    ella.mirar("tarjeta-devuelta")


def test_con_un_qr_que_paga_otra_persona(feria: Feria, crear_persona: Any, actor_de: Any) -> None:
    """Her aunt reads it with her own telephone; what is cancelled goes back to her."""
    mercado = feria.mercado
    manta = mercado.publicar("Manta de oveja", precio="120.00", existencia=1)
    tia = Tia(persona := crear_persona("Tía"), actor_de(persona))
    ella, suya = feria.telefono(mercado.comprador), feria.telefono(persona)
    ella.ir(f"/productos/{manta.id}").pulsar("Agregar al carrito")
    _a_pagar(ella, "Pagar con QR").dice("Esperando el pago", "una vez").mirar("qr-espera")
    (pedido,) = feria.pedidos()
    with transaccion() as sesion:
        texto = texto_del_qr(sesion, sesion.get_one(PorPagar, pedido.compra_id))
    suya.ir(f"/pagar/qr?{urlencode({'texto': texto})}").dice(r"Bs\s120,00", mercado.unidad.nombre)
    suya.no_dice("Manta").mirar("qr-pagar").pulsar("^Pagar Bs").dice("Ya se pagó").mirar("qr-pagada")
    ella.ir(f"/compras-por-pagar/{pedido.compra_id}").dice("Compra hecha")
    entregar_pendientes()
    ella.ir(f"/pedidos/{pedido.id}").abrir("Cancelar este pedido")
    ella.llenar("¿Por qué lo cancela?", "Ya no la necesito").pulsar("Cancelar el pedido")
    ella.dice(r"sus Bs\s120,00 vuelven a la cuenta que pagó su código").mirar("qr-cancelada")
    entregar_pendientes()
    assert tia.saldo == bs("150.00")
