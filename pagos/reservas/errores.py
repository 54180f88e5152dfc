"""Errors of reserves."""

from nucleo.errores import DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class ReservaInexistente(NoEncontrado):
    codigo = "reserva_inexistente"
    titulo = _l("La reserva no existe")


class ReservaResuelta(TransicionInvalida):
    codigo = "reserva_resuelta"
    titulo = _l("La reserva ya no está abierta")


class ReservaDistinta(DatosInvalidos):
    """The id was already used to reserve something else."""

    codigo = "reserva_con_otros_datos"
    titulo = _l("Ese identificador ya se usó para otra reserva")
