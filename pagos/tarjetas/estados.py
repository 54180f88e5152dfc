"""The life of a payment by card and of its refunds: every state and every allowed step, in one place.

The same tables are enforced by triggers (migrations/versions/0008_pasarela.py).
"""

from enum import StrEnum


class Estado(StrEnum):
    """Where a payment is. What is not over is looked at again by the sweep until it is."""

    CREADO = "creado"  # written down; the gateway has not been asked yet
    AMBIGUO = "ambiguo"  # asked, and no answer: it may have charged or not
    REQUIERE_ACCION = "requiere_accion"  # the person must do something at the gateway (pay, authenticate)
    PROCESANDO = "procesando"  # the bank has not decided
    PAGADO = "pagado"  # charged exactly what we asked, and credited once
    RECHAZADO = "rechazado"
    CANCELADO = "cancelado"
    OBSERVADO = "observado"  # charged something else, or it could not be credited: a regulator decides


class EstadoReembolso(StrEnum):
    CREADO = "creado"
    AMBIGUO = "ambiguo"
    PROCESANDO = "procesando"
    HECHO = "hecho"
    FALLIDO = "fallido"
    REVERTIDO = "revertido"  # the bank gave it back after saying yes


class EstadoDisputa(StrEnum):
    ABIERTA = "abierta"
    GANADA = "ganada"
    PERDIDA = "perdida"


_FINES = {Estado.PAGADO, Estado.RECHAZADO, Estado.CANCELADO, Estado.OBSERVADO}

# A charge that turns up after we gave it up is still the person's money: rechazado and cancelado may end as
# pagado or observado. Those two are final.
TRANSICIONES: dict[Estado, frozenset[Estado]] = {
    Estado.CREADO: frozenset({Estado.AMBIGUO, Estado.REQUIERE_ACCION, Estado.PROCESANDO, *_FINES}),
    Estado.AMBIGUO: frozenset({Estado.REQUIERE_ACCION, Estado.PROCESANDO, *_FINES}),
    Estado.REQUIERE_ACCION: frozenset({Estado.PROCESANDO, *_FINES}),
    Estado.PROCESANDO: frozenset({Estado.REQUIERE_ACCION, *_FINES}),
    Estado.RECHAZADO: frozenset({Estado.PAGADO, Estado.OBSERVADO}),
    Estado.CANCELADO: frozenset({Estado.PAGADO, Estado.OBSERVADO}),
    Estado.PAGADO: frozenset(),
    Estado.OBSERVADO: frozenset(),
}
ABIERTOS = frozenset(set(Estado) - _FINES)
FALLIDOS = frozenset({Estado.RECHAZADO, Estado.CANCELADO})

TRANSICIONES_REEMBOLSO: dict[EstadoReembolso, frozenset[EstadoReembolso]] = {
    EstadoReembolso.CREADO: frozenset(
        {
            EstadoReembolso.AMBIGUO,
            EstadoReembolso.PROCESANDO,
            EstadoReembolso.HECHO,
            EstadoReembolso.FALLIDO,
        }
    ),
    EstadoReembolso.AMBIGUO: frozenset(
        {EstadoReembolso.PROCESANDO, EstadoReembolso.HECHO, EstadoReembolso.FALLIDO}
    ),
    EstadoReembolso.PROCESANDO: frozenset({EstadoReembolso.HECHO, EstadoReembolso.FALLIDO}),
    EstadoReembolso.HECHO: frozenset({EstadoReembolso.REVERTIDO}),
    EstadoReembolso.FALLIDO: frozenset(),
    EstadoReembolso.REVERTIDO: frozenset(),
}
REEMBOLSOS_ABIERTOS = frozenset({EstadoReembolso.CREADO, EstadoReembolso.AMBIGUO, EstadoReembolso.PROCESANDO})
# These give their amount back to what may still be refunded.
REEMBOLSOS_SIN_EFECTO = frozenset({EstadoReembolso.FALLIDO, EstadoReembolso.REVERTIDO})


class TransicionInvalida(AssertionError):
    """A step that no payment may take: a defect of ours, never of who pays."""


def comprobar_paso(de: str, a: Estado) -> None:
    """Raise `TransicionInvalida` unless a payment may go from `de` to `a`; staying is allowed."""
    if de != a and a not in TRANSICIONES[Estado(de)]:
        raise TransicionInvalida(f"un intento no pasa de {de} a {a}")


def comprobar_paso_de_reembolso(de: str, a: EstadoReembolso) -> None:
    """The same for a refund."""
    if de != a and a not in TRANSICIONES_REEMBOLSO[EstadoReembolso(de)]:
        raise TransicionInvalida(f"un reembolso no pasa de {de} a {a}")
