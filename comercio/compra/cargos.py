"""The charges of an order, each a row as it will be written: what somebody pays of it, to whom."""

from uuid import UUID

from moneyed import Money

from comercio.compra.estados import ClaseDeCargo, Paga, Recibe
from comercio.compra.modelos import Pedido
from nucleo.dinero import cero
from nucleo.filas import Fila
from nucleo.ids import nuevo_id
from pagos import Comision, ReglaVigente, calcular_comision


def del_comprador(
    pedido_id: UUID,
    clase: ClaseDeCargo,
    monto: Money,
    *,
    linea_id: UUID | None = None,
    detalle: str = "",
    promocion_id: UUID | None = None,
    cupon_id: UUID | None = None,
) -> Fila:
    """What who bought pays, or a discount takes off, to who sells."""
    suyo = _cargo(pedido_id, clase, Paga.COMPRADOR, Recibe.VENDEDOR, monto)
    por_que = {"promocion_id": promocion_id, "cupon_id": cupon_id}
    return suyo | por_que | {"linea_id": linea_id, "detalle": detalle[:120]}


def comision_de(pedido: Pedido, porte: Money, tasa: ReglaVigente) -> Fila:
    """Of what is sold; none of what it costs to get it there."""
    comision = calcular_comision(pedido.total - porte, tasa)
    return _cargo(
        pedido.id, ClaseDeCargo.COMISION, Paga.VENDEDOR, Recibe.PLATAFORMA, comision.monto, comision
    )


def _cargo(
    pedido_id: UUID,
    clase: ClaseDeCargo,
    paga: Paga,
    recibe: Recibe,
    monto: Money,
    comision: Comision | None = None,
) -> dict[str, object]:
    """All with the same columns, so that they are written at once."""
    return {
        "id": nuevo_id(),
        "pedido_id": pedido_id,
        "clase": clase,
        "paga": paga,
        "recibe": recibe,
        "monto": monto,
        "linea_id": None,
        "detalle": "",
        "promocion_id": None,
        "cupon_id": None,
        "tasa_id": comision.regla_id if comision else None,
        "tasa_pb": comision.tasa_pb if comision else None,
        "impuesto_pb": comision.impuesto_pb if comision else None,
        "impuesto": comision.impuesto if comision else cero(),
    }
