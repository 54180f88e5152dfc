"""What getting a cart there costs: of each who sells in it, by each way of delivery."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from comercio.carrito.llenar import VistaCarrito
from comercio.catalogo import Modalidad, Opcion
from comercio.formas import Forma, FormaDeEntrega, PorLlevar, Porte, formas_de, portes
from empresa_digital.registro import lugares
from nucleo.dinero import cero

Lineas = Iterable[tuple[Opcion, Decimal, Money]]
"""What is bought: a variant, how much, and what that comes to."""


@dataclass(slots=True)
class DelVendedor:
    """The goods that somebody sells in a purchase: what they weigh and cost together."""

    nombre: str
    peso_g: Decimal = field(default_factory=Decimal)
    bienes: Money = field(default_factory=cero)

    def por_llevar(self, forma: Forma, destino_ine: str) -> PorLlevar:
        return PorLlevar(forma, destino_ine, math.ceil(self.peso_g), self.bienes)


def de_bienes(lineas: Lineas) -> dict[UUID, DelVendedor]:
    """By who sells them; services travel by themselves."""
    suyos: dict[UUID, DelVendedor] = {}
    for opcion, cantidad, importe in lineas:
        producto = opcion.producto
        if producto.modalidad == Modalidad.ENVIO:
            suyo = suyos.setdefault(producto.vendedor_id, DelVendedor(producto.vendedor_nombre))
            suyo.peso_g += opcion.variante.peso_g * cantidad
            suyo.bienes += importe
    return suyos


@dataclass(frozen=True, slots=True)
class PorteDeVendedor:
    """What a seller charges for a way of delivery: None while it is not known where to, or nobody goes there
    (`sin_quien`)."""

    vendedor_id: UUID
    nombre: str
    forma: Forma
    porte: Porte | None
    sin_quien: bool


@dataclass(frozen=True, slots=True)
class CuentaDePortes:
    """What each seller of a cart asks for each way of delivery to a place; `elegidos`, of those chosen."""

    lugar: str
    todos: Sequence[PorteDeVendedor]
    elegidos: Mapping[UUID, PorteDeVendedor]

    @property
    def se_cobra(self) -> bool:
        """Whether any of them may cost something."""
        return any(x.forma.cobra for x in self.todos)

    @property
    def suma(self) -> Money | None:
        """Of what was chosen; None while some of it is not known."""
        conocidos = [x.porte for x in self.elegidos.values() if x.porte is not None]
        if len(conocidos) < len(self.elegidos):
            return None
        return sum((p.monto for p in conocidos), cero())


def cuenta_de_portes(
    sesion: Session,
    carrito: VistaCarrito,
    municipio_ine: str,
    elegidas: Mapping[UUID, FormaDeEntrega],
    *,
    a_la_vista: bool = False,
) -> CuentaDePortes:
    """What getting a cart to a municipality (empty: not known yet) costs, by each way that its sellers offer;
    what nobody chose goes by the first one."""
    vendedores = de_bienes((x.opcion, x.cantidad, x.importe) for x in carrito.lineas)
    nombre = lugares(sesion, [municipio_ine]).get(municipio_ine, "") if municipio_ine else ""
    ofrecen = formas_de(sesion, vendedores) if vendedores else {}
    casos = [(id, f) for id, ofrece in ofrecen.items() for f in ofrece]
    hallados = portes(
        sesion,
        [vendedores[id].por_llevar(f, municipio_ine) for id, f in casos if nombre or _da_igual_donde(f)],
        a_la_vista=a_la_vista,
    )
    por_hallar = iter(hallados)
    todos = []
    for id, forma in casos:
        porte = next(por_hallar) if nombre or _da_igual_donde(forma) else None
        todos.append(PorteDeVendedor(id, vendedores[id].nombre, forma, porte, bool(nombre) and porte is None))
    elegidos: dict[UUID, PorteDeVendedor] = {}
    for x in todos:
        if x.vendedor_id not in elegidos or elegidas.get(x.vendedor_id) == x.forma.forma:
            elegidos[x.vendedor_id] = x
    return CuentaDePortes(nombre, todos, elegidos)


def _da_igual_donde(forma: Forma) -> bool:
    return forma.forma is not FormaDeEntrega.REPARTO and not forma.cobra
