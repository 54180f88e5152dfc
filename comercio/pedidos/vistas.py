"""From an order to what its pages show."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi import Request
from sqlmodel import Session

from comercio.catalogo import Modalidad, en_medida
from comercio.compra import TONOS, EstadoPedido, Quien, nombre_estado
from comercio.compra.modelos import Pedido
from comercio.custodia import EstadoCustodia
from comercio.pedidos.consultas import DetallePedido
from comercio.pedidos.formularios import CANCELACION_DE_LINEA
from comercio.pedidos.lineas import LineaDePedido, cancelaciones_de, devuelto_por_reclamos
from nucleo.dinero import cero, formato_bs
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from pagos.tarjetas import EstadoDisputa


def avance(detalle: DetallePedido) -> tuple[list[str], int] | None:
    """The steps of an order in words and the one it is at; None for a cancelled one."""
    pedido = detalle.pedido
    if pedido.estado == EstadoPedido.CANCELADO:
        return None
    if pedido.modalidad == Modalidad.SERVICIO:
        primero = _("Confirmado") if detalle.dinero.comprometido else _("Pagado")
        pasos = [primero, _("En preparación"), _("Conforme"), _("Concluido")]
        nace = "confirmado" if detalle.dinero.comprometido else "pagado"
        orden = [nace, "en_preparacion", "entregado", "concluido"]
    else:
        en_camino = nombre_estado(EstadoPedido.DESPACHADO, pedido.forma)
        paga_despues = detalle.dinero.contra_entrega or detalle.dinero.comprometido
        primero = _("Confirmado") if paga_despues else _("Pagado")
        pasos = [primero, _("En preparación"), en_camino, _("Entregado"), _("Concluido")]
        orden = [
            "confirmado" if paga_despues else "pagado",
            "en_preparacion",
            "despachado",
            "entregado",
            "concluido",
        ]
    lugar = orden.index(EstadoPedido.ENTREGADO if detalle.sin_rendir else pedido.estado)
    return pasos, len(pasos) if pedido.estado == EstadoPedido.CONCLUIDO else lugar


def historia(sesion: Session, detalle: DetallePedido) -> list[tuple[datetime, str, str]]:
    """What became of an order, in words: when, what, who did it and why; cancelled parts too."""
    pedido, lineas = detalle.pedido, {x.id: x for x in detalle.lineas}
    hitos = [
        (p.ocurrio_en, nombre_estado(p.estado, pedido.forma), _de_quien(p.quien, p.detalle))
        for p in detalle.pasos
    ]
    canceladas = cancelaciones_de(sesion, pedido.id)
    con_el_pedido = canceladas[-1].causa if pedido.estado == EstadoPedido.CANCELADO and canceladas else None
    for c in canceladas:
        if c.causa == con_el_pedido:  # its step says it already
            continue
        linea = lineas[c.linea_id]
        partes = {"cuanto": en_medida(c.cantidad, linea.unidad_medida), "titulo": linea.titulo}
        que = _("Se canceló %(cuanto)s de «%(titulo)s»") % partes
        hitos.append((c.ocurrio_en, que, _de_quien(c.quien, c.motivo)))
    for cuando, monto in devuelto_por_reclamos(sesion, pedido.id):
        hitos.append((cuando, _("Por un reclamo volvieron %(monto)s") % {"monto": formato_bs(monto)}, ""))
    return sorted(hitos, key=lambda hito: hito[0])


def _de_quien(quien: str | None, detalle: str) -> str:
    return ": ".join(parte for parte in (Quien(quien).texto if quien else "", detalle) if parte)


def como_va(pedido: Pedido, sin_rendir: bool) -> tuple[str, str]:
    """Where an order is, in words, with its tone. `sin_rendir`: paid at the door, to who has not put it in
    custody yet."""
    if sin_rendir:
        return _("Entregado y cobrado"), TONOS[EstadoPedido.ENTREGADO]
    return nombre_estado(pedido.estado, pedido.forma), TONOS[pedido.estado]


def adonde_vuelve(detalle: DetallePedido) -> str:
    """What becomes of the money of an order that is cancelled, said before; nothing of what nobody paid."""
    if detalle.dinero.por_cobrar > cero():
        return ""
    if detalle.dinero.comprometido:
        return _("Lo comprometido vuelve al presupuesto de la entidad.")
    if detalle.dinero.banco_desde is not None:
        return _("El dinero espera lo que decida el banco.")
    if detalle.con_qr:
        return _("El dinero vuelve a la cuenta que pagó el código.")
    if detalle.con_tarjeta:
        return _(
            "El dinero vuelve a la tarjeta con que se pagó; su banco puede tardar unos días en mostrarlo."
        )
    return _("El dinero vuelve enseguida a la cuenta de donde salió.")


def lo_que_el_banco_tomo(detalle: DetallePedido, *, vende: bool) -> str:
    """Of an order whose seller was paid, what they and who bought should know of a bank that claims its
    payment; nothing of any other."""
    reclamo = detalle.banco
    if reclamo is None or detalle.dinero.estado is not EstadoCustodia.LIBERADA:
        return ""
    if reclamo.estado is EstadoDisputa.ABIERTA:
        if vende:
            return _(
                "Un banco reclama el pago con tarjeta de este pedido. Usted ya cobró: lo cobrado es suyo, "
                "decida lo que decida el banco."
            )
        return _(
            "El banco de la tarjeta reclama este pago, y quien vende ya cobró. Lo que el banco devuelva a la "
            "tarjeta se tomará de su billetera."
        )
    if reclamo.estado is EstadoDisputa.GANADA:
        return ""
    if vende:
        return _("El banco devolvió a la tarjeta el pago de esta compra. Lo que usted cobró es suyo.")
    if reclamo.falta > cero():
        return _("El banco le devolvió el pago a la tarjeta, y debe %(monto)s: salen de su billetera.") % {
            "monto": formato_bs(reclamo.falta)
        }
    return _("El banco le devolvió el pago a la tarjeta.")


def cancelaciones_de_linea(
    request: Request,
    detalle: DetallePedido,
    hasta: Mapping[UUID, Decimal],
    enviada: Hoja[Any] | None,
) -> list[tuple[LineaDePedido, Decimal, Hoja[Any]]]:
    """Of each line of which a part may be cancelled: how much at most, and the form. Of an order of one thing
    there is no part: it is cancelled whole."""
    return [
        (x, tope, CANCELACION_DE_LINEA.mostrar(request, {"linea_id": id}, enviada=enviada, de=str(id)))
        for x in detalle.estado_de_lineas
        for id in [x.fila.id]
        if (tope := hasta.get(id, Decimal(0))) > 0 and (len(detalle.lineas) > 1 or tope > 1)
    ]
