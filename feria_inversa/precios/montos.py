"""Sums of amounts; the total of a line is `nucleo.lectores.total_de_linea`."""

from collections.abc import Iterable

from moneyed import Money

from nucleo.dinero import bs


def sumar(montos: Iterable[Money]) -> Money:
    return sum(montos, bs(0))
