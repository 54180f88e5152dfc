"""The lives of a payment by card, of its refunds and of a cardholder's claim."""

from enum import StrEnum

from nucleo.vidas import Vida


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


class EstadoRespuesta(StrEnum):
    """Where the evidence against a claim is, on its way to the bank."""

    CREADA = "creada"
    AMBIGUA = "ambigua"
    ENVIADA = "enviada"
    RECHAZADA = "rechazada"  # the gateway did not take it; another may be written while there is time


class EstadoTarjeta(StrEnum):
    """Where a saved card is."""

    CREADA = "creada"  # its holder agreed; the gateway has not opened its page yet
    POR_ESCRIBIR = "por_escribir"  # the gateway's page waits for the card
    GUARDADA = "guardada"
    POR_QUITAR = "por_quitar"  # it can no longer be used here; the gateway has not forgotten it yet
    QUITADA = "quitada"
    DESCARTADA = "descartada"  # it was never written


_FINES = {Estado.PAGADO, Estado.RECHAZADO, Estado.CANCELADO, Estado.OBSERVADO}

# A charge that turns up after we gave it up is still the person's money: rechazado and cancelado may end as
# pagado or observado. Those two are final.
VIDA_INTENTO = Vida(
    "pagos_intento",
    Estado,
    {
        Estado.CREADO: {Estado.AMBIGUO, Estado.REQUIERE_ACCION, Estado.PROCESANDO, *_FINES},
        Estado.AMBIGUO: {Estado.REQUIERE_ACCION, Estado.PROCESANDO, *_FINES},
        Estado.REQUIERE_ACCION: {Estado.PROCESANDO, *_FINES},
        Estado.PROCESANDO: {Estado.REQUIERE_ACCION, *_FINES},
        Estado.RECHAZADO: {Estado.PAGADO, Estado.OBSERVADO},
        Estado.CANCELADO: {Estado.PAGADO, Estado.OBSERVADO},
    },
    nace={Estado.CREADO},
    fines={Estado.PAGADO, Estado.OBSERVADO},
)
ABIERTOS = frozenset(set(Estado) - _FINES)
FALLIDOS = frozenset({Estado.RECHAZADO, Estado.CANCELADO})

_R = EstadoReembolso
VIDA_REEMBOLSO = Vida(
    "pagos_reembolso",
    EstadoReembolso,
    {
        _R.CREADO: {_R.AMBIGUO, _R.PROCESANDO, _R.HECHO, _R.FALLIDO},
        _R.AMBIGUO: {_R.PROCESANDO, _R.HECHO, _R.FALLIDO},
        _R.PROCESANDO: {_R.HECHO, _R.FALLIDO},
        _R.HECHO: {_R.REVERTIDO},
    },
    nace={_R.CREADO},
    fines={_R.FALLIDO, _R.REVERTIDO},
)
REEMBOLSOS_ABIERTOS = frozenset({_R.CREADO, _R.AMBIGUO, _R.PROCESANDO})
# These give their amount back to what may still be refunded.
REEMBOLSOS_SIN_EFECTO = frozenset({_R.FALLIDO, _R.REVERTIDO})

# A bank may change its mind once: what it took comes back, and what was taken for it is given back too.
VIDA_DISPUTA = Vida(
    "pagos_disputa",
    EstadoDisputa,
    {EstadoDisputa.ABIERTA: {EstadoDisputa.GANADA, EstadoDisputa.PERDIDA}},
    nace={EstadoDisputa.ABIERTA},
    fines={EstadoDisputa.GANADA, EstadoDisputa.PERDIDA},
    salvo_si="OLD.estado = 'perdida' AND NEW.estado = 'ganada' AND NEW.recuperada_en IS NOT NULL",
)

_P = EstadoRespuesta
VIDA_RESPUESTA = Vida(
    "pagos_disputa_respuesta",
    EstadoRespuesta,
    {_P.CREADA: {_P.AMBIGUA, _P.ENVIADA, _P.RECHAZADA}, _P.AMBIGUA: {_P.ENVIADA, _P.RECHAZADA}},
    nace={_P.CREADA},
    fines={_P.ENVIADA, _P.RECHAZADA},
)
RESPUESTAS_ABIERTAS = frozenset({_P.CREADA, _P.AMBIGUA})

_T = EstadoTarjeta
VIDA_TARJETA = Vida(
    "pagos_tarjeta",
    EstadoTarjeta,
    {
        _T.CREADA: {_T.POR_ESCRIBIR, _T.DESCARTADA},
        _T.POR_ESCRIBIR: {_T.GUARDADA, _T.POR_QUITAR, _T.DESCARTADA},
        _T.GUARDADA: {_T.POR_QUITAR},
        _T.POR_QUITAR: {_T.QUITADA},
    },
    nace={_T.CREADA},
    fines={_T.QUITADA, _T.DESCARTADA},
)
# They take a place among those that a person may have.
TARJETAS_VIVAS = frozenset({_T.CREADA, _T.POR_ESCRIBIR, _T.GUARDADA})
