"""What a bank reads of a purchase that it claims: what who sold says, and what the platform knows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from comercio.catalogo import Modalidad, en_medida
from comercio.compra import EstadoPedido
from comercio.compra.modelos import Pedido, PedidoPaso
from comercio.pedidos import lineas_del_pedido, paquetes_de
from envios import entregado_con_codigo
from nucleo.dinero import formato_bs
from nucleo.plantillas import filtro_fecha_hora
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _
from pagos.tarjetas.respuestas import Pruebas

# What the gateway takes, in letters.
EXPLICACION, PRODUCTO, GUIA = 4000, 1000, 80


def pruebas_de_la_compra(sesion: Session, pedidos: Sequence[Pedido], dicho: Mapping[UUID, str]) -> Pruebas:
    """`dicho`: what who sold each order says. When all of it is too long, each part is cut alike."""
    hechos = {p.id: _hechos(sesion, p) for p in pedidos}
    queda = EXPLICACION - sum(len(h) + 2 for h in hechos.values())
    cada_uno = max(0, queda // len(dicho) - 1)
    partes = [
        hechos[p.id] + (f"\n{_recortado(dicho[p.id], cada_uno)}" if p.id in dicho else "") for p in pedidos
    ]
    lineas = [x for p in pedidos for x in lineas_del_pedido(sesion, p.id)]
    vendido = [f"{en_medida(x.fila.cantidad, x.fila.unidad_medida)}: {x.fila.titulo}" for x in lineas]
    entregas = [e for p in pedidos for e in [_entregado_en(sesion, p)] if e is not None]
    guias = [q.envio_numero for p in pedidos for q in paquetes_de(sesion, p.id) if q.envio_numero]
    return Pruebas(
        explicacion=_recortado("\n".join(partes), EXPLICACION),
        producto=_recortado("; ".join(vendido), PRODUCTO),
        fecha=fecha_bolivia(max(entregas)) if entregas else None,
        guia=_recortado(", ".join(guias), GUIA),
    )


def _hechos(sesion: Session, pedido: Pedido) -> str:
    """What is known of an order: who sold it, what for, and how each parcel of it was handed over."""
    datos = {
        "numero": pedido.numero,
        "quien": pedido.vendedor_nombre,
        "total": formato_bs(pedido.total),
        "dia": filtro_fecha_hora(pedido.creado_en),
    }
    partes = [_("Pedido %(numero)s de %(quien)s, por %(total)s, comprado el %(dia)s.") % datos]
    if pedido.modalidad == Modalidad.SERVICIO and (conforme := _entregado_en(sesion, pedido)):
        partes.append(_("El servicio quedó conforme el %(dia)s.") % {"dia": filtro_fecha_hora(conforme)})
    for paquete in paquetes_de(sesion, pedido.id):
        guia = _(", guía %(guia)s") % {"guia": paquete.envio_numero} if paquete.envio_numero else ""
        if paquete.entregado_en is None:
            if guia and paquete.despachado_en is not None:
                enviado = {"dia": filtro_fecha_hora(paquete.despachado_en), "guia": guia}
                partes.append(_("Enviado el %(dia)s%(guia)s.") % enviado)
            continue
        con_codigo = paquete.envio_id is None or entregado_con_codigo(sesion, paquete.envio_id)
        dice = (
            _("Entregado el %(dia)s contra el código que solo tenía quien compró%(guia)s.")
            if con_codigo
            else _("Entregado el %(dia)s%(guia)s.")
        )
        partes.append(dice % {"dia": filtro_fecha_hora(paquete.entregado_en), "guia": guia})
    return " ".join(partes)


def _entregado_en(sesion: Session, pedido: Pedido) -> datetime | None:
    consulta = select(func.max(PedidoPaso.ocurrio_en)).where(
        PedidoPaso.pedido_id == pedido.id, col(PedidoPaso.estado) == EstadoPedido.ENTREGADO.value
    )
    return sesion.exec(consulta).one()


def _recortado(texto: str, letras: int) -> str:
    return texto if len(texto) <= letras else texto[: max(0, letras - 1)].rstrip() + "…"
