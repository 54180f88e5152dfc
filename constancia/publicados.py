"""Files of open data: which ones were published, so that anybody can show that theirs is one of them."""

from collections.abc import Mapping

from sqlmodel import Session

from constancia.anotar import anotar, hash_de
from constancia.palabras import registrar_tipo
from nucleo.textos import perezoso as _l

_TIPO = "datos_abiertos"

registrar_tipo(_TIPO, _l("Archivos de datos abiertos"), "/{objeto}")


def anotar_archivos(sesion: Session, pagina: str, archivos: Mapping[str, str]) -> None:
    """Note that these files, by name, have these SHA-256 (hex), in the transaction that keeps them. `pagina`:
    where they are found, without the first bar, at most 80 characters of ASCII."""
    anotar(sesion, _TIPO, pagina, _contenido(archivos))


def hoja_de_archivos(pagina: str, archivos: Mapping[str, str]) -> bytes:
    """The hash of the leaf that `anotar_archivos` notes."""
    return hash_de(_TIPO, pagina, _contenido(archivos))


def _contenido(archivos: Mapping[str, str]) -> str:
    return ",".join(f"{nombre}={sha256}" for nombre, sha256 in archivos.items())
