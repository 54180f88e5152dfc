"""A person decides what a movement of the bank is when no rule could: who, by which competence, and why."""

from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from ciudadania import Riesgo, exigir_sesion_reciente
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos
from nucleo.textos import gettext as _
from pagos.banco.bloqueos import movimiento_bloqueado, retiro_bloqueado
from pagos.banco.consultas import decision_de, efectos_de
from pagos.banco.errores import DecisionInvalida, MovimientoInexistente
from pagos.banco.estados import VIDA_MOVIMIENTO, EstadoMovimiento
from pagos.banco.modelos import DecisionDeBanco, EfectoDeBanco, MovimientoDeBanco
from pagos.banco.palabras import causa_en_palabras
from pagos.libro import exigir_supervisor, obtener_cuenta
from pagos.retiros import MONEDA, EstadoRetiro, terminar
from pagos.retiros.modelos import Retiro

MOTIVO_MINIMO, MOTIVO_MAXIMO = 3, 300


class Accion(StrEnum):
    """What a movement may be said to be."""

    PAGO = "pago"  # the payment of a withdrawal
    DEVOLUCION = "devolucion"  # its return
    NINGUNA = "ninguna"  # nothing that changes a withdrawal


def decidir(
    sesion: Session,
    actor: Actor,
    movimiento_id: UUID,
    accion: Accion,
    *,
    motivo: str,
    retiro_id: UUID | None = None,
) -> MovimientoDeBanco:
    """Settle a movement that waits. The same decision again is the same one.

    Raises `SinFacultad`, `CasoPropio` (the withdrawal is of whoever decides), `SesionNoReciente`,
    `MovimientoInexistente`, `MovimientoNoEspera`, `DecisionInvalida`, and the ledger's errors.
    """
    autorizacion = exigir_supervisor(sesion, actor)
    exigir_sesion_reciente(actor, Riesgo.DINERO)
    movimiento = movimiento_bloqueado(sesion, movimiento_id)
    if movimiento is None:
        raise MovimientoInexistente()
    motivo, retiro_id = motivo.strip(), None if accion is Accion.NINGUNA else retiro_id
    previa = decision_de(sesion, movimiento_id)
    if previa is not None and (previa.accion, previa.retiro_id, previa.motivo, previa.persona_id) == (
        accion.value,
        retiro_id,
        motivo,
        actor.persona_id,
    ):
        return movimiento
    VIDA_MOVIMIENTO.exigir_paso(movimiento, EstadoMovimiento.RESUELTO)
    if not MOTIVO_MINIMO <= len(motivo) <= MOTIVO_MAXIMO or not motivo.replace("\n", " ").isprintable():
        falta = _("Escriba por qué lo decide, en 3 a 300 letras.")
        raise DecisionInvalida(falta, campos={"motivo": falta})
    retiro = None
    if accion is not Accion.NINGUNA:
        retiro = _retiro_que_sirve(sesion, movimiento, accion, retiro_id)
        autorizacion = exigir_supervisor(sesion, actor, obtener_cuenta(sesion, retiro.cuenta_id))
    _escribir(sesion, autorizacion, movimiento, accion, retiro, motivo)
    return movimiento


def _retiro_que_sirve(
    sesion: Session, movimiento: MovimientoDeBanco, accion: Accion, retiro_id: UUID | None
) -> Retiro:
    """The withdrawal, locked, if this movement may be its payment or return. Raises `DecisionInvalida`."""
    if movimiento.sentido != ("DBIT" if accion is Accion.PAGO else "CRDT"):
        falta = _("Lo que salió de la cuenta solo puede ser un pago; lo que entró, una devolución.")
        raise DecisionInvalida(falta, campos={"accion": falta})
    if movimiento.resultado == "reverso" and accion is Accion.PAGO:
        falta = _("Lo que el banco deshizo no paga ningún retiro.")
        raise DecisionInvalida(falta, campos={"accion": falta})
    retiro = retiro_bloqueado(sesion, retiro_id) if retiro_id is not None else None
    if retiro is None:
        raise _no_sirve(_("Elija de qué retiro se trata."))
    if (movimiento.moneda, movimiento.monto) != (MONEDA, a_centavos(retiro.monto)):
        raise _no_sirve(_("El monto de ese retiro no es el del movimiento."))
    if retiro.estado in (EstadoRetiro.PEDIDO, EstadoRetiro.CANCELADO):
        raise _no_sirve(_("Ese retiro no se envió al banco."))
    if (retiro.id, accion.value) in efectos_de(sesion, [retiro.id]):
        raise _no_sirve(
            _("Otro movimiento del banco ya pagó ese retiro.")
            if accion is Accion.PAGO
            else _("Otro movimiento del banco ya devolvió ese retiro.")
        )
    if accion is Accion.PAGO and retiro.estado == EstadoRetiro.RECHAZADO:
        raise _no_sirve(_("Ese retiro terminó sin pagarse y el dinero ya volvió a su dueño."))
    return retiro


def _escribir(
    sesion: Session,
    autorizacion: Autorizacion,
    movimiento: MovimientoDeBanco,
    accion: Accion,
    retiro: Retiro | None,
    motivo: str,
) -> None:
    persona_id, unidad_id = autorizacion.actor.persona_id, autorizacion.unidad_id
    assert persona_id is not None
    assert unidad_id is not None
    sesion.add(
        DecisionDeBanco(
            movimiento_id=movimiento.id,
            accion=accion.value,
            retiro_id=retiro.id if retiro else None,
            motivo=motivo,
            persona_id=persona_id,
            unidad_id=unidad_id,
            mandato_id=autorizacion.mandato_id,
        )
    )
    sesion.flush()
    if retiro is not None:
        sesion.add(EfectoDeBanco(retiro_id=retiro.id, efecto=accion.value, movimiento_id=movimiento.id))
        sesion.flush()
        _terminar(sesion, autorizacion, movimiento, accion, retiro)
    VIDA_MOVIMIENTO.pasar(movimiento, EstadoMovimiento.RESUELTO)
    sesion.flush()
    datos = {"accion": accion.value, "retiro": str(retiro.id) if retiro else None, "motivo": motivo}
    auditar(
        sesion, autorizacion, "movimiento_de_banco.decidir", "pagos_banco_movimiento", movimiento.id, datos
    )


def _terminar(
    sesion: Session,
    autorizacion: Autorizacion,
    movimiento: MovimientoDeBanco,
    accion: Accion,
    retiro: Retiro,
) -> None:
    """What the decision does to the withdrawal; nothing when its end was known by another way."""
    if accion is Accion.PAGO:
        if retiro.estado == EstadoRetiro.EN_LOTE:
            terminar(sesion, retiro, EstadoRetiro.PAGADO, autorizacion)
        return
    a = {
        EstadoRetiro.EN_LOTE: EstadoRetiro.RECHAZADO,
        EstadoRetiro.PAGADO: EstadoRetiro.DEVUELTO,
    }.get(EstadoRetiro(retiro.estado))
    if a is not None:
        terminar(sesion, retiro, a, autorizacion, causa_en_palabras(movimiento.causa))


def _no_sirve(texto: str) -> DecisionInvalida:
    return DecisionInvalida(texto, campos={"retiro": texto})
