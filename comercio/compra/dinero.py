"""What a purchase puts in the custody of its orders: money, or what a public entity commits of its budget."""

from moneyed import Money
from sqlmodel import Session

from comercio.compra.esquemas import CompromisoDeCompra
from comercio.compra.modelos import Pedido
from comercio.compra.quien import Comprador
from comercio.custodia import NuevaCustodia, guardar, guardar_comprometido
from empresa_digital.registro import Compromiso, usar_mandato
from pagos import TipoCuenta, cuentas_de_cada_unidad


def custodiar(
    sesion: Session,
    comprador: Comprador,
    pedidos: list[tuple[Pedido, Money, Money]],
    compromiso: CompromisoDeCompra | None,
) -> None:
    """What is committed counts toward the mandate as an order of the fair does, by each order, which gives
    back what is undone of it. Raises the ledger's errors, `LimiteDeMandato`."""
    suyas = custodias(sesion, comprador, pedidos)
    if compromiso is None:
        guardar(sesion, comprador.autorizacion, suyas)
        return
    for suya in suyas:
        caso, acto = Compromiso.ORDEN_DE_COMPRA, suya.pedido_id
        usar_mandato(sesion, comprador.autorizacion, caso, acto, suya.monto)
    guardar_comprometido(
        sesion, comprador.autorizacion, suyas, compromiso.certificacion, compromiso.se_paga_con
    )


def custodias(
    sesion: Session, comprador: Comprador, pedidos: list[tuple[Pedido, Money, Money]]
) -> list[NuevaCustodia]:
    """Each order's in an account of its own."""
    vendedores = {pedido.vendedor_id for pedido, _comision, _porte in pedidos}
    cuentas = cuentas_de_cada_unidad(sesion, vendedores, TipoCuenta.COMERCIO)
    return [
        NuevaCustodia(
            pedido_id=pedido.id,
            monto=pedido.total,
            comision=comision,
            cuenta_comprador=comprador.cuenta,
            cuenta_vendedor=cuentas[pedido.vendedor_id],
            porte=porte,
        )
        for pedido, comision, porte in pedidos
    ]
