"""Why a file as a whole will not do."""

from nucleo.errores import DatosInvalidos
from nucleo.textos import perezoso as _l


class TablaInvalida(DatosInvalidos):
    codigo = "tabla_invalida"
    titulo = _l("No se pudo leer el archivo")
