"""What a holder keeps on paper: seven groups of four letters and numbers (140 bits), easy to read aloud."""

import secrets

from feria_inversa.llaves.hpke import privada_de, publica_de

ALFABETO = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: what looks the same is the same
LARGO = 28
_IGUALES = str.maketrans("OIL", "011")


def nuevo() -> str:
    letras = "".join(secrets.choice(ALFABETO) for _ in range(LARGO))
    return "-".join(letras[i : i + 4] for i in range(0, LARGO, 4))


def leer(escrito: str) -> str | None:
    """The secret as it is counted, without groups; None when it is none."""
    letras = "".join(c for c in escrito.upper() if c.isalnum()).translate(_IGUALES)
    return letras if len(letras) == LARGO and set(letras) <= set(ALFABETO) else None


def privada_del(letras: str) -> bytes:
    """The private key of its holder, from what `leer` gave."""
    return privada_de(letras.encode("ascii"))


def publica_del(escrito: str) -> bytes:
    """The public key of who keeps a secret on paper."""
    letras = leer(escrito)
    assert letras is not None
    return publica_de(privada_del(letras))
