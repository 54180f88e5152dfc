"""The purchases from the catalogue as open data: one CSV, the same columns always."""

import csv
import io
from collections.abc import Iterable, Iterator

from feria_inversa.compra_de_catalogo import presentar
from feria_inversa.compra_de_catalogo.esquemas import CompraSalida
from feria_inversa.compra_de_catalogo.publicas import Filtro, publicas
from nucleo.archivos.tablas import celda
from nucleo.bd import transaccion
from nucleo.lectores import en_cifras
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ZONA

COLUMNAS = (
    "numero",
    "estado",
    "entidad_numero",
    "entidad",
    "vendedor_numero",
    "vendedor",
    "titulo",
    "cantidad",
    "unidad_medida",
    "precio",
    "descuento",
    "porte",
    "ordenado",
    "devuelto",
    "quedo_en",
    "pagado",
    "dicho",
    "adeudado",
    "dias_de_mora",
    "partida",
    "certificacion",
    "certificacion_gestion",
    "modalidad",
    "busqueda",
    "huella",
    "ordenada_el",
    "recibida_el",
    "otras_en_30_dias",
    "otras_en_30_dias_total",
)


LOTE = 200


def en_csv(filtro: Filtro) -> Iterator[bytes]:
    """UTF-8, commas, dots in numbers, empty for what is not known (RFC 4180). So many at a time, each in a
    transaction of its own: who reads slowly holds nothing."""
    yield _escritas([COLUMNAS])
    cursor: str | None = None
    while True:
        with transaccion() as sesion:
            filas, cursor = publicas(sesion, CursorPedido(cursor, LOTE), filtro)
            escritas = _escritas(_filas(presentar.compras(sesion, filas)))
        yield escritas
        if cursor is None:
            return


def _escritas(filas: Iterable[Iterable[object]]) -> bytes:
    salida = io.StringIO()
    csv.writer(salida).writerows(filas)
    return salida.getvalue().encode()


def _filas(compras: list[CompraSalida]) -> Iterator[list[object]]:
    for c in compras:
        p, otras = c.presupuesto, c.otras_cercanas
        assert p is not None
        assert c.decidida_en is not None
        assert c.ordenado_a is not None
        a = c.ordenado_a
        montos = (
            a.precio,
            a.descuento,
            a.porte,
            c.ordenado,
            p.devuelto,
            c.quedo_en,
            p.pagado,
            p.dicho,
            p.adeudado,
        )
        yield [
            c.numero,
            c.estado.value,
            c.entidad.numero,
            celda(c.entidad.nombre),
            c.vendedor.numero,
            celda(c.vendedor.nombre),
            celda(c.titulo),
            en_cifras(c.cantidad),
            c.unidad_medida,
            *(f"{m.amount:.2f}" for m in montos if m is not None),
            p.dias_de_mora,
            celda(c.certificacion.objeto),
            celda(c.certificacion.numero),
            c.certificacion.gestion,
            celda(c.modalidad),
            c.evidencia.numero,
            c.evidencia.huella,
            c.decidida_en.astimezone(ZONA).date().isoformat(),
            c.recibida_en.astimezone(ZONA).date().isoformat() if c.recibida_en else "",
            otras.cuantas if otras else 0,
            f"{otras.total.amount:.2f}" if otras else "0.00",
        ]
