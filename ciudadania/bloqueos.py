"""Row locks of this room: a sign-in under way, people by id, sessions by id, a machine client before its
tokens, a notice; one kind at a time."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select, update

from ciudadania.modelos import Ciudadano, ClienteMaquina, InicioSesion, Notificacion, SesionWeb, Token


def inicio_de_sesion(sesion: Session, *condiciones: Any) -> InicioSesion | None:
    """The attempt to sign in, unless a request just like this one has it."""
    return sesion.exec(
        select(InicioSesion).where(*condiciones).with_for_update(skip_locked=True)
    ).one_or_none()


def personas(sesion: Session, condicion: Any) -> Sequence[Ciudadano]:
    """The people that a condition finds, in order of id."""
    return sesion.exec(select(Ciudadano).where(condicion).order_by(col(Ciudadano.id)).with_for_update()).all()


def sesion_web(sesion: Session, *condiciones: Any) -> SesionWeb | None:
    return sesion.exec(select(SesionWeb).where(*condiciones).with_for_update()).one_or_none()


def sesiones_web(sesion: Session, *condiciones: Any) -> Sequence[SesionWeb]:
    return sesion.exec(
        select(SesionWeb).where(*condiciones).order_by(col(SesionWeb.id)).with_for_update()
    ).all()


def tocar_sesion(sesion: Session, sesion_id: UUID) -> None:
    """Move the idle limit; whoever finds the row taken by a parallel request leaves it to that one."""
    libre = (
        select(SesionWeb.id)
        .where(col(SesionWeb.id) == sesion_id, col(SesionWeb.cerrado_en).is_(None))
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    sesion.execute(
        update(SesionWeb)
        .where(col(SesionWeb.id) == libre)
        .values(visto_en=func.nucleo_ahora())
        .execution_options(synchronize_session=False)
    )


def cliente(
    sesion: Session, cliente_id: UUID, *condiciones: Any, compartido: bool = False
) -> ClienteMaquina | None:
    """The machine client, for who changes its secret or ends it; shared, for who gives it a token."""
    return sesion.exec(
        select(ClienteMaquina)
        .where(ClienteMaquina.id == cliente_id, *condiciones)
        .with_for_update(read=compartido, key_share=not compartido)
        .execution_options(populate_existing=True)
    ).one_or_none()


def revocar_tokens(sesion: Session, cliente_id: UUID) -> None:
    """Every token of a client whose row the caller has."""
    sesion.execute(
        update(Token)
        .where(col(Token.cliente_id) == cliente_id, col(Token.revocado_en).is_(None))
        .values(revocado_en=func.nucleo_ahora())
        .execution_options(synchronize_session=False)
    )


def tocar_cliente(sesion: Session, cliente_id: UUID) -> None:
    """Note that it is used; whoever finds the row taken leaves it to whoever has it."""
    libre = (
        select(ClienteMaquina.id)
        .where(ClienteMaquina.id == cliente_id, col(ClienteMaquina.revocado_en).is_(None))
        .with_for_update(key_share=True, skip_locked=True)
        .scalar_subquery()
    )
    sesion.execute(
        update(ClienteMaquina)
        .where(col(ClienteMaquina.id) == libre)
        .values(usado_en=func.nucleo_ahora())
        .execution_options(synchronize_session=False)
    )


def notificacion(sesion: Session, fila: Notificacion) -> None:
    """The notice read again and locked: of two representatives who open it together, the first one stays."""
    sesion.refresh(fila, with_for_update={"key_share": True})


def notificaciones_sin_leer(sesion: Session, consulta: Any, maximo: int) -> Sequence[tuple[UUID, UUID]]:
    """Ids and mailboxes of the newest notices that a query finds; what somebody is reading is theirs."""
    bloqueadas = consulta.order_by(col(Notificacion.id).desc()).limit(maximo)
    bloqueadas = bloqueadas.with_for_update(key_share=True, skip_locked=True)
    filas: Sequence[tuple[UUID, UUID]] = sesion.exec(bloqueadas).all()
    return filas
