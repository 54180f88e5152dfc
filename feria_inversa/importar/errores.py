"""What is refused of a file of history."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l


class HistoriaIlegible(DatosInvalidos):
    codigo = "historia_ilegible"
    titulo = _l("El archivo no es de los que se leen")


class HistoriaCambiada(Conflicto):
    """What is in is of the bytes that it had."""

    codigo = "historia_cambiada"
    titulo = _l("El archivo cambió mientras se leía")


class HistoriaInexistente(NoEncontrado):
    codigo = "historia_inexistente"
    titulo = _l("No existe esa importación")


class OtroLaImporta(Conflicto):
    """Nothing was done: whoever goes on with it is another process."""

    codigo = "otro_la_importa"
    titulo = _l("Otro proceso está importando este archivo")
