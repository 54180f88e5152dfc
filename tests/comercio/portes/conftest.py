"""A postal operator with rates small enough to work by hand, and sellers who charge them."""

from collections.abc import Callable, Iterator

import pytest

from comercio.formas import olvidar_tarifas
from envios.tarifas.tablas import EJEMPLOS, Que, escribir
from envios.tarifas.tarifarios import empezar, importar, publicar
from nucleo.archivos import Recibido
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from nucleo.reloj import fecha_bolivia
from tests.comercio.conftest import Mercado

LUGARES = (
    ("02 La Paz", "eje", "17:00", "lu-sa", "0,00", "0"),
    ("05 Potosí", "interior", "16:00", "lu-vi", "0,00", "0"),
)
Tarifas = Callable[..., None]


@pytest.fixture(autouse=True)
def _tarifas_frescas() -> Iterator[None]:
    olvidar_tarifas()
    yield
    olvidar_tarifas()


@pytest.fixture
def tarifas(mercado: Mercado) -> Tarifas:
    """`tarifas("10,00")`: from now on a parcel of up to a kilo costs that within La Paz (one working day),
    and 2.50 more for each kilo begun above; to Potosí, 18.00 (three days)."""

    def publicadas(local: str = "10,00") -> None:
        precios = [
            (*f[:3], local, *f[4:]) if f[:2] == ("ordinario", "local") else f for f in EJEMPLOS[Que.PRECIOS]
        ]
        tablas = {**EJEMPLOS, Que.LUGARES: LUGARES, Que.PRECIOS: precios}
        actor = mercado.actor_operador
        with transaccion() as sesion:
            id = empezar(sesion, actor, mercado.operador.id, id=nuevo_id()).id
        for que in Que:
            with transaccion() as sesion:
                importar(sesion, actor, id, que, Recibido.de_bytes(escribir(que, tablas[que])))
        with transaccion() as sesion:
            publicar(sesion, actor, id, fecha_bolivia())
        olvidar_tarifas()

    return publicadas
