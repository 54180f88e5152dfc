"""What can go wrong with withdrawals, and what to do about it."""

from nucleo.errores import DatosInvalidos, NoEncontrado, PrecondicionFallida
from nucleo.vidas import TransicionInvalida


class RetiroInexistente(NoEncontrado):
    codigo = "retiro_inexistente"
    titulo = "Ese retiro no existe"


class RetiroDistinto(DatosInvalidos):
    codigo = "retiro_distinto"
    titulo = "Ese identificador ya se usó para otro retiro"


class RetiroInvalido(DatosInvalidos):
    codigo = "retiro_invalido"
    titulo = "Los datos del retiro no son válidos"


class RetiroNoAdmite(TransicionInvalida):
    codigo = "retiro_no_admite"
    titulo = "El retiro ya no admite esto"


class LoteInexistente(NoEncontrado):
    codigo = "lote_inexistente"
    titulo = "Ese lote de retiros no existe"


class ExtractoInvalido(DatosInvalidos):
    codigo = "extracto_invalido"
    titulo = "El extracto no se puede leer"


class ExtractoInexistente(NoEncontrado):
    codigo = "extracto_inexistente"
    titulo = "Ese extracto no existe"


class ComisionDistinta(PrecondicionFallida):
    codigo = "comision_distinta"
    titulo = "La comisión cambió"
