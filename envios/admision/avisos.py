"""What whoever sends is told of the counter: the receipt of posting, and what became of a collection."""

from sqlmodel import Session

from ciudadania import clase
from envios.items import avisar_a, remitente_de
from envios.items.modelos import Envio
from nucleo.textos import perezoso as _l

AVISO_MOSTRADOR = clase(
    "envios.mostrador",
    _l("Constancias y recojos de envíos"),
    _l("%(n)s novedades de un envío en el mostrador"),
    por_objeto=True,
    icono="package-check",
)


def avisar_remitente(sesion: Session, envio: Envio, asunto: str, cuerpo: str, enlace: str) -> None:
    """To the mailbox of the person or the unit; a third person has none."""
    avisar_a(sesion, remitente_de(sesion, envio), asunto, cuerpo, enlace, clase=AVISO_MOSTRADOR)
