"""The cart: of a person, or of whoever holds the token in their cookie. One row lock for every write."""

import hashlib
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from moneyed import Money
from sqlalchemy import bindparam, delete, func, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from comercio.carrito.bloqueos import carrito_de
from comercio.carrito.errores import CarritoLleno
from comercio.carrito.modelos import CANTIDAD_MAXIMA, LINEAS_MAXIMAS, Carrito, CarritoLinea
from comercio.catalogo import (
    OPCIONES,
    CantidadInvalida,
    Opcion,
    ProductoNoEncontrado,
    exigir_medida,
    opcion_de,
    quedan,
)
from comercio.catalogo.modelos import Producto, Variante
from comercio.existencias import ProductoNoDisponible, SinExistencia
from comercio.promociones import CuponAplicado, CuponNoVale, PorRebajar, aplicar_cupon, normalizar
from nucleo.dinero import a_centavos, bs
from nucleo.filas import IDS
from nucleo.ids import nuevo_id
from nucleo.lectores import en_cifras
from nucleo.textos import gettext as _

_COMO_SE_AGREGARON = (col(CarritoLinea.agregado_en), col(Variante.id))
_PONER = text(
    """
    WITH tocado AS (UPDATE comercio_carrito SET actualizado_en = nucleo_ahora() WHERE id = :carrito)
    INSERT INTO comercio_carrito_linea (carrito_id, variante_id, cantidad, precio_visto)
    SELECT :carrito, * FROM unnest(
        CAST(:variantes AS uuid[]), CAST(:cantidades AS numeric[]), CAST(:precios AS bigint[]))
    ON CONFLICT (carrito_id, variante_id)
    DO UPDATE SET cantidad = EXCLUDED.cantidad, precio_visto = EXCLUDED.precio_visto
    """
)


@dataclass(frozen=True, slots=True)
class Titular:
    """Whose cart: a person's, or the bearer's of an unguessable token."""

    persona_id: UUID | None = None
    ficha: str | None = None

    @property
    def condicion(self) -> Any:
        if self.persona_id is not None:
            return col(Carrito.persona_id) == self.persona_id
        return col(Carrito.ficha_sha256) == _huella_de_ficha(self.ficha or "")


@dataclass(frozen=True, slots=True)
class LineaVista:
    """A line as it stands now. `problema` says why it cannot be bought."""

    opcion: Opcion
    cantidad: Decimal
    precio_visto: Money

    @property
    def producto(self) -> Producto:
        return self.opcion.producto

    @property
    def precio(self) -> Money:
        """What is paid for one, at this quantity."""
        return self.opcion.rebajado_de(self.cantidad)

    @property
    def importe(self) -> Money:
        """What is paid for the line, before a coupon."""
        return self.opcion.por_pagar(self.cantidad)

    @property
    def rebaja(self) -> Money:
        """What a promotion takes off it."""
        return self.opcion.importe(self.cantidad) - self.importe

    @property
    def antes(self) -> Money | None:
        """What may be shown struck through beside the price."""
        return self.opcion.antes_de(self.cantidad)

    @property
    def cambio_de_precio(self) -> bool:
        return self.precio_visto != self.precio

    @property
    def problema(self) -> Literal["no_disponible", "sin_existencia"] | None:
        if not self.opcion.a_la_venta:
            return "no_disponible"
        return "sin_existencia" if self.opcion.disponible < self.cantidad else None


@dataclass(frozen=True, slots=True)
class VistaCarrito:
    """`cupon_escrito` is what was typed; `cupon`, what it takes off, or None and `problema_del_cupon` why."""

    lineas: list[LineaVista] = field(default_factory=list)
    cupon_escrito: str | None = None
    cupon: CuponAplicado | None = None
    problema_del_cupon: str = ""
    por_pagar_id: UUID | None = None
    """The purchase of the person that waits for its money: until then nothing else of the cart is bought."""

    @property
    def subtotal(self) -> Money:
        """Before the coupon."""
        return sum((linea.importe for linea in self.lineas), bs(0))

    @property
    def total(self) -> Money:
        return self.subtotal - self.cupon.total if self.cupon else self.subtotal

    @property
    def huella(self) -> str:
        return huella(((x.opcion.id, x.cantidad, a_centavos(x.precio)) for x in self.lineas), self.cupon)

    @property
    def se_puede_comprar(self) -> bool:
        sin_problemas = all(linea.problema is None for linea in self.lineas)
        return bool(self.lineas) and sin_problemas and not self.problema_del_cupon

    @property
    def por_vendedor(self) -> list[tuple[Producto, list[LineaVista]]]:
        """Lines grouped by seller; the product tells who the seller is."""
        grupos: dict[UUID, list[LineaVista]] = {}
        for linea in self.lineas:
            grupos.setdefault(linea.producto.vendedor_id, []).append(linea)
        return [(lineas[0].producto, lineas) for lineas in grupos.values()]


def huella(lineas: Iterable[tuple[UUID, Decimal, int]], cupon: CuponAplicado | None = None) -> str:
    """A digest of (variant, quantity, what is paid for one in centavos) and of what a coupon takes off: what
    the buyer saw and agreed to."""
    texto = "\n".join(
        f"{variante} {en_cifras(cantidad)} {precio}" for variante, cantidad, precio in sorted(lineas)
    )
    if cupon is not None:
        texto += f"\n{cupon.codigo} {a_centavos(cupon.total)}"
    return hashlib.sha256(texto.encode()).hexdigest()


def nueva_ficha() -> str:
    """A cart token that cannot be guessed (256 bits)."""
    return secrets.token_urlsafe(32)


def _huella_de_ficha(ficha: str) -> bytes:
    return hashlib.sha256(ficha.encode()).digest()


_DE_ALGUIEN = (
    OPCIONES.add_columns(
        CarritoLinea.cantidad, CarritoLinea.precio_visto, Carrito.cupon, Carrito.por_pagar_id
    )
    .join(CarritoLinea, col(CarritoLinea.variante_id) == col(Variante.id))
    .join(Carrito, col(Carrito.id) == col(CarritoLinea.carrito_id))
    .order_by(*_COMO_SE_AGREGARON)
)


def ver_carrito(sesion: Session, titular: Titular) -> VistaCarrito:
    """The cart with today's prices and stock, in one query; two more with a coupon."""
    filas = sesion.execute(_DE_ALGUIEN.where(titular.condicion)).all()
    lineas = [
        LineaVista(opcion_de(fila), cantidad, visto) for *fila, cantidad, visto, _cupon, _espera in filas
    ]
    escrito, espera = filas[0][-2:] if filas else (None, None)
    return _vista(sesion, lineas, escrito, espera)


def _vista(
    sesion: Session, lineas: list[LineaVista], escrito: str | None, espera: UUID | None
) -> VistaCarrito:
    if escrito is None or not lineas:
        return VistaCarrito(lineas, por_pagar_id=espera)
    try:
        aplicado = aplicar_cupon(sesion, escrito, por_rebajar(lineas))
        return VistaCarrito(lineas, escrito, aplicado, por_pagar_id=espera)
    except CuponNoVale as error:
        return VistaCarrito(lineas, escrito, problema_del_cupon=error.detalle, por_pagar_id=espera)


def por_rebajar(lineas: Iterable[LineaVista]) -> list[PorRebajar]:
    return [PorRebajar(x.opcion.id, x.producto.vendedor_id, x.importe) for x in lineas]


def poner_cupon(sesion: Session, titular: Titular | None, codigo: str | None) -> VistaCarrito:
    """Keep a code in the cart if it takes something off what is in it now, or (None) no code.

    Raises `CuponNoVale`.
    """
    carrito = carrito_de(sesion, titular.condicion) if titular else None
    vista = ver_carrito(sesion, titular) if titular else VistaCarrito()
    if codigo is not None:
        aplicar_cupon(sesion, codigo, por_rebajar(vista.lineas))
        codigo = normalizar(codigo)
    if carrito is None or titular is None or carrito.cupon == codigo:
        return vista
    carrito.cupon = codigo
    _tocar(sesion, carrito)
    return ver_carrito(sesion, titular)


def bloquear_carrito(sesion: Session, titular: Titular) -> Carrito:
    """The cart of a holder, made if need be, its row locked: writers of one cart go one by one."""
    valores = {
        "id": nuevo_id(),
        "persona_id": titular.persona_id,
        "ficha_sha256": None if titular.persona_id else _huella_de_ficha(titular.ficha or ""),
    }
    carrito = carrito_de(sesion, titular.condicion)
    if carrito is None:
        nuevo = insert(Carrito).values(valores).on_conflict_do_nothing().returning(Carrito)
        carrito = sesion.scalars(nuevo).one_or_none() or carrito_de(sesion, titular.condicion)
        assert carrito is not None
    return carrito


def agregar(sesion: Session, titular: Titular, variante_id: UUID, cantidad: Decimal | int) -> VistaCarrito:
    """Put so much of a variant in the cart; it adds to what is there. Returns the cart as it is now.

    Raises `ProductoNoEncontrado`, `ProductoNoDisponible`, `SinExistencia`, `CarritoLleno` and, of half a
    chompa, `CantidadInvalida`.
    """
    assert cantidad > 0
    carrito = bloquear_carrito(sesion, titular)
    lineas, opciones = _leer(sesion, carrito, [variante_id])
    tenia = sum((x.cantidad for x in lineas if x.opcion.id == variante_id), Decimal(0))
    return _poner(sesion, carrito, lineas, [_linea(opciones.get(variante_id), tenia + cantidad)])


def fijar_cantidad(
    sesion: Session, titular: Titular, variante_id: UUID, cantidad: Decimal | int
) -> VistaCarrito:
    """Set how much of a variant the cart has; 0 takes it out. The price shown now counts as seen. Returns the
    cart as it is now. Raises what `agregar` does."""
    assert cantidad >= 0
    if cantidad > 0:
        return fijar_cantidades(sesion, titular, {variante_id: Decimal(cantidad)})
    carrito = bloquear_carrito(sesion, titular)
    lineas, _opciones = _leer(sesion, carrito, [])
    otras = [x for x in lineas if x.opcion.id != variante_id]
    if len(otras) < len(lineas):
        _quitar(sesion, carrito, [variante_id])
    return _vista(sesion, otras, carrito.cupon, carrito.por_pagar_id)


def fijar_cantidades(sesion: Session, titular: Titular, cantidades: Mapping[UUID, Decimal]) -> VistaCarrito:
    """`fijar_cantidad` of several variants, none of them to 0, in as many statements as of one."""
    assert all(cantidad > 0 for cantidad in cantidades.values())
    carrito = bloquear_carrito(sesion, titular)
    lineas, opciones = _leer(sesion, carrito, cantidades)
    return _poner(sesion, carrito, lineas, [_linea(opciones.get(i), c) for i, c in cantidades.items()])


_LAS_SUYAS = select(CarritoLinea.variante_id).where(col(CarritoLinea.carrito_id) == bindparam("carrito"))
_CON_LO_PEDIDO = (
    OPCIONES.add_columns(CarritoLinea.cantidad, CarritoLinea.precio_visto)
    .outerjoin(
        CarritoLinea,
        (col(CarritoLinea.variante_id) == col(Variante.id))
        & (col(CarritoLinea.carrito_id) == bindparam("carrito")),
    )
    .where(
        col(Variante.id).in_(IDS) | (col(Variante.id) == func.any(func.array(_LAS_SUYAS.scalar_subquery())))
    )
    .order_by(*_COMO_SE_AGREGARON)
    .execution_options(populate_existing=True)
)


def _leer(
    sesion: Session, carrito: Carrito, variantes: Collection[UUID]
) -> tuple[list[LineaVista], dict[UUID, Opcion]]:
    """What a locked cart has, and what these variants are, in it or not, those that exist; one query."""
    parametros = {"carrito": carrito.id, "ids": list(variantes)}
    lineas, opciones = [], {}
    for *fila, cantidad, visto in sesion.execute(_CON_LO_PEDIDO, parametros):
        opcion = opcion_de(fila)
        opciones[opcion.id] = opcion
        if cantidad is not None:
            lineas.append(LineaVista(opcion, cantidad, visto))
    return lineas, opciones


def _linea(opcion: Opcion | None, cantidad: Decimal) -> LineaVista:
    """So much of it, if it can be bought so. Raises what `agregar` does."""
    if opcion is None:
        raise ProductoNoEncontrado()
    if not opcion.a_la_venta:
        raise ProductoNoDisponible(opcion.por_que_no)
    exigir_medida(opcion.variante.unidad_medida, cantidad)
    if cantidad > opcion.disponible:
        raise SinExistencia(_solo_quedan(opcion))
    if cantidad > CANTIDAD_MAXIMA:
        raise CarritoLleno(_("Puede llevar hasta %(n)s unidades de un producto.") % {"n": CANTIDAD_MAXIMA})
    if opcion.por_pagar(cantidad).amount == 0:
        texto = _("Esa cantidad no llega a costar un centavo: lleve más.")
        raise CantidadInvalida(texto, campos={"cantidad": texto})
    return LineaVista(opcion, cantidad, opcion.rebajado_de(cantidad))


def _poner(
    sesion: Session, carrito: Carrito, lineas: Iterable[LineaVista], puestas: Iterable[LineaVista]
) -> VistaCarrito:
    nuevas = {x.opcion.id: x for x in puestas}
    habia = {x.opcion.id: x for x in lineas}
    todas = habia | nuevas
    if len(todas) > max(LINEAS_MAXIMAS, len(habia)):  # two carts that were poured together may have more
        raise CarritoLleno(_("El carrito lleva hasta %(n)s productos distintos.") % {"n": LINEAS_MAXIMAS})
    valores = {
        "carrito": carrito.id,
        "variantes": list(nuevas),
        "cantidades": [x.cantidad for x in nuevas.values()],
        "precios": [a_centavos(x.precio_visto) for x in nuevas.values()],
    }
    sesion.connection().execute(_PONER, valores)
    return _vista(sesion, list(todas.values()), carrito.cupon, carrito.por_pagar_id)


def _solo_quedan(opcion: Opcion) -> str:
    if opcion.disponible == 0:
        return _("«%(titulo)s» está agotado.") % {"titulo": opcion.titulo}
    partes = {"quedan": quedan(opcion.disponible), "titulo": opcion.titulo}
    return _("Solo %(quedan)s de «%(titulo)s».") % partes


def _tocar(sesion: Session, carrito: Carrito) -> None:
    hoy = {"actualizado_en": func.nucleo_ahora()}
    sesion.connection().execute(update(Carrito).where(col(Carrito.id) == carrito.id).values(hoy))


def _quitar(sesion: Session, carrito: Carrito, variantes: Collection[UUID]) -> None:
    sesion.connection().execute(
        delete(CarritoLinea).where(
            col(CarritoLinea.carrito_id) == carrito.id, col(CarritoLinea.variante_id).in_(list(variantes))
        )
    )
    _tocar(sesion, carrito)


def unir(sesion: Session, ficha: str, persona_id: UUID) -> int:
    """At sign-in, pour the cart of the cookie into the person's: quantities add, nothing is lost.

    The cart of the cookie is always locked first, so two requests that merge at once go one after the other
    and the second finds nothing left. Returns how many lines were poured.
    """
    suelto = carrito_de(sesion, Titular(ficha=ficha).condicion)
    if suelto is None:
        return 0
    propio = bloquear_carrito(sesion, Titular(persona_id=persona_id))
    sueltas = select(CarritoLinea).where(CarritoLinea.carrito_id == suelto.id)
    lineas = sesion.exec(sueltas.execution_options(populate_existing=True)).all()
    filas = [
        {
            "carrito_id": propio.id,
            "variante_id": linea.variante_id,
            "cantidad": linea.cantidad,
            "precio_visto": linea.precio_visto,
        }
        for linea in lineas
    ]
    if filas:
        nueva = insert(CarritoLinea).values(filas)
        suma = func.least(CarritoLinea.cantidad + nueva.excluded.cantidad, CANTIDAD_MAXIMA)
        sesion.connection().execute(
            nueva.on_conflict_do_update(
                index_elements=["carrito_id", "variante_id"],
                set_={"cantidad": suma, "precio_visto": nueva.excluded.precio_visto},
            )
        )
    propio.cupon = propio.cupon or suelto.cupon
    sesion.flush()
    sesion.connection().execute(delete(Carrito).where(col(Carrito.id) == suelto.id))
    sesion.expire_all()
    return len(filas)


def vaciar_de(sesion: Session, carrito: Carrito, variantes: Collection[UUID]) -> None:
    """Take the bought variants out of a locked cart, and the coupon."""
    carrito.cupon = None
    _quitar(sesion, carrito, variantes)
