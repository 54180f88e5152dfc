"""The life of a version of the rates. Whether a published one is to come, in force or past, its dates say."""

from enum import StrEnum

from envios.tarifas.errores import TarifarioNoAdmite
from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class EstadoTarifario(StrEnum):
    BORRADOR = "borrador"
    PUBLICADO = "publicado"
    RETIRADO = "retirado"  # published for a later day, and taken back before it came
    DESCARTADO = "descartado"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


_TEXTOS = {
    EstadoTarifario.BORRADOR: _l("borrador"),
    EstadoTarifario.PUBLICADO: _l("publicado"),
    EstadoTarifario.RETIRADO: _l("retirado"),
    EstadoTarifario.DESCARTADO: _l("descartado"),
}

VIDA_TARIFARIO = Vida(
    "envios_tarifario",
    EstadoTarifario,
    {
        EstadoTarifario.BORRADOR: {EstadoTarifario.PUBLICADO, EstadoTarifario.DESCARTADO},
        EstadoTarifario.PUBLICADO: {EstadoTarifario.RETIRADO},
    },
    nace={EstadoTarifario.BORRADOR},
    fines={EstadoTarifario.RETIRADO, EstadoTarifario.DESCARTADO},
    solo_si={
        (EstadoTarifario.PUBLICADO, EstadoTarifario.RETIRADO): "OLD.vigente_desde > nucleo_ahora()",
    },
    nombre=lambda estado: estado.texto,
    error=TarifarioNoAdmite,
)
