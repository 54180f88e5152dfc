"""Errors of wallets: requests for money that already ended."""

from nucleo.errores import DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class SolicitudInexistente(NoEncontrado):
    codigo = "solicitud_inexistente"
    titulo = _l("La solicitud no existe")


class SolicitudTerminada(TransicionInvalida):
    codigo = "solicitud_terminada"
    titulo = _l("La solicitud ya no está pendiente")


class CodigoInexistente(NoEncontrado):
    codigo = "codigo_qr_inexistente"
    titulo = _l("Ese código QR no existe")


class NoEsFrecuente(NoEncontrado):
    codigo = "no_es_frecuente"
    titulo = _l("Esa persona no está entre las que usted envía")


class CodigoDistinto(DatosInvalidos):
    """The id was already used for another code."""

    codigo = "codigo_qr_con_otros_datos"
    titulo = _l("Ese identificador ya se usó para otro código")


class SolicitudDistinta(DatosInvalidos):
    """The id was already used to ask for something else."""

    codigo = "solicitud_con_otros_datos"
    titulo = _l("Ese identificador ya se usó para otra solicitud")
