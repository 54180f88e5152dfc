"""What people read about a payment by card: its state, why it failed, and what to do next."""

from dataclasses import dataclass

from nucleo.textos import gettext as _
from pagos.tarjetas.estados import Estado, EstadoDisputa, EstadoReembolso
from pagos.tarjetas.modelos import Intento


@dataclass(frozen=True, slots=True)
class Explicacion:
    """`tono` as in the badges; `nombre` is short; `siga` is what the person can do now."""

    nombre: str
    tono: str
    titulo: str
    texto: str
    siga: str = ""


_ESTADOS: dict[Estado, Explicacion] = {
    Estado.CREADO: Explicacion(
        _("Por empezar"),
        "info",
        _("Estamos preparando su pago"),
        _("Todavía no se cobró nada. Esta página se actualiza sola."),
    ),
    Estado.AMBIGUO: Explicacion(
        _("Por confirmar"),
        "aviso",
        _("Lo estamos confirmando"),
        _("La pasarela de tarjetas no nos respondió y todavía no sabemos si cobró."),
        _("No pague otra vez: si se cobró, el dinero llegará a su cuenta; si no, se lo diremos aquí."),
    ),
    Estado.REQUIERE_ACCION: Explicacion(
        _("Falta pagar"),
        "info",
        _("Falta que usted pague"),
        _("Todavía no se cobró nada."),
        _("Continúe en la página segura de pago con tarjeta."),
    ),
    Estado.PROCESANDO: Explicacion(
        _("En el banco"),
        "info",
        _("Lo estamos confirmando"),
        _("El banco de la tarjeta está revisando el pago. Suele tardar menos de un minuto."),
        _("No pague otra vez. Puede cerrar esta página: le avisaremos en su buzón."),
    ),
    Estado.PAGADO: Explicacion(
        _("Pagado"), "bien", _("Pago realizado"), _("Cobramos su tarjeta y el dinero ya está en la cuenta.")
    ),
    Estado.RECHAZADO: Explicacion(
        _("Rechazado"), "mal", _("La tarjeta fue rechazada"), _("No se cobró nada.")
    ),
    Estado.CANCELADO: Explicacion(_("Cancelado"), "neutro", _("Pago cancelado"), _("No se cobró nada.")),
    Estado.OBSERVADO: Explicacion(
        _("En revisión"),
        "aviso",
        _("Su pago está en revisión"),
        _("La pasarela cobró algo distinto de lo que usted pidió, y por eso no se abonó."),
        _("La autoridad reguladora ya lo ve y devolverá el dinero a la tarjeta. No pague otra vez."),
    ),
}

_LLAME = _("Llame al banco que emitió la tarjeta o use otra.")
_OTRA = _("Use otra tarjeta.")
_DESPUES = _("Espere unos minutos e intente otra vez.")

_MOTIVOS: dict[str, tuple[str, str]] = {
    "insufficient_funds": (
        _("La tarjeta no tiene fondos suficientes."),
        _("Use otra tarjeta o pague un monto menor."),
    ),
    "expired_card": (_("La tarjeta está vencida."), _OTRA),
    "incorrect_number": (
        _("El número de la tarjeta no es correcto."),
        _("Revise el número e intente otra vez."),
    ),
    "incorrect_cvc": (_("El código de seguridad no es correcto."), _("Revise los tres dígitos del reverso.")),
    "card_not_supported": (_("Esa tarjeta no sirve para pagos por internet."), _LLAME),
    "currency_not_supported": (_("Esa tarjeta no admite pagos en bolivianos."), _OTRA),
    "card_velocity_exceeded": (_("La tarjeta llegó a su límite de compras."), _LLAME),
    "payment_intent_authentication_failure": (
        _("No se confirmó el pago con su banco."),
        _("Intente otra vez y acepte cuando su banco se lo pida."),
    ),
    "processing_error": (_("El banco tuvo un problema al procesar la tarjeta."), _DESPUES),
    "issuer_not_available": (_("El banco de la tarjeta no responde."), _DESPUES),
    "amount_too_small": (_("El monto es menor que el mínimo de la pasarela."), _("Pague un monto mayor.")),
    "amount_too_large": (_("El monto es mayor que el máximo de la pasarela."), _("Pague un monto menor.")),
    "resource_missing": (_("La pasarela no reconoce esa tarjeta."), _("Vuelva a ingresar la tarjeta.")),
    "sin_terminar": (_("Pasó el tiempo para pagar."), _("Si todavía quiere pagar, empiece otra vez.")),
    "sin_respuesta": (
        _("La pasarela no respondió y comprobamos que no cobró."),
        _("Puede intentarlo otra vez."),
    ),
    "a_pedido": (_("Usted canceló este pago."), _("Puede empezar otro cuando quiera.")),
    "monto_distinto": (_("El monto cobrado no es el que usted pidió."), ""),
}
_ALIAS = {
    "invalid_cvc": "incorrect_cvc",
    "invalid_number": "incorrect_number",
    "invalid_account": "card_not_supported",
    "withdrawal_count_limit_exceeded": "card_velocity_exceeded",
    "authentication_required": "payment_intent_authentication_failure",
    "try_again_later": "processing_error",
    "reenter_transaction": "processing_error",
}
# Of a card reported lost or stolen, or a suspected fraud, the bank alone tells its holder.
_NEGADA = (_("El banco rechazó el pago y no dijo por qué."), _LLAME)


def motivo_en_palabras(motivo: str) -> tuple[str, str]:
    """Why, and what to do about it."""
    return _MOTIVOS.get(_ALIAS.get(motivo, motivo), _NEGADA)


def nombre_de_estado(estado: str) -> str:
    return _ESTADOS[Estado(estado)].nombre


def explicar(intento: Intento) -> Explicacion:
    """What to tell the person about this payment now."""
    base = _ESTADOS[Estado(intento.estado)]
    if intento.estado == Estado.AMBIGUO and intento.modalidad == "alojada":
        return Explicacion(
            _("Por empezar"),
            "aviso",
            _("La pasarela de tarjetas tarda en responder"),
            _("Todavía no se cobró nada: no se abrió la página donde usted paga."),
            _("Espere en esta página, que se actualiza sola, o cancele e intente más tarde."),
        )
    if intento.estado == Estado.REQUIERE_ACCION and intento.motivo:
        porque, siga = motivo_en_palabras(intento.motivo)
        return Explicacion(
            _("Rechazado, puede reintentar"),
            "mal",
            _("La tarjeta fue rechazada"),
            f"{porque} {_('No se cobró nada.')}",
            siga,
        )
    if intento.estado in (Estado.RECHAZADO, Estado.CANCELADO) and intento.motivo:
        porque, siga = motivo_en_palabras(intento.motivo)
        return Explicacion(base.nombre, base.tono, base.titulo, f"{porque} {base.texto}", siga)
    if intento.proposito == "orden" and intento.estado == Estado.PAGADO:
        return Explicacion(
            base.nombre, base.tono, base.titulo, _("Cobramos su tarjeta y la orden está pagada.")
        )
    return base


REEMBOLSOS: dict[EstadoReembolso, tuple[str, str]] = {
    EstadoReembolso.CREADO: (_("Por empezar"), "info"),
    EstadoReembolso.AMBIGUO: (_("Lo estamos confirmando"), "aviso"),
    EstadoReembolso.PROCESANDO: (_("En el banco"), "info"),
    EstadoReembolso.HECHO: (_("Devuelto a la tarjeta"), "bien"),
    EstadoReembolso.FALLIDO: (_("No se hizo: el dinero sigue en la cuenta"), "mal"),
    EstadoReembolso.REVERTIDO: (_("El banco lo devolvió: está otra vez en la cuenta"), "aviso"),
}
DISPUTAS: dict[EstadoDisputa, tuple[str, str]] = {
    EstadoDisputa.ABIERTA: (_("El banco decide"), "aviso"),
    EstadoDisputa.GANADA: (_("A favor de la cuenta"), "bien"),
    EstadoDisputa.PERDIDA: (_("A favor del titular de la tarjeta"), "mal"),
}
CAUSAS: dict[str, str] = {
    "fraudulent": _("No reconoce el cargo"),
    "duplicate": _("Dice que se cobró dos veces"),
    "product_not_received": _("Dice que no recibió lo que pagó"),
    "product_unacceptable": _("No está conforme con lo que recibió"),
    "subscription_canceled": _("Dice que había cancelado"),
    "credit_not_processed": _("Espera una devolución que no llegó"),
}


def causa_en_palabras(causa: str) -> str:
    return CAUSAS.get(causa, _("Otro motivo"))
