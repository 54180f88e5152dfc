"""The life of the money of an order, apart from the order's and from its parcels'."""

from enum import StrEnum

from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class EstadoCustodia(StrEnum):
    POR_COBRAR = "por_cobrar"
    POR_MUDAR = "por_mudar"
    RETENIDA = "retenida"
    POR_LIBERAR = "por_liberar"
    CONGELADA = "congelada"
    LIBERADA = "liberada"
    DEVUELTA = "devuelta"
    NO_COBRADA = "no_cobrada"
    EJECUTADA = "ejecutada"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


_E = EstadoCustodia
_TEXTOS = {
    _E.POR_COBRAR: _l("Se paga al recibir"),
    _E.POR_MUDAR: _l("En custodia"),
    _E.RETENIDA: _l("En custodia"),
    _E.POR_LIBERAR: _l("En custodia, con fecha de pago"),
    _E.CONGELADA: _l("Detenido por un reclamo"),
    _E.LIBERADA: _l("Pagado a quien vende"),
    _E.DEVUELTA: _l("Devuelto a quien compró"),
    _E.NO_COBRADA: _l("No se cobró"),
    _E.EJECUTADA: _l("Presupuesto ejecutado"),
}
TONOS = {
    _E.POR_COBRAR: "aviso",
    _E.POR_MUDAR: "info",
    _E.RETENIDA: "info",
    _E.POR_LIBERAR: "info",
    _E.CONGELADA: "aviso",
    _E.LIBERADA: "bien",
    _E.DEVUELTA: "mal",
    _E.NO_COBRADA: "mal",
    _E.EJECUTADA: "aviso",
}

# Money that was held as a pending transfer is moved into an account of its own (`mudar`), or given back from
# where it is. What is paid at the door is nowhere until whoever collected it hands it over: then it is held
# as any other, or it ends without anything having been paid. Only what has a date is paid; a frozen one gets
# its date back when the dispute ends. A commitment that is due and not paid here ends executed: what became
# of it is another life (`VIDA_COMPROMISO`).
VIDA_CUSTODIA = Vida(
    "comercio_custodia",
    EstadoCustodia,
    {
        _E.POR_COBRAR: {_E.RETENIDA, _E.NO_COBRADA},
        _E.POR_MUDAR: {_E.RETENIDA, _E.DEVUELTA},
        _E.RETENIDA: {_E.POR_LIBERAR, _E.CONGELADA, _E.DEVUELTA},
        _E.POR_LIBERAR: {_E.RETENIDA, _E.CONGELADA, _E.LIBERADA, _E.DEVUELTA, _E.EJECUTADA},
        _E.CONGELADA: {_E.RETENIDA, _E.POR_LIBERAR, _E.DEVUELTA},
    },
    nace={_E.POR_COBRAR, _E.POR_MUDAR, _E.RETENIDA},
    fines={_E.LIBERADA, _E.DEVUELTA, _E.NO_COBRADA, _E.EJECUTADA},
    nombre=lambda estado: estado.texto.lower(),
)
VIVA = frozenset(EstadoCustodia) - VIDA_CUSTODIA.fines
