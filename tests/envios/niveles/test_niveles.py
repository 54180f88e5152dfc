"""Service levels worked by hand: on time, first attempt, days of each stage; corrections change history."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from empresa_digital.registro import Facultad, exigir_facultad
from envios.eventos import AccionIntento, Correccion, EventoNuevo, Fuente, Motivo, MotivoCorreccion, corregir
from envios.eventos.registrar_eventos import registrar_autorizado
from envios.items.consultas import envio_por_id
from envios.items.modelos import Envio
from envios.niveles.abiertos import _COLUMNAS, _filas
from envios.niveles.calcular import calcular_pendientes, recalcular
from envios.niveles.medir import Etapa, Filtro, Medida, Por, medir
from envios.niveles.modelos import Nivel
from envios.niveles.verificar import verificar_niveles
from nucleo.bd import transaccion
from nucleo.reloj import ZONA, ahora
from tests.ayudas.carreras import cruzar
from tests.envios.conftest import Reparto
from tests.envios.tarifas.conftest import LA_PAZ

VIAJE = (("EMA", 0), ("EMC", 12), ("EMD", 36), ("EDG", 48), ("EMI", 54))
"""Hours: leaves after half a day, a day on the road, half a day at the office, six hours of delivery."""


@pytest.fixture
def contar(reparto: Reparto) -> Callable[..., Envio]:
    """`contar(*pasos)`: an item received ten days ago, whose events are these, by hours since then."""

    def hacer(*pasos: tuple[str, float]) -> Envio:
        envio = reparto.enviar()
        inicio = ahora() - timedelta(days=10)
        with transaccion() as sesion:
            fila = envio_por_id(sesion, envio.id)
            fila.creado_en = fila.estado_en = inicio - timedelta(hours=2)
        with transaccion() as sesion:
            permiso = exigir_facultad(
                sesion, reparto.actor(reparto.cartero), reparto.correos_id, Facultad.DESPACHAR
            )
            nuevos = [
                EventoNuevo(
                    codigo,
                    envio.id,
                    ocurrido_en=inicio + timedelta(hours=h),
                    evento_cliente_id=f"{envio.id.hex}:{n}",
                    municipio_ine=LA_PAZ if codigo == "EMA" else None,
                    motivo=Motivo.CLIMA if codigo == "EMH" else None,
                    accion=AccionIntento.NUEVO_INTENTO if codigo == "EMH" else None,
                )
                for n, (codigo, h) in enumerate(pasos)
            ]
            registrar_autorizado(
                sesion, permiso, reparto.correos_id, nuevos, Fuente.LOTE, verificar_codigo=False
            )
        return envio

    return hacer


def nivel(envio: Envio) -> Nivel | None:
    with transaccion() as sesion:
        return sesion.get(Nivel, envio.id)


def una(filtro: Filtro | None = None, **mas: Any) -> Medida:
    with transaccion() as sesion:
        (medida,) = medir(sesion, filtro or Filtro(), **mas).medidas
        return medida


def test_una_historia_entera(contar: Callable[..., Envio]) -> None:
    envio = contar(*VIAJE)
    assert calcular_pendientes() == 1
    assert calcular_pendientes() == 0
    fila = nivel(envio)
    assert fila is not None
    horas = [
        (en - fila.admitido_en) / timedelta(hours=1)
        for en in (fila.salida_en, fila.llegada_en, fila.reparto_en, fila.entregado_en)
        if en is not None
    ]
    assert horas == [12, 36, 48, 54]
    assert (fila.primer_intento, fila.terminado, fila.prometido_el, fila.servicio) == (True, True, None, None)
    assert (fila.origen_ine, fila.destino_ine) == (LA_PAZ, "020601")
    assert fila.mes == fila.admitido_en.astimezone(ZONA).date().replace(day=1)


@pytest.mark.parametrize(
    ("pasos", "primero"),
    [
        ((("EMA", 0),), None),
        ((("EMA", 0), ("EDG", 5), ("EMH", 6)), False),
        ((("EMA", 0), ("EDG", 5), ("EMH", 6), ("EMI", 30)), False),
        ((("EMA", 0), ("EMI", 30)), True),
    ],
)
def test_primer_intento(contar: Callable[..., Envio], pasos: Any, primero: bool | None) -> None:
    envio = contar(*pasos)
    calcular_pendientes()
    fila = nivel(envio)
    assert fila is not None
    assert fila.primer_intento is primero


def test_una_correccion_cambia_la_historia(
    contar: Callable[..., Envio], reparto: Reparto, duenio: Engine
) -> None:
    envio = contar(*VIAJE)
    calcular_pendientes()
    for n, queda in ((4, None), (0, 0)):
        with transaccion() as sesion:
            nueva = Correccion(MotivoCorreccion.NO_OCURRIO, None, f"{envio.id.hex}:{n}")
            corregir(sesion, reparto.actor(reparto.cartero), reparto.correos_id, nueva, Fuente.API)
        assert calcular_pendientes() == 1
        fila = nivel(envio)
        assert fila is not None
        assert fila.entregado_en is None
        assert (fila.salida_en == fila.admitido_en) is (queda == 0)  # the first one left is now the departure
    with transaccion() as sesion:
        assert verificar_niveles(sesion) == []
    with duenio.begin() as conexion:
        conexion.execute(text("UPDATE envios_nivel SET reparto_en = reparto_en + interval '1 hour'"))
    with transaccion() as sesion:
        (falta,) = verificar_niveles(sesion)
    assert f"el nivel del envío {envio.numero} dice reparto_en" in falta


def test_lo_que_nadie_recibio_deja_de_contar(contar: Callable[..., Envio], reparto: Reparto) -> None:
    envio = contar(("EMA", 0))
    calcular_pendientes()
    assert nivel(envio) is not None
    with transaccion() as sesion:
        nueva = Correccion(MotivoCorreccion.OTRO_ENVIO, None, f"{envio.id.hex}:0")
        corregir(sesion, reparto.actor(reparto.cartero), reparto.correos_id, nueva, Fuente.API)
    assert calcular_pendientes() == 1
    assert nivel(envio) is None


def test_medianas_y_minimo(contar: Callable[..., Envio], duenio: Engine) -> None:
    """Five items: 54, 60, 66, 72 and 78 hours from end to end; four are too few to be told."""
    envios = [contar(*VIAJE[:-1], ("EMI", 54 + 6 * n)) for n in range(4)]
    calcular_pendientes()
    with transaccion() as sesion:
        pocos = medir(sesion, Filtro(), [Por.OPERADOR])
        assert (pocos.medidas, pocos.pocos) == ((), 1)
    envios.append(contar(*VIAJE[:-1], ("EMI", 78)))
    calcular_pendientes()
    medida = una()
    assert (medida.n, medida.entregados, medida.sin_promesa, medida.decididos) == (5, 5, 5, 0)
    assert (medida.puntualidad, medida.primera) == (None, Decimal(100))
    total = medida.etapas[Etapa.TOTAL]
    assert (total.n, total.mediana, total.p90) == (5, Decimal("2.8"), Decimal("3.2"))  # 66 h, 75,6 h
    assert medida.etapas[Etapa.SALIDA].mediana == Decimal("0.5")
    # By hand: three kept it, one broke it, of the fifth it is not known yet.
    hoy = ahora().astimezone(ZONA).date()
    prometidos = [hoy, hoy, hoy, date(2020, 1, 1), None]
    with duenio.begin() as conexion:
        for envio, dia in zip(envios, prometidos, strict=True):
            conexion.execute(
                text("UPDATE envios_nivel SET prometido_el = :dia WHERE envio_id = :id"),
                {"dia": dia, "id": envio.id},
            )
        conexion.execute(
            text("UPDATE envios_nivel SET entregado_en = NULL, terminado = false WHERE envio_id = :id"),
            {"id": envios[0].id},
        )
    medida = una(minimo=1)
    assert (medida.sin_promesa, medida.decididos, medida.a_tiempo, medida.entregados) == (1, 3, 2, 4)


def test_filtros(contar: Callable[..., Envio], reparto: Reparto) -> None:
    contar(*VIAJE)
    calcular_pendientes()
    mes = (ahora() - timedelta(days=10)).astimezone(ZONA).date().replace(day=1)
    for filtro, cuantos in (
        (Filtro(operador_unidad_id=reparto.correos_id, origen="02", destino="020601"), 1),
        (Filtro(desde=mes, hasta=mes), 1),
        (Filtro(desde=mes + timedelta(days=40)), 0),
        (Filtro(servicio="expreso"), 0),
        (Filtro(origen="07"), 0),
        (Filtro(operador_unidad_id=UUID(int=7)), 0),
    ):
        with transaccion() as sesion:
            assert sum(m.n for m in medir(sesion, filtro, minimo=1).medidas) == cuantos


def test_paginas_y_datos_abiertos(
    contar: Callable[..., Envio], reparto: Reparto, cliente: Any, sesion_web: Any
) -> None:
    assert "Muy pocos envíos" in cliente.get("/niveles-de-servicio").text
    for _n in range(5):
        contar(*VIAJE)
    calcular_pendientes()
    pagina = cliente.get("/niveles-de-servicio", params={"operador": str(reparto.correos_id), "origen": "02"})
    assert pagina.status_code == 200
    assert "<svg" in pagina.text
    assert "ninguno" in pagina.text  # nobody promised a date
    titulos = re.findall(r'id="por-(\w+)"', cliente.get("/niveles-de-servicio").text)
    assert titulos == ["operador", "servicio", "origen", "destino", "mes"]
    assert cliente.get("/niveles-de-servicio", params={"desde": "ayer mismo"}).status_code == 422
    propia = sesion_web(reparto.cartero).get("/envios/operador/niveles")
    assert "Nuestros niveles de servicio" in propia.text

    ruta = "/api/v1/niveles-de-servicio"
    json = cliente.get(ruta, params={"por": ["operador", "destino"]})
    (dato,) = json.json()["datos"]
    assert (dato["operador"], dato["destino"], dato["n"]) == (str(reparto.correos_id), "02", 5)
    assert (dato["total_mediana"], dato["a_tiempo_pct"], dato["sin_promesa"]) == ("2.3", None, 5)
    assert set(dato) <= set(json.json()["columnas"])
    marca = json.headers["etag"]
    igual = cliente.get(ruta, params={"por": ["operador", "destino"]}, headers={"If-None-Match": marca})
    assert (igual.status_code, igual.content) == (304, b"")
    csv = cliente.get(ruta + ".csv", params={"por": "mes"})
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"
    cabecera, linea = csv.text.splitlines()
    assert cabecera.startswith("mes,nombre,n,entregados,sin_promesa,decididos,a_tiempo,a_tiempo_pct")
    assert linea.split(",")[2:5] == ["5", "5", "5"]
    assert cliente.get(ruta, params={"por": "persona"}).status_code == 422
    assert cliente.get(ruta, params={"destino": "0"}).status_code == 422


def test_la_tabla_abierta_es_de_meses_que_terminaron_y_calla_lo_poco(
    contar: Callable[..., Envio], reparto: Reparto, reloj: Any
) -> None:
    mes = nivel_de(contar(*VIAJE)).mes
    for _n in range(3):
        contar(*VIAJE)
    calcular_pendientes()
    reloj.adelantar(timedelta(days=40))
    with transaccion() as sesion:
        assert list(_filas(sesion)) == []  # four
    reloj.adelantar(timedelta(days=-40))
    contar(*VIAJE)
    calcular_pendientes()
    reloj.adelantar(timedelta(days=40))
    with transaccion() as sesion:
        (dicha,) = (dict(zip(_COLUMNAS, fila, strict=True)) for fila in _filas(sesion))
    assert (dicha["mes"], dicha["operador"], dicha["n"]) == (mes, str(reparto.correos_id), 5)
    assert (dicha["total_mediana"], dicha["a_tiempo_pct"]) == (Decimal("2.3"), None)


def nivel_de(envio: Envio) -> Nivel:
    calcular_pendientes()
    fila = nivel(envio)
    assert fila is not None
    return fila


def test_dos_barridos_a_la_vez_dan_lo_mismo(contar: Callable[..., Envio]) -> None:
    envio = contar(*VIAJE)
    assert cruzar(lambda s: recalcular(s, [envio.id]), lambda s: recalcular(s, [envio.id])) is None
    assert calcular_pendientes() == 0
