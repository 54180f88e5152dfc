"""What postage costs, in the pages of who sells and of who buys and over the API, and how many statements."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from comercio.carrito import Titular, agregar
from comercio.compra.hacer import SolicitudCompra, comprar
from comercio.direcciones import guardar_direccion
from comercio.formas import Cobro, olvidar_tarifas
from comercio.formas import FormaDeEntrega as F
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from tests.comercio.conftest import ENTREGA, Mercado
from tests.comercio.portes.conftest import Tarifas
from tests.comercio.portes.test_portes import Leer, cobrar
from tests.comercio.test_web import ENTREGA as EN_LA_PAGINA
from tests.comercio.test_web import oculto

BS = "Bs\u00a0"


def test_quien_vende_dice_cuanto_cobra(mercado: Mercado, sesion_web: Any, leer: Leer) -> None:
    vendedora = sesion_web(mercado.vendedor)
    url = f"/vender/entregas?unidad={mercado.unidad.id}"
    pagina = vendedora.get(url).text
    datos = {
        "_id": oculto(pagina, "_id"),
        "correo": "1",
        "cobra_correo": "1",
        "reparto": "1",
        "zonas.0.municipio_ine": "020105",
        "zonas.0.monto": "7,50",
        "zonas.1.municipio_ine": "",
        "zonas.1.monto": "",
        "gratis_desde": "200",
    }
    for mala in ({"zonas.0.monto": ""}, {"zonas.0.monto": "5000"}, {"gratis_desde": "0"}, {"reparto": ""}):
        assert vendedora.post(url, data=datos | mala).status_code == 422, mala
    assert leer("SELECT count(*) FROM comercio_forma_de_entrega") == [(0,)]
    assert vendedora.post(url, data=datos).status_code == 303
    assert leer("SELECT forma, ofrece, cobra, gratis_desde FROM comercio_forma_de_entrega ORDER BY 1") == [
        ("correo", True, True, 20_000),
        ("reparto", True, True, 20_000),
        ("retiro", False, False, None),
    ]
    assert leer("SELECT municipio_ine, monto FROM comercio_zona_de_reparto") == [("020105", 750)]
    pagina = vendedora.get(url).text
    assert 'value="7,50"' in pagina
    assert 'value="200,00"' in pagina
    leidas = vendedora.get(f"/api/v1/formas-de-entrega?unidad_id={mercado.unidad.id}").json()["datos"]
    assert [(f["forma"], f["cobra"], f["zonas"]) for f in leidas] == [
        ("correo", True, []),
        ("reparto", True, [{"municipio_ine": "020105", "monto": {"monto": "7.50", "moneda": "BOB"}}]),
    ]
    sin_zonas = {n: t for n, t in datos.items() if not n.startswith("zonas")} | {"_id": str(nuevo_id())}
    assert vendedora.post(url, data=sin_zonas).status_code == 303
    assert leer("SELECT count(*) FROM comercio_zona_de_reparto") == [(0,)]


def test_se_ve_antes_de_pagar_y_se_paga_lo_visto(
    mercado: Mercado, tarifas: Tarifas, sesion_web: Any, leer: Leer
) -> None:
    """Without JavaScript: where to is said, the amount comes, and nothing else is charged."""
    tarifas()
    zonas = {"020101": bs("6.00"), "020105": bs("4.00")}
    cobrar(mercado, Cobro(correo=True, zonas=zonas), F.CORREO, F.REPARTO)
    compradora = sesion_web(mercado.comprador)
    compradora.post("/carrito/lineas", data={"producto_id": str(mercado.publicar(precio="50.00").id)})
    carrito = compradora.get("/carrito").text
    assert "Total sin el envío" in carrito
    assert "según el lugar" in carrito
    carrito = compradora.get("/carrito?municipio=050101").text
    assert f"{BS}18,00" in carrito
    assert f"{BS}68,00" in carrito
    pagina = compradora.get("/comprar").text
    assert f"El Alto, La Paz ({BS}4,00); La Paz, La Paz ({BS}6,00)" in pagina  # two places, four names
    quien = {"formas.0.vendedor_id": str(mercado.unidad.id), "formas.0.forma": "correo"}
    datos = (
        EN_LA_PAGINA | quien | {"_id": oculto(pagina, "_id"), "huella": oculto(pagina, "huella"), "porte": ""}
    )
    mirada = compradora.post("/comprar", data=datos | {"ver_envio": "1", "destinatario": ""})
    assert (mirada.status_code, oculto(mirada.text, "porte")) == (200, "10,00")
    llega = "Encomienda ordinaria: 1 día hábil desde que el correo lo recibe"
    assert f"con Correos de Prueba, {llega}" in mirada.text
    assert f"Pagar {BS}60,00" in mirada.text
    sin_ver = compradora.post("/comprar", data=datos)
    assert (sin_ver.status_code, f"El total actualizado es {BS}60,00" in sin_ver.text) == (409, True)
    otra = compradora.post("/comprar", data=datos | {"porte": "10,00", "formas.0.forma": "reparto"})
    assert (otra.status_code, oculto(otra.text, "porte")) == (409, "4,00")
    lejos = {"formas.0.forma": "reparto", "municipio_ine": "090101", "ver_envio": "1"}
    nadie = compradora.post("/comprar", data=datos | lejos).text
    assert "no llega así lo de" in nadie
    assert ("Pagar Bs" in nadie.replace("\xa0", " "), "Total de la compra" in nadie) == (False, True)
    assert leer("SELECT count(*) FROM comercio_compra") == [(0,)]
    con_nombre = compradora.post("/comprar", data=datos | {"porte": "10,00", "factura.nombre": "Hilos SRL"})
    assert (con_nombre.status_code, "Escriba el NIT, con números, o borre" in con_nombre.text) == (422, True)
    assert compradora.post("/comprar", data=datos | {"porte": "10,00"}).status_code == 303
    assert leer("SELECT total, porte FROM comercio_pedido JOIN comercio_custodia ON pedido_id = id") == [
        (6_000, 1_000)
    ]
    ((pedido,),) = leer("SELECT id FROM comercio_pedido")
    vista = compradora.get(f"/pedidos/{pedido}").text
    assert (
        f'<span class="linea__detalle">Envío</span><span class="linea__importe monto">{BS}10,00</span>'
        in vista
    )
    assert f"Envío por la tarifa de Correos de Prueba, {llega.replace(': ', ': llega en ')}." in vista
    venta = sesion_web(mercado.vendedor).get(f"/vender/pedidos/{pedido}").text
    assert "El envío se cobró por la tarifa de Correos de Prueba, Encomienda ordinaria, de 400 g." in venta


def test_por_la_api(mercado: Mercado, tarifas: Tarifas, sesion_web: Any, leer: Leer) -> None:
    tarifas()
    cobrar(mercado, Cobro(correo=True, zonas={"020105": bs("4.00")}), F.CORREO, F.REPARTO)
    compradora = sesion_web(mercado.comprador)
    compradora.post("/carrito/lineas", data={"producto_id": str(mercado.publicar(precio="50.00").id)})
    portes = compradora.get("/api/v1/carrito/portes?municipio_ine=020105").json()
    assert [(d["forma"], d["porte"]["monto"], d["operador"], d["dias"]) for d in portes["datos"]] == [
        ("correo", "10.00", "Correos de Prueba", 1),
        ("reparto", "4.00", None, None),
    ]
    lejos = compradora.get("/api/v1/carrito/portes?municipio_ine=080101").json()
    assert [d["porte"] for d in lejos["datos"]] == [None, None]
    assert compradora.get("/api/v1/carrito/portes?municipio_ine=999999").status_code == 422
    pedido = {"entrega": ENTREGA.model_dump(mode="json")}
    cabecera = {"Idempotency-Key": str(nuevo_id())}
    mal = compradora.post("/api/v1/pedidos", json=pedido, headers=cabecera)
    assert (mal.status_code, mal.json()["codigo"], mal.json()["porte"]["monto"]) == (
        409,
        "cambio_de_porte",
        "10.00",
    )
    pedido["porte"] = mal.json()["porte"]
    bien = compradora.post("/api/v1/pedidos", json=pedido, headers={"Idempotency-Key": str(nuevo_id())})
    assert (bien.status_code, bien.json()["total"]["monto"]) == (201, "60.00")


def test_cuantas_sentencias(
    mercado: Mercado,
    tarifas: Tarifas,
    sesion_web: Any,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Any],
    contar_consultas: Callable[[], Any],
) -> None:
    """Product and cart, with postage, at most eight; a purchase of five lines from three sellers, 45."""
    tarifas()
    mercados = [mercado]
    for n in range(2):
        quien = crear_persona(f"Vendedora {n}")
        unidad = crear_unidad(f"Taller {n}", representante=quien, habilitaciones=["VENDEDOR"])
        mercados.append(replace(mercado, vendedor=quien, unidad=unidad, actor_vendedor=actor_de(quien)))
    productos = []
    for m in mercados:
        cobrar(m, Cobro(correo=True))
        productos += [m.publicar(f"Manta {k}", precio="20.00") for k in range(2)]
    with transaccion() as sesion:
        guardar_direccion(sesion, mercado.actor, "Casa", ENTREGA)
        for p in productos[:5]:
            agregar(sesion, Titular(persona_id=mercado.comprador.id), mercado.variante(p), 1)
    compradora = sesion_web(mercado.comprador)
    url = f"/productos/{productos[0].id}"

    def costo(ruta: str) -> int:
        compradora.get(ruta)
        with contar_consultas() as sentencias:
            assert compradora.get(ruta).status_code == 200
        return len(sentencias)

    con_porte = costo(url)
    assert costo("/carrito") <= 8
    assert f"Envío desde {BS}10,00 a El Alto" in compradora.get(f"/productos/{productos[0].id}").text
    assert f"{BS}130,00" in compradora.get("/carrito").text  # five of 20.00, and three parcels
    mercado.comprar(*((p, 1) for p in productos[:5]), total=bs("130.00"))  # it opens the accounts of each
    olvidar_tarifas()
    with transaccion() as sesion, contar_consultas() as sentencias:
        solicitud = SolicitudCompra(nuevo_id(), ENTREGA, total=bs("130.00"))
        comprar(sesion, mercado.actor, solicitud)
    print(len(sentencias), *(" ".join(s.split())[:170] for s in sentencias), sep="\n")
    assert len(sentencias) <= 45
    cobrar(mercado, Cobro())
    assert con_porte <= costo(url) + 1, "the place of the person"
