"""How many statements the pages that everybody opens and a purchase may take, with nothing remembered."""

from collections.abc import Callable
from typing import Any

import pytest

from comercio.busqueda.comunes import olvidar_comunes
from comercio.busqueda.entender import olvidar_sinonimos
from comercio.busqueda.facetas import olvidar_facetas
from comercio.carrito.llenar import Titular, agregar
from comercio.catalogo.categorias import olvidar_arbol
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from tests.comercio.conftest import Mercado, sin_el_reloj

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
    olvidar_comunes()
    olvidar_arbol()


def test_lista_producto_y_carrito_en_ocho_sentencias(
    mercado: Mercado, cliente: Any, sesion_web: Any, cinco: list[Any], contar_consultas: Any
) -> None:
    """With all that the server remembers forgotten; of who is not signed in, who buys and who sells.
    (A search of theirs takes one more, once, when nothing at all is remembered.)
    """
    quien = Titular(persona_id=mercado.comprador.id)
    with transaccion() as sesion:
        for producto in cinco:
            agregar(sesion, quien, mercado.variante(producto), 1)
    anonimo = cliente.post("/api/v1/carrito/lineas", json={"producto_id": str(cinco[0].id), "cantidad": 1})
    assert anonimo.status_code == 201
    comprador, vendedora = sesion_web(mercado.comprador), sesion_web(mercado.vendedor)
    guardado = comprador.post(f"/productos/{cinco[0].id}/favorito")
    preguntado = comprador.post(f"/productos/{cinco[0].id}/preguntas", data={"texto": "¿De qué tamaño es?"})
    assert (guardado.status_code, preguntado.status_code) == (303, 303)
    for navegador in (cliente, comprador, vendedora):
        for ruta in ("/tienda", "/tienda?q=manta", f"/productos/{cinco[0].id}", "/carrito"):
            if navegador is cliente or "?" not in ruta:
                _olvidar()
            with contar_consultas() as sentencias:
                assert navegador.get(ruta).status_code == 200
            propias = sin_el_reloj(sentencias)
            assert len(propias) <= DE_PAGINA, (ruta, len(propias), "\n".join(s[:160] for s in propias))


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
    """The whole request: token, idempotency key, purchase, answer. The first time the buyer's party and cart
    and the accounts of who sells are made too."""
    for _vez in range(2):
        cuerpo = {
            "id": str(nuevo_id()),
            "lineas": [{"producto_id": str(p.id), "cantidad": 1} for p in cinco],
            "entrega": ENTREGA,
        }
        cabeceras = {
            "Authorization": f"Bearer {token_de(mercado.comprador)}",
            "Idempotency-Key": str(nuevo_id()),
        }
        _olvidar()
        with contar_consultas() as sentencias:
            hecha = cliente.post("/api/v1/pedidos", json=cuerpo, headers=cabeceras)
        assert hecha.status_code == 201, hecha.text
        assert len(hecha.json()["pedidos"]) == 3
        propias = sin_el_reloj(sentencias)
        assert len(propias) <= DE_COMPRA, "\n".join(s[:160] for s in propias)
