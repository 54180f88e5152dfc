"""Who buys a gift says for whom it is; who receives it, that it came. Money stays with who bought it."""

from uuid import UUID

from sqlmodel import Session, col, select

from comercio.compra import SIN_PAGO, EstadoPedido, PedidoNoEncontrado, datos_de
from comercio.compra.modelos import Compra, Pedido
from comercio.pedidos import bloquear_pedido, bloquear_sus_pedidos, exigir_comprador
from comercio.regalos import eventos
from comercio.regalos.errores import NoEsRegalo, RegaloNoEncontrado
from comercio.regalos.modelos import RegaloPara, RegaloRecibido
from empresa_digital.registro import buscar_partes, parte_de_persona, partes_en_lote
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida
from pagos.billetera import buscar_destinatario

SALIO = frozenset({EstadoPedido.DESPACHADO, EstadoPedido.ENTREGADO, EstadoPedido.CONCLUIDO})


def regalo_de(sesion: Session, compra_id: UUID) -> RegaloPara | None:
    """For whom a purchase is, if its buyer said so."""
    suyo = (col(RegaloPara.compra_id) == compra_id, col(RegaloPara.quitado_en).is_(None))
    return sesion.exec(select(RegaloPara).where(*suyo)).one_or_none()


def nombrar_destinatario(
    sesion: Session, actor: Actor, pedido_id: UUID, dicho: str | None
) -> RegaloPara | None:
    """Who bought a gift says for whom the whole purchase is, by alias, card or cell number, in place of whom
    they said before; None takes it back. It draws on the quota of who looks for people.

    Raises `NoEsRegalo`, `TransicionInvalida` once somebody said that some of it came,
    `DestinatarioInexistente`, `LimiteExcedido`, `PedidoAjeno`, `PedidoNoEncontrado`.
    """
    pedido = _con_su_compra(sesion, pedido_id)
    autorizacion = exigir_comprador(sesion, actor, pedido)
    if not sesion.get_one(Compra, pedido.compra_id).regalo:
        raise NoEsRegalo(_("Al comprarlo no se dijo que es un regalo."))
    if dicho is not None and _alguno_llego(sesion, pedido.compra_id):
        raise TransicionInvalida(_("Quien lo recibe ya dijo que llegó: no se nombra a otra persona."))
    nuevo = None
    if dicho is not None:
        hallado = buscar_destinatario(sesion, actor, dicho)
        parte = parte_de_persona(sesion, hallado.persona_id)
        if parte.id == pedido.comprador_parte_id or hallado.persona_id == actor.persona_id:
            texto = _("Ese es usted: diga quién lo recibe.")
            raise NoEsRegalo(texto, campos={"destinatario": texto})
        nuevo = RegaloPara(compra_id=pedido.compra_id, parte_id=parte.id, dicho=dicho[:60])
    anterior = regalo_de(sesion, pedido.compra_id)
    if anterior is not None:
        anterior.quitado_en = ahora_bd(sesion)
        sesion.flush()
    if nuevo is not None:
        sesion.add(nuevo)
        sesion.flush()
    hechos = {"regalo": str(nuevo.id) if nuevo else None}
    auditar(sesion, autorizacion, "regalo.nombrar", "comercio_compra", pedido.compra_id, hechos)
    return nuevo


def confirmar_recibido(sesion: Session, actor: Actor, pedido_id: UUID) -> RegaloRecibido:
    """Who it is for says that it came; again, it is the same. It pays nobody: who bought may still claim.

    Raises `RegaloNoEncontrado`, `TransicionInvalida` of what has not left.
    """
    try:
        pedido = bloquear_pedido(sesion, pedido_id)
    except PedidoNoEncontrado as error:
        raise RegaloNoEncontrado() from error
    regalo = regalo_de(sesion, pedido.compra_id)
    if regalo is None or regalo.parte_id not in suyas(sesion, actor):
        raise RegaloNoEncontrado()
    ya = sesion.get(RegaloRecibido, pedido_id)
    if ya is not None:
        return ya
    if pedido.estado not in SALIO:
        raise TransicionInvalida(_("Todavía no salió: espere a tenerlo en sus manos."))
    recibido = RegaloRecibido(pedido_id=pedido.id, regalo_id=regalo.id)
    sesion.add(recibido)
    sesion.flush()
    autorizacion = Autorizacion.propia(actor)
    auditar(sesion, autorizacion, "regalo.recibir", "comercio_pedido", pedido.id, {})
    publicar(sesion, eventos.REGALO_RECIBIDO, pedido.id, datos_de(pedido), autorizacion)
    return recibido


def _alguno_llego(sesion: Session, compra_id: UUID) -> bool:
    """Whether who it was for said of some order of a purchase that it came."""
    dichos = select(RegaloRecibido.pedido_id).join(Pedido, col(Pedido.id) == col(RegaloRecibido.pedido_id))
    return sesion.exec(dichos.where(col(Pedido.compra_id) == compra_id).limit(1)).first() is not None


def _con_su_compra(sesion: Session, pedido_id: UUID) -> Pedido:
    """An order, locked with the others of its purchase: for whom it is, is said of all of them. Raises
    `PedidoNoEncontrado`."""
    suyo = sesion.get(Pedido, pedido_id)
    todos = bloquear_sus_pedidos(sesion, suyo.compra_id) if suyo is not None else []
    for pedido in todos:
        if pedido.id == pedido_id and pedido.estado not in SIN_PAGO:
            return pedido
    raise PedidoNoEncontrado()


def suyas(sesion: Session, actor: Actor) -> frozenset[UUID]:
    """As which parties a person receives."""
    return frozenset(buscar_partes(sesion, personas=[actor.persona_id])) if actor.persona_id else frozenset()


def persona_de(sesion: Session, regalo: RegaloPara) -> UUID:
    persona_id = partes_en_lote(sesion, [regalo.parte_id])[regalo.parte_id].persona_id
    assert persona_id is not None
    return persona_id
