"""What the silhouettes of the demonstration pictures are drawn with: things that stand on y = 316, x = 200.

`c` holds the colours of the picture: a main, its shade, an accent, a light and a dark one; fills named
``url(#t)`` take the woven pattern of the picture.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colores:
    base: str
    sombra: str
    acento: str
    claro: str
    oscuro: str


Figura = Callable[[Colores], str]
FIGURAS: dict[str, Figura] = {}


def figura(nombre: str) -> Callable[[Figura], Figura]:
    def registrar(funcion: Figura) -> Figura:
        FIGURAS[nombre] = funcion
        return funcion

    return registrar


def camino(d: str, relleno: str, extra: str = "") -> str:
    return f'<path d="{d}" fill="{relleno}"{" " + extra if extra else ""}/>'


def trazo(d: str, color: str, grosor: int = 4) -> str:
    return (
        f'<path d="{d}" fill="none" stroke="{color}" stroke-width="{grosor}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def caja(x: int, y: int, ancho: int, alto: int, relleno: str, radio: int = 0) -> str:
    redondo = f' rx="{radio}"' if radio else ""
    return f'<rect x="{x}" y="{y}" width="{ancho}" height="{alto}"{redondo} fill="{relleno}"/>'


def disco(x: int, y: int, r: int, relleno: str) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{relleno}"/>'


def ovalo(x: int, y: int, rx: int, ry: int, relleno: str) -> str:
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="{relleno}"/>'
