"""JSON routes of the purchase orders."""

from uuid import UUID

from fastapi import APIRouter, Depends

from ciudadania import ActorOpcional, ActorRequerido
from feria_inversa.contratos import presentar
from feria_inversa.contratos.aceptacion import aceptar_orden, rechazar_orden
from feria_inversa.contratos.consultas import orden_por_id, ordenes_de
from feria_inversa.contratos.entregas import entregar, recibir
from feria_inversa.contratos.esquemas import (
    AceptacionEntrada,
    AnulacionEntrada,
    EjecucionEntrada,
    EntregaNueva,
    GarantiaNueva,
    HistorialSalida,
    OrdenSalida,
    PagoNuevo,
    RecepcionEntrada,
    RechazoEntrada,
    ResolucionEntrada,
)
from feria_inversa.contratos.garantias import (
    anular_garantia,
    devolver_garantia,
    ejecutar_garantia,
    registrar_garantia,
)
from feria_inversa.contratos.historial import proveedor_publico
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.contratos.pagos import pagar
from feria_inversa.contratos.resolucion import resolver_orden
from feria_inversa.entidades import Contratante
from feria_inversa.procesos import convocatoria_visible
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import NumeroDeRuta
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["feria inversa"])
ORDENES = "/convocatorias/{convocatoria_id}/ordenes-de-compra"


@router.post(ORDENES, status_code=201, responses=respuestas(404, 409))
def emitir_ordenes_de_compra(
    convocatoria_id: UUID, sesion: Sesion, actor: Contratante, _: Idempotente
) -> list[OrdenSalida]:
    """Emite una orden de compra para cada proveedor adjudicado."""
    ordenes = emitir_ordenes(sesion, actor, convocatoria_id)
    return [presentar.orden(sesion, orden) for orden in ordenes]


@router.get(
    ORDENES,
    dependencies=[Depends(publico)],
    responses=respuestas(404),
)
def listar_ordenes(convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional) -> list[OrdenSalida]:
    """Las órdenes de compra que resultaron de una convocatoria."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    return [presentar.orden(sesion, orden) for orden in ordenes_de(sesion, convocatoria.id)]


@router.get("/ordenes-de-compra/{orden_id}", dependencies=[Depends(publico)], responses=respuestas(404))
def ver_orden(orden_id: UUID, sesion: Sesion) -> OrdenSalida:
    """Una orden de compra con sus líneas."""
    return presentar.orden(sesion, orden_por_id(sesion, orden_id))


@router.post("/ordenes-de-compra/{orden_id}/aceptacion", responses=respuestas(404, 409))
def aceptar(
    orden_id: UUID,
    sesion: Sesion,
    actor: Contratante,
    _: Idempotente,
    datos: AceptacionEntrada | None = None,
) -> OrdenSalida:
    """El proveedor acepta la orden dentro del plazo: desde entonces obliga a ambos."""
    entregada = datos is not None and datos.garantia_entregada
    return presentar.orden(sesion, aceptar_orden(sesion, actor, orden_id, garantia_entregada=entregada))


@router.post("/ordenes-de-compra/{orden_id}/rechazo", responses=respuestas(404, 409))
def rechazar(
    orden_id: UUID, datos: RechazoEntrada, sesion: Sesion, actor: Contratante, _: Idempotente
) -> OrdenSalida:
    """El proveedor no acepta la orden: su adjudicación queda sin efecto y los ítems se deciden de nuevo."""
    return presentar.orden(sesion, rechazar_orden(sesion, actor, orden_id, datos.motivo))


@router.post("/ordenes-de-compra/{orden_id}/entregas", status_code=201, responses=respuestas(404, 409))
def anotar_entrega(
    orden_id: UUID, datos: EntregaNueva, sesion: Sesion, actor: Contratante, _: Idempotente
) -> OrdenSalida:
    """Anota lo que el proveedor entrega: lo escribe él, o la entidad por él. Espera la conformidad."""
    entregar(sesion, actor, orden_id, datos, datos.id)
    return presentar.orden(sesion, orden_por_id(sesion, orden_id))


@router.post("/ordenes-de-compra/{orden_id}/entregas/{numero}/recepcion", responses=respuestas(404, 409))
def recibir_entrega(
    orden_id: UUID,
    numero: NumeroDeRuta,
    datos: RecepcionEntrada,
    sesion: Sesion,
    actor: Contratante,
    _: Idempotente,
) -> OrdenSalida:
    """La entidad recibe una entrega, del todo o en parte, o la devuelve; su silencio la recibe toda."""
    recibir(sesion, actor, orden_id, numero, datos)
    return presentar.orden(sesion, orden_por_id(sesion, orden_id))


@router.post("/ordenes-de-compra/{orden_id}/pagos", status_code=201, responses=respuestas(404, 409))
def pagar_orden(
    orden_id: UUID, datos: PagoNuevo, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> OrdenSalida:
    """Paga lo recibido: con dinero de la cuenta de la entidad, o con el C-31 que se registra."""
    pagar(sesion, actor, orden_id, datos, datos.id)
    return presentar.orden(sesion, orden_por_id(sesion, orden_id))


@router.post("/ordenes-de-compra/{orden_id}/resolucion", responses=respuestas(404, 409))
def resolver(
    orden_id: UUID, datos: ResolucionEntrada, sesion: Sesion, actor: Contratante, _: Idempotente
) -> OrdenSalida:
    """La entidad termina una orden atrasada; lo que se recibió se paga."""
    return presentar.orden(sesion, resolver_orden(sesion, actor, orden_id, datos.motivo))


@router.post("/ordenes-de-compra/{orden_id}/garantias", status_code=201, responses=respuestas(404, 409))
def anotar_garantia(
    orden_id: UUID, datos: GarantiaNueva, sesion: Sesion, actor: Contratante, _: Idempotente
) -> OrdenSalida:
    """La entidad anota la garantía que trajo el proveedor, o la que renueva a otra."""
    registrar_garantia(sesion, actor, orden_id, datos, datos.id)
    return presentar.orden(sesion, orden_por_id(sesion, orden_id))


@router.post("/ordenes-de-compra/{orden_id}/garantias/{numero}/devolucion", responses=respuestas(404, 409))
def devolver(
    orden_id: UUID,
    numero: NumeroDeRuta,
    sesion: Sesion,
    actor: Contratante,
    _: Idempotente,
) -> OrdenSalida:
    """La entidad devuelve una garantía; la de cumplimiento, cuando la orden terminó o se recibió."""
    devolver_garantia(sesion, actor, orden_id, numero)
    return presentar.orden(sesion, orden_por_id(sesion, orden_id))


@router.post("/ordenes-de-compra/{orden_id}/garantias/{numero}/ejecucion", responses=respuestas(404, 409))
def ejecutar(
    orden_id: UUID,
    numero: NumeroDeRuta,
    datos: EjecucionEntrada,
    sesion: Sesion,
    actor: Contratante,
    _: Idempotente,
) -> OrdenSalida:
    """La entidad cobra una garantía a quien la emitió, con su motivo."""
    ejecutar_garantia(sesion, actor, orden_id, numero, datos.motivo)
    return presentar.orden(sesion, orden_por_id(sesion, orden_id))


@router.post("/ordenes-de-compra/{orden_id}/garantias/{numero}/anulacion", responses=respuestas(404, 409))
def anular(
    orden_id: UUID,
    numero: NumeroDeRuta,
    datos: AnulacionEntrada,
    sesion: Sesion,
    actor: Contratante,
    _: Idempotente,
) -> OrdenSalida:
    """La entidad anula una garantía que se anotó por error, con su motivo."""
    anular_garantia(sesion, actor, orden_id, numero, datos.motivo)
    return presentar.orden(sesion, orden_por_id(sesion, orden_id))


@router.get("/proveedores-del-estado/{numero}", dependencies=[Depends(publico)], responses=respuestas(404))
def ver_historial(numero: str, sesion: Sesion) -> HistorialSalida:
    """Lo que el Estado le ordenó a una unidad: cuánto entregó a tiempo, con qué multas y qué se resolvió."""
    return presentar.historial(sesion, proveedor_publico(sesion, numero))
