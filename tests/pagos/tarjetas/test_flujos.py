"""The flows that Stripe documents, done with its official library against the simulated gateway.

Every object that comes back validates against Stripe's OpenAPI.
"""

import json
from datetime import timedelta
from typing import Any

import pytest
import stripe

from nucleo.reloj import ahora
from pagos.tarjetas import puerta
from pagos.tarjetas.avisos import firmar, secreto_de_avisos
from pagos.tarjetas.simulada import avanzar_tiempo, decidir_disputa, disputar_pago
from pagos.tarjetas.simulada.clientes import autenticar_guardado
from pagos.tarjetas.simulada.pagos import autenticar
from pagos.tarjetas.simulada.sesiones import pagar_sesion
from tests.pagos.tarjetas.conftest import Escena
from tests.pagos.tarjetas.openapi import validar, validar_lista

VUELTA = "http://127.0.0.1/vuelta"
SIEMPRE, AL_GUARDAR = "pm_card_authenticationRequired", "pm_card_authenticationRequiredOnSetup"


def crudo(objeto: Any, esquema: str | None = None) -> dict[str, Any]:
    """The JSON of an answer, as it came; it is what Stripe would answer."""
    leido = dict(objeto.to_dict())
    validar(leido, esquema or leido["object"])
    return leido


def pagar(api: Any, metodo: str = "pm_card_visa", **mas: Any) -> dict[str, Any]:
    pedido = {
        "amount": 10_000,
        "currency": "bob",
        "payment_method_types": ["card"],
        "payment_method": metodo,
        "confirm": True,
    }
    return crudo(api.payment_intents.create(pedido | mas))


def eventos(api: Any) -> list[str]:
    """The types of what happened, oldest first."""
    lista = api.events.list({"limit": 100}).to_dict()
    validar_lista(lista, "/v1/events")
    for evento in lista["data"]:
        validar(evento["data"]["object"], evento["data"]["object"]["object"])
    return [e["type"] for e in lista["data"]][::-1]


# --- Accept a payment ---------------------------------------------------------------------------------------


def test_aceptar_un_pago(api: Any) -> None:
    pi = crudo(
        api.payment_intents.create(
            {"amount": 1_099, "currency": "BOB", "automatic_payment_methods": {"enabled": True}}
        )
    )
    assert (pi["status"], pi["currency"], pi["automatic_payment_methods"]) == (
        "requires_payment_method",
        "bob",
        {"allow_redirects": "always", "enabled": True},
    )
    assert pi["client_secret"].startswith(pi["id"])
    cambiado = crudo(
        api.payment_intents.update(pi["id"], {"amount": 2_000, "metadata": {"pedido": "6735", "x": "y"}})
    )
    assert (cambiado["amount"], cambiado["metadata"]) == (2_000, {"pedido": "6735", "x": "y"})
    menos = crudo(api.payment_intents.update(pi["id"], {"metadata": {"x": ""}}))
    assert menos["metadata"] == {"pedido": "6735"}
    hecho = crudo(
        api.payment_intents.confirm(
            pi["id"],
            {
                "payment_method": "pm_card_visa",
                "return_url": VUELTA,
                "expand": ["latest_charge", "payment_method"],
            },
        )
    )
    assert (hecho["status"], hecho["amount_received"]) == ("succeeded", 2_000)
    assert (hecho["latest_charge"]["amount"], hecho["payment_method"]["card"]["last4"]) == (2_000, "4242")
    with pytest.raises(stripe.InvalidRequestError, match="could not be updated") as error:
        api.payment_intents.update(pi["id"], {"amount": 3_000})
    assert error.value.code == "payment_intent_unexpected_state"
    assert crudo(api.payment_intents.update(pi["id"], {"description": "té"}))["description"] == "té"
    assert eventos(api) == ["payment_intent.created", "payment_intent.succeeded"]


def test_una_tarjeta_rechazada_deja_probar_otra(api: Any) -> None:
    pi = crudo(
        api.payment_intents.create({"amount": 1_000, "currency": "bob", "payment_method_types": ["card"]})
    )
    with pytest.raises(stripe.CardError) as negada:
        api.payment_intents.confirm(
            pi["id"], {"payment_method": "pm_card_visa_chargeDeclinedInsufficientFunds"}
        )
    validar(negada.value.json_body, "error")
    assert (negada.value.http_status, negada.value.code) == (402, "card_declined")
    assert negada.value.error.decline_code == "insufficient_funds"  # type: ignore[union-attr]
    assert crudo(api.payment_intents.retrieve(pi["id"]))["status"] == "requires_payment_method"
    otra = crudo(api.payment_intents.confirm(pi["id"], {"payment_method": "pm_card_visa"}))
    assert (otra["status"], otra["last_payment_error"]) == ("succeeded", None)


@pytest.mark.parametrize(("acepta", "fin"), [(True, "succeeded"), (False, "requires_payment_method")])
def test_3ds(api: Any, acepta: bool, fin: str) -> None:
    pi = pagar(api, SIEMPRE, return_url=VUELTA)
    assert (pi["status"], pi["next_action"]["type"]) == ("requires_action", "redirect_to_url")
    autenticar(pi["id"], acepta=acepta)
    despues = crudo(api.payment_intents.retrieve(pi["id"]))
    assert (despues["status"], despues["next_action"]) == (fin, None)


def test_no_seguir_si_hace_falta_un_paso(api: Any) -> None:
    with pytest.raises(stripe.CardError) as error:
        pagar(api, SIEMPRE, error_on_requires_action=True)
    assert error.value.code == "authentication_required"


# --- Save and reuse -----------------------------------------------------------------------------------------


def _clienta(api: Any) -> dict[str, Any]:
    return crudo(api.customers.create({"name": "Ana", "email": "ana@example.bo", "metadata": {"ci": "1"}}))


def _guardar(api: Any, cus: str, metodo: str) -> dict[str, Any]:
    return crudo(
        api.setup_intents.create(
            {
                "customer": cus,
                "payment_method_types": ["card"],
                "payment_method": metodo,
                "confirm": True,
                "usage": "off_session",
            }
        )
    )


def test_guardar_y_volver_a_usar(api: Any) -> None:
    cus = _clienta(api)
    seti = _guardar(api, cus["id"], "pm_card_visa")
    assert seti["status"] == "succeeded"
    guardadas = api.payment_methods.list({"customer": cus["id"], "type": "card"}).to_dict()
    validar_lista(guardadas, "/v1/payment_methods")
    (metodo,) = guardadas["data"]
    validar(metodo, "payment_method")
    assert (metodo["id"], metodo["customer"]) == (seti["payment_method"], cus["id"])
    for _ in range(2):
        pi = pagar(api, metodo["id"], customer=cus["id"], off_session=True)
        assert (pi["status"], pi["customer"], pi["payment_method"]) == ("succeeded", cus["id"], metodo["id"])
    suyos = api.payment_intents.list({"customer": cus["id"]}).to_dict()
    assert len(suyos["data"]) == 2
    assert api.payment_intents.list({"customer": _clienta(api)["id"]}).data == []
    with pytest.raises(stripe.InvalidRequestError, match="belongs to the Customer"):
        pagar(api, metodo["id"])
    with pytest.raises(stripe.InvalidRequestError, match="does not have a payment method"):
        pagar(api, metodo["id"], customer=_clienta(api)["id"])
    suelta = crudo(api.payment_methods.detach(metodo["id"]))
    assert suelta["customer"] is None
    assert api.payment_methods.list({"customer": cus["id"]}).data == []
    with pytest.raises(stripe.InvalidRequestError, match="may not be used again"):
        pagar(api, metodo["id"], customer=cus["id"])
    with pytest.raises(stripe.InvalidRequestError):
        api.payment_methods.detach(metodo["id"])


def test_sin_la_persona_y_con_3ds_se_pide_que_vuelva(api: Any) -> None:
    """The saved card's bank wants its holder: the charge fails, the holder comes back and confirms it."""
    cus = _clienta(api)
    seti = _guardar(api, cus["id"], SIEMPRE)
    assert seti["status"] == "requires_action"
    assert autenticar_guardado(seti["id"], acepta=True)["status"] == "succeeded"
    metodo = crudo(api.setup_intents.retrieve(seti["id"]))["payment_method"]
    with pytest.raises(stripe.CardError) as error:
        pagar(api, metodo, customer=cus["id"], off_session=True)
    validar(error.value.json_body, "error")
    assert (error.value.code, error.value.http_status) == ("authentication_required", 402)
    pi = error.value.json_body["error"]["payment_intent"]
    assert (pi["status"], pi["last_payment_error"]["payment_method"]["id"]) == (
        "requires_payment_method",
        metodo,
    )
    con_ella = crudo(api.payment_intents.confirm(pi["id"], {"payment_method": metodo, "return_url": VUELTA}))
    assert con_ella["status"] == "requires_action"
    assert autenticar(pi["id"], acepta=True)["status"] == "succeeded"


def test_lo_que_se_confirmo_al_guardar_no_se_pregunta_otra_vez(api: Any) -> None:
    cus = _clienta(api)
    assert pagar(api, AL_GUARDAR, return_url=VUELTA)["status"] == "requires_action"
    seti = _guardar(api, cus["id"], AL_GUARDAR)
    autenticar_guardado(seti["id"], acepta=True)
    metodo = crudo(api.setup_intents.retrieve(seti["id"], {"expand": ["payment_method"]}))["payment_method"]
    assert metodo["customer"] == cus["id"]
    assert pagar(api, metodo["id"], customer=cus["id"], off_session=True)["status"] == "succeeded"


def test_guardar_durante_un_pago_y_por_la_pagina_alojada(api: Any) -> None:
    cus = _clienta(api)
    pi = pagar(api, customer=cus["id"], setup_future_usage="on_session")
    cs = crudo(api.checkout.sessions.create({"mode": "setup", "customer": cus["id"], "success_url": VUELTA}))
    assert (cs["payment_status"], cs["amount_total"]) == ("no_payment_required", None)
    pagar_sesion(cs["id"], "pm_card_chargeDeclinedExpiredCard")
    pagar_sesion(cs["id"], "pm_card_visa")
    fin = crudo(api.checkout.sessions.retrieve(cs["id"], {"expand": ["setup_intent"]}))
    assert (fin["status"], fin["setup_intent"]["status"]) == ("complete", "succeeded")
    guardadas = {m.id for m in api.customers.payment_methods.list(cus["id"]).data}
    assert guardadas == {pi["payment_method"], fin["setup_intent"]["payment_method"]}


def test_la_tarjeta_mala_no_se_guarda(api: Any) -> None:
    cus = _clienta(api)
    with pytest.raises(stripe.CardError) as error:
        _guardar(api, cus["id"], "pm_card_visa_chargeDeclined")
    validar(error.value.json_body, "error")
    seti = error.value.json_body["error"]["setup_intent"]
    assert seti["status"] == "requires_payment_method"
    assert (
        crudo(api.setup_intents.cancel(seti["id"], {"cancellation_reason": "abandoned"}))["status"]
        == "canceled"
    )
    with pytest.raises(stripe.CardError):
        api.payment_methods.attach("pm_card_chargeDeclinedExpiredCard", {"customer": cus["id"]})
    assert api.payment_methods.list({"customer": cus["id"]}).data == []


def test_unir_una_ficha_y_borrar_a_la_clienta(api: Any) -> None:
    cus = _clienta(api)
    metodo = crudo(api.payment_methods.create({"type": "card", "card": {"token": "tok_visa"}}))
    unida = crudo(api.payment_methods.attach(metodo["id"], {"customer": cus["id"]}))
    assert unida["customer"] == cus["id"]
    cambiada = crudo(api.customers.update(cus["id"], {"name": "Ana Q.", "metadata": {"ci": ""}}))
    assert (cambiada["name"], cambiada["metadata"]) == ("Ana Q.", {})
    assert [c.id for c in api.customers.list({"email": "ana@example.bo"}).data] == [cus["id"]]
    assert crudo(api.customers.delete(cus["id"]), "deleted_customer")["deleted"] is True
    assert api.customers.retrieve(cus["id"]).deleted is True
    assert api.customers.list().data == []
    assert crudo(api.payment_methods.retrieve(metodo["id"]))["customer"] is None
    with pytest.raises(stripe.InvalidRequestError, match="No such customer"):
        pagar(api, customer=cus["id"])


# --- Separate authorisation and capture ---------------------------------------------------------------------


def test_retener_y_cobrar_entero(api: Any) -> None:
    pi = pagar(api, capture_method="manual")
    assert (pi["status"], pi["amount_capturable"], pi["amount_received"]) == ("requires_capture", 10_000, 0)
    cargo = crudo(api.charges.retrieve(pi["latest_charge"]))
    assert (cargo["captured"], cargo["amount_captured"], cargo["balance_transaction"]) == (False, 0, None)
    with pytest.raises(stripe.InvalidRequestError, match="successful charge"):
        api.refunds.create({"payment_intent": pi["id"]})
    hecho = crudo(api.payment_intents.capture(pi["id"], {"expand": ["latest_charge.balance_transaction"]}))
    assert (hecho["status"], hecho["amount_capturable"], hecho["amount_received"]) == ("succeeded", 0, 10_000)
    assert hecho["latest_charge"]["balance_transaction"]["amount"] == 10_000
    with pytest.raises(stripe.InvalidRequestError, match="could not be captured"):
        api.payment_intents.capture(pi["id"])
    assert eventos(api) == [
        "payment_intent.created",
        "payment_intent.amount_capturable_updated",
        "charge.captured",
        "payment_intent.succeeded",
    ]


def test_cobrar_una_parte_suelta_el_resto(api: Any) -> None:
    pi = pagar(api, capture_method="manual")
    for mal in (0, 10_001):
        with pytest.raises(stripe.InvalidRequestError) as error:
            api.payment_intents.capture(pi["id"], {"amount_to_capture": mal})
        assert error.value.param == "amount_to_capture"
    hecho = crudo(api.payment_intents.capture(pi["id"], {"amount_to_capture": 7_500}))
    cargo = crudo(api.charges.retrieve(pi["latest_charge"]))
    assert (hecho["amount_received"], cargo["amount_captured"], cargo["amount_refunded"]) == (
        7_500,
        7_500,
        2_500,
    )
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded"):
        api.refunds.create({"payment_intent": pi["id"], "amount": 7_501})


def test_lo_retenido_se_cancela_o_vence(api: Any, escena: Escena) -> None:
    cancelado = pagar(api, capture_method="manual")
    fin = crudo(api.payment_intents.cancel(cancelado["id"], {"cancellation_reason": "requested_by_customer"}))
    assert (fin["status"], fin["cancellation_reason"], fin["amount_capturable"]) == (
        "canceled",
        "requested_by_customer",
        0,
    )
    vence = pagar(api, capture_method="manual")
    escena.reloj.adelantar(timedelta(days=7) - timedelta(seconds=1))
    avanzar_tiempo()
    assert crudo(api.payment_intents.retrieve(vence["id"]))["status"] == "requires_capture"
    escena.reloj.adelantar(timedelta(seconds=1))
    avanzar_tiempo()
    vencido = crudo(api.payment_intents.retrieve(vence["id"]))
    assert (vencido["status"], vencido["cancellation_reason"]) == ("canceled", "automatic")
    assert crudo(api.charges.retrieve(vence["latest_charge"]))["refunded"] is True
    with pytest.raises(stripe.InvalidRequestError, match="could not be captured"):
        api.payment_intents.capture(vence["id"])
    assert eventos(api)[-2:] == ["charge.expired", "payment_intent.canceled"]


# --- Refunds ------------------------------------------------------------------------------------------------


def test_devolver_por_partes(api: Any) -> None:
    pi = pagar(api)
    una = crudo(
        api.refunds.create({"payment_intent": pi["id"], "amount": 4_000, "reason": "requested_by_customer"})
    )
    assert (una["status"], una["amount"], una["reason"]) == ("succeeded", 4_000, "requested_by_customer")
    resto = crudo(
        api.refunds.create({"charge": pi["latest_charge"], "expand": ["charge", "balance_transaction"]})
    )
    assert (resto["amount"], resto["charge"]["refunded"], resto["balance_transaction"]["net"]) == (
        6_000,
        True,
        -6_000,
    )
    with pytest.raises(stripe.InvalidRequestError) as error:
        api.refunds.create({"payment_intent": pi["id"]})
    assert error.value.code == "charge_already_refunded"
    con_nota = crudo(api.refunds.update(una["id"], {"metadata": {"orden": "6735"}}))
    assert con_nota["metadata"] == {"orden": "6735"}
    assert [r.id for r in api.refunds.list({"charge": pi["latest_charge"]}).data] == [resto["id"], una["id"]]
    movido = api.balance_transactions.list().to_dict()
    validar_lista(movido, "/v1/balance_transactions")
    assert [t["net"] for t in movido["data"]] == [-6_000, -4_000, 10_000]


def test_una_devolucion_fallida_o_cancelada_vuelve_al_cargo(api: Any, escena: Escena) -> None:
    falla = pagar(api, "pm_card_refundFail")
    re = crudo(api.refunds.create({"payment_intent": falla["id"]}))
    escena.reloj.adelantar(timedelta(minutes=1))
    avanzar_tiempo()
    fallida = crudo(api.refunds.retrieve(re["id"]))
    assert (fallida["status"], fallida["failure_reason"]) == ("failed", "expired_or_canceled_card")
    assert crudo(api.charges.retrieve(falla["latest_charge"]))["amount_refunded"] == 0

    espera = pagar(api, "pm_card_reembolsoConTitular")
    re = crudo(api.refunds.create({"payment_intent": espera["id"], "amount": 1_000}))
    assert re["status"] == "requires_action"
    assert crudo(api.refunds.cancel(re["id"]))["status"] == "canceled"
    with pytest.raises(stripe.InvalidRequestError, match="cannot cancel this refund"):
        api.refunds.cancel(re["id"])
    assert crudo(api.charges.retrieve(espera["latest_charge"]))["amount_refunded"] == 0


# --- Disputes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("prueba", "fin"), [("winning_evidence", "won"), ("losing_evidence", "lost")])
def test_responder_una_disputa(api: Any, escena: Escena, prueba: str, fin: str) -> None:
    pi = pagar(api)
    dp = disputar_pago(pi["id"])["id"]
    assert crudo(api.disputes.retrieve(dp))["status"] == "needs_response"
    guardada = crudo(
        api.disputes.update(
            dp, {"evidence": {"customer_name": "Ana", "product_description": "té"}, "submit": False}
        )
    )
    assert (guardada["status"], guardada["evidence"]["customer_name"]) == ("needs_response", "Ana")
    assert guardada["evidence_details"]["submission_count"] == 0
    enviada = crudo(
        api.disputes.update(dp, {"evidence": {"uncategorized_text": prueba}, "metadata": {"a": "b"}})
    )
    detalle = enviada["evidence_details"]
    assert (enviada["status"], detalle["submission_count"], detalle["has_evidence"]) == (
        "under_review",
        1,
        True,
    )
    assert enviada["evidence"]["product_description"] == "té"
    with pytest.raises(stripe.InvalidRequestError, match="already under review"):
        api.disputes.update(dp, {"evidence": {"uncategorized_text": "otra"}})
    escena.reloj.adelantar(timedelta(minutes=1))
    avanzar_tiempo()
    assert crudo(api.disputes.retrieve(dp))["status"] == fin
    de_la_disputa = [e.removeprefix("charge.dispute.") for e in eventos(api) if "dispute" in e]
    assert de_la_disputa == ["created", "updated", "updated", "closed"]
    suma = sum(t.net for t in api.balance_transactions.list().data)
    assert suma == (10_000 if fin == "won" else 0)


def test_aceptarla_o_no_responder_es_perderla(api: Any, escena: Escena) -> None:
    aceptada = disputar_pago(pagar(api)["id"])["id"]
    assert crudo(api.disputes.close(aceptada))["status"] == "lost"
    with pytest.raises(stripe.InvalidRequestError, match="already closed"):
        api.disputes.close(aceptada)
    callada = disputar_pago(pagar(api)["id"])["id"]
    escena.reloj.adelantar(timedelta(days=7))
    avanzar_tiempo()
    perdida = crudo(api.disputes.retrieve(callada))
    assert (perdida["status"], perdida["evidence_details"]["past_due"]) == ("lost", True)
    assert decidir_disputa(callada, gana_el_comercio=True)["status"] == "lost"  # what was decided stays
    with pytest.raises(stripe.InvalidRequestError) as error:
        api.disputes.update(callada, {"evidence": {"uncategorized_text": "x" * 150_001}})
    assert error.value.http_status == 400


# --- Idempotent requests, pages, webhooks -------------------------------------------------------------------


def test_pedidos_repetidos(api: Any, escena: Escena) -> None:
    pedido = {"amount": 1_000, "currency": "bob"}
    una = api.payment_intents.create(pedido, {"idempotency_key": "k1"})
    otra = api.payment_intents.create(pedido, {"idempotency_key": "k1"})
    assert (otra.id, otra.last_response.headers["Idempotent-Replayed"]) == (una.id, "true")
    with pytest.raises(stripe.IdempotencyError):
        api.payment_intents.create(pedido | {"amount": 2_000}, {"idempotency_key": "k1"})
    with pytest.raises(stripe.InvalidRequestError):  # badly asked: its key is not kept
        api.payment_intents.create(pedido | {"amount": "x"}, {"idempotency_key": "k2"})
    assert api.payment_intents.create(pedido, {"idempotency_key": "k2"}).id != una.id
    escena.reloj.adelantar(timedelta(hours=24))
    assert api.payment_intents.create(pedido, {"idempotency_key": "k1"}).id != una.id  # kept 24 hours


def test_paginas_de_ida_y_de_vuelta(api: Any, escena: Escena) -> None:
    ids = []
    for n in range(7):
        if n == 4:
            escena.reloj.adelantar(timedelta(hours=1))
            corte = int(escena.reloj.ahora().timestamp())
        ids.insert(0, api.payment_intents.create({"amount": 1_000 + n, "currency": "bob"}).id)
    assert [p.id for p in api.payment_intents.list({"limit": 2}).auto_paging_iter()] == ids
    ultima = api.payment_intents.list({"limit": 3, "ending_before": ids[-1]})
    validar_lista(ultima.to_dict(), "/v1/payment_intents")
    assert ([p.id for p in ultima.data], ultima.has_more) == (ids[3:6], True)
    assert [p.id for p in ultima.auto_paging_iter()] == ids[:6][::-1]  # the library goes backwards then
    primera = api.payment_intents.list({"limit": 3, "ending_before": ids[2]})
    assert ([p.id for p in primera.data], primera.has_more) == (ids[:2], False)
    for rango, esperados in (
        ({"gte": corte}, ids[:3]),
        ({"gt": corte}, []),
        ({"gt": corte - 1}, ids[:3]),
        ({"lt": corte}, ids[3:]),
        ({"lte": corte}, ids),
        ({"gte": corte, "lt": corte}, []),
    ):
        assert [p.id for p in api.payment_intents.list({"created": rango}).data] == esperados, rango
    assert [p.id for p in api.payment_intents.list({"created": corte}).data] == ids[:3]


def test_lo_que_se_abre(api: Any) -> None:
    cus = _clienta(api)
    pi = pagar(api, customer=cus["id"])
    caminos = ["data.customer", "data.latest_charge.balance_transaction.source"]
    (abierto,) = api.payment_intents.list({"expand": caminos}).to_dict()["data"]
    assert abierto["customer"]["id"] == cus["id"]
    assert abierto["latest_charge"]["balance_transaction"]["source"]["id"] == pi["latest_charge"]
    for mal in ("amount", "data.customer", "latest_charge.amount"):
        with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
            api.payment_intents.retrieve(pi["id"], {"expand": [mal]})
    with pytest.raises(stripe.InvalidRequestError, match=r"expanding 'data\.customer'"):
        api.payment_intents.list({"expand": ["customer"]})


def test_los_eventos_se_filtran(api: Any) -> None:
    pi = pagar(api, capture_method="manual")
    api.payment_intents.capture(pi["id"])
    uno = api.events.list({"type": "charge.captured"}).data
    assert [e.data.object.id for e in uno] == [pi["latest_charge"]]
    assert crudo(api.events.retrieve(uno[0].id))["type"] == "charge.captured"
    assert len(api.events.list({"type": "payment_intent.*"}).data) == 3
    assert len(api.events.list({"types": ["charge.captured", "payment_intent.created"]}).data) == 2
    cargo = crudo(api.charges.update(pi["latest_charge"], {"description": "té", "metadata": {"a": "b"}}))
    assert (cargo["description"], cargo["metadata"]) == ("té", {"a": "b"})
    assert [c.id for c in api.charges.list({"payment_intent": pi["id"]}).data] == [cargo["id"]]


def test_un_aviso_se_comprueba_con_la_libreria(api: Any, escena: Escena) -> None:
    pagar(api)
    evento = api.events.list({"limit": 1}).to_dict()["data"][0]
    cuerpo = json.dumps(evento).encode()
    firma = firmar(cuerpo, secreto_de_avisos(), ahora())
    leido = puerta.cliente().construct_event(cuerpo, firma, secreto_de_avisos(), tolerance=10**9)
    assert (leido.id, leido.type) == (evento["id"], "payment_intent.succeeded")
    with pytest.raises(stripe.SignatureVerificationError):
        puerta.cliente().construct_event(cuerpo + b" ", firma, secreto_de_avisos(), tolerance=10**9)
    assert escena.avisos() == 2  # what it sends is what our own side accepts
