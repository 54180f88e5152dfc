"""How a claim waits for somebody, and how it ends: what goes back, and what of its exchange is left."""

from datetime import datetime

from moneyed import Money
from sqlmodel import Session

from comercio.compra.modelos import Pedido
from comercio.custodia import dinero_de, soltar
from comercio.pedidos import ceder, devolver_por_reclamo, lo_que_hay
from comercio.reclamos import eventos
from comercio.reclamos.bloqueos import bloquear_reclamo
from comercio.reclamos.cambios import dejar_cambio
from comercio.reclamos.consultas import en_juego, porte_en_juego, reclamo_abierto
from comercio.reclamos.estados import SIN_CULPA, VIDA_RECLAMO, EstadoReclamo, Lado
from comercio.reclamos.modelos import Reclamo
from comercio.reclamos.pasos import anotar, datos_de
from comercio.reputacion import Falta, anotar_falta
from empresa_digital.registro import unidad_por_id
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero, formato_bs
from nucleo.eventos import publicar
from nucleo.plazos import correr
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

_E = EstadoReclamo


def esperar(
    sesion: Session,
    reclamo: Reclamo,
    pedido: Pedido,
    autorizacion: Autorizacion,
    a: EstadoReclamo,
    plazo: str,
) -> None:
    vence_en = hasta(sesion, plazo, ahora_bd(sesion), pedido)
    VIDA_RECLAMO.pasar(reclamo, a)
    reclamo.vence_en = vence_en
    reclamo.version += 1
    sesion.flush()
    mover(sesion, reclamo, pedido, autorizacion)


def mover(sesion: Session, reclamo: Reclamo, pedido: Pedido, autorizacion: Autorizacion) -> None:
    """Both sides hear of its next step."""
    datos = datos_de(pedido) | {"estado": reclamo.estado}
    publicar(sesion, eventos.RECLAMO_MOVIDO, reclamo.id, datos, autorizacion)


def lo_mas(sesion: Session, reclamo: Reclamo) -> Money:
    """The most that a claim, locked with its order, may give back today."""
    queda = lo_que_hay(sesion, sesion.get_one(Pedido, reclamo.pedido_id))
    return min(sum(en_juego(sesion, reclamo).values(), porte_en_juego(sesion, reclamo)), queda)


def sin_objeto(sesion: Session, reclamo: Reclamo, pedido: Pedido, autorizacion: Autorizacion) -> bool:
    """End a claim when all that it is of was given back otherwise meanwhile."""
    if lo_mas(sesion, reclamo) > cero():
        return False
    terminar(sesion, reclamo, pedido, autorizacion, _E.SIN_OBJETO)
    return True


def dejar_por_banco(sesion: Session, pedido: Pedido, autorizacion: Autorizacion) -> None:
    """The bank of the card that paid is about to take all that is held of an order, locked: nothing is left
    of which to claim, and both sides are told so at once."""
    abierto = reclamo_abierto(sesion, pedido.id)
    if abierto is None:
        return
    reclamo, _pedido = bloquear_reclamo(sesion, abierto.id)
    texto = _(
        "El banco devolvió a la tarjeta el dinero del pedido: ya no está en custodia, y nadie decide lo que "
        "se reclamaba."
    )
    anotar(sesion, reclamo, Lado.BANCO, texto, autorizacion)
    terminar(sesion, reclamo, pedido, autorizacion, _E.SIN_OBJETO)


def devolver(
    sesion: Session, reclamo: Reclamo, pedido: Pedido, autorizacion: Autorizacion, monto: Money
) -> None:
    """What was decided goes back, up to what is claimed is still worth, and the claim ends with it. Of what
    was paid at the door and is not there, so much is owed to who bought by whoever collected it."""
    monto = reclamo.resuelto = min(monto, lo_mas(sesion, reclamo))
    motivo = _("Por un reclamo: %(motivo)s.") % {"motivo": reclamo.motivo_texto.lower()}
    if monto > cero() and dinero_de(sesion, pedido.id).por_cobrar > cero():
        _acabar(sesion, reclamo, pedido, autorizacion, _E.CEDIDO)
        motivo += " " + _("Quien cobró en la puerta debe %(monto)s a quien compró.") % {
            "monto": formato_bs(monto)
        }
        ceder(sesion, pedido, autorizacion, monto, motivo)
        return
    fin = _E.DEVUELTO if monto > cero() else _E.CERRADO
    _dejar(sesion, reclamo, pedido, autorizacion, fin)
    if monto > cero():
        de = en_juego(sesion, reclamo)
        porte = porte_en_juego(sesion, reclamo)
        reclamo.devuelto = devolver_por_reclamo(
            sesion, pedido, autorizacion, monto, de, reclamo.id, motivo, porte
        )
    _acabar(sesion, reclamo, pedido, autorizacion, fin)


def terminar(
    sesion: Session, reclamo: Reclamo, pedido: Pedido, autorizacion: Autorizacion, fin: EstadoReclamo
) -> None:
    _dejar(sesion, reclamo, pedido, autorizacion, fin)
    _acabar(sesion, reclamo, pedido, autorizacion, fin)


def _dejar(
    sesion: Session, reclamo: Reclamo, pedido: Pedido, autorizacion: Autorizacion, fin: EstadoReclamo
) -> None:
    """Its exchange is left before any money moves: products are locked before the ledger's accounts."""
    VIDA_RECLAMO.exigir_paso(reclamo, fin)
    dejar_cambio(sesion, reclamo, pedido, autorizacion)


def _acabar(
    sesion: Session, reclamo: Reclamo, pedido: Pedido, autorizacion: Autorizacion, fin: EstadoReclamo
) -> None:
    VIDA_RECLAMO.pasar(reclamo, fin)
    if fin in (_E.DEVUELTO, _E.CEDIDO) and reclamo.motivo not in SIN_CULPA:
        anotar_falta(sesion, pedido.id, Falta.RECLAMO)
    reclamo.vence_en, reclamo.terminado_en = None, ahora_bd(sesion)
    reclamo.version += 1
    sesion.flush()
    soltar(sesion, pedido.id)
    mover(sesion, reclamo, pedido, autorizacion)
    hechos = {"estado": fin.value, "resuelto": a_centavos(reclamo.resuelto or cero())}
    auditar(sesion, autorizacion, "reclamo_de_compra.terminar", "comercio_reclamo", reclamo.id, hechos)


def hasta(sesion: Session, plazo: str, desde: datetime, pedido: Pedido) -> datetime:
    lugar = unidad_por_id(sesion, pedido.vendedor_id).municipio_ine
    vence_en = correr(sesion, plazo, desde, [lugar]).vence_en
    assert vence_en is not None
    return vence_en
