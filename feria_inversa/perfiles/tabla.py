"""What the pages of the profiles show, as CSV."""

from collections.abc import Iterator, Sequence

from feria_inversa.perfiles.modelos import Que
from feria_inversa.perfiles.precios import PreciosDeRacimo
from feria_inversa.precios import Dispersion
from nucleo.archivos.tablas import celda, celda_de_numero, escribir_tabla

COLUMNAS_DE_PRECIOS = (
    "que",
    "unidad",
    "contenido",
    "contenido_unidad",
    "precio",
    "precios",
    "procesos",
    "entidades",
    "desde",
    "hasta",
    "dice_un_precio",
    "minimo",
    "cuartil_1",
    "mediana",
    "cuartil_3",
    "maximo",
    "fuera_por_total_distinto",
    "fuera_sin_precio",
)


def precios_en_csv(hallados: Sequence[PreciosDeRacimo]) -> bytes:
    """A line for the prices awarded and one for those of reference, with what the page says of each."""
    return escribir_tabla([COLUMNAS_DE_PRECIOS, *_de_precios(hallados)])


def _de_precios(hallados: Sequence[PreciosDeRacimo]) -> Iterator[Sequence[object]]:
    for h in hallados:
        r = h.racimo
        de_que = (
            celda(r.nombre),
            r.unidad,
            celda_de_numero(r.contenido) if r.contenido is not None else "",
            r.contenido_unidad or "",
        )
        yield (*de_que, Que.ADJUDICADO.value, *_dispersion(h.adjudicado), *h.fuera_de_adjudicado)
        yield (*de_que, Que.REFERENCIAL.value, *_dispersion(h.referencial), *h.fuera_de_referencial)


def _dispersion(d: Dispersion | None) -> Sequence[object]:
    if d is None:
        return (0, 0, 0, "", "", "no", "", "", "", "", "")
    cuantos = (d.precios, d.procesos, d.entidades, d.desde.isoformat(), d.hasta.isoformat())
    if not d.dice_un_precio:
        return (*cuantos, "no", "", "", "", "", "")
    cinco = (d.minimo, d.cuartil_1, d.mediana, d.cuartil_3, d.maximo)
    return (*cuantos, "si", *(celda_de_numero(monto.amount) for monto in cinco))
