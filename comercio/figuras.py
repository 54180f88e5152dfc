"""Silhouettes of the demonstration pictures: each draws a thing that stands on y = 316 around x = 200.

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


@figura("saco")
def _saco(c: Colores) -> str:
    granos = "".join(disco(150 + 17 * (n % 7), 142 - 9 * (n // 7), 9, c.claro) for n in range(14))
    return (
        granos
        + camino("M132 150q68-26 136 0l18 142q2 24-22 24H136q-24 0-22-24z", c.base)
        + camino("M228 141q22 3 40 9l18 142q2 24-22 24h-26q14-90-10-175z", c.sombra)
        + camino("M124 152q76-34 152 0l4 18q-80-30-160 0z", c.claro)
        + caja(152, 212, 96, 62, c.claro, 6)
        + caja(160, 226, 80, 34, "url(#t)", 3)
    )


@figura("bolsa")
def _bolsa(c: Colores) -> str:
    return (
        camino("M136 128h128l14 172q1 16-15 16H137q-16 0-15-16z", c.base)
        + camino("M238 128h26l14 172q1 16-15 16h-28q10-94 3-188z", c.sombra)
        + caja(132, 108, 136, 26, c.sombra, 4)
        + trazo("M140 121h120", c.acento, 5)
        + disco(196, 214, 44, c.claro)
        + camino("M176 232q-6-34 40-40q6 36-40 40z", c.acento)
        + trazo("M180 230q14-22 30-32", c.claro, 3)
        + caja(136, 276, 126, 18, "url(#t)")
    )


@figura("granos-de-cafe")
def _cafe(c: Colores) -> str:
    grano = '<g id="g">' + ovalo(0, 0, 17, 12, c.oscuro) + trazo("M-15 0q8-7 15 0t15 0", c.base, 3) + "</g>"
    otros = "".join(
        f'<use href="#g" transform="translate({x} {y}) rotate({g})"/>'
        for x, y, g in ((276, 302, 20), (306, 290, -30), (258, 312, -10), (322, 310, 60))
    )
    return (
        camino("M112 206h150v40q0 62-58 70h-34q-58-8-58-70z", c.claro)
        + camino("M222 206h40v40q0 62-58 70h-16q34-34 34-110z", c.acento)
        + trazo("M262 222q44-4 38 32t-48 30", c.acento, 13)
        + ovalo(187, 206, 75, 17, c.acento)
        + ovalo(187, 207, 63, 12, c.oscuro)
        + caja(112, 236, 148, 22, "url(#t)")
        + trazo("M160 180q-14-18 0-34t0-34", c.claro, 7)
        + trazo("M206 180q-14-18 0-34t0-34", c.claro, 7)
        + f'<g transform="translate(286 316)">{grano}</g>'
        + otros
    )


@figura("frasco")
def _frasco(c: Colores) -> str:
    return (
        camino("M140 156q-24 16-24 44v92q0 24 24 24h120q24 0 24-24v-92q0-28-24-44z", c.acento)
        + camino("M116 206q84 24 168 0v86q0 24-24 24H140q-24 0-24-24z", c.base)
        + camino("M246 212q20-2 38-6v86q0 24-24 24h-26q14-50 12-104z", c.sombra)
        + caja(136, 118, 128, 40, c.oscuro, 8)
        + caja(130, 108, 140, 22, "url(#t)", 6)
        + caja(146, 226, 108, 60, c.claro, 8)
        + camino("M200 234l19 11v22l-19 11-19-11v-22z", c.base)
        + trazo("M134 180v96", "#fff", 6)
    )


@figura("tableta")
def _tableta(c: Colores) -> str:
    cuadros = "".join(caja(142 + 40 * (n % 3), 96 + 36 * (n // 3), 34, 30, c.base, 4) for n in range(9))
    return (
        f'<g transform="rotate(-7 200 210)">{caja(134, 88, 132, 150, c.oscuro, 6)}{cuadros}'
        + camino(
            "M122 196l20 10 20-10 20 10 20-10 20 10 20-10 20 10 16-9v116q0 12-12 12H134q-12 0-12-12z",
            c.acento,
        )
        + caja(122, 236, 156, 34, "url(#t)")
        + caja(150, 282, 100, 12, c.claro, 6)
        + "</g>"
    )


@figura("botella")
def _botella(c: Colores) -> str:
    return (
        camino("M180 84h40v62q34 18 34 62v92q0 16-16 16h-76q-16 0-16-16v-92q0-44 34-62z", c.base)
        + camino("M206 84h14v62q34 18 34 62v92q0 16-16 16h-24q22-80-8-172z", c.sombra)
        + caja(176, 70, 48, 30, c.acento, 6)
        + caja(146, 214, 108, 68, c.claro)
        + caja(146, 226, 108, 18, "url(#t)")
        + camino("M200 250l8 12 14 2-10 9 3 5h-30l3-5-10-9 14-2z", c.acento)
        + trazo("M160 206q2-22 18-32", "#fff", 5)
    )


@figura("chompa")
def _chompa(c: Colores) -> str:
    return (
        camino(
            "M158 108L104 146 74 262l40 14 24-74v104q0 10 10 10h104q10 0 10-10V202l24"
            " 74 40-14-30-116-54-38q-42 26-84 0z",
            c.base,
        )
        + camino("M242 108l54 38 30 116-40 14-24-74v104q0 10-10 10h-26q26-100 16-208z", c.sombra)
        + camino("M158 108q42 26 84 0l8 6q-50 36-100 0z", c.acento)
        + caja(138, 178, 124, 54, "url(#t)")
        + camino("M74 262l40 14 4-13-41-14zM326 262l-40 14-4-13 41-14z", c.acento)
        + caja(138, 300, 124, 16, c.acento, 6)
    )


@figura("poncho")
def _poncho(c: Colores) -> str:
    flecos = "".join(f"M{x} 298l-2 20" for x in range(84, 324, 12))
    return (
        trazo(flecos, c.acento, 4)
        + camino("M200 96q26 0 44 16 60 40 84 188H72q24-148 84-188 18-16 44-16z", c.base)
        + camino("M244 112q60 40 84 188h-70q10-110-14-188z", c.sombra)
        + camino("M94 232h212l8 34H86z", "url(#t)")
        + camino("M112 180h176l8 26H104z", "url(#t)")
        + camino("M172 104q28 50 56 0-28-16-56 0z", c.oscuro)
        + trazo("M200 130v26", c.claro, 4)
    )


@figura("aguayo")
def _aguayo(c: Colores) -> str:
    return (
        camino("M78 250q0-20 20-20h204q20 0 20 20v46q0 20-20 20H98q-20 0-20-20z", c.base)
        + caja(78, 256, 244, 30, "url(#t)")
        + camino("M90 192q0-18 18-18h184q18 0 18 18v40H90z", c.acento)
        + caja(90, 194, 220, 24, "url(#t)")
        + camino("M102 140q0-18 18-18h160q18 0 18 18v36H102z", c.claro)
        + caja(102, 138, 196, 26, "url(#t)")
        + camino("M300 230q22 0 22 20v46q0 20-20 20h-12q16-44 10-86z", c.sombra)
        + trazo("M120 122q-12 26 0 54M108 176q-12 26 0 54M98 232q-12 42 0 82", c.oscuro, 3)
    )


@figura("pollera")
def _pollera(c: Colores) -> str:
    pliegues = "".join(f"M{170 + 6 * n} 130L{70 + 26 * n} 290" for n in range(11))
    return (
        camino("M160 112h80l94 186q-134 36-268 0z", c.base)
        + trazo(pliegues, c.sombra, 4)
        + camino("M92 246q108 28 216 0l12 24q-120 32-240 0z", "url(#t)")
        + camino("M66 298q134 36 268 0l-4-10q-130 34-260 0z", c.acento)
        + caja(156, 104, 88, 22, c.acento, 6)
        + trazo("M176 122q-12 34-30 46M180 124q4 30-10 56", c.claro, 5)
    )


@figura("zapato")
def _zapato(c: Colores) -> str:
    return (
        camino("M104 132h74q2 70 46 88 84 16 92 60 2 20-4 26H104z", c.base)
        + camino("M104 240q90 8 206 26 6 10 6 14 2 20-4 26H104z", c.sombra)
        + caja(96, 300, 226, 18, c.oscuro, 8)
        + caja(98, 120, 84, 26, "url(#t)", 6)
        + trazo("M168 180l34-12M176 200l34-14M192 218l30-18", c.claro, 6)
        + trazo("M122 160v126", c.acento, 4)
    )


@figura("mochila")
def _mochila(c: Colores) -> str:
    return (
        trazo("M168 118q0-36 32-36t32 36", c.oscuro, 10)
        + camino("M126 160q0-50 50-50h48q50 0 50 50v132q0 24-24 24H150q-24 0-24-24z", c.base)
        + camino("M224 110q50 0 50 50v132q0 24-24 24h-30q26-100 4-206z", c.sombra)
        + caja(126, 172, 148, 38, "url(#t)")
        + caja(148, 226, 104, 70, c.acento, 12)
        + trazo("M156 246h88", c.claro, 5)
        + caja(110, 200, 16, 92, c.oscuro, 8)
        + caja(274, 200, 16, 92, c.oscuro, 8)
    )


@figura("sombrero")
def _sombrero(c: Colores) -> str:
    return (
        ovalo(200, 282, 140, 34, c.sombra)
        + ovalo(200, 274, 140, 32, c.base)
        + camino("M126 268q-4-130 44-134 16 14 30 14t30-14q48 4 44 134-74 26-148 0z", c.base)
        + camino("M230 134q48 4 44 134-18 6-40 9 22-70-4-143z", c.sombra)
        + camino("M126 238q74 26 148 0v28q-74 28-148 0z", "url(#t)")
        + camino("M274 244l34 8-16 12 12 14-32-10z", c.acento)
    )


@figura("gorro")
def _gorro(c: Colores) -> str:
    return (
        trazo("M112 262v46M288 262v46", c.acento, 8)
        + disco(112, 310, 12, c.claro)
        + disco(288, 310, 12, c.claro)
        + camino("M200 92q78 12 84 108l10 66-40 4q-54-26-108 0l-40-4 10-66q6-96 84-108z", c.base)
        + camino("M200 92q78 12 84 108l10 66-40 4-16-6q6-90-38-172z", c.sombra)
        + camino("M116 200q84-20 168 0l6 36q-90-20-180 0z", "url(#t)")
        + camino("M140 138q60-14 120 0l8 16q-68-14-136 0z", c.acento)
        + disco(200, 90, 18, c.acento)
    )


@figura("vasija")
def _vasija(c: Colores) -> str:
    return (
        trazo("M150 146q-54 10-34 72M250 146q54 10 34 72", c.sombra, 14)
        + camino("M160 96h80l-8 44q64 34 58 98-8 62-58 78h-64q-50-16-58-78-6-64 58-98z", c.base)
        + camino("M216 96h24l-8 44q64 34 58 98-8 62-58 78h-30q60-70 22-176 2-22-8-44z", c.sombra)
        + camino("M112 214q88 22 176 0 4 18 1 36-89 22-178 0-3-18 1-36z", "url(#t)")
        + ovalo(200, 97, 42, 11, c.oscuro)
        + trazo("M168 146h64", c.acento, 6)
        + trazo("M136 280q64 14 128 0", c.claro, 4)
    )


@figura("plato")
def _plato(c: Colores) -> str:
    rayos = "".join(f'<use href="#r" transform="rotate({g} 200 208)"/>' for g in range(30, 360, 30))
    return (
        disco(200, 208, 108, c.sombra)
        + disco(200, 204, 106, c.base)
        + disco(200, 204, 78, c.claro)
        + '<g transform="translate(0 -4)">'
        + f'<path id="r" d="M200 106l10 20h-20z" fill="{c.acento}"/>{rayos}</g>'
        + disco(200, 204, 66, "url(#t)")
        + disco(200, 204, 30, c.acento)
        + camino("M200 182l8 14h14v16l-14 0-8 14-8-14h-14v-16h14z", c.claro)
    )


@figura("llama")
def _llama(c: Colores) -> str:
    return (
        camino(
            "M118 190h28v126h-20zM150 210h22v106h-18zM222 210h22v106h-18zM250 200h28l-4 116h-20z", c.sombra
        )
        + camino(
            "M98 178q-12-10-4-28 18 12 40 12h98q14-6 14-30l-2-46q-2-14 8-16l2-18 14 16h10l12-12 0 22q18 8"
            " 22 20t-22 14l-4 0q4 44 0 90-2 46-46 50H132q-34-6-34-74z",
            c.base,
        )
        + camino("M140 160h84q6 34-6 74h-72q-12-36-6-74z", "url(#t)")
        + trazo("M246 132h42M246 120h42", c.acento, 5)
        + disco(276, 86, 4, c.oscuro)
        + camino("M140 234l-4 16M218 234l4 16", c.acento)
    )


@figura("charango")
def _charango(c: Colores) -> str:
    return (
        '<g transform="rotate(28 200 200)">'
        + caja(188, 58, 24, 132, c.oscuro, 4)
        + caja(178, 34, 44, 40, c.sombra, 8)
        + trazo("M172 44h-8M172 58h-8M228 44h8M228 58h8", c.acento, 6)
        + camino(
            "M200 168q44-4 48 32 2 16-8 30 34 24 20 62-16 36-60 36t-60-36q-14-38"
            " 20-62-10-14-8-30 4-36 48-32z",
            c.base,
        )
        + camino("M200 168q44-4 48 32 2 16-8 30 34 24 20 62-16 36-60 36 40-40 24-96-10-40-24-64z", c.sombra)
        + disco(200, 244, 22, c.oscuro)
        + disco(200, 244, 16, "url(#t)")
        + caja(172, 288, 56, 10, c.oscuro, 4)
        + trazo("M194 70v220M200 70v220M206 70v220", c.claro, 1)
        + "</g>"
    )


@figura("zampona")
def _zampona(c: Colores) -> str:
    tubos = "".join(
        caja(102 + 28 * n, 96, 24, 214 - 22 * n, c.base if n % 2 else c.acento, 10)
        + ovalo(114 + 28 * n, 100, 11, 5, c.oscuro)
        for n in range(7)
    )
    return (
        tubos
        + caja(94, 140, 212, 26, "url(#t)", 6)
        + trazo("M300 152q30 20 16 60t6 60", c.acento, 6)
        + disco(322, 278, 11, c.acento)
    )


@figura("bombo")
def _bombo(c: Colores) -> str:
    zigzag = "M104 170l24 110 24-104 24 112 24-112 24 112 24-112 24 104 24-110"
    return (
        camino("M104 160v120q0 36 96 36t96-36V160z", c.base)
        + camino("M240 190q56-6 56-30v120q0 22-44 31 10-60-12-121z", c.sombra)
        + trazo(zigzag, c.claro, 4)
        + camino("M104 200q96 48 192 0v28q-96 48-192 0z", "url(#t)")
        + ovalo(200, 160, 96, 34, c.acento)
        + ovalo(200, 156, 86, 28, c.claro)
        + trazo("M236 140l76-56M214 150l54-84", c.oscuro, 7)
        + disco(316, 81, 14, c.acento)
        + disco(270, 63, 14, c.acento)
    )


@figura("collar")
def _collar(c: Colores) -> str:
    cuentas = "".join(
        disco(x, y, 11, c.base if n % 2 else c.acento)
        for n, (x, y) in enumerate(
            ((120, 112), (116, 140), (122, 168), (134, 194), (152, 216), (174, 232),
             (226, 232), (248, 216), (266, 194), (278, 168), (284, 140), (280, 112))
        )
    )  # fmt: skip
    return (
        trazo("M124 92q-36 130 76 148 112-18 76-148", c.oscuro, 4)
        + cuentas
        + disco(200, 268, 46, c.sombra)
        + disco(200, 264, 44, c.claro)
        + disco(200, 264, 34, "url(#t)")
        + camino("M200 236l9 19h19v18h-19l-9 19-9-19h-19v-18h19z", c.acento)
    )


@figura("aretes")
def _aretes(c: Colores) -> str:
    arete = (
        '<g id="a">'
        + trazo("M140 92q-22 4-16 26t16 20", c.oscuro, 5)
        + disco(140, 150, 15, c.acento)
        + camino("M140 162l44 64-44 76-44-76z", c.base)
        + camino("M140 162l44 64-44 76z", c.sombra)
        + camino("M140 190l24 36-24 42-24-42z", "url(#t)")
        + disco(140, 306, 8, c.acento)
        + "</g>"
    )
    return arete + '<use href="#a" x="120"/>'


@figura("canasta")
def _canasta(c: Colores) -> str:
    trama = "".join(
        trazo(f"M{100 + n * 4} {206 + n * 22}h{200 - n * 8}", c.acento if n % 2 else c.sombra, 9)
        for n in range(5)
    )
    return (
        trazo("M116 186q0-98 84-98t84 98", c.sombra, 14)
        + camino("M92 186h216l-28 122q-2 8-10 8H130q-8 0-10-8z", c.base)
        + trama
        + caja(84, 174, 232, 24, "url(#t)", 10)
    )


@figura("mascara")
def _mascara(c: Colores) -> str:
    return (
        camino("M134 132q-52-20-44-72 20 34 66 44zM266 132q52-20 44-72-20 34-66 44z", c.acento)
        + camino("M200 92q88 0 88 92 0 78-52 112-36 36-72 0-52-34-52-112 0-92 88-92z", c.base)
        + camino("M200 92q88 0 88 92 0 78-52 112-18 18-36 18z", c.sombra)
        + camino("M128 132q72-54 144 0l-8 14q-64-40-128 0z", "url(#t)")
        + disco(162, 184, 25, "#fff")
        + disco(238, 184, 25, "#fff")
        + disco(164, 186, 11, c.oscuro)
        + disco(236, 186, 11, c.oscuro)
        + camino("M188 200h24l10 32h-44z", c.acento)
        + camino("M146 246q54 22 108 0-6 46-54 46t-54-46z", c.oscuro)
        + camino("M158 250l10 20 10-16zM222 254l10 16 10-20zM188 256l12 16 12-16z", "#fff")
    )


@figura("juguete")
def _juguete(c: Colores) -> str:
    ruedas = "".join(disco(x, 288, 28, c.oscuro) + disco(x, 288, 13, c.acento) for x in (128, 212, 284))
    return (
        camino("M84 190h132v90H84z", c.base)
        + caja(84, 218, 132, 30, "url(#t)")
        + camino("M216 150h58q12 0 18 16l22 56v58h-98z", c.acento)
        + camino("M232 168h38l16 42h-54z", c.claro)
        + caja(74, 272, 246, 16, c.sombra, 6)
        + ruedas
    )


@figura("silla")
def _silla(c: Colores) -> str:
    return (
        camino("M128 82h20v140h-20zM252 82h20v140h-20z", c.sombra)
        + caja(128, 92, 144, 18, c.base, 6)
        + caja(148, 122, 104, 62, "url(#t)", 6)
        + camino("M112 214h176l12 30H100z", c.base)
        + caja(100, 242, 200, 14, c.sombra, 4)
        + camino(
            "M112 256h18l-6 60h-16zM270 256h18l4 60h-16zM148 256h12v44h-12zM240 256h12v44h-12z", c.sombra
        )
        + caja(124, 280, 152, 8, c.base)
    )


@figura("mesa")
def _mesa(c: Colores) -> str:
    return (
        caja(70, 190, 260, 24, c.base, 6)
        + caja(84, 214, 232, 18, c.sombra)
        + camino("M92 232h24l-6 84H96zM284 232h24l-4 84h-14z", c.sombra)
        + camino("M164 186h84l30 66h-76z", "url(#t)")
        + camino("M182 118h36l-6 20q22 12 20 34-4 16-16 18h-32q-12-2-16-18-2-22 20-34z", c.acento)
        + trazo("M196 116q-14-34-34-30M204 116q4-40 30-44", c.oscuro, 4)
        + disco(160, 86, 11, c.claro)
        + disco(236, 72, 13, c.claro)
    )


@figura("ropero")
def _ropero(c: Colores) -> str:
    return (
        caja(112, 78, 176, 230, c.base, 6)
        + caja(104, 70, 192, 20, c.sombra, 4)
        + caja(122, 100, 74, 150, c.claro, 4)
        + caja(204, 100, 74, 150, c.claro, 4)
        + caja(130, 110, 58, 130, "url(#t)")
        + caja(212, 110, 58, 130, "url(#t)")
        + caja(122, 258, 156, 40, c.sombra, 4)
        + disco(190, 182, 6, c.oscuro)
        + disco(210, 182, 6, c.oscuro)
        + caja(184, 274, 32, 8, c.acento, 4)
        + camino("M120 308h20v10h-20zM260 308h20v10h-20z", c.oscuro)
    )


@figura("frazada")
def _frazada(c: Colores) -> str:
    return (
        ovalo(122, 262, 46, 54, c.sombra)
        + camino("M122 208h160q46 0 46 54t-46 54H122q46-2 46-54t-46-54z", c.base)
        + camino(
            "M186 208h26q22 54 0 108h-26q22-54 0-108zM236 208h26q22 54 0 108h-26q22-54 0-108z", "url(#t)"
        )
        + trazo("M122 226q28 2 28 36t-26 34-22-30 18-22", c.claro, 6)
        + camino("M110 150q0-16 16-16h150q16 0 16 16v58H110z", c.acento)
        + caja(110, 158, 182, 24, "url(#t)")
    )


@figura("olla")
def _olla(c: Colores) -> str:
    return (
        trazo("M96 226q-34-4-30 24t36 20M304 226q34-4 30 24t-36 20", c.oscuro, 11)
        + camino("M94 198h212v60q0 58-58 58h-96q-58 0-58-58z", c.base)
        + camino("M258 198h48v60q0 58-58 58h-20q36-50 30-118z", c.sombra)
        + caja(94, 224, 212, 26, "url(#t)")
        + camino("M88 198q0-50 112-50t112 50z", c.acento)
        + caja(84, 190, 232, 16, c.oscuro, 8)
        + disco(200, 140, 15, c.oscuro)
        + trazo("M150 116q-12-16 0-30t0-28M248 116q-12-16 0-30t0-28", c.claro, 6)
    )


@figura("cucharas")
def _cucharas(c: Colores) -> str:
    return (
        camino("M120 200h160l-14 104q-2 12-14 12H148q-12 0-14-12z", c.base)
        + '<g transform="rotate(-14 170 200)">'
        + caja(162, 110, 14, 100, c.sombra, 6)
        + ovalo(169, 96, 24, 34, c.sombra)
        + ovalo(169, 96, 14, 24, c.claro)
        + '</g><g transform="rotate(12 230 200)">'
        + caja(222, 104, 14, 106, c.acento, 6)
        + camino("M210 60h38v44q-19 20-38 0z", c.acento)
        + "</g>"
        + caja(194, 84, 12, 126, c.oscuro, 6)
        + disco(200, 82, 20, c.oscuro)
        + camino("M120 200h160l-4 30H124z", c.sombra)
        + camino("M126 246h148l-4 28H130z", "url(#t)")
    )


@figura("escoba")
def _escoba(c: Colores) -> str:
    return (
        '<g transform="rotate(9 200 200)">'
        + caja(193, 50, 14, 160, c.sombra, 6)
        + camino("M168 206h64l32 102q-64 18-128 0z", c.base)
        + trazo("M160 306l20-88M180 312l8-92M200 314v-92M220 312l-8-92M240 306l-20-88", c.claro, 3)
        + caja(162, 196, 76, 30, "url(#t)", 8)
        + "</g>"
    )


@figura("jabon")
def _jabon(c: Colores) -> str:
    burbujas = "".join(
        f'<circle cx="{x}" cy="{y}" r="{r}" fill="#fff" fill-opacity=".75"/>'
        for x, y, r in ((118, 130, 20), (154, 100, 12), (286, 118, 24), (250, 88, 10), (310, 160, 10))
    )
    return (
        burbujas
        + caja(104, 240, 192, 76, c.base, 22)
        + caja(104, 262, 192, 34, "url(#t)")
        + caja(124, 164, 152, 70, c.acento, 24)
        + caja(140, 178, 120, 42, c.claro, 18)
        + camino("M200 182q24 14 0 34-24-20 0-34z", c.acento)
        + trazo("M122 254h24", "#fff", 5)
    )


@figura("pomada")
def _pomada(c: Colores) -> str:
    return (
        camino("M104 232v48q0 36 96 36t96-36v-48z", c.base)
        + camino("M250 262q46-10 46-30v48q0 24-46 32z", c.sombra)
        + camino("M104 244q96 44 192 0v26q-96 44-192 0z", "url(#t)")
        + ovalo(200, 228, 96, 34, c.claro)
        + ovalo(200, 228, 80, 26, c.acento)
        + trazo("M200 226V130", c.oscuro, 5)
        + camino(
            "M200 200q-60-4-62-54 58 2 62 54zM200 172q4-58 66-62-2 58-66 62zM200 136q-30-26-8-62 30 24 8 62z",
            c.base,
        )
        + trazo("M200 200l-40-36M200 172l44-40", c.claro, 3)
    )


@figura("planta")
def _planta(c: Colores) -> str:
    return (
        camino("M136 236h128l-16 72q-2 8-10 8h-76q-8 0-10-8z", c.base)
        + camino("M230 236h34l-16 72q-2 8-10 8h-24q14-40 16-80z", c.sombra)
        + caja(128, 222, 144, 24, "url(#t)", 6)
        + trazo("M200 222V120M200 190q-36-8-52-46M200 176q40-8 52-54", "#2e6b34", 6)
        + camino(
            "M200 128q-34-26-4-70 36 32 4 70zM150 148q-44 6-58-36 50-8 58 36zM250 128q4-46 54-44 0 46-54 44z",
            "#3f8f45",
        )
        + disco(166, 198, 13, c.acento)
        + disco(236, 188, 13, c.acento)
        + disco(196, 92, 11, c.acento)
    )


@figura("herramienta")
def _herramienta(c: Colores) -> str:
    return (
        '<g transform="rotate(34 200 200)">'
        + caja(190, 110, 22, 210, c.base, 8)
        + caja(190, 250, 22, 56, "url(#t)", 6)
        + camino("M126 82h120q34 4 42 40h-42v14h-90v-14l-38-4q-14-20 8-36z", c.oscuro)
        + camino("M126 82h120q34 4 42 40-40-24-170-4-10-20 8-36z", c.sombra)
        + "</g>"
    )


@figura("pala")
def _pala(c: Colores) -> str:
    return (
        '<g transform="rotate(-16 200 200)">'
        + caja(191, 66, 18, 150, c.base, 6)
        + camino("M164 48h72v22h-72z", c.acento)
        + camino("M142 204h116v58q-8 50-58 62-50-12-58-62z", c.oscuro)
        + camino("M200 204h58v58q-8 50-58 62z", c.sombra)
        + caja(186, 190, 28, 60, "url(#t)", 6)
        + "</g>"
        + ovalo(256, 312, 64, 12, c.acento)
    )


@figura("colmena")
def _colmena(c: Colores) -> str:
    abeja = (
        '<g id="b">'
        + ovalo(96, 128, 15, 10, "#fff")
        + ovalo(98, 142, 20, 13, c.acento)
        + trazo("M92 131v22M104 131v22", c.oscuro, 5)
        + "</g>"
    )
    return (
        camino(
            "M200 86q60 10 66 50 36 14 32 54 24 26 6 58 2 44-40"
            " 68H136q-42-24-40-68-18-32 6-58-4-40 32-54 6-40 66-50z",
            c.base,
        )
        + trazo("M138 138q62 18 124 0M104 192q96 22 192 0M98 250q102 22 204 0", c.sombra, 6)
        + camino("M132 206q68 14 136 0v22q-68 14-136 0z", "url(#t)")
        + camino("M172 316v-22q0-28 28-28t28 28v22z", c.oscuro)
        + abeja
        + '<use href="#b" x="214" y="-30"/><use href="#b" x="190" y="150"/>'
    )


@figura("regadera")
def _regadera(c: Colores) -> str:
    return (
        trazo("M122 190q0-78 74-78t74 78", c.oscuro, 11)
        + camino("M256 250l58-84 18 10-60 124z", c.sombra)
        + camino("M300 146l42 24-10 16-42-24z", c.acento)
        + camino("M112 186h160l10 114q0 16-16 16H118q-16 0-16-16z", c.base)
        + camino("M108 226h168l3 34H105z", "url(#t)")
        + trazo("M336 196l10 22M320 202l8 26M350 184l14 18", "#4b9fc4", 5)
    )


@figura("cuaderno")
def _cuaderno(c: Colores) -> str:
    anillos = "".join(f"M118 {y}h26" for y in range(112, 300, 22))
    return (
        '<g transform="rotate(-5 200 200)">'
        + caja(140, 96, 156, 216, c.claro, 8)
        + caja(132, 90, 156, 216, c.base, 8)
        + caja(132, 214, 156, 44, "url(#t)")
        + caja(164, 128, 96, 46, c.claro, 6)
        + trazo("M176 144h72M176 158h46", c.sombra, 4)
        + trazo(anillos, c.oscuro, 5)
        + '</g><g transform="rotate(24 300 220)">'
        + caja(292, 130, 18, 150, c.acento, 3)
        + camino("M292 280h18l-9 30z", c.claro)
        + caja(292, 120, 18, 18, c.oscuro, 4)
        + "</g>"
    )


@figura("libro")
def _libro(c: Colores) -> str:
    return (
        camino("M200 144q-54-38-124-22v166q70-16 124 22 54-38 124-22V122q-70-16-124 22z", c.oscuro)
        + camino("M200 138q-54-36-114-22v160q60-14 114 22z", c.claro)
        + camino("M200 138q54-36 114-22v160q-60-14-114 22z", "#fff")
        + trazo("M108 146q40-6 72 12M108 172q40-6 72 12M108 198q40-6 72 12M108 224q40-6 72 12", c.sombra, 4)
        + camino("M222 160q34-20 72-18v92q-38 0-72 20z", "url(#t)")
        + camino("M196 138h8v160l-4 12-4-12z", c.acento)
    )


@figura("polera")
def _polera(c: Colores) -> str:
    return (
        camino(
            "M160 104L88 142l22 66 32-12v108q0 12 12 12h92q12 0 12-12V196l32 12 22-66-72-38q-40 34-80 0z",
            c.base,
        )
        + camino("M240 104l72 38-22 66-32-12v108q0 12-12 12h-26q30-100 20-212z", c.sombra)
        + trazo("M160 104q40 40 80 0", c.acento, 8)
        + caja(142, 258, 116, 22, "url(#t)")
        + disco(222, 180, 17, c.acento)
        + camino("M222 168l4 8h9l-7 6 3 9-9-5-9 5 3-9-7-6h9z", c.claro)
    )


@figura("maquina-de-coser")
def _maquina(c: Colores) -> str:
    return (
        caja(80, 282, 240, 34, c.sombra, 8)
        + camino("M96 130q0-22 22-22h158q26 0 26 26v148h-52V188h-98v26H96z", c.base)
        + camino("M262 108h14q26 0 26 26v148h-30q10-90-10-174z", c.sombra)
        + caja(136, 132, 104, 26, "url(#t)", 4)
        + trazo("M116 214v52", c.oscuro, 6)
        + disco(310, 150, 24, c.acento)
        + disco(310, 150, 9, c.claro)
        + caja(196, 78, 14, 30, c.acento, 3)
        + camino("M84 272h120l14 12H84z", c.claro)
        + trazo("M203 80q-60-4-87 60", c.acento, 2)
    )


@figura("llave")
def _llave(c: Colores) -> str:
    return (
        '<g transform="rotate(40 200 200)">'
        + camino(
            "M176 118q-30-22-22-66l30 26 32 0 30-26q8 44-22 66v144q30 22 22"
            " 64l-30-24h-32l-30 24q-8-42 22-64z",
            c.base,
        )
        + camino("M212 78h4l30-26q8 44-22 66v144q30 22 22 64l-30-24h-10q16-110 6-224z", c.sombra)
        + caja(186, 146, 28, 92, "url(#t)", 8)
        + "</g>"
        + disco(284, 284, 30, c.acento)
        + disco(284, 284, 13, c.oscuro)
    )


@figura("comida")
def _comida(c: Colores) -> str:
    salten = (
        '<g id="s">'
        + camino("M96 268q2-64 62-70 60 6 62 70-62 22-124 0z", "#d98a35")
        + trazo("M104 262q6-46 54-56 46 10 54 56", "#8f4f16", 6)
        + trazo("M126 212l6 12M146 203l4 13M170 203l-4 13M190 212l-6 12", "#8f4f16", 4)
        + "</g>"
    )
    return (
        ovalo(200, 290, 140, 27, c.sombra)
        + ovalo(200, 282, 140, 27, c.claro)
        + ovalo(200, 281, 116, 19, "url(#t)")
        + salten
        + '<use href="#s" x="84"/><use href="#s" x="42" y="-52"/>'
        + trazo("M156 116q-12-16 0-30M206 100q-12-16 0-30M250 120q-12-16 0-30", c.claro, 6)
    )


@figura("montana")
def _montana(c: Colores) -> str:
    return (
        disco(276, 124, 32, c.acento)
        + camino("M64 316l96-178 38 58 38-84 100 204z", c.sombra)
        + camino("M160 138l38 58-20-6-18 22-22-18-12 8zM236 112l34 70-20-10-16 20-12-20-12 2z", "#fff")
        + camino("M64 316q136-70 272 0z", c.base)
        + camino("M84 306q116-52 232 0l10 5q-126-50-252 0z", "url(#t)")
        + camino("M176 284l24-34 24 34v30h-48z", c.claro)
        + camino("M166 288l34-46 34 46h-12l-22-30-22 30z", c.oscuro)
        + caja(193, 292, 14, 22, c.oscuro)
    )


@figura("afiche")
def _afiche(c: Colores) -> str:
    return (
        caja(140, 92, 168, 206, c.sombra, 4)
        + '<g transform="rotate(-6 190 200)">'
        + caja(116, 92, 164, 212, "#fff", 4)
        + caja(128, 104, 140, 112, c.base)
        + disco(198, 152, 31, c.acento)
        + camino("M128 216l42-52 28 30 26-26 44 48z", c.oscuro)
        + caja(128, 228, 140, 18, "url(#t)")
        + caja(128, 256, 108, 10, c.sombra, 5)
        + caja(128, 276, 76, 10, c.claro, 5)
        + "</g>"
    )
