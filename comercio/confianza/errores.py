"""What can go wrong with reports and takings off sale, each with a stable code."""

from nucleo.errores import Conflicto, LimiteExcedido, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class DenunciaNoAdmite(TransicionInvalida):
    codigo = "denuncia_no_admite"
    titulo = _l("La denuncia no admite eso ahora")


class DenunciaRepetida(Conflicto):
    codigo = "denuncia_repetida"
    titulo = _l("Ya lo denunció")


class DemasiadasDenuncias(LimiteExcedido):
    codigo = "demasiadas_denuncias"
    titulo = _l("Hoy ya denunció muchos productos")


class SinDenuncias(NoEncontrado):
    codigo = "sin_denuncias"
    titulo = _l("Nada de este producto espera una decisión")


class IntervencionNoEncontrada(NoEncontrado):
    codigo = "intervencion_no_encontrada"
    titulo = _l("Este producto no fue retirado por la autoridad")


class IntervencionNoAdmite(TransicionInvalida):
    codigo = "intervencion_no_admite"
    titulo = _l("Eso no se puede hacer ahora")
