"""The demonstration's wallets."""

from nucleo.bd import transaccion
from tests.pagos.conftest import Libro


def test_sembrar_dos_veces_da_lo_mismo_y_el_libro_cuadra(libro: Libro) -> None:
    from demostracion import personas
    from demostracion.capitulos import saldos as demo
    from demostracion.relato import contar

    with transaccion() as sesion:
        personas.sembrar(sesion)
    assert contar({"pagos": demo.pasos}) == 1 + len(demo.ENVIOS)
    antes = libro.foto()
    assert contar({"pagos": demo.pasos}) == 0

    assert libro.foto() == antes
    assert len(antes[1]) == 12 + len(demo.ENTIDADES) + len(demo.ENVIOS)
    fechas = libro.conexion.execute(
        "SELECT min(now() - creada_en) > interval '25 days', max(now() - creada_en) < interval '31 days' "
        "FROM pagos_transferencia"
    ).fetchone()
    assert fechas == (True, True)
