"""Identifiers that other institutions gave to a unit, by scheme.

Only the format is checked: the NIT has no public check digit, so what passes is «formato válido», never
«válido».
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from empresa_digital.registro.catalogos import TipoUnidad
from empresa_digital.registro.identificadores.errores import IdentificadorInvalido
from nucleo.lectores import Ilegible, leer_nit
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Esquema:
    """A scheme: its code, who issues it, and the pattern of the normalised value."""

    codigo: str
    nombre: str
    emisor: str
    patron: str
    ayuda: str
    tipos: frozenset[TipoUnidad] = frozenset(TipoUnidad)
    lector: Callable[[str], str] | None = None
    """Of those that are written elsewhere too: the one reader."""


ESQUEMAS: dict[str, Esquema] = {
    e.codigo: e
    for e in (
        Esquema(
            "BO-NIT",
            "NIT",
            "Servicio de Impuestos Nacionales",
            r"[0-9]{4,13}",
            "De 4 a 13 números.",
            lector=leer_nit,
        ),
        Esquema(
            "BO-MATRICULA",
            "Matrícula de comercio",
            "SEPREC",
            r"[0-9]{4,15}",
            "De 4 a 15 números.",
        ),
        Esquema(
            "BO-CINS",
            "Código institucional",
            "Ministerio de Economía y Finanzas Públicas",
            r"[0-9]{1,6}",
            "De 1 a 6 números, del clasificador presupuestario.",
            frozenset({TipoUnidad.ENTIDAD_PUBLICA, TipoUnidad.OPERADOR_POSTAL}),
        ),
        Esquema(
            "BO-COOP",
            "Registro estatal de cooperativas",
            "AFCOOP",
            r"[0-9A-Z/-]{2,20}",
            "Como figura en el registro, hasta 20 signos.",
            frozenset({TipoUnidad.COOPERATIVA}),
        ),
        Esquema(
            "BO-COA",
            "Código de organización administradora",
            "Registro institucional de la entidad",
            r"[0-9A-Z-]{2,20}",
            "Hasta 20 letras y números.",
        ),
        Esquema(
            "BO-ROE",
            "Registro obligatorio de empleadores",
            "Ministerio de Trabajo, Empleo y Previsión Social",
            r"[0-9-]{4,20}",
            "Como figura en el certificado.",
        ),
        Esquema(
            "BO-LICOP",
            "Licencia de operador postal",
            "Autoridad postal",
            r"[0-9A-Z/-]{2,30}",
            "Como figura en la licencia.",
            frozenset({TipoUnidad.OPERADOR_POSTAL}),
        ),
    )
}


def normalizar_identificador(esquema: str, valor: str) -> str:
    """The stored form of an identifier. Raises `IdentificadorInvalido` (unknown scheme or wrong format)."""
    definicion = ESQUEMAS.get(esquema)
    if definicion is None:
        raise IdentificadorInvalido(
            _("No se conoce el esquema «%(esquema)s».") % {"esquema": esquema},
            campos={f"identificadores.{esquema}": _("Esquema desconocido.")},
        )
    if definicion.lector is not None:
        with suppress(Ilegible):
            return definicion.lector(valor)
    limpio = re.sub(r"\s+", "", valor).upper()
    if definicion.patron.startswith("[0-9]"):  # digits only: people group them with dots and dashes
        limpio = re.sub(r"[.\-]", "", limpio)
    if not (limpio.isascii() and re.fullmatch(definicion.patron, limpio)):
        raise IdentificadorInvalido(
            _("%(nombre)s: %(ayuda)s") % {"nombre": definicion.nombre, "ayuda": definicion.ayuda},
            campos={f"identificadores.{esquema}": definicion.ayuda},
        )
    return limpio


def esquemas_para(tipo: TipoUnidad) -> list[Esquema]:
    """The schemes that a kind of unit may carry, in the order in which they are asked."""
    return [e for e in ESQUEMAS.values() if tipo in e.tipos]
