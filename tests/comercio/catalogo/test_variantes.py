"""Variants: made and sold one by one, by their measure, at the price of the quantity."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import lxml.html
import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from comercio.busqueda.buscar import buscar_productos
from comercio.carrito.llenar import Titular, agregar, ver_carrito
from comercio.catalogo.errores import (
    CantidadInvalida,
    ElijaVariante,
    EscalaInvalida,
    SkuRepetido,
    UltimaVariante,
    VarianteRepetida,
)
from comercio.catalogo.esquemas import ProductoCambios, VarianteCambios, VarianteNueva
from comercio.catalogo.estados import EstadoProducto
from comercio.catalogo.modelos import Producto, Variante
from comercio.catalogo.publicar import editar_producto
from comercio.catalogo.variar import crear_variante, editar_variante
from comercio.catalogo.verificar import existencias
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from tests.comercio.conftest import Mercado
from tests.comercio.test_web import oculto

Leer = Callable[..., list[tuple[Any, ...]]]


def version(producto: Producto) -> int:
    with transaccion() as sesion:
        return sesion.get_one(Producto, producto.id).version


def variar(mercado: Mercado, producto: Producto, **datos: Any) -> Variante:
    with transaccion() as sesion:
        nueva = VarianteNueva.model_validate({"precio": bs("50.00"), "existencia": 3} | datos)
        return crear_variante(sesion, mercado.actor_vendedor, producto.id, version(producto), nueva)


def cambiar(mercado: Mercado, producto: Producto, cual: Any, **cambios: Any) -> None:
    with transaccion() as sesion:
        editar_variante(
            sesion,
            mercado.actor_vendedor,
            producto.id,
            cual,
            version(producto),
            VarianteCambios.model_validate(cambios),
        )


def estado(mercado: Mercado, producto: Producto, nuevo: EstadoProducto) -> None:
    with transaccion() as sesion:
        cambios = ProductoCambios(estado=nuevo)
        editar_producto(sesion, mercado.actor_vendedor, producto.id, version(producto), cambios)


@pytest.fixture
def polera(mercado: Mercado) -> tuple[Producto, Any, Variante]:
    """M red at 50 with 10, and L blue at 60 with 3."""
    producto = mercado.publicar("Polera", sku="P-M")
    primera = mercado.variante(producto)
    cambiar(mercado, producto, primera, atributos={"talla": "M", "color": "rojo"})
    otra = variar(mercado, producto, sku="P-L", precio=bs("60.00"), atributos={"talla": "L", "color": "azul"})
    return producto, primera, otra


def test_cada_variante_se_vende_por_si_misma(
    mercado: Mercado, polera: tuple[Producto, Any, Variante], leer: Leer
) -> None:
    producto, primera, otra = polera
    with transaccion() as sesion:
        (ficha,) = buscar_productos(sesion, "polera azul").productos
        assert (ficha.precio, ficha.precio_maximo, ficha.disponible) == (bs("50.00"), bs("60.00"), 13)
        quien = Titular(persona_id=mercado.comprador.id)
        with pytest.raises(ElijaVariante):
            mercado.comprar((producto, 1))
        agregar(sesion, quien, otra.id, 2)
        agregar(sesion, quien, primera, 1)
        vista = ver_carrito(sesion, quien)
        assert [(x.opcion.nombre, x.importe) for x in vista.lineas] == [
            ("color azul, talla L", bs("120.00")),
            ("color rojo, talla M", bs("50.00")),
        ]
    pedido = mercado.pedido()
    assert pedido.total == bs("170.00")
    assert leer("SELECT sku, opcion, cantidad, importe FROM comercio_pedido_linea ORDER BY sku") == [
        ("P-L", "color azul, talla L", 2, 12000),
        ("P-M", "color rojo, talla M", 1, 5000),
    ]
    assert leer(
        "SELECT sku, existencia, reservado FROM comercio_variante v JOIN comercio_existencia e "
        "ON e.variante_id = v.id ORDER BY sku"
    ) == [("P-L", 3, 2), ("P-M", 10, 1)]
    assert leer("SELECT disponible FROM comercio_producto") == [(10,)]


def test_un_filtro_es_de_una_misma_variante(
    mercado: Mercado, polera: tuple[Producto, Any, Variante], cliente: Any
) -> None:
    """M red at 50 and L blue at 60: nothing is M and blue, nor between 52 and 58."""
    for consulta, cuantos in (
        ("atributo=talla:M&atributo=color:rojo", 1),
        ("atributo=talla:M&atributo=color:azul", 0),
        ("atributo=talla:L&precio_max=5500", 0),
        ("precio_min=5200&precio_max=5800", 0),
        ("precio_min=5200&precio_max=6000", 1),
        ("q=polera&atributo=color:azul&con_existencia=true", 1),
        ('atributo=talla:M"]', 0),
    ):
        hallado = cliente.get(f"/api/v1/productos?{consulta}").json()
        assert (consulta, len(hallado["datos"]), hallado["facetas"]["total"]) == (consulta, cuantos, cuantos)
    assert cliente.get("/api/v1/productos?atributo=talla").status_code == 422


def test_los_atributos_se_eligen_en_la_pagina_y_no_se_cuentan_a_si_mismos(
    mercado: Mercado, polera: tuple[Producto, Any, Variante], cliente: Any
) -> None:
    """With M chosen, L is still there to be chosen; of the colours, only what comes in M."""
    mercado.publicar("Gorro")
    listado = "/api/v1/productos?categoria=alpaca-y-llama"
    assert cliente.get(listado).json()["facetas"]["atributos"] == {
        "talla": [{"valor": "L", "productos": 1}, {"valor": "M", "productos": 1}],
        "color": [{"valor": "azul", "productos": 1}, {"valor": "rojo", "productos": 1}],
    }
    assert cliente.get(f"{listado}&atributo=talla:M").json()["facetas"]["atributos"] == {
        "talla": [{"valor": "L", "productos": 1}, {"valor": "M", "productos": 1}],
        "color": [{"valor": "rojo", "productos": 1}],
    }
    direccion = "/tienda?categoria=alpaca-y-llama&atributo=talla%3AM"
    pagina = lxml.html.fromstring(cliente.get(direccion).text)
    (facetas,) = pagina.cssselect("details.facetas")
    enlaces = {" ".join(a.text_content().split()): a.get("href") for a in facetas.cssselect("li a")}
    assert enlaces["L 1"] == "/tienda?categoria=alpaca-y-llama&atributo=talla%3AL"
    assert enlaces["M (elegido: quitar) 1"] == "/tienda?categoria=alpaca-y-llama"
    assert [i.get("value") for i in facetas.cssselect("input[name=atributo]")] == ["talla:M"]
    ajenos = "/tienda?categoria=alpaca-y-llama&atributo=sabor:miel&atributo=talla&atributo=talla:%00"
    assert "2 productos" in cliente.get(ajenos).text


def test_lo_que_no_puede_ser_una_variante_no_cambia_nada(
    mercado: Mercado, polera: tuple[Producto, Any, Variante], leer: Leer, duenio: Engine
) -> None:
    producto, primera, otra = polera
    antes = leer("SELECT * FROM comercio_variante ORDER BY id")
    for error, datos in (
        (VarianteRepetida, {"atributos": {"talla": "L", "color": "azul"}}),
        (SkuRepetido, {"atributos": {"talla": "S"}, "sku": "P-M"}),
        (DatosInvalidos, {"atributos": {}}),
        (DatosInvalidos, {"atributos": {"aroma": "rosas"}}),
        (DatosInvalidos, {"atributos": {"talla": "S"}, "precio": bs("0.00")}),
        (CantidadInvalida, {"atributos": {"talla": "S"}, "existencia": Decimal("1.5")}),
        (EscalaInvalida, {"atributos": {"talla": "S"}, "precios_por_cantidad": [
            {"desde": 3, "precio": bs("40.00")}, {"desde": 6, "precio": bs("40.00")}]}),
    ):  # fmt: skip
        with pytest.raises(error):
            variar(mercado, producto, **datos)
    cambiar(mercado, producto, otra.id, a_la_venta=False)
    with pytest.raises(UltimaVariante):
        cambiar(mercado, producto, primera, a_la_venta=False)
    assert leer("SELECT disponible, jsonb_array_length(opciones) FROM comercio_producto") == [(10, 1)]
    cambiar(mercado, producto, otra.id, a_la_venta=True)
    assert leer("SELECT * FROM comercio_variante ORDER BY id") == antes
    with pytest.raises(IntegrityError, match="no bajan"), duenio.begin() as conexion:
        conexion.exec_driver_sql(
            "INSERT INTO comercio_precio_por_cantidad SELECT id, 2, precio FROM comercio_variante"
        )
    with transaccion() as sesion:
        assert existencias(sesion) == []


def test_por_kilo_y_por_cantidad(mercado: Mercado, leer: Leer) -> None:
    """From 10 kilos on, cheaper; a line is rounded once, half up; half a chompa is not sold."""
    quinua = mercado.publicar("Quinua", unidad_medida="kg", precio="22.50", existencia=Decimal("40.5"))
    escala = [{"desde": 10, "precio": bs("19.99")}, {"desde": 20, "precio": bs("18.00")}]
    cambiar(mercado, quinua, mercado.variante(quinua), precios_por_cantidad=escala)
    for cantidad, precio, importe in (("0.3333", 2250, 750), ("10.25", 1999, 20490), ("20", 1800, 36000)):
        pedido = mercado.pedido((quinua, Decimal(cantidad)))
        assert leer(
            "SELECT cantidad, precio, importe FROM comercio_pedido_linea WHERE pedido_id = :id", id=pedido.id
        ) == [(Decimal(cantidad), precio, importe)]
    assert leer("SELECT reservado FROM comercio_existencia") == [(Decimal("30.5833"),)]
    poco = mercado.publicar("Azafrán", unidad_medida="kg", precio="0.01")
    for producto, cantidad in ((mercado.publicar("Chompa"), "0.5"), (poco, "0.4")):
        with pytest.raises(CantidadInvalida):
            mercado.comprar((producto, Decimal(cantidad)))
    assert leer("SELECT count(*) FROM comercio_pedido") == [(3,)]


def test_lo_retirado_suelta_su_codigo_y_vuelve(mercado: Mercado, leer: Leer) -> None:
    viejo = mercado.publicar("Manta vieja", sku="M-1")
    estado(mercado, viejo, EstadoProducto.RETIRADO)
    nuevo = mercado.publicar("Manta nueva", sku="M-1")
    with pytest.raises(SkuRepetido):
        estado(mercado, viejo, EstadoProducto.BORRADOR)
    assert leer("SELECT estado FROM comercio_producto WHERE id = :id", id=viejo.id) == [("retirado",)]
    estado(mercado, nuevo, EstadoProducto.RETIRADO)
    estado(mercado, viejo, EstadoProducto.BORRADOR)
    estado(mercado, viejo, EstadoProducto.PUBLICADO)
    assert leer("SELECT titulo, p.estado, v.estado, disponible FROM comercio_producto p "
                "JOIN comercio_variante v ON v.producto_id = p.id ORDER BY titulo") == [
        ("Manta nueva", "retirado", "archivada", 0), ("Manta vieja", "publicado", "activa", 10)
    ]  # fmt: skip


def test_paginas_de_quien_vende_y_de_quien_compra(
    mercado: Mercado, sesion_web: Callable[..., Any], leer: Leer
) -> None:
    """Without JavaScript: sizes are added, stock is counted, a size is chosen and bought."""
    producto = mercado.publicar("Polera")
    primera = mercado.variante(producto)
    vendedora, base = sesion_web(mercado.vendedor), f"/vender/productos/{producto.id}"
    atributos = {"atributos.0.nombre": "talla", "atributos.1.nombre": "color"}
    datos = atributos | {"precio": "50", "unidad_medida": "unidad", "atributos.0.valor": "M"}
    hoja = vendedora.get(f"{base}/variantes/{primera}").text
    marcas = {"_version": oculto(hoja, "_version")}
    assert "Decir cuál es" in vendedora.get(base).text
    assert vendedora.post(f"{base}/variantes/{primera}", data=datos | marcas).status_code == 303
    nueva = datos | {
        "precio": "60",
        "atributos.0.valor": "L",
        "existencia": "2",
        "precios_por_cantidad.0.desde": "3",
        "precios_por_cantidad.0.precio": "55",
    }
    repetida = vendedora.post(f"{base}/variantes/nueva", data=nueva | {"atributos.0.valor": "M"})
    assert (repetida.status_code, "Ya tiene una variante igual" in repetida.text) == (409, True)
    fila = "precios_por_cantidad.1"
    for desde, precio, campo, dicho in (
        ("5", "58", "precio", "Debe costar menos de Bs\u00a055,00"),
        ("3", "40", "desde", "Debe empezar desde más de 3"),
        ("4,5", "40", "desde", "Se vende entero"),
    ):
        mala = vendedora.post(
            f"{base}/variantes/nueva", data=nueva | {f"{fila}.desde": desde, f"{fila}.precio": precio}
        )
        assert (mala.status_code, f'<a href="#{fila}.{campo}">{dicho}' in mala.text) == (422, True)
    assert vendedora.post(f"{base}/variantes/nueva", data=nueva).status_code == 303
    ((otra,),) = leer("SELECT id FROM comercio_variante WHERE precio = 6000")
    cuenta = {"motivo": "recuento", "cantidad": "7", "detalle": "Inventario"}
    assert vendedora.post(f"{base}/variantes/{otra}/movimientos", data=cuenta).status_code == 303
    pagina = vendedora.get(f"{base}/variantes/{otra}").text
    assert "Recuento: +5" in pagina
    assert "Inventario" in pagina
    assert "talla L" in vendedora.get(base).text

    compradora = sesion_web(mercado.comprador)
    ficha = compradora.get(f"/productos/{producto.id}").text
    assert f'value="{otra}"' in ficha
    assert "Desde 3: Bs\u00a055,00 cada uno (talla L)" in ficha
    sin_elegir = compradora.post("/carrito/lineas", data={"producto_id": str(producto.id), "cantidad": "1"})
    assert (sin_elegir.status_code, 'href="#variante_id"' in sin_elegir.text) == (409, True)
    elegida = {"producto_id": str(producto.id), "variante_id": str(otra), "cantidad": "3"}
    assert compradora.post("/carrito/lineas", data=elegida).status_code == 303
    assert "Bs\u00a0165,00" in compradora.get("/carrito").text

    hoja = vendedora.get(f"{base}/variantes/{otra}").text
    retira = nueva | {"_version": oculto(hoja, "_version"), "retirar": "1"}
    assert vendedora.post(f"{base}/variantes/{otra}", data=retira).status_code == 303
    assert f"{base}/variantes/{otra}" in vendedora.get(base).text
