"""Versions of rates: filled from files, published from a date, frozen; one in force at any instant."""

import io
import tracemalloc
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from empresa_digital.registro import SinFacultad
from envios.tarifas.consultas import contar_lineas, lineas_de, vigente_de
from envios.tarifas.cotizar import Pedido, comparar
from envios.tarifas.errores import (
    TarifarioIncompleto,
    TarifarioInexistente,
    TarifarioNoAdmite,
    TarifasInvalidas,
    VigenciaOcupada,
)
from envios.tarifas.modelos import Tarifario
from envios.tarifas.tablas import EJEMPLOS, FORMAS, Que
from envios.tarifas.tarifarios import empezar, importar, publicar, retirar
from envios.tarifas.valores import Bulto
from nucleo.archivos import Recibido
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.reloj import ZONA, fecha_bolivia
from tests.ayudas.carreras import cruzar
from tests.envios.tarifas.conftest import LA_PAZ, UYUNI, Operador, csv

PRECIOS = EJEMPLOS[Que.PRECIOS]
SERVICIO = EJEMPLOS[Que.SERVICIOS][0]
OTRA_VIGENTE = """
    ALTER TABLE envios_tarifario DISABLE TRIGGER USER;
    INSERT INTO envios_tarifario (id, operador_unidad_id, numero, estado, vigente_desde, leido, creado_por)
    SELECT gen_random_uuid(), operador_unidad_id, 9, estado, vigente_desde + interval '9 days', leido, 'x'
    FROM envios_tarifario
"""


def filas(sesion: Session, tarifario_id: Any) -> dict[Que, list[tuple[str, ...]]]:
    return {que: [FORMAS[que].celdas(f) for f in lineas_de(sesion, tarifario_id, que)] for que in Que}


def subir(operador: Operador, id: Any, que: Que, recibido: Recibido) -> None:
    with transaccion() as sesion:
        importar(sesion, operador.actor(operador.jefa), id, que, recibido)


def en(operador: Operador, instante: datetime) -> int | None:
    with transaccion() as sesion:
        hallado = vigente_de(sesion, operador.id, instante)
        return hallado and hallado.numero


def ahora() -> datetime:
    with transaccion() as sesion:
        leido: datetime = sesion.connection().execute(text("SELECT nucleo_ahora()")).scalar_one()
        return leido


# --- Files -----------------------------------------------------------------------------------------------


def test_lo_que_se_exporta_se_vuelve_a_leer_igual(operador: Operador) -> None:
    """Semicolons or a workbook of Excel, with its numbers as numbers and codes without their zero."""
    id = operador.borrador()
    with transaccion() as sesion:
        antes = filas(sesion, id)
    for que in Que:
        assert len(antes[que]) == len(EJEMPLOS[que])
        subir(operador, id, que, csv(que, antes[que]))
        with transaccion() as sesion:
            assert filas(sesion, id)[que] == antes[que]
        libro = openpyxl.Workbook()
        libro.active.append(FORMAS[que].nombres)
        for fila in antes[que]:
            libro.active.append([_como_excel(celda) for celda in fila])
        salida = io.BytesIO()
        libro.save(salida)
        subir(operador, id, que, Recibido.de_bytes(salida.getvalue()))
        with transaccion() as sesion:
            assert filas(sesion, id)[que] == antes[que]
            assert sesion.get_one(Tarifario, id).leido[que.value]["dialecto"].startswith("Excel")


def _como_excel(celda: str) -> Any:
    try:
        return float(celda.replace(",", "."))
    except ValueError:
        return celda or None


@pytest.mark.parametrize(
    ("que", "fila", "dice"),
    [
        (Que.LUGARES, ("999999", "eje", "", "", "", ""), "no es un departamento ni un municipio"),
        (Que.LUGARES, ("Uyuni, Oruro", "eje", "", "", "", ""), "no es un departamento ni un municipio"),
        (Que.LUGARES, ("02", "eje", "25:00", "", "", ""), "corte «25:00»: escriba la hora"),
        (Que.LUGARES, ("02", "eje", "", "siempre", "", ""), "escriba los días de reparto"),
        (Que.LUGARES, ("02", "", "", "", "", ""), "Falta «zona»"),
        (Que.LUGARES, ("02", "=1+1", "", "", "", ""), "debe empezar con una letra o un número"),
        (Que.RUTAS, ("ordinario", "eje", "eje", "local", "61"), "debe estar entre 0 y 60"),
        (Que.RUTAS, ("¿?", "eje", "eje", "local", "1"), "de 2 a 20 letras"),
        (Que.PRECIOS, ("ordinario", "local", "0", "10,00", "", ""), "entre 0,001 y 1.000 kg"),
        (Que.PRECIOS, ("ordinario", "local", "1", "0,00", "", ""), "debe ser mayor que cero"),
        (Que.PRECIOS, ("ordinario", "local", "1", "10,00", "1", ""), "o deje los dos vacíos"),
        (Que.PRECIOS, ("ordinario", "local", "1", "gratis", "", ""), "precio «gratis»"),
        (
            Que.SERVICIOS,
            (*SERVICIO[:3], "globo", *SERVICIO[4:]),
            "puerta",
        ),
        (
            Que.SERVICIOS,
            (*SERVICIO[:2], "C1", *SERVICIO[3:]),
            "dos letras",
        ),
    ],
)
def test_cada_linea_mala_se_nombra_y_no_cambia_nada(
    operador: Operador, que: Que, fila: tuple[str, ...], dice: str
) -> None:
    id = operador.borrador()
    with transaccion() as sesion:
        antes = filas(sesion, id)
    with pytest.raises(TarifasInvalidas) as hecho:
        subir(operador, id, que, csv(que, [*EJEMPLOS[que][-1:], fila]))
    assert hecho.value.campos.keys() == {"linea-3"}
    assert dice in hecho.value.campos["linea-3"]
    with transaccion() as sesion:
        assert filas(sesion, id) == antes


def test_una_linea_repetida_y_un_archivo_que_no_es(operador: Operador) -> None:
    id = operador.borrador()
    with pytest.raises(TarifasInvalidas) as hecho:
        subir(operador, id, Que.RUTAS, csv(Que.RUTAS, [EJEMPLOS[Que.RUTAS][0]] * 2))
    assert hecho.value.campos == {"linea-3": "Línea 3: Repite la línea 2."}
    with pytest.raises(TarifasInvalidas, match="La primera línea debe decir servicio, origen"):
        subir(operador, id, Que.RUTAS, csv(Que.LUGARES))
    with pytest.raises(TarifasInvalidas, match="no tiene líneas"):
        subir(operador, id, Que.RUTAS, csv(Que.RUTAS, []))


def test_los_lugares_por_codigo_sin_cero_o_por_nombre(operador: Operador) -> None:
    id = operador.borrador()
    escritos = ["20101", "2", "uyuni, potosi", "Potosí", "090101 Cobija"]
    subir(operador, id, Que.LUGARES, csv(Que.LUGARES, [(e, "eje", "", "", "", "") for e in escritos]))
    with transaccion() as sesion:
        hallados = [f.lugar for f in lineas_de(sesion, id, Que.LUGARES)]
    assert hallados == ["02", "020101", "05", "051201", "090101"]


def test_diez_mil_lineas_con_la_memoria_acotada(operador: Operador) -> None:
    id = operador.borrador()
    muchas = [
        ("ordinario", f"tarifa {t}", f"{kg}", f"{10 + kg},00", "", "")
        for t in range(400)
        for kg in range(1, 26)
    ]
    recibido = csv(Que.PRECIOS, muchas)
    assert len(muchas) == 10_000
    tracemalloc.start()
    subir(operador, id, Que.PRECIOS, recibido)
    _actual, pico = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert pico < 64 * 1024 * 1024
    with transaccion() as sesion:
        assert contar_lineas(sesion, id)[Que.PRECIOS] == 10_000
    with pytest.raises(TarifasInvalidas, match=r"más de 10\.000 líneas"):
        subir(
            operador, id, Que.PRECIOS, csv(Que.PRECIOS, [*muchas, ("ordinario", "una", "1", "9,00", "", "")])
        )
    with transaccion() as sesion:
        assert contar_lineas(sesion, id)[Que.PRECIOS] == 10_000


# --- What the database refuses ---------------------------------------------------------------------------


def insertar_banda(sesion: Session, id: Any, desde: int | None, hasta: int) -> None:
    sesion.connection().execute(
        text(
            "INSERT INTO envios_tarifario_banda (tarifario_id, servicio, tarifa, desde_g, hasta_g, precio)"
            " VALUES (:id, 'ordinario', 'local', :desde, :hasta, 5000)"
        ),
        {"id": id, "desde": desde, "hasta": hasta},
    )


@pytest.mark.parametrize(
    ("desde", "hasta", "que"),
    [
        (None, 900, "ex_envios_tarifario_banda_pesos"),
        (1000, 40_000, "ex_envios_tarifario_banda_pesos"),
        (29_000, 31_000, "ex_envios_tarifario_banda_pesos"),
        (31_000, 32_000, "fk_envios_tarifario_banda_anterior"),
    ],
)
def test_ni_huecos_ni_cruces_de_pesos(operador: Operador, desde: int | None, hasta: int, que: str) -> None:
    id = operador.borrador()
    with pytest.raises(IntegrityError, match=que), transaccion() as sesion:
        insertar_banda(sesion, id, desde, hasta)
    with transaccion() as sesion:
        insertar_banda(sesion, id, 30_000, 31_000)  # the next one may be


@pytest.mark.parametrize(
    "orden",
    [
        "DELETE FROM envios_tarifario_banda",
        "DELETE FROM envios_tarifario_lugar",
        "DELETE FROM envios_tarifario_ruta",
        "DELETE FROM envios_tarifario_servicio",
        "INSERT INTO envios_tarifario_ruta SELECT tarifario_id, servicio, 'eje', 'luna', tarifa, dias"
        " FROM envios_tarifario_ruta LIMIT 1",
        "UPDATE envios_tarifario SET leido = '{}'",
        "UPDATE envios_tarifario SET vigente_desde = vigente_desde - interval '1 day'",
        "UPDATE envios_tarifario SET vigente_desde = vigente_desde + interval '1 day'",
        "UPDATE envios_tarifario SET vigente_hasta = vigente_desde + interval '1 ms'",
        "UPDATE envios_tarifario SET estado = 'borrador', vigente_desde = NULL",
        "UPDATE envios_tarifario SET estado = 'retirado'",
        "UPDATE envios_tarifario_banda SET precio = 1",
        "UPDATE envios_tarifario SET numero = 7",
        "DELETE FROM envios_tarifario",
        "ALTER TABLE envios_tarifario DISABLE TRIGGER guarda",
    ],
)
def test_lo_publicado_no_cambia_ni_para_la_aplicacion(operador: Operador, orden: str) -> None:
    id = operador.con_tarifas()
    with transaccion() as sesion:
        antes = filas(sesion, id)
    with pytest.raises(DBAPIError), transaccion() as sesion:
        sesion.connection().execute(text(orden))
    with transaccion() as sesion:
        assert filas(sesion, id) == antes


def test_ni_el_dueño_publica_hacia_atras_ni_a_medias(operador: Operador, duenio: Engine) -> None:
    id = operador.borrador()
    for desde, dice in (
        ("- interval '1 hour'", "never before now"),
        ("+ interval '1 hour'", "lacks something"),
    ):
        with duenio.begin() as conexion:
            conexion.execute(text("DELETE FROM envios_tarifario_lugar"))
        orden = f"UPDATE envios_tarifario SET estado = 'publicado', vigente_desde = nucleo_ahora() {desde}"
        with pytest.raises(DBAPIError, match=dice), duenio.begin() as conexion:
            conexion.execute(text(orden))
    with transaccion() as sesion:
        assert sesion.get_one(Tarifario, id).estado == "borrador"


def test_dos_versiones_no_rigen_a_la_vez(operador: Operador, duenio: Engine) -> None:
    operador.con_tarifas()
    with pytest.raises(IntegrityError, match="ex_envios_tarifario_vigencia"), duenio.begin() as conexion:
        conexion.exec_driver_sql(OTRA_VIGENTE)


# --- Lives -----------------------------------------------------------------------------------------------


def test_una_version_sigue_a_otra_sin_hueco_y_se_retira_antes_de_su_dia(
    operador: Operador, reloj: Any
) -> None:
    primera = operador.con_tarifas()
    hoy = fecha_bolivia(ahora())
    with transaccion() as sesion:
        segunda = empezar(sesion, operador.actor(operador.jefa), operador.id, id=nuevo_id()).id
        assert filas(sesion, segunda) == filas(sesion, primera)  # it begins as the one in force
    operador.publicar(segunda, hoy + timedelta(days=10))
    with transaccion() as sesion:
        tercera = empezar(sesion, operador.actor(operador.jefa), operador.id, id=nuevo_id()).id
    operador.publicar(tercera, hoy + timedelta(days=5))
    el_5 = datetime.combine(hoy + timedelta(days=5), datetime.min.time(), ZONA)
    el_10 = el_5 + timedelta(days=5)
    un_momento = timedelta(microseconds=1)
    assert [en(operador, i) for i in (ahora(), el_5 - un_momento, el_5, el_10 - un_momento, el_10)] == [
        1,
        1,
        3,
        3,
        2,
    ]

    with transaccion() as sesion:
        retirar(sesion, operador.actor(operador.jefa), tercera)
    assert [en(operador, i) for i in (el_5, el_10 - un_momento, el_10)] == [1, 1, 2]
    with transaccion() as sesion:
        retirar(sesion, operador.actor(operador.jefa), segunda)
        assert sesion.get_one(Tarifario, primera).vigente_hasta is None
    with pytest.raises(TarifarioNoAdmite, match="Ya está en vigor"), transaccion() as sesion:
        retirar(sesion, operador.actor(operador.jefa), primera)
    assert en(operador, datetime(2199, 1, 1, tzinfo=UTC)) == 1


def test_publicar_otra_vez_es_lo_mismo_y_dos_para_un_dia_no(operador: Operador) -> None:
    operador.con_tarifas()
    jefa = operador.actor(operador.jefa)
    mañana = fecha_bolivia(ahora()) + timedelta(days=1)
    with transaccion() as sesion:
        segunda = empezar(sesion, jefa, operador.id, id=nuevo_id()).id
        assert empezar(sesion, jefa, operador.id, id=segunda).id == segunda
    with pytest.raises(TarifarioNoAdmite, match="Ya tiene una versión"), transaccion() as sesion:
        empezar(sesion, jefa, operador.id, id=nuevo_id())
    operador.publicar(segunda, mañana)
    operador.publicar(segunda, mañana)
    with transaccion() as sesion:
        tercera = empezar(sesion, jefa, operador.id, id=nuevo_id()).id
    with pytest.raises(VigenciaOcupada):
        operador.publicar(tercera, mañana)
    for dias, dice in ((-1, "hacia atrás"), (400, "dentro del año")):
        with pytest.raises(DatosInvalidos, match=dice):
            operador.publicar(tercera, mañana + timedelta(days=dias - 1))
    with pytest.raises(TarifarioNoAdmite):
        subir(operador, segunda, Que.PRECIOS, csv(Que.PRECIOS))
    with transaccion() as sesion:
        assert sesion.get_one(Tarifario, tercera).estado == "borrador"


@pytest.mark.parametrize(
    ("tablas", "dice"),
    [
        ({"rutas": [("aereo", "eje", "eje", "local", "1")]}, "nombra el servicio «aereo», que no está"),
        ({"rutas": [("ordinario", "eje", "luna", "local", "1")]}, "Ningún lugar es de la zona «luna»"),
        ({"rutas": [("ordinario", "eje", "eje", "cara", "1")]}, "La tarifa «cara» del servicio «ordinario»"),
        ({"rutas": [("expreso", "eje", "eje", "local", "1")]}, "El servicio «ordinario» no tiene rutas"),
        ({"precios": [*PRECIOS[:1], *PRECIOS[2:]]}, "no llegan al peso máximo"),
        (
            {"precios": [*PRECIOS[:1], ("ordinario", "local", "30", "7,00", "1", "2,50"), *PRECIOS[2:]]},
            "un peso mayor cuesta menos",
        ),
    ],
)
def test_a_lo_que_le_falta_algo_no_se_publica(operador: Operador, tablas: Any, dice: str) -> None:
    id = operador.borrador(**tablas)
    with pytest.raises(TarifarioIncompleto) as hecho:
        operador.publicar(id)
    assert dice in hecho.value.detalle
    with transaccion() as sesion:
        assert sesion.get_one(Tarifario, id).vigente_desde is None


def test_solo_quien_administra(operador: Operador, crear_operador: Any) -> None:
    otra: Operador = crear_operador("Mensajería de prueba")
    id = operador.borrador()
    for hacer in (
        lambda s, a: importar(s, a, id, Que.PRECIOS, csv(Que.PRECIOS)),
        lambda s, a: publicar(s, a, id, fecha_bolivia()),
        lambda s, a: retirar(s, a, id),
    ):
        with pytest.raises(TarifarioInexistente), transaccion() as sesion:
            hacer(sesion, otra.actor(otra.jefa))
    with pytest.raises(SinFacultad), transaccion() as sesion:
        empezar(sesion, otra.actor(otra.jefa), operador.id, id=nuevo_id())


# --- Quotes ----------------------------------------------------------------------------------------------


def test_comparar_en_pocas_sentencias_cuantos_operadores_haya(
    crear_operador: Any, contar_consultas: Any
) -> None:
    for n in range(4):
        precios = [(*f[:3], f"{10 + n},00", *f[4:]) for f in PRECIOS]
        crear_operador(f"Operador {n}").con_tarifas(precios=precios)
    pedido = Pedido(LA_PAZ, UYUNI, Bulto(1200))
    with transaccion() as sesion:
        comparar(sesion, pedido)  # the names of places, once a process
    with transaccion() as sesion, contar_consultas() as sentencias:
        comparacion = comparar(sesion, pedido)
    assert len(sentencias) <= 8
    assert [(o.operador, o.cargos.total) for o in comparacion.ofertas] == [
        (f"Operador {n}", bs(10 + n) + bs(3) + bs(8)) for n in range(4)
    ]
    assert not comparacion.negativas


def test_publicar_y_subir_a_la_vez_se_esperan(operador: Operador) -> None:
    """Whatever comes second sees what the first did, through the use case or past it."""
    jefa, hoy = operador.actor(operador.jefa), fecha_bolivia(ahora())
    id = operador.borrador()
    corta = csv(Que.PRECIOS, PRECIOS[:1])
    falla = cruzar(lambda s: importar(s, jefa, id, Que.PRECIOS, corta), lambda s: publicar(s, jefa, id, hoy))
    assert isinstance(falla, TarifarioIncompleto)
    subir(operador, id, Que.PRECIOS, csv(Que.PRECIOS))
    por_fuera = cruzar(lambda s: publicar(s, jefa, id, hoy), lambda s: insertar_banda(s, id, 30_000, 31_000))
    assert "a published rate sheet does not change" in str(por_fuera)
    with transaccion() as sesion:
        assert contar_lineas(sesion, id)[Que.PRECIOS] == len(PRECIOS)
