"""The letters that banks take: the basic Latin set of ISO 20022 payments.

Source: EPC217-08 (SEPA Requirements for an Extended Character Set): what SWIFT calls the set x, without line
breaks. Banks may take more; none takes less, so that no order written in it is refused for its letters.
"""

import re
import unicodedata

from anyascii import anyascii

_SIN_LATINO = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
_CAMBIOS = str.maketrans(
    {"&": "+", "_": "-", "@": "(a)", "#": ".", "%": ".", "*": ".", ";": ",", "=": "-", '"': "'", "`": "'"}
)


def a_latino(texto: str) -> str:
    """The closest writing in those letters: «Ñandú & Cía» is «Nandu + Cia», «王 小明» is «Wang XiaoMing».
    Empty when nothing of it can be written in them."""
    plano = anyascii(unicodedata.normalize("NFC", texto)).translate(_CAMBIOS)
    return " ".join(_SIN_LATINO.sub(" ", plano).split())
