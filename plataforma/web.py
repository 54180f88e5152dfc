"""The web application: the routes of every room under one middleware."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Body, Depends, FastAPI
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import Field, create_model
from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from nucleo import bitacora, problemas
from nucleo.acceso import publico
from nucleo.archivos import servir
from nucleo.bd import comprobar
from nucleo.configuracion import RAIZ, ajustes
from nucleo.limites import valkey
from nucleo.plantillas import leer_hoja
from nucleo.web import Seguridad
from nucleo.webhooks import TipoDeWebhook, tipos
from plataforma.habitaciones import modulos
from plataforma.rutas import acortar_busqueda

MAXIMO_CUERPO = 12 * 1024 * 1024
DESCRIPCION = (
    "Mercado, pagos de montos pequeños, feria inversa del Estado, envíos y empresa digital "
    "sobre un solo registro de unidades económicas."
)


class Estaticos(StaticFiles):
    """Static files; an address with the content's fingerprint may be cached for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        respuesta = await super().get_response(path, scope)
        con_huella = b"v=" in scope.get("query_string", b"")
        vida = "public, max-age=31536000, immutable" if con_huella else "public, max-age=300"
        respuesta.headers["Cache-Control"] = vida
        return respuesta


class Aplicacion(FastAPI):
    """The application, whose description says of each operation by which scopes a program may use it."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            for metodos in super().openapi()["paths"].values():
                for operacion in metodos.values():
                    if "security" in operacion:  # without a scope, it is for people alone
                        operacion["security"] = [s for s in operacion["security"] if s != {"cliente": []}]
        return super().openapi()


def crear_app() -> FastAPI:
    """Build the application; importing the rooms registers their event handlers and periodic work."""
    bitacora.configurar()
    app = Aplicacion(
        title="Qhatu",
        version="1",
        description=DESCRIPCION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        default_response_class=JSONResponse,
        max_body_size=MAXIMO_CUERPO,
        generate_unique_id_function=_id_de_operacion,
    )
    problemas.instalar(app)
    modulos("tareas")
    for registran in ("manejadores", "panel", "vitrina", "obligaciones"):
        modulos(registran)
    for modulo in modulos("api"):
        app.include_router(modulo.router)
    for modulo in modulos("web"):
        if hasattr(modulo, "router"):
            app.include_router(modulo.router, include_in_schema=False)
    _instalar_propias(app)
    _describir_webhooks(app)
    app.include_router(servir.router)
    app.mount("/estatico", Estaticos(directory=RAIZ / "static"), name="estatico")
    acortar_busqueda(app)
    app.add_middleware(GZipMiddleware, minimum_size=500, compresslevel=6)
    for modulo in modulos("carril"):  # fast lanes, in front of the router; what they answer is short
        app.add_middleware(modulo.Carril)
    app.add_middleware(Seguridad)
    return app


def _describir_webhooks(app: FastAPI) -> None:
    """What is sent to units' systems, in the `webhooks` of `/openapi.json`."""
    for tipo in tipos().values():
        mensaje = create_model(
            f"Mensaje{tipo.codigo}",
            type=(str, Field(pattern=f"^{tipo.codigo}$")),
            timestamp=(datetime, ...),
            data=(tipo.modelo, ...),
        )

        def recibir(cuerpo: Any) -> None:
            """Nobody calls it: it describes the message."""

        recibir.__annotations__["cuerpo"] = Annotated[
            mensaje, Body(openapi_examples={"ejemplo": {"value": _mensaje_de_ejemplo(tipo)}})
        ]
        app.webhooks.add_api_route(
            tipo.codigo,
            recibir,
            methods=["POST"],
            status_code=204,
            summary=str(tipo.descripcion),
            operation_id=f"webhook_{tipo.codigo}",
            tags=["webhooks"],
        )


def _mensaje_de_ejemplo(tipo: TipoDeWebhook) -> dict[str, Any]:
    return {"type": tipo.codigo, "timestamp": "2026-11-28T14:05:00+00:00", "data": dict(tipo.ejemplo)}


def _id_de_operacion(ruta: Any) -> str:
    """`pagos_personas_pagar`: the room and the function, unique for client generators."""
    habitacion = ruta.endpoint.__module__.rpartition(".")[0].replace(".", "_")
    return f"{habitacion}_{ruta.name}"


def _instalar_propias(app: FastAPI) -> None:
    from plataforma import portada, referencia

    app.include_router(portada.router, include_in_schema=False)
    if ajustes().es_demostracion:
        app.include_router(referencia.router, include_in_schema=False)
    sin_esquema: dict[str, Any] = {"include_in_schema": False, "dependencies": [Depends(publico)]}

    @app.get("/hoja.css", **sin_esquema)
    def hoja() -> Response:
        cabeceras = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(leer_hoja(), media_type="text/css", headers=cabeceras)

    @app.get("/salud/vivo", **sin_esquema)
    def vivo() -> dict[str, str]:
        return {"estado": "vivo"}

    @app.get("/salud/listo", **sin_esquema)
    def listo() -> Response:
        faltas = _faltas()
        cuerpo = {"estado": "no listo", "faltas": faltas} if faltas else {"estado": "listo"}
        return JSONResponse(cuerpo, 503 if faltas else 200)

    @app.get("/metrics", **sin_esquema)
    def metricas() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _faltas() -> list[str]:
    faltas = []
    try:
        comprobar()
    except (SQLAlchemyError, RuntimeError):
        faltas.append("base de datos")
    try:
        valkey().ping()
    except Exception:
        faltas.append("valkey")
    return faltas


app = crear_app()
