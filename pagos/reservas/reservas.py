"""Reserve money, confirm it whole or in part, void it; its time alone ends it too.

The ledger holds and moves the money: a reserve is a pending transfer of the same id, with what it is for and
who ends it. The reserve's row is locked before any account, so that of a confirmation and a voiding that come
at once one finds the other done; against the ledger's own sweep the ledger's locks decide.
"""

from datetime import timedelta
from uuid import UUID, uuid5

from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import sostener_activas
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos.libro import (
    Cuenta,
    CuentaNoOpera,
    SolicitudTransferencia,
    TipoTitular,
    codigo_de,
    exigir_cuenta,
    exigir_transferencia,
    obtener_cuenta,
)
from pagos.libro.modelos import Pendiente
from pagos.reservas import eventos
from pagos.reservas.accesos import exigir_resolver
from pagos.reservas.bloqueos import bloquear_reserva, reservas_vencidas
from pagos.reservas.errores import ReservaDistinta
from pagos.reservas.esquemas import NuevaReserva
from pagos.reservas.estados import VIDA_RESERVA, EstadoReserva
from pagos.reservas.modelos import Reserva

SISTEMA = Actor.sistema("reservas")
_FIN = {
    EstadoReserva.CONFIRMADA: _l("Ya fue confirmada; no hace falta hacer nada más."),
    EstadoReserva.ANULADA: _l("Ya fue anulada y el dinero volvió a quien pagaba. Haga una reserva nueva."),
    EstadoReserva.VENCIDA: _l("Venció y el dinero volvió a quien pagaba. Haga una reserva nueva."),
}
_EVENTO = {
    EstadoReserva.ABIERTA: eventos.RESERVA_HECHA,
    EstadoReserva.CONFIRMADA: eventos.RESERVA_CONFIRMADA,
    EstadoReserva.ANULADA: eventos.RESERVA_ANULADA,
    EstadoReserva.VENCIDA: eventos.RESERVA_VENCIDA,
}


def reservar(sesion: Session, actor: Actor, pedido: NuevaReserva) -> tuple[Reserva, bool]:
    """Hold money of an account of the actor's for another one; and whether it was made now. The same id and
    data again answer the same reserve.

    Mandates and limits are judged as in a payment, now and not when it is confirmed. Raises `Prohibido`,
    `MontoExcedido`, `ReservaDistinta`, `CuentaNoOpera`, `CuentaInexistente`, and the ledger's errors.
    """
    paga = obtener_cuenta(sesion, pedido.debito)
    autorizacion = exigir_cuenta(sesion, actor, paga, pedido.monto)
    if (previa := _previa(sesion, pedido)) is not None:
        return previa, False
    recibe = obtener_cuenta(sesion, pedido.credito)
    codigo = codigo_de(TipoTitular(paga.titular_tipo), TipoTitular(recibe.titular_tipo))
    _exigir_activas(sesion, paga, recibe)
    (resultado,) = exigir_transferencia(
        sesion,
        SolicitudTransferencia(
            id=pedido.id,
            tipo="pendiente",
            debito=pedido.debito,
            credito=pedido.credito,
            monto=pedido.monto,
            codigo=codigo,
            vence_en_s=pedido.plazo_s,
        ),
        autorizacion,
    )
    if resultado.codigo != "ok":  # somebody made it while we waited for its accounts
        previa = _previa(sesion, pedido)
        if previa is None:
            raise ReservaDistinta(_("Use un identificador nuevo para una reserva nueva."))
        return previa, False
    assert resultado.creada_en is not None
    reserva = Reserva(
        **pedido.model_dump(include={"id", "debito", "credito", "motivo", "resuelve"}),
        monto=pedido.monto,
        codigo=codigo,
        creada_en=resultado.creada_en,
        vence_en=resultado.creada_en + timedelta(seconds=pedido.plazo_s),
    )
    sesion.add(reserva)
    _anotar(sesion, autorizacion, reserva)
    return reserva, True


def _previa(sesion: Session, pedido: NuevaReserva) -> Reserva | None:
    """The one that an equal earlier request made. Raises `ReservaDistinta`."""
    previa = sesion.get(Reserva, pedido.id, populate_existing=True)
    if previa is not None and NuevaReserva.de(previa) != pedido:
        raise ReservaDistinta(_("Use un identificador nuevo para una reserva nueva."))
    return previa


def _exigir_activas(sesion: Session, *cuentas: Cuenta) -> None:
    """A reserve is new business of the units in it, which do not close or get suspended beside it."""
    unidades = {c.titular_id for c in cuentas if c.titular_tipo == TipoTitular.UNIDAD}
    if sostener_activas(sesion, unidades).keys() != unidades:
        raise CuentaNoOpera(
            _("Una de las unidades económicas no está activa: no puede tener reservas nuevas.")
        )


def confirmar(sesion: Session, actor: Actor, reserva_id: UUID, monto: Money | None = None) -> Reserva:
    """Pay `monto` of what is held, all of it when None; the rest comes back at once. Again and for the same
    amount, the same answer.

    Raises `ReservaInexistente`, `Prohibido`, `ReservaResuelta`, `DatosInvalidos` (more than is held), and the
    ledger's errors.
    """
    reserva = bloquear_reserva(sesion, reserva_id)
    autorizacion = exigir_resolver(sesion, actor, reserva, anula=False)
    cuanto = reserva.monto if monto is None else monto
    if reserva.estado == EstadoReserva.CONFIRMADA and reserva.confirmado == cuanto:
        return reserva
    _exigir_abierta(reserva)
    if not 0 < a_centavos(cuanto) <= a_centavos(reserva.monto):
        texto = _("Confirme un monto mayor que cero y hasta lo reservado.")
        raise DatosInvalidos(texto, campos={"monto": texto})
    _resolver(sesion, autorizacion, reserva, EstadoReserva.CONFIRMADA, cuanto)
    return reserva


def anular(sesion: Session, actor: Actor, reserva_id: UUID) -> Reserva:
    """Give back all that is held; again, the same answer. Raises what `confirmar` raises."""
    reserva = bloquear_reserva(sesion, reserva_id)
    autorizacion = exigir_resolver(sesion, actor, reserva, anula=True)
    if reserva.estado != EstadoReserva.ANULADA:
        _exigir_abierta(reserva)
        _resolver(sesion, autorizacion, reserva, EstadoReserva.ANULADA)
    return reserva


def _exigir_abierta(reserva: Reserva) -> None:
    estado = EstadoReserva(reserva.estado)
    if estado in VIDA_RESERVA.fines:
        VIDA_RESERVA.exigir_paso(reserva, EstadoReserva.CONFIRMADA, str(_FIN[estado]))


def _resolver(
    sesion: Session,
    autorizacion: Autorizacion,
    reserva: Reserva,
    a: EstadoReserva,
    monto: Money | None = None,
) -> None:
    confirma = a is EstadoReserva.CONFIRMADA
    exigir_transferencia(
        sesion,
        SolicitudTransferencia(
            id=uuid5(reserva.id, a.value),
            tipo="confirma" if confirma else "anula",
            pendiente_id=reserva.id,
            codigo=reserva.codigo,
            monto=monto,
        ),
        autorizacion,
    )
    _terminar(sesion, autorizacion, reserva, a)


def _terminar(sesion: Session, autorizacion: Autorizacion, reserva: Reserva, a: EstadoReserva) -> None:
    en_el_libro = sesion.get_one(Pendiente, reserva.id, populate_existing=True)
    VIDA_RESERVA.pasar(reserva, a)
    reserva.confirmado, reserva.resuelta_en = en_el_libro.monto_confirmado, en_el_libro.resuelta_en
    _anotar(sesion, autorizacion, reserva)


def _anotar(sesion: Session, autorizacion: Autorizacion, reserva: Reserva) -> None:
    sesion.flush()
    estado = EstadoReserva(reserva.estado)
    datos = {"estado": estado.value, "confirmado": a_centavos(reserva.confirmado)}
    audita = datos | {"monto": a_centavos(reserva.monto), "motivo": reserva.motivo}
    auditar(sesion, autorizacion, f"reserva.{estado}", "pagos_reserva", reserva.id, audita)
    publicar(sesion, _EVENTO[estado], reserva.id, datos, autorizacion)


def anotar_vencidas(sesion: Session, limite: int = 500) -> int:
    """Write down those whose money the ledger already gave back; how many. Twice or late is the same."""
    vencidas = reservas_vencidas(sesion, limite)
    for reserva in vencidas:
        _terminar(sesion, Autorizacion.propia(SISTEMA), reserva, EstadoReserva.VENCIDA)
    return len(vencidas)
