"""Pages and API of promotions and coupons, for who sells and for who buys."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from comercio.promociones.modelos import Cupon, Promocion
from nucleo.reloj import ahora, fecha_bolivia
from tests.comercio.conftest import ENTREGA, Mercado, sin_el_reloj


def _llano(pagina: str) -> str:
    """The text of a page, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", pagina).replace("\xa0", " ").split())


def _oculto(pagina: str, nombre: str) -> str:
    hallado = re.search(rf'name="{nombre}" value="([^"]+)"', pagina)
    assert hallado
    return hallado[1]


def test_quien_vende_crea_pausa_y_termina(
    mercado: Mercado,
    sesion_web: Callable[..., Any],
    leer: Callable[..., Any],
    crear_unidad: Callable[..., Any],
) -> None:
    chompa = mercado.variante(mercado.publicar("Chompa", precio="50.00"))
    mercado.publicar("Gorro")
    vendedora = sesion_web(mercado.vendedor)
    hoy = fecha_bolivia(ahora())
    datos = {
        "_id": _oculto(vendedora.get("/vender/promociones").text, "_id"),
        "unidad_id": str(mercado.unidad.id),
        "nombre": "Semana del tejido",
        "clase": "porcentaje",
        "cuanto": "12,5",
        "desde": hoy.isoformat(),
        "hasta": (hoy + timedelta(days=6)).isoformat(),
        "alcance": "elegidos",
    }
    assert vendedora.post("/vender/promociones", data=datos).status_code == 422
    datos["elegidas.0.id"] = str(chompa)
    for _vez in range(2):
        assert vendedora.post("/vender/promociones", data=datos).status_code == 303
    assert leer("SELECT nombre, valor, alcance, estado FROM comercio_promocion") == [
        ("Semana del tejido", 1250, "elegidos", "activa")
    ]
    pagina = _llano(vendedora.get("/vender/promociones").text)
    assert "Semana del tejido En vigor 12,5 % menos · 1 producto" in pagina
    ((promocion,),) = leer("SELECT id FROM comercio_promocion")
    ruta = f"/vender/promociones/{promocion}/estado"
    for estado, dice in (("pausada", "En pausa"), ("activa", "En vigor"), ("terminada", "Terminó")):
        assert vendedora.post(ruta, data={"estado": estado}).status_code == 303
        assert f"Semana del tejido {dice}" in _llano(vendedora.get("/vender/promociones").text)
    crear_unidad("Abarcas de Prueba", representante=mercado.vendedor, habilitaciones=["VENDEDOR"])
    negada = vendedora.post(f"{ruta}?unidad={mercado.unidad.id}", data={"estado": "activa"})
    assert (negada.status_code, "Semana del tejido Terminó" in _llano(negada.text)) == (409, True)

    cupon = {k: v for k, v in datos.items() if k in ("unidad_id", "clase", "desde", "hasta")}
    cupon |= {"codigo": "feria 10", "cuanto": "10", "minimo": "100", "usos": "50"}
    malo = vendedora.post("/vender/cupones", data=cupon)
    assert (malo.status_code, "sin tildes ni espacios" in malo.text) == (422, True)
    assert vendedora.post("/vender/cupones", data=cupon | {"codigo": "feria10"}).status_code == 303
    pagina = _llano(vendedora.get(f"/vender/promociones?unidad={mercado.unidad.id}").text)
    assert "FERIA10 En vigor 10 % menos · desde Bs 100,00 · usado 0 de 50 veces" in pagina


def test_se_busca_lo_que_se_marca(
    mercado: Mercado,
    sesion_web: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    leer: Callable[..., Any],
) -> None:
    """With more than fit in the list, they are looked for; what was ticked comes back with a refusal."""
    for modulo in ("comercio.catalogo.precios", "comercio.promociones.web"):
        monkeypatch.setattr(f"{modulo}.LINEAS_MAXIMAS", 2)
    publicados = [mercado.publicar(f"Chompa {n}", sku=f"CH-{n}") for n in range(3)]
    zapato = mercado.variante(mercado.publicar("Zapato de cuero", sku="ZA-1"))
    vendedora = sesion_web(mercado.vendedor)

    def se_ven(pagina: str) -> list[str]:
        return re.findall(r"<span>((?:Chompa|Zapato)[^<]*?) <span", pagina)

    assert se_ven(vendedora.get("/vender/promociones").text) == ["Chompa 0", "Chompa 1"]
    assert "Si es de algunos productos" in vendedora.get("/vender/promociones").text
    assert se_ven(vendedora.get("/vender/promociones?q=zapato").text) == ["Zapato de cuero"]
    assert se_ven(vendedora.get("/vender/promociones?q=CH-2").text) == ["Chompa 2"]
    assert "Ninguno de sus productos dice eso" in vendedora.get("/vender/promociones?q=avión").text
    hoy = fecha_bolivia(ahora())
    datos = {
        "unidad_id": str(mercado.unidad.id),
        "nombre": "x",
        "clase": "porcentaje",
        "cuanto": "10",
        "desde": hoy.isoformat(),
        "hasta": (hoy + timedelta(days=6)).isoformat(),
        "alcance": "elegidos",
        "elegidas.0.id": str(zapato),
        "elegidas.1.id": "nada",
    }
    negada = vendedora.post("/vender/promociones", data=datos)
    assert (negada.status_code, se_ven(negada.text)) == (422, ["Zapato de cuero", "Chompa 0", "Chompa 1"])
    assert f'value="{zapato}" checked' in negada.text
    del datos["elegidas.1.id"]
    assert vendedora.post("/vender/promociones", data=datos | {"nombre": "Del cuero"}).status_code == 303
    assert leer("SELECT count(*) FROM comercio_promocion") == [(1,)]
    assert len(publicados) == 3
    caro = {"nombre": "De más", "clase": "monto", "cuanto": "1000", "alcance": "tienda"}
    assert vendedora.post("/vender/promociones", data=datos | caro).status_code == 303
    assert "hoy no rebaja nada" in vendedora.get("/vender/promociones").text


def test_las_que_terminaron_hace_mucho_se_ven_en_otra_pagina(
    mercado: Mercado, sesion_web: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comercio.promociones.web.POR_PAGINA", 1)
    mercado.publicar("Chompa")
    vendedora = sesion_web(mercado.vendedor)
    hoy = fecha_bolivia(ahora())
    comunes = {
        "unidad_id": str(mercado.unidad.id),
        "clase": "porcentaje",
        "cuanto": "10",
        "desde": hoy.isoformat(),
        "hasta": (hoy + timedelta(days=6)).isoformat(),
    }
    for n in ("Primera", "Segunda"):
        promocion = comunes | {"nombre": n, "alcance": "tienda"}
        assert vendedora.post("/vender/promociones", data=promocion).status_code == 303
        assert vendedora.post("/vender/cupones", data=comunes | {"codigo": n, "usos": "5"}).status_code == 303
    pagina = vendedora.get("/vender/promociones").text
    assert ("Segunda" in pagina, "Primera" in pagina, "SEGUNDA" in pagina) == (True, False, True)
    mas = {
        m["que"]: m[0].replace("&amp;", "&")
        for m in re.finditer(r"/vender[^\"]+(?P<que>cursor|cupones)=[^\"]+", pagina)
    }
    de_antes = vendedora.get(mas["cursor"]).text
    assert ("Primera" in de_antes, "Segunda" in de_antes, "SEGUNDA" in de_antes) == (True, False, True)
    de_antes = vendedora.get(mas["cupones"]).text
    assert ("PRIMERA" in de_antes, "Segunda" in de_antes) == (True, True)


def test_quien_compra_ve_antes_promocion_y_cupon(
    mercado: Mercado,
    promo: Callable[..., Promocion],
    cupon: Callable[..., Cupon],
    cliente: Any,
    sesion_web: Callable[..., Any],
    contar_consultas: Callable[[], Any],
) -> None:
    chompa = mercado.publicar("Chompa", precio="80.00")
    mercado.publicar("Gorro", precio="20.00")
    mercado.reloj.adelantar(timedelta(days=40))
    promo(cuanto="25", nombre="Semana del tejido")
    cupon(clase="monto", cuanto="6.00")
    costos = []
    for ruta in ("/tienda", f"/productos/{chompa.id}"):
        cliente.get(ruta)
        with contar_consultas() as sentencias:
            pagina = cliente.get(ruta).text
        costos.append(len(sin_el_reloj(sentencias)))
        assert "Bs 60,00 antes Bs 80,00" in _llano(pagina), ruta
    assert (costos[0], costos[1] <= 8) == (1, True)
    assert "Promoción «Semana del tejido»: 25 % menos, hasta el" in _llano(pagina)
    comprador = sesion_web(mercado.comprador)
    assert comprador.post(f"/productos/{chompa.id}/favorito").status_code == 303
    assert "Bs 60,00 antes Bs 80,00 Disponible" in _llano(comprador.get("/mis-favoritos").text)
    assert comprador.post("/carrito/lineas", data={"producto_id": str(chompa.id)}).status_code == 303
    malo = comprador.post("/carrito/cupon", data={"codigo": "NADIE123"})
    assert (malo.status_code, "no es de ninguna tienda de su carrito" in malo.text) == (409, True)
    assert comprador.post("/carrito/cupon", data={"codigo": "feria10"}).status_code == 303
    comprador.get("/carrito")
    with contar_consultas() as sentencias:
        carrito = _llano(comprador.get("/carrito").text)
    assert len(sin_el_reloj(sentencias)) <= 8
    assert "Promoción «Semana del tejido»: − Bs 20,00" in carrito
    assert "Cupón FERIA10 − Bs 6,00" in carrito
    comprar = comprador.get("/comprar").text
    assert "Pagar Bs 54,00" in _llano(comprar)
    datos = {"_id": _oculto(comprar, "_id"), "huella": _oculto(comprar, "huella")}
    hecha = comprador.post("/comprar", data=ENTREGA.model_dump() | datos)
    assert hecha.status_code == 303
    pedido = _llano(comprador.get(hecha.headers["location"]).text)
    assert "Promoción «Semana del tejido»: − Bs 20,00 Cupón FERIA10: − Bs 6,00" in pedido
    assert "Total Bs 54,00" in pedido
    venta = hecha.headers["location"].replace("/pedidos/", "/vender/pedidos/")
    assert "1 × Chompa: Bs 54,00" in _llano(sesion_web(mercado.vendedor).get(f"{venta}/nota").text)


def test_el_cupon_que_dejo_de_valer_se_dice_al_pagar(
    mercado: Mercado, cupon: Callable[..., Cupon], sesion_web: Callable[..., Any], leer: Callable[..., Any]
) -> None:
    chompa, fila = mercado.publicar("Chompa", precio="80.00"), cupon()
    comprador, vendedora = sesion_web(mercado.comprador), sesion_web(mercado.vendedor)
    comprador.post("/carrito/lineas", data={"producto_id": str(chompa.id)})
    comprador.post("/carrito/cupon", data={"codigo": "FERIA10"})
    comprar = comprador.get("/comprar").text
    datos = {"_id": _oculto(comprar, "_id"), "huella": _oculto(comprar, "huella")}
    vendedora.post(f"/vender/cupones/{fila.id}/estado", data={"estado": "pausada"})
    negada = comprador.post("/comprar", data=ENTREGA.model_dump() | datos)
    assert negada.status_code == 409
    assert "El cupón FERIA10 está en pausa: quien vende lo detuvo." in negada.text
    assert leer("SELECT count(*) FROM comercio_compra") == [(0,)]
    assert comprador.get("/comprar").headers["location"] == "/carrito"
    assert comprador.post("/carrito/cupon", data={"codigo": ""}).status_code == 303
    assert "Pagar Bs 80,00" in _llano(comprador.get("/comprar").text)


def test_por_programa(mercado: Mercado, cliente: Any, token_de: Callable[..., Any]) -> None:
    chompa = mercado.publicar("Chompa", precio="80.00")
    hoy = fecha_bolivia(ahora()).isoformat()

    def pedir(quien: Any, metodo: str, ruta: str, **que: Any) -> Any:
        cabeceras = {"Authorization": f"Bearer {token_de(quien)}", "Idempotency-Key": f"{ruta}-{metodo}-0001"}
        return cliente.request(metodo, f"/api/v1{ruta}", headers=cabeceras, **que)

    comun = {"unidad_id": str(mercado.unidad.id), "cuanto": "25", "desde": hoy, "hasta": hoy}
    nueva = comun | {"nombre": "Un día", "clase": "porcentaje"}
    hecha = pedir(mercado.vendedor, "POST", "/promociones", json=nueva)
    assert (hecha.status_code, hecha.json()["cuanto"], hecha.json()["alcance"]) == (201, "25", "tienda")
    de_ella = {"unidad_id": str(mercado.unidad.id)}
    lista = pedir(mercado.vendedor, "GET", "/promociones", params=de_ella)
    assert [p["nombre"] for p in lista.json()["datos"]] == ["Un día"]
    nuevo = comun | {"codigo": "API2026", "clase": "monto", "usos": 1}
    dado = pedir(mercado.vendedor, "POST", "/cupones", json=nuevo)
    assert (dado.status_code, dado.json()["minimo"]["monto"], dado.json()["usados"]) == (201, "0.00", 0)
    linea = {"producto_id": str(chompa.id), "cantidad": "1"}
    pedir(mercado.comprador, "POST", "/carrito/lineas", json=linea)
    carrito = pedir(mercado.comprador, "PUT", "/carrito/cupon", json={"codigo": "API2026"}).json()
    assert carrito["cupon"] == {
        "codigo": "API2026",
        "descuento": {"monto": "25.00", "moneda": "BOB"},
        "problema": "",
    }
    (fila,) = carrito["lineas"]
    assert (fila["precio"]["monto"], fila["rebaja"]["monto"], fila["antes"]) == ("60.00", "20.00", None)
    assert carrito["total"]["monto"] == "35.00"
    cuerpo = {"entrega": ENTREGA.model_dump(), "total": {"monto": "35.00"}}
    compra = pedir(mercado.comprador, "POST", "/pedidos", json=cuerpo)
    assert compra.status_code == 201
    pedido = pedir(mercado.comprador, "GET", f"/pedidos/{compra.json()['pedidos'][0]['id']}").json()
    assert pedido["lineas"][0]["descuento"]["monto"] == "45.00"
    assert [(c["clase"], c["monto"]["monto"], c["detalle"]) for c in pedido["cargos"]] == [
        ("bienes", "80.00", ""),
        ("descuento", "-20.00", "Promoción «Un día»"),
        ("descuento", "-25.00", "Cupón API2026"),
    ]
    lista = pedir(mercado.vendedor, "GET", "/cupones", params=de_ella)
    assert [c["usados"] for c in lista.json()["datos"]] == [1]
