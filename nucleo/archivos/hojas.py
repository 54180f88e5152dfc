"""The first sheet of a workbook of Excel, within bounds: a ZIP of XML says of itself what it likes."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO

import openpyxl

from nucleo.archivos.rechazos import TablaInvalida
from nucleo.archivos.recibido import TROZO, Recibido
from nucleo.lectores import en_cifras
from nucleo.textos import gettext as _

EXPANDIDO_MAXIMO = 12 * 1024 * 1024
"""What all the parts may take once expanded: ZIP gives no part more than it declared."""
PARTES_MAXIMAS = 200
ANCHO_MAXIMO = 20
CELDA_MAXIMA = 5_000

Registro = tuple[int, list[str]]


class Cifras(str):
    """What a cell of a number holds, in plain digits with a dot: no dialect of anybody's."""

    __slots__ = ()


def filas_de_libro(recibido: Recibido, lineas: int) -> Iterator[Registro]:
    """The rows of the first sheet, as texts, with their numbers; no more than `lineas`, `ANCHO_MAXIMO` wide.

    Raises `TablaInvalida`.
    """
    flujo = recibido.abrir()
    try:
        _exigir_limites(flujo)
        flujo.seek(0)
        libro = openpyxl.load_workbook(flujo, read_only=True, data_only=True, keep_links=False)
        hoja = libro.worksheets[0]
        hoja.reset_dimensions()  # what it declares of itself may be anything
        for numero, fila in enumerate(hoja.iter_rows(max_col=ANCHO_MAXIMO, values_only=True), start=1):
            if numero > lineas:
                raise TablaInvalida(_("El archivo tiene más de 30.000 líneas. Divídalo en partes."))
            yield numero, [_texto(valor) for valor in fila]
    except TablaInvalida:
        raise
    except Exception as error:  # of what a stranger wrote, its parsers raise anything
        raise TablaInvalida(
            _("No se pudo abrir el libro de Excel. Guárdelo otra vez como .xlsx, o como CSV.")
        ) from error


def _exigir_limites(flujo: BinaryIO) -> None:
    """Before anything is expanded, by what the directory declares; and no part defines entities."""
    with zipfile.ZipFile(flujo) as bolsa:
        partes = bolsa.infolist()
        if len(partes) > PARTES_MAXIMAS or sum(parte.file_size for parte in partes) > EXPANDIDO_MAXIMO:
            raise TablaInvalida(
                _("El libro de Excel es demasiado grande. Copie la hoja en uno nuevo, o guárdela como CSV.")
            )
        for parte in partes:
            if parte.filename.endswith((".xml", ".rels")):
                with bolsa.open(parte) as xml:
                    if b"<!DOCTYPE" in xml.read(TROZO):
                        raise TablaInvalida(_("El libro de Excel tiene partes que no son de Excel."))


def _texto(valor: Any) -> str:
    if valor is None:
        return ""
    if isinstance(valor, bool):
        return _("VERDADERO") if valor else _("FALSO")
    if isinstance(valor, int):
        return Cifras(valor) if abs(valor) < 10**15 else str(valor)[:CELDA_MAXIMA]
    if isinstance(valor, float):
        # Excel itself shows fifteen digits: 0,1 + 0,2 is 0,3 there.
        return Cifras(en_cifras(Decimal(f"{valor:.15g}"))) if abs(valor) < 10**15 else repr(valor)
    if isinstance(valor, (datetime, date, time)):
        return valor.isoformat().removesuffix("T00:00:00")
    return str(valor)[:CELDA_MAXIMA]
