"""What can go wrong with an operator's agencies and people, each with a stable `codigo`."""

from nucleo.errores import Conflicto, NoEncontrado, Prohibido
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class AgenciaNoEncontrada(NoEncontrado):
    codigo = "agencia_no_encontrada"
    titulo = _l("No existe esa agencia")


class AgenciaRepetida(Conflicto):
    codigo = "agencia_repetida"
    titulo = _l("Ya hay una agencia con ese código")


class AgenciaCerrada(Conflicto):
    codigo = "agencia_cerrada"
    titulo = _l("La agencia está cerrada")


class PasoDeAgencia(TransicionInvalida):
    codigo = "paso_de_agencia"
    titulo = _l("La agencia no puede pasar a ese estado")


class NoTrabajaAqui(Prohibido):
    codigo = "no_trabaja_aqui"
    titulo = _l("Usted no trabaja en esa agencia")


class NoEstaAsignada(Conflicto):
    codigo = "no_esta_asignada"
    titulo = _l("Esa persona no trabaja en la agencia")
