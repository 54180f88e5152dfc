"""Who paid at the door claims although its operator never hands the money over: what is decided is owed to
them by whoever collected it, before who sold; and time alone ends it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from comercio.compra.modelos import Pedido
from comercio.pedidos import tareas
from comercio.reclamos import manejadores, reclamar
from comercio.reclamos.errores import ReclamoNoProcede
from comercio.reclamos.estados import EstadoReclamo, MotivoReclamo
from comercio.reclamos.modelos import Reclamo
from comercio.reclamos.tareas import vencer_reclamos
from envios.deudas.tareas import cobrar_vencidas
from envios.eventos import Fuente, MotivoCorreccion
from envios.eventos.consultas import eventos_de
from envios.eventos.corregir import Correccion, corregir_autorizado
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from pagos import cuenta_de_unidad, saldo
from tests.comercio.pedidos.test_contra_entrega import Puerta
from tests.comercio.pedidos.test_contra_entrega import puerta as puerta
from tests.comercio.portes.conftest import _tarifas_frescas as _tarifas_frescas
from tests.comercio.portes.conftest import tarifas as tarifas

assert manejadores
BS = "Bs\u00a0"
M, E = MotivoReclamo, EstadoReclamo
DICHO = "SELECT asunto, cuerpo FROM ciudadania_notificacion WHERE {}"


def _en_mora(puerta: Puerta) -> Pedido:
    """Delivered and paid at the door; whoever collected it is late by now."""
    pedido = puerta.comprar()
    puerta.mercado.llevar(pedido, "EMA", "EMI")
    puerta.mercado.reloj.adelantar(timedelta(days=8))
    assert cobrar_vencidas() == 0
    return pedido


def _reclamar(puerta: Puerta, pedido: Pedido, monto: str | None = None, motivo: M = M.DANADO) -> Reclamo:
    with transaccion() as sesion:
        return reclamar.abrir(
            sesion, puerta.mercado.actor, pedido.id, motivo, "Vino roto", bs(monto) if monto else None
        )


def _responder(puerta: Puerta, reclamo: Reclamo, oferta: str | None = None, *, acepta: bool = False) -> None:
    with transaccion() as sesion:
        ofrece = bs(oferta) if oferta else None
        reclamar.responder(sesion, puerta.mercado.actor_vendedor, reclamo.id, "Bueno", ofrece, acepta)
    entregar_pendientes()


def _tienen(puerta: Puerta) -> tuple[str, str]:
    """What came to who bought, and what who sold has."""
    with transaccion() as sesion:
        suyo = saldo(sesion, puerta.mercado.cuenta) - bs("1000.00")
        vende = saldo(sesion, cuenta_de_unidad(sesion, puerta.mercado.unidad.id))
    return f"{suyo.amount:.2f}", f"{vende.amount:.2f}"


def _trae(puerta: Puerta, monto: str) -> None:
    puerta.tiene(monto)
    cobrar_vencidas()
    entregar_pendientes()


def _estado(puerta: Puerta) -> Any:
    return puerta.leer("SELECT estado, resuelto FROM comercio_reclamo")


@pytest.fixture
def autoridad(
    crear_persona: Callable[..., Any], crear_unidad: Callable[..., Any], actor_de: Callable[..., Actor]
) -> Actor:
    rosa = crear_persona("Rosa")
    crear_unidad(
        "Autoridad",
        tipo="ENTIDAD_PUBLICA",
        representante=rosa,
        facultades=["REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    return actor_de(rosa)


def test_se_reclama_desde_que_quien_cobro_esta_en_mora(puerta: Puerta, sesion_web: Any) -> None:
    """Not before its term, nor that it was not received; every page says so."""
    pedido = puerta.comprar()
    una = f"/pedidos/{pedido.id}"
    puerta.mercado.llevar(pedido, "EMA")
    with pytest.raises(ReclamoNoProcede, match="Todavía no consta"):
        _reclamar(puerta, pedido)
    puerta.mercado.anotar(pedido, "EMI")
    with pytest.raises(ReclamoNoProcede, match="desde entonces puede reclamar"):
        _reclamar(puerta, pedido)
    compra = sesion_web(puerta.mercado.comprador)
    assert "desde entonces, lo haga o no, puede reclamar" in compra.get(una).text
    assert "Abrir el reclamo" not in compra.get(f"{una}/reclamar").text
    puerta.mercado.reloj.adelantar(timedelta(days=8))
    cobrar_vencidas()
    compra = sesion_web(puerta.mercado.comprador)
    assert "lo que se decida se lo debe el correo" in compra.get(una).text
    assert "lo que se decida se lo debe a usted" in compra.get(f"{una}/reclamar").text
    with pytest.raises(ReclamoNoProcede, match="reclame al correo"):
        _reclamar(puerta, pedido, motivo=M.NO_RECIBIDO)
    assert puerta.leer("SELECT count(*) FROM comercio_reclamo") == [(0,)]
    reclamo = _reclamar(puerta, pedido)
    assert (
        "lo que aquí se decida se lo debe a quien compró"
        in compra.get(f"/reclamos-de-compra/{reclamo.id}").text
    )
    assert puerta.como_va() == [("despachado", "por_cobrar")]
    puerta.cuadra()


@pytest.mark.parametrize("como", ["acepta", "ofrece", "autoridad", "calla quien vende", "calla la autoridad"])
def test_lo_que_se_decide_lo_debe_quien_cobro(
    como: str, puerta: Puerta, autoridad: Actor, sesion_web: Any
) -> None:
    """Of Bs 120, who bought asks 50: whatever comes of it is theirs first, and what is more the seller's."""
    m, pedido = puerta.mercado, _en_mora(puerta)
    reclamo = _reclamar(puerta, pedido, "50.00")
    if como == "acepta":
        _responder(puerta, reclamo, acepta=True)
    elif como == "ofrece":
        _responder(puerta, reclamo, "30.00")
        with transaccion() as sesion:
            reclamar.aceptar_oferta(sesion, m.actor, reclamo.id)
    elif como == "calla quien vende":
        m.reloj.adelantar(timedelta(days=15))
        assert vencer_reclamos() == 1
    else:
        _responder(puerta, reclamo)
        with transaccion() as sesion:
            reclamar.pedir_mediacion(sesion, m.actor, reclamo.id, "Está roto")
        if como == "autoridad":
            with transaccion() as sesion:
                reclamar.decidir(sesion, autoridad, reclamo.id, "La mitad se puede usar", bs("40.00"))
        else:
            m.reloj.adelantar(timedelta(days=40))
            assert vencer_reclamos() == 1
    entregar_pendientes()
    suyo = {"ofrece": 30, "autoridad": 40}.get(como, 50)
    assert _estado(puerta) == [("cedido", suyo * 100)]
    assert puerta.como_va() == [("cancelado", "no_cobrada")]
    assert _tienen(puerta) == ("0.00", "0.00")
    puerta.cuadra()
    una, venta = f"/pedidos/{pedido.id}", f"/vender/pedidos/{pedido.id}"
    compra, vende = sesion_web(m.comprador), sesion_web(m.vendedor)
    assert f"{m.operador.nombre} le debe {BS}{suyo},00" in compra.get(una).text
    assert f"{BS}{suyo},00 de lo que cobró son de quien compró" in vende.get(venta).text
    assert f"{m.operador.nombre} le debe {BS}{120 - suyo},00" in vende.get(venta).text
    _trae(puerta, "25.00")  # not enough for anybody
    assert _tienen(puerta) == ("25.00", "0.00")
    _trae(puerta, "35.00")
    assert _tienen(puerta) == (f"{suyo}.00", f"{60 - suyo}.00")
    entregar_pendientes()
    dicho = DICHO.format("persona_id = :p AND asunto LIKE '%: el correo le pagó %'")
    assert len(puerta.leer(dicho, p=m.comprador.id)) == 1  # who sold still waits for theirs
    puerta.cuadra()
    _trae(puerta, "60.00")
    assert _tienen(puerta) == (f"{suyo}.00", f"{120 - suyo}.00")
    assert puerta.leer("SELECT estado, pagado FROM envios_deuda") == [("saldada", 12000)]
    assert f"le pagó {BS}{suyo},00" in compra.get(una).text
    assert len(puerta.leer(dicho, p=m.comprador.id)) == 1
    dicho = DICHO.format(f"asunto = 'Recibió {BS}{120 - suyo},00 del cobro contra entrega'")
    assert puerta.leer(dicho) != []
    puerta.cuadra()


def test_todo_es_de_quien_compro(puerta: Puerta) -> None:
    """And the same round that pays it pays what is owed to the seller of another order."""
    reclamado = _en_mora(puerta)
    _responder(puerta, _reclamar(puerta, reclamado), acepta=True)
    assert _estado(puerta) == [("cedido", 12000)]
    puerta.tiene("120.00")
    puerta.rendir()
    assert _tienen(puerta) == ("120.00", "0.00")
    puerta.cuadra()


@pytest.mark.parametrize("se_oyo", [True, False])
def test_si_se_rinde_mientras_tanto_sigue_como_cualquiera(puerta: Puerta, se_oyo: bool) -> None:
    """The claim holds it from then on; also before its order has heard that it came."""
    pedido = _en_mora(puerta)
    reclamo = _reclamar(puerta, pedido, "50.00")
    puerta.tiene("120.00")
    assert cobrar_vencidas() == 1
    if se_oyo:
        entregar_pendientes()
        assert puerta.como_va() == [("entregado", "congelada")]
        puerta.cuadra()
    _responder(puerta, reclamo, acepta=True)
    assert _estado(puerta) == [("devuelto", 5000)]
    assert puerta.como_va() == [("entregado", "por_liberar")]
    assert puerta.leer("SELECT count(*) FROM envios_cesion") == [(0,)]
    puerta.mercado.cobrar(pedido)
    assert puerta.como_va() == [("concluido", "liberada")]
    assert _tienen(puerta)[0] == "50.00"
    puerta.cuadra()


@pytest.mark.parametrize("fin", ["retira", "rechaza"])
def test_sin_nada_que_ceder_todo_se_debe_a_quien_vende(puerta: Puerta, fin: str) -> None:
    """Meanwhile the order does not end without its money; afterwards it does, by its term."""
    m, pedido = puerta.mercado, _en_mora(puerta)
    reclamo = _reclamar(puerta, pedido)
    m.reloj.adelantar(timedelta(days=40))
    assert tareas.terminar_sin_rendidos() == 0
    assert puerta.como_va() == [("despachado", "por_cobrar")]
    if fin == "retira":
        with transaccion() as sesion:
            reclamar.retirar(sesion, m.actor, reclamo.id)
    else:
        _responder(puerta, reclamo)
        m.reloj.adelantar(timedelta(days=15))
        assert vencer_reclamos() == 1
    assert _estado(puerta)[0][0] in ("retirado", "cerrado")
    assert tareas.terminar_sin_rendidos() == 1
    entregar_pendientes()
    assert puerta.como_va() == [("cancelado", "no_cobrada")]
    _trae(puerta, "120.00")
    assert _tienen(puerta) == ("0.00", "120.00")
    puerta.cuadra()


def _errada(puerta: Puerta, pedido_id: UUID) -> None:
    """Its delivery is declared wrong by who noted it."""
    m = puerta.mercado
    with transaccion() as sesion:
        (envio_id,) = (
            sesion.connection()
            .execute(text("SELECT envio_id FROM comercio_paquete WHERE pedido_id = :p"), {"p": pedido_id})
            .scalars()
        )
        entrega = next(e for e in eventos_de(sesion, envio_id) if e.codigo == "EMI")
        quien = Autorizacion(Actor.sistema("prueba"), unidad_id=m.operador.id)
        nueva = Correccion(MotivoCorreccion.NO_OCURRIO, entrega.id)
        corregir_autorizado(sesion, quien, m.operador.id, nueva, Fuente.SIMULADOR)
    entregar_pendientes()


@pytest.mark.parametrize("cuando", ["abierto", "cedido"])
def test_lo_que_no_se_entrego_nadie_lo_debe(puerta: Puerta, cuando: str) -> None:
    """Its delivery was none: a claim of it ends without object; what was ceded is owed by nobody, until it is
    delivered after all."""
    pedido = _en_mora(puerta)
    reclamo = _reclamar(puerta, pedido, "50.00")
    if cuando == "cedido":
        _responder(puerta, reclamo, acepta=True)
    _errada(puerta, pedido.id)
    assert puerta.leer("SELECT estado FROM envios_deuda") == [("cancelada",)]
    if cuando == "abierto":
        _responder(puerta, reclamo, acepta=True)
        assert _estado(puerta) == [("sin_objeto", None)]
        assert puerta.como_va() == [("despachado", "por_cobrar")]
        puerta.cuadra()
        return
    puerta.mercado.anotar(pedido, "EMI")
    puerta.mercado.reloj.adelantar(timedelta(days=8))
    _trae(puerta, "120.00")
    assert _tienen(puerta) == ("50.00", "70.00")
    puerta.cuadra()


def test_ni_quien_escriba_cede_lo_que_nadie_decidio(puerta: Puerta, bd: Engine, duenio: Engine) -> None:
    pedido = _en_mora(puerta)
    reclamo = _reclamar(puerta, pedido, "50.00")
    cesion = (
        "INSERT INTO envios_cesion (envio_id, parte_id, monto) SELECT q.envio_id, p.comprador_parte_id, {}"
        " FROM comercio_paquete q JOIN comercio_pedido p ON p.id = q.pedido_id"
    )
    for motor, sentencia, dice in (
        (bd, cesion.format(5000), "nada se cede del envío .* sin un reclamo"),
        (bd, cesion.format(12001), "no se cede así"),
        (
            bd,
            "UPDATE comercio_reclamo SET estado = 'cedido', resuelto = 5000, vence_en = NULL,"
            " terminado_en = nucleo_ahora()",
            "no se debe a quien compró",
        ),
        (bd, "UPDATE comercio_paquete SET saldado = true", "es de su pedido"),
        (duenio, "UPDATE comercio_custodia SET estado = 'congelada'", None),
    ):
        with pytest.raises(DBAPIError, match=dice), motor.begin() as conexion:
            conexion.execute(text(sentencia))
    otro = (
        "INSERT INTO comercio_reclamo (id, pedido_id, motivo, estado, pedido_monto, devuelto, abierto_en,"
        " vence_en, version) SELECT :id, pedido_id, 'no_recibido', 'abierto', pedido_monto, 0, abierto_en,"
        " vence_en, 1 FROM comercio_reclamo"
    )
    with pytest.raises(DBAPIError, match="detiene el dinero"), bd.begin() as conexion:
        conexion.execute(text(otro), {"id": nuevo_id()})
    assert _estado(puerta) == [("abierto", None)]
    _responder(puerta, reclamo, acepta=True)
    for cambio in ("UPDATE envios_cesion SET monto = 1", "DELETE FROM envios_cesion"):
        with pytest.raises(DBAPIError), bd.begin() as conexion:
            conexion.execute(text(cambio))
    puerta.cuadra()
