"""Open contracting data: release and record packages of OCDS 1.1.5, for anybody."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path, Request, Response

from empresa_digital.registro import unidad_por_id
from feria_inversa.datos_abiertos import presentar
from feria_inversa.datos_abiertos.consultas import (
    Tramo,
    cambios,
    mes_por_direccion,
    meses,
    record_de,
    registros,
    releases_de,
    todas,
)
from feria_inversa.datos_abiertos.escribir import Clase
from feria_inversa.datos_abiertos.esquemas import (
    FORMA_DE_MES,
    Cambios,
    DiasElegidos,
    MesesElegidos,
    PaginaDeMeses,
)
from feria_inversa.datos_abiertos.paquetes import (
    paquete_de_record,
    paquete_de_registros,
    paquete_de_releases,
)
from nucleo.archivos.servir import respuesta_abierta
from nucleo.bd import Sesion
from nucleo.configuracion import ajustes
from nucleo.errores import respuestas
from nucleo.paginacion import Cursor, CursorPedido
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


def _pagina(lista: str, cursor: str | None, limite: int, dias: Mapping[str, Any]) -> str:
    """Where a page of a list is read: one address for each, which no other page says to be its own."""
    puestos = {"cursor": cursor, **dias, "limite": limite}
    return _uri(f"{lista}?{urlencode({clave: valor for clave, valor in puestos.items() if valor})}")


def _paginada(
    lista: str, tramo: Tramo[Any], pagina: CursorPedido, dias: Mapping[str, Any]
) -> tuple[str, dict[str, str]]:
    """Its own address, and where the list goes on: `next` while there is more, and after the last page
    `monitor` (RFC 5989), where what is published later will be read. Who follows `next` ends."""
    sigue = _pagina(lista, tramo.hasta, pagina.limite, dias)
    enlaces = {"next" if tramo.hay_mas else "monitor": sigue}
    return _pagina(lista, pagina.cursor, pagina.limite, dias), enlaces


@router.get("/releases.json", response_class=Response, responses=_JSON | respuestas())
def listar_releases(sesion: Sesion, pagina: Cursor) -> Response:
    """Todas las publicaciones, de la más antigua a la más nueva. `links.next` lleva a la página siguiente; la
    última da en `links.monitor` dónde se leerá lo que se publique después."""
    tramo = todas(sesion, pagina)
    uri, enlaces = _paginada("releases.json", tramo, pagina, {})
    return _responder(paquete_de_releases(uri, tramo.filas, enlaces))


@router.get("/records.json", response_class=Response, responses=_JSON | respuestas())
def listar_records(sesion: Sesion, pagina: Cursor, dias: DiasElegidos) -> Response:
    """Todos los procesos, cada uno con su estado compilado y dónde está cada una de sus publicaciones;
    primero el que hace más que no cambia. Uno que cambia vuelve al final: quien sigue por `links.next`, y
    después de la última página por `links.monitor`, los tiene todos y al día. Con `desde` y `hasta`, los que
    se publicaron por primera vez en esos días."""
    tramo = registros(sesion, pagina, dias)
    uri, enlaces = _paginada("records.json", tramo, pagina, {"desde": dias.desde, "hasta": dias.hasta})
    return _responder(paquete_de_registros(uri, tramo.filas, enlaces))


@router.get("/cambios.json", responses=respuestas())
def listar_cambios(sesion: Sesion, pagina: Cursor, respuesta: Response) -> Cambios:
    """Qué cambió y dónde leerlo, en un orden en el que nada aparece después más atrás: guarde `siguiente` y
    envíelo como `cursor` la próxima vez, aunque pasen meses, para recibir solo lo nuevo, sin saltos ni
    repetidos."""
    respuesta.headers["Access-Control-Allow-Origin"] = "*"
    return presentar.cambios(cambios(sesion, pagina))


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
