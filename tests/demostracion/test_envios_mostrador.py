"""The demonstration of the counter of Potosí: one admitted, one expected, one to be collected."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import col, select

import demostracion.personas
from demostracion.capitulos import operadores, registro
from demostracion.capitulos.envios import mostrador, tarifas
from demostracion.relato import Epoca, contar
from envios.admision.modelos import FilaDeAdmision, FilaDeRecojo
from envios.admision.verificar import admisiones
from envios.items.modelos import Envio
from nucleo.bd import transaccion
from nucleo.dinero import bs


def test_tres_paquetes_en_el_mostrador_de_potosi(bd: Any) -> None:
    with transaccion() as sesion:
        demostracion.personas.sembrar(sesion)
    epoca = Epoca.hasta(datetime.now(UTC), timedelta(days=110))
    capitulos = (registro, operadores, tarifas, mostrador)
    contar({m.__name__.rpartition(".")[2]: m.pasos for m in capitulos}, epoca)
    potosi = operadores.id_de_agencia(operadores.TRABAJA_EN)
    with transaccion() as sesion:
        estados = sesion.exec(select(Envio.estado).order_by(col(Envio.creado_en))).all()
        assert estados == ["admitido", "anunciado", "anunciado"]
        fila = sesion.exec(select(FilaDeAdmision)).one()
        assert (fila.agencia_id, fila.medio, fila.clase) == (potosi, "efectivo", "mostrador")
        assert fila.importe > bs(20)
        recojo = sesion.exec(select(FilaDeRecojo)).one()
        assert (recojo.agencia_id, recojo.estado) == (potosi, "pedido")
        assert admisiones(sesion) == []
