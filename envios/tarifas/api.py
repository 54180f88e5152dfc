"""JSON routes of rates and quotes."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response, Security

from ciudadania import ActorRequerido, actor_requerido
from envios.tarifas import consultas
from envios.tarifas.cotizar import comparar, cotizacion_de, cotizar
from envios.tarifas.esquemas import (
    ComparacionLeida,
    CotizacionLeida,
    CotizacionPorGuardar,
    EnvioPorCotizar,
    TarifarioEntero,
    TarifarioLeido,
)
from envios.tarifas.modelos import Tarifario
from envios.tarifas.presentar import (
    comparacion_leida,
    cotizacion_leida,
    tarifario_entero,
    tarifario_leido,
)
from envios.tarifas.tarifarios import ver_tarifario
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.ids import nuevo_id
from nucleo.limites import limitar, limitar_direccion
from nucleo.paginacion import Cursor, Pagina, paginar
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)
PUBLICO = [Depends(publico)]
ActorDeEnvios = Annotated[Actor, Security(actor_requerido, scopes=["envios"])]
COMPARACIONES_POR_MINUTO = 60
COTIZACIONES_POR_HORA = 300


def limitar_por_direccion(request: Request) -> None:
    limitar_direccion(request, "envios.cotizar", cupo=COMPARACIONES_POR_MINUTO, ventana_s=60)


@router.get("/cotizaciones-de-envio", dependencies=PUBLICO, responses=respuestas())
def comparar_cotizaciones(
    request: Request, sesion: Sesion, envio: Annotated[EnvioPorCotizar, Query()]
) -> ComparacionLeida:
    """Cuánto cuesta y cuándo llega con cada operador que lo lleva, del más barato al más caro, con la cuenta
    a la vista; y por qué los demás no.

    No compromete a nadie: para que se sostenga, guarde la cotización con POST.
    """
    limitar_por_direccion(request)
    return comparacion_leida(comparar(sesion, envio.pedido()))


@router.post("/cotizaciones-de-envio", status_code=201, responses=respuestas(409))
def guardar_cotizacion(
    sesion: Sesion, actor: ActorDeEnvios, datos: CotizacionPorGuardar, response: Response, _: Idempotente
) -> CotizacionLeida:
    """Guarda lo que un operador cobra hoy por un envío: lo sostiene siete días, publique lo que publique."""
    limitar("envios.cotizacion", actor.clave, cupo=COTIZACIONES_POR_HORA, ventana_s=3600)
    cotizacion = cotizar(sesion, actor, datos.pedido(), id=nuevo_id())
    response.headers["Location"] = f"/api/v1/cotizaciones-de-envio/{cotizacion.id}"
    return cotizacion_leida(sesion, cotizacion)


@router.get("/cotizaciones-de-envio/{cotizacion_id}", responses=respuestas(404))
def obtener_cotizacion(sesion: Sesion, actor: ActorRequerido, cotizacion_id: UUID) -> CotizacionLeida:
    """Una cotización guardada, para quien la pidió; su cuenta se rehace con las tarifas que cita."""
    return cotizacion_leida(sesion, cotizacion_de(sesion, actor, cotizacion_id))


@router.get("/tarifarios-de-envio", dependencies=PUBLICO, responses=respuestas())
def listar_tarifarios(
    sesion: Sesion,
    cursor: Cursor,
    operador: Annotated[UUID | None, Query(description="La unidad que lleva los envíos.")] = None,
) -> Pagina[TarifarioLeido]:
    """Las versiones publicadas de las tarifas, en vigor, por venir y pasadas: primero las últimas."""
    columnas = (Tarifario.vigente_desde, Tarifario.id)
    filas, siguiente = paginar(sesion, consultas.publicados(operador), cursor, columnas=columnas)
    return Pagina(datos=[tarifario_leido(t) for t in filas], siguiente=siguiente)


@router.get("/tarifarios-de-envio/{tarifario_id}", dependencies=PUBLICO, responses=respuestas(404))
def obtener_tarifario(sesion: Sesion, tarifario_id: UUID) -> TarifarioEntero:
    """Una versión publicada, con sus servicios; lugares, rutas y precios se bajan en CSV."""
    tarifario, _administra = ver_tarifario(sesion, None, tarifario_id)
    return tarifario_entero(tarifario, list(consultas.servicios_de(sesion, tarifario.id)))
