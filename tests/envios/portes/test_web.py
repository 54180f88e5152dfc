"""The pages and the API of postage and of the operator's money."""

from typing import Any
from uuid import UUID

import pytest

from empresa_digital.registro import Facultad
from envios.despachos.errores import NoLeToca
from envios.despachos.hojas import agregar, preparar_hoja
from envios.items import envio_por_id
from envios.operadores import abrir_agencia, asignar
from envios.portes.tareas import vencer_excedentes
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from nucleo.reloj import fecha_bolivia
from tests.ayudas.personas import abonar, nuevo_actor
from tests.envios.operadores.conftest import datos
from tests.envios.portes.conftest import Casa, Unidad
from tests.envios.tarifas.conftest import POTOSI

POR_PAGAR = "/envios/operador/ventanilla"


@pytest.fixture
def de_mas(casa: Casa) -> UUID:
    """An item received at 2,4 kg, quoted at one: Bs 9 more."""
    envio = casa.enviar()
    casa.medir(envio, 2_400)
    casa.pasa(envio, "EMA")
    return envio


@pytest.fixture
def como(cliente: Any, token_de: Any) -> Any:
    def pedir(persona: Any, metodo: str, ruta: str, cuerpo: Any = None, clave: str = "") -> Any:
        cabeceras = {"Authorization": f"Bearer {token_de(persona)}"}
        if clave:
            cabeceras["Idempotency-Key"] = clave
        return cliente.request(metodo, f"/api/v1{ruta}", json=cuerpo, headers=cabeceras)

    return pedir


def enviar(navegador: Any, ruta: str, **datos: str) -> Any:
    return navegador.post(ruta, data=datos | {"_id": str(nuevo_id())})


# --- What costs more --------------------------------------------------------------------------------------


def test_quien_paga_lo_acepta_por_la_pagina_una_vez(casa: Casa, de_mas: UUID, sesion_web: Any) -> None:
    ana, ruta = sesion_web(casa.ana), f"/envios/{de_mas}/franqueo"
    pagina = ana.get(ruta).text.replace("\u00a0", " ")
    assert "Cuesta Bs 9,00 más de lo cotizado" in pagina
    assert "pesó 2,4 kg: cuesta Bs 27,00 y se cotizó en Bs 18,00" in pagina
    for _vez in range(2):
        assert enviar(ana, f"{ruta}/aceptar").status_code == 303
    assert (casa.saldo(), casa.saldo("operador")) == (bs("473.00"), bs("27.00"))
    assert casa.excedente(de_mas) == ("pagado", bs("9.00"))
    casa.todo_cuadra()


def test_mientras_no_responde_no_sale(casa: Casa, de_mas: UUID, sesion_web: Any, otorgar: Any) -> None:
    """Each side is told to wait, and a round does not take it; once answered, it is like any other."""
    otorgar(casa.operador.id, casa.operador.cartero, Facultad.DESPACHAR)
    with transaccion() as sesion:
        numero = envio_por_id(sesion, de_mas).numero
        agencia = abrir_agencia(
            sesion, jefa := nuevo_actor(casa.operador.jefa), casa.operador.id, datos("PT-09", POTOSI)
        )
        asignar(sesion, jefa, agencia.id, casa.operador.cartero.id)
        hoja = preparar_hoja(sesion, jefa, agencia.id, casa.operador.cartero.id)
    ana, cartero = sesion_web(casa.ana), sesion_web(casa.operador.cartero)
    assert (
        "Responda lo que falta del franqueo: hasta entonces no sale."
        in ana.get(f"/seguimiento/{numero}").text
    )
    assert "No lo despache todavía" in cartero.get(f"/envios/operador/{de_mas}").text
    pila = f"/envios/operador?unidad={casa.operador.id}&ver=en_manos"
    assert "Sale a reparto" not in cartero.get(pila).text
    with pytest.raises(NoLeToca, match="quien paga no respondió"), transaccion() as sesion:
        agregar(sesion, jefa, hoja.id, numero)
    assert enviar(ana, f"/envios/{de_mas}/franqueo/rechazar").status_code == 303
    assert "Saldrá hacia el destino." in ana.get(f"/seguimiento/{numero}").text
    assert "No lo despache" not in cartero.get(f"/envios/operador/{de_mas}").text
    assert "Sale a reparto" in cartero.get(pila).text
    with transaccion() as sesion:
        agregar(sesion, jefa, hoja.id, numero)


def test_lo_rechaza_y_no_se_cobra(casa: Casa, de_mas: UUID, sesion_web: Any) -> None:
    ana, ruta = sesion_web(casa.ana), f"/envios/{de_mas}/franqueo"
    assert enviar(ana, f"{ruta}/rechazar").status_code == 303
    tarde = enviar(ana, f"{ruta}/aceptar")
    assert (tarde.status_code, "Rechazado: no se cobra" in tarde.text) == (409, True)
    assert (casa.saldo(), casa.saldo("operador")) == (bs("482.00"), bs("18.00"))
    casa.todo_cuadra()


def test_el_silencio_lo_rechaza(casa: Casa, de_mas: UUID, sesion_web: Any, reloj: Any) -> None:
    from envios.portes.consultas import excedente_de
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        fila = excedente_de(sesion, de_mas)
        assert fila is not None
        reloj.situar(fila.vence_en)
    assert enviar(sesion_web(casa.ana), f"/envios/{de_mas}/franqueo/aceptar").status_code == 409
    assert vencer_excedentes() == 1
    assert vencer_excedentes() == 0
    assert casa.excedente(de_mas) == ("vencido", bs("9.00"))
    assert casa.saldo() == bs("482.00")
    casa.todo_cuadra()


def test_sin_dinero_no_se_acepta_y_se_puede_despues(casa: Casa, como: Any) -> None:
    for _ in range(26):
        casa.enviar()  # Bs 468
    envio = casa.enviar()
    casa.medir(envio, 9_000)
    casa.pasa(envio, "EMA")
    negado = como(casa.ana, "POST", f"/envios/{envio}/franqueo/excedente/aceptacion")
    assert (negado.status_code, negado.json()["codigo"]) == (409, "fondos_insuficientes")
    assert casa.excedente(envio) == ("por_consentir", bs("48.00"))
    abonar(casa.ana, "100.00")
    hecho = como(casa.ana, "POST", f"/envios/{envio}/franqueo/excedente/aceptacion", clave="a")
    assert hecho.json()["excedente"]["estado"] == "pagado"
    otra = como(casa.ana, "POST", f"/envios/{envio}/franqueo/excedente/aceptacion", clave="a")
    assert (otra.headers["Idempotency-Replayed"], otra.content) == ("true", hecho.content)
    casa.todo_cuadra()


def test_en_efectivo_lo_anota_quien_despacha(casa: Casa, de_mas: UUID, sesion_web: Any) -> None:
    ruta = f"/envios/{de_mas}/franqueo"
    assert enviar(sesion_web(casa.ana), f"{ruta}/en-ventanilla").status_code == 403
    assert enviar(sesion_web(casa.operador.jefa), f"{ruta}/en-ventanilla").status_code == 303
    assert casa.excedente(de_mas) == ("en_efectivo", bs("9.00"))
    assert casa.saldo("operador") == bs("18.00")
    casa.todo_cuadra()


def test_cada_quien_ve_lo_suyo(casa: Casa, como: Any) -> None:
    envio = casa.enviar(cobro=bs("120.00"))
    ruta = f"/envios/{envio}/franqueo"
    entero = como(casa.ana, "GET", ruta).json()
    assert (entero["estado"], entero["cotizado"]) == ("retenido", {"monto": "23.00", "moneda": "BOB"})
    assert como(casa.operador.jefa, "GET", ruta).json() == entero
    de_luis = como(casa.luis, "GET", ruta).json()
    assert de_luis["contra_entrega"] == {"monto": "120.00", "moneda": "BOB"}
    assert {v for k, v in de_luis.items() if k not in ("envio_id", "contra_entrega")} == {None}
    sin_cobro = casa.enviar()
    negado = como(casa.luis, "GET", f"/envios/{sin_cobro}/franqueo")
    assert (negado.status_code, negado.json()["codigo"]) == (404, "envio_sin_porte")


# --- The operator's money ---------------------------------------------------------------------------------


def test_las_cuentas_del_operador_se_siguen_hasta_sus_envios(casa: Casa, sesion_web: Any) -> None:
    jefa, ruta = sesion_web(casa.operador.jefa), f"/envios/operador/cuentas?unidad={casa.operador.id}"
    vacia = jefa.get(ruta).text
    assert "Sin movimientos en un mes" in vacia
    assert "No debe nada" in vacia
    envios = [casa.enviar(cobro=bs("120.00")), casa.enviar(paga="efectivo"), casa.enviar(1_200)]
    for envio in envios:
        casa.pasa(envio, "EMA", "EMI")

    pagina = jefa.get(ruta).text.replace("\u00a0", " ")
    assert "A la cuenta le faltan Bs 76,00" in pagina  # it has 23 + 21
    assert "+ Bs 44,00" in pagina or "+Bs 44,00" in pagina
    abonar(Unidad(casa.operador.id), "100.00")
    vieja = enviar(jefa, "/envios/operador/cuentas/ronda", total="11999")
    assert (vieja.status_code, "mírela otra vez" in vieja.text) == (409, True)
    cerrada = enviar(jefa, "/envios/operador/cuentas/ronda", total="12000")
    assert cerrada.status_code == 303
    assert casa.saldo("operador") == bs("24.00")

    csv = jefa.get(f"/envios/operador/cuentas/movimientos.csv?unidad={casa.operador.id}")
    filas = [fila.split(";") for fila in csv.content.decode("utf-8-sig").splitlines()]
    assert sorted((f[2], f[3], f[4], f[5]) for f in filas[1:]) == [
        ("Cobro contra entrega pagado", "En cuenta", "", "120,00"),
        ("Franqueo", "En cuenta", "21,00", ""),
        ("Franqueo", "En cuenta", "23,00", ""),
        ("Franqueo", "En efectivo", "18,00", ""),
    ]
    assert {f[7] for f in filas[1:]} == {str(e) for e in envios}
    dia = jefa.get(f"/envios/operador/cuentas/dia/{fecha_bolivia()}?unidad={casa.operador.id}").text
    assert all(f"/envios/{envio}/franqueo" in dia for envio in envios)


def test_las_cuentas_son_de_quien_paga_por_el_operador(
    casa: Casa, sesion_web: Any, otorgar: Any, como: Any
) -> None:
    otorgar(casa.operador.id, casa.luis, Facultad.DESPACHAR)
    for persona in (casa.ana, casa.luis):
        for ruta in ("", "/movimientos.csv", f"/dia/{fecha_bolivia()}"):
            assert sesion_web(persona).get(f"/envios/operador/cuentas{ruta}").status_code == 403
    deudas = f"/operadores-postales/{casa.operador.id}/deudas"
    assert como(casa.luis, "GET", deudas).status_code == 403


def test_las_deudas_y_la_ronda_por_programa(casa: Casa, como: Any) -> None:
    envios = [casa.enviar(cobro=bs("20.00")), casa.enviar(cobro=bs("30.00"))]
    for envio in envios:
        casa.pasa(envio, "EMA", "EMI")
    base, jefa = f"/operadores-postales/{casa.operador.id}", casa.operador.jefa
    datos = como(jefa, "GET", f"{base}/deudas").json()["datos"]
    assert [(d["estado"], d["debe"]["monto"]) for d in datos] == [
        ("pendiente", "30.00"),
        ("pendiente", "20.00"),
    ]
    total = {"monto": "50.00", "moneda": "BOB"}
    corta = como(jefa, "POST", f"{base}/rondas", {"total": total})  # it has 2 × 23
    assert (corta.status_code, corta.json()["falta"]) == (409, 400)
    una = como(jefa, "POST", f"{base}/rondas", {"deudas": [datos[1]["id"]]}, clave="r")
    assert una.json()["total"] == {"monto": "20.00", "moneda": "BOB"}
    otra = como(jefa, "POST", f"{base}/rondas", {"deudas": [datos[1]["id"]]}, clave="r")
    assert otra.content == una.content
    assert como(jefa, "POST", f"{base}/rondas", {"deudas": [datos[1]["id"]]}).json()["pagadas"] == []
    saldadas = como(jefa, "GET", f"{base}/deudas?estado=saldada").json()["datos"]
    assert [d["id"] for d in saldadas] == [datos[1]["id"]]
    casa.todo_cuadra()


def test_en_ventanilla_con_recibo(casa: Casa, sesion_web: Any) -> None:
    envio = casa.enviar(paga="efectivo", remite="tercero", cobro=bs("60.00"))
    jefa = sesion_web(casa.operador.jefa)
    assert "No hay nada que pagar en efectivo" in jefa.get(POR_PAGAR).text
    casa.pasa(envio, "EMA", "EMI")
    (deuda,) = casa.deudas(envio)
    assert "Felipa Mamani" in jefa.get(POR_PAGAR).text
    vacio = enviar(jefa, f"{POR_PAGAR}/{deuda.id}", recibo="")
    assert (vacio.status_code, "Escriba quién firmó el recibo" in vacio.text) == (422, True)
    assert enviar(sesion_web(casa.ana), f"{POR_PAGAR}/{deuda.id}", recibo="Yo misma").status_code == 403
    assert enviar(jefa, f"{POR_PAGAR}/{deuda.id}", recibo="Felipa Mamani, 1234567").status_code == 303
    assert [(d.estado, d.pagado) for d in casa.deudas(envio)] == [("saldada", bs("60.00"))]
    casa.todo_cuadra()


def test_quien_entrega_lee_cuanto_cobrar(casa: Casa, sesion_web: Any) -> None:
    cartera = sesion_web(casa.operador.jefa)
    for cobro, dice in ((bs("120.00"), True), (None, False)):
        envio = casa.enviar(cobro=cobro)
        casa.pasa(envio, "EMA", "EDG")
        puerta = cartera.get(f"/envios/operador/{envio}/entregar").text
        assert ("Bs 120,00 en efectivo antes de entregar" in puerta.replace("\u00a0", " ")) is dice
