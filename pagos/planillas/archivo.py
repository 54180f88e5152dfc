"""Read the file of a batch as offices write it (`nucleo.archivos.tablas`). Every wrong line is named with its
reason; a file with one error is not accepted at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from moneyed import Money

from nucleo.archivos.rechazos import TablaInvalida
from nucleo.archivos.recibido import Recibido
from nucleo.archivos.tablas import Dialecto, Fila, leer_tabla
from nucleo.dinero import a_centavos, bs
from nucleo.lectores import Ilegible, Preciso, leer_monto
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


def leer_archivo(recibido: Recibido) -> tuple[list[Renglon], dict[int, str], Dialecto]:
    """The lines that read well, why each of the others does not (by its number in the file), and how the file
    is written.

    Raises `PlanillaInvalida` when the file as a whole is not a batch.
    """
    try:
        tabla = leer_tabla(
            recibido,
            COLUMNAS,
            numericas=("monto",),
            filas_maximas=LINEAS_MAXIMAS,
            bytes_maximos=BYTES_MAXIMOS,
        )
    except TablaInvalida as error:
        raise _mala(error.detalle) from error
    if not tabla.filas and not tabla.errores:
        raise _mala(_("El archivo no tiene líneas de pago debajo del encabezado."))
    renglones, errores = _leer_filas(tabla.filas)
    return renglones, errores | tabla.errores, tabla.dialecto


def _leer_filas(filas: list[Fila]) -> tuple[list[Renglon], dict[int, str]]:
    renglones: list[Renglon] = []
    errores: dict[int, str] = {}
    vistos: dict[tuple[str, int, str], int] = {}
    for fila in filas:
        numero, celdas = fila.numero, fila.celdas
        faltas = list(_faltas(fila))
        if faltas:
            errores[numero] = " ".join(faltas)
            continue
        monto = fila.leer("monto", leer_monto)
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


def _faltas(fila: Fila) -> Iterator[str]:
    celdas = fila.celdas
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
        monto = fila.leer("monto", leer_monto)
    except Preciso as error:
        yield _("El monto «%(monto)s»: %(falta)s") % {"monto": celdas["monto"][:20], "falta": error}
    except Ilegible:
        yield _("El monto «%(monto)s» no se entiende: escriba 1.234,50 o 1234.50.") % {
            "monto": celdas["monto"][:20]
        }
    else:
        if monto <= bs(0):
            yield _("El monto debe ser mayor que cero.")
        elif monto > MONTO_MAXIMO:
            yield _("El monto pasa de un millón.")


def _mala(texto: str) -> PlanillaInvalida:
    return PlanillaInvalida(texto, campos={"archivo": texto})
