"""Issue and annul órdenes de cobro."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, bs
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.lectores import Ilegible, en_cifras, total_de_linea
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from pagos.cobros.accesos import exigir_cobrar, exigir_cobrar_orden, exigir_receptor
from pagos.cobros.bloqueos import bloquear_orden, bloquear_referencia, concepto_para_emitir
from pagos.cobros.catalogo import elegir_vigente, exigir_version
from pagos.cobros.cpt import nuevo_cpt
from pagos.cobros.devueltos import devuelto_por_orden
from pagos.cobros.errores import (
    ConceptoNoEncontrado,
    ConceptoNoVigente,
    OrdenAnulada,
    OrdenConPagos,
    OrdenVencida,
    OrdenYaPagada,
    ReferenciaConOtrosDatos,
)
from pagos.cobros.esquemas import PLAZO_MAXIMO, PLAZO_POR_DEFECTO, OrdenPorEmitir
from pagos.cobros.estados import VIDA_ORDEN, EstadoOrden
from pagos.cobros.eventos import ORDEN_ANULADA, ORDEN_EMITIDA
from pagos.cobros.formula import MONTO_MAXIMO
from pagos.cobros.modelos import Concepto, LineaDeOrden, Orden

_INTENTOS_DE_CPT = 20
_SIN_ORDEN = UUID(int=0)  # until the order has its row


@dataclass(frozen=True, slots=True)
class Emitida:
    """The order, and whether this call made it (or an equal earlier one did)."""

    orden: Orden
    nueva: bool


@dataclass(frozen=True, slots=True)
class _Cobro:
    """What an order charges, worked out."""

    lineas: list[LineaDeOrden]
    detalle: str
    concepto: Concepto | None = None
    calculo: dict[str, Any] | None = None


def emitir_orden(
    sesion: Session,
    actor: Actor,
    pedido: OrdenPorEmitir,
    *,
    id: UUID | None = None,
) -> Emitida:
    """Issue an order of a unit that the actor may charge for.

    The same `referencia` with the same data gives the order already issued; so does the same `id` (made by
    the form).

    Raises `SinFacultad`, `SinHabilitacion`, `ConceptoNoEncontrado`, `ConceptoNoVigente`, `FormulaInvalida`,
    `DatosInvalidos`, `ReferenciaConOtrosDatos`.
    """
    autorizacion = exigir_cobrar(sesion, actor, pedido.unidad_id)
    exigir_receptor(sesion, pedido.unidad_id)
    huella = _huella(pedido)
    previa = _previa(sesion, pedido, id)
    if previa is not None:
        if previa.huella != huella:
            raise ReferenciaConOtrosDatos(
                _("Anule esa orden o use otra referencia: una referencia es de una sola deuda."),
                orden_id=str(previa.id),
            )
        return Emitida(previa, nueva=False)
    momento = ahora_bd(sesion)
    cobro = _por_concepto(sesion, pedido, momento) if pedido.concepto else _por_lineas(pedido)
    orden = _nueva(sesion, pedido, cobro, autorizacion, momento, id or nuevo_id(), huella)
    sesion.add(orden)
    sesion.flush()
    for linea in cobro.lineas:
        linea.orden_id = orden.id
        sesion.add(linea)
    sesion.flush()
    auditar(
        sesion,
        autorizacion,
        "orden_de_cobro.emitir",
        "pagos_orden",
        orden.id,
        {"cpt": orden.cpt, "monto": a_centavos(orden.monto), "referencia": orden.referencia},
    )
    publicar(sesion, ORDEN_EMITIDA, orden.id, {"cpt": orden.cpt}, autorizacion)
    return Emitida(orden, nueva=True)


def anular_orden(sesion: Session, actor: Actor, orden_id: UUID, motivo: str, version: int) -> Orden:
    """Withdraw an order that holds nobody's money: nobody paid, or everything went back. `version` is the one
    that was seen.

    Raises `OrdenConPagos`, `OrdenYaPagada`, `OrdenVencida`, `OrdenAnulada`, `PrecondicionFallida`,
    `SinFacultad`, `OrdenNoEncontrada`.
    """
    orden = bloquear_orden(sesion, orden_id)
    autorizacion = exigir_cobrar_orden(sesion, actor, orden)
    exigir_version(version, orden.version)
    estado = EstadoOrden(orden.estado)
    if estado is EstadoOrden.PAGADA:
        raise OrdenYaPagada(_("Una orden pagada no se anula: devuelva el dinero a quien pagó."))
    if estado is EstadoOrden.VENCIDA:
        raise OrdenVencida(_("Ya no se puede pagar; no hace falta anularla."))
    if estado is EstadoOrden.ANULADA:
        raise OrdenAnulada(_("Ya estaba anulada."))
    if orden.pagado > devuelto_por_orden(sesion, [orden.id])[orden.id]:
        raise OrdenConPagos(_("Ya recibió una parte: devuélvala antes, o deje que la orden venza."))
    limpio = " ".join(motivo.split())[:200]
    if not limpio:
        raise DatosInvalidos(_("Diga por qué la anula."), campos={"motivo": _("Diga por qué la anula.")})
    VIDA_ORDEN.pasar(orden, EstadoOrden.ANULADA)
    orden.motivo_anulacion = limpio
    orden.terminada_en = ahora_bd(sesion)
    orden.version += 1
    sesion.flush()
    auditar(
        sesion,
        autorizacion,
        "orden_de_cobro.anular",
        "pagos_orden",
        orden.id,
        {"motivo": orden.motivo_anulacion},
    )
    publicar(sesion, ORDEN_ANULADA, orden.id, {"cpt": orden.cpt, "estado": orden.estado}, autorizacion)
    return orden


# --- What it charges ------------------------------------------------------------------------------------


def _por_concepto(sesion: Session, pedido: OrdenPorEmitir, momento: datetime) -> _Cobro:
    assert pedido.concepto is not None
    versiones = concepto_para_emitir(sesion, pedido.unidad_id, pedido.concepto)
    if not versiones:
        raise ConceptoNoEncontrado(
            _("La unidad no tiene el concepto «%(codigo)s».") % {"codigo": pedido.concepto},
        )
    concepto = elegir_vigente(versiones, fecha_bolivia(momento))
    if concepto is None:
        raise ConceptoNoVigente(_("Ninguna versión de «%(codigo)s» rige hoy.") % {"codigo": pedido.concepto})
    formula, calculo = concepto.como_formula, None
    if formula is None:
        assert concepto.monto is not None
        if pedido.variables:
            raise DatosInvalidos(
                _("El concepto tiene monto fijo."), campos={"variables": _("No lleva variables.")}
            )
        linea = linea_de(concepto.nombre, pedido.cantidad, concepto.monto, concepto.codigo_sin)
    else:
        if pedido.cantidad != 1:
            raise DatosInvalidos(
                _("El concepto se calcula con sus variables."), campos={"cantidad": _("No lleva cantidad.")}
            )
        hecho = formula.calcular(pedido.variables)
        calculo = hecho.a_json(formula)
        linea = linea_de(concepto.nombre, Decimal(1), hecho.total, concepto.codigo_sin)
    return _Cobro([linea], pedido.detalle or concepto.nombre, concepto, calculo)


def _por_lineas(pedido: OrdenPorEmitir) -> _Cobro:
    assert pedido.detalle is not None
    lineas = [
        linea_de(x.descripcion, x.cantidad, x.precio, x.codigo_sin, f"lineas.{n}.precio")
        for n, x in enumerate(pedido.lineas)
    ]
    return _Cobro(lineas, pedido.detalle)


def linea_de(
    descripcion: str,
    cantidad: Decimal,
    precio: Money,
    codigo_sin: str | None = None,
    campo: str = "cantidad",
) -> LineaDeOrden:
    """A line with its subtotal, rounded half up to the centavo; `campo` shows that it comes to nothing.

    Raises `DatosInvalidos`.
    """
    try:
        subtotal = total_de_linea(cantidad, precio)
    except Ilegible as error:
        raise DatosInvalidos(str(error), campos={campo: str(error)}) from error
    return LineaDeOrden(
        orden_id=_SIN_ORDEN,
        posicion=1,
        descripcion=descripcion,
        cantidad=cantidad,
        precio=precio,
        subtotal=subtotal,
        codigo_sin=codigo_sin,
    )


# --- The row --------------------------------------------------------------------------------------------


def _nueva(
    sesion: Session,
    pedido: OrdenPorEmitir,
    cobro: _Cobro,
    autorizacion: Autorizacion,
    momento: datetime,
    id: UUID,
    huella: bytes,
) -> Orden:
    for posicion, linea in enumerate(cobro.lineas, start=1):
        linea.posicion = posicion
    total = sum((linea.subtotal for linea in cobro.lineas), bs(0))
    _exigir_total(total, pedido.minimo)
    pagador, factura = pedido.pagador, pedido.facturacion
    return Orden(
        id=id,
        cpt=_cpt_libre(sesion),
        unidad_id=pedido.unidad_id,
        concepto_id=cobro.concepto.id if cobro.concepto else None,
        detalle=cobro.detalle,
        pagador_tipo=pagador.tipo if pagador else None,
        pagador_documento=pagador.documento if pagador else None,
        pagador_nombre=pagador.nombre if pagador else None,
        factura_razon_social=factura.razon_social if factura else None,
        factura_nit=factura.nit if factura else None,
        factura_correo=factura.correo if factura else None,
        calculo=cobro.calculo,
        monto=total,
        pagado=bs(0),
        parcial=pedido.parcial,
        minimo=(pedido.minimo or bs("0.01")) if pedido.parcial else None,
        vence_en=_vencimiento(pedido, momento),
        referencia=pedido.referencia,
        huella=huella,
        emitida_por=autorizacion.actor.clave,
        emitida_nombre=autorizacion.actor.nombre[:200],
        creado_en=momento,
    )


def _exigir_total(total: Money, minimo: Money | None) -> None:
    if not 0 < a_centavos(total) <= a_centavos(MONTO_MAXIMO):
        texto = _("El total debe ser mayor que cero y como máximo un millón de bolivianos.")
        raise DatosInvalidos(texto, campos={"lineas": texto})
    if minimo is not None and minimo > total:
        texto = _("El pago mínimo no puede superar el total.")
        raise DatosInvalidos(texto, campos={"minimo": texto})


def _vencimiento(pedido: OrdenPorEmitir, momento: datetime) -> datetime:
    vence = pedido.vence_en or momento + PLAZO_POR_DEFECTO
    if not momento < vence <= momento + PLAZO_MAXIMO:
        texto = _("El vencimiento debe ser futuro y dentro de cinco años.")
        raise DatosInvalidos(texto, campos={"vence_en": texto})
    return vence


def _previa(sesion: Session, pedido: OrdenPorEmitir, id: UUID | None) -> Orden | None:
    """The order that an equal earlier registration made. Waits for one that is being made now."""
    if id is not None:
        bloquear_referencia(sesion, pedido.unidad_id, f"id:{id}")
        previa = sesion.get(Orden, id)
        if previa is not None:
            return previa
    if pedido.referencia is None:
        return None
    bloquear_referencia(sesion, pedido.unidad_id, pedido.referencia)
    consulta = select(Orden).where(
        Orden.unidad_id == pedido.unidad_id, col(Orden.referencia) == pedido.referencia
    )
    return sesion.exec(consulta).one_or_none()


def _huella(pedido: OrdenPorEmitir) -> bytes:
    """What identifies a registration: every field, decimals without idle zeros."""
    crudo = pedido.model_dump(mode="json", exclude={"cantidad", "variables", "lineas"}) | {
        "cantidad": _plano(pedido.cantidad),
        "variables": {nombre: _plano(valor) for nombre, valor in pedido.variables.items()},
        "lineas": [
            [x.descripcion, _plano(x.cantidad), _precio(x.precio), x.codigo_sin] for x in pedido.lineas
        ],
    }
    if pedido.vence_en is not None:
        crudo["vence_en"] = pedido.vence_en.timestamp()
    return hashlib.sha256(json.dumps(crudo, sort_keys=True, ensure_ascii=False).encode()).digest()


def _plano(valor: Decimal) -> str:
    return en_cifras(valor)


def _precio(precio: Money) -> int | str:
    """In centavos, as the orders of always were told apart; with its decimals when it is finer."""
    centavos = precio.amount * 100
    return int(centavos) if centavos == centavos.to_integral_value() else en_cifras(precio.amount)


def _cpt_libre(sesion: Session) -> str:
    for _intento in range(_INTENTOS_DE_CPT):
        cpt = nuevo_cpt()
        if sesion.exec(select(Orden.id).where(Orden.cpt == cpt)).first() is None:
            return cpt
    raise RuntimeError("no queda un código libre")
