"""The columns of the files of rates: how a cell is read, and how it is written back the same."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from moneyed import Money

from nucleo.archivos.tablas import Fila
from nucleo.lectores import (
    Ilegible,
    leer_cantidad,
    leer_entero,
    leer_linea,
    leer_monto,
    sin_acentos,
)
from nucleo.textos import gettext as _

DIAS = ("lu", "ma", "mi", "ju", "vi", "sa", "do")
_HORA = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?::00)?(?: ?h(?:rs?)?\.?)?")
_CODIGO = re.compile(r"[a-z0-9][a-z0-9-]{1,19}")
_TRAMO_DE_DIAS = re.compile(r"([a-z]{2})[a-z]*(?:-([a-z]{2})[a-z]*)?")
_LUGAR = re.compile(r"([0-9]{1,6})(?:[ .,:;-].*)?")
KG_EN_G = 1000


@dataclass(frozen=True, slots=True)
class Columna:
    """`campo` is the attribute of the row; an empty cell is `vacio`, or an error if `obligatoria`."""

    nombre: str
    campo: str
    leer: Callable[[Fila, str, Mapping[str, str]], Any]
    escribir: Callable[[Any], str]
    numerica: bool = False
    obligatoria: bool = True
    vacio: Any = None


def _texto(maximo: int) -> Callable[[Fila, str, Mapping[str, str]], str]:
    def leer(fila: Fila, columna: str, _lugares: Mapping[str, str]) -> str:
        leido = leer_linea(fila.celdas[columna])
        if "\ufffd" in leido:
            raise Ilegible(_("tiene caracteres que no se pueden leer."))
        if leido.startswith(("=", "+", "-", "@", "'")):
            raise Ilegible(_("debe empezar con una letra o un número."))  # or a spreadsheet would run it
        if len(leido) > maximo:
            raise Ilegible(_("pasa de %(n)s letras.") % {"n": maximo})
        return leido

    return leer


def _codigo(fila: Fila, columna: str, _lugares: Mapping[str, str]) -> str:
    leido = sin_acentos(leer_linea(fila.celdas[columna])).replace(" ", "-")
    if not _CODIGO.fullmatch(leido):
        raise Ilegible(_("escriba de 2 a 20 letras, números o guiones, por ejemplo «ordinario»."))
    return leido


def _indicador(fila: Fila, columna: str, _lugares: Mapping[str, str]) -> str:
    leido = leer_linea(fila.celdas[columna]).upper()
    if not re.fullmatch("[A-Z]{2}", leido):
        raise Ilegible(_("escriba las dos letras con que empieza el número de envío, por ejemplo CP."))
    return leido


def _entrega(fila: Fila, columna: str, _lugares: Mapping[str, str]) -> str:
    leido = sin_acentos(leer_linea(fila.celdas[columna]))
    if leido not in ("puerta", "agencia"):
        raise Ilegible(_("escriba «puerta» o «agencia»."))
    return leido


def _numero(minimo: int, maximo: int) -> Callable[[Fila, str, Mapping[str, str]], int]:
    def leer(fila: Fila, columna: str, _lugares: Mapping[str, str]) -> int:
        return _entre(fila.leer(columna, leer_entero), minimo, maximo)

    return leer


def _entre(numero: int, minimo: int, maximo: int) -> int:
    if not minimo <= numero <= maximo:
        raise Ilegible(_("debe estar entre %(minimo)s y %(maximo)s.") % {"minimo": minimo, "maximo": maximo})
    return numero


def _kilos(fila: Fila, columna: str, _lugares: Mapping[str, str]) -> int:
    """Kilos with up to three decimals, as grams."""
    kilos = fila.leer(columna, lambda celda, marca=None: leer_cantidad(celda, decimales=3, marca=marca))
    if not 0 < kilos <= 1000:
        raise Ilegible(_("el peso debe estar entre 0,001 y 1.000 kg."))
    return int(kilos * KG_EN_G)


def _puntos(fila: Fila, columna: str, _lugares: Mapping[str, str]) -> int:
    """A percentage with up to two decimals, as basis points."""

    def lector(celda: str, marca: Any = None) -> Any:
        return leer_cantidad(celda.removesuffix("%").strip(), decimales=2, marca=marca)

    leido = fila.leer(columna, lector)
    if leido > 100:
        raise Ilegible(_("un porcentaje va de 0 a 100."))
    return int(leido * 100)


def _monto(fila: Fila, columna: str, _lugares: Mapping[str, str]) -> Money:
    leido: Money = fila.leer(columna, leer_monto)
    if leido.amount > 1_000_000:
        raise Ilegible(_("pasa de un millón."))
    return leido


def _precio(fila: Fila, columna: str, _lugares: Mapping[str, str]) -> Money:
    leido = _monto(fila, columna, _lugares)
    if leido.amount == 0:
        raise Ilegible(_("el precio debe ser mayor que cero."))
    return leido


def _hora(fila: Fila, columna: str, _lugares: Mapping[str, str]) -> time:
    hallada = _HORA.fullmatch(fila.celdas[columna].strip().lower())
    if hallada is None:
        raise Ilegible(_("escriba la hora, por ejemplo 16:00."))
    return time(int(hallada[1]), int(hallada[2]))


def leer_dias(texto: str) -> int:
    """`lu-vi`, `lu, mi y vi`, `lunes a sábado`: a bit a weekday, Monday's is 1. Raises `Ilegible`."""
    plano = re.sub(r"\s+(?:a|al)\s+|\s*-\s*", "-", sin_acentos(texto).strip())
    bits = 0
    for parte in re.split(r"\s*[,;/+]\s*|\s+(?:y\s+)?", plano):
        hallado = _TRAMO_DE_DIAS.fullmatch(parte)
        if hallado is None or hallado[1] not in DIAS or (hallado[2] or "lu") not in DIAS:
            raise Ilegible(_("escriba los días de reparto, por ejemplo «lu-vi» o «ma, vi»."))
        desde = DIAS.index(hallado[1])
        hasta = DIAS.index(hallado[2]) if hallado[2] else desde
        if hasta < desde:
            raise Ilegible(_("escriba los días de reparto en orden, por ejemplo «lu-sa»."))
        for dia in range(desde, hasta + 1):
            bits |= 1 << dia
    return bits


def escribir_dias(bits: int) -> str:
    """The same, as short as it goes: `lu-vi`, `ma, vi`."""
    dias = [n for n in range(7) if bits >> n & 1]
    if len(dias) > 2 and dias[-1] - dias[0] == len(dias) - 1:
        return f"{DIAS[dias[0]]}-{DIAS[dias[-1]]}"
    return ", ".join(DIAS[n] for n in dias)


def _dias(fila: Fila, columna: str, _lugares: Mapping[str, str]) -> int:
    return leer_dias(fila.celdas[columna])


def _lugar(fila: Fila, columna: str, lugares: Mapping[str, str]) -> str:
    """By its INE code (a spreadsheet drops the first zero; what follows it is not read), or by its name."""
    celda = fila.celdas[columna]
    con_codigo = _LUGAR.fullmatch(celda)
    if con_codigo:
        codigo = con_codigo[1].zfill(2 if len(con_codigo[1]) <= 2 else 6)
    else:
        buscado = sin_acentos(" ".join(celda.split()))
        codigo = next((c for c, nombre in lugares.items() if sin_acentos(nombre) == buscado), "")
    if codigo not in lugares:
        raise Ilegible(
            _(
                "no es un departamento ni un municipio. Escriba su código INE, o su nombre como «Uyuni, "
                "Potosí» o «Oruro»."
            )
        )
    return codigo


def _como_es(valor: Any) -> str:
    """Numbers too, without groups of thousands."""
    return "" if valor is None else str(valor)


def _de_centesimas(centesimas: int) -> str:
    return f"{centesimas // 100},{centesimas % 100:02d}"


def _de_gramos(gramos: int | None) -> str:
    if gramos is None:
        return ""
    kilos, resto = divmod(gramos, KG_EN_G)
    return f"{kilos}" + (f",{resto:03d}".rstrip("0") if resto else "")


def _de_puntos(puntos: int | None) -> str:
    return "" if puntos is None else _de_centesimas(puntos)


def _de_monto(monto: Money | None) -> str:
    return "" if monto is None else f"{monto.amount:.2f}".replace(".", ",")


def _de_hora(hora: time) -> str:
    return f"{hora:%H:%M}"


def texto(nombre: str, maximo: int, **mas: Any) -> Columna:
    return Columna(nombre, nombre, _texto(maximo), _como_es, **mas)


def codigo(nombre: str, campo: str = "") -> Columna:
    return Columna(nombre, campo or nombre, _codigo, _como_es)


def indicador(nombre: str) -> Columna:
    return Columna(nombre, nombre, _indicador, _como_es)


def entrega(nombre: str) -> Columna:
    return Columna(nombre, nombre, _entrega, _como_es)


def entero(nombre: str, minimo: int, maximo: int, **mas: Any) -> Columna:
    return Columna(nombre, nombre, _numero(minimo, maximo), _como_es, numerica=True, **mas)


def kilos(nombre: str, campo: str, **mas: Any) -> Columna:
    return Columna(nombre, campo, _kilos, _de_gramos, numerica=True, **mas)


def porcentaje(nombre: str, campo: str, **mas: Any) -> Columna:
    return Columna(nombre, campo, _puntos, _de_puntos, numerica=True, **mas)


def monto(nombre: str, **mas: Any) -> Columna:
    return Columna(nombre, nombre, _monto, _de_monto, numerica=True, **mas)


def precio(nombre: str) -> Columna:
    return Columna(nombre, nombre, _precio, _de_monto, numerica=True)


def hora(nombre: str, **mas: Any) -> Columna:
    return Columna(nombre, nombre, _hora, _de_hora, **mas)


def dias_de_la_semana(nombre: str, **mas: Any) -> Columna:
    return Columna(nombre, nombre, _dias, escribir_dias, **mas)


def lugar(nombre: str) -> Columna:
    return Columna(nombre, nombre, _lugar, _como_es)
