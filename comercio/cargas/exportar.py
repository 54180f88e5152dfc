"""All that a unit offers as a file that can be changed and taken in again; written as it is read."""

import csv
import io
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO
from uuid import UUID

import openpyxl
from moneyed import Money
from sqlalchemy import tuple_, type_coerce
from sqlmodel import Session, col, select

from comercio.cargas.columnas import (
    COLUMNAS,
    celda_de_codigo,
    celda_de_precio,
    celda_de_texto,
    celda_de_variante,
)
from comercio.catalogo import Cantidad, EstadoProducto, EstadoVariante, nombre_estado, paises
from comercio.catalogo.modelos import Existencia, LugarDeDespacho, Producto, Variante
from nucleo.archivos.tablas import celda_de_numero
from nucleo.bd import transaccion

LOTE = 500


def filas_de(unidad_id: UUID) -> Iterator[tuple[Any, ...]]:
    """The variants of a unit that are not withdrawn, those of a product together, in short transactions."""
    ultimo: tuple[UUID, UUID] | None = None
    while True:
        with transaccion() as sesion:
            lote = _lote(sesion, unidad_id, ultimo)
        for producto, variante, hay in lote:
            yield _fila(producto, variante, hay)
        if len(lote) < LOTE:
            return
        ultimo = (lote[-1][0].id, lote[-1][1].id)


def _lote(sesion: Session, unidad_id: UUID, ultimo: tuple[UUID, UUID] | None) -> list[Any]:
    hay = (
        select(type_coerce(col(Existencia.existencia), Cantidad))
        .join(LugarDeDespacho, col(LugarDeDespacho.id) == col(Existencia.lugar_id))
        .where(Existencia.variante_id == Variante.id, col(LugarDeDespacho.principal))
        .scalar_subquery()
    )
    consulta = (
        select(Producto, Variante, hay)
        .join(Variante, col(Variante.producto_id) == col(Producto.id))
        .where(
            Producto.vendedor_id == unidad_id,
            Producto.estado != EstadoProducto.RETIRADO,
            Variante.estado == EstadoVariante.ACTIVA,
        )
    )
    if ultimo is not None:
        consulta = consulta.where(tuple_(col(Producto.id), col(Variante.id)) > tuple_(*ultimo))
    filas = list(sesion.exec(consulta.order_by(col(Producto.id), col(Variante.id)).limit(LOTE)))
    sesion.expunge_all()
    return filas


def _fila(producto: Producto, variante: Variante, hay: Any) -> tuple[Any, ...]:
    """In the order of `COLUMNAS`. Price and stock go twice: as they were, and to be changed."""
    return (
        celda_de_texto(variante.sku),
        celda_de_texto(producto.titulo),
        celda_de_texto(producto.descripcion),
        producto.categoria_codigo,
        celda_de_variante(variante.atributos),
        variante.precio,
        variante.precio,
        variante.unidad_medida,
        hay,
        hay,
        variante.peso_g,
        producto.dias_de_elaboracion,
        nombre_estado(producto.estado).lower(),
        paises().get(producto.origen, ""),
    )


def en_csv(filas: Iterator[tuple[Any, ...]]) -> Iterator[bytes]:
    """A CSV that a spreadsheet opens and the reader takes back: semicolons, decimal comma."""
    yield b"\xef\xbb\xbf"
    yield _renglon(COLUMNAS)
    for fila in filas:
        yield _renglon([celda_de_codigo(fila[0]), *(_cifras(x) for x in fila[1:])])


def _cifras(celda: Any) -> Any:
    if isinstance(celda, Money):
        return celda_de_precio(celda)
    return celda_de_numero(celda) if isinstance(celda, Decimal) else celda


def _renglon(celdas: Any) -> bytes:
    salida = io.StringIO()
    csv.writer(salida, delimiter=";", lineterminator="\r\n").writerow(celdas)
    return salida.getvalue().encode()


def en_libro(filas: Iterator[tuple[Any, ...]]) -> BinaryIO:
    """A workbook of Excel, in a file that is gone when it is closed."""
    libro = openpyxl.Workbook(write_only=True)
    hoja = libro.create_sheet("productos")
    hoja.append(COLUMNAS)
    for fila in filas:
        hoja.append([x.amount if isinstance(x, Money) else x for x in fila])
    salida = tempfile.TemporaryFile()  # noqa: SIM115 (whoever sends it closes it)
    libro.save(salida)
    salida.seek(0)
    return salida
