"""Reads of the regulator's page. None walks the whole ledger: closed days come from their closings, and what
is recent from the last numbers, which lie together on disk."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from nucleo.dinero import a_centavos
from nucleo.paginacion import CursorPedido, paginar
from nucleo.reloj import ahora_bd, fecha_bolivia
from pagos.libro.modelos import Congelamiento, Pendiente
from pagos.supervision.cierre import limites_del_dia
from pagos.supervision.modelos import Cierre, ReglaVelocidad, Verificacion

ULTIMAS = 50_000  # how far back suspicious speed looks, in transfers
LISTADOS = 25
VIEJA = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Dia:
    """What money was posted on a Bolivian day; centavos."""

    dia: date
    contabilizadas: int
    suma: int
    cerrado: bool


def volumen_por_dia(sesion: Session, dias: int = 14) -> list[Dia]:
    """The last days, oldest first, those without payments included."""
    hoy = fecha_bolivia(ahora_bd(sesion))
    desde = hoy - timedelta(days=dias - 1)
    cerrados = sesion.exec(select(Cierre).where(col(Cierre.dia) >= desde)).all()
    hallados = {c.dia: Dia(c.dia, c.contabilizadas, a_centavos(c.suma), True) for c in cerrados}
    ultimo = sesion.connection().execute(text("SELECT max(dia) FROM pagos_cierre")).scalar_one()
    abierto = max(desde, ultimo + timedelta(days=1)) if ultimo else desde
    consulta = text(
        """
        SELECT (creada_en AT TIME ZONE 'America/La_Paz')::date, count(*), sum(monto)::bigint
        FROM pagos_transferencia
        WHERE creada_en >= :inicio AND tipo IN (1, 3) AND codigo NOT BETWEEN 120 AND 129 GROUP BY 1
        """
    )
    datos = {"inicio": limites_del_dia(abierto)[0]}
    for dia, cuantas, suma in sesion.connection().execute(consulta, datos):
        hallados[dia] = Dia(dia, cuantas, suma, False)
    todos = [desde + timedelta(days=i) for i in range(dias)]
    return [hallados.get(d) or Dia(d, 0, 0, False) for d in todos]


@dataclass(frozen=True, slots=True)
class SaldoDeClase:
    moneda: str
    titular_tipo: str
    tipo: str
    cuentas: int
    saldo: int
    en_espera: int
    congeladas: int
    debitos: int
    creditos: int


def saldos_por_clase(sesion: Session) -> list[SaldoDeClase]:
    """What each kind of account holds, and its posted totals; the page's one pass over the accounts. Money
    first; what is budget is never added to it."""
    consulta = text(
        """
        SELECT moneda, titular_tipo, tipo, count(*),
               sum(creditos_contabilizados - debitos_contabilizados)::bigint,
               sum(debitos_pendientes)::bigint, count(*) FILTER (WHERE congelada),
               sum(debitos_contabilizados)::bigint, sum(creditos_contabilizados)::bigint
        FROM pagos_cuenta GROUP BY moneda, titular_tipo, tipo ORDER BY moneda, titular_tipo, tipo
        """
    )
    return [SaldoDeClase(*f) for f in sesion.connection().execute(consulta)]


def congelamientos_abiertos(sesion: Session, pagina: CursorPedido) -> tuple[list[Congelamiento], str | None]:
    """Open freezes, newest first."""
    consulta = select(Congelamiento).where(col(Congelamiento.levantado_en).is_(None))
    columnas = (col(Congelamiento.congelado_en), col(Congelamiento.id))
    return paginar(sesion, consulta, pagina, columnas=columnas)


def pendientes_atascadas(sesion: Session) -> list[Pendiente]:
    """Held money that should not be waiting: overdue for five minutes, or open for thirty days."""
    ahora = ahora_bd(sesion)
    abiertas = select(Pendiente).where(col(Pendiente.estado) == "abierta")
    vencidas = (
        abiertas.where(col(Pendiente.vence_en) < ahora - timedelta(minutes=5))
        .order_by(col(Pendiente.vence_en))
        .limit(LISTADOS)
    )
    viejas = (
        abiertas.where(col(Pendiente.creada_en) < ahora - VIEJA)
        .order_by(col(Pendiente.creada_en))
        .limit(LISTADOS)
    )
    halladas = {p.id: p for c in (vencidas, viejas) for p in sesion.exec(c).all()}
    return sorted(halladas.values(), key=lambda p: p.creada_en)[:LISTADOS]


@dataclass(frozen=True, slots=True)
class Veloz:
    """A wallet that paid faster than the rule, and to how many accounts it had never paid."""

    cuenta: int
    titular: UUID
    pagos: int
    suma: int
    distintas: int
    nuevas: int
    ultimo_en: datetime
    congelada: bool


# New counterparties are counted only for who paid many different ones, at most 200 wallets.
_VELOCES = text(
    """
    WITH reciente AS MATERIALIZED (
        SELECT t.numero, t.debito, t.credito, t.monto, t.creada_en FROM pagos_transferencia t
        WHERE t.numero > :tras AND t.creada_en >= :desde AND t.tipo IN (1, 2) AND t.codigo < 100
    ), rapida AS (
        SELECT r.debito, count(*) AS pagos, sum(r.monto)::bigint AS suma,
               count(DISTINCT r.credito) AS distintas, max(r.creada_en) AS ultimo_en, min(r.numero) AS primero
        FROM reciente r JOIN pagos_cuenta c ON c.id = r.debito AND c.titular_tipo = 'persona'
        GROUP BY r.debito
        HAVING count(*) > :pagos OR count(DISTINCT r.credito) > :nuevas
        ORDER BY count(*) DESC, r.debito LIMIT 200
    )
    SELECT c.id, c.titular_id, v.pagos, v.suma, v.distintas, n.nuevas, v.ultimo_en, c.congelada
    FROM rapida v JOIN pagos_cuenta c ON c.id = v.debito,
    LATERAL (
        SELECT count(*) AS nuevas FROM (SELECT DISTINCT credito FROM reciente WHERE debito = v.debito) d
        WHERE NOT EXISTS (SELECT FROM pagos_transferencia a
                          WHERE a.debito = v.debito AND a.numero < v.primero AND a.credito = d.credito)
    ) n
    WHERE v.pagos > :pagos OR n.nuevas > :nuevas
    ORDER BY v.pagos DESC, c.id LIMIT :limite
    """
)


def velocidad_sospechosa(sesion: Session, regla: ReglaVelocidad) -> list[Veloz]:
    """Wallets that break the rule now, among the last 50.000 transfers."""
    numero: Any = (
        sesion.connection()
        .execute(text("SELECT last_value FROM pagos_transferencia_numero_seq"))
        .scalar_one()
    )
    datos = {
        "tras": max(numero - ULTIMAS, 0),
        "desde": ahora_bd(sesion) - timedelta(minutes=regla.ventana_min),
        "pagos": regla.pagos_max,
        "nuevas": regla.nuevas_max,
        "limite": LISTADOS,
    }
    return [Veloz(*f) for f in sesion.connection().execute(_VELOCES, datos)]


def cierres(sesion: Session, pagina: CursorPedido) -> tuple[list[Cierre], str | None]:
    """Closings, newest first."""
    return paginar(sesion, select(Cierre), pagina, columnas=(col(Cierre.dia),))


def ultima_verificacion(sesion: Session) -> Verificacion | None:
    """The newest one that was done."""
    consulta = (
        select(Verificacion)
        .where(col(Verificacion.hecha_en).is_not(None))
        .order_by(col(Verificacion.hecha_en).desc(), col(Verificacion.id).desc())
        .limit(1)
    )
    return sesion.exec(consulta).first()


def verificacion_en_espera(sesion: Session) -> Verificacion | None:
    """The oldest one that was asked for and not done."""
    consulta = (
        select(Verificacion)
        .where(col(Verificacion.hecha_en).is_(None))
        .order_by(col(Verificacion.pedida_en), col(Verificacion.id))
        .limit(1)
    )
    return sesion.exec(consulta).first()
