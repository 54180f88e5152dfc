"""The service levels as open data: the same columns in JSON and CSV."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from envios.niveles.medir import Etapa, Filtro, Medicion, Medida, Por, medir, nombres_de
from nucleo.archivos.tablas import celda
from nucleo.dcat import Conjunto, Frecuencia, K, TablaAbierta, callar_pocos, registrar
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import perezoso as _l

COLUMNAS: dict[str, str] = {
    **{p.value: _l("Clave del grupo: identificador, código INE, o primer día del mes.") for p in Por},
    Por.OPERADOR.value: _l("Identificador del operador."),
    Por.MES.value: _l("Primer día del mes en que los recibió."),
    "nombre": _l("De quién y de cuándo es la fila, en palabras."),
    "n": _l("Envíos que el operador recibió."),
    "entregados": _l("De ellos, los que ya se entregaron."),
    "sin_promesa": _l("Los que no tienen fecha prometida; no entran en la puntualidad."),
    "decididos": _l("Los que tienen fecha prometida y ya se sabe si se cumplió."),
    "a_tiempo": _l("De los decididos, los entregados el día prometido o antes."),
    "a_tiempo_pct": _l("Puntualidad: a_tiempo de cada cien decididos; vacío si son menos de 5."),
    "intentados": _l("Los que se intentó entregar una vez al menos."),
    "al_primero": _l("De ellos, los entregados en el primer intento."),
    "al_primero_pct": _l("De cada cien intentados; vacío si son menos de 5."),
    **{
        f"{e.value}_{que}": texto
        for e in Etapa
        for que, texto in (
            ("n", _l("Envíos con esa etapa medida.")),
            ("mediana", _l("Días, con un decimal: la mitad tardó eso o menos; vacío si son menos de 5.")),
            ("p90", _l("Días: nueve de cada diez tardaron eso o menos.")),
        )
    },
}


def registros(sesion: Session, medicion: Medicion) -> list[dict[str, Any]]:
    """A flat record a group; what is not known, or is of a few, is None."""
    nombres = nombres_de(sesion, medicion)
    return [_registro(m, medicion.por, nombres) for m in medicion.medidas]


def _registro(m: Medida, por: tuple[Por, ...], nombres: dict[tuple[Por, str], str]) -> dict[str, Any]:
    suyas: dict[str, Any] = {p.value: m.clave[p] or None for p in por}
    suyas["nombre"] = " · ".join(nombres[p, m.clave[p]] for p in por)
    for c in ("n", "entregados", "sin_promesa", "decididos", "a_tiempo"):
        suyas[c] = getattr(m, c)
    suyas |= {"a_tiempo_pct": m.puntualidad, "intentados": m.intentados, "al_primero": m.al_primero}
    suyas["al_primero_pct"] = m.primera
    for etapa in Etapa:
        d = m.etapas.get(etapa)
        suyas |= {
            f"{etapa.value}_n": d.n if d else None,
            f"{etapa.value}_mediana": d.mediana if d else None,
            f"{etapa.value}_p90": d.p90 if d else None,
        }
    return suyas


def _filas(sesion: Session) -> Iterator[list[Any]]:
    """By month and operator, of months that are over: nothing tells who sends today."""
    antes = fecha_bolivia(ahora_bd(sesion)).replace(day=1) - timedelta(days=1)
    medicion = medir(sesion, Filtro(hasta=antes), _PUBLICADA, minimo=1)
    dichas = callar_pocos({_clave(m): m.n for m in medicion.medidas})
    medidas = tuple(sorted((m for m in medicion.medidas if _clave(m) in dichas), key=_clave))
    for registro in registros(sesion, replace(medicion, medidas=medidas)):
        registro["mes"] = date.fromisoformat(registro["mes"])
        yield [registro[columna] for columna in _COLUMNAS]


def _clave(m: Medida) -> tuple[str, ...]:
    return tuple(m.clave[p] for p in _PUBLICADA)


def en_csv(sesion: Session, medicion: Medicion) -> str:
    """UTF-8, commas, dots in numbers, empty for what is not known (RFC 4180)."""
    salida = io.StringIO()
    claves = [p.value for p in medicion.por]
    columnas = [*claves, *(c for c in COLUMNAS if c not in {p.value for p in Por})]
    escritor = csv.DictWriter(salida, columnas)
    escritor.writeheader()
    escritor.writerows(_sin_formulas(registros(sesion, medicion)))
    return salida.getvalue()


def _sin_formulas(filas: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A name that a spreadsheet would take for a formula is written as text."""
    for fila in filas:
        yield fila | {"nombre": celda(str(fila["nombre"]))}


_PUBLICADA = (Por.MES, Por.OPERADOR)
_COLUMNAS = [c for c in COLUMNAS if c in {"mes", "operador"} or c not in set(Por)]

registrar(
    Conjunto(
        id="niveles-de-servicio",
        titulo=_l("Cómo cumplen los operadores postales"),
        descripcion=_l(
            "De los envíos que cada operador recibió en cada mes que ya terminó: cuántos llegaron cuando se"
            " prometió, cuántos en el primer intento y cuántos días pasaron en cada etapa."
        ),
        pagina="/niveles-de-servicio",
        frecuencia=Frecuencia.DIARIA,
        palabras=(_l("correo"), _l("envíos"), _l("calidad de servicio")),
        tabla=TablaAbierta({c: COLUMNAS[c] for c in _COLUMNAS}, _filas, fechas="mes"),
        minimo=K,
    )
)
