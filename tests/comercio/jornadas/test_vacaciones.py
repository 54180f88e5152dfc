"""A seller goes on holiday: what their buyers find meanwhile, and afterwards."""

from datetime import timedelta

import pytest

from nucleo.reloj import ahora, fecha_bolivia
from tests.comercio.jornadas.conftest import Feria

pytestmark = [pytest.mark.lento, pytest.mark.navegador]


def test_se_va_y_vuelve(feria: Feria) -> None:
    mercado = feria.mercado
    manta = mercado.publicar("Manta de oveja", precio="60.00")
    ella = feria.telefono(mercado.comprador)
    ella.ir(f"/productos/{manta.id}").pulsar("Agregar al carrito").dice("Continuar con la compra")
    pagado = mercado.pedido((manta, 1))

    vende = feria.telefono(mercado.vendedor)
    vende.ir("/vender").pulsar("Vacaciones").dice("Los pedidos abiertos siguen con sus plazos")
    hoy = fecha_bolivia(ahora())
    vende.llenar("Primer día", hoy.isoformat()).llenar("Último día", (hoy + timedelta(days=9)).isoformat())
    vende.mirar("vacaciones-anotar").pulsar("Anotar vacaciones").dice("Terminarlas")
    vende.ir("/vender").dice("Está de vacaciones", "Por despachar").mirar("vacaciones-panel")

    # The list, the product and the cart say until when; the order that was paid goes on.
    ella.ir("/tienda?q=manta").dice("De vacaciones").mirar("vacaciones-lista")
    ella.pulsar("Manta de oveja").dice("está de vacaciones. Se podrá comprar desde el")
    assert ella.pagina.get_by_role("button", name="Agregar al carrito").count() == 0
    ella.mirar("vacaciones-producto")
    ella.ir("/carrito").dice("De vacaciones: se podrá comprar desde el", "Corrija lo señalado")
    ella.mirar("vacaciones-carrito")
    ella.ir("/comprar").dice("Corrija lo señalado")  # not even by its address
    mercado.llevar(pagado, "EMA", "EMI")
    ella.ir(f"/pedidos/{pagado.id}").dice("Lo recibió: revíselo")

    # They end by themselves: the cart is as it was left, and can be bought.
    feria.pasan(days=10)
    vende.ir("/vender").no_dice("Está de vacaciones")
    ella.ir("/carrito").no_dice("De vacaciones").dice(r"Total\s+Bs\s60,00").mirar("vacaciones-volvio")
    ella.pulsar("Continuar con la compra").pulsar(r"^Pagar Bs\s60,00")
    assert [p.estado for p in feria.pedidos()] == ["concluido", "pagado"]
