"""Rows and values to what crosses the API."""

from decimal import Decimal

from sqlmodel import Session

from empresa_digital.registro import nombres_de_unidades
from envios.tarifas.cotizar import Comparacion, oferta_de
from envios.tarifas.esquemas import (
    ComparacionLeida,
    CotizacionLeida,
    LineaLeida,
    NegativaLeida,
    OfertaLeida,
    PasoLeido,
    ServicioLeido,
    TarifarioEntero,
    TarifarioLeido,
)
from envios.tarifas.modelos import Cotizacion, Servicio, Tarifario
from envios.tarifas.palabras import lineas_de, negativa_en_palabras, pasos_en_palabras
from envios.tarifas.tablas import Que
from envios.tarifas.valores import Oferta


def comparacion_leida(comparacion: Comparacion) -> ComparacionLeida:
    return ComparacionLeida(
        calculada_en=comparacion.en,
        datos=[oferta_leida(oferta) for oferta in comparacion.ofertas],
        sin_oferta=[
            NegativaLeida(
                operador_unidad_id=negativa.operador_unidad_id,
                operador=operador,
                servicio=negativa.servicio or None,
                razon=negativa.razon,
                detalle=negativa_en_palabras(negativa),
            )
            for operador, negativa in comparacion.negativas
            if negativa.operador_unidad_id is not None
        ],
    )


def oferta_leida(oferta: Oferta, operador: str = "") -> OfertaLeida:
    c, promesa = oferta.condiciones, oferta.promesa
    return OfertaLeida(
        operador_unidad_id=c.operador_unidad_id,
        operador=oferta.operador or operador,
        servicio=c.servicio,
        nombre=c.nombre,
        indicador=c.indicador,
        entrega=c.entrega,
        tarifario_id=c.tarifario_id,
        version=c.version,
        peso_facturado_g=oferta.cargos.peso_facturado_g,
        lineas=[
            LineaLeida(concepto=linea.concepto, detalle=linea.detalle, monto=linea.monto)
            for linea in lineas_de(c, oferta.bulto, oferta.cargos)
        ],
        total=oferta.cargos.total,
        sale_el=promesa and promesa.salida,
        entrega_el=promesa and promesa.entrega_el,
        cuenta=[
            PasoLeido(desde=paso.dias[0].fecha, hasta=paso.dias[-1].fecha, texto=paso.texto)
            for paso in (pasos_en_palabras(promesa) if promesa else ())
        ],
    )


def cotizacion_leida(sesion: Session, cotizacion: Cotizacion) -> CotizacionLeida:
    """With its arithmetic, made again from the rates that it cites."""
    oferta = oferta_de(sesion, cotizacion)
    assert isinstance(oferta, Oferta)
    assert oferta.cargos.total == cotizacion.total
    operador = nombres_de_unidades(sesion, [cotizacion.operador_unidad_id])[cotizacion.operador_unidad_id]
    leida = oferta_leida(oferta, operador)
    leida.entrega_el = cotizacion.entrega_el
    return CotizacionLeida(
        id=cotizacion.id,
        ofrecida_en=cotizacion.ofrecida_en,
        vence_en=cotizacion.vence_en,
        origen=cotizacion.origen_ine,
        destino=cotizacion.destino_ine,
        peso_g=cotizacion.peso_g,
        oferta=leida,
    )


def tarifario_leido(tarifario: Tarifario) -> TarifarioLeido:
    assert tarifario.vigente_desde is not None
    return TarifarioLeido(
        id=tarifario.id,
        operador_unidad_id=tarifario.operador_unidad_id,
        version=tarifario.numero,
        vigente_desde=tarifario.vigente_desde,
        vigente_hasta=tarifario.vigente_hasta,
        tablas={que.value: f"/tarifas/{tarifario.id}/{que.value}.csv" for que in Que},
    )


def tarifario_entero(tarifario: Tarifario, servicios: list[Servicio]) -> TarifarioEntero:
    return TarifarioEntero(
        **tarifario_leido(tarifario).model_dump(), servicios=[_servicio_leido(s) for s in servicios]
    )


def _servicio_leido(servicio: Servicio) -> ServicioLeido:
    cobro = servicio.contra_entrega_pb
    return ServicioLeido(
        **servicio.model_dump(exclude={"tarifario_id", "seguro_pb", "contra_entrega_pb"}),
        seguro_pct=Decimal(servicio.seguro_pb) / 100,
        contra_entrega_pct=None if cobro is None else Decimal(cobro) / 100,
    )
