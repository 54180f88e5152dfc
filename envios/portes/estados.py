"""The life of a postage, and that of what it costs above what was quoted."""

from enum import StrEnum

from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class EstadoPorte(StrEnum):
    RETENIDO = "retenido"
    LIQUIDADO = "liquidado"
    DEVUELTO = "devuelto"
    EN_EFECTIVO = "en_efectivo"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


_TEXTOS = {
    EstadoPorte.RETENIDO: _l("Guardado hasta que el operador reciba el paquete"),
    EstadoPorte.LIQUIDADO: _l("Pagado al operador"),
    EstadoPorte.DEVUELTO: _l("Devuelto a quien pagó"),
    EstadoPorte.EN_EFECTIVO: _l("Pagado en ventanilla"),
}

VIDA_PORTE = Vida(
    "envios_porte",
    EstadoPorte,
    {EstadoPorte.RETENIDO: {EstadoPorte.LIQUIDADO, EstadoPorte.DEVUELTO}},
    nace={EstadoPorte.RETENIDO, EstadoPorte.EN_EFECTIVO},
    fines={EstadoPorte.LIQUIDADO, EstadoPorte.DEVUELTO, EstadoPorte.EN_EFECTIVO},
    nombre=lambda estado: estado.texto.lower(),
)


class EstadoExcedente(StrEnum):
    POR_CONSENTIR = "por_consentir"
    PAGADO = "pagado"
    EN_EFECTIVO = "en_efectivo"
    RECHAZADO = "rechazado"
    VENCIDO = "vencido"

    @property
    def texto(self) -> str:
        return str(_DE_EXCEDENTE[self])


_DE_EXCEDENTE = {
    EstadoExcedente.POR_CONSENTIR: _l("Espera la respuesta de quien paga"),
    EstadoExcedente.PAGADO: _l("Aceptado y pagado"),
    EstadoExcedente.EN_EFECTIVO: _l("Pagado en ventanilla"),
    EstadoExcedente.RECHAZADO: _l("Rechazado: no se cobra"),
    EstadoExcedente.VENCIDO: _l("Sin respuesta: no se cobra"),
}
_FINES = frozenset(EstadoExcedente) - {EstadoExcedente.POR_CONSENTIR}

VIDA_EXCEDENTE = Vida(
    "envios_excedente",
    EstadoExcedente,
    {EstadoExcedente.POR_CONSENTIR: _FINES},
    nace={EstadoExcedente.POR_CONSENTIR},
    fines=_FINES,
    nombre=lambda estado: estado.texto.lower(),
)
