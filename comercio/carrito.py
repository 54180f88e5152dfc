"""The cart: of a person, or of whoever holds the token in their cookie. One row lock for every write."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from moneyed import Money
from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from comercio.bloqueos import carrito_de
from comercio.errores import CarritoLleno, ProductoNoDisponible, ProductoNoEncontrado, SinExistencia
from comercio.modelos import CANTIDAD_MAXIMA, LINEAS_MAXIMAS, Carrito, CarritoLinea, Producto
from nucleo.dinero import a_centavos, bs
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


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

    producto: Producto
    cantidad: int
    precio_visto: Money

    @property
    def importe(self) -> Money:
        return self.producto.precio * self.cantidad

    @property
    def cambio_de_precio(self) -> bool:
        return self.precio_visto != self.producto.precio

    @property
    def problema(self) -> Literal["no_disponible", "sin_existencia"] | None:
        if not self.producto.a_la_venta:
            return "no_disponible"
        return "sin_existencia" if self.producto.disponible < self.cantidad else None


@dataclass(frozen=True, slots=True)
class VistaCarrito:
    lineas: list[LineaVista] = field(default_factory=list)

    @property
    def total(self) -> Money:
        return sum((linea.importe for linea in self.lineas), bs(0))

    @property
    def unidades(self) -> int:
        return sum(linea.cantidad for linea in self.lineas)

    @property
    def huella(self) -> str:
        return huella((x.producto.id, x.cantidad, a_centavos(x.producto.precio)) for x in self.lineas)

    @property
    def se_puede_comprar(self) -> bool:
        return bool(self.lineas) and all(linea.problema is None for linea in self.lineas)

    @property
    def por_vendedor(self) -> list[tuple[Producto, list[LineaVista]]]:
        """Lines grouped by seller; the product tells who the seller is."""
        grupos: dict[UUID, list[LineaVista]] = {}
        for linea in self.lineas:
            grupos.setdefault(linea.producto.vendedor_id, []).append(linea)
        return [(lineas[0].producto, lineas) for lineas in grupos.values()]


def huella(lineas: Iterable[tuple[UUID, int, int]]) -> str:
    """A digest of (product, quantity, price in centavos): what the buyer saw and agreed to."""
    texto = "\n".join(f"{producto} {cantidad} {precio}" for producto, cantidad, precio in sorted(lineas))
    return hashlib.sha256(texto.encode()).hexdigest()


def nueva_ficha() -> str:
    """A cart token that cannot be guessed (256 bits)."""
    return secrets.token_urlsafe(32)


def _huella_de_ficha(ficha: str) -> bytes:
    return hashlib.sha256(ficha.encode()).digest()


def ver_carrito(sesion: Session, titular: Titular) -> VistaCarrito:
    """The cart with today's prices and stock, in one query."""
    consulta = (
        select(CarritoLinea, Producto)
        .join(Carrito, col(Carrito.id) == col(CarritoLinea.carrito_id))
        .join(Producto, col(Producto.id) == col(CarritoLinea.producto_id))
        .where(titular.condicion)
        .order_by(col(CarritoLinea.agregado_en), col(Producto.id))
    )
    return VistaCarrito(
        [LineaVista(p, linea.cantidad, linea.precio_visto) for linea, p in sesion.exec(consulta)]
    )


def bloquear_carrito(sesion: Session, titular: Titular) -> Carrito:
    """The cart of a holder, made if need be, its row locked: writers of one cart go one by one."""
    valores = {
        "id": nuevo_id(),
        "persona_id": titular.persona_id,
        "ficha_sha256": None if titular.persona_id else _huella_de_ficha(titular.ficha or ""),
    }
    carrito = carrito_de(sesion, titular.condicion)
    if carrito is None:
        sesion.connection().execute(insert(Carrito).values(valores).on_conflict_do_nothing())
        carrito = carrito_de(sesion, titular.condicion)
        assert carrito is not None
    return carrito


def agregar(sesion: Session, titular: Titular, producto_id: UUID, cantidad: int) -> int:
    """Put units of a product in the cart; they add to those already there. Returns how many there are now.

    Raises `ProductoNoEncontrado`, `ProductoNoDisponible`, `SinExistencia`, `CarritoLleno`.
    """
    assert cantidad > 0
    carrito = bloquear_carrito(sesion, titular)
    linea = sesion.get(CarritoLinea, (carrito.id, producto_id), populate_existing=True)
    return _poner(sesion, carrito, producto_id, linea, (linea.cantidad if linea else 0) + cantidad)


def fijar_cantidad(sesion: Session, titular: Titular, producto_id: UUID, cantidad: int) -> int:
    """Set how many units of a product the cart has; 0 takes it out. The price shown now counts as seen."""
    assert cantidad >= 0
    carrito = bloquear_carrito(sesion, titular)
    linea = sesion.get(CarritoLinea, (carrito.id, producto_id), populate_existing=True)
    if cantidad == 0:
        if linea is not None:
            sesion.delete(linea)
            _tocar(sesion, carrito)
        return 0
    return _poner(sesion, carrito, producto_id, linea, cantidad)


def _poner(
    sesion: Session, carrito: Carrito, producto_id: UUID, linea: CarritoLinea | None, cantidad: int
) -> int:
    producto = sesion.get(Producto, producto_id)
    if producto is None:
        raise ProductoNoEncontrado()
    if not producto.a_la_venta:
        raise ProductoNoDisponible(_("«%(titulo)s» ya no está a la venta.") % {"titulo": producto.titulo})
    if cantidad > producto.disponible:
        raise SinExistencia(_solo_quedan(producto))
    if cantidad > CANTIDAD_MAXIMA:
        raise CarritoLleno(_("Puede llevar hasta %(n)s unidades de un producto.") % {"n": CANTIDAD_MAXIMA})
    if linea is None:
        cuantas = select(func.count()).where(CarritoLinea.carrito_id == carrito.id)
        if sesion.exec(cuantas).one() >= LINEAS_MAXIMAS:
            raise CarritoLleno(_("El carrito lleva hasta %(n)s productos distintos.") % {"n": LINEAS_MAXIMAS})
        linea = CarritoLinea(carrito_id=carrito.id, producto_id=producto_id, cantidad=0, precio_visto=bs(0))
        sesion.add(linea)
    linea.cantidad = cantidad
    linea.precio_visto = producto.precio
    _tocar(sesion, carrito)
    return cantidad


def _solo_quedan(producto: Producto) -> str:
    if producto.disponible == 0:
        return _("«%(titulo)s» está agotado.") % {"titulo": producto.titulo}
    return _("Solo quedan %(n)s de «%(titulo)s».") % {"n": producto.disponible, "titulo": producto.titulo}


def _tocar(sesion: Session, carrito: Carrito) -> None:
    carrito.actualizado_en = ahora_bd(sesion)
    sesion.flush()


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
            "producto_id": linea.producto_id,
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
                index_elements=["carrito_id", "producto_id"],
                set_={"cantidad": suma, "precio_visto": nueva.excluded.precio_visto},
            )
        )
    sesion.connection().execute(delete(Carrito).where(col(Carrito.id) == suelto.id))
    sesion.expire_all()
    return len(filas)


def vaciar_de(sesion: Session, carrito: Carrito, productos: Iterable[UUID]) -> None:
    """Take the bought products out of a locked cart."""
    sesion.connection().execute(
        delete(CarritoLinea).where(
            col(CarritoLinea.carrito_id) == carrito.id, col(CarritoLinea.producto_id).in_(list(productos))
        )
    )
    _tocar(sesion, carrito)
