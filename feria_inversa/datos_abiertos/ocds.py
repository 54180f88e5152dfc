"""Open Contracting Data Standard 1.1.5: each act publishes a release, kept for ever as it was published.

A release carries everything public at its instant (an «easy release»), so the compiled release of a record
is the content of the last one; a test checks that against `ocdsmerge`. Bids appear from the opening on,
never before.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from feria_inversa.actos import (
    AMPLIACION,
    ENMIENDA,
    INFORME,
    INTERRUPCION,
    REANUDACION,
    SUBASTA,
    SUSPENSION,
    Renglon,
    a_json,
    actas_de_clase,
    actas_de_evaluacion,
    actas_de_versiones,
    al_publicar,
    renglon_de_clase,
)
from feria_inversa.actos.modelos import Acta
from feria_inversa.datos_abiertos.bloqueos import linea_ocds
from feria_inversa.datos_abiertos.contratos import contratos_de
from feria_inversa.datos_abiertos.documentos import criterios_de_documentos, documento
from feria_inversa.datos_abiertos.modelos import ReleaseOcds
from feria_inversa.datos_abiertos.piezas import fecha, item_ocds, valor
from feria_inversa.documentos import Publicado, documentos_de
from feria_inversa.entidades import Organizacion, organizacion
from feria_inversa.evaluacion import ItemComparado, adjudicadas_alguna_vez, calificacion_de, comparar
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas import OfertaConLineas, ofertas_abiertas
from feria_inversa.ofertas.modelos import OfertaLinea
from feria_inversa.plan import planificado
from feria_inversa.precios import sumar
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
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/v1.1.5/extension.json"
)
EXTENSION_LOTES = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/v1.1.5/extension.json"
)
EXTENSION_TECNICAS = "https://raw.githubusercontent.com/open-contracting-extensions/ocds_techniques_extension/master/extension.json"
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
_CATEGORIA = {"bienes": "goods", "servicios": "services", "obras": "works", "consultoria": "services"}


@al_publicar
def publicar_release(
    sesion: Session, convocatoria_id: UUID, etiquetas: Sequence[str], instante: datetime
) -> ReleaseOcds:
    """Write the release of an act, in its transaction. The call must be locked and flushed."""
    convocatoria = sesion.get_one(Convocatoria, convocatoria_id)
    assert convocatoria.ocid is not None
    linea_ocds(sesion)
    consulta = select(func.count()).where(ReleaseOcds.convocatoria_id == convocatoria.id)
    secuencia = int(sesion.exec(consulta).one()) + 1
    release_id = f"{convocatoria.ocid}-{secuencia:02d}-{etiquetas[0]}"
    cabecera = {
        "ocid": convocatoria.ocid,
        "id": release_id,
        "date": fecha(instante),
        "tag": list(etiquetas),
        "initiationType": "tender",
        "language": "es",
    }
    release = ReleaseOcds(
        convocatoria_id=convocatoria.id,
        secuencia=secuencia,
        ocid=convocatoria.ocid,
        release_id=release_id,
        fecha=instante,
        etiquetas=list(etiquetas),
        contenido=a_json(cabecera | contenido_de(sesion, convocatoria)),
    )
    sesion.add(release)
    sesion.flush()
    return release


def contenido_de(sesion: Session, convocatoria: Convocatoria) -> dict[str, Any]:
    """The public state of the process now, without the release's own header."""
    items = items_de(sesion, convocatoria.id)
    entidad = organizacion(sesion, convocatoria.unidad_id)
    abierta = convocatoria.abierto_en is not None and convocatoria.estado != Estado.SUBASTA
    ofertas = ofertas_abiertas(sesion, convocatoria) if abierta else []
    oferentes = {o.proveedor.id: organizacion(sesion, o.proveedor.id) for o in ofertas}
    ganadores: set[UUID | None] = set()
    cuerpo: dict[str, Any] = {}
    if convocatoria.resuelto_en is not None:
        comparados = comparar(sesion, convocatoria)
        cuerpo["awards"] = _adjudicaciones(sesion, convocatoria, comparados, oferentes)
        ganadores = {d.proveedor_id for d, _linea in adjudicadas_alguna_vez(sesion, convocatoria.id)}
    if convocatoria.contratado_en is not None:
        cuerpo["contracts"] = contratos_de(sesion, convocatoria, cuerpo["awards"], oferentes)
    partes = [entidad.parte(["buyer", "procuringEntity"])] + [
        org.parte(["tenderer", "supplier"] if id_ in ganadores else ["tenderer"])
        for id_, org in oferentes.items()
    ]
    licitacion = _licitacion(convocatoria, items, entidad, documentos_de(sesion, convocatoria.id))
    if lotes := _lotes(convocatoria, agrupar(sesion, convocatoria, items)):
        licitacion["lots"] = lotes
    if enmiendas := _enmiendas(sesion, convocatoria):
        licitacion["amendments"] = enmiendas
    if convocatoria.subasta:
        licitacion["documents"] += _actas_de_subasta(sesion, convocatoria)
    if criterios := criterios_de_documentos(sesion, convocatoria.id):
        licitacion["eligibilityCriteria"] = criterios
    if preguntas := todas_las_preguntas(sesion, convocatoria.id):
        licitacion |= {
            "hasEnquiries": True,
            "enquiries": [_pregunta(convocatoria, fila) for fila in preguntas],
        }
    if abierta:
        licitacion["numberOfTenderers"] = len(ofertas)
        cuerpo["bids"] = _ofertas(sesion, convocatoria, items, ofertas, oferentes)
    if ofertas:
        licitacion["tenderers"] = [oferentes[o.proveedor.id].referencia() for o in ofertas]
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


def _actas_de_subasta(sesion: Session, convocatoria: Convocatoria) -> list[dict[str, Any]]:
    """The notices that moved its end; then every bid, and whose each was: by them anybody may check it."""
    avisos = actas_de_clase(sesion, convocatoria.id, INTERRUPCION)
    documentos = [_acta_de_subasta(convocatoria, a, "Interrupción de la subasta") for a in avisos]
    if (subasta := renglon_de_clase(sesion, convocatoria.id, SUBASTA)) is not None:
        documentos.append(_acta_de_subasta(convocatoria, subasta, "Subasta electrónica"))
    return documentos


def _acta_de_subasta(convocatoria: Convocatoria, acta: Acta | Renglon, que: str) -> dict[str, Any]:
    return {
        "id": f"{convocatoria.cuce}-acta-{acta.numero}",
        "title": f"{que}, acta {acta.numero}",
        "url": f"{ajustes().url_publica}/api/v1/convocatorias/{convocatoria.id}/actas/{acta.numero}",
        "datePublished": fecha(acta.hecha_en),
        "format": "application/json",
        "language": "es",
    }


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


def _de_sus_lotes(items: Sequence[Item]) -> dict[str, list[str]]:
    """Of which lots some items are, of a process that has lots."""
    lotes = sorted({item.lote for item in items if item.lote is not None})
    return {"relatedLots": [str(lote) for lote in lotes]} if lotes else {}


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
    licitacion: dict[str, Any] = {
        "id": convocatoria.cuce,
        "title": convocatoria.titulo,
        "description": convocatoria.descripcion or convocatoria.titulo,
        "status": _estado(convocatoria),
        "procuringEntity": entidad.referencia(),
        "items": [
            _del_lote(item, item_ocds(item, item.precio_referencial, cambia=convocatoria.versiones > 1))
            for item in items
        ],
        "value": valor(convocatoria.monto_referencial),
        "procurementMethod": regla.metodo_ocds,
        "procurementMethodDetails": f"{regla.codigo} - {regla.nombre} ({regla.norma})",
        "mainProcurementCategory": _CATEGORIA[convocatoria.categoria],
        **_criterio(convocatoria),
        "submissionMethod": ["electronicSubmission"],
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


def _periodo(desde: datetime, hasta: datetime | None) -> dict[str, Any]:
    """When bids came; without a call there was no such time."""
    return {} if hasta is None else {"tenderPeriod": {"startDate": fecha(desde), "endDate": fecha(hasta)}}


def _del_lote(item: Item, dicho: dict[str, Any]) -> dict[str, Any]:
    return dicho if item.lote is None else dicho | {"relatedLot": str(item.lote)}


def _ofertas(
    sesion: Session,
    convocatoria: Convocatoria,
    items: Sequence[Item],
    ofertas: Sequence[OfertaConLineas],
    oferentes: dict[UUID, Organizacion],
) -> dict[str, Any]:
    por_id = {item.id: item for item in items}
    estado = "pending" if convocatoria.resuelto_en is None else "valid"
    calificacion = calificacion_de(sesion, convocatoria.id)
    fuera = (
        {id_ for id_, r in calificacion.revisadas.items() if r.causa is not None} if calificacion else set()
    )
    salida: dict[str, Any] = {"statistics": [{"id": "ofertas", "measure": "bids", "value": len(ofertas)}]}
    detalles = [
        {
            "id": str(o.oferta.id),
            "date": fecha(o.oferta.presentada_en),
            "status": "disqualified" if o.oferta.id in fuera else estado,
            "tenderers": [oferentes[o.proveedor.id].referencia()],
            "value": valor(o.total),
            **_de_sus_lotes([por_id[linea.item_id] for linea in o.lineas]),
        }
        for o in ofertas
    ]
    return salida | ({"details": detalles} if detalles else {})


def _adjudicaciones(
    sesion: Session,
    convocatoria: Convocatoria,
    comparados: Sequence[ItemComparado],
    oferentes: dict[UUID, Organizacion],
) -> list[dict[str, Any]]:
    """One award for each bid that ever won, in the order of their first item, and one for what nobody won.

    Of a bid that lost some of its items, those that it keeps; of one that lost all, what it had, cancelled.
    """
    en_vigor = {c.adjudicacion.id: c for c in comparados if c.adjudicacion is not None}
    items = {c.item.id: c.item for c in comparados}
    actas = actas_de_evaluacion(sesion, convocatoria.id)
    por_oferta: dict[UUID, list[tuple[Adjudicacion, OfertaLinea]]] = {}
    for decision, linea in adjudicadas_alguna_vez(sesion, convocatoria.id):
        por_oferta.setdefault(linea.oferta_id, []).append((decision, linea))
    salida: list[dict[str, Any]] = []
    for numero, (oferta_id, todas) in enumerate(por_oferta.items(), start=1):
        vigentes = [par for par in todas if par[0].id in en_vigor]
        activa = bool(vigentes) and convocatoria.cancelado_en is None
        ganadas = sorted(vigentes or todas, key=lambda par: items[par[0].item_id].numero)
        proveedor_id = ganadas[0][0].proveedor_id
        assert proveedor_id is not None
        salida.append(
            {
                "id": f"{convocatoria.cuce}-A{numero}",
                "status": "active" if activa else "cancelled",
                "date": fecha(max(decision.decidida_en for decision, _linea in ganadas)),
                "value": valor(sumar(linea.total for _decision, linea in ganadas)),
                "suppliers": [oferentes[proveedor_id].referencia()],
                "items": [
                    _del_lote(items[d.item_id], item_ocds(items[d.item_id], linea.precio_unitario))
                    for d, linea in ganadas
                ],
                "relatedBid": str(oferta_id),
                **_de_sus_lotes([items[d.item_id] for d, _linea in ganadas]),
                **_informes(convocatoria, actas, max(d.decidida_en for d, _linea in todas)),
            }
        )
    desiertos = [
        (c.item, c.adjudicacion)
        for c in comparados
        if c.adjudicacion is not None and c.adjudicacion.resultado == EstadoItem.DESIERTO
    ]
    if desiertos:
        motivos = [f"{item.numero}: {decision.motivo}" for item, decision in desiertos]
        salida.append(
            {
                "id": f"{convocatoria.cuce}-D",
                "status": "unsuccessful",
                "date": fecha(max(decision.decidida_en for _item_, decision in desiertos)),
                "description": " ".join(["Ítems desiertos.", *motivos]),
                "items": [
                    _del_lote(item, item_ocds(item, item.precio_referencial)) for item, _decision in desiertos
                ],
                **_de_sus_lotes([item for item, _decision in desiertos]),
                **_informes(convocatoria, actas, max(decision.decidida_en for _item_, decision in desiertos)),
            }
        )
    return salida


def _informes(
    convocatoria: Convocatoria, actas: Sequence[Acta], decidido_en: datetime
) -> dict[str, list[dict[str, Any]]]:
    """What those who evaluate had written by the time of a decision; most had nothing to write."""
    documentos = [
        {
            "id": f"{convocatoria.cuce}-acta-{acta.numero}",
            "documentType": "evaluationReports",
            "title": f"{'Informe de evaluación' if acta.clase == INFORME else 'Calificación de las ofertas'},"
            f" acta {acta.numero}",
            "url": f"{ajustes().url_publica}/api/v1/convocatorias/{convocatoria.id}/actas/{acta.numero}",
            "datePublished": fecha(acta.hecha_en),
            "format": "application/json",
            "language": "es",
        }
        for acta in actas
        if acta.hecha_en <= decidido_en
    ]
    return {"documents": documentos} if documentos else {}


def releases_de(sesion: Session, ocid: str) -> list[ReleaseOcds]:
    consulta = select(ReleaseOcds).where(ReleaseOcds.ocid == ocid).order_by(col(ReleaseOcds.secuencia))
    return list(sesion.exec(consulta))
