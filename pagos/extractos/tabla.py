"""A statement as CSV that Bolivian spreadsheets open as it is: UTF-8 with BOM, semicolons, `1.234,50`."""

import csv
import io
from collections.abc import Iterator

from babel.numbers import format_decimal

from nucleo.archivos.tablas import celda
from nucleo.dinero import de_centavos
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _
from pagos.extractos.extracto import Extracto

TIPO_CSV = "text/csv; charset=utf-8"


def numero(centavos: int) -> str:
    return format_decimal(de_centavos(centavos).amount, format="#,##0.00", locale="es_BO")


def generar_csv(extracto: Extracto) -> Iterator[bytes]:
    """The file in pieces: titles, opening balance, each movement, closing balance with the totals."""
    salida = io.StringIO()
    escritor = csv.writer(salida, delimiter=";", lineterminator="\r\n")

    def sacar() -> bytes:
        trozo = salida.getvalue().encode()
        salida.seek(0)
        salida.truncate()
        return trozo

    yield "\ufeff".encode()
    escritor.writerow(
        [
            _("Fecha"),
            _("Hora"),
            _("Movimiento"),
            _("Contraparte"),
            _("Entra"),
            _("Sale"),
            _("Saldo"),
            _("Número"),
            _("Identificador"),
            _("Para qué"),
        ]
    )
    inicio = f"{extracto.desde:%d/%m/%Y}"
    escritor.writerow([inicio, "", _("Saldo inicial"), "", "", "", numero(extracto.saldo_inicial), *[""] * 3])
    for i, (m, nombre, nota) in enumerate(extracto.lineas()):
        cuando = m.creada_en.astimezone(ZONA)
        monto = numero(m.monto)
        escritor.writerow(
            [
                f"{cuando:%d/%m/%Y}",
                f"{cuando:%H:%M:%S}",
                celda(str(m.motivo)),
                celda(nombre),
                monto if m.entra else "",
                "" if m.entra else monto,
                numero(m.saldo),
                m.numero,
                m.id,
                celda(nota),
            ]
        )
        if i % 200 == 199:
            yield sacar()
    escritor.writerow(
        [
            f"{extracto.hasta:%d/%m/%Y}",
            "",
            _("Saldo final"),
            "",
            numero(extracto.entradas),
            numero(extracto.salidas),
            numero(extracto.saldo_final),
            *[""] * 3,
        ]
    )
    yield sacar()
