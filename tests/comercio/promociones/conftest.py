"""Short ways to promote and to give coupons."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from comercio.promociones import CuponNuevo, PromocionNueva, dar_cupon, promover
from comercio.promociones.modelos import Cupon, Promocion
from nucleo.bd import transaccion
from nucleo.reloj import ahora, fecha_bolivia
from tests.comercio.conftest import Mercado


def _datos(mercado: Mercado, dias: int, campos: dict[str, Any]) -> dict[str, Any]:
    hoy = fecha_bolivia(ahora())
    comunes = {"unidad_id": mercado.unidad.id, "clase": "porcentaje", "cuanto": "10", "desde": hoy}
    return comunes | {"hasta": hoy + timedelta(days=dias - 1)} | campos


@pytest.fixture
def promo(mercado: Mercado) -> Callable[..., Promocion]:
    """`promo(cuanto="10", dias=7, …)`: a promotion from today on, committed."""

    def crear(dias: int = 7, **campos: Any) -> Promocion:
        with transaccion() as sesion:
            nueva = PromocionNueva.model_validate(_datos(mercado, dias, {"nombre": "Feria", **campos}))
            return promover(sesion, mercado.actor_vendedor, nueva)

    return crear


@pytest.fixture
def cupon(mercado: Mercado) -> Callable[..., Cupon]:
    """`cupon(cuanto="10", codigo="FERIA10", usos=5, …)`: a coupon from today on, committed."""

    def crear(dias: int = 7, **campos: Any) -> Cupon:
        with transaccion() as sesion:
            datos = _datos(mercado, dias, {"codigo": "FERIA10", "usos": 5, **campos})
            return dar_cupon(sesion, mercado.actor_vendedor, CuponNuevo.model_validate(datos))

    return crear
