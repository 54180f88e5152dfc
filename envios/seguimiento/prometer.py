"""Keep the day for which an item was promised, when it is admitted: it is shown to whoever follows it."""

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from envios.eventos import promesa_de
from envios.items import eventos
from envios.items.modelos import Envio
from envios.seguimiento.modelos import PromesaDeEnvio
from nucleo.eventos import EventoRecibido, al_ocurrir


@al_ocurrir(eventos.ENVIO_ADMITIDO, consumidor="envios.guardar_promesa")
def guardar_promesa(sesion: Session, evento: EventoRecibido) -> None:
    """As often as it is told: the last admission counts."""
    envio = sesion.get_one(Envio, evento.objeto_id)
    if envio.admitido_en is None:
        return
    promesa = promesa_de(sesion, envio)
    datos = {
        "admitido_en": envio.admitido_en,
        "servicio": promesa.servicio,
        "entrega_el": promesa.entrega_el,
    }
    escribir = insert(PromesaDeEnvio).values(envio_id=envio.id, **datos)
    sesion.execute(escribir.on_conflict_do_update(index_elements=["envio_id"], set_=datos))
