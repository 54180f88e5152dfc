"""What a measured item costs above what was quoted: nobody pays it without their consent.

The parcel waits at the counter meanwhile. Who pays accepts (a second transfer, from the same account), pays
in cash at the counter, or refuses; silence in its term (`PLAZO`) refuses. Then nothing more is charged: the
operator carries it for what was quoted, or gives it back to who brought it.
"""

from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from ciudadania import notificar
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from envios.items import bloquear_envio
from envios.items.modelos import Envio
from envios.operadores import vence_en_su_sede
from envios.portes.asunto import CLASE, SISTEMA, id_de
from envios.portes.avisos import AVISO_FRANQUEO
from envios.portes.bloqueos import excedente_bloqueado, porte_bloqueado
from envios.portes.errores import SinExcedente, SinPorte
from envios.portes.estados import VIDA_EXCEDENTE, EstadoExcedente
from envios.portes.modelos import Excedente, Porte
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero, formato_bs
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos import (
    Codigo,
    SolicitudTransferencia,
    cerrar_cuenta_de_asunto,
    cuenta_de_asunto,
    exigir_cuenta,
    exigir_transferencia,
    obtener_cuenta,
)

PLAZO = "envios.excedente"
_SIN_CALENDARIO = timedelta(days=5)


def pedir_excedente(sesion: Session, porte: Porte) -> None:
    """Ask who pays for the rest of a postage just settled."""
    assert porte.cuenta is not None
    instante = ahora_bd(sesion)
    fila = Excedente(
        porte_id=porte.id,
        monto=porte.total - porte.guardado,
        pedido_en=instante,
        vence_en=vence_en_su_sede(
            sesion, PLAZO, porte.operador_unidad_id, instante, sin_calendario=_SIN_CALENDARIO
        ),
    )
    assert fila.monto > cero()
    sesion.add(fila)
    sesion.flush()
    hechos = {"monto": a_centavos(fila.monto)}
    auditar(sesion, SISTEMA, "excedente.pedir", "envios_envio", porte.envio_id, hechos)
    titular = obtener_cuenta(sesion, porte.cuenta)
    de_persona = titular.titular_tipo == "persona"
    notificar(
        sesion,
        persona_id=titular.titular_id if de_persona else None,
        unidad_id=None if de_persona else titular.titular_id,
        asunto=_("Su paquete cuesta %(monto)s más de lo cotizado") % {"monto": formato_bs(fila.monto)},
        cuerpo=_("Se midió al recibirlo. Acéptelo o recházelo: mientras tanto espera en la ventanilla."),
        enlace=f"/envios/{porte.envio_id}/franqueo",
        clase=AVISO_FRANQUEO,
    )


def aceptar_excedente(sesion: Session, actor: Actor, envio_id: UUID) -> Excedente:
    """Pay the rest from the account that paid the postage. Twice is once.

    Raises `EnvioNoEncontrado`, `SinPorte`, `SinExcedente` (none, refused, or too late), `Prohibido`, what
    `exigir_facultad` raises for a unit's account, `SesionNoReciente`, and the ledger's errors.
    """
    porte, fila = _bloquear(sesion, envio_id)
    assert porte.cuenta is not None
    assert porte.cuenta_operador is not None
    autorizacion = exigir_cuenta(sesion, actor, obtener_cuenta(sesion, porte.cuenta), fila.monto)
    if fila.estado == EstadoExcedente.PAGADO:
        return fila
    _exigir_a_tiempo(sesion, fila)
    custodia = cuenta_de_asunto(sesion, CLASE, porte.id)
    exigir_transferencia(
        sesion,
        SolicitudTransferencia(
            id=id_de(porte.id, "excedente.entra"),
            codigo=Codigo.PAGO_EN_CUSTODIA,
            debito=porte.cuenta,
            credito=custodia,
            monto=fila.monto,
            referencia=envio_id,
        ),
        autorizacion,
    )
    exigir_transferencia(
        sesion,
        SolicitudTransferencia(
            id=id_de(porte.id, "excedente.sale"),
            codigo=Codigo.FRANQUEO,
            debito=custodia,
            credito=porte.cuenta_operador,
            monto=fila.monto,
            referencia=envio_id,
        ),
        SISTEMA,
    )
    return _terminar(sesion, autorizacion, porte, fila, EstadoExcedente.PAGADO)


def rechazar_excedente(sesion: Session, actor: Actor, envio_id: UUID) -> Excedente:
    """Pay nothing more, for who could pay it. Twice is once. Raises what `aceptar_excedente` raises, but the
    ledger's errors."""
    porte, fila = _bloquear(sesion, envio_id)
    assert porte.cuenta is not None
    autorizacion = exigir_cuenta(sesion, actor, obtener_cuenta(sesion, porte.cuenta))
    if fila.estado == EstadoExcedente.RECHAZADO:
        return fila
    _exigir_a_tiempo(sesion, fila)
    return _terminar(sesion, autorizacion, porte, fila, EstadoExcedente.RECHAZADO)


def excedente_en_efectivo(sesion: Session, actor: Actor, envio_id: UUID) -> Excedente:
    """Note that the rest was paid in cash at the counter, for who dispatches for its operator. Twice is once.

    Raises `EnvioNoEncontrado`, `SinPorte`, `SinExcedente`, `SinFacultad`.
    """
    porte, fila = _bloquear(sesion, envio_id)
    autorizacion = exigir_facultad(
        sesion, actor, porte.operador_unidad_id, Facultad.DESPACHAR, estados=CON_LO_SUYO
    )
    if fila.estado == EstadoExcedente.EN_EFECTIVO:
        return fila
    _exigir_a_tiempo(sesion, fila)
    return _terminar(sesion, autorizacion, porte, fila, EstadoExcedente.EN_EFECTIVO)


def vencer_excedente(sesion: Session, envio_id: UUID) -> bool:
    """Silence refuses. False when it is not due or was answered."""
    porte, fila = _bloquear(sesion, envio_id)
    if fila.estado != EstadoExcedente.POR_CONSENTIR or fila.vence_en > ahora_bd(sesion):
        return False
    _terminar(sesion, SISTEMA, porte, fila, EstadoExcedente.VENCIDO)
    return True


def _bloquear(sesion: Session, envio_id: UUID) -> tuple[Porte, Excedente]:
    envio: Envio = bloquear_envio(sesion, envio_id)
    porte = porte_bloqueado(sesion, envio.id)
    if porte is None:
        raise SinPorte()
    fila = excedente_bloqueado(sesion, porte.id)
    if fila is None:
        raise SinExcedente(_("El franqueo de este envío no espera nada de usted."))
    return porte, fila


def _exigir_a_tiempo(sesion: Session, fila: Excedente) -> None:
    if fila.estado != EstadoExcedente.POR_CONSENTIR:
        raise SinExcedente(EstadoExcedente(fila.estado).texto)
    if fila.vence_en < ahora_bd(sesion):
        raise SinExcedente(_("El plazo para responder terminó: ya no se cobra nada más."))


def _terminar(
    sesion: Session, autorizacion: Autorizacion, porte: Porte, fila: Excedente, estado: EstadoExcedente
) -> Excedente:
    VIDA_EXCEDENTE.pasar(fila, estado)
    fila.resuelto_en, fila.resuelto_por = ahora_bd(sesion), autorizacion.actor.clave
    sesion.flush()
    hechos = {"estado": estado.value, "monto": a_centavos(fila.monto)}
    auditar(sesion, autorizacion, "excedente.resolver", "envios_envio", porte.envio_id, hechos)
    cerrar_cuenta_de_asunto(sesion, CLASE, porte.id)
    return fila
