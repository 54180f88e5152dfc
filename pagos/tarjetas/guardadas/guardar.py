"""Agree to keep a card, and take it off."""

from uuid import UUID

from sqlmodel import Session

from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.limites import limitar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos.tarjetas.bloqueos import bloquear_tarjeta, tarjetas_de_uno
from pagos.tarjetas.consultas import tarjeta_por_id, tarjetas_de
from pagos.tarjetas.errores import DemasiadasTarjetas, SinConsentimiento, TarjetaInexistente
from pagos.tarjetas.estados import TARJETAS_VIVAS, VIDA_TARJETA, EstadoTarjeta
from pagos.tarjetas.iniciar import PRIMERA_CONSULTA, VIDA, exigir_tarjetas
from pagos.tarjetas.modelos import TarjetaGuardada

MAXIMAS = 5
POR_HORA = 10


def consentimiento() -> str:
    """The words that whoever keeps a card agrees to; they are stored as they were read."""
    return _(
        "Acepto que la pasarela de pagos guarde mi tarjeta para mis próximas recargas en Qhatu. Cada cobro "
        "lo pido yo, y puedo quitarla cuando quiera."
    )


def guardar_tarjeta(sesion: Session, actor: Actor, *, id: UUID, consiente: bool) -> TarjetaGuardada:
    """Write down that the person agrees; the caller commits and then calls `avanzar_tarjeta(id)`.

    Raises `TarjetasNoDisponibles`, `SinConsentimiento`, `DemasiadasTarjetas`, `LimiteExcedido`.
    """
    exigir_tarjetas()
    persona_id = _persona(actor)
    if not consiente:
        texto = _("Para guardar una tarjeta tiene que aceptarlo.")
        raise SinConsentimiento(texto, campos={"consiente": texto})
    tarjetas_de_uno(sesion, persona_id)
    previa = sesion.get(TarjetaGuardada, id)
    if previa is not None:
        if previa.persona_id != persona_id:
            raise TarjetaInexistente()
        return previa
    if sum(t.estado in TARJETAS_VIVAS for t in tarjetas_de(sesion, persona_id)) >= MAXIMAS:
        raise DemasiadasTarjetas(
            _("Puede tener hasta %(n)s tarjetas guardadas. Quite una y vuelva a intentarlo.") % {"n": MAXIMAS}
        )
    limitar("pagos.guardar_tarjeta", actor.clave, cupo=POR_HORA, ventana_s=3600)
    instante = ahora_bd(sesion)
    tarjeta = TarjetaGuardada(
        id=id,
        persona_id=persona_id,
        consentimiento=consentimiento(),
        vence_en=instante + VIDA,
        consultar_en=instante + PRIMERA_CONSULTA,
    )
    sesion.add(tarjeta)
    sesion.flush()
    auditar(sesion, actor, "tarjeta.consentir", "pagos_tarjeta", id)
    return tarjeta


def _persona(actor: Actor) -> UUID:
    if actor.persona_id is None:
        raise DatosInvalidos(_("Solo una persona guarda tarjetas."))
    return actor.persona_id


def propia(sesion: Session, actor: Actor, tarjeta_id: UUID, *, bloquear: bool = False) -> TarjetaGuardada:
    """A card of the person's own. Raises `TarjetaInexistente`: what is somebody else's does not exist."""
    tarjeta = bloquear_tarjeta(sesion, tarjeta_id) if bloquear else tarjeta_por_id(sesion, tarjeta_id)
    if tarjeta.persona_id != actor.persona_id:
        raise TarjetaInexistente()
    return tarjeta


def quitar_tarjeta(sesion: Session, actor: Actor, tarjeta_id: UUID) -> TarjetaGuardada:
    """From now on it cannot be used here; the caller commits and calls `avanzar_tarjeta` to tell the gateway.

    One that is not written yet is given up. Raises `TarjetaInexistente`.
    """
    tarjeta = propia(sesion, actor, tarjeta_id, bloquear=True)
    if tarjeta.estado not in TARJETAS_VIVAS:
        return tarjeta
    if tarjeta.estado == EstadoTarjeta.GUARDADA:
        VIDA_TARJETA.pasar(tarjeta, EstadoTarjeta.POR_QUITAR)
        tarjeta.motivo = "a_pedido"
    else:
        tarjeta.vence_en = ahora_bd(sesion)  # its page is closed at the next look
    tarjeta.consultas = 0
    tarjeta.consultar_en = ahora_bd(sesion)
    sesion.flush()
    auditar(sesion, actor, "tarjeta.quitar", "pagos_tarjeta", tarjeta_id)
    return tarjeta
