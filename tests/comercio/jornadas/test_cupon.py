"""A coupon that two use at once: one pays with it, the other is told and loses nothing; it comes back."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import text

from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.reloj import ahora, fecha_bolivia
from pagos import saldo_disponible
from tests.ayudas.carreras import hasta_que_esperen
from tests.comercio.jornadas.conftest import Feria, Telefono

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
USOS = "SELECT usados FROM comercio_cupon"


def _repartir(feria: Feria, usos: int) -> None:
    """Who sells gives a coupon of a tenth less to so many."""
    vende = feria.telefono(feria.mercado.vendedor).ir("/vender/promociones")
    nuevo = vende.pagina.locator("section", has=vende.pagina.get_by_role("heading", name="Nuevo cupón"))
    hoy = fecha_bolivia(ahora()).isoformat()
    for rotulo, valor in (
        ("Código", "FERIA10"),
        ("Porcentaje o monto", "10"),
        ("¿Cuántas personas lo pueden usar?", str(usos)),
        ("Primer día", hoy),
        ("Último día", hoy),
    ):
        nuevo.get_by_label(rotulo).fill(valor)
    vende.pulsar("Crear el cupón").dice(rf"usado 0 de {usos} ve").mirar("cupon-repartido")


def _listo(telefono: Telefono, producto: Any) -> Telefono:
    """With the product in the cart and the coupon on it, about to pay."""
    telefono.ir(f"/productos/{producto.id}").pulsar("Agregar al carrito")
    return _ponerlo(telefono)


def _ponerlo(telefono: Telefono) -> Telefono:
    telefono.ir("/carrito").llenar("¿Tiene un cupón?", "FERIA10").pulsar("Usar el cupón")
    return _por_pagar(telefono.dice(r"Cupón FERIA10\s+− Bs"))


def _por_pagar(telefono: Telefono) -> Telefono:
    telefono.ir("/comprar").llenar("Nombre de quien recibe", "Ana Prueba").llenar("Teléfono", "71234567")
    telefono.pagina.get_by_label("Municipio").select_option("020105")
    return telefono.llenar("Cómo llegar", "Puerta verde, frente a la plaza")


def _pagan_a_la_vez(*telefonos: Telefono) -> None:
    """All press before any is answered: the coupon's row is held until each waits for it, or for who does."""
    with ExitStack() as paginas:
        for telefono in telefonos:
            paginas.enter_context(telefono.pagina.expect_navigation())
        with transaccion() as sesion:
            sesion.execute(text("SELECT 1 FROM comercio_cupon FOR NO KEY UPDATE"))
            for telefono in telefonos:
                telefono.pagina.get_by_role("button", name=re.compile(r"^Pagar\sBs")).click(
                    no_wait_after=True
                )
            hasta_que_esperen(len(telefonos))
    for telefono in telefonos:
        telefono.pagina.wait_for_load_state()


def test_el_ultimo_uso_entre_dos(
    feria: Feria, crear_persona: Callable[..., Any], con_saldo: Callable[..., int], leer: Callable[..., Any]
) -> None:
    mercado = feria.mercado
    otra = crear_persona("Lidia")
    cuentas = {"Ana": mercado.cuenta, "Lidia": con_saldo(otra, "300.00")}
    manta, poncho = mercado.publicar("Manta", precio="60.00"), mercado.publicar("Poncho", precio="60.00")
    _repartir(feria, usos=1)
    dos = [
        _listo(feria.telefono(mercado.comprador), manta).dice(r"Pagar Bs\s54,00"),
        _listo(feria.telefono(otra), poncho).dice(r"Pagar Bs\s54,00"),
    ]
    _pagan_a_la_vez(*dos)

    # One has an order; the other one's page says why not, and nothing of theirs changed.
    (pedido,) = feria.pedidos()
    gana, pierde = sorted(dos, key=lambda t: not t.ruta.startswith("/pedidos/"))
    suya, de_quien_espera = ("Ana", "Lidia") if gana is dos[0] else ("Lidia", "Ana")
    pierde.pagina.errores.clear()  # the browser notes the refusal by itself
    gana.dice(r"Pedido P-\d", r"Cupón FERIA10: − Bs\s6,00", r"Total\s+Bs\s54,00").mirar("cupon-lo-uso")
    pierde.dice("FERIA10 ya se usó todas las veces que tenía", "Quítelo para comprar sin él")
    pierde.dice("Poncho" if gana is dos[0] else "Manta", r"Total\s+Bs\s60,00").mirar("cupon-no-alcanzo")
    assert leer(USOS) == [(1,)]
    antes = {"Ana": bs("1000.00"), "Lidia": bs("300.00")}
    with transaccion() as sesion:
        saldos = {quien: saldo_disponible(sesion, cuenta) for quien, cuenta in cuentas.items()}
    assert saldos == antes | {suya: antes[suya] - bs("54.00")}
    assert saldos[de_quien_espera] == antes[de_quien_espera]
    pierde.pulsar("Quitar el cupón FERIA10").pulsar("Continuar con la compra")
    pierde.dice(r"Pagar Bs\s60,00")

    # Who used it cancels: it is good again, for who could not use it.
    gana.abrir("Cancelar este pedido").llenar("¿Por qué lo cancela?", "Me equivoqué de color")
    gana.pulsar("Cancelar el pedido").dice(r"Bs\s54,00 volvieron")
    assert leer(USOS) == [(0,)]
    _ponerlo(pierde).pulsar(r"^Pagar Bs\s54,00").dice(r"Pedido P-\d").mirar("cupon-volvio")
    assert [(p.estado, p.total) for p in feria.pedidos()] == [
        ("cancelado", bs("54.00")),
        ("pagado", bs("54.00")),
    ]
    assert feria.pedidos()[0].id == pedido.id
    assert leer(USOS) == [(1,)]
    with transaccion() as sesion:
        assert saldo_disponible(sesion, cuentas[suya]) == antes[suya]
        assert saldo_disponible(sesion, cuentas[de_quien_espera]) == antes[de_quien_espera] - bs("54.00")


def test_la_misma_persona_en_dos_telefonos(feria: Feria, leer: Callable[..., Any]) -> None:
    """One cart, two telephones: it is bought once, and the other one says where the purchase is."""
    mercado = feria.mercado
    manta = mercado.publicar("Manta", precio="60.00")
    _repartir(feria, usos=5)
    dos = [_listo(feria.telefono(mercado.comprador), manta)]
    dos.append(_por_pagar(feria.telefono(mercado.comprador)).dice(r"Pagar Bs\s54,00"))
    _pagan_a_la_vez(*dos)
    (pedido,) = feria.pedidos()
    gana, pierde = sorted(dos, key=lambda t: not t.ruta.startswith("/pedidos/"))
    pierde.pagina.errores.clear()
    gana.dice(r"Pedido P-\d", r"Cupón FERIA10: − Bs\s6,00")
    pierde.dice("Su carrito está vacío", "Si acaba de pagar en otro lado, su compra ya está hecha")
    pierde.mirar("cupon-ya-pagado")
    pierde.pulsar("Ver mis compras").dice(pedido.numero)
    assert leer(USOS) == [(1,)]
    with transaccion() as sesion:
        assert saldo_disponible(sesion, mercado.cuenta) == bs("946.00")
    gana.abrir("Cancelar este pedido").llenar("¿Por qué lo cancela?", "Lo compré dos veces")
    gana.pulsar("Cancelar el pedido").dice(r"Bs\s54,00 volvieron")
    _listo(pierde, manta).pulsar(r"^Pagar Bs\s54,00").dice(r"Pedido P-\d")
    assert [p.estado for p in feria.pedidos()] == ["cancelado", "pagado"]
