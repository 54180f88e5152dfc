"""What a schedule may not say."""

from nucleo.errores import DatosInvalidos
from nucleo.textos import perezoso as _l


class CronogramaInvalido(DatosInvalidos):
    codigo = "cronograma_invalido"
    titulo = _l("El cronograma no puede ser así")
