"""Three lives: that of an order, that of each delivery of it and that of each guarantee.

An order is given, binds once its supplier accepts it (otherwise it falls and the next bid may win), is
received, in one delivery or in many, and ends when what was received is paid, or when nothing was.
"""

from enum import StrEnum

from feria_inversa.contratos.errores import EntregaNoPermite, GarantiaNoPermite, OrdenNoPermite
from nucleo.textos import gettext as _
from nucleo.vidas import Vida


class EstadoOrden(StrEnum):
    POR_ACEPTAR = "por_aceptar"
    VIGENTE = "vigente"
    RECIBIDA = "recibida"
    CONCLUIDA = "concluida"
    RECHAZADA = "rechazada"
    VENCIDA = "vencida"
    RESUELTA = "resuelta"


class EstadoEntrega(StrEnum):
    POR_RECIBIR = "por_recibir"
    RECIBIDA = "recibida"
    DEVUELTA = "devuelta"


class ClaseDeGarantia(StrEnum):
    """What it answers for: that an order is fulfilled, an advance well spent, that a bid was serious."""

    CUMPLIMIENTO = "cumplimiento"
    ANTICIPO = "anticipo"
    SERIEDAD = "seriedad"


class FormaDeGarantia(StrEnum):
    BOLETA = "boleta"
    GARANTIA_A_PRIMER_REQUERIMIENTO = "primer_requerimiento"
    POLIZA = "poliza"


class EstadoGarantia(StrEnum):
    VIGENTE = "vigente"
    RENOVADA = "renovada"
    DEVUELTA = "devuelta"
    EJECUTADA = "ejecutada"
    VENCIDA = "vencida"
    ANULADA = "anulada"


def nombre_clase_garantia(clase: str) -> str:
    """How people read what a guarantee answers for."""
    nombres: dict[str, str] = {
        ClaseDeGarantia.CUMPLIMIENTO: _("Cumplimiento de contrato"),
        ClaseDeGarantia.ANTICIPO: _("Correcta inversión de anticipo"),
        ClaseDeGarantia.SERIEDAD: _("Seriedad de propuesta"),
    }
    return nombres[clase]


def nombre_forma_garantia(forma: str) -> str:
    nombres: dict[str, str] = {
        FormaDeGarantia.BOLETA: _("Boleta de garantía"),
        FormaDeGarantia.GARANTIA_A_PRIMER_REQUERIMIENTO: _("Garantía a primer requerimiento"),
        FormaDeGarantia.POLIZA: _("Póliza de seguro de caución"),
    }
    return nombres[forma]


def nombre_estado_garantia(estado: str) -> str:
    nombres: dict[str, str] = {
        EstadoGarantia.VIGENTE: _("Vigente"),
        EstadoGarantia.RENOVADA: _("Renovada por otra"),
        EstadoGarantia.DEVUELTA: _("Devuelta al proveedor"),
        EstadoGarantia.EJECUTADA: _("Ejecutada por la entidad"),
        EstadoGarantia.VENCIDA: _("Vencida"),
        EstadoGarantia.ANULADA: _("Anulada: se anotó por error"),
    }
    return nombres[estado]


def nombre_estado_orden(estado: str) -> str:
    """How people read the state of an order."""
    nombres: dict[str, str] = {
        EstadoOrden.POR_ACEPTAR: _("Espera al proveedor"),
        EstadoOrden.VIGENTE: _("Aceptada"),
        EstadoOrden.RECIBIDA: _("Recibida, por pagar"),
        EstadoOrden.CONCLUIDA: _("Pagada y concluida"),
        EstadoOrden.RECHAZADA: _("El proveedor la rechazó"),
        EstadoOrden.VENCIDA: _("No se aceptó a tiempo"),
        EstadoOrden.RESUELTA: _("Resuelta sin recibir nada"),
    }
    return nombres[estado]


def nombre_estado_entrega(estado: str) -> str:
    """How people read the state of a delivery."""
    nombres: dict[str, str] = {
        EstadoEntrega.POR_RECIBIR: _("Espera conformidad"),
        EstadoEntrega.RECIBIDA: _("Recibida"),
        EstadoEntrega.DEVUELTA: _("Devuelta"),
    }
    return nombres[estado]


_O, _E, _G = EstadoOrden, EstadoEntrega, EstadoGarantia

# What was received and what was paid are sums that triggers keep; CHECKs say when a state may be.
VIDA_ORDEN = Vida(
    "feria_orden_de_compra",
    EstadoOrden,
    {
        _O.POR_ACEPTAR: {_O.VIGENTE, _O.RECHAZADA, _O.VENCIDA},
        _O.VIGENTE: {_O.RECIBIDA, _O.RESUELTA},
        _O.RECIBIDA: {_O.CONCLUIDA},
    },
    nace={_O.POR_ACEPTAR},
    fines={_O.CONCLUIDA, _O.RECHAZADA, _O.VENCIDA, _O.RESUELTA},
    nombre=nombre_estado_orden,
    error=OrdenNoPermite,
)
# What was ordered waits to be decided again.
ORDENES_CAIDAS = frozenset({_O.RECHAZADA, _O.VENCIDA})

VIDA_ENTREGA = Vida(
    "feria_entrega",
    EstadoEntrega,
    {_E.POR_RECIBIR: {_E.RECIBIDA, _E.DEVUELTA}},
    nace={_E.POR_RECIBIR},
    fines={_E.RECIBIDA, _E.DEVUELTA},
    nombre=nombre_estado_entrega,
    error=EntregaNoPermite,
)

# It answers until its last day, then time ends it; a renewal is another one, which names the one before and
# takes its place on its first day. One written down by mistake is annulled.
VIDA_GARANTIA = Vida(
    "feria_garantia",
    EstadoGarantia,
    {_G.VIGENTE: {_G.RENOVADA, _G.DEVUELTA, _G.EJECUTADA, _G.VENCIDA, _G.ANULADA}},
    nace={_G.VIGENTE},
    fines={_G.RENOVADA, _G.DEVUELTA, _G.EJECUTADA, _G.VENCIDA, _G.ANULADA},
    nombre=nombre_estado_garantia,
    error=GarantiaNoPermite,
)


def tono_orden(estado: str) -> str:
    """The colour family of a state's badge."""
    if estado in ORDENES_CAIDAS or estado == _O.RESUELTA:
        return "mal"
    return "aviso" if estado == _O.POR_ACEPTAR else "bien"
