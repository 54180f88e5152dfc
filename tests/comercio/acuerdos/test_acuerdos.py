"""What one side of an order asks of the other: more days, or less of a line; silence leaves all as it was."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import lxml.html
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from comercio.acuerdos import manejadores, pedir_plazo, pedir_quitar, responder
from comercio.acuerdos.consultas import propuesto_de
from comercio.acuerdos.esquemas import PlazoPedido, QuitaPedida
from comercio.acuerdos.tareas import vencer_acuerdos
from comercio.acuerdos.verificar import acuerdos as verificar
from comercio.compra.errores import PedidoNoEncontrado
from comercio.compra.modelos import Pedido
from comercio.pedidos import cumplir, lineas_del_pedido, tareas
from comercio.pedidos import manejadores as de_pedidos
from comercio.pedidos.errores import CantidadQueNoQueda
from comercio.pedidos.verificar import pedidos as verificar_pedidos
from comercio.reclamos import reclamar
from comercio.reclamos.estados import MotivoReclamo
from empresa_digital.registro import SinFacultad
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.plazos import fin_del_dia
from nucleo.reloj import ahora, fecha_bolivia
from nucleo.vidas import TransicionInvalida
from tests.comercio.conftest import Mercado
from tests.comercio.test_web import oculto

assert manejadores
assert de_pedidos
Leer = Callable[..., list[tuple[Any, ...]]]
ACUERDOS = "SELECT clase, propuso, estado FROM comercio_acuerdo ORDER BY id"
FALTAS = "SELECT count(*) FROM comercio_falta"
DINERO = "SELECT k.estado, k.monto, k.devuelto FROM comercio_custodia k"
EXISTENCIA = "SELECT existencia, reservado FROM comercio_existencia"
ASUNTOS = (
    "SELECT asunto FROM ciudadania_notificacion"
    " WHERE asunto ILIKE '%cambiar el pedido%' OR asunto ILIKE 'Aceptaron%' OR asunto ILIKE '%como estaba'"
    " ORDER BY id"
)
POR_QUE = "No me alcanza la lana"


@pytest.fixture
def pedido(mercado: Mercado) -> Pedido:
    return mercado.pedido((mercado.publicar("Chompa", precio="50.00", existencia=10), 4))


def linea(pedido: Pedido) -> Any:
    with transaccion() as sesion:
        (una,) = lineas_del_pedido(sesion, pedido.id)
        return una.fila.id


def mas_dias(actor: Actor, pedido: Pedido, dias: int = 20) -> None:
    with transaccion() as sesion:
        hasta = fecha_bolivia() + timedelta(days=dias)
        pedir_plazo(sesion, actor, pedido.id, PlazoPedido(hasta=hasta, motivo=POR_QUE))


def menos(actor: Actor, pedido: Pedido, cuanto: str = "1") -> None:
    datos = QuitaPedida(linea_id=linea(pedido), cantidad=Decimal(cuanto), motivo=POR_QUE)
    with transaccion() as sesion:
        pedir_quitar(sesion, actor, pedido.id, datos)


def contestar(actor: Actor, pedido: Pedido, acepta: bool = True, visto: UUID | None = None) -> None:
    """To what is asked now, or to what they saw."""
    with transaccion() as sesion:
        propuesto = propuesto_de(sesion, pedido.id)
        acuerdo_id = visto or (propuesto.id if propuesto else nuevo_id())
        responder(sesion, actor, pedido.id, acuerdo_id, acepta)


def bien() -> None:
    with transaccion() as sesion:
        assert verificar(sesion) == []
        assert verificar_pedidos(sesion) == []


def test_mas_dias_si_quien_compro_acepta(mercado: Mercado, pedido: Pedido, leer: Leer) -> None:
    """It is not cancelled on the first date, and by itself on the second one; nobody's fault is noted."""
    mas_dias(mercado.actor_vendedor, pedido)
    assert leer("SELECT despachar_hasta FROM comercio_pedido") == [(pedido.despachar_hasta,)]
    with pytest.raises(TransicionInvalida):
        contestar(mercado.actor_vendedor, pedido)  # nobody grants what they ask
    contestar(mercado.actor, pedido)
    nuevo = fin_del_dia(fecha_bolivia() + timedelta(days=20))
    assert leer("SELECT despachar_hasta, estado FROM comercio_pedido") == [(nuevo, "pagado")]
    entregar_pendientes()
    assert [a.split(" P-")[0] for (a,) in leer(ASUNTOS)] == [
        "Le piden cambiar el pedido",
        "Aceptaron lo que pidió del pedido",
    ]
    mercado.reloj.adelantar(pedido.despachar_hasta - ahora() + timedelta(hours=1))
    assert tareas.cancelar_vencidos() == 0
    bien()
    mercado.reloj.adelantar(nuevo - ahora() + timedelta(minutes=1))
    assert tareas.cancelar_vencidos() == 1
    assert leer(DINERO) == [("devuelta", 20000, 20000)]
    bien()


@pytest.mark.parametrize("propone", ["comprador", "vendedor"])
def test_menos_de_lo_anunciado_si_el_otro_acepta(
    mercado: Mercado, pedido: Pedido, leer: Leer, propone: str
) -> None:
    """Who bought cannot cancel it alone any more; agreed, the label is taken back, the money goes back, and
    the seller's reputation does not suffer."""
    uno, otro = (
        (mercado.actor, mercado.actor_vendedor)
        if propone == "comprador"
        else (mercado.actor_vendedor, mercado.actor)
    )
    with transaccion() as sesion:
        cumplir.despachar(sesion, mercado.actor_vendedor, pedido.id, mercado.operador.id)
    with pytest.raises(TransicionInvalida), transaccion() as sesion:
        cumplir.cancelar(sesion, mercado.actor, pedido.id, "Ya no", {linea(pedido): Decimal(1)})
    menos(uno, pedido)
    assert leer(DINERO) == [("retenida", 20000, 0)]
    contestar(otro, pedido)
    assert leer(ACUERDOS) == [("quitar", propone, "aceptado")]
    assert leer(DINERO) == [("retenida", 20000, 5000)]
    assert leer(EXISTENCIA) == [(10, 3)]
    assert leer(FALTAS) == [(0,)]
    assert leer("SELECT motivo, cantidad FROM comercio_pedido_cancelacion") == [
        (f"De acuerdo las dos partes: {POR_QUE}", 1)
    ]
    entregar_pendientes()
    bien()
    mercado.llevar(pedido, "EMA", "EMI")  # the rest goes on
    assert leer("SELECT estado FROM comercio_pedido") == [("entregado",)]
    bien()


def test_quitarlo_todo_termina_el_pedido(mercado: Mercado, pedido: Pedido, leer: Leer) -> None:
    menos(mercado.actor_vendedor, pedido, "4")
    contestar(mercado.actor, pedido)
    assert leer("SELECT estado FROM comercio_pedido") == [("cancelado",)]
    assert (leer(DINERO), leer(FALTAS)) == ([("devuelta", 20000, 20000)], [(0,)])
    bien()


def test_no_se_retira_y_el_silencio_dejan_todo_como_estaba(
    mercado: Mercado, pedido: Pedido, leer: Leer
) -> None:
    antes = leer("SELECT estado, despachar_hasta, version FROM comercio_pedido")
    mas_dias(mercado.actor_vendedor, pedido)
    contestar(mercado.actor, pedido, acepta=False)
    menos(mercado.actor, pedido)
    contestar(mercado.actor, pedido, acepta=False)
    menos(mercado.actor_vendedor, pedido)
    menos(mercado.actor_vendedor, pedido, "2")  # in the place of the one before
    assert vencer_acuerdos() == 0
    mercado.reloj.adelantar(timedelta(days=6))
    with pytest.raises(TransicionInvalida):
        contestar(mercado.actor, pedido)
    assert vencer_acuerdos() == 1
    assert vencer_acuerdos() == 0
    assert leer(ACUERDOS) == [
        ("plazo", "vendedor", "no_aceptado"),
        ("quitar", "comprador", "retirado"),
        ("quitar", "vendedor", "retirado"),
        ("quitar", "vendedor", "vencido"),
    ]
    assert leer("SELECT estado, despachar_hasta, version FROM comercio_pedido") == antes
    assert leer(DINERO) == [("retenida", 20000, 0)]
    bien()


def test_lo_que_no_se_puede_pedir_no_cambia_nada(
    mercado: Mercado, pedido: Pedido, leer: Leer, crear_persona: Any, actor_de: Any
) -> None:
    ajena = actor_de(crear_persona("Zoila"))
    for dias in (0, 61):
        with pytest.raises(DatosInvalidos):
            mas_dias(mercado.actor_vendedor, pedido, dias)
    with pytest.raises(TransicionInvalida):
        mas_dias(mercado.actor, pedido)  # who bought needs no days
    with pytest.raises(CantidadQueNoQueda):
        menos(mercado.actor, pedido, "5")
    with pytest.raises(DatosInvalidos):
        menos(mercado.actor, pedido, "1.5")
    for acto in (mas_dias, menos, contestar):
        with pytest.raises((PedidoNoEncontrado, SinFacultad)):
            acto(ajena, pedido)
    with pytest.raises(TransicionInvalida):
        contestar(mercado.actor, pedido)  # nobody asked for anything
    assert leer(ACUERDOS) == []
    menos(mercado.actor, pedido)
    with pytest.raises(TransicionInvalida):
        mas_dias(mercado.actor_vendedor, pedido)  # first the answer
    mercado.llevar(pedido, "EMA")
    with pytest.raises(TransicionInvalida):
        contestar(mercado.actor_vendedor, pedido)  # it left
    assert leer(ACUERDOS) == [("quitar", "comprador", "propuesto")]
    assert leer(DINERO) == [("retenida", 20000, 0)]


def test_con_un_reclamo_nadie_cambia_y_se_pide_diez_veces(
    mercado: Mercado, pedido: Pedido, leer: Leer, sesion_web: Callable[..., Any]
) -> None:
    for _vez in range(10):
        menos(mercado.actor, pedido)
    with pytest.raises(TransicionInvalida, match="demasiadas"):
        menos(mercado.actor, pedido)
    assert leer("SELECT count(*), count(*) FILTER (WHERE estado = 'propuesto') FROM comercio_acuerdo") == [
        (10, 1)
    ]
    servicio = mercado.pedido(
        (mercado.publicar("Bordado", categoria="confeccion", unidad_medida="servicio"), 1)
    )
    with transaccion() as sesion:
        cumplir.prestar(sesion, mercado.actor_vendedor, servicio.id, "Hecho")
    with pytest.raises(TransicionInvalida, match="Ya declaró"):
        mas_dias(mercado.actor_vendedor, servicio)
    with pytest.raises(TransicionInvalida):
        menos(mercado.actor, servicio)
    with transaccion() as sesion:
        reclamar.abrir(sesion, mercado.actor, servicio.id, MotivoReclamo.NO_ES_LO_DESCRITO, "No es así")
    with pytest.raises(TransicionInvalida, match="reclamo"):
        mas_dias(mercado.actor_vendedor, servicio)
    vende = sesion_web(mercado.vendedor)
    assert "Hay un reclamo abierto" in vende.get(f"/pedidos/{servicio.id}/acuerdos").text
    assert "/acuerdos" not in vende.get(f"/vender/pedidos/{servicio.id}").text


def test_la_base_guarda_lo_acordado(mercado: Mercado, pedido: Pedido, bd: Engine, duenio: Engine) -> None:
    """Nobody rewrites what was asked, nor grants it late, nor ends it twice; what was not done is seen."""
    mas_dias(mercado.actor_vendedor, pedido)
    for mal in (
        "UPDATE comercio_acuerdo SET estado = 'aceptado', terminado_en = responder_hasta + interval '1 s'",
        "UPDATE comercio_acuerdo SET estado = 'aceptado'",
        "INSERT INTO comercio_acuerdo SELECT gen_random_uuid(), pedido_id, clase, 'comprador', motivo,"
        " despachar_hasta, NULL, NULL, 'propuesto', responder_hasta FROM comercio_acuerdo",
    ):
        with pytest.raises(IntegrityError), bd.begin() as conexion:
            conexion.execute(text(mal))
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE comercio_acuerdo DISABLE TRIGGER comercio_exigir_acuerdo"))
        conexion.execute(text("UPDATE comercio_acuerdo SET estado = 'aceptado', terminado_en = creado_en"))
        conexion.execute(text("ALTER TABLE comercio_acuerdo ENABLE TRIGGER comercio_exigir_acuerdo"))
    with pytest.raises(IntegrityError), bd.begin() as conexion:
        conexion.execute(text("UPDATE comercio_acuerdo SET estado = 'retirado'"))
    with transaccion() as sesion:
        assert verificar(sesion) == [
            f"pedido {pedido.numero}: se acordó un cambio (plazo) que no consta hecho"
        ]


def test_nadie_acepta_lo_que_no_vio(
    mercado: Mercado, pedido: Pedido, leer: Leer, sesion_web: Callable[..., Any]
) -> None:
    """Who asked puts something else in its place while the other one reads: neither yes nor no is to that."""
    mas_dias(mercado.actor_vendedor, pedido)
    compra, aqui = sesion_web(mercado.comprador), f"/pedidos/{pedido.id}/acuerdos"
    visto = oculto(compra.get(aqui).text, "acuerdo_id")
    menos(mercado.actor_vendedor, pedido, "3")
    for respuesta in ({"acepta": "1"}, {}):
        otra = compra.post(f"{aqui}/respuesta", data={"acuerdo_id": visto} | respuesta)
        assert (otra.status_code, "Ya no es lo que se pedía" in otra.text) == (409, True)
    assert leer(ACUERDOS) == [("plazo", "vendedor", "retirado"), ("quitar", "vendedor", "propuesto")]
    nuevo = oculto(otra.text, "acuerdo_id")  # the page shows what is asked now
    assert compra.post(f"{aqui}/respuesta", data={"acuerdo_id": nuevo}).status_code == 303
    assert leer(ACUERDOS)[1] == ("quitar", "vendedor", "no_aceptado")
    bien()


_PEDIR = (
    "INSERT INTO comercio_acuerdo (id, pedido_id, clase, propuso, motivo, despachar_hasta, linea_id,"
    " cantidad, estado, responder_hasta) SELECT gen_random_uuid(), p.id, "
)
_PLAZO = _PEDIR + "'plazo', 'vendedor', 'x', {nuevo}, NULL, NULL, 'propuesto', {hasta} FROM comercio_pedido p"
_QUITA = _PEDIR + (
    "'quitar', 'comprador', 'x', NULL, l.id, {cuanto}, 'propuesto', now()"
    " FROM comercio_pedido p JOIN comercio_pedido_linea l ON l.pedido_id = p.id"
)


def test_quien_escriba_no_acuerda_por_nadie(mercado: Mercado, pedido: Pedido, bd: Engine, leer: Leer) -> None:
    """As the application: a term moves with an agreement, an agreement is what was done, and stays."""

    def no_puede(sentencia: str, dice: str) -> None:
        with pytest.raises(DBAPIError, match=dice), bd.begin() as conexion:
            conexion.execute(text(sentencia))

    despues = "despachar_hasta + interval '9 days'"
    no_puede(f"UPDATE comercio_pedido SET despachar_hasta = {despues}", "nadie acordó")
    no_puede("UPDATE comercio_pedido SET despachar_hasta = now()", "nadie acordó")
    no_puede(_PLAZO.format(nuevo=despues, hasta=despues), "no se puede acordar")
    no_puede(_PLAZO.format(nuevo="despachar_hasta", hasta="now()"), "no se puede acordar")
    no_puede(_QUITA.format(cuanto=5), "no se puede acordar")
    menos(mercado.actor, pedido)
    for clase in ("quitar", "plazo"):
        vence = "UPDATE comercio_acuerdo SET estado = 'vencido', terminado_en = nucleo_ahora()"
        no_puede(f"{vence} WHERE estado = 'propuesto'", "ck_comercio_acuerdo_cuando")
        no_puede(
            "UPDATE comercio_acuerdo SET estado = 'aceptado', terminado_en = nucleo_ahora()"
            " WHERE estado = 'propuesto'",
            "no se hizo",
        )
        contestar(mercado.actor_vendedor if clase == "quitar" else mercado.actor, pedido)
        no_puede("UPDATE comercio_acuerdo SET terminado_en = responder_hasta", "append-only")
        if clase == "quitar":
            mas_dias(mercado.actor_vendedor, pedido)
    no_puede(f"UPDATE comercio_pedido SET despachar_hasta = {despues}", "nadie acordó")
    assert leer(ACUERDOS) == [("quitar", "comprador", "aceptado"), ("plazo", "vendedor", "aceptado")]
    bien()


def test_por_las_paginas_y_por_programa(
    mercado: Mercado, pedido: Pedido, sesion_web: Callable[..., Any], leer: Leer, cliente: Any, token_de: Any
) -> None:
    compra, vende = sesion_web(mercado.comprador), sesion_web(mercado.vendedor)
    aqui = f"/pedidos/{pedido.id}/acuerdos"
    assert aqui in compra.get(f"/pedidos/{pedido.id}").text
    assert aqui in vende.get(f"/vender/pedidos/{pedido.id}").text
    tarde = vende.post(f"{aqui}/plazo", data={"hasta": fecha_bolivia().isoformat(), "motivo": POR_QUE})
    assert (tarde.status_code, "Elija un día después del que ya tiene" in tarde.text) == (422, True)
    hasta = fecha_bolivia() + timedelta(days=15)
    pedido_ya = vende.post(f"{aqui}/plazo", data={"hasta": hasta.isoformat(), "motivo": POR_QUE})
    assert (pedido_ya.status_code, pedido_ya.headers["location"]) == (303, aqui)
    assert "Le piden un cambio: responder" in compra.get(f"/pedidos/{pedido.id}").text
    vista = lxml.html.fromstring(compra.get(aqui).text)
    assert vista.cssselect("main h2")[0].text == "Lo que le piden"
    assert POR_QUE in vista.text_content()
    si = {"acuerdo_id": oculto(compra.get(aqui).text, "acuerdo_id"), "acepta": "1"}
    assert compra.post(f"{aqui}/respuesta", data=si).status_code == 303
    assert leer("SELECT despachar_hasta FROM comercio_pedido") == [(fin_del_dia(hasta),)]
    assert "Aceptado." in vende.get(aqui).text

    quita = {"linea_id": str(linea(pedido)), "cantidad": "1", "motivo": "Me sobran"}
    assert compra.post(f"{aqui}/quita", data=quita).status_code == 303
    assert "Quitar 1 unidad de «Chompa»" in vende.get(aqui).text
    cabeceras = {"Authorization": f"Bearer {token_de(mercado.vendedor)}"}
    (pedida,) = leer("SELECT id FROM comercio_acuerdo WHERE estado = 'propuesto'")[0]
    si = {"acuerdo_id": str(pedida), "acepta": True}
    respuesta = cliente.post(f"/api/v1{aqui}/respuesta", json=si, headers=cabeceras)
    assert (respuesta.status_code, respuesta.json()["estado"]) == (200, "aceptado")
    lista = cliente.get(f"/api/v1{aqui}", headers=cabeceras).json()["datos"]
    assert [(a["clase"], a["propuso"], a["cantidad"]) for a in lista] == [
        ("quitar", "comprador", "1"),
        ("plazo", "vendedor", None),
    ]
    bien()
