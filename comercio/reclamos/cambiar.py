"""An exchange: who sells offers the same product in the place of what was claimed, in this variant or that.

It is reserved at once. Accepted, or not answered, it is sent by its term; delivered, the claim ends and the
order goes on. When the seller cannot, in whatever way, what was asked goes back.
"""

from uuid import UUID

from sqlmodel import Session

from comercio.compra import EstadoPedido
from comercio.compra.modelos import Pedido, PedidoLinea
from comercio.formas import FormaDeEntrega
from comercio.pedidos import anunciar, sin_entrega
from comercio.reclamos.bloqueos import bloquear_cambio, bloquear_reclamo
from comercio.reclamos.cambios import REFERENCIA, anular_envio, apartar, salir
from comercio.reclamos.consultas import reclamo_visible
from comercio.reclamos.errores import ReclamoNoAdmite
from comercio.reclamos.estados import VIDA_CAMBIO, EstadoCambio, EstadoReclamo, Lado
from comercio.reclamos.modelos import Cambio, Reclamo
from comercio.reclamos.pasos import SISTEMA, anotar
from comercio.reclamos.terminar import devolver, esperar, mover, sin_objeto
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from envios import envio_por_id
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import formato_cantidad
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

DECIDIRSE, MANDAR = "comercio.decidirse", "comercio.mandar_cambio"
_E, _C = EstadoReclamo, EstadoCambio


def ofrecer_cambio(sesion: Session, actor: Actor, reclamo_id: UUID, variante_id: UUID, texto: str) -> Reclamo:
    """Who sold answers with an exchange.

    Raises `ReclamoNoEncontrado`, `SinFacultad`, `ReclamoNoAdmite`, and what `apartar` does.
    """
    reclamo, pedido, autorizacion = _del_vendedor(sesion, actor, reclamo_id)
    if reclamo.estado != _E.ABIERTO:
        raise ReclamoNoAdmite(_("Este reclamo ya se respondió."))
    if sin_objeto(sesion, reclamo, pedido, autorizacion):
        return reclamo
    if por_que := por_que_no_se_cambia(pedido):
        raise ReclamoNoAdmite(por_que)
    cambio = apartar(sesion, reclamo, variante_id)
    anotar(sesion, reclamo, Lado.VENDEDOR, texto, autorizacion)
    hechos = {"variante_id": str(variante_id), "cantidad": formato_cantidad(cambio.cantidad)}
    auditar(sesion, autorizacion, "cambio.ofrecer", "comercio_reclamo", reclamo.id, hechos)
    esperar(sesion, reclamo, pedido, autorizacion, _E.POR_CAMBIAR, DECIDIRSE)
    return reclamo


def por_que_no_se_cambia(pedido: Pedido) -> str:
    """In words, why an order admits no exchange; nothing when it does."""
    if pedido.forma != FormaDeEntrega.CORREO:
        return _("Se cambia lo que va por correo: de lo demás, ofrezca devolver dinero.")
    if pedido.estado != EstadoPedido.ENTREGADO:
        return _("Se cambia lo que ya se entregó: de lo demás, ofrezca devolver dinero.")
    return ""


def mandar_cambio(sesion: Session, actor: Actor, reclamo_id: UUID, operador_id: UUID) -> Cambio:
    """Who sold announces it to a postal operator; its term runs until it is received. Nothing is sent in the
    place of what was given back meanwhile.

    Raises `ReclamoNoEncontrado`, `SinFacultad`, `ReclamoNoAdmite`, `SinHabilitacion`.
    """
    reclamo, pedido, autorizacion = _del_vendedor(sesion, actor, reclamo_id)
    cambio = _en_curso(sesion, reclamo, _C.APARTADO)
    if sin_objeto(sesion, reclamo, pedido, autorizacion):
        return cambio
    fila = sesion.get_one(PedidoLinea, cambio.linea_id)
    contenido = f"{formato_cantidad(cambio.cantidad)} × {fila.titulo}"
    de = (REFERENCIA, reclamo.id)
    envio = anunciar(sesion, autorizacion, pedido, operador_id, de, cambio.peso_g, contenido)
    VIDA_CAMBIO.pasar(cambio, _C.ANUNCIADO)
    cambio.envio_id, cambio.envio_numero = envio.id, envio.numero
    reclamo.version += 1
    sesion.flush()
    auditar(sesion, autorizacion, "cambio.mandar", "comercio_reclamo", reclamo.id, {"envio": envio.numero})
    mover(sesion, reclamo, pedido, autorizacion)
    return cambio


def renunciar_al_cambio(sesion: Session, actor: Actor, reclamo_id: UUID, texto: str) -> Reclamo:
    """Who sold cannot: what was asked goes back. Raises `ReclamoNoEncontrado`, `SinFacultad`,
    `ReclamoNoAdmite`."""
    reclamo, pedido, autorizacion = _del_vendedor(sesion, actor, reclamo_id)
    cambio = _en_curso(sesion, reclamo, _C.APARTADO, _C.ANUNCIADO)
    if sin_objeto(sesion, reclamo, pedido, autorizacion):
        return reclamo
    if cambio.estado == _C.ANUNCIADO and not anular_envio(sesion, cambio, pedido):
        raise ReclamoNoAdmite(_("El correo ya lo recibió: va en camino."))
    anotar(sesion, reclamo, Lado.VENDEDOR, texto, autorizacion, reclamo.pedido_monto)
    devolver(sesion, reclamo, pedido, autorizacion, reclamo.pedido_monto)
    return reclamo


def vencer_cambio(sesion: Session, reclamo: Reclamo, pedido: Pedido) -> bool:
    """The sweep, of a claim locked whose exchange did not end in its time. False when what is known of it was
    not heard yet."""
    cambio = bloquear_cambio(sesion, reclamo.id)
    assert cambio is not None
    if cambio.estado == _C.ANUNCIADO and not anular_envio(sesion, cambio, pedido):
        en_camino(sesion, reclamo, pedido, cambio, SISTEMA)
        return True
    if cambio.estado == _C.EN_CAMINO:
        assert cambio.envio_id is not None
        if envio_por_id(sesion, cambio.envio_id).estado.es_terminal:
            return False
        texto = _("El cambio no llegó a tiempo: se devuelve lo que se pidió.")
    else:
        texto = _("Quien vende no mandó el cambio a tiempo: se devuelve lo que se pidió.")
    anotar(sesion, reclamo, Lado.PLAZO, texto, SISTEMA, reclamo.pedido_monto)
    devolver(sesion, reclamo, pedido, SISTEMA, reclamo.pedido_monto)
    return True


def en_camino(
    sesion: Session, reclamo: Reclamo, pedido: Pedido, cambio: Cambio, autorizacion: Autorizacion
) -> None:
    """Who carries it has it; it may take as long as any parcel."""
    salir(sesion, cambio, pedido, autorizacion)
    reclamo.vence_en = sin_entrega(sesion, ahora_bd(sesion))
    reclamo.version += 1
    sesion.flush()
    mover(sesion, reclamo, pedido, autorizacion)


def _del_vendedor(sesion: Session, actor: Actor, reclamo_id: UUID) -> tuple[Reclamo, Pedido, Autorizacion]:
    _r, _p, lado = reclamo_visible(sesion, actor, reclamo_id)
    reclamo, pedido = bloquear_reclamo(sesion, reclamo_id)
    if lado is not Lado.VENDEDOR:
        raise ReclamoNoAdmite(_("Eso lo hace quien vende."))
    autorizacion = exigir_facultad(sesion, actor, pedido.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO)
    return reclamo, pedido, autorizacion


def _en_curso(sesion: Session, reclamo: Reclamo, *estados: EstadoCambio) -> Cambio:
    cambio = bloquear_cambio(sesion, reclamo.id)
    if cambio is None or reclamo.estado != _E.EN_CAMBIO or cambio.estado not in estados:
        raise ReclamoNoAdmite(_("Este reclamo no espera que mande un cambio."))
    return cambio
