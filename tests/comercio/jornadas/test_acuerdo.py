"""A weaver needs more days, and who bought wants one less: each grants what the other asks."""

from datetime import timedelta

import pytest

from nucleo.reloj import fecha_bolivia
from tests.comercio.jornadas.conftest import Feria

pytestmark = [pytest.mark.lento, pytest.mark.navegador]


def test_mas_dias_y_una_menos(feria: Feria) -> None:
    mercado = feria.mercado
    pedido = mercado.pedido((mercado.publicar("Manta de oveja", precio="60.00"), 3))
    vende, compra = feria.telefono(mercado.vendedor), feria.telefono(mercado.comprador)
    vende.ir(f"/vender/pedidos/{pedido.id}").pulsar("Pedir un cambio a quien compró")
    vende.mirar("acuerdo-pedir").llenar("¿Hasta qué día?", (fecha_bolivia() + timedelta(days=20)).isoformat())
    vende.llenar("¿Por qué?", "Falta lana teñida").pulsar("Pedir más días").dice("Lo que usted pide")
    compra.ir(f"/pedidos/{pedido.id}").pulsar("Le piden un cambio: responder")
    compra.dice("Más días: hasta el", "Falta lana teñida").mirar("acuerdo-responder")
    compra.pulsar("^Aceptar").dice("Más días: hasta el .* Aceptado")

    compra.llenar("¿Cuánto menos?", "1").llenar("¿Por qué?", "Somos dos").pulsar("Pedir que se quite")
    vende.ir(f"/vender/pedidos/{pedido.id}").pulsar("Le piden un cambio: responder")
    vende.dice("Quitar 1 unidad de «Manta de oveja»").pulsar("^Aceptar").mirar("acuerdo-hecho")
    feria.pasan(days=12)  # the first term passes, and nothing is cancelled
    compra.ir(f"/pedidos/{pedido.id}").dice("De 3 se canceló 1", r"Total\s+Bs\s120,00")
    assert [p.estado for p in feria.pedidos()] == ["pagado"]
    mercado.llevar(pedido, "EMA", "EMI")
    compra.ir(f"/pedidos/{pedido.id}").dice("Lo recibió: revíselo")
