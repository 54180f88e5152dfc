"""From a purchase to what the API answers and the pages show."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

import comercio
from empresa_digital.registro import unidades_en_lote
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.compra_de_catalogo.esquemas import (
    CertificacionDeCompra,
    CompraSalida,
    EvidenciaDeCompra,
    OtrasCercanas,
    PresupuestoDeCompra,
)
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from feria_inversa.compra_de_catalogo.publicas import cercanas
from feria_inversa.compra_de_catalogo.seguir import PAGADOS
from feria_inversa.entidades import unidad_breve
from feria_inversa.reglas import Reglas
from nucleo.dinero import cero

_CALCULADOS = frozenset(
    {
        "entidad",
        "vendedor",
        "modalidad",
        "norma",
        "certificacion",
        "evidencia",
        "quedo_en",
        "presupuesto",
        "otras_cercanas",
    }
)


def compras(sesion: Session, filas: Sequence[CompraDeCatalogo]) -> list[CompraSalida]:
    """With what is known of each elsewhere, read at once: as many statements for a hundred as for one."""
    unidades = unidades_en_lote(sesion, {u for f in filas for u in (f.unidad_id, f.vendedor_id)})
    suyas = col(Certificacion.id).in_({f.certificacion_id for f in filas})
    certificaciones = {c.id: c for c in sesion.exec(select(Certificacion).where(suyas))} if filas else {}
    congeladas = comercio.congeladas_por_id(sesion, {f.busqueda_id for f in filas}) if filas else {}
    compromisos = comercio.compromisos_de_pedidos(sesion, [f.pedido_id for f in filas if f.pedido_id])
    otras = cercanas(sesion, [f.id for f in filas if f.pedido_id])
    salidas = []
    for fila in filas:
        reglas = Reglas.de_la_foto(fila.reglas)
        compromiso = compromisos[fila.pedido_id] if fila.pedido_id else None
        salidas.append(
            CompraSalida(
                **{n: getattr(fila, n) for n in CompraSalida.model_fields.keys() - _CALCULADOS},
                entidad=unidad_breve(unidades[fila.unidad_id]),
                vendedor=unidad_breve(unidades[fila.vendedor_id]),
                modalidad=reglas.nombre,
                norma=reglas.norma,
                certificacion=CertificacionDeCompra.model_validate(
                    certificaciones[fila.certificacion_id], from_attributes=True
                ),
                evidencia=EvidenciaDeCompra.model_validate(
                    congeladas[fila.busqueda_id], from_attributes=True
                ),
                quedo_en=compromiso.monto - compromiso.liberado if compromiso else None,
                presupuesto=_presupuesto(compromiso) if compromiso else None,
                otras_cercanas=OtrasCercanas.model_validate(otras[fila.id], from_attributes=True)
                if fila.id in otras
                else None,
            )
        )
    return salidas


def _presupuesto(compromiso: comercio.CompromisoLeido) -> PresupuestoDeCompra:
    return PresupuestoDeCompra(
        estado=compromiso.estado.texto,
        comprometido=compromiso.queda,
        ejecutado=compromiso.ejecutado,
        pagado=compromiso.ejecutado if compromiso.estado in PAGADOS else cero(),
        dicho=compromiso.ejecutado if compromiso.estado is comercio.EstadoCompromiso.DICHO else cero(),
        adeudado=compromiso.adeudado,
        devuelto=compromiso.liberado,
        pagar_desde=compromiso.pagar_desde,
        dias_de_mora=compromiso.dias_de_mora,
        responder_hasta=compromiso.responder_hasta,
        comprobante=compromiso.comprobante,
        fecha=compromiso.comprobante_fecha,
    )
