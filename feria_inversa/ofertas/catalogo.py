"""A bid filled from what its unit has on sale: each item with the products that answer to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from comercio import EnVenta, parecidos_de
from empresa_digital.registro import Unidad
from feria_inversa.precios import leer_medida
from feria_inversa.procesos.modelos import Item
from nucleo.configuracion import ajustes
from nucleo.lectores import para_escribir
from nucleo.textos import gettext as _

DETALLE_MAXIMO, MARCA_MAXIMA = 1000, 120


@dataclass(frozen=True, slots=True)
class Sugerida:
    """A product, and what a line of the bid would say of it: texts as the form writes them.

    Without `precio_unitario`, it is sold by another unit than the one asked for, or that one is of no list:
    nobody can tell how many of one make the other.
    """

    producto: EnVenta
    precio_unitario: str
    marca: str
    detalle: str

    @property
    def campos(self) -> dict[str, str]:
        return {"precio_unitario": self.precio_unitario, "marca": self.marca, "detalle": self.detalle}


def sugeridas(
    sesion: Session, unidad: Unidad, items: Sequence[Item], *, anonima: bool = False
) -> dict[int, list[Sugerida]]:
    """By the number of the item, the products of a unit that answer to it; `anonima`, not saying whose."""
    buscados = {item.numero: (item.descripcion, item.cantidad) for item in items}
    medidas = {item.numero: item.unidad_medida for item in items}
    return {
        numero: [_sugerida(unidad, producto, medidas[numero], anonima=anonima) for producto in productos]
        for numero, productos in parecidos_de(sesion, unidad.id, buscados).items()
    }


def _sugerida(unidad: Unidad, producto: EnVenta, medida: str | None, *, anonima: bool = False) -> Sugerida:
    leida = leer_medida(producto.unidad_medida)
    misma = leida is not None and (leida.codigo, leida.contenido) == (medida, None)
    ficha = _("Ficha y fotos: {}").format(f"{ajustes().url_publica}/productos/{producto.id}")
    quien = f"{unidad.nombre}. {producto.origen}" if producto.origen else unidad.nombre
    if anonima:
        ficha, quien = "", producto.origen or _("Sin marca")
    dicho = f"{producto.titulo}. {' '.join(producto.descripcion.split())}"
    return Sugerida(
        producto,
        para_escribir(producto.precio.amount) if misma else "",
        quien[:MARCA_MAXIMA].strip(),
        f"{dicho[: DETALLE_MAXIMO - len(ficha) - 1].strip()} {ficha}".strip(),
    )


def llenar(
    valores: dict[str, str], pedido: str, halladas: dict[int, list[Sugerida]]
) -> dict[str, str] | None:
    """What a form would say with a product in one of its items, named `numero:producto`; None of another."""
    numero, _dos_puntos, producto = pedido.partition(":")
    for sugerida in halladas.get(int(numero), ()) if numero.isdecimal() and len(numero) < 6 else ():
        if str(sugerida.producto.id) == producto:
            return valores | {f"lineas.{numero}.{campo}": dicho for campo, dicho in sugerida.campos.items()}
    return None
