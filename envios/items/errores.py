"""What can go wrong with an item, each with a stable `codigo`."""

from typing import Self

from envios.s10 import NumeroInvalido
from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l


class EnvioNoEncontrado(NoEncontrado):
    codigo = "envio_no_encontrado"
    titulo = _l("No existe ese envío")


class NumeroDeEnvioInvalido(DatosInvalidos):
    codigo = "numero_s10_invalido"
    titulo = _l("El número de envío no es válido")

    @classmethod
    def de(cls, error: NumeroInvalido) -> Self:
        return cls(error.detalle, campos={"numero": error.detalle}, motivo=error.motivo.value)


class EnvioTerminado(Conflicto):
    codigo = "envio_terminado"
    titulo = _l("El envío ya terminó")


class SerieAgotada(Conflicto):
    codigo = "serie_agotada"
    titulo = _l("No quedan números de envío")
