"""The fields of a form: what each is called, how it is read, drawn and explained.

A name with dots fills a nested model (`pagador.documento`); with `*` it stands for rows (`lineas.*.precio`,
sent as `lineas.0.precio`…): a row left empty does not exist. Words are lazy (`nucleo.textos.perezoso`): forms
are declared once, for everybody.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from nucleo import lectores
from nucleo.textos import perezoso as _l

_ELIJA = _l("Elija una opción de la lista.")
Lector = Callable[[str], Any]
Opciones = Iterable[tuple[Any, ...]]
"""(value, text), (value, text, hint), or (group, [(value, text)…]) for a list in groups."""


@dataclass(frozen=True, slots=True)
class Campo:
    """One field. `lector` may be another than the usual one of its kind. `falta` is what to say whenever what
    was sent will not do; without it, what the reader or the model says. `vacio` is what an empty field stands
    for (None: it is left out of the data).
    """

    nombre: str
    etiqueta: str
    control: str
    lector: Lector
    ayuda: str = ""
    falta: str = ""
    opcional: bool = False
    vacio: Any = None
    maximo: int | None = None
    minimo: int | None = None
    opciones: Opciones | Callable[[], Opciones] = ()
    bytes_maximos: int = 0
    """Of a file; 0 for any other field."""
    secreto: bool = False
    """Never shown again nor kept, not even for a minute."""
    atributos: dict[str, Any] = field(default_factory=dict)
    """What only its drawing needs: prefijo, sufijo, ancho, autocompletar, filas, acepta, elija…"""


def _leer_marca(_texto: str) -> bool:
    """A box that was sent is a box that was ticked."""
    return True


def _campo(control: str, lector: Lector, nombre: str, etiqueta: str, palabras: dict[str, Any]) -> Campo:
    lector = palabras.pop("lector", lector)
    propios = {c: palabras.pop(c) for c in list(palabras) if c in Campo.__dataclass_fields__}
    return Campo(nombre, etiqueta, control, lector, atributos=palabras, **propios)


def texto(nombre: str, etiqueta: str, **palabras: Any) -> Campo:
    """One line of text; `maximo` and `minimo` count letters."""
    return _campo("campo", lectores.leer_linea, nombre, etiqueta, palabras)


def area(nombre: str, etiqueta: str, **palabras: Any) -> Campo:
    """Text of several lines."""
    return _campo("area", lectores.leer_texto, nombre, etiqueta, palabras)


def dinero(nombre: str, etiqueta: str, **palabras: Any) -> Campo:
    """An amount in bolivianos, read as `Money`."""
    propias = {"prefijo": "Bs", "modo": "decimal", "ancho": "medio", "maximo": 20}
    return _campo("campo", lectores.leer_monto, nombre, etiqueta, propias | palabras)


def precio(nombre: str, etiqueta: str, **palabras: Any) -> Campo:
    """The price of one unit in bolivianos, with up to four decimals, read as `Money`."""
    propias = {"prefijo": "Bs", "modo": "decimal", "ancho": "medio", "maximo": 24}
    return _campo("campo", lectores.leer_precio, nombre, etiqueta, propias | palabras)


def cantidad(nombre: str, etiqueta: str, **palabras: Any) -> Campo:
    """A quantity with up to four decimals, read as `Decimal`."""
    propias = {"modo": "decimal", "ancho": "corto", "maximo": 20}
    return _campo("campo", lectores.leer_cantidad, nombre, etiqueta, propias | palabras)


def entero(nombre: str, etiqueta: str, **palabras: Any) -> Campo:
    """A whole number; `maximo` and `minimo` are its bounds, as the browser hints them."""
    propias = {"tipo": "number", "modo": "numeric", "ancho": "corto"}
    return _campo("campo", lectores.leer_entero, nombre, etiqueta, propias | palabras)


def fecha(nombre: str, etiqueta: str, **palabras: Any) -> Campo:
    return _campo(
        "campo", lectores.leer_fecha, nombre, etiqueta, {"tipo": "date", "ancho": "medio"} | palabras
    )


def momento(nombre: str, etiqueta: str, **palabras: Any) -> Campo:
    """A day and an hour in Bolivia, read as an aware `datetime`."""
    propias = {"tipo": "datetime-local", "ancho": "medio"}
    return _campo("campo", lectores.leer_momento, nombre, etiqueta, propias | palabras)


def porcentaje(nombre: str, etiqueta: str, **palabras: Any) -> Campo:
    """From 0 to 100 with up to two decimals, read as `Decimal`."""
    propias = {"sufijo": "%", "modo": "decimal", "ancho": "corto", "maximo": 7}
    return _campo("campo", lectores.leer_porcentaje, nombre, etiqueta, propias | palabras)


def nombre(nombre: str, etiqueta: str, **palabras: Any) -> Campo:
    """The name of somebody or of a unit."""
    return _campo("campo", lectores.leer_nombre, nombre, etiqueta, {"maximo": 120} | palabras)


def telefono(nombre: str, etiqueta: str, **palabras: Any) -> Campo:
    """A telephone, read in E.164."""
    propias = {"tipo": "tel", "modo": "tel", "autocompletar": "tel", "ancho": "medio", "maximo": 40}
    return _campo("campo", lectores.leer_telefono, nombre, etiqueta, propias | palabras)


def direccion(nombre: str, etiqueta: str, **palabras: Any) -> Campo:
    """Where a place is, in the words of who lives there."""
    return _campo("campo", lectores.leer_direccion, nombre, etiqueta, {"maximo": 300} | palabras)


def seleccion(nombre: str, etiqueta: str, **palabras: Any) -> Campo:
    """A choice from a list. Whether it exists is the model's to say, or the use case's.

    `elija` is what an empty first line says; `entre_varias` also, and one thing alone is no question. Without
    either, the first one is what who chooses nothing sends.
    """
    return _campo("seleccion", lectores.leer_linea, nombre, etiqueta, {"falta": _ELIJA} | palabras)


def opciones(nombre: str, etiqueta: str, **palabras: Any) -> Campo:
    """A choice among few, all seen at once."""
    return _campo("opciones", lectores.leer_linea, nombre, etiqueta, {"falta": _ELIJA} | palabras)


def casilla(nombre: str, etiqueta: str, **palabras: Any) -> Campo:
    """A box, read as a bool; with `opcional=False` it must be ticked."""
    propias = {"opcional": True, "vacio": False}
    return _campo("casilla", _leer_marca, nombre, etiqueta, propias | palabras)


def archivo(nombre: str, etiqueta: str, *, bytes_maximos: int, **palabras: Any) -> Campo:
    """A file: it comes by `Hoja.archivos`, not in the data."""
    return _campo(
        "archivo", lectores.leer_texto, nombre, etiqueta, palabras | {"bytes_maximos": bytes_maximos}
    )


def oculto(nombre: str, **palabras: Any) -> Campo:
    """What the page itself writes: never asked, always sent back."""
    return _campo("oculto", lectores.leer_texto, nombre, "", palabras)


def boton(nombre: str) -> Campo:
    """A button that says what to do, read as a bool: whether it was the one pressed."""
    return Campo(nombre, "", "boton", _leer_marca, opcional=True, vacio=False)


def botones(nombre: str, *, falta: str = "") -> Campo:
    """Buttons of one name, each with its value: one of them was pressed, or without `falta` perhaps none."""
    return Campo(nombre, "", "boton", lectores.leer_linea, falta=falta, opcional=not falta)
