"""What was not understood of some files, line by line, as a sheet."""

from collections.abc import Iterator, Sequence

from sqlmodel import select

from feria_inversa.importar.consultas import lineas_de
from feria_inversa.importar.estados import Motivo, Que
from feria_inversa.importar.modelos import Archivo, Linea
from feria_inversa.importar.palabras import MOTIVOS, QUE
from nucleo.archivos.tablas import celda, escribir_por_lotes
from nucleo.bd import transaccion

LOTE = 1_000
COLUMNAS = ("archivo", "linea", "que", "campo", "motivo", "cuce", "texto", "otro_archivo", "otra_linea")


def informe_en_csv(ids: Sequence[int]) -> Iterator[bytes]:
    """The report of these files, a lot of lines at a time, each read in a transaction of its own."""
    with transaccion() as sesion:
        nombres = dict(sesion.exec(select(Archivo.id, Archivo.nombre)).all())
    lotes = (lote for id_ in dict.fromkeys(ids) for lote in _lotes(id_))
    yield from escribir_por_lotes(COLUMNAS, ([_fila(nombres, linea) for linea in lote] for lote in lotes))


def _lotes(archivo_id: int) -> Iterator[Sequence[Linea]]:
    desde = (0, "", "")
    while lineas := _siguientes(archivo_id, desde):
        yield lineas
        desde = (lineas[-1].linea, lineas[-1].campo, lineas[-1].motivo)


def _siguientes(archivo_id: int, desde: tuple[int, str, str]) -> Sequence[Linea]:
    with transaccion() as sesion:
        return lineas_de(sesion, archivo_id, desde, LOTE)


def _fila(nombres: dict[int | None, str], linea: Linea) -> tuple[object, ...]:
    return (
        celda(nombres[linea.archivo_id]),
        linea.linea,
        QUE[Que(linea.que)],
        linea.campo,
        MOTIVOS[Motivo(linea.motivo)],
        linea.cuce or "",
        celda(linea.texto),
        "" if linea.otro_archivo_id is None else celda(nombres[linea.otro_archivo_id]),
        linea.otra_linea or "",
    )
