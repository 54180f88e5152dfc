"""Rows to pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from feria_inversa.perfiles.modelos import Racimo
from feria_inversa.perfiles.palabras import de_donde, por_que_no, por_unidad
from feria_inversa.perfiles.precios import Fila, PreciosDeRacimo
from feria_inversa.precios import Dispersion
from nucleo.graficos import Caja, cajas
from nucleo.plantillas import filtro_numero
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


@dataclass(frozen=True, slots=True)
class RacimoDePagina:
    racimo: Racimo
    por: str
    grafico: Markup | None
    dichos: Sequence[tuple[str, str]]
    fuera: Sequence[str]
    filas: Sequence[Fila]


def racimos_de_pagina(hallados: Sequence[PreciosDeRacimo]) -> list[RacimoDePagina]:
    return [_de_pagina(hallado) for hallado in hallados]


def _de_pagina(h: PreciosDeRacimo) -> RacimoDePagina:
    cuales = ((_("Referencial"), h.referencial), (_("Adjudicado"), h.adjudicado))
    dibujadas = [_caja(nombre, d) for nombre, d in cuales if d is not None and d.dice_un_precio]
    por = por_unidad(h.racimo.unidad, h.racimo.contenido, h.racimo.contenido_unidad)
    titulo = _("Precios por %(unidad)s") % {"unidad": por}
    return RacimoDePagina(
        h.racimo,
        por,
        cajas(titulo, dibujadas) if dibujadas else None,
        [(nombre, _dicho(d)) for nombre, d in cuales],
        list(_fuera(h)),
        h.filas,
    )


def _caja(nombre: str, d: Dispersion) -> Caja:
    return Caja(nombre, d.minimo, d.cuartil_1, d.mediana, d.cuartil_3, d.maximo)


def _dicho(d: Dispersion | None) -> str:
    return f"{de_donde(d)}." if d is not None and d.dice_un_precio else por_que_no(d)


def _fuera(h: PreciosDeRacimo) -> Sequence[str]:
    adjudicados, referenciales = h.fuera_de_adjudicado.distintos, h.fuera_de_referencial.distintos
    sin_precio = h.fuera_de_referencial.sin_precio
    partes = (
        (
            adjudicados,
            ngettext(
                "%(num)s línea cuya cantidad por su precio adjudicado no da su total",
                "%(num)s líneas cuya cantidad por su precio adjudicado no da su total",
                adjudicados,
            ),
        ),
        (
            referenciales,
            ngettext(
                "%(num)s línea cuya cantidad por su precio referencial no da su total",
                "%(num)s líneas cuya cantidad por su precio referencial no da su total",
                referenciales,
            ),
        ),
        (
            sin_precio,
            ngettext(
                "%(num)s línea sin precio referencial", "%(num)s líneas sin precio referencial", sin_precio
            ),
        ),
    )
    return [dicho % {"num": filtro_numero(cuantas)} for cuantas, dicho in partes if cuantas]
