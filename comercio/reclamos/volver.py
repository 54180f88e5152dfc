"""A return: who sold gives back what was asked once what is claimed comes back to them.

Who bought sends it by the post, announced from their parcel, or takes it there; its shipment is news heard
late. Not sent in its term, the claim ends without money; delivered, who sold looks at it in theirs, and
silence is that it is well; lost on the way, the authority decides.
"""

from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from comercio.catalogo import Modalidad
from comercio.compra import EstadoPedido
from comercio.compra.modelos import Pedido
from comercio.custodia import dinero_de
from comercio.pedidos import sin_entrega
from comercio.pedidos.modelos import Paquete
from comercio.reclamos.bloqueos import bloquear_reclamo
from comercio.reclamos.consultas import reclamo_abierto, reclamo_visible
from comercio.reclamos.errores import ReclamoNoAdmite
from comercio.reclamos.estados import VIDA_RECLAMO, EstadoReclamo, Lado, MotivoReclamo
from comercio.reclamos.modelos import Cambio, Reclamo
from comercio.reclamos.pasos import SISTEMA, anotar
from comercio.reclamos.terminar import devolver, esperar, lo_mas, mover, sin_objeto
from comercio.reclamos.vueltas import NO_LLEGA, camino_de, de_otro, vino_en
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from envios import Envio, EstadoEnvio, devolucion_de, envio_por_id
from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import cero
from nucleo.lectores import texto_obligatorio
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

DEVOLVER, REVISAR, MEDIAR = (
    "comercio.devolver_lo_reclamado",
    "comercio.revisar_lo_devuelto",
    "comercio.mediar",
)
_E = EstadoReclamo
VUELVE = (_E.POR_VOLVER, _E.EN_VUELTA, _E.POR_REVISAR)


def por_que_no_vuelve(sesion: Session, reclamo: Reclamo, pedido: Pedido) -> str:
    """In words, why what a claim is of cannot be asked back; nothing when it can. What leaves no proof that
    it went back is asked only of who may take to the authority that it did."""
    if pedido.modalidad == Modalidad.SERVICIO:
        return _("Un servicio no se devuelve: responda con dinero.")
    if dinero_de(sesion, pedido.id).por_cobrar > cero():
        return _("El correo no entregó lo que cobró en la puerta: responda con dinero, que él debe.")
    if pedido.estado != EstadoPedido.ENTREGADO or reclamo.motivo == MotivoReclamo.NO_RECIBIDO:
        return _("Se pide de vuelta lo que se entregó: de lo demás, responda con dinero.")
    camino = camino_de(sesion, reclamo, pedido)
    if len(camino.vino_en) > 1:
        return _("Lo que se reclama llegó en varios paquetes: responda con dinero.")
    if reclamo.motivo == MotivoReclamo.DESISTIMIENTO and not (camino.vuelta or camino.por_mandar):
        return _("No hay cómo devolverlo por correo: cuando lo tenga, acepte devolver el dinero.")
    return ""


def pedir_de_vuelta(
    sesion: Session, reclamo: Reclamo, pedido: Pedido, autorizacion: Autorizacion, texto: str
) -> None:
    """Who sold accepts a claim, locked and unanswered, when it comes back. What already travels counts.

    Raises `ReclamoNoAdmite`.
    """
    if por_que := por_que_no_vuelve(sesion, reclamo, pedido):
        raise ReclamoNoAdmite(por_que)
    anotar(sesion, reclamo, Lado.VENDEDOR, texto, autorizacion)
    esperar(sesion, reclamo, pedido, autorizacion, _E.POR_VOLVER, DEVOLVER)
    _lo_que_viaja(sesion, reclamo, pedido)


def revisar(sesion: Session, actor: Actor, reclamo_id: UUID, que: str, texto: str) -> Reclamo:
    """Who sold says that it came back well (`recibido`: what was asked goes back), from hand to hand too, or
    objects to what the post delivered (`objetar`: the authority decides).

    Raises `ReclamoNoEncontrado`, `SinFacultad`, `ReclamoNoAdmite`, `DatosInvalidos`.
    """
    _r, _p, lado = reclamo_visible(sesion, actor, reclamo_id)
    reclamo, pedido = bloquear_reclamo(sesion, reclamo_id)
    if lado is not Lado.VENDEDOR:
        raise ReclamoNoAdmite(_("Eso lo hace quien vende."))
    autorizacion = exigir_facultad(sesion, actor, pedido.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO)
    if reclamo.estado not in VUELVE:
        raise ReclamoNoAdmite(_("Este reclamo no espera que le devuelvan nada."))
    if sin_objeto(sesion, reclamo, pedido, autorizacion):
        return reclamo
    if que == "recibido":
        texto = texto or _("Lo recibió de vuelta.")
        anotar(sesion, reclamo, Lado.VENDEDOR, texto, autorizacion, _lo_pedido(sesion, reclamo))
        devolver(sesion, reclamo, pedido, autorizacion, reclamo.pedido_monto)
        return reclamo
    if reclamo.estado != _E.POR_REVISAR:
        raise ReclamoNoAdmite(_("Todavía no consta que llegó: cuando llegue podrá decir qué está mal."))
    texto = texto_obligatorio("texto", texto, _("Diga qué está mal de lo que volvió."))
    anotar(sesion, reclamo, Lado.VENDEDOR, texto, autorizacion)
    esperar(sesion, reclamo, pedido, autorizacion, _E.EN_MEDIACION, MEDIAR)
    return reclamo


def vencer_vuelta(sesion: Session, reclamo: Reclamo, pedido: Pedido) -> bool:
    """The sweep, of a claim locked that waited for what comes back; what its shipment says comes first."""
    if _lo_que_viaja(sesion, reclamo, pedido):
        return True
    if reclamo.estado == _E.POR_REVISAR:
        texto = _("Quien vende no objetó lo que volvió: se devuelve lo que se pidió.")
        anotar(sesion, reclamo, Lado.PLAZO, texto, SISTEMA, _lo_pedido(sesion, reclamo))
        devolver(sesion, reclamo, pedido, SISTEMA, reclamo.pedido_monto)
        return True
    if reclamo.estado == _E.EN_VUELTA:
        _no_llego(sesion, reclamo, pedido)
        return True
    texto = _("Quien compró no lo mandó de vuelta: el reclamo termina.")
    anotar(sesion, reclamo, Lado.PLAZO, texto, SISTEMA)
    devolver(sesion, reclamo, pedido, SISTEMA, cero())
    return True


def anotar_vuelta(sesion: Session, envio_id: UUID) -> bool:
    """Something became of a shipment that may be what comes back. False when it is of no claim, or it was
    known."""
    primero = envio_por_id(sesion, envio_id).devolucion_de_id
    pedido_id = _pedido_de(sesion, primero) if primero is not None else None
    abierto = reclamo_abierto(sesion, pedido_id) if pedido_id is not None else None
    if abierto is None:
        return False
    reclamo, pedido = bloquear_reclamo(sesion, abierto.id)
    if reclamo.estado not in VUELVE:
        return False
    if envio_id != reclamo.vuelta_id and primero not in vino_en(sesion, reclamo, pedido):
        return False
    return _segun(sesion, reclamo, pedido, envio_por_id(sesion, envio_id))


def _pedido_de(sesion: Session, envio_id: UUID) -> UUID | None:
    """The order of which a shipment was a parcel, or what was sent in its place."""
    de_paquete = select(Paquete.pedido_id).where(col(Paquete.envio_id) == envio_id)
    de_cambio = (
        select(Reclamo.pedido_id)
        .join(Cambio, col(Cambio.reclamo_id) == col(Reclamo.id))
        .where(col(Cambio.envio_id) == envio_id)
    )
    return sesion.exec(de_paquete).one_or_none() or sesion.exec(de_cambio).one_or_none()


def _lo_pedido(sesion: Session, reclamo: Reclamo) -> Money:
    """What was asked, as far as it is still there."""
    return min(reclamo.pedido_monto, lo_mas(sesion, reclamo))


def _no_llego(sesion: Session, reclamo: Reclamo, pedido: Pedido) -> None:
    """What went back was lost, or its term passed."""
    if _volvio_a_quien_lo_mando(sesion, reclamo):
        texto = _("Lo que devolvía volvió a quien compró: el reclamo termina.")
        anotar(sesion, reclamo, Lado.PLAZO, texto, SISTEMA)
        devolver(sesion, reclamo, pedido, SISTEMA, cero())
        return
    texto = _("No consta que lo que vuelve llegara a quien vende: lo decide la autoridad.")
    anotar(sesion, reclamo, Lado.PLAZO, texto, SISTEMA)
    esperar(sesion, reclamo, pedido, SISTEMA, _E.EN_MEDIACION, MEDIAR)


def _volvio_a_quien_lo_mando(sesion: Session, reclamo: Reclamo) -> bool:
    """Who only changed their mind has it again."""
    if reclamo.motivo != MotivoReclamo.DESISTIMIENTO or reclamo.vuelta_id is None:
        return False
    return envio_por_id(sesion, reclamo.vuelta_id).estado in (EstadoEnvio.DEVUELTO, EstadoEnvio.ANULADO)


def _lo_que_viaja(sesion: Session, reclamo: Reclamo, pedido: Pedido) -> bool:
    """Heed what comes back of what was delivered; whether that moved the claim."""
    if reclamo.vuelta_id is not None:
        return _segun(sesion, reclamo, pedido, envio_por_id(sesion, reclamo.vuelta_id))
    vueltas = [devolucion_de(sesion, id) for id in vino_en(sesion, reclamo, pedido)]
    return any(_segun(sesion, reclamo, pedido, vuelta) for vuelta in vueltas if vuelta is not None)


def _segun(sesion: Session, reclamo: Reclamo, pedido: Pedido, vuelta: Envio) -> bool:
    """What a shipment that goes back says moves its claim, which waits for it or for any; False when not."""
    if vuelta.estado is EstadoEnvio.ANUNCIADO or reclamo.vuelta_id not in (None, vuelta.id):
        return False
    if de_otro(sesion, reclamo, vuelta):
        return False
    perdido = vuelta.estado in NO_LLEGA
    if vuelta.estado is EstadoEnvio.ENTREGADO:
        if reclamo.estado == _E.POR_REVISAR:
            return False
        reclamo.vuelta_id = vuelta.id
        esperar(sesion, reclamo, pedido, SISTEMA, _E.POR_REVISAR, REVISAR)
        return True
    if reclamo.estado == _E.EN_VUELTA:
        if not perdido:
            return False
    elif reclamo.vuelta_id is None and vuelta.estado in (EstadoEnvio.DEVUELTO, EstadoEnvio.ANULADO):
        return False  # it never left, or is with who bought again
    else:
        vence_en = sin_entrega(sesion, ahora_bd(sesion))
        VIDA_RECLAMO.pasar(reclamo, _E.EN_VUELTA)
        reclamo.vuelta_id, reclamo.vence_en = vuelta.id, vence_en
        reclamo.version += 1
        sesion.flush()
    if perdido:
        _no_llego(sesion, reclamo, pedido)
    else:
        mover(sesion, reclamo, pedido, SISTEMA)
    return True
