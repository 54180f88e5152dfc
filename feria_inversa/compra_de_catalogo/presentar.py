"""From a purchase to what the API answers and the pages show."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

import comercio
from empresa_digital.registro import unidades_en_lote
from feria_inversa.certificaciones import CIERRE_CONFIRMADO, NORMA_DE_CIERRE
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.compra_de_catalogo.esquemas import (
    CertificacionDeCompra,
    CompraSalida,
    EvidenciaDeCompra,
    GestionDeCompra,
    PresupuestoDeCompra,
)
from feria_inversa.compra_de_catalogo.gestion import situacion_de
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from feria_inversa.compra_de_catalogo.seguir import PAGADOS
from feria_inversa.entidades import unidad_breve
from feria_inversa.reglas import Reglas
from nucleo.dinero import cero
from nucleo.reloj import ahora_bd

_CALCULADOS = frozenset(
    {"entidad", "vendedor", "modalidad", "norma", "certificacion", "evidencia", "presupuesto", "gestion"}
)


def compras(sesion: Session, filas: Sequence[CompraDeCatalogo]) -> list[CompraSalida]:
    unidades = unidades_en_lote(sesion, {u for f in filas for u in (f.unidad_id, f.vendedor_id)})
    ahora, salidas = ahora_bd(sesion), []
    for fila in filas:
        reglas = Reglas.de_la_foto(fila.reglas)
        certificacion = sesion.get_one(Certificacion, fila.certificacion_id)
        congelada = comercio.congelada_de(sesion, fila.unidad_id, fila.busqueda_id)
        salidas.append(
            CompraSalida(
                **{n: getattr(fila, n) for n in CompraSalida.model_fields.keys() - _CALCULADOS},
                entidad=unidad_breve(unidades[fila.unidad_id]),
                vendedor=unidad_breve(unidades[fila.vendedor_id]),
                modalidad=reglas.nombre,
                norma=reglas.norma,
                certificacion=CertificacionDeCompra.model_validate(certificacion, from_attributes=True),
                evidencia=EvidenciaDeCompra.model_validate(congelada, from_attributes=True),
                presupuesto=_presupuesto(sesion, fila),
                gestion=_gestion(fila, certificacion, ahora),
            )
        )
    return salidas


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


def _presupuesto(sesion: Session, fila: CompraDeCatalogo) -> PresupuestoDeCompra | None:
    if fila.pedido_id is None:
        return None
    compromiso = comercio.compromiso_de(sesion, fila.pedido_id)
    assert compromiso is not None
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
        dias_de_mora=compromiso.dias_de_mora,
        responder_hasta=compromiso.responder_hasta,
        comprobante=compromiso.comprobante,
        fecha=compromiso.comprobante_fecha,
    )
