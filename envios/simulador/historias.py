"""The stories that an item may live: their steps, and how they reach us."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from envios.eventos import AccionIntento, Codigo, CodigoPropio, Motivo, QuienRecibe


class Manera(StrEnum):
    """How the events of a story reach us."""

    EN_ORDEN = "en_orden"
    AL_REVES = "al_reves"
    EN_DIFERIDO = "en_diferido"
    """All at once, late, out of order and twice: a telephone that had no network."""


@dataclass(frozen=True, slots=True)
class Paso:
    """A step of a story: hours after the first one, where it happens, and whether the other operator says it.

    `con_otro`: it is a half of a hand-over.
    """

    horas: float
    codigo: str
    lugar: str
    en_destino: bool = True
    motivo: Motivo | None = None
    accion: AccionIntento | None = None
    entregado_a: QuienRecibe | None = None
    de_otro: bool = False
    con_otro: bool = False


@dataclass(frozen=True, slots=True)
class Historia:
    """`corrige`: whether its last event is declared wrong afterwards."""

    pasos: tuple[Paso, ...]
    manera: Manera = Manera.EN_ORDEN
    corrige: bool = False

    @property
    def pide_otro(self) -> bool:
        return any(paso.de_otro for paso in self.pasos)

    def hasta(self, codigo: str) -> tuple[Paso, ...]:
        """The steps up to the first with this code (all of them, with "fin"). Raises ValueError."""
        if codigo == "fin":
            return self.pasos
        for i, paso in enumerate(self.pasos):
            if paso.codigo == codigo:
                return self.pasos[: i + 1]
        raise ValueError(f"la historia no pasa por {codigo}")


_SALIDA = (
    Paso(0, Codigo.EMA, "Oficina de admisión", en_destino=False),
    Paso(4, Codigo.EMB, "Centro de salida", en_destino=False),
    Paso(9, Codigo.EMC, "Centro de salida", en_destino=False),
)
_VIAJE = (
    *_SALIDA,
    Paso(26, Codigo.EMD, "Centro de llegada"),
    Paso(31, Codigo.EMG, "Oficina de entrega"),
)
_REPARTO = Paso(44, Codigo.EDG, "Oficina de entrega")
_ENTREGA = Paso(47.5, Codigo.EMI, "En el domicilio")
_AUSENTE = Paso(
    46,
    Codigo.EMH,
    "En el domicilio",
    motivo=Motivo.DESTINATARIO_AUSENTE,
    accion=AccionIntento.NUEVO_INTENTO,
)
_OTRO_REPARTO = Paso(68, Codigo.EDG, "Oficina de entrega")
_VUELVE = Paso(80, Codigo.EMC, "Centro de llegada")
_DE_VUELTA = Paso(120, Codigo.EMI, "Oficina de admisión", en_destino=False, entregado_a=QuienRecibe.REMITENTE)


def _no_se_entrega(horas: float, motivo: Motivo) -> Paso:
    return Paso(horas, Codigo.EMH, "En el domicilio", motivo=motivo, accion=AccionIntento.DEVOLVER)


HISTORIAS: Mapping[str, Historia] = {
    "entrega": Historia((*_VIAJE, _REPARTO, _ENTREGA)),
    "intento_fallido": Historia((*_VIAJE, _REPARTO, _AUSENTE)),
    "segundo_intento": Historia(
        (*_VIAJE, _REPARTO, _AUSENTE, _OTRO_REPARTO, Paso(71, Codigo.EMI, "En el domicilio"))
    ),
    "agencia": Historia((*_VIAJE, Paso(34, Codigo.EDH, "Oficina de entrega"))),
    "retenido": Historia((*_VIAJE, Paso(33, Codigo.EDF, "Oficina de entrega", motivo=Motivo.FUERZA_MAYOR))),
    "perdida": Historia(
        (*_VIAJE[:4], Paso(60, Codigo.EDF, "Centro de llegada", motivo=Motivo.PAQUETE_EXTRAVIADO))
    ),
    "danio": Historia(
        (
            *_VIAJE,
            Paso(33, Codigo.EDF, "Oficina de entrega", motivo=Motivo.PAQUETE_DANADO),
            _no_se_entrega(46, Motivo.PAQUETE_DANADO),
            _VUELVE,
            _DE_VUELTA,
        )
    ),
    "devolucion": Historia(
        (
            *_VIAJE,
            _REPARTO,
            _AUSENTE,
            _OTRO_REPARTO,
            _no_se_entrega(70, Motivo.DESTINATARIO_RECHAZO),
            _VUELVE,
            _DE_VUELTA,
        )
    ),
    "traspaso": Historia(
        (
            *_SALIDA,
            Paso(12, CodigoPropio.TRASPASO_DADO, "Centro de salida", en_destino=False, con_otro=True),
            Paso(
                13,
                CodigoPropio.TRASPASO_TOMADO,
                "Depósito",
                en_destino=False,
                de_otro=True,
                con_otro=True,
            ),
            Paso(40, Codigo.EDG, "Depósito de llegada", de_otro=True),
            Paso(43, Codigo.EMI, "En el domicilio", de_otro=True),
        )
    ),
    "sin_red": Historia((*_VIAJE, _REPARTO, _ENTREGA), Manera.EN_DIFERIDO),
    "desordenada": Historia((*_VIAJE, _REPARTO, _ENTREGA), Manera.AL_REVES),
    "corregida": Historia((*_VIAJE, _REPARTO, _ENTREGA), corrige=True),
}
