"""What is asked of the shop and what it answers."""

from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from moneyed import Money

from comercio.catalogo import Rebajada

ORDENES = ("relevancia", "recientes", "precio_asc", "precio_desc")


@dataclass(frozen=True, slots=True)
class Filtros:
    """What narrows a search. `orden` None: relevance with words, newest without.

    `es_rama` (the category is a root) is filled by the search.
    """

    q: str = ""
    categoria: str | None = None
    departamento: str | None = None
    precio_min: Money | None = None
    precio_max: Money | None = None
    vendedor_id: UUID | None = None
    con_existencia: bool = False
    orden: str | None = None
    atributos: tuple[tuple[str, str], ...] = ()
    origen: str | None = None
    es_rama: bool = False

    @property
    def es_vitrina(self) -> bool:
        """All that somebody sells, and nothing besides: a place of their own, which they give to others."""
        return self == Filtros(vendedor_id=self.vendedor_id) and self.vendedor_id is not None

    @property
    def orden_efectivo(self) -> str:
        if self.orden in ORDENES and (self.orden != "relevancia" or self.q):
            return self.orden
        return "relevancia" if self.q else "recientes"


@dataclass(frozen=True, slots=True)
class Ficha:
    """A product in a list; `rebajada`, by the promotion in force as it is read."""

    id: UUID
    titulo: str
    precio: Money
    precio_maximo: Money
    unidad_medida: str
    disponible: Decimal
    foto: UUID | None
    categoria_codigo: str
    modalidad: str
    origen: str
    vendedor_id: UUID
    vendedor_nombre: str
    vendedor_numero: str
    departamento: str
    lugar: str
    de_vacaciones: bool
    """Whether who sells it is away today."""
    rebajada: Rebajada | None

    @property
    def cuesta(self) -> Money:
        """What the variant that costs least costs now."""
        return self.rebajada.precio if self.rebajada else self.precio

    @property
    def cuesta_mas(self) -> Money:
        """What the one that costs most does."""
        return self.rebajada.maximo if self.rebajada else self.precio_maximo

    @property
    def antes(self) -> Money | None:
        """What may be shown struck through."""
        return self.rebajada.antes if self.rebajada else None

    @property
    def varios_precios(self) -> bool:
        return self.cuesta != self.cuesta_mas


@dataclass(frozen=True, slots=True)
class Facetas:
    """How many products each choice would leave, whatever was chosen of the same kind; counting stops at
    a thousand, or at five hundred of a search (then `hay_mas`). `atributos`: of the category chosen, by
    name, the commonest values first. `de_muestra`: the kinds whose counting stopped, each by what its own
    choices are of; their numbers are of a sample, so nobody is told them as how many there are.
    """

    total: int
    hay_mas: bool
    categorias: dict[str, int]
    departamentos: dict[str, int]
    vendedores: list[tuple[UUID, str, int]]
    atributos: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    de_muestra: tuple[str, ...] = ()
    dicho: str = field(init=False, repr=False, compare=False)
    """All of it, in words: what a page that shows it is kept by."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "dicho", repr(self))


@dataclass(frozen=True, slots=True)
class Resultado:
    """A page of products. `entendido` is what was searched when it is not what was typed; `dicho`, what the
    database said of the products."""

    productos: tuple[Ficha, ...]
    siguiente: str | None
    facetas: Facetas
    dicho: str | None
    entendido: str | None = None
    parcial: bool = False

    @property
    def visto(self) -> tuple[str | bool | None, ...]:
        """All that it shows."""
        return self.dicho, self.siguiente, self.facetas.dicho, self.entendido, self.parcial
