"""One side of an order asks the other to change it: nothing changes until they say yes, and silence is no."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from comercio.acuerdos import eventos
from comercio.acuerdos.consultas import propuesto_de
from comercio.acuerdos.esquemas import PlazoPedido, QuitaPedida
from comercio.acuerdos.estados import VIDA_ACUERDO, ClaseDeAcuerdo, EstadoAcuerdo
from comercio.acuerdos.modelos import Acuerdo
from comercio.agenda import Lado
from comercio.catalogo import Modalidad
from comercio.compra import POR_DESPACHAR, EstadoServicio, datos_de
from comercio.compra.modelos import Pedido, Servicio
from comercio.custodia import DineroDePedido, dinero_de
from comercio.pedidos import (
    bloquear_pedido,
    del_comprador,
    exigir_cantidades,
    exigir_vendedor,
    quitar_de_acuerdo,
    servicio_bloqueado,
)
from empresa_digital.registro import unidad_por_id
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import cero
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.plazos import correr, fin_del_dia
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida

RESPONDER = "comercio.responder_acuerdo"
DIAS_MAXIMOS = 60
"""How far from today the new term may be."""
PEDIDOS_MAXIMOS = 10
"""How often something may be asked of one order."""


@dataclass(frozen=True, slots=True)
class _Acto:
    """An order that has not left, locked, and which side of it acts."""

    pedido: Pedido
    lado: Lado
    autorizacion: Autorizacion


def pedir_plazo(sesion: Session, actor: Actor, pedido_id: UUID, datos: PlazoPedido) -> Acuerdo:
    """Who sells asks for more days to dispatch, or to do a service.

    Raises `DatosInvalidos`, `TransicionInvalida`, `SinFacultad`, `PedidoNoEncontrado`.
    """
    acto = _por_despachar(sesion, actor, pedido_id)
    if acto.lado is not Lado.VENDEDOR:
        raise TransicionInvalida(_("Más días los pide quien vende."))
    if acto.pedido.modalidad == Modalidad.SERVICIO:
        motivo = por_que_no_mas_dias(servicio_bloqueado(sesion, acto.pedido))
        if motivo:
            raise TransicionInvalida(motivo)
    hasta = fin_del_dia(datos.hasta)
    lejos = fecha_bolivia(ahora_bd(sesion)) + timedelta(days=DIAS_MAXIMOS)
    if hasta <= acto.pedido.despachar_hasta or datos.hasta > lejos:
        texto = _("Elija un día después del que ya tiene, y dentro de %(n)s días.") % {"n": DIAS_MAXIMOS}
        raise DatosInvalidos(texto, campos={"hasta": texto})
    return _proponer(
        sesion,
        acto,
        Acuerdo(
            pedido_id=pedido_id,
            propuso=acto.lado,
            clase=ClaseDeAcuerdo.PLAZO,
            motivo=datos.motivo,
            despachar_hasta=hasta,
            responder_hasta=_responder_hasta(sesion, acto.pedido),
        ),
    )


def pedir_quitar(sesion: Session, actor: Actor, pedido_id: UUID, datos: QuitaPedida) -> Acuerdo:
    """Either side asks that so much of a line is taken off the order, and what it cost goes back.

    Raises `CantidadQueNoQueda`, `CantidadInvalida`, and what `pedir_plazo` does.
    """
    acto = _por_despachar(sesion, actor, pedido_id)
    motivo = por_que_no_menos(acto.pedido, dinero_de(sesion, pedido_id))
    if motivo:
        raise TransicionInvalida(motivo)
    exigir_cantidades(sesion, pedido_id, {datos.linea_id: datos.cantidad})
    return _proponer(
        sesion,
        acto,
        Acuerdo(
            pedido_id=pedido_id,
            propuso=acto.lado,
            clase=ClaseDeAcuerdo.QUITAR,
            motivo=datos.motivo,
            linea_id=datos.linea_id,
            cantidad=datos.cantidad,
            responder_hasta=_responder_hasta(sesion, acto.pedido),
        ),
    )


def responder(sesion: Session, actor: Actor, pedido_id: UUID, acuerdo_id: UUID, acepta: bool) -> Acuerdo:
    """The other side grants what was asked, and it is done, or does not; who asked may take it back. What
    both wanted counts against nobody. `acuerdo_id`: what they saw, which may have been taken back or asked
    otherwise meanwhile.

    Raises `TransicionInvalida`, `CantidadQueNoQueda`, `SinFacultad`, `PedidoNoEncontrado`.
    """
    acto = _por_despachar(sesion, actor, pedido_id)
    acuerdo = propuesto_de(sesion, pedido_id)
    if acuerdo is None:
        raise TransicionInvalida(_("Nadie pide cambiar este pedido."))
    if acuerdo.id != acuerdo_id:
        raise TransicionInvalida(_("Ya no es lo que se pedía: mírelo otra vez."))
    suyo = acuerdo.propuso == acto.lado
    if not acepta:
        _terminar(sesion, acto, acuerdo, EstadoAcuerdo.RETIRADO if suyo else EstadoAcuerdo.NO_ACEPTADO)
        if not suyo:
            _contar(sesion, acto, eventos.ACUERDO_NO_ACEPTADO, acuerdo)
        return acuerdo
    if suyo:
        raise TransicionInvalida(_("La otra parte es quien acepta lo que usted pidió."))
    if acuerdo.responder_hasta <= ahora_bd(sesion):
        raise TransicionInvalida(_("Ya pasó el tiempo para responder: todo queda como estaba."))
    _terminar(sesion, acto, acuerdo, EstadoAcuerdo.ACEPTADO)
    _contar(sesion, acto, eventos.ACUERDO_ACEPTADO, acuerdo)
    _hacer(sesion, acto, acuerdo)
    return acuerdo


def por_que_no(pedido: Pedido, dinero: DineroDePedido, instante: datetime) -> str:
    """In words, why nothing of an order is asked nor answered; empty when it may be."""
    if pedido.estado not in POR_DESPACHAR or pedido.despachar_hasta <= instante:
        return _("Este pedido ya no espera que se despache: no se puede cambiar.")
    if dinero.banco_desde is not None:
        return _("El banco de la tarjeta reclama este pago: espere a que decida.")
    if dinero.por_reclamo:
        return _("Hay un reclamo abierto: lo que sigue se decide en él.")
    return ""


def por_que_no_mas_dias(servicio: Servicio | None) -> str:
    """In words, why who sells is given no more days for a service; empty when they may be, or it is goods."""
    if servicio is None:
        return ""
    if servicio.agenda_id is not None:
        return _("Se atiende con cita: pida mover la cita.")
    if servicio.estado != EstadoServicio.AGENDADO:
        return _("Ya declaró que lo hizo: no hacen falta más días.")
    return ""


def por_que_no_menos(pedido: Pedido, dinero: DineroDePedido) -> str:
    """In words, why nothing is taken off an order; empty when it may be."""
    if pedido.modalidad != Modalidad.ENVIO:
        return _("Un servicio no se hace por partes: cancele el pedido.")
    if dinero.por_cobrar > cero():
        return _("Se paga al recibir: se cancela entero.")
    return ""


def vencer(sesion: Session, pedido_id: UUID) -> bool:
    """The sweep: nobody answered in time, and all stays as it was. False when it was otherwise."""
    pedido = bloquear_pedido(sesion, pedido_id)
    acuerdo = propuesto_de(sesion, pedido_id)
    if acuerdo is None or acuerdo.responder_hasta > ahora_bd(sesion):
        return False
    sistema = Autorizacion.propia(Actor.sistema("plazo de un acuerdo"))
    acto = _Acto(pedido, Lado(acuerdo.propuso), sistema)
    _terminar(sesion, acto, acuerdo, EstadoAcuerdo.VENCIDO)
    _contar(sesion, acto, eventos.ACUERDO_NO_ACEPTADO, acuerdo)
    return True


def _hacer(sesion: Session, acto: _Acto, acuerdo: Acuerdo) -> None:
    if acuerdo.despachar_hasta is not None:
        acto.pedido.despachar_hasta = acuerdo.despachar_hasta
        acto.pedido.version += 1
        sesion.flush()
        return
    assert acuerdo.linea_id is not None
    assert acuerdo.cantidad is not None
    motivo = _("De acuerdo las dos partes: %(motivo)s") % {"motivo": acuerdo.motivo}
    quitar_de_acuerdo(
        sesion, acto.pedido, acto.autorizacion, {acuerdo.linea_id: acuerdo.cantidad}, motivo[:300]
    )


def _por_despachar(sesion: Session, actor: Actor, pedido_id: UUID) -> _Acto:
    """Raises `TransicionInvalida` of what left, or is in dispute; `SinFacultad`, `PedidoNoEncontrado`,
    `CompraPropia`."""
    pedido = bloquear_pedido(sesion, pedido_id)
    autorizacion = del_comprador(sesion, actor, pedido)
    lado = Lado.VENDEDOR if autorizacion is None else Lado.COMPRADOR
    autorizacion = autorizacion or exigir_vendedor(sesion, actor, pedido)
    motivo = por_que_no(pedido, dinero_de(sesion, pedido.id), ahora_bd(sesion))
    if motivo:
        raise TransicionInvalida(motivo)
    return _Acto(pedido, lado, autorizacion)


def _proponer(sesion: Session, acto: _Acto, acuerdo: Acuerdo) -> Acuerdo:
    """It takes the place of what the same side asked before."""
    anterior = propuesto_de(sesion, acto.pedido.id)
    if anterior is not None:
        if anterior.propuso != acto.lado:
            raise TransicionInvalida(_("La otra parte ya le pidió un cambio: respóndale primero."))
        _terminar(sesion, acto, anterior, EstadoAcuerdo.RETIRADO)
    pedidos = select(func.count()).select_from(Acuerdo).where(col(Acuerdo.pedido_id) == acto.pedido.id)
    if sesion.exec(pedidos).one() >= PEDIDOS_MAXIMOS:
        raise TransicionInvalida(_("Ya se pidió cambiar este pedido demasiadas veces."))
    sesion.add(acuerdo)
    sesion.flush()
    _auditar(sesion, acto, acuerdo)
    _contar(sesion, acto, eventos.ACUERDO_PROPUESTO, acuerdo)
    return acuerdo


def _responder_hasta(sesion: Session, pedido: Pedido) -> datetime:
    """The term of who is asked, never after the one that the order has."""
    lugar = unidad_por_id(sesion, pedido.vendedor_id).municipio_ine
    vence_en = correr(sesion, RESPONDER, ahora_bd(sesion), [lugar]).vence_en
    assert vence_en is not None
    return min(vence_en, pedido.despachar_hasta)


def _terminar(sesion: Session, acto: _Acto, acuerdo: Acuerdo, estado: EstadoAcuerdo) -> None:
    VIDA_ACUERDO.pasar(acuerdo, estado)
    acuerdo.terminado_en = ahora_bd(sesion)
    sesion.flush()
    _auditar(sesion, acto, acuerdo)


def _auditar(sesion: Session, acto: _Acto, acuerdo: Acuerdo) -> None:
    hechos = {"acuerdo": str(acuerdo.id), "clase": acuerdo.clase, "estado": str(acuerdo.estado)}
    auditar(sesion, acto.autorizacion, "pedido.acordar", "comercio_pedido", acto.pedido.id, hechos)


def _contar(sesion: Session, acto: _Acto, evento: str, acuerdo: Acuerdo) -> None:
    datos = datos_de(acto.pedido) | {"acuerdo_id": str(acuerdo.id)}
    publicar(sesion, evento, acto.pedido.id, datos, acto.autorizacion)
