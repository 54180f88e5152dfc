"""What people read about a payment by card: its state, why it failed, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass

from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos.tarjetas.estados import Estado, EstadoDisputa, EstadoReembolso, EstadoRespuesta
from pagos.tarjetas.modelos import Disputa, Intento, TarjetaGuardada


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
        _l("Por empezar"),
        "info",
        _l("Estamos preparando su pago"),
        _l("Todavía no se cobró nada. Esta página se actualiza sola."),
    ),
    Estado.AMBIGUO: Explicacion(
        _l("Por confirmar"),
        "aviso",
        _l("Lo estamos confirmando"),
        _l("La pasarela de tarjetas no nos respondió y todavía no sabemos si cobró."),
        _l("No pague otra vez: si se cobró, el dinero llegará a su cuenta; si no, se lo diremos aquí."),
    ),
    Estado.REQUIERE_ACCION: Explicacion(
        _l("Falta pagar"),
        "info",
        _l("Falta que usted pague"),
        _l("Todavía no se cobró nada."),
        _l("Continúe en la página segura de pago con tarjeta."),
    ),
    Estado.PROCESANDO: Explicacion(
        _l("En el banco"),
        "info",
        _l("Lo estamos confirmando"),
        _l("El banco de la tarjeta está revisando el pago. Suele tardar menos de un minuto."),
        _l("No pague otra vez. Puede cerrar esta página: le avisaremos en su buzón."),
    ),
    Estado.PAGADO: Explicacion(
        _l("Pagado"),
        "bien",
        _l("Pago realizado"),
        _l("Cobramos su tarjeta y el dinero ya está en la cuenta."),
    ),
    Estado.RECHAZADO: Explicacion(
        _l("Rechazado"), "mal", _l("La tarjeta fue rechazada"), _l("No se cobró nada.")
    ),
    Estado.CANCELADO: Explicacion(_l("Cancelado"), "neutro", _l("Pago cancelado"), _l("No se cobró nada.")),
    Estado.OBSERVADO: Explicacion(
        _l("En revisión"),
        "aviso",
        _l("Su pago está en revisión"),
        _l("La pasarela cobró algo distinto de lo que usted pidió, y por eso no se abonó."),
        _l("La autoridad reguladora ya lo ve y devolverá el dinero a la tarjeta. No pague otra vez."),
    ),
}

_EN_DISPUTA = Explicacion(
    _l("En disputa"),
    "aviso",
    _l("El titular de la tarjeta reclama este pago"),
    _l("Se cobró, pero el titular dijo a su banco que no reconoce el cargo. El dinero queda retenido."),
    _l("Mientras el banco decide no se puede reembolsar: si le da la razón, lo devolverá él mismo."),
)
_DISPUTA_PERDIDA = Explicacion(
    _l("Devuelto por el banco"),
    "mal",
    _l("El banco devolvió este pago al titular"),
    _l("Se cobró, el titular de la tarjeta lo reclamó y su banco le dio la razón."),
)

_LLAME = _l("Llame al banco que emitió la tarjeta o use otra.")
_OTRA = _l("Use otra tarjeta.")
_DESPUES = _l("Espere unos minutos e intente otra vez.")

_MOTIVOS: dict[str, tuple[str, str]] = {
    "insufficient_funds": (
        _l("La tarjeta no tiene fondos suficientes."),
        _l("Use otra tarjeta. Si es una recarga, también puede ser por menos."),
    ),
    "expired_card": (_l("La tarjeta está vencida."), _OTRA),
    "incorrect_number": (
        _l("El número de la tarjeta no es correcto."),
        _l("Revise el número e intente otra vez."),
    ),
    "incorrect_cvc": (
        _l("El código de seguridad no es correcto."),
        _l("Revise los tres dígitos del reverso."),
    ),
    "card_not_supported": (_l("Esa tarjeta no sirve para pagos por internet."), _LLAME),
    "currency_not_supported": (_l("Esa tarjeta no admite pagos en bolivianos."), _OTRA),
    "card_velocity_exceeded": (_l("La tarjeta llegó a su límite de compras."), _LLAME),
    "payment_intent_authentication_failure": (
        _l("No se confirmó el pago con su banco."),
        _l("Intente otra vez y acepte cuando su banco se lo pida."),
    ),
    "processing_error": (_l("El banco tuvo un problema al procesar la tarjeta."), _DESPUES),
    "issuer_not_available": (_l("El banco de la tarjeta no responde."), _DESPUES),
    "amount_too_small": (_l("El monto es menor que el mínimo de la pasarela."), _l("Pague un monto mayor.")),
    "amount_too_large": (_l("El monto es mayor que el máximo de la pasarela."), _l("Pague un monto menor.")),
    "resource_missing": (_l("La pasarela no reconoce esa tarjeta."), _l("Vuelva a ingresar la tarjeta.")),
    "sin_terminar": (_l("Pasó el tiempo para pagar."), _l("Si todavía quiere pagar, empiece otra vez.")),
    "sin_respuesta": (
        _l("La pasarela no respondió y comprobamos que no cobró."),
        _l("Puede intentarlo otra vez."),
    ),
    "a_pedido": (_l("Usted canceló este pago."), _l("Puede empezar otro cuando quiera.")),
    "monto_distinto": (_l("El monto cobrado no es el que usted pidió."), ""),
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
_NEGADA = (_l("El banco rechazó el pago y no dijo por qué."), _LLAME)


def motivo_en_palabras(motivo: str) -> tuple[str, str]:
    """Why, and what to do about it."""
    return _MOTIVOS.get(_ALIAS.get(motivo, motivo), _NEGADA)


def nombre_de_estado(estado: str) -> str:
    return _ESTADOS[Estado(estado)].nombre


def explicar(intento: Intento, disputas: Sequence[Disputa] = ()) -> Explicacion:
    """What to tell the person about this payment now, given the claims on it."""
    base = _ESTADOS[Estado(intento.estado)]
    estados = {d.estado for d in disputas}
    if intento.estado == Estado.PAGADO and EstadoDisputa.ABIERTA in estados:
        return _EN_DISPUTA
    if intento.estado == Estado.PAGADO and EstadoDisputa.PERDIDA in estados:
        return _DISPUTA_PERDIDA
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
        return Explicacion(base.nombre, base.tono, base.titulo, _("Cobramos su tarjeta: quedó pagado."))
    return base


REEMBOLSOS: dict[EstadoReembolso, tuple[str, str]] = {
    EstadoReembolso.CREADO: (_l("Por empezar"), "info"),
    EstadoReembolso.AMBIGUO: (_l("Lo estamos confirmando"), "aviso"),
    EstadoReembolso.PROCESANDO: (_l("En el banco"), "info"),
    EstadoReembolso.HECHO: (_l("Devuelto a la tarjeta"), "bien"),
    EstadoReembolso.FALLIDO: (_l("No se hizo: el dinero sigue en la cuenta"), "mal"),
    EstadoReembolso.REVERTIDO: (_l("El banco lo devolvió: está otra vez en la cuenta"), "aviso"),
}
DISPUTAS: dict[EstadoDisputa, tuple[str, str]] = {
    EstadoDisputa.ABIERTA: (_l("El banco decide"), "aviso"),
    EstadoDisputa.GANADA: (_l("A favor de la cuenta"), "bien"),
    EstadoDisputa.PERDIDA: (_l("A favor del titular de la tarjeta"), "mal"),
}
RESPUESTAS: dict[EstadoRespuesta, tuple[str, str]] = {
    EstadoRespuesta.CREADA: (_l("Por enviar al banco"), "info"),
    EstadoRespuesta.AMBIGUA: (_l("Lo estamos confirmando"), "aviso"),
    EstadoRespuesta.ENVIADA: (_l("El banco la tiene"), "bien"),
    EstadoRespuesta.RECHAZADA: (_l("El banco no la recibió"), "mal"),
}
_MARCAS = {"amex": "American Express", "diners": "Diners Club", "jcb": "JCB", "unionpay": "UnionPay"}


def nombre_de_tarjeta(tarjeta: TarjetaGuardada) -> str:
    """How its holder tells it apart: «Visa terminada en 4242»."""
    if tarjeta.marca is None:
        return _("Tarjeta sin escribir")
    marca = _MARCAS.get(tarjeta.marca, tarjeta.marca.capitalize())
    return _("%(marca)s terminada en %(ultimos)s") % {"marca": marca, "ultimos": tarjeta.ultimos}


CAUSAS: dict[str, str] = {
    "fraudulent": _l("No reconoce el cargo"),
    "duplicate": _l("Dice que se cobró dos veces"),
    "product_not_received": _l("Dice que no recibió lo que pagó"),
    "product_unacceptable": _l("No está conforme con lo que recibió"),
    "subscription_canceled": _l("Dice que había cancelado"),
    "credit_not_processed": _l("Espera una devolución que no llegó"),
}


def causa_en_palabras(causa: str) -> str:
    return CAUSAS.get(causa, _("Otro motivo"))
