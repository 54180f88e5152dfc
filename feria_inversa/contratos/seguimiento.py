"""Each act upon an order in force is published, told and audited."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, func, select

from feria_inversa.actos import publicar_acto
from feria_inversa.contratos.modelos import Entrega, OrdenDeCompra, PagoDeOrden
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar


def contar_acto(
    sesion: Session,
    convocatoria: Convocatoria,
    orden: OrdenDeCompra,
    quien: Autorizacion,
    accion: str,
    hechos: Mapping[str, Any],
    instante: datetime,
    *,
    termina: bool = False,
) -> None:
    """`termina`: it is the act that ends the order before its time."""
    convocatoria.version += 1
    sesion.flush()
    if termina:
        etiquetas = ["contractTermination"]
    else:
        etiquetas = ["implementation" if _es_el_primero(sesion, orden) else "implementationUpdate"]
    publicar_acto(sesion, convocatoria.id, etiquetas, instante)
    auditar(sesion, quien, accion, "feria_orden_de_compra", orden.id, hechos)
    sesion.flush()


def _es_el_primero(sesion: Session, orden: OrdenDeCompra) -> bool:
    entregas = select(func.count()).where(Entrega.orden_id == orden.id, Entrega.respondida_en != None)  # noqa: E711
    pagos = select(func.count()).where(PagoDeOrden.orden_id == orden.id)
    return sesion.exec(entregas).one() + sesion.exec(pagos).one() == 1
