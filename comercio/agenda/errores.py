"""What can go wrong, each with a stable code."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class AgendaNoEncontrada(NoEncontrado):
    codigo = "agenda_no_encontrada"
    titulo = _l("No encontramos esa agenda")


class AgendaRepetida(Conflicto):
    codigo = "agenda_repetida"
    titulo = _l("Ya tiene una agenda con ese nombre")


class HoraOcupada(Conflicto):
    codigo = "hora_ocupada"
    titulo = _l("Esa hora ya no está libre")


class SinCita(NoEncontrado):
    """What is asked for has no appointment."""

    codigo = "sin_cita"
    titulo = _l("Esto no se atiende con cita")
