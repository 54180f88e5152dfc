"""A key in parts (SLIP-39): so many of them give it back, fewer tell nothing of it."""

from collections.abc import Sequence

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

DEPOSITARIOS_MAXIMOS = 7


class PartesMalas(ValueError):
    """These words do not make a key together."""


def partir(secreto: bytes, umbral: int, cuantas: int) -> list[str]:
    """The words of each part. A threshold of one would be no part at all."""
    assert 2 <= umbral <= cuantas <= DEPOSITARIOS_MAXIMOS
    palabras: list[str] = generate_mnemonics(1, [(umbral, cuantas)], secreto)[0]
    return palabras


def juntar(partes: Sequence[str]) -> bytes:
    """The secret; exactly as many parts as the threshold. Raises `PartesMalas`."""
    try:
        secreto: bytes = combine_mnemonics(partes)
    except MnemonicError as error:
        raise PartesMalas(str(error)) from error
    return secreto
