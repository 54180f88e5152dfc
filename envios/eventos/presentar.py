"""Events for the API, in words."""

from datetime import datetime, timedelta, timezone
from typing import Any

from fastapi import Response
from sqlmodel import Session

from envios.eventos.aplicar import historia_de
from envios.eventos.consultas import correcciones_de, eventos_de
from envios.eventos.derivar import ClaseIncidencia
from envios.eventos.esquemas import EventoDeHistoria, EventoLeido, EventoRegistrado, IncidenciaLeida
from envios.eventos.modelos import EventoEnvio, IncidenciaDeEnvio
from envios.eventos.motivos import MotivoCorreccion
from envios.eventos.palabras import TEXTO_DE_INCIDENCIA
from envios.eventos.registrar_eventos import Resultado, ResultadoEvento
from envios.items.modelos import Envio
from nucleo.errores import respuestas
from nucleo.problemas import respuesta_problema
from nucleo.textos import gettext as _


def en_su_zona(evento: EventoEnvio) -> datetime:
    """The instant with the offset of whoever recorded it."""
    return evento.ocurrido_en.astimezone(timezone(timedelta(minutes=evento.desfase_min)))


def texto_de(evento: EventoEnvio) -> str:
    """What happened, in words; an unknown code says so."""
    if evento.es_devolucion:
        return _("Devuelto al remitente")
    ficha = evento.ficha
    return ficha.texto if ficha else _("Movimiento sin descripción (código %(c)s)") % {"c": evento.codigo}


def leer_evento(evento: EventoEnvio) -> EventoLeido:
    return EventoLeido(
        id=evento.id,
        codigo=evento.codigo,
        estado=evento.estado_enum,
        texto=texto_de(evento),
        subetiqueta=evento.ficha.subetiqueta if evento.ficha else None,
        ocurrido_en=en_su_zona(evento),
        recibido_en=evento.recibido_en,
        fuente=evento.fuente,
        evento_cliente_id=evento.evento_cliente_id,
        motivo=evento.motivo_enum,
        accion=evento.accion_enum,
        entregado_a=evento.entregado_a,
        receptor_nombre=evento.receptor_nombre,
        operador_unidad_id=evento.operador_unidad_id,
        contraparte_unidad_id=evento.contraparte_unidad_id,
        municipio_ine=evento.municipio_ine,
        lugar=evento.lugar,
    )


def leer_historia(sesion: Session, envio: Envio) -> list[EventoDeHistoria]:
    """All events of an item by time of occurrence, with what became of each."""
    cuentan = {e.id for e in historia_de(sesion, envio)[0]}
    corregidos = correcciones_de(sesion, envio.id)
    return [
        EventoDeHistoria(
            **leer_evento(e).model_dump(),
            cuenta=e.id in cuentan,
            corregido=MotivoCorreccion(corregidos[e.id].motivo) if e.id in corregidos else None,
        )
        for e in eventos_de(sesion, envio.id)
    ]


def leer_incidencia(fila: IncidenciaDeEnvio) -> IncidenciaLeida:
    clase = ClaseIncidencia(fila.clase)
    return IncidenciaLeida(
        texto=str(TEXTO_DE_INCIDENCIA[clase]),
        **{campo: getattr(fila, campo) for campo in IncidenciaLeida.model_fields if campo != "texto"},
    )


UN_EVENTO: dict[int | str, dict[str, Any]] = {
    **respuestas(404, 409),
    200: {"model": EventoRegistrado, "description": "El evento ya estaba registrado"},
}


def leer_resultado(resultado: ResultadoEvento) -> EventoRegistrado:
    return EventoRegistrado(
        resultado=resultado.resultado,
        numero=resultado.envio.numero if resultado.envio else None,
        estado=resultado.envio.estado if resultado.envio else None,
        evento=leer_evento(resultado.evento) if resultado.evento else None,
        codigo=resultado.error.codigo if resultado.error else None,
        detalle=resultado.error.detalle if resultado.error else None,
    )


def contestar(response: Response, resultado: ResultadoEvento) -> Any:
    """201 recorded, 200 already recorded; a refusal is answered, not raised, so that its count is kept."""
    if resultado.error is not None:
        return respuesta_problema(resultado.error)
    response.status_code = 201 if resultado.resultado is Resultado.REGISTRADO else 200
    return leer_resultado(resultado)
