"""The round of the day: its order, what its items say, what it never carries, what it asks the database."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from envios.despachos.consultas import hoja_visible
from envios.despachos.errores import (
    HojaNoEncontrada,
    NoEstaDentro,
    NoLeToca,
    NoSePuedeCargar,
    PasoDeHoja,
    SinCarga,
    YaEstaDentro,
)
from envios.despachos.estados import EstadoHoja, EstadoParada
from envios.despachos.hojas import (
    agregar,
    agregar_los_que_esperan,
    cerrar_hoja,
    deshacer_hoja,
    preparar_hoja,
    quitar,
    salir,
)
from envios.despachos.modelos import HojaDeRuta, Parada
from envios.despachos.ordenar import Lugar, en_orden
from envios.despachos.presentar import ver_ronda
from envios.despachos.tareas import vencer_todo
from envios.entrega.modelos import EleccionDeEntrega
from envios.eventos import AccionIntento, EventoNuevo, Fuente, Motivo, exigir_registrado, registrar_autorizado
from envios.items import EstadoEnvio, envio_por_id
from envios.items.modelos import Envio
from envios.operadores import exigir_en_agencia
from envios.tarifas.cotizar import Pedido, cotizar
from envios.tarifas.valores import Bulto
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.reloj import fecha_bolivia
from tests.envios.despachos.conftest import LA_PAZ, Red
from tests.envios.despachos.test_viaje import hacer, negado
from tests.envios.tarifas.conftest import Operador

pytestmark = pytest.mark.usefixtures("en_orden")


def lugar(n: int, municipio: str, referencia: str = "", punto: Any = None) -> Lugar:
    return Lugar(UUID(int=n), municipio, referencia, punto)


def test_el_orden_de_los_lugares() -> None:
    """Its own municipality first; the nearest each time; then by words, as people sort them."""
    lugares = [
        lugar(1, "Viacha, La Paz", "Plaza"),
        lugar(2, "La Paz, La Paz", "Zona Sur, calle 8"),
        lugar(3, "La Paz, La Paz", "zona central"),
        lugar(4, "La Paz, La Paz", "lejos", (-16.60, -68.00)),
        lugar(5, "La Paz, La Paz", "cerca", (-16.50, -68.13)),
        lugar(6, "La Paz, La Paz", "en medio", (-16.54, -68.08)),
        lugar(7, "Achocalla, La Paz", "Laguna"),
        lugar(8, "La Paz, La Paz", "Árbol grande"),
    ]
    orden = en_orden(lugares, "La Paz, La Paz", (-16.49, -68.14))
    assert [id.int for id in orden] == [5, 6, 4, 8, 3, 2, 7, 1]


@given(st.permutations(range(12)))
def test_el_mismo_orden_como_sea_que_se_agreguen(orden: list[int]) -> None:
    lugares = [
        lugar(n, f"M{n % 3}", f"R{n % 4}", (-16.0 - n % 5, -68.0) if n % 2 else None) for n in range(12)
    ]
    assert en_orden([lugares[n] for n in orden], "M1", (-16.0, -68.0)) == en_orden(
        lugares, "M1", (-16.0, -68.0)
    )


def hoja_de(red: Red, *envios: Envio) -> HojaDeRuta:
    hoja = hacer(preparar_hoja, red.en_la_paz, red.la_paz.id, red.cartero.id)
    for envio in envios:
        hacer(agregar, red.en_la_paz, hoja.id, envio.numero)
    return hoja


def estados(hoja: HojaDeRuta) -> dict[UUID, EstadoParada]:
    with transaccion() as sesion:
        return {p.envio_id: p.estado for p in sesion.exec(select(Parada).where(Parada.hoja_id == hoja.id))}


def test_una_ronda(red: Red) -> None:
    entregado, fallido, callado, quitado = (red.envio(destino_municipio_ine=LA_PAZ) for _ in range(4))
    hoja = hoja_de(red, entregado, fallido, callado, quitado, fallido)
    hacer(quitar, red.en_la_paz, hoja.id, quitado.id)
    negado(NoEstaDentro, quitar, red.en_la_paz, hoja.id, quitado.id)
    otra = hoja_de(red)
    error = negado(YaEstaDentro, agregar, red.en_la_paz, otra.id, callado.numero)
    assert hoja.numero in error.detalle
    negado(SinCarga, salir, red.en_la_paz, otra.id)

    assert hacer(salir, red.en_la_paz, hoja.id).estado is EstadoHoja.EN_REPARTO

    assert red.codigos(entregado.id) == ["EMA", "EDG"]
    negado(PasoDeHoja, agregar, red.en_la_paz, hoja.id, quitado.numero)
    with transaccion() as sesion:
        quien = exigir_en_agencia(sesion, red.en_la_paz, red.la_paz.id).autorizacion
        codigo = envio_por_id(sesion, entregado.id).codigo_entrega
        for nuevo in (
            EventoNuevo("EMI", entregado.id, codigo_entrega=codigo),
            EventoNuevo("EMH", fallido.id, motivo=Motivo.CLIMA, accion=AccionIntento.NUEVO_INTENTO),
        ):
            hechos = registrar_autorizado(sesion, quien, red.correos.id, [nuevo], Fuente.PAGINA)
            exigir_registrado(hechos[0])

    assert hacer(cerrar_hoja, red.en_la_paz, hoja.id).estado is EstadoHoja.CERRADA

    assert estados(hoja) == {
        entregado.id: EstadoParada.ENTREGADA,
        fallido.id: EstadoParada.NO_ENTREGADA,
        callado.id: EstadoParada.SIN_RESULTADO,
        quitado.id: EstadoParada.QUITADA,
    }
    hacer(agregar, red.en_la_paz, otra.id, fallido.numero)  # the next day
    negado(PasoDeHoja, cerrar_hoja, red.en_la_paz, hoja.id)


def test_quien_y_que_dia(red: Red) -> None:
    for repartidor, dia in (
        (red.potosino.id, None),
        (red.cartero.id, fecha_bolivia() - timedelta(days=1)),
        (red.cartero.id, fecha_bolivia() + timedelta(days=8)),
    ):
        negado(DatosInvalidos, preparar_hoja, red.en_la_paz, red.la_paz.id, repartidor, dia)
    hoja = hoja_de(red, red.envio())
    negado(HojaNoEncontrada, hoja_visible, red.en_potosi, hoja.id)


def test_los_que_esperan(red: Red) -> None:
    """What is at the agency for its municipality; not what its recipient wants on another day."""
    aqui, lejos, otro_dia, en_saca = (
        red.envio(admitido=False, destino_municipio_ine=ine) for ine in (LA_PAZ, "050101", LA_PAZ, LA_PAZ)
    )
    with transaccion() as sesion:
        quien = exigir_en_agencia(sesion, red.en_la_paz, red.la_paz.id).autorizacion
        nuevos = [
            EventoNuevo("EMA", e.id, agencia_id=red.la_paz.id) for e in (aqui, lejos, otro_dia, en_saca)
        ]
        for hecho in registrar_autorizado(sesion, quien, red.correos.id, nuevos, Fuente.PAGINA):
            exigir_registrado(hecho)
        sesion.add(
            EleccionDeEntrega(
                envio_id=otro_dia.id,
                version=1,
                dia=fecha_bolivia() + timedelta(days=2),
                recibe="destinatario",
                elegida_por="prueba",
            )
        )
    from envios.despachos.sacas import abrir_saca, meter

    saca = hacer(abrir_saca, red.en_la_paz, red.la_paz.id, red.potosi.id)
    hacer(meter, red.en_la_paz, saca.id, en_saca.numero, insiste=True)
    hoja = hoja_de(red)
    assert hacer(agregar_los_que_esperan, red.en_la_paz, hoja.id) == 1
    assert hacer(agregar_los_que_esperan, red.en_la_paz, hoja.id) == 0
    assert set(estados(hoja)) == {aqui.id}
    negado(YaEstaDentro, agregar, red.en_la_paz, hoja.id, en_saca.numero)
    for envio, por_que in ((lejos, "va a Potosí, Potosí, lejos de"), (otro_dia, "pidió que se lo lleven el")):
        error = negado(NoLeToca, agregar, red.en_la_paz, hoja.id, envio.numero)
        assert por_que in error.detalle
    assert set(estados(hoja)) == {aqui.id}
    for envio in (lejos, otro_dia):
        hacer(agregar, red.en_la_paz, hoja.id, envio.numero, insiste=True)
    assert set(estados(hoja)) == {aqui.id, lejos.id, otro_dia.id}


def test_lo_que_se_retira_no_sale_a_reparto(red: Red) -> None:
    """Its service delivers at an agency: neither all at once nor by its number."""
    Operador(red.correos.id, red.jefa, red.cartero, red.actor).con_tarifas()
    pedido = Pedido(LA_PAZ, LA_PAZ, Bulto(1_000), "ordinario", red.correos.id)
    with transaccion() as sesion:
        precio = cotizar(sesion, red.en_la_paz, pedido, id=nuevo_id()).id
    envio = red.envio(destino_municipio_ine=LA_PAZ, cotizacion_id=precio)
    hoja = hoja_de(red)
    error = negado(NoSePuedeCargar, agregar, red.en_la_paz, hoja.id, envio.numero)
    assert "para retirarlo en una agencia" in error.detalle
    assert hacer(agregar_los_que_esperan, red.en_la_paz, hoja.id) == 0
    assert estados(hoja) == {}


def test_el_tiempo_la_termina(red: Red, reloj: Any) -> None:
    quieta, salida = hoja_de(red, red.envio()), hoja_de(red, red.envio())
    hacer(salir, red.en_la_paz, salida.id)
    hacer(deshacer_hoja, red.en_la_paz, hoja_de(red).id)
    reloj.adelantar(timedelta(days=2, minutes=1))
    vencer_todo()
    with transaccion() as sesion:
        fines = [sesion.get_one(HojaDeRuta, h.id).estado for h in (quieta, salida)]
        assert fines == [EstadoHoja.DESHECHA, EstadoHoja.CERRADA]
    assert set(estados(salida).values()) == {EstadoParada.SIN_RESULTADO}


def test_trescientos_paquetes_en_diez_sentencias(red: Red, sesion_web: Any, contar_consultas: Any) -> None:
    """And it says what who delivers needs, but no code."""
    envios = [red.envio(admitido=False, destino_municipio_ine=LA_PAZ) for _ in range(300)]
    hoja = hoja_de(red)
    with transaccion() as sesion:
        sesion.add_all(Parada(hoja_id=hoja.id, envio_id=e.id) for e in envios)
        elegido = sesion.get_one(Envio, envios[7].id)
        elegido.latitud, elegido.longitud = Decimal("-16.5"), Decimal("-68.13")
        sesion.add(
            EleccionDeEntrega(
                envio_id=elegido.id,
                version=1,
                recibe="vecino",
                nombre="Rosa Prueba",
                donde="la tienda de al lado",
                elegida_por="prueba",
            )
        )
    hacer(salir, red.en_la_paz, hoja.id)

    with transaccion() as sesion, contar_consultas() as sentencias:
        ronda = ver_ronda(sesion, *hoja_visible(sesion, red.en_la_paz, hoja.id))
    assert len(ronda.paradas) == 300
    assert len(sentencias) <= 10, "\n".join(s[:90] for s in sentencias)
    assert ronda.paradas[0].envio_id == elegido.id
    assert ronda.paradas[0].elige == "Lo recibe Rosa Prueba, en la tienda de al lado"
    navegador = sesion_web(red.cartero)
    pagina = navegador.get(f"/envios/operador/hojas-de-ruta/{hoja.id}").text
    with transaccion() as sesion:
        assert {sesion.get_one(Envio, e.id).estado for e in envios} == {EstadoEnvio.EN_REPARTO}
        codigos = {sesion.get_one(Envio, e.id).codigo_entrega for e in envios}
    import re

    assert "Lo recibe Rosa Prueba" in pagina
    assert not codigos & set(re.findall(r"(?<![0-9a-f])[0-9]{6}(?![0-9a-f])", pagina))
    papel = navegador.get(f"/envios/operador/hojas-de-ruta/{hoja.id}/hoja.pdf")
    assert papel.content.startswith(b"%PDF")
