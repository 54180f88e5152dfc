"""Postage to the centavo: held at the announcement, settled or given back once, whatever comes how often."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from empresa_digital.registro import Facultad, SinFacultad
from envios.eventos import EventoNuevo, Fuente, incidencias_abiertas, registrar_autorizado
from envios.eventos.tareas import revisar
from envios.items import Vista
from envios.items.consultas import envio_por_id
from envios.items.modelos import Envio
from envios.portes.errores import PorteTerminado
from envios.portes.verificar import verificar_portes
from envios.seguimiento.detalles import detalles_de
from envios.tarifas.errores import CotizacionVencida, SinOferta
from envios.tarifas.valores import Medidas
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos, Prohibido
from pagos import FondosInsuficientes
from tests.ayudas.carreras import cruzar
from tests.envios.portes.conftest import Casa
from tests.envios.tarifas.conftest import UYUNI


def contar(sesion: Session, tabla: str) -> int:
    return int(sesion.connection().execute(text(f"SELECT count(*) FROM {tabla}")).scalar_one())


# --- Held -------------------------------------------------------------------------------------------------


def test_se_retiene_al_anunciar_y_se_paga_al_recibir(casa: Casa) -> None:
    envio = casa.enviar(1_200)
    assert (casa.saldo(), casa.saldo("operador")) == (bs("479.00"), bs("0.00"))
    assert casa.fila(envio) == ("retenido", None, None)
    casa.todo_cuadra()

    casa.pasa(envio, "EMA")

    assert (casa.saldo(), casa.saldo("operador")) == (bs("479.00"), bs("21.00"))
    assert casa.fila(envio) == ("liquidado", bs("21.00"), bs("0.00"))
    assert casa.excedente(envio) is None
    casa.todo_cuadra()


@pytest.mark.parametrize("codigo", ["EMA", "EMC", "EDG", "EMI"])
def test_lo_primero_que_se_sabe_del_paquete_lo_liquida_una_vez(casa: Casa, codigo: str) -> None:
    envio = casa.enviar()
    casa.pasa(envio, codigo, "EMA", codigo)
    casa.pasa(envio, codigo, "EMC", minuto=10)
    assert casa.saldo("operador") == bs("18.00")
    casa.todo_cuadra()


def test_paga_la_cuenta_de_una_unidad_con_mandato(casa: Casa) -> None:
    envio = casa.enviar(paga="tienda", remite="tienda")
    assert (casa.saldo(), casa.saldo("tienda")) == (bs("500.00"), bs("482.00"))
    casa.pasa(envio, "EMA")
    assert casa.saldo("operador") == bs("18.00")
    casa.todo_cuadra()


def test_sin_fondos_no_se_anuncia_nada(casa: Casa, sesion: Session) -> None:
    cotizacion = casa.cotizar(valor_declarado=bs("5000.00"), contra_entrega=bs("5000.00"))
    for _ in range(2):  # Bs 18 + 50 + 100
        casa.retener(cotizacion, casa.cuenta())
    antes = contar(sesion, "envios_envio"), contar(sesion, "nucleo_auditoria")
    sesion.rollback()
    with pytest.raises(FondosInsuficientes):
        casa.retener(cotizacion, casa.cuenta())
    assert (contar(sesion, "envios_envio"), contar(sesion, "nucleo_auditoria")) == antes
    assert contar(sesion, "envios_porte") == 2
    assert casa.saldo() == bs("164.00")


def test_nadie_paga_con_cuenta_ajena(casa: Casa) -> None:
    cotizacion = casa.cotizar()
    for quien, cuenta, error in (
        (casa.luis, casa.cuenta(), Prohibido),
        (casa.luis, casa.cuenta("tienda"), SinFacultad),
        (casa.ana, casa.cuenta("operador"), SinFacultad),
    ):
        with pytest.raises(error):
            casa.retener(cotizacion, cuenta, quien)
    assert casa.saldo() == bs("500.00")


def test_el_operador_no_se_paga_a_si_mismo(casa: Casa, otorgar: Any) -> None:
    otorgar(casa.operador.id, casa.ana, Facultad.PAGAR)
    with pytest.raises(DatosInvalidos) as falla:
        casa.retener(casa.cotizar(), casa.cuenta("operador"))
    assert set(falla.value.campos) == {"cuenta"}


@pytest.mark.parametrize(
    ("bulto", "cambios", "campo"),
    [
        ({}, {"peso_g": 999}, "peso_g"),
        ({}, {"destino_municipio_ine": UYUNI}, "destino_municipio_ine"),
        (  # paid already
            {"contra_entrega": bs("50.00")},
            {"referencia_tipo": "pedido", "referencia_id": uuid4()},
            "contra_entrega",
        ),
    ],
)
def test_la_cotizacion_es_de_este_paquete(
    casa: Casa, bulto: dict[str, Any], cambios: dict[str, Any], campo: str
) -> None:
    with pytest.raises(DatosInvalidos) as falla:
        casa.retener(casa.cotizar(**bulto), casa.cuenta(), **cambios)
    assert set(falla.value.campos) == {campo}
    assert casa.saldo() == bs("500.00")


def test_la_cotizacion_vence(casa: Casa, reloj: Any) -> None:
    cotizacion = casa.cotizar()
    reloj.adelantar(timedelta(days=7, seconds=1))
    with pytest.raises(CotizacionVencida):
        casa.retener(cotizacion, casa.cuenta())


def test_en_efectivo_no_mueve_el_libro(casa: Casa) -> None:
    envio = casa.enviar(paga="efectivo", remite="tercero")
    casa.medir(envio, 9_000)
    casa.pasa(envio, "EMA", "EMC")
    assert casa.fila(envio) == ("en_efectivo", bs("18.00"), bs("0.00"))
    assert (casa.saldo("operador"), casa.excedente(envio)) == (bs("0.00"), None)
    casa.todo_cuadra()


# --- Measured ---------------------------------------------------------------------------------------------


def test_pesa_menos_y_vuelve_el_resto(casa: Casa) -> None:
    envio = casa.enviar(3_000)  # Bs 18 + 4 × 3
    assert casa.saldo() == bs("470.00")
    medido = casa.medir(envio, 1_600)  # Bs 18 + 2 × 3
    assert medido is not None
    assert (medido.total, medido.sobra, medido.excedente) == (bs("24.00"), bs("6.00"), bs("0.00"))
    assert casa.saldo() == bs("470.00")
    casa.pasa(envio, "EMA")
    assert (casa.saldo(), casa.saldo("operador")) == (bs("476.00"), bs("24.00"))
    assert casa.fila(envio) == ("liquidado", bs("24.00"), bs("6.00"))
    casa.todo_cuadra()


def test_pesa_mas_y_se_cobra_hasta_lo_cotizado(casa: Casa) -> None:
    envio = casa.enviar()
    medido = casa.medir(envio, 2_400)  # Bs 18 + 3 × 3
    assert medido is not None
    assert (medido.cotizado, medido.excedente) == (bs("18.00"), bs("9.00"))
    casa.pasa(envio, "EMA")
    assert (casa.saldo(), casa.saldo("operador")) == (bs("482.00"), bs("18.00"))
    assert casa.excedente(envio) == ("por_consentir", bs("9.00"))
    with transaccion() as sesion:
        dicho = detalles_de(sesion, sesion.get_one(Envio, envio), Vista.REMITENTE)
    assert (dicho.franqueo, dicho.excedente) == (bs("18.00"), bs("9.00"))
    casa.todo_cuadra()


def test_vale_la_ultima_medida_y_el_volumen(casa: Casa) -> None:
    envio = casa.enviar()
    casa.medir(envio, 2_400)
    medido = casa.medir(envio, 900, Medidas(30, 20, 10))  # 6.000 cm³: 1.200 g
    assert medido is not None
    assert medido.total == bs("21.00")
    casa.pasa(envio, "EMC")
    assert casa.excedente(envio) == ("por_consentir", bs("3.00"))


def test_lo_que_no_se_lleva_no_se_mide(casa: Casa) -> None:
    envio = casa.enviar()
    with pytest.raises(SinOferta):
        casa.medir(envio, 31_000)
    assert casa.porte(envio).peso_medido_g is None


def test_despues_de_recibido_no_se_mide(casa: Casa) -> None:
    envio = casa.enviar()
    casa.pasa(envio, "EMA")
    with pytest.raises(PorteTerminado):
        casa.medir(envio, 500)
    assert casa.fila(envio) == ("liquidado", bs("18.00"), bs("0.00"))


def test_sin_porte_no_hay_que_medir(casa: Casa) -> None:
    with transaccion() as sesion:
        envio = casa.anunciar(sesion)
    assert casa.medir(envio.id, 900) is None
    casa.pasa(envio.id, "EMA")
    casa.todo_cuadra()


# --- Given back -------------------------------------------------------------------------------------------


def test_a_los_treinta_dias_vuelve_todo(casa: Casa, reloj: Any) -> None:
    envio = casa.enviar(3_000)
    casa.medir(envio, 1_000)
    reloj.adelantar(timedelta(days=29))
    with transaccion() as sesion:
        revisar(sesion, envio)
    assert casa.saldo() == bs("470.00")
    reloj.adelantar(timedelta(days=1, seconds=1))
    with transaccion() as sesion:
        revisar(sesion, envio)
    assert (casa.saldo(), casa.fila(envio)) == (bs("500.00"), ("devuelto", bs("0.00"), bs("30.00")))
    casa.todo_cuadra()


def test_se_anula_y_vuelve_todo(casa: Casa) -> None:
    envio = casa.enviar()
    casa.pasa(envio, "QHAC")
    assert (casa.saldo(), casa.fila(envio)) == (bs("500.00"), ("devuelto", bs("0.00"), bs("18.00")))
    casa.pasa(envio, "EMA", minuto=5)  # it travels all the same: an incident, and no second charge
    assert casa.saldo() == bs("500.00")
    casa.todo_cuadra()


# --- Corrected --------------------------------------------------------------------------------------------


def test_una_admision_corregida_no_liquida_otra_vez(casa: Casa) -> None:
    envio = casa.enviar()
    (ema,) = casa.pasa(envio, "EMA")
    casa.corregir(ema)
    assert casa.saldo("operador") == bs("18.00")
    with transaccion() as sesion:
        assert envio_por_id(sesion, envio).admitido_en is None
        assert [i.clase for i in incidencias_abiertas(sesion, envio)] == ["admision_corregida"]
    casa.todo_cuadra()
    casa.pasa(envio, "EMA", "EMC", minuto=9)
    with transaccion() as sesion:
        assert incidencias_abiertas(sesion, envio) == []
    assert (casa.saldo(), casa.saldo("operador")) == (bs("482.00"), bs("18.00"))
    casa.todo_cuadra()


# --- Races ------------------------------------------------------------------------------------------------


def _evento(casa: Casa, envio: UUID, codigo: str, minuto: int) -> Any:
    nuevo = EventoNuevo(
        codigo, envio, ocurrido_en=casa.inicio + timedelta(minutes=minuto), evento_cliente_id=f"c{minuto}"
    )

    def registrar(sesion: Session) -> None:
        registrar_autorizado(
            sesion, casa.del_operador, casa.operador.id, [nuevo], Fuente.API, verificar_codigo=False
        )

    return registrar


def test_dos_admisiones_a_la_vez(casa: Casa) -> None:
    envio = casa.enviar()
    assert cruzar(_evento(casa, envio, "EMA", 1), _evento(casa, envio, "EMC", 2)) is None
    assert (casa.saldo(), casa.saldo("operador")) == (bs("482.00"), bs("18.00"))
    casa.todo_cuadra()


@pytest.mark.parametrize(
    ("primero", "segundo", "fila"),
    [
        ("EMA", "QHAC", ("liquidado", bs("18.00"), bs("0.00"))),
        ("QHAC", "EMA", ("devuelto", bs("0.00"), bs("18.00"))),
    ],
)
def test_admision_contra_anulacion(casa: Casa, primero: str, segundo: str, fila: Any) -> None:
    envio = casa.enviar()
    assert cruzar(_evento(casa, envio, primero, 1), _evento(casa, envio, segundo, 2)) is None
    assert casa.fila(envio) == fila
    assert casa.saldo() + casa.saldo("operador") == bs("500.00")
    casa.todo_cuadra()


# --- What the database refuses ----------------------------------------------------------------------------

ACTOS = [
    "UPDATE envios_porte SET cobrado = 1700, devuelto = 100",
    "UPDATE envios_porte SET estado = 'devuelto', cobrado = 0, devuelto = 1800",
    "UPDATE envios_porte SET cotizado = 1",
    "UPDATE envios_porte SET cuenta = cuenta_operador",
    "UPDATE envios_porte SET total_medido = 1, peso_medido_g = 1",
    "DELETE FROM envios_porte",
    "INSERT INTO envios_porte SELECT gen_random_uuid(), envio_id, cotizacion_id, operador_unidad_id, cuenta, "
    "cuenta_operador, cotizado, contra_entrega, 'retenido', now() FROM envios_porte",
    "INSERT INTO envios_excedente (porte_id, monto, estado, vence_en) "
    "SELECT id, 100, 'por_consentir', now() + interval '1 day' FROM envios_porte",
]


@pytest.mark.parametrize("acto", ACTOS)
def test_lo_liquidado_no_se_reescribe(casa: Casa, acto: str) -> None:
    casa.pasa(casa.enviar(), "EMA")
    with pytest.raises(DBAPIError), transaccion() as sesion:
        sesion.connection().execute(text(acto))
    casa.todo_cuadra()


@pytest.mark.parametrize(
    "acto",
    [
        "UPDATE envios_porte SET estado = 'liquidado', cobrado = 1800, devuelto = 0, terminado_en = now()",
        "UPDATE envios_porte SET estado = 'devuelto', cobrado = 0, devuelto = 1800, terminado_en = now()",
    ],
)
def test_nada_se_dice_liquidado_sin_el_libro(casa: Casa, acto: str) -> None:
    envio = casa.enviar()
    with pytest.raises(DBAPIError, match="no es lo que dice el libro"), transaccion() as sesion:
        sesion.connection().execute(text(acto))
    assert casa.fila(envio) == ("retenido", None, None)


def test_verify_lo_ve_cuando_el_dueno_lo_cambia(casa: Casa, duenio: Engine) -> None:
    envio = casa.enviar()
    casa.pasa(envio, "EMA")
    with duenio.begin() as conexion:
        for acto in (
            "ALTER TABLE envios_porte DISABLE TRIGGER USER",
            "UPDATE envios_porte SET cobrado = 1700, devuelto = 100, total_medido = 1700, peso_medido_g = 1",
            "ALTER TABLE envios_porte ENABLE TRIGGER USER",
        ):
            conexion.execute(text(acto))
    with transaccion() as sesion:
        faltas = verificar_portes(sesion)
        numero = envio_por_id(sesion, envio).numero
    assert [f.replace("\u00a0", " ") for f in faltas] == [
        f"porte del envío {numero}: {falta}"
        for falta in (
            f"devolucion a la cuenta {casa.cuenta()}: dice Bs 1,00 en 1 y el libro nada",
            f"franqueo a la cuenta {casa.cuenta('operador')}: dice Bs 17,00 en 1 y el libro Bs 18,00 en 1",
        )
    ]
