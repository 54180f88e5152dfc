"""What can be wrong at the door, each with a stable `codigo`."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l


class PruebaInvalida(DatosInvalidos):
    codigo = "prueba_invalida"
    titulo = _l("La prueba de entrega no se puede guardar así")


class PruebaNoEncontrada(NoEncontrado):
    codigo = "prueba_no_encontrada"
    titulo = _l("No hay prueba de esa entrega")


class PruebaYaGuardada(Conflicto):
    """A proof and its pictures are kept once and never changed."""

    codigo = "prueba_ya_guardada"
    titulo = _l("Esa entrega ya tiene su prueba")


class EleccionInvalida(DatosInvalidos):
    codigo = "eleccion_invalida"
    titulo = _l("Así no se puede recibir el envío")


class EleccionNoEncontrada(NoEncontrado):
    codigo = "eleccion_no_encontrada"
    titulo = _l("Nadie eligió otra forma de recibirlo")


class YaNoSeElige(Conflicto):
    """It is at the door, on its way back, or over."""

    codigo = "ya_no_se_elige"
    titulo = _l("Ya no se puede cambiar cómo recibirlo")


class SinEspera(Conflicto):
    codigo = "sin_espera"
    titulo = _l("El envío no está esperando que lo retiren")


class YaProrrogado(Conflicto):
    codigo = "ya_prorrogado"
    titulo = _l("La espera ya se alargó una vez")


class YaSeDevuelve(Conflicto):
    codigo = "ya_se_devuelve"
    titulo = _l("Ya hay una devolución de ese envío")


class SinDevolucionPropia(Conflicto):
    codigo = "sin_devolucion_propia"
    titulo = _l("Ese envío no se devuelve así")
