"""Stripe's objects as the simulated gateway gives them (API version 2023-08-16): pure builders.

A test validates every kind of answer against Stripe's OpenAPI.
"""

import secrets
from typing import Any

from pagos.tarjetas.simulada.almacen import Json
from pagos.tarjetas.simulada.tarjetas import TarjetaDePrueba

VERSION = "2023-08-16"


def nuevo(prefijo: str) -> str:
    """An id of the gateway's shape: `pi_3Sim…`."""
    return f"{prefijo}_3Sim{secrets.token_hex(12)}"


NOMBRES = {"sesion": "checkout.session", "setup_intent": "setupintent", "payment_method": "PaymentMethod"}
"""How the gateway names, when it does not find it, what is not named as it is stored."""


def limpio(dato: Any) -> Any:
    """What is shown: without our own notes, whose names begin with an underscore."""
    if isinstance(dato, dict):
        return {k: limpio(v) for k, v in dato.items() if not k.startswith("_")}
    return [limpio(d) for d in dato] if isinstance(dato, list) else dato


def pago(*, creado: int, p: Json) -> Json:
    """A PaymentIntent as `p`, its read parameters, ask for it."""
    pi = nuevo("pi")
    opciones = (p.get("payment_method_options") or {}).get("card") or {}
    return {
        "id": pi,
        "object": "payment_intent",
        "amount": p["amount"],
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None
        if "payment_method_types" in p
        else {"allow_redirects": "always", "enabled": True} | p.get("automatic_payment_methods", {}),
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": p.get("capture_method", "automatic"),
        "client_secret": f"{pi}_secret_{secrets.token_hex(8)}",
        "confirmation_method": p.get("confirmation_method", "automatic"),
        "created": creado,
        "currency": p["currency"],
        "customer": p.get("customer"),
        "description": p.get("description"),
        "invoice": None,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": p.get("metadata") or {},
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": p.get("payment_method"),
        "payment_method_options": {
            "card": {
                "installments": None,
                "mandate_options": None,
                "network": None,
                "request_three_d_secure": opciones.get("request_three_d_secure", "automatic"),
            }
        },
        "payment_method_types": ["card"],
        "processing": None,
        "receipt_email": p.get("receipt_email"),
        "review": None,
        "setup_future_usage": p.get("setup_future_usage"),
        "shipping": None,
        "statement_descriptor": p.get("statement_descriptor"),
        "statement_descriptor_suffix": p.get("statement_descriptor_suffix"),
        "status": "requires_confirmation" if p.get("payment_method") else "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
    }


_FACTURACION: Json = {
    "address": {
        "city": None,
        "country": "BO",
        "line1": None,
        "line2": None,
        "postal_code": None,
        "state": None,
    },
    "email": None,
    "name": None,
    "phone": None,
}


def _detalle_de_tarjeta(tarjeta: TarjetaDePrueba) -> Json:
    return {
        "brand": "visa",
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "BO",
        "exp_month": 12,
        "exp_year": 2034,
        "fingerprint": f"Sim{tarjeta.ultimos}",
        "funding": "credit",
        "installments": None,
        "last4": tarjeta.ultimos,
        "mandate": None,
        "network": "visa",
        "three_d_secure": None,
        "wallet": None,
    }


def metodo_de_pago(tarjeta: TarjetaDePrueba, creado: int) -> Json:
    detalle = _detalle_de_tarjeta(tarjeta)
    del detalle["installments"], detalle["mandate"], detalle["network"]
    return {
        "id": nuevo("pm"),
        "object": "payment_method",
        "billing_details": _FACTURACION,
        "card": {
            **detalle,
            "generated_from": None,
            "networks": {"available": ["visa"], "preferred": None},
            "three_d_secure_usage": {"supported": True},
        },
        "created": creado,
        "customer": None,
        "livemode": False,
        "metadata": {},
        "type": "card",
        "_tarjeta": tarjeta.metodo,
        "_usado": False,
    }


def cargo(
    pi: Json, tarjeta: TarjetaDePrueba, *, monto: int, creado: int, pagado: bool, capturado: bool = True
) -> Json:
    """A Charge: paid, held until it is captured, or refused."""
    return {
        "id": nuevo("ch"),
        "object": "charge",
        "amount": monto,
        "amount_captured": monto if pagado and capturado else 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": _FACTURACION,
        "calculated_statement_descriptor": "QHATU",
        "captured": pagado and capturado,
        "created": creado,
        "currency": pi["currency"],
        "customer": pi["customer"],
        "description": pi["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": None if pagado else tarjeta.codigo,
        "failure_message": None if pagado else tarjeta.mensaje,
        "fraud_details": {},
        "invoice": None,
        "livemode": False,
        "metadata": pi["metadata"],
        "on_behalf_of": None,
        "outcome": {
            "network_status": "approved_by_network" if pagado else "declined_by_network",
            "reason": None if pagado else (tarjeta.negativa or tarjeta.codigo),
            "risk_level": "normal",
            "seller_message": "Payment complete."
            if pagado
            else "The bank did not return any further details.",
            "type": "authorized" if pagado else "issuer_declined",
        },
        "paid": pagado,
        "payment_intent": pi["id"],
        "payment_method": pi["payment_method"],
        "payment_method_details": {"card": _detalle_de_tarjeta(tarjeta), "type": "card"},
        "receipt_email": pi["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": None,
        "source_transfer": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": "succeeded" if pagado else "failed",
        "transfer_data": None,
        "transfer_group": None,
    }


def sesion(
    *, monto: int | None, moneda: str | None, creado: int, parametros: Json, url: str, sid: str, expira: int
) -> Json:
    """A Checkout Session, to pay or (`mode=setup`) to save a card."""
    es_de_guardar = parametros["mode"] == "setup"
    return {
        "id": sid,
        "object": "checkout.session",
        "after_expiration": None,
        "allow_promotion_codes": None,
        "amount_subtotal": monto,
        "amount_total": monto,
        "automatic_tax": {"enabled": False, "status": None},
        "billing_address_collection": None,
        "cancel_url": parametros.get("cancel_url"),
        "client_reference_id": parametros.get("client_reference_id"),
        "consent": None,
        "consent_collection": None,
        "created": creado,
        "currency": moneda,
        "currency_conversion": None,
        "custom_fields": [],
        "custom_text": {"shipping_address": None, "submit": None},
        "customer": parametros.get("customer"),
        "customer_creation": parametros.get("customer_creation")
        or (None if parametros.get("customer") or es_de_guardar else "if_required"),
        "customer_details": None,
        "customer_email": None,
        "expires_at": expira,
        "invoice": None,
        "invoice_creation": None,
        "livemode": False,
        "locale": parametros.get("locale"),
        "metadata": parametros.get("metadata") or {},
        "mode": parametros["mode"],
        "payment_intent": None,
        "payment_link": None,
        "payment_method_collection": "if_required",
        "payment_method_options": {},
        "payment_method_types": ["card"],
        "payment_status": "no_payment_required" if es_de_guardar else "unpaid",
        "phone_number_collection": {"enabled": False},
        "recovered_from": None,
        "setup_intent": None,
        "shipping_address_collection": None,
        "shipping_cost": None,
        "shipping_details": None,
        "shipping_options": [],
        "status": "open",
        "submit_type": None,
        "subscription": None,
        "success_url": parametros["success_url"],
        "total_details": None
        if es_de_guardar
        else {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "url": url,
    }


def reembolso(ch: Json, *, monto: int, creado: int, estado: str, parametros: Json) -> Json:
    return {
        "id": nuevo("re"),
        "object": "refund",
        "amount": monto,
        "balance_transaction": None,
        "charge": ch["id"],
        "created": creado,
        "currency": ch["currency"],
        "metadata": parametros.get("metadata") or {},
        "payment_intent": ch["payment_intent"],
        "reason": parametros.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": estado,
        "transfer_reversal": None,
    }


_EVIDENCIAS = [
    "access_activity_log",
    "billing_address",
    "cancellation_policy",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_communication",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "customer_signature",
    "duplicate_charge_documentation",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "receipt",
    "refund_policy",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
]


def disputa(ch: Json, *, creado: int) -> Json:
    return {
        "id": nuevo("dp"),
        "object": "dispute",
        "amount": ch["amount"] - ch["amount_refunded"],
        "balance_transactions": [],
        "charge": ch["id"],
        "created": creado,
        "currency": ch["currency"],
        "evidence": dict.fromkeys(_EVIDENCIAS),
        "evidence_details": {
            "due_by": creado + 7 * 86400,
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": ch["payment_intent"],
        "reason": "fraudulent",
        "status": "needs_response",
    }


def evento(tipo: str, objeto: Json, *, creado: int) -> Json:
    return {
        "id": nuevo("evt"),
        "object": "event",
        "api_version": VERSION,
        "created": creado,
        "data": {"object": limpio(objeto)},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": tipo,
    }


def lista(url: str, datos: list[Json], *, hay_mas: bool) -> Json:
    return {"object": "list", "url": url, "has_more": hay_mas, "data": datos}


def saldo(*, tipo: str, monto: int, moneda: str, fuente: str, creado: int) -> Json:
    """A balance transaction: what an object moved in the account. The simulated gateway takes no fee."""
    clase = {"adjustment": "dispute"}.get(tipo, tipo)
    return {
        "id": nuevo("txn"),
        "object": "balance_transaction",
        "amount": monto,
        "available_on": creado,
        "created": creado,
        "currency": moneda,
        "description": None,
        "exchange_rate": None,
        "fee": 0,
        "fee_details": [],
        "net": monto,
        "reporting_category": clase,
        "source": fuente,
        "status": "available",
        "type": tipo,
    }


def cliente(*, creado: int, p: Json) -> Json:
    return {
        "id": nuevo("cus"),
        "object": "customer",
        "address": p.get("address") or None,
        "balance": 0,
        "created": creado,
        "currency": None,
        "default_source": None,
        "delinquent": False,
        "description": p.get("description"),
        "discount": None,
        "email": p.get("email"),
        "invoice_prefix": secrets.token_hex(4).upper(),
        "invoice_settings": {
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        "livemode": False,
        "metadata": p.get("metadata") or {},
        "name": p.get("name"),
        "phone": p.get("phone"),
        "preferred_locales": [],
        "shipping": None,
        "tax_exempt": "none",
        "test_clock": None,
    }


def intento_de_guardar(*, creado: int, p: Json) -> Json:
    """A SetupIntent."""
    seti = nuevo("seti")
    return {
        "id": seti,
        "object": "setup_intent",
        "application": None,
        "automatic_payment_methods": None
        if "payment_method_types" in p
        else {"allow_redirects": "always", "enabled": True} | p.get("automatic_payment_methods", {}),
        "cancellation_reason": None,
        "client_secret": f"{seti}_secret_{secrets.token_hex(8)}",
        "created": creado,
        "customer": p.get("customer"),
        "description": p.get("description"),
        "flow_directions": None,
        "last_setup_error": None,
        "latest_attempt": None,
        "livemode": False,
        "mandate": None,
        "metadata": p.get("metadata") or {},
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": p.get("payment_method"),
        "payment_method_options": {
            "card": {"mandate_options": None, "network": None, "request_three_d_secure": "automatic"}
        },
        "payment_method_types": ["card"],
        "single_use_mandate": None,
        "status": "requires_confirmation" if p.get("payment_method") else "requires_payment_method",
        "usage": p.get("usage", "off_session"),
    }
