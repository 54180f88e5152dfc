"""Open contracting data: release and record packages of OCDS 1.1.5, for anybody."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from sqlmodel import select

from empresa_digital.registro import unidad_por_id
from feria_inversa.datos_abiertos import presentar
from feria_inversa.datos_abiertos.consultas import (
    mes_por_direccion,
    meses,
    record_de,
    releases_de,
    ya_en_su_lugar,
)
from feria_inversa.datos_abiertos.escribir import Clase
from feria_inversa.datos_abiertos.esquemas import FORMA_DE_MES, MesesElegidos, PaginaDeMeses
from feria_inversa.datos_abiertos.modelos import ReleaseOcds
from feria_inversa.datos_abiertos.paquetes import paquete_de_record, paquete_de_releases
from nucleo.archivos.servir import respuesta_abierta
from nucleo.bd import Sesion
from nucleo.configuracion import ajustes
from nucleo.errores import respuestas
from nucleo.paginacion import Cursor, paginar
from nucleo.web import publico

router = APIRouter(prefix="/ocds", tags=["datos abiertos"], dependencies=[Depends(publico)])
Ocid = Annotated[str, Path(max_length=80, examples=["ocds-qhatu0-26-1101-00-000001-1-1"])]
_JSON: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Paquete OCDS 1.1.5",
        "content": {"application/json": {"schema": {"type": "object", "additionalProperties": True}}},
    }
}
_ARCHIVO: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "El archivo, como se hizo.",
        "content": {c.tipo: {"schema": {"type": "string", "format": "binary"}} for c in Clase},
    },
    304: {"description": "Es el mismo que ya tiene (`If-None-Match`, `If-Modified-Since`)."},
}
Mes = Annotated[str, Path(pattern=f"^{FORMA_DE_MES}$", examples=["2026-11"])]


def _responder(texto: str) -> Response:
    # Open data is for other sites' pages too.
    cabeceras = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=60"}
    return Response(texto, media_type="application/json", headers=cabeceras)


def _uri(ruta: str) -> str:
    return f"{ajustes().url_publica}/ocds/{ruta}"


def _pagina(limite: int, cursor: str | None) -> str:
    """Where a page of the list is read: one address for each, which no other page says to be its own."""
    desde = f"cursor={cursor}&" if cursor else ""
    return _uri(f"releases.json?{desde}limite={limite}")


@router.get("/releases.json", response_class=Response, responses=_JSON | respuestas())
def listar_releases(sesion: Sesion, pagina: Cursor) -> Response:
    """Todas las publicaciones, de la más antigua a la más nueva; `links.next` lleva a la página siguiente."""
    en_su_lugar = select(ReleaseOcds).where(ya_en_su_lugar())
    orden = (ReleaseOcds.transaccion, ReleaseOcds.numero)
    filas, cursor = paginar(sesion, en_su_lugar, pagina, columnas=orden, desc=False)
    siguiente = _pagina(pagina.limite, cursor) if cursor else None
    return _responder(paquete_de_releases(_pagina(pagina.limite, pagina.cursor), filas, siguiente))


@router.get("/releases/{ocid}", response_class=Response, responses=_JSON | respuestas(404))
def ver_releases(ocid: Ocid, sesion: Sesion) -> Response:
    """Las publicaciones de un proceso, una por acto, tal como salieron."""
    return _responder(paquete_de_releases(_uri(f"releases/{ocid}"), releases_de(sesion, ocid)))


@router.get("/records/{ocid}", response_class=Response, responses=_JSON | respuestas(404))
def ver_record(ocid: Ocid, sesion: Sesion) -> Response:
    """Un proceso con sus publicaciones y el estado compilado."""
    return _responder(paquete_de_record(_uri(f"records/{ocid}"), *record_de(sesion, ocid)))


@router.get("/meses.json", responses=respuestas())
def listar_meses(sesion: Sesion, pagina: Cursor, filtro: MesesElegidos, respuesta: Response) -> PaginaDeMeses:
    """Los archivos de cada mes, el último primero, con su SHA-256: de todas las entidades; con `mes`, también
    los de cada una; con `entidad`, los suyos."""
    respuesta.headers["Access-Control-Allow-Origin"] = "*"
    filas, siguiente = meses(sesion, pagina, filtro)
    return PaginaDeMeses(datos=presentar.meses(sesion, filas), siguiente=siguiente)


@router.get("/meses/{mes}/{archivo}", response_class=Response, responses=_ARCHIVO | respuestas(404))
def bajar_mes(mes: Mes, archivo: Clase, request: Request, sesion: Sesion) -> Response:
    """Los procesos publicados en un mes con lo que fue de ellos: cada publicación, lo compilado de cada
    proceso (una línea de JSON cada uno) o tablas CSV."""
    return _archivo(sesion, request, mes, "", archivo)


@router.get("/meses/{mes}/{entidad}/{archivo}", response_class=Response, responses=_ARCHIVO | respuestas(404))
def bajar_mes_de_entidad(
    mes: Mes,
    entidad: Annotated[str, Path(max_length=30, examples=["UE-0000001-3"])],
    archivo: Clase,
    request: Request,
    sesion: Sesion,
) -> Response:
    """Lo mismo de una entidad, por su número de registro."""
    return _archivo(sesion, request, mes, entidad, archivo)


def _archivo(sesion: Sesion, request: Request, mes: str, entidad: str, archivo: Clase) -> Response:
    fila = mes_por_direccion(sesion, mes, entidad)
    de_quien = unidad_por_id(sesion, fila.unidad_id).numero if fila.unidad_id else "todas"
    nombre = f"{mes}-{de_quien}-{archivo.value}"
    return respuesta_abierta(sesion, getattr(fila, archivo.columna), request, nombre)
