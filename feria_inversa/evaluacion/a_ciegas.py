"""The decision of a quick quotation: written of labels alone, and only after it who each label was.

Both are acts, and the database awards nothing that the first one does not say.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import unidades_en_lote
from feria_inversa.actos import DECISION, NOMBRES, levantar
from feria_inversa.actos.modelos import Acta
from feria_inversa.entidades import habilitados
from feria_inversa.evaluacion.consultas import GrupoComparado
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas import ofertas_vigentes
from feria_inversa.precios import exacto
from feria_inversa.procesos.modelos import Convocatoria


def decidir_de_rotulos(
    sesion: Session,
    convocatoria: Convocatoria,
    filas: Sequence[Adjudicacion],
    comparados: Sequence[GrupoComparado],
    dicen: Mapping[UUID, str],
    quien: str,
    instante: datetime,
) -> Acta:
    """What these rows will award, of each item to which label (`dicen`, by bid); before any of them."""
    items = {item.id: item for comparado in comparados for item in comparado.grupo.items}
    de_linea = {li.id: p.oferta.id for c in comparados for p in c.propuestas for li in p.lineas}
    ganan = {fila.item_id: de_linea[fila.oferta_linea_id] for fila in filas if fila.oferta_linea_id}
    dicho = {
        "cuce": convocatoria.cuce,
        "decisiones": [
            {
                "item": items[fila.item_id].numero,
                "item_id": str(fila.item_id),
                "resultado": fila.resultado,
                "oferta": dicen[ganan[fila.item_id]] if fila.item_id in ganan else None,
                "oferta_id": str(ganan[fila.item_id]) if fila.item_id in ganan else None,
                "total": None if fila.total is None else exacto(fila.total),
                "causa": fila.causa,
                "motivo": fila.motivo,
            }
            for fila in filas
        ],
    }
    return levantar(sesion, convocatoria.id, DECISION, dicho, quien, instante)


def publicar_nombres(
    sesion: Session,
    convocatoria: Convocatoria,
    decidida: Acta,
    dicen: Mapping[UUID, str],
    quien: str,
    instante: datetime,
) -> Acta:
    """Who each label was, once it was decided of them."""
    ofertas = {oferta.id: oferta for oferta in ofertas_vigentes(sesion, convocatoria.id)}
    unidades = unidades_en_lote(sesion, [oferta.unidad_id for oferta in ofertas.values()])
    pueden = habilitados(sesion, set(unidades))
    dicho = {
        "cuce": convocatoria.cuce,
        "decision": {"acta": decidida.numero, "huella": decidida.huella},
        "ofertas": [
            {
                "oferta": rotulo,
                "oferta_id": str(id_),
                "proveedor": unidades[ofertas[id_].unidad_id].denominacion,
                "registro": unidades[ofertas[id_].unidad_id].numero,
                "presentada": ofertas[id_].presentada_en.isoformat(),
                "huella": ofertas[id_].huella,
                "habilitado": ofertas[id_].unidad_id in pueden,
            }
            for id_, rotulo in dicen.items()
        ],
    }
    return levantar(sesion, convocatoria.id, NOMBRES, dicho, quien, instante)
