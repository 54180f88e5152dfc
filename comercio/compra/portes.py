"""What of a purchase is paid for getting it there, charged as it was shown."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session

from comercio.carrito import DelVendedor
from comercio.compra.cargos import del_comprador
from comercio.compra.errores import EntregaInvalida
from comercio.compra.estados import ClaseDeCargo
from comercio.compra.modelos import Pedido
from comercio.formas import Forma, Porte, portes
from nucleo.dinero import cero
from nucleo.filas import Fila
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


def cargo_de_porte(pedido: Pedido, porte: Porte) -> list[Fila]:
    """The charge of an order for it; none of what costs nothing."""
    if porte.monto == cero():
        return []
    return [del_comprador(pedido.id, ClaseDeCargo.PORTE, porte.monto)]


def cotizado(pedido: Pedido, porte: Porte) -> list[Fila]:
    """By whose rate it was charged, if it costs something by one."""
    if porte.monto == cero() or porte.tarifa is None:
        return []
    tarifa = porte.tarifa
    return [
        {
            "pedido_id": pedido.id,
            "operador_unidad_id": tarifa.operador_unidad_id,
            "operador": tarifa.operador[:200],
            "servicio": tarifa.nombre[:120],
            "dias": tarifa.dias,
            "peso_g": porte.peso_g,
        }
    ]
