"""The statement of an account between two Bolivian days, to take away: opening and closing balance, and what
lies between, oldest first.

What it holds is fixed when it is prepared: an account's numbers only grow and its rows never change, so the
rows between two numbers can be read later, page by page, each in a short transaction of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from nucleo.bd import transaccion
from nucleo.dinero import a_centavos, de_centavos
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from pagos.extractos.errores import ExtractoDemasiadoLargo
from pagos.libro import Cuenta, Movimiento, nombres_de_cuentas, saldo_en
from pagos.notas import notas_de

MAXIMO = 50_000
MAXIMO_PDF = 5_000
POR_PAGINA = 1_000

_TOTALES = text(
    """
    SELECT count(*) AS cantidad, count(*) FILTER (WHERE entra) AS abonos,
           coalesce(sum(monto) FILTER (WHERE entra), 0)::bigint AS entradas,
           coalesce(sum(monto) FILTER (WHERE NOT entra), 0)::bigint AS salidas
    FROM (
        (SELECT monto, false AS entra FROM pagos_transferencia
         WHERE debito = :cuenta AND numero > :desde AND numero <= :hasta AND tipo IN (1, 3) LIMIT :tope)
        UNION ALL
        (SELECT monto, true FROM pagos_transferencia
         WHERE credito = :cuenta AND numero > :desde AND numero <= :hasta AND tipo IN (1, 3) LIMIT :tope)
    ) m
    """
)
_PAGINA = text(
    """
    SELECT * FROM (
        (SELECT id, numero, credito AS contraparte, false AS entra, monto, saldo_debito AS saldo, creada_en,
                codigo, tipo, referencia, pendiente_id
         FROM pagos_transferencia
         WHERE debito = :cuenta AND numero > :desde AND numero <= :hasta AND tipo IN (1, 3)
         ORDER BY numero LIMIT :limite)
        UNION ALL
        (SELECT id, numero, debito, true, monto, saldo_credito, creada_en,
                codigo, tipo, referencia, pendiente_id
         FROM pagos_transferencia
         WHERE credito = :cuenta AND numero > :desde AND numero <= :hasta AND tipo IN (1, 3)
         ORDER BY numero LIMIT :limite)
    ) m ORDER BY numero LIMIT :limite
    """
)


@dataclass(frozen=True, slots=True)
class Extracto:
    """A prepared statement. Amounts in centavos; days of Bolivia, both included."""

    cuenta_id: int
    titular: str
    desde: date
    hasta: date
    preparado_en: datetime
    tras_numero: int
    hasta_numero: int
    saldo_inicial: int
    saldo_final: int
    cantidad: int
    abonos: int
    entradas: int
    salidas: int

    @property
    def nombre_de_archivo(self) -> str:
        return f"qhatu-{self.cuenta_id}-{self.desde:%Y%m%d}-{self.hasta:%Y%m%d}"

    @property
    def inicio(self) -> datetime:
        return datetime.combine(self.desde, time.min, ZONA)

    @property
    def fin(self) -> datetime:
        """Where it ends: the last second of its last day, or when it was prepared if that day goes on."""
        cierre = datetime.combine(self.hasta, time(23, 59, 59), ZONA)
        return min(cierre, self.preparado_en.astimezone(ZONA))

    def lineas(self) -> Iterator[tuple[Movimiento, str, str]]:
        """Each movement, oldest first, with the name of the other party and what it was for, if it was said;
        read in short transactions."""
        desde = self.tras_numero
        corrido = self.saldo_inicial
        while True:
            with transaccion() as sesion:
                parametros: dict[str, Any] = {
                    "cuenta": self.cuenta_id,
                    "desde": desde,
                    "hasta": self.hasta_numero,
                    "limite": POR_PAGINA,
                }
                filas = [Movimiento(*f) for f in sesion.connection().execute(_PAGINA, parametros)]
                nombres = nombres_de_cuentas(sesion, {m.contraparte for m in filas})
                notas = notas_de(sesion, [m.id for m in filas])
            for m in filas:
                corrido += m.monto if m.entra else -m.monto
                assert corrido == m.saldo, "a statement that does not add up is never handed out"
                yield m, nombres.get(m.contraparte, ""), notas.get(m.id, "")
            if len(filas) < POR_PAGINA:
                assert corrido == self.saldo_final
                return
            desde = filas[-1].numero


def preparar_extracto(
    sesion: Session,
    cuenta: Cuenta,
    desde: date | None = None,
    hasta: date | None = None,
    *,
    maximo: int = MAXIMO,
) -> Extracto:
    """Fix what a statement will hold. Without dates: from the account's opening until today.

    Raises `DatosInvalidos` for a range that is not one, `ExtractoDemasiadoLargo` beyond `maximo` movements.
    """
    assert cuenta.id is not None
    instante = ahora_bd(sesion)
    hoy = fecha_bolivia(instante)
    desde = desde or min(fecha_bolivia(cuenta.creada_en), hasta or hoy)
    hasta = min(hasta or hoy, hoy)
    if desde > hasta:
        falta = _("La fecha final no puede ser anterior a la inicial, ni la inicial futura.")
        raise DatosInvalidos(falta, campos={"hasta": falta})
    antes = datetime.combine(desde, time.min, ZONA) - timedelta(microseconds=1)
    despues = datetime.combine(hasta + timedelta(days=1), time.min, ZONA) - timedelta(microseconds=1)
    tras, hasta_numero = _numero_en(sesion, cuenta.id, antes), _numero_en(sesion, cuenta.id, despues)
    datos = {"cuenta": cuenta.id, "desde": tras, "hasta": hasta_numero, "tope": maximo + 1}
    t: Any = sesion.connection().execute(_TOTALES, datos).one()
    if t.cantidad > maximo:
        falta = _("Tiene más de %(n)s movimientos en esas fechas. Elija un periodo más corto.") % {
            "n": f"{maximo:,}".replace(",", ".")
        }
        raise ExtractoDemasiadoLargo(falta, campos={"hasta": falta})
    inicial = a_centavos(saldo_en(sesion, cuenta.id, antes))
    return Extracto(
        cuenta_id=cuenta.id,
        titular=nombres_de_cuentas(sesion, [cuenta.id])[cuenta.id],
        desde=desde,
        hasta=hasta,
        preparado_en=instante,
        tras_numero=tras,
        hasta_numero=hasta_numero,
        saldo_inicial=inicial,
        saldo_final=inicial + t.entradas - t.salidas,
        cantidad=t.cantidad,
        abonos=t.abonos,
        entradas=t.entradas,
        salidas=t.salidas,
    )


def _numero_en(sesion: Session, cuenta_id: int, instante: datetime) -> int:
    consulta = text("SELECT pagos_numero_en(:cuenta, :instante)")
    numero = sesion.connection().execute(consulta, {"cuenta": cuenta_id, "instante": instante}).scalar_one()
    return int(numero or 0)


def decimal_de(centavos: int) -> str:
    """`1234.50`, as programs read it."""
    return str(de_centavos(centavos).amount.quantize(de_centavos(1).amount))
