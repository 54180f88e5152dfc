"""What is bought in the shop as open data: how much and where it goes, when enough people are behind it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, cast, func, select
from sqlmodel import Session, col

from comercio.compra.estados import EstadoPedido
from comercio.compra.modelos import Compra, Pedido
from empresa_digital.registro import departamentos
from nucleo.dcat import Conjunto, Frecuencia, K, TablaAbierta, registrar
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia
from nucleo.textos import perezoso as _l

COLUMNAS = {
    "mes": _l("Primer día del mes en que se compró; solo meses que ya terminaron."),
    "departamento_ine": _l("Código INE del departamento al que va lo comprado."),
    "departamento": _l("Su nombre."),
    "pedidos": _l("Pedidos que se hicieron y no se cancelaron."),
    "compradores": _l("Cuántas personas o unidades distintas los hicieron: nunca menos de 5."),
    "vendedores": _l("A cuántas unidades distintas: nunca menos de 5."),
}
_NO_FUE = (EstadoPedido.POR_PAGAR, EstadoPedido.CANCELADO, EstadoPedido.NO_PAGADO)


def _filas(sesion: Session) -> Iterator[tuple[Any, ...]]:
    """By month and department. No sum of them is told anywhere, so what is not told cannot be computed."""
    este_mes = fecha_bolivia(ahora_bd(sesion)).replace(day=1)
    mes = cast(func.date_trunc("month", func.timezone(str(ZONA), col(Pedido.creado_en))), Date).label("mes")
    lugar = func.left(col(Compra.municipio_ine), 2).label("adonde")
    quienes = func.count(col(Pedido.comprador_parte_id).distinct())
    de_quienes = func.count(col(Pedido.vendedor_id).distinct())
    consulta: Any = (
        select(mes, lugar, func.count().label("pedidos"), quienes, de_quienes)
        .join(Compra, col(Compra.id) == Pedido.compra_id)
        .where(
            col(Pedido.estado).not_in([str(estado) for estado in _NO_FUE]),
            col(Pedido.creado_en) < datetime(este_mes.year, este_mes.month, 1, tzinfo=ZONA),
            col(Compra.municipio_ine).is_not(None),
        )
        .group_by("mes", "adonde")
        .having(quienes >= K, de_quienes >= K)
        .order_by("mes", "adonde")
    )
    nombres = {d.ine: d.nombre for d in departamentos(sesion)}
    for cuando, ine, pedidos, compradores, vendedores in sesion.execute(consulta):
        assert isinstance(cuando, date)
        yield cuando, ine, nombres.get(ine, ""), pedidos, compradores, vendedores


registrar(
    Conjunto(
        id="compras-en-la-tienda",
        titulo=_l("Compras en la tienda"),
        descripcion=_l(
            "Cuántos pedidos se hicieron en la tienda cada mes y a qué departamento van, con cuántas personas"
            " compraron y cuántas unidades vendieron. No dice quién compró, ni qué, ni por cuánto."
        ),
        pagina="/tienda",
        frecuencia=Frecuencia.DIARIA,
        palabras=(_l("comercio electrónico"), _l("pedidos")),
        tabla=TablaAbierta(COLUMNAS, _filas, fechas="mes"),
        minimo=K,
    )
)
