"""The demonstration of postal operators: agencies over the country, who works in one, where each arrives."""

from datetime import UTC, datetime, timedelta
from typing import Any

import demostracion.personas
from demostracion.capitulos import operadores, registro
from demostracion.capitulos.envios import tarifas
from demostracion.elenco import actor, id_de_unidad
from demostracion.relato import Epoca, contar
from envios.operadores import agencias_publicas, cobertura_en, exigir_en_agencia
from envios.operadores.consultas import agencias_de
from envios.operadores.gente import trabajos_en
from envios.operadores.verificar import gente_de_agencias
from nucleo.bd import transaccion
from nucleo.reloj import ahora


def test_dos_operadores_con_agencias_en_el_pais(bd: Any) -> None:
    with transaccion() as sesion:
        demostracion.personas.sembrar(sesion)
    epoca = Epoca.hasta(datetime.now(UTC), timedelta(days=110))
    contar({m.__name__.rpartition(".")[2]: m.pasos for m in (registro, operadores, tarifas)}, epoca)
    with transaccion() as sesion:
        cuantas = [len(agencias_de(sesion, id_de_unidad(clave))) for clave in operadores.OPERADORES]
        assert cuantas == [13, 5]
        assert all("(demostración)" in a.nombre for a in agencias_publicas(sesion, "05"))
        assert [a.codigo for a in agencias_publicas(sesion, "051201")] == ["PT-02"]
        llegan = {c.llegada.servicio: c for c in cobertura_en(sesion, "070101", ahora())}
        assert sorted(llegan) == ["expreso", "express", "ordinario"]
        assert (llegan["express"].llegada.dias_desde, llegan["express"].llegada.dias_hasta) == (0, 1)
        de_potosi = operadores.id_de_agencia(operadores.TRABAJA_EN)
        assert len(trabajos_en(sesion, [de_potosi])) == 1
        assert exigir_en_agencia(sesion, actor(sesion, "correos"), de_potosi).agencia.codigo == "PT-01"
        assert gente_de_agencias(sesion) == []
