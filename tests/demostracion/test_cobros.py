"""The demonstration charges, sown on a clean database: every state, and something for Ana to pay."""

from collections import Counter
from typing import Any

import demostracion.personas
from ciudadania import obtener_persona
from demostracion.capitulos import cobros, registro
from demostracion.relato import contar
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import id_demo
from nucleo.paginacion import CursorPedido
from pagos import cuenta_de_persona, saldo_disponible
from pagos.cobros.consultas import Filtro, listar_ordenes, ordenes_a_nombre_de


def test_ordenes_en_todos_los_estados_y_varias_para_ana(bd: Any) -> None:
    with transaccion() as sesion:
        demostracion.personas.sembrar(sesion)
    for _vez in range(2):  # once more changes nothing
        contar({"registro": registro.pasos, "cobros": cobros.pasos})
    with transaccion() as sesion:
        filtro = Filtro(unidades=[id_demo("unidad:alcaldia"), id_demo("unidad:hospital")])
        ordenes, _ = listar_ordenes(sesion, filtro, CursorPedido(None, 100))
        de_ana = ordenes_a_nombre_de(sesion, obtener_persona(sesion, id_demo("persona:ana")).ci)
        disponible = saldo_disponible(sesion, cuenta_de_persona(sesion, id_demo("persona:ana")))
    assert Counter(o.estado for o in ordenes) == {
        "pendiente": 10,
        "pagada": 10,
        "pagada_parcial": 2,
        "vencida": 3,
        "anulada": 2,
    }
    assert len(de_ana) == 5
    assert sum((o.saldo for o in de_ana), bs(0)) <= disponible
