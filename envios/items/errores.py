"""What can go wrong with an item, each with a stable `codigo`."""

from collections.abc import Mapping
from typing import Self

from envios.s10 import NumeroInvalido
from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import gettext as _
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


class NumeroAmbiguo(Conflicto):
    codigo = "numero_ambiguo"
    titulo = _l("Ese número es de varios envíos")

    def __init__(self, *, opciones: Mapping[str, str]) -> None:
        """`opciones`: by unit id, the name of each who calls an item so."""
        super().__init__(
            _("Diga de quién es el número: «emisor», uno de los de «opciones»."), opciones=opciones
        )
        self.opciones = opciones


class CotizacionUsada(Conflicto):
    codigo = "cotizacion_usada"
    titulo = _l("Esa cotización ya es de otro envío")


class IdentificadorEnUso(Conflicto):
    codigo = "identificador_en_uso"
    titulo = _l("Ese número ya es de otro envío")


class IdentificadorNoEncontrado(NoEncontrado):
    codigo = "identificador_no_encontrado"
    titulo = _l("No existe ese número del envío")
