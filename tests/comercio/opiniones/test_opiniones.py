"""Reviews: of whom, when, how often; answered once, moderated, and shown with how many they are."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.modelos import Producto
from comercio.catalogo.publicar import editar_producto
from comercio.compra.modelos import Pedido
from comercio.opiniones import manejadores, opinar
from comercio.opiniones.consultas import Distribucion, distribucion_de, opiniones_de, versiones_de
from comercio.opiniones.errores import OpinionNoEncontrada, OpinionNoProcede, OpinionPropia, OpinionRespondida
from comercio.opiniones.verificar import verificar_opiniones
from comercio.pedidos import manejadores as de_pedidos
from comercio.pedidos.errores import PedidoAjeno
from comercio.pedidos.lineas import lineas_del_pedido
from empresa_digital.registro import Facultad, SinFacultad
from empresa_digital.registro.competencias.errores import CasoPropio
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from tests.comercio.conftest import Mercado

assert manejadores
assert de_pedidos
Leer = Callable[..., list[tuple[Any, ...]]]
QUE_HAY = "SELECT estrellas, version, oculta, autor FROM comercio_opinion ORDER BY id"


@pytest.fixture
def concluido(mercado: Mercado) -> Pedido:
    pedido = mercado.pedido((mercado.publicar(precio="100.00"), 1))
    mercado.llevar(pedido, "EMA", "EMI")
    mercado.cobrar(pedido)
    return pedido


def _opinar(pedido: Pedido, actor: Actor, estrellas: int = 4, dice: str = "Abriga mucho") -> Any:
    with transaccion() as sesion:
        (linea,) = lineas_del_pedido(sesion, pedido.id)
        return opinar.opinar(sesion, actor, pedido.id, linea.fila.id, estrellas, dice)


def _todo_cuadra() -> None:
    with transaccion() as sesion:
        assert verificar_opiniones(sesion) == []


def test_opina_quien_compro_una_vez_y_la_cambia_en_su_plazo(mercado: Mercado, leer: Leer) -> None:
    pedido = mercado.pedido((mercado.publicar(precio="100.00"), 1))
    mercado.llevar(pedido, "EMA", "EMI")
    with pytest.raises(OpinionNoProcede, match="cuando el pedido concluye"):
        _opinar(pedido, mercado.actor)
    mercado.cobrar(pedido)
    with pytest.raises(PedidoAjeno):
        _opinar(pedido, mercado.actor_vendedor)
    assert leer(QUE_HAY) == []

    opinion = _opinar(pedido, mercado.actor)
    assert leer(QUE_HAY) == [(4, 1, False, "Ana P.")]
    assert _opinar(pedido, mercado.actor).version == 1  # said again, it is the same one
    mercado.reloj.adelantar(timedelta(days=29))
    assert _opinar(pedido, mercado.actor, 2, "Se destiñó").version == 2
    mercado.reloj.adelantar(timedelta(days=3))
    with pytest.raises(OpinionNoProcede, match="Se podía cambiar hasta"):
        _opinar(pedido, mercado.actor, 5)
    with transaccion() as sesion:
        assert [(v.numero, v.texto) for v in versiones_de(sesion, opinion.id)] == [
            (2, "Se destiñó"),
            (1, "Abriga mucho"),
        ]
    assert leer(QUE_HAY) == [(2, 2, False, "Ana P.")]
    _todo_cuadra()


def test_la_base_no_deja_opinar_dos_veces_ni_fuera_de_plazo_ni_de_lo_propio(
    mercado: Mercado, concluido: Pedido, bd: Engine, leer: Leer, crear_persona: Callable[..., Any]
) -> None:
    opinion = _opinar(concluido, mercado.actor)
    repetida = (
        "INSERT INTO comercio_opinion SELECT gen_random_uuid(), pedido_id, linea_id, producto_id,"
        " vendedor_id, autor, estrellas, 1, false, publicada_en, editable_hasta FROM comercio_opinion"
    )
    version = (
        "INSERT INTO comercio_opinion_version (opinion_id, numero, estrellas, texto, persona_id, actor)"
        f" VALUES ('{opinion.id}', 2, 1, 'x', '%s', 'x')"
    )
    con_permiso = [
        (repetida, "uq_comercio_opinion_linea_id"),
        (version % mercado.vendedor.id, "no puede vender"),
        (version % crear_persona("Otra").id, "opina quien compró"),
    ]
    for sql, dice in con_permiso:
        with pytest.raises(IntegrityError, match=dice), bd.begin() as conexion:
            conexion.execute(text(sql))
    for sql in (
        "UPDATE comercio_opinion SET estrellas = 5",
        "UPDATE comercio_opinion_version SET texto = 'otro'",
        "DELETE FROM comercio_opinion_respuesta",
        "DELETE FROM comercio_opinion",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), bd.begin() as conexion:
            conexion.execute(text(sql))
    mercado.reloj.adelantar(timedelta(days=32))
    with pytest.raises(DBAPIError, match="en su plazo"), bd.begin() as conexion:
        conexion.execute(text(version % mercado.comprador.id))
    assert leer(QUE_HAY) == [(4, 1, False, "Ana P.")]


def test_de_un_pedido_sin_concluir_la_base_no_guarda_opinion(
    mercado: Mercado, bd: Engine, leer: Leer
) -> None:
    mercado.pedido((mercado.publicar(), 1))
    nueva = (
        "INSERT INTO comercio_opinion SELECT gen_random_uuid(), p.id, l.id, l.producto_id, p.vendedor_id,"
        " 'x', 5, 1, false, now(), now() + interval '1 day' FROM comercio_pedido p"
        " JOIN comercio_pedido_linea l ON l.pedido_id = p.id"
    )
    with pytest.raises(IntegrityError, match="cuando el pedido concluye"), bd.begin() as conexion:
        conexion.execute(text(nueva))
    assert leer(QUE_HAY) == []


def test_quien_llega_a_vender_por_la_unidad_ya_no_opina(
    mercado: Mercado, concluido: Pedido, leer: Leer, otorgar: Callable[..., None]
) -> None:
    otorgar(mercado.unidad.id, mercado.comprador, Facultad.VENDER)
    with pytest.raises(OpinionPropia):
        _opinar(concluido, mercado.actor)
    assert leer(QUE_HAY) == []


def test_lo_que_se_opino_es_de_lo_que_se_compro(
    mercado: Mercado, concluido: Pedido, sesion_web: Callable[..., Any], nuevo_cliente: Callable[..., Any]
) -> None:
    """Its page sells something else now: what is read says what it was about."""
    opinion, cliente = _opinar(concluido, mercado.actor, 5, "Abriga mucho"), nuevo_cliente()
    paginas = (f"/productos/{opinion.producto_id}", f"/opiniones/{opinion.producto_id}")
    for ruta in paginas:
        assert "Cuando lo compró se llamaba" not in cliente.get(ruta).text
    with transaccion() as sesion:
        producto = sesion.get_one(Producto, opinion.producto_id)
        cambios = ProductoCambios.model_validate({"titulo": "Licuadora", "categoria": "confeccion"})
        editar_producto(sesion, mercado.actor_vendedor, producto.id, producto.version, cambios)
    for ruta in paginas:
        assert "Cuando lo compró se llamaba «Chompa de alpaca»." in cliente.get(ruta).text
    suyas = cliente.get(f"/api/v1/productos/{opinion.producto_id}/opiniones").json()["datos"]
    assert [(o["titulo"], o["opcion"]) for o in suyas] == [("Chompa de alpaca", "")]


def test_se_responde_una_vez_y_se_avisa(mercado: Mercado, concluido: Pedido, leer: Leer) -> None:
    opinion = _opinar(concluido, mercado.actor)
    with pytest.raises(SinFacultad), transaccion() as sesion:
        opinar.responder(sesion, mercado.actor, opinion.id, "Me respondo")
    with transaccion() as sesion:
        opinar.responder(sesion, mercado.actor_vendedor, opinion.id, "Gracias, casera")
    with pytest.raises(OpinionRespondida), transaccion() as sesion:
        opinar.responder(sesion, mercado.actor_vendedor, opinion.id, "Otra cosa")
    _opinar(concluido, mercado.actor, 3)
    with transaccion() as sesion:
        (leida,), _mas = opiniones_de(sesion, opinion.producto_id)
    assert (leida.estrellas, leida.respuesta, leida.respondida_antes) == (3, "Gracias, casera", True)
    entregar_pendientes()
    avisos = {a for (a,) in leer("SELECT asunto FROM ciudadania_notificacion")}
    assert {"Opinión con 3 de 5 estrellas", "Tejidos de Prueba respondió su opinión"} <= avisos
    _todo_cuadra()


def test_la_autoridad_la_oculta_con_motivo_y_el_texto_queda(
    mercado: Mercado,
    concluido: Pedido,
    leer: Leer,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Actor],
    sesion_web: Callable[..., Any],
) -> None:
    opinion = _opinar(concluido, mercado.actor, 1, "Llámenme al 70000000")
    rosa = crear_persona("Rosa")
    crear_unidad(
        "Autoridad",
        tipo="ENTIDAD_PUBLICA",
        representante=rosa,
        facultades=["REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    crear_unidad(
        "Otra oficina",
        tipo="ENTIDAD_PUBLICA",
        representante=mercado.comprador,
        facultades=["REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    with pytest.raises(CasoPropio), transaccion() as sesion:  # nor who wrote it
        opinar.moderar(sesion, mercado.actor, opinion.id, "Que no se vea", ocultar=True)
    pagina = f"/productos/{opinion.producto_id}"
    publico, decide = sesion_web(mercado.comprador), sesion_web(rosa)
    assert "Llámenme" in publico.get(pagina).text
    with pytest.raises(SinFacultad), transaccion() as sesion:
        opinar.moderar(sesion, mercado.actor_vendedor, opinion.id, "No me gusta", ocultar=True)
    una = f"/regulador/opiniones/{opinion.id}"
    suya = publico.get(una).text
    assert (f"{una}/moderacion" in suya, "lo decide otra persona" in suya) == (False, True)
    assert f"{una}/moderacion" in decide.get(una).text
    decide.post(f"{una}/moderacion", data={"que": "ocultar", "motivo": "Da un teléfono"})
    assert leer("SELECT oculta, motivo, actor LIKE 'Rosa%' FROM comercio_opinion_moderacion") == [
        (True, "Da un teléfono", True)
    ]
    assert "Llámenme" not in publico.get(pagina).text
    assert "Todavía no hay opiniones" in publico.get(pagina).text
    assert "Da un teléfono" in publico.get(f"/pedidos/{concluido.id}/opiniones").text
    ((comprado,),) = leer("SELECT titulo FROM comercio_pedido_linea WHERE id = :id", id=opinion.linea_id)
    for donde in (una, "/regulador/opiniones?ver=ocultas"):
        vista = decide.get(donde).text
        assert ("Llámenme" in vista, comprado in vista) == (True, True), donde
    assert opinion.autor in decide.get("/regulador/opiniones?ver=ocultas").text
    with transaccion() as sesion:
        assert distribucion_de(sesion, opinion.producto_id).media is None
    with pytest.raises(OpinionNoEncontrada), transaccion() as sesion:
        opinar.responder(sesion, mercado.actor, opinion.id, "Sigo")
    decide.post(f"{una}/moderacion", data={"que": "restituir", "motivo": "Ya lo quitó"})
    assert leer(QUE_HAY) == [(1, 1, False, "Ana P.")]
    entregar_pendientes()
    _todo_cuadra()


def test_las_paginas_opinan_y_dicen_cuantas_son(
    mercado: Mercado, concluido: Pedido, sesion_web: Callable[..., Any]
) -> None:
    compra, vende = sesion_web(mercado.comprador), sesion_web(mercado.vendedor)
    suyas = f"/pedidos/{concluido.id}/opiniones"
    assert suyas in compra.get(f"/pedidos/{concluido.id}").text
    with transaccion() as sesion:
        (linea,) = lineas_del_pedido(sesion, concluido.id)
    producto = f"/productos/{linea.fila.producto_id}"
    vacia = compra.get(producto).text
    assert "Todavía no hay opiniones" in vacia
    assert "Calificación:" not in vacia
    assert "aggregateRating" not in compra.get(f"{producto}/chompa-de-alpaca").text
    dice = {"linea_id": linea.fila.id, "_de": str(linea.fila.id), "texto": "Muy buena"}
    sin_estrellas = compra.post(suyas, data=dice)
    assert sin_estrellas.status_code == 422
    assert "Elija de 1 a 5 estrellas." in sin_estrellas.text
    assert "Muy buena" in sin_estrellas.text
    compra.post(suyas, data=dice | {"estrellas": "4"})
    visto = vende.get(producto).text
    assert "Muy buena" in visto
    assert "Calificación:</span> 4<span" in visto.replace(" </span>", "</span> ")
    por_responder = vende.get("/vender/opiniones").text
    assert "Responder a Ana P." in por_responder
    assert "Cambiar lo que opina" in compra.get(suyas).text
    assert "Muy buena" in compra.get(f"/opiniones/{linea.fila.producto_id}").text
    api = compra.get(f"/api/v1{producto}/opiniones").json()
    assert (api["n"], api["media"], api["por_estrellas"]["4"]) == (1, "4", 1)


def test_la_media_se_redondea_a_un_decimal_y_sin_opiniones_no_hay() -> None:
    assert Distribucion({}).media is None
    varias = Distribucion({5: 2, 4: 1, 1: 1})
    assert (varias.n, varias.media) == (4, Decimal("3.8"))
    assert varias.barras == [(5, 2, 50), (4, 1, 25), (3, 0, 0), (2, 0, 0), (1, 1, 25)]
