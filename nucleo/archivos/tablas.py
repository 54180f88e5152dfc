"""A table that somebody sends (CSV or XLSX), read in the dialect that its writer used.

One dialect a file: the separator is the one that gives the heading, the decimal mark is the one that the
numbers of the file show, and a number of the other kind is refused, not read on its own. What the dialect is
goes with the table, for the page that shows what was understood.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from nucleo.archivos.hojas import Cifras, Registro, filas_de_libro
from nucleo.archivos.rechazos import TablaInvalida
from nucleo.archivos.recibido import TROZO, Recibido
from nucleo.archivos.tipos import NOMBRES, Tipo, tipo_de
from nucleo.lectores import Marca, en_cifras, sin_acentos
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

LINEAS_MAXIMAS = 30_000
"""Of a file, empty ones too."""
_CABEZA_MAXIMA = 10_000
SEPARADORES = (";", ",", "\t", "|")
_NOMBRES = {
    ";": _l("punto y coma"),
    ",": _l("coma"),
    "\t": _l("tabulación"),
    "|": _l("barra"),
}
_DICE_SEPARADOR = re.compile(r'"?sep=([;,\t|])"?[ \t;,]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_TEXTO_FORZADO = re.compile(r'="((?:[^"]|"")*)"')
"""How spreadsheets keep a text from being taken for a number: `="0012"`."""
_ADORNO = re.compile(r"(?:bs\.?|bob|bolivianos|%|\s)+", re.IGNORECASE)
_DE_UNA = re.compile(r"([0-9]+)([.,])([0-9]+)")
_DE_VARIAS = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})+")
_DE_LAS_DOS = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*([.,])[0-9]+")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dialecto:
    """How a file is written. `marca` is the decimal mark that its numbers show; None if none shows it."""

    formato: str
    separador: str = ""
    codificacion: str = ""
    marca: Marca | None = None

    def en_palabras(self) -> str:
        """For whoever must look at what was understood."""
        if self.formato == "xlsx":
            como = _("Excel")
        else:
            como = _("CSV separado por %(que)s") % {"que": _NOMBRES[self.separador]}
        if self.marca == ",":
            return _("%(como)s; la coma separa los decimales (1.234,50)") % {"como": como}
        if self.marca == ".":
            return _("%(como)s; el punto separa los decimales (1,234.50)") % {"como": como}
        return _("%(como)s; ningún número lleva decimales (1.234 es mil)") % {"como": como}


@dataclass(frozen=True, slots=True)
class Fila:
    """A line of the table. `numero` is its first line in the file, counting from 1."""

    numero: int
    celdas: dict[str, str]
    marca: Marca | None

    def leer(self, columna: str, lector: Callable[..., T]) -> T:
        """A number by its reader of `nucleo.lectores`, in the dialect of the file. Raises `Ilegible`."""
        celda = self.celdas[columna]
        return lector(celda, marca="." if isinstance(celda, Cifras) else self.marca)


@dataclass(frozen=True, slots=True)
class TablaLeida:
    """The lines with their columns, and why others have not got them, by their number."""

    dialecto: Dialecto
    filas: list[Fila]
    errores: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mala:
    """A line that cannot be read as one of the table, and why."""

    numero: int
    texto: str


@dataclass(frozen=True, slots=True)
class TablaAbierta:
    """A table whose heading and dialect are known, and how many lines it has. They are read each time that
    they are walked, one at a time: however many there are, one is in memory.
    """

    dialecto: Dialecto
    lineas: int
    _filas: Callable[[], Iterator[Fila | Mala]]

    def __iter__(self) -> Iterator[Fila | Mala]:
        return self._filas()


def leer_tabla(
    recibido: Recibido,
    columnas: Sequence[str],
    *,
    numericas: Collection[str],
    filas_maximas: int,
    bytes_maximos: int,
) -> TablaLeida:
    """A file whose heading has these columns, in any order; those of `numericas` show the dialect.

    Raises `TablaInvalida`, which says what to do with the file.
    """
    tabla = abrir_tabla(
        recibido,
        columnas,
        numericas=numericas,
        filas_maximas=filas_maximas,
        bytes_maximos=bytes_maximos,
    )
    filas, errores = [], {}
    for fila in tabla:
        if isinstance(fila, Mala):
            errores[fila.numero] = fila.texto
        else:
            filas.append(fila)
    return TablaLeida(tabla.dialecto, filas, errores)


def abrir_tabla(
    recibido: Recibido,
    columnas: Sequence[str],
    *,
    numericas: Collection[str],
    filas_maximas: int,
    bytes_maximos: int,
    pueden_faltar: Collection[str] = (),
) -> TablaAbierta:
    """`leer_tabla` for who does not want it whole: it is walked once to judge it and find its dialect.
    Of the columns that `pueden_faltar`, those that are not in the heading are read as empty."""
    if recibido.tamano > bytes_maximos:
        raise TablaInvalida(
            _("El archivo pesa más de %(n)s MB. Divídalo en partes.") % {"n": bytes_maximos // 1024**2}
        )
    tipo = tipo_de(recibido)
    if tipo not in (Tipo.ZIP, Tipo.TEXTO):
        raise TablaInvalida(_de_otra_cosa(tipo))
    es_libro = tipo == Tipo.ZIP
    dialecto, abrir = _de_libro(recibido) if es_libro else _de_texto(recibido, columnas, pueden_faltar)

    def lineas() -> Iterator[tuple[int, dict[str, str]] | Mala]:
        return _lineas(abrir(), columnas, pueden_faltar, filas_maximas)

    cuentas: Counter[Marca] = Counter()
    cuantas = 0
    for linea in lineas():
        cuantas += 1
        if not isinstance(linea, Mala):
            cuentas.update(_marcas(linea[1], numericas))
    marca = cuentas.most_common(1)[0][0] if cuentas else None

    def filas() -> Iterator[Fila | Mala]:
        for linea in lineas():
            if isinstance(linea, Mala):
                yield linea
            elif _marcas(linea[1], numericas) <= {marca}:
                yield Fila(*linea, marca)
            else:
                yield Mala(linea[0], _de_otra_marca(marca))

    return TablaAbierta(replace(dialecto, marca=marca), cuantas, filas)


def _de_otra_cosa(tipo: Tipo) -> str:
    if tipo == Tipo.OLE:
        return _(
            "Es un libro de Excel antiguo o con contraseña. Guárdelo como .xlsx sin contraseña, o como CSV."
        )
    if tipo in NOMBRES:
        return _("Es %(que)s. Suba un CSV o un libro de Excel (.xlsx).") % {"que": NOMBRES[tipo]}
    return _("El archivo no es un CSV ni un libro de Excel. En su planilla elija «Guardar como CSV».")


def _de_libro(recibido: Recibido) -> tuple[Dialecto, Callable[[], Iterator[Registro]]]:
    return Dialecto("xlsx"), lambda: filas_de_libro(recibido, LINEAS_MAXIMAS)


def _de_texto(
    recibido: Recibido, columnas: Sequence[str], pueden_faltar: Collection[str]
) -> tuple[Dialecto, Callable[[], Iterator[Registro]]]:
    codificacion = _codificacion(recibido)
    cabeza = _decodificar(recibido.principio(4 * _CABEZA_MAXIMA), codificacion or _SIN_NULOS)
    dicho = _DICE_SEPARADOR.match(cabeza)
    separador = dicho[1] if dicho else _separador(cabeza, columnas, pueden_faltar)

    def abrir() -> Iterator[Registro]:
        lineas = _lineas_de_texto(recibido, codificacion)
        if dicho:
            next(lineas)
        return _registros(lineas, separador, antes=bool(dicho))

    return Dialecto("csv", separador, (codificacion or _SIN_NULOS).removesuffix("-sig")), abrir


_SIN_NULOS = "cp1252"
"""What has zeros inside, or bytes that no encoding has, is read as this without them."""


def _codificacion(recibido: Recibido) -> str | None:
    """The one in which all of it can be read; None when none can. Raises `TablaInvalida` if it is empty."""
    if not any(trozo.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe") for trozo in _trozos(recibido)):
        raise TablaInvalida(_("El archivo está vacío."))
    con_marca = recibido.principio(2) in (b"\xff\xfe", b"\xfe\xff")
    candidatas = ("utf-16",) if con_marca else ("utf-8-sig", "cp1252")
    return next((c for c in candidatas if _se_lee(recibido, c)), None)


def _se_lee(recibido: Recibido, codificacion: str) -> bool:
    decodificador = codecs.getincrementaldecoder(codificacion)()
    try:
        limpio = all("\x00" not in decodificador.decode(trozo) for trozo in _trozos(recibido))
        decodificador.decode(b"", final=limpio)
    except UnicodeDecodeError:
        return False
    return limpio


def _trozos(recibido: Recibido) -> Iterator[bytes]:
    flujo = recibido.abrir()
    while trozo := flujo.read(TROZO):
        yield trozo


def _decodificar(contenido: bytes, codificacion: str) -> str:
    """Without its zeros; what cannot be read is a mark in its place."""
    return contenido.decode(codificacion, errors="replace").replace("\x00", "")


def _lineas_de_texto(recibido: Recibido, codificacion: str | None) -> Iterator[str]:
    """One at a time, with their ends: however long the file, a line is in memory."""
    if codificacion is None:
        yield from io.StringIO(_decodificar(recibido.contenido, _SIN_NULOS), newline="")
        return
    texto = io.TextIOWrapper(recibido.abrir(), encoding=codificacion, newline="")
    try:
        yield from texto
    finally:
        if not texto.closed:
            texto.detach()  # whoever reads next begins again


def _separador(texto: str, columnas: Sequence[str], pueden_faltar: Collection[str]) -> str:
    """The one that gives the heading; if none does, the one there is most of, to say what was read."""
    primera = next((linea for linea in texto[:_CABEZA_MAXIMA].splitlines() if linea.strip(" \t;,|")), "")
    for separador in SEPARADORES:
        celdas = next(csv.reader([primera], delimiter=separador), [])
        if _orden(celdas, columnas, pueden_faltar) is not None:
            return separador
    return max(SEPARADORES, key=primera.count)


def _registros(lineas: Iterator[str], separador: str, antes: int) -> Iterator[Registro]:
    """The records of a CSV, each with the number of its first line: quotes may hold line breaks."""
    lector = csv.reader(lineas, delimiter=separador, strict=True)
    numero = antes + 1
    try:
        for celdas in lector:
            yield numero, celdas
            numero = antes + lector.line_num + 1
            if numero > LINEAS_MAXIMAS:
                raise TablaInvalida(_("El archivo tiene más de 30.000 líneas. Divídalo en partes."))
    except csv.Error as error:
        raise TablaInvalida(
            _("La línea %(n)s tiene comillas sin cerrar o mal puestas.") % {"n": numero}
        ) from error


def _orden(
    celdas: Sequence[str], columnas: Sequence[str], pueden_faltar: Collection[str]
) -> dict[str, int] | None:
    """Where each column stands in a heading; None if it is not the heading of these."""
    nombres = [sin_acentos(celda).strip() for celda in _sin_cola(celdas)]
    deben = [columna for columna in columnas if columna in nombres or columna not in pueden_faltar]
    if sorted(nombres) != sorted(deben):
        return None
    return {nombre: nombres.index(nombre) for nombre in deben}


def _sin_cola(celdas: Sequence[str], desde: int = 0) -> list[str]:
    """Without the empty cells that a trailing separator leaves at the end, after `desde`."""
    fin = len(celdas)
    while fin > desde and not celdas[fin - 1].strip():
        fin -= 1
    return list(celdas[:fin])


def _lineas(
    registros: Iterator[Registro], columnas: Sequence[str], pueden_faltar: Collection[str], filas_maximas: int
) -> Iterator[tuple[int, dict[str, str]] | Mala]:
    """Each line below the heading, by the names of its columns."""
    con_algo = ((n, celdas) for n, celdas in registros if any(celda.strip() for celda in celdas))
    _numero, cabeza = next(con_algo, (1, []))
    orden = _orden(cabeza, columnas, pueden_faltar)
    if orden is None:
        raise TablaInvalida(
            _("La primera línea debe decir %(columnas)s. Se leyó: %(leido)s.")
            % {
                "columnas": _enumerar(columnas),
                "leido": ", ".join(c.strip()[:20] for c in _sin_cola(cabeza)[:8]) or "—",
            }
        )
    for cuantas, (numero, celdas) in enumerate(con_algo, start=1):
        if cuantas > filas_maximas:
            raise TablaInvalida(
                _("El archivo tiene más de %(n)s líneas con datos. Divídalo en partes.")
                % {"n": f"{filas_maximas:,}".replace(",", ".")}
            )
        propias = _sin_cola(celdas, len(orden))
        if len(propias) == len(orden):
            vacias = dict.fromkeys(columnas, "")
            yield numero, vacias | {nombre: _limpia(propias[i]) for nombre, i in orden.items()}
        else:
            cuentan = {"n": len(propias), "debe": len(orden)}
            yield Mala(numero, _("Tiene %(n)s columnas y deben ser %(debe)s.") % cuentan)


def _limpia(celda: str) -> str:
    """What was meant by it, also where a spreadsheet, or `celda`, had to keep it from being a formula."""
    if isinstance(celda, Cifras):
        return celda
    celda = celda.strip()
    if celda.startswith("'") and celda[1:].startswith(_DE_FORMULA):
        return celda[1:]
    forzado = _TEXTO_FORZADO.fullmatch(celda)
    return forzado[1].replace('""', '"').strip() if forzado else celda


def _enumerar(columnas: Sequence[str]) -> str:
    return _("%(todas)s y %(ultima)s") % {"todas": ", ".join(columnas[:-1]), "ultima": columnas[-1]}


def _marcas(celdas: dict[str, str], numericas: Collection[str]) -> set[Marca]:
    """The decimal marks that the numbers of a line show."""
    return {m for c in numericas if (m := _marca_de(celdas[c])) is not None}


def _de_otra_marca(marca: Marca | None) -> str:
    """What is wrong with a line that does not write its numbers as the rest of the file."""
    if marca == ",":
        return _("Usa el punto para los decimales y las demás líneas la coma: use una sola forma.")
    return _("Usa la coma para los decimales y las demás líneas el punto: use una sola forma.")


def _marca_de(celda: str) -> Marca | None:
    """The decimal mark that this writing shows: `10,50` the comma, `0.500` the dot, `1.234` none."""
    if isinstance(celda, Cifras):
        return None
    numero = _ADORNO.sub("", celda).lstrip("-\u2212")
    if varias := _DE_VARIAS.fullmatch(numero):
        return "," if varias[1] == "." else "."
    if (dos := _DE_LAS_DOS.fullmatch(numero)) and dos[1] != dos[2]:
        return _como_marca(dos[2])
    una = _DE_UNA.fullmatch(numero)
    if una and (len(una[3]) != 3 or una[1].startswith("0") or len(una[1]) > 3):
        return _como_marca(una[2])
    return None


def _como_marca(texto: str) -> Marca:
    return "," if texto == "," else "."


_DE_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def celda(texto: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before what could start one."""
    limpio = "".join(c if c.isprintable() else " " for c in texto).strip()
    return f"'{limpio}" if limpio.startswith(_DE_FORMULA) else limpio


def celda_de_numero(numero: Decimal) -> str:
    """A number that they take for one: with a dot, `12.5` is the twelfth of May."""
    return en_cifras(numero).replace(".", ",")


def escribir_tabla(filas: Iterable[Sequence[object]]) -> bytes:
    """A CSV that Bolivian spreadsheets open as it is: UTF-8 with its mark, semicolons. What people wrote goes
    through `celda`, what may have decimals through `celda_de_numero`.
    """
    return b"\xef\xbb\xbf" + _renglones(filas)


def escribir_por_lotes(
    titulos: Sequence[object], lotes: Iterable[Iterable[Sequence[object]]]
) -> Iterator[bytes]:
    """The same, a lot of lines at a time: what is long is never whole in memory."""
    yield escribir_tabla([titulos])
    for lote in lotes:
        yield _renglones(lote)


def _renglones(filas: Iterable[Sequence[object]]) -> bytes:
    salida = io.StringIO()
    csv.writer(salida, delimiter=";", lineterminator="\r\n").writerows(filas)
    return salida.getvalue().encode()
