"""A return: who sold gives back what was asked once what is claimed comes back to them.

Who bought sends it by the post, announced from their parcel, or takes it there; its shipment is news heard
late. Not sent in its term, the claim ends without money; delivered, who sold looks at it in theirs, and
silence is that it is well; lost on the way, the authority decides.
"""

from uuid import UUID

from sqlmodel import Session, col, select

from comercio.catalogo import Modalidad
from comercio.compra import EstadoPedido
from comercio.compra.modelos import Pedido
from comercio.pedidos import entregados_con, sin_entrega
from comercio.pedidos.modelos import Paquete
from comercio.reclamos.bloqueos import bloquear_reclamo
from comercio.reclamos.consultas import reclamadas, reclamo_abierto, reclamo_visible
from comercio.reclamos.errores import ReclamoNoAdmite
from comercio.reclamos.estados import VIDA_RECLAMO, EstadoCambio, EstadoReclamo, Lado, MotivoReclamo
from comercio.reclamos.modelos import Cambio, Reclamo
from comercio.reclamos.pasos import SISTEMA, anotar
from comercio.reclamos.terminar import devolver, esperar, mover, sin_objeto
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad, unidad_por_id
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
_SIN_LLEGAR = (EstadoEnvio.SIN_NOTICIAS, EstadoEnvio.DEVUELTO, EstadoEnvio.ANULADO)


def por_que_no_vuelve(sesion: Session, reclamo: Reclamo, pedido: Pedido) -> str:
    """In words, why what a claim is of cannot be asked back; nothing when it can. What leaves no proof that
    it went back is asked only of who may take to the authority that it did."""
    if pedido.modalidad == Modalidad.SERVICIO:
        return _("Un servicio no se devuelve: responda con dinero.")
    if pedido.estado != EstadoPedido.ENTREGADO or reclamo.motivo == MotivoReclamo.NO_RECIBIDO:
        return _("Se pide de vuelta lo que se entregó: de lo demás, responda con dinero.")
    vino_en = _vino_en(sesion, reclamo, pedido)
    if len(vino_en) > 1:
        return _("Lo que se reclama llegó en varios paquetes: responda con dinero.")
    if reclamo.motivo == MotivoReclamo.DESISTIMIENTO and not se_manda(sesion, reclamo, pedido):
        return _("No hay cómo devolverlo por correo: cuando lo tenga, acepte devolver el dinero.")
    return ""


def se_manda(sesion: Session, reclamo: Reclamo, pedido: Pedido) -> bool:
    """Whether what is claimed came by the post and may go back by it, or already does."""
    tienda = unidad_por_id(sesion, pedido.vendedor_id)
    if not (tienda.municipio_ine and tienda.direccion):
        return False
    mandados = _vino_en(sesion, reclamo, pedido)
    return len(mandados) == 1 and (
        devolucion_de(sesion, mandados[0]) is None or vuelta_de(sesion, reclamo, pedido) is not None
    )


def vuelta_de(sesion: Session, reclamo: Reclamo, pedido: Pedido) -> Envio | None:
    """The shipment by which what is claimed goes back: the one it has, or one announced that is of no other
    claim and may still arrive."""
    if reclamo.vuelta_id is not None:
        return envio_por_id(sesion, reclamo.vuelta_id)
    for mandado in _vino_en(sesion, reclamo, pedido):
        vuelta = devolucion_de(sesion, mandado)
        if vuelta is not None and vuelta.estado not in _SIN_LLEGAR and not _de_otro(sesion, reclamo, vuelta):
            return vuelta
    return None


def por_mandar(sesion: Session, reclamo: Reclamo, pedido: Pedido) -> UUID | None:
    """The shipment that who bought may announce the return of."""
    if not se_manda(sesion, reclamo, pedido) or vuelta_de(sesion, reclamo, pedido) is not None:
        return None
    return _vino_en(sesion, reclamo, pedido)[0]


def ya_viaja(sesion: Session, reclamo: Reclamo, pedido: Pedido) -> bool:
    """Whether the post has it, heard or not."""
    vuelta = vuelta_de(sesion, reclamo, pedido)
    return vuelta is not None and vuelta.estado is not EstadoEnvio.ANUNCIADO


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
        anotar(sesion, reclamo, Lado.VENDEDOR, texto, autorizacion, reclamo.pedido_monto)
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
        anotar(sesion, reclamo, Lado.PLAZO, texto, SISTEMA, reclamo.pedido_monto)
        devolver(sesion, reclamo, pedido, SISTEMA, reclamo.pedido_monto)
        return True
    if reclamo.estado == _E.EN_VUELTA and _volvio_a_quien_lo_mando(sesion, reclamo):
        texto = _("Lo que devolvía volvió a quien compró: el reclamo termina.")
        anotar(sesion, reclamo, Lado.PLAZO, texto, SISTEMA)
        devolver(sesion, reclamo, pedido, SISTEMA, cero())
        return True
    if reclamo.estado == _E.EN_VUELTA:
        texto = _("No consta que lo que vuelve llegara a quien vende: lo decide la autoridad.")
        anotar(sesion, reclamo, Lado.PLAZO, texto, SISTEMA)
        esperar(sesion, reclamo, pedido, SISTEMA, _E.EN_MEDIACION, MEDIAR)
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
    if envio_id != reclamo.vuelta_id and primero not in _vino_en(sesion, reclamo, pedido):
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


def _vino_en(sesion: Session, reclamo: Reclamo, pedido: Pedido) -> list[UUID]:
    """The shipments delivered with what a claim is of: its parcels, or what was sent in their place."""
    cuales = {fila.id for fila, _n in reclamadas(sesion, reclamo.id)}
    de_cambios = (
        select(Cambio.envio_id, Cambio.linea_id)
        .join(Reclamo, col(Reclamo.id) == col(Cambio.reclamo_id))
        .where(col(Reclamo.pedido_id) == pedido.id, col(Cambio.estado) == EstadoCambio.ENTREGADO)
        .order_by(col(Cambio.apartado_en).desc())
    )
    for envio_id, linea_id in sesion.exec(de_cambios):
        if envio_id is not None and cuales == {linea_id}:
            return [envio_id]  # the last one is what they have
    return entregados_con(sesion, pedido.id, cuales)


def _de_otro(sesion: Session, reclamo: Reclamo, vuelta: Envio) -> bool:
    suyo = select(Reclamo.id).where(col(Reclamo.vuelta_id) == vuelta.id, col(Reclamo.id) != reclamo.id)
    return sesion.exec(suyo).first() is not None


def _volvio_a_quien_lo_mando(sesion: Session, reclamo: Reclamo) -> bool:
    """Who only changed their mind has it again."""
    if reclamo.motivo != MotivoReclamo.DESISTIMIENTO or reclamo.vuelta_id is None:
        return False
    return envio_por_id(sesion, reclamo.vuelta_id).estado in (EstadoEnvio.DEVUELTO, EstadoEnvio.ANULADO)


def _lo_que_viaja(sesion: Session, reclamo: Reclamo, pedido: Pedido) -> bool:
    """Heed what comes back of what was delivered; whether that moved the claim."""
    if reclamo.vuelta_id is not None:
        return _segun(sesion, reclamo, pedido, envio_por_id(sesion, reclamo.vuelta_id))
    vueltas = [devolucion_de(sesion, id) for id in _vino_en(sesion, reclamo, pedido)]
    return any(_segun(sesion, reclamo, pedido, vuelta) for vuelta in vueltas if vuelta is not None)


def _segun(sesion: Session, reclamo: Reclamo, pedido: Pedido, vuelta: Envio) -> bool:
    """What a shipment that goes back says moves its claim, which waits for it or for any; False when not."""
    if vuelta.estado is EstadoEnvio.ANUNCIADO or reclamo.vuelta_id not in (None, vuelta.id):
        return False
    if _de_otro(sesion, reclamo, vuelta):
        return False
    ahora, perdido = ahora_bd(sesion), vuelta.estado in _SIN_LLEGAR
    if vuelta.estado is EstadoEnvio.ENTREGADO:
        if reclamo.estado == _E.POR_REVISAR:
            return False
        reclamo.vuelta_id = vuelta.id
        esperar(sesion, reclamo, pedido, SISTEMA, _E.POR_REVISAR, REVISAR)
        return True
    if reclamo.estado == _E.EN_VUELTA:
        if not perdido or reclamo.vence_en is None or reclamo.vence_en <= ahora:
            return False
    elif reclamo.vuelta_id is None and vuelta.estado in (EstadoEnvio.DEVUELTO, EstadoEnvio.ANULADO):
        return False  # it never left, or is with who bought again
    else:
        VIDA_RECLAMO.pasar(reclamo, _E.EN_VUELTA)
    reclamo.vuelta_id = vuelta.id
    reclamo.vence_en = ahora if perdido else sin_entrega(sesion, ahora)
    reclamo.version += 1
    sesion.flush()
    mover(sesion, reclamo, pedido, SISTEMA)
    return True
