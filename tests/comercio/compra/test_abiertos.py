"""What the shop tells as open data: of months that are over, and only when five bought from five."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from comercio.compra.abiertos import _filas
from nucleo.bd import transaccion
from nucleo.reloj import fecha_bolivia
from tests.comercio.conftest import Mercado


def dichas() -> list[tuple[Any, ...]]:
    with transaccion() as sesion:
        return list(_filas(sesion))


def test_se_dice_lo_de_cinco_que_compraron_a_cinco(
    mercado: Mercado,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Any],
    con_saldo: Callable[..., int],
    reloj: Any,
) -> None:
    def una_compra(n: int) -> None:
        vendedor, comprador = crear_persona(f"Vende {n}"), crear_persona(f"Compra {n}")
        unidad = crear_unidad(f"Puesto {n}", representante=vendedor, habilitaciones=["VENDEDOR"])
        con_saldo(comprador, "500.00")
        producto = mercado.publicar(unidad_id=unidad.id, actor=actor_de(vendedor))
        mercado.comprar((producto, 1), actor=actor_de(comprador))

    mes = fecha_bolivia().replace(day=1)
    for n in range(4):
        una_compra(n)
    reloj.adelantar(timedelta(days=31))
    assert dichas() == []
    reloj.adelantar(timedelta(days=-31))
    una_compra(4)
    assert dichas() == []  # the month is not over
    reloj.adelantar(timedelta(days=31))
    ((cuando, ine, nombre, *cuentas),) = dichas()
    assert (cuando, len(ine), bool(nombre), cuentas) == (mes, 2, True, [5, 5, 5])
