"""JSON routes of the documents of a process."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Path, Request, Response, UploadFile

from ciudadania import ActorOpcional
from feria_inversa.documentos import ClaseTraida, pedidos_de, version_publica
from feria_inversa.entidades import Contratante
from feria_inversa.procesos import (
    DocumentoSalida,
    PedidoSalida,
    PedidosEntrada,
    Texto,
    Titulo,
    convocatoria_visible,
    documentos_salida,
    pedir_documentos,
    quitar_documento,
    subir_documento,
)
from nucleo.archivos import TIPO_PDF, Recibido
from nucleo.archivos.servir import respuesta_de
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import Entero, Momento, NumeroDeRuta
from nucleo.web import publico

router = APIRouter(route_class=RutaIdempotente)
DE_UNA = "/{convocatoria_id}/documentos"
PEDIDOS = "/{convocatoria_id}/documentos-pedidos"
NumeroDeDocumento = Annotated[Entero, Path(ge=0, le=32767, description="El DBC es el 0.")]
_ARCHIVO: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "El archivo",
        "content": {TIPO_PDF: {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get(DE_UNA, dependencies=[Depends(publico)], responses=respuestas(404))
def listar_documentos(convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional) -> list[DocumentoSalida]:
    """Los documentos de la convocatoria, cada uno con sus versiones."""
    convocatoria_visible(sesion, actor, convocatoria_id)
    return documentos_salida(sesion, convocatoria_id)


@router.post(DE_UNA, status_code=201, responses=respuestas(404, 409, 413))
def agregar_documento(
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: Contratante,
    clase: Annotated[ClaseTraida, Form(description="Qué documento es.")],
    titulo: Annotated[Titulo, Form()],
    archivo: Annotated[UploadFile, File(description="PDF de hasta 8 MB y 20 páginas.")],
    _: Idempotente,
    numero: Annotated[Entero | None, Form(ge=1, le=99, description="De cuál es una versión nueva.")] = None,
    motivo: Annotated[
        Texto, Form(max_length=1000, description="Por qué, si ya está publicada: será público.")
    ] = "",
    vence_en: Annotated[
        Momento | None, Form(description="El nuevo cierre, si cambia; nunca antes del que tenía.")
    ] = None,
) -> list[DocumentoSalida]:
    """Agrega un documento a un borrador; lo publicado se enmienda con él, y quien ya ofertó reconfirma.

    Se guarda dibujado otra vez: sin guiones, adjuntos ni nada que no se vea.
    """
    recibido = Recibido.de(archivo)
    subir_documento(
        sesion,
        actor,
        convocatoria_id,
        clase,
        titulo,
        recibido,
        numero=numero,
        motivo=motivo,
        vence_en=vence_en,
    )
    return documentos_salida(sesion, convocatoria_id)


@router.delete(DE_UNA + "/{numero}", status_code=204, responses=respuestas(404, 409))
def sacar_documento(
    convocatoria_id: UUID, numero: NumeroDeDocumento, sesion: Sesion, actor: Contratante
) -> None:
    """Quita un documento de un borrador; lo publicado nunca se borra."""
    quitar_documento(sesion, actor, convocatoria_id, numero)


@router.get(
    DE_UNA + "/{numero}/{version}",
    dependencies=[Depends(publico)],
    response_class=Response,
    responses=_ARCHIVO | respuestas(404),
)
def bajar_documento(
    request: Request,
    convocatoria_id: UUID,
    numero: NumeroDeDocumento,
    version: NumeroDeRuta,
    sesion: Sesion,
    actor: ActorOpcional,
) -> Response:
    """Una versión de un documento, byte por byte: su SHA-256 es el que dice la lista."""
    convocatoria_visible(sesion, actor, convocatoria_id)
    cual = version_publica(sesion, convocatoria_id, numero, version)
    return respuesta_de(sesion, cual.archivo_id, request)


def _pedidos(sesion: Sesion, convocatoria_id: UUID) -> list[PedidoSalida]:
    return [PedidoSalida.model_validate(pedido) for pedido in pedidos_de(sesion, convocatoria_id)]


@router.get(PEDIDOS, dependencies=[Depends(publico)], responses=respuestas(404))
def listar_documentos_pedidos(
    convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional
) -> list[PedidoSalida]:
    """Qué presenta quien oferta además de su oferta, y qué pasa si falta."""
    convocatoria_visible(sesion, actor, convocatoria_id)
    return _pedidos(sesion, convocatoria_id)


@router.put(PEDIDOS, responses=respuestas(404, 409))
def poner_documentos_pedidos(
    convocatoria_id: UUID, datos: PedidosEntrada, sesion: Sesion, actor: Contratante
) -> list[PedidoSalida]:
    """Pone la lista entera en un borrador; una vez publicada no cambia."""
    pedir_documentos(sesion, actor, convocatoria_id, datos.pedidos)
    return _pedidos(sesion, convocatoria_id)
