"""Payment intents of the simulated gateway and their charges: tried, held, captured, cancelled, expired."""

from datetime import datetime, timedelta

from moneyed import CURRENCIES

from nucleo.reloj import ahora
from pagos.tarjetas.simulada import objetos
from pagos.tarjetas.simulada.almacen import Almacen, Json, abrir
from pagos.tarjetas.simulada.clientes import (
    exigir_cliente,
    exigir_solo_tarjetas,
    guardar_en_cliente,
    metodo_para,
    tarjeta_del_metodo,
    url_3ds,
)
from pagos.tarjetas.simulada.errores import de_tarjeta, invalido
from pagos.tarjetas.simulada.eventos import DEMORA, emitir, epoca, propio_de
from pagos.tarjetas.simulada.fallas import Falla, falla_duradera
from pagos.tarjetas.simulada.lecturas import exigir
from pagos.tarjetas.simulada.parametros import exigir_ofrecidos, unir_metadatos
from pagos.tarjetas.simulada.tarjetas import TarjetaDePrueba

VIDA_DE_LO_RETENIDO = timedelta(days=7)  # a card holds an amount so long; then it goes back
MINIMOS = {"bob": 350}
MINIMO, MAXIMO = 50, 99_999_999
SIN_CONFIRMAR = ("requires_payment_method", "requires_confirmation", "requires_action")
CANCELABLES = (*SIN_CONFIRMAR, "requires_capture")


def _estado_inesperado(pi: Json, mensaje: str) -> Exception:
    return invalido(mensaje, "payment_intent_unexpected_state", payment_intent=objetos.limpio(pi))


# --- What is asked ------------------------------------------------------------------------------------------


def moneda_de(dicho: str, param: str = "currency") -> str:
    """A currency in small letters. Raises `ErrorSimulado`."""
    if not (dicho.isascii() and len(dicho) == 3 and dicho.upper() in CURRENCIES):
        raise invalido(f"Invalid currency: {dicho[:20].lower()}.", param=param)
    return dicho.lower()


def exigir_monto(monto: int, moneda: str, param: str = "amount") -> int:
    """An amount that may be charged. Raises `ErrorSimulado`."""
    minimo = MINIMOS.get(moneda, MINIMO)
    if monto < 1:
        raise invalido(
            "This value must be greater than or equal to 1.", "parameter_invalid_integer", param=param
        )
    if monto < minimo:
        raise invalido(
            f"Amount must be at least {minimo / 100:.2f} {moneda}", "amount_too_small", param=param
        )
    if monto > MAXIMO:
        raise invalido(f"Amount must be no more than 999999.99 {moneda}", "amount_too_large", param=param)
    return monto


# --- Create, change -----------------------------------------------------------------------------------------


def crear(almacen: Almacen, *, p: Json) -> Json:
    pi = _nuevo(almacen, p)
    return confirmar_pago(almacen, pi, p) if p.get("confirm") else pi


def _nuevo(almacen: Almacen, p: Json) -> Json:
    p = p | {"currency": moneda_de(p["currency"])}
    exigir_monto(p["amount"], p["currency"])
    exigir_solo_tarjetas(p)
    de_la_tarjeta = (p.get("payment_method_options") or {}).get("card") or {}
    exigir_ofrecidos(de_la_tarjeta, "request_three_d_secure", "payment_method_options[card]")
    for solo in ("off_session", "return_url", "error_on_requires_action"):
        if p.get(solo) and not p.get("confirm"):
            raise invalido(f"You can only set `{solo}` when confirming: use `confirm=true`.", param=solo)
    if p.get("off_session") and p.get("setup_future_usage"):
        raise invalido(
            "You cannot use `setup_future_usage` with `off_session`: the card is saved already.",
            param="setup_future_usage",
        )
    if "customer" in p:
        exigir_cliente(almacen, p["customer"])
    if "payment_method" in p:
        p = p | {"payment_method": metodo_para(almacen, p["payment_method"], p.get("customer"))["id"]}
    pi = objetos.pago(creado=epoca(), p=p)
    almacen.guardar("payment_intent", pi["id"], pi)
    emitir(almacen, "payment_intent.created", pi)
    return pi


def actualizar(almacen: Almacen, id: str, *, p: Json) -> Json:
    """Before it is confirmed, almost anything; afterwards, what it is called."""
    pi = exigir(almacen, "payment_intent", id, param="intent")
    fijos = sorted(set(p) - {"metadata", "description", "receipt_email"})
    if fijos and pi["status"] not in SIN_CONFIRMAR:
        raise _estado_inesperado(
            pi,
            f"This PaymentIntent's {fijos[0]} could not be updated because it has a status of "
            f"{pi['status']}. You may only update the {fijos[0]} of a PaymentIntent with one of the "
            f"following statuses: {', '.join(SIN_CONFIRMAR)}.",
        )
    p = p | {"currency": moneda_de(p.get("currency") or pi["currency"])}
    exigir_monto(p["amount"] if "amount" in p else pi["amount"], p["currency"])
    if p.get("customer"):
        exigir_cliente(almacen, p["customer"])
    if p.get("payment_method"):
        quien = p.get("customer", pi["customer"])
        p = p | {"payment_method": metodo_para(almacen, p["payment_method"], quien)["id"]}
        if pi["status"] == "requires_payment_method":
            pi["status"] = "requires_confirmation"
    pi |= p | {"metadata": unir_metadatos(pi["metadata"], p.get("metadata"))}
    almacen.cambiar("payment_intent", id, pi)
    return pi


# --- Confirm ------------------------------------------------------------------------------------------------


def confirmar(almacen: Almacen, id: str, *, p: Json) -> Json:
    pi = exigir(almacen, "payment_intent", id, param="intent")
    if p.get("payment_method"):
        pi["payment_method"] = metodo_para(almacen, p["payment_method"], pi["customer"])["id"]
    for campo in ("capture_method", "receipt_email", "setup_future_usage"):
        pi[campo] = p.get(campo) or pi[campo]
    return confirmar_pago(almacen, pi, p)


def confirmar_pago(almacen: Almacen, pi: Json, p: Json) -> Json:
    """Try the card. A refusal is kept and raised (402), as the gateway does."""
    if pi["status"] not in SIN_CONFIRMAR:
        raise _estado_inesperado(
            pi,
            f"You cannot confirm this PaymentIntent because it has a status of {pi['status']}. Only a "
            f"PaymentIntent with one of the following statuses may be confirmed: {', '.join(SIN_CONFIRMAR)}.",
        )
    if pi["payment_method"] is None:
        raise _estado_inesperado(
            pi,
            "You cannot confirm this PaymentIntent because it's missing a payment method. Update the "
            "PaymentIntent with a payment method and confirm it again, or confirm it with one.",
        )
    automaticos = pi["automatic_payment_methods"] or {}
    if (
        automaticos.get("allow_redirects") == "always"
        and not p.get("return_url")
        and not p.get("off_session")
    ):
        raise invalido(
            "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because "
            "some of these payment methods might redirect your customer off of your page, you must provide a "
            "`return_url`. If you don't want to accept redirect-based payment methods, set "
            "`automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` "
            "to `never` when creating Setup Intents and Payment Intents.",
            param="return_url",
        )
    metodo = metodo_para(almacen, pi["payment_method"], pi["customer"])
    return _probar(almacen, pi, metodo, p)


def _probar(almacen: Almacen, pi: Json, metodo: Json, p: Json) -> Json:
    tarjeta = tarjeta_del_metodo(metodo)
    pregunta = tarjeta.desenlace == "accion" or (
        tarjeta.desenlace == "accion_al_guardar" and metodo["customer"] is None
    )
    if tarjeta.desenlace == "rechazo":
        negar(almacen, pi, metodo, tarjeta.codigo, tarjeta.negativa, tarjeta.mensaje)
        raise de_tarjeta(pi["last_payment_error"], payment_intent=objetos.limpio(pi))
    if pregunta and (p.get("off_session") or p.get("error_on_requires_action")):
        dicho = "Your card was declined. This transaction requires authentication."
        negar(almacen, pi, metodo, "authentication_required", "authentication_required", dicho)
        raise de_tarjeta(pi["last_payment_error"], payment_intent=objetos.limpio(pi))
    if pregunta:
        accion = {"url": url_3ds(pi["id"]), "return_url": p.get("return_url")}
        pi |= {
            "status": "requires_action",
            "next_action": {"type": "redirect_to_url", "redirect_to_url": accion},
        }
        guardar_pago(almacen, pi, "payment_intent.requires_action")
    elif tarjeta.desenlace == "procesa":
        pi |= {"status": "processing", "processing": {"type": "card", "card": {}}}
        guardar_pago(almacen, pi, "payment_intent.processing", vence=ahora() + DEMORA)
    else:
        cobrar(almacen, pi)
    return pi


def guardar_pago(almacen: Almacen, pi: Json, tipo: str, vence: datetime | None = None) -> None:
    almacen.guardar("payment_intent", pi["id"], pi, vence)
    emitir(almacen, tipo, pi)


def negar(almacen: Almacen, pi: Json, metodo: Json, codigo: str, negativa: str | None, mensaje: str) -> None:
    """The bank says no: the intent waits for another card."""
    tarjeta = tarjeta_del_metodo(metodo)
    ch = objetos.cargo(pi, tarjeta, monto=pi["amount"], creado=epoca(), pagado=False)
    ch |= {"failure_code": codigo, "failure_message": mensaje}
    ch["outcome"]["reason"] = negativa or codigo
    almacen.guardar("charge", ch["id"], ch)
    error = {
        "type": "card_error",
        "code": codigo,
        "message": mensaje,
        "charge": ch["id"],
        "payment_method": objetos.limpio(metodo),
    }
    if negativa:
        error["decline_code"] = negativa
    pi |= {
        "status": "requires_payment_method",
        "payment_method": None,
        "last_payment_error": error,
        "latest_charge": ch["id"],
        "next_action": None,
    }
    guardar_pago(almacen, pi, "payment_intent.payment_failed")


# --- Charge, hold, capture ----------------------------------------------------------------------------------


def cobrar(almacen: Almacen, pi: Json) -> None:
    """Charge the card, or hold the amount in it: this is the moment money moves at the gateway."""
    metodo = exigir(almacen, "payment_method", pi["payment_method"])
    tarjeta = tarjeta_del_metodo(metodo)
    otro = falla_duradera(almacen, propio_de(pi)) == Falla.MONTO_DISTINTO
    monto = pi["amount"] - 100 if otro else pi["amount"]
    retenido = pi["capture_method"] == "manual"
    ch = objetos.cargo(pi, tarjeta, monto=monto, creado=epoca(), pagado=True, capturado=not retenido)
    metodo["_usado"] = True
    almacen.cambiar("payment_method", metodo["id"], metodo)
    if pi["setup_future_usage"] and pi["customer"]:
        guardar_en_cliente(almacen, metodo, pi["customer"])
    pi |= {"latest_charge": ch["id"], "last_payment_error": None, "next_action": None, "processing": None}
    if retenido:
        almacen.guardar("charge", ch["id"], ch)
        pi |= {"status": "requires_capture", "amount_capturable": monto}
        vence = ahora() + VIDA_DE_LO_RETENIDO
        guardar_pago(almacen, pi, "payment_intent.amount_capturable_updated", vence)
        return
    _asentar_cargo(almacen, ch, tarjeta)
    pi |= {"status": "succeeded", "amount_received": monto}
    guardar_pago(almacen, pi, "payment_intent.succeeded")


def _asentar_cargo(almacen: Almacen, ch: Json, tarjeta: TarjetaDePrueba) -> None:
    ch["balance_transaction"] = asentar(almacen, "charge", ch["amount_captured"], ch)
    vence = ahora() + DEMORA if tarjeta.desenlace == "disputa" else None
    almacen.guardar("charge", ch["id"], ch, vence)


def asentar(almacen: Almacen, tipo: str, monto: int, fuente: Json) -> str:
    """What an object moves in the account at the gateway; return its id."""
    txn = objetos.saldo(
        tipo=tipo, monto=monto, moneda=fuente["currency"], fuente=fuente["id"], creado=epoca()
    )
    almacen.guardar("balance_transaction", txn["id"], txn)
    return str(txn["id"])


def capturar(almacen: Almacen, id: str, *, p: Json) -> Json:
    """Take what was held, whole or in part: the rest goes back to the card."""
    pi = exigir(almacen, "payment_intent", id, param="intent")
    if pi["status"] != "requires_capture":
        raise _estado_inesperado(
            pi,
            f"This PaymentIntent could not be captured because it has a status of {pi['status']}. Only a "
            "PaymentIntent with one of the following statuses may be captured: requires_capture.",
        )
    monto = p["amount_to_capture"] if "amount_to_capture" in p else pi["amount_capturable"]
    if monto < 1:
        raise invalido(
            "This value must be greater than or equal to 1.",
            "parameter_invalid_integer",
            param="amount_to_capture",
        )
    if monto > pi["amount_capturable"]:
        raise invalido(
            f"The amount to capture ({monto}) is greater than the amount that can be captured "
            f"({pi['amount_capturable']}).",
            "amount_too_large",
            param="amount_to_capture",
        )
    ch = exigir(almacen, "charge", pi["latest_charge"])
    ch |= {
        "captured": True,
        "amount_captured": monto,
        "amount_refunded": ch["amount"] - monto,
        "metadata": unir_metadatos(ch["metadata"], p.get("metadata")),
    }
    _asentar_cargo(almacen, ch, tarjeta_del_metodo(exigir(almacen, "payment_method", pi["payment_method"])))
    emitir(almacen, "charge.captured", ch)
    pi |= {
        "status": "succeeded",
        "amount_received": monto,
        "amount_capturable": 0,
        "metadata": unir_metadatos(pi["metadata"], p.get("metadata")),
    }
    guardar_pago(almacen, pi, "payment_intent.succeeded")
    return pi


def cancelar(almacen: Almacen, id: str, *, p: Json) -> Json:
    return cancelar_pago(almacen, id, p.get("cancellation_reason"))


def cancelar_pago(almacen: Almacen, id: str, motivo: str | None = None) -> Json:
    pi = exigir(almacen, "payment_intent", id, param="intent")
    if pi["status"] not in CANCELABLES:
        raise _estado_inesperado(
            pi,
            f"You cannot cancel this PaymentIntent because it has a status of {pi['status']}. Only a "
            f"PaymentIntent with one of the following statuses may be canceled: {', '.join(CANCELABLES)}.",
        )
    if pi["status"] == "requires_capture":
        ch = exigir(almacen, "charge", pi["latest_charge"])
        ch |= {"amount_refunded": ch["amount"], "refunded": True}
        almacen.guardar("charge", ch["id"], ch)
        emitir(almacen, "charge.expired" if motivo == "automatic" else "charge.refunded", ch)
    pi |= {
        "status": "canceled",
        "canceled_at": epoca(),
        "cancellation_reason": motivo,
        "amount_capturable": 0,
        "next_action": None,
    }
    guardar_pago(almacen, pi, "payment_intent.canceled")
    return pi


def vencer(almacen: Almacen, pi: Json) -> None:
    """A bank decides at last, or what nobody captured in seven days goes back."""
    if pi["status"] == "processing":
        cobrar(almacen, pi)
    elif pi["status"] == "requires_capture":
        cancelar_pago(almacen, pi["id"], "automatic")
    else:
        almacen.guardar("payment_intent", pi["id"], pi)


# --- Charges ------------------------------------------------------------------------------------------------


def actualizar_cargo(almacen: Almacen, id: str, *, p: Json) -> Json:
    ch = exigir(almacen, "charge", id, param="charge")
    ch |= p | {"metadata": unir_metadatos(ch["metadata"], p.get("metadata"))}
    almacen.cambiar("charge", id, ch)
    emitir(almacen, "charge.updated", ch)
    return ch


# --- 3-D Secure ---------------------------------------------------------------------------------------------


def autenticar(pi_id: str, *, acepta: bool) -> Json:
    """The person answers the bank's question on the 3-D Secure page."""
    with abrir() as almacen:
        pi = exigir(almacen, "payment_intent", pi_id)
        if pi["status"] != "requires_action":
            return pi
        if acepta:
            cobrar(almacen, pi)
        else:
            metodo = exigir(almacen, "payment_method", pi["payment_method"])
            pi |= {
                "status": "requires_payment_method",
                "payment_method": None,
                "next_action": None,
                "last_payment_error": {
                    "type": "invalid_request_error",
                    "code": "payment_intent_authentication_failure",
                    "message": "The provided PaymentMethod has failed authentication.",
                    "payment_method": objetos.limpio(metodo),
                },
            }
            guardar_pago(almacen, pi, "payment_intent.payment_failed")
        return pi
