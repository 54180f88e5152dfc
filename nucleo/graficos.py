"""Charts drawn on the server: SVG with a title, a description and the same figures as a table.

Colours come from CSS classes, so a chart follows the light or dark theme and needs no inline style.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import count
from typing import NamedTuple

from babel.numbers import format_decimal
from markupsafe import Markup, escape
from moneyed import Money

from nucleo.dinero import formato_bs
from nucleo.textos import gettext as _

Numero = int | float | Decimal | Money
Punto = tuple[str, Numero]

ANCHO = 480
ALTO = 240
MARGEN_IZQUIERDO, MARGEN_ABAJO, MARGEN_ARRIBA = 64, 34, 16
LINEAS_GUIA = 4
LETRA = 10.5  # width of a letter of the axis where the drawing is smallest
_serie = count(1)  # ids must be unique within a page, however many charts it has


def _texto(valor: Numero) -> str:
    return formato_bs(valor) if isinstance(valor, Money) else format_decimal(valor, locale="es_BO")


def _alto(valor: Numero) -> float:
    return float(valor.amount if isinstance(valor, Money) else valor)


def _tope(valores: Sequence[Numero]) -> float:
    """The round number just above the greatest value, so that guide lines fall on readable figures."""
    maximo = max(map(_alto, valores), default=0.0)
    if maximo <= 0:
        return 1.0
    escala = 10 ** (len(str(int(maximo))) - 1)
    paso = next(p for p in (1, 2, 2.5, 4, 5, 8, 10) if p * escala >= maximo)
    return float(paso * escala)


def _tabla(titulo: str, puntos: Sequence[Punto], unidad: str) -> Markup:
    filas = Markup("").join(
        Markup('<tr><th scope="row">{}</th><td class="monto">{}</td></tr>').format(etiqueta, _texto(valor))
        for etiqueta, valor in puntos
    )
    return Markup(
        '<details class="grafico__datos"><summary>{}</summary><table class="tabla tabla--compacta">'
        '<caption class="sr">{}</caption>'
        '<thead><tr><th scope="col">{}</th><th scope="col">{}</th></tr></thead>'
        "<tbody>{}</tbody></table></details>"
    ).format(_("Ver los datos"), titulo, _("Periodo o categoría"), _columna(puntos, unidad), filas)


def _columna(puntos: Sequence[Punto], unidad: str) -> str:
    return unidad or (_("Monto") if isinstance(puntos[0][1], Money) else _("Valor"))


def _marco(titulo: str, descripcion: str, dibujo: Markup, tabla: Markup, alto: int = ALTO) -> Markup:
    numero = next(_serie)
    return Markup(
        '<figure class="grafico"><figcaption class="grafico__titulo">{titulo}</figcaption>'
        '<svg viewBox="0 0 {ancho} {alto}" role="img" aria-labelledby="gt{n} gd{n}">'
        '<title id="gt{n}">{titulo}</title><desc id="gd{n}">{descripcion}</desc>{dibujo}</svg>'
        "{tabla}</figure>"
    ).format(
        titulo=titulo,
        descripcion=descripcion,
        ancho=ANCHO,
        alto=alto,
        n=numero,
        dibujo=dibujo,
        tabla=tabla,
    )


def _guias(tope: float, *, enteras: bool = False) -> Markup:
    """`enteras`: what is counted has no halves, and neither have the lines."""
    alto_util = ALTO - MARGEN_ABAJO - MARGEN_ARRIBA
    lineas = LINEAS_GUIA
    if enteras:
        lineas = next(n for n in (LINEAS_GUIA, 5, 2, 1) if tope % n == 0)
    partes = []
    for i in range(lineas + 1):
        y = ALTO - MARGEN_ABAJO - alto_util * i / lineas
        partes.append(
            Markup(
                '<line class="grafico__guia" x1="{x}" x2="{ancho}" y1="{y:.1f}" y2="{y:.1f}"/>'
                '<text class="grafico__eje" x="{tx}" y="{ty:.1f}" text-anchor="end">{valor}</text>'
            ).format(
                x=MARGEN_IZQUIERDO,
                ancho=ANCHO,
                y=y,
                tx=MARGEN_IZQUIERDO - 8,
                ty=y + 4,
                valor=_texto(round(tope * i / lineas, 2)),
            )
        )
    return Markup("").join(partes)


def _resumen(puntos: Sequence[Punto], unidad: str) -> str:
    mayor = max(puntos, key=lambda p: _alto(p[1]))
    menor = min(puntos, key=lambda p: _alto(p[1]))
    return _("De %(menor)s a %(mayor)s; el mayor valor es de %(cual)s.") % {
        "menor": _texto(menor[1]),
        "mayor": f"{_texto(mayor[1])} {unidad}".rstrip(),
        "cual": mayor[0],
    }


def _vacio(titulo: str) -> Markup:
    return Markup(
        '<figure class="grafico"><figcaption class="grafico__titulo">{}</figcaption><p>{}</p></figure>'
    ).format(titulo, _("Todavía no hay datos para este gráfico."))


def _cada_cuantas(etiquetas: Sequence[str]) -> int:
    """One label in how many is written so that none runs into the next on a telephone; a few names, all."""
    if len(etiquetas) <= 7:
        return 1
    largo = max(map(len, etiquetas)) + 1
    return -int(-len(etiquetas) * largo * LETRA // (ANCHO - MARGEN_IZQUIERDO))


def barras(titulo: str, puntos: Sequence[Punto], unidad: str = "") -> Markup:
    """Vertical bars, one for each (label, value)."""
    if not puntos:
        return _vacio(titulo)
    tope = _tope([v for _e, v in puntos])
    alto_util = ALTO - MARGEN_ABAJO - MARGEN_ARRIBA
    celda = (ANCHO - MARGEN_IZQUIERDO) / len(puntos)
    cada = _cada_cuantas([e for e, _v in puntos])
    partes = [_guias(tope, enteras=all(isinstance(v, int) for _e, v in puntos))]
    for i, (etiqueta, valor) in enumerate(puntos):
        alto = alto_util * max(_alto(valor), 0.0) / tope
        x = MARGEN_IZQUIERDO + celda * i
        partes.append(
            Markup(
                '<rect class="grafico__barra" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="3"/>'
            ).format(x + celda * 0.15, ALTO - MARGEN_ABAJO - alto, celda * 0.7, alto)
        )
        if i % cada == 0:
            partes.append(
                Markup('<text class="grafico__eje" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
                    x + celda / 2, ALTO - 12, etiqueta
                )
            )
    return _marco(titulo, _resumen(puntos, unidad), Markup("").join(partes), _tabla(titulo, puntos, unidad))


def _camino(valores: Sequence[float], tope: float, x0: float, ancho: float, y0: float, alto: float) -> str:
    paso = ancho / max(len(valores) - 1, 1)
    return " ".join(
        f"{x0 + paso * i:.1f},{y0 - alto * max(v, 0.0) / tope:.1f}" for i, v in enumerate(valores)
    )


def linea(titulo: str, puntos: Sequence[Punto], unidad: str = "") -> Markup:
    """A line over an area, for a series in time."""
    if not puntos:
        return _vacio(titulo)
    valores = [_alto(v) for _e, v in puntos]
    tope = _tope(valores)
    base = ALTO - MARGEN_ABAJO
    ancho_util = ANCHO - MARGEN_IZQUIERDO - 12
    camino = _camino(valores, tope, MARGEN_IZQUIERDO, ancho_util, base, base - MARGEN_ARRIBA)
    cada = max(1, -(-len(puntos) // 8))
    paso = ancho_util / max(len(puntos) - 1, 1)
    etiquetas = Markup("").join(
        Markup('<text class="grafico__eje" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
            MARGEN_IZQUIERDO + paso * i, ALTO - 12, etiqueta
        )
        for i, (etiqueta, _v) in enumerate(puntos)
        if i % cada == 0
    )
    fin = MARGEN_IZQUIERDO + paso * (len(puntos) - 1)
    area = f"{MARGEN_IZQUIERDO},{base} {camino} {fin:.1f},{base}"
    dibujo = Markup(
        '{}<polygon class="grafico__area" points="{}"/><polyline class="grafico__linea" points="{}"/>{}'
    ).format(_guias(tope), area, camino, etiquetas)
    return _marco(titulo, _resumen(puntos, unidad), dibujo, _tabla(titulo, puntos, unidad))


class Caja(NamedTuple):
    """How prices lie, under a name. What is drawn is these five, none of them made up."""

    etiqueta: str
    minimo: Numero
    cuartil_1: Numero
    mediana: Numero
    cuartil_3: Numero
    maximo: Numero

    @property
    def cinco(self) -> tuple[Numero, ...]:
        return self.minimo, self.cuartil_1, self.mediana, self.cuartil_3, self.maximo


RENGLON, MEDIA_CAJA = 44, 11
LEJOS = 3  # a maximum beyond so many times the third quartile is cut, or it would leave no room for the boxes


def cajas(titulo: str, filas: Sequence[Caja]) -> Markup:
    """Boxes that lie under each other on one scale, from nothing: the middle half, its median, both ends. One
    that goes on beyond the drawing says so with an arrow."""
    if not filas:
        return _vacio(titulo)
    izquierda, derecha = 8.0, ANCHO - 24.0
    alcance = LEJOS * max(_alto(fila.cuartil_3) for fila in filas)
    tope = _tope([min(_alto(fila.maximo), alcance) for fila in filas])
    base = RENGLON * len(filas)

    def x(valor: Numero) -> float:
        return izquierda + (derecha - izquierda) * min(_alto(valor) / tope, 1.0)

    guias = Markup("").join(
        Markup(
            '<line class="grafico__guia" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{base}"/>'
            '<text class="grafico__eje" x="{x:.1f}" y="{y}" text-anchor="{ancla}">{valor}</text>'
        ).format(x=x(valor), base=base, y=base + 20, ancla=ancla, valor=_texto(round(valor, 2)))
        for valor, ancla in ((0.0, "start"), (tope / 2, "middle"), (tope, "end"))
    )
    dibujos = Markup("").join(
        _caja(fila, RENGLON * i + 30, x, sigue=_alto(fila.maximo) > tope) for i, fila in enumerate(filas)
    )
    resumen = "; ".join(
        _("%(que)s: de %(minimo)s a %(maximo)s, la mediana %(mediana)s")
        % {
            "que": fila.etiqueta,
            "minimo": _texto(fila.minimo),
            "maximo": _texto(fila.maximo),
            "mediana": _texto(fila.mediana),
        }
        for fila in filas
    )
    return _marco(titulo, f"{resumen}.", guias + dibujos, _tabla_de_cajas(titulo, filas), base + 26)


def _caja(fila: Caja, centro: int, x: Callable[[Numero], float], *, sigue: bool) -> Markup:
    uno, tres, fin = x(fila.cuartil_1), x(fila.cuartil_3), x(fila.maximo)
    flecha = f"{fin - 7:.1f},{centro - 5} {fin:.1f},{centro} {fin - 7:.1f},{centro + 5}"
    return Markup(
        '<text class="grafico__eje" x="8" y="{texto}">{etiqueta}</text>'
        '<line class="grafico__linea" x1="{minimo:.1f}" x2="{maximo:.1f}" y1="{centro}" y2="{centro}"/>'
        '<rect class="grafico__caja" x="{uno:.1f}" y="{arriba}" width="{ancho:.1f}" height="{alto}" rx="2"/>'
        '<line class="grafico__linea" x1="{mediana:.1f}" x2="{mediana:.1f}" y1="{arriba}" y2="{abajo}"/>'
        "{flecha}"
    ).format(
        texto=centro - MEDIA_CAJA - 5,
        etiqueta=fila.etiqueta,
        minimo=x(fila.minimo),
        maximo=fin,
        flecha=Markup('<polyline class="grafico__linea" points="{}"/>').format(flecha) if sigue else "",
        mediana=x(fila.mediana),
        centro=centro,
        uno=uno,
        ancho=max(tres - uno, 2.0),
        arriba=centro - MEDIA_CAJA,
        abajo=centro + MEDIA_CAJA,
        alto=2 * MEDIA_CAJA,
    )


def _tabla_de_cajas(titulo: str, filas: Sequence[Caja]) -> Markup:
    """A column for each, so that two fit a telephone."""
    nombres = (_("Mínimo"), _("Primer cuartil"), _("Mediana"), _("Tercer cuartil"), _("Máximo"))
    cabeza = Markup("").join(Markup('<th scope="col">{}</th>').format(fila.etiqueta) for fila in filas)
    cuerpo = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            nombre,
            Markup("").join(
                Markup('<td class="monto">{}</td>').format(_texto(fila.cinco[i])) for fila in filas
            ),
        )
        for i, nombre in enumerate(nombres)
    )
    return Markup(
        '<details class="grafico__datos"><summary>{}</summary><table class="tabla tabla--compacta">'
        '<caption class="sr">{}</caption><thead><tr><td></td>{}</tr></thead>'
        "<tbody>{}</tbody></table></details>"
    ).format(_("Ver los datos"), titulo, cabeza, cuerpo)


def chispa(titulo: str, valores: Sequence[Numero]) -> Markup:
    """A spark line the height of a text line; the title says what it shows."""
    if len(valores) < 2:
        return Markup("")
    numeros = [_alto(v) for v in valores]
    camino = _camino(numeros, _tope(numeros), 1, 118, 30, 28)
    return Markup(
        '<svg class="chispa" viewBox="0 0 120 32" role="img" aria-label="{}: {}">'
        '<polyline class="grafico__linea" points="{}"/></svg>'
    ).format(titulo, ", ".join(_texto(v) for v in valores), escape(camino))
