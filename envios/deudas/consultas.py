"""Reads of debts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from moneyed import Money
from sqlalchemy import Select, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from envios.deudas.errores import DeudaInexistente, OperadorEnMora
from envios.deudas.estados import ClaseDeDeuda, EstadoDeuda
from envios.deudas.modelos import Deuda
from envios.deudas.valores import DeudaDeOperador, Mora
from nucleo.dinero import formato_bs, sumar
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ZONA, ahora_bd
from nucleo.textos import gettext as _

_EN_CUENTA = (col(Deuda.estado) == EstadoDeuda.PENDIENTE, col(Deuda.en_ventanilla).is_(False))


def por_pagar_en_cuenta(sesion: Session, operador_unidad_id: UUID) -> Sequence[UUID]:
    """What of an operator's cash on delivery waits for its round, oldest first (a thousand at most)."""
    consulta = (
        select(Deuda.id)
        .where(
            col(Deuda.operador_unidad_id) == operador_unidad_id,
            col(Deuda.clase) == ClaseDeDeuda.CONTRA_ENTREGA,
            *_EN_CUENTA,
        )
        .order_by(col(Deuda.vence_en), col(Deuda.id))
        .limit(1_000)
    )
    return sesion.exec(consulta).all()


def vencidas_de(sesion: Session, operador_unidad_id: UUID) -> Sequence[UUID]:
    """What an operator owes past its date, the oldest first (a thousand at most)."""
    consulta = select(Deuda.id).where(
        col(Deuda.operador_unidad_id) == operador_unidad_id,
        col(Deuda.vence_en) < ahora_bd(sesion),
        *_EN_CUENTA,
    )
    return sesion.exec(consulta.order_by(col(Deuda.vence_en), col(Deuda.id)).limit(1_000)).all()


def por_id(sesion: Session, deuda_id: UUID) -> DeudaDeOperador:
    """Raises `DeudaInexistente`."""
    fila = sesion.get(Deuda, deuda_id)
    if fila is None:
        raise DeudaInexistente()
    return DeudaDeOperador.de(fila)


def en_ventanilla(operador_unidad_id: UUID) -> Select[Deuda]:
    """What waits in cash for who has no account, for `paginar` by (nace_en, id)."""
    return sa_select(Deuda).where(
        col(Deuda.operador_unidad_id) == operador_unidad_id,
        col(Deuda.estado) == EstadoDeuda.PENDIENTE,
        col(Deuda.en_ventanilla),
    )


def deudas_de(operador_unidad_id: UUID, *, estado: EstadoDeuda | None = None) -> Select[Deuda]:
    """Those of an operator, for `paginar` by (nace_en, id)."""
    consulta = sa_select(Deuda).where(col(Deuda.operador_unidad_id) == operador_unidad_id)
    return consulta if estado is None else consulta.where(col(Deuda.estado) == estado)


def deudas_de_envio(sesion: Session, envio_id: UUID) -> list[DeudaDeOperador]:
    """What is or was owed for an item, oldest first."""
    consulta = select(Deuda).where(col(Deuda.envio_id) == envio_id)
    return [DeudaDeOperador.de(d) for d in sesion.exec(consulta.order_by(col(Deuda.nace_en), col(Deuda.id)))]


def contra_entrega_de(sesion: Session, envios: Collection[UUID]) -> list[DeudaDeOperador]:
    """What was collected at the doors of these items and is or was owed, what is due first before."""
    consulta = select(Deuda).where(
        col(Deuda.envio_id).in_(envios),
        col(Deuda.clase) == ClaseDeDeuda.CONTRA_ENTREGA,
        col(Deuda.estado) != EstadoDeuda.CANCELADA,
    )
    return [DeudaDeOperador.de(d) for d in sesion.exec(consulta.order_by(col(Deuda.vence_en), col(Deuda.id)))]


def operadores_en_mora(sesion: Session, operador_unidad_id: UUID | None = None) -> list[Mora]:
    """What is owed past its date, by operator, the oldest first; cash that waits at the counter for who has
    no account is not. For the regulator's tray."""
    consulta = (
        select(Deuda.operador_unidad_id, func.count(), sumar(col(Deuda.monto) - col(Deuda.pagado)))
        .add_columns(func.min(Deuda.vence_en))
        .where(*_EN_CUENTA, col(Deuda.vence_en) < ahora_bd(sesion))
        .group_by(col(Deuda.operador_unidad_id))
        .order_by(func.min(Deuda.vence_en))
    )
    if operador_unidad_id is not None:
        consulta = consulta.where(col(Deuda.operador_unidad_id) == operador_unidad_id)
    return [Mora(*fila) for fila in sesion.connection().execute(consulta)]


def quienes_no_rinden(sesion: Session) -> frozenset[UUID]:
    """The operators that owe past their date: they are given no new cash to collect."""
    return frozenset(m.operador_unidad_id for m in operadores_en_mora(sesion))


def exigir_sin_mora(sesion: Session, operador_unidad_id: UUID) -> None:
    """Raises `OperadorEnMora`: who owes past its date is given no new cash to collect."""
    for mora in operadores_en_mora(sesion, operador_unidad_id):
        hechos = {"monto": formato_bs(mora.monto), "dia": filtro_fecha(mora.desde)}
        raise OperadorEnMora(
            _("Debe %(monto)s desde el %(dia)s. Envíe sin cobro contra entrega, o con otro operador.")
            % hechos
        )


@dataclass(frozen=True, slots=True)
class Vencimiento:
    """What an operator owes of a class that is due on a day, in accounts or in cash at the counter."""

    clase: ClaseDeDeuda
    en_ventanilla: bool
    dia: date
    cuantas: int
    monto: Money


def vencimientos(sesion: Session, operador_unidad_id: UUID) -> list[Vencimiento]:
    """What is due when, the oldest first (a hundred days at most)."""
    dia = func.date(func.timezone(ZONA.key, Deuda.vence_en))
    columnas = (Deuda.clase, Deuda.en_ventanilla, dia)
    consulta = (
        sa_select(*columnas, func.count(), sumar(col(Deuda.monto) - col(Deuda.pagado)))  # type: ignore[call-overload]
        .where(
            col(Deuda.operador_unidad_id) == operador_unidad_id, col(Deuda.estado) == EstadoDeuda.PENDIENTE
        )
        .group_by(*columnas)
        .order_by(dia, col(Deuda.clase))
        .limit(100)
    )
    return [
        Vencimiento(ClaseDeDeuda(clase), ventanilla, cuando, cuantas, monto)
        for clase, ventanilla, cuando, cuantas, monto in sesion.execute(consulta)
    ]
