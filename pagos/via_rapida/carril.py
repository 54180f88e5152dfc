"""The fast lane of `POST /api/v1/transferencias` and of batches: a person's own wallet paying others.

The ordinary handler resolves the session, the actor and the accounts of each request with some ten round
trips. Here the tokens and accounts of the requests that arrive together are resolved in one query each,
without caching anything that can change, and the transfers are written in one call. Whatever is not plainly
good (a cookie, a machine's token, a unit's account, a note, a malformed body) goes the ordinary way, which
decides and explains.
"""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from pydantic import ValidationError
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ciudadania import personas_de_tokens
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.errores import ErrorDominio
from nucleo.problemas import respuesta_problema
from pagos.libro import (
    NOMBRE_DE_TIPO,
    Codigo,
    ColaLlena,
    NuevaTransferencia,
    NuevoLote,
    Resultado,
    TipoTitular,
    TipoTransferencia,
    TransferenciaVista,
    codigo_de,
    error_de,
)
from pagos.via_rapida.agrupador import Agrupador, del_proceso
from pagos.via_rapida.escritor import escritor
from pagos.via_rapida.lotes import cuentas_del_lote, hacer_lote, solicitud, turnos

CUENTAS_MAXIMO = 100_000
CUERPO_MAXIMO = 2_048
LOTE_MAXIMO = 1_048_576  # bytes; the ordinary way takes longer ones
RUTA = "/api/v1/transferencias"
RUTA_DE_LOTES = "/api/v1/lotes-de-transferencias"
LOTE_EN_EL_BUCLE = 64 * 1024  # bytes of a body that the event loop reads itself; a longer one takes a thread


_CUENTAS = "SELECT id, titular_tipo, titular_id FROM pagos_cuenta WHERE id = ANY(%s::bigint[])"


class DatosDeCuenta(NamedTuple):
    """What never changes of an account, so that it may be remembered."""

    titular_tipo: TipoTitular
    titular_id: UUID


class Consulta(NamedTuple):
    token: str
    debito: int
    credito: int


class Permiso(NamedTuple):
    persona_id: UUID | None
    debito: DatosDeCuenta | None
    credito: DatosDeCuenta | None


class Portero(Agrupador[Consulta, Permiso]):
    """Who asks, and whose accounts they name, for many requests at once."""

    def __init__(self) -> None:
        super().__init__()
        self._cuentas: dict[int, DatosDeCuenta] = {}

    async def aplicar(self, conexion: psycopg.AsyncConnection[Any], pedidos: list[Consulta]) -> list[Permiso]:
        personas = await personas_de_tokens(conexion, {p.token for p in pedidos})
        faltan = {i for p in pedidos for i in (p.debito, p.credito) if i not in self._cuentas}
        if faltan:
            await self._recordar(conexion, list(faltan))
        return [
            Permiso(personas.get(p.token), self._cuentas.get(p.debito), self._cuentas.get(p.credito))
            for p in pedidos
        ]

    async def _recordar(self, conexion: psycopg.AsyncConnection[Any], ids: list[int]) -> None:
        filas = await conexion.execute(_CUENTAS, (ids,))
        self._anotar(await filas.fetchall())

    def _anotar(self, filas: Sequence[Any]) -> dict[int, DatosDeCuenta]:
        nuevas = {id: DatosDeCuenta(TipoTitular(tipo), titular_id) for id, tipo, titular_id in filas}
        if len(self._cuentas) > CUENTAS_MAXIMO:
            self._cuentas.clear()
        self._cuentas.update(nuevas)
        return nuevas

    def titulares(self, sesion: Session, ids: set[int]) -> dict[int, TipoTitular]:
        """What kind of owner each of these accounts has, for the thread of a batch: it may be any number of
        them, and single payments do not wait for their query."""
        halladas = {i: datos for i in ids if (datos := self._cuentas.get(i)) is not None}
        if faltan := ids - halladas.keys():
            filas = sesion.connection().exec_driver_sql(_CUENTAS, (list(faltan),))
            halladas |= self._anotar(filas.all())
        return {i: datos.titular_tipo for i, datos in halladas.items()}


def vista(
    pedido: NuevaTransferencia, codigo: Codigo, resultado: Resultado, nota: str | None = None
) -> Response:
    """The answer to a payment, the same bytes whoever gives it: 201 the first time, 200 when repeated.

    Raises the domain error of a refusal.
    """
    if not resultado.hecha:
        raise error_de(resultado.codigo)
    assert resultado.numero is not None
    assert resultado.creada_en is not None
    cuerpo = TransferenciaVista(
        id=pedido.id,
        numero=resultado.numero,
        debito=pedido.debito,
        credito=pedido.credito,
        monto=pedido.monto,
        codigo=codigo,
        tipo=NOMBRE_DE_TIPO[TipoTransferencia.SIMPLE],
        creada_en=resultado.creada_en,
        nota=nota,
    )
    estado = 201 if resultado.codigo == "ok" else 200
    return Response(cuerpo.model_dump_json(), estado, media_type="application/json")


def _token(request: Request) -> str | None:
    """The bearer token of a request with a JSON body."""
    esquema, _, token = request.headers.get("authorization", "").partition(" ")
    if esquema.lower() != "bearer" or not 0 < len(token) <= 200:
        return None
    tipo = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return token if tipo == "application/json" else None


async def intentar(request: Request) -> Response | None:
    """The answer of the fast lane; None when the request must go the ordinary way, refusals included."""
    token = _token(request)
    if token is None:
        return None
    try:
        pedido = NuevaTransferencia.model_validate_json(await request.body())
    except ValidationError:
        return None
    permiso = await del_proceso(Portero).pedir(Consulta(token, pedido.debito, pedido.credito), token)
    if permiso.persona_id is None or permiso.debito is None or permiso.credito is None:
        return None
    if permiso.debito != (TipoTitular.PERSONA, permiso.persona_id):
        return None
    codigo = codigo_de(TipoTitular.PERSONA, TipoTitular(permiso.credito.titular_tipo))
    actor = Actor(tipo="persona", nombre="", persona_id=permiso.persona_id)
    resultado = await escritor().transferir(solicitud(pedido, codigo), Autorizacion.propia(actor))
    # One made before may carry a note: the ordinary way compares it.
    return vista(pedido, codigo, resultado) if resultado.codigo == "ok" else None


async def intentar_lote(request: Request) -> Response | None:
    """The same for a batch that a person pays from their own wallet, and that nothing refuses as a whole."""
    token = _token(request)
    if token is None:
        return None
    async with turnos.tomar():
        cuerpo = await request.body()
        try:
            if len(cuerpo) <= LOTE_EN_EL_BUCLE:
                lote = NuevoLote.model_validate_json(cuerpo)
            else:
                lote = await run_in_threadpool(NuevoLote.model_validate_json, cuerpo)
        except ValidationError:
            return None
        debito = lote.transferencias[0].debito
        if any(p.debito != debito for p in lote.transferencias):
            return None
        portero = del_proceso(Portero)
        permiso = await portero.pedir(Consulta(token, debito, debito), token)
        if permiso.persona_id is None or permiso.debito != (TipoTitular.PERSONA, permiso.persona_id):
            return None
        actor = Actor(tipo="persona", nombre="", persona_id=permiso.persona_id)
        hecho = await run_in_threadpool(_hacer_lote, portero, Autorizacion.propia(actor), lote)
    return Response(hecho, media_type="application/json")


def _hacer_lote(portero: Portero, autorizacion: Autorizacion, lote: NuevoLote) -> str:
    with transaccion() as sesion:
        de_quien = portero.titulares(sesion, cuentas_del_lote(lote))
        vista_del_lote = hacer_lote(sesion, lote, de_quien, autorizacion)
    return vista_del_lote.model_dump_json()


_CARRILES = {RUTA: intentar, RUTA_DE_LOTES: intentar_lote}
_RUTAS = {ruta: SimpleNamespace(path=ruta) for ruta in _CARRILES}


class Carril:
    """ASGI middleware: the fast lane in front of the router, which alone costs more than the payment."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in _CARRILES or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        largo = request.headers.get("content-length", "")
        ruta = scope["path"]
        if not (largo.isdecimal() and int(largo) <= (CUERPO_MAXIMO if ruta == RUTA else LOTE_MAXIMO)):
            await self.app(scope, receive, send)
            return
        respuesta: Response | None
        try:
            respuesta = await _CARRILES[ruta](request)
        except ColaLlena as error:
            respuesta = respuesta_problema(error)  # the ordinary way would only add to the load
        except ErrorDominio:
            respuesta = None  # the ordinary way meets it again, and answers it
        if respuesta is not None:
            scope["route"] = _RUTAS[ruta]  # for the metrics
            await respuesta(scope, receive, send)
            return
        await self.app(scope, await _repetir(request), send)


async def _repetir(request: Request) -> Receive:
    """The request's messages again, for the application behind: its body was already read."""
    cuerpo = await request.body()
    pendientes: list[Message] = [{"type": "http.request", "body": cuerpo, "more_body": False}]

    async def recibir() -> Message:
        return pendientes.pop() if pendientes else await request.receive()

    return recibir
