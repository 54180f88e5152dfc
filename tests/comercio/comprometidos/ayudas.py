"""A public entity with a certificate, who buys and who pays for it, and short ways to order."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from moneyed import Money

from comercio.catalogo.modelos import Producto
from comercio.catalogo.opciones import opciones_por_id, variante_pedida
from comercio.compra import CompromisoDeCompra, SolicitudCompra
from comercio.compra.hacer import comprar, pedidos_de
from comercio.compra.modelos import Compra, Pedido
from comercio.custodia import SePagaCon
from comercio.custodia.comprometer import Certificacion
from empresa_digital.registro import Facultad
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs, cero
from nucleo.ids import nuevo_id
from pagos import TipoCuenta, cuenta_de_unidad, saldo
from pagos.presupuesto import certificados, certificar
from tests.comercio.conftest import ENTREGA
from tests.comercio.entidades import Entidad, dar_mandato


@dataclass
class Ente:
    """Its certificate is of Bs 1.000; Berta orders, Carla pays."""

    entidad: Entidad
    pagadora: Actor
    abonar: Callable[..., int]
    certificado: UUID
    cuenta: int

    @property
    def unidad(self) -> Any:
        return self.entidad.unidad

    @property
    def actor(self) -> Actor:
        return self.entidad.actor

    def ordenar(
        self, *lineas: tuple[Producto, int], id: UUID | None = None, porte: Money | None = None, **mas: Any
    ) -> Compra:
        """Committed, in a transaction of its own, at the prices of now: as `comprometidos.ordenar` does what
        is held for it, but of several lines and sellers."""
        with transaccion() as sesion:
            pedidas = [(variante_pedida(sesion, p.id), Decimal(n)) for p, n in lineas]
            opciones = opciones_por_id(sesion, [v for v, _n in pedidas])
            total = sum((opciones[v].por_pagar(n) for v, n in pedidas), porte or cero())
            de = Certificacion(self.unidad.id, self.certificado, "CP-2026-17")
            solicitud = SolicitudCompra(
                id=id or nuevo_id(),
                unidad_id=self.unidad.id,
                entrega=ENTREGA,
                total=mas.pop("total", total),
                porte=porte or cero(),
                lineas=tuple(pedidas),
                compromiso=CompromisoDeCompra(de, mas.pop("cuenta", self.cuenta), SePagaCon.CUENTA, None),
                **mas,
            )
            return comprar(sesion, self.actor, solicitud)

    def pedido(self, *lineas: tuple[Producto, int], **mas: Any) -> Pedido:
        compra = self.ordenar(*lineas, **mas)
        with transaccion() as sesion:
            (pedido,) = pedidos_de(sesion, compra.id)
        return pedido

    @property
    def dinero(self) -> Money:
        with transaccion() as sesion:
            return saldo(sesion, self.cuenta)

    @property
    def presupuesto(self) -> tuple[Money, Money, Money]:
        """Committed, executed, left."""
        with transaccion() as sesion:
            c = certificados(sesion, [self.certificado])[self.certificado]
        return c.comprometido, c.ejecutado, c.disponible


def hacer_ente(
    entidad: Entidad,
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Actor],
    abonar: Callable[..., int],
) -> Ente:
    carla = crear_persona("Carla")
    dar_mandato(entidad.unidad, carla, Facultad.PAGAR)
    certificado = nuevo_id()
    with transaccion() as sesion:
        certificar(sesion, entidad.certifica, certificado, bs("1000.00"), id=nuevo_id())
        cuenta = cuenta_de_unidad(sesion, entidad.unidad.id, TipoCuenta.COMERCIO)
    return Ente(entidad, actor_de(carla), abonar, certificado, cuenta)
