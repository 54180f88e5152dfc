"""Batches over HTTP: up to 8.000 transfers in one call of the ledger, independent or all or nothing.

A batch holds its accounts while it is applied, so few run at once and few wait; the next gets 429. Reading
one and answering it are work for a thread: the event loop goes on serving single payments meanwhile.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Container, Mapping, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from sqlmodel import Session

from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import a_centavos, de_centavos
from nucleo.textos import gettext as _
from pagos.libro import (
    Codigo,
    ColaLlena,
    ErrorDePago,
    LoteRechazado,
    LoteVista,
    NuevaTransferencia,
    NuevoLote,
    Resultado,
    ResultadoVista,
    SolicitudTransferencia,
    TipoTitular,
    TransferenciaInvalida,
    codigo_de,
    encadenar,
    error_de,
    exigir_cuenta,
    obtener_cuenta,
    titulares,
    transferir,
)

EN_CURSO_MAXIMO = 2
EN_ESPERA_MAXIMO = 8
ERRORES_MAXIMO = 50  # that one refused body lists


class Turnos:
    """Who may apply a batch now, in this process."""

    def __init__(self, en_curso: int = EN_CURSO_MAXIMO, en_espera: int = EN_ESPERA_MAXIMO) -> None:
        self._semaforo = asyncio.Semaphore(en_curso)
        self._libres = en_curso + en_espera

    @asynccontextmanager
    async def tomar(self) -> AsyncIterator[None]:
        """Wait for a turn. Raises `ColaLlena` when too many wait already."""
        if self._libres == 0:
            raise ColaLlena(_("Hay demasiados lotes en curso. Repita este mismo lote en unos segundos."))
        self._libres -= 1
        try:
            async with self._semaforo:
                yield
        finally:
            self._libres += 1


turnos = Turnos()


def solicitud(pedido: NuevaTransferencia, codigo: Codigo) -> SolicitudTransferencia:
    return SolicitudTransferencia(
        id=pedido.id, debito=pedido.debito, credito=pedido.credito, monto=pedido.monto, codigo=codigo
    )


def leer_lote(cuerpo: bytes) -> NuevoLote:
    """The body of the request. Raises `RequestValidationError`, which is answered as any other body's."""
    try:
        return NuevoLote.model_validate_json(cuerpo)
    except ValidationError as error:
        faltas = error.errors(include_url=False)[:ERRORES_MAXIMO]
        raise RequestValidationError([f | {"loc": ("body", *f["loc"])} for f in faltas]) from error


def aplicar_lote(sesion: Session, actor: Actor, lote: NuevoLote) -> LoteVista:
    """Every transfer of the batch in order, each with its own result; with `atomico`, all or none.

    A mandate's amount limit is compared with all that the batch takes from each account.
    Raises `Prohibido`, `MontoExcedido`, `LoteRechazado` (atomic only), `TransferenciaEnCurso`,
    `NoDisponible`; then nothing moved.
    """
    pedidos = lote.transferencias
    de_quien = titulares(sesion, cuentas_del_lote(lote))
    autorizaciones = _autorizar(sesion, actor, pedidos, de_quien)
    return hacer_lote(sesion, lote, de_quien, [autorizaciones[p.debito] for p in pedidos])


def cuentas_del_lote(lote: NuevoLote) -> set[int]:
    return {p.debito for p in lote.transferencias} | {p.credito for p in lote.transferencias}


def hacer_lote(
    sesion: Session,
    lote: NuevoLote,
    de_quien: Mapping[int, TipoTitular],
    autorizacion: Autorizacion | Sequence[Autorizacion],
) -> LoteVista:
    """The same when it is known whose the accounts are and who may pay: `autorizacion` of all, or of each."""
    pedidos = lote.transferencias
    solicitudes = [solicitud(p, codigo_de(de_quien.get(p.debito), de_quien.get(p.credito))) for p in pedidos]
    if lote.modo == "atomico":
        solicitudes = encadenar(solicitudes)
    resultados = transferir(sesion, solicitudes, autorizacion)
    if lote.modo == "atomico":
        _exigir_todas(resultados)
    return LoteVista(
        modo=lote.modo,
        hechas=len({r.id for r in resultados if r.hecha}),
        rechazadas=sum(not r.hecha for r in resultados),
        resultados=[ResultadoVista.de(r) for r in resultados],
    )


def _autorizar(
    sesion: Session, actor: Actor, pedidos: Sequence[NuevaTransferencia], existen: Container[int]
) -> dict[int, Autorizacion]:
    """By which authorisation each account pays; one that does not exist is left for the ledger to refuse."""
    totales: Counter[int] = Counter()
    for pedido in pedidos:
        totales[pedido.debito] += a_centavos(pedido.monto)
    return {
        i: exigir_cuenta(sesion, actor, obtener_cuenta(sesion, i), de_centavos(total))
        if i in existen
        else Autorizacion.propia(actor)
        for i, total in totales.items()
    }


def _exigir_todas(resultados: Sequence[Resultado]) -> None:
    """Raise for the transfers that made an atomic batch fail; the others only followed."""
    if all(r.hecha for r in resultados):
        return
    causas = {
        i: error_de(r.codigo)
        for i, r in enumerate(resultados)
        if r.codigo not in ("ok", "existe", "cadena_fallida")
    } or _dobles(resultados)
    primera = next(iter(causas.values()), error_de("existe"))
    raise LoteRechazado(
        _("No se hizo ninguna de las %(n)d transferencias. %(causa)s")
        % {"n": len(resultados), "causa": primera.detalle},
        resultado=primera.codigo,
        campos={f"transferencias.{i}": e.detalle for i, e in list(causas.items())[:ERRORES_MAXIMO]} or None,
    )


def _dobles(resultados: Sequence[Resultado]) -> dict[int, ErrorDePago]:
    """Where the batch names an id for the second time. The ledger answers `existe` there, of the first, which
    then fails with the chain: nothing was done before, so that is not what is said."""
    primeras: dict[UUID, int] = {}
    repiten = [(i, primeras.setdefault(r.id, i)) for i, r in enumerate(resultados)]
    return {
        i: TransferenciaInvalida(
            _("Lleva el mismo identificador que transferencias.%(primera)d: dé uno propio a cada pago.")
            % {"primera": primera},
            resultado="id_repetido",
        )
        for i, primera in repiten
        if i != primera
    }
