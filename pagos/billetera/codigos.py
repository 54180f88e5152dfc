"""The QR codes under which a person is paid: made, shown, voided, and read by who scans them.

The code that is printed is random and is not the account's: nobody works out another's, and a lost one is
voided without changing anything else. It carries a first name and a surname, which its owner shows to whoever
they show it to; the rest of the name is told as of any other look-up, under its quota.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from ciudadania import Persona, obtener_persona
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos
from nucleo.errores import LimiteExcedido
from nucleo.lectores import como_se_escribe
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos import qr
from pagos.billetera.accesos import persona_de
from pagos.billetera.bloqueos import bloquear_codigo, un_codigo_a_la_vez
from pagos.billetera.consultas import codigo_por_id, codigo_por_texto, codigos_vigentes
from pagos.billetera.enviar import Destinatario, mirar_destinatario
from pagos.billetera.errores import CodigoDistinto
from pagos.billetera.modelos import CodigoDePersona
from pagos.libro import billetera_de

VIGENTES_MAXIMO = 20
DIAS_MAXIMO = 366
CIUDAD = "Bolivia"


def crear_codigo(
    sesion: Session, actor: Actor, *, id: UUID, monto: Money | None, nota: str | None, dias: int | None
) -> CodigoDePersona:
    """A code of the actor's own wallet, good for `dias` days, or until they void it. The same `id` and data
    again answer the same.

    Raises `Prohibido`, `CodigoDistinto`, `LimiteExcedido`.
    """
    persona_id = persona_de(actor)
    nota = " ".join((nota or "").split()) or None
    un_codigo_a_la_vez(sesion, persona_id)
    anterior = codigo_por_id(sesion, id)
    if anterior is not None:
        plazo = None if anterior.vence_en is None else (anterior.vence_en - anterior.creado_en).days
        pedido = (persona_id, monto, nota, dias)
        if (anterior.persona_id, anterior.monto, anterior.nota, plazo) != pedido:
            raise CodigoDistinto(_("Use un identificador nuevo para un código nuevo."))
        return anterior
    if len(codigos_vigentes(sesion, persona_id)) >= VIGENTES_MAXIMO:
        raise LimiteExcedido(
            _("Ya tiene %(n)s códigos QR. Anule uno que no use para hacer otro.") % {"n": VIGENTES_MAXIMO},
            espere_s=3600,
        )
    ahora = ahora_bd(sesion)
    codigo = CodigoDePersona(
        id=id,
        codigo=base64.b32encode(secrets.token_bytes(10)).decode(),
        persona_id=persona_id,
        monto=monto,
        nota=nota,
        creado_en=ahora,
        vence_en=None if dias is None else ahora + timedelta(days=dias),
    )
    sesion.add(codigo)
    sesion.flush()
    sesion.refresh(codigo)  # the amount as it will be read: one code, one text
    datos = {"monto": None if monto is None else a_centavos(monto), "dias": dias}
    auditar(sesion, Autorizacion.propia(actor), "codigo_qr.crear", "pagos_codigo_de_persona", id, datos)
    return codigo


def anular_codigo(sesion: Session, actor: Actor, id: UUID) -> None:
    """Nobody pays by it any more, wherever it was pasted. Voided already: nothing to do.

    Raises `CodigoInexistente`, `Prohibido`.
    """
    codigo = bloquear_codigo(sesion, persona_de(actor), id)
    if codigo.anulado_en is None:
        codigo.anulado_en = ahora_bd(sesion)
        sesion.flush()
        auditar(sesion, Autorizacion.propia(actor), "codigo_qr.anular", "pagos_codigo_de_persona", id, {})


def texto_del_codigo(codigo: CodigoDePersona, persona: Persona) -> str:
    """The payload, to be drawn or printed."""
    return qr.generar(
        persona=codigo.codigo,
        comercio=nombre_en_codigo(persona),
        ciudad=CIUDAD,
        monto=codigo.monto,
        vence_en=codigo.vence_en,
        motivo=codigo.nota,
    )


def nombre_en_codigo(persona: Persona) -> str:
    """First name and first surname: what its owner shows."""
    apellido = persona.primer_apellido or persona.segundo_apellido or ""
    return como_se_escribe(f"{persona.nombres.split()[0]} {apellido}")


def codigo_escaneado(sesion: Session, datos: qr.DatosQR) -> str:
    """The code of a person that was read from a QR, good now. Raises `QrInvalido`."""
    assert datos.persona is not None
    codigo = exigir_codigo(sesion, datos.persona)
    if datos.dinero != codigo.monto:
        texto = _("El monto del código no es el que puso su dueño: alguien pudo cambiarlo. No lo pague.")
        raise qr.QrInvalido("monto_distinto", texto)
    return codigo.codigo


def exigir_codigo(sesion: Session, texto: str) -> CodigoDePersona:
    """One by which its owner is paid now.

    Raises `QrInvalido`: destino_desconocido, anulado, vencido, no_recibe.
    """
    codigo = codigo_por_texto(sesion, texto)
    if codigo is None:
        falta = _("El código nombra a alguien que no está en Qhatu. No lo pague.")
        raise qr.QrInvalido("destino_desconocido", falta)
    if codigo.anulado_en is not None:
        raise qr.QrInvalido("anulado", _("Su dueño anuló este código. Pídale uno nuevo."))
    if codigo.vence_en is not None and codigo.vence_en <= ahora_bd(sesion):
        raise qr.QrInvalido("vencido", _("Este código venció. Pida uno nuevo a quien le cobra."))
    if billetera_de(sesion, codigo.persona_id).cerrada:
        raise qr.QrInvalido("no_recibe", _("Quien cobra con este código ya no recibe pagos en Qhatu."))
    return codigo


@dataclass(frozen=True, slots=True)
class PagoPorCodigo:
    """Whom a code pays, as far as who scans it may know; `escrito` is the name that it carries."""

    destinatario: Destinatario
    escrito: str
    monto: Money | None
    nota: str | None


def mirar_codigo(
    sesion: Session, actor: Actor, codigo: CodigoDePersona, *, unidad_id: UUID | None = None
) -> PagoPorCodigo:
    """What who scans is told before they pay; it draws on their quota, as any look-up.

    Raises `LimiteExcedido`.
    """
    escrito = nombre_en_codigo(obtener_persona(sesion, codigo.persona_id))
    hallado = mirar_destinatario(sesion, actor, codigo.persona_id, escrito, unidad_id=unidad_id)
    return PagoPorCodigo(hallado, escrito, codigo.monto, codigo.nota)
