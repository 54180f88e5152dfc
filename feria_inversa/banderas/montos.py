"""Red flags of our own over the processes of an entity: just under a ceiling, split, without call.

Amounts are centavos, and ceilings those of the dated rules of the day on which each was published.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from operator import attrgetter

from feria_inversa.banderas.grupos import Razon, Usual
from feria_inversa.banderas.juicio import Bandera, Dato, NoSeSabe

Tope = Callable[[str, date], int | None]
"""The ceiling of a modality on a day, in centavos; None where there is none or it is not known."""
DIAS_DE_UN_FRACCIONAMIENTO = 30
VECES = 3
MINIMO = 10


@dataclass(frozen=True, slots=True)
class Visto:
    """A process as the market shows it. `que`: the families of its items or, of none, the words of its
    object; `monto`, its reference in centavos.
    """

    id: int
    modalidad: str
    que: str
    publicado: date
    monto: int


def escalon(suyos: Iterable[Visto], tope: Tope) -> dict[int, Bandera]:
    """The processes of an entity in the last tenth under a ceiling, where they are ten at least and three
    times as many as in the tenth before: what nobody aims at changes little from one to the next."""
    cerca: dict[tuple[str, int, int], tuple[list[Visto], list[Visto]]] = {}
    for visto in suyos:
        limite = tope(visto.modalidad, visto.publicado)
        if limite is None or visto.monto > limite or 10 * visto.monto <= 8 * limite:
            continue
        antes, ultimo = cerca.setdefault((visto.modalidad, visto.publicado.year, limite), ([], []))
        (ultimo if 10 * visto.monto > 9 * limite else antes).append(visto)
    salida = {}
    for (_modalidad, gestion, limite), (antes, ultimo) in cerca.items():
        if len(ultimo) < MINIMO or len(ultimo) < VECES * len(antes):
            continue
        for visto in ultimo:
            datos: dict[str, Dato] = {
                "monto": Fraction(visto.monto, 100),
                "tope": Fraction(limite, 100),
                "en_el_ultimo": len(ultimo),
                "en_el_anterior": len(antes),
                "gestion": gestion,
            }
            salida[visto.id] = Bandera(Fraction(visto.monto, limite), datos)
    return salida


def fraccionados(
    suyos: Sequence[Visto], tope: Tope, dias: int = DIAS_DE_UN_FRACCIONAMIENTO
) -> dict[int, Bandera]:
    """Processes of an entity for the same by the same modality, within some days, none above its ceiling and
    all together above it. Of several such spans, each process tells the one with the greatest sum."""
    salida: dict[int, Bandera] = {}
    clave = attrgetter("modalidad", "que")
    for _cual, juntos in groupby(sorted(suyos, key=lambda v: (*clave(v), v.publicado, v.id)), key=clave):
        fila = list(juntos)
        desde = suma = 0
        for hasta, ultimo in enumerate(fila):
            suma += ultimo.monto
            while fila[desde].publicado < ultimo.publicado - timedelta(days=dias):
                suma -= fila[desde].monto
                desde += 1
            limite = tope(ultimo.modalidad, ultimo.publicado)
            tramo = fila[desde : hasta + 1]
            if not ultimo.que or limite is None or len(tramo) < 2 or suma <= limite:
                continue
            if any(visto.monto > limite for visto in tramo):
                continue
            for visto in tramo:
                datos: dict[str, Dato] = {
                    "procesos": len(tramo),
                    "suma": Fraction(suma, 100),
                    "tope": Fraction(limite, 100),
                    "desde": tramo[0].publicado.isoformat(),
                    "hasta": ultimo.publicado.isoformat(),
                }
                una = Bandera(Fraction(suma, limite), datos)
                if visto.id not in salida or salida[visto.id].valor < una.valor:
                    salida[visto.id] = una
    return salida


def sin_convocatoria(
    razones: dict[str, Razon], usual: Usual, minimo: int = MINIMO
) -> dict[str, Bandera] | NoSeSabe:
    """Entities that contract without a call (`0-E`) more than others do; of those with ten processes."""
    bastantes = {id_: razon for id_, razon in razones.items() if razon.todo >= minimo}
    cual = usual.cerca({id_: razon.valor for id_, razon in bastantes.items()})
    if cual is None:
        return NoSeSabe("pocos")
    return {
        id_: Bandera(
            razon.valor, {"parte": razon.parte, "todo": razon.todo, "usual": cual.arriba, "n": cual.n}
        )
        for id_, razon in bastantes.items()
        if usual.arriba(razon.valor, cual)
    }
