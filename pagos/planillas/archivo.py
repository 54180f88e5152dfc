"""Read the CSV of a batch as offices write it: UTF-8 or Latin-1, comma or semicolon, Bolivian or plain
numbers. Every wrong line is named with its reason; a file with one error is not accepted at all.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from moneyed import Money

from nucleo.dinero import a_centavos, bs
from nucleo.lectores import Ilegible, leer_monto, sin_acentos
from nucleo.textos import gettext as _
from pagos.planillas.errores import PlanillaInvalida

LINEAS_MAXIMAS = 2_000
BYTES_MAXIMOS = 1024 * 1024
MONTO_MAXIMO = bs(1_000_000)
COLUMNAS = ("documento", "nombre", "monto", "glosa")
NOMBRE_MAXIMO, GLOSA_MAXIMA, DOCUMENTO_MAXIMO = 120, 140, 20
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Renglon:
    """A line that reads well. `numero` is its line in the file, counting the heading as 1."""

    numero: int
    documento: str
    nombre: str
    monto: Money
    glosa: str


def leer_archivo(contenido: bytes) -> tuple[list[Renglon], dict[int, str]]:
    """The lines that read well, and why each of the others does not (by its number in the file).

    Raises `PlanillaInvalida` when the file as a whole is not a batch.
    """
    texto = _texto(contenido)
    separador = ";" if texto.split("\n", 1)[0].count(";") >= texto.split("\n", 1)[0].count(",") else ","
    lector = csv.reader(io.StringIO(texto, newline=""), delimiter=separador, strict=True)
    try:
        filas = [(lector.line_num, fila) for fila in lector]
    except csv.Error as error:
        raise _mala(
            _("La línea %(n)s tiene comillas sin cerrar o mal puestas.") % {"n": lector.line_num}
        ) from error
    orden = _encabezado(filas[0][1] if filas else [])
    datos = [(n, fila) for n, fila in filas[1:] if any(celda.strip() for celda in fila)]
    if not datos:
        raise _mala(_("El archivo no tiene líneas de pago debajo del encabezado."))
    if len(datos) > LINEAS_MAXIMAS:
        raise _mala(
            _("El archivo tiene %(n)s líneas de pago y se aceptan hasta 2.000. Divídalo en partes.")
            % {"n": len(datos)}
        )
    return _leer_filas(datos, orden)


def _texto(contenido: bytes) -> str:
    if not contenido.strip():
        raise _mala(_("El archivo está vacío."))
    if len(contenido) > BYTES_MAXIMOS:
        raise _mala(_("El archivo pesa más de 1 MB. Divídalo en partes."))
    if b"\x00" in contenido:
        raise _mala(_("El archivo no es un CSV. En su planilla elija «Guardar como CSV»."))
    try:
        return contenido.decode("utf-8-sig")
    except UnicodeDecodeError:
        return contenido.decode("cp1252", errors="replace")


def _encabezado(fila: list[str]) -> dict[str, int]:
    nombres = [sin_acentos(celda).strip() for celda in fila]
    if sorted(nombres) != sorted(COLUMNAS):
        raise _mala(
            _("La primera línea debe decir documento, nombre, monto y glosa. Se leyó: %(leido)s.")
            % {"leido": ", ".join(c.strip()[:20] for c in fila[:8]) or _("nada")}
        )
    return {nombre: nombres.index(nombre) for nombre in COLUMNAS}


def _leer_filas(
    datos: list[tuple[int, list[str]]], orden: dict[str, int]
) -> tuple[list[Renglon], dict[int, str]]:
    renglones: list[Renglon] = []
    errores: dict[int, str] = {}
    vistos: dict[tuple[str, int, str], int] = {}
    for numero, fila in datos:
        if len(fila) != len(COLUMNAS):
            errores[numero] = _("Tiene %(n)s columnas y deben ser 4.") % {"n": len(fila)}
            continue
        celdas = {nombre: fila[i].strip() for nombre, i in orden.items()}
        faltas = list(_faltas(celdas))
        if faltas:
            errores[numero] = " ".join(faltas)
            continue
        monto = leer_monto_de_archivo(celdas["monto"])
        clave = (
            re.sub(r"[\s.\-]", "", celdas["documento"]).upper(),
            a_centavos(monto),
            celdas["glosa"].lower(),
        )
        if clave in vistos:
            errores[numero] = _("Repite la línea %(n)s: mismo documento, monto y glosa.") % {
                "n": vistos[clave]
            }
            continue
        vistos[clave] = numero
        renglones.append(Renglon(numero, celdas["documento"], celdas["nombre"], monto, celdas["glosa"]))
    return renglones, errores


def _faltas(celdas: dict[str, str]) -> Iterator[str]:
    if not celdas["documento"]:
        yield _("Falta el documento.")
    elif len(celdas["documento"]) > DOCUMENTO_MAXIMO:
        yield _("El documento es demasiado largo.")
    if not celdas["nombre"]:
        yield _("Falta el nombre.")
    elif len(celdas["nombre"]) > NOMBRE_MAXIMO:
        yield _("El nombre pasa de 120 letras.")
    if len(celdas["glosa"]) > GLOSA_MAXIMA:
        yield _("La glosa pasa de 140 letras.")
    if any(_CONTROL.search(celda) or "\ufffd" in celda for celda in celdas.values()):
        yield _("Tiene caracteres que no se pueden leer.")
    try:
        monto = leer_monto_de_archivo(celdas["monto"])
    except Ilegible:
        yield _("El monto «%(monto)s» no se entiende: escriba 1.234,50 o 1234.50.") % {
            "monto": celdas["monto"][:20]
        }
    else:
        if monto <= bs(0):
            yield _("El monto debe ser mayor que cero.")
        elif monto > MONTO_MAXIMO:
            yield _("El monto pasa de un millón.")


def leer_monto_de_archivo(texto: str) -> Money:
    """`1.234,50`, `1234,5`, `1234.50`. Raises `Ilegible`."""
    return leer_monto(texto)


def _mala(texto: str) -> PlanillaInvalida:
    return PlanillaInvalida(texto, campos={"archivo": texto})
