"""The code of an orden de cobro (CPT): twelve digits in three groups, `4821-0937-5514`.

Eleven random digits, so that codes cannot be walked through, and a check digit by Damm's algorithm, which
catches every single wrong digit and every swap of neighbours. Reading is tolerant (spaces, hyphens, the
letter O for a zero), validation strict.
"""

import re
import secrets
import unicodedata

from stdnum import damm

from nucleo.textos import gettext as _
from pagos.cobros.errores import CptInvalido

CIFRAS = 12
_RUIDO = re.compile(r"[\s.,:;\-_/·‐‑‒–—]+")
_PARECIDAS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def nuevo_cpt() -> str:
    """A random code with its check digit; whether it is free, only the table knows."""
    cuerpo = str(10 ** (CIFRAS - 2) + secrets.randbelow(9 * 10 ** (CIFRAS - 2)))
    return cuerpo + str(damm.calc_check_digit(cuerpo))


def formato_cpt(cpt: str) -> str:
    """As people read it aloud: groups of four."""
    return "-".join(cpt[i : i + 4] for i in range(0, len(cpt), 4))


def leer_cpt(texto: str) -> str:
    """The twelve digits from what somebody typed. Raises `CptInvalido` (length, letters or check digit)."""
    limpio = _RUIDO.sub("", unicodedata.normalize("NFKC", texto)).upper().removeprefix("CPT")
    limpio = limpio.translate(_PARECIDAS)
    if not (limpio.isascii() and limpio.isdigit()):
        raise CptInvalido(_("El código lleva solo números, por ejemplo 4821-0937-5514."))
    if len(limpio) != CIFRAS:
        raise CptInvalido(
            _("El código tiene %(CIFRAS)s números y usted escribió %(limpio)s.")
            % {"CIFRAS": CIFRAS, "limpio": len(limpio)}
        )
    if not damm.is_valid(limpio):
        raise CptInvalido(_("Algún número del código no es correcto: revíselo con su orden de cobro."))
    return limpio
