"""UPU S10 item numbers: two letters, eight digits, a check digit and a country, e.g. ``RR473124829BO``.

Pure functions. `normalizar` forgives what people type; `validar` forgives nothing. The check digit misses
about 1.8 % of single-digit errors (remainders 0 and 5 share the digit 5), so whoever accepts a number from
a person shows the destination too before acting on it.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from envios.s10.paises import PAISES_ASIGNADOS
from nucleo.textos import gettext as _

PAIS_PROPIO = "BO"
INDICADOR_NACIONAL = "PQ"  # PA-PZ: domestic use; those of our own items
LARGO = 13
SERIE_MAXIMA = 99_999_999
PESOS = (8, 6, 4, 2, 3, 5, 9, 7)

_INDICADOR = re.compile(r"[A-Z]{2}", re.ASCII)
_PAIS = re.compile(r"[A-Z]{2}", re.ASCII)
_SERIE = re.compile(r"[0-9]{8}", re.ASCII)
_DIGITO = re.compile(r"[0-9]", re.ASCII)
# What separates groups on labels and in messages: any space, any dash, invisible format characters.
_CATEGORIAS_DE_SEPARADOR = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Pd"})


class MotivoInvalido(StrEnum):
    """Why a text is no S10 number; each is worth a different message to the person who typed it."""

    LARGO = "largo"
    INDICADOR = "indicador"
    SERIE = "serie"
    DIGITO_VERIFICADOR = "digito_verificador"
    PAIS = "pais"


class NumeroInvalido(ValueError):
    """A text that is not an S10 number; `motivo` says which rule it breaks."""

    def __init__(self, motivo: MotivoInvalido, detalle: str) -> None:
        super().__init__(detalle)
        self.motivo = motivo
        self.detalle = detalle


class AvisoS10(StrEnum):
    """A valid number whose letters the UPU table does not give to anybody: accepted, but worth a look."""

    INDICADOR_RESERVADO = "indicador_reservado"
    INDICADOR_SIN_ASIGNAR = "indicador_sin_asignar"


# (first, last, what the letters mean, warning), from the UPU table of S10 service indicators.
_INDICADORES: tuple[tuple[str, str, str, AvisoS10 | None], ...] = (
    ("AA", "AU", "sin asignar", AvisoS10.INDICADOR_SIN_ASIGNAR),
    ("AV", "AZ", "uso nacional o bilateral (comercio electrónico con RFID)", None),
    ("BA", "BZ", "uso nacional o bilateral", None),
    ("CA", "CZ", "encomienda postal", None),
    ("DA", "DZ", "uso nacional o bilateral", None),
    ("EA", "EZ", "correo expreso (EMS)", None),
    ("FA", "FZ", "sin asignar", AvisoS10.INDICADOR_SIN_ASIGNAR),
    ("GA", "GA", "uso nacional o bilateral", None),
    ("GB", "GC", "sin asignar", AvisoS10.INDICADOR_SIN_ASIGNAR),
    ("GD", "GD", "uso nacional o bilateral", None),
    ("GE", "GZ", "sin asignar", AvisoS10.INDICADOR_SIN_ASIGNAR),
    ("HA", "HZ", "paquete de comercio electrónico", None),
    ("IA", "IZ", "sin asignar", AvisoS10.INDICADOR_SIN_ASIGNAR),
    ("JA", "KZ", "reservado", AvisoS10.INDICADOR_RESERVADO),
    ("LA", "LZ", "carta expresa", None),
    ("MA", "MZ", "saca M", None),
    ("NA", "NZ", "uso nacional o bilateral", None),
    ("OA", "OZ", "sin asignar", AvisoS10.INDICADOR_SIN_ASIGNAR),
    ("PA", "PZ", "uso nacional o bilateral", None),
    ("QA", "QM", "respuesta comercial (IBRS)", None),
    ("QN", "QZ", "sin asignar", AvisoS10.INDICADOR_SIN_ASIGNAR),
    ("RA", "RZ", "carta certificada", None),
    ("SA", "TZ", "reservado", AvisoS10.INDICADOR_RESERVADO),
    ("UA", "UZ", "carta ordinaria con formulario de aduana", None),
    ("VA", "VZ", "carta asegurada", None),
    ("WA", "WZ", "reservado", AvisoS10.INDICADOR_RESERVADO),
    ("XA", "YZ", "sin asignar", AvisoS10.INDICADOR_SIN_ASIGNAR),
    ("ZA", "ZZ", "uso nacional o bilateral", None),
)


@dataclass(frozen=True, slots=True)
class NumeroS10:
    """A valid S10 number in its four parts; `str()` gives it back."""

    indicador: str
    serie: str
    digito: int
    pais: str

    def __str__(self) -> str:
        return f"{self.indicador}{self.serie}{self.digito}{self.pais}"

    @property
    def servicio(self) -> str:
        """What the two letters say about the service."""
        return _indicador(self.indicador)[0]

    @property
    def aviso(self) -> AvisoS10 | None:
        return _indicador(self.indicador)[1]

    @property
    def es_nacional(self) -> bool:
        return self.pais == PAIS_PROPIO

    @property
    def legible(self) -> str:
        """In groups, to read aloud: ``RR 473 124 829 BO``."""
        digitos = f"{self.serie}{self.digito}"
        return f"{self.indicador} {digitos[:3]} {digitos[3:6]} {digitos[6:]} {self.pais}"


def _indicador(letras: str) -> tuple[str, AvisoS10 | None]:
    for desde, hasta, significado, aviso in _INDICADORES:
        if desde <= letras <= hasta:
            return significado, aviso
    raise AssertionError(f"the indicator table has a hole at {letras}")


def digito_verificador(serie: str) -> int:
    """The check digit of eight digits: 11 - (weighted sum mod 11), with 10 written 0 and 11 written 5.

    Raises `NumeroInvalido` unless `serie` is exactly eight ASCII digits.
    """
    if not _SERIE.fullmatch(serie):
        raise NumeroInvalido(MotivoInvalido.SERIE, _("La serie debe tener exactamente 8 dígitos."))
    suma = sum(peso * int(cifra) for peso, cifra in zip(PESOS, serie, strict=True))
    resto = 11 - suma % 11
    return {10: 0, 11: 5}.get(resto, resto)


def normalizar(texto: str) -> str:
    """The text without spaces, dashes or invisible characters, in upper case and with plain digits.

    Never invents: letters and digits that look alike (O and 0) stay as they were typed.
    """
    if texto.isascii() and texto.isalnum():  # as machines write it
        return texto.upper()
    plano = unicodedata.normalize("NFKC", texto)
    cifras = (str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in plano)
    sin_separar = (c for c in cifras if unicodedata.category(c) not in _CATEGORIAS_DE_SEPARADOR)
    return "".join(sin_separar).upper()


def validar(numero: str) -> NumeroS10:
    """The parts of a number already normalised; strict about length, alphabet, check digit and country.

    Reserved or unassigned letters are not refused (`NumeroS10.aviso` tells). Raises `NumeroInvalido`.
    """
    if len(numero) != LARGO:
        raise NumeroInvalido(
            MotivoInvalido.LARGO,
            _("El número tiene %(n)d caracteres y debe tener 13, como RR473124829BO.") % {"n": len(numero)},
        )
    indicador, serie, digito, pais = numero[:2], numero[2:10], numero[10], numero[11:]
    if not _INDICADOR.fullmatch(indicador):
        raise NumeroInvalido(
            MotivoInvalido.INDICADOR, _("El número debe empezar con dos letras de la A a la Z.")
        )
    if not _SERIE.fullmatch(serie) or not _DIGITO.fullmatch(digito):
        raise NumeroInvalido(
            MotivoInvalido.SERIE, _("Después de las dos primeras letras deben ir 9 dígitos seguidos.")
        )
    if not _PAIS.fullmatch(pais) or pais not in PAISES_ASIGNADOS:
        raise NumeroInvalido(
            MotivoInvalido.PAIS, _("El número debe terminar con las dos letras de un país, como BO.")
        )
    if int(digito) != digito_verificador(serie):
        raise NumeroInvalido(
            MotivoInvalido.DIGITO_VERIFICADOR,
            _("El dígito verificador no coincide: algún dígito está mal copiado. Revise los 9 dígitos."),
        )
    return NumeroS10(indicador, serie, int(digito), pais)


def generar(indicador: str, serie: int | str, pais: str = PAIS_PROPIO) -> str:
    """The full number for a serial (0 to 99 999 999, or eight digits) and an indicator.

    Refuses, unlike `validar`, letters the UPU reserves: a foreign item may carry them, ours may not.
    """
    if isinstance(serie, int):
        if not 0 <= serie <= SERIE_MAXIMA:
            raise NumeroInvalido(MotivoInvalido.SERIE, _("La serie debe estar entre 0 y 99999999."))
        serie = f"{serie:08d}"
    numero = validar(f"{indicador}{serie}{digito_verificador(serie)}{pais}")
    if numero.aviso is AvisoS10.INDICADOR_RESERVADO:
        raise NumeroInvalido(MotivoInvalido.INDICADOR, _("La UPU reserva esas dos letras."))
    return str(numero)
