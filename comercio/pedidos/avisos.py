"""The kinds of notices of the market."""

from sqlmodel import Session

from ciudadania import clase, notificar
from comercio.compra.modelos import Pedido
from empresa_digital.registro import notificar_unidad, partes_en_lote
from nucleo.textos import perezoso as _l

AVISO_PEDIDO = clase(
    "comercio.pedido",
    _l("Sus compras"),
    _l("%(n)s novedades de un pedido"),
    por_objeto=True,
    icono="package",
)
AVISO_VENTA = clase("comercio.venta", _l("Ventas"), _l("%(n)s novedades de sus ventas"), icono="store")


def avisar_comprador(sesion: Session, pedido: Pedido, asunto: str, cuerpo: str, enlace: str) -> None:
    """Tell who bought: that person, or the mailbox of that unit."""
    parte = partes_en_lote(sesion, [pedido.comprador_parte_id])[pedido.comprador_parte_id]
    if parte.unidad_id is not None:
        notificar_unidad(sesion, parte.unidad_id, asunto, cuerpo, enlace, clase=AVISO_PEDIDO)
    else:
        notificar(
            sesion,
            persona_id=parte.persona_id,
            asunto=asunto,
            cuerpo=cuerpo,
            enlace=enlace,
            clase=AVISO_PEDIDO,
        )
