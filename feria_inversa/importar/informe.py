"""What was not understood of some files, line by line, as a sheet."""

import csv
import io
from collections.abc import Iterator, Sequence

from sqlmodel import select

from feria_inversa.importar.consultas import lineas_de
from feria_inversa.importar.estados import Motivo, Que
from feria_inversa.importar.modelos import Archivo, Linea
from feria_inversa.importar.palabras import MOTIVOS, QUE
from nucleo.archivos.tablas import celda
from nucleo.bd import transaccion

LOTE = 1_000
COLUMNAS = ("archivo", "linea", "que", "campo", "motivo", "cuce", "texto", "otro_archivo", "otra_linea")


def informe_en_csv(ids: Sequence[int]) -> Iterator[bytes]:
    """The report of these files, a lot of lines at a time, each read in a transaction of its own."""
    with transaccion() as sesion:
        nombres = dict(sesion.exec(select(Archivo.id, Archivo.nombre)).all())
    yield b"\xef\xbb\xbf" + _renglones([COLUMNAS])
    for id_ in dict.fromkeys(ids):
        desde = (0, "", "")
        while lineas := _siguientes(id_, desde):
            yield _renglones([_fila(nombres, linea) for linea in lineas])
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


def _renglones(filas: Sequence[Sequence[object]]) -> bytes:
    salida = io.StringIO()
    csv.writer(salida, delimiter=";", lineterminator="\r\n").writerows(filas)
    return salida.getvalue().encode()
