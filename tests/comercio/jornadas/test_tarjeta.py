"""Somebody buys by card: they go to the gateway's page and back, leave one that they do not want, and what is
cancelled goes back to the card."""

import re
from datetime import timedelta
from typing import Any

import pytest

from comercio.pedidos import manejadores
from comercio.por_pagar import manejadores as de_por_pagar
from comercio.por_pagar.tareas import revisar_por_pagar
from nucleo.configuracion import ajustes
from nucleo.eventos import entregar_pendientes
from tests.comercio.jornadas.conftest import Feria, Telefono
from tests.pagos.tarjetas.conftest import Escena

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
assert manejadores
assert de_por_pagar


def _a_la_pasarela(ella: Telefono) -> Telefono:
    ella.ir("/carrito").pulsar("Continuar con la compra")
    ella.llenar("Nombre de quien recibe", "Ana Prueba").llenar("Teléfono", "71234567")
    ella.pagina.get_by_label("Municipio").select_option("020105")
    return ella.llenar("Cómo llegar", "Avenida 6 de Marzo, portón verde").pulsar("Pagar con tarjeta")


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
    ella.ir(espera).dice("Su compra no se pagó").mirar("tarjeta-no-pagada")

    _a_la_pasarela(ella).pagina.get_by_label(re.compile("Paga bien$")).check()
    ella.pulsar("^Pagar").dice("Pago realizado").mirar("tarjeta-pago").pulsar("Ver su compra")
    *_, pedido = feria.pedidos()
    ella.dice("Pagado").mirar("tarjeta-pagada")
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
