"""The columns of a file of products: how a cell is read, and how it is written back the same.

A line is a variant, known by its code; those with the same title are the variants of one product. An empty
cell leaves what there is as it is, and in a new product is what a form leaves empty.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from moneyed import Money

from comercio.catalogo import Arbol, EstadoProducto, UnidadMedida, cabe_en, medidas, paises
from comercio.catalogo.modelos import (
    DIAS_DE_ELABORACION_MAXIMOS,
    EXISTENCIA_MAXIMA,
    PRECIO_MAXIMO_CENTAVOS,
)
from nucleo.archivos.tablas import Fila
from nucleo.dinero import a_centavos
from nucleo.lectores import (
    Ilegible,
    en_cifras,
    leer_cantidad,
    leer_entero,
    leer_linea,
    leer_monto,
    leer_texto,
    sin_acentos,
)
from nucleo.textos import gettext as _

COLUMNAS = (
    "codigo",
    "titulo",
    "descripcion",
    "categoria",
    "variante",
    "precio_antes",
    "precio",
    "medida",
    "hay",
    "existencia",
    "peso_g",
    "dias_de_elaboracion",
    "estado",
    "origen",
)
PUEDEN_FALTAR = frozenset({"origen"})
"""Of a file that was given out before there were such columns."""
NUMERICAS = ("precio_antes", "precio", "hay", "existencia")
# What the template carries, to be written over.
EJEMPLO = tuple(
    tuple(linea.split("|"))
    for linea in (
        "CH-1-M|Chompa de alpaca||alpaca-y-llama|talla: M, color: gris||320,00|unidad||4|450|0|publicado|BO",
        "CH-1-L|Chompa de alpaca|||talla: L, color: gris||340,00|unidad||2|480|||",
        "QU-1|Quinua real|Del salar de Uyuni|granos-andinos|||22,50|kg||120,5|1000|0|borrador|",
    )
)
_CODIGO = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
_ATRIBUTO = re.compile(r"(?:^|[;,|\n])\s*([^\W\d_][^\d:=;,|]*?)\s*[:=]\s*")
_ESTADOS = {
    "borrador": EstadoProducto.BORRADOR,
    "publicado": EstadoProducto.PUBLICADO,
    "en pausa": EstadoProducto.PAUSADO,
    "pausado": EstadoProducto.PAUSADO,
}
_MES = "ene|jan|feb|mar|abr|apr|may|jun|jul|ago|aug|sept?|oct|nov|dic|dec"
_COMO_NUMERO = re.compile(rf"[0-9][0-9.e/-]*|[0-9]*[-/]?(?:{_MES})[-/]?[0-9]*", re.IGNORECASE)
"""A code that a spreadsheet takes for a number or a date: `0017`, `1E5`, `10-12`, `MAR-1`."""
_SE_EJECUTA = ("=", "+", "-", "@", "\t")

Leida = dict[str, Any]


def leer_fila(fila: Fila, ramas: Arbol) -> Leida:
    """What the cells of a line say, as JSON can hold it; only those that say something.

    Raises `Ilegible` with all that is wrong in the line.
    """
    leida: Leida = {}
    faltas: list[str] = []
    for columna in COLUMNAS:
        celda = fila.celdas[columna]
        if not celda:
            continue
        try:
            leida[columna] = _LECTORES[columna](fila, ramas)
        except Ilegible as error:
            visto = "".join(letra for letra in celda if letra.isprintable())[:30]
            faltas.append(f"{columna} «{visto}»: {error}")
    for columna, texto in (("codigo", _("Falta el código.")), ("titulo", _("Falta el título."))):
        if not fila.celdas[columna]:
            faltas.append(texto)
    if not faltas:
        faltas = _entre_si(leida)
    if faltas:
        raise Ilegible(" ".join(faltas))
    return leida


def _entre_si(leida: Leida) -> list[str]:
    faltas = []
    medida = leida.get("medida", UnidadMedida.UNIDAD)
    if "hay" in leida and "existencia" not in leida:
        leida.pop("hay")  # it was given out and is not to change
    if "precio_antes" in leida and "precio" not in leida:
        leida.pop("precio_antes")
    if "medida" in leida and not cabe_en(medida, Decimal(leida.get("existencia", 0))):
        faltas.append(_("existencia: se vende entero, escriba un número sin decimales."))
    return faltas


def _texto(columna: str, minimo: int, maximo: int, lector: Callable[[str], str] = leer_linea) -> Any:
    def leer(fila: Fila, _ramas: Arbol) -> str:
        celda = fila.celdas[columna]
        if celda.startswith("'") and celda[1:].startswith(_SE_EJECUTA):
            celda = celda[1:]  # so that a spreadsheet would not run it
        leido = lector(celda)
        if "\ufffd" in leido:
            raise Ilegible(_("tiene caracteres que no se pueden leer."))
        if not minimo <= len(leido) <= maximo:
            raise Ilegible(_("lleva de %(a)s a %(b)s letras.") % {"a": minimo, "b": maximo})
        return leido

    return leer


def _codigo(fila: Fila, _ramas: Arbol) -> str:
    leido = leer_linea(fila.celdas["codigo"])
    if not _CODIGO.fullmatch(leido):
        raise Ilegible(_("use hasta 40 letras sin acentos, números, puntos, guiones o barras."))
    return leido


def _categoria(fila: Fila, ramas: Arbol) -> str:
    """By its code or its name."""
    buscada = sin_acentos(leer_linea(fila.celdas["categoria"]))
    for hojas in ramas.ramas.values():
        for hoja in hojas:
            if buscada in (hoja.codigo, sin_acentos(hoja.nombre)):
                return hoja.codigo
    raise Ilegible(_("no es una categoría de la lista: mire la hoja de categorías."))


def _variante(fila: Fila, _ramas: Arbol) -> dict[str, str]:
    """`talla: M, color: rojo`."""
    celda = leer_linea(fila.celdas["variante"])
    marcas = list(_ATRIBUTO.finditer(celda))
    if not marcas or celda[: marcas[0].start()].strip():
        raise Ilegible(_("escriba qué la distingue, por ejemplo «talla: M, color: rojo»."))
    finales = [m.start() for m in marcas[1:]] + [len(celda)]
    atributos = {m[1].lower(): celda[m.end() : fin].strip() for m, fin in zip(marcas, finales, strict=True)}
    if len(atributos) != len(marcas) or not all(0 < len(v) <= 60 for v in atributos.values()):
        raise Ilegible(_("escriba cada cosa una vez, por ejemplo «talla: M, color: rojo»."))
    return atributos


def _precio(columna: str) -> Any:
    def leer(fila: Fila, _ramas: Arbol) -> str:
        precio: Money = fila.leer(columna, leer_monto)
        if not 0 < a_centavos(precio) <= PRECIO_MAXIMO_CENTAVOS:
            raise Ilegible(_("el precio va de Bs 0,01 a Bs 1.000.000."))
        return f"{precio.amount:.2f}"

    return leer


def _medida(fila: Fila, _ramas: Arbol) -> str:
    buscada = sin_acentos(leer_linea(fila.celdas["medida"]))
    for codigo, nombre in medidas().items():
        if buscada in (codigo, sin_acentos(nombre)):
            return codigo
    raise Ilegible(_("escriba una de estas: %(todas)s.") % {"todas": ", ".join(medidas().values())})


def _cantidad(columna: str) -> Any:
    def leer(fila: Fila, _ramas: Arbol) -> str:
        leida: Decimal = fila.leer(columna, lambda c, marca=None: leer_cantidad(c, decimales=4, marca=marca))
        if leida > EXISTENCIA_MAXIMA:
            raise Ilegible(_("va de 0 a 1.000.000."))
        return en_cifras(leida)

    return leer


def _entero(columna: str, maximo: int) -> Any:
    def leer(fila: Fila, _ramas: Arbol) -> int:
        leido: int = fila.leer(columna, leer_entero)
        if not 0 <= leido <= maximo:
            raise Ilegible(_("va de 0 a %(n)s.") % {"n": maximo})
        return leido

    return leer


def _estado(fila: Fila, _ramas: Arbol) -> str:
    buscado = _ESTADOS.get(sin_acentos(leer_linea(fila.celdas["estado"])))
    if buscado is None:
        raise Ilegible(_("escriba «publicado», «en pausa» o «borrador»."))
    return str(buscado)


def _origen(fila: Fila, _ramas: Arbol) -> str:
    """By its code or its name."""
    buscado = sin_acentos(leer_linea(fila.celdas["origen"]))
    for codigo, nombre in paises().items():
        if buscado in (codigo.lower(), sin_acentos(nombre)):
            return codigo
    raise Ilegible(_("escriba el nombre de un país, por ejemplo Bolivia."))


_LECTORES: Mapping[str, Callable[[Fila, Arbol], Any]] = {
    "codigo": _codigo,
    "titulo": _texto("titulo", 3, 120),
    "descripcion": _texto("descripcion", 1, 4000, leer_texto),
    "categoria": _categoria,
    "variante": _variante,
    "precio_antes": _precio("precio_antes"),
    "precio": _precio("precio"),
    "medida": _medida,
    "hay": _cantidad("hay"),
    "existencia": _cantidad("existencia"),
    "peso_g": _entero("peso_g", 1_000_000),
    "dias_de_elaboracion": _entero("dias_de_elaboracion", DIAS_DE_ELABORACION_MAXIMOS),
    "estado": _estado,
    "origen": _origen,
}


def precio_pedido(leida: Mapping[str, Any]) -> str | None:
    """The price that a line wants for a code that exists already; none when it is as it was given out."""
    precio: str | None = leida.get("precio")
    return None if precio == leida.get("precio_antes") else precio


def celda_de_texto(texto: str) -> str:
    """A text that no spreadsheet runs; reading it back takes the mark away."""
    return f"'{texto}" if texto.startswith(_SE_EJECUTA) else texto


def celda_de_codigo(codigo: str) -> str:
    """In a CSV, written so that a spreadsheet leaves it as it is; reading it back takes the marks away."""
    return f'="{codigo}"' if _COMO_NUMERO.fullmatch(codigo) else codigo


def celda_de_precio(precio: Money) -> str:
    return f"{precio.amount:.2f}".replace(".", ",")


def celda_de_variante(atributos: Mapping[str, str]) -> str:
    return ", ".join(f"{nombre}: {valor}" for nombre, valor in atributos.items())
