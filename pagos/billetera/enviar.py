"""What people do with their money: find whom to pay, send, top up in the demonstration."""

import re
from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from ciudadania import (
    Persona,
    buscar_persona_por_celular,
    buscar_persona_por_ci,
    falta_el_complemento,
    notificar,
    obtener_persona,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.configuracion import ajustes
from nucleo.dinero import a_centavos, bs, formato_bs
from nucleo.errores import DatosInvalidos, NoEncontrado
from nucleo.textos import gettext as _
from pagos.billetera.alias import persona_del_alias
from pagos.billetera.averiguar import Coincidencia, Cuota, comparar
from pagos.billetera.frecuentes import frecuentes
from pagos.libro import (
    AVISO_RECIBIDO,
    Codigo,
    DestinatarioInexistente,
    Resultado,
    SolicitudTransferencia,
    TipoCuenta,
    TipoTitular,
    cuenta_de_persona,
    cuenta_de_sistema,
    exigir_cuenta,
    exigir_transferencia,
    obtener_cuenta,
)
from pagos.notas import anotar


@dataclass(frozen=True, slots=True)
class Destinatario:
    """Somebody found by card, telephone or alias. `nombre` is the registered one only for who wrote it right;
    `documento`, the end of the card number."""

    persona_id: UUID
    nombre: str | None
    documento: str
    coincidencia: Coincidencia

    def como_se_le_dice(self, escrito: str) -> str:
        """For who looked: the registered name, or what they wrote, or at least the end of the card."""
        return self.nombre or escrito or self.documento


def buscar_destinatario(
    sesion: Session, actor: Actor, texto: str, nombre: str = "", *, unidad_id: UUID | None = None
) -> Destinatario:
    """The person with this alias, CI or cell phone, and whether that is their `nombre`. It draws on the quota
    of the actor, or of the unit for which they look.

    Raises `LimiteExcedido`, `DestinatarioInexistente`.
    """
    cuota = Cuota.de(actor, unidad_id)
    cuota.empezar()
    limpio = re.sub(r"[\s.]", "", texto)
    persona = (
        _por_alias(sesion, texto) or _por_celular(sesion, limpio) or buscar_persona_por_ci(sesion, limpio)
    )
    if persona is None:
        falta = (
            _("A ese carnet le falta su complemento: escríbalo como 1234567-1A.")
            if falta_el_complemento(sesion, texto)
            else _("Nadie tiene ese alias, carnet o celular en Qhatu. Revise lo que escribió.")
        )
        raise DestinatarioInexistente(falta, campos={"destinatario": falta})
    return _hallado(cuota, persona, nombre)


def mirar_destinatario(
    sesion: Session, actor: Actor, persona_id: UUID, nombre: str = "", *, unidad_id: UUID | None = None
) -> Destinatario:
    """The same of somebody found a moment ago, whose name may be written again. It counts, too, unless
    they are among those that the actor sends to: their name was known.

    Raises `LimiteExcedido`, `PersonaNoEncontrada`.
    """
    if unidad_id is None and _ya_lo_conoce(sesion, actor, persona_id, nombre):
        persona = obtener_persona(sesion, persona_id)
        return Destinatario(persona.id, persona.nombre_completo, documento_de(persona), Coincidencia.COINCIDE)
    cuota = Cuota.de(actor, unidad_id)
    cuota.empezar()
    return _hallado(cuota, obtener_persona(sesion, persona_id), nombre)


def _ya_lo_conoce(sesion: Session, actor: Actor, persona_id: UUID, nombre: str) -> bool:
    """A wrong name is compared, counted and told as always."""
    if actor.persona_id is None:
        return False
    return any(
        f.persona_id == persona_id and comparar(nombre, f.nombre) is Coincidencia.COINCIDE
        for f in frecuentes(sesion, actor.persona_id)
    )


def _hallado(cuota: Cuota, persona: Persona, nombre: str) -> Destinatario:
    como = comparar(nombre, persona.nombre_completo)
    cuota.hallado(como)
    visible = persona.nombre_completo if como is Coincidencia.COINCIDE else None
    return Destinatario(persona.id, visible, documento_de(persona), como)


def documento_de(persona: Persona) -> str:
    """Only the end of the card number."""
    return f"•••{persona.ci[-3:]}"


def _por_alias(sesion: Session, texto: str) -> Persona | None:
    persona_id = persona_del_alias(sesion, texto)
    return obtener_persona(sesion, persona_id) if persona_id is not None else None


def _por_celular(sesion: Session, texto: str) -> Persona | None:
    return buscar_persona_por_celular(sesion, texto)


def enviar(
    sesion: Session,
    actor: Actor,
    *,
    id: UUID,
    cuenta_id: int,
    persona_id: UUID,
    monto: Money,
    nota: str | None = None,
) -> Resultado:
    """Send money to a person from an account of the actor's; the same `id` again answers the same. `nota`:
    what it is for, which only both of them read.

    Raises the ledger's errors, `Prohibido`, `MontoExcedido`, `PersonaNoEncontrada`.
    """
    cuenta = obtener_cuenta(sesion, cuenta_id)
    autorizacion = exigir_cuenta(sesion, actor, cuenta, monto)
    destino = obtener_persona(sesion, persona_id)
    (resultado,) = exigir_transferencia(
        sesion,
        SolicitudTransferencia(
            id=id,
            debito=cuenta_id,
            credito=cuenta_de_persona(sesion, destino.id),
            monto=monto,
            codigo=Codigo.ENVIO if cuenta.titular_tipo == TipoTitular.PERSONA else Codigo.PLANILLA,
        ),
        autorizacion,
    )
    anotar(sesion, resultado, nota)
    if resultado.codigo == "ok":
        dice = _(" Le escribió: «%(nota)s».") % {"nota": nota} if nota else ""
        notificar(
            sesion,
            persona_id=destino.id,
            asunto=_("Recibió %(monto)s") % {"monto": formato_bs(monto)},
            cuerpo=_("%(quien)s le envió %(monto)s. Ya está en su billetera.")
            % {"quien": actor.nombre, "monto": formato_bs(monto)}
            + dice,
            enlace=f"/comprobantes/{id}",
            clase=AVISO_RECIBIDO,
        )
    return resultado


RECARGA_MAXIMA = bs(2000)


def recargar_demostracion(sesion: Session, actor: Actor, *, id: UUID, monto: Money) -> Resultado:
    """Fictitious money into the actor's wallet, only in demonstration mode; counts toward their limits."""
    if not ajustes().es_demostracion:
        raise NoEncontrado()
    if actor.persona_id is None:
        raise DatosInvalidos(_("Solo una persona tiene billetera."))
    if not 0 < a_centavos(monto) <= a_centavos(RECARGA_MAXIMA):
        texto = _("Recargue entre Bs 0,01 y %(maximo)s.") % {"maximo": formato_bs(RECARGA_MAXIMA)}
        raise DatosInvalidos(texto, campos={"monto": texto})
    (resultado,) = exigir_transferencia(
        sesion,
        SolicitudTransferencia(
            id=id,
            debito=cuenta_de_sistema(sesion, TipoCuenta.PASARELA),
            credito=cuenta_de_persona(sesion, actor.persona_id),
            monto=monto,
            codigo=Codigo.RECARGA,
        ),
        Autorizacion.propia(actor),
    )
    return resultado
