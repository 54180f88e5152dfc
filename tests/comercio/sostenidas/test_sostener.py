"""An offer held for an entity: price and quantity kept, stock reserved, and time alone frees it."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

import comercio
from comercio.busqueda import Filtros
from comercio.catalogo.errores import ExistenciaReservada
from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.publicar import editar_producto
from comercio.catalogo.verificar import existencias
from comercio.evidencias import SoloEntidades
from comercio.evidencias.congelar import congelar
from comercio.evidencias.errores import BusquedaNoEncontrada
from comercio.existencias import SinExistencia
from comercio.pedidos.verificar import pedidos as verificar
from comercio.sostenidas.consentir import consentir
from comercio.sostenidas.errores import OfertaNoEncontrada, OfertaPropia, OfertaRepetida, OfertaTerminada
from comercio.sostenidas.esquemas import ConsentimientoDeOfertas, OfertaPedida
from comercio.sostenidas.estados import EstadoOferta
from comercio.sostenidas.modelos import OfertaSostenida
from comercio.sostenidas.sostener import ceder, dejar, pedir, responder
from comercio.sostenidas.tareas import vencer_ofertas
from empresa_digital.registro import Facultad, MontoExcedido, SinFacultad
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.ids import nuevo_id
from nucleo.plazos import fin_del_dia
from nucleo.reloj import ahora, fecha_bolivia
from tests.ayudas.carreras import cruzar
from tests.comercio.conftest import FICHAS, Mercado
from tests.comercio.entidades import Entidad, dar_mandato

Leer = Callable[..., list[tuple[Any, ...]]]
HAY = f"SELECT e.existencia, e.reservado FROM {FICHAS} WHERE p.id = :id"


def _pedir(
    entidad: Entidad, producto_id: UUID, n: int = 4, dias: int = 7, actor: Actor | None = None, **mas: Any
) -> OfertaSostenida:
    datos = OfertaPedida(
        unidad_id=mas.pop("unidad_id", entidad.unidad.id),
        producto_id=producto_id,
        cantidad=Decimal(n),
        dias=dias,
        busqueda_id=mas.pop("busqueda_id", None),
    )
    with transaccion() as sesion:
        return pedir(sesion, actor or entidad.actor, datos, **mas)


def _responder(mercado: Mercado, oferta_id: UUID, *, sostener: bool = True, motivo: str = "") -> None:
    with transaccion() as sesion:
        responder(sesion, mercado.actor_vendedor, oferta_id, sostener=sostener, motivo=motivo)


def _estado(leer: Leer, oferta_id: UUID) -> str:
    return str(leer("SELECT estado FROM comercio_oferta_sostenida WHERE id = :id", id=oferta_id)[0][0])


def _sin_faltas() -> None:
    with transaccion() as sesion:
        assert (verificar(sesion), existencias(sesion)) == ([], [])


@pytest.mark.usefixtures("sin_pedidos")
def test_se_sostiene_el_precio_y_se_usa_aunque_cambie(mercado: Mercado, entidad: Entidad, leer: Leer) -> None:
    chompa = mercado.publicar("Chompa", precio="80.50", existencia=10)
    with transaccion() as sesion:
        busqueda = congelar(
            sesion, entidad.actor, entidad.unidad.id, Filtros("chompa"), "Uniformes", chompa.id
        )
    oferta = _pedir(entidad, chompa.id, busqueda_id=busqueda.id)
    assert (oferta.estado, oferta.precio, oferta.importe) == ("pedida", bs("80.50"), bs("322.00"))
    assert leer(HAY, id=chompa.id) == [(10, 0)]

    _responder(mercado, oferta.id)

    assert leer(HAY, id=chompa.id) == [(10, 4)]
    with transaccion() as sesion:
        cambios = ProductoCambios(precio=bs("95.00"))
        editar_producto(sesion, mercado.actor_vendedor, chompa.id, chompa.version, cambios)
    with transaccion() as sesion:
        (sostenida,) = comercio.ofertas_sostenidas(sesion, entidad.unidad.id)
        assert sostenida.vence_en == fin_del_dia(fecha_bolivia(ahora()) + timedelta(days=7))
        menos = ProductoCambios(existencia=Decimal(3))
        with pytest.raises(ExistenciaReservada):
            editar_producto(sesion, mercado.actor_vendedor, chompa.id, chompa.version + 1, menos)
    with pytest.raises(SinExistencia):
        mercado.comprar((chompa, 7))
    _sin_faltas()

    orden = nuevo_id()
    usada, otra_vez = (_por_orden(entidad, oferta.id, orden) for _vez in range(2))
    assert (otra_vez.estado, otra_vez.terminada_en) == (usada.estado, usada.terminada_en)
    assert (usada.estado, usada.precio, usada.importe) == (EstadoOferta.CUMPLIDA, bs("80.50"), bs("322.00"))
    assert (usada.variante_id, usada.busqueda_id) == (mercado.variante(chompa), busqueda.id)
    with pytest.raises(OfertaTerminada):
        _por_orden(entidad, oferta.id)
    with transaccion() as sesion, pytest.raises(OfertaTerminada):
        dejar(sesion, entidad.actor, oferta.id)
    mercado.reloj.adelantar(timedelta(days=30))
    assert vencer_ofertas() == 0  # what an order has does not lapse
    assert leer(HAY, id=chompa.id) == [(10, 4)]  # its units are the order's


def _por_orden(entidad: Entidad, oferta_id: UUID, orden_id: UUID | None = None) -> OfertaSostenida:
    with transaccion() as sesion:
        return ceder(sesion, entidad.actor, oferta_id, orden_id or nuevo_id())


@pytest.mark.usefixtures("sin_pedidos")
def test_se_paga_lo_menor_de_lo_sostenido_y_lo_de_hoy(
    mercado: Mercado, entidad: Entidad, promo: Callable[..., Any], leer: Leer, sesion_web: Callable[..., Any]
) -> None:
    """Asked during a promotion, its price outlives it; held before one that comes, it is paid with it; what
    is dearer today is paid as it was held."""
    chompa, poncho, gorro = (mercado.publicar(t, precio="33.35") for t in ("Chompa", "Poncho", "Gorro"))
    de_poncho = _pedir(entidad, poncho.id, 3)
    de_gorro = _pedir(entidad, gorro.id, 3)
    promo(dias=2, alcance="elegidos", variantes=[mercado.variante(chompa)])
    pagina = sesion_web(entidad.persona).get(f"/productos/{chompa.id}/sostener").text.replace("\xa0", " ")
    assert "Bs 30,01" in pagina  # Bs 3,335 less, rounded half up to 3,34
    assert "Es el precio con su promoción" in pagina
    de_chompa = _pedir(entidad, chompa.id, 3)
    assert (de_chompa.precio, de_chompa.importe) == (bs("30.01"), bs("90.03"))
    for oferta in (de_chompa, de_poncho, de_gorro):
        _responder(mercado, oferta.id)
    mercado.reloj.adelantar(timedelta(days=2))
    promo(dias=2, cuanto="20", alcance="elegidos", variantes=[mercado.variante(poncho)])
    for producto, precio in ((chompa, "35.00"), (gorro, "40.00")):
        with transaccion() as sesion:
            cambios = ProductoCambios(precio=bs(precio))
            editar_producto(sesion, mercado.actor_vendedor, producto.id, producto.version, cambios)

    for quien, ruta in ((entidad.persona, ""), (mercado.vendedor, "/vender")):
        pagina = sesion_web(quien).get(f"{ruta}/ofertas-sostenidas").text.replace("\xa0", " ")
        assert pagina.count("Hoy cuesta menos: Bs 26,68. Quien la use ahora paga eso.") == 1
    usadas = [_por_orden(entidad, o.id) for o in (de_chompa, de_poncho, de_gorro)]
    assert [(u.precio, u.importe) for u in usadas] == [
        (bs("30.01"), bs("90.03")),
        (bs("26.68"), bs("80.04")),
        (bs("33.35"), bs("100.05")),
    ]
    assert leer(
        "SELECT datos ->> 'sostenido' FROM nucleo_auditoria WHERE accion = 'oferta.usar' ORDER BY numero"
    ) == [("30.01",), ("33.35",), ("33.35",)]
    assert "Hoy cuesta menos" not in sesion_web(entidad.persona).get("/ofertas-sostenidas").text


def test_solo_el_tiempo_la_termina(mercado: Mercado, entidad: Entidad, leer: Leer) -> None:
    chompa, poncho = mercado.publicar("Chompa"), mercado.publicar("Poncho")
    sostenida, pedida = _pedir(entidad, chompa.id, dias=2), _pedir(entidad, poncho.id)
    _responder(mercado, sostenida.id)
    ((hasta,),) = leer("SELECT vence_en FROM comercio_oferta_sostenida WHERE id = :id", id=sostenida.id)

    mercado.reloj.adelantar(hasta - ahora() + timedelta(seconds=1))
    with transaccion() as sesion:
        assert comercio.ofertas_sostenidas(sesion, entidad.unidad.id) == []
    with pytest.raises(OfertaTerminada):
        _por_orden(entidad, sostenida.id)
    assert vencer_ofertas() >= 1
    assert (_estado(leer, sostenida.id), leer(HAY, id=chompa.id)) == ("vencida", [(10, 0)])
    mercado.reloj.adelantar(timedelta(days=20))
    vencer_ofertas()
    assert vencer_ofertas() == 0
    assert (_estado(leer, pedida.id), leer(HAY, id=poncho.id)) == ("vencida", [(10, 0)])
    _sin_faltas()


def test_quien_vende_dice_que_no_o_consiente_de_antemano(
    mercado: Mercado, entidad: Entidad, leer: Leer
) -> None:
    chompa, poncho = mercado.publicar("Chompa"), mercado.publicar("Poncho")
    oferta = _pedir(entidad, chompa.id)
    with pytest.raises(DatosInvalidos):
        _responder(mercado, oferta.id, sostener=False)
    _responder(mercado, oferta.id, sostener=False, motivo="No llego")
    assert _estado(leer, oferta.id) == "rechazada"
    with pytest.raises(OfertaTerminada):
        _responder(mercado, oferta.id)

    with transaccion() as sesion:
        hasta = ConsentimientoDeOfertas(dias=5, importe_maximo=bs("200.00"))
        consentir(sesion, mercado.actor_vendedor, mercado.unidad.id, hasta)
        with pytest.raises(DatosInvalidos):
            consentir(sesion, mercado.actor_vendedor, mercado.unidad.id, ConsentimientoDeOfertas(dias=5))
    assert _pedir(entidad, chompa.id, 4, 5).estado == "sostenida"  # Bs 200
    assert leer(HAY, id=chompa.id) == [(10, 4)]
    assert _pedir(entidad, poncho.id, 4, 6).estado == "pedida"  # a day more
    with transaccion() as sesion:
        consentir(sesion, mercado.actor_vendedor, mercado.unidad.id, ConsentimientoDeOfertas())
    assert leer("SELECT count(*) FROM comercio_consentimiento_de_oferta") == [(0,)]


def test_lo_que_se_niega_no_deja_nada(
    mercado: Mercado,
    entidad: Entidad,
    leer: Leer,
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Actor],
) -> None:
    chompa = mercado.publicar("Chompa")
    with pytest.raises(SinFacultad):
        _pedir(entidad, chompa.id, actor=mercado.actor)
    with pytest.raises(SinExistencia):
        _pedir(entidad, chompa.id, 11)
    with pytest.raises(DatosInvalidos):
        _pedir(entidad, chompa.id, dias=16)
    with pytest.raises(BusquedaNoEncontrada):
        _pedir(entidad, chompa.id, busqueda_id=nuevo_id())
    poca = crear_persona("Pocha")
    dar_mandato(entidad.unidad, poca, Facultad.COMPRAR, monto_limite=bs("100.00"))
    with pytest.raises(MontoExcedido):
        _pedir(entidad, chompa.id, actor=actor_de(poca))
    dar_mandato(mercado.unidad, poca, Facultad.COMPRAR)
    with pytest.raises(SoloEntidades):
        _pedir(entidad, chompa.id, actor=actor_de(poca), unidad_id=mercado.unidad.id)
    ambas = crear_persona("Amalia")
    dar_mandato(entidad.unidad, ambas, Facultad.COMPRAR)
    dar_mandato(mercado.unidad, ambas, Facultad.VENDER)
    with pytest.raises(OfertaPropia):
        _pedir(entidad, chompa.id, actor=actor_de(ambas))
    assert leer("SELECT count(*) FROM comercio_oferta_sostenida") == [(0,)]
    oferta = _pedir(entidad, chompa.id)
    with pytest.raises(OfertaRepetida):
        _pedir(entidad, chompa.id)
    with transaccion() as sesion, pytest.raises(OfertaPropia):
        responder(sesion, actor_de(ambas), oferta.id, sostener=True)
    with transaccion() as sesion, pytest.raises(OfertaNoEncontrada):
        responder(sesion, entidad.actor, oferta.id, sostener=True)
    with transaccion() as sesion, pytest.raises(OfertaNoEncontrada):
        dejar(sesion, mercado.actor, oferta.id)
    assert (_estado(leer, oferta.id), leer(HAY, id=chompa.id)) == ("pedida", [(10, 0)])


def test_la_entidad_no_paga_en_la_tienda_y_se_le_dice_que_puede(mercado: Mercado, entidad: Entidad) -> None:
    chompa = mercado.publicar("Chompa")
    with pytest.raises(Prohibido, match="congelar una búsqueda y pedir que le sostengan un precio"):
        mercado.comprar((chompa, 1), actor=entidad.actor, unidad_id=entidad.unidad.id)


def test_dos_respuestas_a_la_vez_apartan_una_vez(mercado: Mercado, entidad: Entidad, leer: Leer) -> None:
    chompa = mercado.publicar("Chompa", existencia=4)
    oferta = _pedir(entidad, chompa.id)

    def si(sesion: Session) -> None:
        responder(sesion, mercado.actor_vendedor, oferta.id, sostener=True)

    assert isinstance(cruzar(si, si), OfertaTerminada)
    assert leer(HAY, id=chompa.id) == [(4, 4)]


def test_la_base_no_deja_reescribirla(mercado: Mercado, entidad: Entidad, bd: Engine, duenio: Engine) -> None:
    chompa = mercado.publicar("Chompa")
    oferta = _pedir(entidad, chompa.id)
    for cambio in (
        "precio = 1, importe = 4",  # not even less, while nobody uses it
        "cantidad = 1, importe = 5000",
        "estado = 'sostenida'",
        "estado = 'cumplida', terminada_en = nucleo_ahora(), vence_en = NULL",
        "vence_en = vence_en + interval '1 year'",  # or it would be held without end
    ):
        for motor in (bd, duenio):
            with pytest.raises(DBAPIError), motor.begin() as conexion:
                conexion.execute(
                    text(f"UPDATE comercio_oferta_sostenida SET {cambio} WHERE id = :id"), {"id": oferta.id}
                )


@pytest.mark.parametrize(
    "cuando",
    [
        "sostenida_en = nucleo_ahora(), vence_en = nucleo_ahora() + interval '300 days'",
        "sostenida_en = nucleo_ahora() + interval '30 days', vence_en = vence_en + interval '30 days'",
    ],
)
def test_la_base_la_sostiene_los_dias_que_se_pidieron(
    cuando: str, mercado: Mercado, entidad: Entidad, bd: Engine, leer: Leer
) -> None:
    chompa = mercado.publicar("Chompa")
    oferta = _pedir(entidad, chompa.id)
    ((existencia,),) = leer(f"SELECT e.id FROM {FICHAS} WHERE p.id = :id", id=chompa.id)
    with pytest.raises(DBAPIError, match="los días que se pidieron"), bd.begin() as conexion:
        conexion.execute(
            text(
                "UPDATE comercio_oferta_sostenida SET estado = 'sostenida', respondio = 'X',"
                f" existencia_id = :existencia, {cuando} WHERE id = :id"
            ),
            {"existencia": existencia, "id": oferta.id},
        )
    assert _estado(leer, oferta.id) == "pedida"


def test_por_las_paginas(
    mercado: Mercado,
    entidad: Entidad,
    sesion_web: Callable[..., Any],
    cliente: Any,
    leer: Leer,
    crear_unidad: Callable[..., Any],
) -> None:
    crear_unidad("Abarcas de Prueba", representante=mercado.vendedor, habilitaciones=["VENDEDOR"])
    chompa = mercado.publicar("Chompa", precio="80.00")
    ruta = f"/productos/{chompa.id}/sostener"
    assert f'href="{ruta}"' in cliente.get(f"/productos/{chompa.id}").text
    compradora, vendedora = sesion_web(entidad.persona), sesion_web(mercado.vendedor)
    assert "Solo para entidades públicas" in vendedora.get(ruta).text
    pagina = compradora.get(ruta).text
    id_ = re.search(r'name="_id" value="([^"]+)"', pagina)
    assert id_
    datos = {"_id": id_[1], "unidad_id": str(entidad.unidad.id), "cantidad": "3", "dias": "5"}
    assert compradora.post(ruta, data=datos | {"dias": "16"}).status_code == 422
    for _vez in range(2):
        assert compradora.post(ruta, data=datos).status_code == 303
    ((oferta_id,),) = leer("SELECT id FROM comercio_oferta_sostenida")
    assert "Espera a quien vende" in compradora.get("/ofertas-sostenidas").text

    suyas = vendedora.get(f"/vender/ofertas-sostenidas?unidad={mercado.unidad.id}").text
    assert "Municipio de Prueba" in suyas
    assert re.search(r"Se sostiene</dt>\s*<dd[^>]*>5 días", suyas)
    assert "Municipio de Prueba" in vendedora.get("/vender/ofertas-sostenidas").text
    respuesta = f"/vender/ofertas-sostenidas/{oferta_id}/respuesta?unidad={mercado.unidad.id}"
    assert f'action="{respuesta}"' in suyas
    negada = vendedora.post(respuesta, data={"_de": oferta_id, "sostener": "false"})
    assert (negada.status_code, f'id="motivo-{oferta_id}-error"' in negada.text) == (422, True)
    assert vendedora.post(respuesta, data={"_id": str(nuevo_id()), "sostener": "true"}).status_code == 303
    assert "Sostenida hasta el" in compradora.get("/ofertas-sostenidas").text
    abandono = f"/ofertas-sostenidas/{oferta_id}/abandono"
    assert compradora.post(abandono, data={"_id": str(nuevo_id())}).status_code == 303
    assert (_estado(leer, oferta_id), leer(HAY, id=chompa.id)) == ("retirada", [(10, 0)])
    consentido = {
        "_id": str(nuevo_id()),
        "unidad_id": str(mercado.unidad.id),
        "dias": "5",
        "importe_maximo": "1.000",
    }
    assert vendedora.post("/vender/ofertas-sostenidas/consentimiento", data=consentido).status_code == 303
    assert leer("SELECT dias, importe_maximo FROM comercio_consentimiento_de_oferta") == [(5, 100_000)]
