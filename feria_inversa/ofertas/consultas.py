"""Reads of bids. Nothing here shows a price before the opening: those come only from `sobres.py`."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    Unidad,
    tiene_facultad,
    unidades_de,
    unidades_en_lote,
)
from feria_inversa.ofertas.anonimas import rotulos, sin_nombre
from feria_inversa.ofertas.errores import OfertaNoEncontrada
from feria_inversa.ofertas.estados import NO_SE_FUERON, QUEDAN_CERRADAS, EstadoOferta
from feria_inversa.ofertas.modelos import Oferta, OfertaLinea
from feria_inversa.ofertas.sobres import lineas_abiertas
from feria_inversa.precios import sumar
from feria_inversa.procesos import oculta_nombres
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.paginacion import CursorPedido, ids_de_cada_una, paginar, tras


@dataclass(frozen=True, slots=True)
class OfertaConLineas:
    """`anonima`: its `proveedor` has a label for a name, and nothing else that tells who it is but its id,
    by which it is judged.
    """

    oferta: Oferta
    proveedor: Unidad
    lineas: list[OfertaLinea]
    total: Money
    anonima: bool = False


def ofertas_abiertas(
    sesion: Session, convocatoria: Convocatoria, items: Collection[UUID] | None = None
) -> list[OfertaConLineas]:
    """The bids of an opened call with their lines, in the order they came, or of their labels while
    names are hidden; with `items`, only what they say of those. Raises `SobresCerrados`.
    """
    donde = [] if items is None else [col(OfertaLinea.item_id).in_(items)]
    lineas = lineas_abiertas(sesion, convocatoria, *donde)
    return _con_lineas(sesion, convocatoria, ofertas_vigentes(sesion, convocatoria.id), lineas)


def pagina_de_abiertas(
    sesion: Session, convocatoria: Convocatoria, pagina: CursorPedido
) -> tuple[list[OfertaConLineas], str | None]:
    """The same, a page of bids, and the cursor of the next one."""
    por_rotulo = oculta_nombres(convocatoria)
    columnas: Any = (Oferta.huella if por_rotulo else Oferta.presentada_en, Oferta.id)
    consulta = _vigentes(convocatoria.id)
    ofertas, siguiente = paginar(sesion, consulta, pagina, columnas=columnas, desc=False)
    suyas = col(OfertaLinea.oferta_id).in_([oferta.id for oferta in ofertas])
    lineas = lineas_abiertas(sesion, convocatoria, suyas)
    return _con_lineas(sesion, convocatoria, ofertas, lineas), siguiente


def _con_lineas(
    sesion: Session, convocatoria: Convocatoria, ofertas: Sequence[Oferta], lineas: Sequence[OfertaLinea]
) -> list[OfertaConLineas]:
    unidades = unidades_en_lote(sesion, [oferta.unidad_id for oferta in ofertas])
    por_oferta: dict[UUID, list[OfertaLinea]] = defaultdict(list)
    for linea in lineas:
        por_oferta[linea.oferta_id].append(linea)
    abiertas = [
        OfertaConLineas(
            oferta,
            unidades[oferta.unidad_id],
            por_oferta[oferta.id],
            sumar(linea.total for linea in por_oferta[oferta.id]),
        )
        for oferta in ofertas
    ]
    dicen = rotulos(sesion, convocatoria)
    if not dicen:
        return abiertas
    abiertas.sort(key=lambda abierta: abierta.oferta.huella)
    return [replace(a, proveedor=sin_nombre(a.proveedor, dicen[a.oferta.id]), anonima=True) for a in abiertas]


def mis_ofertas(
    sesion: Session, actor: Actor, pagina: CursorPedido
) -> tuple[list[tuple[Oferta, Convocatoria]], str | None]:
    """A page of the current and withdrawn bids of the units the actor may bid for, newest first."""
    unidades = [u.id for u in unidades_de(sesion, actor, Facultad.OFERTAR, estados=CON_LO_SUYO)]
    columnas = (Oferta.presentada_en, Oferta.id)
    orden = (col(Oferta.presentada_en).desc(), col(Oferta.id).desc())
    donde = (Oferta.estado != EstadoOferta.REEMPLAZADA, *tras(pagina, columnas))
    ids = ids_de_cada_una(Oferta.id, col(Oferta.unidad_id), unidades, orden, pagina.limite + 1, *donde)
    consulta: Any = (
        select(Oferta, Convocatoria, *columnas)
        .join(Convocatoria, col(Convocatoria.id) == Oferta.convocatoria_id)
        .where(col(Oferta.id).in_(ids))
    )
    filas, siguiente = paginar(sesion, consulta, pagina, columnas=columnas, escalares=False)
    return [(fila[0], fila[1]) for fila in filas], siguiente


def oferta_propia(sesion: Session, actor: Actor, convocatoria_id: UUID, oferta_id: UUID) -> Oferta:
    """A bid for whoever may bid for its unit; to anybody else it does not exist."""
    oferta = sesion.get(Oferta, oferta_id)
    if (
        oferta is None
        or oferta.convocatoria_id != convocatoria_id
        or not tiene_facultad(sesion, actor, oferta.unidad_id, Facultad.OFERTAR, estados=CON_LO_SUYO)
    ):
        raise OfertaNoEncontrada
    return oferta


def ofertas_vigentes(sesion: Session, convocatoria_id: UUID) -> list[Oferta]:
    """The bids that were neither replaced nor ended, in the order they came."""
    return list(sesion.exec(_vigentes(convocatoria_id).order_by(col(Oferta.presentada_en), col(Oferta.id))))


def _vigentes(convocatoria_id: UUID) -> SelectOfScalar[Oferta]:
    return select(Oferta).where(
        Oferta.convocatoria_id == convocatoria_id, Oferta.estado == EstadoOferta.VIGENTE
    )


def oferentes_de(sesion: Session, convocatoria_id: UUID) -> list[UUID]:
    """The units that bid and did not take it back, in the order they came: also those whose bids lapsed, or
    were declared invalid at the opening, who have most to say of it.
    """
    consulta = (
        select(Oferta.unidad_id)
        .where(Oferta.convocatoria_id == convocatoria_id, col(Oferta.estado).in_(NO_SE_FUERON))
        .order_by(col(Oferta.presentada_en))
    )
    return list(sesion.exec(consulta))


def invalidas_de(sesion: Session, convocatoria_id: UUID) -> list[Oferta]:
    """The bids that were opened and could not count; the act says why."""
    return _que_terminaron(sesion, convocatoria_id, EstadoOferta.INVALIDA)


def las_que_no_pasaron(sesion: Session, convocatoria_id: UUID) -> list[Oferta]:
    """The bids in two envelopes that ended by their technical part."""
    return _que_terminaron(sesion, convocatoria_id, EstadoOferta.NO_PASO)


def _que_terminaron(sesion: Session, convocatoria_id: UUID, estado: EstadoOferta) -> list[Oferta]:
    consulta = (
        select(Oferta)
        .where(Oferta.convocatoria_id == convocatoria_id, Oferta.estado == estado)
        .order_by(col(Oferta.presentada_en), col(Oferta.id))
    )
    return list(sesion.exec(consulta))


def cerradas_de(sesion: Session, convocatoria_id: UUID) -> dict[str, list[str]]:
    """The fingerprints of the bids whose envelopes stay closed for ever, by how they ended, in order."""
    consulta = select(Oferta.estado, Oferta.huella).where(
        Oferta.convocatoria_id == convocatoria_id, col(Oferta.estado).in_(QUEDAN_CERRADAS)
    )
    huellas: dict[str, list[str]] = {str(estado): [] for estado in QUEDAN_CERRADAS}
    for estado, huella in sesion.exec(consulta.order_by(col(Oferta.huella))):
        huellas[estado].append(huella)
    return {e: suyas for e, suyas in huellas.items() if suyas or e != EstadoOferta.NO_PASO}


def caducadas_de(sesion: Session, convocatoria_id: UUID) -> list[UUID]:
    """The units whose bids ended because nobody reconfirmed them."""
    consulta = (
        select(Oferta.unidad_id)
        .where(Oferta.convocatoria_id == convocatoria_id, Oferta.estado == EstadoOferta.CADUCADA)
        .order_by(col(Oferta.presentada_en), col(Oferta.id))
    )
    return list(sesion.exec(consulta))
