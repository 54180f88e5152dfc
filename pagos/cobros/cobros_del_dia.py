"""What an account of a unit collected on a day of Bolivia: totals by reason and by hour, what went back, what
commissions took, and each charge."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session, col, select

from empresa_digital.registro import Facultad, unidades_de
from nucleo.actor import Actor
from nucleo.archivos.tablas import celda
from nucleo.dinero import a_centavos, cero
from nucleo.errores import Prohibido
from nucleo.paginacion import CursorPedido, paginar
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _
from pagos.devoluciones import devuelto_de
from pagos.extractos import numero
from pagos.libro import (
    NOMBRE_DE_CODIGO,
    Codigo,
    CuentaPropia,
    TipoCuenta,
    TipoTransferencia,
    cuentas_de_unidades,
    nombre_para_su_unidad,
    nombres_de_cuentas,
)
from pagos.libro.modelos import Transferencia

COBROS = (
    Codigo.ENVIO,
    Codigo.PAGO_PEDIDO,
    Codigo.PAGO_COMERCIO,
    Codigo.PAGO_ESTADO,
    Codigo.PAGO_CONTRATO,
    Codigo.PLANILLA,
)
FIRMES = (TipoTransferencia.SIMPLE, TipoTransferencia.CONFIRMA)
POR_TANDA = 500


def cuentas_que_cobran(sesion: Session, actor: Actor) -> list[CuentaPropia]:
    """The accounts of the units that the actor sells or pays for; where an entity collects goes first."""
    unidades = {u.id: u for f in (Facultad.VENDER, Facultad.PAGAR) for u in unidades_de(sesion, actor, f)}
    cuentas = cuentas_de_unidades(sesion, unidades)
    cuentas.sort(key=lambda c: (c.tipo != TipoCuenta.RECAUDACION, c.id))
    return [CuentaPropia(c, nombre_para_su_unidad(unidades[c.titular_id], c), c.titular_id) for c in cuentas]


def exigir_cuenta_que_cobra(sesion: Session, actor: Actor, cuenta_id: int) -> CuentaPropia:
    """Raises `Prohibido`."""
    for cuenta in cuentas_que_cobran(sesion, actor):
        if cuenta.id == cuenta_id:
            return cuenta
    raise Prohibido(_("Esa cuenta no es de una unidad por la que usted venda o pague."))


@dataclass(frozen=True, slots=True)
class Motivo:
    """How many charges for a reason, and their centavos."""

    codigo: int
    cuantos: int
    monto: int


@dataclass(frozen=True, slots=True)
class Dia:
    """Centavos. `otros` entered without being a charge (a top-up, an adjustment, a refund to the unit)."""

    dia: date
    cobrado: int
    cuantos: int
    devuelto: int
    comisiones: int
    otros: int
    por_motivo: list[Motivo]
    por_hora: list[int]

    @property
    def neto(self) -> int:
        """What the unit keeps of the day's charges: without what went back and their commissions that day."""
        return self.cobrado - self.devuelto - self.comisiones


_MOVIMIENTOS = text(
    """
    WITH tramo AS MATERIALIZED (
        SELECT coalesce(pagos_numero_en(:cuenta, :antes), 0) AS desde,
               coalesce(pagos_numero_en(:cuenta, :fin), 0) AS hasta
    ), del_dia AS (
        SELECT true AS entra, t.codigo, t.creada_en, t.monto FROM pagos_transferencia t, tramo
        WHERE t.credito = :cuenta AND t.tipo IN (1, 3) AND t.numero > desde AND t.numero <= hasta
        UNION ALL
        SELECT false, t.codigo, t.creada_en, t.monto FROM pagos_transferencia t, tramo
        WHERE t.debito = :cuenta AND t.tipo IN (1, 3) AND t.numero > desde AND t.numero <= hasta
          -- What taking money to a bank costs is no cost of the day's charges.
          AND NOT (t.codigo = 101 AND EXISTS (SELECT FROM pagos_retiro r WHERE r.id = t.referencia))
    )
    SELECT entra, codigo, extract(hour FROM creada_en AT TIME ZONE 'America/La_Paz')::int AS hora,
           count(*) AS cuantos, sum(monto)::bigint AS monto
    FROM del_dia GROUP BY 1, 2, 3
    """
)


def _tramo(dia: date) -> dict[str, datetime]:
    """The last instants before the day and of the day."""
    inicio, paso = datetime.combine(dia, time.min, ZONA), timedelta(microseconds=1)
    return {"antes": inicio - paso, "fin": inicio + timedelta(days=1) - paso}


def resumen_del_dia(sesion: Session, cuenta_id: int, dia: date) -> Dia:
    filas = sesion.connection().execute(_MOVIMIENTOS, {"cuenta": cuenta_id} | _tramo(dia)).all()
    cobros = [f for f in filas if f.entra and f.codigo in COBROS]
    motivos = [
        Motivo(
            codigo,
            sum(f.cuantos for f in cobros if f.codigo == codigo),
            sum(f.monto for f in cobros if f.codigo == codigo),
        )
        for codigo in COBROS
    ]
    return Dia(
        dia=dia,
        cobrado=sum(f.monto for f in cobros),
        cuantos=sum(f.cuantos for f in cobros),
        devuelto=sum(f.monto for f in filas if not f.entra and f.codigo == Codigo.DEVOLUCION),
        comisiones=sum(f.monto for f in filas if not f.entra and f.codigo == Codigo.COMISION),
        otros=sum(f.monto for f in filas if f.entra and f.codigo not in COBROS),
        por_motivo=[m for m in motivos if m.cuantos],
        por_hora=[sum(f.monto for f in cobros if f.hora == hora) for hora in range(24)],
    )


@dataclass(frozen=True, slots=True)
class Cobro:
    """A charge; `devuelto` of what was paid from an account (a card's refund is on its payment)."""

    id: UUID
    pagador: str
    codigo: int
    monto: Money
    devuelto: Money
    creada_en: datetime


_NUMEROS = text(
    """
    SELECT coalesce(pagos_numero_en(:cuenta, :antes), 0), coalesce(pagos_numero_en(:cuenta, :fin), 0)
    """
)


def cobros_de(
    sesion: Session, cuenta_id: int, dia: date, pagina: CursorPedido
) -> tuple[list[Cobro], str | None]:
    """A page of the day's charges, newest first."""
    numeros = sesion.connection().execute(_NUMEROS, {"cuenta": cuenta_id} | _tramo(dia))
    desde, hasta = numeros.one()
    consulta: Any = select(Transferencia).where(
        Transferencia.credito == cuenta_id,
        col(Transferencia.tipo).in_(FIRMES),
        col(Transferencia.codigo).in_(COBROS),
        Transferencia.numero > desde,
        Transferencia.numero <= hasta,
    )
    filas, siguiente = paginar(sesion, consulta, pagina, columnas=(col(Transferencia.numero),))
    nombres = nombres_de_cuentas(sesion, {t.debito for t in filas})
    devuelto = devuelto_de(sesion, [t.id for t in filas])
    cobros = [
        Cobro(t.id, nombres.get(t.debito, ""), t.codigo, t.monto, devuelto.get(t.id, cero()), t.creada_en)
        for t in filas
    ]
    return cobros, siguiente


def csv_del_dia(sesion: Session, cuenta_id: int, dia: date) -> Iterator[bytes]:
    """Every charge of the day for a spreadsheet, in pieces."""
    salida = io.StringIO()
    escritor = csv.writer(salida, delimiter=";", lineterminator="\r\n")
    titulos = [_("Hora"), _("De"), _("Motivo"), _("Monto"), _("Devuelto"), _("Identificador")]
    escritor.writerow(titulos)
    yield b"\xef\xbb\xbf"
    cursor: str | None = None
    while True:
        cobros, cursor = cobros_de(sesion, cuenta_id, dia, CursorPedido(cursor, POR_TANDA))
        for c in cobros:
            hora = f"{c.creada_en.astimezone(ZONA):%H:%M:%S}"
            motivo = str(NOMBRE_DE_CODIGO.get(c.codigo, ""))
            escritor.writerow(
                [
                    hora,
                    celda(c.pagador),
                    motivo,
                    numero(a_centavos(c.monto)),
                    numero(a_centavos(c.devuelto)),
                    str(c.id),
                ]
            )
        yield salida.getvalue().encode()
        salida.seek(0)
        salida.truncate()
        if cursor is None:
            return
