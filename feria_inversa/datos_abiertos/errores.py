"""What the open data do not have."""

from nucleo.errores import DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l


class ReleaseNoEncontrado(NoEncontrado):
    codigo = "ocid_no_encontrado"
    titulo = _l("No hay publicaciones con ese identificador OCDS")


class MesNoEncontrado(NoEncontrado):
    codigo = "mes_sin_archivos"
    titulo = _l("No hay archivos de ese mes")


class DiasAlReves(DatosInvalidos):
    codigo = "dias_al_reves"
    titulo = _l("El último día es anterior al primero")
