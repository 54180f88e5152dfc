"""Telephone numbers: read as people write them here, kept in E.164 (`+59171234567`)."""

import re
from typing import Annotated

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat
from pydantic import AfterValidator, Field

from nucleo.lectores.errores import Ilegible, Preciso
from nucleo.textos import gettext as _

PAIS = "BO"
LARGO_MAXIMO = 40
_FORMA = re.compile(r"[+0-9()\s./\u00a0\u2010-\u2015-]+")


def leer_telefono(texto: str) -> str:
    """`71234567`, `(591) 71234567`, `71.234.567`, `2-2123456`, `+54 9 11 2345-6789` in E.164.

    Without a country, it is Bolivian. Raises `Ilegible`; `Preciso` when no number of that country is so.
    """
    falta = _("Escriba el teléfono con números, por ejemplo 70012345 o +54 11 2345 6789.")
    limpio = texto.strip()
    if len(limpio) > LARGO_MAXIMO or not _FORMA.fullmatch(limpio):
        raise Ilegible(falta)
    try:
        numero = phonenumbers.parse(limpio.replace(".", " "), PAIS)
    except NumberParseException as error:
        raise Ilegible(falta) from error
    if not phonenumbers.is_valid_number(numero):
        raise Preciso(
            _("Ese número no existe. Escriba las 8 cifras, o con + y el código si es de otro país.")
        )
    return phonenumbers.format_number(numero, PhoneNumberFormat.E164)


def es_celular(e164: str) -> bool:
    numero = phonenumbers.parse(e164, PAIS)
    return phonenumbers.number_type(numero) in (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )


def formato_telefono(e164: str) -> str:
    """As people read it: a Bolivian one without its country, any other with it; no number, as it is."""
    try:
        numero = phonenumbers.parse(e164, PAIS)
    except NumberParseException:
        return e164
    propio = numero.country_code == 591
    forma = PhoneNumberFormat.NATIONAL if propio else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(numero, forma)


Telefono = Annotated[str, Field(max_length=LARGO_MAXIMO), AfterValidator(leer_telefono)]
"""A telephone in the API's models: read as people write it, kept in E.164."""
TelefonoONada = Annotated[
    str,
    Field(max_length=LARGO_MAXIMO),
    AfterValidator(lambda texto: leer_telefono(texto) if texto.strip() else ""),
]
