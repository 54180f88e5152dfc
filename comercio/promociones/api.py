"""JSON routes of promotions and coupons."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Security

from ciudadania import actor_requerido
from comercio.promociones import presentar
from comercio.promociones.consultas import cupones_de, promociones_de, variantes_de_promociones
from comercio.promociones.crear import dar_cupon, mover_cupon, mover_promocion, promover
from comercio.promociones.esquemas import (
    CambioDeEstado,
    CuponFicha,
    CuponNuevo,
    PromocionFicha,
    PromocionNueva,
)
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.paginacion import Cursor, Pagina

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["ventas"])
Vendedor = Annotated[Actor, Security(actor_requerido, scopes=["productos"])]
UnidadId = Annotated[UUID, Query(description="Unidad que vende.")]


@router.get("/promociones", responses=respuestas())
def listar_promociones(
    sesion: Sesion, actor: Vendedor, unidad_id: UnidadId, pagina: Cursor
) -> Pagina[PromocionFicha]:
    """Las promociones de una unidad, las nuevas antes, también las terminadas."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    lista, siguiente = promociones_de(sesion, unidad_id, pagina)
    de_cuales = variantes_de_promociones(sesion, [p.id for p in lista])
    return Pagina(datos=[presentar.promocion(p, de_cuales[p.id]) for p in lista], siguiente=siguiente)


@router.post("/promociones", status_code=201, responses=respuestas(403, 409))
def crear_promocion(datos: PromocionNueva, sesion: Sesion, actor: Vendedor, _: Idempotente) -> PromocionFicha:
    """Rebaja tanto por ciento, o tantos bolivianos de cada uno, entre dos días: de toda la tienda o de
    algunas variantes. Termina sola."""
    hecha = promover(sesion, actor, datos)
    return presentar.promocion(hecha, variantes_de_promociones(sesion, [hecha.id])[hecha.id])


@router.post("/promociones/{promocion_id}/estado", responses=respuestas(404, 409))
def cambiar_promocion(
    promocion_id: UUID, datos: CambioDeEstado, sesion: Sesion, actor: Vendedor, _: Idempotente
) -> PromocionFicha:
    """La pausa, sigue con ella o la termina."""
    hecha = mover_promocion(sesion, actor, promocion_id, datos.estado)
    return presentar.promocion(hecha, variantes_de_promociones(sesion, [hecha.id])[hecha.id])


@router.get("/cupones", responses=respuestas())
def listar_cupones(
    sesion: Sesion, actor: Vendedor, unidad_id: UnidadId, pagina: Cursor
) -> Pagina[CuponFicha]:
    """Los cupones de una unidad, los nuevos antes, también los terminados."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    lista, siguiente = cupones_de(sesion, unidad_id, pagina)
    return Pagina(datos=[presentar.cupon(c) for c in lista], siguiente=siguiente)


@router.post("/cupones", status_code=201, responses=respuestas(403, 409))
def crear_cupon(datos: CuponNuevo, sesion: Sesion, actor: Vendedor, _: Idempotente) -> CuponFicha:
    """Un código que rebaja lo que se compra a la unidad, una vez a cada quien."""
    return presentar.cupon(dar_cupon(sesion, actor, datos))


@router.post("/cupones/{cupon_id}/estado", responses=respuestas(404, 409))
def cambiar_cupon(
    cupon_id: UUID, datos: CambioDeEstado, sesion: Sesion, actor: Vendedor, _: Idempotente
) -> CuponFicha:
    """Lo pausa, sigue con él o lo termina."""
    return presentar.cupon(mover_cupon(sesion, actor, cupon_id, datos.estado))
