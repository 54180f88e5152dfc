"""From rows to what the API shows."""

from comercio.agenda import CitaFicha
from comercio.agenda.modelos import Cita
from comercio.compra import EstadoPedido, Factura, Paga, Regalo, pedido_breve, vendedor_de
from comercio.pedidos.consultas import DetallePedido
from comercio.pedidos.esquemas import (
    CargoFicha,
    ComisionFicha,
    CompromisoFicha,
    DineroFicha,
    EntregaDelPedido,
    LineaPedidoFicha,
    PaqueteFicha,
    PasoFicha,
    PedidoFicha,
    ServicioFicha,
    UnidadQueCompra,
)
from comercio.pedidos.estados import EstadoPaquete
from comercio.pedidos.modelos import Paquete
from nucleo.dinero import cero

_DE_LA_LINEA = {
    "id",
    "producto_id",
    "variante_id",
    "sku",
    "titulo",
    "opcion",
    "cantidad",
    "unidad_medida",
    "precio",
    "importe",
    "descuento",
}


def pedido(detalle: DetallePedido) -> PedidoFicha:
    """An order; the commission only for the seller."""
    p, c, de = detalle.pedido, detalle.compra, detalle.comprador
    comision = ComisionFicha(
        tasa_pb=detalle.comision.tasa_pb or 0,
        monto=detalle.comision.monto,
        impuesto=detalle.comision.impuesto,
        neto=detalle.neto,
    )
    return PedidoFicha(
        **pedido_breve(p, detalle.envio_numero).model_dump(exclude={"vendedor"}),
        vendedor=vendedor_de(p),
        cancelado=detalle.cancelado,
        indicaciones=p.indicaciones,
        lineas=[
            LineaPedidoFicha(
                **x.fila.model_dump(include=_DE_LA_LINEA), cancelada=x.cancelada, por_despachar=x.suelta
            )
            for x in detalle.estado_de_lineas
        ],
        entrega=EntregaDelPedido.model_validate(detalle.contacto, from_attributes=True),
        comprador=UnidadQueCompra(unidad_id=de.unidad_id, nombre=de.nombre) if de.unidad_id else None,
        factura=Factura(nombre=c.factura_nombre, nit=c.factura_nit)
        if c.factura_nombre and c.factura_nit
        else None,
        regalo=Regalo(mensaje=c.mensaje or None) if c.regalo else None,
        cargos=[
            CargoFicha.model_validate(x, from_attributes=True)
            for x in detalle.cargos
            if detalle.es_vendedor or x.paga == Paga.COMPRADOR
        ],
        comision=comision if detalle.es_vendedor else None,
        despachar_hasta=p.despachar_hasta,
        paquetes=[_paquete(q, detalle.es_comprador and not detalle.no_actua) for q in detalle.paquetes],
        servicio=_servicio(detalle),
        dinero=DineroFicha(
            estado=detalle.dinero.estado,
            en_custodia=cero() if detalle.dinero.comprometido else detalle.dinero.queda,
            comprometido=detalle.dinero.queda if detalle.dinero.comprometido else cero(),
            devuelto=detalle.dinero.devuelto,
            liberar_en=detalle.dinero.liberar_en,
            contra_entrega=detalle.dinero.contra_entrega,
            por_cobrar=detalle.dinero.por_cobrar,
            banco_desde=detalle.dinero.banco_desde,
            garantia=detalle.dinero.garantia,
            compromiso=CompromisoFicha.model_validate(detalle.compromiso, from_attributes=True)
            if detalle.compromiso
            else None,
        ),
        pasos=[
            PasoFicha(estado=EstadoPedido(x.estado), ocurrio_en=x.ocurrio_en, detalle=x.detalle)
            for x in detalle.pasos
        ],
        version=p.version,
    )


def _servicio(detalle: DetallePedido) -> ServicioFicha | None:
    if detalle.servicio is None:
        return None
    ficha = ServicioFicha.model_validate(detalle.servicio, from_attributes=True)
    return ficha.model_copy(update={"cita": _cita(detalle.cita), "propuesta": _cita(detalle.propuesta)})


def _cita(fila: Cita | None) -> CitaFicha | None:
    return CitaFicha.model_validate(fila, from_attributes=True) if fila else None


def _paquete(fila: Paquete, recibe: bool) -> PaqueteFicha:
    campos = {c: getattr(fila, c) for c in PaqueteFicha.model_fields if c != "codigo_entrega"}
    espera = fila.en_mano and fila.estado == EstadoPaquete.DESPACHADO
    return PaqueteFicha(**campos, codigo_entrega=fila.codigo_entrega if espera and recibe else None)
