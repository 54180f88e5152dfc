"""Quotes: all operators compared, one of them held; what was quoted is the same for ever."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import func, select

from envios.tarifas.cotizar import (
    SE_SOSTIENE,
    Pedido,
    comparar,
    cotizacion_vigente,
    cotizar,
    oferta_de,
)
from envios.tarifas.errores import CotizacionInexistente, CotizacionVencida, SinOferta
from envios.tarifas.modelos import Cotizacion
from envios.tarifas.tablas import EJEMPLOS, Que
from envios.tarifas.tareas import descartar_borradores
from envios.tarifas.tarifarios import empezar, importar
from envios.tarifas.valores import Bulto, Medidas, Oferta, Razon
from envios.tarifas.verificar import verificar_tarifas
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.reloj import ZONA
from tests.envios.tarifas.conftest import LA_PAZ, POTOSI, TRINIDAD, UYUNI, Operador, csv

PRECIOS = EJEMPLOS[Que.PRECIOS]
OTRA = """
    INSERT INTO envios_cotizacion
    SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), {}))).*
    FROM envios_cotizacion c
"""


def guardar(operador: Operador, bulto: Bulto, **otro: Any) -> Cotizacion:
    datos = {"origen_ine": LA_PAZ, "destino_ine": UYUNI, "servicio": "ordinario"} | otro
    with transaccion() as sesion:
        pedido = Pedido(bulto=bulto, operador_unidad_id=operador.id, **datos)
        return cotizar(sesion, operador.actor(operador.cartero), pedido, id=nuevo_id())


def test_del_mas_barato_al_mas_caro_con_su_fecha_y_quien_no(crear_operador: Any, reloj: Any) -> None:
    reloj.situar(datetime(2026, 12, 1, 10, tzinfo=ZONA))  # a Tuesday
    operador, caro = crear_operador("Correos de prueba"), crear_operador("Mensajería de prueba")
    operador.con_tarifas()
    caro.con_tarifas(
        precios=[(f[0], f[1], f[2], "99,00", *f[4:]) for f in PRECIOS],
        lugares=[f for f in EJEMPLOS[Que.LUGARES] if not f[0].startswith("051201")],
    )
    with transaccion() as sesion:
        a_uyuni = comparar(sesion, Pedido(LA_PAZ, UYUNI, Bulto(1200)))
        a_trinidad = comparar(sesion, Pedido(LA_PAZ, TRINIDAD, Bulto(1200)))
        de_trinidad = comparar(sesion, Pedido(TRINIDAD, LA_PAZ, Bulto(1200)))
        al_reves = comparar(sesion, Pedido(POTOSI, LA_PAZ, Bulto(1200)))
        expreso = comparar(sesion, Pedido(LA_PAZ, UYUNI, Bulto(1200), "expreso"))
        pesado = comparar(sesion, Pedido(LA_PAZ, UYUNI, Bulto(31_000)))
    # Uyuni is told apart from its department by the first one: Bs 8 and a day more, and delivery on Tuesdays
    # and Fridays: four days end on Monday 7, and it waits for Tuesday 8.
    assert [(o.operador, o.cargos.total, o.promesa and o.promesa.entrega_el) for o in a_uyuni.ofertas] == [
        ("Correos de prueba", bs(18) + bs(3) + bs(8), date(2026, 12, 8)),
        ("Mensajería de prueba", bs(99) + bs(3), date(2026, 12, 4)),
    ]
    for comparacion, razon in (
        (a_trinidad, Razon.SIN_DESTINO),
        (de_trinidad, Razon.SIN_ORIGEN),
        (al_reves, Razon.SIN_RUTA),
        (expreso, Razon.SIN_SERVICIO),
        (pesado, Razon.PESADO),
    ):
        assert not comparacion.ofertas
        assert [n.razon for _operador, n in comparacion.negativas] == [razon] * 2


def test_un_operador_sin_habilitacion_no_cotiza(operador: Operador, duenio: Engine, reloj: Any) -> None:
    operador.con_tarifas()
    with duenio.begin() as conexion:
        conexion.execute(
            text(
                "UPDATE registro_habilitacion SET vigente_desde = '2020-01-01', vigente_hasta = '2020-01-02'"
            )
        )
    with transaccion() as sesion:
        comparacion = comparar(sesion, Pedido(LA_PAZ, UYUNI, Bulto(1200)))
    assert (comparacion.ofertas, comparacion.negativas) == ((), ())


def test_lo_cotizado_se_sostiene_aunque_cambien_las_tarifas(operador: Operador, reloj: Any) -> None:
    operador.con_tarifas()
    bulto = Bulto(1200, Medidas(60, 40, 40), bs("1000.55"), bs("333.33"))
    antes = guardar(operador, bulto)
    assert antes.total == bs("18") + bs(3) * 37 + bs(8) + bs("10.01") + bs("6.67")
    assert antes.vence_en - antes.ofrecida_en == SE_SOSTIENE
    with transaccion() as sesion:
        otra = empezar(sesion, operador.actor(operador.jefa), operador.id, id=nuevo_id()).id
    with transaccion() as sesion:
        dobles = [(*f[:3], f"{2 * int(f[3][:-3])},00", *f[4:]) for f in PRECIOS]
        importar(sesion, operador.actor(operador.jefa), otra, Que.PRECIOS, csv(Que.PRECIOS, dobles))
    operador.publicar(otra)
    despues = guardar(operador, bulto)
    assert despues.total == antes.total + bs(18)
    assert despues.tarifario_id != antes.tarifario_id
    with transaccion() as sesion:
        for guardada in (antes, despues):
            rehecha = oferta_de(sesion, guardada)
            assert isinstance(rehecha, Oferta)
            assert rehecha.cargos.total == guardada.total
            assert rehecha.promesa is not None
            assert rehecha.promesa.entrega_el == guardada.entrega_el
        assert verificar_tarifas(sesion) == []


def test_quien_la_cita_la_tiene_hasta_que_vence(operador: Operador, reloj: Any) -> None:
    operador.con_tarifas()
    guardada = guardar(operador, Bulto(1200, Medidas(10, 10, 10)))
    reloj.situar(guardada.vence_en - timedelta(seconds=30))
    with transaccion() as sesion:
        citada = cotizacion_vigente(sesion, guardada.id)
    assert (citada.total, citada.bulto) == (bs(29), Bulto(1200, Medidas(10, 10, 10)))
    reloj.adelantar(timedelta(minutes=1))
    with pytest.raises(CotizacionVencida), transaccion() as sesion:
        cotizacion_vigente(sesion, guardada.id)
    with pytest.raises(CotizacionInexistente), transaccion() as sesion:
        cotizacion_vigente(sesion, nuevo_id())


def test_lo_que_no_se_lleva_no_se_guarda(operador: Operador) -> None:
    with pytest.raises(SinOferta, match="no tiene tarifas en vigor") as hecho:
        guardar(operador, Bulto(1200))
    assert hecho.value.extra["razon"] == "sin_tarifas"
    operador.con_tarifas()
    for bulto, otro, razon in (
        (Bulto(30_001), {}, "pesado"),
        (Bulto(1, recojo=True), {}, "sin_recojo"),
        (Bulto(1), {"servicio": "expreso"}, "sin_servicio"),
        (Bulto(1), {"destino_ine": TRINIDAD}, "sin_destino"),
    ):
        with pytest.raises(SinOferta) as hecho:
            guardar(operador, bulto, **otro)
        assert hecho.value.extra["razon"] == razon
    with pytest.raises(DatosInvalidos) as malo:
        guardar(operador, Bulto(1), destino_ine="999999")
    assert malo.value.campos.keys() == {"destino"}
    with transaccion() as sesion:
        assert sesion.exec(select(func.count()).select_from(Cotizacion)).one() == 0


@pytest.mark.parametrize(
    "orden",
    [
        "UPDATE envios_cotizacion SET vence_en = vence_en + interval '1 day'",
        "DELETE FROM envios_cotizacion",
        OTRA.format("'total', c.total - 1"),
        OTRA.format("'ofrecida_en', nucleo_ahora() - interval '1 h'"),
        OTRA.format("'ofrecida_en', nucleo_ahora() + interval '1 h'"),
    ],
)
def test_una_cotizacion_no_se_toca_ni_se_inventa(operador: Operador, orden: str) -> None:
    operador.con_tarifas()
    guardar(operador, Bulto(1200))
    with pytest.raises(DBAPIError), transaccion() as sesion:
        sesion.connection().execute(text(orden))
    with transaccion() as sesion:
        assert sesion.exec(select(func.count()).select_from(Cotizacion)).one() == 1


def test_verificar_ve_lo_que_se_toco_por_fuera(operador: Operador, duenio: Engine) -> None:
    operador.con_tarifas()
    guardada = guardar(operador, Bulto(1200))
    with duenio.begin() as conexion:
        conexion.exec_driver_sql("UPDATE envios_tarifario_banda SET precio = precio + 1")
    with transaccion() as sesion:
        assert verificar_tarifas(sesion) == [f"la cotización {guardada.id} no es lo que dan sus tarifas"]
    with duenio.begin() as conexion:
        conexion.exec_driver_sql(
            "UPDATE envios_tarifario_banda SET precio = precio - 1;"
            "UPDATE envios_tarifario_lugar SET lugar = '099999' WHERE lugar = '05'"
        )
    with transaccion() as sesion:
        assert verificar_tarifas(sesion) == [
            f"el tarifario {guardada.tarifario_id} nombra el lugar 099999, que no existe"
        ]


def test_un_borrador_olvidado_se_descarta_solo(operador: Operador, reloj: Any) -> None:
    id = operador.borrador()
    reloj.adelantar(timedelta(days=89))
    assert descartar_borradores() == 0
    reloj.adelantar(timedelta(days=2))
    assert descartar_borradores() == 1
    assert descartar_borradores() == 0
    with transaccion() as otra:
        assert empezar(otra, operador.actor(operador.jefa), operador.id, id=nuevo_id()).id != id
