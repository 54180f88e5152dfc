"""JSON routes of bags, manifests, their reception and rounds, for who works at an agency and its programs."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.status import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from envios.despachos import hojas
from envios.despachos.consultas import (
    despacho_visible,
    despachos_de,
    diferencia_visible,
    hoja_visible,
    hojas_de,
    saca_visible,
    sacas_de,
)
from envios.despachos.despachos import cargar, descargar, preparar_despacho
from envios.despachos.diferencias import explicar, responder
from envios.despachos.esquemas import (
    Cargado,
    Cierre,
    DespachoConCarga,
    DespachoLeido,
    DespachoPorPreparar,
    DiferenciaLeida,
    Explicacion,
    HojaConParadas,
    HojaLeida,
    HojaPorPreparar,
    LecturaPorCargar,
    Llegada,
    PasoPedidoDeDespacho,
    PasoPedidoDeHoja,
    PasoPedidoDeSaca,
    Respuesta,
    SacaConEnvios,
    SacaLeida,
    SacaPorAbrir,
)
from envios.despachos.manifiesto import manifiesto_pdf
from envios.despachos.modelos import Despacho, Diferencia, HojaDeRuta, Saca
from envios.despachos.pasos import paso_de_despacho, paso_de_hoja, paso_de_saca
from envios.despachos.presentar import (
    leer_cargado,
    leer_cargado_a,
    leer_despacho,
    leer_despacho_entero,
    leer_diferencias,
    leer_hoja,
    leer_hoja_entera,
    leer_llegada,
    leer_saca,
    leer_saca_entera,
)
from envios.despachos.recibir import recibir
from envios.despachos.sacas import abrir_saca, cerrar_saca, meter, sacar
from envios.items import ActorDeEnvios
from envios.operadores import exigir_en_agencia
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor, Pagina, paginar

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)

_PDF: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "El documento.",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}


# --- Bags -------------------------------------------------------------------------------------------------


@router.get("/sacas", responses=respuestas(404, 409))
def listar_sacas(sesion: Sesion, actor: ActorDeEnvios, agencia_id: UUID, pagina: Cursor) -> Pagina[SacaLeida]:
    """Las sacas que una agencia llena o abre, la más nueva primero."""
    exigir_en_agencia(sesion, actor, agencia_id)
    filas, siguiente = paginar(sesion, sacas_de(agencia_id), pagina, columnas=(Saca.creada_en, Saca.id))
    return Pagina(datos=[leer_saca(s) for s in filas], siguiente=siguiente)


@router.post("/sacas", status_code=HTTP_201_CREATED, responses=respuestas(404, 409))
def abrir_una_saca(sesion: Sesion, actor: ActorDeEnvios, cuerpo: SacaPorAbrir, _: Idempotente) -> SacaLeida:
    """Abre una saca, que se llena en una agencia y se vacía en otra, también de otro operador."""
    return leer_saca(abrir_saca(sesion, actor, cuerpo.origen_agencia_id, cuerpo.destino_agencia_id))


@router.get("/sacas/{saca_id}", responses=respuestas(404))
def obtener_saca(sesion: Sesion, actor: ActorDeEnvios, saca_id: UUID) -> SacaConEnvios:
    """Una saca con sus envíos, para quien trabaja donde se llena o se vacía."""
    return leer_saca_entera(sesion, saca_visible(sesion, actor, saca_id))


@router.post("/sacas/{saca_id}/envios", responses=respuestas(404, 409))
def meter_en_una_saca(
    sesion: Sesion, actor: ActorDeEnvios, saca_id: UUID, cuerpo: LecturaPorCargar, _: Idempotente
) -> Cargado:
    """Mete un envío en una saca abierta; leerlo dos veces es una. Si ya está donde va, hay que insistir."""
    saca = saca_visible(sesion, actor, saca_id)
    envio = meter(sesion, actor, saca_id, cuerpo.codigo, insiste=cuerpo.insiste)
    return leer_cargado_a(sesion, envio, saca.destino_agencia_id)


@router.delete(
    "/sacas/{saca_id}/envios/{envio_id}", status_code=HTTP_204_NO_CONTENT, responses=respuestas(404, 409)
)
def sacar_de_una_saca(
    sesion: Sesion, actor: ActorDeEnvios, saca_id: UUID, envio_id: UUID, _: Idempotente
) -> None:
    """Saca un envío de una saca abierta."""
    saca_visible(sesion, actor, saca_id)
    sacar(sesion, actor, saca_id, envio_id)


@router.post("/sacas/{saca_id}/cierre", responses=respuestas(404, 409))
def cerrar_una_saca(
    sesion: Sesion, actor: ActorDeEnvios, saca_id: UUID, cuerpo: Cierre, _: Idempotente
) -> SacaLeida:
    """Cierra una saca con su precinto: nada entra ni sale de ella."""
    saca_visible(sesion, actor, saca_id)
    return leer_saca(cerrar_saca(sesion, actor, saca_id, cuerpo.precinto, cuerpo.peso_g))


@router.post("/sacas/{saca_id}/paso", responses=respuestas(404, 409))
def pasar_una_saca(
    sesion: Sesion, actor: ActorDeEnvios, saca_id: UUID, cuerpo: PasoPedidoDeSaca, _: Idempotente
) -> SacaLeida:
    """Abre otra vez una saca cerrada, la deshace, o dice que quedó vacía en su destino."""
    saca_visible(sesion, actor, saca_id)
    return leer_saca(paso_de_saca(sesion, actor, saca_id, cuerpo.paso))


# --- Manifests --------------------------------------------------------------------------------------------


@router.get("/despachos", responses=respuestas(404, 409))
def listar_despachos(
    sesion: Sesion, actor: ActorDeEnvios, agencia_id: UUID, pagina: Cursor
) -> Pagina[DespachoLeido]:
    """Los despachos que salen de una agencia o vienen a ella, el más nuevo primero."""
    exigir_en_agencia(sesion, actor, agencia_id)
    columnas = (Despacho.creado_en, Despacho.id)
    filas, siguiente = paginar(sesion, despachos_de(agencia_id), pagina, columnas=columnas)
    return Pagina(datos=[leer_despacho(d) for d in filas], siguiente=siguiente)


@router.post("/despachos", status_code=HTTP_201_CREATED, responses=respuestas(404, 409))
def preparar_un_despacho(
    sesion: Sesion, actor: ActorDeEnvios, cuerpo: DespachoPorPreparar, _: Idempotente
) -> DespachoLeido:
    """Prepara un despacho de una agencia a otra. A una de otro operador, le entrega sus envíos."""
    origen, destino = cuerpo.origen_agencia_id, cuerpo.destino_agencia_id
    hecho = preparar_despacho(
        sesion, actor, origen, destino, vehiculo=cuerpo.vehiculo, conductor=cuerpo.conductor
    )
    return leer_despacho(hecho)


@router.get("/despachos/{despacho_id}", responses=respuestas(404))
def obtener_despacho(sesion: Sesion, actor: ActorDeEnvios, despacho_id: UUID) -> DespachoConCarga:
    """Un despacho con lo que lleva y lo que llegó distinto, para quien trabaja en una de sus agencias."""
    return leer_despacho_entero(sesion, despacho_visible(sesion, actor, despacho_id))


@router.get("/despachos/{despacho_id}/manifiesto", response_class=Response, responses=_PDF | respuestas(404))
def imprimir_manifiesto(sesion: Sesion, actor: ActorDeEnvios, despacho_id: UUID) -> Response:
    """El manifiesto en papel: totales, sacas con su precinto, envíos sueltos y lugar para las dos firmas."""
    despacho = despacho_visible(sesion, actor, despacho_id)
    return Response(manifiesto_pdf(sesion, despacho), media_type="application/pdf")


@router.post("/despachos/{despacho_id}/carga", responses=respuestas(404, 409))
def cargar_un_despacho(
    sesion: Sesion, actor: ActorDeEnvios, despacho_id: UUID, cuerpo: LecturaPorCargar, _: Idempotente
) -> Cargado:
    """Carga una saca cerrada o un envío suelto en un despacho; leerlo dos veces es una. Si el envío ya está
    donde va, hay que insistir."""
    despacho = despacho_visible(sesion, actor, despacho_id)
    cosa = cargar(sesion, actor, despacho_id, cuerpo.codigo, insiste=cuerpo.insiste)
    return leer_cargado_a(sesion, cosa, despacho.destino_agencia_id)


@router.delete(
    "/despachos/{despacho_id}/carga/{cosa_id}",
    status_code=HTTP_204_NO_CONTENT,
    responses=respuestas(404, 409),
)
def descargar_de_un_despacho(
    sesion: Sesion, actor: ActorDeEnvios, despacho_id: UUID, cosa_id: UUID, _: Idempotente
) -> None:
    """Baja una saca o un envío suelto de un despacho que no salió."""
    despacho_visible(sesion, actor, despacho_id)
    descargar(sesion, actor, despacho_id, cosa_id)


@router.post("/despachos/{despacho_id}/paso", responses=respuestas(404, 409))
def pasar_un_despacho(
    sesion: Sesion, actor: ActorDeEnvios, despacho_id: UUID, cuerpo: PasoPedidoDeDespacho, _: Idempotente
) -> DespachoLeido:
    """Sale o se deshace, en su origen; llegó todo o ya no llega más, en su destino."""
    despacho_visible(sesion, actor, despacho_id)
    return leer_despacho(paso_de_despacho(sesion, actor, despacho_id, cuerpo.paso))


@router.post("/despachos/{despacho_id}/llegadas", responses=respuestas(404, 409))
def recibir_de_un_despacho(
    sesion: Sesion, actor: ActorDeEnvios, despacho_id: UUID, cuerpo: Llegada, _: Idempotente
) -> Cargado:
    """Recibe una saca o un envío en el destino, en cualquier orden; también lo que era de otro despacho."""
    despacho_visible(sesion, actor, despacho_id)
    hecha = recibir(
        sesion,
        actor,
        despacho_id,
        cuerpo.codigo,
        precinto_intacto=cuerpo.precinto_intacto,
        peso_g=cuerpo.peso_g,
    )
    return leer_llegada(hecha)


@router.post("/diferencias-de-despacho/{diferencia_id}/explicacion", responses=respuestas(404, 409))
def explicar_una_diferencia(
    sesion: Sesion, actor: ActorDeEnvios, diferencia_id: UUID, cuerpo: Explicacion, _: Idempotente
) -> DiferenciaLeida:
    """Dice qué pasó, desde cualquiera de las dos agencias."""
    diferencia_visible(sesion, actor, diferencia_id)
    return _leer(sesion, explicar(sesion, actor, diferencia_id, cuerpo.explicacion))


@router.post("/diferencias-de-despacho/{diferencia_id}/respuesta", responses=respuestas(404, 409))
def responder_una_diferencia(
    sesion: Sesion, actor: ActorDeEnvios, diferencia_id: UUID, cuerpo: Respuesta, _: Idempotente
) -> DiferenciaLeida:
    """Acepta lo que dijo la otra agencia, o pide otra explicación."""
    diferencia_visible(sesion, actor, diferencia_id)
    return _leer(sesion, responder(sesion, actor, diferencia_id, cuerpo.acepta))


def _leer(sesion: Sesion, fila: Diferencia) -> DiferenciaLeida:
    return leer_diferencias(sesion, [fila])[0]


# --- Rounds -----------------------------------------------------------------------------------------------


@router.get("/hojas-de-ruta", responses=respuestas(404, 409))
def listar_hojas_de_ruta(
    sesion: Sesion, actor: ActorDeEnvios, agencia_id: UUID, pagina: Cursor
) -> Pagina[HojaLeida]:
    """Las hojas de ruta de una agencia, la más nueva primero."""
    exigir_en_agencia(sesion, actor, agencia_id)
    columnas = (HojaDeRuta.creada_en, HojaDeRuta.id)
    filas, siguiente = paginar(sesion, hojas_de(agencia_id), pagina, columnas=columnas)
    return Pagina(datos=[leer_hoja(h) for h in filas], siguiente=siguiente)


@router.post("/hojas-de-ruta", status_code=HTTP_201_CREATED, responses=respuestas(404, 409))
def preparar_una_hoja_de_ruta(
    sesion: Sesion, actor: ActorDeEnvios, cuerpo: HojaPorPreparar, _: Idempotente
) -> HojaLeida:
    """Prepara la hoja de ruta de quien trabaja en una agencia."""
    quien, dia = cuerpo.repartidor_persona_id, cuerpo.dia
    return leer_hoja(hojas.preparar_hoja(sesion, actor, cuerpo.agencia_id, quien, dia))


@router.get("/hojas-de-ruta/{hoja_id}", responses=respuestas(404))
def obtener_hoja_de_ruta(sesion: Sesion, actor: ActorDeEnvios, hoja_id: UUID) -> HojaConParadas:
    """Una hoja de ruta con sus paradas en el orden de los lugares. No lleva ningún código de entrega."""
    return leer_hoja_entera(sesion, *hoja_visible(sesion, actor, hoja_id))


@router.post("/hojas-de-ruta/{hoja_id}/envios", responses=respuestas(404, 409))
def agregar_a_una_hoja_de_ruta(
    sesion: Sesion, actor: ActorDeEnvios, hoja_id: UUID, cuerpo: LecturaPorCargar, _: Idempotente
) -> Cargado:
    """Agrega un envío a una hoja de ruta que no salió; leerlo dos veces es una. Si va a otro departamento, o
    quien lo recibe pidió otra cosa, hay que insistir."""
    hoja_visible(sesion, actor, hoja_id)
    return leer_cargado(hojas.agregar(sesion, actor, hoja_id, cuerpo.codigo, insiste=cuerpo.insiste))


@router.delete(
    "/hojas-de-ruta/{hoja_id}/envios/{envio_id}",
    status_code=HTTP_204_NO_CONTENT,
    responses=respuestas(404, 409),
)
def quitar_de_una_hoja_de_ruta(
    sesion: Sesion, actor: ActorDeEnvios, hoja_id: UUID, envio_id: UUID, _: Idempotente
) -> None:
    """Quita un envío de una hoja de ruta que no salió."""
    hoja_visible(sesion, actor, hoja_id)
    hojas.quitar(sesion, actor, hoja_id, envio_id)


@router.post("/hojas-de-ruta/{hoja_id}/paso", responses=respuestas(404, 409))
def pasar_una_hoja_de_ruta(
    sesion: Sesion, actor: ActorDeEnvios, hoja_id: UUID, cuerpo: PasoPedidoDeHoja, _: Idempotente
) -> HojaLeida:
    """Agrega lo que espera en la agencia, sale a reparto, vuelve, o se deshace."""
    hoja_visible(sesion, actor, hoja_id)
    return leer_hoja(paso_de_hoja(sesion, actor, hoja_id, cuerpo.paso))
