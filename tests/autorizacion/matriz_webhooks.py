"""Rows of the webhooks of a unit: subscriptions, deliveries, sending again; API and pages."""

from typing import Any

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import PUBLICO, Fila, fila, mandato, no

TALLER = mandato("taller", "ADMINISTRAR", "tomas")


def preparar(e: Escena) -> None:
    from nucleo.bd import transaccion
    from nucleo.webhooks import probar

    with transaccion() as sesion:
        e.valores["mensaje"] = probar(sesion, e.valores["webhook"])


def _inactiva(e: Escena) -> None:
    e.administrar("UPDATE nucleo_webhook SET activo = false, baja_en = now(), motivo_baja = 'fallas'")


_DE_TALLER: dict[str, Any] = {
    "params": {"numero": "numero_taller", "webhook_id": "webhook", "mensaje_id": "mensaje"}
}
_API = "/api/v1/unidades-economicas/{numero}/webhooks"
_UNO = _API + "/{webhook_id}"
_PAGINA = "/mis-unidades/{numero}/webhooks"
_UNA = _PAGINA + "/{webhook_id}"
_RANGO = {"desde": "2026-01-01T00:00:00-04:00", "hasta": "2027-01-01T00:00:00-04:00"}
_RANGO_DE_PAGINA = {"desde": "2026-01-01T00:00", "hasta": "2027-01-01T00:00"}
_NO_HAY = no(404, "suscripcion_no_encontrada", params={"webhook_id": "mandato"})
_NO_ESTA = no(404, "No encontramos esa página", params={"webhook_id": "mandato"})
_NO_ACTIVA = no(409, "suscripcion_inactiva", antes=_inactiva)
_APAGADA = no(409, "Actívela otra vez", antes=_inactiva)

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
FILAS: list[Fila] = [
    fila("GET", "/api/v1/webhooks/tipos", PUBLICO, 200),
    fila("GET", _API, TALLER, 200, contiene=True, **_DE_TALLER),
    fila(
        "POST",
        _API,
        TALLER,
        201,
        json={"url": "https://ejemplo.bo/avisos"},
        **_DE_TALLER,
        negada=no(422, "direccion_prohibida", {"url": "https://127.0.0.1/avisos"}),
    ),
    fila("GET", _UNO, TALLER, 200, contiene=True, **_DE_TALLER),
    fila("DELETE", _UNO, TALLER, 204, **_DE_TALLER, negada=_NO_HAY),
    fila("POST", _UNO + "/secreto", TALLER, 200, **_DE_TALLER, negada=_NO_HAY),
    fila("POST", _UNO + "/prueba", TALLER, 202, **_DE_TALLER, negada=_NO_ACTIVA),
    fila("POST", _UNO + "/activacion", TALLER, 204, **_DE_TALLER, negada=_NO_HAY),
    fila("GET", _UNO + "/entregas", TALLER, 200, **_DE_TALLER),
    fila("GET", _UNO + "/entregas/{mensaje_id}", TALLER, 200, **_DE_TALLER),
    fila("POST", _UNO + "/entregas/{mensaje_id}/reenvio", TALLER, 202, **_DE_TALLER, negada=_NO_ACTIVA),
    fila("POST", _UNO + "/reenvios", TALLER, 202, json=_RANGO, **_DE_TALLER, negada=_NO_ACTIVA),
    fila("GET", _PAGINA, TALLER, 200, contiene=True, **_DE_TALLER),
    fila(
        "POST",
        _PAGINA,
        TALLER,
        200,
        form={"url": "https://ejemplo.bo/avisos"},
        **_DE_TALLER,
        negada=no(422, "La dirección debe ser de Internet", {"url": "https://127.0.0.1/avisos"}),
    ),
    fila("GET", _UNA, TALLER, 200, contiene=True, **_DE_TALLER),
    fila("POST", _UNA + "/prueba", TALLER, 303, form={}, a="/mis-unidades/", **_DE_TALLER, negada=_APAGADA),
    fila("POST", _UNA + "/secreto", TALLER, 200, form={}, contiene=True, **_DE_TALLER, negada=_NO_ESTA),
    fila(
        "POST", _UNA + "/activacion", TALLER, 303, form={}, a="/mis-unidades/", **_DE_TALLER, negada=_NO_ESTA
    ),
    fila("POST", _UNA + "/baja", TALLER, 303, form={}, a="/mis-unidades/", **_DE_TALLER, negada=_NO_ESTA),
    fila(
        "POST",
        _UNA + "/reenvios",
        TALLER,
        303,
        form=_RANGO_DE_PAGINA,
        a="/mis-unidades/",
        **_DE_TALLER,
        negada=_APAGADA,
    ),
    fila("GET", _UNA + "/entregas/{mensaje_id}", TALLER, 200, contiene=True, **_DE_TALLER),
    fila(
        "POST",
        _UNA + "/entregas/{mensaje_id}/reenvio",
        TALLER,
        303,
        form={},
        a="/mis-unidades/",
        **_DE_TALLER,
        negada=_APAGADA,
    ),
]
