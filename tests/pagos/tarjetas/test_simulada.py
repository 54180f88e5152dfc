"""The simulated gateway answers as Stripe does (objects, keys, errors) and touches no other HTTP."""

from typing import Any

import pytest
import requests
import stripe

from pagos.tarjetas import puerta
from pagos.tarjetas.simulada import disputas, sesiones
from pagos.tarjetas.simulada.adaptador import AdaptadorSimulado, adaptador_simulado
from pagos.tarjetas.simulada.almacen import abrir
from pagos.tarjetas.simulada.fallas import Falla, provocar
from pagos.tarjetas.simulada.parametros import leer_formulario
from pagos.tarjetas.simulada.tarjetas import TARJETAS
from tests.pagos.tarjetas.conftest import Escena
from tests.pagos.tarjetas.openapi import validar, validar_lista

PAGO = {
    "amount": 10_000,
    "currency": "bob",
    "payment_method_types": ["card"],
    "payment_method": "pm_card_visa",
    "confirm": True,
    "return_url": "http://127.0.0.1/x",
    "metadata": {"a": "b"},
}


def _crudo(objeto: Any) -> dict[str, Any]:
    """The JSON of an answer, as it came."""
    return dict(objeto.to_dict())


def _pagar(api: Any, metodo: str = "pm_card_visa", **mas: Any) -> dict[str, Any]:
    try:
        return _crudo(api.payment_intents.create({**PAGO, "payment_method": metodo, **mas}))
    except stripe.CardError as error:
        validar(error.json_body, "error")
        return dict(error.json_body["error"]["payment_intent"])


def test_el_validador_ve_lo_que_esta_mal(api: Any) -> None:
    pi = _pagar(api)
    for falta in (
        {"status": "cobrado"},
        {"amount": "100"},
        {"currency": None},
        {"inventado": 1},
        {"last_payment_error": {"type": "otro"}},
        {"next_action": {}},
    ):
        with pytest.raises(AssertionError):
            validar({**pi, **falta}, "payment_intent")


@pytest.mark.parametrize("tarjeta", TARJETAS, ids=lambda t: t.metodo)
def test_cada_pago_y_su_cargo_cumplen_el_openapi(api: Any, tarjeta: Any) -> None:
    pi = _pagar(api, tarjeta.metodo)
    validar(pi, "payment_intent")
    validar(_crudo(api.payment_intents.retrieve(pi["id"])), "payment_intent")
    with abrir() as almacen:
        cargos = almacen.listar("charge")
        eventos = almacen.listar("event")
    for cargo in cargos:
        validar(cargo, "charge")
    for evento in eventos:
        validar(evento, "event")
        validar(evento["data"]["object"], evento["data"]["object"]["object"])
    assert len(eventos) == 2


def test_lo_que_se_confirma_despues_se_cancela_o_se_lista(api: Any) -> None:
    pi = _crudo(api.payment_intents.create({"amount": 5_000, "currency": "bob"}))
    validar(pi, "payment_intent")
    assert pi["status"] == "requires_payment_method"
    with pytest.raises(stripe.InvalidRequestError, match="you must provide a `return_url`"):
        api.payment_intents.confirm(pi["id"], {"payment_method": "pm_card_visa"})
    vuelta = {"payment_method": "pm_card_visa", "return_url": "http://127.0.0.1/x"}
    hecho = _crudo(api.payment_intents.confirm(pi["id"], vuelta))
    validar(hecho, "payment_intent")
    assert (hecho["status"], hecho["amount_received"]) == ("succeeded", 5_000)
    with pytest.raises(stripe.InvalidRequestError) as error:
        api.payment_intents.cancel(pi["id"])
    validar(error.value.json_body, "error")
    otro = _crudo(api.payment_intents.create({"amount": 5_000, "currency": "bob"}))
    cancelado = _crudo(api.payment_intents.cancel(otro["id"]))
    validar(cancelado, "payment_intent")
    assert cancelado["status"] == "canceled"
    validar_lista(_crudo(api.payment_intents.list()), "/v1/payment_intents")
    validar_lista(_crudo(api.events.list()), "/v1/events")


def test_las_listas_paginan_y_filtran_por_fecha(api: Any, escena: Escena) -> None:
    from datetime import timedelta

    viejos = [_pagar(api)["id"] for _ in range(2)]
    escena.reloj.adelantar(timedelta(hours=1))
    nuevos = [_pagar(api)["id"] for _ in range(3)]
    todos = [*viejos, *nuevos][::-1]

    primera = _crudo(api.payment_intents.list({"limit": 2}))
    assert ([p["id"] for p in primera["data"]], primera["has_more"]) == (todos[:2], True)
    segunda = _crudo(api.payment_intents.list({"limit": 3, "starting_after": todos[1]}))
    assert ([p["id"] for p in segunda["data"]], segunda["has_more"]) == (todos[2:], False)
    desde = int((escena.reloj.ahora() - timedelta(minutes=5)).timestamp())
    recientes = _crudo(api.payment_intents.list({"created": {"gte": desde}}))
    assert [p["id"] for p in recientes["data"]] == todos[:3]
    with pytest.raises(stripe.InvalidRequestError):
        api.payment_intents.list({"limit": 101})


def test_la_pagina_alojada_cumple_el_openapi(api: Any) -> None:
    cs = _crudo(
        api.checkout.sessions.create(
            {
                "mode": "payment",
                "line_items": [
                    {
                        "quantity": 1,
                        "price_data": {
                            "currency": "bob",
                            "unit_amount": 700,
                            "product_data": {"name": "x"},
                        },
                    }
                ],
                "success_url": "http://127.0.0.1/si",
                "cancel_url": "http://127.0.0.1/no",
                "client_reference_id": "yo",
            }
        )
    )
    validar(cs, "checkout.session")
    assert (cs["status"], cs["amount_total"], cs["payment_intent"]) == ("open", 700, None)
    sesiones.pagar_sesion(cs["id"], "pm_card_visa_chargeDeclined")
    media = _crudo(api.checkout.sessions.retrieve(cs["id"], {"expand": ["payment_intent"]}))
    validar(media, "checkout.session")
    assert media["payment_intent"]["last_payment_error"]["decline_code"] == "generic_decline"
    sesiones.pagar_sesion(cs["id"], "pm_card_visa")
    fin = _crudo(api.checkout.sessions.retrieve(cs["id"]))
    validar(fin, "checkout.session")
    assert (fin["status"], fin["payment_status"], fin["url"]) == ("complete", "paid", None)
    with pytest.raises(stripe.InvalidRequestError):
        api.checkout.sessions.expire(cs["id"])
    with abrir() as almacen:
        for evento in almacen.listar("event"):
            validar(evento["data"]["object"], evento["data"]["object"]["object"])


def test_reembolsos_y_disputas_cumplen_el_openapi(api: Any) -> None:
    pi = _pagar(api)
    re = _crudo(api.refunds.create({"payment_intent": pi["id"], "amount": 4_000}))
    validar(re, "refund")
    validar(_crudo(api.refunds.retrieve(re["id"])), "refund")
    validar_lista(_crudo(api.refunds.list({"payment_intent": pi["id"]})), "/v1/refunds")
    validar(_crudo(api.charges.retrieve(re["charge"])), "charge")
    with pytest.raises(stripe.InvalidRequestError) as error:
        api.refunds.create({"payment_intent": pi["id"], "amount": 6_001})
    validar(error.value.json_body, "error")
    dp = disputas.disputar_pago(pi["id"])
    assert dp["amount"] == 6_000
    assert disputas.disputar_pago(pi["id"])["id"] == dp["id"]
    validar(_crudo(api.disputes.retrieve(dp["id"])), "dispute")
    validar_lista(_crudo(api.disputes.list()), "/v1/disputes")
    disputas.decidir_disputa(dp["id"], gana_el_comercio=False)
    assert _crudo(api.disputes.retrieve(dp["id"]))["status"] == "lost"
    with pytest.raises(stripe.InvalidRequestError) as disputado:
        api.refunds.create({"payment_intent": pi["id"]})
    assert disputado.value.code == "charge_disputed"


# --- Keys ---------------------------------------------------------------------------------------------------


def test_la_misma_clave_da_la_misma_respuesta(api: Any) -> None:
    uno = api.payment_intents.create(PAGO, {"idempotency_key": "k1"})
    otro = api.payment_intents.create(PAGO, {"idempotency_key": "k1"})
    assert _crudo(uno) == _crudo(otro)
    assert otro.last_response.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in uno.last_response.headers
    with abrir() as almacen:
        assert len(almacen.listar("payment_intent")) == 1


def test_la_misma_clave_con_otro_cuerpo_se_rechaza(api: Any) -> None:
    api.payment_intents.create(PAGO, {"idempotency_key": "k1"})
    with pytest.raises(stripe.IdempotencyError) as error:
        api.payment_intents.create({**PAGO, "amount": 10_001}, {"idempotency_key": "k1"})
    validar(error.value.json_body, "error")
    assert error.value.http_status == 400


def test_tambien_se_guardan_los_rechazos_y_los_errores(api: Any) -> None:
    for _ in range(2):
        with pytest.raises(stripe.CardError):
            api.payment_intents.create(
                {**PAGO, "payment_method": "pm_card_visa_chargeDeclined"}, {"idempotency_key": "k1"}
            )
    provocar(Falla.ERROR_ANTES)
    for _ in range(2):
        with pytest.raises(stripe.APIError) as error:
            api.payment_intents.create(PAGO, {"idempotency_key": "k2"})
        validar(error.value.json_body, "error")
    with abrir() as almacen:
        assert len(almacen.listar("payment_intent")) == 1


def test_dos_a_la_vez_con_la_misma_clave(api: Any) -> None:
    """The second finds the key in use while the first has not finished."""
    with abrir() as almacen:
        assert almacen.cerrar_paso("simulada:k1")
        with pytest.raises(stripe.APIError) as error:
            api.payment_intents.create(PAGO, {"idempotency_key": "k1"})
        assert error.value.http_status == 409
        validar(error.value.json_body, "error")
    assert api.payment_intents.create(PAGO, {"idempotency_key": "k1"}).status == "succeeded"


def test_lo_que_no_existe_y_lo_mal_pedido(api: Any) -> None:
    for pedir in (
        lambda: api.payment_intents.retrieve("pi_nada"),
        lambda: api.disputes.retrieve("dp_nada"),
        lambda: api.customers.retrieve("cus_nada"),
        lambda: api.payment_intents.create({**PAGO, "payment_method": "pm_ajena"}),
        lambda: api.payment_intents.create({**PAGO, "amount": 100}),
        lambda: api.payment_intents.create({"currency": "bob"}),
        lambda: api.checkout.sessions.create({"mode": "payment"}),
    ):
        with pytest.raises(stripe.InvalidRequestError) as error:
            pedir()
        validar(error.value.json_body, "error")


# --- The wire -----------------------------------------------------------------------------------------------


def test_ningun_otro_http_pasa_por_la_simulacion(escena: Escena) -> None:
    """Only our session, only the gateway's host: everything else goes out as always."""
    escena.pagar("10.00")
    adaptador_simulado()
    limpia = requests.Session()
    assert type(limpia.get_adapter("https://api.stripe.com/v1/x")) is requests.adapters.HTTPAdapter
    assert requests.adapters.HTTPAdapter.send.__module__ == "requests.adapters"
    nuestra = puerta.cliente()._requestor._client._session  # type: ignore[union-attr]
    assert isinstance(nuestra.get_adapter("https://api.stripe.com/v1/x"), AdaptadorSimulado)
    assert not isinstance(nuestra.get_adapter("https://example.org/"), AdaptadorSimulado)
    with pytest.raises(requests.ConnectionError, match="doesn't match any registered mock"):
        AdaptadorSimulado().send(requests.Request("GET", "https://example.org/").prepare())


def test_la_simulacion_no_recuerda_para_siempre(api: Any) -> None:
    from pagos.tarjetas.simulada import adaptador

    for _ in range(5):
        _pagar(api)
    assert adaptador._activo is not None
    assert len(adaptador._activo.calls) <= 1
    assert all(len(r.calls) <= 1 for r in adaptador._activo.registered())


def test_con_clave_se_usa_el_servicio_verdadero(bd: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from pydantic import SecretStr

    from nucleo.configuracion import Ajustes

    con_clave = Ajustes(stripe_api_key=SecretStr("sk_test_verdadera"))
    monkeypatch.setattr("pagos.tarjetas.puerta.ajustes", lambda: con_clave)
    assert puerta.usa_simulacion() is False
    verdadero = puerta._crear_cliente()
    sesion = verdadero._requestor._client._session  # type: ignore[union-attr]
    assert type(sesion.get_adapter("https://api.stripe.com/v1/x")) is requests.adapters.HTTPAdapter
    assert verdadero._requestor.api_key == "sk_test_verdadera"
    sin_clave = Ajustes.model_construct(modo="produccion", stripe_api_key=None)
    monkeypatch.setattr("pagos.tarjetas.puerta.ajustes", lambda: sin_clave)
    assert puerta.tarjetas_disponibles() is False


def test_el_formulario_anidado_se_lee() -> None:
    assert leer_formulario("a=1&b[c]=2&b[d][0][e]=%C3%B1&expand[]=x&f=") == {
        "a": "1",
        "b": {"c": "2", "d": {"0": {"e": "ñ"}}},
        "expand": {"0": "x"},
        "f": "",
    }


def test_los_numeros_de_prueba_cumplen_luhn() -> None:
    def luhn(numero: str) -> bool:
        dobles = [int(c) * (2 if i % 2 else 1) for i, c in enumerate(reversed(numero))]
        return sum(d - 9 if d > 9 else d for d in dobles) % 10 == 0

    assert all(luhn(t.numero) and len(t.numero) == 16 for t in TARJETAS)
    assert len({t.metodo for t in TARJETAS}) == len(TARJETAS) == 12
