"""JSON routes of claims."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, Response, Security, UploadFile
from sqlmodel import Session

from ciudadania import ActorRequerido, actor_requerido
from comercio.pedidos import por_linea
from comercio.reclamos import actos, cambiar, pruebas, reclamar, volver
from comercio.reclamos.consultas import cambio_de, pasos_de, reclamadas, reclamo_visible
from comercio.reclamos.esquemas import (
    CambioLeido,
    CambioMandado,
    CambioNuevo,
    DecisionDeReclamo,
    LineaReclamada,
    PasoLeido,
    PosturaDeReclamo,
    ReclamoLeido,
    ReclamoNuevo,
    RenunciaAlCambio,
    RespuestaDeReclamo,
    RevisionDeVuelta,
    Texto,
)
from envios import envio_por_id
from nucleo.actor import Actor
from nucleo.archivos import Recibido
from nucleo.archivos.servir import respuesta_de
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["pedidos"])
_ARCHIVO: dict[int | str, dict[str, Any]] = {
    200: {"description": "El archivo.", "content": {"image/jpeg": {}, "application/pdf": {}}}
}
ActorDePedidos = Annotated[Actor, Security(actor_requerido, scopes=["pedidos"])]


@router.post("/pedidos/{pedido_id}/reclamos", status_code=201, responses=respuestas(404, 409))
def abrir(
    pedido_id: UUID, datos: ReclamoNuevo, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> ReclamoLeido:
    """Reclama de un pedido mientras su dinero está en custodia: nadie cobra hasta que termine."""
    reclamo = reclamar.abrir(
        sesion,
        actor,
        pedido_id,
        datos.motivo,
        datos.relato,
        datos.monto,
        cantidades=por_linea(datos.lineas),
    )
    return _leido(sesion, actor, reclamo.id)


@router.get("/reclamos-de-compra/{reclamo_id}", responses=respuestas(404))
def ver(reclamo_id: UUID, sesion: Sesion, actor: ActorDePedidos) -> ReclamoLeido:
    """Un reclamo, para quien compró, quien vende o la autoridad ante la que se llevó."""
    return _leido(sesion, actor, reclamo_id)


@router.post("/reclamos-de-compra/{reclamo_id}/respuesta", responses=respuestas(404, 409))
def responder(
    reclamo_id: UUID, datos: RespuestaDeReclamo, sesion: Sesion, actor: ActorDePedidos, _: Idempotente
) -> ReclamoLeido:
    """Quien vende acepta, pide lo reclamado de vuelta, ofrece una parte o rechaza. Si no responde en su plazo
    se devuelve lo pedido."""
    actos.responder(sesion, actor, reclamo_id, datos)
    return _leido(sesion, actor, reclamo_id)


@router.post("/reclamos-de-compra/{reclamo_id}/postura", responses=respuestas(404, 409))
def tomar_postura(
    reclamo_id: UUID, datos: PosturaDeReclamo, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> ReclamoLeido:
    """Quien compró acepta lo ofrecido, lo lleva a la autoridad o retira el reclamo."""
    actos.tomar_postura(sesion, actor, reclamo_id, datos)
    return _leido(sesion, actor, reclamo_id)


@router.post("/reclamos-de-compra/{reclamo_id}/pruebas", status_code=201, responses=respuestas(404, 409, 413))
def agregar_prueba_a_reclamo_de_compra(
    reclamo_id: UUID,
    sesion: Sesion,
    actor: ActorDePedidos,
    texto: Annotated[Texto, Form(description="Qué muestra.")],
    archivo: Annotated[UploadFile, File(description="Foto (JPEG, PNG, WebP o HEIC) o PDF de hasta 8 MB.")],
    _: Idempotente,
) -> ReclamoLeido:
    """Quien compró o quien vende agrega una foto o un PDF mientras el reclamo está abierto."""
    pruebas.agregar(sesion, actor, reclamo_id, texto, Recibido.de(archivo))
    return _leido(sesion, actor, reclamo_id)


@router.get(
    "/reclamos-de-compra/{reclamo_id}/pruebas/{archivo_id}",
    response_class=Response,
    responses=_ARCHIVO | respuestas(404),
)
def ver_prueba_de_reclamo_de_compra(
    request: Request, reclamo_id: UUID, archivo_id: UUID, sesion: Sesion, actor: ActorDePedidos
) -> Response:
    """La foto o el PDF de un paso, para quien tiene parte en el reclamo."""
    reclamo, _pedido, _lado = reclamo_visible(sesion, actor, reclamo_id)
    pruebas.exigir_prueba(sesion, reclamo, archivo_id)
    return respuesta_de(sesion, archivo_id, request)


@router.post("/reclamos-de-compra/{reclamo_id}/decision", status_code=204, responses=respuestas(404, 409))
def decidir(
    reclamo_id: UUID, datos: DecisionDeReclamo, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> None:
    """La autoridad decide cuánto vuelve a quien compró: todo, una parte o nada."""
    reclamar.decidir(sesion, actor, reclamo_id, datos.motivos, datos.monto)


@router.post("/reclamos-de-compra/{reclamo_id}/vuelta", responses=respuestas(404, 409))
def revisar_vuelta(
    reclamo_id: UUID, datos: RevisionDeVuelta, sesion: Sesion, actor: ActorDePedidos, _: Idempotente
) -> ReclamoLeido:
    """Quien vende dice que le devolvieron lo reclamado (se devuelve lo pedido), o qué está mal de lo que
    volvió (lo decide la autoridad). Si no dice nada en su plazo, se devuelve lo pedido."""
    volver.revisar(sesion, actor, reclamo_id, datos.que, datos.texto)
    return _leido(sesion, actor, reclamo_id)


@router.post("/reclamos-de-compra/{reclamo_id}/cambio", responses=respuestas(404, 409))
def ofrecer_cambio(
    reclamo_id: UUID, datos: CambioNuevo, sesion: Sesion, actor: ActorDePedidos, _: Idempotente
) -> ReclamoLeido:
    """Quien vende ofrece mandar otro igual, o de otra variante, en lugar del dinero: queda apartado."""
    cambiar.ofrecer_cambio(sesion, actor, reclamo_id, datos.variante_id, datos.texto)
    return _leido(sesion, actor, reclamo_id)


@router.post("/reclamos-de-compra/{reclamo_id}/cambio/envio", responses=respuestas(404, 409))
def mandar_cambio(
    reclamo_id: UUID, datos: CambioMandado, sesion: Sesion, actor: ActorDePedidos, _: Idempotente
) -> ReclamoLeido:
    """Quien vende anuncia el cambio al correo, que debe recibirlo antes de su plazo."""
    cambiar.mandar_cambio(sesion, actor, reclamo_id, datos.operador_id)
    return _leido(sesion, actor, reclamo_id)


@router.post("/reclamos-de-compra/{reclamo_id}/cambio/renuncia", responses=respuestas(404, 409))
def renunciar_al_cambio(
    reclamo_id: UUID, datos: RenunciaAlCambio, sesion: Sesion, actor: ActorDePedidos, _: Idempotente
) -> ReclamoLeido:
    """Quien vende no puede hacer el cambio: se devuelve lo que se pidió."""
    cambiar.renunciar_al_cambio(sesion, actor, reclamo_id, datos.texto)
    return _leido(sesion, actor, reclamo_id)


def _leido(sesion: Session, actor: Actor, reclamo_id: UUID) -> ReclamoLeido:
    reclamo, _pedido, _lado = reclamo_visible(sesion, actor, reclamo_id)
    pasos = [PasoLeido.model_validate(p, from_attributes=True) for p in pasos_de(sesion, reclamo_id)]
    lineas = [
        LineaReclamada(linea_id=fila.id, titulo=fila.titulo, cantidad=cantidad)
        for fila, cantidad in reclamadas(sesion, reclamo_id)
    ]
    aparte = ("pasos", "lineas", "cambio", "vuelta_numero")
    campos = {c: getattr(reclamo, c) for c in ReclamoLeido.model_fields if c not in aparte}
    suyo = cambio_de(sesion, reclamo_id)
    cambio = None if suyo is None else CambioLeido.model_validate(suyo, from_attributes=True)
    vuelta = envio_por_id(sesion, reclamo.vuelta_id).numero if reclamo.vuelta_id else None
    return ReclamoLeido(**campos, lineas=lineas, pasos=pasos, cambio=cambio, vuelta_numero=vuelta)
