"""Opened bids as open data tell them: what each offers of each item, and why one is left out."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session

from feria_inversa.datos_abiertos.piezas import de_sus_lotes, del_lote, fecha, valor
from feria_inversa.entidades import Organizacion
from feria_inversa.evaluacion import CAUSAS, calificacion_de
from feria_inversa.ofertas import (
    OfertaConLineas,
    Traido,
    invalidas_de,
    las_que_no_pasaron,
    ofertas_vigentes,
    traidos_de,
)
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.textos import en_castellano


def ofertas_ocds(
    sesion: Session,
    convocatoria: Convocatoria,
    items: Sequence[Item],
    ofertas: Sequence[OfertaConLineas],
    oferentes: dict[UUID, Organizacion],
    sin_precio: Sequence[Oferta] = (),
) -> dict[str, Any]:
    por_id = {item.id: item for item in items}
    estado = "pending" if convocatoria.resuelto_en is None else "valid"
    fuera, traidos = _fuera(sesion, convocatoria), traidos_de(sesion, convocatoria)
    cuantas = len(ofertas) + len(sin_precio)
    salida: dict[str, Any] = {"statistics": [{"id": "ofertas", "measure": "bids", "value": cuantas}]}
    detalles = [
        {
            "id": str(o.oferta.id),
            **({} if o.anonima else {"date": fecha(o.oferta.presentada_en)}),
            **({"description": dicho} if (dicho := _dicho(o, fuera)) else {}),
            "status": "disqualified" if o.oferta.id in fuera else estado,
            **({} if o.anonima else {"tenderers": [oferentes[o.proveedor.id].referencia()]}),
            "value": valor(o.total),
            **de_sus_lotes([por_id[linea.item_id] for linea in o.lineas]),
            "items": _lineas(o, por_id),
            **_documentos(convocatoria, o.oferta, traidos.get(o.oferta.id, ())),
        }
        for o in ofertas
    ]
    detalles += [
        {
            "id": str(o.id),
            "date": fecha(o.presentada_en),
            **({"description": o.falla} if o.falla else {}),
            "status": "disqualified" if o.falla else "pending",
            "tenderers": [oferentes[o.unidad_id].referencia()],
            **_documentos(convocatoria, o, traidos.get(o.id, ())),
        }
        for o in sin_precio
    ]
    return salida | ({"details": detalles} if detalles else {})


def ofertas_sin_precio(
    sesion: Session, convocatoria: Convocatoria, ofertas: Sequence[OfertaConLineas]
) -> list[Oferta]:
    """With two envelopes, the bids known since the first act that have no price: not yet, or never."""
    if convocatoria.tecnica_en is None:
        return []
    con_precio = {o.oferta.id for o in ofertas}
    leidas = [
        *ofertas_vigentes(sesion, convocatoria.id),
        *las_que_no_pasaron(sesion, convocatoria.id),
        *invalidas_de(sesion, convocatoria.id),
    ]
    return [oferta for oferta in leidas if oferta.id not in con_precio]


def _dicho(oferta: OfertaConLineas, fuera: dict[UUID, str]) -> str:
    """Its label while it has no name, and why it is left out."""
    rotulo = oferta.proveedor.nombre if oferta.anonima else ""
    return " ".join(parte for parte in (rotulo and f"{rotulo}.", fuera.get(oferta.oferta.id, "")) if parte)


def _lineas(oferta: OfertaConLineas, items: dict[UUID, Item]) -> list[dict[str, Any]]:
    """Its price of each item; what the item is, the call says under the same id."""
    suyas = sorted(((items[linea.item_id], linea) for linea in oferta.lineas), key=lambda par: par[0].numero)
    return [
        del_lote(item, {"id": str(item.numero), "unit": {"value": valor(linea.precio_unitario)}})
        for item, linea in suyas
    ]


def _documentos(
    convocatoria: Convocatoria, oferta: Oferta, traidos: Sequence[Traido]
) -> dict[str, list[dict[str, Any]]]:
    """What it came with, as its envelope says: who has the file can compare it, nobody gets it here."""
    assert convocatoria.conocidas_en is not None
    documentos = [
        {
            "id": f"{oferta.id}-{traido.numero}",
            "documentType": "submissionDocuments",
            "title": traido.nombre,
            "description": f"SHA-256: {traido.huella}" if traido.huella else "No es el que dice la oferta.",
            "datePublished": fecha(convocatoria.conocidas_en),
            "language": "es",
        }
        for traido in traidos
    ]
    return {"documents": documentos} if documentos else {}


def _fuera(sesion: Session, convocatoria: Convocatoria) -> dict[UUID, str]:
    """Which bids are left out of the comparison, and why."""
    calificacion = calificacion_de(sesion, convocatoria.id)
    if calificacion is None:
        return {}
    with en_castellano():
        return {
            id_: f"{CAUSAS[r.causa]}. {r.explicacion}".strip()
            for id_, r in calificacion.revisadas.items()
            if r.causa is not None
        }
