"""The post's chapter: what goes wrong on the way ends, and says how."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

import demostracion.personas
from demostracion.capitulos import operadores, registro
from demostracion.capitulos.envios import contratiempos, despachos, reclamos
from demostracion.elenco import id_de_unidad
from demostracion.relato import Epoca, contar
from envios.despachos.modelos import Diferencia
from envios.despachos.verificar import despachos as verificar_despachos
from envios.escaner.modelos import FilaDeEscaneo
from envios.eventos.consultas import eventos_de
from envios.eventos.verificar import items
from envios.items.modelos import Envio
from envios.reclamos.modelos import Reclamo
from nucleo.bd import transaccion
from nucleo.ids import id_demo


def _estado(sesion: Session, clave: str) -> str:
    referencia = id_demo(f"contratiempo:{clave}")
    return str(sesion.exec(select(Envio.estado).where(col(Envio.referencia_id) == referencia)).one())


def test_lo_que_sale_mal_termina(bd: Any) -> None:
    with transaccion() as sesion:
        demostracion.personas.sembrar(sesion)
    epoca = Epoca.hasta(datetime.now(UTC), timedelta(days=90))
    capitulos = (registro, operadores, despachos, contratiempos, reclamos)
    contar({m.__name__.rpartition(".")[2]: m.pasos for m in capitulos}, epoca)
    with transaccion() as sesion:
        claves = ("rechazado", "traspaso", *contratiempos.DE_LA_RONDA)
        assert [_estado(sesion, clave) for clave in claves] == [
            "devuelto",
            "entregado",
            "entregado",
            "intento_fallido",
            "en_reparto",
        ]
        cambio = id_demo("contratiempo:traspaso")
        suyo = sesion.exec(select(Envio).where(col(Envio.referencia_id) == cambio)).one()
        assert (suyo.operador_unidad_id, suyo.custodio_unidad_id) == (
            id_de_unidad("correos"),
            id_de_unidad("mensajeria"),
        )
        leidos = sesion.exec(select(FilaDeEscaneo)).all()
        assert [str(f.estado) for f in leidos] == ["registrado"] * 5  # sent twice, kept once
        assert {f.reloj_corregido for f in leidos} == {True}
        ronda = id_demo("contratiempo:ronda 1")
        primero = sesion.exec(select(Envio).where(col(Envio.referencia_id) == ronda)).one()
        assert sorted(e.codigo for e in eventos_de(sesion, primero.id)) == ["EDG", "EMA", "EMI", "QHEP"]
        perdido = sesion.get_one(Reclamo, id_demo("reclamo:perdido-y-pagado"))
        assert str(perdido.estado) == "pagado"
        diferencias = sesion.exec(select(Diferencia.clase).order_by(col(Diferencia.clase))).all()
        assert [str(clase) for clase in diferencias] == ["faltante", "precinto_roto"]
        assert items(sesion) == verificar_despachos(sesion) == []
