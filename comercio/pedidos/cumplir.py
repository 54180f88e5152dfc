"""What the seller and the buyer do with an order after it is paid. Each step is one use case."""

from uuid import UUID

from sqlmodel import Session

from comercio.agenda import EstadoCita, cerrar_citas, ya_empezo
from comercio.catalogo import Modalidad
from comercio.compra import (
    POR_EMPEZAR,
    VIDA_PEDIDO,
    VIDA_SERVICIO,
    EstadoPedido,
    EstadoServicio,
    datos_de,
)
from comercio.compra.modelos import Pedido, Servicio
from comercio.custodia import EstadoCustodia, dinero_de, fechar, liberar
from comercio.existencias import retirar
from comercio.pedidos import eventos
from comercio.pedidos.avanzar import (
    avanzar,
    entregar,
    exigir_comprador,
    exigir_que_no_compre,
    exigir_vendedor,
    sistema,
)
from comercio.pedidos.bloqueos import bloquear_pedido, servicio_bloqueado
from comercio.pedidos.cancelar import cancelar, cancelar_sin_despacho
from comercio.pedidos.conformes import anotar_conformidad, exigir_que_reciba
from comercio.pedidos.en_mano import alistar, entregar_en_mano, no_se_entrego, renovar_codigo
from comercio.pedidos.lineas import NADA, lineas_del_pedido
from comercio.pedidos.paquetes import despachar
from comercio.pedidos.plazos import conformidad
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida
from pagos.tarjetas import reclama_un_banco

__all__ = [
    "alistar",
    "cancelar",
    "cancelar_sin_despacho",
    "concluir",
    "dar_conformidad",
    "dar_por_conforme",
    "declarar_prestado",
    "despachar",
    "entregar_en_mano",
    "liberar_custodia",
    "no_se_entrego",
    "preparar",
    "prestar",
    "renovar_codigo",
]


def preparar(sesion: Session, actor: Actor, pedido_id: UUID) -> Pedido:
    """The seller has begun to prepare the order."""
    pedido = bloquear_pedido(sesion, pedido_id)
    autorizacion = exigir_vendedor(sesion, actor, pedido)
    avanzar(sesion, pedido, EstadoPedido.EN_PREPARACION, autorizacion)
    return pedido


def prestar(sesion: Session, actor: Actor, pedido_id: UUID, evidencia: str) -> Pedido:
    """The seller declares that the service was done, and what shows it. Who bought has a term to say that it
    was not as agreed; silence is conformity. What needs an appointment is not done before its hour.

    Raises `TransicionInvalida`, `SinFacultad`, `CompraPropia`.
    """
    pedido = bloquear_pedido(sesion, pedido_id)
    autorizacion = exigir_vendedor(sesion, actor, pedido)
    servicio = _servicio(sesion, pedido)
    if servicio.agenda_id is not None and not ya_empezo(sesion, pedido.id):
        raise TransicionInvalida(_("Se atiende con cita: declárelo desde su hora."))
    declarar_prestado(sesion, pedido, servicio, autorizacion, evidencia)
    cerrar_citas(sesion, pedido.id, EstadoCita.CUMPLIDA)
    publicar(sesion, eventos.SERVICIO_PRESTADO, pedido.id, datos_de(pedido), autorizacion)
    return pedido


def declarar_prestado(
    sesion: Session, pedido: Pedido, servicio: Servicio, autorizacion: Autorizacion, evidencia: str
) -> None:
    """The seller did what was theirs to do of a service, locked with its order: the term of who bought runs.
    Raises `TransicionInvalida`, `CompraPropia`."""
    exigir_que_no_compre(sesion, autorizacion.actor, pedido)
    if pedido.estado in POR_EMPEZAR:
        avanzar(sesion, pedido, EstadoPedido.EN_PREPARACION, autorizacion)
    VIDA_SERVICIO.pasar(servicio, EstadoServicio.PRESTADO, _("Este servicio ya no espera que se haga."))
    servicio.prestado_en = ahora_bd(sesion)
    servicio.evidencia = evidencia[:1000]
    servicio.conforme_hasta = conformidad(sesion, servicio.prestado_en)
    pedido.version += 1
    sesion.flush()
    auditar(sesion, autorizacion, "servicio.prestar", "comercio_pedido", pedido.id, {})


def dar_conformidad(sesion: Session, actor: Actor, pedido_id: UUID) -> Pedido:
    """Who bought says that the service was done, or that what came is well: the seller need not wait for the
    term. Raises `TransicionInvalida`, `PedidoAjeno`, `CompraPropia`, and what who ordered it for a public
    entity asks of who receives it.
    """
    pedido = bloquear_pedido(sesion, pedido_id)
    autorizacion = exigir_comprador(sesion, actor, pedido)
    exigir_que_reciba(sesion, actor, pedido.id)
    ya, dinero = pedido.conforme_en is not None, dinero_de(sesion, pedido.id)
    if dinero.banco_desde is not None:
        raise TransicionInvalida(_("El banco de la tarjeta reclama este pago: espere a que decida."))
    if dinero.por_reclamo:
        raise TransicionInvalida(_("Hay un reclamo abierto: retírelo primero, o espere a que termine."))
    if pedido.modalidad == Modalidad.SERVICIO:
        VIDA_PEDIDO.exigir_paso(pedido, EstadoPedido.ENTREGADO)
        _conformar(sesion, pedido, _servicio(sesion, pedido), autorizacion)
    else:
        if pedido.estado != EstadoPedido.ENTREGADO:
            raise TransicionInvalida(_("Todavía no consta que lo recibió: se entrega con su código."))
        pedido.version += 1
        pedido.conforme_en = pedido.conforme_en or ahora_bd(sesion)
        sesion.flush()
        fechar(sesion, pedido.id, ahora_bd(sesion))
    if not ya:
        anotar_conformidad(sesion, autorizacion, pedido.id)
    auditar(sesion, autorizacion, "pedido.conformidad", "comercio_pedido", pedido.id, {})
    return pedido


def dar_por_conforme(sesion: Session, pedido_id: UUID) -> bool:
    """The sweep: who bought the service said nothing in their term. False when they did, or claimed."""
    pedido = bloquear_pedido(sesion, pedido_id)
    servicio = servicio_bloqueado(sesion, pedido)
    if servicio.estado != EstadoServicio.PRESTADO or servicio.conforme_hasta is None:
        return False
    if servicio.conforme_hasta > ahora_bd(sesion):
        return False
    if dinero_de(sesion, pedido_id).estado is EstadoCustodia.CONGELADA:
        return False
    _conformar(sesion, pedido, servicio, sistema("plazo de conformidad"), _("Conforme por silencio."))
    return True


def _conformar(
    sesion: Session, pedido: Pedido, servicio: Servicio, autorizacion: Autorizacion, detalle: str = ""
) -> None:
    VIDA_SERVICIO.pasar(servicio, EstadoServicio.CONFORME)
    servicio.terminado_en = ahora_bd(sesion)
    cerrar_citas(sesion, pedido.id, EstadoCita.CUMPLIDA)
    vivas = {x.fila.existencia_id: x.viva for x in lineas_del_pedido(sesion, pedido.id) if x.viva > NADA}
    retirar(sesion, vivas, autorizacion, pedido.id)
    entregar(sesion, pedido, autorizacion, detalle)
    fechar(sesion, pedido.id, ahora_bd(sesion))  # the term of who bought was this one


def _servicio(sesion: Session, pedido: Pedido) -> Servicio:
    if pedido.modalidad != Modalidad.SERVICIO:
        raise TransicionInvalida(_("Este pedido viaja por correo: se entrega con su código."))
    return servicio_bloqueado(sesion, pedido)


def liberar_custodia(sesion: Session, pedido_id: UUID) -> bool:
    """The sweep: the date of an order came, and no claim holds its money. False when it was otherwise, or a
    bank claims it and that was not heard yet."""
    pedido = bloquear_pedido(sesion, pedido_id)
    if pedido.estado != EstadoPedido.ENTREGADO or reclama_un_banco(sesion, pedido.compra_id):
        return False
    if not liberar(sesion, pedido_id):
        return False
    concluir(sesion, pedido, sistema("liberación de custodia"))
    return True


def concluir(sesion: Session, pedido: Pedido, autorizacion: Autorizacion, detalle: str = "") -> None:
    """The money of what was delivered ended: so does the order."""
    avanzar(sesion, pedido, EstadoPedido.CONCLUIDO, autorizacion, detalle)
