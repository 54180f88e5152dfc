"""Putting a leaf into the log, in the transaction of the fact that it tells."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import Session

from constancia.merkle import hash_de_hoja

FORMATO = "qhatu-hoja-v1"


def texto_de_hoja(tipo: str, objeto: str, contenido: str) -> str:
    """The bytes of a leaf, one line of printable ASCII: `qhatu-hoja-v1|tipo|objeto|contenido`."""
    return f"{FORMATO}|{tipo}|{objeto}|{contenido}"


def hash_de(tipo: str, objeto: str, contenido: str) -> bytes:
    """The hash by which such a leaf is asked for."""
    return hash_de_hoja(texto_de_hoja(tipo, objeto, contenido).encode("ascii"))


def anotar(sesion: Session, tipo: str, objeto: str, contenido: str) -> bytes:
    """Note a fact for ever, if this transaction commits; gives the hash of the leaf.

    Anybody may read it, so `contenido` holds hashes and counts, never data of people. It waits for nobody:
    the leaf gets its place in the tree within a minute. The same fact noted again is the same leaf.

    `tipo`: lower case words joined by `_`, at most 30 characters; `objeto`: what it is about, at most 80,
    without `|`; `contenido`: at most 2.000. All printable ASCII; the database refuses anything else.
    """
    datos = {"tipo": tipo, "objeto": objeto, "contenido": contenido}
    orden = text("SELECT constancia_anotar(:tipo, :objeto, :contenido)")
    hash_: bytes = sesion.connection().execute(orden, datos).scalar_one()
    assert hash_ == hash_de(tipo, objeto, contenido)
    return hash_


def anotar_varios(sesion: Session, tipo: str, objeto: str, contenidos: Sequence[str]) -> None:
    """`anotar` of many facts about one thing, in one statement."""
    datos = {"tipo": tipo, "objeto": objeto, "contenidos": list(contenidos)}
    orden = text("SELECT constancia_anotar(:tipo, :objeto, c) FROM unnest(CAST(:contenidos AS text[])) AS c")
    hashes = sesion.connection().execute(orden, datos).scalars().all()
    assert sorted(hashes) == sorted(hash_de(tipo, objeto, contenido) for contenido in contenidos)
