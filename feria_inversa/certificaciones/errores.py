"""Errors of the budget certificates."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class CertificacionNoEncontrada(NoEncontrado):
    codigo = "certificacion_no_encontrada"
    titulo = _l("No existe esa certificación presupuestaria")


class CertificacionNoPermite(TransicionInvalida):
    codigo = "certificacion_no_permite"
    titulo = _l("Esa certificación presupuestaria ya terminó")


class CertificacionRepetida(Conflicto):
    codigo = "certificacion_repetida"
    titulo = _l("La entidad ya registró una certificación con ese número en la gestión")
