"""The category tree, read once and kept for minutes: it changes with a migration, not with use."""

from dataclasses import dataclass, field

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session, col, select

from comercio.catalogo.modelos import Atributo, Categoria
from nucleo.errores import DatosInvalidos
from nucleo.memoria import Memoria
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class CategoriaInvalida(DatosInvalidos):
    codigo = "categoria_invalida"
    titulo = _l("Elija una categoría de la lista")


@dataclass(frozen=True, slots=True)
class Nodo:
    codigo: str
    nombre: str
    icono: str
    es_servicio: bool
    padre: str | None
    unspsc: str | None
    """Its family in the United Nations' classification; of a branch, none."""
    atributos: tuple[str, ...] = ()
    """What may tell its variants apart, in the order in which they are asked; its branch's first."""


@dataclass(frozen=True, slots=True)
class Arbol:
    nodos: dict[str, Nodo]
    ramas: dict[str, tuple[Nodo, ...]]
    dicho: str = field(init=False, repr=False, compare=False)
    """All of it, in words: what a page that shows it is kept by."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "dicho", repr(self))

    def nombre(self, codigo: str) -> str:
        return self.nodos[codigo].nombre if codigo in self.nodos else codigo

    def hoja(self, codigo: str) -> Nodo:
        """A category that products may have. Raises `CategoriaInvalida` for a branch or an unknown code."""
        nodo = self.nodos.get(codigo)
        if nodo is None or nodo.padre is None:
            raise CategoriaInvalida(campos={"categoria": _("Elija una categoría de la lista.")})
        return nodo

    def camino(self, codigo: str) -> list[Nodo]:
        """From the branch to the category."""
        nodo = self.nodos[codigo]
        return [self.nodos[nodo.padre], nodo] if nodo.padre else [nodo]


_memoria: Memoria[str, Arbol] = Memoria(segundos=300, maximo=1)


def arbol(sesion: Session) -> Arbol:
    return _memoria.obtener("arbol", lambda: _leer(sesion))


def olvidar_arbol() -> None:
    _memoria.vaciar()


def _leer(sesion: Session) -> Arbol:
    propios = aggregate_order_by(col(Atributo.nombre), col(Atributo.orden), col(Atributo.nombre))
    consulta = (
        select(Categoria, func.array_remove(func.array_agg(propios), None))
        .outerjoin(Atributo, col(Atributo.categoria_codigo) == col(Categoria.codigo))
        .group_by(col(Categoria.codigo))
        .order_by(col(Categoria.orden))
    )
    filas = sesion.exec(consulta).all()
    atributos = {c.codigo: nombres for c, nombres in filas}
    nodos = {
        c.codigo: Nodo(
            c.codigo,
            c.nombre,
            c.icono,
            c.es_servicio,
            c.padre_codigo,
            c.unspsc,
            tuple(dict.fromkeys([*atributos.get(c.padre_codigo or "", ()), *atributos.get(c.codigo, ())])),
        )
        for c, _nombres in filas
    }
    ramas = {
        n.codigo: tuple(h for h in nodos.values() if h.padre == n.codigo)
        for n in nodos.values()
        if n.padre is None
    }
    return Arbol(nodos, ramas)
