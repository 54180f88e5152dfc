"""The demonstration of the money of shipments: paid, owed, asked, held."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import col, select

import demostracion.personas
from demostracion.capitulos import operadores, registro
from demostracion.capitulos.envios import dinero, tarifas
from demostracion.relato import Epoca, contar
from envios.deudas.modelos import Deuda
from envios.deudas.verificar import verificar_deudas
from envios.portes.modelos import Excedente, Porte
from envios.portes.verificar import verificar_portes
from nucleo.bd import transaccion
from nucleo.dinero import bs


def test_cuatro_paquetes_en_cuatro_momentos(bd: Any) -> None:
    with transaccion() as sesion:
        demostracion.personas.sembrar(sesion)
    epoca = Epoca.hasta(datetime.now(UTC), timedelta(days=110))
    capitulos = (registro, operadores, tarifas, dinero)
    contar({m.__name__.rpartition(".")[2]: m.pasos for m in capitulos}, epoca)
    with transaccion() as sesion:
        portes = sesion.exec(select(Porte).order_by(col(Porte.retenido_en))).all()
        assert [(p.estado, p.cotizado) for p in portes] == [
            ("liquidado", bs("20.00")),
            ("liquidado", bs("20.00")),
            ("liquidado", bs("16.00")),
            ("retenido", bs("16.00")),
        ]
        deudas = sesion.exec(select(Deuda).order_by(col(Deuda.nace_en))).all()
        assert [(d.estado, d.monto) for d in deudas] == [("saldada", bs("12.00")), ("pendiente", bs("60.00"))]
        assert [x.estado for x in sesion.exec(select(Excedente))] == ["por_consentir"]
        assert verificar_portes(sesion) == []
        assert verificar_deudas(sesion) == []
