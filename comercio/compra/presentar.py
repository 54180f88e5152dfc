"""From rows to what the API shows."""

from comercio.carrito import CuentaDePortes, PorteDeVendedor
from comercio.catalogo import Modalidad, VendedorDePedido
from comercio.compra.esquemas import CompraFicha, PedidoBreve, PorteDelCarrito, PortesDelCarrito
from comercio.compra.estados import EstadoPedido
from comercio.compra.modelos import Compra, Pedido
from comercio.formas import FormaDeEntrega


def vendedor_de(pedido: Pedido) -> VendedorDePedido:
    return VendedorDePedido(
        unidad_id=pedido.vendedor_id, numero=pedido.vendedor_numero, nombre=pedido.vendedor_nombre
    )


def pedido_breve(pedido: Pedido, envio_numero: str | None = None) -> PedidoBreve:
    """`envio_numero` is that of its first parcel that travels by post."""
    return PedidoBreve(
        id=pedido.id,
        numero=pedido.numero,
        compra_id=pedido.compra_id,
        estado=EstadoPedido(pedido.estado),
        modalidad=Modalidad(pedido.modalidad),
        forma=FormaDeEntrega(pedido.forma) if pedido.forma else None,
        vendedor=vendedor_de(pedido),
        total=pedido.total,
        envio_numero=envio_numero,
        creado_en=pedido.creado_en,
    )


def compra(hecha: Compra, pedidos: list[Pedido]) -> CompraFicha:
    return CompraFicha(id=hecha.id, total=hecha.total, pedidos=[pedido_breve(p) for p in pedidos])


def portes(cuenta: CuentaDePortes) -> PortesDelCarrito:
    return PortesDelCarrito(lugar=cuenta.lugar, datos=[_porte(x) for x in cuenta.todos])


def _porte(x: PorteDeVendedor) -> PorteDelCarrito:
    tarifa = x.porte.tarifa if x.porte else None
    return PorteDelCarrito(
        vendedor_id=x.vendedor_id,
        vendedor_nombre=x.nombre,
        forma=x.forma.forma,
        porte=x.porte.monto if x.porte else None,
        operador=tarifa.operador if tarifa else None,
        servicio=tarifa.nombre if tarifa else None,
        dias=tarifa.dias if tarifa else None,
    )
