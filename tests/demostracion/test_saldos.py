"""The demonstration's wallets."""

from datetime import UTC, datetime, timedelta

from nucleo.bd import transaccion
from tests.pagos.conftest import Libro


def test_sembrar_dos_veces_da_lo_mismo_y_el_libro_cuadra(libro: Libro) -> None:
    from demostracion import personas
    from demostracion.capitulos import saldos as demo
    from demostracion.relato import Epoca, contar

    with transaccion() as sesion:
        personas.sembrar(sesion)
    epoca = Epoca.hasta(datetime.now(UTC), timedelta(days=40))
    assert contar({"pagos": demo.pasos}, epoca) > 20
    antes = libro.foto()
    assert contar({"pagos": demo.pasos}) == 0

    assert libro.foto() == antes
    assert len(antes[1]) > 12 + len(demo.PRESUPUESTOS) + 10
    fechas = libro.conexion.execute(
        "SELECT max(now() - creada_en) > interval '39 days', min(now() - creada_en) < interval '4 days', "
        "max(creada_en) <= now() FROM pagos_transferencia"
    ).fetchone()
    assert fechas == (True, True, True)
