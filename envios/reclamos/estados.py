"""The life of a claim about an item, who decides in it, and what it may be about."""

from enum import StrEnum

from envios.reclamos.errores import ReclamoNoAdmite
from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class ClaseReclamo(StrEnum):
    """What went wrong. All but `DEMORA` are about the contents."""

    PERDIDA = "perdida"
    DANO = "dano"
    PERDIDA_PARCIAL = "perdida_parcial"
    DEMORA = "demora"

    @property
    def texto(self) -> str:
        return str(_CLASES[self])


class EstadoReclamo(StrEnum):
    PRESENTADO = "presentado"
    EN_REVISION = "en_revision"  # the operator wrote about it
    ACEPTADO = "aceptado"  # by the operator, by its silence, or what it offered was taken
    RECHAZADO = "rechazado"  # in whole or in part: the decision says what is offered
    ANTE_REGULADOR = "ante_regulador"
    RESUELTO = "resuelto"  # the authority ordered to pay
    PAGADO = "pagado"
    CERRADO = "cerrado"  # nothing is to be paid
    SIN_OBJETO = "sin_objeto"  # what was claimed lost turned up
    RETIRADO = "retirado"

    @property
    def texto(self) -> str:
        return str(_ESTADOS[self])


_E = EstadoReclamo
_DEL_OPERADOR = {_E.ACEPTADO, _E.RECHAZADO, _E.CERRADO, _E.SIN_OBJETO, _E.RETIRADO}

VIDA_RECLAMO = Vida(
    "envios_reclamo",
    EstadoReclamo,
    {
        _E.PRESENTADO: {_E.EN_REVISION, *_DEL_OPERADOR},
        _E.EN_REVISION: _DEL_OPERADOR,
        _E.RECHAZADO: {_E.ANTE_REGULADOR, _E.ACEPTADO, _E.CERRADO, _E.SIN_OBJETO, _E.RETIRADO},
        _E.ANTE_REGULADOR: {_E.RESUELTO, _E.ACEPTADO, _E.CERRADO, _E.SIN_OBJETO, _E.RETIRADO},
        _E.ACEPTADO: {_E.PAGADO},
        _E.RESUELTO: {_E.PAGADO},
    },
    nace={_E.PRESENTADO},
    fines={_E.PAGADO, _E.CERRADO, _E.SIN_OBJETO, _E.RETIRADO},
    nombre=lambda estado: estado.texto,
    error=ReclamoNoAdmite,
)
DEL_OPERADOR = frozenset({_E.PRESENTADO, _E.EN_REVISION})
"""The operator's clock runs."""
SIN_DECIDIR = DEL_OPERADOR | {_E.RECHAZADO, _E.ANTE_REGULADOR}
"""A clock runs, and nothing is owed yet."""
POR_PAGAR = frozenset({_E.ACEPTADO, _E.RESUELTO})


class QuienDecide(StrEnum):
    """Whose decision it is; `SILENCIO` of the operator, `SILENCIO_REGULADOR` of the authority."""

    OPERADOR = "operador"
    SILENCIO = "silencio"
    RECLAMANTE = "reclamante"  # took what was offered, or let the term pass
    REGULADOR = "regulador"
    SILENCIO_REGULADOR = "silencio_regulador"

    @property
    def texto(self) -> str:
        return str(_QUIENES[self])


class Sentido(StrEnum):
    FAVOR = "favor"
    PARTE = "parte"
    CONTRA = "contra"


class Lado(StrEnum):
    """On whose behalf a message is written."""

    RECLAMANTE = "reclamante"
    OPERADOR = "operador"
    REGULADOR = "regulador"

    @property
    def texto(self) -> str:
        return str(_LADOS[self])


_CLASES = {
    ClaseReclamo.PERDIDA: _l("Pérdida"),
    ClaseReclamo.DANO: _l("Daño"),
    ClaseReclamo.PERDIDA_PARCIAL: _l("Falta una parte"),
    ClaseReclamo.DEMORA: _l("Demora"),
}
_ESTADOS = {
    _E.PRESENTADO: _l("Presentado"),
    _E.EN_REVISION: _l("En revisión"),
    _E.ACEPTADO: _l("Aceptado, por pagar"),
    _E.RECHAZADO: _l("Respondido en contra"),
    _E.ANTE_REGULADOR: _l("Ante la autoridad"),
    _E.RESUELTO: _l("Resuelto a favor, por pagar"),
    _E.PAGADO: _l("Pagado"),
    _E.CERRADO: _l("Cerrado sin pago"),
    _E.SIN_OBJETO: _l("El paquete apareció"),
    _E.RETIRADO: _l("Retirado"),
}
_QUIENES = {
    QuienDecide.OPERADOR: _l("El operador"),
    QuienDecide.SILENCIO: _l("El operador no respondió a tiempo"),
    QuienDecide.RECLAMANTE: _l("Quien reclamó"),
    QuienDecide.REGULADOR: _l("La autoridad"),
    QuienDecide.SILENCIO_REGULADOR: _l("La autoridad no resolvió a tiempo"),
}
_LADOS = {
    Lado.RECLAMANTE: _l("Quien reclama"),
    Lado.OPERADOR: _l("El operador"),
    Lado.REGULADOR: _l("La autoridad"),
}
