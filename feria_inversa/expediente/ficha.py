"""What every page about one process shows."""

from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import unidades_en_lote
from feria_inversa.actos import DECISION, NOMBRES, renglon_de_clase
from feria_inversa.apertura import resumen_de, resumen_tecnico_de
from feria_inversa.contratos import conclusion, forma_de, nombre_estado_orden, ordenes_de
from feria_inversa.evaluacion import (
    CAUSAS,
    calificacion_de,
    comparar_grupos,
    desempate,
    evaluan,
    informe_de,
    mesas_de,
    tecnica_de,
)
from feria_inversa.expediente import vistas
from feria_inversa.expediente.tramo import OFERTAS_POR_PAGINA, Tramo
from feria_inversa.impugnacion import impugnaciones_de, nombre_de_impugnacion
from feria_inversa.preguntas import contar_preguntas
from feria_inversa.procesos import Estado, ficha, oculta_nombres, reglas_de, versiones_de, vinculos_de
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta import subasta_de
from nucleo.textos import gettext as _


def contexto_de(sesion: Session, convocatoria: Convocatoria) -> dict[str, Any]:
    """The call, its items, acts and results; of the bids, nothing."""
    ordenes = ordenes_de(sesion, convocatoria.id)
    acta = resumen_de(sesion, convocatoria)
    impugnaciones = impugnaciones_de(sesion, convocatoria.id)
    preguntas, por_responder = contar_preguntas(sesion, convocatoria.id)
    anterior, siguientes = vinculos_de(sesion, convocatoria)
    concluida = conclusion(convocatoria, ordenes)
    reglas = reglas_de(convocatoria)
    calificada = tecnica_de(sesion, convocatoria)
    calificadas = {UUID(o["oferta"]) for o in calificada["ofertas"]} if calificada else frozenset()
    como = {"situacion": _("Concluida"), "tono": "bien"} if concluida is not None else {}
    return (
        ficha(sesion, convocatoria)
        | como
        | {
            "anterior": anterior,
            "siguientes": siguientes,
            "preguntas": preguntas,
            "por_responder": por_responder,
            "acta": acta,
            "tecnica": resumen_tecnico_de(sesion, convocatoria, calificadas),
            "calificada": calificada,
            "oculta": oculta_nombres(convocatoria),
            **decidida_sin_nombres(sesion, convocatoria),
            "subasta": subasta_de(sesion, convocatoria.id) if convocatoria.subasta else None,
            "calificacion": calificacion_de(sesion, convocatoria.id) if acta else None,
            "traidos": vistas.traidos(sesion, convocatoria) if acta or convocatoria.tecnica_en else [],
            "causas": CAUSAS,
            "fraccion": vistas.fraccion,
            "desempate": desempate,
            "evaluan": evaluan(sesion, convocatoria)
            if acta or convocatoria.estado == Estado.EVALUACION_TECNICA
            else frozenset(),
            "informe": informe_de(sesion, convocatoria) if acta else None,
            "mesas": mesas_de(sesion, convocatoria) if acta else [],
            "ordenes": ordenes,
            "estado_de_orden": nombre_estado_orden,
            "forma_de_orden": lambda orden: forma_de(reglas, orden).nombre,
            "proveedores": unidades_en_lote(
                sesion, [*(o.proveedor_id for o in ordenes), *(i.unidad_id for i in impugnaciones)]
            ),
            "versiones": versiones_de(sesion, convocatoria.id) if convocatoria.versiones > 1 else [],
            "impugnaciones": impugnaciones,
            "nombre_de_impugnacion": nombre_de_impugnacion,
            "hitos": vistas.linea_de_tiempo(convocatoria, acta, ordenes),
        }
    )


def decidida_sin_nombres(sesion: Session, convocatoria: Convocatoria) -> dict[str, Any]:
    """The act by which a quick quotation was decided, and the one that says who was who."""
    if not convocatoria.cotizacion_rapida or convocatoria.resuelto_en is None:
        return {}
    return {
        "acta_de_decision": renglon_de_clase(sesion, convocatoria.id, DECISION),
        "acta_de_nombres": renglon_de_clase(sesion, convocatoria.id, NOMBRES),
    }


def por_tramos(
    sesion: Session,
    convocatoria: Convocatoria,
    desde: int = 0,
    numero: int | None = None,
    tecnicas: int = 0,
) -> dict[str, Any]:
    """The same with a page of its items, or one alone, and their bids once they are open; of two envelopes,
    those of which the technical part is told, from one on.
    """
    contexto = contexto_de(sesion, convocatoria)
    tramo = Tramo.de(contexto["items"], contexto["grupos"], desde, numero)
    comparados = comparar_grupos(sesion, convocatoria, grupos=tramo.grupos) if contexto["acta"] else []
    return contexto | {
        "tramo": tramo.con(comparados),
        "comparados": comparados,
        "tecnicas": tecnicas,
        "tecnicas_hasta": tecnicas + OFERTAS_POR_PAGINA,
    }
