"""Errors of the registry: stable codes, Spanish words that say what to do."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado, Prohibido
from nucleo.textos import perezoso as _l


class SinFacultad(Prohibido):
    codigo = "sin_facultad"
    titulo = _l("No tiene un mandato que permita esta acción")


class UnidadInactiva(SinFacultad):
    codigo = "unidad_inactiva"
    titulo = _l("La unidad económica no está en condiciones de actuar")


class MontoExcedido(SinFacultad):
    codigo = "monto_excede_mandato"
    titulo = _l("El monto supera el límite de su mandato")


class SinHabilitacion(Conflicto):
    codigo = "sin_habilitacion"
    titulo = _l("La unidad económica no tiene la habilitación necesaria")


class UltimaAutoridad(Conflicto):
    codigo = "ultima_autoridad"
    titulo = _l("El registro no puede quedar sin autoridad")


class UnidadNoEncontrada(NoEncontrado):
    codigo = "unidad_no_encontrada"
    titulo = _l("No existe esa unidad económica")


class MandatoNoEncontrado(NoEncontrado):
    codigo = "mandato_no_encontrado"
    titulo = _l("No existe ese mandato")


class HabilitacionNoEncontrada(NoEncontrado):
    codigo = "habilitacion_no_encontrada"
    titulo = _l("No existe esa habilitación")


class NumeroInvalido(DatosInvalidos):
    codigo = "numero_invalido"
    titulo = _l("El número de unidad económica no es válido")


class IdentificadorInvalido(DatosInvalidos):
    codigo = "identificador_invalido"
    titulo = _l("El identificador no tiene un formato válido")


class FichaIncompleta(DatosInvalidos):
    codigo = "ficha_incompleta"
    titulo = _l("Faltan datos para presentar la inscripción")


class IdentificadorEnUso(Conflicto):
    codigo = "identificador_en_uso"
    titulo = _l("Otra unidad económica ya tiene ese identificador")


class MandatoYaRevocado(Conflicto):
    codigo = "mandato_revocado"
    titulo = _l("El mandato ya está revocado")


class UltimoAdministrador(Conflicto):
    codigo = "ultimo_administrador"
    titulo = _l("La unidad económica no puede quedar sin quien la administre")


class DemasiadosBorradores(Conflicto):
    codigo = "demasiados_borradores"
    titulo = _l("Tiene demasiadas inscripciones sin presentar")
