"""For what each bidder competes in an auction, for what they do not, and why: to be told to that bidder."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, col, select

from feria_inversa.ofertas import ofertas_vigentes
from feria_inversa.ofertas.modelos import OfertaLinea
from feria_inversa.precios import sumar
from feria_inversa.procesos import Grupo, grupos_de
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta.modelos import GrupoSubastado, Participante
from nucleo.dinero import a_centavos
from nucleo.textos import gettext as _

NOMBRADOS = 5
"""How many things are called by their name in a sentence."""


class Causa(StrEnum):
    """Why who bid for something does not compete for it."""

    INCOMPLETA = "incompleta"
    SOBRE_LA_REFERENCIA = "sobre_la_referencia"
    NO_PODIA = "no_podia"
    SIN_RIVAL = "sin_rival"


@dataclass(frozen=True, slots=True)
class Lugar:
    """A bidder in an auction."""

    compite: list[Grupo] = field(default_factory=list)
    fuera: dict[Causa, list[Grupo]] = field(default_factory=dict)


def que_le_falta(grupo: Grupo, lineas: Sequence[OfertaLinea]) -> Causa | None:
    """Of the lines of a bid for what is awarded at once: the whole of it, up to its reference."""
    total = sumar(linea.total for linea in lineas)
    if len(lineas) != len(grupo.items) or a_centavos(total) == 0:
        return Causa.INCOMPLETA
    return Causa.SOBRE_LA_REFERENCIA if total > grupo.total_referencial else None


def lugares_de(
    sesion: Session, convocatoria: Convocatoria, unidades: Collection[UUID] | None = None
) -> Mapping[UUID, Lugar]:
    """Of who bid, or of these units among them, in an auction that was prepared."""
    ofertas = {
        oferta.id: oferta.unidad_id
        for oferta in ofertas_vigentes(sesion, convocatoria.id)
        if unidades is None or oferta.unidad_id in unidades
    }
    lineas: dict[UUID, list[OfertaLinea]] = {oferta_id: [] for oferta_id in ofertas}
    for linea in sesion.exec(select(OfertaLinea).where(col(OfertaLinea.oferta_id).in_(ofertas))):
        lineas[linea.oferta_id].append(linea)
    suyos = select(Participante.oferta_id, Participante.grupo)
    participan = set(sesion.exec(suyos.where(Participante.convocatoria_id == convocatoria.id)))
    cosas = select(GrupoSubastado.numero).where(GrupoSubastado.convocatoria_id == convocatoria.id)
    subastados = set(sesion.exec(cosas))
    lugares = {unidad_id: Lugar() for unidad_id in ofertas.values()}
    for grupo in grupos_de(sesion, convocatoria):
        numero = grupo.primero.numero
        for oferta_id, unidad_id in ofertas.items():
            suyas = [linea for linea in lineas[oferta_id] if linea.item_id in grupo.ids]
            if (oferta_id, numero) in participan:
                lugares[unidad_id].compite.append(grupo)
            elif suyas:
                causa = que_le_falta(grupo, suyas)
                causa = causa or (Causa.NO_PODIA if numero in subastados else Causa.SIN_RIVAL)
                lugares[unidad_id].fuera.setdefault(causa, []).append(grupo)
    return lugares


def en_palabras(lugar: Lugar) -> str:
    """What they compete for, and what they do not, each with its cause."""
    compite = _("Compite por: {}.").format(nombrar(lugar.compite)) if lugar.compite else ""
    return f"{compite} {lo_que_no_compite(lugar)}".strip()


def lo_que_no_compite(lugar: Lugar) -> str:
    """In words, each with its cause; nothing when there is none."""
    por_que = {
        Causa.INCOMPLETA: _("no ofertó todo lo que se adjudica junto"),
        Causa.SOBRE_LA_REFERENCIA: _("su total supera la referencia"),
        Causa.NO_PODIA: _("en la apertura no podía contratar con el Estado"),
        Causa.SIN_RIVAL: _("no se subasta, nadie más compite"),
    }
    return " ".join(
        _("No compite por: {} ({}).").format(nombrar(grupos), por_que[causa])
        for causa, grupos in sorted(lugar.fuera.items())
    )


def nombrar(grupos: Sequence[Grupo]) -> str:
    """Some of them by their name, and how many more."""
    nombrados = ", ".join(grupo.nombre for grupo in grupos[:NOMBRADOS])
    resto = len(grupos) - NOMBRADOS
    return _("{} y {} más").format(nombrados, resto) if resto > 0 else nombrados
