"""What can go wrong, each with a stable code."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado, Prohibido
from nucleo.textos import perezoso as _l


class BusquedaNoEncontrada(NoEncontrado):
    codigo = "busqueda_congelada_no_encontrada"
    titulo = _l("No encontramos esa búsqueda congelada")


class BusquedaRepetida(Conflicto):
    """The id was used for another search, or by another entity."""

    codigo = "busqueda_con_otro_contenido"
    titulo = _l("Ese identificador ya se usó")


class BusquedaSinResultados(Conflicto):
    codigo = "busqueda_sin_resultados"
    titulo = _l("La búsqueda no halla nada: no hay qué congelar")


class NoEsResultado(DatosInvalidos):
    codigo = "no_es_resultado"
    titulo = _l("Ese producto no está entre los resultados")


class SoloEntidades(Prohibido):
    codigo = "solo_entidades_publicas"
    titulo = _l("Lo hace una entidad pública")
