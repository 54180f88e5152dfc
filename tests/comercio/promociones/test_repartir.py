"""A discount shared out among lines: exact, whatever the lines are."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from comercio.compra.modelos import PedidoLinea
from comercio.pedidos.lineas import LineaDePedido
from comercio.promociones.repartir import repartir
from nucleo.dinero import a_centavos, bs, cero, de_centavos

CENTAVOS = st.integers(1, 5_000_000)


def test_en_proporcion_y_el_resto_a_quien_mas_le_falta() -> None:
    assert repartir(bs("10.00"), {"a": bs("100.00"), "b": bs("50.00"), "c": bs("50.00")}) == {
        "a": bs("5.00"),
        "b": bs("2.50"),
        "c": bs("2.50"),
    }
    assert repartir(bs("0.10"), {"a": bs("10.01"), "b": bs("10.01"), "c": bs("10.01")}) == {
        "a": bs("0.04"),
        "b": bs("0.03"),
        "c": bs("0.03"),
    }


def test_a_cada_linea_le_queda_un_centavo() -> None:
    assert repartir(bs("100.00"), {"a": bs("3.00"), "b": bs("0.01")}) == {"a": bs("2.99"), "b": cero()}
    assert repartir(bs("1.00"), {"a": bs("0.01")}) == {"a": cero()}


@given(st.lists(CENTAVOS, min_size=1, max_size=12), st.integers(0, 100_000_000))
def test_suma_lo_que_se_descuenta_y_nunca_de_mas(precios: list[int], descuento: int) -> None:
    de = {n: de_centavos(p) for n, p in enumerate(precios)}
    partes = repartir(de_centavos(descuento), de)
    cabe = sum(precios) - len(precios)
    assert sum(map(a_centavos, partes.values())) == min(descuento, cabe)
    for n, parte in partes.items():
        assert 0 <= a_centavos(parte) < precios[n]
        exacto = Decimal(min(descuento, cabe) * (precios[n] - 1)) / cabe if cabe else Decimal(0)
        assert abs(a_centavos(parte) - exacto) < 1


@given(
    CENTAVOS,
    st.integers(0, 5_000_000),
    st.lists(st.integers(1, 40), min_size=1, max_size=8),
)
def test_lo_que_vuelve_por_partes_es_lo_que_se_pago(importe: int, quita: int, partes: list[int]) -> None:
    """However a line is cancelled, part by part, what goes back is what was paid for it, to the centavo."""
    descuento, cantidad = min(quita, importe - 1), Decimal(sum(partes))
    fila = PedidoLinea(cantidad=cantidad, importe=de_centavos(importe), descuento=de_centavos(descuento))
    cancelada, devuelto = Decimal(0), cero()
    for parte in map(Decimal, partes):
        linea = LineaDePedido(fila, cancelada, devuelto, {})
        vuelve = linea.importe_de(parte)
        assert cero() <= vuelve <= linea.por_devolver
        cancelada, devuelto = cancelada + parte, devuelto + vuelve
    assert devuelto == fila.costo == de_centavos(importe - descuento)
