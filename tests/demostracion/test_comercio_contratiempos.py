"""The shop's chapter of what goes wrong: every story ends, and the money of each is where it must be."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from demostracion import personas
from demostracion.capitulos import comercio, registro
from demostracion.capitulos import comercio_contratiempos as contratiempos
from demostracion.capitulos.envios import tarifas
from demostracion.relato import Epoca, contar
from nucleo.bd import transaccion
from nucleo.ids import id_demo
from nucleo.verificar import partes, verificar
from plataforma.habitaciones import modulos

Leer = Callable[..., list[tuple[Any, ...]]]
# Of an order: how it stands, how its money does, what was paid, went back and reached who sold, in centavos.
PEDIDO = (
    "SELECT p.estado, k.estado, k.monto, k.devuelto, k.al_vendedor FROM comercio_pedido p "
    "JOIN comercio_custodia k ON k.pedido_id = p.id WHERE p.compra_id = :compra"
)

SERVICIO = (
    "SELECT s.estado FROM comercio_servicio s JOIN comercio_pedido p ON p.id = s.pedido_id "
    "WHERE p.compra_id = :compra"
)


@pytest.mark.lento
def test_lo_que_sale_mal_en_la_tienda_termina(bd: Engine, leer: Leer) -> None:
    modulos("manejadores")
    with transaccion() as sesion:
        personas.sembrar(sesion)
    capitulos = {
        "registro": registro.pasos,
        "envios.tarifas": tarifas.pasos,
        "comercio": comercio.pasos,
        "comercio.contratiempos": contratiempos.pasos,
    }
    epoca = Epoca.hasta(datetime.now(UTC), timedelta(days=120))
    contar(capitulos, epoca)
    assert contar(capitulos, epoca) == 0

    terminados = {
        contratiempos.TARDA: ("cancelado", "devuelta", 9500, 9500, 0),
        contratiempos.MEDIADA: ("concluido", "liberada", 37000, 18500, 17945),
        contratiempos.OFRECIDA: ("concluido", "liberada", 9600, 4000, 5432),
        contratiempos.CALLADA: ("concluido", "liberada", 28000, 0, 27160),
        contratiempos.CON_TARJETA: ("concluido", "liberada", 13200, 0, 12804),
        contratiempos.LAS_ULTIMAS: ("concluido", "liberada", 72500, 29000, 42195),
        contratiempos.LA_QUE_QUEDO: ("concluido", "liberada", 14500, 0, 14065),
        contratiempos.A_LA_VUELTA: ("concluido", "liberada", 4200, 0, 4074),
    }
    assert {h: leer(PEDIDO, compra=h.compra_id) for h in terminados} == {
        h: [t] for h, t in terminados.items()
    }
    for sin_comprar in (contratiempos.SIN_SUERTE, contratiempos.DE_VACACIONES):
        assert leer(PEDIDO, compra=sin_comprar.compra_id) == []
    assert leer("SELECT motivo, estado, resuelto FROM comercio_reclamo ORDER BY abierto_en") == [
        ("danado", "devuelto", 18500),
        ("no_es_lo_descrito", "devuelto", 4000),
        ("no_recibido", "devuelto", 9500),
    ]
    assert leer("SELECT estado, monto, cobrado, retenido FROM pagos_disputa") == [
        ("perdida", 13200, 13200, 0)
    ]
    assert leer(SERVICIO, compra=contratiempos.CALLADA.compra_id) == [("conforme",)]
    assert leer("SELECT count(*), count(*) FILTER (WHERE oculta) FROM comercio_opinion") == [(2, 1)]
    assert leer("SELECT estado FROM comercio_denuncia") == [("procede",)]
    assert leer("SELECT estado FROM comercio_intervencion") == [("levantada",)]
    vuelto = id_demo(f"producto:{contratiempos.RETIRADO}")
    assert leer("SELECT estado FROM comercio_producto WHERE id = :id", id=vuelto) == [("publicado",)]
    assert leer("SELECT hasta - desde FROM comercio_vacaciones") == [(4,)]
    assert leer("SELECT count(*) FROM nucleo_entrega WHERE hecha_en IS NULL OR error IS NOT NULL") == [(0,)]
    modulos("verificar")
    assert {parte: fallas for parte in partes() if (fallas := verificar(parte))} == {}
