"""Proofs that anybody checks without us: of an act, of a sealed bid, of an opening. One file each."""

from constancia import registrar_prueba
from feria_inversa.pruebas import palabras
from feria_inversa.pruebas.comprobar import comprobar, decir
from feria_inversa.pruebas.esquemas import VERSION

registrar_prueba(VERSION, comprobar, decir)

__all__ = ["VERSION", "comprobar", "decir", "palabras"]
