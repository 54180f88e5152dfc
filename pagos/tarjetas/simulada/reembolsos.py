"""Refunds of the simulated gateway: done, slow, given back by the bank, or cancelled."""

from datetime import timedelta

from nucleo.reloj import ahora
from pagos.tarjetas.simulada import objetos
from pagos.tarjetas.simulada.almacen import Almacen, Json
from pagos.tarjetas.simulada.clientes import tarjeta_del_metodo
from pagos.tarjetas.simulada.errores import invalido
from pagos.tarjetas.simulada.eventos import DEMORA, emitir, epoca, propio_de
from pagos.tarjetas.simulada.lecturas import exigir
from pagos.tarjetas.simulada.pagos import asentar
from pagos.tarjetas.simulada.parametros import unir_metadatos

ESPERA_AL_TITULAR = timedelta(days=7)
_ESTADO = {"reembolso_lento": "pending", "reembolso_con_titular": "requires_action"}
_ESPERA = {
    "reembolso_lento": DEMORA,
    "reembolso_devuelto": DEMORA,
    "reembolso_con_titular": ESPERA_AL_TITULAR,
}


def crear(almacen: Almacen, *, p: Json) -> Json:
    ch = _cargo(almacen, p)
    if ch["disputed"]:
        raise invalido(f"Charge {ch['id']} has been charged back; cannot issue a refund.", "charge_disputed")
    queda = ch["amount"] - ch["amount_refunded"]
    if queda == 0:
        raise invalido(f"Charge {ch['id']} has already been refunded.", "charge_already_refunded")
    monto = p.get("amount", queda)
    if monto < 1:
        raise invalido(
            "This value must be greater than or equal to 1.", "parameter_invalid_integer", param="amount"
        )
    if monto > queda:
        raise invalido(
            f"Refund amount ({monto}) is greater than unrefunded amount on charge ({queda})", param="amount"
        )
    desenlace = tarjeta_del_metodo(exigir(almacen, "payment_method", ch["payment_method"])).desenlace
    re = objetos.reembolso(
        ch, monto=monto, creado=epoca(), estado=_ESTADO.get(desenlace, "succeeded"), parametros=p
    )
    re["balance_transaction"] = asentar(almacen, "refund", -monto, re)
    _devolver(ch, monto)
    almacen.guardar("charge", ch["id"], ch)
    espera = _ESPERA.get(desenlace)
    almacen.guardar("refund", re["id"], re, ahora() + espera if espera else None)
    emitir(almacen, "charge.refunded", ch, propio_de(re))
    return re


def _cargo(almacen: Almacen, p: Json) -> Json:
    """The charge that a refund is of, named by itself or by its payment."""
    if ("charge" in p) == ("payment_intent" in p):
        if "charge" in p:
            raise invalido("You may only specify one of these parameters: charge, payment_intent.")
        raise invalido(
            "One of the following params should be provided for this request: payment_intent or charge.",
            "parameter_missing",
        )
    if "charge" in p:
        ch = exigir(almacen, "charge", p["charge"], param="charge", estado=404)
        if not (ch["paid"] and ch["captured"]):
            raise invalido(f"Charge {ch['id']} was not captured: cancel its PaymentIntent.", param="charge")
        return ch
    pi = exigir(almacen, "payment_intent", p["payment_intent"], param="payment_intent", estado=404)
    if pi["status"] != "succeeded":
        raise invalido(
            f"This PaymentIntent ({pi['id']}) does not have a successful charge to refund.",
            param="payment_intent",
        )
    return exigir(almacen, "charge", pi["latest_charge"])


def _devolver(ch: Json, monto: int) -> None:
    ch["amount_refunded"] += monto
    ch["refunded"] = ch["amount_refunded"] == ch["amount"]


def actualizar(almacen: Almacen, id: str, *, p: Json) -> Json:
    re = exigir(almacen, "refund", id, param="refund")
    re["metadata"] = unir_metadatos(re["metadata"], p.get("metadata"))
    almacen.cambiar("refund", id, re)
    emitir(almacen, "charge.refund.updated", re)
    return re


def cancelar(almacen: Almacen, id: str, *, p: Json) -> Json:  # noqa: ARG001 (as every operation)
    re = exigir(almacen, "refund", id, param="refund")
    if re["status"] != "requires_action":
        raise invalido(
            f"You cannot cancel this refund because it has a status of {re['status']}. Only a refund with "
            "the status requires_action may be canceled."
        )
    _deshacer(almacen, re, "canceled")
    return re


def decidir(almacen: Almacen, re: Json) -> None:
    """The bank took its time, or gives back what it had taken; or nobody claimed it."""
    if re["status"] == "pending":
        re["status"] = "succeeded"
        almacen.guardar("refund", re["id"], re)
        emitir(almacen, "charge.refund.updated", re)
    elif re["status"] == "requires_action":
        _deshacer(almacen, re, "canceled")
    else:
        _deshacer(almacen, re, "failed", failure_reason="expired_or_canceled_card")


def _deshacer(almacen: Almacen, re: Json, estado: str, **mas: str) -> None:
    """The money is the account's again."""
    re |= {"status": estado, **mas}
    re["failure_balance_transaction"] = asentar(almacen, "refund_failure", re["amount"], re)
    ch = exigir(almacen, "charge", re["charge"])
    _devolver(ch, -re["amount"])
    almacen.guardar("charge", ch["id"], ch)
    almacen.guardar("refund", re["id"], re)
    emitir(almacen, "charge.refund.updated", re)
