"""Who has no money here pays at the door: from the seller that accepts it to the custody that has it."""

import pytest

from nucleo.eventos import entregar_pendientes
from tests.ayudas.personas import abonar
from tests.comercio.jornadas.conftest import Feria
from tests.comercio.pedidos.test_contra_entrega import Operador
from tests.comercio.portes.conftest import Tarifas
from tests.comercio.portes.conftest import _tarifas_frescas as _tarifas_frescas
from tests.comercio.portes.conftest import tarifas as tarifas

pytestmark = [pytest.mark.lento, pytest.mark.navegador]


def test_se_paga_en_la_puerta(feria: Feria, tarifas: Tarifas) -> None:
    m = feria.mercado
    tarifas()
    chompa = m.publicar("Chompa", precio="60.00")
    vende = feria.telefono(m.vendedor).ir(f"/vender/entregas?unidad={m.unidad.id}")
    vende.pagina.get_by_label("Acepto que paguen al recibir").check()
    vende.mirar("contra-entrega-aceptar").pulsar("Guardar")

    compra = feria.telefono(m.comprador).ir(f"/productos/{chompa.id}").pulsar("Agregar al carrito")
    compra.ir("/comprar").llenar("Nombre de quien recibe", "Ana Prueba").llenar("Teléfono", "71234567")
    compra.pagina.get_by_label("Municipio").select_option("020105")
    compra.llenar("Cómo llegar", "Puerta verde, frente a la plaza").mirar("contra-entrega-comprar")
    compra.pulsar("Pago contra entrega").dice(r"Pagará Bs\s60,00 al recibir").mirar("contra-entrega-pedido")

    (pedido,) = feria.pedidos()
    vende.ir(f"/vender/pedidos/{pedido.id}").dice(r"Quien compró pagará Bs\s60,00 al recibir")
    vende.mirar("contra-entrega-venta").pulsar("Anunciar al correo").dice("Ya lo anunció")
    abonar(Operador(m.operador.id), "60.00")
    m.anotar(pedido, "EMA", "EMI")
    entregar_pendientes()
    compra.ir(f"/pedidos/{pedido.id}").dice("Lo recibió: revíselo").mirar("contra-entrega-recibido")
    feria.pasan(days=8)
    assert [p.estado for p in feria.pedidos()] == ["concluido"]
