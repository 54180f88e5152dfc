"""Pictures of the demonstration products: light SVG, the same for the same seed.

A silhouette (`figuras`, `figuras_de_casa`) stands on a woven cloth; the rest comes from the seed.
"""

import math
import random

from demostracion.dibujos import figuras as _figuras  # noqa: F401 (importing them fills FIGURAS)
from demostracion.dibujos import figuras_de_casa as _de_casa  # noqa: F401
from demostracion.dibujos.trazos import FIGURAS, Colores, camino

LADO = 400

# main, shade, accent, light, dark: colours of aguayos, salt flats, valleys and the Amazon
PALETAS = (
    Colores("#c4264f", "#951a3b", "#f2a81d", "#fde8cf", "#4a1226"),
    Colores("#d9602b", "#ab4419", "#1f7a78", "#fdeccf", "#502010"),
    Colores("#1f5fa8", "#16447a", "#f08a24", "#e4f0f7", "#14284a"),
    Colores("#2f7d4f", "#1f5c38", "#e9b824", "#eef4d9", "#173422"),
    Colores("#7a3b8f", "#582769", "#f2637e", "#f6e6f3", "#331540"),
    Colores("#b8732f", "#8c5320", "#2f8f87", "#fbeed6", "#4b2a10"),
    Colores("#17858a", "#0f6165", "#ec5f4b", "#e0f4ef", "#0b383b"),
    Colores("#d8437a", "#a82c59", "#3aa76d", "#fde6ec", "#54142f"),
    Colores("#8a5a3c", "#68412a", "#e07b39", "#f5e9da", "#38210f"),
    Colores("#e0a526", "#b57f14", "#a8324a", "#fff4d6", "#553c08"),
)
FONDOS = ("#fbf1e2", "#e8f1f4", "#f4ece6", "#e9f2e6", "#f6e9ee", "#eeeaf5", "#f9eedb", "#e4f0ee")
HILOS = ("#c4264f", "#f2a81d", "#1f7a78", "#1f5fa8", "#7a3b8f", "#2f7d4f", "#ec5f4b", "#fde8cf", "#2b2230")


def dibujar(semilla: str, figura: str) -> bytes:
    """An SVG of 400 by 400, under 3 kB, for a product; `figura` names a silhouette of `trazos.FIGURAS`."""
    azar = random.Random(f"qhatu:{semilla}")  # noqa: S311 (a picture, not a secret)
    colores = azar.choice(PALETAS)
    fondo = azar.choice(FONDOS)
    escena = azar.choice((_inti, _cordillera, _lisa, _telar))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LADO} {LADO}" width="{LADO}" height="{LADO}">'
        f"<defs>{_tejido('t', azar, 14)}{_tejido('m', azar, 28)}</defs>"
        f'<path d="M0 0h400v400H0z" fill="{fondo}"/>'
        f"{escena(azar, colores)}{_manto(azar)}"
        '<ellipse cx="200" cy="317" rx="136" ry="13" fill="#000" fill-opacity=".16"/>'
        f"{FIGURAS[figura](colores)}</svg>"
    )
    return svg.encode()


def _tejido(nombre: str, azar: random.Random, paso: int) -> str:
    """A repeating woven motif: rhombus, step, zigzag, hourglass or stripes, `paso` units wide."""
    fondo, figura, punto = azar.sample(HILOS, 3)
    m, t = paso // 2, paso
    motivo = azar.choice(
        (
            f'<path d="M{m} 1L{t - 1} {m}L{m} {t - 1}L1 {m}z" fill="{figura}"/>'
            f'<path d="M{m} {m // 2}L{m + m // 2} {m}L{m} {m + m // 2}L{m // 2} {m}z" fill="{punto}"/>',
            f'<path d="M0 {t}V{m}h{m // 2}V{m // 2}h{m}V{m}h{m // 2}V{t}z" fill="{figura}"/>'
            f'<path d="M{m // 2} {t}v{-m // 2}h{m}v{m // 2}z" fill="{punto}"/>',
            f'<path d="M0 {m}L{m} 0L{t} {m}V{t}L{m} {m}L0 {t}z" fill="{figura}"/>'
            f'<path d="M{m - 2} {t - m // 2}h4v4h-4z" fill="{punto}"/>',
            f'<path d="M0 0h{t}L{m} {m}zM0 {t}h{t}L{m} {m}z" fill="{figura}"/>'
            f'<path d="M0 {m - 2}h4v4H0zM{t - 4} {m - 2}h4v4h-4z" fill="{punto}"/>',
            f'<path d="M0 0h{m // 2}v{t}H0z" fill="{figura}"/>'
            f'<path d="M{m} 0h{max(2, m // 3)}v{t}h{-max(2, m // 3)}z" fill="{punto}"/>',
        )
    )
    return (
        f'<pattern id="{nombre}" width="{t}" height="{t}" patternUnits="userSpaceOnUse">'
        f'<path d="M0 0h{t}v{t}H0z" fill="{fondo}"/>{motivo}</pattern>'
    )


def _manto(azar: random.Random) -> str:
    """The cloth the thing stands on: bands of thread with a woven strip between them."""
    hilos = azar.sample(HILOS, 4)
    arriba = 308
    bandas = (
        (arriba, 8, hilos[0]),
        (arriba + 8, 5, hilos[1]),
        (arriba + 13, 11, hilos[2]),
        (arriba + 24, 28, "url(#m)"),
        (arriba + 52, 11, hilos[2]),
        (arriba + 63, 5, hilos[1]),
        (arriba + 68, 24, hilos[3]),
    )
    return "".join(f'<path d="M0 {y}h400v{alto}H0z" fill="{color}"/>' for y, alto, color in bandas)


def _inti(azar: random.Random, c: Colores) -> str:
    """A sun of steps behind the thing."""
    puntas = azar.choice((12, 16, 20))
    rayos = "".join(_rayo(2 * math.pi * n / puntas) for n in range(puntas))
    return (
        f'<path d="{rayos}" fill="{c.acento}" fill-opacity=".38"/>'
        f'<circle cx="200" cy="196" r="142" fill="{c.acento}" fill-opacity=".22"/>'
        '<circle cx="200" cy="196" r="122" fill="#fff" fill-opacity=".55"/>'
    )


def _rayo(angulo: float) -> str:
    """A triangle of the sun, as a piece of a path."""
    puntas = ((174, angulo), (150, angulo + 0.087), (150, angulo - 0.087))
    xy = [f"{200 + r * math.sin(a):.0f} {196 - r * math.cos(a):.0f}" for r, a in puntas]
    return f"M{'L'.join(xy)}z"


def _cordillera(azar: random.Random, c: Colores) -> str:
    """Snowy peaks far away."""
    x = azar.randrange(60, 140)
    sol = azar.randrange(280, 350)
    return (
        f'<circle cx="{sol}" cy="74" r="30" fill="{c.acento}" fill-opacity=".55"/>'
        f'<path d="M0 308V210L{x} 96l54 84 46-60 70 96 50-50 80 70h200v72z" '
        f'fill="{c.base}" fill-opacity=".2"/>'
        f'<path d="M{x} 96l54 84-26-10-20 18-24-20-24 14zM{x + 100} 120l34 46-22-4-16 14-16-18z" '
        'fill="#fff" fill-opacity=".85"/>'
        f'<path d="M0 308v-44q110-48 210-16t190-12v72z" fill="{c.sombra}" fill-opacity=".22"/>'
    )


def _lisa(azar: random.Random, c: Colores) -> str:
    """A plain arch, as in a shop window."""
    ancho = azar.choice((256, 284, 300))
    x = (LADO - ancho) // 2
    return camino(
        f"M{x} 308V{46 + ancho // 2}a{ancho // 2} {ancho // 2} 0 0 1 {ancho} 0v{262 - ancho // 2}z",
        c.base,
        'fill-opacity=".2"',
    ) + camino(
        f"M{x + 22} 308V{50 + ancho // 2}a{ancho // 2 - 22} {ancho // 2 - 22} 0 0 1 {ancho - 44} 0"
        f"v{258 - ancho // 2}z",
        "#fff",
        'fill-opacity=".5"',
    )


def _telar(azar: random.Random, c: Colores) -> str:
    """A woven strip hanging at each side."""
    hilo = azar.choice(HILOS)
    tira = (
        f'<path d="M0 0h44v308H0z" fill="url(#m)"/><path d="M44 0h7v308h-7z" fill="{hilo}"/>'
        f'<path d="M51 0h4v308h-4z" fill="{c.acento}"/>'
    )
    return (
        f'<g fill-opacity=".9">{tira}<g transform="matrix(-1 0 0 1 400 0)">{tira}</g></g>'
        f'<circle cx="200" cy="192" r="128" fill="#fff" fill-opacity=".6"/>'
    )
