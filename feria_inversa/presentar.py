"""From rows to what the API answers."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Unidad, lugares, unidades_en_lote
from feria_inversa.consultas import (
    OfertaConLineas,
    adjudicaciones_de,
    items_de,
    lineas_de_orden,
    modalidades_por_id,
    ofertas_abiertas,
)
from feria_inversa.esquemas import (
    AdjudicacionSalida,
    ConvocatoriaResumen,
    ConvocatoriaSalida,
    ItemSalida,
    ModalidadSalida,
    OfertaAbierta,
    OfertaLineaSalida,
    OfertaRecibo,
    OrdenLineaSalida,
    OrdenSalida,
    UnidadResumen,
)
from feria_inversa.modelos import (
    ActaDeApertura,
    Adjudicacion,
    Convocatoria,
    Item,
    Modalidad,
    Oferta,
    OfertaLinea,
    OrdenDeCompra,
)


def unidad_breve(unidad: Unidad) -> UnidadResumen:
    return UnidadResumen(id=unidad.id, numero=unidad.numero, nombre=unidad.nombre)


def resumenes(sesion: Session, convocatorias: Sequence[Convocatoria]) -> list[ConvocatoriaResumen]:
    """A list of calls, with the names that go with their codes, in three queries."""
    entidades = unidades_en_lote(sesion, [c.unidad_id for c in convocatorias])
    reglas = modalidades_por_id(sesion, convocatorias)
    sitios = lugares(sesion, [c.municipio_ine for c in convocatorias])
    return [
        ConvocatoriaResumen(
            id=c.id,
            cuce=c.cuce,
            ocid=c.ocid,
            titulo=c.titulo,
            estado=c.estado,
            categoria=c.categoria,
            entidad=unidad_breve(entidades[c.unidad_id]),
            municipio_ine=c.municipio_ine,
            municipio=sitios.get(c.municipio_ine, ""),
            modalidad=reglas[c.modalidad_id].codigo if c.modalidad_id else None,
            monto_referencial=c.monto_referencial,
            publicado_en=c.publicado_en,
            vence_en=c.vence_en,
        )
        for c in convocatorias
    ]


def modalidad(regla: Modalidad | None) -> ModalidadSalida | None:
    if regla is None:
        return None
    return ModalidadSalida(
        codigo=regla.codigo,
        nombre=regla.nombre,
        norma=regla.norma,
        confirmado=regla.confirmado,
        dias_habiles_minimos=regla.dias_minimos,
    )


def convocatoria(sesion: Session, fila: Convocatoria) -> ConvocatoriaSalida:
    (resumen,) = resumenes(sesion, [fila])
    regla = sesion.get(Modalidad, fila.modalidad_id) if fila.modalidad_id else None
    acta = sesion.get(ActaDeApertura, fila.id)
    return ConvocatoriaSalida(
        **{campo: getattr(resumen, campo) for campo in ConvocatoriaResumen.model_fields},
        descripcion=fila.descripcion,
        lugar_entrega=fila.lugar_entrega,
        plazo_entrega_dias=fila.plazo_entrega_dias,
        regla=modalidad(regla),
        abierto_en=fila.abierto_en,
        resuelto_en=fila.resuelto_en,
        contratado_en=fila.contratado_en,
        cancelado_en=fila.cancelado_en,
        motivo_cierre=fila.motivo_cierre,
        ofertas_recibidas=acta.ofertas if acta else None,
        items=_items(sesion, fila),
    )


def _items(sesion: Session, fila: Convocatoria) -> list[ItemSalida]:
    decisiones = adjudicaciones_de(sesion, fila.id)
    proveedores = unidades_en_lote(sesion, [d.proveedor_id for d in decisiones.values() if d.proveedor_id])
    ofertas = {linea.id: linea.oferta_id for linea in _lineas(sesion, fila)} if decisiones else {}
    return [_item(item, decisiones.get(item.id), proveedores, ofertas) for item in items_de(sesion, fila.id)]


def _lineas(sesion: Session, fila: Convocatoria) -> list[OfertaLinea]:
    return [linea for oferta in ofertas_abiertas(sesion, fila) for linea in oferta.lineas]


def _item(
    item: Item,
    decision: Adjudicacion | None,
    proveedores: dict[UUID, Unidad],
    ofertas: dict[UUID, UUID],
) -> ItemSalida:
    adjudicacion = None
    if decision is not None:
        gana = decision.proveedor_id
        adjudicacion = AdjudicacionSalida.model_validate(
            {
                "resultado": decision.resultado,
                "oferta_id": ofertas[decision.oferta_linea_id] if decision.oferta_linea_id else None,
                "proveedor": unidad_breve(proveedores[gana]) if gana else None,
                "total": decision.total,
                "motivo": decision.motivo,
            }
        )
    campos = ItemSalida.model_fields.keys() - {"adjudicacion", "cantidad"}
    return ItemSalida(
        **{campo: getattr(item, campo) for campo in campos},
        cantidad=item.cantidad,
        adjudicacion=adjudicacion,
    )


def recibo(oferta: Oferta) -> OfertaRecibo:
    return OfertaRecibo(**{campo: getattr(oferta, campo) for campo in OfertaRecibo.model_fields})


def oferta_abierta(abierta: OfertaConLineas) -> OfertaAbierta:
    return OfertaAbierta(
        **{campo: getattr(abierta.oferta, campo) for campo in OfertaRecibo.model_fields},
        proveedor=unidad_breve(abierta.proveedor),
        total=abierta.total,
        lineas=[
            OfertaLineaSalida(**{campo: getattr(linea, campo) for campo in OfertaLineaSalida.model_fields})
            for linea in abierta.lineas
        ],
    )


def orden(sesion: Session, fila: OrdenDeCompra) -> OrdenSalida:
    unidades = unidades_en_lote(sesion, [fila.unidad_id, fila.proveedor_id])
    llamado = sesion.get_one(Convocatoria, fila.convocatoria_id)
    assert llamado.cuce is not None
    return OrdenSalida(
        id=fila.id,
        numero=fila.numero,
        convocatoria_id=fila.convocatoria_id,
        cuce=llamado.cuce,
        entidad=unidad_breve(unidades[fila.unidad_id]),
        proveedor=unidad_breve(unidades[fila.proveedor_id]),
        total=fila.total,
        plazo_dias=fila.plazo_dias,
        emitida_en=fila.emitida_en,
        lineas=[
            OrdenLineaSalida(
                numero_item=li.item.numero,
                descripcion=li.item.descripcion,
                marca=li.linea.marca,
                cantidad=li.item.cantidad,
                unidad_medida=li.item.unidad_medida,
                precio_unitario=li.linea.precio_unitario,
                total=li.linea.total,
            )
            for li in lineas_de_orden(sesion, fila)
        ],
    )
