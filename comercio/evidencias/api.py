"""JSON routes of frozen searches."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request

from ciudadania import ActorRequerido
from comercio.evidencias import presentar
from comercio.evidencias.congelar import congelar
from comercio.evidencias.consultas import congelada_visible, congeladas_de, por_huella
from comercio.evidencias.esquemas import (
    CongelacionNueva,
    CongeladaEntera,
    CongeladaPublica,
    PaginaDeCongeladas,
)
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.limites import limitar_direccion
from nucleo.paginacion import Cursor
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["productos"])
VERIFICACIONES_POR_MINUTO = 60


@router.post("/busquedas-congeladas", status_code=201, responses=respuestas(404, 409))
def crear(datos: CongelacionNueva, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> CongeladaEntera:
    """Congela lo que la tienda responde ahora a una búsqueda, como respaldo de una entidad pública."""
    fila = congelar(
        sesion,
        actor,
        datos.unidad_id,
        datos.busqueda.filtros(),
        datos.para_que,
        datos.producto_id,
        datos.id,
    )
    return presentar.entera(fila)


@router.get("/busquedas-congeladas", responses=respuestas(404))
def listar(unidad_id: UUID, sesion: Sesion, actor: ActorRequerido, pagina: Cursor) -> PaginaDeCongeladas:
    """Las de una entidad, la última primero."""
    filas, siguiente = congeladas_de(sesion, actor, unidad_id, pagina)
    return PaginaDeCongeladas(datos=[presentar.breve(f) for f in filas], siguiente=siguiente)


@router.get("/busquedas-congeladas/{congelada_id}", responses=respuestas(404))
def ver(congelada_id: UUID, sesion: Sesion, actor: ActorRequerido) -> CongeladaEntera:
    """Una búsqueda congelada con su documento, para quien compra por la entidad."""
    return presentar.entera(congelada_visible(sesion, actor, congelada_id))


@router.get(
    "/busquedas-congeladas/por-huella/{huella}",
    responses=respuestas(404),
    dependencies=[Depends(publico)],
)
def verificar(request: Request, huella: str, sesion: Sesion) -> CongeladaPublica:
    """Comprueba, con la huella SHA-256 del documento, que es auténtico y de cuándo es."""
    limitar_direccion(request, "comercio.verificar_busqueda", cupo=VERIFICACIONES_POR_MINUTO, ventana_s=60)
    return presentar.publica(por_huella(sesion, huella[:200]))
