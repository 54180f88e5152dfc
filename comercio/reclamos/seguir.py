"""What becomes of an exchange, and of its claim, when something becomes of its shipment. News is heard late
and in any order; what comes after it ended is an incident.
"""

from collections.abc import Callable
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.compra import EstadoPedido
from comercio.compra.modelos import Pedido
from comercio.custodia import VIVA, dinero_de, fechar
from comercio.pedidos import liberacion
from comercio.reclamos.bloqueos import bloquear_cambio, bloquear_reclamo
from comercio.reclamos.cambiar import en_camino
from comercio.reclamos.cambios import acabar, salir, volver
from comercio.reclamos.estados import VIDA_CAMBIO, EstadoCambio, EstadoReclamo, Lado
from comercio.reclamos.modelos import Cambio, Reclamo
from comercio.reclamos.pasos import SISTEMA, anotar
from comercio.reclamos.terminar import devolver, mover, sin_objeto, terminar
from envios import EstadoEnvio, envio_por_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

_C = EstadoCambio
_Hacer = Callable[[Session, Reclamo, Pedido, Cambio], bool]


def _de_su_cambio(si_esta: EstadoEnvio | None = None) -> Callable[[_Hacer], Callable[[Session, UUID], bool]]:
    """Do it to the exchange that a shipment is, locked with its claim; False when it is of none, or the
    shipment is not `si_esta` any more."""

    def de(hacer: _Hacer) -> Callable[[Session, UUID], bool]:
        def con_envio(sesion: Session, envio_id: UUID) -> bool:
            suyo = select(Cambio.reclamo_id).where(col(Cambio.envio_id) == envio_id)
            reclamo_id = sesion.exec(suyo).one_or_none()
            if reclamo_id is None:
                return False
            reclamo, pedido = bloquear_reclamo(sesion, reclamo_id)
            cambio = bloquear_cambio(sesion, reclamo_id)
            assert cambio is not None
            if si_esta is not None and envio_por_id(sesion, envio_id).estado is not si_esta:
                return False
            return hacer(sesion, reclamo, pedido, cambio)

        con_envio.__doc__ = hacer.__doc__
        return con_envio

    return de


@_de_su_cambio()
def anotar_admision(sesion: Session, reclamo: Reclamo, pedido: Pedido, cambio: Cambio) -> bool:
    """An operator received it. False when that was known."""
    if cambio.estado == _C.ANUNCIADO:
        en_camino(sesion, reclamo, pedido, cambio, SISTEMA)
        return True
    if cambio.estado == _C.ANULADO:
        texto = _("El correo recibió el cambio después de que quedó sin efecto.")
        return _incidencia(sesion, reclamo, pedido, cambio, texto)
    return False


@_de_su_cambio(EstadoEnvio.ENTREGADO)
def anotar_entrega(sesion: Session, reclamo: Reclamo, pedido: Pedido, cambio: Cambio) -> bool:
    """It was delivered: the claim ends, and the seller is paid after a new term, as of any delivery."""
    if cambio.estado == _C.ENTREGADO:
        return False
    if cambio.estado in VIDA_CAMBIO.fines:
        texto = _("El cambio se entregó después de que quedó sin efecto.")
        return _incidencia(sesion, reclamo, pedido, cambio, texto)
    if cambio.estado == _C.ANUNCIADO:
        salir(sesion, cambio, pedido, SISTEMA)
    acabar(sesion, cambio, _C.ENTREGADO)
    if dinero_de(sesion, pedido.id).estado not in VIVA:
        terminar(sesion, reclamo, pedido, SISTEMA, EstadoReclamo.SIN_OBJETO)
        return True
    if pedido.estado == EstadoPedido.ENTREGADO:
        fechar(sesion, pedido.id, liberacion(sesion, pedido, ahora_bd(sesion)))
    terminar(sesion, reclamo, pedido, SISTEMA, EstadoReclamo.CAMBIADO)
    return True


@_de_su_cambio(EstadoEnvio.DEVUELTO)
def anotar_devolucion(sesion: Session, reclamo: Reclamo, pedido: Pedido, cambio: Cambio) -> bool:
    """It came back to the seller: what was asked goes back, and its units are in stock."""
    if cambio.estado == _C.DEVUELTO:
        return False
    if cambio.estado == _C.ENTREGADO:
        return _errada(sesion, reclamo, pedido, cambio)
    if cambio.estado in VIDA_CAMBIO.fines:
        texto = _("El cambio volvió a quien vende después de que quedó sin efecto.")
        return _incidencia(sesion, reclamo, pedido, cambio, texto)
    if cambio.estado == _C.ANUNCIADO:
        salir(sesion, cambio, pedido, SISTEMA)
    volver(sesion, cambio, pedido, SISTEMA)
    _no_se_hizo(sesion, reclamo, pedido, _("El cambio volvió a quien vende: se devuelve lo que se pidió."))
    return True


@_de_su_cambio(EstadoEnvio.ANULADO)
def anotar_anulacion(sesion: Session, reclamo: Reclamo, pedido: Pedido, cambio: Cambio) -> bool:
    """It never left, or what was taken for received was not: what was asked goes back."""
    if cambio.estado == _C.ENTREGADO:
        return _errada(sesion, reclamo, pedido, cambio)
    if cambio.estado not in (_C.ANUNCIADO, _C.EN_CAMINO):
        return False
    if cambio.estado == _C.EN_CAMINO:
        volver(sesion, cambio, pedido, SISTEMA)
    _no_se_hizo(sesion, reclamo, pedido, _("El cambio se anuló: se devuelve lo que se pidió."))
    return True


@_de_su_cambio(EstadoEnvio.SIN_NOTICIAS)
def anotar_sin_noticias(sesion: Session, reclamo: Reclamo, _pedido: Pedido, cambio: Cambio) -> bool:
    """Thirty days without news: the sweep gives it up for lost from now on."""
    if cambio.estado != _C.EN_CAMINO:
        return False
    reclamo.vence_en = ahora_bd(sesion)
    sesion.flush()
    return True


def anotar_correccion(sesion: Session, envio_id: UUID) -> bool:
    """How it ended was declared wrong: it ended as its shipment says now, or nobody knows."""
    despues = {
        EstadoEnvio.ENTREGADO: anotar_entrega,
        EstadoEnvio.DEVUELTO: anotar_devolucion,
        EstadoEnvio.ANULADO: anotar_anulacion,
    }.get(envio_por_id(sesion, envio_id).estado, _no_termino)
    return despues(sesion, envio_id)


@_de_su_cambio()
def _no_termino(sesion: Session, reclamo: Reclamo, pedido: Pedido, cambio: Cambio) -> bool:
    if cambio.estado not in (_C.ENTREGADO, _C.DEVUELTO):
        return False
    return _errada(sesion, reclamo, pedido, cambio)


def _errada(sesion: Session, reclamo: Reclamo, pedido: Pedido, cambio: Cambio) -> bool:
    """What ended by it is not undone: while the money is held its term begins again, once, to claim in."""
    if dinero_de(sesion, pedido.id).estado not in VIVA:
        texto = _("Cómo terminó el cambio se declaró errado después de que el pedido terminó.")
        return _incidencia(sesion, reclamo, pedido, cambio, texto)
    texto = _("Cómo terminó el cambio se declaró errado: quien compró puede reclamar otra vez.")
    nueva = _incidencia(sesion, reclamo, pedido, cambio, texto)
    if nueva and pedido.estado == EstadoPedido.ENTREGADO:
        fechar(sesion, pedido.id, liberacion(sesion, pedido, ahora_bd(sesion)))
    return nueva


def _no_se_hizo(sesion: Session, reclamo: Reclamo, pedido: Pedido, texto: str) -> None:
    if sin_objeto(sesion, reclamo, pedido, SISTEMA):
        return
    anotar(sesion, reclamo, Lado.PLAZO, texto, SISTEMA, reclamo.pedido_monto)
    devolver(sesion, reclamo, pedido, SISTEMA, reclamo.pedido_monto)


def _incidencia(sesion: Session, reclamo: Reclamo, pedido: Pedido, cambio: Cambio, texto: str) -> bool:
    """What happened is not what was settled with its money: both sides are told. False when it was said."""
    if cambio.incidencia == texto:
        return False
    cambio.incidencia = texto[:300]
    reclamo.version += 1
    sesion.flush()
    mover(sesion, reclamo, pedido, SISTEMA)
    return True
