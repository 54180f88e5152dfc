"""Those who sign what is recommended or decided: each is judged, whichever signature comes last."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from ciudadania import nombres_de_personas
from empresa_digital.registro import acto_salida
from feria_inversa.entidades import ConflictoDeInteres, que_representa
from feria_inversa.ofertas import oferentes_de
from feria_inversa.papeles import Papel, SinPapel, fuera_de
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.textos import gettext as _


def exigir_firmantes(sesion: Session, convocatoria: Convocatoria, personas: Collection[UUID]) -> None:
    """Raise `SinPapel` when one of them was left out of the process or asked to be, `ConflictoDeInteres` when
    one acts for a bidder.
    """
    fuera = fuera_de(sesion, convocatoria.id).todos
    oferentes = set(oferentes_de(sesion, convocatoria.id))
    nombres = nombres_de_personas(sesion, personas)
    for persona_id, nombre in sorted(nombres.items(), key=lambda par: par[1]):
        if persona_id in fuera:
            raise SinPapel(_("{} quedó fuera de este proceso, o lo pidió: su firma no vale.").format(nombre))
        if que_representa(sesion, persona_id) & oferentes:
            raise ConflictoDeInteres(
                _("{} tiene un mandato de una unidad que ofertó: su firma no vale.").format(nombre)
            )


def firmas_de(sesion: Session, actor: Actor, instante: datetime) -> list[dict[str, str]]:
    """Who signed, when, and the digest of what they signed; the only one signs what is written."""
    if actor.acto is None:
        return [{"quien": actor.nombre, "papel": Papel.CALIFICACION, "en": instante.isoformat()}]
    acto = acto_salida(sesion, actor.acto)
    return [
        {
            "quien": firma.nombre,
            "papel": Papel.CALIFICACION,
            "en": firma.firmado_en.isoformat(),
            "huella": acto.huella,
        }
        for firma in acto.firmas
    ]
