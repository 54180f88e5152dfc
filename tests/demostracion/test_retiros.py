"""The demonstration of firms and wallets: every state is there to be seen, and the ledger holds."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from sqlmodel import select

import demostracion.personas
from ciudadania import actor_de_persona, obtener_persona
from demostracion.capitulos import billetera, cobros, planillas, registro, retiros, saldos
from demostracion.relato import Epoca, contar
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import id_demo
from pagos.banco.modelos import MovimientoDeBanco
from pagos.banco.verificar import verificar_banco
from pagos.billetera.enviar import buscar_destinatario
from pagos.cobros.devueltos import devuelto_por_orden
from pagos.cobros.modelos import Orden
from pagos.libro.verificar import verificar_libro
from pagos.planillas.modelos import LineaDePlanilla, Planilla
from pagos.retiros.modelos import Retiro
from pagos.retiros.verificar import verificar_retiros

EPOCA = Epoca.hasta(datetime.now(UTC), timedelta(days=70))


def test_se_siembra_una_vez_y_todo_cuadra(bd: Any, servidores: Any) -> None:
    for _vez in range(2):
        with transaccion() as sesion:
            demostracion.personas.sembrar(sesion)
        capitulos = (registro, saldos, cobros, billetera, planillas, retiros)
        contar({m.__name__.rpartition(".")[2]: m.pasos for m in capitulos}, EPOCA)
    with transaccion() as sesion:
        hechos = sesion.exec(select(Retiro)).all()
        assert {(r.estado, r.monto, r.comision) for r in hechos} >= {
            ("pagado", bs(1500), bs("7.50")),
            ("rechazado", bs(320), bs("1.60")),
            ("en_lote", bs(800), bs(4)),
            ("pedido", bs(250), bs("1.25")),
        }
        estados = Counter(p.estado for p in sesion.exec(select(Planilla)))
        assert estados["ejecutada"] >= 1
        assert estados["presentada"] >= 1
        resultados = Counter(linea.resultado for linea in sesion.exec(select(LineaDePlanilla)))
        assert set(resultados) == {"ok", "limite_por_transaccion_entrada", None}
        assert resultados["limite_por_transaccion_entrada"] == 1
        ordenes = [o.id for o in sesion.exec(select(Orden))]
        devuelto = sorted(m for m in devuelto_por_orden(sesion, ordenes).values() if m.amount)
        assert devuelto == [bs(15), bs(20)]
        assert verificar_retiros(sesion) + verificar_banco(sesion) == []
        esperan = select(MovimientoDeBanco.resultado).where(MovimientoDeBanco.estado == "pendiente")
        assert sorted(sesion.exec(esperan)) == ["pagado_dos_veces", "sin_referencia"]
        luis = actor_de_persona(obtener_persona(sesion, id_demo("persona:luis")))
        assert buscar_destinatario(sesion, luis, "ana.prueba").persona_id == id_demo("persona:ana")
    url = bd.url.render_as_string(hide_password=False).replace("+psycopg", "")
    with psycopg.connect(url) as conexion:
        assert verificar_libro(conexion) == []
