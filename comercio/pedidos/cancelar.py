"""Cancel what of an order has not left: all, a line, part of a quantity. What it cost goes back."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from comercio.agenda import EstadoCita, cerrar_citas, cita_de, se_puede_cancelar
from comercio.catalogo import Modalidad
from comercio.compra import (
    POR_DESPACHAR,
    VIDA_PEDIDO,
    VIDA_SERVICIO,
    EstadoPedido,
    EstadoServicio,
    Quien,
    datos_de,
    devolver_cupon,
    nombre_estado,
    quienes_cobran,
)
from comercio.compra.modelos import Pedido
from comercio.custodia import DineroDePedido, cobrada, devolver, dinero_de, no_cobrar
from comercio.existencias import reponer, soltar
from comercio.pedidos import eventos
from comercio.pedidos.avanzar import (
    avanzar,
    del_comprador,
    exigir_vendedor,
    poner_al_dia,
    quien_actua,
    sistema,
)
from comercio.pedidos.bloqueos import bloquear_pedido, servicio_bloqueado
from comercio.pedidos.condiciones import exigir_condiciones
from comercio.pedidos.estados import EstadoPaquete
from comercio.pedidos.lineas import (
    NADA,
    LineaDePedido,
    contenido_de,
    elegidas,
    lineas_del_pedido,
    paquetes_de,
)
from comercio.pedidos.modelos import CancelacionDeLinea
from comercio.pedidos.paquetes import anotar_despacho, pedir_que_se_anule, saldar
from comercio.reputacion import Falta, anotar_falta
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida

Mover = Callable[[Session, Mapping[UUID, Decimal], Autorizacion, UUID], None]


def cancelar(
    sesion: Session,
    actor: Actor,
    pedido_id: UUID,
    motivo: str,
    cantidades: Mapping[UUID, Decimal] | None = None,
) -> Pedido:
    """The buyer or the seller cancels what has not left, or so much of each line: money and units go back.

    What was announced to an operator only the seller takes back: its annulment is asked for, as far as it is
    needed. A service that was declared done is not cancelled by who bought it, nor one whose appointment is
    nearer than the notice that it asks for; with a claim open nobody cancels: what goes back is decided
    there. What a card's bank claims may be cancelled, and it is no fault of who sells. Who bought takes no
    part off without which the rest would not have earned what it has. Raises `TransicionInvalida`,
    `CantidadQueNoQueda`, `CantidadInvalida`, `CondicionPerdida`, `CompraPropia`.
    """
    pedido = bloquear_pedido(sesion, pedido_id)
    por_quien_compra = del_comprador(sesion, actor, pedido)
    compra_el = por_quien_compra is not None
    autorizacion = por_quien_compra or exigir_vendedor(sesion, actor, pedido)
    if pedido.estado not in POR_DESPACHAR:
        raise TransicionInvalida(
            _("El pedido está en estado «%(estado)s»: ya no se puede cancelar.")
            % {"estado": nombre_estado(pedido.estado, pedido.forma).lower()},
            estado_actual=pedido.estado,
        )
    dinero = dinero_de(sesion, pedido.id)
    if dinero.por_reclamo:
        raise TransicionInvalida(_("Hay un reclamo abierto: lo que vuelve se decide en él."))
    if pedido.modalidad == Modalidad.SERVICIO:
        if compra_el and servicio_bloqueado(sesion, pedido).estado == EstadoServicio.PRESTADO:
            raise TransicionInvalida(
                _("El vendedor ya declaró que hizo el servicio: si no es así, abra un reclamo.")
            )
        if compra_el and not se_puede_cancelar(sesion, pedido.id):
            raise TransicionInvalida(
                _("Ya es tarde para cancelar su cita: pida moverla, o que la cancele quien vende.")
            )
    elif compra_el and any(p.estado == EstadoPaquete.ANUNCIADO for p in paquetes_de(sesion, pedido.id)):
        raise TransicionInvalida(
            _("El vendedor ya lo preparó para el correo: pídale que lo cancele, o espere la fecha.")
        )
    if not compra_el:
        anular_anunciados(sesion, pedido, autorizacion, cantidades)
    lineas = lineas_del_pedido(sesion, pedido.id)
    que = elegidas(lineas, cantidades)
    if not que:
        raise TransicionInvalida(_("El correo ya recibió lo que falta del pedido: ya no se puede cancelar."))
    if compra_el:
        exigir_condiciones(sesion, pedido, lineas, que)
    elif not _sin_culpa(sesion, pedido, dinero):
        anotar_falta(sesion, pedido.id, Falta.CANCELADA)
    quitar(sesion, pedido, autorizacion, que, motivo, _vuelven_a_la_venta)
    return pedido


def quitar_de_acuerdo(
    sesion: Session,
    pedido: Pedido,
    autorizacion: Autorizacion,
    cantidades: Mapping[UUID, Decimal],
    motivo: str,
) -> None:
    """Both sides agreed that so much of an order, locked, does not go: what was announced is taken back as
    far as needed, what it cost goes back, and it counts against nobody. Raises `CantidadQueNoQueda`."""
    anular_anunciados(sesion, pedido, autorizacion, cantidades)
    que = elegidas(lineas_del_pedido(sesion, pedido.id), cantidades)
    quitar(sesion, pedido, autorizacion, que, motivo, _vuelven_a_la_venta, de_acuerdo=True)


def cancelar_sin_despacho(sesion: Session, pedido_id: UUID) -> bool:
    """The sweep: the term passed and no operator has received what is left of the order, or nobody declared
    that the service was done. False when it was otherwise meanwhile.
    """
    pedido = bloquear_pedido(sesion, pedido_id)
    if pedido.estado not in POR_DESPACHAR or pedido.despachar_hasta >= ahora_bd(sesion):
        return False
    autorizacion, sin_elegir = sistema("plazo de despacho"), False
    if pedido.modalidad == Modalidad.SERVICIO:
        servicio = servicio_bloqueado(sesion, pedido)
        if servicio.estado != EstadoServicio.AGENDADO:
            return False
        sin_elegir = servicio.agenda_id is not None and cita_de(sesion, pedido.id) is None
        motivo = _("El vendedor no hizo el servicio a tiempo.")
        if sin_elegir:
            motivo = _("Nadie eligió la hora de la cita a tiempo.")
    else:
        motivo = _("El vendedor no despachó a tiempo.")
        anular_anunciados(sesion, pedido, autorizacion)
    que = elegidas(lineas_del_pedido(sesion, pedido.id), None)
    if not que:
        return False
    if not sin_elegir and not _sin_culpa(sesion, pedido, dinero_de(sesion, pedido.id)):
        anotar_falta(sesion, pedido.id, Falta.TARDE)
    quitar(sesion, pedido, autorizacion, que, motivo, _vuelven_a_la_venta)
    return True


def _sin_culpa(sesion: Session, pedido: Pedido, dinero: DineroDePedido) -> bool:
    """Whether who sold it did well not to send it, or could do nothing else: a bank claims it, or it is to be
    paid at the door and nobody collects there any more."""
    if dinero.banco_desde is not None:
        return True
    return dinero.por_cobrar > cero() and not quienes_cobran(sesion, pedido)


def anular_anunciados(
    sesion: Session,
    pedido: Pedido,
    autorizacion: Autorizacion,
    cantidades: Mapping[UUID, Decimal] | None = None,
) -> None:
    """Ask that the parcels that nobody received are annulled, or only those that hold more of a line than is
    loose of what is asked for; those that somebody has are on their way."""
    for paquete in paquetes_de(sesion, pedido.id):
        if paquete.estado != EstadoPaquete.ANUNCIADO:
            continue
        if cantidades is not None:
            dentro = contenido_de(sesion, paquete.id)
            lineas = lineas_del_pedido(sesion, pedido.id)
            if not any(x.suelta < cantidades.get(x.fila.id, NADA) for x in lineas if x.fila.id in dentro):
                continue
        if not pedir_que_se_anule(sesion, pedido, paquete):
            anotar_despacho(sesion, pedido, paquete, autorizacion)


def quitar(
    sesion: Session,
    pedido: Pedido,
    autorizacion: Autorizacion,
    que: Mapping[UUID, Decimal],
    motivo: str,
    existencias: Mover | None,
    *,
    de_acuerdo: bool = False,
) -> None:
    """So much of each line of an order, locked, is cancelled; what it cost and no claim gave back goes back,
    with the last of it the postage, and when nothing more is held the order ends. `existencias` is what
    becomes of the units (None: they are lost). What is paid at the door and was not is cancelled whole, and
    nothing comes back. Raises `TransicionInvalida`.
    """
    if not que:
        return
    pagado = cobrada(sesion, pedido.id)
    dinero = dinero_de(sesion, pedido.id)
    causa, queda, total = nuevo_id(), dinero.queda, cero()
    por_id = {x.fila.id: x for x in lineas_del_pedido(sesion, pedido.id)}
    entera = all(x.viva == que.get(x.fila.id, NADA) for x in por_id.values())
    if not (pagado or entera):
        raise TransicionInvalida(_("Se paga al recibir: se cancela entero."))
    porte, quien = dinero.porte if entera and pagado else cero(), quien_actua(sesion, pedido, autorizacion)
    for linea_id, cantidad in que.items():
        importe = cero()
        if pagado:
            importe = min(por_id[linea_id].importe_de(cantidad), queda - dinero.porte - total)
        total += importe
        parte = _cancelacion(pedido, linea_id, causa, cantidad, importe, autorizacion, quien, motivo)
        parte.de_acuerdo = de_acuerdo
        sesion.add(parte)
    sesion.flush()
    if existencias is not None:
        existencias(sesion, _por_existencia(por_id, que), autorizacion, pedido.id)
    if entera:
        devolver_cupon(sesion, pedido)
    total += porte
    if not pagado:
        no_cobrar(sesion, autorizacion, pedido.id)
    if total > cero():
        devolver(sesion, autorizacion, pedido.id, total, causa, porte)
    hechos = {"causa": str(causa), "centavos": a_centavos(total)}
    auditar(sesion, autorizacion, "pedido.quitar", "comercio_pedido", pedido.id, hechos)
    if not entera:
        pedido.version += 1
        datos = datos_de(pedido) | {"causa": str(causa)}
        publicar(sesion, eventos.PEDIDO_CANCELADO_EN_PARTE, pedido.id, datos, autorizacion)
    elif pedido.modalidad == Modalidad.SERVICIO:
        servicio = servicio_bloqueado(sesion, pedido)
        VIDA_SERVICIO.pasar(servicio, EstadoServicio.ANULADO)
        servicio.terminado_en = ahora_bd(sesion)
        cerrar_citas(sesion, pedido.id, EstadoCita.ANULADA)
        avanzar(sesion, pedido, EstadoPedido.CANCELADO, autorizacion, motivo)
    poner_al_dia(sesion, pedido, autorizacion, motivo)
    if cero() < total == queda:
        _terminar_sin_dinero(sesion, pedido, autorizacion, motivo)


def _terminar_sin_dinero(sesion: Session, pedido: Pedido, autorizacion: Autorizacion, motivo: str) -> None:
    """Nothing is held of an order any more: so it ends. What is on its way a claim gave back already: it is
    given up for lost."""
    for paquete in paquetes_de(sesion, pedido.id):
        if paquete.estado == EstadoPaquete.DESPACHADO and saldar(sesion, paquete, EstadoPaquete.PERDIDO):
            quitar(sesion, pedido, autorizacion, contenido_de(sesion, paquete.id), motivo, None)
    if pedido.estado not in VIDA_PEDIDO.fines:
        entregado = pedido.estado == EstadoPedido.ENTREGADO
        fin = EstadoPedido.CONCLUIDO if entregado else EstadoPedido.CANCELADO
        if fin is EstadoPedido.CANCELADO:
            devolver_cupon(sesion, pedido)
        avanzar(sesion, pedido, fin, autorizacion, motivo)


def volvio(sesion: Session, pedido: Pedido, autorizacion: Autorizacion, que: Mapping[UUID, Decimal]) -> None:
    """What was in a parcel that left is with the seller again."""
    quitar(sesion, pedido, autorizacion, que, _("El envío volvió al vendedor."), reponer)


def _vuelven_a_la_venta(
    sesion: Session, cantidades: Mapping[UUID, Decimal], _quien: Autorizacion, _pedido_id: UUID
) -> None:
    soltar(sesion, cantidades)


def _cancelacion(
    pedido: Pedido,
    linea_id: UUID,
    causa: UUID,
    cantidad: Decimal,
    importe: Money,
    autorizacion: Autorizacion,
    quien: Quien,
    motivo: str,
) -> CancelacionDeLinea:
    return CancelacionDeLinea(
        pedido_id=pedido.id,
        linea_id=linea_id,
        causa=causa,
        cantidad=cantidad,
        importe=importe,
        actor=autorizacion.actor.nombre[:200],
        quien=quien,
        motivo=motivo[:300],
    )


def _por_existencia(lineas: Mapping[UUID, LineaDePedido], que: Mapping[UUID, Decimal]) -> dict[UUID, Decimal]:
    return {lineas[linea_id].fila.existencia_id: cantidad for linea_id, cantidad in que.items()}
