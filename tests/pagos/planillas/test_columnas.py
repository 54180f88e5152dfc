"""The table of written forms over every column of a batch's file, in CSV and in XLSX."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest

from nucleo.archivos import Recibido
from nucleo.dinero import bs
from pagos.planillas.archivo import COLUMNAS, MONTO_MAXIMO, Renglon, leer_archivo
from pagos.planillas.errores import PlanillaInvalida
from tests.nucleo.lectores.casos import CASOS, Caso

LECTOR_DE = {"documento": "carnet", "nombre": "nombre", "monto": "monto", "glosa": "linea"}
BIEN = {"documento": "1000001", "nombre": "Ana Prueba", "monto": "7", "glosa": "x"}


def en_csv(celdas: list[str]) -> bytes:
    salida = io.StringIO(newline="")
    csv.writer(salida, delimiter=";").writerows([COLUMNAS, celdas])
    return salida.getvalue().encode()


def en_xlsx(celdas: list[str]) -> bytes:
    libro = openpyxl.Workbook()
    libro.active.append(COLUMNAS)
    for numero, celda in enumerate(celdas, start=1):
        libro.active.cell(2, numero, celda).data_type = "s"  # also `=5`
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def leer(contenido: bytes) -> tuple[list[Renglon], str]:
    """The lines, or why not: of one, or of the whole file."""
    try:
        renglones, errores, _dialecto = leer_archivo(Recibido.de_bytes(contenido))
    except PlanillaInvalida as error:
        return [], error.detalle
    assert bool(renglones) is not bool(errores)
    return renglones, "".join(errores.values())


def esperado(columna: str, caso: Caso) -> object:
    """What the column gives; None where the line is refused: a batch also bounds what it pays."""
    if caso.rechazado:
        return None
    if columna == "documento":
        return caso.esperado.split(" ")[0]  # where a card was issued tells nobody apart
    if columna == "monto":
        monto = bs(Decimal(caso.esperado))
        return monto if bs(0) < monto <= MONTO_MAXIMO else None
    return caso.esperado


def se_escribe(texto: str, formato: str) -> bool:
    """Whether a file of this kind can hold the text at all."""
    if any("\ud800" <= c <= "\udfff" for c in texto):
        return False
    return formato == "csv" or all(c in "\t\n" or c >= " " for c in texto)


@pytest.mark.parametrize("formato", ["csv", "xlsx"])
@pytest.mark.parametrize("columna", COLUMNAS)
def test_la_tabla_entera_por_cada_columna(columna: str, formato: str) -> None:
    mal = []
    probados = 0
    for caso in CASOS:
        if caso.lector != LECTOR_DE[columna] or not se_escribe(caso.escrito, formato):
            continue
        celdas = list((BIEN | {columna: caso.escrito}).values())
        renglones, falta = leer(en_csv(celdas) if formato == "csv" else en_xlsx(celdas))
        leido = getattr(renglones[0], columna) if renglones else None
        if leido != esperado(columna, caso) or (leido is None and not falta):
            mal.append(f"{caso.escrito!a}: {leido!r}, {falta}")
        probados += 1
    assert probados > 18
    assert mal == [], "\n".join(mal)


@pytest.mark.parametrize("formato", ["csv", "xlsx"])
def test_cualquier_escritura_en_cualquier_columna_se_lee_o_se_rechaza_con_palabras(formato: str) -> None:
    """Of any kind of datum, in all the columns at once: never another error."""
    for caso in CASOS:
        if not se_escribe(caso.escrito, formato):
            continue
        celdas = [caso.escrito] * len(COLUMNAS)
        renglones, falta = leer(en_csv(celdas) if formato == "csv" else en_xlsx(celdas))
        assert renglones or falta, caso
