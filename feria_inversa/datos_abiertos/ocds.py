"""Open Contracting Data Standard 1.1.5: each act publishes a release, kept for ever as it was published.

A release carries everything public at its instant (an «easy release»), so the compiled release of a record
is the content of the last one; a test checks that against `ocdsmerge`. Bids appear from the opening on,
never before.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, func, select

from feria_inversa.actos import al_publicar
from feria_inversa.contratos import lineas_de_orden, ordenes_de
from feria_inversa.datos_abiertos.bloqueos import linea_ocds
from feria_inversa.datos_abiertos.json_exacto import a_json
from feria_inversa.datos_abiertos.modelos import ReleaseOcds
from feria_inversa.entidades import Organizacion, organizacion
from feria_inversa.evaluacion import ItemComparado, comparar
from feria_inversa.ofertas import OfertaConLineas, ofertas_abiertas
from feria_inversa.ofertas.modelos import OfertaLinea
from feria_inversa.precios import UNIDADES, sumar
from feria_inversa.procesos import Estado, items_de
from feria_inversa.procesos.modelos import Convocatoria, Item
from feria_inversa.reglas import modalidad_por_id
from nucleo.configuracion import ajustes
from nucleo.lectores import en_cifras
from nucleo.reloj import ZONA

EXTENSION_OFERTAS = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/v1.1.5/extension.json"
)
_CATEGORIA = {"bienes": "goods", "servicios": "services", "obras": "works", "consultoria": "services"}
_ADJUDICADOS = frozenset({Estado.ADJUDICADO, Estado.DESIERTO, Estado.CONTRATADO})


def fecha(instante: datetime) -> str:
    return instante.astimezone(ZONA).isoformat()


def valor(monto: Money) -> dict[str, Any]:
    """An OCDS Value: an exact JSON number with two decimals, or up to four of a unit price."""
    centavos = monto.amount.quantize(Decimal("0.01"))
    exacto = centavos if centavos == monto.amount else Decimal(en_cifras(monto.amount))
    return {"amount": exacto, "currency": monto.currency.code}


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
    abierta = convocatoria.abierto_en is not None
    ofertas = ofertas_abiertas(sesion, convocatoria) if abierta else []
    oferentes = {o.proveedor.id: organizacion(sesion, o.proveedor.id) for o in ofertas}
    ganadores: set[UUID] = set()
    cuerpo: dict[str, Any] = {}
    if convocatoria.resuelto_en is not None:
        comparados = comparar(sesion, convocatoria)
        cuerpo["awards"] = _adjudicaciones(convocatoria, comparados, oferentes)
        ganadores = {li.proveedor.id for c in comparados for li in c.lineas if li.gana}
    if convocatoria.contratado_en is not None:
        cuerpo["contracts"] = _contratos(sesion, convocatoria, cuerpo["awards"], oferentes)
    partes = [entidad.parte(["buyer", "procuringEntity"])] + [
        org.parte(["tenderer", "supplier"] if id_ in ganadores else ["tenderer"])
        for id_, org in oferentes.items()
    ]
    licitacion = _licitacion(sesion, convocatoria, items, entidad)
    if abierta:
        licitacion["numberOfTenderers"] = len(ofertas)
        cuerpo["bids"] = _ofertas(convocatoria, ofertas, oferentes)
    if ofertas:
        licitacion["tenderers"] = [oferentes[o.proveedor.id].referencia() for o in ofertas]
    return {"parties": partes, "buyer": entidad.referencia(), "tender": licitacion} | {
        k: v for k, v in cuerpo.items() if v
    }


def _estado(estado: str) -> str:
    if estado in {Estado.CANCELADO, Estado.ANULADO}:
        return "cancelled"
    if estado == Estado.DESIERTO:
        return "unsuccessful"
    return "complete" if estado in _ADJUDICADOS else "active"


def _licitacion(
    sesion: Session, convocatoria: Convocatoria, items: Sequence[Item], entidad: Organizacion
) -> dict[str, Any]:
    assert convocatoria.modalidad_id is not None
    assert convocatoria.publicado_en is not None
    assert convocatoria.vence_en is not None
    regla = modalidad_por_id(sesion, convocatoria.modalidad_id)
    pagina = f"{ajustes().url_publica}/feria/{convocatoria.id}"
    licitacion: dict[str, Any] = {
        "id": convocatoria.cuce,
        "title": convocatoria.titulo,
        "description": convocatoria.descripcion or convocatoria.titulo,
        "status": _estado(convocatoria.estado),
        "procuringEntity": entidad.referencia(),
        "items": [_item(item, item.precio_referencial) for item in items],
        "value": valor(convocatoria.monto_referencial),
        "procurementMethod": regla.metodo_ocds,
        "procurementMethodDetails": f"{regla.codigo} - {regla.nombre} ({regla.norma})",
        "mainProcurementCategory": _CATEGORIA[convocatoria.categoria],
        "awardCriteria": "priceOnly",
        "awardCriteriaDetails": "Precio más bajo por ítem; todo apartamiento lleva motivo escrito.",
        "submissionMethod": ["electronicSubmission"],
        "tenderPeriod": {
            "startDate": fecha(convocatoria.publicado_en),
            "endDate": fecha(convocatoria.vence_en),
        },
        "documents": [
            {
                "id": f"{convocatoria.cuce}-aviso",
                "documentType": "tenderNotice",
                "title": "Convocatoria",
                "url": pagina,
                "datePublished": fecha(convocatoria.publicado_en),
                "format": "text/html",
                "language": "es",
            }
        ],
    }
    if convocatoria.categoria == "consultoria":
        licitacion["additionalProcurementCategories"] = ["consultingServices"]
    return licitacion


def _item(item: Item, precio: Money) -> dict[str, Any]:
    unidad = UNIDADES[item.unidad_medida]
    medida: dict[str, Any] = {"name": unidad.nombre, "value": valor(precio)}
    if unidad.uncefact:
        medida = {"scheme": "UNCEFACT", "id": unidad.uncefact} | medida
    salida: dict[str, Any] = {"id": str(item.numero), "description": item.descripcion}
    if item.unspsc:
        salida["classification"] = {"scheme": "UNSPSC", "id": item.unspsc}
    return salida | {"quantity": Decimal(en_cifras(item.cantidad)), "unit": medida}


def _ofertas(
    convocatoria: Convocatoria, ofertas: Sequence[OfertaConLineas], oferentes: dict[UUID, Organizacion]
) -> dict[str, Any]:
    estado = "pending" if convocatoria.resuelto_en is None else "valid"
    salida: dict[str, Any] = {"statistics": [{"id": "ofertas", "measure": "bids", "value": len(ofertas)}]}
    detalles = [
        {
            "id": str(o.oferta.id),
            "date": fecha(o.oferta.presentada_en),
            "status": estado,
            "tenderers": [oferentes[o.proveedor.id].referencia()],
            "value": valor(o.total),
        }
        for o in ofertas
    ]
    return salida | ({"details": detalles} if detalles else {})


def _adjudicaciones(
    convocatoria: Convocatoria, comparados: Sequence[ItemComparado], oferentes: dict[UUID, Organizacion]
) -> list[dict[str, Any]]:
    """One award for each winner, in the order of their first item, and one for the items nobody won."""
    assert convocatoria.resuelto_en is not None
    vigencia = "active" if convocatoria.cancelado_en is None else "cancelled"
    por_oferta: dict[UUID, list[tuple[Item, OfertaLinea, UUID]]] = {}
    desiertos: list[ItemComparado] = []
    for comparado in comparados:
        ganadora = next((linea for linea in comparado.lineas if linea.gana), None)
        if ganadora is None:
            desiertos.append(comparado)
            continue
        por_oferta.setdefault(ganadora.oferta.id, []).append(
            (comparado.item, ganadora.linea, ganadora.proveedor.id)
        )
    salida: list[dict[str, Any]] = []
    for numero, (oferta_id, ganados) in enumerate(por_oferta.items(), start=1):
        salida.append(
            {
                "id": f"{convocatoria.cuce}-A{numero}",
                "status": vigencia,
                "date": fecha(convocatoria.resuelto_en),
                "value": valor(sumar(linea.total for _item_, linea, _unidad in ganados)),
                "suppliers": [oferentes[ganados[0][2]].referencia()],
                "items": [_item(item, linea.precio_unitario) for item, linea, _unidad in ganados],
                "relatedBid": str(oferta_id),
            }
        )
    if desiertos:
        motivos = [f"{c.item.numero}: {c.adjudicacion.motivo}" for c in desiertos if c.adjudicacion]
        salida.append(
            {
                "id": f"{convocatoria.cuce}-D",
                "status": "unsuccessful",
                "date": fecha(convocatoria.resuelto_en),
                "description": " ".join(["Ítems desiertos.", *motivos]),
                "items": [_item(c.item, c.item.precio_referencial) for c in desiertos],
            }
        )
    return salida


def _contratos(
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
            "status": "active",
            "value": valor(orden.total),
            "items": [_item(li.item, li.linea.precio_unitario) for li in lineas_de_orden(sesion, orden)],
            "dateSigned": fecha(orden.emitida_en),
            "documents": [
                {
                    "id": f"{orden.numero}-orden",
                    "documentType": "contractNotice",
                    "title": f"Orden de compra {orden.numero}",
                    "url": f"{ajustes().url_publica}/ordenes-de-compra/{orden.id}",
                    "datePublished": fecha(orden.emitida_en),
                    "format": "text/html",
                    "language": "es",
                }
            ],
        }
        for orden in ordenes_de(sesion, convocatoria.id)
    ]


def releases_de(sesion: Session, ocid: str) -> list[ReleaseOcds]:
    consulta = select(ReleaseOcds).where(ReleaseOcds.ocid == ocid).order_by(col(ReleaseOcds.secuencia))
    return list(sesion.exec(consulta))
