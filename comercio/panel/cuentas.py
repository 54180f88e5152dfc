"""What a seller sold, by day and by product, and the money of each order, earned and settled.

Sold: what buyers paid, less what went back to them. Earned: what will be the seller's if nothing else goes
back. Settled: what reached the account of the unit; `tests/comercio/panel/test_cuentas.py` adds it up against
the ledger. What a public entity owed and paid here later is a line of its own, on the day on which it came;
so is what a card's bank took of an order and gave back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import func, text
from sqlmodel import Session, col, select

from comercio.compra import SIN_PAGO
from comercio.compra.modelos import Pedido
from comercio.custodia import DineroDePedido, EstadoCompromiso, EstadoCustodia, Garantia, dineros_de
from comercio.custodia.modelos import Compromiso, Custodia
from comercio.por_pagar.modelos import TomadoPorElBanco
from nucleo.archivos.tablas import celda, escribir_tabla
from nucleo.dinero import a_la_boliviana, cero, de_centavos, sumar
from nucleo.paginacion import CursorPedido, paginar
from nucleo.plazos import inicio_del_dia
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _

DIAS_MAXIMOS = 366
LINEAS_MAXIMAS = 10_000


@dataclass(frozen=True, slots=True)
class VendidoEnDia:
    """From `desde` on, for a day, a week or a month."""

    desde: date
    pedidos: int
    vendido: Money


@dataclass(frozen=True, slots=True)
class VendidoDeProducto:
    producto_id: UUID
    titulo: str
    sku: str
    unidad_medida: str
    cantidad: Decimal
    vendido: Money


@dataclass(frozen=True, slots=True)
class CuentaDePedido:
    """The money of an order, line by line: it adds up (`total` - `devuelto` - `comision` = `ganado`, and
    of what ended `ganado` = `liquidado` + `fuera`)."""

    pedido_id: UUID
    numero: str
    vendido_en: datetime
    estado: EstadoCustodia
    total: Money
    devuelto: Money
    comision: Money
    ganado: Money
    liquidado: Money
    liquidado_en: datetime | None
    liberar_en: datetime | None
    garantia: Garantia
    fuera: Money
    """What of it a public entity pays outside, or owes: none of it passed here. Below zero in the line of
    what it owed and paid here."""
    texto: str
    """Its state in words."""


_POR_TIEMPO = text(
    """
    SELECT CAST(date_trunc(:cada, p.creado_en AT TIME ZONE 'America/La_Paz') AS date) AS desde,
           count(*) FILTER (WHERE p.estado <> 'cancelado') AS pedidos,
           CAST(coalesce(sum(k.monto - k.devuelto + b.suyo) FILTER (WHERE k.estado <> 'no_cobrada'), 0)
               AS bigint) AS vendido
    FROM comercio_pedido p JOIN comercio_custodia k ON k.pedido_id = p.id
    CROSS JOIN LATERAL (SELECT coalesce(sum(t.de_quien_vende), 0) AS suyo
        FROM comercio_tomado_por_el_banco t WHERE t.pedido_id = p.id) b
    WHERE p.vendedor_id = :unidad AND p.creado_en >= :inicio AND p.creado_en < :fin
    GROUP BY 1 ORDER BY 1
    """
)
_POR_PRODUCTO = text(
    """
    SELECT l.producto_id, max(l.titulo) AS titulo, l.sku, l.unidad_medida,
           sum(l.cantidad - coalesce(c.cantidad, 0)) AS cantidad,
           CAST(sum(l.importe - l.descuento - coalesce(c.importe, 0)) AS bigint) AS vendido
    FROM comercio_pedido p JOIN comercio_custodia k ON k.pedido_id = p.id
    JOIN comercio_pedido_linea l ON l.pedido_id = p.id
    LEFT JOIN LATERAL (SELECT sum(x.cantidad) AS cantidad, sum(x.importe) AS importe
        FROM comercio_pedido_cancelacion x WHERE x.linea_id = l.id) c ON true
    WHERE p.vendedor_id = :unidad AND p.creado_en >= :inicio AND p.creado_en < :fin
    GROUP BY l.producto_id, l.variante_id, l.sku, l.unidad_medida
    HAVING sum(l.cantidad - coalesce(c.cantidad, 0)) > 0
    ORDER BY vendido DESC, titulo, l.sku LIMIT :limite
    """
)


def cada_cuanto(desde: date, hasta: date) -> str:
    """Points that fit in a chart: days, weeks or months."""
    dias = (hasta - desde).days + 1
    return "day" if dias <= 31 else "week" if dias <= 120 else "month"


def vendido_por_tiempo(sesion: Session, unidad_id: UUID, desde: date, hasta: date) -> list[VendidoEnDia]:
    """Of orders bought in these days, both in it; days without sales too when it is by day."""
    cada = cada_cuanto(desde, hasta)
    filas = sesion.connection().execute(_POR_TIEMPO, _rango(unidad_id, desde, hasta) | {"cada": cada})
    hallados = {f.desde: VendidoEnDia(f.desde, f.pedidos, de_centavos(f.vendido)) for f in filas}
    if cada != "day":
        return list(hallados.values())
    dias = (desde + timedelta(days=n) for n in range((hasta - desde).days + 1))
    return [hallados.get(dia) or VendidoEnDia(dia, 0, cero()) for dia in dias]


def vendido_por_producto(
    sesion: Session, unidad_id: UUID, desde: date, hasta: date, limite: int = 100
) -> list[VendidoDeProducto]:
    """By variant, what was not cancelled, the most first; what a claim gave back is not taken from it."""
    filas = sesion.connection().execute(_POR_PRODUCTO, _rango(unidad_id, desde, hasta) | {"limite": limite})
    return [
        VendidoDeProducto(f.producto_id, f.titulo, f.sku, f.unidad_medida, f.cantidad, de_centavos(f.vendido))
        for f in filas
    ]


def cuentas(
    sesion: Session, unidad_id: UUID, pagina: CursorPedido
) -> tuple[list[CuentaDePedido], str | None]:
    """The money of each order of a unit, newest first."""
    vendidos = (col(Pedido.vendedor_id) == unidad_id, col(Pedido.estado).not_in(sorted(SIN_PAGO)))
    consulta = select(Pedido).where(*vendidos)
    pedidos, siguiente = paginar(sesion, consulta, pagina, columnas=(Pedido.id,))
    return _con_dinero(sesion, pedidos), siguiente


def liquidadas(sesion: Session, unidad_id: UUID, desde: date, hasta: date) -> list[CuentaDePedido]:
    """Those whose money ended in these days, the debts that were paid and what banks gave back in them, the
    first ones before: what the unit's account received of its sales, to the cent."""
    rango = _rango(unidad_id, desde, hasta)
    consulta = (
        select(Pedido)
        .join(Custodia, col(Custodia.pedido_id) == col(Pedido.id))
        .where(
            col(Pedido.vendedor_id) == unidad_id,
            col(Custodia.terminada_en) >= rango["inicio"],
            col(Custodia.terminada_en) < rango["fin"],
        )
        .order_by(col(Custodia.terminada_en), col(Pedido.id))
        .limit(LINEAS_MAXIMAS)
    )
    pedidos = sesion.exec(consulta).all()
    dinero = dineros_de(sesion, [p.id for p in pedidos])
    lineas = [_cuenta(p, dinero[p.id]) for p in pedidos]
    lineas += [_lo_que_debia(*fila) for fila in _deudas_pagadas(sesion, rango)]
    lineas += [_lo_del_banco(*fila) for fila in _devueltas_por_bancos(sesion, rango)]
    return sorted(lineas, key=lambda c: (c.liquidado_en, c.pedido_id))[:LINEAS_MAXIMAS]


def _deudas_pagadas(sesion: Session, rango: dict[str, Any]) -> Sequence[tuple[Pedido, Custodia, datetime]]:
    """Orders of which their entities owed, and paid from their accounts in these days; and when."""
    consulta = (
        select(Pedido, Custodia, Compromiso.terminado_en)
        .join(Custodia, col(Custodia.pedido_id) == col(Pedido.id))
        .join(Compromiso, col(Compromiso.pedido_id) == col(Pedido.id))
        .where(
            col(Pedido.vendedor_id) == rango["unidad"],
            col(Custodia.estado) == EstadoCustodia.EJECUTADA,
            col(Compromiso.estado) == EstadoCompromiso.PAGADO,
            col(Compromiso.terminado_en) >= rango["inicio"],
            col(Compromiso.terminado_en) < rango["fin"],
        )
        .order_by(col(Compromiso.terminado_en), col(Pedido.id))
        .limit(LINEAS_MAXIMAS)
    )
    return sesion.exec(consulta).all()  # type: ignore[return-value]


def _devueltas_por_bancos(
    sesion: Session, rango: dict[str, Any]
) -> Sequence[tuple[Pedido, Custodia, TomadoPorElBanco]]:
    """Orders of which banks gave back in these days what their seller had sent, or done."""
    consulta = (
        select(Pedido, Custodia, TomadoPorElBanco)
        .join(Custodia, col(Custodia.pedido_id) == col(Pedido.id))
        .join(TomadoPorElBanco, col(TomadoPorElBanco.pedido_id) == col(Pedido.id))
        .where(
            col(Pedido.vendedor_id) == rango["unidad"],
            col(TomadoPorElBanco.de_quien_vende) > cero(),
            col(TomadoPorElBanco.repartido_en) >= rango["inicio"],
            col(TomadoPorElBanco.repartido_en) < rango["fin"],
        )
        .order_by(col(TomadoPorElBanco.repartido_en), col(Pedido.id))
        .limit(LINEAS_MAXIMAS)
    )
    return sesion.exec(consulta).all()


def _con_dinero(sesion: Session, pedidos: Sequence[Pedido]) -> list[CuentaDePedido]:
    """An order in a line, with what its entity owed and paid later, and what a bank gave back."""
    ids = [p.id for p in pedidos]
    dinero = dineros_de(sesion, ids)
    pagadas = select(Compromiso.pedido_id, Compromiso.terminado_en).where(
        col(Compromiso.pedido_id).in_(ids), col(Compromiso.estado) == EstadoCompromiso.PAGADO
    )
    cuando = {pedido_id: en for pedido_id, en in sesion.exec(pagadas) if en is not None}
    del_banco = (
        select(
            TomadoPorElBanco.pedido_id,
            sumar(TomadoPorElBanco.de_quien_vende),
            func.max(TomadoPorElBanco.repartido_en),
        )
        .where(col(TomadoPorElBanco.pedido_id).in_(ids), col(TomadoPorElBanco.de_quien_vende) > cero())
        .group_by(col(TomadoPorElBanco.pedido_id))
    )
    recuperado = {id: (suyo, en) for id, suyo, en in sesion.exec(del_banco) if en is not None}
    cuentas = [_cuenta(p, dinero[p.id], cuando.get(p.id)) for p in pedidos]
    return [
        _con_lo_del_banco(c, *recuperado[c.pedido_id]) if c.pedido_id in recuperado else c for c in cuentas
    ]


def _con_lo_del_banco(cuenta: CuentaDePedido, suyo: Money, repartido_en: datetime) -> CuentaDePedido:
    """What a bank took, and gave back: it did not go to who bought after all."""
    return replace(
        cuenta,
        devuelto=cuenta.devuelto - suyo,
        ganado=cuenta.ganado + suyo,
        liquidado=cuenta.liquidado + suyo,
        liquidado_en=repartido_en,
        texto=_("El banco devolvió lo que había tomado"),
    )


def _cuenta(p: Pedido, d: DineroDePedido, pagada_en: datetime | None = None) -> CuentaDePedido:
    """`pagada_en`: when its entity paid what it owed of it."""
    fuera = d.ejecutado if d.estado is EstadoCustodia.EJECUTADA else cero()
    llego = fuera if pagada_en is not None else cero()
    cuenta = CuentaDePedido(
        pedido_id=p.id,
        numero=p.numero,
        vendido_en=p.creado_en,
        estado=d.estado,
        total=d.monto,
        devuelto=d.devuelto,
        comision=d.comision,
        ganado=d.para_el_vendedor,
        liquidado=d.al_vendedor + llego,
        liquidado_en=d.terminada_en if pagada_en is None else pagada_en,
        liberar_en=d.liberar_en,
        garantia=d.garantia,
        fuera=fuera - llego,
        texto=d.texto if llego == cero() else EstadoCompromiso.PAGADO.texto,
    )
    assert cuenta.ganado + cuenta.comision + cuenta.devuelto == cuenta.total
    return cuenta


def _lo_que_debia(p: Pedido, k: Custodia, pagada_en: datetime) -> CuentaDePedido:
    """What was owed came: of the order itself there is a line already, of the day on which it ended."""
    return CuentaDePedido(
        pedido_id=p.id,
        numero=p.numero,
        vendido_en=p.creado_en,
        estado=EstadoCustodia(k.estado),
        total=cero(),
        devuelto=cero(),
        comision=cero(),
        ganado=cero(),
        liquidado=k.ejecutado,
        liquidado_en=pagada_en,
        liberar_en=None,
        garantia=Garantia(k.garantia),
        fuera=-k.ejecutado,
        texto=EstadoCompromiso.PAGADO.texto,
    )


def _lo_del_banco(p: Pedido, k: Custodia, tomado: TomadoPorElBanco) -> CuentaDePedido:
    """What a bank gave back came: the line of the order itself says that it went back to who bought."""
    assert tomado.de_quien_vende is not None
    return CuentaDePedido(
        pedido_id=p.id,
        numero=p.numero,
        vendido_en=p.creado_en,
        estado=EstadoCustodia(k.estado),
        total=cero(),
        devuelto=-tomado.de_quien_vende,
        comision=cero(),
        ganado=tomado.de_quien_vende,
        liquidado=tomado.de_quien_vende,
        liquidado_en=tomado.repartido_en,
        liberar_en=None,
        garantia=Garantia(k.garantia),
        fuera=cero(),
        texto=_("El banco devolvió lo que había tomado"),
    )


def _rango(unidad_id: UUID, desde: date, hasta: date) -> dict[str, Any]:
    return {
        "unidad": unidad_id,
        "inicio": inicio_del_dia(desde),
        "fin": inicio_del_dia(hasta + timedelta(days=1)),
    }


# --- As CSV -----------------------------------------------------------------------------------------


def tiempo_en_csv(filas: Iterable[VendidoEnDia]) -> bytes:
    titulos = (_("Desde"), _("Pedidos"), _("Vendido (Bs)"))
    return escribir_tabla([titulos, *((_dia(f.desde), f.pedidos, _monto(f.vendido)) for f in filas)])


def productos_en_csv(filas: Iterable[VendidoDeProducto]) -> bytes:
    titulos = (_("Producto"), _("Código"), _("Cantidad"), _("Medida"), _("Vendido (Bs)"))
    celdas = (
        (
            celda(f.titulo),
            celda(f.sku),
            a_la_boliviana(f"{f.cantidad.normalize():,f}"),
            f.unidad_medida,
            _monto(f.vendido),
        )
        for f in filas
    )
    return escribir_tabla([titulos, *celdas])


def estado_en_csv(filas: Sequence[CuentaDePedido]) -> bytes:
    """Order by order, and the sums: the last column adds up to what the account received."""
    titulos = (
        _("Pedido"),
        _("Vendido el"),
        _("Pagado el"),
        _("Pagó quien compró (Bs)"),
        _("Devuelto (Bs)"),
        _("Comisión (Bs)"),
        _("La entidad lo paga fuera, o lo debe (Bs)"),
        _("Llegó a su cuenta (Bs)"),
    )
    celdas = [
        (
            f.numero,
            _dia(f.vendido_en.astimezone(ZONA)),
            _dia(f.liquidado_en.astimezone(ZONA)) if f.liquidado_en else "",
            *map(_monto, (f.total, f.devuelto, f.comision, f.fuera, f.liquidado)),
        )
        for f in filas
    ]
    columnas = ("total", "devuelto", "comision", "fuera", "liquidado")
    sumas = [_monto(sum((getattr(f, c) for f in filas), cero())) for c in columnas]
    return escribir_tabla([titulos, *celdas, (_("Total"), "", "", *sumas)])


def _dia(dia: date) -> str:
    return f"{dia:%d/%m/%Y}"


def _monto(monto: Money) -> str:
    return a_la_boliviana(f"{monto.amount:,.2f}")
