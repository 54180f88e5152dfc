"""Processes of here and planned lines in the market: what was told of them, whenever it is heard."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

import feria_inversa.panorama.manejadores
import feria_inversa.panorama.verificar  # noqa: F401 (they register themselves)
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.panorama import Filtro, buscar, hallar, llevar_historia, llevar_lo_de_aqui, resumir
from feria_inversa.panorama.modelos import ItemDelMercado, ProcesoDelMercado
from feria_inversa.plan.esquemas import Cambio
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.paginacion import PRIMERA_PAGINA
from nucleo.reloj import ZONA
from nucleo.verificar import verificar
from tests.feria_inversa.conftest import SUCRE, Feria
from tests.feria_inversa.datos_abiertos.historias import cancelada, contratada, desierta
from tests.feria_inversa.importar.ayudas import CABEZA, consultar, renglon, traer
from tests.feria_inversa.plan.ayudas import EN_MARZO, cambia, lineas, publicado

_FILAS = "SELECT p::text FROM feria_mercado_proceso p UNION ALL SELECT i::text FROM feria_mercado_item i"


def _procesos(sesion: Session) -> list[ProcesoDelMercado]:
    sesion.expire_all()
    return list(sesion.exec(select(ProcesoDelMercado).order_by(col(ProcesoDelMercado.id))))


def test_un_proceso_con_su_vida_y_no_antes_de_lo_que_es_publico(
    feria: Feria, sesion: Session, bd: Engine, reloj: Any, duenio: Engine
) -> None:
    convocatoria = feria.publicada()
    feria.ofertar(feria.ana, convocatoria.id, ["440.00", "700.10"])
    assert _procesos(sesion) == []
    entregar_pendientes()
    (fila,) = _procesos(sesion)
    assert (fila.cuce, fila.convocatoria_id, fila.etapa, fila.proponentes) == (
        convocatoria.cuce,
        convocatoria.id,
        "convocado",
        None,
    )
    assert (fila.cierra_en, fila.departamento, fila.municipio_ine, fila.modalidad, fila.normativa) == (
        convocatoria.vence_en,
        "01",
        SUCRE,
        "CM",
        "NB-SABS (D.S.0181)",
    )
    assert (fila.total_referencial, fila.total_adjudicado, fila.items) == (
        convocatoria.monto_referencial,
        None,
        2,
    )
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, convocatoria.id)
    entregar_pendientes()
    (fila,) = _procesos(sesion)
    assert (fila.etapa, fila.proponentes, fila.cierra_en) == ("en_curso", 1, None)

    antes = sorted(consultar(bd, _FILAS))
    with duenio.begin() as conexion:  # heard again, and of before
        conexion.execute(text("UPDATE nucleo_entrega SET hecha_en = NULL"))
    entregar_pendientes()
    assert sorted(consultar(bd, _FILAS)) == antes
    assert verificar("mercado del Estado") == []


def test_lo_adjudicado_lo_desierto_y_lo_que_quedo_sin_efecto(
    feria: Feria, sesion: Session, bd: Engine, reloj: Any
) -> None:
    """Two winners, whose orders are not paid yet."""
    for historia in (contratada, desierta, cancelada):
        historia(feria, reloj)
    assert llevar_lo_de_aqui() == 3  # as whoever had them before the market was there
    adjudicado, desierto, cancelado = sorted(_procesos(sesion), key=lambda fila: fila.etapa)
    assert [(f.etapa, f.estado) for f in (adjudicado, desierto, cancelado)] == [
        ("adjudicado", "complete"),
        ("desierto", "unsuccessful"),
        ("sin_efecto", "cancelled"),
    ]
    assert (adjudicado.proponentes, adjudicado.dias_al_pago) == (2, None)
    pupitre, pizarra = sesion.exec(
        select(ItemDelMercado)
        .where(ItemDelMercado.proceso_id == adjudicado.id)
        .order_by(col(ItemDelMercado.lugar))
    ).all()
    assert (pupitre.precio_adjudicado, pizarra.precio_adjudicado) == (bs("430.25"), bs("700.10"))
    assert (pupitre.proveedor, pizarra.proveedor) != (None, None)
    assert pupitre.proveedor_numero != pizarra.proveedor_numero
    assert adjudicado.total_adjudicado == pupitre.precio_adjudicado * (
        pupitre.cantidad or Decimal(0)
    ) + pizarra.precio_adjudicado * (pizarra.cantidad or Decimal(0))
    assert (desierto.total_adjudicado, desierto.proponentes, cancelado.cierra_en) == (None, 0, None)
    assert llevar_lo_de_aqui() == 0
    entregar_pendientes()
    assert verificar("mercado del Estado") == []


@pytest.mark.parametrize("primero", ["aqui", "historia"])
def test_el_que_esta_aqui_y_en_la_historia_es_uno_y_es_el_de_aqui(
    primero: str, feria: Feria, sesion: Session
) -> None:
    convocatoria = feria.publicada()
    mes = CABEZA + renglon(1, cuce=str(convocatoria.cuce), estado="Desierto") + renglon(2)
    if primero == "aqui":
        entregar_pendientes()
    traer(mes)
    llevar_historia()
    if primero == "historia":
        assert sorted(f.etapa for f in _procesos(sesion)) == ["convocado", "desierto"]
    entregar_pendientes()
    filas = {str(f.cuce): f for f in _procesos(sesion)}
    assert len(filas) == 2
    una = filas[str(convocatoria.cuce)]
    assert (una.etapa, una.convocatoria_id, una.archivo_id, una.items) == (
        "convocado",
        convocatoria.id,
        None,
        2,
    )
    assert verificar("mercado del Estado") == []


def test_lo_programado_es_lo_que_dice_la_ultima_version_del_plan(
    feria: Feria, sesion: Session, reloj: Any, cliente: Any
) -> None:
    reloj.situar(EN_MARZO)
    plan_id = publicado(feria)
    entregar_pendientes()
    pupitres, obra = _procesos(sesion)
    assert (pupitres.etapa, pupitres.previsto, pupitres.familias, pupitres.total_referencial) == (
        "programado",
        date(2028, 5, 1),
        ["5612"],
        bs("18000.00"),
    )
    assert (obra.cuce, obra.objeto, obra.dia) == (None, "Refacción del mercado central", date(2028, 8, 1))
    pagina = cliente.get(f"/feria/mercado?etapa=programado&entidad={obra.entidad_codigo}").text
    for dicho in (
        "Solo lo de: Gobierno Municipal Prueba.",  # only its plan is known: the registry names it
        f'Prueba</a> <a class="enlace-aparte suave" href="/feria/mercado/entidades/{obra.entidad_codigo}"',
        '"cifra__detalle">De mayo de 2028 a agosto de 2028<',
        "Cuenta las líneas de los planes, por el mes en que se convocarán.",
    ):
        assert dicho in pagina, dicho
    primera = lineas(plan_id)[0]
    cambia(feria, plan_id, Cambio(numero=primera.numero))
    entregar_pendientes()
    assert [f.objeto for f in _procesos(sesion)] == ["Refacción del mercado central"]
    assert verificar("mercado del Estado") == []
    reloj.situar(datetime(2028, 9, 1, 12, tzinfo=ZONA))  # that of August is gone by, unless it is asked for
    for pedido, dichos in ((Filtro(), []), (Filtro(anio=2028), ["Refacción del mercado central"])):
        hallazgo = hallar(sesion, replace(pedido, etapa="programado"))
        assert [f.objeto for f in buscar(sesion, hallazgo, PRIMERA_PAGINA)[0]] == dichos
        resumen = resumir(sesion, hallazgo)
        assert (resumen.procesos, resumen.programados) == (len(dichos), 0)
