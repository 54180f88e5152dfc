"""Errors of the calendar and of the legal clock."""

from nucleo.errores import Conflicto, DatosInvalidos
from nucleo.textos import perezoso as _l


class LugarDesconocido(DatosInvalidos):
    codigo = "lugar_desconocido"
    titulo = _l("No se conoce el lugar: use el código del INE de un municipio o departamento")


class CalendarioSinPublicar(Conflicto):
    codigo = "calendario_sin_publicar"
    titulo = _l("El plazo llega a un año cuyos feriados todavía no están publicados")


class FeriadoSinCambio(Conflicto):
    codigo = "feriado_sin_cambio"
    titulo = _l("El calendario ya dice eso de ese día")


class AnioPublicado(Conflicto):
    codigo = "anio_publicado"
    titulo = _l("Se publica un año tras otro")
