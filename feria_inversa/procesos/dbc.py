"""The DBC of a published call: what it froze, in words, handed to who writes it."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from empresa_digital.registro import lugar, unidad_por_id
from feria_inversa.documentos import (
    Adjunto,
    Clase,
    DatosDelDbc,
    LoteDelDbc,
    Publicado,
    Renglon,
    agregar_dbc,
    documentos_de,
    pedidos_de,
)
from feria_inversa.precios import cantidad
from feria_inversa.procesos.consultas import reglas_de
from feria_inversa.procesos.estados import Metodo
from feria_inversa.procesos.grupos import lotes_de
from feria_inversa.procesos.modelos import Convocatoria, Item, Lote
from nucleo.actor import Autorizacion
from nucleo.configuracion import ajustes
from nucleo.textos import en_castellano

_METODOS = {
    Metodo.PRECIO: "Precio evaluado más bajo",
    Metodo.CALIDAD_Y_COSTO: "Calidad, propuesta técnica y costo",
    Metodo.CALIDAD: "Calidad",
    Metodo.PRESUPUESTO_FIJO: "Presupuesto fijo",
    Metodo.MENOR_COSTO: "Menor costo",
}


def emitir_dbc(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    items: Sequence[Item],
    lotes: Sequence[Lote],
    documentos: Sequence[Publicado],
    instante: datetime,
) -> None:
    """Write the DBC of the version of a locked, flushed process that is being published."""
    with en_castellano():
        datos = _datos(sesion, convocatoria, items, lotes, documentos, instante)
        agregar_dbc(sesion, autorizacion, convocatoria.id, datos)


def volver_a_emitir_dbc(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    items: Sequence[Item],
    instante: datetime,
) -> None:
    """The same of a version that follows, where there is one: what was published before has none."""
    documentos = documentos_de(sesion, convocatoria.id)
    if any(d.vigente.clase == Clase.DBC for d in documentos):
        lotes = lotes_de(sesion, convocatoria.id)
        emitir_dbc(sesion, autorizacion, convocatoria, items, lotes, documentos, instante)


def _datos(
    sesion: Session,
    convocatoria: Convocatoria,
    items: Sequence[Item],
    lotes: Sequence[Lote],
    documentos: Sequence[Publicado],
    instante: datetime,
) -> DatosDelDbc:
    entidad, reglas = unidad_por_id(sesion, convocatoria.unidad_id), reglas_de(convocatoria)
    assert reglas is not None
    assert convocatoria.cuce is not None
    assert convocatoria.publicado_en is not None
    assert convocatoria.vence_en is not None
    return DatosDelDbc(
        cuce=convocatoria.cuce,
        version=convocatoria.versiones,
        hecho_en=instante,
        entidad=entidad.denominacion,
        lugar_de_entidad=lugar(sesion, entidad.municipio_ine),
        titulo=convocatoria.titulo,
        descripcion=convocatoria.descripcion,
        categoria=convocatoria.categoria,
        lugar=lugar(sesion, convocatoria.municipio_ine),
        lugar_entrega=convocatoria.lugar_entrega,
        plazo_entrega_dias=convocatoria.plazo_entrega_dias,
        total=convocatoria.monto_referencial,
        publicada_en=convocatoria.publicado_en,
        vence_en=convocatoria.vence_en,
        adjudica_por=convocatoria.adjudica_por,
        metodo=convocatoria.metodo,
        nombre_del_metodo=_METODOS[Metodo(convocatoria.metodo)],
        puntos_tecnica=convocatoria.puntos_tecnica,
        minimo_tecnica=convocatoria.minimo_tecnica,
        subasta=convocatoria.subasta,
        subasta_por_rondas=convocatoria.subasta_por_rondas,
        dos_sobres=convocatoria.dos_sobres,
        cotizacion_rapida=convocatoria.cotizacion_rapida,
        lotes=_lotes(items, lotes),
        adjuntos=[
            Adjunto(v.titulo, v.que_es, v.sha256)
            for v in (d.vigente for d in documentos)
            if v.clase != Clase.DBC
        ],
        pedidos=[(p.nombre, p.subsanable) for p in pedidos_de(sesion, convocatoria.id)],
        reglas=reglas,
        url=f"{ajustes().url_publica}/feria/{convocatoria.id}",
    )


def _lotes(items: Sequence[Item], lotes: Sequence[Lote]) -> list[LoteDelDbc]:
    """Its items by lots or, where it has none, all in one without a name."""
    if not lotes:
        return [LoteDelDbc("", [_renglon(item) for item in items])]
    return [
        LoteDelDbc(
            f"Lote {lote.numero}. {lote.nombre}", [_renglon(i) for i in items if i.lote == lote.numero]
        )
        for lote in lotes
    ]


def _renglon(item: Item) -> Renglon:
    return Renglon(
        f"{item.numero}. {item.descripcion}"
        + (f" (UNSPSC {item.unspsc})" if item.unspsc else "")
        + (f" (partida {item.partida})" if item.partida else ""),
        cantidad(item.cantidad, item.unidad_medida, item.unidad_texto),
        item.precio_referencial,
        item.total_referencial,
    )
