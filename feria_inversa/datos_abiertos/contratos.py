"""The contracts of a release: purchase orders, what was received of them and what was paid."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session

from feria_inversa.contratos import (
    ORDENES_CAIDAS,
    ClaseDeGarantia,
    EstadoEntrega,
    EstadoModificacion,
    EstadoOrden,
    entregas_de,
    garantias_de,
    lineas_de_orden,
    modificaciones_de,
    ordenes_de,
    pagos_de,
)
from feria_inversa.contratos.modelos import Entrega, OrdenDeCompra
from feria_inversa.datos_abiertos.piezas import fecha, item_ocds, valor
from feria_inversa.entidades import Organizacion, organizacion
from feria_inversa.precios import exacto
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.configuracion import ajustes

_ESTADO_DE_CONTRATO = {
    EstadoOrden.POR_ACEPTAR: "pending",
    EstadoOrden.VIGENTE: "active",
    EstadoOrden.RECIBIDA: "active",
    EstadoOrden.CONCLUIDA: "terminated",
    EstadoOrden.RESUELTA: "terminated",
    EstadoOrden.RECHAZADA: "cancelled",
    EstadoOrden.VENCIDA: "cancelled",
}

_GARANTIA = {
    ClaseDeGarantia.CUMPLIMIENTO: "cumplimiento de contrato",
    ClaseDeGarantia.ANTICIPO: "correcta inversión de anticipo",
    ClaseDeGarantia.SERIEDAD: "seriedad de propuesta",
}


def contratos_de(
    sesion: Session,
    convocatoria: Convocatoria,
    adjudicaciones: Sequence[dict[str, Any]],
    oferentes: dict[UUID, Organizacion],
) -> list[dict[str, Any]]:
    por_proveedor = {a["suppliers"][0]["id"]: a["id"] for a in adjudicaciones if "suppliers" in a}
    return [
        {
            "id": orden.numero,
            "awardID": por_proveedor[oferentes[orden.proveedor_id].id],
            "title": f"Orden de compra {orden.numero}",
            "status": "terminated" if orden.cortada_en else _ESTADO_DE_CONTRATO[EstadoOrden(orden.estado)],
            "value": valor(orden.total),
            "items": [item_ocds(li, li.precio_unitario) for li in lineas_de_orden(sesion, orden.id)],
        }
        | _firma(orden)
        | {
            "documents": [
                {
                    "id": f"{orden.numero}-orden",
                    "documentType": "contractNotice",
                    "title": f"Orden de compra {orden.numero}",
                    "url": f"{ajustes().url_publica}/ordenes-de-compra/{orden.id}",
                    "datePublished": fecha(orden.emitida_en),
                    "format": "text/html",
                    "language": "es",
                },
                *_garantias(sesion, orden),
            ],
        }
        | _modificaciones(sesion, orden)
        | _ejecucion(sesion, convocatoria, orden, oferentes[orden.proveedor_id])
        for orden in ordenes_de(sesion, convocatoria.id)
    ]


def _firma(orden: OrdenDeCompra) -> dict[str, str]:
    """An order is signed by both once its supplier accepts it."""
    if orden.estado in ORDENES_CAIDAS or orden.respondida_en is None:
        return {}
    return {"dateSigned": fecha(orden.respondida_en)}


def _ejecucion(
    sesion: Session, convocatoria: Convocatoria, orden: OrdenDeCompra, proveedor: Organizacion
) -> dict[str, Any]:
    """What was received of an order, and paid; nothing before the first of those acts."""
    hitos = [_hito(orden, e) for e in entregas_de(sesion, orden.id) if e.respondida_en is not None]
    entidad = organizacion(sesion, convocatoria.unidad_id).referencia()
    pagos = [
        {
            "id": f"{orden.numero}-P{pago.numero}",
            "date": fecha(pago.pagado_en),
            "value": valor(pago.monto),
            "payer": entidad,
            "payee": proveedor.referencia(),
        }
        for pago in pagos_de(sesion, orden.id)
    ]
    ejecucion = ({"transactions": pagos} if pagos else {}) | ({"milestones": hitos} if hitos else {})
    return {"implementation": ejecucion} if ejecucion else {}


def _hito(orden: OrdenDeCompra, entrega: Entrega) -> dict[str, Any]:
    assert entrega.respondida_en is not None
    assert entrega.valor is not None
    assert entrega.multa is not None
    dicho = [f"Recibido por {exacto(entrega.valor)} BOB."]
    if entrega.tacita:
        dicho.append("Nadie objetó la entrega en su plazo.")
    if entrega.multa:
        dicho.append(f"Multa por {entrega.dias_atraso} días de atraso: {exacto(entrega.multa)} BOB.")
    if entrega.motivo:
        dicho.append(entrega.motivo)
    estado = (
        "notMet" if entrega.estado == EstadoEntrega.DEVUELTA else "partiallyMet" if entrega.motivo else "met"
    )
    hito = {
        "id": f"{orden.numero}-E{entrega.numero}",
        "title": f"Entrega {entrega.numero}",
        "type": "delivery",
        "description": " ".join(dicho),
        "dateModified": fecha(entrega.respondida_en),
        "status": estado,
    }
    return hito if estado == "notMet" else hito | {"dateMet": fecha(entrega.entregada_en)}


def _garantias(sesion: Session, orden: OrdenDeCompra) -> list[dict[str, Any]]:
    """What answers for an order, and what became of it; most have none."""
    return [
        {
            "id": f"{orden.numero}-G{garantia.numero}",
            "documentType": "contractGuarantees",
            "title": f"Garantía {garantia.numero}, de {_GARANTIA[ClaseDeGarantia(garantia.clase)]}",
            "description": f"{exacto(garantia.monto)} BOB, del {garantia.desde.isoformat()} al"
            f" {garantia.hasta.isoformat()}, de {garantia.emisor}."
            f" Está {garantia.estado}.",
            "url": f"{ajustes().url_publica}/ordenes-de-compra/{orden.id}",
            "datePublished": fecha(garantia.registrada_en),
            "format": "text/html",
            "language": "es",
        }
        for garantia in garantias_de(sesion, orden.id)
    ]


def _modificaciones(sesion: Session, orden: OrdenDeCompra) -> dict[str, list[dict[str, Any]]]:
    """What both parties signed that it became, each with its reason; most were not changed."""
    filas = [
        {
            "id": f"{orden.numero}-M{m.numero}",
            "date": fecha(m.respondida_en),
            "description": f"Total {exacto(m.total)} BOB, entrega hasta el {fecha(m.entregar_hasta)}."
            f" Antes: {exacto(m.total_antes)} BOB, {fecha(m.entregar_antes)}.",
            "rationale": m.motivo,
        }
        for m in modificaciones_de(sesion, orden.id)
        if m.estado == EstadoModificacion.FIRMADA and m.respondida_en is not None
    ]
    return {"amendments": filas} if filas else {}
