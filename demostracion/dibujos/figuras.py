"""Silhouettes: food, clothes and crafts."""

from demostracion.dibujos.trazos import Colores, caja, camino, disco, figura, ovalo, trazo


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
