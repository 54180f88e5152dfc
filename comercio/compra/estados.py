"""The lives of an order and of a service that it promises. Its parcels (`pedidos`) and its money (`custodia`)
have their own.
"""

from enum import StrEnum

from comercio.formas import FormaDeEntrega
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class EstadoPedido(StrEnum):
    POR_PAGAR = "por_pagar"
    CONFIRMADO = "confirmado"
    PAGADO = "pagado"
    EN_PREPARACION = "en_preparacion"
    DESPACHADO = "despachado"
    ENTREGADO = "entregado"
    CONCLUIDO = "concluido"
    CANCELADO = "cancelado"
    NO_PAGADO = "no_pagado"


def nombre_estado(estado: EstadoPedido | str, forma: str | None = None) -> str:
    """The state of an order as people read it, of one that is received that way."""
    if forma == FormaDeEntrega.RETIRO and estado == EstadoPedido.DESPACHADO:
        return _("Listo para recoger")
    return {
        "por_pagar": _("Por pagar"),
        "confirmado": _("Confirmado, se paga al recibir"),
        "pagado": _("Pagado"),
        "en_preparacion": _("En preparación"),
        "despachado": _("En camino"),
        "entregado": _("Entregado"),
        "concluido": _("Concluido"),
        "cancelado": _("Cancelado"),
        "no_pagado": _("No se pagó"),
    }[str(estado)]


_E = EstadoPedido
# One that is paid at the door is confirmed, not paid: it is prepared and sent as any other, and it is not
# delivered before its money is there; so is that of a public entity, which pays when it received conform. One
# that is not paid from what its buyer has here waits a while for its money, and what comes when it was given
# up may still pay for it. A delivery that was declared wrong puts the order on its way again, while its money
# waits.
VIDA_PEDIDO = Vida(
    "comercio_pedido",
    EstadoPedido,
    {
        _E.POR_PAGAR: {_E.PAGADO, _E.NO_PAGADO},
        _E.CONFIRMADO: {_E.EN_PREPARACION, _E.CANCELADO},
        _E.PAGADO: {_E.EN_PREPARACION, _E.CANCELADO},
        _E.EN_PREPARACION: {_E.DESPACHADO, _E.ENTREGADO, _E.CANCELADO},
        _E.DESPACHADO: {_E.ENTREGADO, _E.CANCELADO},
        _E.ENTREGADO: {_E.DESPACHADO, _E.CONCLUIDO},
    },
    nace={_E.POR_PAGAR, _E.CONFIRMADO, _E.PAGADO},
    fines={_E.CONCLUIDO, _E.CANCELADO, _E.NO_PAGADO},
    salvo_si="OLD.estado = 'no_pagado' AND NEW.estado = 'pagado' AND NEW.version > OLD.version",
    nombre=nombre_estado,
)

ABIERTOS = frozenset(EstadoPedido) - VIDA_PEDIDO.fines
POR_DESPACHAR = frozenset({_E.CONFIRMADO, _E.PAGADO, _E.EN_PREPARACION})
POR_EMPEZAR = frozenset({_E.CONFIRMADO, _E.PAGADO})
"""Its seller did nothing with it yet."""
SIN_PAGO = frozenset({_E.POR_PAGAR, _E.NO_PAGADO})
"""Nothing was sold yet: only who would buy sees them, with their purchase."""

TONOS = {
    "por_pagar": "aviso",
    "confirmado": "aviso",
    "pagado": "aviso",
    "en_preparacion": "aviso",
    "despachado": "info",
    "entregado": "bien",
    "concluido": "bien",
    "cancelado": "mal",
    "no_pagado": "mal",
}


class ClaseDeCargo(StrEnum):
    """What somebody pays of an order. `PORTE` is postage; `AJUSTE` a correction that both agreed on."""

    BIENES = "bienes"
    PORTE = "porte"
    DESCUENTO = "descuento"
    AJUSTE = "ajuste"
    COMISION = "comision"

    @property
    def texto(self) -> str:
        return str(_DE_CARGO[self])


_DE_CARGO = {
    ClaseDeCargo.BIENES: _l("Productos"),
    ClaseDeCargo.PORTE: _l("Envío"),
    ClaseDeCargo.DESCUENTO: _l("Descuento"),
    ClaseDeCargo.AJUSTE: _l("Ajuste"),
    ClaseDeCargo.COMISION: _l("Comisión"),
}


class Paga(StrEnum):
    """Who bears a charge: what the buyer does is in the order's total, what the seller does comes off what
    they get."""

    COMPRADOR = "comprador"
    VENDEDOR = "vendedor"
    PLATAFORMA = "plataforma"


class Quien(StrEnum):
    """Who took a step of an order, as both sides are told."""

    COMPRADOR = "comprador"
    VENDEDOR = "vendedor"
    CORREO = "correo"
    AUTORIDAD = "autoridad"
    PLATAFORMA = "plataforma"  # time that passed, or money that came

    @property
    def texto(self) -> str:
        return str(_QUIENES[self])


_QUIENES = {
    Quien.COMPRADOR: _l("Quien compró"),
    Quien.VENDEDOR: _l("Quien vende"),
    Quien.CORREO: _l("El correo"),
    Quien.AUTORIDAD: _l("La autoridad"),
    Quien.PLATAFORMA: _l("Qhatu"),
}


class Recibe(StrEnum):
    """Whose money a charge is in the end."""

    VENDEDOR = "vendedor"
    OPERADOR = "operador"
    PLATAFORMA = "plataforma"


class EstadoServicio(StrEnum):
    AGENDADO = "agendado"
    PRESTADO = "prestado"
    CONFORME = "conforme"
    ANULADO = "anulado"

    @property
    def texto(self) -> str:
        return str(_DE_SERVICIO[self])


_DE_SERVICIO = {
    EstadoServicio.AGENDADO: _l("Por hacer"),
    EstadoServicio.PRESTADO: _l("Hecho, falta la conformidad"),
    EstadoServicio.CONFORME: _l("Conforme"),
    EstadoServicio.ANULADO: _l("No se hizo"),
}

VIDA_SERVICIO = Vida(
    "comercio_servicio",
    EstadoServicio,
    {
        EstadoServicio.AGENDADO: {
            EstadoServicio.PRESTADO,
            EstadoServicio.CONFORME,
            EstadoServicio.ANULADO,
        },
        EstadoServicio.PRESTADO: {EstadoServicio.CONFORME, EstadoServicio.ANULADO},
    },
    nace={EstadoServicio.AGENDADO},
    fines={EstadoServicio.CONFORME, EstadoServicio.ANULADO},
    nombre=lambda estado: estado.texto.lower(),
)
