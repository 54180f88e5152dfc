"""The demonstration of joint signature: one act done by two of three, and one to sign."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

import demostracion.personas
from demostracion.capitulos import actos, registro, saldos
from demostracion.elenco import actor, id_de_persona
from demostracion.relato import Epoca, contar
from empresa_digital.registro.actos.consultas import por_firmar
from empresa_digital.registro.actos.verificar import verificar_actos
from nucleo.bd import transaccion


def test_uno_hecho_entre_dos_y_uno_por_firmar(bd: Any) -> None:
    with transaccion() as sesion:
        demostracion.personas.sembrar(sesion)
    capitulos = (registro, saldos, actos)
    epoca = Epoca.hasta(datetime.now(UTC), timedelta(days=70))
    contar({m.__name__.rpartition(".")[2]: m.pasos for m in capitulos}, epoca)
    with transaccion() as sesion:
        assert verificar_actos(sesion) == []
        hechos = sesion.connection().execute(
            text("SELECT codigo, estado, cardinality(mandatos) FROM registro_acto ORDER BY codigo")
        )
        assert [tuple(h) for h in hechos] == [("planilla", "pendiente", None), ("retiro", "ejecutado", 2)]
        for clave in ("madera", "tejidos"):
            assert [a.codigo for a in por_firmar(sesion, actor(sesion, clave))] == ["planilla"]
        assert por_firmar(sesion, actor(sesion, "cafe")) == []
        assert id_de_persona("cafe") == por_firmar(sesion, actor(sesion, "madera"))[0].propuesto_por
