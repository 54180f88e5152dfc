"""What is bid for, awarded and contested at once: an item, a lot, or all that a process asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from feria_inversa.precios import sumar
from feria_inversa.procesos.consultas import items_de
from feria_inversa.procesos.errores import ConvocatoriaIncompleta
from feria_inversa.procesos.estados import POR_DECIDIR, Forma
from feria_inversa.procesos.modelos import Convocatoria, Item, Lote
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Grupo:
    """Its items by number; any of them stands for it, the first one in what is written of the whole."""

    forma: Forma
    items: tuple[Item, ...]
    lote: Lote | None = None

    @property
    def primero(self) -> Item:
        return self.items[0]

    @property
    def ids(self) -> frozenset[UUID]:
        return frozenset(item.id for item in self.items)

    @property
    def total_referencial(self) -> Money:
        return sumar(item.total_referencial for item in self.items)

    @property
    def por_decidir(self) -> bool:
        return self.primero.estado in POR_DECIDIR

    @property
    def nombre(self) -> str:
        """How it is called: «Ítem 3», «Lote 2», «El total»."""
        if self.forma == Forma.TOTAL:
            return _("El total")
        if self.lote is not None:
            return _("Lote {}").format(self.lote.numero)
        return _("Ítem {}").format(self.primero.numero)

    @property
    def titulo(self) -> str:
        if self.forma == Forma.TOTAL:
            return _("Todos los ítems")
        if self.lote is not None:
            return _("Lote {}: {}").format(self.lote.numero, self.lote.nombre)
        return f"{self.primero.numero}. {self.primero.descripcion}"


def lotes_de(sesion: Session, convocatoria_id: UUID) -> list[Lote]:
    consulta = select(Lote).where(Lote.convocatoria_id == convocatoria_id).order_by(col(Lote.numero))
    return list(sesion.exec(consulta))


def grupos_de(sesion: Session, convocatoria: Convocatoria) -> list[Grupo]:
    """The items of a process as they are awarded: by their number, or that of their lot."""
    return agrupar(sesion, convocatoria, items_de(sesion, convocatoria.id))


def agrupar(sesion: Session, convocatoria: Convocatoria, items: Sequence[Item]) -> list[Grupo]:
    forma = Forma(convocatoria.adjudica_por)
    if forma == Forma.ITEM:
        return [Grupo(forma, (item,)) for item in items]
    if forma == Forma.TOTAL:
        return [Grupo(forma, tuple(items))] if items else []
    return [
        Grupo(forma, suyos, lote)
        for lote in lotes_de(sesion, convocatoria.id)
        if (suyos := tuple(item for item in items if item.lote == lote.numero))
    ]


def grupo_del_item(sesion: Session, convocatoria: Convocatoria, item_id: UUID) -> Grupo | None:
    """With what an item is awarded; None of an item of another process."""
    return next((g for g in grupos_de(sesion, convocatoria) if item_id in g.ids), None)


def exigir_lotes(convocatoria: Convocatoria, items: Sequence[Item], lotes: Sequence[Lote]) -> None:
    """Raise `ConvocatoriaIncompleta` unless each item is in a lot and each lot has something, where lots are
    awarded.
    """
    if convocatoria.adjudica_por != Forma.LOTE:
        return
    sueltos = [str(item.numero) for item in items if item.lote is None]
    vacios = [str(lote.numero) for lote in lotes if all(item.lote != lote.numero for item in items)]
    detalle = ""
    if not lotes:
        detalle = _("Se adjudica por lote: escriba el nombre de cada lote.")
    elif sueltos:
        detalle = _("Diga de qué lote son estos ítems: {}.").format(", ".join(sueltos))
    elif vacios:
        detalle = _("Estos lotes no tienen ítems: {}.").format(", ".join(vacios))
    if detalle:
        raise ConvocatoriaIncompleta(detalle, campos={"items": detalle})
