"""A firm buys by whoever may buy for it, from its account and in its name."""

from collections.abc import Callable
from typing import Any

import pytest

from empresa_digital.registro import Facultad
from nucleo.bd import transaccion
from nucleo.dinero import bs
from pagos import saldo_disponible
from tests.comercio.jornadas.conftest import Feria

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
Crear = Callable[..., Any]


def test_compra_con_su_nit_y_hasta_donde_dice_el_mandato(
    feria: Feria, crear_persona: Crear, crear_unidad: Crear, con_saldo: Crear, otorgar: Crear
) -> None:
    mercado = feria.mercado
    gerente, berta = crear_persona("Gustavo"), crear_persona("Berta")
    hotel = crear_unidad(
        "Hotel Illampu SRL", tipo="EMPRESA", representante=gerente, identificadores={"BO-NIT": "900000777"}
    )
    cuenta = con_saldo(hotel, "500.00")
    otorgar(hotel.id, berta, Facultad.COMPRAR, limite="200.00")
    manta = mercado.publicar("Manta de oveja", precio="60.00")

    # More than her mandate lets her: nothing is bought, and the page says up to how much she may.
    ella = feria.telefono(berta)
    ella.ir(f"/productos/{manta.id}").llenar("Cantidad", "4").pulsar("Agregar al carrito")
    ella.ir("/comprar").dice("¿Para quién compra?", r"Hotel Illampu SRL\s+Puede pagar hasta Bs\s500,00")
    ella.no_dice("Saldo disponible en su billetera")  # each who pays says what they can
    ella.pagina.get_by_label("Hotel Illampu SRL").check()
    ella.llenar("Nombre de quien recibe", "Recepción del hotel").llenar("Teléfono", "71234567")
    ella.pagina.get_by_label("Municipio").select_option("070101")
    ella.llenar("Cómo llegar", "Barrio Equipetrol, edificio blanco").mirar("empresa-comprar")
    ella.pulsar("^Pagar").dice(r"200,00").mirar("empresa-excede-su-mandato")
    assert feria.pedidos() == []
    ella.pagina.errores.clear()  # the browser notes the refusal by itself
    ella.ir("/carrito").llenar("Cantidad de Manta de oveja", "3").pulsar("^Cambiar")
    ella.pulsar("Continuar con la compra").pagina.get_by_label("Hotel Illampu SRL").check()
    ella.llenar("Nombre de quien recibe", "Recepción del hotel").llenar("Teléfono", "71234567")
    ella.pagina.get_by_label("Municipio").select_option("070101")
    ella.llenar("Cómo llegar", "Barrio Equipetrol, edificio blanco").pulsar(r"^Pagar Bs\s180,00")
    ella.dice("Compras de Hotel Illampu SRL", r"Factura a nombre de\s+Hotel Illampu SRL", r"NIT\s+900000777")
    ella.mirar("empresa-pedido")
    (pedido,) = feria.pedidos()
    with transaccion() as sesion:
        assert saldo_disponible(sesion, cuenta) == bs("320.00")

    # Her own purchases are other ones; the manager sees the firm's, and so does who sells.
    ella.ir("/pedidos").no_dice("Manta de oveja").pagina.get_by_label("Compras").select_option(
        label="Hotel Illampu SRL"
    )
    ella.pulsar("Cambiar").dice("Manta de oveja", r"180,00").mirar("empresa-sus-compras")
    jefe = feria.telefono(gerente)
    jefe.ir(f"/pedidos/{pedido.id}").dice("Compras de Hotel Illampu SRL", "900000777")
    vende = feria.telefono(mercado.vendedor)
    vende.ir(f"/vender/pedidos/{pedido.id}").dice("Hotel Illampu SRL", r"NIT\s+900000777")
    vende.mirar("empresa-la-venta")

    # What is cancelled goes back to the firm, not to who pressed.
    jefe.abrir("Cancelar este pedido").llenar("¿Por qué lo cancela?", "El hotel cerró unos días")
    jefe.pulsar("Cancelar el pedido").dice(r"Se canceló y los Bs\s180,00 volvieron a la cuenta de su unidad")
    with transaccion() as sesion:
        assert saldo_disponible(sesion, cuenta) == bs("500.00")
