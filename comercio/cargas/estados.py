"""The life of a file of products: looked at, taken in line by line, ended."""

from enum import StrEnum

from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida, Vida


class EstadoCarga(StrEnum):
    REVISADA = "revisada"
    EN_MARCHA = "en_marcha"
    TERMINADA = "terminada"
    ANULADA = "anulada"
    VENCIDA = "vencida"


class CargaNoAdmite(TransicionInvalida):
    codigo = "carga_no_admite"


def nombre_estado(estado: EstadoCarga | str) -> str:
    return {
        "revisada": _("Falta confirmar"),
        "en_marcha": _("En marcha"),
        "terminada": _("Terminada"),
        "anulada": _("Descartada"),
        "vencida": _("No se confirmó a tiempo"),
    }[str(estado)]


TONOS = {
    "revisada": "aviso",
    "en_marcha": "info",
    "terminada": "bien",
    "anulada": "neutro",
    "vencida": "neutro",
}

_E = EstadoCarga
VIDA_CARGA = Vida(
    "comercio_carga",
    EstadoCarga,
    {_E.REVISADA: {_E.EN_MARCHA, _E.ANULADA, _E.VENCIDA}, _E.EN_MARCHA: {_E.TERMINADA}},
    nace={_E.REVISADA},
    fines={_E.TERMINADA, _E.ANULADA, _E.VENCIDA},
    nombre=nombre_estado,
    error=CargaNoAdmite,
)


class Que(StrEnum):
    """What a line of the file does."""

    NUEVA = "nueva"
    CAMBIA = "cambia"
    MALA = "mala"


class Resultado(StrEnum):
    HECHA = "hecha"
    FALLIDA = "fallida"
