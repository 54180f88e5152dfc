"""Errors of the keys."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l


class ResguardoNoEncontrado(NoEncontrado):
    codigo = "resguardo_no_encontrado"
    titulo = _l("No existe ese grupo de depositarios")


class ResguardoNoPermite(Conflicto):
    codigo = "resguardo_no_permite"
    titulo = _l("El grupo de depositarios no está en ese paso")


class FaltanClaves(Conflicto):
    codigo = "faltan_claves"
    titulo = _l("No quedan claves bastantes para abrir los sobres")


class ParteEquivocada(DatosInvalidos):
    codigo = "parte_equivocada"
    titulo = _l("Esa clave no abre su parte")


class LlaveQueNoAbre(Conflicto):
    codigo = "llave_que_no_abre"
    titulo = _l("Las partes no forman la llave")
