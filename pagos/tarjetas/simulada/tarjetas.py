"""The demonstration's cards: what each one does. They are Stripe's test cards, and two of ours."""

from dataclasses import dataclass
from typing import Literal

from nucleo.textos import perezoso as _l

Desenlace = Literal[
    "exito",
    "rechazo",
    "accion",
    "accion_al_guardar",
    "procesa",
    "disputa",
    "reembolso_lento",
    "reembolso_devuelto",
    "reembolso_con_titular",
]


@dataclass(frozen=True, slots=True)
class TarjetaDePrueba:
    """`metodo` is the PaymentMethod a client would send; `codigo` and `negativa` are Stripe's error codes."""

    numero: str
    metodo: str
    desenlace: Desenlace
    nombre: str
    codigo: str = ""
    negativa: str | None = None
    mensaje: str = ""

    @property
    def ultimos(self) -> str:
        return self.numero[-4:]

    @property
    def legible(self) -> str:
        return " ".join(self.numero[i : i + 4] for i in range(0, 16, 4))


_NEGADA = "Your card was declined."

TARJETAS: tuple[TarjetaDePrueba, ...] = (
    TarjetaDePrueba("4242424242424242", "pm_card_visa", "exito", _l("Paga bien")),
    TarjetaDePrueba(
        "4000000000000002",
        "pm_card_visa_chargeDeclined",
        "rechazo",
        _l("El banco la rechaza sin decir por qué"),
        "card_declined",
        "generic_decline",
        _NEGADA,
    ),
    TarjetaDePrueba(
        "4000000000009995",
        "pm_card_visa_chargeDeclinedInsufficientFunds",
        "rechazo",
        _l("No tiene fondos"),
        "card_declined",
        "insufficient_funds",
        "Your card has insufficient funds.",
    ),
    TarjetaDePrueba(
        "4000000000000069",
        "pm_card_chargeDeclinedExpiredCard",
        "rechazo",
        _l("Está vencida"),
        "expired_card",
        None,
        "Your card has expired.",
    ),
    TarjetaDePrueba(
        "4000000000009987",
        "pm_card_visa_chargeDeclinedLostCard",
        "rechazo",
        _l("Fue denunciada como perdida"),
        "card_declined",
        "lost_card",
        _NEGADA,
    ),
    TarjetaDePrueba(
        "4000002760003184",
        "pm_card_authenticationRequired",
        "accion",
        _l("El banco pide confirmar cada vez (3-D Secure)"),
    ),
    TarjetaDePrueba(
        "4000002500003155",
        "pm_card_authenticationRequiredOnSetup",
        "accion_al_guardar",
        _l("El banco pide confirmar, menos si ya está guardada"),
    ),
    TarjetaDePrueba(
        "4000000000006009", "pm_card_procesando", "procesa", _l("El banco tarda medio minuto en decidir")
    ),
    TarjetaDePrueba(
        "4000000000000259",
        "pm_card_createDispute",
        "disputa",
        _l("Paga bien y medio minuto después el titular la disputa"),
    ),
    TarjetaDePrueba(
        "4000000000007726", "pm_card_pendingRefund", "reembolso_lento", _l("Paga bien; su reembolso tarda")
    ),
    TarjetaDePrueba(
        "4000000000005126",
        "pm_card_refundFail",
        "reembolso_devuelto",
        _l("Paga bien; el banco devuelve su reembolso"),
    ),
    TarjetaDePrueba(
        "4000000000009474",
        "pm_card_reembolsoConTitular",
        "reembolso_con_titular",
        _l("Paga bien; su reembolso espera al titular y a los siete días se cancela"),
    ),
)
POR_METODO = {t.metodo: t for t in TARJETAS}
POR_FICHA = {t.metodo.replace("pm_card_", "tok_"): t for t in TARJETAS}
"""The tokens that a browser would make of each card."""
