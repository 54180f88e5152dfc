"""UPU EMSEVT v3: the 25 event codes of an item, in the order of its life, with what each means here.

A code outside the table is kept as it came and means `EstadoEvento.DESCONOCIDO`: we do not guess.
"""

from dataclasses import dataclass
from enum import StrEnum

from nucleo.textos import perezoso as _l


class Tramo(StrEnum):
    ORIGEN = "origen"
    TRANSITO = "transito"
    DESTINO = "destino"


class EstadoEvento(StrEnum):
    """Normalised status of one event."""

    RECIBIDO = "recibido"
    EN_TRANSITO = "en_transito"
    RETENIDO = "retenido"
    EN_REPARTO = "en_reparto"
    LISTO_PARA_RETIRO = "listo_para_retiro"
    INTENTO_FALLIDO = "intento_fallido"
    ENTREGADO = "entregado"
    EN_DEVOLUCION = "en_devolucion"
    ANULADO = "anulado"
    DESCONOCIDO = "desconocido"


class Codigo(StrEnum):
    EMA = "EMA"
    EMB = "EMB"
    EXA = "EXA"
    EXB = "EXB"
    EXC = "EXC"
    EXD = "EXD"
    EMC = "EMC"
    EXX = "EXX"
    EMJ = "EMJ"
    EMK = "EMK"
    EMD = "EMD"
    EDA = "EDA"
    EDB = "EDB"
    EME = "EME"
    EDC = "EDC"
    EMF = "EMF"
    EDD = "EDD"
    EDE = "EDE"
    EMG = "EMG"
    EDF = "EDF"
    EDG = "EDG"
    EDH = "EDH"
    EMH = "EMH"
    EMI = "EMI"
    EDX = "EDX"


class CodigoPropio(StrEnum):
    """What EMSEVT has no code for, in a prefix of ours; exported as no EMSEVT."""

    ANULADO = "QHAC"
    TRASPASO_DADO = "QHTE"
    TRASPASO_TOMADO = "QHTR"
    DEVOLUCION = "QHDV"
    SACA_ENTRA = "QHSE"
    SACA_SALE = "QHSS"
    FALTA = "QHFA"
    ENTREGA_PROVISIONAL = "QHEP"
    NO_RECIBIDO = "QHNR"


@dataclass(frozen=True, slots=True)
class FichaCodigo:
    """What a code means: `orden` in the life of an item, AfterShip's subtag for outside readers."""

    orden: int
    tramo: Tramo
    estado: EstadoEvento
    subetiqueta: str
    mensaje: str
    mensaje_siguiente: str

    @property
    def texto(self) -> str:
        return str(self.mensaje)

    @property
    def siguiente(self) -> str:
        """What happens next, for whoever waits; empty when nothing does."""
        return str(self.mensaje_siguiente) if self.mensaje_siguiente else ""


_O, _T, _D = Tramo.ORIGEN, Tramo.TRANSITO, Tramo.DESTINO
_E = EstadoEvento
_VIAJA = _l("Sigue viaje hacia el destino.")
_ESPERA = _l("El operador resolverá la retención; no hace falta que usted haga nada por ahora.")

# code: (leg, status, AfterShip subtag, text for people, next step)
_TABLA: dict[Codigo, tuple[Tramo, EstadoEvento, str, str, str]] = {
    Codigo.EMA: (
        _O,
        _E.RECIBIDO,
        "InTransit_002",
        _l("El operador recibió el envío"),
        _l("Saldrá hacia el destino."),
    ),
    Codigo.EMB: (_O, _E.EN_TRANSITO, "InTransit_003", _l("Llegó al centro de salida"), _VIAJA),
    Codigo.EXA: (_O, _E.EN_TRANSITO, "InTransit_006", _l("Presentado a la aduana de salida"), _VIAJA),
    Codigo.EXB: (_O, _E.RETENIDO, "Exception_004", _l("Retenido por la aduana de salida"), _ESPERA),
    Codigo.EXC: (_O, _E.EN_TRANSITO, "InTransit_005", _l("Liberado por la aduana de salida"), _VIAJA),
    Codigo.EXD: (_O, _E.RETENIDO, "Exception_005", _l("Retenido en el centro de salida"), _ESPERA),
    Codigo.EMC: (_O, _E.EN_TRANSITO, "InTransit_007", _l("Salió del centro de origen"), _VIAJA),
    Codigo.EXX: (_O, _E.ANULADO, "Exception_001", _l("El envío fue anulado"), ""),
    Codigo.EMJ: (_T, _E.EN_TRANSITO, "InTransit_003", _l("Llegó a un centro de tránsito"), _VIAJA),
    Codigo.EMK: (_T, _E.EN_TRANSITO, "InTransit_007", _l("Salió del centro de tránsito"), _VIAJA),
    Codigo.EMD: (_D, _E.EN_TRANSITO, "InTransit_004", _l("Llegó al centro de la región de destino"), _VIAJA),
    Codigo.EDA: (_D, _E.RETENIDO, "Exception_005", _l("Retenido en el centro de llegada"), _ESPERA),
    Codigo.EDB: (_D, _E.EN_TRANSITO, "InTransit_006", _l("Presentado a la aduana de llegada"), _VIAJA),
    Codigo.EME: (_D, _E.RETENIDO, "Exception_004", _l("Retenido por la aduana de llegada"), _ESPERA),
    Codigo.EDC: (_D, _E.EN_TRANSITO, "InTransit_005", _l("Liberado por la aduana de llegada"), _VIAJA),
    Codigo.EMF: (_D, _E.EN_TRANSITO, "InTransit_007", _l("Salió del centro de llegada"), _VIAJA),
    Codigo.EDD: (_D, _E.EN_TRANSITO, "InTransit_003", _l("Entró al centro de clasificación"), _VIAJA),
    Codigo.EDE: (_D, _E.EN_TRANSITO, "InTransit_007", _l("Salió del centro de clasificación"), _VIAJA),
    Codigo.EMG: (
        _D,
        _E.EN_TRANSITO,
        "InTransit_003",
        _l("Llegó a la oficina de entrega"),
        _l("Saldrá a reparto o se avisará cuando se pueda retirar."),
    ),
    Codigo.EDF: (_D, _E.RETENIDO, "Exception_005", _l("Retenido en la oficina de entrega"), _ESPERA),
    Codigo.EDG: (
        _D,
        _E.EN_REPARTO,
        "OutForDelivery_001",
        _l("Salió a reparto"),
        _l("Quien recibe debe tener a mano el código de entrega."),
    ),
    Codigo.EDH: (
        _D,
        _E.LISTO_PARA_RETIRO,
        "AvailableForPickup_001",
        _l("Listo para retirar en la agencia"),
        _l("Quien recibe puede pasar a retirarlo con el código de entrega."),
    ),
    Codigo.EMH: (
        _D,
        _E.INTENTO_FALLIDO,
        "AttemptFail_001",
        _l("No se pudo entregar"),
        _l("El operador hará lo que se indica en el aviso."),
    ),
    Codigo.EMI: (_D, _E.ENTREGADO, "Delivered_001", _l("Entregado"), ""),
    Codigo.EDX: (
        _D,
        _E.EN_DEVOLUCION,
        "Exception_010",
        _l("Se terminó el trámite y vuelve al remitente"),
        _l("Volverá al remitente."),
    ),
}

CODIGOS: dict[Codigo, FichaCodigo] = {c: FichaCodigo(i, *fila) for i, (c, fila) in enumerate(_TABLA.items())}

# Codes a worker scans by hand, in the order of the form; EMI goes through the delivery page.
CODIGOS_DE_ESCANEO: tuple[Codigo, ...] = (
    Codigo.EMA,
    Codigo.EMB,
    Codigo.EMC,
    Codigo.EMJ,
    Codigo.EMK,
    Codigo.EMD,
    Codigo.EMF,
    Codigo.EMG,
    Codigo.EDG,
    Codigo.EDH,
    Codigo.EDF,
    Codigo.EMH,
)


_EN_MEDIO = list(CODIGOS).index(Codigo.EMJ)
PROPIOS: dict[CodigoPropio, FichaCodigo] = {
    CodigoPropio.ANULADO: FichaCodigo(
        list(CODIGOS).index(Codigo.EXX), _O, _E.ANULADO, "Exception_001", _l("El envío fue anulado"), ""
    ),
    CodigoPropio.DEVOLUCION: FichaCodigo(
        list(CODIGOS).index(Codigo.EDX),
        _D,
        _E.EN_DEVOLUCION,
        "Exception_010",
        _l("Vuelve al remitente"),
        _l("Volverá al remitente."),
    ),
    CodigoPropio.TRASPASO_DADO: FichaCodigo(
        _EN_MEDIO, _T, _E.EN_TRANSITO, "InTransit_007", _l("Se entregó a otro operador"), _VIAJA
    ),
    CodigoPropio.TRASPASO_TOMADO: FichaCodigo(
        _EN_MEDIO, _T, _E.EN_TRANSITO, "InTransit_003", _l("Otro operador lo recibió"), _VIAJA
    ),
    CodigoPropio.SACA_ENTRA: FichaCodigo(
        _EN_MEDIO, _T, _E.EN_TRANSITO, "InTransit_003", _l("Llegó en una saca"), _VIAJA
    ),
    CodigoPropio.SACA_SALE: FichaCodigo(
        _EN_MEDIO, _T, _E.EN_TRANSITO, "InTransit_007", _l("Salió en una saca"), _VIAJA
    ),
    # It says nothing of where the item is: no state, and no news.
    CodigoPropio.FALTA: FichaCodigo(
        _EN_MEDIO,
        _T,
        _E.DESCONOCIDO,
        "Exception_013",
        _l("No llegó con su despacho"),
        _l("El operador lo está buscando."),
    ),
    # Said without network, with a code that was not right: it waits for the recipient, or for its term.
    CodigoPropio.ENTREGA_PROVISIONAL: FichaCodigo(
        list(CODIGOS).index(Codigo.EMI),
        _D,
        _E.EN_REPARTO,
        "OutForDelivery_001",
        _l("Quien reparte dice que lo entregó; falta confirmarlo"),
        _l("Quien recibe debe decir en su página si lo tiene."),
    ),
    CodigoPropio.NO_RECIBIDO: FichaCodigo(
        list(CODIGOS).index(Codigo.EMI),
        _D,
        _E.RETENIDO,
        "Exception_013",
        _l("Quien recibe dice que no lo tiene"),
        _l("El operador debe aclarar dónde está."),
    ),
}
_FICHAS: dict[str, FichaCodigo] = {c.value: f for tabla in (CODIGOS, PROPIOS) for c, f in tabla.items()}


def ficha(codigo: str) -> FichaCodigo | None:
    """The entry of a code, None when neither EMSEVT v3 nor we have such a code."""
    return _FICHAS.get(codigo)


def estado_de_codigo(codigo: str) -> EstadoEvento:
    """Normalised status of a code; an unknown code stays unknown."""
    entrada = ficha(codigo)
    return entrada.estado if entrada else EstadoEvento.DESCONOCIDO
