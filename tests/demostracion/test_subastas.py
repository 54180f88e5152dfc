"""The demonstration has an auction that ended and was contracted, and one that is open."""

from collections import Counter

from sqlalchemy import Engine
from sqlmodel import Session, select

from demostracion.relato import contar
from feria_inversa.procesos.consultas import como_esta
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta.consultas import sala_de
from feria_inversa.subasta.verificar import verificar_subastas
from nucleo.bd import transaccion
from nucleo.ids import id_demo


def test_una_termino_y_otra_esta_abierta(bd: Engine, sesion: Session) -> None:
    from demostracion import personas as ciudadania
    from demostracion.capitulos import feria_inversa, llaves, registro, subastas

    with transaccion() as otra:
        ciudadania.sembrar(otra)
    capitulos = {"registro": registro.pasos, "llaves": llaves.pasos, "feria": feria_inversa.pasos}
    for _vez in range(2):  # a second time changes nothing
        contar(capitulos | {"subastas": subastas.pasos})
    subastadas = sesion.exec(select(Convocatoria).where(Convocatoria.subasta)).all()
    assert Counter(como_esta(c) for c in subastadas) == {"subasta": 1, "contratado": 1}
    viva = sala_de(sesion, sesion.get_one(Convocatoria, id_demo("subasta:viva")))
    assert viva.abierta
    assert [f"{p.total.amount:.2f}" for p in viva.subastados[0].posturas] == ["39500.00", "40000.00"]
    terminada = sala_de(sesion, sesion.get_one(Convocatoria, id_demo("subasta:terminada")))
    assert terminada.subastados[0].extensiones == 1
    assert verificar_subastas(sesion) == []
