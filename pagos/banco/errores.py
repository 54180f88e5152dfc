"""What can go wrong with a bank's file or with a decision, and what to do about it."""

from nucleo.errores import DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class ArchivoDeBancoInvalido(DatosInvalidos):
    codigo = "archivo_de_banco_invalido"
    titulo = _l("El archivo del banco no se puede leer")


class ArchivoDeBancoInexistente(NoEncontrado):
    codigo = "archivo_de_banco_inexistente"
    titulo = _l("Ese archivo del banco no existe")


class MovimientoInexistente(NoEncontrado):
    codigo = "movimiento_de_banco_inexistente"
    titulo = _l("Ese movimiento del banco no existe")


class MovimientoNoEspera(TransicionInvalida):
    codigo = "movimiento_no_espera"
    titulo = _l("Ese movimiento ya no espera una decisión")


class DecisionInvalida(DatosInvalidos):
    codigo = "decision_invalida"
    titulo = _l("Eso no se puede decidir de este movimiento")
