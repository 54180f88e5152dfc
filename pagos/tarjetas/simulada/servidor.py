"""The simulated gateway's HTTP face: who asks, what, with which key, and the faults it was told to show.

Whatever is asked is answered, in Stripe's shapes: a connection breaks only when it was told to misbehave.
"""

import hashlib
import json
import re
from datetime import timedelta
from urllib.parse import unquote, urlsplit

import structlog
from requests import PreparedRequest
from requests.exceptions import ReadTimeout

from nucleo.reloj import ahora
from pagos.tarjetas.simulada import objetos
from pagos.tarjetas.simulada.almacen import Almacen, Json, abrir
from pagos.tarjetas.simulada.errores import ErrorSimulado, cuerpo_de_error, inexistente, invalido
from pagos.tarjetas.simulada.eventos import epoca, propio_de
from pagos.tarjetas.simulada.fallas import Falla, tomar_falla
from pagos.tarjetas.simulada.lecturas import expandir
from pagos.tarjetas.simulada.parametros import (
    exigir_ofrecidos,
    leer_formulario,
    leer_parametros,
    nombres_en_la_ruta,
)
from pagos.tarjetas.simulada.rutas import RUTAS, Ruta, hallar

Respuesta = tuple[int, dict[str, str], str]
Contestado = tuple[int, Json | None, bool]  # status, body (None: nothing is answered), whether it is a replay
LENTITUD = timedelta(seconds=20)
LARGO_DE_CLAVE = 255
LARGO_DE_ID = 120  # what the table keeps as it comes; a longer key, by its hash
VIDA_DE_LA_CLAVE_S = 24 * 3600
_ID = re.compile(r"[A-Za-z0-9_]{1,255}")
_LLAVE = re.compile(r"Bearer sk_test_[A-Za-z0-9_]+")

registro = structlog.get_logger(__name__)


def atender(pedido: PreparedRequest) -> Respuesta:
    """Answer one request as Stripe would; raises `ReadTimeout` as a lost answer would, when told to."""
    try:
        with abrir() as almacen:
            estado, contenido, repetida = _contestar(almacen, pedido)
    except ErrorSimulado as error:
        estado, contenido, repetida = error.estado, error.cuerpo, False
    except Exception:
        registro.exception("pasarela_simulada_fallo", metodo=pedido.method)
        estado, contenido, repetida = 500, _error_interno(), False
    if contenido is None:  # what was done is committed: only the answer is lost
        raise ReadTimeout("la pasarela simulada no contesta", request=pedido)
    cabeceras = {"Content-Type": "application/json", "Request-Id": objetos.nuevo("req")}
    if repetida:
        cabeceras["Idempotent-Replayed"] = "true"
    return estado, cabeceras, json.dumps(contenido, ensure_ascii=False)


def _contestar(almacen: Almacen, pedido: PreparedRequest) -> Contestado:
    """Who and what first: what is badly asked is refused before its key is kept, as there."""
    partes = urlsplit(str(pedido.url))
    metodo, crudo = str(pedido.method), pedido.body or ""
    cuerpo = crudo.decode(errors="replace") if isinstance(crudo, bytes) else str(crudo)
    if not _LLAVE.fullmatch(str(pedido.headers.get("Authorization") or "")):
        raise invalido("Invalid API Key provided.", estado=401)
    hallada = hallar(metodo, partes.path)
    if hallada is None:
        raise invalido(f"Unrecognized request URL ({metodo}: {partes.path[:200]}).", estado=404)
    ruta, ids = hallada
    parametros = _leer(ruta, ids, partes.query if metodo == "GET" else cuerpo)
    clave = str(pedido.headers.get("Idempotency-Key") or "")
    if len(clave) > LARGO_DE_CLAVE or "\x00" in clave:
        raise invalido(f"Idempotency-Key must be at most {LARGO_DE_CLAVE} characters.")
    if metodo != "POST":
        return *_ejecutar(almacen, ruta, ids, parametros), False
    huella = hashlib.sha256(f"{partes.path}\n{cuerpo}".encode()).hexdigest()
    return _con_clave(almacen, ruta, ids, parametros, clave, huella)


def _leer(ruta: Ruta, ids: tuple[str, ...], texto: str) -> Json:
    for nombre, id in zip(nombres_en_la_ruta(ruta.nombre), ids, strict=True):
        if not _ID.fullmatch(id):
            raise inexistente("object", unquote(id, errors="replace")[:200], nombre, estado=404)
    parametros = leer_parametros(ruta.nombre, leer_formulario(texto))
    exigir_ofrecidos(parametros, " ".join(ruta.usa))
    return parametros


# --- Keys and faults ----------------------------------------------------------------------------------------


def _con_clave(
    almacen: Almacen, ruta: Ruta, ids: tuple[str, ...], parametros: Json, clave: str, huella: str
) -> Contestado:
    """Stripe's rules: once execution begins the answer is kept, failures too; another body is refused."""
    guarda = hashlib.sha256(clave.encode()).hexdigest() if len(clave) > LARGO_DE_ID else clave
    if clave:
        if not almacen.cerrar_paso(f"simulada:{clave}"):
            return 409, _en_uso(), False
        guardada = almacen.leer("clave", guarda)
        if guardada is not None and guardada["hasta"] > epoca():
            return _repetir(guardada, huella, clave)
    falla = tomar_falla(almacen, propio_de(parametros))
    fila = {
        "huella": huella,
        "hasta": epoca() + VIDA_DE_LA_CLAVE_S,
        "metodo": ruta.metodo,
        "plantilla": ruta.plantilla,
        "ids": ids,
        "parametros": parametros,
    }
    if falla == Falla.LIMITE:
        return 429, cuerpo_de_error("invalid_request_error", "Too many requests", code="rate_limit"), False
    if falla == Falla.TIEMPO_ANTES:
        return 0, None, False
    if falla == Falla.LENTA:
        almacen.guardar("clave", guarda or objetos.nuevo("key"), {**fila, "estado": None}, ahora() + LENTITUD)
        return 0, None, False
    if falla == Falla.ERROR_ANTES:
        estado, contenido = 500, _error_interno()
    else:
        estado, contenido = _ejecutar(almacen, ruta, ids, parametros)
    if falla == Falla.ERROR_DESPUES:
        estado, contenido = 500, _error_interno()
    if clave:
        almacen.guardar("clave", guarda, {**fila, "estado": estado, "contenido": contenido})
    return estado, (None if falla == Falla.TIEMPO_DESPUES else contenido), False


def _repetir(guardada: Json, huella: str, clave: str) -> Contestado:
    if guardada["huella"] != huella:
        mensaje = (
            f"Keys for idempotent requests can only be used with the same parameters they were first used "
            f"with. Try using a key other than '{clave}' if you meant to execute a different request."
        )
        return 400, cuerpo_de_error("idempotency_error", mensaje), False
    if guardada["estado"] is None:
        return 409, _en_uso(), False
    return guardada["estado"], guardada["contenido"], True


def _en_uso() -> Json:
    return cuerpo_de_error(
        "idempotency_error",
        "There is currently another in-progress request using this Idempotent Key.",
        code="idempotency_key_in_use",
    )


def _error_interno() -> Json:
    return cuerpo_de_error("api_error", "An unknown error occurred")


def ejecutar_demorada(almacen: Almacen, clave: str, fila: Json) -> None:
    """A slow request gets done at last; its key answers it from now on."""
    hallada = next(r for r in RUTAS if (r.metodo, r.plantilla) == (fila["metodo"], fila["plantilla"]))
    estado, contenido = _ejecutar(almacen, hallada, tuple(fila["ids"]), fila["parametros"])
    almacen.guardar("clave", clave, {**fila, "estado": estado, "contenido": contenido})


def _ejecutar(almacen: Almacen, ruta: Ruta, ids: tuple[str, ...], parametros: Json) -> tuple[int, Json]:
    """Do it. What a bank's refusal wrote (a declined charge) stays; any other refusal changes nothing."""
    p = {k: v for k, v in parametros.items() if k != "expand"}
    intento = almacen.conexion.begin_nested()
    try:
        hecho = ruta.hacer(almacen, *ids, p=p)
        estado, contenido = 200, expandir(almacen, hecho, parametros.get("expand", []))
    except ErrorSimulado as error:
        estado, contenido = error.estado, error.cuerpo
    if estado in (200, 402):
        intento.commit()
    else:
        intento.rollback()
    return estado, objetos.limpio(contenido)
