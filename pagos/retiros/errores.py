"""What can go wrong with withdrawals, and what to do about it."""

from nucleo.errores import DatosInvalidos, NoEncontrado, PrecondicionFallida
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class RetiroInexistente(NoEncontrado):
    codigo = "retiro_inexistente"
    titulo = _l("Ese retiro no existe")


class RetiroDistinto(DatosInvalidos):
    codigo = "retiro_distinto"
    titulo = _l("Ese identificador ya se usó para otro retiro")


class RetiroInvalido(DatosInvalidos):
    codigo = "retiro_invalido"
    titulo = _l("Los datos del retiro no son válidos")


class RetiroNoAdmite(TransicionInvalida):
    codigo = "retiro_no_admite"
    titulo = _l("El retiro ya no admite esto")


class LoteInexistente(NoEncontrado):
    codigo = "lote_inexistente"
    titulo = _l("Ese lote de retiros no existe")


class ComisionDistinta(PrecondicionFallida):
    codigo = "comision_distinta"
    titulo = _l("La comisión cambió")
