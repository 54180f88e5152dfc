"""What follows a stored webhook: look again, at the gateway itself, at what it speaks about."""

import json
from uuid import UUID

from sqlmodel import Session

from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.reloj import ahora_bd
from pagos.tarjetas.bloqueos import disputa_del_objeto
from pagos.tarjetas.conciliar import marcar_por_consultar
from pagos.tarjetas.eventos import AVISO_RECIBIDO
from pagos.tarjetas.modelos import AvisoPasarela
from pagos.tarjetas.puerta import intento_de_metadatos
from pagos.tarjetas.reembolsar import marcar_reembolso


@al_ocurrir(AVISO_RECIBIDO, consumidor="pagos.pasarela.atender_aviso")
def atender_aviso(sesion: Session, evento: EventoRecibido) -> None:
    """Make due whatever the webhook names; unknown types and unknown objects are ignored."""
    aviso = sesion.get(AvisoPasarela, evento.datos["aviso_id"])
    if aviso is None or aviso.objeto is None:
        return
    if aviso.tipo.startswith("charge.dispute."):
        _marcar_disputa(sesion, aviso)
    elif aviso.tipo.startswith(("payment_intent.", "checkout.session.")):
        marcar_por_consultar(sesion, aviso.objeto, _intento_citado(aviso))
    elif aviso.tipo.startswith(("refund.", "charge.refund.")):
        marcar_reembolso(sesion, aviso.objeto)


def _intento_citado(aviso: AvisoPasarela) -> UUID | None:
    """The intent that the object says to belong to: a hint for one whose gateway id we never got."""
    objeto = json.loads(aviso.cuerpo)["data"]["object"]
    metadatos = objeto.get("metadata")
    citado = metadatos.get("intento_id") if isinstance(metadatos, dict) else None
    return intento_de_metadatos(citado if isinstance(citado, str) else None)


def _marcar_disputa(sesion: Session, aviso: AvisoPasarela) -> None:
    """A claim we know is looked at again; a new one is read by the sweep, outside any transaction."""
    assert aviso.objeto is not None
    disputa = disputa_del_objeto(sesion, aviso.objeto)
    if disputa is None:
        aviso.atender_en = ahora_bd(sesion)
    else:
        disputa.consultar_en = ahora_bd(sesion)
