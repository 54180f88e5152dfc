"""The scanner as an application of the telephone: its shell, and the queue that it sends.

The shell is the same for everybody, so that it may be kept in the telephone; who works is asked apart.
"""

import json
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from envios.entrega import Relacion
from envios.escaner.con_archivos import foto_de, recibir_con_archivos
from envios.escaner.esquemas import (
    AgenciaDelTelefono,
    EscaneosJuzgados,
    EstadoDelTelefono,
    HojaDelTelefono,
    OperadorDelTelefono,
    PorResolver,
    SubidaConArchivos,
    SubidaDeEscaneos,
)
from envios.escaner.hoja import leer_hoja
from envios.escaner.presentar import leer_juzgados, leer_por_resolver
from envios.escaner.recibir import recibir
from envios.escaner.resolver import dejar_asi, deshacer
from envios.eventos import CODIGOS, CODIGOS_DE_ESCANEO, Codigo, opciones_de_accion, opciones_de_motivo
from envios.items import operadores_de
from envios.operadores import agencias_del_actor
from nucleo.archivos import Recibido
from nucleo.archivos.servir import respuesta_de
from nucleo.bd import Sesion
from nucleo.plantillas import ESTATICOS, hoja_de_estilo, renderizar
from nucleo.reloj import ahora_bd
from nucleo.web import publico

router = APIRouter(prefix="/escaner", include_in_schema=False)
PUBLICO = [Depends(publico)]
CARPETA = "envios/escaner"


def _piezas() -> list[str]:
    """The addresses of what the shell is made of; modules import each other by plain names."""
    archivos = sorted(p.name for p in (ESTATICOS / CARPETA).iterdir() if p.name != "sw.js")
    return [hoja_de_estilo(), *(f"/estatico/{CARPETA}/{nombre}" for nombre in archivos)]


def _version() -> str:
    """Changes with any piece of the shell, its page included."""
    suma = sha256(hoja_de_estilo().encode())
    for archivo in sorted((ESTATICOS / CARPETA).iterdir()):
        suma.update(archivo.read_bytes())
    suma.update(_cascaron("").encode())
    return suma.hexdigest()[:12]


def _cascaron(nonce: str) -> str:
    return renderizar(
        "envios/escaner/telefono.html",
        nonce=nonce,
        codigos=[(c.value, CODIGOS[c].texto) for c in (*CODIGOS_DE_ESCANEO, Codigo.EMI)],
        relaciones=[(r.value, r.texto) for r in Relacion if r is not Relacion.REMITENTE],
        motivos=opciones_de_motivo(),
        acciones=opciones_de_accion(),
    )


@router.get("", dependencies=PUBLICO)
def telefono(request: Request) -> HTMLResponse:
    """The shell, the same for everybody."""
    return HTMLResponse(_cascaron(request.state.nonce))


@router.get("/sw.js", dependencies=PUBLICO)
def trabajador(envia: bool = False) -> Response:
    """Its service worker; it may serve the page beside its folder, and nothing else.

    With `envia` it is a module that also sends the queue. Its policy is its own: what a worker imports has no
    nonce.
    """
    codigo = (ESTATICOS / CARPETA / "sw.js").read_text("utf-8")
    codigo = codigo.replace("__VERSION__", _version()).replace('"__PIEZAS__"', json.dumps(_piezas())[1:-1])
    if envia:
        codigo = f'import "/estatico/{CARPETA}/sincronizar.js";\n{codigo}'
    cabeceras = {
        "Cache-Control": "no-cache",
        "Service-Worker-Allowed": "/escaner",
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'",
    }
    return Response(codigo, media_type="text/javascript", headers=cabeceras)


@router.get("/estado")
def estado(sesion: Sesion, actor: ActorRequerido) -> EstadoDelTelefono:
    """Who works and where, the server's clock, and what waits for them."""
    assert actor.persona_id is not None, "a machine has no telephone"
    return EstadoDelTelefono(
        ahora_ms=int(ahora_bd(sesion).timestamp() * 1000),
        persona_id=actor.persona_id,
        nombre=actor.nombre,
        operadores=[
            OperadorDelTelefono(
                id=o.id,
                nombre=o.nombre,
                agencias=[
                    AgenciaDelTelefono(id=a.id, nombre=a.nombre)
                    for a in agencias_del_actor(sesion, actor, o.id)
                ],
            )
            for o in operadores_de(sesion, actor)
        ],
        por_resolver=leer_por_resolver(sesion, actor.persona_id),
    )


@router.get("/hoja")
def hoja(sesion: Sesion, actor: ActorRequerido) -> HojaDelTelefono:
    """The worker's rounds, for the telephone to keep before it has no network."""
    return leer_hoja(sesion, actor)


@router.post("/cola")
def subir(sesion: Sesion, actor: ActorRequerido, cuerpo: SubidaDeEscaneos) -> EscaneosJuzgados:
    """A batch of the queue, as often as needed: each reading gets its own result."""
    juzgados = recibir(sesion, actor, cuerpo, cuerpo.escaneos)
    return leer_juzgados(sesion, juzgados, ahora_bd(sesion))


@router.post("/cola/con-archivos")
def subir_con_archivos(
    sesion: Sesion,
    actor: ActorRequerido,
    datos: Annotated[str, Form(max_length=10_000)],
    foto: Annotated[UploadFile | None, File()] = None,
    firma: Annotated[UploadFile | None, File()] = None,
) -> EscaneosJuzgados:
    """One reading of the queue with its pictures: a label to be read, or a delivery with its proof."""
    imagenes = [None if subida is None else Recibido.de(subida) for subida in (foto, firma)]
    juzgado = recibir_con_archivos(sesion, actor, _leer(datos), *imagenes)
    return leer_juzgados(sesion, [juzgado], ahora_bd(sesion))


def _leer(datos: str) -> SubidaConArchivos:
    try:
        return SubidaConArchivos.model_validate_json(datos)
    except ValidationError as error:
        faltas = [{**e, "loc": ("body", "datos", *e["loc"])} for e in error.errors(include_url=False)]
        raise RequestValidationError(faltas) from error


@router.get("/{escaneo_id}/foto")
def ver_foto(request: Request, sesion: Sesion, actor: ActorRequerido, escaneo_id: UUID) -> Response:
    """The photo of a label that nobody could read, for who took it."""
    return respuesta_de(sesion, foto_de(sesion, actor, escaneo_id), request)


@router.post("/{escaneo_id}/deshacer")
def deshacer_uno(sesion: Sesion, actor: ActorRequerido, escaneo_id: UUID) -> list[PorResolver]:
    """Take back one that was sent; what still waits for the worker."""
    return leer_por_resolver(sesion, deshacer(sesion, actor, escaneo_id).persona_id)


@router.post("/{escaneo_id}/dejar")
def dejar_uno(sesion: Sesion, actor: ActorRequerido, escaneo_id: UUID) -> list[PorResolver]:
    """Leave one as it is; what still waits for the worker."""
    return leer_por_resolver(sesion, dejar_asi(sesion, actor, escaneo_id).persona_id)
