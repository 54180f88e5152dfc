"""Receipts: a line signed by the key of the log, for who must prove what was handed in before it is a leaf.

A line begins with letters, and a head with the zeros of its instant: no signature is of both.
"""

from dataclasses import dataclass

from constancia.firmas import clave_privada, id_de_clave


@dataclass(frozen=True, slots=True)
class Recibo:
    """`firma`: Ed25519 over the text, in hexadecimal; `clave`: the id of the key, as those published have."""

    texto: str
    firma: str
    clave: str


def firmar_recibo(tipo: str, *partes: str, forma: int = 1) -> Recibo:
    """The same parts give the same receipt, while the key is the same. `forma`: which parts a kind has."""
    texto = "|".join([f"qhatu-recibo-{tipo}-v{forma}", *partes])
    privada = clave_privada()
    publica = privada.public_key().public_bytes_raw()
    return Recibo(texto, privada.sign(texto.encode("ascii")).hex(), id_de_clave(publica).hex())
