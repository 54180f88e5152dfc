"""The simulated gateway refuses what Stripe refuses, in Stripe's shapes, never with a broken connection."""

from typing import Any

import pytest
import requests
import stripe

from pagos.tarjetas import puerta
from pagos.tarjetas.simulada.adaptador import adaptador_simulado
from pagos.tarjetas.simulada.almacen import abrir
from pagos.tarjetas.simulada.parametros import TABLA
from pagos.tarjetas.simulada.rutas import RUTAS
from tests.pagos.tarjetas.openapi import documento, validar
from tests.pagos.tarjetas.tabla import hacer_tabla

BASE = "https://api.stripe.com"
PI = "/v1/payment_intents"
PAGO = "amount=10000&currency=bob&payment_method_types[]=card&payment_method=pm_card_visa&confirm=true"


@pytest.fixture
def cable(api: Any) -> Any:
    """Raw requests, as a client that is not the library would send them."""
    sesion = requests.Session()
    sesion.mount(BASE, adaptador_simulado())
    sesion.headers["Authorization"] = "Bearer sk_test_cable"

    def pedir(metodo: str, ruta: str, cuerpo: bytes | str | None = None, **cabeceras: str) -> Any:
        forma = {"Content-Type": "application/x-www-form-urlencoded"} if cuerpo is not None else {}
        return sesion.request(metodo, BASE + ruta, data=cuerpo, headers=forma | cabeceras)

    return pedir


def _negado(respuesta: Any) -> tuple[int, str, str | None, str | None]:
    validar(respuesta.json(), "error")
    error = respuesta.json()["error"]
    return respuesta.status_code, error["type"], error.get("code"), error.get("param")


def test_la_tabla_es_la_de_stripe() -> None:
    assert hacer_tabla(documento()) == TABLA.read_text("utf-8")


def test_cada_operacion_actua_sobre_parametros_que_existen() -> None:
    lineas = [linea.split(",") for linea in TABLA.read_text("utf-8").splitlines()[1:]]
    for ruta in RUTAS:
        suyos = {p for operacion, p, *_ in lineas if operacion == ruta.nombre}
        de_lista = {"created", "customer", "ending_before", "limit", "starting_after"}
        assert ruta.usa - suyos - {"expand"} <= (de_lista if ruta.metodo == "GET" else set()), ruta.nombre


INVALIDO = "invalid_request_error"


@pytest.mark.parametrize(
    ("ruta", "cuerpo", "codigo", "param"),
    [
        (PI, "", "parameter_missing", "amount"),
        (PI, "amount=1000", "parameter_missing", "currency"),
        (PI, "amount=1000&currency=", "parameter_invalid_empty", "currency"),
        (PI, "amount=&currency=bob", "parameter_invalid_empty", "amount"),
        (PI, "amount=mil&currency=bob", "parameter_invalid_integer", "amount"),
        (PI, "amount=10.5&currency=bob", "parameter_invalid_integer", "amount"),
        (PI, "amount=1e3&currency=bob", "parameter_invalid_integer", "amount"),
        (PI, "amount=+1000&currency=bob", "parameter_invalid_integer", "amount"),
        (PI, "amount=1_000&currency=bob", "parameter_invalid_integer", "amount"),
        (PI, "amount=%D9%A1%D9%A2%D9%A3%D9%A4&currency=bob", "parameter_invalid_integer", "amount"),
        (
            PI,
            "amount=%EF%BC%91%EF%BC%90%EF%BC%90%EF%BC%90&currency=bob",
            "parameter_invalid_integer",
            "amount",
        ),
        (PI, f"amount={'9' * 40}&currency=bob", "parameter_invalid_integer", "amount"),
        (PI, "amount=-1000&currency=bob", "parameter_invalid_integer", "amount"),
        (PI, "amount=0&currency=bob", "parameter_invalid_integer", "amount"),
        (PI, "amount=349&currency=bob", "amount_too_small", "amount"),
        (PI, "amount=100000000&currency=bob", "amount_too_large", "amount"),
        (PI, "amount[a]=1&currency=bob", None, "amount"),
        (PI, "amount=1000&currency=xyz", None, "currency"),
        (PI, "amount=1000&currency=bolivianos", None, "currency"),
        (PI, "amount=1000&currency=%D0%B2ob", None, "currency"),
        (PI, "amount=1000&currency=bob&monto=1", "parameter_unknown", "monto"),
        (PI, "amount=1000&currency=bob&metadata=x", None, "metadata"),
        (PI, f"amount=1000&currency=bob&metadata[{'k' * 41}]=x", None, f"metadata[{'k' * 41}]"),
        (PI, f"amount=1000&currency=bob&metadata[k]={'x' * 501}", None, "metadata[k]"),
        (PI, "amount=1000&currency=bob&metadata[k][l]=x", None, "metadata[k]"),
        (PI, "amount=1000&currency=bob&metadata[k]=%00", None, "metadata[k]"),
        (PI, f"amount=1000&currency=bob&description={'x' * 1001}", None, "description"),
        (PI, "amount=1000&currency=bob&description=%00", None, "description"),
        (PI, "amount=1000&currency=bob&description[x]=1", None, "description"),
        (PI, "amount=1000&currency=bob&capture_method=later", None, "capture_method"),
        (PI, "amount=1000&currency=bob&confirm=si", None, "confirm"),
        (PI, "amount=1000&currency=bob&off_session=true", None, "off_session"),
        (PI, "amount=1000&currency=bob&payment_method_types[]=oxxo", None, "payment_method_types[0]"),
        (PI, "amount=1000&currency=bob&payment_method_types=card", None, "payment_method_types"),
        (PI, "amount=1000&currency=bob&payment_method_types[a]=card", None, "payment_method_types"),
        (PI, "amount=1000&currency=bob&customer=cus_nada", "resource_missing", "customer"),
        (PI, "amount=1000&currency=bob&payment_method=pm_nada", "resource_missing", "payment_method"),
        (PI, "amount=1000&currency=bob&payment_method_options[card][x]=1", "parameter_unknown", None),
        (PI, "amount=1000&currency=bob&application_fee_amount=1", "parameter_not_offered", None),
        (PI, "amount=1000&currency=bob&a[b][c][d][e][f][g][h][i]=1", "parameter_unknown", None),
        (PI, "amount=1000&currency=bob&metadata=&metadata[a]=1", None, "metadata[a]"),
        (PI, f"{PAGO}&expand[]=secretos", None, "expand"),
        (PI, f"{PAGO}&expand[]=latest_charge.payment_intent.customer.a.b", None, "expand"),
        ("/v1/refunds", "", "parameter_missing", None),
        ("/v1/refunds", "payment_intent=pi_x&reason=porque+si", None, "reason"),
        ("/v1/refunds", "charge=ch_x&payment_intent=pi_x", None, None),
        ("/v1/customers", f"name={'x' * 257}", None, "name"),
        ("/v1/setup_intents", "usage=siempre", None, None),
        (
            "/v1/payment_methods",
            "type=card&card[number]=4242424242424242",
            None,
            "card[number]",
        ),
        ("/v1/checkout/sessions", "mode=payment", "parameter_missing", "success_url"),
        ("/v1/checkout/sessions", "mode=payment&success_url=http://x", "parameter_missing", "line_items"),
        ("/v1/checkout/sessions", "mode=subscription&success_url=http://x", None, "mode"),
        (
            PI,
            "amount=1000&currency=bob&payment_method_options[card][installments][enabled]=true",
            "parameter_not_offered",
            "payment_method_options[card][installments]",
        ),
        (
            "/v1/checkout/sessions",
            "mode=setup&success_url=http://x&setup_intent_data[on_behalf_of]=acct_1",
            "parameter_not_offered",
            "setup_intent_data[on_behalf_of]",
        ),
        (
            "/v1/checkout/sessions",
            "success_url=http://x&line_items[0][quantity]=1&line_items[0][price_data][unit_amount]=700",
            "parameter_missing",
            "line_items[0][price_data][currency]",
        ),
    ],
)
def test_lo_mal_pedido(cable: Any, ruta: str, cuerpo: str, codigo: str | None, param: str | None) -> None:
    estado, tipo, dicho, cual = _negado(cable("POST", ruta, cuerpo))
    assert (tipo, dicho) == (INVALIDO, codigo)
    assert estado == (402 if "number" in cuerpo else 400)
    assert param is None or cual == param
    with abrir() as almacen:
        assert [almacen.listar(t) for t in ("payment_intent", "charge", "customer", "event", "clave")] == [
            []
        ] * 5


@pytest.mark.parametrize(
    ("ruta", "estado", "codigo", "param"),
    [
        (f"{PI}?limit=abc", 400, "parameter_invalid_integer", "limit"),
        (f"{PI}?limit=0", 400, "parameter_invalid_integer", "limit"),
        (f"{PI}?limit=-1", 400, "parameter_invalid_integer", "limit"),
        (f"{PI}?limit=101", 400, "parameter_invalid_integer", "limit"),
        (f"{PI}?limit=%D9%A1", 400, "parameter_invalid_integer", "limit"),
        (f"{PI}?status=succeeded", 400, "parameter_unknown", "status"),
        (f"{PI}?starting_after=pi_nada", 400, "resource_missing", "starting_after"),
        (f"{PI}?ending_before=pi_nada", 400, "resource_missing", "ending_before"),
        (f"{PI}?created[desde]=1", 400, "parameter_unknown", "created[desde]"),
        (f"{PI}?created=ayer", 400, "parameter_invalid_integer", "created"),
        (f"{PI}?expand[]=latest_charge", 200, None, None),
        (f"{PI}/pi_nada", 404, "resource_missing", "intent"),
        (f"{PI}/%00", 404, "resource_missing", "intent"),
        (f"{PI}/pi_%F0%9F%92%B8", 404, "resource_missing", "intent"),
        (f"{PI}/{'a' * 3000}", 404, "resource_missing", "intent"),
        ("/v1/disputes/dp_nada", 404, "resource_missing", "dispute"),
        ("/v1/customers/cus_nada/payment_methods", 404, "resource_missing", "customer"),
        ("/v1/payment_methods", 400, "parameter_missing", "customer"),
        ("/v1/invoices", 404, None, None),
        ("/v2/nada", 404, None, None),
    ],
)
def test_lo_mal_consultado(cable: Any, ruta: str, estado: int, codigo: str | None, param: str | None) -> None:
    respuesta = cable("GET", ruta)
    if estado == 200:  # of an empty list nothing is opened
        assert respuesta.status_code in (200, 400)
        return
    assert _negado(respuesta) == (estado, INVALIDO, codigo, param)


def test_la_clave_larga_y_la_llave_mala(cable: Any, api: Any) -> None:
    larga = cable("POST", PI, PAGO, **{"Idempotency-Key": "k" * 300})
    assert _negado(larga) == (400, INVALIDO, None, None)
    assert cable("POST", PI, PAGO, **{"Idempotency-Key": "k" * 255}).status_code == 200
    for mala in ("", "Bearer", "Bearer sk_live_x", "Basic x"):
        assert _negado(cable("GET", PI, Authorization=mala))[0] == 401
    with pytest.raises(stripe.InvalidRequestError):  # the library too gets an answer, not a broken connection
        api.payment_intents.list({"limit": "abc"})


def test_bytes_que_no_son_texto_y_demasiados_campos(cable: Any) -> None:
    assert _negado(cable("POST", PI, b"amount=\xff\xfe&currency=bob"))[2] == "parameter_invalid_integer"
    assert _negado(cable("POST", PI, "&".join(f"a{n}=1" for n in range(2000))))[0] == 400
    assert _negado(cable("POST", PI, "[[[=1&amount=1"))[0] == 400
    assert _negado(cable("POST", PI, "amount[]=1&amount=2"))[0] == 400


def test_si_algo_se_rompe_adentro_es_un_500_de_stripe(cable: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def romper(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("pagos.tarjetas.simulada.servidor._ejecutar", romper)
    estado, tipo, *_ = _negado(cable("GET", PI))
    assert (estado, tipo) == (500, "api_error")


def test_lo_rechazado_no_deja_nada(cable: Any) -> None:
    """A payment refused while confirming is not made; one that the bank refused stays, as at Stripe."""
    sin_vuelta = "amount=10000&currency=bob&payment_method=pm_card_visa&confirm=true"
    assert _negado(cable("POST", PI, sin_vuelta))[3] == "return_url"
    with abrir() as almacen:
        assert almacen.listar("payment_intent") == almacen.listar("event") == []
    negada = cable("POST", PI, PAGO.replace("visa", "visa_chargeDeclined"))
    assert (negada.status_code, negada.json()["error"]["type"]) == (402, "card_error")
    with abrir() as almacen:
        assert [p["status"] for p in almacen.listar("payment_intent")] == ["requires_payment_method"]


def test_nuestra_puerta_sabe_que_no_se_hizo(api: Any) -> None:
    """What the gateway refuses is a refusal for us too, never «it may have charged»."""
    with pytest.raises(puerta.PedidoRechazado):
        puerta._traducir(lambda: puerta.cliente().v1.payment_intents.list({"limit": "abc"}))()  # type: ignore[typeddict-item]
