"""Deliver with the recipient's code, and keep the proof."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from envios.entrega.consultas import prueba_de_evento
from envios.entrega.prueba import DatosDePrueba, guardar_prueba
from envios.eventos import (
    Codigo,
    EventoNuevo,
    Fuente,
    ResultadoEvento,
    registrar_evento,
)
from envios.items import envio_por_id
from nucleo.actor import Actor

SIN_DATOS = DatosDePrueba()


def entregar(
    sesion: Session,
    actor: Actor,
    envio_id: UUID,
    codigo_entrega: str,
    *,
    prueba: DatosDePrueba = SIN_DATOS,
    evento_cliente_id: str = "",
    ocurrido_en: datetime | None = None,
    lugar: str = "",
    fuente: Fuente = Fuente.PAGINA,
) -> ResultadoEvento:
    """Hand the item over against the recipient's code (event EMI), with its proof.

    A wrong code comes back in the result's `error` so that its count is kept; the fifth locks the code. Sent
    again, nothing is kept twice. Raises what `guardar_prueba` raises.
    """
    nuevo = EventoNuevo(
        codigo=Codigo.EMI,
        envio_id=envio_id,
        codigo_entrega=codigo_entrega,
        receptor_nombre=prueba.receptor_nombre,
        evento_cliente_id=evento_cliente_id,
        ocurrido_en=ocurrido_en,
        lugar=lugar,
    )
    resultado = registrar_evento(sesion, actor, envio_id, nuevo, fuente)
    evento = resultado.evento
    if evento is None:
        return resultado
    operador = evento.operador_unidad_id
    if prueba_de_evento(sesion, operador, evento) is None:
        autorizacion = exigir_facultad(sesion, actor, operador, Facultad.DESPACHAR, estados=CON_LO_SUYO)
        envio = envio_por_id(sesion, envio_id)
        guardar_prueba(sesion, autorizacion, envio, prueba, operador_unidad_id=operador, evento=evento)
    return resultado
