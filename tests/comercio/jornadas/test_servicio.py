"""A service with its appointment: done, and of which who bought it says nothing."""

import pytest

from tests.comercio.jornadas.conftest import Feria

pytestmark = [pytest.mark.lento, pytest.mark.navegador]


def test_hecho_y_sin_conformidad_lo_termina_el_plazo(feria: Feria) -> None:
    mercado = feria.mercado
    bordado = mercado.publicar(
        "Bordado de logotipo", categoria="confeccion", unidad_medida="servicio", precio="200.00"
    )
    ella = feria.telefono(mercado.comprador)
    ella.ir(f"/productos/{bordado.id}").dice("se paga cuando usted dé su conformidad").mirar("servicio-ficha")
    ella.pulsar("Agregar al carrito").ir("/comprar").dice("¿Dónde se hace?", "para ponerse de acuerdo")
    ella.mirar("servicio-comprar")
    ella.llenar("Nombre de quien recibe", "Ana Prueba").llenar("Teléfono", "71234567")
    ella.pagina.get_by_label("Municipio").select_option("020105")
    ella.llenar("Cómo llegar", "Avenida 6 de Marzo, portón verde").pulsar("^Pagar")
    ella.dice("se pondrá en contacto", "Si no lo hace hasta el").mirar("servicio-pagado")
    (pedido,) = feria.pedidos()

    vende = feria.telefono(mercado.vendedor)
    vende.ir("/vender").pulsar("Bordado de logotipo").dice("Es un servicio", r"71 ?234 ?567|71234567")
    vende.mirar("servicio-por-hacer")
    vende.pulsar("Empezar a preparar")
    feria.pasan(days=1)
    vende.ir(f"/vender/pedidos/{pedido.id}")
    vende.llenar("¿Qué hizo y qué lo muestra?", "Cuarenta poleras bordadas y entregadas").pulsar("Ya lo hice")
    vende.dice("se da por conforme y se le paga").mirar("servicio-hecho")
    ella.ir(f"/pedidos/{pedido.id}").dice(
        "declaró que lo hizo", "Cuarenta poleras", "si no dice nada hasta el", "Algo salió mal"
    )
    ella.mirar("servicio-sin-conformidad")

    # She says nothing: silence is conformity, and the seller is paid.
    feria.pasan(days=5)
    vende.ir("/vender/dinero").dice(r"Bs\s200,00\s+En custodia")
    feria.pasan(days=3)
    ella.ir(f"/pedidos/{pedido.id}").dice("Servicio concluido: quien vende ya cobró")
    ella.mirar("servicio-concluido")
    vende.ir("/vender/dinero").dice(
        r"Bs\s0,00\s+En custodia", r"Comisión de Qhatu\s+− Bs\s6,00", r"Llegó a su cuenta\s+Bs\s194,00"
    )
    vende.ir(f"/vender/pedidos/{pedido.id}").dice(r"su unidad cobró Bs\s194,00").mirar("servicio-cobrado")
