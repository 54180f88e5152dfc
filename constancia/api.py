"""JSON API of the public log: what a monitor or an auditor needs. All of it is public."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from fastapi import Response as Respuesta

from constancia import consultas
from constancia.esquemas import (
    HASH,
    CabezaVista,
    ClaveVista,
    HojaVista,
    PruebaDeConsistencia,
    PruebaDeInclusion,
)
from constancia.presentar import presentar_cabeza, presentar_clave, presentar_hoja
from constancia.pruebas import prueba_de_consistencia, prueba_de_inclusion
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.lectores import Entero
from nucleo.paginacion import Cursor, Pagina
from nucleo.web import publico

router = APIRouter(prefix="/api/v1/constancia", tags=["constancia"], dependencies=[Depends(publico)])

MAXIMO = 2**62
HashPedido = Annotated[str, Path(pattern=HASH, description="Hash de la hoja, en hexadecimal.")]
Tamano = Annotated[
    Entero, Query(ge=1, le=MAXIMO, description="Tamaño de una cabeza publicada (*tree_size*).")
]


@router.get("/cabezas", responses=respuestas())
def listar_cabezas(sesion: Sesion, pagina: Cursor) -> Pagina[CabezaVista]:
    """Las cabezas firmadas del registro público, de la más nueva a la primera."""
    filas, siguiente = consultas.cabezas(sesion, pagina)
    return Pagina(datos=[presentar_cabeza(c) for c in filas], siguiente=siguiente)


@router.get("/cabezas/{tamano}", responses=respuestas(404))
def ver_cabeza(tamano: Annotated[Entero, Path(ge=1, le=MAXIMO)], sesion: Sesion) -> CabezaVista:
    """La cabeza de ese tamaño. No cambia nunca."""
    return presentar_cabeza(consultas.cabeza_de(sesion, tamano))


@router.get("/claves", responses=respuestas())
def listar_claves(sesion: Sesion) -> Pagina[ClaveVista]:
    """Las claves públicas que firmaron cabezas, también las que ya no firman."""
    ultima = consultas.ultima_cabeza(sesion)
    en_uso = ultima.clave_id if ultima else None
    return Pagina(datos=[presentar_clave(c, en_uso) for c in consultas.claves(sesion)])


@router.get("/hojas", responses=respuestas())
def listar_hojas(
    sesion: Sesion,
    desde: Annotated[Entero, Query(ge=0, le=MAXIMO, description="Índice de la primera hoja (*start*).")] = 0,
    limite: Annotated[Entero, Query(ge=1, le=1000)] = 100,
) -> Pagina[HojaVista]:
    """Las hojas del árbol en orden: con ellas cualquiera lo recompone. `siguiente` es el próximo `desde`."""
    hojas = consultas.hojas_desde(sesion, desde, limite)
    siguiente = str(desde + limite) if len(hojas) == limite else None
    return Pagina(datos=[presentar_hoja(h) for h in hojas], siguiente=siguiente)


@router.get("/hojas/{hash}", responses=respuestas(404))
def ver_hoja(hash: HashPedido, sesion: Sesion) -> HojaVista:
    """Una hoja, y si ya tiene su lugar en el árbol o está pendiente."""
    return presentar_hoja(consultas.hoja_por_hash(sesion, bytes.fromhex(hash)))


@router.get("/hojas/{hash}/prueba", responses=respuestas(404, 409))
def ver_prueba(
    hash: HashPedido, sesion: Sesion, respuesta: Respuesta, tamano: Tamano | None = None
) -> PruebaDeInclusion:
    """La prueba de que la hoja está en el árbol firmado (*inclusion proof*), por omisión el último.

    Mientras la hoja está pendiente responde 409 `constancia_pendiente`: pídala otra vez en un minuto.
    Guarde el archivo: quien lo tenga puede comprobarlo sin preguntar a nadie.
    """
    prueba = prueba_de_inclusion(sesion, bytes.fromhex(hash), tamano)
    respuesta.headers["Content-Disposition"] = f'inline; filename="qhatu-constancia-{hash[:12]}.json"'
    return prueba


@router.get("/consistencia", responses=respuestas(404))
def ver_consistencia(sesion: Sesion, desde: Tamano, hasta: Tamano) -> PruebaDeConsistencia:
    """La prueba de que una cabeza continúa a otra anterior (*consistency proof*)."""
    return prueba_de_consistencia(sesion, desde, hasta)
