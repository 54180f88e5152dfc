"""Labels for thermal printers: ZPL II at 203 dots an inch, 105 × 148 mm.

Texts go as UTF-8 (`^CI28`) through `^FH`, so that nothing a person typed can be a command.
Source: Zebra, *ZPL II Programming Guide* (^FH, ^FB, ^BC, ^BQ, ^CI).
"""

from collections.abc import Sequence
from string import ascii_letters, digits

from envios.etiquetas.etiqueta import Etiqueta
from nucleo.textos import gettext as _

ANCHO, ALTO = 839, 1183
"""The label in dots."""
_MARGEN = 40
_UTIL = ANCHO - 2 * _MARGEN
_DATOS_PUROS = frozenset(ascii_letters + digits + " .,;:/()+'\"!?=@#%-")


def en_zpl(etiquetas: Sequence[Etiqueta]) -> bytes:
    """One `^XA … ^XZ` a label, UTF-8."""
    return "".join(_una(e) for e in etiquetas).encode()


def _una(e: Etiqueta) -> str:
    gramos = f"{e.peso_g:,}".replace(",", ".")
    campos = [
        _texto(_MARGEN, 40, 500, e.operador, alto=34, lineas=1),
        _texto(ANCHO - _MARGEN - 200, 40, 200, _("%(g)s g") % {"g": gramos}, alto=34, lineas=1, lado="R"),
        f"^FO{_MARGEN},84^GB{_UTIL},4,4^FS",
        _texto(_MARGEN, 104, _UTIL, e.destino, alto=80, lineas=2),
        f"^FO{_MARGEN},290^GB{_UTIL},340,4^FS",
        _texto(_MARGEN + 16, 310, _UTIL - 32, e.destinatario, alto=44, lineas=2),
        _texto(_MARGEN + 16, 414, _UTIL - 32, e.referencia, alto=32, lineas=5),
        _texto(_MARGEN + 16, 586, _UTIL - 32, e.telefono, alto=34, lineas=1),
        _texto(_MARGEN, 656, 470, _("De: %(de)s") % {"de": e.remitente}, alto=30, lineas=3),
        _texto(_MARGEN, 756, 470, e.remitente_telefono, alto=30, lineas=1),
        _texto(_MARGEN, 806, 470, _("Contiene: %(c)s") % {"c": e.contenido}, alto=28, lineas=3),
        f"^FO{ANCHO - _MARGEN - 260},640^BQN,2,6^FH_^FDMA,{_dato(e.enlace)}^FS",
        f"^BY4^FO{_MARGEN + 20},930^BCN,140,N,N,N,A^FD{e.numero}^FS",
        _texto(_MARGEN, 1090, _UTIL, e.numero.legible, alto=48, lineas=1, lado="C"),
    ]
    if e.es_devolucion:
        campos.append(f"^FO{_MARGEN + 380},28^GB240,48,48^FS")
        campos.append(
            _texto(_MARGEN + 380, 36, 240, _("DEVOLUCIÓN"), alto=36, lineas=1, lado="C", sobre="^FR")
        )
    return f"^XA^CI28^PW{ANCHO}^LL{ALTO}^LH0,0\n" + "\n".join(c for c in campos if c) + "\n^XZ\n"


def _texto(
    x: int, y: int, ancho: int, texto: str, *, alto: int, lineas: int, lado: str = "L", sobre: str = ""
) -> str:
    """A field wrapped in `lineas` lines of `ancho` dots; empty when there is nothing to say."""
    if not texto.strip():
        return ""
    return f"^FO{x},{y}{sobre}^A0N,{alto},{alto}^FB{ancho},{lineas},4,{lado}^FH_^FD{_dato(texto)}^FS"


def _dato(texto: str) -> str:
    """The text with everything that is not a plain letter as `_XX`, byte by byte; one line."""
    return "".join(
        c if c in _DATOS_PUROS else "".join(f"_{byte:02X}" for byte in c.encode())
        for c in " ".join(texto.replace("\\", "/").split())
    )
