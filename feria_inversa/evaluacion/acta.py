"""The act of an award: of each thing decided, to whom it goes and for how much, frozen with its digest."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from empresa_digital.registro import Unidad, unidades_en_lote
from feria_inversa.actos import ADJUDICACION, levantar
from feria_inversa.actos.modelos import Acta
from feria_inversa.evaluacion.consultas import GrupoComparado
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas.modelos import Oferta, OfertaLinea
from feria_inversa.precios import exacto, sumar
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.lectores import en_cifras


def levantar_adjudicacion(
    sesion: Session,
    convocatoria: Convocatoria,
    entidad: Unidad,
    filas: Sequence[Adjudicacion],
    comparados: Sequence[GrupoComparado],
    quien: str,
    instante: datetime,
) -> Acta:
    """What these rows, just written, award. The database refuses an act that says another thing."""
    items = {item.id: item for comparado in comparados for item in comparado.grupo.items}
    propuestas = [propuesta for comparado in comparados for propuesta in comparado.propuestas]
    lineas = {li.id: (p.oferta, li) for p in propuestas for li in p.lineas}
    unidades = {p.oferta.unidad_id: p.proveedor for p in propuestas if not p.anonima}
    ganan = {fila.proveedor_id for fila in filas if fila.proveedor_id is not None}
    unidades |= unidades_en_lote(sesion, ganan - set(unidades))  # whose names are told by now
    dicho = {
        "proceso": str(convocatoria.id),
        "cuce": convocatoria.cuce,
        "titulo": convocatoria.titulo,
        "entidad": entidad.denominacion,
        "vez": convocatoria.resoluciones + 1,
        "resuelto": instante.isoformat(),
        "decisiones": [
            _decision(items[fila.item_id], fila)
            | _a_quien(fila, unidades[fila.proveedor_id], *lineas[fila.oferta_linea_id])
            if fila.proveedor_id is not None and fila.oferta_linea_id is not None
            else _decision(items[fila.item_id], fila)
            for fila in sorted(filas, key=lambda fila: items[fila.item_id].numero)
        ],
        "total": exacto(sumar(fila.total for fila in filas if fila.total is not None)),
    }
    return levantar(sesion, convocatoria.id, ADJUDICACION, dicho, quien, instante)


def _decision(item: Item, fila: Adjudicacion) -> dict[str, Any]:
    return {
        "item": item.numero,
        "item_id": str(item.id),
        "descripcion": item.descripcion,
        "cantidad": en_cifras(item.cantidad),
        "resultado": fila.resultado,
        "causa": fila.causa,
        "motivo": fila.motivo,
    }


def _a_quien(fila: Adjudicacion, unidad: Unidad, oferta: Oferta, linea: OfertaLinea) -> dict[str, Any]:
    assert fila.total is not None
    return {
        "proveedor": unidad.denominacion,
        "registro": unidad.numero,
        "oferta_id": str(oferta.id),
        "huella": oferta.huella,
        "precio_unitario": exacto(linea.precio_unitario),
        "total": exacto(fila.total),
    }
