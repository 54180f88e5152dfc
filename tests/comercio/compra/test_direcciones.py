"""The address book: kept by name, chosen at the checkout, read by nobody else."""

from collections.abc import Callable
from typing import Any

from comercio.direcciones.libro import guardar_direccion
from nucleo.bd import transaccion
from tests.comercio.conftest import ENTREGA, Mercado
from tests.comercio.test_web import ENTREGA as EN_LA_PAGINA
from tests.comercio.test_web import oculto

Leer = Callable[..., list[tuple[Any, ...]]]
LIBRETA = "SELECT nombre, destinatario, referencia FROM comercio_direccion ORDER BY nombre"


def test_se_guarda_al_comprar_y_se_elige_despues(
    mercado: Mercado, sesion_web: Callable[..., Any], leer: Leer
) -> None:
    compradora = sesion_web(mercado.comprador)
    compradora.post("/carrito/lineas", data={"producto_id": str(mercado.publicar().id)})
    pagina = compradora.get("/comprar").text
    datos = {"_id": oculto(pagina, "_id"), "huella": oculto(pagina, "huella"), "guardar_como": "Casa"}
    assert compradora.post("/comprar", data=datos | EN_LA_PAGINA).status_code == 303
    assert leer(LIBRETA) == [("Casa", "Ana Prueba", "Puerta verde")]
    otra = EN_LA_PAGINA | {"nombre": "Casa", "referencia": "Puerta azul"}
    assert compradora.post("/mis-direcciones", data=otra).status_code == 303
    trabajo = otra | {"nombre": "Trabajo", "destinatario": "Ana de día"}
    assert compradora.post("/mis-direcciones", data=trabajo).status_code == 303
    mal = compradora.post("/mis-direcciones", data=trabajo | {"municipio_ine": "999999"})
    assert (mal.status_code, "Elija un municipio" in mal.text) == (422, True)
    assert leer(LIBRETA) == [
        ("Casa", "Ana Prueba", "Puerta azul"),
        ("Trabajo", "Ana de día", "Puerta azul"),
    ]
    ((casa,), (oficina,)) = leer("SELECT id FROM comercio_direccion ORDER BY nombre")
    compradora.post("/carrito/lineas", data={"producto_id": str(mercado.publicar().id)})
    assert 'value="Ana de día"' in compradora.get(f"/comprar?direccion={oficina}").text
    ajena = sesion_web(mercado.vendedor)
    assert ajena.post(f"/mis-direcciones/{casa}/borrado").status_code == 404
    assert compradora.post(f"/mis-direcciones/{casa}/borrado").status_code == 303
    assert [fila[0] for fila in leer(LIBRETA)] == ["Trabajo"]
    assert "Ana de día" in compradora.get("/mis-direcciones").text


def test_por_la_api_y_no_caben_mas_de_veinte(mercado: Mercado, sesion_web: Callable[..., Any]) -> None:
    with transaccion() as sesion:
        for n in range(20):
            guardar_direccion(sesion, mercado.actor, f"Casa {n:02}", ENTREGA)
    compradora = sesion_web(mercado.comprador)
    suyas = compradora.get("/mis-direcciones").text
    assert "Casa 19" in suyas
    llena = compradora.post("/mis-direcciones", data=EN_LA_PAGINA | {"nombre": "Otra"})
    assert (llena.status_code, "borre una antes" in llena.text) == (409, True)
