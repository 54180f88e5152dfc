"""Texts of tables built at import time: marked for extraction here, translated where they are shown."""


def N_(texto: str) -> str:
    # The name Babel extracts by default.
    return texto
