"""Ways of reaching somebody that are written in a text: telephones, e-mail, links; spaced and in words, too.

What is bought and paid elsewhere is protected by nobody: a public text does not carry them, a private one
shows them covered. Numbers that are no telephone (amounts, dates, sizes) stay.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from nucleo.textos import perezoso as _l

TAPADO = "•••"
_NOMBRES = {
    "telefono": _l("un teléfono"),
    "correo": _l("un correo electrónico"),
    "enlace": _l("un enlace"),
}
_UNIDADES = "cero uno dos tres cuatro cinco seis siete ocho nueve"
_DIECES = (
    "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos"
    " veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"
)
_DECENAS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_EN_CIFRAS = (
    {p: str(n) for n, p in enumerate(_UNIDADES.split())}
    | {p: str(n) for n, p in enumerate(_DIECES.split(), 10)}
    | {p: str(n) for n, p in zip(range(30, 100, 10), _DECENAS.split(), strict=True)}
    | {"un": "1"}
)
_PIEZA = re.compile(r"\d+|[^\W\d_]+|\s+|.", re.DOTALL)
_ENTRE = re.compile(r"[\s.\-()/_*+|·–—]+", re.DOTALL)
# Amounts and dates, which are no telephones however many digits they have.
_OTRA_COSA = re.compile(
    r"\b(?:bs|bob|usd|us\$)\.?\s*\d[\d.,]*|\d[\d.,]*\s*(?:bs\b|bolivianos\b)"
    r"|\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b|\b\d{1,3}(?:\.\d{3})+(?:,\d+)?\b",
    re.IGNORECASE,
)
_PUNTO = r"\s*(?:\.|\(?\bpunto\b\)?|\(dot\)|\[dot\])\s*"
_DOMINIO = (
    rf"[a-z0-9-]+(?:{_PUNTO}[a-z0-9-]+)*{_PUNTO}(?:com|net|org|bo|info|app|shop|store|gmail|es|ar|pe)\b"
)
_CORREO = re.compile(
    rf"[\w.+-]+\s*(?:@|\(at\)|\[at\]|\(?\barroba\b\)?)\s*(?:{_DOMINIO}|gmail|hotmail|outlook|yahoo)",
    re.IGNORECASE,
)
_ENLACE = re.compile(
    rf"https?://\S+|\bwww\.\S+|\b(?:wa|t)\.me\b\S*|\bbit\.ly\b\S*|(?<!\w)@[\w.]{{3,}}"
    rf"|\b[a-z0-9-]+{_PUNTO}(?:com|net|org|bo|app|shop|store)\b(?:\.bo)?(?:/\S*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Contacto:
    """Where in a text it is, and what."""

    desde: int
    hasta: int
    clase: str

    @property
    def nombre(self) -> str:
        return str(_NOMBRES[self.clase])


def contactos_en(texto: str) -> list[Contacto]:
    """Those of a text, in its order; none lies over another."""
    hallados: list[Contacto] = []
    for clase, patron in (("correo", _CORREO), ("enlace", _ENLACE)):
        hallados += [Contacto(m.start(), m.end(), clase) for m in patron.finditer(texto)]
    hallados += [Contacto(desde, hasta, "telefono") for desde, hasta in _telefonos(texto)]
    sueltos: list[Contacto] = []
    for uno in sorted(hallados, key=lambda c: (c.desde, -c.hasta)):
        if not sueltos or uno.desde >= sueltos[-1].hasta:
            sueltos.append(uno)
    return sueltos


def tapar_contactos(texto: str) -> str:
    """The text with each of them covered."""
    partes, fin = [], 0
    for uno in contactos_en(texto):
        partes += [texto[fin : uno.desde], TAPADO]
        fin = uno.hasta
    return "".join([*partes, texto[fin:]])


def _telefonos(texto: str) -> Iterator[tuple[int, int]]:
    ajenas = [(m.start(), m.end()) for m in _OTRA_COSA.finditer(texto)]
    grupos: list[tuple[int, int, str]] = []
    for desde, hasta, cifras in [*_cifras(texto), (len(texto), len(texto), "")]:
        ajena = any(a <= desde and hasta <= b for a, b in ajenas)
        seguido = bool(grupos) and _se_sigue(texto[grupos[-1][1] : desde])
        if cifras and not ajena and (not grupos or seguido):
            grupos.append((desde, hasta, cifras))
            continue
        if _es_telefono([g[2] for g in grupos]):
            yield grupos[0][0], grupos[-1][1]
        grupos = [(desde, hasta, cifras)] if cifras and not ajena else []


def _se_sigue(entre: str) -> bool:
    return len(entre) <= 5 and (entre == "" or _ENTRE.fullmatch(entre) is not None)


def _cifras(texto: str) -> Iterator[tuple[int, int, str]]:
    """Each group of digits, or number in words, with its place; «setenta y uno» is one."""
    piezas = [(m.start(), m.end(), m.group()) for m in _PIEZA.finditer(texto)]
    n = 0
    while n < len(piezas):
        desde, hasta, pieza = piezas[n]
        if pieza.isdecimal():
            yield desde, hasta, pieza
        elif _llana(pieza) in _EN_CIFRAS:
            valor = _EN_CIFRAS[_llana(pieza)]
            unidad = _unidad_tras(piezas, n) if valor.endswith("0") and len(valor) == 2 else None
            if unidad is not None:
                n += 4
                hasta, valor = piezas[n][1], valor[0] + unidad
            yield desde, hasta, valor
        elif _llana(pieza) == "o" and _entre_cifras(piezas, n):
            yield desde, hasta, "0"
        n += 1


def _unidad_tras(piezas: list[tuple[int, int, str]], n: int) -> str | None:
    """«y uno» after a ten."""
    cola = [p[2] for p in piezas[n + 1 : n + 5]]
    if len(cola) == 4 and cola[0].isspace() and cola[1].lower() == "y" and cola[2].isspace():
        cifra = _EN_CIFRAS.get(_llana(cola[3]), "")
        return cifra if len(cifra) == 1 else None
    return None


def _entre_cifras(piezas: list[tuple[int, int, str]], n: int) -> bool:
    """A letter o in the place of a zero: it touches a digit."""
    vecinas = piezas[max(0, n - 1) : n] + piezas[n + 1 : n + 2]
    return any(v[2].isdecimal() for v in vecinas)


def _llana(palabra: str) -> str:
    sin_tildes = unicodedata.normalize("NFD", palabra.lower())
    return "".join(letra for letra in sin_tildes if not unicodedata.combining(letra))


def _es_telefono(grupos: list[str]) -> bool:
    """Bolivian ones: 8 digits from 6 or 7 (mobile), 7 or 8 from 2, 3 or 4 (fixed), with 591 before or not."""
    if any(_celular(g) for g in grupos):
        return True
    todo = "".join(grupos)
    if _celular(todo):
        return True
    chicos = all(len(g) <= 2 for g in grupos)  # «36 38 40 42» are sizes
    return not chicos and re.fullmatch(r"(?:00)?(?:591)?0?[234]\d{6,7}", todo) is not None


def _celular(cifras: str) -> bool:
    return re.fullmatch(r"(?:00)?(?:591)?[67]\d{7}", cifras) is not None
