"""Asking a person for money. The request's row is locked before any account, and the transfer's id derives
from it: paid twice at once, from two tabs or by a program that repeats, it is paid once."""

from datetime import timedelta
from uuid import UUID, uuid5

from moneyed import Money
from sqlmodel import Session, col, func, select

from ciudadania import notificar, obtener_persona
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, bs, formato_bs
from nucleo.errores import DatosInvalidos, LimiteExcedido, Prohibido
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos.billetera.accesos import persona_de
from pagos.billetera.avisos import AVISO_SOLICITUD
from pagos.billetera.bloqueos import VENCER_SOLICITUDES, bloquear_solicitud, una_solicitud_a_la_vez
from pagos.billetera.errores import SolicitudDistinta, SolicitudTerminada
from pagos.billetera.estados import VIDA_SOLICITUD, EstadoSolicitud
from pagos.billetera.modelos import Solicitud
from pagos.libro import (
    Codigo,
    CuentaNoOpera,
    SolicitudTransferencia,
    TipoTitular,
    cuenta_de_persona,
    exigir_cuenta,
    exigir_transferencia,
    obtener_cuenta,
)
from pagos.notas import anotar

MONTO_MAXIMO = bs(100_000)
DIAS_MAXIMO = 90
DIAS_POR_OMISION = 7
PENDIENTES_POR_PAR = 5  # open requests of one person to another: more is harassment, not business

_FIN = {
    "pagada": _l("Ya fue pagada; no hace falta pagar otra vez."),
    "rechazada": _l("Fue rechazada. Quien pide puede hacer una solicitud nueva."),
    "vencida": _l("Venció su plazo. Quien pide puede hacer una solicitud nueva."),
    "cancelada": _l("Quien pedía la canceló."),
}


def id_de_pago(solicitud_id: UUID) -> UUID:
    """The id of the transfer that pays a request."""
    return uuid5(solicitud_id, "pago")


def pedir_dinero(
    sesion: Session,
    actor: Actor,
    *,
    id: UUID,
    cuenta_id: int,
    pagador_id: UUID,
    monto: Money,
    motivo: str,
    dias: int = DIAS_POR_OMISION,
    pagador_nombre: str | None = None,
) -> Solicitud:
    """Ask `pagador_id` to pay into an account of the actor's. The same `id` and data again answer the same.
    `pagador_nombre` is how who asks calls them: their registered name, if it was known (None: it was).

    Raises `DatosInvalidos`, `Prohibido`, `PersonaNoEncontrada`, `SolicitudDistinta`, `LimiteExcedido`,
    `CuentaNoOpera`.
    """
    solicitante = persona_de(actor)
    cuenta = obtener_cuenta(sesion, cuenta_id)
    autorizacion = exigir_cuenta(sesion, actor, cuenta)
    motivo = " ".join(motivo.split())
    _revisar(solicitante, pagador_id, monto, motivo, dias)
    pagador = obtener_persona(sesion, pagador_id)
    una_solicitud_a_la_vez(sesion, solicitante)
    anterior = sesion.get(Solicitud, id, populate_existing=True)
    if anterior is not None:
        return _repetida(anterior, solicitante, cuenta_id, pagador_id, monto, motivo, dias)
    if cuenta.cerrada:
        raise CuentaNoOpera(_("La cuenta está cerrada: ya no recibe pagos."))
    _exigir_cupo(sesion, solicitante, pagador_id)
    instante = ahora_bd(sesion)
    solicitud = Solicitud(
        id=id,
        solicitante_id=solicitante,
        cuenta_id=cuenta_id,
        pagador_id=pagador_id,
        pagador_nombre=None if pagador_nombre is None else pagador_nombre[:200],
        monto=monto,
        motivo=motivo,
        creada_en=instante,
        vence_en=instante + timedelta(days=dias),
    )
    sesion.add(solicitud)
    sesion.flush()
    datos = {"monto": a_centavos(monto), "pagador": str(pagador_id)}
    auditar(sesion, autorizacion, "solicitud.pedir", "pagos_solicitud", id, datos)
    notificar(
        sesion,
        persona_id=pagador.id,
        asunto=_("%(quien)s le pide %(monto)s") % {"quien": actor.nombre, "monto": formato_bs(monto)},
        cuerpo=_("Motivo: %(motivo)s. Pague solo si conoce a quien pide y espera este cobro.")
        % {"motivo": motivo},
        enlace=f"/billetera/solicitudes/{id}",
        clase=AVISO_SOLICITUD,
    )
    return solicitud


def _revisar(solicitante: UUID, pagador_id: UUID, monto: Money, motivo: str, dias: int) -> None:
    campos: dict[str, str] = {}
    if not 0 < a_centavos(monto) <= a_centavos(MONTO_MAXIMO):
        campos["monto"] = _("Pida entre Bs 0,01 y %(maximo)s.") % {"maximo": formato_bs(MONTO_MAXIMO)}
    if not motivo or len(motivo) > 140:
        campos["motivo"] = _("Escriba para qué es, en hasta 140 letras.")
    if not 1 <= dias <= DIAS_MAXIMO:
        campos["dias"] = _("El plazo va de 1 a %(n)s días.") % {"n": DIAS_MAXIMO}
    if pagador_id == solicitante:
        campos["pagador"] = _("No puede pedirse dinero a usted.")
    if campos:
        raise DatosInvalidos(" ".join(campos.values()), campos=campos)


def _repetida(
    s: Solicitud,
    solicitante: UUID,
    cuenta_id: int,
    pagador_id: UUID,
    monto: Money,
    motivo: str,
    dias: int,
) -> Solicitud:
    plazo = s.vence_en - s.creada_en
    iguales = (s.solicitante_id, s.cuenta_id, s.pagador_id, s.monto, s.motivo, plazo) == (
        solicitante,
        cuenta_id,
        pagador_id,
        monto,
        motivo,
        timedelta(days=dias),
    )
    if not iguales:
        raise SolicitudDistinta(_("Use un identificador nuevo para una solicitud nueva."))
    return s


def _exigir_cupo(sesion: Session, solicitante: UUID, pagador_id: UUID) -> None:
    abiertas = sesion.exec(
        select(func.count())
        .select_from(Solicitud)
        .where(
            col(Solicitud.solicitante_id) == solicitante,
            col(Solicitud.pagador_id) == pagador_id,
            col(Solicitud.estado) == EstadoSolicitud.PENDIENTE,
        )
    ).one()
    if abiertas >= PENDIENTES_POR_PAR:
        raise LimiteExcedido(
            _("Ya tiene %(n)s solicitudes pendientes con esta persona. Espere a que responda.")
            % {"n": PENDIENTES_POR_PAR},
            espere_s=3600,
        )


def _exigir_pendiente(sesion: Session, s: Solicitud) -> None:
    if s.estado != EstadoSolicitud.PENDIENTE:
        raise SolicitudTerminada(_FIN[s.estado])
    if ahora_bd(sesion) >= s.vence_en:
        raise SolicitudTerminada(_FIN["vencida"])


def _terminar(
    sesion: Session, s: Solicitud, estado: EstadoSolicitud, autorizacion: Autorizacion
) -> Solicitud:
    VIDA_SOLICITUD.pasar(s, estado)
    s.resuelta_en = min(ahora_bd(sesion), s.vence_en - timedelta(microseconds=1))
    sesion.flush()
    auditar(
        sesion, autorizacion, f"solicitud.{estado}", "pagos_solicitud", s.id, {"monto": a_centavos(s.monto)}
    )
    return s


def pagar_solicitud(sesion: Session, actor: Actor, solicitud_id: UUID) -> Solicitud:
    """Pay a request from the wallet of whom it was made to; paid already by them, the same answer again.

    Raises `SolicitudInexistente`, `Prohibido`, `SolicitudTerminada` and the ledger's errors.
    """
    persona = persona_de(actor)
    s = bloquear_solicitud(sesion, solicitud_id)
    if s.pagador_id != persona:
        raise Prohibido(_("Solo la persona a quien se pidió puede pagar."))
    if s.estado == EstadoSolicitud.PAGADA:
        return s
    _exigir_pendiente(sesion, s)
    recibe = obtener_cuenta(sesion, s.cuenta_id)
    autorizacion = Autorizacion.propia(actor)
    (pago,) = exigir_transferencia(
        sesion,
        SolicitudTransferencia(
            id=id_de_pago(s.id),
            debito=cuenta_de_persona(sesion, persona),
            credito=s.cuenta_id,
            monto=s.monto,
            codigo=Codigo.PAGO_COMERCIO if recibe.titular_tipo == TipoTitular.UNIDAD else Codigo.ENVIO,
            referencia=s.id,
        ),
        autorizacion,
    )
    anotar(sesion, pago, s.motivo)
    s.transferencia_id = pago.id
    _terminar(sesion, s, EstadoSolicitud.PAGADA, autorizacion)
    notificar(
        sesion,
        persona_id=s.solicitante_id,
        asunto=_("Le pagaron %(monto)s") % {"monto": formato_bs(s.monto)},
        cuerpo=_("%(quien)s pagó su solicitud «%(motivo)s».") % {"quien": actor.nombre, "motivo": s.motivo},
        enlace=f"/billetera/solicitudes/{s.id}",
        clase=AVISO_SOLICITUD,
    )
    return s


def rechazar_solicitud(sesion: Session, actor: Actor, solicitud_id: UUID) -> Solicitud:
    """Say no to a request. Raises `SolicitudInexistente`, `Prohibido`, `SolicitudTerminada`."""
    persona = persona_de(actor)
    s = bloquear_solicitud(sesion, solicitud_id)
    if s.pagador_id != persona:
        raise Prohibido(_("Solo la persona a quien se pidió puede rechazar."))
    _exigir_pendiente(sesion, s)
    _terminar(sesion, s, EstadoSolicitud.RECHAZADA, Autorizacion.propia(actor))
    notificar(
        sesion,
        persona_id=s.solicitante_id,
        asunto=_("Rechazaron su solicitud de %(monto)s") % {"monto": formato_bs(s.monto)},
        cuerpo=_("%(quien)s no pagará «%(motivo)s».")
        % {"quien": s.pagador_nombre or actor.nombre, "motivo": s.motivo},
        enlace=f"/billetera/solicitudes/{s.id}",
        clase=AVISO_SOLICITUD,
    )
    return s


def cancelar_solicitud(sesion: Session, actor: Actor, solicitud_id: UUID) -> Solicitud:
    """Take back one's own request. Raises `SolicitudInexistente`, `Prohibido`, `SolicitudTerminada`."""
    persona = persona_de(actor)
    s = bloquear_solicitud(sesion, solicitud_id)
    if s.solicitante_id != persona:
        raise Prohibido(_("Solo quien pidió puede cancelar."))
    _exigir_pendiente(sesion, s)
    return _terminar(sesion, s, EstadoSolicitud.CANCELADA, Autorizacion.propia(actor))


def vencer_solicitudes(sesion: Session, limite: int = 500) -> int:
    """Close requests whose time is over by the database's clock; how many. One in use waits for next time."""
    return int(sesion.connection().execute(VENCER_SOLICITUDES, {"limite": limite}).rowcount)
