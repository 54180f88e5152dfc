"""What can go wrong with what operators owe, and what to do about it."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class DeudaInexistente(NoEncontrado):
    codigo = "deuda_inexistente"
    titulo = _l("No existe esa deuda")


class DeudaDistinta(Conflicto):
    codigo = "deuda_distinta"
    titulo = _l("Ya hay otra deuda por lo mismo")


class DeudaTerminada(Conflicto):
    codigo = "deuda_terminada"
    titulo = _l("Esa deuda ya terminó")


class OperadorEnMora(Conflicto):
    codigo = "operador_en_mora"
    titulo = _l("Ese operador no recibe cobros contra entrega")


class RondaDistinta(Conflicto):
    codigo = "ronda_distinta"
    titulo = _l("La ronda cambió")


class RondaSinFondos(Conflicto):
    """`falta` is what to bring in, in centavos."""

    codigo = "ronda_sin_fondos"
    titulo = _l("A la cuenta del operador le falta dinero")


class AcreedorConCuenta(Conflicto):
    codigo = "acreedor_con_cuenta"
    titulo = _l("A quien tiene cuenta se le paga en ella")
