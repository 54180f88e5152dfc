"""How many statements the pages that everybody opens and a purchase may take, with nothing remembered."""

from collections.abc import Callable
from typing import Any

import pytest

from comercio.busqueda.entender import olvidar_sinonimos
from comercio.busqueda.facetas import olvidar_facetas
from comercio.carrito.llenar import Titular, agregar
from comercio.catalogo.categorias import olvidar_arbol
from comercio.vendedores import olvidar_ausentes
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from tests.comercio.conftest import Mercado

DE_PAGINA, DE_COMPRA = 8, 45
ENTREGA = {
    "destinatario": "Ana Prueba",
    "telefono": "71234567",
    "municipio_ine": "020105",
    "referencia": "Puerta verde",
}


@pytest.fixture
def cinco(mercado: Mercado, crear_unidad: Callable[..., Any]) -> list[Any]:
    """Five products of three sellers, two and two of the first ones."""
    otras = [
        crear_unidad(nombre, representante=mercado.vendedor, habilitaciones=["VENDEDOR"])
        for nombre in ("Café de Prueba", "Cerámica de Prueba")
    ]
    unidades = [mercado.unidad, mercado.unidad, otras[0], otras[0], otras[1]]
    return [mercado.publicar(f"Manta {n}", precio="9.00", unidad_id=u.id) for n, u in enumerate(unidades)]


def _olvidar() -> None:
    olvidar_facetas()
    olvidar_sinonimos()
    olvidar_arbol()
    olvidar_ausentes()


def test_lista_producto_y_carrito_en_ocho_sentencias(
    mercado: Mercado, cliente: Any, sesion_web: Any, cinco: list[Any], contar_consultas: Any
) -> None:
    """With all that the server remembers forgotten; signed in, a list has the session besides."""
    quien = Titular(persona_id=mercado.comprador.id)
    with transaccion() as sesion:
        for producto in cinco:
            agregar(sesion, quien, mercado.variante(producto), 1)
    comprador = sesion_web(mercado.comprador)
    anonimo = cliente.post("/api/v1/carrito/lineas", json={"producto_id": str(cinco[0].id), "cantidad": 1})
    assert anonimo.status_code == 201
    for navegador, ruta in (
        (cliente, "/tienda"),
        (cliente, "/tienda?q=manta"),
        (cliente, f"/productos/{cinco[0].id}"),
        (cliente, "/carrito"),
        (comprador, "/tienda"),
    ):
        _olvidar()
        with contar_consultas() as sentencias:
            assert navegador.get(ruta).status_code == 200
        assert len(sentencias) <= DE_PAGINA, (ruta, len(sentencias), "\n".join(s[:160] for s in sentencias))


def test_una_busqueda_por_categoria_y_lugar(mercado: Mercado, cliente: Any, contar_consultas: Any) -> None:
    """Each kind that was chosen is counted by itself; the tree and the other names of words are known."""
    mercado.publicar("Manta")
    ruta = "/tienda?q=manta&categoria=alpaca-y-llama&departamento=02"
    assert cliente.get(ruta).status_code == 200
    olvidar_facetas()
    with contar_consultas() as sentencias:
        assert "Manta" in cliente.get(ruta).text
    assert len(sentencias) <= DE_PAGINA, "\n".join(s[:160] for s in sentencias)


def test_comprar_cinco_lineas_de_tres_vendedores(
    mercado: Mercado, cliente: Any, token_de: Any, cinco: list[Any], contar_consultas: Any
) -> None:
    """The whole request: token, idempotency key, purchase, answer. Of who bought before: their cart and the
    accounts of who sells are there."""
    mercado.comprar(*((producto, 1) for producto in cinco))
    cuerpo = {
        "id": str(nuevo_id()),
        "lineas": [{"producto_id": str(p.id), "cantidad": 1} for p in cinco],
        "entrega": ENTREGA,
    }
    cabeceras = {"Authorization": f"Bearer {token_de(mercado.comprador)}", "Idempotency-Key": str(nuevo_id())}
    _olvidar()
    with contar_consultas() as sentencias:
        hecha = cliente.post("/api/v1/pedidos", json=cuerpo, headers=cabeceras)
    assert hecha.status_code == 201, hecha.text
    assert len(hecha.json()["pedidos"]) == 3
    assert len(sentencias) <= DE_COMPRA, "\n".join(s[:160] for s in sentencias)
