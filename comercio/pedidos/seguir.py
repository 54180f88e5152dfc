"""What becomes of an order when something becomes of one of its parcels."""

from collections.abc import Callable
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.compra import VIDA_PEDIDO
from comercio.compra.modelos import Pedido
from comercio.custodia import cobrada, dinero_de, reclamado
from comercio.pedidos.avanzar import SEGUIMIENTO, poner_al_dia, sistema
from comercio.pedidos.bloqueos import bloquear_paquete
from comercio.pedidos.cancelar import quitar, volvio
from comercio.pedidos.en_mano import quedarselo
from comercio.pedidos.estados import VIDA_PAQUETE, EstadoPaquete
from comercio.pedidos.lineas import contenido_de
from comercio.pedidos.modelos import Paquete
from comercio.pedidos.paquetes import (
    anotar_despacho,
    anotar_incidencia,
    anular,
    envio_de,
    retomar,
    saldar,
    salir,
)
from comercio.pedidos.plazos import sin_entrega, sin_rendir
from envios import EstadoEnvio, avisar_sin_rendir, envio_por_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

ENVIO = sistema(SEGUIMIENTO)
_E = EstadoPaquete
_Hacer = Callable[[Session, Pedido, Paquete], bool]


def _de_su_paquete(si_esta: EstadoEnvio | None = None) -> Callable[[_Hacer], Callable[[Session, UUID], bool]]:
    """Do it to the parcel that a shipment is, locked with its order; False when it is of no order, or is not
    `si_esta` any more: news is heard late, and in any order, so what it says was perhaps corrected."""

    def de(hacer: _Hacer) -> Callable[[Session, UUID], bool]:
        def con_envio(sesion: Session, envio_id: UUID) -> bool:
            suyo = select(Paquete.id).where(col(Paquete.envio_id) == envio_id)
            paquete_id = sesion.exec(suyo).one_or_none()
            if paquete_id is None:
                return False
            paquete, pedido = bloquear_paquete(sesion, paquete_id)
            if si_esta is not None and envio_por_id(sesion, envio_id).estado is not si_esta:
                return False
            return hacer(sesion, pedido, paquete)

        con_envio.__doc__ = hacer.__doc__
        return con_envio

    return de


@_de_su_paquete()
def anotar_admision(sesion: Session, pedido: Pedido, paquete: Paquete) -> bool:
    """An operator received it. False when that was known; after an annulment it is an incident."""
    if paquete.estado == _E.ANUNCIADO:
        anotar_despacho(sesion, pedido, paquete, ENVIO)
        return True
    if paquete.estado == _E.ANULADO:
        texto = _("El correo recibió el paquete después de que se pidió anularlo.")
        anotar_incidencia(sesion, pedido, paquete, ENVIO, texto)
        return True
    return False


@_de_su_paquete(EstadoEnvio.ENTREGADO)
def anotar_entrega(sesion: Session, pedido: Pedido, paquete: Paquete) -> bool:
    """It was delivered. False when that was known; of what was annulled, lost or returned, and is not owed
    any more, an incident."""
    if paquete.estado == _E.ENTREGADO:
        return False
    VIDA_PAQUETE.exigir_paso(paquete, _E.ENTREGADO)
    paquete.entregado_en = ahora_bd(sesion)
    tarde = paquete.saldado and not retomar(sesion, paquete)
    VIDA_PAQUETE.pasar(paquete, _E.ENTREGADO)
    if not tarde:
        salir(sesion, paquete, ENVIO)
        if not cobrada(sesion, pedido.id):
            paquete.vence_en = sin_rendir(sesion, paquete.entregado_en)
    else:
        paquete.despachado_en = paquete.despachado_en or paquete.entregado_en
        texto = _("El paquete se entregó después de que se decidió devolver su dinero a quien compró.")
        anotar_incidencia(sesion, pedido, paquete, ENVIO, texto)
    poner_al_dia(sesion, pedido, ENVIO, paquete.envio_numero or "")
    return True


@_de_su_paquete()
def anotar_cobro(sesion: Session, pedido: Pedido, paquete: Paquete) -> bool:
    """What was collected at its door is in the order's custody: once it was delivered too, the order was."""
    if pedido.estado in VIDA_PEDIDO.fines or not cobrada(sesion, pedido.id):
        return False
    poner_al_dia(sesion, pedido, ENVIO, paquete.envio_numero or "")
    return True


@_de_su_paquete(EstadoEnvio.DEVUELTO)
def anotar_devolucion(sesion: Session, pedido: Pedido, paquete: Paquete) -> bool:
    """It came back to the seller: the buyer gets the money, the seller the units."""
    if paquete.estado in (_E.DEVUELTO, _E.ENTREGADO):
        return False
    if not paquete.saldado:
        salir(sesion, paquete, ENVIO)
    if saldar(sesion, paquete, _E.DEVUELTO) and pedido.estado not in VIDA_PEDIDO.fines:
        volvio(sesion, pedido, ENVIO, contenido_de(sesion, paquete.id))
    return True


@_de_su_paquete(EstadoEnvio.ANULADO)
def anotar_anulacion(sesion: Session, pedido: Pedido, paquete: Paquete) -> bool:
    """It never left: what it held can be sent again, or is cancelled by its term. What the order took for
    dispatched goes back."""
    if paquete.estado not in (_E.ANUNCIADO, _E.DESPACHADO):
        return False
    pedido.version += 1
    if paquete.estado == _E.ANUNCIADO:
        anular(sesion, pedido, paquete)
        return True
    if saldar(sesion, paquete, _E.ANULADO) and pedido.estado not in VIDA_PEDIDO.fines:
        volvio(sesion, pedido, ENVIO, contenido_de(sesion, paquete.id))
    return True


@_de_su_paquete(EstadoEnvio.SIN_NOTICIAS)
def anotar_sin_noticias(sesion: Session, _pedido: Pedido, paquete: Paquete) -> bool:
    """Thirty days without news: the sweep gives it up for lost from now on."""
    if paquete.estado != _E.DESPACHADO:
        return False
    paquete.vence_en = ahora_bd(sesion)
    sesion.flush()
    return True


def anotar_correccion(sesion: Session, envio_id: UUID) -> bool:
    """How it ended was declared wrong: it is on its way again, or it ended as its shipment says now."""
    hecho = _desentregar(sesion, envio_id)
    despues = _AL_TERMINAR.get(envio_por_id(sesion, envio_id).estado)
    return (despues is not None and despues(sesion, envio_id)) or hecho


_AL_TERMINAR = {
    EstadoEnvio.ENTREGADO: anotar_entrega,
    EstadoEnvio.DEVUELTO: anotar_devolucion,
    EstadoEnvio.ANULADO: anotar_anulacion,
}


@_de_su_paquete()
def _desentregar(sesion: Session, pedido: Pedido, paquete: Paquete) -> bool:
    """Its delivery was declared wrong: it is on its way, and its money waits if it was not paid yet."""
    entregado = envio_por_id(sesion, envio_de(paquete)).estado is EstadoEnvio.ENTREGADO
    if paquete.estado != _E.ENTREGADO or entregado:
        return False
    vence_en = paquete.vence_en or ahora_bd(sesion)
    if paquete.despachado_en is not None and dinero_de(sesion, pedido.id).contra_entrega:
        # What ran was the term of whoever collected it.
        vence_en = sin_entrega(sesion, paquete.despachado_en)
    VIDA_PAQUETE.pasar(paquete, _E.DESPACHADO)
    paquete.vence_en = vence_en
    sesion.flush()
    if pedido.estado in VIDA_PEDIDO.fines:
        texto = _("La entrega se declaró errada después de que el pedido terminó.")
        anotar_incidencia(sesion, pedido, paquete, ENVIO, texto)
    poner_al_dia(sesion, pedido, ENVIO, _("La entrega se declaró errada."))
    return True


def dar_por_perdido(sesion: Session, paquete_id: UUID) -> bool:
    """The sweep: nobody delivered it in its time. The buyer gets the money; the seller claims of who carried
    it, or keeps what nobody came for. False when it was otherwise meanwhile, or what is known of it says so
    and was not heard yet."""
    paquete, pedido = bloquear_paquete(sesion, paquete_id)
    if paquete.estado != _E.DESPACHADO or paquete.vence_en is None or paquete.vence_en > ahora_bd(sesion):
        return False
    if not paquete.en_mano and envio_por_id(sesion, envio_de(paquete)).estado in (
        EstadoEnvio.ENTREGADO,
        EstadoEnvio.DEVUELTO,
    ):
        return False
    perder(sesion, pedido, paquete)
    return True


def terminar_sin_rendir(sesion: Session, paquete_id: UUID) -> bool:
    """The sweep: whoever collected it at the door did not hand it over in its term. The order ends; what was
    collected is owed to who sells, and who bought owes nothing. False when it was otherwise meanwhile, or who
    bought claims, which ends by time too."""
    paquete, pedido = bloquear_paquete(sesion, paquete_id)
    vencido = paquete.vence_en is not None and paquete.vence_en <= ahora_bd(sesion)
    if paquete.estado != _E.ENTREGADO or paquete.saldado or not vencido:
        return False
    if pedido.estado in VIDA_PEDIDO.fines:
        return False
    if cobrada(sesion, pedido.id):
        poner_al_dia(sesion, pedido, ENVIO, paquete.envio_numero or "")
        return True
    if reclamado(sesion, pedido.id):
        return False
    paquete.saldado = True
    sesion.flush()
    texto = _("Se entregó y se cobró, pero el operador no rindió el dinero: se lo debe a quien vende.")
    quitar(sesion, pedido, sistema("plazo de rendición"), contenido_de(sesion, paquete.id), texto, None)
    anotar_incidencia(sesion, pedido, paquete, ENVIO, texto)
    avisar_sin_rendir(sesion, envio_de(paquete))
    return True


def perder(sesion: Session, pedido: Pedido, paquete: Paquete) -> None:
    """A parcel, locked with its order, is given up for lost; what never left the seller is theirs again."""
    if paquete.en_mano:
        quedarselo(sesion, pedido, paquete, sistema("plazo de entrega"))
        return
    if saldar(sesion, paquete, _E.PERDIDO) and pedido.estado not in VIDA_PEDIDO.fines:
        motivo = _("El paquete no se entregó a tiempo y se da por perdido.")
        quitar(sesion, pedido, ENVIO, contenido_de(sesion, paquete.id), motivo, None)
