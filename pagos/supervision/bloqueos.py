"""Locks of the supervision: one closing at a time; the check that waits longest, if nobody has it."""

from sqlmodel import Session, col, select

from nucleo.bloqueos import cerrojo
from pagos.supervision.modelos import Verificacion


def un_cierre_a_la_vez(sesion: Session) -> None:
    cerrojo(sesion, "pagos_cierre")


def verificacion_pedida(sesion: Session) -> Verificacion | None:
    consulta = (
        select(Verificacion)
        .where(col(Verificacion.hecha_en).is_(None))
        .order_by(col(Verificacion.pedida_en), col(Verificacion.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return sesion.exec(consulta).first()
