"""`qhatu verify`: what a message was recorded as is an event of its operator."""

from sqlmodel import Session, col, select

from envios.eventos.modelos import EventoEnvio
from envios.integraciones.modelos import MensajeDeOperador
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50


@comprueba("mensajes")
def mensajes(sesion: Session) -> list[str]:
    ajenos = (
        select(MensajeDeOperador.id)
        .join(EventoEnvio, col(EventoEnvio.id) == col(MensajeDeOperador.evento_id))
        .where(col(EventoEnvio.operador_unidad_id) != col(MensajeDeOperador.operador_unidad_id))
        .order_by(col(MensajeDeOperador.id))
    )
    return [f"mensaje {id}: su evento es de otro operador" for id in sesion.exec(ajenos.limit(FALTAS_MAXIMO))]
