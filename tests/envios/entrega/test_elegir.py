"""What the recipient chooses: one choice in force, in time, and a code of its own for whom they name."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from empresa_digital.registro import Facultad, parte_tercera
from envios.entrega.codigos import renovar_codigo
from envios.entrega.consultas import eleccion_vigente
from envios.entrega.elegir import Eleccion, elegir, ubicar
from envios.entrega.entregar import entregar
from envios.entrega.errores import EleccionInvalida, YaNoSeElige
from envios.entrega.modelos import EleccionDeEntrega
from envios.entrega.palabras import instrucciones_de
from envios.entrega.presentar import leer_eleccion
from envios.entrega.tipos import QuienPuede
from envios.eventos.errores import CodigoIncorrecto
from envios.eventos.nuevo import EventoNuevo, Fuente
from envios.eventos.registrar_eventos import registrar_evento
from envios.items import EnvioNoEncontrado, envio_por_id
from envios.items.modelos import Envio
from envios.operadores import (
    Agencia,
    ClaseAgencia,
    DatosDeAgencia,
    abrir_agencia,
    cerrar_agencia,
    codigo_plus,
)
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from tests.ayudas.carreras import cruzar
from tests.envios.conftest import SORATA, Reparto

ROSA = Eleccion(recibe=QuienPuede.VECINO, nombre="Rosa Quispe", donde="Puerta verde, al lado")
LUIS = Eleccion(recibe=QuienPuede.AUTORIZADO, nombre="Luis Prueba")


@pytest.fixture
def envio(reparto: Reparto) -> Envio:
    return reparto.enviar()


@pytest.fixture
def agencia(reparto: Reparto, otorgar: Any) -> Agencia:
    otorgar(reparto.correos_id, reparto.cartero, Facultad.ADMINISTRAR)
    datos = DatosDeAgencia("SO-01", "Sorata Plaza", ClaseAgencia.AGENCIA, SORATA, "Plaza 10 de Febrero")
    with transaccion() as sesion:
        return abrir_agencia(sesion, reparto.actor(reparto.cartero), reparto.correos_id, datos)


def elige(reparto: Reparto, envio: Envio, eleccion: Eleccion, quien: Any = None) -> None:
    with transaccion() as sesion:
        elegir(sesion, reparto.actor(quien or reparto.ana), envio.id, eleccion)


def evento(reparto: Reparto, envio: Envio, codigo: str, **mas: Any) -> None:
    with transaccion() as sesion:
        nuevo = EventoNuevo(codigo, envio.id, **mas)
        hecho = registrar_evento(sesion, reparto.actor(reparto.cartero), envio.id, nuevo, Fuente.API)
        assert hecho.error is None, hecho.error


def leida(sesion: Session, envio: Envio) -> Envio:
    sesion.rollback()
    return envio_por_id(sesion, envio.id)


def sin_nada(sesion: Session, envio: Envio) -> bool:
    actual = leida(sesion, envio)
    filas = sesion.exec(select(EleccionDeEntrega)).all()
    return not filas and (actual.version, actual.codigo_de_tercero, actual.latitud) == (1, None, None)


def test_vale_la_ultima_y_lo_mismo_no_es_otra(
    reparto: Reparto, envio: Envio, agencia: Agencia, sesion: Session
) -> None:
    elige(reparto, envio, ROSA)
    elige(reparto, envio, replace(ROSA, nombre=" Rosa  Quispe "))
    elige(reparto, envio, replace(LUIS, agencia_id=agencia.id))
    sesion.rollback()
    vigente = eleccion_vigente(sesion, envio.id)
    assert vigente is not None
    assert (vigente.version, vigente.agencia_id, vigente.nombre) == (2, agencia.id, "Luis Prueba")
    assert instrucciones_de(sesion, [envio.id]) == {
        envio.id: [
            "Lo retira en la agencia Sorata Plaza, Plaza 10 de Febrero.",
            "Puede recibirlo Luis Prueba, con su propio código.",
        ]
    }
    with transaccion() as propia:
        cerrar_agencia(propia, reparto.actor(reparto.cartero), agencia.id, "Refacción")
    sesion.rollback()
    assert instrucciones_de(sesion, [envio.id])[envio.id][1] == (
        "Esa agencia está cerrada: avise a quien recibe."
    )
    elige(reparto, envio, Eleccion())
    sesion.rollback()
    assert instrucciones_de(sesion, [envio.id]) == {envio.id: []}


def test_quien_se_nombra_recibe_con_su_codigo_y_al_cambiar_deja_de_servir(
    reparto: Reparto, envio: Envio, sesion: Session
) -> None:
    elige(reparto, envio, ROSA)
    de_rosa = leida(sesion, envio).codigo_tercero
    elige(reparto, envio, replace(ROSA, donde="Puerta azul"))
    assert leida(sesion, envio).codigo_tercero == de_rosa  # the same person
    elige(reparto, envio, LUIS)
    de_luis = leida(sesion, envio).codigo_tercero
    assert de_rosa is not None
    assert de_luis is not None
    assert len({de_rosa, de_luis, envio.codigo_entrega}) == 3
    for quien, ve in ((reparto.ana, de_luis), (reparto.vendedora, None), (reparto.cartero, None)):
        dice = leer_eleccion(sesion, reparto.actor(quien), leida(sesion, envio))
        assert (dice.nombre, dice.codigo_de_tercero) == ("Luis Prueba", ve)
    with transaccion() as propia:
        hecho = entregar(propia, reparto.actor(reparto.cartero), envio.id, de_rosa)
        assert isinstance(hecho.error, CodigoIncorrecto)
    with transaccion() as propia:
        hecho = entregar(propia, reparto.actor(reparto.cartero), envio.id, de_luis)
        assert hecho.error is None
    assert leida(sesion, envio).estado == "entregado"


def test_renovar_el_codigo_renueva_los_dos(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    elige(reparto, envio, LUIS)
    antes = leida(sesion, envio).codigo_tercero
    with transaccion() as propia:
        renovar_codigo(propia, reparto.actor(reparto.ana), envio.id)
    assert leida(sesion, envio).codigo_tercero not in (None, antes)


@pytest.mark.parametrize(
    ("eleccion", "campo"),
    [
        (replace(LUIS, nombre=" x "), "nombre"),
        (replace(ROSA, donde=""), "donde"),
        (replace(ROSA, agencia_id=nuevo_id()), "recibe"),
        (Eleccion(agencia_id=nuevo_id()), "agencia_id"),
    ],
)
def test_lo_que_no_puede_ser(
    reparto: Reparto, envio: Envio, sesion: Session, eleccion: Eleccion, campo: str
) -> None:
    with pytest.raises(EleccionInvalida) as dicho:
        elige(reparto, envio, eleccion)
    assert campo in (dicho.value.campos or {})
    assert sin_nada(sesion, envio)


def test_ni_la_agencia_de_otro_lugar_ni_una_cerrada(
    reparto: Reparto, envio: Envio, agencia: Agencia, sesion: Session
) -> None:
    otro_lugar = reparto.enviar(destino_municipio_ine="050101")
    with pytest.raises(EleccionInvalida):
        elige(reparto, otro_lugar, Eleccion(agencia_id=agencia.id))
    with transaccion() as propia:
        cerrar_agencia(propia, reparto.actor(reparto.cartero), agencia.id, "Refacción")
    with pytest.raises(EleccionInvalida):
        elige(reparto, envio, Eleccion(agencia_id=agencia.id))
    assert sin_nada(sesion, envio)


@pytest.mark.parametrize(("dias", "vale"), [(0, False), (1, True), (2, False), (10, True), (11, False)])
def test_el_dia_es_de_reparto_y_no_muy_lejos(
    reparto: Reparto, sesion: Session, reloj: Any, dias: int, vale: bool
) -> None:
    primero = date(reloj.ahora().year + 1, 9, 1)  # a month without holidays there
    viernes = primero + timedelta(days=(5 - primero.isoweekday()) % 7)
    reloj.situar(datetime.combine(viernes, time(15), UTC))
    envio = reparto.enviar()
    eleccion = Eleccion(dia=viernes + timedelta(days=dias))
    if vale:
        elige(reparto, envio, eleccion)
        return
    with pytest.raises(EleccionInvalida):
        elige(reparto, envio, eleccion)
    assert sin_nada(sesion, envio)


def test_nadie_mas_elige(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    for quien in (reparto.vendedora, reparto.cartero, reparto.ajeno):
        with pytest.raises(EnvioNoEncontrado):
            elige(reparto, envio, LUIS, quien)
        with pytest.raises(EnvioNoEncontrado), transaccion() as propia:
            ubicar(propia, reparto.actor(quien), envio.id, Decimal("-15.7"), Decimal("-68.6"))
    assert sin_nada(sesion, envio)


def test_por_un_tercero_elige_quien_lo_envia(reparto: Reparto, sesion: Session) -> None:
    with transaccion() as propia:
        tercero = parte_tercera(propia, "Ana Prueba", "70000001").id
    envio = reparto.enviar(destinatario_parte_id=tercero)
    elige(reparto, envio, LUIS, reparto.vendedora)
    assert leida(sesion, envio).codigo_tercero


@pytest.mark.parametrize("codigos", [["EDG"], ["EMI"], ["EDH", "QHDV"]])
def test_a_la_puerta_de_vuelta_o_terminado_ya_no(
    reparto: Reparto, envio: Envio, sesion: Session, codigos: list[str]
) -> None:
    for codigo in codigos:
        evento(reparto, envio, codigo, codigo_entrega=envio.codigo_entrega)
    antes = leida(sesion, envio).version
    with pytest.raises(YaNoSeElige):
        elige(reparto, envio, LUIS)
    with pytest.raises(YaNoSeElige), transaccion() as propia:
        ubicar(propia, reparto.actor(reparto.ana), envio.id, Decimal("-15.7"), Decimal("-68.6"))
    assert (leida(sesion, envio).version, sesion.exec(select(EleccionDeEntrega)).all()) == (antes, [])
    fila = EleccionDeEntrega(
        envio_id=envio.id, version=1, recibe=QuienPuede.DESTINATARIO, elegida_por="nadie"
    )
    with pytest.raises(DBAPIError), sesion.begin_nested():  # nor by the database
        sesion.add(fila)


def test_se_elige_o_sale_a_reparto_no_las_dos(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    actor = reparto.actor(reparto.cartero)

    def sale(s: Session) -> None:
        hecho = registrar_evento(s, actor, envio.id, EventoNuevo("EDG", envio.id), Fuente.API)
        assert hecho.error is None

    fallo = cruzar(sale, lambda s: elegir(s, reparto.actor(reparto.ana), envio.id, LUIS))
    assert isinstance(fallo, YaNoSeElige)
    assert (leida(sesion, envio).estado, envio.codigo_de_tercero) == ("en_reparto", None)


def test_no_se_cambia_de_parecer_sin_fin(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    for n in range(10):
        elige(reparto, envio, replace(LUIS, nombre=f"Luis {n}"))
    with pytest.raises(YaNoSeElige):
        elige(reparto, envio, LUIS)
    sesion.rollback()
    assert len(sesion.exec(select(EleccionDeEntrega)).all()) == 10


def test_el_punto_del_mapa(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    def ubica(latitud: str | None, longitud: str | None) -> None:
        with transaccion() as propia:
            ubicar(
                propia,
                reparto.actor(reparto.ana),
                envio.id,
                Decimal(latitud) if latitud else None,
                Decimal(longitud) if longitud else None,
            )

    for mal in (("-15.7", None), ("-8.9", "-68"), ("-15", "-56.9"), ("15.7", "68.6")):
        with pytest.raises(DatosInvalidos):
            ubica(*mal)
    assert sin_nada(sesion, envio)
    ubica("-15.7731239", "-68.6489999")
    assert (leida(sesion, envio).latitud, envio_por_id(sesion, envio.id).longitud) == (
        Decimal("-15.773124"),
        Decimal("-68.649000"),
    )
    ubica(None, None)
    assert leida(sesion, envio).latitud is None


def test_fuera_de_bolivia_ni_por_la_base(reparto: Reparto, envio: Envio, sesion: Session) -> None:
    for orden in ("latitud = -15, longitud = NULL", "latitud = -8, longitud = -68"):
        with pytest.raises(DBAPIError), sesion.begin_nested():
            sesion.connection().execute(text(f"UPDATE envios_envio SET {orden}"))


# Those of ten digits of the published table (google/open-location-code, test_data/encoding.csv).
PLUS = """
20.3700625,2.7821875,7FG49QCJ+2V
47.0000625,8.0000625,8FVC2222+22
-41.2730625,174.7859375,4VCPPQGP+Q9
-89.9999375,-179.9999375,22222222+22
90,1,CFX3X2X2+X2
47.0000625,728.0000625,8FVC2222+22
-41.2730625,1254.7859375,4VCPPQGP+Q9
47.0000625,-711.9999375,8FVC2222+22
-41.2730625,-905.2140625,4VCPPQGP+Q9
1.2,3.4,6FH56C22+22
35.6,3.033,8F75J22M+26
-37.014,-159.936,43J2X3P7+CJ
58.66,149.17,9RCFM56C+22
10.734,-168.294,722HPPM4+JC
-25.798,-59.812,5862652Q+R6
-19.212,107.423,5PG9QCQF+66
-18.32,96.397,5MHRM9JW+2R
"""


@pytest.mark.parametrize("linea", PLUS.split())
def test_codigo_plus_de_la_tabla_publicada(linea: str) -> None:
    latitud, longitud, codigo = linea.split(",")
    assert codigo_plus(Decimal(latitud), Decimal(longitud)) == codigo
