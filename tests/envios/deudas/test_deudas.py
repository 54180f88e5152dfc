"""What operators owe: born with the delivery in force, paid whole or in part, exact to the centavo."""

import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from empresa_digital.registro import SinFacultad, parte_de_persona
from envios import deudas
from envios.deudas.bloqueos import deudas_bloqueadas
from envios.deudas.errores import AcreedorConCuenta, DeudaDistinta, OperadorEnMora, RondaSinFondos
from envios.deudas.estados import ClaseDeDeuda
from envios.deudas.tareas import cobrar_de, cobrar_vencidas
from envios.deudas.verificar import verificar_deudas
from envios.eventos import EventoNuevo, Fuente, registrar_autorizado
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from tests.ayudas.carreras import cruzar, hasta_que_esperen
from tests.ayudas.personas import abonar, nuevo_actor
from tests.envios.portes.conftest import Casa, Unidad
from tests.envios.portes.conftest import casa as casa
from tests.envios.portes.conftest import crear_operador as crear_operador
from tests.envios.portes.conftest import operador as operador


def estados(casa: Casa, envio: UUID) -> list[tuple[str, Any, Any]]:
    return [(d.estado, d.monto, d.pagado) for d in casa.deudas(envio)]


def cerrar(casa: Casa, ids: list[UUID] | None = None) -> list[deudas.DeudaDeOperador]:
    with transaccion() as sesion:
        return deudas.cerrar_ronda(sesion, nuevo_actor(casa.operador.jefa), casa.operador.id, ids)


def ingresar(casa: Casa, monto: str) -> None:
    abonar(Unidad(casa.operador.id), monto)


# --- Born and cancelled -----------------------------------------------------------------------------------


def test_nace_con_la_entrega_y_se_cancela_con_su_correccion(casa: Casa) -> None:
    envio = casa.enviar(cobro=bs("120.00"))  # Bs 18 + 5
    assert casa.saldo() == bs("477.00")
    casa.pasa(envio, "EMA", "EDG")
    assert casa.deudas(envio) == []
    (emi,) = casa.pasa(envio, "EMI", minuto=5)
    (deuda,) = casa.deudas(envio)
    assert (deuda.monto, deuda.estado, deuda.origen_id) == (bs("120.00"), "pendiente", emi)
    casa.pasa(envio, "EMI", minuto=5)  # sent again
    assert len(casa.deudas(envio)) == 1

    casa.corregir(emi)
    assert estados(casa, envio) == [("cancelada", bs("120.00"), bs("0.00"))]
    casa.pasa(envio, "EMI", minuto=9)
    assert [e[0] for e in estados(casa, envio)] == ["cancelada", "pendiente"]
    casa.todo_cuadra()


def test_sin_cobro_no_hay_deuda(casa: Casa) -> None:
    envio = casa.enviar()
    casa.pasa(envio, "EMA", "EMI")
    assert casa.deudas(envio) == []


def test_pagada_y_corregida_es_una_incidencia_y_no_una_segunda_deuda(casa: Casa) -> None:
    envio = casa.enviar(cobro=bs("120.00"))
    _ema, emi = casa.pasa(envio, "EMA", "EMI")
    ingresar(casa, "200.00")
    cerrar(casa)
    casa.corregir(emi)
    casa.pasa(envio, "EMI", minuto=9)
    assert estados(casa, envio) == [("saldada", bs("120.00"), bs("120.00"))]
    casa.todo_cuadra()


def test_una_entrega_anterior_que_llega_tarde_cambia_de_quien_es(casa: Casa) -> None:
    envio = casa.enviar(cobro=bs("120.00"))
    casa.pasa(envio, "EMA")
    (segunda,) = casa.pasa(envio, "EMI", minuto=9)
    (primera,) = casa.pasa(envio, "EMI", minuto=5)
    assert [(d.origen_id, d.estado) for d in casa.deudas(envio)] == [
        (segunda, "cancelada"),
        (primera, "pendiente"),
    ]
    casa.corregir(primera)
    assert [d.estado for d in casa.deudas(envio)] == ["cancelada", "cancelada", "pendiente"]
    casa.todo_cuadra()


# --- The round --------------------------------------------------------------------------------------------


def test_cerrar_la_ronda_paga_todo_o_nada(casa: Casa) -> None:
    envios = [casa.enviar(cobro=bs(m)) for m in ("120.00", "80.50")]
    for envio in envios:
        casa.pasa(envio, "EMA", "EMI")
    antes = casa.saldo(), casa.saldo("operador")  # its postage: 2 × Bs 23
    assert antes == (bs("454.00"), bs("46.00"))
    with pytest.raises(RondaSinFondos) as falla:
        cerrar(casa)
    assert falla.value.extra["falta"] == 15450
    assert (casa.saldo(), casa.saldo("operador")) == antes

    ingresar(casa, "154.50")
    hechas = cerrar(casa)
    assert [d.estado for d in hechas] == ["saldada", "saldada"]
    assert (casa.saldo(), casa.saldo("operador")) == (bs("654.50"), bs("0.00"))
    assert cerrar(casa) == []
    casa.todo_cuadra()


def test_solo_cierra_quien_paga_por_el_operador(casa: Casa, otorgar: Any) -> None:
    envio = casa.enviar(cobro=bs("20.00"))
    casa.pasa(envio, "EMA", "EMI")
    for quien in (casa.ana, casa.luis):
        with pytest.raises(SinFacultad), transaccion() as sesion:
            deudas.cerrar_ronda(sesion, nuevo_actor(quien), casa.operador.id)
    assert estados(casa, envio) == [("pendiente", bs("20.00"), bs("0.00"))]


def test_una_subida_y_el_cierre_de_la_ronda_no_se_traban(casa: Casa) -> None:
    """It settles a postage and touches an item that owes: debts go before the ledger, as in a round."""
    entregado, nuevo = casa.enviar(cobro=bs("120.00")), casa.enviar()
    casa.pasa(entregado, "EMA", "EMI")
    ingresar(casa, "200.00")
    (deuda,) = casa.deudas(entregado)
    tarde = [
        EventoNuevo("EMA", nuevo, ocurrido_en=casa.inicio),
        EventoNuevo("EDG", entregado, ocurrido_en=casa.inicio),
    ]
    fallas: list[BaseException] = []

    def subir() -> None:
        try:
            with transaccion() as otra:
                registrar_autorizado(otra, casa.del_operador, casa.operador.id, tarde, Fuente.LOTE)
        except BaseException as error:
            fallas.append(error)

    hilo = threading.Thread(target=subir)
    with transaccion() as ronda:
        deudas_bloqueadas(ronda, [deuda.id])
        hilo.start()
        hasta_que_esperen()
        deudas.cerrar_ronda(ronda, nuevo_actor(casa.operador.jefa), casa.operador.id)
    hilo.join(20)
    assert fallas == []
    assert casa.fila(nuevo)[0] == "liquidado"
    casa.todo_cuadra()


# --- Its date ---------------------------------------------------------------------------------------------


def test_a_los_dos_dias_habiles_se_toma_lo_que_hay_y_no_recibe_cobros(casa: Casa, reloj: Any) -> None:
    envio = casa.enviar(cobro=bs("120.00"))
    casa.pasa(envio, "EMA", "EMI")
    vence = casa.deudas(envio)[0].vence_en
    reloj.situar(vence - timedelta(seconds=60))
    assert cobrar_vencidas() == 0
    reloj.situar(vence + timedelta(seconds=1))
    assert cobrar_vencidas() == 1
    assert estados(casa, envio) == [("pendiente", bs("120.00"), bs("23.00"))]
    assert casa.saldo("operador") == bs("0.00")
    casa.todo_cuadra()

    with pytest.raises(OperadorEnMora):
        casa.enviar(cobro=bs("1.00"))
    casa.enviar()
    with transaccion() as sesion:
        (mora,) = deudas.operadores_en_mora(sesion)
    assert (mora.operador_unidad_id, mora.cuantas, mora.monto, mora.desde) == (
        casa.operador.id,
        1,
        bs("97.00"),
        vence,
    )
    ingresar(casa, "100.00")
    assert cobrar_vencidas() == 1
    assert estados(casa, envio) == [("saldada", bs("120.00"), bs("120.00"))]
    with transaccion() as sesion:
        assert deudas.operadores_en_mora(sesion) == []
    casa.enviar(cobro=bs("1.00"))
    casa.todo_cuadra()


def test_la_ronda_contra_el_plazo(casa: Casa, reloj: Any) -> None:
    """Both pay at once: one of them finds it done."""
    envio = casa.enviar(cobro=bs("120.00"))
    casa.pasa(envio, "EMA", "EMI")
    ingresar(casa, "500.00")
    reloj.adelantar(timedelta(days=9))
    quien = nuevo_actor(casa.operador.jefa)

    def ronda(sesion: Session) -> None:
        deudas.cerrar_ronda(sesion, quien, casa.operador.id)

    def plazo(sesion: Session) -> None:
        cobrar_de(sesion, casa.operador.id)

    assert cruzar(ronda, plazo) is None
    assert estados(casa, envio) == [("saldada", bs("120.00"), bs("120.00"))]
    assert casa.saldo("operador") == bs("403.00")
    casa.todo_cuadra()


# --- Who has no account -----------------------------------------------------------------------------------


def test_quien_no_tiene_cuenta_cobra_en_ventanilla(casa: Casa, reloj: Any) -> None:
    envio = casa.enviar(paga="efectivo", remite="tercero", cobro=bs("60.00"))
    casa.pasa(envio, "EMA", "EMI")
    (deuda,) = casa.deudas(envio)
    assert deuda.en_ventanilla
    ingresar(casa, "500.00")
    assert cerrar(casa) == []
    reloj.adelantar(timedelta(days=30))
    assert cobrar_vencidas() == 0
    with transaccion() as sesion:  # cash that waits is not late
        assert deudas.operadores_en_mora(sesion) == []
    cartero = nuevo_actor(casa.operador.jefa)
    with pytest.raises(DatosInvalidos), transaccion() as sesion:
        deudas.pagar_en_efectivo(sesion, cartero, deuda.id, " ")
    for _ in range(2):
        with transaccion() as sesion:
            deudas.pagar_en_efectivo(sesion, cartero, deuda.id, "Felipa Mamani, 1234567")
    assert estados(casa, envio) == [("saldada", bs("60.00"), bs("60.00"))]
    assert casa.saldo("operador") == bs("500.00")
    casa.todo_cuadra()


def test_a_quien_tiene_cuenta_no_se_le_paga_en_efectivo(casa: Casa) -> None:
    envio = casa.enviar(cobro=bs("60.00"))
    casa.pasa(envio, "EMA", "EMI")
    (deuda,) = casa.deudas(envio)
    with pytest.raises(AcreedorConCuenta), transaccion() as sesion:
        deudas.pagar_en_efectivo(sesion, nuevo_actor(casa.operador.jefa), deuda.id, "Ana Prueba")
    with pytest.raises(DBAPIError, match="no se paga así"), transaccion() as sesion:
        sesion.connection().execute(
            text(
                "INSERT INTO envios_deuda_pago (id, deuda_id, como, monto, recibo, registrado_por) "
                "VALUES (gen_random_uuid(), :id, 'efectivo', 6000, 'Ana', 'x')"
            ),
            {"id": deuda.id},
        )
    assert estados(casa, envio) == [("pendiente", bs("60.00"), bs("0.00"))]


# --- Indemnities ------------------------------------------------------------------------------------------


def indemnizar(casa: Casa, envio: UUID, monto: str, reclamo: UUID) -> deudas.DeudaDeOperador:
    with transaccion() as sesion:
        return deudas.abrir(
            sesion,
            casa.del_operador,
            clase=ClaseDeDeuda.INDEMNIZACION,
            origen_id=reclamo,
            envio_id=envio,
            operador_unidad_id=casa.operador.id,
            acreedor_parte_id=parte_de_persona(sesion, casa.ana.id).id,
            monto=bs(monto),
        )


def test_una_indemnizacion_toma_lo_que_hay_y_el_resto_se_debe(casa: Casa) -> None:
    envio, reclamo = casa.enviar(), nuevo_id()
    casa.pasa(envio, "EMA")
    deuda = indemnizar(casa, envio, "100.00", reclamo)
    assert (deuda.estado, deuda.pagado, deuda.debe) == ("pendiente", bs("18.00"), bs("82.00"))
    assert (casa.saldo(), casa.saldo("operador")) == (bs("500.00"), bs("0.00"))
    assert indemnizar(casa, envio, "100.00", reclamo).id == deuda.id
    with pytest.raises(DeudaDistinta):
        indemnizar(casa, envio, "100.01", reclamo)
    assert cerrar(casa) == []  # a round is of what was collected
    assert indemnizar(casa, envio, "1.00", nuevo_id()).pagado == bs("0.00")
    casa.todo_cuadra()


# --- What the database refuses ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "acto",
    [
        "UPDATE envios_deuda SET pagado = monto, estado = 'saldada', terminada_en = now()",
        "UPDATE envios_deuda SET monto = 1",
        "DELETE FROM envios_deuda",
        "INSERT INTO envios_deuda SELECT gen_random_uuid(), clase, gen_random_uuid(), envio_id, "
        "operador_unidad_id, acreedor_parte_id, en_ventanilla, monto, 0, 'pendiente', now(), vence_en "
        "FROM envios_deuda",
        "INSERT INTO envios_deuda_pago (id, deuda_id, como, monto, recibo, registrado_por) "
        "SELECT gen_random_uuid(), id, 'libro', 100, '', 'x' FROM envios_deuda; "
        "UPDATE envios_deuda SET pagado = 100",
    ],
)
def test_nadie_dice_pagado_lo_que_no_se_pago(casa: Casa, acto: str) -> None:
    envio = casa.enviar(cobro=bs("60.00"))
    casa.pasa(envio, "EMA", "EMI")
    with pytest.raises(DBAPIError), transaccion() as sesion:
        sesion.connection().exec_driver_sql(acto)
    assert estados(casa, envio) == [("pendiente", bs("60.00"), bs("0.00"))]


def test_lo_saldado_no_se_reescribe(casa: Casa) -> None:
    envio = casa.enviar(cobro=bs("60.00"))
    casa.pasa(envio, "EMA", "EMI")
    ingresar(casa, "60.00")
    cerrar(casa)
    for acto in (
        "UPDATE envios_deuda SET estado = 'cancelada', pagado = 0",
        "UPDATE envios_deuda SET terminada_en = now()",
        "UPDATE envios_deuda_pago SET monto = 1",
        "DELETE FROM envios_deuda_pago",
    ):
        with pytest.raises(DBAPIError), transaccion() as sesion:
            sesion.connection().execute(text(acto))
    casa.todo_cuadra()


@pytest.mark.parametrize(
    ("sql", "falta"),
    [
        (
            "UPDATE envios_deuda SET pagado = 1000, estado = 'pendiente', terminada_en = NULL",
            "dice Bs 10,00 pagados y sus pagos suman Bs 120,00",
        ),
        (
            "UPDATE envios_deuda SET pagado = 0, estado = 'pendiente', terminada_en = NULL,"
            " origen_id = gen_random_uuid()",
            "no es de su entrega",
        ),
        (
            "UPDATE envios_deuda SET pagado = 0, estado = 'cancelada'",
            "se entregó cobrando Bs 120,00 y nadie lo debe",
        ),
        (
            "UPDATE envios_deuda_pago SET monto = 11900",
            "entró Bs 120,00 en el libro y sus pagos dicen Bs 119,00",
        ),
    ],
)
def test_verify_lo_ve_cuando_el_dueno_lo_cambia(casa: Casa, duenio: Engine, sql: str, falta: str) -> None:
    """A paid debt, changed by who owns the tables and can switch their guards off."""
    envio = casa.enviar(cobro=bs("120.00"))
    casa.pasa(envio, "EMA", "EMI")
    ingresar(casa, "120.00")
    cerrar(casa)
    casa.todo_cuadra()
    tablas = ("envios_deuda", "envios_deuda_pago")
    with duenio.begin() as conexion:
        for tabla in tablas:
            conexion.execute(text(f"ALTER TABLE {tabla} DISABLE TRIGGER USER"))
        conexion.execute(text(sql))
        for tabla in tablas:
            conexion.execute(text(f"ALTER TABLE {tabla} ENABLE TRIGGER USER"))
    with transaccion() as sesion:
        faltas = [f.replace("\u00a0", " ") for f in verificar_deudas(sesion)]
    assert any(falta in f for f in faltas), faltas
