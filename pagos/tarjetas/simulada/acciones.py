"""What happens inside the simulated gateway: charges, refunds, disputes, and what it does by itself later."""

from datetime import datetime, timedelta

from nucleo.configuracion import ajustes
from nucleo.reloj import ahora
from pagos.tarjetas.simulada import objetos
from pagos.tarjetas.simulada.almacen import Almacen, Json, abrir
from pagos.tarjetas.simulada.fallas import Falla, falla_duradera
from pagos.tarjetas.simulada.tarjetas import POR_METODO, TarjetaDePrueba

DEMORA = timedelta(seconds=30)  # of a bank that decides later, and of a cardholder who disputes
DEMORA_TARDIA = timedelta(hours=1)
VIDA_DE_SESION = timedelta(hours=24)


class ErrorSimulado(Exception):
    """An answer that is an error: status and body."""

    def __init__(self, estado: int, cuerpo: Json) -> None:
        super().__init__(cuerpo["error"]["message"])
        self.estado, self.cuerpo = estado, cuerpo


def invalido(
    mensaje: str, codigo: str | None = None, *, param: str | None = None, estado: int = 400
) -> ErrorSimulado:
    return ErrorSimulado(estado, objetos.error("invalid_request_error", mensaje, code=codigo, param=param))


def epoca() -> int:
    return int(ahora().timestamp())


def exigir(almacen: Almacen, tipo: str, id: str, *, bloquear: bool = True) -> Json:
    """The object, locked. Raises `ErrorSimulado` 404."""
    hallado = almacen.leer(tipo, id, bloquear=bloquear)
    if hallado is None:
        raise invalido(f"No such {tipo}: '{id}'", "resource_missing", param="id", estado=404)
    return hallado


def emitir(almacen: Almacen, tipo: str, objeto: Json, propio: str | None) -> None:
    """Write the event, and its webhook when and as often as it will be sent."""
    evento = objetos.evento(tipo, objeto, creado=epoca())
    almacen.guardar("event", evento["id"], evento)
    falla = falla_duradera(almacen, propio)
    if falla == Falla.AVISO_PERDIDO:
        return
    vence = ahora()
    if falla == Falla.AVISO_TARDIO:
        vence += DEMORA_TARDIA
    elif falla == Falla.AVISOS_EN_DESORDEN and tipo in (
        "payment_intent.created",
        "payment_intent.processing",
    ):
        vence += DEMORA * 3  # what happened first arrives last
    for n in range(2 if falla == Falla.AVISO_DOBLE else 1):
        almacen.guardar("aviso", f"{evento['id']}#{n}", {"evento": evento, "intentos": 0}, vence)


def propio_de(objeto: Json) -> str | None:
    """Our own id that an object carries: what its faults hang on."""
    metadatos = objeto.get("metadata") or {}
    return metadatos.get("intento_id") or metadatos.get("reembolso_id") or objeto.get("client_reference_id")


# --- Payments -----------------------------------------------------------------------------------------------


def tarjeta_de(metodo: str | None) -> TarjetaDePrueba:
    tarjeta = POR_METODO.get(metodo or "")
    if tarjeta is None:
        raise invalido(f"No such PaymentMethod: '{metodo}'", "resource_missing", param="payment_method")
    return tarjeta


def crear_pago(almacen: Almacen, parametros: Json) -> Json:
    try:
        monto = int(parametros["amount"])
    except (KeyError, ValueError):
        raise invalido("Missing required param: amount.", "parameter_missing", param="amount") from None
    if monto < 350:
        raise invalido("Amount must be at least 3.50 bob", "amount_too_small", param="amount")
    if parametros.get("payment_method"):
        tarjeta_de(parametros["payment_method"])
    pi = objetos.pago(
        monto=monto,
        moneda=str(parametros.get("currency", "")),
        creado=epoca(),
        metadatos=parametros.get("metadata", {}),
        descripcion=parametros.get("description"),
        metodo=parametros.get("payment_method"),
    )
    almacen.guardar("payment_intent", pi["id"], pi)
    emitir(almacen, "payment_intent.created", pi, propio_de(pi))
    return pi


def confirmar_pago(almacen: Almacen, pi: Json, *, retorno: str | None) -> Json:
    """Try the card. A refusal is kept and raised (402), as the gateway does."""
    if pi["status"] not in ("requires_confirmation", "requires_payment_method"):
        raise invalido(f"This PaymentIntent's status is {pi['status']}", "payment_intent_unexpected_state")
    tarjeta = tarjeta_de(pi["payment_method"])
    match tarjeta.desenlace:
        case "rechazo":
            negar(almacen, pi, tarjeta)
            raise ErrorSimulado(402, {"error": pi["last_payment_error"] | {"payment_intent": pi}})
        case "accion":
            pi |= {
                "status": "requires_action",
                "next_action": {
                    "type": "redirect_to_url",
                    "redirect_to_url": {"url": url_3ds(pi["id"]), "return_url": retorno},
                },
            }
            guardar_pago(almacen, pi, "payment_intent.requires_action")
        case "procesa":
            pi |= {"status": "processing", "processing": {"type": "card", "card": {}}}
            guardar_pago(almacen, pi, "payment_intent.processing", vence=ahora() + DEMORA)
        case _:
            cobrar(almacen, pi, tarjeta)
    return pi


def url_3ds(pi: str) -> str:
    return f"{ajustes().url_publica}/simulada/3ds/{pi}"


def guardar_pago(almacen: Almacen, pi: Json, tipo: str, vence: datetime | None = None) -> None:
    almacen.guardar("payment_intent", pi["id"], pi, vence)
    emitir(almacen, tipo, pi, propio_de(pi))


def negar(almacen: Almacen, pi: Json, tarjeta: TarjetaDePrueba) -> None:
    """The bank says no: the intent waits for another card."""
    ch = objetos.cargo(pi, tarjeta, monto=pi["amount"], creado=epoca(), pagado=False)
    almacen.guardar("charge", ch["id"], ch)
    error = {
        "type": "card_error",
        "code": tarjeta.codigo,
        "message": tarjeta.mensaje,
        "charge": ch["id"],
        "payment_method": objetos.metodo_de_pago(tarjeta, epoca()),
    }
    if tarjeta.negativa:
        error["decline_code"] = tarjeta.negativa
    pi |= {
        "status": "requires_payment_method",
        "payment_method": None,
        "last_payment_error": error,
        "latest_charge": ch["id"],
        "next_action": None,
    }
    guardar_pago(almacen, pi, "payment_intent.payment_failed")


def cobrar(almacen: Almacen, pi: Json, tarjeta: TarjetaDePrueba) -> None:
    """Charge the card: this is the moment money moves at the gateway."""
    otro = falla_duradera(almacen, propio_de(pi)) == Falla.MONTO_DISTINTO
    monto = pi["amount"] - 100 if otro else pi["amount"]
    ch = objetos.cargo(pi, tarjeta, monto=monto, creado=epoca(), pagado=True)
    vence = ahora() + DEMORA if tarjeta.desenlace == "disputa" else None
    almacen.guardar("charge", ch["id"], ch, vence)
    pi |= {
        "status": "succeeded",
        "amount_received": monto,
        "latest_charge": ch["id"],
        "last_payment_error": None,
        "next_action": None,
        "processing": None,
    }
    guardar_pago(almacen, pi, "payment_intent.succeeded")


def autenticar(pi_id: str, *, acepta: bool) -> Json:
    """The person answers the bank's question on the 3-D Secure page."""
    with abrir() as almacen:
        pi = exigir(almacen, "payment_intent", pi_id)
        if pi["status"] != "requires_action":
            return pi
        tarjeta = tarjeta_de(pi["payment_method"])
        if acepta:
            cobrar(almacen, pi, tarjeta)
        else:
            pi |= {
                "status": "requires_payment_method",
                "payment_method": None,
                "next_action": None,
                "last_payment_error": {
                    "type": "invalid_request_error",
                    "code": "payment_intent_authentication_failure",
                    "message": "The provided PaymentMethod has failed authentication.",
                    "payment_method": objetos.metodo_de_pago(tarjeta, epoca()),
                },
            }
            guardar_pago(almacen, pi, "payment_intent.payment_failed")
        return pi


def cancelar_pago(almacen: Almacen, pi_id: str) -> Json:
    pi = exigir(almacen, "payment_intent", pi_id)
    if pi["status"] in ("succeeded", "canceled", "processing"):
        raise invalido(
            f"You cannot cancel this PaymentIntent because it has a status of {pi['status']}.",
            "payment_intent_unexpected_state",
        )
    pi |= {"status": "canceled", "canceled_at": epoca(), "next_action": None}
    guardar_pago(almacen, pi, "payment_intent.canceled")
    return pi


# --- Hosted page --------------------------------------------------------------------------------------------


def crear_sesion(almacen: Almacen, parametros: Json) -> Json:
    lineas = list((parametros.get("line_items") or {}).values())
    if not lineas or "success_url" not in parametros:
        raise invalido("Missing required param: line_items.", "parameter_missing", param="line_items")
    monto = sum(int(x["price_data"]["unit_amount"]) * int(x["quantity"]) for x in lineas)
    sid = objetos.nuevo("cs_test")
    vence = ahora() + VIDA_DE_SESION
    cs = objetos.sesion(
        monto=monto,
        moneda=lineas[0]["price_data"]["currency"],
        creado=epoca(),
        parametros=parametros,
        url=f"{ajustes().url_publica}/simulada/pagar/{sid}",
        sid=sid,
        expira=int(vence.timestamp()),
    )
    almacen.guardar("sesion", sid, cs, vence)
    almacen.guardar("sesion_pago", sid, parametros.get("payment_intent_data", {}))
    return cs


def pagar_sesion(sid: str, metodo: str) -> Json:
    """The person pays on the hosted page; a refused card leaves the page open for another one."""
    with abrir() as almacen:
        cs = exigir(almacen, "sesion", sid)
        if cs["status"] != "open":
            return cs
        pi = almacen.leer("payment_intent", cs["payment_intent"] or "", bloquear=True)
        if pi is None:
            datos = almacen.leer("sesion_pago", sid) or {}
            pi = crear_pago(
                almacen,
                {"amount": cs["amount_total"], "currency": cs["currency"], "payment_method": metodo, **datos},
            )
        pi["payment_method"] = metodo
        cs["payment_intent"] = pi["id"]
        try:
            confirmar_pago(almacen, pi, retorno=cs["success_url"])
        except ErrorSimulado as error:
            if error.estado != 402:
                raise
        _cerrar_si_pagada(almacen, cs, pi)
        return cs


def _cerrar_si_pagada(almacen: Almacen, cs: Json, pi: Json) -> None:
    if pi["status"] in ("succeeded", "processing"):
        cs |= {
            "status": "complete",
            "payment_status": "paid" if pi["status"] == "succeeded" else "unpaid",
            "url": None,
        }
        almacen.guardar("sesion", cs["id"], cs)
        emitir(almacen, "checkout.session.completed", cs, propio_de(cs))
    else:
        vence = datetime.fromtimestamp(cs["expires_at"], ahora().tzinfo)
        almacen.guardar("sesion", cs["id"], cs, vence)


def autenticar_sesion(sid: str, *, acepta: bool) -> Json:
    """The same question, asked inside the hosted page."""
    with abrir() as almacen:
        cs = exigir(almacen, "sesion", sid, bloquear=False)
    pi = autenticar(cs["payment_intent"], acepta=acepta)
    with abrir() as almacen:
        cs = exigir(almacen, "sesion", sid)
        if cs["status"] == "open":
            _cerrar_si_pagada(almacen, cs, pi)
        return cs


def expirar_sesion(almacen: Almacen, sid: str) -> Json:
    cs = exigir(almacen, "sesion", sid)
    if cs["status"] != "open":
        raise invalido(
            f'Only Checkout Sessions with a status in ["open"] can be expired. This one is {cs["status"]}.'
        )
    cs |= {"status": "expired", "url": None}
    almacen.guardar("sesion", sid, cs)
    pi = almacen.leer("payment_intent", cs["payment_intent"] or "", bloquear=True)
    if pi is not None and pi["status"] == "requires_action":
        cancelar_pago(almacen, pi["id"])
    emitir(almacen, "checkout.session.expired", cs, propio_de(cs))
    return cs


# --- Refunds and disputes -----------------------------------------------------------------------------------


def crear_reembolso(almacen: Almacen, parametros: Json) -> Json:
    pi = exigir(almacen, "payment_intent", str(parametros.get("payment_intent")))
    ch = almacen.leer("charge", pi["latest_charge"] or "", bloquear=True)
    if pi["status"] != "succeeded" or ch is None:
        raise invalido("This PaymentIntent does not have a successful charge to refund.")
    if ch["disputed"]:
        raise invalido("This charge has been charged back.", "charge_disputed")
    queda = ch["amount"] - ch["amount_refunded"]
    monto = int(parametros.get("amount") or queda)
    if queda == 0:
        raise invalido(f"Charge {ch['id']} has already been refunded.", "charge_already_refunded")
    if not 0 < monto <= queda:
        raise invalido("Refund amount is greater than unrefunded amount on charge", param="amount")
    tarjeta = tarjeta_de(pi["payment_method"])
    lento = tarjeta.desenlace == "reembolso_lento"
    re = objetos.reembolso(
        ch, monto=monto, creado=epoca(), estado="pending" if lento else "succeeded", parametros=parametros
    )
    ch["amount_refunded"] += monto
    ch["refunded"] = ch["amount_refunded"] == ch["amount"]
    almacen.guardar("charge", ch["id"], ch)
    vuelve = lento or tarjeta.desenlace == "reembolso_devuelto"
    almacen.guardar("refund", re["id"], re, ahora() + DEMORA if vuelve else None)
    emitir(almacen, "charge.refunded", ch, propio_de(re))
    return re


def decidir_reembolso(almacen: Almacen, re: Json) -> None:
    """The bank took its time, or gives back what it had taken."""
    if re["status"] == "pending":
        re["status"] = "succeeded"
    else:
        re |= {"status": "failed", "failure_reason": "expired_or_canceled_card"}
        ch = exigir(almacen, "charge", re["charge"])
        ch |= {"amount_refunded": ch["amount_refunded"] - re["amount"], "refunded": False}
        almacen.guardar("charge", ch["id"], ch)
    almacen.guardar("refund", re["id"], re)
    emitir(almacen, "charge.refund.updated", re, propio_de(re))


def disputar(almacen: Almacen, ch: Json) -> Json:
    dp = objetos.disputa(ch, creado=epoca())
    ch["disputed"] = True
    almacen.guardar("charge", ch["id"], ch)
    almacen.guardar("dispute", dp["id"], dp)
    emitir(almacen, "charge.dispute.created", dp, propio_de(ch))
    return dp


def disputar_pago(pi_id: str) -> Json:
    """The cardholder tells the bank that they do not recognise this charge."""
    with abrir() as almacen:
        pi = exigir(almacen, "payment_intent", pi_id)
        ch = exigir(almacen, "charge", pi["latest_charge"])
        previa = almacen.listar("dispute", limite=1, filtro={"charge": ch["id"]})
        return previa[0] if previa else disputar(almacen, ch)


def decidir_disputa(dp_id: str, *, gana_el_comercio: bool) -> Json:
    with abrir() as almacen:
        dp = exigir(almacen, "dispute", dp_id)
        dp["status"] = "won" if gana_el_comercio else "lost"
        almacen.guardar("dispute", dp_id, dp)
        emitir(almacen, "charge.dispute.closed", dp, None)
        return dp
