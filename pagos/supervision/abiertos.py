"""The closings of the ledger as open data: what each day sealed."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, select

from constancia import hash_de
from nucleo.dcat import Conjunto, Frecuencia, TablaAbierta, registrar
from nucleo.textos import perezoso as _l
from pagos.supervision.cierre import anotacion_de
from pagos.supervision.modelos import Cierre

COLUMNAS = {
    "dia": _l("El día que se cerró, en Bolivia."),
    "transferencias": _l("Cuántas anotaciones del libro se sellaron."),
    "contabilizadas": _l("De ellas, las que movieron dinero."),
    "suma_bob": _l("Cuánto movieron entre todas, en bolivianos."),
    "raiz": _l("Raíz del árbol de Merkle (RFC 6962) de todas, en hexadecimal."),
    "hoja": _l("Hash de la hoja que lo dice en el registro público."),
}


def _filas(sesion: Session) -> Iterator[tuple[Any, ...]]:
    """A day each, the oldest first."""
    for c in sesion.exec(select(Cierre).order_by(col(Cierre.dia)).execution_options(yield_per=1_000)):
        yield c.dia, c.cantidad, c.contabilizadas, c.suma, c.raiz.hex(), hash_de(*anotacion_de(c)).hex()


registrar(
    Conjunto(
        id="cierres-del-libro",
        titulo=_l("Cierres del libro de pagos"),
        descripcion=_l(
            "Cada día del libro de pagos, sellado: cuántas transferencias hubo, cuánto movieron y la raíz que"
            " las prueba. No dice de quién son."
        ),
        pagina="/cierres",
        frecuencia=Frecuencia.DIARIA,
        palabras=(_l("pagos"), _l("dinero"), _l("transparencia")),
        tabla=TablaAbierta(COLUMNAS, _filas, fechas="dia"),
    )
)
