"""JSON routes of the purchases from the catalogue."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response, StreamingResponse

from ciudadania import ActorOpcional, ActorRequerido
from feria_inversa.compra_de_catalogo import presentar
from feria_inversa.compra_de_catalogo.actos import aprobar_o_proponer
from feria_inversa.compra_de_catalogo.consultas import compra_visible, compras_de
from feria_inversa.compra_de_catalogo.cumplir import conformar, elegir_con_que_se_paga, pagar
from feria_inversa.compra_de_catalogo.decidir import anular, rechazar
from feria_inversa.compra_de_catalogo.esquemas import (
    CompraNueva,
    CompraSalida,
    ConQueSePaga,
    MotivoDeCompra,
    PaginaDeCompras,
    PagoDeCompra,
)
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from feria_inversa.compra_de_catalogo.publicas import Elegidas, publicas
from feria_inversa.compra_de_catalogo.solicitar import solicitar
from feria_inversa.compra_de_catalogo.tabla import en_csv
from nucleo.actos import RESPUESTAS_202, Propuesto, respuesta_propuesto
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.limites import limitar_direccion
from nucleo.paginacion import Cursor
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["feria inversa"])
DE_UNA = "/entidades-contratantes/{unidad_id}/compras-de-catalogo"
UNA = "/compras-de-catalogo/{compra_id}"
TABLAS_POR_MINUTO = 20
_CSV: dict[int | str, dict[str, Any]] = {
    200: {"description": "Una compra por fila.", "content": {"text/csv": {"schema": {"type": "string"}}}}
}


@router.get("/compras-de-catalogo", dependencies=[Depends(publico)], responses=respuestas())
def listar_compras_de_catalogo(sesion: Sesion, pagina: Cursor, filtro: Elegidas) -> PaginaDeCompras:
    """Las compras del catálogo que las entidades ordenaron, la última primero."""
    filas, siguiente = publicas(sesion, pagina, filtro)
    return PaginaDeCompras(datos=presentar.compras(sesion, filas), siguiente=siguiente)


@router.get(
    "/compras-de-catalogo.csv",
    dependencies=[Depends(publico)],
    response_class=Response,
    responses=_CSV | respuestas(),
)
def compras_de_catalogo_en_csv(request: Request, filtro: Elegidas) -> Response:
    """Las mismas en CSV: UTF-8, comas, punto decimal."""
    limitar_direccion(request, "feria.compras-en-csv", cupo=TABLAS_POR_MINUTO, ventana_s=60)
    cabeceras = {
        "Access-Control-Allow-Origin": "*",
        "Content-Disposition": 'attachment; filename="compras-de-catalogo.csv"',
    }
    return StreamingResponse(en_csv(filtro), media_type="text/csv; charset=utf-8", headers=cabeceras)


@router.get(UNA, dependencies=[Depends(publico)], responses=respuestas(404))
def ver_compra_de_catalogo(compra_id: UUID, sesion: Sesion, actor: ActorOpcional) -> CompraSalida:
    """Una compra del catálogo: de todos desde que se ordenó; antes, de la gente de su entidad."""
    return presentar.compras(sesion, [compra_visible(sesion, actor, compra_id)])[0]


@router.post(DE_UNA, status_code=201, responses=respuestas(404, 409))
def solicitar_compra(
    unidad_id: UUID, datos: CompraNueva, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> CompraSalida:
    """Pide comprar lo que le sostienen a la entidad, con su búsqueda congelada y una certificación: la
    aprueba otra persona."""
    return presentar.compras(sesion, [solicitar(sesion, actor, unidad_id, datos, datos.id)])[0]


@router.get(DE_UNA, responses=respuestas(404))
def listar_compras_de_la_entidad(
    unidad_id: UUID, sesion: Sesion, actor: ActorRequerido, pagina: Cursor
) -> PaginaDeCompras:
    """Las de una entidad, la última pedida primero, también las que no se ordenaron."""
    filas, siguiente = compras_de(sesion, actor, unidad_id, pagina)
    return PaginaDeCompras(datos=presentar.compras(sesion, filas), siguiente=siguiente)


@router.post(
    UNA + "/aprobacion", response_model=CompraSalida, responses=respuestas(404, 409) | RESPUESTAS_202
)
def aprobar_compra(
    compra_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    _: Idempotente,
    datos: ConQueSePaga | None = None,
) -> CompraSalida | Response:
    """Otra persona que la que la pidió la aprueba: se ordena, y su monto queda comprometido. Puede decir con
    qué se pagará; si no lo dice, con la cuenta de la entidad."""
    con = (datos or ConQueSePaga()).se_paga_con
    return _hecho(sesion, aprobar_o_proponer(sesion, actor, compra_id, con))


@router.post(UNA + "/rechazo", responses=respuestas(404, 409))
def rechazar_compra(
    compra_id: UUID, datos: MotivoDeCompra, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> CompraSalida:
    """Otra persona que la que la pidió no la aprueba, y dice por qué."""
    return presentar.compras(sesion, [rechazar(sesion, actor, compra_id, datos.motivo)])[0]


@router.post(UNA + "/anulacion", responses=respuestas(404, 409))
def anular_compra(
    compra_id: UUID, datos: MotivoDeCompra, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> CompraSalida:
    """La entidad deja una compra que nadie decidió todavía."""
    return presentar.compras(sesion, [anular(sesion, actor, compra_id, datos.motivo)])[0]


@router.post(UNA + "/conformidad", responses=respuestas(404, 409))
def dar_conformidad_de_compra(
    compra_id: UUID, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> CompraSalida:
    """La entidad dice que lo que llegó está bien."""
    return presentar.compras(sesion, [conformar(sesion, actor, compra_id)])[0]


@router.post(UNA + "/con-que-se-paga", responses=respuestas(404, 409))
def elegir_con_que_se_paga_la_compra(
    compra_id: UUID, datos: ConQueSePaga, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> CompraSalida:
    """Quien paga por la entidad dice, antes de que se pague, si se toma de su cuenta o la paga tesorería."""
    compra = elegir_con_que_se_paga(sesion, actor, compra_id, datos.se_paga_con)
    return presentar.compras(sesion, [compra])[0]


@router.post(UNA + "/pago", response_model=CompraSalida, responses=respuestas(404, 409) | RESPUESTAS_202)
def pagar_compra(
    compra_id: UUID, datos: PagoDeCompra, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> CompraSalida | Response:
    """Paga lo recibido con dinero de la cuenta de la entidad, o anota el C-31 con que se pagó."""
    return _hecho(sesion, pagar(sesion, actor, compra_id, datos))


def _hecho(sesion: Session, hecho: CompraDeCatalogo | Propuesto) -> CompraSalida | Response:
    if isinstance(hecho, Propuesto):
        return respuesta_propuesto(hecho)
    return presentar.compras(sesion, [hecho])[0]
