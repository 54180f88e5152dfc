"""What the profiles refuse."""

from nucleo.errores import NoEncontrado
from nucleo.textos import perezoso as _l


class PerfilInexistente(NoEncontrado):
    codigo = "perfil_inexistente"
    titulo = _l("No hay ese perfil")
