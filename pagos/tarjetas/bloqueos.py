"""Row locks of payments by card. Order: the payment, its refund or claim, then the ledger's accounts.

What a sweep takes it takes one row at a time, skipping those that others hold.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, select

from nucleo.bloqueos import cerrojo
from nucleo.errores import NoEncontrado
from nucleo.textos import gettext as _
from pagos.tarjetas.errores import DisputaInexistente, IntentoInexistente, TarjetaInexistente
from pagos.tarjetas.modelos import Disputa, Intento, Reembolso, RespuestaDisputa, TarjetaGuardada

INTENTO_VENCIDO = text(
    "SELECT id FROM pagos_intento WHERE consultar_en <= nucleo_ahora() "
    "ORDER BY consultar_en LIMIT 1 FOR UPDATE SKIP LOCKED"
)
REEMBOLSO_VENCIDO = text(
    "SELECT id FROM pagos_reembolso WHERE consultar_en <= nucleo_ahora() "
    "ORDER BY consultar_en LIMIT 1 FOR UPDATE SKIP LOCKED"
)
DISPUTA_VENCIDA = text(
    "UPDATE pagos_disputa SET consultas = consultas + 1, consultar_en = nucleo_ahora() + :arriendo "
    "WHERE id = (SELECT id FROM pagos_disputa WHERE consultar_en <= nucleo_ahora() ORDER BY consultar_en "
    "LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING pasarela_id"
)
DISPUTA_ANUNCIADA = text(
    "UPDATE pagos_aviso_pasarela SET atender_en = nucleo_ahora() + :arriendo WHERE id = "
    "(SELECT id FROM pagos_aviso_pasarela WHERE atender_en <= nucleo_ahora() ORDER BY atender_en LIMIT 1 "
    "FOR UPDATE SKIP LOCKED) RETURNING id, objeto, recibido_en"
)

RESPUESTA_VENCIDA = text(
    "SELECT id FROM pagos_disputa_respuesta WHERE consultar_en <= nucleo_ahora() "
    "ORDER BY consultar_en LIMIT 1 FOR UPDATE SKIP LOCKED"
)
TARJETA_VENCIDA = text(
    "SELECT id FROM pagos_tarjeta WHERE consultar_en <= nucleo_ahora() "
    "ORDER BY consultar_en LIMIT 1 FOR UPDATE SKIP LOCKED"
)


def tarjetas_de_uno(sesion: Session, persona_id: UUID) -> None:
    """How many cards a person has is decided one at a time."""
    cerrojo(sesion, f"pagos_tarjeta {persona_id}")


def bloquear_tarjeta(sesion: Session, tarjeta_id: UUID) -> TarjetaGuardada:
    """The saved card as it is now. Raises `TarjetaInexistente`."""
    tarjeta = sesion.get(TarjetaGuardada, tarjeta_id, with_for_update=True, populate_existing=True)
    if tarjeta is None:
        raise TarjetaInexistente()
    return tarjeta


def bloquear_disputa(sesion: Session, disputa_id: UUID) -> Disputa:
    """The claim as it is now. Raises `DisputaInexistente`."""
    disputa = sesion.get(Disputa, disputa_id, with_for_update=True, populate_existing=True)
    if disputa is None:
        raise DisputaInexistente()
    return disputa


def bloquear_respuesta(sesion: Session, respuesta_id: UUID) -> RespuestaDisputa:
    """The answer to a claim as it is now; it exists."""
    return sesion.get_one(RespuestaDisputa, respuesta_id, with_for_update=True, populate_existing=True)


def uno_por_id(sesion: Session, id: UUID) -> None:
    """The same form sent twice at once waits here, and then finds what the first one wrote."""
    cerrojo(sesion, f"pagos_intento {id}")


def guardada_para_pagar(sesion: Session, metodo: str | None) -> TarjetaGuardada | None:
    """The saved card that a method of the gateway is, if it is one; nobody takes it off meanwhile."""
    if metodo is None:
        return None
    consulta = select(TarjetaGuardada).where(TarjetaGuardada.pasarela_id == metodo).with_for_update(read=True)
    return sesion.exec(consulta.execution_options(populate_existing=True)).one_or_none()


def bloquear_intento(sesion: Session, intento_id: UUID) -> Intento:
    """The payment as it is now; nobody else changes it meanwhile. Raises `IntentoInexistente`."""
    intento = sesion.get(Intento, intento_id, with_for_update=True, populate_existing=True)
    if intento is None:
        raise IntentoInexistente()
    return intento


def intentos_del_objeto(sesion: Session, objeto: str, citado: UUID | None) -> Sequence[Intento]:
    """The payment that a gateway's object is, by its id there or by the id of ours it carries."""
    consulta = select(Intento).where(
        (Intento.pasarela_id == objeto) | (Intento.sesion_id == objeto) | (Intento.id == citado)
    )
    return sesion.exec(consulta.with_for_update()).all()


def bloquear_reembolso(sesion: Session, reembolso_id: UUID) -> Reembolso:
    """The refund as it is now. Raises `NoEncontrado`."""
    reembolso = sesion.get(Reembolso, reembolso_id, with_for_update=True, populate_existing=True)
    if reembolso is None:
        raise NoEncontrado(_("Ese reembolso no existe."))
    return reembolso


def reembolso_del_objeto(sesion: Session, objeto: str) -> Reembolso | None:
    return sesion.exec(
        select(Reembolso).where(Reembolso.pasarela_id == objeto).with_for_update()
    ).one_or_none()


def disputa_del_objeto(sesion: Session, objeto: str) -> Disputa | None:
    """The claim as it is now, if it was opened here."""
    consulta = select(Disputa).where(Disputa.pasarela_id == objeto).with_for_update()
    return sesion.exec(consulta.execution_options(populate_existing=True)).one_or_none()
