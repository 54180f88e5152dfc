"""Names that look alike, to be shown before a registration: a person decides, nothing is merged."""

import re
import unicodedata
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz
from sqlalchemy import func
from sqlmodel import Session, col, select

from empresa_digital.registro.unidades.estados import PUBLICAS, VIVAS
from empresa_digital.registro.unidades.modelos import IndiceBusqueda, UnidadEconomica
from empresa_digital.registro.unidades.valores import Unidad

UMBRAL = 80
CANDIDATAS_MAX = 100

_FORMAS = re.compile(
    r"\b(s\s?r\s?l|s\s?a\s?m|s\s?a|s\s?c\s?a|s\s?c\s?s|s\s?c|r\s?l|ltda|limitada|sociedad anonima( mixta)?|"
    r"sociedad de responsabilidad limitada|empresa unipersonal|unipersonal|cooperativa|asociacion|oeca|oecom|"
    r"comunidad|fundacion|empresa|gobierno autonomo (municipal|departamental)|g\s?a\s?[md]|demostracion)\b"
)
_PALABRAS_VACIAS = re.compile(r"\b(de|del|la|las|los|el|y|e)\b")


@dataclass(frozen=True, slots=True)
class Parecida:
    """A unit whose name resembles another; `puntaje` from 0 to 100."""

    unidad: Unidad
    puntaje: int


def nombre_desnudo(nombre: str) -> str:
    """The distinctive words of a name: no accents, legal form, articles or punctuation."""
    sin_acentos = "".join(
        c for c in unicodedata.normalize("NFD", nombre.lower()) if unicodedata.category(c) != "Mn"
    )
    plano = " ".join(re.sub(r"[^a-z0-9ñ]+", " ", sin_acentos.replace(".", "")).split())
    desnudo = " ".join(_PALABRAS_VACIAS.sub(" ", _FORMAS.sub(" ", plano)).split())
    return desnudo or plano


def puntaje(uno: str, otro: str) -> int:
    """How alike two names are (0-100), whatever the order of their words and their legal forms."""
    a, b = nombre_desnudo(uno), nombre_desnudo(otro)
    return round(max(fuzz.token_sort_ratio(a, b), fuzz.ratio(a.replace(" ", ""), b.replace(" ", ""))))


def unidades_parecidas(
    sesion: Session,
    denominacion: str,
    *,
    excepto: UUID | None = None,
    solo_publicas: bool = True,
    maximo: int = 5,
) -> list[Parecida]:
    """Live units with a name like this one, the most alike first.

    With `solo_publicas` only registered ones: what others have submitted is the regulator's to see.
    """
    desnudo = nombre_desnudo(denominacion)
    if len(desnudo) < 3:
        return []
    # `<%` uses the trigram index: it finds the words of the name inside the whole indexed name.
    consulta = (
        select(UnidadEconomica)
        .join(IndiceBusqueda)
        .where(
            col(IndiceBusqueda.nombre).op("%>")(desnudo),
            col(UnidadEconomica.estado).in_(sorted(PUBLICAS if solo_publicas else VIVAS)),
        )
        .order_by(func.word_similarity(desnudo, IndiceBusqueda.nombre).desc(), col(UnidadEconomica.id))
        .limit(CANDIDATAS_MAX)
    )
    if excepto is not None:
        consulta = consulta.where(col(UnidadEconomica.id) != excepto)
    halladas = [
        Parecida(
            fila.valor(),
            max(puntaje(denominacion, n) for n in (fila.denominacion, fila.nombre_comercial) if n),
        )
        for fila in sesion.exec(consulta)
    ]
    cercanas = [p for p in halladas if p.puntaje >= UMBRAL]
    return sorted(cercanas, key=lambda p: (-p.puntaje, p.unidad.numero))[:maximo]
