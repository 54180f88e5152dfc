"""From the cart to the gateway's page and back, with plain forms; the same by the API."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from comercio.por_pagar.tareas import revisar_por_pagar
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from tests.comercio.por_pagar.conftest import VENCE, Caja
from tests.comercio.test_web import ENTREGA, oculto

Leer = Callable[..., list[tuple[Any, ...]]]


def _texto(respuesta: Any) -> str:
    return str(respuesta.text).replace("\u00a0", " ")


def test_pagar_el_carrito_con_tarjeta(caja: Caja, sesion_web: Callable[..., Any], leer: Leer) -> None:
    caja.al_carrito((caja.mercado.publicar("Chompa", precio="50.00"), 2))
    navegador = sesion_web(caja.mercado.comprador)
    pagina = navegador.get("/comprar")
    assert 'formaction="/comprar/con-tarjeta"' in pagina.text
    datos = {"_id": oculto(pagina.text, "_id"), "huella": oculto(pagina.text, "huella")}
    incompleta = navegador.post("/comprar/con-tarjeta", data=datos | ENTREGA | {"telefono": "xx"})
    assert (incompleta.status_code, leer("SELECT count(*) FROM pagos_intento")) == (422, [(0,)])
    ida = navegador.post("/comprar/con-tarjeta", data=datos | ENTREGA)
    alojada = urlsplit(ida.headers["location"]).path
    assert (ida.status_code, alojada.startswith("/simulada/pagar/")) == (303, True)
    assert (
        navegador.post("/comprar/con-tarjeta", data=datos | ENTREGA).headers["location"]
        == ida.headers["location"]
    )

    espera = f"/compras-por-pagar/{datos['_id']}"
    assert navegador.get("/comprar").headers["location"] == espera
    dice = _texto(navegador.get(espera))
    assert "Esperando el pago" in dice
    assert "Bs 100,00" in dice
    assert 'http-equiv="refresh"' in dice
    assert alojada in dice
    (pedido_id,) = leer("SELECT id FROM comercio_pedido")[0]
    for ruta in (f"/pedidos/{pedido_id}", f"/vender/pedidos/{pedido_id}"):
        assert navegador.get(ruta).status_code == 404
    assert sesion_web(caja.mercado.vendedor).get(f"/vender/pedidos/{pedido_id}").status_code == 404
    assert navegador.get(f"/compras-hechas/{datos['_id']}").headers["location"] == espera
    assert sesion_web(caja.mercado.vendedor).get(espera).status_code == 404

    caja.pagar(datos["_id"])
    assert navegador.get(espera).headers["location"] == f"/compras-hechas/{datos['_id']}"
    assert "Pagado" in _texto(navegador.get(f"/compras-hechas/{datos['_id']}"))
    pago = f"/pagos-con-tarjeta/{datos['_id']}"
    assert espera in navegador.get(pago).text
    # Whoever comes back from the gateway goes on to what they bought, without pressing anything.
    assert navegador.get(f"{pago}?vuelta=1").headers["location"] == espera
    assert (caja.en_el_carrito(), caja.estados(datos["_id"])) == ([], ("pagada", {"pagado"}))
    caja.cuadra()


def test_dejarla_y_que_venza(caja: Caja, sesion_web: Callable[..., Any], leer: Leer) -> None:
    caja.al_carrito((caja.mercado.publicar("Chompa", precio="50.00"), 2))
    navegador = sesion_web(caja.mercado.comprador)
    una = caja.comprar()
    pagina = navegador.get(f"/compras-por-pagar/{una}").text
    hecho = navegador.post(f"/compras-por-pagar/{una}/dejar", data={"_id": oculto(pagina, "_id")})
    assert (hecho.headers["location"], caja.en_el_carrito()) == ("/carrito", [2])
    assert "Usted dejó la compra" in _texto(navegador.get(f"/compras-por-pagar/{una}"))
    otra = caja.comprar()
    caja.mercado.reloj.adelantar(VENCE)
    revisar_por_pagar()
    dice = _texto(navegador.get(f"/compras-por-pagar/{otra}"))
    assert "Nada queda apartado y su carrito está como estaba" in dice
    assert 'http-equiv="refresh"' not in dice
    assert navegador.get("/comprar").status_code == 200
    # A second window, which still shows the checkout, learns of the one that waits.
    espera = caja.comprar()
    datos = {"_id": str(nuevo_id()), "huella": "0" * 64}
    for ruta in ("/comprar", "/comprar/con-tarjeta"):
        respuesta = navegador.post(ruta, data=datos | ENTREGA)
        assert respuesta.headers["location"] == f"/compras-por-pagar/{espera}"


def test_por_la_api(caja: Caja, nuevo_cliente: Callable[..., Any], token_de: Callable[..., str]) -> None:
    mercado = caja.mercado
    chompa = mercado.publicar("Chompa", precio="50.00")
    api = nuevo_cliente(headers={"Authorization": f"Bearer {token_de(mercado.comprador)}"})
    pedido = {
        "id": str(nuevo_id()),
        "lineas": [{"producto_id": str(chompa.id), "cantidad": "2"}],
        "entrega": ENTREGA,
    }
    clave = {"Idempotency-Key": str(nuevo_id())}
    creada = api.post("/api/v1/compras-con-tarjeta", json=pedido, headers=clave)
    assert creada.status_code == 201, creada.text
    ficha = creada.json()
    assert (ficha["estado"], ficha["total"]["monto"], ficha["id"]) == ("por_pagar", "100.00", pedido["id"])
    assert [p["estado"] for p in ficha["pedidos"]] == ["por_pagar"]
    assert "/simulada/pagar/" in ficha["pagar_en"]
    assert api.get("/api/v1/pedidos").json()["datos"] == []
    caja.pagar(ficha["id"])
    caja.barrer()
    pagada = api.get(f"/api/v1/compras-con-tarjeta/{ficha['id']}").json()
    assert (pagada["estado"], pagada["pagar_en"]) == ("pagada", None)
    assert [p["estado"] for p in api.get("/api/v1/pedidos").json()["datos"]] == ["pagado"]
    otra_vez = {"Idempotency-Key": str(nuevo_id())}
    tarde = api.post(f"/api/v1/compras-con-tarjeta/{ficha['id']}/abandono", headers=otra_vez)
    assert (tarde.status_code, tarde.json()["codigo"]) == (409, "compra_ya_pagada")
    assert caja.saldo_de(ficha["id"]).saldo == bs(0)
