"""A seller, a buyer with money, a postal operator, and short ways to publish and buy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine, text

from comercio.buscar import olvidar_facetas
from comercio.catalogo import crear_producto
from comercio.categorias import olvidar_arbol
from comercio.comprar import SolicitudCompra, comprar, pedidos_de
from comercio.esquemas import Entrega, ProductoNuevo
from comercio.modelos import Compra, Pedido, Producto
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id

ENTREGA = Entrega(
    destinatario="Ana Prueba",
    telefono="71234567",
    municipio_ine="020105",
    referencia="Puerta verde",
)


@pytest.fixture(autouse=True)
def _sin_memoria() -> Iterator[None]:
    olvidar_facetas()
    olvidar_arbol()
    yield
    olvidar_facetas()


@dataclass
class Mercado:
    """What the tests of this room act with."""

    vendedor: Any
    unidad: Any
    comprador: Any
    operador: Any
    actor_vendedor: Actor
    actor: Actor
    cuenta: int

    def publicar(self, titulo: str = "Chompa de alpaca", **campos: Any) -> Producto:
        """A committed product, on sale unless told."""
        datos: dict[str, Any] = {
            "unidad_id": self.unidad.id,
            "titulo": titulo,
            "descripcion": "Hecha a mano.",
            "categoria": "alpaca-y-llama",
            "precio": bs(campos.pop("precio", "50.00")),
            "existencia": 10,
            "peso_g": 400,
            "publicar": True,
        }
        actor = campos.pop("actor", self.actor_vendedor)
        with transaccion() as sesion:
            return crear_producto(sesion, actor, ProductoNuevo.model_validate(datos | campos))

    def comprar(self, *lineas: tuple[Producto, int], actor: Actor | None = None, **campos: Any) -> Compra:
        """Buy the given lines in a transaction of its own."""
        campos.setdefault("id", nuevo_id())
        campos.setdefault("entrega", ENTREGA)
        pedidas = tuple((p.id, n) for p, n in lineas) or None
        with transaccion() as sesion:
            return comprar(sesion, actor or self.actor, SolicitudCompra(lineas=pedidas, **campos))

    def pedido(self, *lineas: tuple[Producto, int], **campos: Any) -> Pedido:
        """Buy from one seller; the order."""
        compra = self.comprar(*lineas, **campos)
        with transaccion() as sesion:
            (pedido,) = pedidos_de(sesion, compra.id)
        return pedido


@pytest.fixture
def mercado(
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Actor],
    con_saldo: Callable[..., int],
) -> Mercado:
    vendedor = crear_persona("Tomasa")
    comprador = crear_persona("Ana")
    cartero = crear_persona("Corina")
    return Mercado(
        vendedor=vendedor,
        unidad=crear_unidad("Tejidos de Prueba", representante=vendedor, habilitaciones=["VENDEDOR"]),
        comprador=comprador,
        operador=crear_unidad(
            "Correos de Prueba",
            tipo="OPERADOR_POSTAL",
            representante=cartero,
            habilitaciones=["OPERADOR_POSTAL"],
            actividad_ciiu="5310",
        ),
        actor_vendedor=actor_de(vendedor),
        actor=actor_de(comprador),
        cuenta=con_saldo(comprador, "1000.00"),
    )


@pytest.fixture
def leer(bd: Engine) -> Callable[..., Any]:
    """`leer("SELECT …", **parametros)` -> the rows, in a connection of its own."""

    def consulta(sql: str, **parametros: Any) -> list[tuple[Any, ...]]:
        with bd.connect() as conexion:
            return [tuple(fila) for fila in conexion.execute(text(sql), parametros)]

    return consulta
