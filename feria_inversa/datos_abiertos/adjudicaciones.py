"""Awards as open data tell them: one for what a bid holds, which never loses an item.

A merge of releases adds items to an award and takes none away. So an award whose bid loses some of what it
had is told cancelled, with all of it, and what the bid keeps is another award, with a number of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from feria_inversa.actos import Renglon
from feria_inversa.datos_abiertos.documentos import DE_EVALUACION, acta_de
from feria_inversa.datos_abiertos.piezas import de_sus_lotes, del_lote, fecha, item_ocds, valor
from feria_inversa.entidades import Organizacion
from feria_inversa.evaluacion import Decidido, por_que_desierto
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.precios import sumar
from feria_inversa.procesos import EstadoItem
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.textos import en_castellano

_MOTIVO: dict[str, str] = {
    EstadoItem.ADJUDICADO: "Motivo",
    EstadoItem.DESISTIDO: "Desistimiento",
    EstadoItem.DESCALIFICADO: "Descalificación",
    EstadoItem.REVOCADO: "Revocación",
}


@dataclass(slots=True)
class Tramo:
    """What one bid won (or nobody did: no bid), as long as nothing of it falls."""

    oferta_id: UUID | None
    id: str
    decididas: list[Decidido] = field(default_factory=list)
    caidas: list[Adjudicacion] = field(default_factory=list)
    rige: bool = True
    sigue_en: str | None = None  # the award of what is kept, once a part fell

    @property
    def decidida_en(self) -> datetime:
        return max(decidida.fila.decidida_en for decidida in self.decididas)


def tramos_de(cuce: str, decididas: Sequence[Decidido]) -> list[Tramo]:
    """Each award that there was, in the order of the first item of its bid; what nobody won comes last.

    `decididas` are all decisions on a process, in the order in which they were taken and of their items.
    """
    por_oferta: dict[UUID | None, list[Tramo]] = {}
    numeros: dict[UUID | None, str] = {None: "D"}

    def abrir(oferta_id: UUID | None) -> Tramo:
        previos = por_oferta.setdefault(oferta_id, [])
        numero = numeros.setdefault(oferta_id, f"A{len(numeros)}")
        vez = f"-{len(previos) + 1}" if previos else ""
        previos.append(Tramo(oferta_id, f"{cuce}-{numero}{vez}"))
        return previos[-1]

    for _instante, acto in groupby(decididas, lambda decidida: decidida.fila.decidida_en):
        dichas = list(acto)
        caen = {decidida.fila.reemplaza_a: decidida.fila for decidida in dichas}
        for tramo in [tramos[-1] for tramos in por_oferta.values() if tramos[-1].rige]:
            quedan = [decidida for decidida in tramo.decididas if decidida.fila.id not in caen]
            if len(quedan) < len(tramo.decididas):
                tramo.rige = False
                tramo.caidas = [caen[d.fila.id] for d in tramo.decididas if d.fila.id in caen]
                if quedan:
                    sigue = abrir(tramo.oferta_id)
                    sigue.decididas, tramo.sigue_en = quedan, sigue.id
        for decidida in dichas:
            if decidida.fila.resultado not in {EstadoItem.ADJUDICADO, EstadoItem.DESIERTO}:
                continue
            oferta_id = decidida.linea.oferta_id if decidida.linea else None
            tramos = por_oferta.get(oferta_id)
            (tramos[-1] if tramos and tramos[-1].rige else abrir(oferta_id)).decididas.append(decidida)
    desiertos = por_oferta.pop(None, [])
    return [tramo for tramos in [*por_oferta.values(), desiertos] for tramo in tramos]


def adjudicaciones(
    convocatoria: Convocatoria,
    tramos: Sequence[Tramo],
    items: Sequence[Item],
    actas: Sequence[Renglon],
    oferentes: dict[UUID, Organizacion],
) -> list[dict[str, Any]]:
    por_id = {item.id: item for item in items}
    return [_adjudicacion(convocatoria, tramo, por_id, actas, oferentes) for tramo in tramos]


def _adjudicacion(
    convocatoria: Convocatoria,
    tramo: Tramo,
    items: dict[UUID, Item],
    actas: Sequence[Renglon],
    oferentes: dict[UUID, Organizacion],
) -> dict[str, Any]:
    decididas = sorted(tramo.decididas, key=lambda decidida: items[decidida.fila.item_id].numero)
    suyos = [items[decidida.fila.item_id] for decidida in decididas]
    dicho: dict[str, Any] = {
        "id": tramo.id,
        "status": _estado(convocatoria, tramo),
        "date": fecha(tramo.decidida_en),
    }
    proveedor_id = decididas[0].fila.proveedor_id
    lineas = [decidida.linea for decidida in decididas if decidida.linea is not None]
    descripcion = []
    if proveedor_id is None:
        with en_castellano():
            descripcion = ["Ítems desiertos."] + [
                f"{items[d.fila.item_id].numero}: {por_que_desierto(d.fila.causa, d.fila.motivo)}"
                for d in decididas
            ]
    descripcion += _motivos(tramo, items)
    if tramo.sigue_en:
        descripcion.append(f"Una parte quedó sin efecto; lo demás sigue en {tramo.sigue_en}.")
    if descripcion:
        dicho["description"] = " ".join(descripcion)
    if proveedor_id is None:
        dicho["items"] = [del_lote(item, item_ocds(item, item.precio_referencial)) for item in suyos]
    else:
        dicho |= {
            "value": valor(sumar(linea.total for linea in lineas)),
            "suppliers": [oferentes[proveedor_id].referencia()],
            "items": [
                del_lote(item, item_ocds(item, linea.precio_unitario))
                for item, linea in zip(suyos, lineas, strict=True)
            ],
            "relatedBid": str(tramo.oferta_id),
        }
    return dicho | de_sus_lotes(suyos) | _informes(convocatoria, actas, tramo.decidida_en)


def _motivos(tramo: Tramo, items: dict[UUID, Item]) -> list[str]:
    """Why what is not the lowest was awarded, and why what was awarded fell; each reason once."""
    dichos: dict[tuple[str, str], list[int]] = {}
    ganadas = [decidida.fila for decidida in tramo.decididas if decidida.linea is not None]
    for fila in [*ganadas, *tramo.caidas]:
        if fila.motivo:
            dichos.setdefault((_MOTIVO[fila.resultado], fila.motivo), []).append(items[fila.item_id].numero)
    return [
        f"{que} ({'ítems' if len(numeros) > 1 else 'ítem'} {', '.join(map(str, sorted(numeros)))}): {motivo}"
        for (que, motivo), numeros in dichos.items()
    ]


def _estado(convocatoria: Convocatoria, tramo: Tramo) -> str:
    if not tramo.rige:
        return "cancelled"
    if tramo.oferta_id is None:
        return "unsuccessful"
    return "active" if convocatoria.cancelado_en is None else "cancelled"


def _informes(
    convocatoria: Convocatoria, actas: Sequence[Renglon], decidido_en: datetime
) -> dict[str, list[dict[str, Any]]]:
    """What those who evaluate had written by the time of a decision; most had nothing to write."""
    documentos = [
        acta_de(convocatoria, acta)
        for acta in actas
        if acta.clase in DE_EVALUACION and acta.hecha_en <= decidido_en
    ]
    return {"documents": documentos} if documentos else {}
