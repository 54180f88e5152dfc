"""From a purchase order to what the API answers."""

from sqlmodel import Session

from empresa_digital.registro import unidades_en_lote
from feria_inversa.contratos.consultas import lineas_de_orden
from feria_inversa.contratos.esquemas import OrdenLineaSalida, OrdenSalida
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.entidades import unidad_breve
from feria_inversa.procesos.modelos import Convocatoria


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
                numero_item=li.numero,
                descripcion=li.descripcion,
                marca=li.marca,
                cantidad=li.cantidad,
                unidad_medida=li.unidad_medida,
                precio_unitario=li.precio_unitario,
                total=li.total,
            )
            for li in lineas_de_orden(sesion, fila.id)
        ],
    )
