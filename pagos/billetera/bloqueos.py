"""Row locks of wallets. Order: who asks, the request, the alias, the code; then the ledger's accounts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from nucleo.bloqueos import cerrojo
from nucleo.textos import gettext as _
from pagos.billetera.errores import CodigoInexistente, SolicitudInexistente
from pagos.billetera.modelos import CodigoDePersona, Solicitud
from pagos.libro.modelos import Alias

VENCER_SOLICITUDES = text(
    """
    UPDATE pagos_solicitud SET estado = 'vencida', resuelta_en = nucleo_ahora() WHERE id IN (
        SELECT id FROM pagos_solicitud WHERE estado = 'pendiente' AND vence_en <= nucleo_ahora()
        ORDER BY vence_en LIMIT :limite FOR UPDATE SKIP LOCKED)
    """
)


def una_solicitud_a_la_vez(sesion: Session, solicitante: UUID) -> None:
    """One request of a person at a time, so that their count and the id hold also under two at once."""
    cerrojo(sesion, f"pagos_solicitud {solicitante}")


def bloquear_solicitud(sesion: Session, solicitud_id: UUID) -> Solicitud:
    """The request as it is now. Raises `SolicitudInexistente`."""
    solicitud = sesion.get(Solicitud, solicitud_id, with_for_update=True, populate_existing=True)
    if solicitud is None:
        raise SolicitudInexistente(_("Revise la dirección."))
    return solicitud


def bloquear_alias(sesion: Session, alias: str) -> Alias | None:
    return sesion.get(Alias, alias, with_for_update=True)


def alias_en_uso(sesion: Session, persona_id: UUID) -> Sequence[Alias]:
    consulta = select(Alias).where(Alias.persona_id == persona_id, col(Alias.en_uso)).with_for_update()
    return sesion.exec(consulta).all()


def un_codigo_a_la_vez(sesion: Session, persona: UUID) -> None:
    """One new code of a person at a time, so that their count and the id hold also under two at once."""
    cerrojo(sesion, f"pagos_codigo_de_persona {persona}")


def bloquear_codigo(sesion: Session, persona: UUID, codigo_id: UUID) -> CodigoDePersona:
    """A code of this person's. Raises `CodigoInexistente`, also of another's."""
    codigo = sesion.get(CodigoDePersona, codigo_id, with_for_update=True, populate_existing=True)
    if codigo is None or codigo.persona_id != persona:
        raise CodigoInexistente(_("Revise la dirección."))
    return codigo
