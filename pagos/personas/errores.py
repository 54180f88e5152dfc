"""Errors of wallets: statements too long, requests that already ended."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado


class ExtractoDemasiadoLargo(DatosInvalidos):
    codigo = "extracto_demasiado_largo"
    titulo = "El extracto tiene demasiados movimientos"


class SolicitudInexistente(NoEncontrado):
    codigo = "solicitud_inexistente"
    titulo = "La solicitud no existe"


class SolicitudTerminada(Conflicto):
    codigo = "solicitud_terminada"
    titulo = "La solicitud ya no está pendiente"


class SolicitudDistinta(DatosInvalidos):
    """The id was already used to ask for something else."""

    codigo = "solicitud_con_otros_datos"
    titulo = "Ese identificador ya se usó para otra solicitud"


class NoEstaCongelada(Conflicto):
    codigo = "no_esta_congelada"
    titulo = "La cuenta no está congelada por esa causa"
