"""What a movement of the bank is: a rule says, or it waits for a person. Nothing is paid by a guess.

A withdrawal is known by its end-to-end id, and a batch booked as one by the payment order's id (`PmtInfId`)
and its total. A reversal never pays nor returns: somebody asks the bank.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session

from nucleo.actor import Autorizacion
from nucleo.dinero import a_centavos
from pagos.banco.camt import Detalle, Entrada
from pagos.banco.identidad import DE_LA_ENTRADA, claves_de_detalles
from pagos.banco.modelos import EfectoDeBanco
from pagos.banco.palabras import causa_en_palabras
from pagos.libro import ErrorDePago
from pagos.retiros import MONEDA, EstadoRetiro, terminar
from pagos.retiros.modelos import LoteDeRetiros, Retiro

_EXTREMO = re.compile(r"qr[0-9a-f]{32}")
_LOTE = re.compile(r"[0-9a-f]{32}")
_SIN_CONTABILIZAR = frozenset({"PDNG", "INFO", "FUTR"})
PAGO, DEVOLUCION = "pago", "devolucion"
CONCILIAN = frozenset({"pagado", "lote_pagado", "confirmado", "devuelto", "devuelto_tarde", "doble_devuelto"})


@dataclass(frozen=True, slots=True)
class Parte:
    """What is matched: a transaction, or an entry that has none. `extremo` is written as ours are."""

    clave: bytes
    extremo: str | None
    lote: UUID | None
    detalle: Detalle | None
    centavos: int | None
    moneda: str
    sentido: str


@dataclass(slots=True)
class Conocidos:
    """What a file names, locked, and what is known of it. `efectos`: which movement paid or returned each;
    `dobles`: the second payments of each withdrawal that the bank has not returned, oldest first."""

    retiros: dict[str, Retiro]
    lotes: dict[UUID, LoteDeRetiros]
    efectos: dict[tuple[UUID, str], UUID] = field(default_factory=dict)
    dobles: dict[UUID, list[UUID]] = field(default_factory=dict)
    lotes_dobles: set[UUID] = field(default_factory=set)  # paid whole a second time

    def del_lote(self, lote_id: UUID) -> list[Retiro]:
        return [r for r in self.retiros.values() if r.lote_id == lote_id]


def extremo_nuestro(escrito: str | None) -> str | None:
    """As we write it, whatever case the bank used; another's, as it came."""
    if escrito and _EXTREMO.fullmatch(escrito.lower()):
        return "QR" + escrito[2:].lower()
    return escrito


def lote_nombrado(entrada: Entrada) -> UUID | None:
    """The payment order of ours that an entry names, by itself or by all of its transactions."""
    nombrados = {entrada.lote} if entrada.lote else {d.lote for d in entrada.detalles}
    unico = nombrados.pop() if len(nombrados) == 1 else None
    return UUID(unico) if unico and _LOTE.fullmatch(unico.lower()) else None


def partes_de(entrada: Entrada, lotes: Iterable[UUID]) -> list[Parte]:
    """Its transactions; or the entry whole when it has none, or is a batch of ours without their ids."""
    lote = lote_nombrado(entrada)
    sin_extremos = not any(d.extremo for d in entrada.detalles)
    if not entrada.detalles or (sin_extremos and lote in set(lotes)):
        unico = entrada.detalles[0] if len(entrada.detalles) == 1 else None
        entero = entrada.monto
        return [Parte(DE_LA_ENTRADA, None, lote, unico, entero.centavos, entero.moneda, entrada.sentido)]
    partes = []
    for clave, detalle in zip(claves_de_detalles(entrada.detalles), entrada.detalles, strict=True):
        monto = detalle.monto or (entrada.monto if len(entrada.detalles) == 1 else None)
        centavos, moneda = (monto.centavos, monto.moneda) if monto else (None, entrada.monto.moneda)
        extremo = extremo_nuestro(detalle.extremo)
        partes.append(Parte(clave, extremo, None, detalle, centavos, moneda, detalle.sentido))
    return partes


def _cuadra(entrada: Entrada) -> bool:
    """Whether its transactions add up to what it moved, its charges aside; yes when they do not say."""
    montos = [d.monto for d in entrada.detalles]
    if not montos or any(m is None or m.centavos is None or m.moneda != entrada.monto.moneda for m in montos):
        return True
    suma = sum(
        (m.centavos or 0) * (1 if d.sentido == entrada.sentido else -1)
        for m, d in zip(montos, entrada.detalles, strict=True)
        if m is not None
    )
    return entrada.monto.centavos in (suma, suma + (entrada.cargos or 0), suma - (entrada.cargos or 0))


class Conciliacion:
    """The rules, over what one file names."""

    def __init__(self, sesion: Session, autorizacion: Autorizacion, conocidos: Conocidos) -> None:
        self._sesion, self._autorizacion, self._conocidos = sesion, autorizacion, conocidos
        self.efectos: list[EfectoDeBanco] = []

    def juzgar(self, entrada: Entrada, parte: Parte, id: UUID) -> tuple[str, UUID | None]:
        """What it is, a key of `EXPLICACIONES`, and the second payment that it undoes, if it does."""
        if entrada.estado in _SIN_CONTABILIZAR:
            return "no_contabilizado", None
        lote = self._conocidos.lotes.get(parte.lote) if parte.lote else None
        retiro = self._conocidos.retiros.get(parte.extremo or "")
        if lote is None and retiro is None:
            return "desconocido" if parte.extremo else "sin_referencia", None
        if entrada.estado != "BOOK" or parte.sentido not in ("DBIT", "CRDT"):
            return "incompleto", None
        devuelve = parte.detalle is not None and parte.detalle.causa is not None
        if entrada.reverso or (devuelve and parte.sentido == "DBIT"):
            return "reverso", None
        if parte.moneda != MONEDA:
            return "moneda_distinta", None
        if lote is not None:
            return self._del_lote(parte, lote, id), None
        assert retiro is not None
        if parte.centavos != a_centavos(retiro.monto):
            return "monto_distinto", None
        if not _cuadra(entrada):
            return "no_cuadra", None
        if retiro.estado == EstadoRetiro.PEDIDO:
            return "no_enviado", None
        if parte.sentido == "DBIT":
            return self._pago(retiro, id), None
        return self._devolucion(retiro, parte, id)

    def _pago(self, retiro: Retiro, id: UUID) -> str:
        if self._tiene(retiro, PAGO):
            self._conocidos.dobles.setdefault(retiro.id, []).append(id)
            return "pagado_dos_veces"
        if retiro.estado == EstadoRetiro.EN_LOTE:
            terminar(self._sesion, retiro, EstadoRetiro.PAGADO, self._autorizacion)
            self._anotar(retiro, PAGO, id)
            return "pagado"
        devuelto = retiro.estado == EstadoRetiro.RECHAZADO and self._tiene(retiro, DEVOLUCION)
        if devuelto or retiro.estado in (EstadoRetiro.PAGADO, EstadoRetiro.DEVUELTO):
            self._anotar(retiro, PAGO, id)
            return "confirmado"
        return "ya_terminado"

    def _devolucion(self, retiro: Retiro, parte: Parte, id: UUID) -> tuple[str, UUID | None]:
        dobles = self._conocidos.dobles.get(retiro.id)
        if dobles:
            return "doble_devuelto", dobles.pop(0)
        if retiro.lote_id in self._conocidos.lotes_dobles:
            return "reverso", None  # it may be of the second payment of all
        if self._tiene(retiro, DEVOLUCION):
            return "devuelto_dos_veces", None
        if retiro.estado in (EstadoRetiro.EN_LOTE, EstadoRetiro.PAGADO):
            tarde = retiro.estado == EstadoRetiro.PAGADO
            motivo = causa_en_palabras(parte.detalle.causa if parte.detalle else None)
            a = EstadoRetiro.DEVUELTO if tarde else EstadoRetiro.RECHAZADO
            try:
                with self._sesion.begin_nested():
                    terminar(self._sesion, retiro, a, self._autorizacion, motivo)
            except ErrorDePago:  # such as an account closed meanwhile
                self._sesion.refresh(retiro)
                return "devuelto_sin_cuenta", None
            self._anotar(retiro, DEVOLUCION, id)
            return "devuelto_tarde" if tarde else "devuelto", None
        if retiro.estado in (EstadoRetiro.RECHAZADO, EstadoRetiro.DEVUELTO):
            self._anotar(retiro, DEVOLUCION, id)
            return "confirmado", None
        return "ya_terminado", None

    def _del_lote(self, parte: Parte, lote: LoteDeRetiros, id: UUID) -> str:
        if parte.sentido == "CRDT":
            return "reverso"
        todos = self._conocidos.del_lote(lote.id)
        por_pagar = [r for r in todos if r.estado == EstadoRetiro.EN_LOTE]
        if por_pagar and parte.centavos == _suma(por_pagar):
            for retiro in por_pagar:
                self._pago(retiro, id)
            return "lote_pagado"
        if parte.centavos != a_centavos(lote.total):
            return "monto_distinto"
        if any(self._tiene(r, PAGO) for r in todos):
            if por_pagar:
                return "lote_en_parte"
            self._conocidos.lotes_dobles.add(lote.id)
            return "pagado_dos_veces"
        pagados = {EstadoRetiro.PAGADO, EstadoRetiro.DEVUELTO}
        if all(r.estado in pagados for r in todos):
            for retiro in todos:
                self._anotar(retiro, PAGO, id)
            return "confirmado"
        return "lote_en_parte"

    def _tiene(self, retiro: Retiro, efecto: str) -> bool:
        return (retiro.id, efecto) in self._conocidos.efectos

    def _anotar(self, retiro: Retiro, efecto: str, id: UUID) -> None:
        self._conocidos.efectos[retiro.id, efecto] = id
        self.efectos.append(EfectoDeBanco(retiro_id=retiro.id, efecto=efecto, movimiento_id=id))


def _suma(retiros: Sequence[Retiro]) -> int:
    return sum(a_centavos(r.monto) for r in retiros)
