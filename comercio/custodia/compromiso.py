"""The life of what a public entity committed for an order, beside that of the order's custody."""

from enum import StrEnum

from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class Garantia(StrEnum):
    """What the custody of an order holds."""

    DINERO = "dinero"
    COMPROMISO = "compromiso"


class SePagaCon(StrEnum):
    """With what an entity pays: the money of its account here, which the sweep takes on the day, or its
    treasury does and it notes a C-31: then nobody takes anything."""

    CUENTA = "cuenta"
    C31 = "c31"

    @property
    def texto(self) -> str:
        return str(_SE_PAGA_CON[self])


_SE_PAGA_CON = {
    SePagaCon.CUENTA: _l("Con dinero de la cuenta de la entidad"),
    SePagaCon.C31: _l("Con un C-31 del Tesoro"),
}


class EstadoCompromiso(StrEnum):
    """`VIGENTE`: held, or due and not paid yet. `DICHO`: the entity says that it paid outside. `RECIBIDO`:
    who sells says that it came, or their silence does. `ADEUDADO`: nobody paid in its term, or who sells says
    that it did not come; it is owed until it is paid."""

    VIGENTE = "vigente"
    LIBERADO = "liberado"
    PAGADO = "pagado"
    DICHO = "dicho"
    RECIBIDO = "recibido"
    ADEUDADO = "adeudado"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


class QueSeDijo(StrEnum):
    """Of a payment outside: by the entity, or by who sells."""

    PAGO = "pago"
    CORRECCION = "correccion"
    LLEGO = "llego"
    NO_LLEGO = "no_llego"
    SILENCIO = "silencio"

    @property
    def texto(self) -> str:
        return str(_DICHOS[self])


_DICHOS = {
    QueSeDijo.PAGO: _l("La entidad dijo que pagó"),
    QueSeDijo.CORRECCION: _l("La entidad corrigió el C-31"),
    QueSeDijo.LLEGO: _l("Quien vende dijo que llegó"),
    QueSeDijo.NO_LLEGO: _l("Quien vende dijo que no llegó"),
    QueSeDijo.SILENCIO: _l("Quien vende no dijo nada en su plazo"),
}
_E = EstadoCompromiso
_TEXTOS = {
    _E.VIGENTE: _l("Comprometido"),
    _E.LIBERADO: _l("Volvió al presupuesto de la entidad"),
    _E.PAGADO: _l("Pagado a quien vende"),
    _E.DICHO: _l("La entidad dice que lo pagó por tesorería"),
    _E.RECIBIDO: _l("Pagado por tesorería"),
    _E.ADEUDADO: _l("La entidad lo debe"),
}
TONOS_DE_COMPROMISO = {
    _E.VIGENTE: "info",
    _E.LIBERADO: "mal",
    _E.PAGADO: "bien",
    _E.DICHO: "aviso",
    _E.RECIBIDO: "bien",
    _E.ADEUDADO: "mal",
}

# Time alone takes what is due and unpaid to a debt, and what was said to have been paid to having come; of
# that who sells may still say, while the year runs, that it did not. A debt does not end by time: it is the
# entity's until it pays, and the order is over without it.
VIDA_COMPROMISO = Vida(
    "comercio_compromiso",
    EstadoCompromiso,
    {
        _E.VIGENTE: {_E.LIBERADO, _E.PAGADO, _E.DICHO, _E.ADEUDADO},
        _E.DICHO: {_E.RECIBIDO, _E.ADEUDADO},
        _E.RECIBIDO: {_E.ADEUDADO},
        _E.ADEUDADO: {_E.DICHO, _E.PAGADO},
    },
    nace={_E.VIGENTE},
    fines={_E.LIBERADO, _E.PAGADO},
    nombre=lambda estado: estado.texto.lower(),
)
TERMINADOS = VIDA_COMPROMISO.fines | {_E.RECIBIDO}
"""In which nobody owes nor waits for anything."""
