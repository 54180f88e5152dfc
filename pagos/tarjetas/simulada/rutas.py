"""The operations that the simulated gateway offers, and the parameters on which each one acts.

What Stripe knows and an operation here does not act on is refused, never ignored in silence.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from pagos.tarjetas.simulada import clientes, disputas, pagos, reembolsos, sesiones
from pagos.tarjetas.simulada.almacen import Json
from pagos.tarjetas.simulada.lecturas import listar, listar_eventos, ver

PAGINA = "created customer ending_before limit starting_after"
_DEL_PAGO = (
    "automatic_payment_methods capture_method confirm customer description error_on_requires_action metadata "
    "off_session payment_method payment_method_options payment_method_types receipt_email return_url "
    "setup_future_usage statement_descriptor statement_descriptor_suffix use_stripe_sdk"
)
_DE_LA_SESION = (
    "cancel_url client_reference_id currency customer customer_creation line_items locale metadata mode "
    "payment_intent_data payment_method_types setup_intent_data success_url"
)


@dataclass(frozen=True)
class Ruta:
    """`plantilla` is the path in Stripe's OpenAPI; `acepta`, names of parameters, apart by spaces."""

    metodo: str
    plantilla: str
    hacer: Callable[..., Json]
    acepta: str = ""
    usa: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "usa", frozenset([*self.acepta.split(), "expand"]))

    @property
    def nombre(self) -> str:
        return f"{self.metodo} {self.plantilla}"

    @cached_property
    def patron(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\{\w+\}", "([^/]+)", self.plantilla))


_PI, _SETI, _PM = "/v1/payment_intents", "/v1/setup_intents", "/v1/payment_methods"
_CS, _CUS, _DP = "/v1/checkout/sessions", "/v1/customers", "/v1/disputes"

RUTAS: tuple[Ruta, ...] = (
    Ruta("POST", _PI, pagos.crear, f"amount currency {_DEL_PAGO}"),
    Ruta("GET", _PI, listar("payment_intent", _PI, "customer"), PAGINA),
    Ruta("GET", _PI + "/{intent}", ver("payment_intent", "intent")),
    Ruta(
        "POST",
        _PI + "/{intent}",
        pagos.actualizar,
        "amount currency customer description metadata payment_method receipt_email setup_future_usage "
        "statement_descriptor statement_descriptor_suffix",
    ),
    Ruta(
        "POST",
        _PI + "/{intent}/confirm",
        pagos.confirmar,
        "capture_method error_on_requires_action off_session payment_method receipt_email return_url "
        "setup_future_usage use_stripe_sdk",
    ),
    Ruta("POST", _PI + "/{intent}/capture", pagos.capturar, "amount_to_capture metadata"),
    Ruta("POST", _PI + "/{intent}/cancel", pagos.cancelar, "cancellation_reason"),
    Ruta("POST", _CS, sesiones.crear, _DE_LA_SESION),
    Ruta("GET", _CS, listar("sesion", _CS, "customer", "payment_intent"), f"{PAGINA} payment_intent"),
    Ruta("GET", _CS + "/{session}", ver("sesion", "session")),
    Ruta("POST", _CS + "/{session}/expire", sesiones.expirar),
    Ruta(
        "GET",
        "/v1/charges",
        listar("charge", "/v1/charges", "customer", "payment_intent"),
        f"{PAGINA} payment_intent",
    ),
    Ruta("GET", "/v1/charges/{charge}", ver("charge", "charge")),
    Ruta("POST", "/v1/charges/{charge}", pagos.actualizar_cargo, "description metadata receipt_email"),
    Ruta("POST", "/v1/refunds", reembolsos.crear, "amount charge metadata payment_intent reason"),
    Ruta(
        "GET",
        "/v1/refunds",
        listar("refund", "/v1/refunds", "charge", "payment_intent"),
        f"{PAGINA} charge payment_intent",
    ),
    Ruta("GET", "/v1/refunds/{refund}", ver("refund", "refund")),
    Ruta("POST", "/v1/refunds/{refund}", reembolsos.actualizar, "metadata"),
    Ruta("POST", "/v1/refunds/{refund}/cancel", reembolsos.cancelar),
    Ruta("GET", _DP, listar("dispute", _DP, "charge", "payment_intent"), f"{PAGINA} charge payment_intent"),
    Ruta("GET", _DP + "/{dispute}", ver("dispute", "dispute")),
    Ruta("POST", _DP + "/{dispute}", disputas.actualizar, "evidence metadata submit"),
    Ruta("POST", _DP + "/{dispute}/close", disputas.cerrar),
    Ruta(
        "POST", _CUS, clientes.crear_cliente, "address description email metadata name payment_method phone"
    ),
    Ruta("GET", _CUS, clientes.listar_clientes, f"{PAGINA} email"),
    Ruta("GET", _CUS + "/{customer}", ver("customer", "customer")),
    Ruta(
        "POST",
        _CUS + "/{customer}",
        clientes.actualizar_cliente,
        "address description email metadata name phone",
    ),
    Ruta("DELETE", _CUS + "/{customer}", clientes.borrar_cliente),
    Ruta("GET", _CUS + "/{customer}/payment_methods", clientes.listar_los_del_cliente, f"{PAGINA} type"),
    Ruta("POST", _PM, clientes.crear_metodo, "card metadata type"),
    Ruta("GET", _PM, clientes.listar_metodos, f"{PAGINA} type"),
    Ruta("GET", _PM + "/{payment_method}", ver("payment_method", "payment_method")),
    Ruta("POST", _PM + "/{payment_method}/attach", clientes.unir, "customer"),
    Ruta("POST", _PM + "/{payment_method}/detach", clientes.soltar),
    Ruta(
        "POST",
        _SETI,
        clientes.crear_guardado,
        "automatic_payment_methods confirm customer description metadata payment_method payment_method_types "
        "return_url usage use_stripe_sdk",
    ),
    Ruta(
        "GET", _SETI, listar("setup_intent", _SETI, "customer", "payment_method"), f"{PAGINA} payment_method"
    ),
    Ruta("GET", _SETI + "/{intent}", ver("setup_intent", "intent"), "client_secret"),
    Ruta(
        "POST",
        _SETI + "/{intent}/confirm",
        clientes.confirmar_guardado,
        "payment_method return_url use_stripe_sdk",
    ),
    Ruta("POST", _SETI + "/{intent}/cancel", clientes.cancelar_guardado, "cancellation_reason"),
    Ruta(
        "GET",
        "/v1/balance_transactions",
        listar("balance_transaction", "/v1/balance_transactions", "currency", "source", "type"),
        f"{PAGINA} currency source type",
    ),
    Ruta("GET", "/v1/balance_transactions/{id}", ver("balance_transaction", "id")),
    Ruta("GET", "/v1/events", listar_eventos, f"{PAGINA} type types"),
    Ruta("GET", "/v1/events/{id}", ver("event", "id")),
)


def hallar(metodo: str, camino: str) -> tuple[Ruta, tuple[str, ...]] | None:
    """The operation of a request, and the ids that its path holds."""
    for ruta in RUTAS:
        coincide = ruta.patron.fullmatch(camino) if ruta.metodo == metodo else None
        if coincide:
            return ruta, coincide.groups()
    return None
