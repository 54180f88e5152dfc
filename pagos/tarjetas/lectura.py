"""What the gateway says, read into our terms: pure functions over its JSON.

Only these functions know the shape of Stripe's objects (API version 2023-08-16).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

JsonPasarela = Mapping[str, Any]
Veredicto = Literal["requiere_accion", "procesando", "cobrado", "rechazado", "cancelado"]


@dataclass(frozen=True, slots=True)
class Lectura:
    """The state of one payment at the gateway, taken from a fresh answer and never from a webhook.

    `recibido`: smallest units of `moneda` that were charged. `motivo`: why the card was refused.
    """

    veredicto: Veredicto
    pasarela_id: str | None = None
    sesion_id: str | None = None
    accion_url: str | None = None
    motivo: str | None = None
    recibido: int | None = None
    moneda: str | None = None
    metadatos_id: str | None = None

    @property
    def cancelable(self) -> bool:
        """The person can still pay it, so we can still stop it."""
        return self.veredicto == "requiere_accion"


@dataclass(frozen=True, slots=True)
class LecturaReembolso:
    veredicto: Literal["procesando", "hecho", "fallido"]
    pasarela_id: str
    monto: int
    motivo: str | None = None
    metadatos_id: str | None = None


@dataclass(frozen=True, slots=True)
class LecturaDisputa:
    veredicto: Literal["abierta", "ganada", "perdida"]
    pasarela_id: str
    pago_id: str | None
    monto: int
    causa: str
    responder_hasta: int | None
    pruebas: int = 0  # how many times evidence was handed to the bank
    fuera_de_plazo: bool = False


@dataclass(frozen=True, slots=True)
class LecturaTarjeta:
    """A card that is being kept. `vence_mes`, `vence_anio`: what is written on it."""

    veredicto: Literal["abierta", "guardada", "sin_terminar", "olvidada"]
    sesion_id: str | None = None
    accion_url: str | None = None
    pasarela_id: str | None = None
    cliente: str | None = None
    huella: str | None = None
    marca: str | None = None
    ultimos: str | None = None
    vence_mes: int | None = None
    vence_anio: int | None = None


def leer_pago(pi: JsonPasarela) -> Lectura:
    """A PaymentIntent that we confirm ourselves."""
    error = pi.get("last_payment_error") or {}
    motivo = error.get("decline_code") or error.get("code")
    comun: dict[str, Any] = {
        "pasarela_id": pi["id"],
        "metadatos_id": (pi.get("metadata") or {}).get("intento_id"),
    }
    match pi["status"]:
        case "succeeded":
            return Lectura(
                "cobrado", recibido=pi["amount_received"], moneda=str(pi["currency"]).upper(), **comun
            )
        case "requires_action":
            return Lectura("requiere_accion", accion_url=_url_de_accion(pi), **comun)
        case "canceled":
            return Lectura("cancelado", motivo=pi.get("cancellation_reason") or "cancelado", **comun)
        case "requires_payment_method":
            return Lectura("rechazado", motivo=motivo or "sin_tarjeta", **comun)
    # processing; requires_confirmation and requires_capture are steps that we never leave it in.
    return Lectura("procesando", **comun)


def _url_de_accion(pi: JsonPasarela) -> str | None:
    accion = pi.get("next_action") or {}
    url = (accion.get("redirect_to_url") or {}).get("url")
    return str(url) if url else None


def leer_sesion(cs: JsonPasarela) -> Lectura:
    """A Checkout Session (with its PaymentIntent expanded, if it has one yet).

    The hosted page lets the person try again, so a declined card there is not the end: the session is.
    """
    pago = cs.get("payment_intent")
    pago = pago if isinstance(pago, Mapping) else None
    leida = leer_pago(pago) if pago else None
    comun: dict[str, Any] = {
        "sesion_id": cs["id"],
        "pasarela_id": leida.pasarela_id if leida else None,
        "metadatos_id": cs.get("client_reference_id"),
    }
    if leida and leida.veredicto == "cobrado":
        return Lectura("cobrado", recibido=leida.recibido, moneda=leida.moneda, **comun)
    if cs["status"] == "expired":
        motivo = leida.motivo if leida and leida.veredicto == "rechazado" else None
        return Lectura("rechazado" if motivo else "cancelado", motivo=motivo or "sin_terminar", **comun)
    if cs["status"] == "complete":  # paid as far as the person can; a bank may still say no
        if leida and leida.veredicto in ("rechazado", "cancelado"):
            return Lectura(leida.veredicto, motivo=leida.motivo, **comun)
        return Lectura("procesando", **comun)
    motivo = leida.motivo if leida and leida.veredicto == "rechazado" else None
    return Lectura("requiere_accion", accion_url=cs["url"], motivo=motivo, **comun)


def leer_reembolso(re: JsonPasarela) -> LecturaReembolso:
    metadatos_id = (re.get("metadata") or {}).get("reembolso_id")
    match re.get("status"):
        case "succeeded":
            return LecturaReembolso("hecho", re["id"], re["amount"], metadatos_id=metadatos_id)
        case "failed" | "canceled":
            motivo = re.get("failure_reason") or str(re["status"])
            return LecturaReembolso("fallido", re["id"], re["amount"], motivo, metadatos_id)
    return LecturaReembolso("procesando", re["id"], re["amount"], metadatos_id=metadatos_id)


def leer_disputa(dp: JsonPasarela) -> LecturaDisputa:
    """`warning_*` are inquiries: the money has not been taken, but it may be."""
    estado = str(dp["status"])
    veredicto: Literal["abierta", "ganada", "perdida"] = "abierta"
    if estado in ("won", "warning_closed"):
        veredicto = "ganada"
    elif estado == "lost":
        veredicto = "perdida"
    pago = dp.get("payment_intent")
    detalle = dp["evidence_details"]
    return LecturaDisputa(
        veredicto,
        dp["id"],
        str(pago["id"]) if isinstance(pago, Mapping) else pago,
        dp["amount"],
        str(dp["reason"])[:40],
        detalle.get("due_by"),
        int(detalle.get("submission_count") or 0),
        bool(detalle.get("past_due")),
    )


def leer_guardado(cs: JsonPasarela) -> LecturaTarjeta:
    """A Checkout Session that saves a card, with its SetupIntent's payment method expanded."""
    if cs["status"] == "open":
        return LecturaTarjeta("abierta", sesion_id=cs["id"], accion_url=cs["url"])
    guardado = cs.get("setup_intent")
    metodo = guardado.get("payment_method") if isinstance(guardado, Mapping) else None
    if cs["status"] != "complete" or not isinstance(metodo, Mapping) or metodo.get("customer") is None:
        return LecturaTarjeta("sin_terminar", sesion_id=cs["id"])
    tarjeta = metodo["card"]
    return LecturaTarjeta(
        "guardada",
        sesion_id=cs["id"],
        pasarela_id=metodo["id"],
        cliente=str(metodo["customer"]),
        huella=str(tarjeta.get("fingerprint") or metodo["id"])[:80],
        marca=str(tarjeta["brand"])[:20],
        ultimos=str(tarjeta["last4"]),
        vence_mes=int(tarjeta["exp_month"]),
        vence_anio=int(tarjeta["exp_year"]),
    )
