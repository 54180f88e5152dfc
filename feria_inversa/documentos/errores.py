"""Errors of the documents of a process."""

from nucleo.errores import NoEncontrado
from nucleo.textos import perezoso as _l


class DocumentoNoEncontrado(NoEncontrado):
    codigo = "documento_no_encontrado"
    titulo = _l("No existe ese documento")
