"""An accountant with ten clients, by their pages: offered, accepted, assigned; nobody else reaches them."""

import re
from collections.abc import Callable
from typing import Any

Crear = Callable[..., Any]


def test_una_contadora_con_diez_clientes(
    crear_persona: Crear, crear_unidad: Crear, sesion_web: Crear
) -> None:
    paula, luis, ana = crear_persona("Paula"), crear_persona("Luis"), crear_persona("Ana")
    oficina = crear_unidad(
        "Trámites Paula",
        representante=paula,
        facultades=["ADMINISTRAR"],
        mandatos=[(luis, ["CONSULTAR", "TRAMITAR"])],
    )
    clientes = [crear_unidad(f"Cliente {n}", representante=ana) for n in range(10)]
    duenia, jefa, empleado = sesion_web(ana), sesion_web(paula), sesion_web(luis)
    for cliente in clientes:
        poder = {
            "clase": "unidad",
            "unidad": oficina.numero,
            "facultades.CONSULTAR": "1",
            "facultades.PAGAR": "1",
        }
        assert duenia.post(f"/mis-unidades/{cliente.numero}/mandatos/nuevo", data=poder).status_code == 303
    ofrecidos = re.findall(
        r"/mandatos-ofrecidos/([0-9a-f-]{36})/aceptacion", jefa.get("/mandatos-ofrecidos").text
    )
    assert len(ofrecidos) == 10
    for mandato in ofrecidos:
        assert jefa.post(f"/mandatos-ofrecidos/{mandato}/aceptacion").status_code == 303
    assert "Clientes: 10" in jefa.get("/mis-clientes").text
    assert "Usted no atiende a ningún cliente" in empleado.get("/mis-clientes").text
    assert empleado.get(f"/mis-unidades/{clientes[0].numero}/historia").status_code == 403

    base = f"/mis-unidades/{oficina.numero}/clientes"
    primero = re.findall(rf"{base}/([0-9a-f-]{{36}})", jefa.get(base).text)[0]
    assert jefa.post(f"{base}/{primero}/{luis.id}", data={"asignar": "1"}).status_code == 303
    suyos = empleado.get("/mis-clientes").text
    assert "Clientes: 1" in suyos
    assert "Usted puede: consultar." in suyos  # the client gave to pay too, the office did not
    historias = [empleado.get(f"/mis-unidades/{c.numero}/historia").status_code for c in clientes]
    assert historias == [200] + [403] * 9
    assert jefa.post(f"{base}/{primero}/{luis.id}", data={"retirar": "1"}).status_code == 303
    assert empleado.get(f"/mis-unidades/{clientes[0].numero}/historia").status_code == 403
