"""What the open data do not have."""

from nucleo.errores import NoEncontrado
from nucleo.textos import perezoso as _l


class ReleaseNoEncontrado(NoEncontrado):
    codigo = "ocid_no_encontrado"
    titulo = _l("No hay publicaciones con ese identificador OCDS")


class MesNoEncontrado(NoEncontrado):
    codigo = "mes_sin_archivos"
    titulo = _l("No hay archivos de ese mes")
