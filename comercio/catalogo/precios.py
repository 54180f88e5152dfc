"""Prices of many variants changed at once, each with its own result, and what they were before.

What a change would do is shown first (`proponer_precios`); it is made only where the price is still the one
that was shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

from moneyed import Money
from sqlalchemy import or_
from sqlmodel import Session, col, select

from comercio.catalogo.bloqueos import bloquear_de_variantes
from comercio.catalogo.estados import EstadoProducto, EstadoVariante
from comercio.catalogo.modelos import PrecioDeVariante, Producto, Variante
from comercio.catalogo.opciones import OPCIONES, Opcion, opcion_de, opciones_por_id
from comercio.catalogo.publicar import anotar_edicion
from comercio.catalogo.variantes import exigir_escala, fijar_escala, precio_valido
from empresa_digital.registro import Facultad, exigir_facultad
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, bs, cero, de_centavos, formato_bs
from nucleo.errores import ErrorDominio
from nucleo.lectores import para_buscar
from nucleo.textos import gettext as _

LINEAS_MAXIMAS = 300
CIEN = Decimal(100)


class Como(StrEnum):
    SUBIR_PORCENTAJE = "subir_porcentaje"
    BAJAR_PORCENTAJE = "bajar_porcentaje"
    SUBIR_MONTO = "subir_monto"
    BAJAR_MONTO = "bajar_monto"


@dataclass(frozen=True, slots=True)
class Cambio:
    """So much per cent, or so many bolivianos, more or less."""

    como: Como
    cuanto: Decimal

    def de(self, precio: Money) -> Money:
        """The new price, rounded half up to the centavo, once; it may be one that will not do."""
        signo = 1 if self.como in (Como.SUBIR_PORCENTAJE, Como.SUBIR_MONTO) else -1
        if self.como in (Como.SUBIR_MONTO, Como.BAJAR_MONTO):
            return precio + bs(signo * self.cuanto)
        centavos = a_centavos(precio) * (CIEN + signo * self.cuanto) / CIEN
        return de_centavos(int(centavos.to_integral_value(rounding=ROUND_HALF_UP)))


@dataclass(frozen=True, slots=True)
class LineaDePrecio:
    """What becomes of the price of a variant: before, after, and why not, when it may not be."""

    variante_id: UUID
    titulo: str
    sku: str
    antes: Money
    despues: Money
    escala: Sequence[tuple[Decimal, Money, Money]]
    """From so many on, before and after."""
    error: str = ""


@dataclass(frozen=True, slots=True)
class QueVariantes:
    """Those on sale, or in a pause, of a category or a branch, with these words in their title or code."""

    categoria: str = ""
    q: str = ""


def variantes_de(sesion: Session, unidad_id: UUID, que: QueVariantes) -> list[Opcion]:
    """By title, one more than `LINEAS_MAXIMAS` at most."""
    consulta = OPCIONES.where(
        col(Variante.vendedor_id) == unidad_id,
        col(Variante.estado) == EstadoVariante.ACTIVA,
        col(Producto.estado) != EstadoProducto.RETIRADO,
    )
    if que.categoria:
        de_ella = (
            col(Producto.categoria_codigo) == que.categoria,
            col(Producto.raiz_codigo) == que.categoria,
        )
        consulta = consulta.where(or_(*de_ella))
    for palabra in para_buscar(que.q).split():
        con_ella = (
            col(Producto.titulo).icontains(palabra, autoescape=True),
            col(Variante.sku).icontains(palabra, autoescape=True),
        )
        consulta = consulta.where(or_(*con_ella))
    orden = (col(Producto.titulo), col(Variante.producto_id), col(Variante.orden), col(Variante.id))
    return [opcion_de(f) for f in sesion.execute(consulta.order_by(*orden).limit(LINEAS_MAXIMAS + 1))]


def proponer_precios(opciones: Sequence[Opcion], cambio: Cambio) -> list[LineaDePrecio]:
    """What the change would do to each; nothing is written."""
    return [_linea(o, cambio) for o in opciones]


def cambiar_precios(
    sesion: Session, actor: Actor, unidad_id: UUID, cambio: Cambio, antes: Mapping[UUID, Money]
) -> list[LineaDePrecio]:
    """Change the price of each variant, and its prices by quantity in the same way, where the price is still
    the one that was seen (`antes`); one that will not do does not stop the others. In the order asked.

    Raises `SinFacultad`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER)
    bloquear_de_variantes(sesion, antes)
    opciones = opciones_por_id(sesion, antes)
    suyas = [opciones[i] for i in antes if i in opciones and opciones[i].variante.vendedor_id == unidad_id]
    hechas = [_linea(o, cambio, antes[o.id]) for o in suyas]
    productos = {}
    for opcion, linea in zip(suyas, hechas, strict=True):
        if linea.error or linea.antes == linea.despues:
            continue
        if linea.escala:  # the old steps may not fit the new price
            fijar_escala(sesion, opcion.variante, [])
        opcion.variante.precio = linea.despues
        sesion.flush()
        fijar_escala(sesion, opcion.variante, [(desde, despues) for desde, _antes, despues in linea.escala])
        productos[opcion.producto.id] = opcion.producto
    for producto_id in sorted(productos):
        anotar_edicion(sesion, productos[producto_id])
    hechos = {
        "como": str(cambio.como),
        "cuanto": str(cambio.cuanto),
        "cambiadas": sum(not x.error for x in hechas),
        "rechazadas": sum(bool(x.error) for x in hechas),
    }
    auditar(sesion, autorizacion, "precios.cambiar", "registro_unidad", unidad_id, hechos)
    return hechas


def _linea(opcion: Opcion, cambio: Cambio, visto: Money | None = None) -> LineaDePrecio:
    antes = opcion.variante.precio
    despues = cambio.de(antes)
    escala = [(desde, precio, cambio.de(precio)) for desde, precio in opcion.escala]
    error = ""
    if visto is not None and visto != antes:
        error = _("Cambió mientras tanto: ahora cuesta %(precio)s.") % {"precio": formato_bs(antes)}
    else:
        try:
            if despues <= cero():
                raise ErrorDominio(_("Quedaría en nada o menos."))
            precio_valido(despues)
            exigir_escala(despues, [(desde, nuevo) for desde, _viejo, nuevo in escala])
        except ErrorDominio as caido:
            error = caido.detalle
    return LineaDePrecio(opcion.id, opcion.titulo, opcion.variante.sku, antes, despues, escala, error)


@dataclass(frozen=True, slots=True)
class PrecioQueTuvo:
    precio: Money
    desde: datetime


def precios_que_tuvo(sesion: Session, variante_id: UUID, limite: int = 50) -> list[PrecioQueTuvo]:
    """The prices of a variant since when each, the one of now first."""
    consulta = (
        select(PrecioDeVariante)
        .where(col(PrecioDeVariante.variante_id) == variante_id)
        .order_by(col(PrecioDeVariante.id).desc())
        .limit(limite)
    )
    return [PrecioQueTuvo(f.precio, f.desde) for f in sesion.exec(consulta)]
