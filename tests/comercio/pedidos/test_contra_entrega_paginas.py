"""Paying at the door in the pages of both sides and over the API; nothing needs JavaScript."""

from typing import Any

from ciudadania import obtener_persona
from comercio.formas import Cobro, declarar
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from tests.comercio.conftest import ENTREGA as A_SU_CASA
from tests.comercio.pedidos.test_contra_entrega import CORREO, Puerta
from tests.comercio.pedidos.test_contra_entrega import puerta as puerta
from tests.comercio.portes.conftest import _tarifas_frescas as _tarifas_frescas
from tests.comercio.portes.conftest import tarifas as tarifas
from tests.comercio.test_web import ENTREGA, oculto

BS = "Bs\u00a0"
OFRECE = "¿Prefiere pagar al recibir?"


def test_quien_vende_lo_acepta(puerta: Puerta, sesion_web: Any) -> None:
    m = puerta.mercado
    vendedora = sesion_web(m.vendedor)
    url = f"/vender/entregas?unidad={m.unidad.id}"
    datos = {"_id": oculto(vendedora.get(url).text, "_id"), "correo": "1"}
    assert vendedora.post(url, data=datos).status_code == 303
    acepta = "SELECT forma, contra_entrega FROM comercio_forma_de_entrega WHERE ofrece"
    assert puerta.leer(acepta) == [("correo", False)]
    otra = {"_id": str(nuevo_id()), "contra_entrega": "1"}
    assert vendedora.post(url, data=otra | {"retiro": "1", "donde": "En la plaza"}).status_code == 422
    assert vendedora.post(url, data=otra | {"correo": "1"}).status_code == 303
    assert puerta.leer(acepta) == [("correo", True)]
    leidas = vendedora.get(f"/api/v1/formas-de-entrega?unidad_id={m.unidad.id}").json()["datos"]
    assert [(f["forma"], f["contra_entrega"]) for f in leidas] == [("correo", True)]


def test_se_elige_al_comprar_y_se_dice_a_los_dos(puerta: Puerta, sesion_web: Any) -> None:
    m = puerta.mercado
    compradora, vendedora = sesion_web(m.comprador), sesion_web(m.vendedor)
    compradora.post("/carrito/lineas", data={"producto_id": str(puerta.chompa.id)})
    with transaccion() as sesion:
        declarar(sesion, m.actor_vendedor, m.unidad.id, CORREO)
    assert OFRECE not in compradora.get("/comprar").text
    with transaccion() as sesion:
        declarar(sesion, m.actor_vendedor, m.unidad.id, CORREO, Cobro(contra_entrega=True))
    pagina = compradora.get("/comprar").text
    assert f"pagaré {BS}60,00 al recibir" in pagina
    datos = ENTREGA | {
        "_id": oculto(pagina, "_id"),
        "huella": oculto(pagina, "huella"),
        "contra_entrega": "1",
    }
    lejos = compradora.post("/comprar", data=datos | {"municipio_ine": "070101"})
    assert (lejos.status_code, "Ningún operador cobra en la puerta" in lejos.text) == (409, True)
    assert puerta.leer("SELECT count(*) FROM comercio_pedido") == [(0,)]
    hecha = compradora.post("/comprar", data=datos)
    assert hecha.status_code == 303
    assert compradora.post("/comprar", data=datos).headers["location"] == hecha.headers["location"]
    assert puerta.como_va() == [("confirmado", "por_cobrar")]

    pagina = compradora.get(hecha.headers["location"]).text
    assert f"Pagará {BS}60,00 al recibir" in pagina
    assert "Confirmado, se paga al recibir" in pagina
    (pedido_id,) = puerta.leer("SELECT id FROM comercio_pedido")[0]
    venta = vendedora.get(f"/vender/pedidos/{pedido_id}").text
    assert f"Quien compró pagará {BS}60,00 al recibir" in venta
    assert "Mandar solo una parte" not in venta
    assert "elija un operador que cobre en la puerta" in vendedora.get("/vender/preparar").text
    with transaccion() as sesion:
        from comercio.compra.modelos import Pedido

        pedido = sesion.get_one(Pedido, pedido_id)
    m.llevar(pedido, "EMA", "EDG")
    with transaccion() as sesion:
        cartera = obtener_persona(sesion, m.actor_operador.persona_id)
    assert f"Cobrar {BS}60,00" in sesion_web(cartera).get("/envios/operador?ver=en_reparto").text
    m.anotar(pedido, "EMI")
    assert f"Lo recibió y pagó {BS}60,00 en la puerta" in compradora.get(f"/pedidos/{pedido_id}").text
    for pagina in (
        compradora.get(f"/pedidos/{pedido_id}").text,
        vendedora.get(f"/vender/pedidos/{pedido_id}").text,
    ):
        assert "Entregado y cobrado" in pagina
        assert "Lo cobró el correo" in pagina
        assert "Está en camino" not in pagina
    assert "Entregado y cobrado" in compradora.get("/pedidos").text
    assert "Entregado y cobrado" in vendedora.get("/vender?ver=en-camino").text
    assert f"cobró {BS}60,00: debe rendirlos hasta el" in vendedora.get(f"/vender/pedidos/{pedido_id}").text
    puerta.tiene("60.00")
    puerta.rendir()
    assert "Lo recibió: revíselo" in compradora.get(f"/pedidos/{pedido_id}").text


def test_si_no_todo_se_paga_al_recibir_se_dice(puerta: Puerta, sesion_web: Any) -> None:
    m = puerta.mercado
    compradora = sesion_web(m.comprador)
    arreglo = m.publicar("Arreglo", categoria="confeccion", unidad_medida="servicio")
    for producto in (puerta.chompa, arreglo):
        compradora.post("/carrito/lineas", data={"producto_id": str(producto.id)})
    pagina = compradora.get("/comprar").text
    assert "Esto se paga antes: Arreglo. Lo demás puede pagarlo al recibir" in pagina
    assert 'name="contra_entrega" value="1"' not in pagina


def test_lo_que_se_ofrece_es_lo_que_se_puede(puerta: Puerta, sesion_web: Any) -> None:
    """Nothing is asked of it that would be refused, and nobody is told of money that they did not pay."""
    m = puerta.mercado
    compradora, vendedora = sesion_web(m.comprador), sesion_web(m.vendedor)
    pedido = puerta.comprar()
    aqui, suya = f"/pedidos/{pedido.id}", f"/vender/pedidos/{pedido.id}"
    assert "Pedir un cambio" not in compradora.get(aqui).text
    assert "Se paga al recibir: se cancela entero." in compradora.get(f"{aqui}/acuerdos").text
    assert "Pedir un cambio" in vendedora.get(suya).text
    acuerdos = vendedora.get(f"{aqui}/acuerdos").text
    assert ("Pedir más días" in acuerdos, "Pedir que vaya menos" in acuerdos) == (True, False)
    vendedora.post(f"{suya}/preparacion")
    assert f"Pagará {BS}120,00 al recibir" in compradora.get(f"/compras-hechas/{pedido.compra_id}").text
    assert "El dinero vuelve" not in compradora.get(aqui).text
    compradora.post(f"{aqui}/cancelacion", data={"motivo": "Ya no lo quiero"})
    despues = compradora.get(aqui).text
    assert ("Pedido cancelado." in despues, "volvió" in despues) == (True, False)
    assert "Pagó" not in compradora.get(f"/compras-hechas/{pedido.compra_id}").text


def test_por_la_api(puerta: Puerta, sesion_web: Any) -> None:
    api = sesion_web(puerta.mercado.comprador)
    cuerpo = {
        "lineas": [{"producto_id": str(puerta.chompa.id), "cantidad": 1}],
        "entrega": A_SU_CASA.model_dump(),
        "contra_entrega": True,
    }
    clave = {"Idempotency-Key": str(nuevo_id())}
    caro = cuerpo | {"lineas": [{"producto_id": str(puerta.chompa.id), "cantidad": 17}]}
    negada = api.post("/api/v1/pedidos", json=caro, headers={"Idempotency-Key": str(nuevo_id())})
    assert (negada.status_code, negada.json()["codigo"]) == (409, "sin_contra_entrega")
    tarjeta = api.post(
        "/api/v1/compras-con-tarjeta", json=cuerpo, headers={"Idempotency-Key": str(nuevo_id())}
    )
    assert (tarjeta.status_code, tarjeta.json()["codigo"]) == (409, "sin_contra_entrega")
    hecha = api.post("/api/v1/pedidos", json=cuerpo, headers=clave)
    assert hecha.status_code == 201
    (pedido,) = hecha.json()["pedidos"]
    assert pedido["estado"] == "confirmado"
    dinero = api.get(f"/api/v1/pedidos/{pedido['id']}").json()["dinero"]
    assert (dinero["estado"], dinero["contra_entrega"], dinero["por_cobrar"]["monto"]) == (
        "por_cobrar",
        True,
        "60.00",
    )
    assert dinero["en_custodia"]["monto"] == "0.00"
