"""A key in parts (SLIP-39): so many of them give it back, fewer tell nothing of it."""

from collections.abc import Sequence

DEPOSITARIOS_MAXIMOS = 7


class PartesMalas(ValueError):
    """These words do not make a key together."""


def partir(secreto: bytes, umbral: int, cuantas: int) -> list[str]:
    """The words of each part. A threshold of one would be no part at all."""
    import shamir_mnemonic  # noqa: PLC0415 (20 ms of each start, only for who makes a key)

    assert 2 <= umbral <= cuantas <= DEPOSITARIOS_MAXIMOS
    palabras: list[str] = shamir_mnemonic.generate_mnemonics(1, [(umbral, cuantas)], secreto)[0]
    return palabras


def juntar(partes: Sequence[str]) -> bytes:
    """The secret; exactly as many parts as the threshold. Raises `PartesMalas`."""
    import shamir_mnemonic  # noqa: PLC0415 (the same)

    try:
        secreto: bytes = shamir_mnemonic.combine_mnemonics(partes)
    except shamir_mnemonic.MnemonicError as error:
        raise PartesMalas(str(error)) from error
    return secreto
