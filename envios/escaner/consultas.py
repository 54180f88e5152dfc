"""Reads of what telephones read."""

from uuid import UUID

from sqlmodel import Session, col, or_, select

from envios.escaner.estados import EstadoEscaneo
from envios.escaner.modelos import FilaDeEscaneo
from envios.eventos import corregidos_de

POR_RESOLVER_MAXIMO = 200


def por_resolver(sesion: Session, persona_id: UUID) -> list[FilaDeEscaneo]:
    """What waits for this worker, oldest first: refused, or two telephones say different ends."""
    consulta = select(FilaDeEscaneo).where(
        col(FilaDeEscaneo.persona_id) == persona_id,
        col(FilaDeEscaneo.resuelto_en).is_(None),
        or_(
            col(FilaDeEscaneo.estado) == EstadoEscaneo.RECHAZADO, col(FilaDeEscaneo.choca_con_id).is_not(None)
        ),
    )
    filas = list(
        sesion.exec(
            consulta.order_by(col(FilaDeEscaneo.recibido_en), col(FilaDeEscaneo.id)).limit(
                POR_RESOLVER_MAXIMO
            )
        )
    )
    corregidos = corregidos_de(sesion, {f.envio_id for f in filas if f.envio_id})
    return [
        f
        for f in filas
        if f.estado == EstadoEscaneo.RECHAZADO or not corregidos & {f.choca_con_id, f.evento_id}
    ]
