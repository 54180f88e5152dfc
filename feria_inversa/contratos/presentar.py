"""From a purchase order to what the API answers."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Unidad, unidades_en_lote
from feria_inversa.contratos.consultas import (
    entregas_de,
    garantias_de,
    lineas_de_entregas,
    lineas_de_modificaciones,
    lineas_de_orden,
    modificaciones_de,
    pagos_de,
)
from feria_inversa.contratos.esquemas import (
    EntregaLineaSalida,
    EntregaSalida,
    GarantiaSalida,
    HistorialSalida,
    LineaModificadaSalida,
    ModificacionSalida,
    OrdenLineaSalida,
    OrdenSalida,
    PagoSalida,
)
from feria_inversa.contratos.estados import EstadoOrden
from feria_inversa.contratos.forma import forma_de
from feria_inversa.contratos.historial import dias_para_pagar, historiales_de
from feria_inversa.contratos.modelos import Entrega, EntregaLinea, OrdenDeCompra
from feria_inversa.entidades import unidad_breve
from feria_inversa.procesos import reglas_de
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.reloj import ahora_bd


def orden(sesion: Session, fila: OrdenDeCompra) -> OrdenSalida:
    unidades = unidades_en_lote(sesion, [fila.unidad_id, fila.proveedor_id])
    llamado = sesion.get_one(Convocatoria, fila.convocatoria_id)
    assert llamado.cuce is not None
    lineas = lineas_de_orden(sesion, fila.id)
    numeros = {linea.id: linea.numero for linea in lineas}
    entregado = lineas_de_entregas(sesion, fila.id)
    return OrdenSalida(
        id=fila.id,
        numero=fila.numero,
        convocatoria_id=fila.convocatoria_id,
        cuce=llamado.cuce,
        entidad=unidad_breve(unidades[fila.unidad_id]),
        proveedor=unidad_breve(unidades[fila.proveedor_id]),
        forma=forma_de(reglas_de(llamado), fila).forma.value,
        total=fila.total,
        plazo_dias=fila.plazo_dias,
        emitida_en=fila.emitida_en,
        estado=EstadoOrden(fila.estado).value,
        aceptar_hasta=fila.aceptar_hasta,
        respondida_en=fila.respondida_en,
        motivo=fila.motivo,
        **{campo: getattr(fila, campo) for campo in _DE_SU_VIDA},
        dias_para_pagar=dias_para_pagar(fila, ahora_bd(sesion)),
        lineas=[
            OrdenLineaSalida(
                numero_item=li.numero,
                descripcion=li.descripcion,
                marca=li.marca,
                cantidad=li.cantidad,
                unidad_medida=li.unidad_medida,
                unidad_texto=li.unidad_texto,
                precio_unitario=li.precio_unitario,
                total=li.total,
                entregada=li.entregada,
                recibida=li.recibida,
            )
            for li in lineas
        ],
        entregas=[_entrega(e, numeros, entregado[e.id]) for e in entregas_de(sesion, fila.id)],
        pagos=[
            PagoSalida(**{campo: getattr(pago, campo) for campo in PagoSalida.model_fields})
            for pago in pagos_de(sesion, fila.id)
        ],
        garantias=_garantias(sesion, fila.id),
        modificaciones=_modificaciones(sesion, fila.id, numeros),
    )


_DE_SU_VIDA = (
    "entregar_hasta",
    "recibido",
    "multa",
    "pagado",
    "recibida_en",
    "pagar_hasta",
    "causa",
    "concluida_en",
    "garantia_dicha_en",
)


def _entrega(entrega: Entrega, numeros: Mapping[UUID, int], lineas: Sequence[EntregaLinea]) -> EntregaSalida:
    return EntregaSalida(
        **{campo: getattr(entrega, campo) for campo in EntregaSalida.model_fields if campo != "lineas"},
        lineas=[
            EntregaLineaSalida(numero_item=numeros[li.linea_id], cantidad=li.cantidad, recibida=li.recibida)
            for li in lineas
        ],
    )


def _garantias(sesion: Session, orden_id: UUID) -> list[GarantiaSalida]:
    suyas = garantias_de(sesion, orden_id)
    numeros = {g.id: g.numero for g in suyas}
    campos = GarantiaSalida.model_fields.keys() - {"renueva_a"}
    return [
        GarantiaSalida.model_validate(
            {campo: getattr(g, campo) for campo in campos}
            | {"renueva_a": numeros[g.renueva_a] if g.renueva_a else None}
        )
        for g in suyas
    ]


def historial(sesion: Session, unidad: Unidad) -> HistorialSalida:
    suyo = historiales_de(sesion, [unidad.id])[unidad.id]
    campos = HistorialSalida.model_fields.keys() - {"proveedor"}
    return HistorialSalida(
        proveedor=unidad_breve(unidad), **{campo: getattr(suyo, campo) for campo in campos}
    )


def _modificaciones(sesion: Session, orden_id: UUID, numeros: Mapping[UUID, int]) -> list[ModificacionSalida]:
    campos = ModificacionSalida.model_fields.keys() - {"lineas"}
    filas = lineas_de_modificaciones(sesion, orden_id)
    return [
        ModificacionSalida.model_validate(
            {campo: getattr(m, campo) for campo in campos}
            | {
                "lineas": [
                    LineaModificadaSalida(
                        numero_item=numeros[li.linea_id],
                        cantidad_antes=li.cantidad_antes,
                        cantidad=li.cantidad,
                        total=li.total,
                    )
                    for li in filas[m.id]
                ]
            }
        )
        for m in modificaciones_de(sesion, orden_id)
    ]
