"""From a process, with all that became of it, to what the API answers."""

from uuid import UUID

from sqlmodel import Session, col

from empresa_digital.registro import Unidad, unidades_en_lote
from feria_inversa.apertura import resumen_de
from feria_inversa.contratos import conclusion, ordenes_de
from feria_inversa.documentos import pedidos_de
from feria_inversa.entidades import unidad_breve
from feria_inversa.evaluacion import adjudicaciones_de, calificacion_de
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.expediente.esquemas import AdjudicacionSalida, ConvocatoriaSalida, ItemSalida, LoteSalida
from feria_inversa.llaves import BYTES_DE_MAS, llave_de, tamano_para
from feria_inversa.ofertas import lineas_abiertas
from feria_inversa.ofertas.modelos import OfertaLinea
from feria_inversa.plan import en_el_plan
from feria_inversa.precios import sumar
from feria_inversa.procesos import (
    Cierre,
    ConvocatoriaResumen,
    Forma,
    Metodo,
    items_de,
    lotes_de,
    modalidad,
    reglas_de,
    resumenes,
    vinculos_de,
)
from feria_inversa.procesos.modelos import Convocatoria, Item


def convocatoria(sesion: Session, fila: Convocatoria) -> ConvocatoriaSalida:
    (resumen,) = resumenes(sesion, [fila])
    acta = resumen_de(sesion, fila)
    calificacion = calificacion_de(sesion, fila.id) if acta else None
    llave = llave_de(sesion, fila.id)
    tecnica = llave_de(sesion, fila.id, tecnica=True) if fila.dos_sobres else None
    items = _items(sesion, fila)
    pedidos = pedidos_de(sesion, fila.id)
    en_plan = en_el_plan(sesion, fila.id)
    anterior, siguientes = vinculos_de(sesion, fila)
    fin = conclusion(fila, ordenes_de(sesion, fila.id)) if fila.contratado_en is not None else None
    return ConvocatoriaSalida(
        **{campo: getattr(resumen, campo) for campo in ConvocatoriaResumen.model_fields},
        descripcion=fila.descripcion,
        lugar_entrega=fila.lugar_entrega,
        plazo_entrega_dias=fila.plazo_entrega_dias,
        regla=modalidad(reglas_de(fila)),
        abierto_en=fila.abierto_en,
        resuelto_en=fila.resuelto_en,
        contratado_en=fila.contratado_en,
        concluido_en=None if fin is None else fin.concluido_en,
        dias_para_pagar=[] if fin is None else list(fin.dias),
        cancelado_en=fila.cancelado_en,
        cierre=None if fila.cierre is None else Cierre(fila.cierre),
        motivo_cierre=fila.motivo_cierre,
        versiones=fila.versiones,
        pedido_en=fila.pedido_en,
        apertura="sobre" if llave else "acceso",
        llave=llave.publica.hex() if llave else None,
        dos_sobres=fila.dos_sobres,
        llave_tecnica=tecnica.publica.hex() if tecnica else None,
        tecnica_en=fila.tecnica_en,
        bytes_sobre=BYTES_DE_MAS + tamano_para(len(items), len(pedidos)) if llave else None,
        ofertas_recibidas=acta.ofertas if acta else None,
        adjudica_por=Forma(fila.adjudica_por),
        lotes=_lotes(sesion, fila),
        metodo=Metodo(fila.metodo),
        puntos_tecnica=fila.puntos_tecnica,
        minimo_tecnica=fila.minimo_tecnica,
        subasta=fila.subasta,
        subasta_por_rondas=fila.subasta_por_rondas,
        cotizacion_rapida=fila.cotizacion_rapida,
        calificacion=calificacion.numero if calificacion else None,
        linea_de_plan=en_plan.linea_id if en_plan else None,
        anterior=anterior,
        siguientes=siguientes,
        items=items,
    )


def _lotes(sesion: Session, fila: Convocatoria) -> list[LoteSalida]:
    items = items_de(sesion, fila.id)
    return [
        LoteSalida(
            numero=lote.numero,
            nombre=lote.nombre,
            total_referencial=sumar(item.total_referencial for item in items if item.lote == lote.numero),
        )
        for lote in lotes_de(sesion, fila.id)
    ]


def _items(sesion: Session, fila: Convocatoria) -> list[ItemSalida]:
    decisiones = adjudicaciones_de(sesion, fila.id)
    proveedores = unidades_en_lote(sesion, [d.proveedor_id for d in decisiones.values() if d.proveedor_id])
    ganan = [d.oferta_linea_id for d in decisiones.values() if d.oferta_linea_id]
    lineas = lineas_abiertas(sesion, fila, col(OfertaLinea.id).in_(ganan)) if ganan else []
    ofertas = {linea.id: linea.oferta_id for linea in lineas}
    return [_item(item, decisiones.get(item.id), proveedores, ofertas) for item in items_de(sesion, fila.id)]


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
                "causa": decision.causa,
                "motivo": decision.motivo,
            }
        )
    campos = ItemSalida.model_fields.keys() - {"adjudicacion", "cantidad"}
    return ItemSalida(
        **{campo: getattr(item, campo) for campo in campos},
        cantidad=item.cantidad,
        adjudicacion=adjudicacion,
    )
