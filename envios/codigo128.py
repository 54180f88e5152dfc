"""Code 128 (ISO/IEC 15417) as SVG: sets B and C, enough for S10 numbers and other printable ASCII.

Drawn by ourselves because it is a table and a sum; the tests read the bars back.
"""

import re

from markupsafe import Markup

# Widths of bar, space, bar, space, bar, space for the values 0 to 105; the stop pattern has one bar more.
PATRONES: tuple[str, ...] = tuple(
    """
    212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231
    113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211
    212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131
    113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111
    314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211
    241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141
    214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214
    211232
    """.split()  # noqa: SIM905 (the table as the standard prints it)
)
PARADA = "2331112"
INICIO_B, INICIO_C, A_B, A_C = 104, 105, 100, 99
ZONA_QUIETA = 10  # modules of white the standard asks for at each side
_DIGITOS_PARA_C = 4


def valores(texto: str) -> list[int]:
    """The symbol values of `texto`, with start and check, without stop.

    Raises `ValueError` for anything but printable ASCII (space to tilde) or an empty text.
    """
    if not texto or not all(" " <= c <= "~" for c in texto):
        raise ValueError("Code 128 B/C: solo ASCII imprimible")
    simbolos: list[int] = []
    en_c = False

    def cambiar(a_c: bool) -> None:
        nonlocal en_c
        if not simbolos:
            simbolos.append(INICIO_C if a_c else INICIO_B)
        elif a_c != en_c:
            simbolos.append(A_C if a_c else A_B)
        en_c = a_c

    for trozo in re.findall(r"[0-9]+|[^0-9]+", texto):
        pares = len(trozo) // 2 if trozo.isdigit() and len(trozo) >= _DIGITOS_PARA_C else 0
        if pares:
            cambiar(True)
            simbolos += [int(trozo[2 * i : 2 * i + 2]) for i in range(pares)]
        if resto := trozo[2 * pares :]:
            cambiar(False)
            simbolos += [ord(c) - 32 for c in resto]
    control = simbolos[0] + sum(i * v for i, v in enumerate(simbolos[1:], start=1))
    return [*simbolos, control % 103]


def modulos(texto: str) -> str:
    """The widths of all bars and spaces, starting with a bar."""
    return "".join(PATRONES[v] for v in valores(texto)) + PARADA


def svg(texto: str, alto: int = 60, clase: str = "codigo-barras") -> Markup:
    """The bars with their quiet zones; one unit of the viewBox is one module. Black on white in any theme."""
    x = ZONA_QUIETA
    barras: list[str] = []
    for i, ancho in enumerate(modulos(texto)):
        if i % 2 == 0:
            barras.append(f"M{x} 0h{ancho}v{alto}h-{ancho}z")
        x += int(ancho)
    return Markup(
        '<svg class="{clase}" viewBox="0 0 {ancho} {alto}" preserveAspectRatio="none" role="img" '
        'shape-rendering="crispEdges" aria-label="{texto}"><path fill="#fff" d="M0 0h{ancho}v{alto}H0z"/>'
        '<path fill="#000" d="{barras}"/></svg>'
    ).format(clase=clase, ancho=x + ZONA_QUIETA, alto=alto, texto=texto, barras="".join(barras))
