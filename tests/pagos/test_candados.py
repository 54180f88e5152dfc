"""What the application's role may not invent, whoever has its password: the database refuses it."""

import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from nucleo.bd import transaccion
from nucleo.dinero import bs
from pagos.banco.estados import EstadoMovimiento
from pagos.banco.verificar import verificar_banco
from pagos.libro.tareas import caducar_pendientes
from pagos.reservas.reservas import anotar_vencidas
from pagos.tarjetas.conciliar import avanzar
from pagos.tarjetas.errores import TarjetaNoUsable
from pagos.tarjetas.guardadas.guardar import quitar_tarjeta
from pagos.tarjetas.iniciar import recargar
from pagos.tarjetas.modelos import Intento
from tests.ayudas.carreras import hasta_que_esperen
from tests.pagos.banco.extractos import Apunte
from tests.pagos.banco.test_decidir import pendiente
from tests.pagos.banco.test_recibir import enviados
from tests.pagos.firma import Firma
from tests.pagos.reservas.test_reservas import anular_http, confirmar_http, reservar, verificado
from tests.pagos.retiros.test_retiros import regulador
from tests.pagos.tarjetas.conftest import Escena, escena
from tests.pagos.tarjetas.test_guardadas import _fila, _guardar
from tests.pagos.test_api import Gente, gente

__all__ = ["escena", "gente", "regulador", "reservar"]  # the fixtures


def rechaza(frase: str, sql: str, **datos: Any) -> None:
    with pytest.raises(DBAPIError, match=frase), transaccion() as sesion:
        sesion.connection().execute(text(sql), datos)


def test_una_reserva_terminada_no_cambia(cliente: Any, gente: Gente, reservar: Any, reloj: Any) -> None:
    confirmada, anulada, vencida = reservar("1.00"), reservar("2.00"), reservar("3.00", plazo_s=60)
    assert confirmar_http(cliente, confirmada, gente.de_ana).status_code == 200
    assert anular_http(cliente, anulada, gente.de_ana).status_code == 200
    reloj.adelantar(timedelta(minutes=2))
    caducar_pendientes()
    with transaccion() as sesion:
        assert anotar_vencidas(sesion) == 1
    for id in (confirmada, anulada, vencida):
        cambio = "UPDATE pagos_reserva SET resuelta_en = creada_en WHERE id = :id"
        rechaza("ya terminó", cambio, id=id)
    iguales = (
        "SELECT bool_and(r.resuelta_en = q.resuelta_en) "
        "FROM pagos_reserva r JOIN pagos_pendiente q USING (id)"
    )
    with transaccion() as sesion:
        assert sesion.connection().execute(text(iguales)).scalar_one()
    assert verificado() == []


@pytest.mark.parametrize("nivel", [0, 10, 11, 17, -1])
def test_una_persona_no_tiene_los_limites_de_una_unidad(bd: Engine, nivel: int) -> None:
    rechaza(
        "tiene límites",
        "SELECT pagos_abrir(gen_random_uuid(), 'persona', 'billetera', CAST(:nivel AS smallint))",
        nivel=nivel,
    )


def test_un_movimiento_paga_el_retiro_que_dice(firma: Firma, regulador: Any) -> None:
    suyo, otro = enviados(firma, regulador, "10.00", "20.00")
    (id,) = pendiente(regulador, Apunte(monto="10.00", referencia="1"))
    for retiro in (suyo, otro):
        for efecto in ("pago", "devolucion"):
            rechaza(
                "no es de ese retiro",
                "INSERT INTO pagos_banco_efecto (retiro_id, efecto, movimiento_id) VALUES (:r, :e, :m)",
                r=retiro.id,
                e=efecto,
                m=id,
            )
    estado = EstadoMovimiento.ACLARADO
    rechaza("aclara", "UPDATE pagos_banco_movimiento SET estado = :e WHERE id = :m", e=estado, m=id)
    with transaccion() as sesion:
        assert verificar_banco(sesion) == []


def test_quitar_una_tarjeta_y_pagar_con_ella_a_la_vez(escena: Escena) -> None:
    """Whoever is first wins, and the other one is told; also the database by itself refuses."""
    tarjeta = _guardar(escena)
    errores: list[Exception] = []

    def pagar() -> None:
        try:
            with transaccion() as sesion:
                recargar(sesion, escena.actor, id=uuid.uuid4(), monto=bs(50), tarjeta_id=tarjeta.id)
        except Exception as error:
            errores.append(error)

    with transaccion() as sesion:
        quitar_tarjeta(sesion, escena.actor, tarjeta.id)
        hilo = threading.Thread(target=pagar)
        hilo.start()
        hasta_que_esperen()
    hilo.join(20)
    assert [type(e) for e in errores] == [TarjetaNoUsable]
    assert _fila(tarjeta.id).estado == "por_quitar"
    with transaccion() as sesion:
        assert sesion.connection().execute(text("SELECT count(*) FROM pagos_intento")).scalar_one() == 0


def test_la_tarjeta_de_otro_no_paga_ni_con_la_clave_de_la_base(escena: Escena) -> None:
    tarjeta = _guardar(escena)
    id = uuid.uuid4()
    with transaccion() as sesion:
        recargar(sesion, escena.actor, id=id, monto=bs(50), tarjeta_id=tarjeta.id)
    copia = (
        "INSERT INTO pagos_intento SELECT (jsonb_populate_record(i, jsonb_build_object("
        "'id', gen_random_uuid(), 'reserva_id', gen_random_uuid(), 'persona_id', CAST(:p AS text)))).* "
        "FROM pagos_intento i WHERE i.id = :id"
    )
    rechaza("no paga por esa persona", copia, id=id, p=str(uuid.uuid4()))
    with transaccion() as sesion:
        quitar_tarjeta(sesion, escena.actor, tarjeta.id)
    rechaza("no paga por esa persona", copia, id=id, p=str(escena.actor.persona_id))


@pytest.mark.parametrize(
    ("tabla", "columnas", "valores"),
    [
        (
            "pagos_limite",
            "nivel, direccion, por_dia, norma, confirmado",
            "1, 'salida', 1, 'x', true",
        ),
        (
            "pagos_comision",
            "operacion, tasa_pb, fijo, minimo, impuesto_pb, norma",
            "'retiro', 0, 0, 0, 0, 'x'",
        ),
        ("pagos_regla_velocidad", "ventana_min, pagos_max, nuevas_max, norma", "1, 1, 1, 'x'"),
    ],
)
def test_ninguna_regla_rige_desde_antes(
    bd: Engine, duenio: Engine, tabla: str, columnas: str, valores: str
) -> None:
    alta = (
        f"INSERT INTO {tabla} (id, {columnas}, vigente_desde) "
        f"VALUES (gen_random_uuid(), {valores}, nucleo_ahora() - CAST(:antes AS interval))"
    )
    rechaza("rige desde ahora", alta, antes="61 s")
    with duenio.begin() as conexion:  # a revision may load what ruled before
        conexion.execute(text(alta), {"antes": "400 days"})
    with transaccion() as sesion:
        sesion.connection().execute(text(alta), {"antes": "0 s"})


def test_lo_de_una_tarjeta_no_se_reescribe(escena: Escena) -> None:
    tarjeta = _guardar(escena)
    for cambio in (
        "vence_en = vence_en + interval '1 day'",
        "vence_en = vence_en - interval '1 day'",  # it is written already
        "motivo = 'caduco'",
    ):
        rechaza("tarjeta", f"UPDATE pagos_tarjeta SET {cambio} WHERE id = :id", id=tarjeta.id)
    for columna in ("persona_id", "consentimiento", "creado_en"):
        rechaza("denied", f"UPDATE pagos_tarjeta SET {columna} = {columna} WHERE id = :id", id=tarjeta.id)


def test_un_pago_con_tarjeta_que_termino_no_se_reescribe(escena: Escena) -> None:
    tarjeta = _guardar(escena)
    id = uuid.uuid4()
    with transaccion() as sesion:
        recargar(sesion, escena.actor, id=id, monto=bs(50), tarjeta_id=tarjeta.id)
    avanzar(id)
    with transaccion() as sesion:
        assert sesion.get_one(Intento, id).estado == "pagado"
    for cambio in (
        "motivo = 'otro'",
        "accion_url = 'https://otro.example'",
        "terminado_en = terminado_en - interval '1 day'",
        "enviado_en = enviado_en - interval '1 day'",
        "pasarela_id = 'pi_otro'",
        "recibido_moneda = 'USD'",
    ):
        rechaza(
            "no cambia|un solo pago|ck_pagos_intento",
            f"UPDATE pagos_intento SET {cambio} WHERE id = :id",
            id=id,
        )
