"""A seller, a buyer with money, a postal operator, and short ways to publish and buy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from comercio.busqueda.facetas import olvidar_facetas
from comercio.catalogo.categorias import olvidar_arbol
from comercio.catalogo.esquemas import ProductoCambios, ProductoNuevo
from comercio.catalogo.modelos import Producto
from comercio.catalogo.opciones import variante_pedida
from comercio.catalogo.publicar import crear_producto, editar_producto
from comercio.compra.hacer import SolicitudCompra, comprar, pedidos_de
from comercio.compra.modelos import Compra, Pedido
from comercio.direcciones import Entrega
from comercio.pedidos.cumplir import despachar
from comercio.pedidos.lineas import paquetes_de
from comercio.pedidos.tareas import liberar_vencidas
from envios.eventos import EventoNuevo, Fuente, QuienRecibe, exigir_registrado, registrar_autorizado
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id

# For queries of the tests: each product with its only variant and its only stock.
FICHAS = (
    "comercio_producto p JOIN comercio_variante v ON v.producto_id = p.id "
    "JOIN comercio_existencia e ON e.variante_id = v.id"
)
ENTREGA = Entrega(
    destinatario="Ana Prueba",
    telefono="71234567",
    municipio_ine="020105",
    referencia="Puerta verde",
)


def sin_el_reloj(sentencias: list[str]) -> list[str]:
    """Those that are not the clock of tests."""
    return [s for s in sentencias if "qhatu.desfase" not in s]


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
    actor_operador: Actor
    actor: Actor
    cuenta: int
    reloj: Any

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

    def poner_en(self, producto: Producto, estado: str) -> None:
        """What its seller does with it: on sale, paused, withdrawn."""
        with transaccion() as sesion:
            version = sesion.get_one(Producto, producto.id).version
            cambios = ProductoCambios.model_validate({"estado": estado})
            editar_producto(sesion, self.actor_vendedor, producto.id, version, cambios)

    def comprar(
        self, *lineas: tuple[Producto, int | Decimal], actor: Actor | None = None, **campos: Any
    ) -> Compra:
        """Buy the given lines in a transaction of its own."""
        campos.setdefault("id", nuevo_id())
        campos.setdefault("entrega", ENTREGA)
        with transaccion() as sesion:
            pedidas = tuple((variante_pedida(sesion, p.id), n) for p, n in lineas) or None
            return comprar(sesion, actor or self.actor, SolicitudCompra(lineas=pedidas, **campos))

    def evento(self, sesion: Session, envio_id: UUID, codigo: str) -> None:
        """What the operator says of a shipment, without its code; "vuelve": the sender has it again."""
        nuevo = EventoNuevo("EMI" if codigo == "vuelve" else codigo, envio_id)
        if codigo == "vuelve":
            nuevo = replace(nuevo, entregado_a=QuienRecibe.REMITENTE)
        quien = Autorizacion(actor=Actor.sistema("prueba"), unidad_id=self.operador.id)
        (hecho,) = registrar_autorizado(
            sesion, quien, self.operador.id, [nuevo], Fuente.SIMULADOR, verificar_codigo=False
        )
        exigir_registrado(hecho)

    def llevar(self, pedido: Pedido, *codigos: str) -> None:
        """Announce all that is left of an order, and what becomes of its last parcel; everybody hears it."""
        with transaccion() as sesion:
            despachar(sesion, self.actor_vendedor, pedido.id, self.operador.id)
        self.anotar(pedido, *codigos)

    def anotar(self, pedido: Pedido, *codigos: str) -> None:
        with transaccion() as sesion:
            envio_id = paquetes_de(sesion, pedido.id)[-1].envio_id
            for codigo in codigos:
                self.evento(sesion, envio_id, codigo)
        entregar_pendientes()

    def cobrar(self, pedido: Pedido) -> None:
        """The term of who bought passes, and who sells is paid."""
        self.reloj.adelantar(timedelta(days=8))
        liberar_vencidas()
        entregar_pendientes()

    def variante(self, producto: Producto) -> UUID:
        """The id of the only variant of a product: what carts and purchases speak of."""
        with transaccion() as sesion:
            return variante_pedida(sesion, producto.id)

    def pedido(self, *lineas: tuple[Producto, int], **campos: Any) -> Pedido:
        """Buy from one seller; the order."""
        compra = self.comprar(*lineas, **campos)
        with transaccion() as sesion:
            (pedido,) = pedidos_de(sesion, compra.id)
        return pedido


@pytest.fixture
def mercado(
    recordada: Callable[..., Any],
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Actor],
    con_saldo: Callable[..., int],
    reloj: Any,
) -> Mercado:
    def gente() -> tuple[Any, ...]:
        vendedor, comprador, cartero = (crear_persona(n) for n in ("Tomasa", "Ana", "Corina"))
        unidad = crear_unidad("Tejidos de Prueba", representante=vendedor, habilitaciones=["VENDEDOR"])
        operador = crear_unidad(
            "Correos de Prueba",
            tipo="OPERADOR_POSTAL",
            representante=cartero,
            habilitaciones=["OPERADOR_POSTAL"],
            actividad_ciiu="5310",
        )
        return vendedor, comprador, cartero, unidad, operador, con_saldo(comprador, "1000.00")

    vendedor, comprador, cartero, unidad, operador, cuenta = recordada("mercado", gente)
    return Mercado(
        vendedor=vendedor,
        unidad=unidad,
        comprador=comprador,
        operador=operador,
        actor_vendedor=actor_de(vendedor),
        actor_operador=actor_de(cartero),
        actor=actor_de(comprador),
        cuenta=cuenta,
        reloj=reloj,
    )


RESERVAN = ("comercio_existencia", "comercio_apartado", "comercio_cambio", "comercio_oferta_sostenida")


@pytest.fixture
def sin_pedidos(duenio: Engine) -> Iterator[None]:
    """Stock by itself: here nobody says for whom it is reserved, which the database asks of everybody."""

    def guarda(que: str) -> None:
        with duenio.begin() as conexion:
            for tabla in RESERVAN:
                conexion.exec_driver_sql(f"ALTER TABLE {tabla} {que} TRIGGER comercio_exigir_reservado")

    guarda("DISABLE")
    yield
    guarda("ENABLE")


@pytest.fixture
def leer(bd: Engine) -> Callable[..., Any]:
    """`leer("SELECT …", **parametros)` -> the rows, in a connection of its own."""

    def consulta(sql: str, **parametros: Any) -> list[tuple[Any, ...]]:
        with bd.connect() as conexion:
            return [tuple(fila) for fila in conexion.execute(text(sql), parametros)]

    return consulta
