"""Who sends and who receives an item: parties of the registry, read for many items at once."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlmodel import Session

from ciudadania import Clase, notificar
from empresa_digital.registro import (
    CON_LO_SUYO,
    ClaseDeParte,
    Facultad,
    Parte,
    partes_en_lote,
    tiene_facultad,
)
from envios.items.modelos import Envio
from nucleo.actor import Actor

# What a mandate must hold to send and to receive for a unit.
ENVIAN = (Facultad.VENDER, Facultad.DESPACHAR)
RECIBEN = (Facultad.COMPRAR, Facultad.DESPACHAR)


def partes_de(sesion: Session, envios: Iterable[Envio]) -> Mapping[UUID, Parte]:
    """Senders and recipients of the items, by party id."""
    return partes_en_lote(
        sesion, {p for e in envios for p in (e.remitente_parte_id, e.destinatario_parte_id)}
    )


def remitente_de(sesion: Session, envio: Envio) -> Parte:
    return partes_en_lote(sesion, [envio.remitente_parte_id])[envio.remitente_parte_id]


def destinatario_de(sesion: Session, envio: Envio) -> Parte:
    return partes_en_lote(sesion, [envio.destinatario_parte_id])[envio.destinatario_parte_id]


def recibe(sesion: Session, actor: Actor, envio: Envio) -> bool:
    """Whether the delivery code is the actor's: who receives, or the sender for a third person."""
    destinatario = destinatario_de(sesion, envio)
    if destinatario.clase is ClaseDeParte.TERCERO:
        return es_de(sesion, actor, remitente_de(sesion, envio), ENVIAN)
    return es_de(sesion, actor, destinatario, RECIBEN)


def es_de(sesion: Session, actor: Actor, parte: Parte, facultades: Iterable[Facultad]) -> bool:
    """Whether the actor is that person, or holds one of the faculties for that unit."""
    if parte.persona_id is not None:
        return actor.persona_id == parte.persona_id
    if parte.unidad_id is None:
        return False
    return any(tiene_facultad(sesion, actor, parte.unidad_id, f, estados=CON_LO_SUYO) for f in facultades)


def avisar_a(sesion: Session, parte: Parte, asunto: str, cuerpo: str, enlace: str, *, clase: Clase) -> bool:
    """To the mailbox of the person or the unit. False of a third person, who has none."""
    if parte.clase is ClaseDeParte.TERCERO:
        return False
    notificar(sesion, parte.persona_id, asunto, cuerpo, enlace, clase=clase, unidad_id=parte.unidad_id)
    return True
