"""Reads: movements with running balance, transfers, what is held, limits and what is left of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session, col, select

from nucleo.paginacion import CursorPedido, escribir_cursor, leer_cursor, paginar
from nucleo.reloj import ZONA
from pagos.libro.errores import TransferenciaInexistente
from pagos.libro.estados import EstadoPendiente
from pagos.libro.modelos import Limite, Pendiente, Transferencia
from pagos.libro.niveles import nivel_minimo
from pagos.libro.tipos import DE_LA_PLATAFORMA, NOMBRE_DE_CODIGO
from pagos.libro.valores import Cuenta

# Two range scans of (debito, numero) and (credito, numero), each stopping after one page: the cost does not
# depend on how many movements the account has.
_MOVIMIENTOS = text(
    """
    SELECT * FROM (
        (SELECT id, numero, credito AS contraparte, false AS entra, monto, saldo_debito AS saldo, creada_en,
                codigo, tipo, referencia, pendiente_id
         FROM pagos_transferencia
         WHERE debito = :cuenta AND numero > :desde AND numero < :hasta AND tipo IN (1, 3)
           AND :sale AND (:codigo = 0 OR codigo = :codigo)
         ORDER BY numero DESC LIMIT :limite)
        UNION ALL
        (SELECT id, numero, debito, true, monto, saldo_credito, creada_en,
                codigo, tipo, referencia, pendiente_id
         FROM pagos_transferencia
         WHERE credito = :cuenta AND numero > :desde AND numero < :hasta AND tipo IN (1, 3)
           AND :entra AND (:codigo = 0 OR codigo = :codigo)
         ORDER BY numero DESC LIMIT :limite)
    ) m ORDER BY numero DESC LIMIT :limite
    """
)
_MAXIMO = 2**63 - 1
_CLAVE = (col(Transferencia.numero),)


@dataclass(frozen=True, slots=True)
class Movimiento:
    """One line of a statement: posted money in or out, and the balance after it. Amounts in centavos."""

    id: UUID
    numero: int
    contraparte: int
    entra: bool
    monto: int
    saldo: int
    creada_en: datetime
    codigo: int
    tipo: int
    referencia: UUID | None
    pendiente_id: UUID | None

    @property
    def motivo(self) -> str:
        return NOMBRE_DE_CODIGO.get(self.codigo, "Movimiento")

    @property
    def de_la_plataforma(self) -> bool:
        """The reason says it all: the other side is an account of the platform."""
        return self.codigo in DE_LA_PLATAFORMA


def movimientos(
    sesion: Session,
    cuenta_id: int,
    *,
    limite: int = 20,
    cursor: str | None = None,
    desde: date | None = None,
    hasta: date | None = None,
    entra: bool | None = None,
    codigo: int = 0,
) -> tuple[list[Movimiento], str | None]:
    """A page of the statement, newest first, and the cursor of the next one.

    `desde` and `hasta` are Bolivian days, both included; `entra` keeps one direction and `codigo` one reason.
    Raises `CursorInvalido`.
    """
    assert 0 < limite <= 100
    minimo = _numero_en(sesion, cuenta_id, _medianoche(desde)) if desde else 0
    maximo = _numero_en(sesion, cuenta_id, _medianoche(hasta + timedelta(days=1))) + 1 if hasta else _MAXIMO
    parametros: dict[str, Any] = {
        "cuenta": cuenta_id,
        "desde": minimo,
        "hasta": min(maximo, leer_cursor(cursor, _CLAVE)[0]) if cursor else maximo,
        "limite": limite + 1,
        "entra": entra is not False,
        "sale": entra is not True,
        "codigo": codigo,
    }
    filas = [Movimiento(*fila) for fila in sesion.connection().execute(_MOVIMIENTOS, parametros)]
    if len(filas) <= limite:
        return filas, None
    return filas[:limite], escribir_cursor([filas[limite - 1].numero])


def _medianoche(dia: date) -> datetime:
    return datetime.combine(dia, time.min, ZONA) - timedelta(microseconds=1)


def _numero_en(sesion: Session, cuenta_id: int, instante: datetime) -> int:
    numero = sesion.connection().execute(
        text("SELECT pagos_numero_en(:cuenta, :instante)"), {"cuenta": cuenta_id, "instante": instante}
    )
    return numero.scalar_one() or 0


def transferencia_por_id(sesion: Session, transferencia_id: UUID) -> Transferencia:
    """Raises `TransferenciaInexistente`."""
    transferencia = sesion.get(Transferencia, transferencia_id)
    if transferencia is None:
        raise TransferenciaInexistente()
    return transferencia


def reservas(sesion: Session, cuenta_id: int, pagina: CursorPedido) -> tuple[list[Pendiente], str | None]:
    """The open pending payments that hold money of this account, newest first."""
    consulta = (
        select(Pendiente)
        .where(col(Pendiente.debito) == cuenta_id, col(Pendiente.estado) == EstadoPendiente.ABIERTA)
        .execution_options(populate_existing=True)
    )
    return paginar(sesion, consulta, pagina, columnas=(col(Pendiente.creada_en), col(Pendiente.id)))


def pendientes_en(sesion: Session, ids: Collection[UUID]) -> dict[UUID, tuple[EstadoPendiente, Money]]:
    """What became of these pending payments, with their amounts."""
    filas = sesion.exec(select(Pendiente).where(col(Pendiente.id).in_(ids)))
    return {p.id: (EstadoPendiente(p.estado), p.monto) for p in filas}


# The ledger's own functions: the counters as a transfer made now would find them, and the limits in force.
_USO = text(
    """
    SELECT n.*, l.*, h.ahora
    FROM (SELECT greatest(nucleo_ahora(), c.ultima_en) AS ahora, c
          FROM pagos_cuenta c WHERE c.id = :cuenta) h,
         LATERAL pagos_limites_en((h.c).nivel, h.ahora) AS l,
         LATERAL (
            SELECT d.salida_dia AS u_salida_dia, d.salida_mes AS u_salida_mes,
                   d.salidas_dia AS u_salidas_dia, d.salidas_mes AS u_salidas_mes,
                   d.entrada_dia AS u_entrada_dia, d.entrada_mes AS u_entrada_mes,
                   d.entradas_dia AS u_entradas_dia, d.entradas_mes AS u_entradas_mes
            FROM pagos_nuevo_dia(h.c, (h.ahora AT TIME ZONE 'America/La_Paz')::date) d
         ) AS n
    """
)


@dataclass(frozen=True, slots=True)
class Uso:
    """A limit (None is no limit) and how much of it is used; centavos, or counts."""

    limite: int | None
    usado: int

    @property
    def queda(self) -> int | None:
        return None if self.limite is None else max(self.limite - self.usado, 0)


@dataclass(frozen=True, slots=True)
class LimitesDeSentido:
    """The limits of one direction now, with the norm of the row in force."""

    direccion: str
    por_transaccion: int | None
    dia: Uso
    mes: Uso
    cantidad_dia: Uso
    cantidad_mes: Uso
    norma: str | None
    vigente_desde: datetime | None
    rapidez: tuple[int, int] | None = None  # payments, in how many minutes

    @property
    def limita(self) -> bool:
        usos = (self.dia, self.mes, self.cantidad_dia, self.cantidad_mes)
        return (
            self.por_transaccion is not None
            or self.rapidez is not None
            or any(u.limite is not None for u in usos)
        )


def limites_y_uso(sesion: Session, cuenta: Cuenta) -> list[LimitesDeSentido]:
    """The limits of an account and what is used of each, out and in; empty when it has none of any kind."""
    if cuenta.nivel == 0:
        return []
    sentidos = _limites_y_uso(sesion, cuenta)
    return sentidos if any(s.limita for s in sentidos) else []


def _limites_y_uso(sesion: Session, cuenta: Cuenta) -> list[LimitesDeSentido]:
    f: Any = sesion.connection().execute(_USO, {"cuenta": cuenta.id}).one()
    salida, entrada = (limite_vigente(sesion, cuenta.nivel, d, f.ahora) for d in ("salida", "entrada"))
    return [
        LimitesDeSentido(
            "salida",
            f.salida_tx,
            Uso(f.salida_dia, f.u_salida_dia),
            Uso(f.salida_mes, f.u_salida_mes),
            Uso(f.salidas_dia, f.u_salidas_dia),
            Uso(f.salidas_mes, f.u_salidas_mes),
            salida.norma if salida else None,
            salida.vigente_desde if salida else None,
            None if f.salidas_rapidas is None else (f.salidas_rapidas, f.ventana_min),
        ),
        LimitesDeSentido(
            "entrada",
            f.entrada_tx,
            Uso(f.entrada_dia, f.u_entrada_dia),
            Uso(f.entrada_mes, f.u_entrada_mes),
            Uso(f.entradas_dia, f.u_entradas_dia),
            Uso(f.entradas_mes, f.u_entradas_mes),
            entrada.norma if entrada else None,
            entrada.vigente_desde if entrada else None,
        ),
    ]


def limite_vigente(sesion: Session, nivel: int, direccion: str, instante: datetime) -> Limite | None:
    """The row of limits that applies to a level in one direction at an instant."""
    consulta = (
        select(Limite)
        .where(
            col(Limite.nivel).between(nivel_minimo(nivel), nivel),
            col(Limite.direccion) == direccion,
            col(Limite.vigente_desde) <= instante,
        )
        .order_by(col(Limite.nivel).desc(), col(Limite.vigente_desde).desc())
        .limit(1)
    )
    return sesion.exec(consulta).first()
