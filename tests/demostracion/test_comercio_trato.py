"""The shop's chapter of what people say and agree to: each thing is there, begun, and verified."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from comercio.promociones.tareas import reflejar_promociones
from demostracion import personas
from demostracion.capitulos import comercio, registro
from demostracion.capitulos import comercio_trato as trato
from demostracion.capitulos.envios import tarifas
from demostracion.relato import Epoca, contar
from nucleo.bd import transaccion
from nucleo.ids import id_demo
from nucleo.verificar import partes, verificar
from plataforma.habitaciones import modulos

Leer = Callable[..., list[tuple[Any, ...]]]


@pytest.mark.lento
def test_lo_que_se_dice_y_se_acuerda_esta_a_la_vista(bd: Engine, leer: Leer) -> None:
    modulos("manejadores")
    with transaccion() as sesion:
        personas.sembrar(sesion)
    capitulos = {
        "registro": registro.pasos,
        "envios.tarifas": tarifas.pasos,
        "comercio": comercio.pasos,
        "comercio.trato": trato.pasos,
    }
    epoca = Epoca.hasta(datetime.now(UTC), timedelta(days=120))
    contar(capitulos, epoca)
    assert contar(capitulos, epoca) == 0

    ana, quien = id_demo("persona:ana"), id_demo(f"persona:{trato.CON_CUPON.comprador}")
    assert leer("SELECT count(*) FROM comercio_favorito WHERE persona_id = :ana", ana=ana) == [(4,)]
    de_encargo = {"compra": trato.ENCARGO.compra_id}
    assert leer(
        "SELECT count(*) FROM comercio_mensaje m JOIN comercio_pedido p ON p.id = m.pedido_id"
        " WHERE p.compra_id = :compra",
        **de_encargo,
    ) == [(3,)]
    assert leer("SELECT estado FROM comercio_pregunta ORDER BY hecha_en") == [("respondida",), ("abierta",)]
    assert leer("SELECT motivo, estado FROM comercio_reclamo ORDER BY abierto_en") == [
        ("danado", "por_cambiar"),
        ("desistimiento", "por_volver"),
    ]
    assert leer("SELECT estado FROM comercio_cambio") == [("apartado",)]
    assert leer("SELECT estado, cantidad FROM comercio_oferta_sostenida ORDER BY pedida_en") == [
        ("sostenida", 12),
        ("pedida", 5),
    ]
    assert leer("SELECT count(*) FROM comercio_busqueda_congelada WHERE producto_id IS NOT NULL") == [(1,)]
    assert leer(
        "SELECT c.codigo, u.descuento FROM comercio_cupon_uso u JOIN comercio_cupon c ON c.id = u.cupon_id"
        " JOIN registro_parte p ON p.id = u.comprador_parte_id WHERE p.persona_id = :quien",
        quien=quien,
    ) == [("FERIA20", 2000)]
    assert leer("SELECT nombre, estado FROM comercio_promocion") == [("Semana del tejido", "activa")]
    assert reflejar_promociones() == 1
    assert leer("SELECT count(*) FROM comercio_producto WHERE rebajado < precio") == [
        (len(comercio.DE_LA_SEMANA),)
    ]
    assert leer("SELECT count(*) FROM nucleo_entrega WHERE hecha_en IS NULL OR error IS NOT NULL") == [(0,)]
    modulos("verificar")
    assert {parte: fallas for parte in partes() if (fallas := verificar(parte))} == {}
