"""Variants of a ficha: their codes, prices, stock. Who calls has locked the ficha and asked for VENDER."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from moneyed import Money
from sqlmodel import Session, col, select

from comercio.catalogo.errores import CantidadInvalida, ElijaVariante, EscalaInvalida
from comercio.catalogo.estados import EstadoVariante, Motivo
from comercio.catalogo.medidas import cabe_en
from comercio.catalogo.modelos import (
    ESCALONES_MAXIMOS,
    PRECIO_MAXIMO_CENTAVOS,
    Existencia,
    LugarDeDespacho,
    PrecioPorCantidad,
    Producto,
    Variante,
)
from comercio.catalogo.movimientos import anotar_movimientos, exigir_medida
from nucleo.actor import Autorizacion
from nucleo.dinero import a_centavos, formato_bs, formato_cantidad
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.textos import gettext as _


def unica_variante(sesion: Session, producto: Producto) -> Variante:
    """The only one of a product. Raises `ElijaVariante` when it has several."""
    consulta = select(Variante).where(
        col(Variante.producto_id) == producto.id, col(Variante.estado) != EstadoVariante.RETIRADA
    )
    variantes = sesion.exec(consulta.execution_options(populate_existing=True)).all()
    if len(variantes) > 1:
        raise ElijaVariante(
            _("El producto tiene variantes: cambie el código, el precio o la existencia en cada una.")
        )
    return variantes[0]


def cambiar_variante(sesion: Session, variante: Variante, cambios: Mapping[str, Any]) -> Variante:
    """Set code, price, measure or weight. Raises `DatosInvalidos`, `CantidadInvalida`."""
    if "precio" in cambios:
        precio_valido(cambios["precio"])
        escala = select(PrecioPorCantidad).where(PrecioPorCantidad.variante_id == variante.id)
        exigir_escala(cambios["precio"], [(e.desde, e.precio) for e in sesion.exec(escala)])
    if cambios.get("unidad_medida", variante.unidad_medida) != variante.unidad_medida:
        _exigir_que_quepa(sesion, variante, cambios["unidad_medida"])
    for campo, valor in cambios.items():
        setattr(variante, campo, valor)
    if "sku" in cambios:
        variante.sku = variante.sku or sku_nuevo()
    return variante


def _exigir_que_quepa(sesion: Session, variante: Variante, unidad_medida: str) -> None:
    """What there is by the kilo may not fit in whole boxes."""
    consulta = select(Existencia).where(Existencia.variante_id == variante.id)
    for e in sesion.exec(consulta.execution_options(populate_existing=True)):
        if not (cabe_en(unidad_medida, e.existencia) and cabe_en(unidad_medida, e.reservado)):
            texto = _("Hay existencia con decimales: deje un número entero antes de cambiar la medida.")
            raise CantidadInvalida(texto, campos={"unidad_medida": texto})


def abrir_existencia(
    sesion: Session, quien: Autorizacion, variante: Variante, lugar: LugarDeDespacho, inicial: Decimal
) -> Existencia:
    """The stock of a variant in a place, with its opening movement."""
    existencia = Existencia(
        id=nuevo_id(),
        variante_id=variante.id,
        lugar_id=lugar.id,
        vendedor_id=variante.vendedor_id,
        unidad_medida=variante.unidad_medida,
    )
    sesion.add(existencia)
    sesion.flush()
    anotar_movimientos(sesion, quien, Motivo.APERTURA, {existencia.id: inicial})
    sesion.expire(existencia)
    return existencia


def existencia_principal(sesion: Session, variante: Variante) -> Existencia:
    """Its stock in the principal place."""
    consulta = (
        select(Existencia)
        .join(LugarDeDespacho, col(LugarDeDespacho.id) == col(Existencia.lugar_id))
        .where(col(Existencia.variante_id) == variante.id, col(LugarDeDespacho.principal))
    )
    return sesion.exec(consulta.execution_options(populate_existing=True)).one()


def fijar_escala(sesion: Session, variante: Variante, escala: Sequence[tuple[Decimal, Money]]) -> None:
    """Replace the prices by quantity. Raises `EscalaInvalida`, `CantidadInvalida`."""
    exigir_escala(variante.precio, escala)
    for lugar, (desde, _precio) in enumerate(escala):
        exigir_medida(variante.unidad_medida, desde, f"precios_por_cantidad.{lugar}.desde")
    for fila in sesion.exec(select(PrecioPorCantidad).where(PrecioPorCantidad.variante_id == variante.id)):
        sesion.delete(fila)
    sesion.flush()
    sesion.add_all(PrecioPorCantidad(variante_id=variante.id, desde=d, precio=p) for d, p in escala)
    sesion.flush()


def exigir_escala(precio: Money, escala: Sequence[tuple[Decimal, Money]]) -> None:
    """Each step begins later and costs less than the one before; at most a few. Raises `EscalaInvalida`, at
    the place of the step that is wrong."""
    if len(escala) > ESCALONES_MAXIMOS:
        texto = _("Ponga hasta %(n)s precios por cantidad.") % {"n": ESCALONES_MAXIMOS}
        raise EscalaInvalida(texto, campos={"precios_por_cantidad": texto})
    pasos = sorted((desde, lugar, costo) for lugar, (desde, costo) in enumerate(escala))
    for antes, (desde, lugar, costo) in pairwise([(Decimal(0), -1, precio), *pasos]):
        if desde <= antes[0]:
            campo, texto = "desde", _("Debe empezar desde más de %(n)s.") % {"n": formato_cantidad(antes[0])}
        elif costo.amount <= 0:
            campo, texto = "precio", _("Escriba un precio mayor que cero.")
        elif costo >= antes[2]:
            campo, texto = "precio", _("Debe costar menos de %(m)s.") % {"m": formato_bs(antes[2])}
        else:
            continue
        raise EscalaInvalida(texto, campos={f"precios_por_cantidad.{lugar}.{campo}": texto})


def precio_valido(precio: Money) -> Money:
    """The same, if it may be a price. Raises `DatosInvalidos`."""
    if not 0 < a_centavos(precio) <= PRECIO_MAXIMO_CENTAVOS:
        texto = _("El precio va de Bs 0,01 a Bs 1.000.000.")
        raise DatosInvalidos(texto, campos={"precio": texto})
    return precio


def sku_nuevo() -> str:
    return f"Q-{nuevo_id().hex[-8:].upper()}"
