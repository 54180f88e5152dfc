"""What every page about one call shows."""

from typing import Any

from sqlmodel import Session

from empresa_digital.registro import lugar, unidad_por_id, unidades_en_lote
from feria_inversa import vistas
from feria_inversa.apertura import acta_de
from feria_inversa.consultas import comparar, items_de, ordenes_de
from feria_inversa.modelos import Convocatoria, Modalidad
from nucleo.reloj import ahora_bd


def contexto_de(sesion: Session, convocatoria: Convocatoria) -> dict[str, Any]:
    """The call, its items, acts and results; the bids only once they are open."""
    ordenes = ordenes_de(sesion, convocatoria.id)
    acta = acta_de(sesion, convocatoria)
    situacion, tono = vistas.situacion(convocatoria, ahora_bd(sesion))
    return {
        "convocatoria": convocatoria,
        "entidad": unidad_por_id(sesion, convocatoria.unidad_id),
        "lugar": lugar(sesion, convocatoria.municipio_ine),
        "regla": sesion.get(Modalidad, convocatoria.modalidad_id) if convocatoria.modalidad_id else None,
        "items": items_de(sesion, convocatoria.id),
        "acta": acta,
        "comparados": comparar(sesion, convocatoria) if acta else [],
        "ordenes": ordenes,
        "proveedores": unidades_en_lote(sesion, [orden.proveedor_id for orden in ordenes]),
        "hitos": vistas.linea_de_tiempo(convocatoria, acta, ordenes),
        "categoria": dict(vistas.opciones_de_categoria())[convocatoria.categoria],
        "situacion": situacion,
        "tono": tono,
        "cantidad": vistas.cantidad,
        "abierta": vistas.esta_abierta(sesion, convocatoria),
    }
