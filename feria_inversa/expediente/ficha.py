"""What every page about one process shows."""

from typing import Any

from sqlmodel import Session

from empresa_digital.registro import unidades_en_lote
from feria_inversa.apertura import resumen_de
from feria_inversa.contratos import nombre_estado_orden, ordenes_de
from feria_inversa.evaluacion import CAUSAS, calificacion_de, comparar_grupos, evaluan, informe_de
from feria_inversa.expediente import vistas
from feria_inversa.impugnacion import impugnaciones_de, nombre_de_impugnacion
from feria_inversa.preguntas import contar_preguntas
from feria_inversa.procesos import ficha, versiones_de, vinculos_de
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta import subasta_de


def contexto_de(sesion: Session, convocatoria: Convocatoria) -> dict[str, Any]:
    """The call, its items, acts and results; the bids only once they are open."""
    ordenes = ordenes_de(sesion, convocatoria.id)
    acta = resumen_de(sesion, convocatoria)
    impugnaciones = impugnaciones_de(sesion, convocatoria.id)
    preguntas, por_responder = contar_preguntas(sesion, convocatoria.id)
    anterior, siguientes = vinculos_de(sesion, convocatoria)
    return ficha(sesion, convocatoria) | {
        "anterior": anterior,
        "siguientes": siguientes,
        "preguntas": preguntas,
        "por_responder": por_responder,
        "acta": acta,
        "subasta": subasta_de(sesion, convocatoria.id) if convocatoria.subasta else None,
        "comparados": comparar_grupos(sesion, convocatoria) if acta else [],
        "calificacion": calificacion_de(sesion, convocatoria.id) if acta else None,
        "traidos": vistas.traidos(sesion, convocatoria) if acta else [],
        "causas": CAUSAS,
        "fraccion": vistas.fraccion,
        "evaluan": evaluan(sesion, convocatoria) if acta else frozenset(),
        "informe": informe_de(sesion, convocatoria) if acta else None,
        "ordenes": ordenes,
        "estado_de_orden": nombre_estado_orden,
        "proveedores": unidades_en_lote(
            sesion, [*(o.proveedor_id for o in ordenes), *(i.unidad_id for i in impugnaciones)]
        ),
        "versiones": versiones_de(sesion, convocatoria.id) if convocatoria.versiones > 1 else [],
        "impugnaciones": impugnaciones,
        "nombre_de_impugnacion": nombre_de_impugnacion,
        "hitos": vistas.linea_de_tiempo(convocatoria, acta, ordenes),
    }
