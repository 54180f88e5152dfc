"""Everything public of a process, in the words of the Open Contracting Data Standard 1.1.5.

Bids appear from the opening on, never before.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import unidades_en_lote
from feria_inversa.actos import (
    AMPLIACION,
    ENMIENDA,
    REANUDACION,
    SUSPENSION,
    actas_de_versiones,
    renglones_sin_version,
)
from feria_inversa.contratos import ordenes_completas
from feria_inversa.datos_abiertos.adjudicaciones import Tramo, adjudicaciones, tramos_de
from feria_inversa.datos_abiertos.contratos import contrato
from feria_inversa.datos_abiertos.documentos import (
    acta_de,
    cancelacion,
    criterios_de_documentos,
    documento,
)
from feria_inversa.datos_abiertos.ofertas import ofertas_ocds, ofertas_sin_precio
from feria_inversa.datos_abiertos.piezas import con_partida, del_lote, fecha, item_ocds, valor
from feria_inversa.documentos import Publicado, documentos_de
from feria_inversa.entidades import Organizacion, organizaciones
from feria_inversa.evaluacion import todo_lo_decidido
from feria_inversa.impugnacion import EstadoImpugnacion, impugnaciones_de
from feria_inversa.impugnacion.modelos import Impugnacion
from feria_inversa.ofertas import ofertas_abiertas
from feria_inversa.plan import planificado
from feria_inversa.preguntas import todas_las_preguntas
from feria_inversa.preguntas.modelos import Pregunta
from feria_inversa.procesos import (
    Estado,
    EstadoItem,
    Forma,
    Grupo,
    Metodo,
    VinculoSalida,
    agrupar,
    items_de,
    reglas_de,
    vinculos_de,
)
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.configuracion import ajustes

EXTENSION_OFERTAS = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/master/extension.json"
)
EXTENSION_LOTES = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/v1.1.5/extension.json"
)
EXTENSION_TECNICAS = "https://raw.githubusercontent.com/open-contracting-extensions/ocds_techniques_extension/master/extension.json"
EXTENSION_PREGUNTAS = "https://raw.githubusercontent.com/open-contracting-extensions/ocds_enquiry_extension/v1.1.5/extension.json"
_CRITERIO = {
    Forma.ITEM: "Precio más bajo por ítem; todo apartamiento lleva motivo escrito.",
    Forma.LOTE: "Precio más bajo por lote, ofertado entero; todo apartamiento lleva motivo escrito.",
    Forma.TOTAL: "Precio más bajo por el total, ofertado entero; todo apartamiento lleva motivo escrito.",
}
_METODO = {
    Metodo.PRECIO: ("priceOnly", ""),
    Metodo.CALIDAD_Y_COSTO: ("ratedCriteria", "Calidad, propuesta técnica y costo"),
    Metodo.CALIDAD: ("qualityOnly", "Calidad"),
    Metodo.PRESUPUESTO_FIJO: ("qualityOnly", "Presupuesto fijo"),
    Metodo.MENOR_COSTO: ("ratedCriteria", "Menor costo"),
}
_COMO_TERMINO: dict[str, str] = {
    EstadoImpugnacion.RECHAZADA: "Rechazada",
    EstadoImpugnacion.CONFIRMADA: "Se confirmó la decisión",
    EstadoImpugnacion.REVOCADA: "Se revocó la decisión",
    EstadoImpugnacion.ANULADA: "Se anuló el proceso",
    EstadoImpugnacion.RETIRADA: "Retirada",
    EstadoImpugnacion.SIN_OBJETO: "Quedó sin objeto",
}
_DOS_SOBRES = (
    "En dos sobres: se abre y califica primero la parte técnica, y en otro acto los precios de las ofertas "
    "que pasan; el de las demás no se abre."
)
_COTIZACION_RAPIDA = (
    "Cotización rápida: de quién es cada oferta se publica con la decisión, que se toma sin saberlo."
)
_CATEGORIA = {"bienes": "goods", "servicios": "services", "obras": "works", "consultoria": "services"}


def contenido_de(sesion: Session, convocatoria: Convocatoria) -> dict[str, Any]:
    """The public state of the process now, without the release's own header."""
    items = items_de(sesion, convocatoria.id)
    abierta = convocatoria.abierto_en is not None and convocatoria.estado != Estado.SUBASTA
    ofertas = ofertas_abiertas(sesion, convocatoria) if abierta else []
    sin_precio = ofertas_sin_precio(sesion, convocatoria, ofertas)
    con_nombre = [oferta.proveedor.id for oferta in ofertas if not oferta.anonima]
    quienes = [*con_nombre, *(o.unidad_id for o in sin_precio)]
    conocidas = organizaciones(sesion, [convocatoria.unidad_id, *quienes])
    entidad = conocidas[convocatoria.unidad_id]
    oferentes = {id_: conocidas[id_] for id_ in quienes}
    ganadores: set[UUID | None] = set()
    tramos: list[Tramo] = []
    cuerpo: dict[str, Any] = {}
    actas = renglones_sin_version(sesion, convocatoria.id)
    if convocatoria.resuelto_en is not None:
        assert convocatoria.cuce is not None
        tramos = tramos_de(convocatoria.cuce, todo_lo_decidido(sesion, convocatoria.id))
        cuerpo["awards"] = adjudicaciones(convocatoria, tramos, items, actas, oferentes)
        ganadores = {decidida.fila.proveedor_id for tramo in tramos for decidida in tramo.decididas}
    if convocatoria.contratado_en is not None:
        ordenes = ordenes_completas(sesion, convocatoria.id)
        reglas = reglas_de(convocatoria)
        cuerpo["contracts"] = [contrato(completa, tramos, entidad, oferentes, reglas) for completa in ordenes]
    partes = [entidad.parte(["buyer", "procuringEntity"])] + [
        org.parte(["tenderer", "supplier"] if id_ in ganadores else ["tenderer"])
        for id_, org in oferentes.items()
    ]
    licitacion = _licitacion(convocatoria, items, entidad, documentos_de(sesion, convocatoria.id))
    if lotes := _lotes(convocatoria, agrupar(sesion, convocatoria, items)):
        licitacion["lots"] = lotes
    if enmiendas := _enmiendas(sesion, convocatoria):
        licitacion["amendments"] = enmiendas
    licitacion["documents"] += [acta_de(convocatoria, acta) for acta in actas]
    if convocatoria.cancelado_en is not None:
        licitacion["documents"].append(cancelacion(convocatoria))
    if criterios := criterios_de_documentos(sesion, convocatoria.id):
        licitacion["eligibilityCriteria"] = criterios
    if preguntas := todas_las_preguntas(sesion, convocatoria.id):
        licitacion |= {
            "hasEnquiries": True,
            "enquiries": [_pregunta(convocatoria, fila) for fila in preguntas],
        }
    if hitos := _impugnaciones(sesion, convocatoria, items):
        licitacion["milestones"] = hitos
    if abierta or convocatoria.tecnica_en is not None:
        licitacion["numberOfTenderers"] = len(ofertas) + len(sin_precio)
        cuerpo["bids"] = ofertas_ocds(sesion, convocatoria, items, ofertas, oferentes, sin_precio)
    if quienes:
        licitacion["tenderers"] = [oferentes[id_].referencia() for id_ in quienes]
    publico = {"parties": partes, "buyer": entidad.referencia(), "tender": licitacion}
    cuerpo["relatedProcesses"] = _vinculos(sesion, convocatoria)
    return publico | _planificacion(sesion, convocatoria) | {k: v for k, v in cuerpo.items() if v}


def _vinculos(sesion: Session, convocatoria: Convocatoria) -> list[dict[str, Any]]:
    """The process that it follows, and those that follow it; most have none."""
    anterior, siguientes = vinculos_de(sesion, convocatoria)
    previo = {"convocatoria": "unsuccessfulProcess", "publicacion": "prior"}
    filas = [_vinculo(anterior, previo[anterior.relacion])] if anterior else []
    return filas + [_vinculo(siguiente, "replacementProcess") for siguiente in siguientes]


def _vinculo(proceso: VinculoSalida, como: str) -> dict[str, Any]:
    return {
        "id": proceso.cuce,
        "relationship": [como],
        "scheme": "ocid",
        "identifier": proceso.ocid,
        "uri": f"{ajustes().url_publica}/ocds/records/{proceso.ocid}",
    }


def _planificacion(sesion: Session, convocatoria: Convocatoria) -> dict[str, Any]:
    """What the plan of its entity said of a process that was begun from a line; of another one nothing."""
    plan = planificado(sesion, convocatoria.id)
    if plan is None:
        return {}
    linea = plan.linea
    dineros = {"Partida": "partida", "fuente": "fuente", "organismo": "organismo"}
    dicho = ", ".join(f"{nombre} {linea[campo]}" for nombre, campo in dineros.items() if linea[campo])
    base = ajustes().url_publica
    presupuesto = {
        "id": f"{plan.numero_de_plan}/{linea['numero']}",
        "description": f"{linea['objeto']}. {plan.cuanto_y_donde}{dicho}.",
        "amount": {"amount": linea["monto"], "currency": "BOB"},
        "uri": f"{base}/feria/planes/{plan.plan_id}",
    }
    documento = {
        "id": f"{plan.numero_de_plan}-v{plan.version}",
        "documentType": "procurementPlan",
        "title": f"Plan anual de contrataciones {plan.gestion}, versión {plan.version}",
        "url": f"{base}/api/v1/planes-de-contratacion/{plan.plan_id}/versiones/{plan.version}",
        "format": "application/json",
        "language": "es",
    }
    return {"planning": {"budget": presupuesto, "documents": [documento]}}


def _criterio(convocatoria: Convocatoria) -> dict[str, str]:
    """By what it is awarded, and how much at once."""
    forma = _CRITERIO[Forma(convocatoria.adjudica_por)]
    codigo, nombre = _METODO[Metodo(convocatoria.metodo)]
    if nombre:
        por = {Forma.ITEM: "por ítem", Forma.LOTE: "por lote", Forma.TOTAL: "por el total"}
        forma = (
            f"{nombre}, {por[Forma(convocatoria.adjudica_por)]}: la propuesta técnica vale "
            f"{convocatoria.puntos_tecnica} puntos y pasa con {convocatoria.minimo_tecnica}."
        )
    return {"awardCriteria": codigo, "awardCriteriaDetails": forma}


def _como_se_oferta(convocatoria: Convocatoria) -> dict[str, Any]:
    dicho = _DOS_SOBRES if convocatoria.dos_sobres else ""
    if convocatoria.cotizacion_rapida:  # never with two envelopes
        dicho = _COTIZACION_RAPIDA
    return {"submissionMethod": ["electronicSubmission"]} | (
        {"submissionMethodDetails": dicho} if dicho else {}
    )


def _lotes(convocatoria: Convocatoria, grupos: Sequence[Grupo]) -> list[dict[str, Any]]:
    """The lots and what became of each; nothing where it is not lots that are awarded."""
    return [
        {
            "id": str(grupo.lote.numero),
            "title": grupo.lote.nombre,
            "status": _estado_de_lote(convocatoria, grupo),
            "value": valor(grupo.total_referencial),
        }
        for grupo in grupos
        if grupo.lote is not None
    ]


def _estado_de_lote(convocatoria: Convocatoria, grupo: Grupo) -> str:
    if convocatoria.estado == Estado.CANCELADO:
        return "cancelled"
    estados = {EstadoItem.ADJUDICADO: "complete", EstadoItem.DESIERTO: "unsuccessful"}
    return estados.get(EstadoItem(grupo.primero.estado), "active")


def _estado(convocatoria: Convocatoria) -> str:
    if convocatoria.estado == Estado.CANCELADO:
        return "cancelled"
    if convocatoria.estado != Estado.RESUELTO:
        return "active"
    return "complete" if convocatoria.items_adjudicados else "unsuccessful"


def _licitacion(
    convocatoria: Convocatoria,
    items: Sequence[Item],
    entidad: Organizacion,
    documentos: Sequence[Publicado],
) -> dict[str, Any]:
    assert convocatoria.publicado_en is not None
    regla = reglas_de(convocatoria)
    assert regla is not None
    pagina = f"{ajustes().url_publica}/feria/{convocatoria.id}"
    cambia = convocatoria.versiones > 1
    licitacion: dict[str, Any] = {
        "id": convocatoria.cuce,
        "title": convocatoria.titulo,
        "description": convocatoria.descripcion or convocatoria.titulo,
        "status": _estado(convocatoria),
        "procuringEntity": entidad.referencia(),
        "items": [
            del_lote(
                item,
                con_partida(item, item_ocds(item, item.precio_referencial, cambia=cambia), cambia=cambia),
            )
            for item in items
        ],
        "value": valor(convocatoria.monto_referencial),
        "procurementMethod": regla.metodo_ocds,
        "procurementMethodDetails": f"{regla.codigo} - {regla.nombre} ({regla.norma})",
        "mainProcurementCategory": _CATEGORIA[convocatoria.categoria],
        **_criterio(convocatoria),
        **_como_se_oferta(convocatoria),
        **_periodo(convocatoria.publicado_en, convocatoria.vence_en),
        "documents": [
            {
                "id": f"{convocatoria.cuce}-aviso",
                "documentType": "tenderNotice",
                "title": "Convocatoria",
                "url": pagina,
                "datePublished": fecha(convocatoria.publicado_en),
                "format": "text/html",
                "language": "es",
            },
            *(documento(convocatoria, d) for d in documentos),
        ],
    }
    if convocatoria.subasta:
        licitacion["techniques"] = {
            "hasElectronicAuction": True,
            "electronicAuction": {
                "description": "Una ronda continua por lo que se adjudica junto, sobre las ofertas abiertas.",
                "url": f"{pagina}/subasta",
            },
        }
    if convocatoria.categoria == "consultoria":
        licitacion["additionalProcurementCategories"] = ["consultingServices"]
    return licitacion


_CLASE = {
    ENMIENDA: "Enmienda",
    AMPLIACION: "Ampliación del plazo",
    SUSPENSION: "Suspensión",
    REANUDACION: "Reanudación",
}


def _enmiendas(sesion: Session, convocatoria: Convocatoria) -> list[dict[str, Any]]:
    """How the process changed since it was published, each with its reason; most did not."""
    if convocatoria.versiones == 1:
        return []
    return [
        {
            "id": f"{convocatoria.cuce}-V{acta.version}",
            "date": fecha(acta.hecha_en),
            "description": _CLASE[acta.clase],
            "rationale": json.loads(acta.contenido)["motivo"],
        }
        for acta in actas_de_versiones(sesion, convocatoria.id)
    ]


def _pregunta(convocatoria: Convocatoria, fila: Pregunta) -> dict[str, Any]:
    """What was asked, and the answer; never by whom."""
    dicho = {
        "id": f"{convocatoria.cuce}-P{fila.numero}",
        "date": fecha(fila.hecha_en),
        "description": fila.texto,
    }
    if fila.respuesta is not None and fila.terminada_en is not None:
        dicho |= {"answer": fila.respuesta, "dateAnswered": fecha(fila.terminada_en)}
    return dicho


def _impugnaciones(
    sesion: Session, convocatoria: Convocatoria, items: Sequence[Item]
) -> list[dict[str, Any]]:
    """Each appeal, until when it is resolved, and how it ended: the process stands still meanwhile."""
    filas = impugnaciones_de(sesion, convocatoria.id)
    numeros = {item.id: item.numero for item in items}
    unidades = unidades_en_lote(sesion, [fila.unidad_id for fila in filas])
    ruta = f"{ajustes().url_publica}/api/v1/convocatorias/{convocatoria.id}/impugnaciones"
    return [
        {
            "id": f"{convocatoria.cuce}-I{lugar}",
            "title": f"Impugnación de la decisión del ítem {numeros[fila.item_id]}",
            "type": "assessment",
            "description": _impugnada(fila, unidades[fila.unidad_id].denominacion),
            "dueDate": fecha(fila.resolver_hasta),
            **_resuelta(fila),
            "documents": [
                {
                    "id": f"{convocatoria.cuce}-I{lugar}-escrito",
                    "documentType": "complaints",
                    "title": f"Impugnación {lugar} y su resolución",
                    "url": ruta,
                    "datePublished": fecha(fila.presentada_en),
                    "format": "application/json",
                    "language": "es",
                }
            ],
        }
        for lugar, fila in enumerate(filas, start=1)
    ]


def _impugnada(fila: Impugnacion, quien: str) -> str:
    dicho = f"{quien}: {fila.motivo}"
    return f"{dicho} {_COMO_TERMINO[fila.estado]}: {fila.fundamento}" if fila.resuelta_en else dicho


def _resuelta(fila: Impugnacion) -> dict[str, str]:
    """Withdrawn or without object, nobody resolved it."""
    if fila.resuelta_en is None:
        return {"status": "scheduled", "dateModified": fecha(fila.presentada_en)}
    fin = {"dateModified": fecha(fila.resuelta_en)}
    if fila.estado in {EstadoImpugnacion.RETIRADA, EstadoImpugnacion.SIN_OBJETO}:
        return {"status": "notMet"} | fin
    return {"status": "met", "dateMet": fecha(fila.resuelta_en)} | fin


def _periodo(desde: datetime, hasta: datetime | None) -> dict[str, Any]:
    """When bids came; without a call there was no such time."""
    return {} if hasta is None else {"tenderPeriod": {"startDate": fecha(desde), "endDate": fecha(hasta)}}
