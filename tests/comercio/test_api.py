"""The JSON routes: the whole story through them, with their statuses and refusals."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from comercio.pedidos.tareas import liberar_vencidas
from envios import avanzar_demo
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from tests.comercio.conftest import Mercado

Leer = Callable[..., list[tuple[Any, ...]]]
ENTREGA = {
    "destinatario": "Ana Prueba",
    "telefono": "71234567",
    "municipio_ine": "020105",
    "referencia": "Puerta verde",
}


@pytest.fixture
def api(cliente: Any, token_de: Callable[..., str], mercado: Mercado) -> Callable[..., Any]:
    """`api("vendedor", "post", "/productos", json=…)`; None makes the request without a token."""
    tokens = {"vendedor": token_de(mercado.vendedor), "comprador": token_de(mercado.comprador)}

    def pedir(quien: str | None, metodo: str, ruta: str, **opciones: Any) -> Any:
        cabeceras = opciones.pop("headers", {})
        if quien:
            cabeceras["Authorization"] = f"Bearer {tokens[quien]}"
        return cliente.request(metodo.upper(), f"/api/v1{ruta}", headers=cabeceras, **opciones)

    return pedir


def nuevo(mercado: Mercado, **campos: Any) -> dict[str, Any]:
    return {
        "unidad_id": str(mercado.unidad.id),
        "titulo": "Poncho",
        "categoria": "alpaca-y-llama",
        "precio": {"monto": "120.50"},
        "existencia": 5,
        "peso_g": 800,
        "publicar": True,
    } | campos


def test_de_publicar_a_cobrar(mercado: Mercado, api: Callable[..., Any], leer: Leer) -> None:
    creado = api("vendedor", "post", "/productos", json=nuevo(mercado))
    assert creado.status_code == 201
    producto = creado.json()
    assert producto["precio"] == {"monto": "120.50", "moneda": "BOB"}
    assert creado.headers["etag"] == '"1"'
    lista = api(None, "get", "/productos?q=poncho").json()
    assert [p["titulo"] for p in lista["datos"]] == ["Poncho"]
    assert lista["facetas"]["total"] == 1
    carrito = api("comprador", "post", "/carrito/lineas", json={"producto_id": producto["id"], "cantidad": 2})
    assert carrito.status_code == 201
    assert carrito.json()["total"]["monto"] == "241.00"
    compra = {"entrega": ENTREGA, "huella": carrito.json()["huella"], "id": str(nuevo_id())}
    hecha = api("comprador", "post", "/pedidos", json=compra)
    assert hecha.status_code == 201
    assert api("comprador", "post", "/pedidos", json=compra).json() == hecha.json()
    (pedido,) = hecha.json()["pedidos"]
    assert pedido["estado"] == "pagado"
    assert api("comprador", "get", "/carrito").json()["lineas"] == []
    ventas = api("vendedor", "get", f"/ventas?unidad_id={mercado.unidad.id}&estado=pagado").json()
    assert [v["id"] for v in ventas["datos"]] == [pedido["id"]]
    ruta = f"/pedidos/{pedido['id']}"
    assert api("vendedor", "post", f"{ruta}/preparacion").json()["estado"] == "en_preparacion"
    despacho = api("vendedor", "post", f"{ruta}/despacho", json={"operador_id": str(mercado.operador.id)})
    assert (despacho.json()["estado"], despacho.json()["dinero"]["estado"]) == ("en_preparacion", "retenida")
    assert [p["estado"] for p in despacho.json()["paquetes"]] == ["anunciado"]
    assert despacho.json()["envio_numero"] == despacho.json()["paquetes"][0]["envio_numero"]
    assert despacho.json()["comision"] == {
        "tasa_pb": 300,
        "monto": {"monto": "7.23", "moneda": "BOB"},
        "impuesto": {"monto": "0.94", "moneda": "BOB"},
        "neto": {"monto": "233.77", "moneda": "BOB"},
    }
    ((envio_id,),) = leer("SELECT envio_id FROM comercio_paquete")
    with transaccion() as sesion:
        avanzar_demo(sesion, envio_id, "fin")
    entregar_pendientes()
    visto = api("comprador", "get", ruta).json()
    assert (visto["estado"], visto["dinero"]["estado"]) == ("entregado", "por_liberar")
    assert visto["dinero"]["liberar_en"] is not None
    assert api("comprador", "post", f"{ruta}/conformidad").status_code == 200
    assert liberar_vencidas() == 1
    visto = api("comprador", "get", ruta).json()
    assert (visto["estado"], visto["dinero"]["estado"]) == ("concluido", "liberada")
    assert visto["comision"] is None
    assert [p["estado"] for p in visto["pasos"]] == [
        "pagado", "en_preparacion", "entregado", "concluido"
    ]  # fmt: skip
    assert len(api("comprador", "get", "/pedidos").json()["datos"]) == 1
    assert api("comprador", "get", "/pedidos?abiertos=true").json()["datos"] == []


def test_editar_exige_la_version_leida(mercado: Mercado, api: Callable[..., Any], leer: Leer) -> None:
    producto = mercado.publicar(precio="50.00")
    ruta, cambio = f"/productos/{producto.id}", {"precio": {"monto": "60.00"}}
    assert api("vendedor", "patch", ruta, json=cambio).status_code == 428
    assert api("vendedor", "patch", ruta, json=cambio, headers={"If-Match": '"9"'}).status_code == 412
    assert api("comprador", "patch", ruta, json=cambio, headers={"If-Match": '"1"'}).status_code == 403
    assert api(None, "patch", ruta, json=cambio, headers={"If-Match": '"1"'}).status_code == 401
    assert leer("SELECT precio FROM comercio_producto") == [(5000,)]
    bien = api("vendedor", "patch", ruta, json=cambio, headers={"If-Match": '"1"'})
    assert (bien.status_code, bien.headers["etag"]) == (200, '"2"')
    assert leer("SELECT precio FROM comercio_producto") == [(6000,)]


def test_existencia_solo_para_quien_vende(mercado: Mercado, api: Callable[..., Any]) -> None:
    producto = mercado.publicar()
    mercado.comprar((producto, 2))
    publico = api(None, "get", f"/productos/{producto.id}").json()
    assert (publico["disponible"], publico["existencia"], publico["reservado"]) == ("8", None, None)
    suyo = api("vendedor", "get", f"/productos/{producto.id}").json()
    assert (suyo["disponible"], suyo["existencia"], suyo["reservado"]) == ("8", "10", "2")


@pytest.mark.parametrize(
    "cambio",
    [
        {"titulo": "x"},
        {"titulo": "a\u0000bc"},
        {"precio": {"monto": "0.00"}},
        {"precio": {"monto": "1.234"}},
        {"precio": {"monto": "-1.00"}},
        {"precio": {"monto": "1000000.01"}},
        {"categoria": "textiles"},
        {"categoria": "no-existe"},
        {"existencia": -1},
        {"unidad_medida": "puñado"},
        {"sku": "con espacio"},
        {"sorpresa": 1},
    ],
)
def test_producto_mal_hecho(mercado: Mercado, api: Callable[..., Any], leer: Leer, cambio: Any) -> None:
    respuesta = api("vendedor", "post", "/productos", json=nuevo(mercado, **cambio))
    assert respuesta.status_code == 422
    assert respuesta.headers["content-type"] == "application/problem+json"
    assert leer("SELECT count(*) FROM comercio_producto") == [(0,)]


def test_rechazos_de_la_compra(mercado: Mercado, api: Callable[..., Any], leer: Leer) -> None:
    producto = mercado.publicar(precio="600.00", existencia=3)
    linea = {"producto_id": str(producto.id), "cantidad": 1}
    desconocida = linea | {"producto_id": str(nuevo_id())}
    casos = [
        ({"entrega": ENTREGA}, 409, "carrito_vacio"),
        ({"entrega": ENTREGA, "lineas": [linea | {"cantidad": 4}]}, 409, "sin_existencia"),
        ({"entrega": ENTREGA, "lineas": [linea | {"cantidad": 2}]}, 409, "fondos_insuficientes"),
        ({"entrega": ENTREGA, "lineas": [linea], "total": {"monto": "1.00"}}, 409, "cambio_de_precio"),
        (
            {"entrega": ENTREGA, "lineas": [desconocida]},
            409,
            "producto_no_disponible",
        ),
        ({"entrega": ENTREGA | {"municipio_ine": "999999"}, "lineas": [linea]}, 422, "entrega_invalida"),
        ({"entrega": ENTREGA | {"telefono": "?"}, "lineas": [linea]}, 422, "datos_invalidos"),
    ]
    for cuerpo, estado, codigo in casos:
        respuesta = api("comprador", "post", "/pedidos", json=cuerpo)
        assert (respuesta.status_code, respuesta.json()["codigo"]) == (estado, codigo)
    assert api(None, "post", "/pedidos", json=casos[0][0]).status_code == 401
    assert leer("SELECT (SELECT count(*) FROM comercio_compra), reservado FROM comercio_existencia") == [
        (0, 0)
    ]


def test_clave_de_idempotencia(mercado: Mercado, api: Callable[..., Any], leer: Leer) -> None:
    producto = mercado.publicar()
    cuerpo = {"entrega": ENTREGA, "lineas": [{"producto_id": str(producto.id), "cantidad": 1}]}
    clave = {"Idempotency-Key": "compra-1"}
    primera = api("comprador", "post", "/pedidos", json=cuerpo, headers=dict(clave))
    segunda = api("comprador", "post", "/pedidos", json=cuerpo, headers=dict(clave))
    assert (segunda.content, segunda.headers["idempotency-replayed"]) == (primera.content, "true")
    otra = api("comprador", "post", "/pedidos", json=cuerpo | {"lineas": None}, headers=dict(clave))
    assert otra.status_code == 422
    assert leer("SELECT count(*) FROM comercio_pedido") == [(1,)]


def test_pedidos_ajenos_no_existen(
    mercado: Mercado, api: Callable[..., Any], cliente: Any, crear_persona: Callable[..., Any], token_de: Any
) -> None:
    pedido = mercado.pedido((mercado.publicar(), 1))
    token = token_de(crear_persona("Otro"))
    for metodo, ruta, cuerpo, estado in (
        ("GET", "", None, 404),
        ("POST", "/preparacion", None, 404),
        ("POST", "/despacho", {"operador_id": str(mercado.operador.id)}, 404),
        ("POST", "/conformidad", None, 404),
        ("POST", "/prestacion", {"evidencia": "Quedó bien"}, 404),
        ("POST", "/cancelacion", {"motivo": "porque sí"}, 404),
    ):
        url = f"/api/v1/pedidos/{pedido.id}{ruta}"
        respuesta = cliente.request(metodo, url, json=cuerpo, headers={"Authorization": f"Bearer {token}"})
        assert respuesta.status_code == estado, ruta
    ajenas = cliente.get(
        f"/api/v1/ventas?unidad_id={mercado.unidad.id}", headers={"Authorization": f"Bearer {token}"}
    )
    assert ajenas.status_code == 403
    assert (
        api("comprador", "post", f"/pedidos/{pedido.id}/cancelacion", json={"motivo": "ya no"}).status_code
        == 200
    )


def test_paginas_del_catalogo(mercado: Mercado, api: Callable[..., Any]) -> None:
    for n in range(5):
        mercado.publicar(f"Manta {n}")
    vistos: list[str] = []
    cursor = ""
    for _ in range(3):
        pagina = api(None, "get", f"/productos?limite=2{cursor}").json()
        vistos += [p["titulo"] for p in pagina["datos"]]
        cursor = f"&cursor={pagina['siguiente']}"
    assert vistos == [f"Manta {n}" for n in (4, 3, 2, 1, 0)]
    assert pagina["siguiente"] is None
    assert api(None, "get", "/productos?cursor=xx").status_code == 422
    assert "alpaca-y-llama" in api(None, "get", "/categorias").json()["textiles"]


@pytest.mark.parametrize(("etiqueta", "estado"), [('W/"1"', 200), ('"1", "2"', 412), ("1", 412), ('""', 412)])
def test_la_marca_que_un_intermediario_debilito_sirve(
    mercado: Mercado, api: Callable[..., Any], etiqueta: str, estado: int
) -> None:
    """A proxy that compresses what we answered makes its ETag weak."""
    producto = mercado.publicar(precio="50.00")
    cambio = {"precio": {"monto": "60.00"}}
    respuesta = api(
        "vendedor", "patch", f"/productos/{producto.id}", json=cambio, headers={"If-Match": etiqueta}
    )
    assert respuesta.status_code == estado


def test_el_codigo_propio_se_puede_vaciar(mercado: Mercado, api: Callable[..., Any], leer: Leer) -> None:
    producto = mercado.publicar(sku="A-1")
    ruta = f"/productos/{producto.id}"
    cambio = api("vendedor", "patch", ruta, json={"sku": ""}, headers={"If-Match": '"1"'})
    assert cambio.status_code == 200
    ((sku,),) = leer("SELECT sku FROM comercio_variante")
    assert re.fullmatch("Q-[0-9A-F]{8}", sku)
    assert cambio.json()["sku"] == sku


@pytest.mark.parametrize(
    ("escrito", "queda"),
    [("(591) 71234567", "+59171234567"), ("71.234.567", "+59171234567"), ("2-2123456", "+59122123456")],
)
def test_el_telefono_de_entrega_se_lee_como_en_el_registro_y_queda_en_e164(escrito: str, queda: str) -> None:
    from comercio.direcciones import Entrega

    assert Entrega.model_validate(ENTREGA | {"telefono": escrito}).telefono == queda
