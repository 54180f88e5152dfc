"""What the two sides of an order write to each other about it, while it lives and some days after; nothing
while a claim is open: what was written is its evidence, and the claim is answered in the claim.
"""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.compra import VIDA_PEDIDO
from comercio.compra.modelos import Pedido, PedidoPaso
from comercio.mensajes import eventos
from comercio.mensajes.bloqueos import bloquear_hilo
from comercio.mensajes.consultas_de_hilo import leido_por, numero_de, parte_en
from comercio.mensajes.contactos import EN_EL_PEDIDO, exigir_sin_contactos
from comercio.mensajes.errores import MensajeNoEncontrado, NoSeEscribe
from comercio.mensajes.modelos import MENSAJES_MAXIMO, Mensaje
from comercio.pedidos import bloquear_pedido, exigir_comprador
from comercio.reclamos import Lado, reclamo_abierto
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from nucleo.actor import Actor
from nucleo.archivos import Recibido, guardar_prueba
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.limites import limitar
from nucleo.plantillas import filtro_fecha
from nucleo.plazos import vence
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

ESCRIBIR = "comercio.escribir_del_pedido"
POR_HORA = 30


def escribir(
    sesion: Session, actor: Actor, pedido_id: UUID, texto: str, archivo: Recibido | None = None
) -> Mensaje:
    """Who bought writes to who sells, or the other way round: thirty an hour each.

    Raises `PedidoNoEncontrado`, `SinFacultad`, `NoSeEscribe`, `ConContacto`, `LimiteExcedido`,
    `ImagenInvalida`, `DocumentoInvalido`.
    """
    _p, lado = parte_en(sesion, actor, pedido_id)
    pedido = bloquear_pedido(sesion, pedido_id)
    if lado is Lado.COMPRADOR:
        autorizacion = exigir_comprador(sesion, actor, pedido)
    else:
        autorizacion = exigir_facultad(
            sesion, actor, pedido.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO
        )
    if por_que := por_que_no_se_escribe(sesion, pedido):
        raise NoSeEscribe(por_que)
    exigir_sin_contactos(texto, EN_EL_PEDIDO)
    limitar("comercio.escribir", f"{pedido_id}:{lado}", cupo=POR_HORA, ventana_s=3600)
    id = nuevo_id()
    mensaje = Mensaje(
        id=id,
        pedido_id=pedido_id,
        numero=numero_de(sesion, pedido_id) + 1,
        lado=lado,
        persona_id=actor.persona_id,
        actor=actor.nombre[:200],
        texto=texto,
        archivo_id=guardar_prueba(sesion, archivo, duenio=id) if archivo else None,
        escrito_en=ahora_bd(sesion),
    )
    sesion.add(mensaje)
    sesion.flush()
    auditar(sesion, autorizacion, "pedido.escribir", "comercio_mensaje", id, {"lado": lado.value})
    datos = {"pedido_id": str(pedido_id), "lado": lado.value, "numero": mensaje.numero}
    publicar(sesion, eventos.MENSAJE_ESCRITO, id, datos, autorizacion)
    return mensaje


def marcar_leidos(sesion: Session, actor: Actor, pedido_id: UUID, hasta: int | None = None) -> None:
    """Somebody of one side has read as far as that message, or all there is; what was read stays read.

    Raises `PedidoNoEncontrado`, and `MensajeNoEncontrado` of a message that is not there.
    """
    _p, lado = parte_en(sesion, actor, pedido_id)
    ultimo, leido = numero_de(sesion, pedido_id), leido_por(sesion, pedido_id, lado)
    hasta = ultimo if hasta is None else hasta
    if hasta > ultimo:
        raise MensajeNoEncontrado()
    if hasta <= leido:
        return
    hilo = bloquear_hilo(sesion, pedido_id)
    if lado is Lado.COMPRADOR:
        hilo.leido_comprador = max(hilo.leido_comprador, hasta)
    else:
        hilo.leido_vendedor = max(hilo.leido_vendedor, hasta)
    sesion.flush()


def por_que_no_se_escribe(sesion: Session, pedido: Pedido) -> str:
    """In words, why nobody may write about an order now; nothing when they may."""
    if reclamo_abierto(sesion, pedido.id) is not None:
        return _("Hay un reclamo abierto: lo escrito hasta ahora es su prueba. Siga en el reclamo.")
    hasta = se_escribe_hasta(sesion, pedido)
    if hasta is not None and hasta <= ahora_bd(sesion):
        dia = filtro_fecha(hasta)
        return _("El pedido terminó y se escribía hasta el %(dia)s: lo escrito se puede leer.") % {"dia": dia}
    if numero_de(sesion, pedido.id) >= MENSAJES_MAXIMO:
        return _("Este pedido ya tiene todos los mensajes que admite.")
    return ""


def se_escribe_hasta(sesion: Session, pedido: Pedido) -> datetime | None:
    """Until when, of an order that ended; None while it lives."""
    if pedido.estado not in VIDA_PEDIDO.fines:
        return None
    suyo = (PedidoPaso.pedido_id == pedido.id, PedidoPaso.estado == pedido.estado)
    termino = sesion.exec(select(PedidoPaso.ocurrio_en).where(*suyo).order_by(col(PedidoPaso.id))).one()
    return vence(sesion, ESCRIBIR, termino)
