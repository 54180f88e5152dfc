"""The contracts of a release: purchase orders, what was received of them and what was paid."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from feria_inversa.contratos import (
    ORDENES_CAIDAS,
    ClaseDeGarantia,
    EstadoEntrega,
    EstadoModificacion,
    EstadoOrden,
    FormaDeContrato,
    OrdenCompleta,
    forma_de,
)
from feria_inversa.contratos.modelos import Entrega, Garantia, OrdenDeCompra
from feria_inversa.datos_abiertos.adjudicaciones import Tramo
from feria_inversa.datos_abiertos.piezas import fecha, item_ocds, valor
from feria_inversa.entidades import Organizacion
from feria_inversa.precios import exacto
from feria_inversa.reglas import Reglas
from nucleo.configuracion import ajustes
from nucleo.reloj import ZONA, fecha_bolivia

_ESTADO_DE_CONTRATO = {
    EstadoOrden.POR_ACEPTAR: "pending",
    EstadoOrden.VIGENTE: "active",
    EstadoOrden.RECIBIDA: "active",
    EstadoOrden.CONCLUIDA: "terminated",
    EstadoOrden.RESUELTA: "terminated",
    EstadoOrden.RECHAZADA: "cancelled",
    EstadoOrden.VENCIDA: "cancelled",
}

_FORMA = {FormaDeContrato.ORDEN: "Orden de compra", FormaDeContrato.CONTRATO: "Contrato"}
_GARANTIA = {
    ClaseDeGarantia.CUMPLIMIENTO: "cumplimiento de contrato",
    ClaseDeGarantia.ANTICIPO: "correcta inversión de anticipo",
    ClaseDeGarantia.SERIEDAD: "seriedad de propuesta",
}


def contrato(
    completa: OrdenCompleta,
    tramos: Sequence[Tramo],
    entidad: Organizacion,
    oferentes: dict[UUID, Organizacion],
    reglas: Reglas | None,
) -> dict[str, Any]:
    """An order or a contract, of the last award that tells what was ordered."""
    orden = completa.orden
    titulo = f"{_FORMA[forma_de(reglas, orden).forma]} {orden.numero}"
    de_su_adjudicacion = {decidida.fila.id: tramo.id for tramo in tramos for decidida in tramo.decididas}
    return (
        {
            "id": orden.numero,
            "awardID": de_su_adjudicacion[completa.lineas[0].adjudicacion_id],
            "title": titulo,
            **({"description": porque} if (porque := orden.motivo or orden.causa) else {}),
            "status": "terminated" if orden.cortada_en else _ESTADO_DE_CONTRATO[EstadoOrden(orden.estado)],
            "value": valor(orden.total),
            "items": [item_ocds(linea, linea.precio_unitario) for linea in completa.lineas],
        }
        | _firma(orden)
        | {
            "documents": [
                {
                    "id": f"{orden.numero}-orden",
                    "documentType": "contractNotice",
                    "title": titulo,
                    "url": f"{ajustes().url_publica}/ordenes-de-compra/{orden.id}",
                    "datePublished": fecha(orden.emitida_en),
                    "format": "text/html",
                    "language": "es",
                },
                *(_garantia(orden, garantia) for garantia in completa.garantias),
            ],
        }
        | _modificaciones(completa)
        | _ejecucion(completa, entidad, oferentes[orden.proveedor_id])
    )


def _firma(orden: OrdenDeCompra) -> dict[str, str]:
    """An order is signed by both once its supplier accepts it."""
    if orden.estado in ORDENES_CAIDAS or orden.respondida_en is None:
        return {}
    return {"dateSigned": fecha(orden.respondida_en)}


def _ejecucion(completa: OrdenCompleta, entidad: Organizacion, proveedor: Organizacion) -> dict[str, Any]:
    """What was received of an order, and paid; nothing before the first of those acts."""
    orden = completa.orden
    hitos = [_hito(orden, entrega) for entrega in completa.entregas if entrega.respondida_en is not None]
    pagos = [
        {
            "id": f"{orden.numero}-P{pago.numero}",
            "date": fecha(pago.pagado_en),
            "value": valor(pago.monto),
            "payer": entidad.referencia(),
            "payee": proveedor.referencia(),
        }
        for pago in completa.pagos
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
    return hito if estado == "notMet" else hito | {"dateMet": fecha(_llego_en(entrega))}


def _llego_en(entrega: Entrega) -> datetime:
    """When it was written down, or if it arrived on another day, that day."""
    if entrega.llego_el in {None, fecha_bolivia(entrega.entregada_en)}:
        return entrega.entregada_en
    assert entrega.llego_el is not None
    return datetime.combine(entrega.llego_el, time(), ZONA)


def _garantia(orden: OrdenDeCompra, garantia: Garantia) -> dict[str, Any]:
    """What answers for an order, and what became of it; most have none."""
    return {
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


def _modificaciones(completa: OrdenCompleta) -> dict[str, list[dict[str, Any]]]:
    """What both parties signed that it became, each with its reason; most were not changed."""
    filas = [
        {
            "id": f"{completa.orden.numero}-M{m.numero}",
            "date": fecha(m.respondida_en),
            "description": f"Total {exacto(m.total)} BOB, entrega hasta el {fecha(m.entregar_hasta)}."
            f" Antes: {exacto(m.total_antes)} BOB, {fecha(m.entregar_antes)}.",
            "rationale": m.motivo,
        }
        for m in completa.modificaciones
        if m.estado == EstadoModificacion.FIRMADA and m.respondida_en is not None
    ]
    return {"amendments": filas} if filas else {}
