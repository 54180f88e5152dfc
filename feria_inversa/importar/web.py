"""Pages of the authority that brings the history: files, how far each is, what of it was not understood."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from feria_inversa.importar.consultas import archivo_por_clave, archivos, archivos_por_id, lineas
from feria_inversa.importar.estados import TONOS, EstadoArchivo, nombre_estado
from feria_inversa.importar.formularios import SUBIDA, HojaDeSubida
from feria_inversa.importar.informe import informe_en_csv
from feria_inversa.importar.palabras import FORMATOS, MOTIVOS, QUE
from feria_inversa.importar.subir import exigir_autoridad, subir
from nucleo.actor import Actor
from nucleo.archivos.servir import planilla
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.paginacion import PRIMERA_PAGINA, Cursor, CursorPedido
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
BASE = "/regulador/historia"
_PALABRAS: dict[str, Any] = {
    "formatos": FORMATOS,
    "motivos": MOTIVOS,
    "que": QUE,
    "tonos": TONOS,
    "nombre_estado": nombre_estado,
}


@router.get(BASE)
def historia(request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor) -> Response:
    return _historia(request, sesion, actor, cursor)


@router.post(BASE)
def traer(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeSubida) -> Response:
    with hoja:
        recibido, datos = hoja.archivo("archivo"), hoja.datos
        if datos.visto_en is not None and datos.visto_en > fecha_bolivia():
            raise DatosInvalidos(campos={"visto_en": _("Ese día todavía no llegó.")})
        archivo, nuevo = subir(sesion, actor, recibido, fuente=datos.fuente, visto_en=datos.visto_en)
        if nuevo:
            dicho = _("Archivo recibido: se está trayendo.")
        elif archivo.estado == EstadoArchivo.EN_MARCHA:
            dicho = _("Ese archivo ya se había empezado: sigue donde estaba.")
        else:
            dicho = _("Ese archivo ya estaba: nada cambia.")
        return redirigir(f"{BASE}/{archivo.clave}", dicho)
    return _historia(request, sesion, actor, PRIMERA_PAGINA, hoja)


def _historia(
    request: Request, sesion: Session, actor: Actor, cursor: CursorPedido, hoja: Hoja[Any] | None = None
) -> Response:
    exigir_autoridad(sesion, actor)
    filas, siguiente = archivos(sesion, cursor)
    return pagina(
        request,
        "feria_inversa/importar/historia.html",
        hoja=hoja,
        subida=SUBIDA.mostrar(request, enviada=hoja),
        archivos=filas,
        siguiente=f"{BASE}?cursor={siguiente}" if siguiente else None,
        **_PALABRAS,
    )


@router.get(BASE + "/{clave}")
def archivo(clave: UUID, request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor) -> Response:
    """How far it is, and line by line what there is to say of it."""
    exigir_autoridad(sesion, actor)
    fila = archivo_por_clave(sesion, clave)
    assert fila.id is not None
    dichas, siguiente = lineas(sesion, fila.id, cursor)
    otros = archivos_por_id(sesion, {d.otro_archivo_id for d in dichas if d.otro_archivo_id is not None})
    return pagina(
        request,
        "feria_inversa/importar/archivo.html",
        archivo=fila,
        en_marcha=fila.estado == EstadoArchivo.EN_MARCHA,
        lineas=dichas,
        otros=otros,
        siguiente=f"{BASE}/{clave}?cursor={siguiente}" if siguiente else None,
        **_PALABRAS,
    )


@router.get(BASE + "/{clave}/informe.csv")
def informe(clave: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    """The same, all of it, as a sheet."""
    exigir_autoridad(sesion, actor)
    fila = archivo_por_clave(sesion, clave)
    assert fila.id is not None
    return planilla(informe_en_csv([fila.id]), f"historia-{fila.id}")
