"""What the entity pays of an order: in the ledger, or as a C-31 of the State's treasury says."""

from datetime import date
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad
from feria_inversa.contratos import eventos
from feria_inversa.contratos.bloqueos import bloquear_orden
from feria_inversa.contratos.consultas import con_ese_comprobante, entregas_de, pagos_de
from feria_inversa.contratos.entregas import concluir_si_pagada
from feria_inversa.contratos.errores import ComprobanteRepetido, OrdenNoPermite, PagoDeMas
from feria_inversa.contratos.esquemas import PagoEntrada
from feria_inversa.contratos.estados import EstadoEntrega, EstadoOrden, nombre_estado_orden
from feria_inversa.contratos.modelos import OrdenDeCompra, PagoDeOrden
from feria_inversa.contratos.seguimiento import contar_acto
from feria_inversa.entidades import exigir_sin_conflicto_al_decidir
from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import a_centavos, bs, formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from pagos import (
    Codigo,
    SolicitudTransferencia,
    cuenta_de_unidad,
    exigir_cuenta,
    exigir_transferencia,
    obtener_cuenta,
)


def por_pagar(orden: OrdenDeCompra) -> Money:
    """What was received, without its penalties, and is not paid yet."""
    return orden.recibido - orden.multa - orden.pagado


def pagar(
    sesion: Session, actor: Actor, orden_id: UUID, datos: PagoEntrada, id_: UUID | None = None
) -> PagoDeOrden:
    """Pay a part of what was received, or all; the last one ends an order that no more is delivered of.

    From an account of the entity's the money moves in this transaction; of a C-31 its number and day are
    written. The same `id_` again is the same payment. Raises `PagoDeMas`, `OrdenNoPermite`,
    `DatosInvalidos`, `ConflictoDeInteres`, `ComprobanteRepetido` of a C-31 that the entity said of another
    order and did not say that it pays both (`repetido`), and the ledger's errors.
    """
    convocatoria, orden = bloquear_orden(sesion, orden_id)
    if datos.medio == "libro":
        assert datos.cuenta_id is not None
        cuenta = obtener_cuenta(sesion, datos.cuenta_id)
        autorizacion = exigir_cuenta(sesion, actor, cuenta, datos.monto)
        if cuenta.titular_id != orden.unidad_id:
            detalle = _("Elija una cuenta de la entidad que compró.")
            raise DatosInvalidos(detalle, campos={"cuenta_id": detalle})
    else:
        autorizacion = exigir_facultad(
            sesion, actor, orden.unidad_id, Facultad.PAGAR, datos.monto, estados=CON_LO_SUYO
        )
    if id_ is not None and (previo := sesion.get(PagoDeOrden, id_)) is not None:
        if (previo.orden_id, previo.monto) != (orden_id, datos.monto):
            raise DatosInvalidos(_("Ese identificador ya está en uso."), campos={"id": _("Use otro.")})
        return previo
    exigir_sin_conflicto_al_decidir(sesion, actor, [orden.proveedor_id])
    _exigir_por_pagar(orden, datos.monto)
    instante = ahora_bd(sesion)
    del_medio = _del_medio(sesion, orden, datos, fecha_bolivia(instante))
    pago = PagoDeOrden(
        id=id_ or nuevo_id(),
        orden_id=orden_id,
        numero=len(pagos_de(sesion, orden_id)) + 1,
        pagado_en=instante,
        pagado_por=actor.nombre,
        **del_medio,
        monto=datos.monto,
    )
    sesion.add(pago)
    sesion.flush()
    if datos.medio == "libro":
        _mover(sesion, orden, pago, autorizacion)
    sesion.refresh(orden)
    concluir_si_pagada(orden, instante)
    publicar(sesion, eventos.ORDEN_DE_COMPRA_PAGADA, pago.id, {"orden_id": str(orden_id)}, autorizacion)
    hechos = {"pago": pago.numero, "medio": pago.medio, "monto_centavos": a_centavos(pago.monto)}
    if datos.medio == "c31" and datos.repetido:
        hechos["repetido"] = True
    contar_acto(sesion, convocatoria, orden, autorizacion, "orden_de_compra.pagar", hechos, instante)
    return pago


def _exigir_por_pagar(orden: OrdenDeCompra, monto: Money) -> None:
    if orden.estado not in {EstadoOrden.VIGENTE, EstadoOrden.RECIBIDA}:
        raise OrdenNoPermite(
            _("La orden está «{}»: no hay nada que pagar.").format(nombre_estado_orden(orden.estado).lower())
        )
    if monto <= bs(0):
        detalle = _("Escriba un monto mayor que cero.")
        raise DatosInvalidos(detalle, campos={"monto": detalle})
    if monto > por_pagar(orden):
        detalle = _("De lo recibido falta pagar {}.").format(formato_bs(por_pagar(orden)))
        raise PagoDeMas(detalle, campos={"monto": detalle})


def _del_medio(sesion: Session, orden: OrdenDeCompra, datos: PagoEntrada, hoy: date) -> dict[str, Any]:
    """What a payment keeps of what was sent: its form brings fields of the other means filled, too. A C-31 is
    of a day from the first one on which something arrived, until today.
    """
    if datos.medio == "libro":
        return datos.model_dump(include={"medio", "cuenta_id"})
    assert datos.fecha is not None
    llegadas = (e.llego_el for e in entregas_de(sesion, orden.id) if e.estado == EstadoEntrega.RECIBIDA)
    desde = min(filter(None, llegadas), default=fecha_bolivia(orden.emitida_en))
    if not desde <= datos.fecha <= hoy:
        detalle = _("El C-31 es de un día desde el {}, en que se recibió lo primero, hasta hoy.").format(
            filtro_fecha(desde)
        )
        raise DatosInvalidos(detalle, campos={"fecha": detalle})
    _exigir_que_lo_sepa(sesion, orden, datos)
    return datos.model_dump(include={"medio", "comprobante", "fecha"})


def _exigir_que_lo_sepa(sesion: Session, orden: OrdenDeCompra, datos: PagoEntrada) -> None:
    assert datos.comprobante is not None
    assert datos.fecha is not None
    otras = con_ese_comprobante(sesion, orden, datos.comprobante, datos.fecha)
    if otras and not datos.repetido:
        detalle = _("El C-31 {} de {} ya se anotó en {}: corrija el número, o diga que paga ambas.").format(
            datos.comprobante, datos.fecha.year, ", ".join(otras)
        )
        raise ComprobanteRepetido(detalle, campos={"comprobante": detalle})


def _mover(sesion: Session, orden: OrdenDeCompra, pago: PagoDeOrden, autorizacion: Autorizacion) -> None:
    assert pago.cuenta_id is not None
    exigir_transferencia(
        sesion,
        SolicitudTransferencia(
            id=pago.id,
            debito=pago.cuenta_id,
            credito=cuenta_de_unidad(sesion, orden.proveedor_id),
            monto=pago.monto,
            codigo=Codigo.PAGO_CONTRATO,
            referencia=orden.id,
        ),
        autorizacion,
    )
