"""A claim holds the money of its order; what each side and time decide, to the centavo."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from comercio.compra.modelos import Pedido
from comercio.pedidos import cumplir, manejadores, tareas
from comercio.pedidos.verificar import pedidos as verificar
from comercio.reclamos import manejadores as de_reclamos
from comercio.reclamos import reclamar
from comercio.reclamos.consultas import reclamo_visible
from comercio.reclamos.errores import ReclamoNoProcede
from comercio.reclamos.estados import Lado, MotivoReclamo
from comercio.reclamos.modelos import Reclamo
from comercio.reclamos.tareas import vencer_reclamos
from comercio.reclamos.verificar import verificar_reclamos
from comercio.vendedores import exigir_autoridad
from empresa_digital.registro import Facultad, parte_de_unidad
from empresa_digital.registro.competencias.errores import CasoPropio
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.vidas import TransicionInvalida
from tests.comercio.conftest import Mercado
from tests.comercio.pedidos.test_cumplir import dinero
from tests.comercio.test_web import png

assert manejadores
assert de_reclamos
Leer = Callable[..., list[tuple[Any, ...]]]
ESTADOS = (
    "SELECT p.estado, k.estado, r.estado FROM comercio_pedido p"
    " JOIN comercio_custodia k ON k.pedido_id = p.id JOIN comercio_reclamo r ON r.pedido_id = p.id"
)


@pytest.fixture
def entregado(mercado: Mercado) -> Pedido:
    pedido = mercado.pedido((mercado.publicar(precio="100.00"), 1))
    mercado.llevar(pedido, "EMA", "EMI")
    return pedido


def _abrir(mercado: Mercado, pedido: Pedido, motivo: MotivoReclamo = MotivoReclamo.DANADO) -> Reclamo:
    with transaccion() as sesion:
        return reclamar.abrir(sesion, mercado.actor, pedido.id, motivo, "Llegó roto")


def _todo_cuadra() -> None:
    for comprobar in (verificar, verificar_reclamos):
        with transaccion() as sesion:
            assert comprobar(sesion) == []


def test_detiene_el_dinero_y_el_silencio_de_quien_vende_lo_devuelve(
    mercado: Mercado, entregado: Pedido, leer: Leer, sesion: Session
) -> None:
    _abrir(mercado, entregado)
    with pytest.raises(ReclamoNoProcede):
        _abrir(mercado, entregado)
    with pytest.raises(TransicionInvalida), transaccion() as otra:
        cumplir.dar_conformidad(otra, mercado.actor, entregado.id)
    with pytest.raises(IntegrityError, match="el dinero espera"), sesion.begin_nested():
        sesion.connection().exec_driver_sql("UPDATE comercio_custodia SET estado = 'por_liberar'")
    sesion.rollback()
    mercado.reloj.adelantar(timedelta(days=9))
    assert tareas.liberar_vencidas() == 0
    assert vencer_reclamos() == 1
    _todo_cuadra()
    assert leer(ESTADOS) == [("concluido", "devuelta", "devuelto")]
    assert dinero(mercado) == ("1000.00", "0.00", "0.00")
    entregar_pendientes()
    avisos = leer("SELECT cuerpo FROM ciudadania_notificacion WHERE asunto LIKE 'Reclamo del pedido%'")
    assert "Terminó: volvieron Bs\u00a0100,00 a quien compró." in {c for (c,) in avisos}


def test_lo_ofrecido_vuelve_y_el_resto_se_paga(mercado: Mercado, entregado: Pedido, leer: Leer) -> None:
    reclamo = _abrir(mercado, entregado)
    with transaccion() as sesion:
        reclamar.responder(
            sesion, mercado.actor_vendedor, reclamo.id, "Le devuelvo un tercio", bs("33.33"), False
        )
    with transaccion() as sesion:
        reclamar.aceptar_oferta(sesion, mercado.actor, reclamo.id)
    assert leer(ESTADOS) == [("entregado", "por_liberar", "devuelto")]
    _todo_cuadra()
    mercado.cobrar(entregado)
    # Of 66,67 the commission is 2,00.
    assert dinero(mercado) == ("933.33", "64.67", "2.00")
    _todo_cuadra()


def test_lo_decide_la_autoridad_y_su_silencio_favorece_a_quien_compro(
    mercado: Mercado,
    entregado: Pedido,
    leer: Leer,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Actor],
    otorgar: Callable[..., None],
    sesion_web: Callable[..., Any],
) -> None:
    otro = mercado.pedido((mercado.publicar(precio="10.00"), 1))
    mercado.llevar(otro, "EMA", "EMI")
    rosa, pariente = crear_persona("Rosa"), crear_persona("Pariente")
    for quien in (rosa, mercado.comprador, pariente):
        crear_unidad(
            "Autoridad" if quien is rosa else "Otra oficina",
            tipo="ENTIDAD_PUBLICA",
            representante=quien,
            facultades=["REGULAR"],
            habilitaciones=["AUTORIDAD_REGULADORA"],
        )
    otorgar(mercado.unidad.id, pariente, Facultad.PAGAR)
    comedor = crear_unidad("Comedor de Rosa", representante=rosa)
    for pedido in (entregado, otro):
        reclamo = _abrir(mercado, pedido)
        with transaccion() as sesion:
            reclamar.responder(sesion, mercado.actor_vendedor, reclamo.id, "No es cierto", None, False)
            reclamar.pedir_mediacion(sesion, mercado.actor, reclamo.id, "Sí lo es")
        if pedido is entregado:  # never who bought, herself or by a unit of hers
            with pytest.raises(CasoPropio), transaccion() as sesion:
                reclamar.decidir(sesion, mercado.actor, reclamo.id, "Tengo razón", bs("100.00"))
            with transaccion() as sesion:
                suya = parte_de_unidad(sesion, comedor.id).id
            with pytest.raises(CasoPropio), transaccion() as sesion:
                exigir_autoridad(sesion, actor_de(rosa), mercado.unidad.id, parte_id=suya)
            # nor who represents the seller: their page has no form that would be refused
            url = f"/reclamos-de-compra/{reclamo.id}"
            assert f"{url}/decision" in sesion_web(rosa).get(url).text
            suya_no = sesion_web(pariente).get(url).text
            assert (f"{url}/decision" in suya_no, "lo decide otra persona" in suya_no) == (False, True)
            with transaccion() as sesion:
                reclamar.decidir(sesion, actor_de(rosa), reclamo.id, "La foto lo muestra", bs("40.00"))
    assert leer(f"{ESTADOS} ORDER BY p.id") == [
        ("entregado", "por_liberar", "devuelto"),
        ("entregado", "congelada", "en_mediacion"),
    ]
    # What the authority decided stays decided, whatever the reason; it goes on seeing it.
    for motivo in (MotivoReclamo.DANADO, MotivoReclamo.NO_ES_LO_DESCRITO):
        with pytest.raises(ReclamoNoProcede, match="ya decidió"):
            _abrir(mercado, entregado, motivo)
    with transaccion() as sesion:
        decidido = sesion.exec(select(Reclamo).where(Reclamo.pedido_id == entregado.id)).one()
        assert reclamo_visible(sesion, actor_de(rosa), decidido.id)[2] is Lado.MEDIADOR
    assert "Ver el reclamo</a>" in sesion_web(mercado.vendedor).get(f"/vender/pedidos/{entregado.id}").text
    pagina = sesion_web(mercado.comprador).get(f"/pedidos/{entregado.id}").text
    assert ("reclamar</a>" in pagina, "Reclamos de este pedido</a>" in pagina) == (False, True)
    mercado.reloj.adelantar(timedelta(days=30))
    assert (vencer_reclamos(), tareas.liberar_vencidas()) == (1, 1)
    # 890,00 + 40,00 + 10,00; of the 60,00 that the seller keeps the commission is 1,80.
    assert dinero(mercado) == ("940.00", "58.20", "1.80")
    _todo_cuadra()


def test_por_cada_cosa_se_reclama_una_vez(mercado: Mercado, entregado: Pedido, leer: Leer) -> None:
    for motivo in (MotivoReclamo.DANADO, MotivoReclamo.NO_ES_LO_DESCRITO):
        reclamo = _abrir(mercado, entregado, motivo)
        with transaccion() as sesion:
            reclamar.retirar(sesion, mercado.actor, reclamo.id)
        with pytest.raises(ReclamoNoProcede, match="Ya reclamó por eso"):
            _abrir(mercado, entregado, motivo)
    otra_vez = (
        "UPDATE comercio_custodia SET estado = 'congelada'; INSERT INTO comercio_reclamo"
        " SELECT gen_random_uuid(), pedido_id, motivo, 'abierto', pedido_monto, NULL, NULL, 0, abierto_en,"
        " abierto_en, NULL, 1 FROM comercio_reclamo WHERE motivo = 'danado'"
    )
    with pytest.raises(IntegrityError, match="una vez"), transaccion() as sesion:
        sesion.connection().exec_driver_sql(otra_vez)
    assert leer("SELECT count(*) FROM comercio_reclamo") == [(2,)]
    quienes = "SELECT DISTINCT actor_tipo FROM nucleo_auditoria WHERE accion = 'reclamo_de_compra.terminar'"
    assert leer(quienes) == [("persona",)]
    mercado.reloj.adelantar(timedelta(days=30))
    assert tareas.liberar_vencidas() == 1
    _todo_cuadra()


def test_se_reclama_de_lo_que_llego_mal_y_con_que_lo_muestra(
    mercado: Mercado, sesion_web: Callable[..., Any], leer: Leer, crear_persona: Callable[..., Any]
) -> None:
    """Of two lines and three units, one: no more is asked than it cost, and both sides show things."""
    pedido = mercado.pedido((mercado.publicar("Taza", precio="33.33"), 3), (mercado.publicar("Plato"), 1))
    mercado.llevar(pedido, "EMA", "EMI")
    compra, vende = sesion_web(mercado.comprador), sesion_web(mercado.vendedor)
    extrano = crear_persona("Extraño")
    url = f"/pedidos/{pedido.id}/reclamar"
    pagina = compra.get(url).text
    assert "Compró 3 por Bs\u00a099,99" in pagina
    assert "Quien vende tiene 3 días hábiles para responder" in pagina
    lineas = leer("SELECT id, titulo FROM comercio_pedido_linea ORDER BY id")
    taza = [titulo for _id, titulo in lineas].index("Taza")
    datos = {"motivo": "danado", "relato": "Una rota"}
    datos |= {f"lineas.{n}.linea_id": str(id) for n, (id, _titulo) in enumerate(lineas)}
    de_tazas = f"lineas.{taza}.cantidad"
    datos |= {f"lineas.{1 - taza}.cantidad": "", de_tazas: "1"}
    for mal, campo in (
        ({de_tazas: "4"}, de_tazas),
        ({de_tazas: ""}, "lineas.0.cantidad"),
        ({"monto": "33,34"}, "monto"),
    ):
        mala = compra.post(url, data=datos | mal)
        assert (mala.status_code, f'<a href="#{campo}">' in mala.text) == (422, True)
    falsa = compra.post(url, data=datos, files={"prueba": ("rota.png", b"no es", "image/png")})
    assert (falsa.status_code, '<a href="#prueba">' in falsa.text) == (422, True)
    assert leer("SELECT estado FROM comercio_custodia") == [("por_liberar",)]
    bien = compra.post(url, data=datos, files={"prueba": ("rota.png", png(), "image/png")})
    reclamo = bien.headers["location"]
    assert leer("SELECT pedido_monto, cantidad FROM comercio_reclamo, comercio_reclamo_linea") == [(3333, 1)]
    suya = vende.get(reclamo).text
    assert "1 de 3, a Bs\u00a033,33" in suya
    foto = re.search(rf'href="({reclamo}/pruebas/[^"]+)"', suya)
    assert foto is not None
    assert vende.get(foto[1]).headers["content-type"] == "image/jpeg"
    assert sesion_web(extrano).get(foto[1]).status_code == 404
    assert vende.post(f"{reclamo}/pruebas", data={"texto": "Salió entera"}).status_code == 422
    con = {"files": {"prueba": ("entera.png", png(), "image/png")}}
    por_programa = vende.post(
        f"/api/v1/reclamos-de-compra/{reclamo.rsplit('/', 1)[1]}/pruebas",
        data={"texto": "Salió\x00entera"},
        files={"archivo": con["files"]["prueba"]},
        headers={"Idempotency-Key": str(nuevo_id())},
    )
    assert (por_programa.status_code, list(por_programa.json()["campos"])) == (422, ["texto"])
    assert vende.post(f"{reclamo}/pruebas", data={"texto": "Salió entera"}, **con).status_code == 303
    assert leer("SELECT lado, archivo_id IS NOT NULL FROM comercio_reclamo_paso ORDER BY numero") == [
        ("comprador", True),
        ("vendedor", True),
    ]
    assert "Con reclamo" in vende.get("/vender?ver=concluidos").text
    assert compra.post(f"{reclamo}/postura", data={"que": "retirar"}).status_code == 303
    tarde = vende.post(f"{reclamo}/pruebas", data={"texto": "Salió entera"}, **con)
    assert (tarde.status_code, "ya terminó" in tarde.text) == (409, True)
    _todo_cuadra()


@pytest.mark.parametrize("dias", [0, 30])
def test_lo_que_no_llega_se_reclama_a_los_21_dias(mercado: Mercado, leer: Leer, dias: int) -> None:
    """Days that begin when the ones that it takes to make end."""
    pedido = mercado.pedido((mercado.publicar(precio="100.00", dias_de_elaboracion=dias), 1))
    mercado.reloj.adelantar(timedelta(days=dias))
    mercado.llevar(pedido, "EMA")
    for _dia in range(2):
        with pytest.raises(ReclamoNoProcede, match="podrá reclamar desde el"):
            _abrir(mercado, pedido, MotivoReclamo.NO_RECIBIDO)
        mercado.reloj.adelantar(timedelta(days=11))
    reclamo = _abrir(mercado, pedido, MotivoReclamo.NO_RECIBIDO)
    with transaccion() as sesion:
        reclamar.responder(sesion, mercado.actor_vendedor, reclamo.id, "Tiene razón", None, True)
    assert leer(ESTADOS) == [("cancelado", "devuelta", "devuelto")]
    assert leer("SELECT estado FROM comercio_paquete") == [("perdido",)]
    assert dinero(mercado) == ("1000.00", "0.00", "0.00")
    _todo_cuadra()


def test_las_paginas_dicen_que_se_reclama_y_llevan_al_reclamo(
    mercado: Mercado, entregado: Pedido, sesion_web: Callable[..., Any]
) -> None:
    compra, vende = sesion_web(mercado.comprador), sesion_web(mercado.vendedor)
    en_camino = mercado.pedido((mercado.publicar(), 1))
    mercado.llevar(en_camino, "EMA")
    suyo = compra.get(f"/pedidos/{en_camino.id}").text  # its page says from when on, and leads nowhere before
    assert "Si no llega, podrá reclamar desde el" in suyo
    assert "Algo salió mal" not in suyo
    todavia_no = compra.get(f"/pedidos/{en_camino.id}/reclamar").text
    assert "podrá reclamar desde el" in todavia_no
    assert "Abrir el reclamo" not in todavia_no
    assert "Cuándo puedo reclamar</a>" in compra.get(f"/pedidos/{en_camino.id}").text
    assert "Algo salió mal: reclamar</a>" in compra.get(f"/pedidos/{entregado.id}").text
    servicio = mercado.pedido(
        (mercado.publicar("Bordado", categoria="confeccion", unidad_medida="servicio"), 1)
    )
    with transaccion() as sesion:
        cumplir.prestar(sesion, mercado.actor_vendedor, servicio.id, "Bordado el martes")
    assert "No es lo que decía" in compra.get(f"/pedidos/{servicio.id}/reclamar").text

    suyos = f"/pedidos/{entregado.id}/reclamar"
    reclamo = compra.post(suyos, data={"motivo": "danado", "relato": "Roto"}).headers["location"]
    assert "Abrir el reclamo" not in compra.get(suyos).text
    pedido = compra.get(f"/pedidos/{entregado.id}").text
    assert "Hay un reclamo abierto" in pedido
    assert f'href="{reclamo}"' in pedido
    assert "pagar ahora" not in pedido
    assert reclamo in vende.get("/panel").text
    vende.post(f"{reclamo}/respuesta", data={"que": "aceptar", "texto": "Tiene razón"})
    assert reclamo not in vende.get("/panel").text
    assert reclamo in compra.get(suyos).text
    assert "Concluido: volvieron" in compra.get(f"/pedidos/{entregado.id}").text
