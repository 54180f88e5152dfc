"""Read the file of a batch as offices write it (`nucleo.archivos.tablas`). Every wrong line is named with its
reason; a file with one error is not accepted at all.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from moneyed import Money

from nucleo.archivos.rechazos import TablaInvalida
from nucleo.archivos.recibido import Recibido
from nucleo.archivos.tablas import Dialecto, Fila, leer_tabla
from nucleo.dinero import a_centavos, bs
from nucleo.lectores import Ilegible, leer_carnet, leer_linea, leer_monto, leer_nombre
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos.planillas.errores import PlanillaInvalida

LINEAS_MAXIMAS = 2_000
BYTES_MAXIMOS = 1024 * 1024
MONTO_MAXIMO = bs(1_000_000)
COLUMNAS = ("documento", "nombre", "monto", "glosa")


@dataclass(frozen=True, slots=True)
class Renglon:
    """A line that reads well. `numero` is its line in the file, counting the heading as 1; `documento`, the
    number of a unit as it was written, or of a card in its one spelling (`1000001-1A`).
    """

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
        try:
            renglon = _leer_fila(fila)
        except Ilegible as error:
            errores[fila.numero] = str(error)
            continue
        clave = (
            re.sub(r"[\s.\-]", "", renglon.documento).upper(),
            a_centavos(renglon.monto),
            renglon.glosa.lower(),
        )
        if clave in vistos:
            errores[fila.numero] = _("Repite la línea %(n)s: mismo documento, monto y glosa.") % {
                "n": vistos[clave]
            }
            continue
        vistos[clave] = fila.numero
        renglones.append(renglon)
    return renglones, errores


def _leer_fila(fila: Fila) -> Renglon:
    """Each column by its reader. Raises `Ilegible` with all that is wrong in the line."""
    leidas: dict[str, Any] = {}
    faltas: list[str] = []
    for columna in COLUMNAS:
        try:
            leidas[columna] = _leer_monto(fila) if columna == "monto" else _leer_texto(fila, columna)
        except Ilegible as error:
            faltas.append(str(error))
    if faltas:
        raise Ilegible(" ".join(faltas))
    return Renglon(fila.numero, **leidas)


def _leer_texto(fila: Fila, columna: str) -> str:
    celda = fila.celdas[columna]
    como = _TEXTOS[columna]
    if not celda:
        if como.vacia:
            raise Ilegible(str(como.vacia))
        return ""
    if "\ufffd" in celda:
        raise Ilegible(_("Tiene caracteres que no se pueden leer."))
    try:
        leido = como.lector(celda)
    except Ilegible as error:
        raise _con_su_celda(como.nombre, celda, error) from error
    if len(leido) > como.maximo:
        raise Ilegible(
            _("%(columna)s pasa de %(maximo)s letras.") % {"columna": como.nombre, "maximo": como.maximo}
        )
    return leido


def _leer_monto(fila: Fila) -> Money:
    celda = fila.celdas["monto"]
    if not celda:
        raise Ilegible(_("Falta el monto."))
    try:
        monto = fila.leer("monto", leer_monto)
    except Ilegible as error:
        raise _con_su_celda(_("El monto"), celda, error) from error
    if monto <= bs(0):
        raise Ilegible(_("El monto debe ser mayor que cero."))
    if monto > MONTO_MAXIMO:
        raise Ilegible(_("El monto pasa de un millón."))
    return monto


def _con_su_celda(nombre: str, celda: str, error: Ilegible) -> Ilegible:
    """What a cell says goes back to who wrote it, who looks for it in a long file."""
    visto = "".join(letra for letra in celda if letra.isprintable())[:20]
    return Ilegible(f"{nombre} «{visto}»: {error}")


def _leer_documento(texto: str) -> str:
    """Whom a line pays: `UE-0000001-3`, or the card of a person by its reader. Raises `Ilegible`."""
    return leer_linea(texto) if texto[:2].upper() == "UE" else str(leer_carnet(texto))


class _Texto(NamedTuple):
    """How a column of text is read; `vacia` says that it may not be empty."""

    nombre: str
    lector: Callable[[str], str]
    maximo: int
    vacia: str = ""


_TEXTOS = {
    "documento": _Texto(_l("El documento"), _leer_documento, 20, _l("Falta el documento.")),
    "nombre": _Texto(_l("El nombre"), leer_nombre, 120, _l("Falta el nombre.")),
    "glosa": _Texto(_l("La glosa"), leer_linea, 140),
}


def _mala(texto: str) -> PlanillaInvalida:
    return PlanillaInvalida(texto, campos={"archivo": texto})
