"""What a product cost: since it went on sale, the lowest of its variants, for who would buy it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from comercio.catalogo import desde_cuanto, hace_dias, menor_en
from comercio.catalogo.esquemas import ProductoCambios, VarianteCambios, VarianteNueva
from comercio.catalogo.estados import EstadoProducto
from comercio.catalogo.historial import historial_de
from comercio.catalogo.publicar import editar_producto
from comercio.catalogo.variar import crear_variante, editar_variante
from nucleo.bd import transaccion
from nucleo.dinero import bs
from tests.comercio.conftest import Mercado


def _editar(mercado: Mercado, producto: Any, **cambios: Any) -> None:
    from comercio.catalogo.consultas import detalle_de_producto

    with transaccion() as sesion:
        version = detalle_de_producto(sesion, producto.id, mercado.actor_vendedor).producto.version
        editar_producto(sesion, mercado.actor_vendedor, producto.id, version, ProductoCambios(**cambios))


def test_cuenta_desde_que_esta_a_la_venta_y_dice_el_menor_de_30_dias(
    mercado: Mercado, cliente: Any, reloj: Any, contar_consultas: Callable[[], Any]
) -> None:
    chompa = mercado.publicar("Chompa", precio="500.00", publicar=False)
    _editar(mercado, chompa, precio=bs("80.00"))  # a draft's price was never asked of anybody
    reloj.adelantar(timedelta(days=1))
    _editar(mercado, chompa, estado=EstadoProducto.PUBLICADO)
    pagina = cliente.get(f"/productos/{chompa.id}").text
    assert "Su precio en el último año" not in pagina
    reloj.adelantar(timedelta(days=40))
    _editar(mercado, chompa, precio=bs("100.00"))
    reloj.adelantar(timedelta(days=5))
    _editar(mercado, chompa, precio=bs("90.00"))

    ficha = cliente.get(f"/api/v1/productos/{chompa.id}/precios").json()
    assert [p["precio"]["monto"] for p in ficha["desde_cuanto"]] == ["80.00", "100.00", "90.00"]
    assert [len(v["precios"]) for v in ficha["variantes"]] == [3]
    assert ficha["menor_de_30_dias"] == {"monto": "80.00", "moneda": "BOB"}  # it was, 5 days ago
    reloj.adelantar(timedelta(days=26))
    ficha = cliente.get(f"/api/v1/productos/{chompa.id}/precios").json()
    assert ficha["menor_de_30_dias"]["monto"] == "90.00"
    cliente.get(f"/productos/{chompa.id}")  # what is kept in memory for minutes is read once
    with contar_consultas() as sentencias:
        pagina = cliente.get(f"/productos/{chompa.id}").text
    propias = [s.strip()[:90] for s in sentencias if "set_config" not in s]
    assert len(propias) <= 8, propias
    assert "Su precio en el último año" in pagina
    assert "<svg" in pagina
    assert "Ver los datos" in pagina
    reloj.adelantar(timedelta(days=366))
    ficha = cliente.get(f"/api/v1/productos/{chompa.id}/precios").json()
    assert [p["precio"]["monto"] for p in ficha["desde_cuanto"]] == ["90.00"]


def test_de_varias_variantes_dice_la_mas_barata(mercado: Mercado, cliente: Any, reloj: Any) -> None:
    chompa = mercado.publicar("Chompa", precio="80.00")
    primera = mercado.variante(chompa)
    with transaccion() as sesion:
        talla = VarianteCambios(atributos={"talla": "M"})
        editar_variante(sesion, mercado.actor_vendedor, chompa.id, primera, chompa.version, talla)
    reloj.adelantar(timedelta(days=1))
    with transaccion() as sesion:
        otra = VarianteNueva(atributos={"talla": "S"}, precio=bs("70.00"), existencia=1)
        crear_variante(sesion, mercado.actor_vendedor, chompa.id, chompa.version + 1, otra)
    reloj.adelantar(timedelta(days=1))
    with transaccion() as sesion:
        sube = VarianteCambios(precio=bs("85.00"))
        editar_variante(sesion, mercado.actor_vendedor, chompa.id, primera, chompa.version + 2, sube)
    with transaccion() as sesion:
        historial = historial_de(sesion, chompa.id)
        bajos = desde_cuanto(historial)
        assert [[p.precio for p in v] for v in historial.values()] == [
            [bs("80.00"), bs("85.00")],
            [bs("70.00")],
        ]
        assert [p.precio for p in bajos] == [bs("80.00"), bs("70.00")]
        assert menor_en(bajos, hace_dias()) == bs("70.00")


def test_de_lo_que_no_se_ve_no_se_dice(mercado: Mercado, cliente: Any) -> None:
    borrador = mercado.publicar("Chompa", publicar=False)
    assert cliente.get(f"/api/v1/productos/{borrador.id}/precios").status_code == 404
