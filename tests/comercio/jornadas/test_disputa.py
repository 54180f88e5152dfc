"""Somebody pays with money that came from a card, and the card's bank claims it back: before who sold was
paid, and after.

Of money that was topped up the claim is of who did, not of who sold: what is in the wallet is held, what is
missing freezes it, and what comes back of an order is held as it arrives. Of a purchase that the card paid it
holds what is in custody, and what who sold was paid is owed by who paid.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from comercio.compra.modelos import Pedido
from nucleo.bd import transaccion
from nucleo.dinero import bs
from pagos import TipoCuenta, cuenta_de_unidad, saldo_disponible
from pagos.tarjetas.simulada import decidir_disputa, disputar_pago
from tests.comercio.jornadas.conftest import Feria
from tests.comercio.por_pagar.conftest import Caja
from tests.pagos.tarjetas.conftest import Escena
from tests.pagos.tarjetas.test_disputas import _disputas

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
Crear = Callable[..., Any]


def test_el_banco_reclama_antes_y_despues_de_pagar_a_quien_vende(
    feria: Feria, crear_persona: Crear, actor_de: Crear, nuevo_cliente: Crear
) -> None:
    mercado = feria.mercado
    carla = crear_persona("Carla")
    tarjeta = Escena(carla, actor_de(carla), nuevo_cliente(headers={}), mercado.reloj)
    recarga = tarjeta.pagar("120.00")
    manta = mercado.publicar("Manta de oveja", precio="60.00")
    faja = mercado.publicar("Faja tejida", precio="50.00")

    # The blanket was received and paid to its seller; the belt is bought, and still in custody.
    cobrado = mercado.pedido((manta, 1), actor=actor_de(carla))
    mercado.llevar(cobrado, "EMA", "EMI")
    feria.pasan(days=8)
    tarjeta.actor = actor_de(carla)
    en_custodia = mercado.pedido((faja, 1), actor=tarjeta.actor)
    vende = feria.telefono(mercado.vendedor)
    vende.ir("/vender/dinero").dice(r"Bs\s50,00\s+En custodia", r"Bs\s58,20\s+Ganado hasta hoy")

    disputar_pago(str(recarga.pasarela_id))
    tarjeta.barrer()
    ella = feria.telefono(carla)
    ella.ir("/billetera").dice(
        "congelada", r"El banco de una tarjeta reclama Bs\s120,00[\s\S]*faltan Bs\s110,00"
    ).mirar("disputa-billetera")
    ella.pulsar("Ver el pago reclamado").dice(r"120,00").mirar("disputa-pago")
    # Nothing more is bought with it: putting in what the purchase costs would only feed the claim.
    ella.ir(f"/productos/{manta.id}").pulsar("Agregar al carrito").ir("/comprar")
    ella.dice("Su billetera está congelada").no_dice("Le faltan")
    ella.mirar("disputa-no-compra").pulsar("Por qué y cómo se levanta").dice(r"faltan Bs\s110,00")
    # Who sold sees nothing of it: neither of what they were paid nor of what they will be.
    vende.ir(f"/vender/pedidos/{en_custodia.id}").no_dice("disputa").dice("El comprador ya pagó")
    vende.ir("/vender/dinero").dice(r"Bs\s50,00\s+En custodia", r"Bs\s58,20\s+Ganado hasta hoy")

    # She cancels the belt: it comes back to a frozen wallet, and is held as soon as somebody looks.
    ella.ir(f"/pedidos/{en_custodia.id}").abrir("Cancelar este pedido")
    ella.llenar("¿Por qué lo cancela?", "Mi banco reclama").pulsar("Cancelar el pedido")
    ella.dice(r"sus Bs\s50,00 volvieron a su billetera")
    tarjeta.barrer(timedelta(hours=1, minutes=1))
    (disputa,) = _disputas()
    assert (disputa.retenido, disputa.faltante, disputa.congelo) == (bs("60.00"), bs("60.00"), True)
    ella.es_de(carla).ir("/billetera").dice(r"Bs\s60,00 en espera").mirar("disputa-retenido")

    # The bank is right: the blanket, which was paid, is her debt. Who sold it keeps what they earned.
    decidir_disputa(disputa.pasarela_id, gana_el_comercio=False)
    tarjeta.barrer()
    (disputa,) = _disputas()
    assert (disputa.estado, disputa.cobrado, disputa.faltante) == ("perdida", bs("60.00"), bs("60.00"))
    ella.ir("/billetera").dice("congelada", r"Bs\s60,00").mirar("disputa-debe")
    with transaccion() as sesion:
        cuenta = cuenta_de_unidad(sesion, mercado.unidad.id, TipoCuenta.COMERCIO)
        assert saldo_disponible(sesion, cuenta) == bs("58.20")
    # She puts the money in, and buys again.
    tarjeta.actor = actor_de(carla)
    tarjeta.pagar("60.00")
    tarjeta.barrer(timedelta(hours=1, minutes=1))
    ella.es_de(carla).ir("/billetera").no_dice("congelada").mirar("disputa-terminada")


def test_el_banco_reclama_lo_que_la_tarjeta_pago(
    feria: Feria, crear_persona: Crear, actor_de: Crear, nuevo_cliente: Crear
) -> None:
    """Straight into custody: a blanket that was received and paid to its seller, a belt still held."""
    mercado = feria.mercado
    carla = crear_persona("Carla")
    tarjeta = Escena(carla, actor_de(carla), nuevo_cliente(headers={}), mercado.reloj)
    caja = Caja(mercado, tarjeta)
    cobrado, manta = _con_tarjeta(caja, mercado.publicar("Manta de oveja", precio="60.00"))
    mercado.llevar(cobrado, "EMA", "EMI")
    feria.pasan(days=8)
    tarjeta.actor = actor_de(carla)
    en_custodia, faja = _con_tarjeta(caja, mercado.publicar("Faja tejida", precio="50.00"))
    vende, ella = feria.telefono(mercado.vendedor), feria.telefono(carla)
    disputas = [disputar_pago(str(tarjeta.intento(c).pasarela_id))["id"] for c in (manta, faja)]
    caja.barrer()

    # Before: it waits, and both know what comes next. After: it is the seller's.
    ella.ir(f"/pedidos/{en_custodia.id}").dice("reclama el dinero desde", "Detenido por un reclamo")
    ella.mirar("banco-detenido").pulsar("Ver el pago reclamado")
    ella.dice(r"50,00", "espera lo que decida el banco")
    vende.ir(f"/vender/pedidos/{en_custodia.id}").dice("no cuenta en su contra").mirar("banco-no-lo-mande")
    vende.ir(f"/vender/pedidos/{cobrado.id}").dice("lo cobrado es suyo").mirar("banco-ya-cobro")
    ella.ir(f"/pedidos/{cobrado.id}").dice("se tomará de su billetera").mirar("banco-lo-debera")

    # The bank gives her both: the belt goes back and its order ends; the blanket is her debt.
    for disputa in disputas:
        decidir_disputa(disputa, gana_el_comercio=False)
    caja.barrer()
    ella.ir(f"/pedidos/{en_custodia.id}").dice("El banco dio la razón al titular de la tarjeta")
    ella.mirar("banco-devuelto").ir(f"/pedidos/{cobrado.id}").dice(r"debe Bs\s60,00").mirar("banco-debe")
    ella.ir("/billetera").dice("congelada", r"faltan Bs\s60,00")
    vende.ir(f"/vender/pedidos/{en_custodia.id}").dice("El banco dio la razón al titular de la tarjeta")
    vende.ir(f"/vender/pedidos/{cobrado.id}").dice("Lo que usted cobró es suyo").mirar("banco-cobrado")
    vende.ir("/vender/dinero").dice(r"Bs\s58,20\s+Ganado hasta hoy")
    caja.cuadra()


def _con_tarjeta(caja: Caja, producto: Any) -> tuple[Pedido, UUID]:
    """The order of a purchase of one thing, paid, and the purchase."""
    compra_id = caja.comprar((producto, 1), actor=caja.tarjeta.actor)
    caja.pagar(compra_id)
    caja.barrer()
    return caja.pedidos(compra_id)[0], compra_id
