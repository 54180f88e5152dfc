"""The year's plan of the demonstration: published, changed and begun from; the next one in preparation."""

import json

from sqlalchemy import Engine
from sqlmodel import Session, select

from demostracion.capitulos import feria_inversa, llaves, planes, registro
from demostracion.relato import contar
from feria_inversa.datos_abiertos.modelos import CompiladoOcds
from feria_inversa.plan.consultas import lineas_de, procesos_de, ultimas_versiones
from feria_inversa.plan.modelos import Plan
from feria_inversa.plan.verificar import verificar_planes
from feria_inversa.plan.vistas import en_frases
from nucleo.bd import transaccion
from nucleo.ids import id_demo


def test_el_plan_que_se_cuenta(bd: Engine, sesion: Session) -> None:
    from demostracion import personas as ciudadania

    with transaccion() as otra:
        ciudadania.sembrar(otra)
    capitulos = {"registro": registro.pasos, "llaves": llaves.pasos, "planes": planes.pasos}
    contar(capitulos | {"feria": feria_inversa.pasos})

    plan, siguiente = sesion.get_one(Plan, planes.PLAN), sesion.get_one(Plan, planes.SIGUIENTE)
    assert (plan.texto, siguiente.estado) == ("Publicado", "borrador")
    assert [en_frases(sesion, cambio) for _version, cambio in ultimas_versiones(sesion, plan.id, 9)] == [
        ["Quitó 7. Estudio de diseño del sistema de riego"],
        ["Añadió 10. Medicamentos para el centro de salud"],
        [],
    ]
    lineas = {linea.id: linea.numero for linea in lineas_de(sesion, plan.id)}
    empezados = procesos_de(sesion, list(lineas))
    assert {lineas[id]: [p.id for p in hay] for id, hay in empezados.items() if hay} == {
        2: [id_demo("convocatoria:2")],
        8: [id_demo("convocatoria:14")],
    }
    compilado = select(CompiladoOcds.contenido).where(
        CompiladoOcds.convocatoria_id == id_demo("convocatoria:2")
    )
    dicho = json.loads(sesion.exec(compilado).one())
    assert dicho["planning"]["budget"]["id"] == f"{plan.numero}/2"
    assert verificar_planes(sesion) == []
