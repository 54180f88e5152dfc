"""The one door to the card gateway: the official library, and its errors turned into three of ours.

Nothing here touches the database, and nobody calls it inside a transaction. The library never retries by
itself: what happens next is decided by what the intent's row says, after a crash too.
"""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import requests
import stripe
import structlog

from nucleo.configuracion import ajustes
from nucleo.dinero import a_centavos
from pagos.tarjetas.lectura import (
    JsonPasarela,
    Lectura,
    LecturaDisputa,
    LecturaReembolso,
    LecturaTarjeta,
    leer_disputa,
    leer_guardado,
    leer_pago,
    leer_reembolso,
    leer_sesion,
)
from pagos.tarjetas.modelos import Intento, Reembolso, RespuestaDisputa, TarjetaGuardada

VERSION = "2023-08-16"
BASE = "https://api.stripe.com"
PLAZOS_S = (4.0, 15.0)  # to connect, to answer
_MARGEN = timedelta(minutes=5)  # between the gateway's clock and ours
_PAGINAS_MAXIMAS = 50

registro = structlog.get_logger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


class FallaDePasarela(Exception):
    """The gateway did not give a usable answer."""


class SinRespuesta(FallaDePasarela):
    """It may have done what we asked, or not. `repetida`: it repeated a stored failure for this key."""

    def __init__(self, texto: str, *, repetida: bool = False) -> None:
        super().__init__(texto)
        self.repetida = repetida


class NoEjecutada(FallaDePasarela):
    """It says that it did nothing (too many requests, our credentials): ask again later."""


class PedidoRechazado(FallaDePasarela):
    """It will never do this: what we ask is wrong. `codigo` is its own error code."""

    def __init__(self, texto: str, codigo: str | None) -> None:
        super().__init__(texto)
        self.codigo = codigo


def usa_simulacion() -> bool:
    """In the demonstration without a key, the gateway is the simulated one."""
    return ajustes().es_demostracion and ajustes().stripe_api_key is None


def tarjetas_disponibles() -> bool:
    return ajustes().es_demostracion or ajustes().stripe_api_key is not None


_local = threading.local()


def cliente() -> stripe.StripeClient:
    """This thread's client: its own session, so that a simulation never touches other HTTP."""
    hecho: stripe.StripeClient | None = getattr(_local, "cliente", None)
    if hecho is None:
        hecho = _local.cliente = _crear_cliente()
    return hecho


def _crear_cliente() -> stripe.StripeClient:
    sesion = requests.Session()
    if usa_simulacion():
        from pagos.tarjetas.simulada import adaptador_simulado  # noqa: PLC0415 (never loaded for real)

        sesion.mount(BASE, adaptador_simulado())
        clave = "sk_test_simulada"
    else:
        secreta = ajustes().stripe_api_key
        assert secreta is not None
        clave = secreta.get_secret_value()
    return stripe.StripeClient(
        clave,
        stripe_version=VERSION,
        max_network_retries=0,
        http_client=stripe.RequestsClient(timeout=PLAZOS_S, session=sesion),
    )


def _traducir(funcion: Callable[P, R]) -> Callable[P, R]:
    @wraps(funcion)
    def llamada(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return funcion(*args, **kwargs)
        except (stripe.RateLimitError, stripe.AuthenticationError, stripe.PermissionError) as error:
            registro.warning("pasarela_no_ejecuto", error=str(error))
            raise NoEjecutada(str(error)) from error
        except (
            stripe.IdempotencyError
        ) as error:  # our own defect: somebody must look, nobody may charge again
            registro.error("pasarela_clave_con_otro_cuerpo", error=str(error))
            raise SinRespuesta(str(error)) from error
        except (stripe.InvalidRequestError, stripe.CardError) as error:
            raise PedidoRechazado(str(error), error.code) from error
        except stripe.StripeError as error:
            repetida = (error.headers or {}).get("Idempotent-Replayed") == "true"
            raise SinRespuesta(str(error), repetida=repetida) from error

    return llamada


# --- Payments ---------------------------------------------------------------------------------------------


@_traducir
def enviar(intento: Intento, retorno: str, cliente_id: str | None = None) -> Lectura:
    """Ask for the charge. The key is the intent's id: asking twice is asking once (for 24 hours).

    `cliente_id` is whose saved card the intent's method is, at the gateway.
    """
    opciones: stripe.RequestOptions = {"idempotency_key": str(intento.id)}
    if intento.modalidad == "alojada":
        return leer_sesion(
            cliente().v1.checkout.sessions.create(_de_sesion(intento, retorno), opciones).to_dict()  # type: ignore[arg-type]
        )
    try:
        pago = cliente().v1.payment_intents.create(_de_pago(intento, retorno, cliente_id), opciones)  # type: ignore[arg-type]
    except stripe.CardError as error:
        negado = _pago_del_error(error)
        if negado is None:
            raise
        return leer_pago(negado)
    return leer_pago(pago.to_dict())


def _metadatos(intento: Intento) -> dict[str, str]:
    return {"intento_id": str(intento.id), "proposito": intento.proposito}


def _de_pago(intento: Intento, retorno: str, cliente_id: str | None) -> dict[str, Any]:
    suya = {"customer": cliente_id} if cliente_id is not None else {}
    return suya | {
        "amount": a_centavos(intento.monto),
        "currency": intento.moneda.lower(),
        "payment_method_types": ["card"],
        "payment_method": intento.metodo,
        "confirm": True,
        "return_url": retorno,
        "description": intento.descripcion,
        "metadata": _metadatos(intento),
    }


def _de_sesion(intento: Intento, retorno: str) -> dict[str, Any]:
    linea = {
        "quantity": 1,
        "price_data": {
            "currency": intento.moneda.lower(),
            "unit_amount": a_centavos(intento.monto),
            "product_data": {"name": intento.descripcion},
        },
    }
    return {
        "mode": "payment",
        "payment_method_types": ["card"],
        "line_items": [linea],
        "client_reference_id": str(intento.id),
        "metadata": _metadatos(intento),
        "payment_intent_data": {"description": intento.descripcion, "metadata": _metadatos(intento)},
        "locale": "es-419",
        "success_url": retorno,
        "cancel_url": retorno,
    }


def _pago_del_error(error: stripe.CardError) -> JsonPasarela | None:
    cuerpo = error.json_body if isinstance(error.json_body, dict) else {}
    pago = (cuerpo.get("error") or {}).get("payment_intent")
    return pago if isinstance(pago, dict) else None


@_traducir
def consultar(intento: Intento) -> Lectura:
    """The payment as it is now, by the id that the gateway gave it."""
    if intento.sesion_id is not None:
        sesion = cliente().v1.checkout.sessions.retrieve(intento.sesion_id, {"expand": ["payment_intent"]})
        return leer_sesion(sesion.to_dict())
    assert intento.pasarela_id is not None
    return leer_pago(cliente().v1.payment_intents.retrieve(intento.pasarela_id).to_dict())


@_traducir
def buscar(intento: Intento) -> Lectura | None:
    """Look for a charge whose answer we lost, among those made since we first asked."""
    assert intento.enviado_en is not None
    return next(
        (
            leer_pago(pago)
            for pago in _listar("/v1/payment_intents", intento.enviado_en)
            if (pago.get("metadata") or {}).get("intento_id") == str(intento.id)
        ),
        None,
    )


@_traducir
def cancelar(intento: Intento) -> Lectura:
    """Make sure that it can no longer be paid."""
    if intento.sesion_id is not None:
        sesion = cliente().v1.checkout.sessions.expire(intento.sesion_id, {"expand": ["payment_intent"]})
        return leer_sesion(sesion.to_dict())
    assert intento.pasarela_id is not None
    return leer_pago(cliente().v1.payment_intents.cancel(intento.pasarela_id).to_dict())


def _listar(ruta: str, desde: datetime, **mas: Any) -> Iterator[dict[str, Any]]:
    """Every object created since an instant, newest first; bounded, because a sweep must end.

    Pages stay plain JSON: the library's objects cost ten times the rest of looking for one payment.
    """
    rango = {"gte": int((desde - _MARGEN).timestamp())}
    parametros: dict[str, Any] = {"limit": 100, "created": rango, **mas}
    for _ in range(_PAGINAS_MAXIMAS):
        pagina = cliente().raw_request("get", ruta, **parametros).data
        yield from pagina["data"]
        if not pagina["has_more"]:
            return
        parametros = {**parametros, "starting_after": pagina["data"][-1]["id"]}
    raise SinRespuesta("la lista de la pasarela no termina")


# --- Refunds, disputes, events ----------------------------------------------------------------------------


@_traducir
def reembolsar(reembolso: Reembolso, pago_id: str) -> LecturaReembolso:
    """Ask for the refund, with the refund's id as key."""
    parametros: dict[str, Any] = {
        "payment_intent": pago_id,
        "amount": a_centavos(reembolso.monto),
        "reason": "requested_by_customer",
        "metadata": {"reembolso_id": str(reembolso.id)},
    }
    hecho = cliente().v1.refunds.create(parametros, {"idempotency_key": str(reembolso.id)})  # type: ignore[arg-type]
    return leer_reembolso(hecho.to_dict())


@_traducir
def consultar_reembolso(pasarela_id: str) -> LecturaReembolso:
    return leer_reembolso(cliente().v1.refunds.retrieve(pasarela_id).to_dict())


@_traducir
def buscar_reembolso(reembolso: Reembolso, pago_id: str) -> LecturaReembolso | None:
    """Look for a refund whose answer we lost."""
    assert reembolso.enviado_en is not None
    candidatos = _listar("/v1/refunds", reembolso.enviado_en, payment_intent=pago_id)
    return next(
        (
            leer_reembolso(re)
            for re in candidatos
            if (re.get("metadata") or {}).get("reembolso_id") == str(reembolso.id)
        ),
        None,
    )


@_traducir
def consultar_disputa(pasarela_id: str) -> LecturaDisputa:
    return leer_disputa(cliente().v1.disputes.retrieve(pasarela_id).to_dict())


@_traducir
def responder_disputa(respuesta: RespuestaDisputa, disputa_id: str) -> LecturaDisputa:
    """Hand the evidence to the bank, once; the key is the answer's id."""
    pruebas = {
        "uncategorized_text": respuesta.explicacion,
        "product_description": respuesta.producto,
        "service_date": respuesta.fecha.isoformat() if respuesta.fecha else "",
        "shipping_tracking_number": respuesta.guia,
    }
    parametros: dict[str, Any] = {
        "evidence": {nombre: texto for nombre, texto in pruebas.items() if texto},
        "submit": True,
        "metadata": {"respuesta_id": str(respuesta.id)},
    }
    clave: stripe.RequestOptions = {"idempotency_key": str(respuesta.id)}
    return leer_disputa(cliente().v1.disputes.update(disputa_id, parametros, clave).to_dict())  # type: ignore[arg-type]


# --- Saved cards ------------------------------------------------------------------------------------------

_LA_TARJETA = {"expand": ["setup_intent.payment_method"]}


@_traducir
def abrir_guardado(tarjeta: TarjetaGuardada, retorno: str, cliente_id: str | None) -> LecturaTarjeta:
    """Open the gateway's page where a card is written to be kept; the key is the row's id."""
    parametros: dict[str, Any] = {
        "mode": "setup",
        "payment_method_types": ["card"],
        "client_reference_id": str(tarjeta.id),
        "metadata": {"tarjeta_id": str(tarjeta.id)},
        "locale": "es-419",
        "success_url": retorno,
        "cancel_url": retorno,
    }
    parametros |= {"customer": cliente_id} if cliente_id else {"customer_creation": "always"}
    clave: stripe.RequestOptions = {"idempotency_key": str(tarjeta.id)}
    return leer_guardado(cliente().v1.checkout.sessions.create(parametros, clave).to_dict())  # type: ignore[arg-type]


@_traducir
def consultar_guardado(sesion_id: str) -> LecturaTarjeta:
    return leer_guardado(cliente().v1.checkout.sessions.retrieve(sesion_id, _LA_TARJETA).to_dict())  # type: ignore[arg-type]


@_traducir
def cerrar_guardado(sesion_id: str) -> LecturaTarjeta:
    """Make sure that no card can be written on that page any more."""
    return leer_guardado(cliente().v1.checkout.sessions.expire(sesion_id, _LA_TARJETA).to_dict())  # type: ignore[arg-type]


@_traducir
def olvidar_tarjeta(pasarela_id: str) -> None:
    """The gateway forgets a saved card."""
    cliente().v1.payment_methods.detach(pasarela_id)


@_traducir
def eventos_desde(desde: datetime) -> list[dict[str, Any]]:
    """What happened at the gateway since an instant, oldest first: webhooks get lost, this list does not."""
    return list(_listar("/v1/events", desde))[::-1]


def intento_de_metadatos(texto: str | None) -> UUID | None:
    """The id of ours that an object carries, if it is one."""
    try:
        return UUID(texto or "")
    except ValueError:
        return None
