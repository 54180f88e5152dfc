"""Ways of reaching or paying somebody elsewhere that are written in a text: telephones, e-mails, links, other
networks, accounts of banks; spaced, in words, with other letters or signs between, too.

What is bought and paid elsewhere is protected by nobody: a public text does not carry them, a private one
shows them covered, or is refused. Numbers that are no telephone (amounts, dates, sizes, documents, guides)
stay.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nucleo.textos import perezoso as _l

TAPADO = "•••"
_NOMBRES = {
    "telefono": _l("un teléfono"),
    "correo": _l("un correo electrónico"),
    "enlace": _l("un enlace"),
    "red": _l("una invitación a hablar por otro lado"),
    "pago": _l("un pago por otro lado"),
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
# Letters that stand for a digit when they touch one.
_PARECIDAS = {"o": "0", "l": "1", "i": "1"}
_PIEZA = re.compile(r"\d+|[^\W\d_]+|\s+|.", re.DOTALL)
_ENTRE = re.compile(r"[\s.\-()/_*+|·–—]{0,5}", re.DOTALL)
_ENTRE_UNA_A_UNA = re.compile(r"[\s.\-()/_*+|·–—,;:x#~=<>'\"!?&\[\]{}]{0,7}", re.DOTALL)
_ENTRE_PARTES = re.compile(r"[\s.,\-]*\b(?:y|luego|despues|seguido de|guion|mas)\b[\s.,\-]*")
# Amounts and dates, which are no telephones however many digits they have.
_OTRA_COSA = re.compile(
    r"\b(?:bs|bob|usd|us\$)\.?\s*\d[\d.,]*|\d[\d.,]{0,30}\s*(?:bs\b|bolivianos\b)"
    r"|\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b|\b\d{1,3}(?:\.\d{3})+(?:,\d+)?\b"
    r"|\b[a-z]{2}\s?\d{3}\s?\d{3}\s?\d{3}\s?[a-z]{2}\b"
)
# What says of itself which number it is, or of what: no telephone, unless it is a whole mobile one.
_DE_ALGO = re.compile(
    r"\b(?:nit|c\.?\s?i\.?|carnet|cedula|factura|pedido|guia|rastreo|seguimiento|envio|codigo|orden|lote|sku|modelo"
    r"|cuesta|cuestan|precio|vale|total|monto|por)\b(?:\s+(?:es|de|n|no|nro|numero))?[\s.:#°º]*(?P<a>\d[\d\s.\-]{0,30})"
    r"|(?P<b>\d[\d.,]{0,30})\s?(?:cm|mm|mts?|m|km|kg|kilos?|g|gr|gramos?|ml|l|litros?|unidades|uds?|piezas|pares|docenas"
    r"|hojas|metros?|hilos|bolsas|anos?|dias?|horas?|hrs?)\b"
)
_PUNTO = r"\s*(?:\.|[(\[{]?\s*(?<![^\W_])(?:punto|dot|pto)(?![^\W_])\s*[)\]}]?)\s*"
_PARTE = "[a-z0-9-]{1,63}"
_DOMINIO = rf"{_PARTE}(?:{_PUNTO}{_PARTE})*{_PUNTO}(?:com|net|org|bo|info|app|shop|store|gmail|es|ar|pe|cl)\b"
_CASAS = "gmail|hotmail|outlook|yahoo|icloud|protonmail"
_ARROBA = (
    rf"(?:@|[(\[{{<]\s*(?:at|a|arroba)\s*[)\]}}>]|(?<![^\W_])arroba(?![^\W_])|arroba(?=\s*(?:{_CASAS})))"
)
_MENSAJERIA = (
    r"(?:wh?ats\s?a+p*s?|whats|w[ua]s+ap+|guas+ap+|wh?a?tsap+|wsp|wpp|wapp|wasa|telegram|messenger|signal)"
)
_REDES = rf"(?:{_MENSAJERIA}|insta(?:gram)?|face(?:book)?|tik\s?tok)"
_PAGOS = (
    r"(?:tigo\s?money|yape|yolo\s?pago|soli\s?pagos?|altoke|paypal|western\s?union|moneygram|binance|bitcoin|btc|usdt"
    r"|cripto\w*|zelle|nequi|(?:mi|este)\s+qr)"
)
_BANCOS = r"(?:banco|bnb|bcp|bisa|union|mercantil|ganadero|fie|prodem|economico|bancosol)"
_PATRONES = {
    "correo": rf"[\w.+-]{{1,64}}\s*{_ARROBA}[\s_]*(?:{_DOMINIO}|{_CASAS})"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    rf"|\b(?:correo|e?-?mail)\b[^.!?\n]{{0,40}}\b(?:{_CASAS})\b",
    "enlace": r"\b(?:https?|hxxps?)\s?:\s?/\s?/\s?\S+|\bwww\s?\.\s?\S+"
    rf"|\b(?:wa|t|m|paypal){_PUNTO}me\b(?:/\S*|(?=\s|$))"
    rf"|\bbit\s?\.\s?ly\b\S*|(?<!\w)@[\w.]{{3,}}"
    rf"|\b{_PARTE}{_PUNTO}(?:com|net|org|bo|app|shop|store|info|online|site|link|xyz)\b(?:\.bo)?(?:/\S*)?",
    "red": rf"\b(?:mi|su|tu|nuestro|al|por|x|via|un|tiene|tienes|usa|usas|deme|dame)\s+"
    rf"(?:(?:su|tu|mi|el|un|numero de|nro de)\s+)?{_MENSAJERIA}\b"
    r"|\b(?:escrib|habl|busqu|busc|agregu|agreg|contact|encuentr|mand|sig|llam|ubiqu|ubic)\w*(?:me|nos|le)\b"
    rf"[^.!?\n]{{0,25}}\b{_REDES}\b"
    r"|\b(?:instagram|facebook|tik\s?tok|telegram)\s*(?:es|:|como|arroba)\s*\S+",
    "pago": r"\b(?:pag(?:o|ar|an|a|ue)\w{0,3}|deposit\w*|transf[ei]\w*|(?:gir|abon)(?:e|ar)\w{0,2}|giro)\b"
    rf"[^.!?\n]{{0,40}}\b(?:{_PAGOS}|por\s+fuera|fuera\s+de\s+(?:qhatu|la\s+(?:pagina|plataforma|aplicacion|tienda))"
    rf"|sin\s+(?:la\s+)?(?:plataforma|custodia)|(?:mi|su|tu|una)\s+cuenta\s+(?:del?\s+|en\s+(?:el\s+)?)?{_BANCOS})\b"
    rf"|\b(?:envi|mand)\w*\b[^.!?\n]{{0,40}}\b{_PAGOS}\b"
    r"|\b(?:cuenta|cta|caja de ahorros?)\b[^\d.!?\n]{0,30}\d(?:[\s.-]?\d){7,18}\b",
}
_BUSCAN = {clase: re.compile(patron, re.IGNORECASE) for clase, patron in _PATRONES.items()}
_DE_AFUERA = re.compile(r"(?<!\d)\+\s?\d(?:[\s().-]{0,2}\d){9,14}(?!\d)")
_PIDE_LLAMAR = re.compile(
    rf"\b(?:ll[aá]m\w*|cel(?:ular)?|tel(?:efono)?|fono|numero|contact\w*|escrib\w*|marqu\w*|{_MENSAJERIA})\b"
)
# Signs that show nothing, and the box around a digit.
_INVISIBLES = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufe0f\u20e3\ufeff")


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
    llano, lugares = _llano(texto)
    hallados = [(m.start(), m.end(), clase) for clase, b in _BUSCAN.items() for m in b.finditer(llano)]
    hallados += [(m.start(), m.end(), "telefono") for m in _DE_AFUERA.finditer(llano)]
    hallados += [(desde, hasta, "telefono") for desde, hasta in _telefonos(llano)]
    sueltos: list[Contacto] = []
    for desde, hasta, clase in sorted(hallados, key=lambda c: (c[0], -c[1])):
        uno = Contacto(lugares[desde], lugares[hasta - 1] + 1, clase)
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


def _llano(texto: str) -> tuple[str, list[int]]:
    """The text in small plain letters and digits, without what is not seen, and where each was."""
    letras: list[str] = []
    lugares: list[int] = []
    for lugar, signo in enumerate(texto):
        if signo in _INVISIBLES or unicodedata.combining(signo):
            continue
        igual = signo if signo in "ºª" else unicodedata.normalize("NFKD", signo)[:1]
        entero = signo in "ºª" or len(unicodedata.normalize("NFKC", signo)) == 1
        letra = (igual if entero else signo).lower()
        letras.append(letra if len(letra) == 1 else signo)
        lugares.append(lugar)
    return "".join(letras), lugares


def _telefonos(texto: str) -> Iterator[tuple[int, int]]:
    ajenas = [(m.start(), m.end()) for m in _OTRA_COSA.finditer(texto)] + list(_de_algo(texto))
    grupos = [g for g in _cifras(texto) if not any(a <= g[0] and g[1] <= b for a, b in ajenas)]
    for corrida in _corridas(texto, grupos, _ENTRE):
        if _es_telefono([g[2] for g in corrida]):
            yield corrida[0][0], corrida[-1][1]
    llama = _PIDE_LLAMAR.search(texto) is not None
    for corrida in _corridas(texto, grupos, _ENTRE_UNA_A_UNA):
        suyos = [g[2] for g in corrida]
        if len(suyos) >= (4 if llama else 6) and _chicos(suyos) and _es_telefono(suyos):
            yield corrida[0][0], corrida[-1][1]
    if llama:
        for una, otra in pairwise(grupos):
            if _ENTRE_PARTES.fullmatch(texto[una[1] : otra[0]]) and _celular(una[2] + otra[2]):
                yield una[0], otra[1]


def _corridas(
    texto: str, grupos: list[tuple[int, int, str]], entre: re.Pattern[str]
) -> Iterator[list[tuple[int, int, str]]]:
    """Groups of digits that follow each other with only that between."""
    corrida: list[tuple[int, int, str]] = []
    for grupo in grupos:
        if corrida and not entre.fullmatch(texto[corrida[-1][1] : grupo[0]]):
            yield corrida
            corrida = []
        corrida.append(grupo)
    if corrida:
        yield corrida


def _de_algo(texto: str) -> Iterator[tuple[int, int]]:
    for hallado in _DE_ALGO.finditer(texto):
        numero = hallado["a"] or hallado["b"]
        if not _celular(re.sub(r"\D", "", numero)):
            yield hallado.start(), hallado.end()


def _cifras(texto: str) -> Iterator[tuple[int, int, str]]:
    """Each group of digits, or number in words, with its place; «setenta y uno» is one."""
    piezas = [(m.start(), m.end(), m.group()) for m in _PIEZA.finditer(texto)]
    n = 0
    while n < len(piezas):
        desde, hasta, pieza = piezas[n]
        if pieza.isdecimal():
            yield desde, hasta, "".join(str(unicodedata.digit(c)) for c in pieza)
        elif pieza in _EN_CIFRAS:
            valor = _EN_CIFRAS[pieza]
            unidad = _unidad_tras(piezas, n) if valor.endswith("0") and len(valor) == 2 else None
            if unidad is not None:
                n += 4
                hasta, valor = piezas[n][1], valor[0] + unidad
            yield desde, hasta, valor
        elif pieza in _PARECIDAS and _entre_cifras(piezas, n):
            yield desde, hasta, _PARECIDAS[pieza]
        n += 1


def _unidad_tras(piezas: list[tuple[int, int, str]], n: int) -> str | None:
    """«y uno» after a ten."""
    cola = [p[2] for p in piezas[n + 1 : n + 5]]
    if len(cola) == 4 and cola[0].isspace() and cola[1] == "y" and cola[2].isspace():
        cifra = _EN_CIFRAS.get(cola[3], "")
        return cifra if len(cifra) == 1 else None
    return None


def _entre_cifras(piezas: list[tuple[int, int, str]], n: int) -> bool:
    """A letter in the place of a digit: it touches one; of those that are also units or words, two."""
    vecinas = [v[2].isdecimal() for v in piezas[max(0, n - 1) : n] + piezas[n + 1 : n + 2]]
    return any(vecinas) if piezas[n][2] == "o" else vecinas == [True, True]


def _es_telefono(grupos: list[str]) -> bool:
    """Bolivian ones: 8 digits from 6 or 7 (mobile), 7 or 8 from 2, 3 or 4 (fixed), with 591 before or not."""
    if any(_celular(g) for g in grupos):
        return True
    todo = "".join(grupos)
    chicos = len(grupos) > 1 and _chicos(grupos)
    if _celular(todo):
        return not (chicos and all(int(a) < int(b) for a, b in pairwise(grupos)))  # «60 70 80 90» are sizes
    return not chicos and re.fullmatch(r"(?:00)?(?:591)?0?[234]\d{6,7}", todo) is not None


def _chicos(grupos: list[str]) -> bool:
    return all(len(g) <= 2 for g in grupos)


def _celular(cifras: str) -> bool:
    return re.fullmatch(r"(?:00)?(?:591)?[67]\d{7}", cifras) is not None
