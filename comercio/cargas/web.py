"""Pages of files of products: take one out, send one in, look at what it would do, and how far it is."""

from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.background import BackgroundTask
from starlette.responses import Response, StreamingResponse

from ciudadania import ActorRequerido
from comercio.cargas import cargar, consultas, exportar
from comercio.cargas.columnas import EJEMPLO
from comercio.cargas.estados import TONOS, EstadoCarga, Que, nombre_estado
from comercio.cargas.formularios import PASO, SUBIDA, HojaDePaso, HojaDeSubida
from comercio.cargas.leer import leer_archivo
from comercio.catalogo import arbol, en_palabras, medidas
from comercio.vendedores import mesa_de
from empresa_digital.registro import Facultad, exigir_facultad
from nucleo.actor import Actor
from nucleo.archivos.recibido import TROZO
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.paginacion import Cursor, CursorPedido
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/vender/productos-por-archivo")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("")
def comienzo(request: Request, sesion: Sesion, actor: ActorRequerido, unidad: str = "") -> Response:
    return _comienzo(request, sesion, actor, unidad)


def _comienzo(
    request: Request, sesion: Session, actor: Actor, unidad: str, hoja: Hoja[Any] | None = None
) -> Response:
    mesa = mesa_de(request, sesion, actor, unidad, hoja)
    if isinstance(mesa, Response):
        return mesa
    ramas = arbol(sesion)
    return pagina(
        request,
        "comercio/cargas/comienzo.html",
        hoja=hoja,
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        subida=SUBIDA.mostrar(request, {"unidad": mesa.tienda.id}, enviada=hoja),
        cargas=consultas.cargas_de(sesion, mesa.tienda.id),
        nombre_estado=nombre_estado,
        tonos=TONOS,
        categorias=[(ramas.nombre(r), hojas) for r, hojas in ramas.ramas.items()],
        medidas=list(medidas().values()),
    )


@router.post("")
def subir(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeSubida) -> Response:
    """Read the file and show what it would do. Pressed twice, it is one."""
    with hoja:
        carga = leer_archivo(sesion, actor, hoja.datos.unidad, hoja.archivo("archivo"), hoja.id)
        return redirigir(f"{router.prefix}/{carga.id}", _("Revise lo que hará el archivo y confirme."))
    return _comienzo(request, sesion, actor, hoja.valores.get("unidad", ""), hoja)


@router.get("/plantilla.csv")
def plantilla(_actor: ActorRequerido) -> Response:
    """The heading with some lines to write over."""
    return _adjunto(exportar.en_csv(iter(EJEMPLO)), "text/csv; charset=utf-8", "plantilla-productos.csv")


@router.get("/productos.csv")
def productos_csv(sesion: Sesion, actor: ActorRequerido, unidad: UUID) -> Response:
    """All that the unit offers, to be changed and taken in again."""
    exigir_facultad(sesion, actor, unidad, Facultad.VENDER)
    filas = exportar.en_csv(exportar.filas_de(unidad))
    return _adjunto(filas, "text/csv; charset=utf-8", "productos.csv")


@router.get("/productos.xlsx")
def productos_xlsx(sesion: Sesion, actor: ActorRequerido, unidad: UUID) -> Response:
    exigir_facultad(sesion, actor, unidad, Facultad.VENDER)
    libro = exportar.en_libro(exportar.filas_de(unidad))
    return _adjunto(_trozos(libro), _XLSX, "productos.xlsx", BackgroundTask(libro.close))


def _trozos(flujo: BinaryIO) -> Iterator[bytes]:
    while trozo := flujo.read(TROZO):
        yield trozo


def _adjunto(
    partes: Iterator[bytes], tipo: str, nombre: str, despues: BackgroundTask | None = None
) -> Response:
    cabeceras = {"Content-Disposition": f'attachment; filename="{nombre}"'}
    return StreamingResponse(partes, media_type=tipo, headers=cabeceras, background=despues)


@router.get("/{carga_id}")
def ver(request: Request, carga_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: Cursor) -> Response:
    return _ver(request, sesion, actor, carga_id, cursor)


def _ver(
    request: Request,
    sesion: Session,
    actor: Actor,
    carga_id: UUID,
    cursor: CursorPedido,
    hoja: Hoja[Any] | None = None,
) -> Response:
    carga = consultas.carga_visible(sesion, actor, carga_id)
    problemas, siguiente = consultas.problemas_de(sesion, carga_id, cursor)
    por_confirmar = carga.estado == EstadoCarga.REVISADA
    return pagina(
        request,
        "comercio/cargas/carga.html",
        hoja=hoja,
        carga=carga,
        cuentas=consultas.cuentas_de(sesion, carga_id),
        muestra=consultas.muestra_de(sesion, carga) if por_confirmar else [],
        problemas=problemas,
        por_confirmar=por_confirmar,
        esperando=carga.estado == EstadoCarga.EN_MARCHA,
        paso=PASO.mostrar(request, enviada=hoja),
        que=Que,
        en_palabras=en_palabras,
        nombre_estado=nombre_estado,
        tonos=TONOS,
        siguiente_url=siguiente and f"{router.prefix}/{carga_id}?{urlencode({'cursor': siguiente})}",
    )


@router.post("/{carga_id}/confirmar")
def confirmar(
    request: Request,
    carga_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    cursor: Cursor,
    hoja: HojaDePaso,
) -> Response:
    with hoja:
        cargar.confirmar(sesion, actor, carga_id)
        return redirigir(f"{router.prefix}/{carga_id}", _("En marcha: puede cerrar esta página."))
    return _ver(request, sesion, actor, carga_id, cursor, hoja)


@router.post("/{carga_id}/descartar")
def descartar(
    request: Request,
    carga_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    cursor: Cursor,
    hoja: HojaDePaso,
) -> Response:
    with hoja:
        carga = cargar.descartar(sesion, actor, carga_id)
        destino = f"{router.prefix}?unidad={carga.vendedor_id}"
        return redirigir(destino, _("Descartó el archivo: nada cambió."))
    return _ver(request, sesion, actor, carga_id, cursor, hoja)
