"""Silhouettes: home, care, land, office and services."""

from demostracion.dibujos.trazos import Colores, caja, camino, disco, figura, ovalo, trazo


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
