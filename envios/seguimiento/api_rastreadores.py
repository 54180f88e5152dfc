"""JSON routes of trackers: a shop's systems follow numbers and are told by webhook."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field
from starlette.status import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from envios.items import ActorDeEnvios
from envios.seguimiento.esquemas import Seguimiento
from envios.seguimiento.estados import EstadoRastreador
from envios.seguimiento.modelos import Rastreador
from envios.seguimiento.rastreadores import (
    dejar_de_rastrear,
    rastreador_visible,
    rastreadores_de,
    rastrear,
    vista_de_la_unidad,
)
from envios.seguimiento.rastros import rastro_de
from envios.seguimiento.seguimiento import seguimiento_de
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import Entrada, escrito
from nucleo.paginacion import Cursor, Pagina, paginar

router = APIRouter(route_class=RutaIdempotente)


class RastreadorPorCrear(Entrada):
    """A number to follow, also one that does not exist yet."""

    unidad_id: UUID = Field(description="La unidad a cuyos webhooks se avisa.")
    numero: Annotated[str, escrito(60, 1)]
    emisor_unidad_id: UUID | None = Field(
        None, description="De quién es el número, cuando varios llaman así a un envío."
    )


class RastreadorLeido(BaseModel):
    id: UUID
    unidad_id: UUID
    numero: str = Field(description="Como se escribió.")
    emisor_unidad_id: UUID | None
    estado: EstadoRastreador = Field(description="Esperando: aún no hay un envío con ese número.")
    caduca_en: datetime = Field(description="Cuándo termina solo.")
    creado_en: datetime
    terminado_en: datetime | None


class RastreadorCompleto(RastreadorLeido):
    seguimiento: Seguimiento | None


@router.post("/rastreadores", status_code=HTTP_201_CREATED, responses=respuestas(404, 409))
def crear_rastreador(
    response: Response, sesion: Sesion, actor: ActorDeEnvios, cuerpo: RastreadorPorCrear, _: Idempotente
) -> RastreadorCompleto:
    """Sigue un número para una unidad que vende; 200 si ya lo seguía. Lo que ocurra llega por webhook."""
    fila, nuevo = rastrear(sesion, actor, cuerpo.unidad_id, cuerpo.numero, cuerpo.emisor_unidad_id)
    response.status_code = HTTP_201_CREATED if nuevo else 200
    response.headers["Location"] = f"/api/v1/rastreadores/{fila.id}"
    return _completo(sesion, fila)


@router.get("/rastreadores", responses=respuestas())
def listar_rastreadores(
    sesion: Sesion, actor: ActorDeEnvios, pagina: Cursor, unidad: Annotated[UUID, Query()]
) -> Pagina[RastreadorLeido]:
    """Los de una unidad, el más nuevo primero."""
    columnas = (Rastreador.creado_en, Rastreador.id)
    filas, siguiente = paginar(sesion, rastreadores_de(sesion, actor, unidad), pagina, columnas=columnas)
    return Pagina(datos=[_leido(f) for f in filas], siguiente=siguiente)


@router.get("/rastreadores/{rastreador_id}", responses=respuestas(404))
def obtener_rastreador(sesion: Sesion, actor: ActorDeEnvios, rastreador_id: UUID) -> RastreadorCompleto:
    """Uno, con el seguimiento de ahora."""
    return _completo(sesion, rastreador_visible(sesion, actor, rastreador_id))


@router.delete("/rastreadores/{rastreador_id}", status_code=HTTP_204_NO_CONTENT, responses=respuestas(404))
def terminar_rastreador(sesion: Sesion, actor: ActorDeEnvios, rastreador_id: UUID, _: Idempotente) -> None:
    """Deja de seguirlo."""
    dejar_de_rastrear(sesion, actor, rastreador_id)


def _leido(fila: Rastreador) -> RastreadorLeido:
    propios = {c: getattr(fila, c) for c in RastreadorLeido.model_fields}
    return RastreadorLeido(**propios | {"numero": fila.escrito})


def _completo(sesion: Sesion, fila: Rastreador) -> RastreadorCompleto:
    seguimiento = None
    if fila.envio_id is not None:
        rastro = rastro_de(sesion, fila.envio_id)
        vista = vista_de_la_unidad(sesion, fila.unidad_id, rastro.envio)
        seguimiento = seguimiento_de(sesion, rastro, vista)
    return RastreadorCompleto(**_leido(fila).model_dump(), seguimiento=seguimiento)
