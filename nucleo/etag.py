"""Optimistic concurrency: `ETag` on what may be edited, `If-Match` on the edit."""

import hashlib
import re
from typing import Annotated

from fastapi import Depends, Header

from nucleo.errores import FaltaPrecondicion
from nucleo.textos import gettext as _

# `W/` is what a proxy that compresses makes of our tag; a version is the same whatever its bytes.
_ETAG = re.compile(r'(?:W/)?"([0-9]{1,9})"')


def etag(version: int) -> str:
    return f'"{version}"'


def etag_de(contenido: bytes) -> str:
    """The strong tag of what is answered, when no row has a version that says it."""
    return f'"{hashlib.sha256(contenido).hexdigest()[:32]}"'


def coincide(marca: str, si_ninguna: str) -> bool:
    """Whether `If-None-Match` names this tag, weak or not, alone or among others (RFC 9110 §13.1.2)."""
    return si_ninguna == "*" or marca in (una.strip().removeprefix("W/") for una in si_ninguna.split(","))


def version_pedida(
    si_coincide: Annotated[
        str | None, Header(alias="If-Match", description="El ETag de la versión que leyó.")
    ] = None,
) -> int:
    """The version that was read, for the use case to compare under the row's lock; 0, which is nobody's, when
    the header has no tag of ours. Raises `FaltaPrecondicion` (428) without it.
    """
    if si_coincide is None:
        raise FaltaPrecondicion(_("Lea primero el recurso y envíe su ETag en la cabecera If-Match."))
    leida = _ETAG.fullmatch(si_coincide.strip())
    return int(leida[1]) if leida else 0


VersionPedida = Annotated[int, Depends(version_pedida)]
