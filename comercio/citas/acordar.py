"""Both sides agree on the hour of a service, and say what became of it. Whatever nobody says, time does."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from comercio.agenda import (
    EN_PIE,
    EstadoCita,
    Lado,
    SinCita,
    apartar,
    cita_de,
    pasar_cita,
    propuesta_de,
)
from comercio.agenda.modelos import Cita
from comercio.citas import eventos
from comercio.citas.plazos import para_contestar_la_ausencia, para_declarar, para_responder
from comercio.compra import POR_DESPACHAR, EstadoServicio, datos_de
from comercio.compra.modelos import Pedido, Servicio
from comercio.custodia import EstadoCustodia, dinero_de
from comercio.pedidos import (
    bloquear_pedido,
    declarar_prestado,
    del_comprador,
    exigir_vendedor,
    servicio_bloqueado,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.plantillas import filtro_fecha_hora
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida

PROPUESTAS_MAXIMAS = 20
"""How often it may be asked to move one appointment."""


@dataclass(frozen=True, slots=True)
class _Lado:
    """An order that waits for its appointment, locked, and which side of it acts."""

    pedido: Pedido
    servicio: Servicio
    lado: Lado
    autorizacion: Autorizacion


def pedir_hora(sesion: Session, actor: Actor, pedido_id: UUID, inicio: datetime) -> Cita:
    """Who bought chooses the hour; once there is one, either side asks to move it to another one, which is
    kept until the other side answers, its term ends or the first one comes. Asking again takes the place of
    what one asked before.

    Raises `SinCita`, `HoraOcupada`, `TransicionInvalida`, `SinFacultad`, `PedidoNoEncontrado`.
    """
    acto = _por_hacer(sesion, actor, pedido_id)
    actual, propuesta = cita_de(sesion, pedido_id), propuesta_de(sesion, pedido_id)
    if actual is None:
        return _fijar(sesion, acto, inicio)
    _exigir_que_se_mueva(sesion, actual)
    if propuesta is not None:
        if propuesta.propuso != acto.lado:
            raise TransicionInvalida(_("La otra parte ya pidió otra hora: respóndale primero."))
        pasar_cita(sesion, propuesta, EstadoCita.DESCARTADA)
    hasta = para_responder(sesion, acto.pedido, ahora_bd(sesion))
    nueva = _apartar(sesion, acto, inicio, min(hasta, actual.inicio, inicio))
    _contar(sesion, acto, eventos.CITA_PROPUESTA, nueva)
    return nueva


def responder_cambio(sesion: Session, actor: Actor, pedido_id: UUID, cita_id: UUID, acepta: bool) -> Cita:
    """The other side takes the hour that was asked for, or does not; who asked may take it back. `cita_id`:
    what they saw, which may have been asked otherwise meanwhile. The appointment that is in force after it.
    Raises `TransicionInvalida`, and what `pedir_hora` does."""
    acto = _por_hacer(sesion, actor, pedido_id)
    actual, propuesta = cita_de(sesion, pedido_id), propuesta_de(sesion, pedido_id)
    if actual is None or propuesta is None:
        raise TransicionInvalida(_("Nadie pide mover esta cita."))
    if propuesta.id != cita_id:
        raise TransicionInvalida(_("Ya no es la hora que se pedía: mírela otra vez."))
    if not acepta:
        pasar_cita(sesion, propuesta, EstadoCita.DESCARTADA)
        _contar(sesion, acto, eventos.CITA_NO_MOVIDA, propuesta)
        return actual
    if propuesta.propuso == acto.lado:
        raise TransicionInvalida(_("La otra parte es quien acepta la hora que usted pidió."))
    if propuesta.responder_hasta is None or propuesta.responder_hasta <= ahora_bd(sesion):
        raise TransicionInvalida(_("Ya pasó el tiempo para responder: la cita queda como estaba."))
    pasar_cita(sesion, actual, EstadoCita.MOVIDA)
    pasar_cita(sesion, propuesta, EstadoCita.FIJADA)
    _esperar_hasta(sesion, acto.pedido, para_declarar(sesion, acto.pedido, propuesta.fin))
    _contar(sesion, acto, eventos.CITA_MOVIDA, propuesta)
    return propuesta


def declarar_ausencia(sesion: Session, actor: Actor, pedido_id: UUID) -> Cita:
    """One side says that the other one did not come, once the hour is over. Of who sells: they did what was
    theirs, and who bought has the term of any service to claim. Of who bought: who sells has a term to say
    that they did attend; without it the money goes back.

    Raises `TransicionInvalida`, and what `pedir_hora` does.
    """
    acto = _por_hacer(sesion, actor, pedido_id)
    cita = cita_de(sesion, pedido_id)
    if cita is None or cita.fin > ahora_bd(sesion):
        raise TransicionInvalida(_("Todavía no pasó la hora de la cita."))
    if acto.lado is Lado.COMPRADOR:
        pasar_cita(sesion, cita, EstadoCita.SIN_VENDEDOR)
        hasta = para_contestar_la_ausencia(sesion, acto.pedido, ahora_bd(sesion))
        _esperar_hasta(sesion, acto.pedido, min(hasta, acto.pedido.despachar_hasta))
        _contar(sesion, acto, eventos.CITA_SIN_VENDEDOR, cita)
    else:
        pasar_cita(sesion, cita, EstadoCita.SIN_COMPRADOR)
        dicho = _("Quien compró no vino a su cita del %(cuando)s.") % {
            "cuando": filtro_fecha_hora(cita.inicio)
        }
        declarar_prestado(sesion, acto.pedido, acto.servicio, acto.autorizacion, dicho)
        _contar(sesion, acto, eventos.CITA_SIN_COMPRADOR, cita)
    return cita


def vencer_propuesta(sesion: Session, pedido_id: UUID) -> bool:
    """The sweep: nobody answered in time, and it stays as it was. False when it was otherwise."""
    pedido = bloquear_pedido(sesion, pedido_id)
    propuesta = propuesta_de(sesion, pedido_id)
    if propuesta is None or propuesta.responder_hasta is None:
        return False
    if propuesta.responder_hasta > ahora_bd(sesion):
        return False
    pasar_cita(sesion, propuesta, EstadoCita.DESCARTADA)
    sistema = Autorizacion.propia(Actor.sistema("plazo de una cita"))
    publicar(sesion, eventos.CITA_NO_MOVIDA, pedido.id, _datos(pedido, propuesta), sistema)
    return True


def _por_hacer(sesion: Session, actor: Actor, pedido_id: UUID) -> _Lado:
    """Raises `SinCita`, `CompraPropia`, `TransicionInvalida` of what is not waited for any more or is in
    dispute."""
    pedido = bloquear_pedido(sesion, pedido_id)
    autorizacion = del_comprador(sesion, actor, pedido)
    lado = Lado.VENDEDOR if autorizacion is None else Lado.COMPRADOR
    autorizacion = autorizacion or exigir_vendedor(sesion, actor, pedido)
    if sesion.get(Servicio, pedido_id) is None:
        raise SinCita()
    servicio = servicio_bloqueado(sesion, pedido)
    if servicio.agenda_id is None:
        raise SinCita()
    if pedido.estado not in POR_DESPACHAR or servicio.estado != EstadoServicio.AGENDADO:
        raise TransicionInvalida(_("Este servicio ya no espera su cita: mire el pedido otra vez."))
    if dinero_de(sesion, pedido.id).estado is EstadoCustodia.CONGELADA:
        raise TransicionInvalida(_("Hay un reclamo abierto: lo que sigue se decide en él."))
    return _Lado(pedido, servicio, lado, autorizacion)


def _fijar(sesion: Session, acto: _Lado, inicio: datetime) -> Cita:
    if acto.lado is not Lado.COMPRADOR:
        raise TransicionInvalida(_("La primera hora la elige quien compró."))
    if acto.pedido.despachar_hasta < ahora_bd(sesion):
        raise TransicionInvalida(_("Ya pasó el plazo para elegir la hora: el pedido se cancela."))
    cita = _apartar(sesion, acto, inicio, None)
    _esperar_hasta(sesion, acto.pedido, para_declarar(sesion, acto.pedido, cita.fin))
    _contar(sesion, acto, eventos.CITA_FIJADA, cita)
    return cita


def _apartar(sesion: Session, acto: _Lado, inicio: datetime, hasta: datetime | None) -> Cita:
    servicio = acto.servicio
    assert servicio.agenda_id is not None
    assert servicio.duracion_min is not None
    return apartar(
        sesion, acto.pedido.id, servicio.agenda_id, servicio.duracion_min, inicio, acto.lado, hasta
    )


def _exigir_que_se_mueva(sesion: Session, actual: Cita) -> None:
    if actual.estado not in EN_PIE or actual.inicio <= ahora_bd(sesion):
        raise TransicionInvalida(_("La hora de la cita ya llegó: ya no se mueve."))
    pedidas = select(func.count()).select_from(Cita).where(col(Cita.pedido_id) == actual.pedido_id)
    if sesion.exec(pedidas).one() > PROPUESTAS_MAXIMAS:
        raise TransicionInvalida(_("Ya se pidió mover esta cita demasiadas veces."))


def _esperar_hasta(sesion: Session, pedido: Pedido, hasta: datetime) -> None:
    """Until when the seller may say that it was done: then it is cancelled by itself."""
    pedido.despachar_hasta = hasta
    pedido.version += 1
    sesion.flush()


def _contar(sesion: Session, acto: _Lado, evento: str, cita: Cita) -> None:
    datos = _datos(acto.pedido, cita)
    publicar(sesion, evento, acto.pedido.id, datos | {"lado": str(acto.lado)}, acto.autorizacion)
    hechos = {"cita": str(cita.id), "inicio": cita.inicio.isoformat(), "estado": str(cita.estado)}
    auditar(sesion, acto.autorizacion, "cita.acordar", "comercio_pedido", acto.pedido.id, hechos)


def _datos(pedido: Pedido, cita: Cita) -> dict[str, str]:
    return datos_de(pedido) | {"cita_id": str(cita.id), "propuso": str(cita.propuso)}
