"""From a purchase to what the API answers and the pages show."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

import comercio
from empresa_digital.registro import unidades_en_lote
from feria_inversa.certificaciones import CIERRE_CONFIRMADO, NORMA_DE_CIERRE
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.compra_de_catalogo.esquemas import (
    CertificacionDeCompra,
    CompraSalida,
    EvidenciaDeCompra,
    GestionDeCompra,
    OtrasCercanas,
    PrecioOrdenado,
    PresupuestoDeCompra,
)
from feria_inversa.compra_de_catalogo.gestion import situacion_de
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
        "ordenado_a",
        "presupuesto",
        "otras_cercanas",
        "gestion",
    }
)


def compras(sesion: Session, filas: Sequence[CompraDeCatalogo]) -> list[CompraSalida]:
    """With what is known of each elsewhere, read at once: as many statements for a hundred as for one."""
    unidades = unidades_en_lote(sesion, {u for f in filas for u in (f.unidad_id, f.vendedor_id)})
    certificaciones = _certificaciones(sesion, {f.certificacion_id for f in filas})
    congeladas = comercio.congeladas_por_id(sesion, {f.busqueda_id for f in filas}) if filas else {}
    compromisos = comercio.compromisos_de_pedidos(sesion, [f.pedido_id for f in filas if f.pedido_id])
    vendidos = comercio.vendido_en(sesion, [f.pedido_id for f in filas if f.pedido_id])
    otras = cercanas(sesion, [f.id for f in filas])
    salidas = []
    for fila in filas:
        reglas = Reglas.de_la_foto(fila.reglas)
        certificacion, ahora = certificaciones[fila.certificacion_id]
        compromiso = compromisos[fila.pedido_id] if fila.pedido_id else None
        salidas.append(
            CompraSalida(
                **{n: getattr(fila, n) for n in CompraSalida.model_fields.keys() - _CALCULADOS},
                entidad=unidad_breve(unidades[fila.unidad_id]),
                vendedor=unidad_breve(unidades[fila.vendedor_id]),
                modalidad=reglas.nombre,
                norma=reglas.norma,
                certificacion=CertificacionDeCompra.model_validate(certificacion, from_attributes=True),
                evidencia=EvidenciaDeCompra.model_validate(
                    congeladas[fila.busqueda_id], from_attributes=True
                ),
                ordenado_a=_ordenado_a(fila, vendidos[fila.pedido_id]) if fila.pedido_id else None,
                quedo_en=compromiso.monto - compromiso.liberado if compromiso else None,
                presupuesto=_presupuesto(compromiso) if compromiso else None,
                gestion=_gestion(fila, certificacion, ahora),
                otras_cercanas=OtrasCercanas.model_validate(otras[fila.id], from_attributes=True)
                if fila.id in otras
                else None,
            )
        )
    return salidas


def _ordenado_a(fila: CompraDeCatalogo, vendido: comercio.Vendido) -> PrecioOrdenado:
    assert fila.ordenado is not None
    return PrecioOrdenado(
        precio=vendido.precio, descuento=vendido.descuento, porte=fila.ordenado - vendido.costo
    )


def _certificaciones(sesion: Session, ids: Collection[UUID]) -> dict[UUID, tuple[Certificacion, datetime]]:
    """Each with the instant at which it was read, which says how its year stands."""
    consulta = select(Certificacion, func.nucleo_ahora()).where(col(Certificacion.id).in_(ids))
    filas = sesion.exec(consulta).all() if ids else []
    return {c.id: (c, ahora) for c, ahora in filas}


def _gestion(fila: CompraDeCatalogo, de: Certificacion, ahora: datetime) -> GestionDeCompra | None:
    situacion = situacion_de(fila, de, ahora)
    if situacion is None:
        return None
    return GestionDeCompra(
        situacion=situacion,
        dice=situacion.decir(de.gestion),
        norma=NORMA_DE_CIERRE,
        confirmado=CIERRE_CONFIRMADO,
    )


def _presupuesto(compromiso: comercio.CompromisoLeido) -> PresupuestoDeCompra:
    return PresupuestoDeCompra(
        estado=compromiso.estado.texto,
        comprometido=compromiso.queda,
        ejecutado=compromiso.ejecutado,
        pagado=compromiso.ejecutado if compromiso.estado in PAGADOS else cero(),
        dicho=compromiso.ejecutado if compromiso.estado is comercio.EstadoCompromiso.DICHO else cero(),
        adeudado=compromiso.adeudado,
        devuelto=compromiso.liberado,
        se_paga_con=compromiso.se_paga_con,
        pagar_desde=compromiso.pagar_desde,
        dias_de_mora=compromiso.dias_de_mora if compromiso.tarde else 0,
        responder_hasta=compromiso.responder_hasta,
        comprobante=compromiso.comprobante,
        fecha=compromiso.comprobante_fecha,
    )
