"""The page of a purchase order."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse

from empresa_digital.registro import lugar, unidad_por_id
from feria_inversa.contratos.consultas import lineas_de_orden, orden_por_id
from feria_inversa.entidades import identificador_principal
from feria_inversa.procesos import cantidad
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import Sesion
from nucleo.web import pagina, publico

router = APIRouter(dependencies=[Depends(publico)])


@router.get("/ordenes-de-compra/{orden_id}")
def orden_de_compra(request: Request, orden_id: UUID, sesion: Sesion) -> HTMLResponse:
    """A purchase order, ready to print."""
    orden = orden_por_id(sesion, orden_id)
    convocatoria = sesion.get_one(Convocatoria, orden.convocatoria_id)
    return pagina(
        request,
        "feria_inversa/contratos/orden.html",
        orden=orden,
        convocatoria=convocatoria,
        entidad=unidad_por_id(sesion, orden.unidad_id),
        proveedor=unidad_por_id(sesion, orden.proveedor_id),
        nit_entidad=identificador_principal(sesion, orden.unidad_id),
        nit_proveedor=identificador_principal(sesion, orden.proveedor_id),
        lugar=lugar(sesion, convocatoria.municipio_ine),
        lineas=lineas_de_orden(sesion, orden.id),
        cantidad=cantidad,
    )
