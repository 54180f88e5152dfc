"""Of equal bids, which goes before and why, in words: on the page, in the act and in the decision."""

from feria_inversa.evaluacion.consultas import GrupoComparado
from nucleo.plantillas import filtro_instante
from nucleo.textos import gettext as _


def desempate(comparado: GrupoComparado) -> str:
    """Nothing where none share the best place. ADR 0082: it is not drawn by lot."""
    if not (iguales := comparado.empatadas):
        return ""
    primera, segunda = iguales[:2]
    if primera.anonima:
        return _("Empatan {cuantas} ofertas: va antes la {quien}, que se presentó primero.").format(
            cuantas=len(iguales), quien=primera.proveedor.nombre
        )
    caso = _(
        "Empatan {cuantas} ofertas: va antes la de {quien}, que se presentó primero, el {antes}; la que "
        "sigue, el {despues}."
    )
    if primera.subastada_en is not None:
        caso = _(
            "Empatan {cuantas} ofertas: va antes la de {quien}, que dijo primero ese total en la subasta, el "
            "{antes}; la que sigue, el {despues}."
        )
    return caso.format(
        cuantas=len(iguales),
        quien=primera.proveedor.nombre,
        antes=filtro_instante(primera.dicha_en),
        despues=filtro_instante(segunda.dicha_en),
    )
