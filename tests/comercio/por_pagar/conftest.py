"""Somebody who buys by card, the simulated gateway, and time that passes only when told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from comercio.carrito.llenar import Titular, agregar, ver_carrito
from comercio.catalogo.modelos import Producto
from comercio.catalogo.opciones import variante_pedida
from comercio.compra.hacer import SolicitudCompra, pedidos_de
from comercio.compra.modelos import Pedido
from comercio.custodia.verificar import custodias
from comercio.pedidos.verificar import pedidos as verificar_pedidos
from comercio.por_pagar.comprar import comprar_con_qr, comprar_con_tarjeta
from comercio.por_pagar.modelos import PorPagar
from comercio.por_pagar.tareas import revisar_por_pagar
from comercio.por_pagar.verificar import compras_por_pagar
from comercio.promociones.verificar import promociones
from comercio.reclamos.verificar import verificar_reclamos
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from pagos.libro.asuntos import verificar_asuntos
from pagos.libro.verificar import verificar_libro
from pagos.tarjetas.conciliar import avanzar
from pagos.tarjetas.simulada import pagar_sesion
from pagos.tarjetas.verificar import verificar_pasarela
from tests.comercio.conftest import ENTREGA, Mercado
from tests.comercio.promociones.conftest import cupon as cupon
from tests.pagos.tarjetas.conftest import OK, Escena
from tests.pagos.tarjetas.conftest import sin_cupo as sin_cupo

VENCE = timedelta(minutes=10, seconds=1)


class Caja:
    """The buyer of `mercado` at the till: what they buy by card, and what everybody says of it."""

    def __init__(self, mercado: Mercado, tarjeta: Escena) -> None:
        self.mercado, self.tarjeta = mercado, tarjeta
        self.titular = Titular(persona_id=mercado.comprador.id)

    # --- Do

    def al_carrito(self, *productos: tuple[Producto, int]) -> None:
        for producto, cuantos in productos:
            with transaccion() as sesion:
                agregar(sesion, self.titular, variante_pedida(sesion, producto.id), cuantos)

    def comprar(
        self, *lineas: tuple[Producto, int], id: UUID | None = None, actor: Any = None, **campos: Any
    ) -> UUID:
        """Place it, the cart without lines, and open the gateway's page."""
        with transaccion() as sesion:
            pedidas = tuple((variante_pedida(sesion, p.id), n) for p, n in lineas) or None
            campos.setdefault("entrega", ENTREGA)
            solicitud = SolicitudCompra(id=id or nuevo_id(), lineas=pedidas, **campos)
            compra_id = comprar_con_tarjeta(sesion, actor or self.mercado.actor, solicitud).compra_id
        avanzar(compra_id)
        return compra_id

    def comprar_con_qr(self, *lineas: tuple[Producto, int]) -> tuple[UUID, str]:
        """Place it, the cart without lines; the purchase and its code."""
        with transaccion() as sesion:
            pedidas = tuple((variante_pedida(sesion, p.id), n) for p, n in lineas) or None
            solicitud = SolicitudCompra(id=nuevo_id(), entrega=ENTREGA, lineas=pedidas)
            fila = comprar_con_qr(sesion, self.mercado.actor, solicitud)
            assert fila.codigo is not None
            return fila.compra_id, fila.codigo

    def pagar(self, compra_id: UUID, metodo: str = OK) -> None:
        """At the gateway's page; nobody has heard of it yet."""
        sesion_id = self.tarjeta.intento(compra_id).sesion_id
        assert sesion_id is not None
        pagar_sesion(sesion_id, metodo)

    def barrer(self, pasan: timedelta = timedelta(0)) -> None:
        """All that is periodic, after that much time."""
        self.tarjeta.barrer(pasan)
        entregar_pendientes()
        revisar_por_pagar()
        self.tarjeta.barrer()

    # --- Look

    def fila(self, compra_id: UUID) -> PorPagar:
        with transaccion() as sesion:
            return sesion.get_one(PorPagar, compra_id)

    def pedidos(self, compra_id: UUID) -> list[Pedido]:
        with transaccion() as sesion:
            return pedidos_de(sesion, compra_id)

    def estados(self, compra_id: UUID) -> tuple[str, set[str]]:
        return self.fila(compra_id).estado, {p.estado for p in self.pedidos(compra_id)}

    def en_el_carrito(self) -> list[int]:
        with transaccion() as sesion:
            return [int(x.cantidad) for x in ver_carrito(sesion, self.titular).lineas]

    def saldo_de(self, compra_id: UUID) -> Any:
        return self.tarjeta.cuenta_ahora(self.fila(compra_id).cuenta)

    def cuadra(self) -> None:
        """Everything that is checked, and the gateway holds what the ledger says that it does."""
        comprobar = (
            *(custodias, verificar_pedidos, compras_por_pagar, verificar_reclamos, promociones),
            *(verificar_asuntos, verificar_libro, verificar_pasarela),
        )
        for una in comprobar:
            with transaccion() as sesion:
                assert una(sesion) == []


@pytest.fixture
def caja(mercado: Mercado, nuevo_cliente: Callable[..., Any]) -> Caja:
    tarjeta = Escena(mercado.comprador, mercado.actor, nuevo_cliente(headers={}), mercado.reloj)
    return Caja(mercado, tarjeta)
