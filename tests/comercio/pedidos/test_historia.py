"""What the page of an order tells: who did what, when it arrives, what was said of a service that is done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from sqlalchemy import Engine, text

from comercio.compra.modelos import Pedido
from comercio.formas import Cobro
from comercio.pedidos import cumplir, tareas
from comercio.pedidos.lineas import lineas_del_pedido
from comercio.reclamos import reclamar
from comercio.reclamos.estados import MotivoReclamo
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ahora, fecha_bolivia
from tests.comercio.conftest import Mercado
from tests.comercio.portes.conftest import Tarifas
from tests.comercio.portes.conftest import tarifas as tarifas
from tests.comercio.portes.test_portes import cobrar

Pagina = Callable[..., Any]


def hitos(html: str) -> list[tuple[str, str]]:
    """Each step of its history, with what is said of it."""
    return [
        tuple(" ".join(" ".join(x.text_content().split()) for x in hito.cssselect(que)) for que in QUE)
        for hito in lxml.html.fromstring(html).cssselect(".linea-tiempo__hito")
    ]


QUE = (".linea-tiempo__titulo", ".linea-tiempo__detalle")


@pytest.fixture
def mirar(mercado: Mercado, sesion_web: Pagina) -> Callable[[Pedido], tuple[str, str]]:
    """The pages of who bought and of who sells, who sign in to see them."""
    return lambda pedido: (
        sesion_web(mercado.comprador).get(f"/pedidos/{pedido.id}").text,
        sesion_web(mercado.vendedor).get(f"/vender/pedidos/{pedido.id}").text,
    )


def test_quien_hizo_que(mercado: Mercado, mirar: Callable[[Pedido], tuple[str, str]]) -> None:
    pedido = mercado.pedido((mercado.publicar("Gorro", existencia=10), 5))
    with transaccion() as sesion:
        (linea,) = lineas_del_pedido(sesion, pedido.id)
        cumplir.cancelar(sesion, mercado.actor, pedido.id, "Era mucho", {linea.fila.id: 2})
    with transaccion() as sesion:
        cumplir.preparar(sesion, mercado.actor_vendedor, pedido.id)
    with transaccion() as sesion:
        cumplir.cancelar(sesion, mercado.actor_vendedor, pedido.id, "No alcanza", {linea.fila.id: 1})
    mercado.llevar(pedido, "EMA", "EMI")
    mercado.cobrar(pedido)
    suya, de_quien_vende = map(hitos, mirar(pedido))
    assert suya == de_quien_vende
    assert [(que, dicho.split(": ")[0]) for que, dicho in suya] == [
        ("Pagado", "Quien compró"),
        ("Se canceló 2 unidades de «Gorro»", "Quien compró"),
        ("En preparación", "Quien vende"),
        ("Se canceló 1 unidad de «Gorro»", "Quien vende"),
        ("En camino", "El correo"),
        ("Entregado", "El correo"),
        ("Concluido", "Qhatu"),
    ]
    assert suya[1][1] == "Quien compró: Era mucho"


def test_lo_que_se_cancela_por_su_plazo(mercado: Mercado, mirar: Callable[[Pedido], tuple[str, str]]) -> None:
    """Said once, with whose it was."""
    pedido = mercado.pedido((mercado.publicar(), 1))
    mercado.reloj.adelantar(timedelta(days=15))
    assert tareas.cancelar_vencidos() == 1
    motivo = "Qhatu: El vendedor no despachó a tiempo."
    assert hitos(mirar(pedido)[0]) == [("Pagado", "Quien compró"), ("Cancelado", motivo)]


def test_cuando_llega(mercado: Mercado, tarifas: Tarifas, mirar: Callable[[Pedido], tuple[str, str]]) -> None:
    """By the service that they were charged, of the two that its operator has published."""
    tarifas()
    cobrar(mercado, Cobro(correo=True))
    pedido = mercado.pedido((mercado.publicar(), 1), porte=bs("10.00"))
    assert "Encomienda ordinaria: llega en 1 día hábil desde que el correo lo recibe." in mirar(pedido)[0]
    assert "promete entregarlo" not in mirar(pedido)[0]
    mercado.llevar(pedido, "EMA")
    html = mirar(pedido)[0]
    dia = html.partition("El correo promete entregarlo hasta el ")[2].partition(".")[0]
    hoy = fecha_bolivia(ahora())
    assert dia in {filtro_fecha(hoy + timedelta(days=n)) for n in range(1, 6)}
    mercado.reloj.adelantar(timedelta(days=8))
    assert f"El correo prometió entregarlo hasta el {dia}: lleva retraso." in mirar(pedido)[0]
    mercado.anotar(pedido, "EDG")
    assert "lleva retraso" in mirar(pedido)[0]
    mercado.anotar(pedido, "EDH")  # it waits for them
    assert "Viene en camino" in mirar(pedido)[0]
    assert "lleva retraso" not in mirar(pedido)[0]


def test_de_un_servicio_hecho_queda_lo_que_se_declaro(
    mercado: Mercado, mirar: Callable[[Pedido], tuple[str, str]]
) -> None:
    pedido = mercado.pedido(
        (mercado.publicar("Bordado", categoria="confeccion", unidad_medida="servicio"), 1)
    )
    with transaccion() as sesion:
        cumplir.prestar(sesion, mercado.actor_vendedor, pedido.id, "Bordado y entregado en mano")
    with transaccion() as sesion:
        cumplir.dar_conformidad(sesion, mercado.actor, pedido.id)
    assert "El servicio se dio por conforme." in mirar(pedido)[0]
    mercado.cobrar(pedido)
    html = mirar(pedido)[0]
    assert "Servicio concluido: quien vende ya cobró." in html
    assert "Bordado y entregado en mano" in html
    assert "Lo recibió" not in html


def test_despues_de_un_reclamo_se_dice_que_sigue(mercado: Mercado, sesion_web: Pagina) -> None:
    """Of 50.00, 20.00 went back: the rest has a date for who sells."""
    pedido = mercado.pedido((mercado.publicar(precio="50.00"), 1))
    mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        reclamo = reclamar.abrir(sesion, mercado.actor, pedido.id, MotivoReclamo.DANADO, "Llegó roto")
    with transaccion() as sesion:
        reclamar.responder(
            sesion, mercado.actor_vendedor, reclamo.id, "Solo una parte", bs("20.00"), acepta=False
        )
    pagina = f"/reclamos-de-compra/{reclamo.id}"
    assert "que quedan se le pagan" not in sesion_web(mercado.comprador).get(pagina).text
    with transaccion() as sesion:
        reclamar.aceptar_oferta(sesion, mercado.actor, reclamo.id)
    for persona in (mercado.comprador, mercado.vendedor):
        html = sesion_web(persona).get(pagina).text.replace("\u00a0", " ")
        assert "Volvieron Bs 20,00 a quien compró." in html
        assert "Los Bs 30,00 que quedan se le pagan a quien vende el " in html
    suya = sesion_web(mercado.comprador).get(f"/pedidos/{pedido.id}").text.replace("\u00a0", " ")
    assert hitos(suya)[-1] == ("Por un reclamo volvieron Bs 20,00", "")


def test_lo_que_tiene_reglas_se_dice_al_publicar(mercado: Mercado, sesion_web: Pagina) -> None:
    html = sesion_web(mercado.vendedor).get(f"/vender/productos/nuevo?unidad={mercado.unidad.id}").text
    no_se_vende, pide = html.partition("No se vende:")[2].split("Pide permiso a quien vende:")
    assert "Sustancias controladas" in no_se_vende
    assert "Bebidas alcohólicas" in pide
    assert "Bebidas alcohólicas" not in no_se_vende


def test_sin_reglas_de_una_clase_no_se_dice_de_ella(
    mercado: Mercado, sesion_web: Pagina, duenio: Engine
) -> None:
    """And of a product that is published already, only where they are."""
    with duenio.begin() as conexion:
        conexion.execute(text("DELETE FROM comercio_regla_de_venta WHERE clase = 'prohibido'"))
    vendedora = sesion_web(mercado.vendedor)
    html = vendedora.get(f"/vender/productos/nuevo?unidad={mercado.unidad.id}").text
    assert ("No se vende:" in html, "Pide permiso a quien vende:" in html) == (False, True)
    html = vendedora.get(f"/vender/productos/{mercado.publicar().id}").text
    assert ("Pide permiso" in html, html.count('href="/tienda/reglas"')) == (False, 1)
