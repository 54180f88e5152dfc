"""Reading the unit of measure that somebody wrote: SICOES has 881 spellings in 14.981 items.

What is not understood stays as its text and is never guessed: a dose («500 mg») is no unit, nor is a thing
(«VEHICULO»), nor two units («UNIDAD/PIEZA»).
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from feria_inversa.precios.unidades_de_medida import UNIDADES


@dataclass(frozen=True, slots=True)
class Medida:
    """`codigo` is of `UNIDADES`. One of it has `contenido` of `de`, another code, if that was written:
    «CAJA X 100» is ("caja", 100, None), «BOLSA 40KG» ("bolsa", 40, "kilogramo") and «5 LITROS», sold by
    fives, ("litro", 5, "litro")."""

    codigo: str
    contenido: Decimal | None = None
    de: str | None = None


def leer_medida(texto: str) -> Medida | None:
    """The unit that somebody wrote (`"PZAS."`, `"COMPRIMI DO"`, `"caja x 100"`), or None."""
    clave = _sin_repetir(_clave(texto))
    codigo = _codigo(clave)
    return Medida(codigo) if codigo else _con_contenido(clave)


def _clave(texto: str) -> str:
    """Lower case, without accents, stops or blanks: PDF columns cut words in two («INYECTA BLE»)."""
    ascii_ = unicodedata.normalize("NFKD", texto).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[\s_`-]|[.,](?!\d)|(?<!\d)[.,]", "", ascii_).replace(".", ",")


def _sin_repetir(clave: str) -> str:
    """«frasco/frasco de 1l» says twice what it is, «p/serv», for each what."""
    clave = clave.removeprefix("p/")
    antes, barra, despues = clave.partition("/")
    return despues if barra and antes and despues.startswith(antes) else clave


_POR_CLAVE = {
    _clave(escrito): unidad.codigo
    for unidad in UNIDADES.values()
    for escrito in (unidad.codigo, unidad.nombre, unidad.plural, *unidad.sinonimos)
}
CORTADA = 5  # a column that cut a word left at least so many of its letters


def _codigo(clave: str) -> str | None:
    """Of a whole name, or of one that was cut when all that begin so are of one unit."""
    if clave in _POR_CLAVE or len(clave) < CORTADA:
        return _POR_CLAVE.get(clave)
    if clave.startswith("solucion"):
        return "solucion"  # which kind of it was cut
    posibles = {codigo for nombre, codigo in _POR_CLAVE.items() if nombre.startswith(clave)}
    return posibles.pop() if len(posibles) == 1 else None


_NUMERO = r"(?P<n>\d+/\d+|\d+(?:,\d+)?)"
_DE = r"(?P<de>[a-z@]*[23]?)"
_ENVASE = re.compile(rf"(?P<envase>[a-z/]+?)(?:[x*(/]|de|por)*(?:(?P<veces>\d+)x)?{_NUMERO}{_DE}\)?")
_AL_REVES = re.compile(rf"{_NUMERO}(?P<de>[a-z]+?)x(?P<envase>[a-z]+)")
_DE_TAMANO = re.compile(r"(?P<envase>[a-z]+?)\d+(?:,\d+)?x\d+(?:,\d+)?(?:cm)?")
_SIN_DECIR_CUANTO = re.compile(r"(?P<envase>[a-z]+?)(?:x|de)")
_SUELTA = re.compile(rf"{_NUMERO}(?P<de>[a-z@]+)")
# Alone, so many millilitres, grams or pieces are a dose or a size as often as what is sold.
SUELTAS = {"kilogramo", "litro", "arroba", "libra", "quintal", "galon", "tonelada"}
ENTERAS = {"unidad", "pieza"}  # nothing is in them: a number behind is of another column


def _con_contenido(clave: str) -> Medida | None:
    if m := _SUELTA.fullmatch(clave):
        de = _codigo(m["de"])
        if de in SUELTAS:
            return Medida(de, _numero(m["n"]), de)
    for forma in (_ENVASE, _AL_REVES):
        m = forma.fullmatch(clave)
        envase = _codigo(m["envase"]) if m else None
        if m is None or envase is None or envase in ENTERAS:
            continue
        de = _codigo(m["de"])
        if de or not m["de"]:
            veces = m.groupdict().get("veces") or "1"
            return Medida(envase, _numero(m["n"]) * int(veces), de)
    m = _DE_TAMANO.fullmatch(clave) or _SIN_DECIR_CUANTO.fullmatch(clave)
    envase = _codigo(m["envase"]) if m else None
    return Medida(envase) if envase else None


def _numero(texto: str) -> Decimal:
    valor = Fraction(texto.replace(",", "."))
    return Decimal(valor.numerator) / Decimal(valor.denominator)
