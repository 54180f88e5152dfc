"""JSON routes of trust."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Security

from ciudadania import ActorRequerido, actor_requerido
from comercio.catalogo import reglas_vigentes
from comercio.confianza import denunciar, intervenir
from comercio.confianza.consultas import casos, intervencion_visible
from comercio.confianza.esquemas import (
    Apelacion,
    DecisionDeDenuncia,
    DenunciaLeida,
    DenunciaNueva,
    IntervencionLeida,
    ProductoDenunciado,
    ReglaLeida,
    ResolucionDeApelacion,
)
from comercio.confianza.modelos import Intervencion
from nucleo.acceso import publico
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["productos"])
ActorDeCatalogo = Annotated[Actor, Security(actor_requerido, scopes=["productos"])]


@router.get("/reglas-de-venta", responses=respuestas(), dependencies=[Depends(publico)])
def reglas(sesion: Sesion) -> list[ReglaLeida]:
    """Lo que no se puede vender y lo que pide algo a quien vende, con su norma."""
    return [ReglaLeida.model_validate(r, from_attributes=True) for r in reglas_vigentes(sesion)]


@router.post("/productos/{producto_id}/denuncias", status_code=201, responses=respuestas(404, 409))
def abrir(
    producto_id: UUID, datos: DenunciaNueva, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> DenunciaLeida:
    """Dice a la autoridad que un producto no debe estar a la venta. Quien vende no sabrá quién denunció."""
    denuncia = denunciar.denunciar(sesion, actor, producto_id, datos)
    return DenunciaLeida.model_validate(denuncia, from_attributes=True)


@router.get("/productos-denunciados", responses=respuestas())
def denunciados(sesion: Sesion, actor: ActorRequerido) -> list[ProductoDenunciado]:
    """Los productos de los que se espera una decisión de la autoridad, el que vence antes primero."""
    return [
        ProductoDenunciado.model_validate(caso, from_attributes=True)
        for caso in casos(sesion, actor)
        if not caso.es_apelacion
    ]


@router.post("/productos/{producto_id}/denuncias/decision", status_code=204, responses=respuestas(404, 409))
def decidir(
    producto_id: UUID, datos: DecisionDeDenuncia, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> None:
    """La autoridad decide sobre lo denunciado de un producto: lo retira de la venta, o no halla falta."""
    denunciar.decidir(sesion, actor, producto_id, datos)


@router.get("/productos/{producto_id}/intervencion", responses=respuestas(404))
def ver(producto_id: UUID, sesion: Sesion, actor: ActorDeCatalogo) -> IntervencionLeida:
    """Por qué la autoridad retiró un producto y en qué está su apelación, para quien lo vende."""
    return _leida(intervencion_visible(sesion, actor, producto_id)[1])


@router.post("/productos/{producto_id}/intervencion/apelacion", responses=respuestas(404, 409))
def apelar(
    producto_id: UUID, datos: Apelacion, sesion: Sesion, actor: ActorDeCatalogo, _: Idempotente
) -> IntervencionLeida:
    """Quien vende pide que su producto vuelva. Si nadie lo resuelve en su plazo, vuelve."""
    return _leida(intervenir.apelar(sesion, actor, producto_id, datos))


@router.post("/productos/{producto_id}/intervencion/resolucion", responses=respuestas(404, 409))
def resolver(
    producto_id: UUID, datos: ResolucionDeApelacion, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> IntervencionLeida:
    """La autoridad, por otra persona que la que lo retiró, resuelve la apelación."""
    return _leida(intervenir.resolver(sesion, actor, producto_id, datos))


def _leida(intervencion: Intervencion) -> IntervencionLeida:
    return IntervencionLeida.model_validate(intervencion, from_attributes=True)
