"""The ledger's façade: one call of `pagos_transferir`, inside the caller's transaction.

The batch goes to PostgreSQL as parallel binary arrays.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import repeat
from typing import Any, NamedTuple, cast
from uuid import UUID

import psycopg
from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import limite_en_palabras
from nucleo.actor import Actor, Autorizacion
from nucleo.arreglos import Int2s, Int4s, Int8s, Logicos, Uuids
from nucleo.dinero import a_centavos
from nucleo.errores import NoDisponible
from nucleo.textos import gettext as _
from pagos.libro.errores import ErrorDePago, LimiteDeMandato, TransferenciaEnCurso, error_de
from pagos.libro.tipos import TIPO_POR_NOMBRE, Codigo, NombreTipo


class SolicitudTransferencia(NamedTuple):
    """One transfer to make. `id` is the idempotency key, kept for ever.

    For `confirma` and `anula`, `debito` and `credito` may stay 0 (those of the pending transfer) and `monto`
    None (all of it). `vence_en_s`: seconds a pending transfer waits before it frees the money by itself.
    `enlazada`: this one and the next are all or nothing.
    """

    id: UUID
    codigo: Codigo | int
    debito: int = 0
    credito: int = 0
    monto: Money | None = None
    referencia: UUID | None = None
    tipo: NombreTipo = "simple"
    pendiente_id: UUID | None = None
    vence_en_s: int | None = None
    enlazada: bool = False


class Resultado(NamedTuple):
    """The ledger's answer to one request, in its order. `numero` and `creada_en` only when `hecha`."""

    id: UUID
    codigo: str
    numero: int | None = None
    creada_en: datetime | None = None

    @property
    def hecha(self) -> bool:
        """The transfer is in the ledger: made now (`ok`) or by an equal earlier request (`existe`)."""
        return self.codigo in ("ok", "existe")


def transferir(
    sesion: Session,
    solicitudes: Sequence[SolicitudTransferencia],
    autorizacion: Autorizacion | Actor | Sequence[Autorizacion],
) -> list[Resultado]:
    """Apply a batch of up to 8192 transfers in order, one result each; only `ok` ones moved money.

    `autorizacion` is that of all, or one for each. Never raises for a refused transfer. Raises
    `TransferenciaEnCurso` in the rare case that another open transaction is using one of the ids with other
    accounts, and `NoDisponible` when the accounts stay locked for too long: either way the caller's whole
    transaction must be retried.
    """
    if not solicitudes:
        return []
    if isinstance(autorizacion, Autorizacion | Actor):
        autorizacion = [_acto(autorizacion)] * len(solicitudes)
    parametros = empaquetar(solicitudes, autorizacion)
    try:
        fila = conexion_psycopg(sesion).cursor(binary=True).execute(TRANSFERIR, parametros).fetchone()
    except psycopg.errors.UniqueViolation as error:
        raise TransferenciaEnCurso(_("Espere unos segundos y repita la misma operación.")) from error
    except psycopg.OperationalError as error:
        raise NoDisponible(_("El servicio de pagos está ocupado. Repita la misma operación.")) from error
    return desempaquetar([s.id for s in solicitudes], fila)


def conexion_psycopg(sesion: Session) -> psycopg.Connection[Any]:
    """The driver's connection under the session, inside the same transaction."""
    return cast("psycopg.Connection[Any]", sesion.connection().connection.driver_connection)


def exigir_transferencia(
    sesion: Session,
    solicitudes: SolicitudTransferencia | Sequence[SolicitudTransferencia],
    autorizacion: Autorizacion | Actor | Sequence[Autorizacion],
) -> list[Resultado]:
    """The same, all or nothing: the requests go as one chain, and the first refusal raises its domain error
    (`FondosInsuficientes`, `LimiteSuperado`, …). A batch repeated whole succeeds with what is stored."""
    lista = [solicitudes] if isinstance(solicitudes, SolicitudTransferencia) else list(solicitudes)
    resultados = transferir(sesion, encadenar(lista), autorizacion)
    if not all(r.hecha for r in resultados):
        causas = [
            (r.codigo, lugar)
            for lugar, r in enumerate(resultados)
            if r.codigo not in ("ok", "existe", "cadena_fallida")
        ]
        causa, lugar = causas[0] if causas else ("existe", 0)
        quien = autorizacion if isinstance(autorizacion, Autorizacion | Actor) else autorizacion[lugar]
        raise explicar(sesion, causa, _acto(quien))
    return resultados


def explicar(sesion: Session, resultado: str, autorizacion: Autorizacion) -> ErrorDePago:
    """The domain error of a refusal; of a limit of who pays, with what is left of it and who can raise it."""
    if resultado.startswith("limite_de_mandato") and autorizacion.cadena:
        return LimiteDeMandato(limite_en_palabras(sesion, autorizacion, resultado), resultado=resultado)
    return error_de(resultado)


def encadenar(solicitudes: Sequence[SolicitudTransferencia]) -> list[SolicitudTransferencia]:
    """The same requests joined in one all-or-nothing chain."""
    ultima = len(solicitudes) - 1
    return [
        s if s.enlazada == (i < ultima) else s._replace(enlazada=i < ultima)
        for i, s in enumerate(solicitudes)
    ]


# --- The wire -----------------------------------------------------------------------------------------------


TRANSFERIR = (
    "SELECT codigos, numeros, creadas, instante FROM pagos_transferir("
    "%b::uuid[], %b::bigint[], %b::bigint[], %b::bigint[], %b::smallint[], %b::smallint[], %b::boolean[], "
    "%b::uuid[], %b::integer[], %b::uuid[], %b::uuid[], %b::uuid[], %b::uuid[], %b::uuid[])"
)


def empaquetar(
    solicitudes: Sequence[SolicitudTransferencia], actos: Sequence[Autorizacion]
) -> tuple[list[Any] | None, ...]:
    """The parameters of `TRANSFERIR`: fourteen parallel arrays; one without any value goes as NULL."""
    assert len(actos) == len(solicitudes)
    return (
        Uuids([s.id for s in solicitudes]),
        Int8s([s.debito for s in solicitudes]),
        Int8s([s.credito for s in solicitudes]),
        Int8s([0 if s.monto is None else a_centavos(s.monto) for s in solicitudes]),
        Int2s([s.codigo for s in solicitudes]),
        Int2s([TIPO_POR_NOMBRE[s.tipo] for s in solicitudes]),
        Logicos([s.enlazada for s in solicitudes]),
        _uuids_o_nada([s.pendiente_id for s in solicitudes]),
        _o_nada(Int4s([s.vence_en_s for s in solicitudes])),
        _uuids_o_nada([s.referencia for s in solicitudes]),
        _uuids_o_nada([a.actor.id for a in actos]),
        _uuids_o_nada([a.unidad_id for a in actos]),
        _uuids_o_nada([a.mandato_id for a in actos]),
        _uuids_o_nada([a.cadena[1] if len(a.cadena) > 1 else None for a in actos]),
    )


def _acto(autorizacion: Autorizacion | Actor) -> Autorizacion:
    return Autorizacion.propia(autorizacion) if isinstance(autorizacion, Actor) else autorizacion


def _o_nada(valores: list[Any]) -> list[Any] | None:
    return valores if any(v is not None for v in valores) else None


def _uuids_o_nada(valores: list[UUID | None]) -> list[Any] | None:
    return _o_nada(Uuids(valores))


def desempaquetar(ids: Sequence[UUID], fila: Any) -> list[Resultado]:
    """The answers, in the order of the requests."""
    codigos, numeros, creadas, instante = fila
    assert len(codigos) == len(ids)
    if numeros is None:
        return [Resultado(i, c) for i, c in zip(ids, codigos, strict=True)]
    if creadas is None:
        creadas = repeat(None, len(ids))
    return [
        Resultado(i, c, n, (e or instante) if n is not None else None)
        for i, c, n, e in zip(ids, codigos, numeros, creadas, strict=True)
    ]
