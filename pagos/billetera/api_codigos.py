"""JSON API of whom one pays: the QR codes under which a person is paid, those one sends to often."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from ciudadania import ActorRequerido, obtener_persona
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.textos import gettext as _
from pagos import qr
from pagos.billetera.accesos import persona_de
from pagos.billetera.codigos import (
    anular_codigo,
    codigo_escaneado,
    crear_codigo,
    exigir_codigo,
    mirar_codigo,
    texto_del_codigo,
)
from pagos.billetera.consultas import codigos_vigentes
from pagos.billetera.esquemas import (
    CodigoPorCrear,
    CodigosVista,
    CodigoVista,
    FrecuentesVista,
    FrecuenteVista,
    PagoPorCodigoVista,
)
from pagos.billetera.frecuentes import frecuentes, olvidar
from pagos.libro import billetera_de

router = APIRouter(route_class=RutaIdempotente)


@router.post("/codigos-qr", status_code=201, responses=respuestas(409))
def crear(pedido: CodigoPorCrear, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> CodigoVista:
    """A QR by which others pay into your wallet, with an amount or without one. Up to twenty at a time."""
    codigo = crear_codigo(sesion, actor, id=pedido.id, monto=pedido.monto, nota=pedido.nota, dias=pedido.dias)
    return CodigoVista.de(codigo, texto_del_codigo(codigo, obtener_persona(sesion, codigo.persona_id)))


@router.get("/codigos-qr", responses=respuestas())
def listar(sesion: Sesion, actor: ActorRequerido) -> CodigosVista:
    """Those by which you are paid now, oldest first."""
    persona = obtener_persona(sesion, persona_de(actor))
    codigos = codigos_vigentes(sesion, persona.id)
    return CodigosVista(datos=[CodigoVista.de(c, texto_del_codigo(c, persona)) for c in codigos])


@router.delete("/codigos-qr/{codigo_id}", status_code=204, responses=respuestas(404))
def anular(codigo_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Nobody pays by it any more, wherever it was printed."""
    anular_codigo(sesion, actor, codigo_id)
    return Response(status_code=204)


@router.get("/destinatarios/qr", responses=respuestas(404))
def leer(
    sesion: Sesion,
    actor: ActorRequerido,
    texto: Annotated[str, Query(min_length=1, max_length=600, description="Lo que dice el QR.")],
) -> PagoPorCodigoVista:
    """A quién paga el QR de una persona, cuánto y para qué. Gasta del mismo cupo que buscar por carnet."""
    datos = qr.leer(texto.strip())
    if datos.persona is None:
        raise qr.QrInvalido("no_es_de_persona", _("Ese código no es de una persona con billetera en Qhatu."))
    codigo = exigir_codigo(sesion, codigo_escaneado(sesion, datos))
    leido = mirar_codigo(sesion, actor, codigo)
    return PagoPorCodigoVista.de(leido, billetera_de(sesion, codigo.persona_id).id)


@router.get("/destinatarios/frecuentes", responses=respuestas())
def listar_frecuentes(sesion: Sesion, actor: ActorRequerido) -> FrecuentesVista:
    """Las últimas personas a quienes envió desde su billetera, a lo sumo seis. No gasta cupo de consultas."""
    conocidos = frecuentes(sesion, persona_de(actor))
    return FrecuentesVista(datos=[FrecuenteVista(**asdict(f)) for f in conocidos])


@router.delete("/destinatarios/frecuentes/{persona_id}", status_code=204, responses=respuestas(404))
def olvidar_frecuente(persona_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Quitar a alguien de la lista, hasta la próxima vez que le envíe."""
    olvidar(sesion, actor, persona_id)
    return Response(status_code=204)
