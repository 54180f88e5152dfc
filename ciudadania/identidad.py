"""What Ciudadanía Digital says about a citizen, read from every known shape of `/me`.

Shapes: the current one nests under ``profile``; an older one is flat. The complement of the identity card
comes after a hyphen, glued as the last two characters, or in its own field.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ciudadania.errores import IdentidadInvalida
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _

_NUMERO = re.compile(r"(?P<ci>\d{4,12})(?:-?(?P<complemento>[0-9A-Z]{2}))?")
_COMPLEMENTO = re.compile(r"[0-9A-Z]{2}")
_CORREO = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}")
_CELULAR = re.compile(r"(?:\+?591)?([67]\d{7})")
_LARGO_NOMBRE_MAX = 100


@dataclass(frozen=True, slots=True)
class Identidad:
    """A citizen as the identity provider asserts them; `sub` is their id there."""

    sub: str
    ci: str
    complemento: str | None
    nombres: str
    primer_apellido: str | None
    segundo_apellido: str | None
    nacimiento: date | None = None
    correo: str | None = None
    celular: str | None = None


def leer_numero(numero: object, complemento: object = None) -> tuple[str, str | None]:
    """Split the number of an identity card into (ci, complement).

    Raises `IdentidadInvalida` when it is no card number, or two complements contradict each other.
    """
    texto = re.sub(r"[\s.]", "", str(numero or "")).upper()
    propio = str(complemento or "").strip().upper() or None
    if propio is not None and not _COMPLEMENTO.fullmatch(propio):
        raise IdentidadInvalida(_("El complemento del documento de identidad no es válido."))
    ci, unido = _separar(texto)
    if unido and propio and unido != propio:
        raise IdentidadInvalida(_("El documento de identidad trae dos complementos distintos."))
    return ci, unido or propio


def _separar(texto: str) -> tuple[str, str | None]:
    """Digits alone are never split: only a hyphen or a letter shows that a complement is glued on."""
    if not texto.isascii():
        raise IdentidadInvalida(_("El número del documento de identidad no es válido."))
    if texto.isdigit():
        ci, complemento = texto, None
    elif coincide := _NUMERO.fullmatch(texto):
        ci, complemento = coincide["ci"], coincide["complemento"]
    else:
        ci, complemento = "", None
    ci = ci.lstrip("0")
    if not 4 <= len(ci) <= 12:
        raise IdentidadInvalida(_("El número del documento de identidad no es válido."))
    return ci, complemento


def leer_identidad(datos: Mapping[str, Any]) -> Identidad:
    """Read an answer of `/me`, whatever its shape; raises `IdentidadInvalida` saying what is missing."""
    sub = datos.get("sub")
    if not isinstance(sub, str) or not 1 <= len(sub) <= 255:
        raise IdentidadInvalida(_("El proveedor de identidad no dice de quién son los datos."))
    perfil = datos.get("profile")
    fuente: Mapping[str, Any] = perfil if isinstance(perfil, Mapping) else datos
    ci, complemento = _leer_documento(fuente.get("documento_identidad"))
    nombres, primero, segundo = _leer_nombre(fuente.get("nombre"))
    return Identidad(
        sub=sub,
        ci=ci,
        complemento=complemento,
        nombres=nombres,
        primer_apellido=primero,
        segundo_apellido=segundo,
        nacimiento=_leer_nacimiento(datos.get("fecha_nacimiento") or fuente.get("fecha_nacimiento")),
        correo=_leer_correo(datos.get("email") or fuente.get("email")),
        celular=_leer_celular(datos.get("celular") or fuente.get("celular")),
    )


def _leer_documento(documento: object) -> tuple[str, str | None]:
    if not isinstance(documento, Mapping):
        raise IdentidadInvalida(_("El proveedor de identidad no envió el documento de identidad."))
    if documento.get("tipo_documento", "CI") != "CI":
        raise IdentidadInvalida(_("Por ahora solo se admite la cédula de identidad boliviana."))
    return leer_numero(documento.get("numero_documento"), documento.get("complemento"))


def _leer_nombre(nombre: object) -> tuple[str, str | None, str | None]:
    if not isinstance(nombre, Mapping):
        raise IdentidadInvalida(_("El proveedor de identidad no envió el nombre."))
    nombres = _limpiar(nombre.get("nombres"))
    primero, segundo = _limpiar(nombre.get("primer_apellido")), _limpiar(nombre.get("segundo_apellido"))
    if nombres is None:
        raise IdentidadInvalida(_("El proveedor de identidad no envió el nombre."))
    if primero is None and segundo is None:
        raise IdentidadInvalida(_("Falta el apellido: se necesita al menos uno."))
    return nombres, primero, segundo


def _limpiar(valor: object) -> str | None:
    texto = " ".join(str(valor or "").split())
    if "\0" in texto or len(texto) > _LARGO_NOMBRE_MAX:
        raise IdentidadInvalida(_("El nombre que envió el proveedor de identidad no es válido."))
    return texto or None


def _leer_nacimiento(valor: object) -> date | None:
    if not valor:
        return None
    for formato in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            dia = datetime.strptime(str(valor), formato).date()  # noqa: DTZ007 (a calendar day has no zone)
        except ValueError:
            continue
        if date(1880, 1, 1) <= dia <= fecha_bolivia():
            return dia
    raise IdentidadInvalida(_("La fecha de nacimiento no es válida."))


def _leer_correo(valor: object) -> str | None:
    """Contact data are a courtesy: one that cannot be used is left out, never a reason to refuse."""
    texto = str(valor or "").strip()
    return texto if _CORREO.fullmatch(texto) and texto.isprintable() else None


def _leer_celular(valor: object) -> str | None:
    coincide = _CELULAR.fullmatch(re.sub(r"[\s-]", "", str(valor or "")))
    return coincide[1] if coincide else None


_PARTICULAS = frozenset({"de", "del", "la", "las", "los", "y", "e", "vda.", "viuda"})


def presentar(texto: str) -> str:
    """A name as people write it: the provider shouts («ANA DE LA CRUZ»), a page does not."""
    if not texto.isupper():
        return texto
    palabras = [p if p in _PARTICULAS else p.capitalize() for p in texto.lower().split()]
    return " ".join(palabras)
