"""Sheets of events: each line is read on its own, so that a wrong one harms no other."""

from collections.abc import Callable, Mapping, Sequence

from envios.eventos import LOTE_MAXIMO, EventoNuevo
from envios.integraciones.traducir import Leido
from nucleo.archivos.recibido import Recibido
from nucleo.archivos.tablas import leer_tabla
from nucleo.lectores import Ilegible

BYTES_MAXIMOS = 1024**2


def leer_planilla(
    recibido: Recibido, columnas: Sequence[str], evento_de: Callable[[Mapping[str, str]], EventoNuevo]
) -> list[Leido]:
    """The lines of a sheet in their order, read by `evento_de`, which raises `Ilegible`.

    Raises `TablaInvalida`: it is not a sheet with these columns, or it is too long.
    """
    tabla = leer_tabla(
        recibido, columnas, numericas=(), filas_maximas=LOTE_MAXIMO, bytes_maximos=BYTES_MAXIMOS
    )
    leidas = [Leido(numero, error=error) for numero, error in tabla.errores.items()]
    for fila in tabla.filas:
        try:
            leidas.append(Leido(fila.numero, evento_de(fila.celdas)))
        except Ilegible as error:
            leidas.append(Leido(fila.numero, error=str(error)))
    return sorted(leidas, key=lambda leida: leida.numero)
