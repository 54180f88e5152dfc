"""What of a purchase is paid for getting it there, charged as it was shown."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

from comercio.carrito import DelVendedor
from comercio.compra.errores import EntregaInvalida
from comercio.compra.estados import ClaseDeCargo, Paga, Recibe
from comercio.compra.modelos import Cargo, Pedido, PorteCotizado
from comercio.formas import Forma, Porte, portes
from nucleo.dinero import cero
from nucleo.textos import gettext as _


def cobrar_portes(
    sesion: Session,
    vendedores: Mapping[UUID, DelVendedor],
    formas: Mapping[UUID, Forma],
    destino_ine: str,
) -> dict[UUID, Porte]:
    """What is paid to each seller, by the rates of now. Raises `EntregaInvalida` of what nobody carries."""
    hallados = portes(sesion, [v.por_llevar(formas[id], destino_ine) for id, v in vendedores.items()])
    cobrados: dict[UUID, Porte] = {}
    for (vendedor_id, vendedor), porte in zip(vendedores.items(), hallados, strict=True):
        if porte is None:
            texto = _("Ningún operador lleva lo de %(vendedor)s a ese municipio: elija otra forma o lugar.")
            texto %= {"vendedor": vendedor.nombre}
            raise EntregaInvalida(texto, campos={"formas": texto})
        cobrados[vendedor_id] = porte
    return cobrados


def cargo_de_porte(pedido: Pedido, porte: Porte) -> Sequence[Cargo | PorteCotizado]:
    """The charge of an order, and by whose rate; nothing of what costs nothing."""
    if porte.monto == cero():
        return []
    cargo = Cargo(
        pedido_id=pedido.id,
        clase=ClaseDeCargo.PORTE,
        paga=Paga.COMPRADOR,
        recibe=Recibe.VENDEDOR,
        monto=porte.monto,
    )
    if porte.tarifa is None:
        return [cargo]
    cotizado = PorteCotizado(
        pedido_id=pedido.id,
        operador_unidad_id=porte.tarifa.operador_unidad_id,
        operador=porte.tarifa.operador[:200],
        servicio=porte.tarifa.nombre[:120],
        dias=porte.tarifa.dias,
        peso_g=porte.peso_g,
    )
    return [cargo, cotizado]
