"""What is served is what has a rate: coverage is read from the rates in force, and cannot say otherwise."""

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from envios.operadores import ClaseAgencia, DatosDeAgencia, abrir_agencia, cerrar_agencia, cobertura_en
from envios.tarifas import Bulto, Pedido, comparar
from envios.tarifas.tablas import EJEMPLOS, Que
from nucleo.bd import transaccion
from nucleo.plazos import inicio_del_dia
from nucleo.reloj import ahora, fecha_bolivia
from tests.envios.tarifas.conftest import LA_PAZ, POTOSI, TRINIDAD, UYUNI, Operador

Llega = tuple[str, str, int, int, bool]


def llega(sesion: Session, municipio: str, cuando: Any = None) -> list[Llega]:
    sesion.rollback()
    return [
        (c.llegada.servicio, c.llegada.entrega, c.llegada.dias_desde, c.llegada.dias_hasta, c.con_agencia)
        for c in cobertura_en(sesion, municipio, cuando or ahora())
    ]


def test_se_llega_a_donde_hay_tarifa(sesion: Session, operador: Operador) -> None:
    """A municipality told apart from its department has its own days; one without a rate is not served."""
    assert llega(sesion, UYUNI) == []
    operador.con_tarifas()
    dias = {m: llega(sesion, m) for m in (LA_PAZ, POTOSI, UYUNI, TRINIDAD)}
    assert dias[TRINIDAD] == []
    assert [(s, e) for s, e, *_ in dias[UYUNI]] == [(s, e) for s, e, *_ in dias[POTOSI]]
    assert [(a + 1, b + 1) for _s, _e, a, b, _c in dias[POTOSI]] == [
        (a, b) for _s, _e, a, b, _c in dias[UYUNI]
    ]
    for municipio, halladas in dias.items():
        quien = operador.id
        pedidas = {
            o.condiciones.servicio: o.condiciones.dias
            for origen in (LA_PAZ, POTOSI)
            for o in comparar(sesion, Pedido(origen, municipio, Bulto(500), operador_unidad_id=quien)).ofertas
        }
        assert {s for s, *_ in halladas} == set(pedidas)  # what is told is what is quoted
        assert all(a <= pedidas[s] <= b for s, _e, a, b, _c in halladas)


def test_otras_tarifas_cambian_a_donde_se_llega(sesion: Session, operador: Operador) -> None:
    hoy = fecha_bolivia()
    operador.con_tarifas()
    sin_uyuni = [fila for fila in EJEMPLOS[Que.LUGARES] if not fila[0].startswith("05")]
    rutas = [fila for fila in EJEMPLOS[Que.RUTAS] if "interior" not in fila]
    usadas = {fila[0:4:3] for fila in rutas}
    precios = [fila for fila in EJEMPLOS[Que.PRECIOS] if fila[:2] in usadas]
    id = operador.borrador(lugares=sin_uyuni, rutas=rutas, precios=precios)
    operador.publicar(id, hoy + timedelta(days=3))
    assert llega(sesion, UYUNI) != []
    assert llega(sesion, UYUNI, inicio_del_dia(hoy + timedelta(days=3))) == []
    assert llega(sesion, UYUNI, inicio_del_dia(hoy - timedelta(days=3))) == []


def test_la_pagina_dice_si_hay_agencia_y_quien_ya_no_opera(
    sesion: Session, operador: Operador, nuevo_cliente: Any
) -> None:
    operador.con_tarifas()
    pagina = _texto(nuevo_cliente().get(f"/agencias?municipio={UYUNI}").text)
    assert "En una agencia de otro lugar: aquí no tiene" in pagina
    datos = DatosDeAgencia("PT-02", "Uyuni", ClaseAgencia.AGENCIA, UYUNI, "Frente a la plaza")
    with transaccion() as propia:
        agencia = abrir_agencia(propia, operador.actor(operador.jefa), operador.id, datos)
    assert "de otro lugar" not in nuevo_cliente().get(f"/agencias?municipio={UYUNI}").text
    (api, *_otras) = nuevo_cliente().get(f"/api/v1/coberturas-postales?municipio={UYUNI}").json()
    assert (api["operador"], api["con_agencia"], api["vigente_hasta"]) == ("Correos de prueba", True, None)
    with transaccion() as propia:
        cerrar_agencia(propia, operador.actor(operador.jefa), agencia.id, "Refacción")
    assert {c for *_, c in llega(sesion, UYUNI)} == {False}
    with transaccion() as propia:
        propia.connection().execute(
            text(
                "UPDATE registro_habilitacion SET estado = 'suspendida', motivo = 'No informa' "
                "WHERE unidad_id = :u"
            ),
            {"u": operador.id},
        )
    assert llega(sesion, UYUNI) == []


def _texto(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).split())
