"""The simulated gateway's HTTP face: routes, form decoding, keys that answer the same, faults."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from requests import PreparedRequest
from requests.exceptions import ReadTimeout

from nucleo.reloj import ahora
from pagos.tarjetas.simulada import acciones, objetos
from pagos.tarjetas.simulada.acciones import ErrorSimulado, exigir, invalido
from pagos.tarjetas.simulada.almacen import Almacen, Json, abrir
from pagos.tarjetas.simulada.fallas import Falla, tomar_falla

Respuesta = tuple[int, dict[str, str], str]
LENTITUD = timedelta(seconds=20)
_TROZO_DE_CLAVE = re.compile(r"^[^\[\]]+|\[([^\[\]]*)\]")


def atender(pedido: PreparedRequest) -> Respuesta:
    """Answer one request as Stripe would; raises `ReadTimeout` as a lost answer would."""
    partes = urlsplit(str(pedido.url))
    crudo = pedido.body or ""
    cuerpo = crudo.decode() if isinstance(crudo, bytes) else str(crudo)
    metodo = str(pedido.method)
    parametros = leer_formulario(partes.query if metodo == "GET" else cuerpo)
    clave = str(pedido.headers.get("Idempotency-Key") or "")
    with abrir() as almacen:
        estado, contenido, repetida = _con_clave(almacen, metodo, partes.path, parametros, clave, cuerpo)
    if contenido is None:  # what was done is committed: only the answer is lost
        raise ReadTimeout("la pasarela simulada no contesta", request=pedido)
    cabeceras = {"Content-Type": "application/json", "Request-Id": objetos.nuevo("req")}
    if repetida:
        cabeceras["Idempotent-Replayed"] = "true"
    return estado, cabeceras, json.dumps(contenido, ensure_ascii=False)


def leer_formulario(texto: str) -> Json:
    """`a[b][0][c]=1` as nested dictionaries (lists too: their keys are the positions)."""
    arbol: Json = {}
    for nombre, valor in parse_qsl(texto, keep_blank_values=True):
        pasos = [
            m.group(1) if m.group(1) is not None else m.group(0) for m in _TROZO_DE_CLAVE.finditer(nombre)
        ]
        nodo = arbol
        for paso in pasos[:-1]:
            nodo = nodo.setdefault(paso, {})
        nodo[pasos[-1]] = valor
    return arbol


def _con_clave(
    almacen: Almacen, metodo: str, ruta: str, parametros: Json, clave: str, cuerpo: str
) -> tuple[int, Json | None, bool]:
    """Stripe's rules: once execution begins the answer is kept, failures too; another body is refused."""
    if metodo != "POST":
        estado, contenido = _ejecutar(almacen, metodo, ruta, parametros)
        return estado, contenido, False
    huella = hashlib.sha256(f"{ruta}\n{cuerpo}".encode()).hexdigest()
    if clave:
        if not almacen.cerrar_paso(f"simulada:{clave}"):
            return 409, _en_uso(), False
        guardada = almacen.leer("clave", clave)
        if guardada is not None:
            return _repetir(guardada, huella, clave)
    propio = acciones.propio_de(parametros)
    falla = tomar_falla(almacen, propio)
    fila = {"huella": huella, "ruta": ruta, "parametros": parametros}
    if falla == Falla.LIMITE:
        return 429, objetos.error("invalid_request_error", "Too many requests", code="rate_limit"), False
    if falla == Falla.TIEMPO_ANTES:
        return 0, None, False
    if falla == Falla.LENTA:
        almacen.guardar("clave", clave or objetos.nuevo("key"), {**fila, "estado": None}, ahora() + LENTITUD)
        return 0, None, False
    if falla == Falla.ERROR_ANTES:
        estado, contenido = 500, _error_interno()
    else:
        estado, contenido = _ejecutar(almacen, metodo, ruta, parametros)
    if falla == Falla.ERROR_DESPUES:
        estado, contenido = 500, _error_interno()
    if clave:
        almacen.guardar("clave", clave, {**fila, "estado": estado, "contenido": contenido})
    return estado, (None if falla == Falla.TIEMPO_DESPUES else contenido), False


def _repetir(guardada: Json, huella: str, clave: str) -> tuple[int, Json | None, bool]:
    if guardada["huella"] != huella:
        mensaje = (
            f"Keys for idempotent requests can only be used with the same parameters they were first used "
            f"with. Try using a key other than '{clave}' if you meant to execute a different request."
        )
        return 400, objetos.error("idempotency_error", mensaje), False
    if guardada["estado"] is None:
        return 409, _en_uso(), False
    return guardada["estado"], guardada["contenido"], True


def _en_uso() -> Json:
    return objetos.error(
        "idempotency_error",
        "There is currently another in-progress request using this Idempotent Key.",
        code="idempotency_key_in_use",
    )


def _error_interno() -> Json:
    return objetos.error("api_error", "An unknown error occurred")


def ejecutar_demorada(almacen: Almacen, clave: str, fila: Json) -> None:
    """A slow request gets done at last; its key answers it from now on."""
    estado, contenido = _ejecutar(almacen, "POST", fila["ruta"], fila["parametros"])
    almacen.guardar("clave", clave, {**fila, "estado": estado, "contenido": contenido})


def _ejecutar(almacen: Almacen, metodo: str, ruta: str, parametros: Json) -> tuple[int, Json]:
    for verbo, patron, funcion in RUTAS:
        coincide = re.fullmatch(patron, ruta)
        if verbo == metodo and coincide:
            try:
                return 200, funcion(almacen, *coincide.groups(), parametros=parametros)
            except ErrorSimulado as error:
                return error.estado, error.cuerpo
    return 404, objetos.error("invalid_request_error", f"Unrecognized request URL ({metodo}: {ruta}).")


# --- Routes -------------------------------------------------------------------------------------------------


def _crear_pago(almacen: Almacen, *, parametros: Json) -> Json:
    pi = acciones.crear_pago(almacen, parametros)
    if parametros.get("confirm") == "true":
        acciones.confirmar_pago(almacen, pi, retorno=parametros.get("return_url"))
    return pi


def _confirmar_pago(almacen: Almacen, id: str, *, parametros: Json) -> Json:
    pi = exigir(almacen, "payment_intent", id)
    pi["payment_method"] = parametros.get("payment_method") or pi["payment_method"]
    return acciones.confirmar_pago(almacen, pi, retorno=parametros.get("return_url"))


def _cancelar_pago(almacen: Almacen, id: str, **_: Any) -> Json:
    return acciones.cancelar_pago(almacen, id)


def _crear_sesion(almacen: Almacen, *, parametros: Json) -> Json:
    return acciones.crear_sesion(almacen, parametros)


def _expirar_sesion(almacen: Almacen, id: str, *, parametros: Json) -> Json:
    return _expandida(almacen, acciones.expirar_sesion(almacen, id), parametros)


def _ver_sesion(almacen: Almacen, id: str, *, parametros: Json) -> Json:
    return _expandida(almacen, exigir(almacen, "sesion", id, bloquear=False), parametros)


def _expandida(almacen: Almacen, cs: Json, parametros: Json) -> Json:
    if "payment_intent" in (parametros.get("expand") or {}).values() and cs["payment_intent"]:
        return cs | {
            "payment_intent": exigir(almacen, "payment_intent", cs["payment_intent"], bloquear=False)
        }
    return cs


def _crear_reembolso(almacen: Almacen, *, parametros: Json) -> Json:
    return acciones.crear_reembolso(almacen, parametros)


def _ver(tipo: str) -> Callable[..., Json]:
    def ver(almacen: Almacen, id: str, *, parametros: Json) -> Json:  # noqa: ARG001 (as every action)
        return exigir(almacen, tipo, id, bloquear=False)

    return ver


def _listar(tipo: str, ruta: str, *filtros: str) -> Callable[..., Json]:
    def listar(almacen: Almacen, *, parametros: Json) -> Json:
        limite = int(parametros.get("limit", 10))
        if not 1 <= limite <= 100:
            raise invalido("Invalid limit: must be between 1 and 100", param="limit")
        creado = parametros.get("created") or {}
        filas = almacen.listar(
            tipo,
            limite=limite + 1,
            tras=parametros.get("starting_after"),
            desde=int(creado.get("gte", 0)),
            hasta=int(creado.get("lte", 2**62)),
            filtro={f: parametros[f] for f in filtros if f in parametros} or None,
        )
        return objetos.lista(ruta, filas[:limite], hay_mas=len(filas) > limite)

    return listar


RUTAS: list[tuple[str, str, Callable[..., Json]]] = [
    ("POST", r"/v1/payment_intents", _crear_pago),
    ("GET", r"/v1/payment_intents", _listar("payment_intent", "/v1/payment_intents")),
    ("GET", r"/v1/payment_intents/([^/]+)", _ver("payment_intent")),
    ("POST", r"/v1/payment_intents/([^/]+)/confirm", _confirmar_pago),
    ("POST", r"/v1/payment_intents/([^/]+)/cancel", _cancelar_pago),
    ("POST", r"/v1/checkout/sessions", _crear_sesion),
    ("GET", r"/v1/checkout/sessions/([^/]+)", _ver_sesion),
    ("POST", r"/v1/checkout/sessions/([^/]+)/expire", _expirar_sesion),
    ("GET", r"/v1/charges/([^/]+)", _ver("charge")),
    ("POST", r"/v1/refunds", _crear_reembolso),
    ("GET", r"/v1/refunds", _listar("refund", "/v1/refunds", "payment_intent", "charge")),
    ("GET", r"/v1/refunds/([^/]+)", _ver("refund")),
    ("GET", r"/v1/disputes", _listar("dispute", "/v1/disputes", "payment_intent", "charge")),
    ("GET", r"/v1/disputes/([^/]+)", _ver("dispute")),
    ("GET", r"/v1/events", _listar("event", "/v1/events", "type")),
]
