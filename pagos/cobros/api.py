"""JSON routes of charges, in the spirit of the State's payment gateway: register a debt and follow it."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response, Security

from ciudadania import ActorRequerido, actor_requerido
from empresa_digital.registro import CON_LO_SUYO
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.etag import VersionPedida, etag
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import Fecha
from nucleo.limites import limitar_direccion
from nucleo.paginacion import Cursor, Pagina
from nucleo.reloj import ahora_bd
from nucleo.web import publico
from pagos.cobros import api_del_dia, catalogo
from pagos.cobros.accesos import ALCANCE, exigir_cobrar, exigir_papel, unidades_que_cobran
from pagos.cobros.consultas import (
    Filtro,
    concepto_por_id,
    conceptos_de,
    listar_ordenes,
    orden_por_cpt,
    orden_por_id,
)
from pagos.cobros.devueltos import devuelto_por_orden, devuelto_por_pago, reembolsable_de
from pagos.cobros.esquemas import (
    CobroPublico,
    ConceptoLeido,
    ConceptoPorCrear,
    ConceptoPorEditar,
    OrdenLeida,
    OrdenPorEmitir,
    OrdenResumen,
    PagoLeido,
    PagoPorHacer,
    PorAnular,
)
from pagos.cobros.estados import EstadoOrden, estado_visible
from pagos.cobros.ordenes import anular_orden, emitir_orden
from pagos.cobros.pagar import pagar_orden
from pagos.cobros.presentar import cobro_publico, leer_orden

router = APIRouter(prefix="/api/v1", tags=["cobros"], route_class=RutaIdempotente)
router.include_router(api_del_dia.router)

# A machine of the unit issues and follows orders with the scope `cobros`; to move money it needs `pagos`.
ActorQueCobra = Annotated[Actor, Security(actor_requerido, scopes=[ALCANCE])]
ActorQuePaga = Annotated[Actor, Security(actor_requerido, scopes=["pagos"])]
CONSULTAS_POR_MINUTO = 60
_YA_ESTABA: dict[int | str, dict[str, Any]] = {
    200: {"description": "Ya estaba hecha: la misma orden otra vez"}
}


# --- Orders ---------------------------------------------------------------------------------------------


@router.post("/ordenes-de-cobro", status_code=201, responses=respuestas(404, 409) | _YA_ESTABA)
def emitir(
    sesion: Sesion, actor: ActorQueCobra, pedido: OrdenPorEmitir, response: Response, _: Idempotente
) -> OrdenLeida:
    """Register a debt: of a concept of your catalogue or with lines. Repeating a `referencia` with the same
    data answers the same order (200); with other data, 409."""
    emitida = emitir_orden(sesion, actor, pedido)
    response.status_code = 201 if emitida.nueva else 200
    response.headers["Location"] = f"/api/v1/ordenes-de-cobro/{emitida.orden.id}"
    response.headers["ETag"] = etag(emitida.orden.version)
    return leer_orden(sesion, emitida.orden)


@router.get("/ordenes-de-cobro", responses=respuestas(404))
def listar(
    sesion: Sesion,
    actor: ActorQueCobra,
    pagina: Cursor,
    unidad_id: UUID | None = None,
    estado: EstadoOrden | None = None,
    referencia: Annotated[str | None, Query(max_length=60)] = None,
    concepto_id: UUID | None = None,
    desde: Fecha | None = None,
    hasta: Fecha | None = None,
) -> Pagina[OrdenResumen]:
    """Orders of one of your units, or of all of them, newest first."""
    if unidad_id is not None:
        exigir_cobrar(sesion, actor, unidad_id, CON_LO_SUYO)
        unidades = [unidad_id]
    else:
        unidades = [u.id for u in unidades_que_cobran(sesion, actor, CON_LO_SUYO)]
    filtro = Filtro(
        unidades=unidades,
        estado=estado,
        referencia=referencia.replace("\x00", "") if referencia is not None else None,
        concepto_id=concepto_id,
        desde=desde,
        hasta=hasta,
    )
    ordenes, siguiente = listar_ordenes(sesion, filtro, pagina)
    ahora = ahora_bd(sesion)
    devuelto = devuelto_por_orden(sesion, [o.id for o in ordenes])
    datos = [
        OrdenResumen.de(o, devuelto[o.id]).model_copy(
            update={"estado": estado_visible(EstadoOrden(o.estado), o.vence_en, ahora)}
        )
        for o in ordenes
    ]
    return Pagina(datos=datos, siguiente=siguiente)


@router.get("/ordenes-de-cobro/{orden_id}", responses=respuestas(404))
def obtener(sesion: Sesion, actor: ActorQueCobra, orden_id: UUID, response: Response) -> OrdenLeida:
    """The whole order, for who charges it and for who owes or paid it."""
    orden = orden_por_id(sesion, orden_id)
    exigir_papel(sesion, actor, orden)
    response.headers["ETag"] = etag(orden.version)
    return leer_orden(sesion, orden)


@router.post("/ordenes-de-cobro/{orden_id}/pagos", status_code=201, responses=respuestas(404, 409, 503))
def pagar(
    sesion: Sesion, actor: ActorQuePaga, orden_id: UUID, pedido: PagoPorHacer, _: Idempotente
) -> PagoLeido:
    """Pay an order from your wallet or a unit's account. The same `id` again is the same payment."""
    pago = pagar_orden(sesion, actor, orden_id, pedido.id, pedido.monto, pedido.cuenta)
    devuelto = devuelto_por_pago(sesion, [pago])[pago.id]
    return PagoLeido.de(pago, devuelto, reembolsable_de(sesion, pago, devuelto))


@router.post("/ordenes-de-cobro/{orden_id}/anulacion", responses=respuestas(404, 409, 412, 428))
def anular(
    sesion: Sesion,
    actor: ActorQueCobra,
    orden_id: UUID,
    pedido: PorAnular,
    version: VersionPedida,
    response: Response,
    _: Idempotente,
) -> OrdenLeida:
    """Withdraw an order nobody paid, or whose payments all went back. Send its ETag in `If-Match`: if
    somebody paid meanwhile, 412."""
    orden = anular_orden(sesion, actor, orden_id, pedido.motivo, version)
    response.headers["ETag"] = etag(orden.version)
    return leer_orden(sesion, orden)


@router.get("/cobros/{cpt}", dependencies=[Depends(publico)], responses=respuestas(404))
def consultar(request: Request, sesion: Sesion, cpt: str) -> CobroPublico:
    """What anybody with the code may know. Sixty look-ups a minute from one address."""
    limitar_direccion(request, "cobros-consulta", cupo=CONSULTAS_POR_MINUTO, ventana_s=60)
    return cobro_publico(sesion, orden_por_cpt(sesion, cpt[:60]))


# --- Catalogue ------------------------------------------------------------------------------------------


@router.get("/conceptos-de-cobro", dependencies=[Depends(publico)], responses=respuestas(404))
def listar_conceptos(sesion: Sesion, unidad_id: UUID, vigentes: bool = True) -> Pagina[ConceptoLeido]:
    """The fees of a unit with their norm: public information. `vigentes=false` gives all versions."""
    conceptos = conceptos_de(sesion, unidad_id, solo_vigentes=vigentes)
    return Pagina(datos=[ConceptoLeido.de(c) for c in conceptos])


@router.get("/conceptos-de-cobro/{concepto_id}", dependencies=[Depends(publico)], responses=respuestas(404))
def obtener_concepto(sesion: Sesion, concepto_id: UUID, response: Response) -> ConceptoLeido:
    concepto = concepto_por_id(sesion, concepto_id)
    response.headers["ETag"] = etag(concepto.version)
    return ConceptoLeido.de(concepto)


@router.post("/conceptos-de-cobro", status_code=201, responses=respuestas(404, 409))
def crear_concepto(
    sesion: Sesion, actor: ActorRequerido, pedido: ConceptoPorCrear, response: Response, _: Idempotente
) -> ConceptoLeido:
    """Add a fee to the catalogue of a unit you administer, or another version of one."""
    concepto = catalogo.crear_concepto(sesion, actor, pedido)
    response.headers["Location"] = f"/api/v1/conceptos-de-cobro/{concepto.id}"
    response.headers["ETag"] = etag(concepto.version)
    return ConceptoLeido.de(concepto)


@router.patch("/conceptos-de-cobro/{concepto_id}", responses=respuestas(404, 409, 412, 428))
def editar_concepto(
    sesion: Sesion,
    actor: ActorRequerido,
    concepto_id: UUID,
    pedido: ConceptoPorEditar,
    version: VersionPedida,
    response: Response,
) -> ConceptoLeido:
    """Change what you send; the rest stays. What it charges changes only while no order used it."""
    concepto = catalogo.editar_concepto(sesion, actor, concepto_id, pedido, version)
    response.headers["ETag"] = etag(concepto.version)
    return ConceptoLeido.de(concepto)


@router.delete("/conceptos-de-cobro/{concepto_id}", status_code=204, responses=respuestas(404, 409, 412, 428))
def borrar_concepto(
    sesion: Sesion, actor: ActorRequerido, concepto_id: UUID, version: VersionPedida
) -> Response:
    """Remove a fee that no order used."""
    catalogo.borrar_concepto(sesion, actor, concepto_id, version)
    return Response(status_code=204)
