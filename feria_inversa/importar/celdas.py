"""Readers of the cells of SICOES, as its files write them: ISO dates, plain numbers, names of a list.

Not those of `nucleo.lectores`: nobody typed these, what is not in their form is told and never guessed, and a
file has a million lines of them. They are given cells without blanks around; those that remember what they
read refuse what is longer than it can be.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from feria_inversa.importar.estados import Motivo
from feria_inversa.importar.modelos import FORMA_DEL_CUCE
from feria_inversa.precios import leer_medida
from nucleo.lectores import sin_acentos

Lector = Callable[[str], Any]
_DECIMAL = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,20})?")
_CUCE = re.compile(FORMA_DEL_CUCE)
_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T][0-9:.]{1,20})?")
_DEPARTAMENTOS = {
    "chuquisaca": "01",
    "la paz": "02",
    "cochabamba": "03",
    "oruro": "04",
    "potosi": "05",
    "tarija": "06",
    "santa cruz": "07",
    "beni": "08",
    "pando": "09",
}
_CATEGORIAS = {
    "bienes": "bienes",
    "bienes muebles y de consumo": "bienes",
    "bienes inmuebles": "bienes",
    "medicamentos": "bienes",
    "servicios generales": "servicios",
    "arrendamiento de inmuebles": "servicios",
    "seguros": "servicios",
    "obras": "obras",
    "consultoria": "consultoria",
    "supervision tecnica": "consultoria",
}
ANIO_PRIMERO = 2000
ANIOS_DESPUES = 3
"""A deadline may be to come when the file is made; years later, it is a slip of who typed it."""
NOMBRE_MAXIMO = 100
"""Letters of the name of a department or of a unit, however it is written."""
_RUIDO = Decimal("0.000001")
"""What binary fractions leave behind («0.15000000000000002») is no decimal that anybody wrote."""


class NoSeEntiende(Exception):
    """Of a cell; what of it is kept all the same, if anything."""

    def __init__(self, motivo: Motivo, queda: Any = None) -> None:
        super().__init__(motivo)
        self.motivo, self.queda = motivo, queda


def cuce(celda: str) -> str:
    """In its form: capitals, no blanks, the zeros that the entity and its unit lost."""
    if _CUCE.fullmatch(celda):
        return celda
    partes = celda.upper().replace(" ", "").split("-", 3)
    if len(partes) == 4:
        gestion, entidad, unidad, resto = partes
        entidad = entidad.zfill(4) if len(entidad) == 3 and entidad.isdecimal() else entidad
        dicho = f"{gestion}-{entidad}-{unidad.zfill(2)}-{resto}"
        if _CUCE.fullmatch(dicho):
            return dicho
    raise NoSeEntiende(Motivo.CUCE)


def texto(largo: int) -> Lector:
    """Of names that come again and again; `prosa`, of what each line says of itself."""
    return lru_cache(maxsize=8_192)(prosa(largo))


def prosa(largo: int) -> Lector:
    def leer(celda: str) -> str | None:
        if not celda.isprintable():
            celda = "".join(letra if letra.isprintable() else " " for letra in celda)
        celda = celda.strip()
        if len(celda) > largo:
            raise NoSeEntiende(Motivo.TEXTO_LARGO, celda[:largo])
        return celda or None

    return leer


def _fecha(celda: str) -> date:
    forma = _ISO.fullmatch(celda)
    try:
        if forma is not None:
            return date.fromisoformat(forma[1])
    except ValueError:
        pass
    raise NoSeEntiende(Motivo.FECHA)


def fecha(visto_en: date) -> Lector:
    """A day that may be of a file seen on `visto_en`."""
    ultimo = visto_en.year + ANIOS_DESPUES

    @lru_cache(maxsize=8_192)
    def leer(celda: str) -> date:
        dia = _fecha(celda)
        if not ANIO_PRIMERO <= dia.year <= ultimo:
            raise NoSeEntiende(Motivo.FECHA_IMPOSIBLE)
        return dia

    return leer


@lru_cache(maxsize=8_192)
def exacto(celda: str) -> Decimal:
    """The number, with all its digits."""
    if _DECIMAL.fullmatch(celda) is None:
        raise NoSeEntiende(Motivo.NUMERO)
    return Decimal(celda)


def decimal(cifras: int, decimales: int) -> Lector:
    """Not negative, with so many digits in all."""
    paso, tope = Decimal(1).scaleb(-decimales), Decimal(10) ** (cifras - decimales)

    @lru_cache(maxsize=8_192)
    def leer(celda: str) -> Decimal:
        valor = exacto(celda)
        redondo = valor.quantize(paso, ROUND_HALF_UP)
        if valor < 0 or redondo >= tope:
            raise NoSeEntiende(Motivo.FUERA_DE_RANGO)
        if abs(redondo - valor) > _RUIDO:
            raise NoSeEntiende(Motivo.REDONDEADO, redondo)
        return redondo

    return leer


cantidad = decimal(14, 4)
precio = decimal(18, 4)
_bolivianos = decimal(17, 2)


def monto(celda: str) -> int:
    """Bolivianos, in centavos."""
    try:
        return int(_bolivianos(celda) * 100)
    except NoSeEntiende as error:
        queda = None if error.queda is None else int(error.queda * 100)
        raise NoSeEntiende(error.motivo, queda) from None


def entero(celda: str) -> int:
    celda = celda.removesuffix(".0")
    if not celda.isdecimal() or not celda.isascii():
        raise NoSeEntiende(Motivo.NUMERO)
    if len(celda) > 9:
        raise NoSeEntiende(Motivo.FUERA_DE_RANGO)
    return int(celda)


_LOGICOS = {"true": True, "si": True, "sí": True, "false": False, "no": False}


def logico(celda: str) -> bool:
    valor = _LOGICOS.get(celda.lower())
    if valor is None:
        raise NoSeEntiende(Motivo.LOGICO)
    return valor


@lru_cache(maxsize=1_024)
def departamento(celda: str) -> str:
    codigo = _DEPARTAMENTOS.get(sin_acentos(celda).strip().lower()) if len(celda) <= NOMBRE_MAXIMO else None
    if codigo is None:
        raise NoSeEntiende(Motivo.DEPARTAMENTO)
    return codigo


@lru_cache(maxsize=1_024)
def es_departamento(celda: str) -> bool:
    return sin_acentos(celda).strip().lower() in _DEPARTAMENTOS


@lru_cache(maxsize=1_024)
def categoria(tipo: str) -> str | None:
    """Of the four kinds; None of a type that we do not know, which stays as it was written."""
    return _CATEGORIAS.get(sin_acentos(tipo).strip().lower())


def unspsc(celda: str) -> str:
    """Eight digits: most files lost the last zero."""
    codigo = celda.strip().removesuffix(".0")
    codigo = f"{codigo}0" if len(codigo) == 7 else codigo
    if len(codigo) != 8 or not codigo.isdecimal() or not codigo.isascii():
        raise NoSeEntiende(Motivo.UNSPSC)
    return codigo


@lru_cache(maxsize=8_192)
def medida(celda: str) -> tuple[str, Decimal | None, str | None]:
    """The unit of our list, how much one holds, and of what."""
    leida = leer_medida(celda) if len(celda) <= NOMBRE_MAXIMO else None
    if leida is None:
        raise NoSeEntiende(Motivo.MEDIDA)
    if leida.contenido is not None and not 0 <= leida.contenido < 10**10:
        raise NoSeEntiende(Motivo.MEDIDA)
    contenido = None if leida.contenido is None else leida.contenido.quantize(Decimal("0.0001"))
    return leida.codigo, contenido, leida.de
