"""What who sold says to the bank that claims the payment of a purchase.

Each seller writes theirs once, until a term some hours before the bank's; when all did, or at the term, the
sweep sends one answer for the whole purchase, with what the platform knows of its orders.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.compra import SIN_PAGO, PedidoNoEncontrado
from comercio.compra.modelos import Pedido
from comercio.custodia import EstadoCustodia, dineros_de
from comercio.pedidos import AVISO_VENTA, exigir_vendedor
from comercio.por_pagar.bloqueos import bloquear_por_pagar, bloquear_sus_pedidos
from comercio.por_pagar.errores import BancoNoRecibe, SinReclamoDelBanco
from comercio.por_pagar.modelos import PruebaAlBanco, TomadoPorElBanco
from comercio.por_pagar.para_el_banco import pruebas_de_la_compra
from empresa_digital.registro import notificar_unidad
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos.tarjetas import EstadoDisputa, ReclamoDelBanco, reclamos_del_banco
from pagos.tarjetas.respuestas import responder_por_asunto

# How long before the bank's term what was said is sent; of a bank that says none, how long they have.
ANTES = timedelta(hours=12)
SIN_TERMINO = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class ReclamoDePedido:
    """The last claim on an order's payment, until when who sold it may answer, what they said, and what the
    bank took of it, if it did."""

    reclamo: ReclamoDelBanco
    hasta: datetime
    prueba: PruebaAlBanco | None
    tomado: TomadoPorElBanco | None

    def recibe(self, instante: datetime) -> bool:
        """Whether who sold it may still answer."""
        return (
            self.abierto and self.prueba is None and self.reclamo.respuesta is None and instante < self.hasta
        )

    @property
    def espera_a_los_demas(self) -> bool:
        """Whether what they said waits for what the other sellers of the purchase say."""
        if self.prueba is None or self.prueba.enviar_en is None:
            return False
        return self.prueba.enviar_en >= self.hasta

    @property
    def abierto(self) -> bool:
        return self.reclamo.estado is EstadoDisputa.ABIERTA


def reclamo_del_pedido(sesion: Session, pedido: Pedido) -> ReclamoDePedido | None:
    """None if no bank claimed its payment."""
    reclamos = reclamos_del_banco(sesion, pedido.compra_id)
    if not reclamos:
        return None
    reclamo = reclamos[-1]
    consulta = select(PruebaAlBanco).where(
        PruebaAlBanco.disputa_id == reclamo.id, PruebaAlBanco.pedido_id == pedido.id
    )
    tomado = sesion.get(TomadoPorElBanco, (reclamo.id, pedido.id))
    return ReclamoDePedido(reclamo, _hasta(reclamo), sesion.exec(consulta).one_or_none(), tomado)


def exigir_reclamo(sesion: Session, pedido: Pedido) -> ReclamoDePedido:
    """Raises `SinReclamoDelBanco`."""
    reclamado = reclamo_del_pedido(sesion, pedido)
    if reclamado is None:
        raise SinReclamoDelBanco()
    return reclamado


def _hasta(reclamo: ReclamoDelBanco) -> datetime:
    if reclamo.responder_hasta is None:
        return reclamo.creado_en + SIN_TERMINO
    return reclamo.responder_hasta - min(ANTES, (reclamo.responder_hasta - reclamo.creado_en) / 2)


def responder_al_banco(sesion: Session, actor: Actor, pedido_id: UUID, explicacion: str) -> None:
    """Who sold an order says to the bank why its payment is right, once.

    Raises `PedidoNoEncontrado`, `SinFacultad`, `SinReclamoDelBanco`, `BancoNoRecibe`.
    """
    pedido = sesion.get(Pedido, pedido_id)
    if pedido is None or pedido.estado in SIN_PAGO:
        raise PedidoNoEncontrado()
    autorizacion = exigir_vendedor(sesion, actor, pedido)
    exigir_reclamo(sesion, pedido)
    bloquear_por_pagar(sesion, pedido.compra_id)
    reclamado, ahora = exigir_reclamo(sesion, pedido), ahora_bd(sesion)
    if not reclamado.recibe(ahora):
        raise BancoNoRecibe(_porque(reclamado))
    assert actor.persona_id is not None
    prueba = PruebaAlBanco(
        disputa_id=reclamado.reclamo.id,
        pedido_id=pedido_id,
        explicacion=explicacion,
        persona_id=actor.persona_id,
        enviar_en=reclamado.hasta,
    )
    sesion.add(prueba)
    sesion.flush()
    hechos = {"pedido_id": str(pedido_id), "disputa_id": str(reclamado.reclamo.id)}
    auditar(sesion, autorizacion, "compra.responder_al_banco", "comercio_prueba_al_banco", prueba.id, hechos)
    _si_ya_estan_todas(sesion, pedido.compra_id, reclamado.reclamo.id)


def _porque(reclamado: ReclamoDePedido) -> str:
    if not reclamado.abierto:
        return _("El banco ya decidió este reclamo.")
    if reclamado.prueba is not None:
        return _("Ya respondió: el banco recibe una sola respuesta.")
    return _("Pasó la fecha hasta la que podía responder.")


def _si_ya_estan_todas(sesion: Session, compra_id: UUID, disputa_id: UUID) -> None:
    """When nobody else has anything to lose or to tell, it goes now."""
    pedidos, pruebas = bloquear_sus_pedidos(sesion, compra_id), _por_mandar(sesion, disputa_id)
    dineros = dineros_de(sesion, [p.id for p in pedidos])
    pueden = {id for id, dinero in dineros.items() if dinero.estado is not EstadoCustodia.DEVUELTA}
    if pueden <= {p.pedido_id for p in pruebas}:
        for prueba in pruebas:
            prueba.enviar_en = ahora_bd(sesion)
        sesion.flush()


def _por_mandar(sesion: Session, disputa_id: UUID) -> Sequence[PruebaAlBanco]:
    consulta = select(PruebaAlBanco).where(
        PruebaAlBanco.disputa_id == disputa_id, col(PruebaAlBanco.enviar_en).is_not(None)
    )
    return sesion.exec(consulta.order_by(col(PruebaAlBanco.id))).all()


def mandar_lo_dicho(sesion: Session, prueba_id: UUID) -> bool:
    """Answer the bank with what one said, what the others of the purchase did, and what is known; of a claim
    that was decided or answered meanwhile, forget it. Whether there was something to do."""
    prueba = sesion.get_one(PruebaAlBanco, prueba_id)
    pedido = sesion.get_one(Pedido, prueba.pedido_id)
    bloquear_por_pagar(sesion, pedido.compra_id)
    pruebas = _por_mandar(sesion, prueba.disputa_id)
    if not any(p.id == prueba_id for p in pruebas):
        return False
    (reclamo,) = [r for r in reclamos_del_banco(sesion, pedido.compra_id) if r.id == prueba.disputa_id]
    respuesta_id = nuevo_id() if _recibe(reclamo, ahora_bd(sesion)) else None
    if respuesta_id is not None:
        pedidos = bloquear_sus_pedidos(sesion, pedido.compra_id)
        dicho = pruebas_de_la_compra(sesion, pedidos, {p.pedido_id: p.explicacion for p in pruebas})
        responder_por_asunto(sesion, reclamo.id, id=respuesta_id, pruebas=dicho)
    for una in pruebas:
        una.enviar_en, una.respuesta_id = None, respuesta_id
    sesion.flush()
    if respuesta_id is None and reclamo.estado is EstadoDisputa.ABIERTA:
        _avisar_que_no_llego(sesion, pruebas)
    return True


def avisar_rechazada(sesion: Session, respuesta_id: UUID) -> None:
    """The bank did not take what was sent: those who said it know."""
    consulta = select(PruebaAlBanco).where(PruebaAlBanco.respuesta_id == respuesta_id)
    _avisar_que_no_llego(sesion, sesion.exec(consulta.order_by(col(PruebaAlBanco.id))).all())


def _avisar_que_no_llego(sesion: Session, pruebas: Sequence[PruebaAlBanco]) -> None:
    for prueba in pruebas:
        pedido = sesion.get_one(Pedido, prueba.pedido_id)
        notificar_unidad(
            sesion,
            pedido.vendedor_id,
            _("Pedido %(numero)s: el banco no recibió su respuesta") % {"numero": pedido.numero},
            _("Decide él, con lo que tiene; le diremos qué decide."),
            f"/pedidos/{pedido.id}/banco",
            clase=AVISO_VENTA,
        )


def _recibe(reclamo: ReclamoDelBanco, instante: datetime) -> bool:
    a_tiempo = reclamo.responder_hasta is None or instante < reclamo.responder_hasta
    return reclamo.estado is EstadoDisputa.ABIERTA and reclamo.respuesta is None and a_tiempo
