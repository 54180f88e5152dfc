"""Events for the API, in words."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from fastapi import Response
from pydantic_core import to_json
from sqlmodel import Session

from envios.eventos.consultas import correcciones_de, eventos_de
from envios.eventos.derivar import ClaseIncidencia
from envios.eventos.esquemas import EventoDeHistoria, EventoLeido, EventoRegistrado, IncidenciaLeida
from envios.eventos.historia import historia_de
from envios.eventos.modelos import IncidenciaDeEnvio
from envios.eventos.motivos import MotivoCorreccion
from envios.eventos.nuevo import Resultado, ResultadoEvento
from envios.eventos.palabras import TEXTO_DE_INCIDENCIA
from envios.eventos.sucesos import Suceso
from envios.items.modelos import Envio
from nucleo.errores import respuestas
from nucleo.problemas import respuesta_problema
from nucleo.textos import gettext as _


def en_su_zona(evento: Suceso) -> datetime:
    """The instant with the offset of whoever recorded it."""
    return evento.ocurrido_en.astimezone(_zona(evento.desfase_min))


@lru_cache(maxsize=256)
def _zona(desfase_min: int) -> timezone:
    return timezone(timedelta(minutes=desfase_min))


def texto_de(evento: Suceso) -> str:
    """What happened, in words; an unknown code says so."""
    if evento.es_devolucion:
        return _("Devuelto al remitente")
    ficha = evento.ficha
    return ficha.texto if ficha else _("Movimiento sin descripción (código %(c)s)") % {"c": evento.codigo}


def leer_evento(evento: Suceso) -> EventoLeido:
    return EventoLeido(**_leido(evento))


def _leido(evento: Suceso) -> dict[str, Any]:
    """What `EventoLeido` has."""
    ficha = evento.ficha
    return {
        "id": evento.id,
        "codigo": evento.codigo,
        "estado": evento.estado,
        "texto": texto_de(evento),
        "subetiqueta": ficha.subetiqueta if ficha else None,
        "ocurrido_en": en_su_zona(evento),
        "recibido_en": evento.recibido_en,
        "fuente": evento.fuente,
        "evento_cliente_id": evento.evento_cliente_id,
        "motivo": evento.motivo,
        "accion": evento.accion,
        "entregado_a": evento.entregado_a,
        "receptor_nombre": evento.receptor_nombre,
        "operador_unidad_id": evento.operador_unidad_id,
        "contraparte_unidad_id": evento.contraparte_unidad_id,
        "municipio_ine": evento.municipio_ine,
        "lugar": evento.lugar,
        "agencia_id": evento.agencia_id,
    }


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
    return EventoRegistrado(**_resultado(resultado))


def escribir_lote(resultados: Sequence[ResultadoEvento]) -> bytes:
    """`LoteRegistrado` as JSON. Each is written once, by pydantic's serializer: to make its models of a
    thousand and to check them takes longer than to judge them.
    """
    cuenta = Counter(r.resultado for r in resultados)
    return to_json(
        {
            "datos": [_resultado(r) for r in resultados],
            "registrados": cuenta[Resultado.REGISTRADO],
            "repetidos": cuenta[Resultado.REPETIDO],
            "rechazados": cuenta[Resultado.RECHAZADO],
        }
    )


def _resultado(resultado: ResultadoEvento) -> dict[str, Any]:
    """What `EventoRegistrado` has."""
    envio, evento, error = resultado.envio, resultado.evento, resultado.error
    return {
        "resultado": resultado.resultado,
        "numero": envio.numero if envio else None,
        "estado": envio.estado if envio else None,
        "evento": _leido(evento) if evento else None,
        "codigo": error.codigo if error else None,
        "detalle": error.detalle if error else None,
    }


def contestar(response: Response, resultado: ResultadoEvento) -> Any:
    """201 recorded, 200 already recorded; a refusal is answered, not raised, so that its count is kept."""
    if resultado.error is not None:
        return respuesta_problema(resultado.error)
    response.status_code = 201 if resultado.resultado is Resultado.REGISTRADO else 200
    return leer_resultado(resultado)
