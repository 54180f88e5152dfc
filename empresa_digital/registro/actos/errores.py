"""What can go wrong with joint acts, and what to do about it."""

from nucleo.errores import Conflicto, NoEncontrado, PrecondicionFallida
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class ActoInexistente(NoEncontrado):
    codigo = "acto_inexistente"
    titulo = _l("Ese acto por firmar no existe")


class ActoTerminado(TransicionInvalida):
    codigo = "acto_terminado"
    titulo = _l("Ese acto ya no espera firmas")


class HuellaDistinta(PrecondicionFallida):
    codigo = "huella_distinta"
    titulo = _l("Lo que usted leyó no es lo que se firma")


class DeclaracionPendiente(Conflicto):
    codigo = "declaracion_pendiente"
    titulo = _l("Falta su declaración")


class NadieMasFirma(Conflicto):
    codigo = "nadie_mas_firma"
    titulo = _l("No hay quién más firme")
