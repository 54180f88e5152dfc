"""What Ciudadanía Digital says about a citizen, read from every known shape of `/me`.

Shapes: the current one nests under ``profile``; an older one is flat. The complement of the identity card
comes after a hyphen, glued as the last two characters, or in its own field.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from ciudadania.errores import IdentidadInvalida
from nucleo.lectores import Ilegible, es_celular, leer_carnet, leer_fecha, leer_linea, leer_telefono
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _

_COMPLEMENTO = re.compile(r"[0-9A-Z]{2}")
_CORREO = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}")
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
    propio = str(complemento or "").strip().upper() or None
    if propio is not None and not _COMPLEMENTO.fullmatch(propio):
        raise IdentidadInvalida(_("El complemento del documento de identidad no es válido."))
    try:
        carnet = leer_carnet(str(numero or ""))
    except Ilegible as error:
        raise IdentidadInvalida(
            _("Ese carnet no es válido: se escribe como 1234567, o 1234567-1A si tiene complemento.")
        ) from error
    if carnet.complemento and propio and carnet.complemento != propio:
        raise IdentidadInvalida(_("El documento de identidad trae dos complementos distintos."))
    return carnet.numero, carnet.complemento or propio


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
    try:
        texto = leer_linea(str(valor or ""))
    except Ilegible as error:
        raise IdentidadInvalida(_("El nombre que envió el proveedor de identidad no es válido.")) from error
    if len(texto) > _LARGO_NOMBRE_MAX:
        raise IdentidadInvalida(_("El nombre que envió el proveedor de identidad no es válido."))
    return texto or None


def _leer_nacimiento(valor: object) -> date | None:
    if not valor:
        return None
    with suppress(Ilegible):
        dia = leer_fecha(str(valor), desde=1880)
        if dia <= fecha_bolivia():
            return dia
    raise IdentidadInvalida(_("La fecha de nacimiento no es válida."))


def _leer_correo(valor: object) -> str | None:
    """Contact data are a courtesy: one that cannot be used is left out, never a reason to refuse."""
    texto = str(valor or "").strip()
    return texto if _CORREO.fullmatch(texto) and texto.isprintable() else None


def _leer_celular(valor: object) -> str | None:
    with suppress(Ilegible):
        numero = leer_telefono(str(valor or ""))
        return numero if es_celular(numero) else None
    return None
