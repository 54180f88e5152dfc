"""An entity's order holds a commitment: paid at conformity, outside, or owed; never more than certified."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from moneyed import Money
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

import comercio
from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.modelos import Producto
from comercio.catalogo.publicar import editar_producto
from comercio.compra.errores import CambioDePrecio, CompraPropia, CompraRepetida
from comercio.compra.modelos import Pedido
from comercio.comprometidos import (
    OrdenDeEntidad,
    PagoFuera,
    anotar_pago_fuera,
    compromiso_de,
    pagar,
    responder_pago_fuera,
)
from comercio.comprometidos.obligaciones import adeudados
from comercio.comprometidos.tareas import revisar_compromisos
from comercio.custodia.verificar import custodias
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos import manejadores
from comercio.pedidos.tareas import liberar_vencidas
from comercio.pedidos.verificar import pedidos as verificar
from comercio.reclamos import reclamar
from comercio.reclamos.errores import ReclamoNoProcede
from comercio.reclamos.estados import MotivoReclamo
from comercio.sostenidas.esquemas import OfertaPedida
from comercio.sostenidas.sostener import pedir, responder
from empresa_digital.registro import Facultad, SinFacultad
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora, fecha_bolivia
from nucleo.vidas import TransicionInvalida
from pagos import FondosInsuficientes, TipoCuenta, cuenta_de_sistema, cuenta_de_unidad, saldo
from pagos.libro.asuntos import verificar_asuntos
from pagos.libro.verificar import verificar_libro
from pagos.presupuesto.verificar import verificar_presupuesto
from tests.comercio.comprometidos.ayudas import Ente
from tests.comercio.conftest import ENTREGA, Mercado
from tests.comercio.entidades import dar_mandato

assert manejadores  # they listen to the parcels
Leer = Callable[..., list[tuple[Any, ...]]]
ESTADOS = (
    "SELECT p.estado, k.estado, c.estado FROM comercio_pedido p"
    " JOIN comercio_custodia k ON k.pedido_id = p.id"
    " JOIN comercio_compromiso c ON c.pedido_id = p.id ORDER BY p.id"
)


@pytest.fixture(autouse=True)
def _cuadra(mercado: Mercado) -> Any:
    yield
    for comprobar in (custodias, verificar, verificar_asuntos, verificar_libro, verificar_presupuesto):
        with transaccion() as sesion:
            assert comprobar(sesion) == []


def _cobrado(mercado: Mercado) -> tuple[Money, Money]:
    """What who sells and the market have."""
    with transaccion() as sesion:
        suyas = (
            cuenta_de_unidad(sesion, mercado.unidad.id, TipoCuenta.COMERCIO),
            cuenta_de_sistema(sesion, TipoCuenta.COMISION),
        )
        de_quien_vende, comision = (saldo(sesion, c) for c in suyas)
    return de_quien_vende, comision


def test_se_compromete_y_se_paga_al_recibir_conforme(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    chompa = mercado.publicar("Chompa", precio="100.00")
    ente.abonar(ente.unidad, "150.00")
    pedido = ente.pedido((chompa, 1))
    assert leer(ESTADOS) == [("confirmado", "retenida", "vigente")]
    assert ente.presupuesto == (bs("100.00"), bs(0), bs("900.00"))
    assert ente.dinero == bs("150.00")
    mercado.llevar(pedido, "EMA", "EMI")
    assert leer(ESTADOS) == [("entregado", "por_liberar", "vigente")]
    assert liberar_vencidas() == 0
    with transaccion() as sesion:
        comercio.dar_conformidad(sesion, ente.actor, pedido.id)
    assert liberar_vencidas() == 1
    assert leer(ESTADOS) == [("concluido", "liberada", "pagado")]
    assert (ente.presupuesto, ente.dinero) == ((bs(0), bs("100.00"), bs("900.00")), bs("50.00"))
    assert _cobrado(mercado) == (bs("97.00"), bs("3.00"))
    with transaccion() as sesion:
        leido = compromiso_de(sesion, pedido.id)
    assert leido is not None
    assert (leido.estado, leido.ejecutado, leido.certificacion) == ("pagado", bs("100.00"), "CP-2026-17")
    assert (leido.por_pagar, leido.dias_de_mora) == (False, 0)


def test_sin_dinero_espera_y_se_paga_cuando_lo_hay(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    pedido = ente.pedido((mercado.publicar(precio="100.00"), 1))
    mercado.llevar(pedido, "EMA", "EMI")
    mercado.reloj.adelantar(timedelta(days=8))
    antes = ente.presupuesto
    assert (liberar_vencidas(), liberar_vencidas()) == (0, 0)
    assert leer("SELECT intentos FROM comercio_compromiso") == [(1,)]  # the next one, an hour later
    assert (ente.presupuesto, _cobrado(mercado)) == (antes, (bs("0.00"), bs("0.00")))
    with transaccion() as sesion:
        leido = compromiso_de(sesion, pedido.id)
        comercio.dar_conformidad(sesion, ente.actor, pedido.id)  # its date does not change any more
    assert leido is not None
    assert (leido.por_pagar, leido.dias_de_mora) == (True, 2)
    with pytest.raises(FondosInsuficientes), transaccion() as sesion:
        pagar(sesion, ente.pagadora, pedido.id)
    ente.abonar(ente.unidad, "100.00")
    with pytest.raises(SinFacultad), transaccion() as sesion:
        pagar(sesion, ente.actor, pedido.id)
    mercado.reloj.adelantar(timedelta(hours=2))
    assert liberar_vencidas() == 1
    assert leer(ESTADOS) == [("concluido", "liberada", "pagado")]
    assert (ente.dinero, _cobrado(mercado)) == (bs(0), (bs("97.00"), bs("3.00")))


def test_paga_antes_quien_puede_pagar(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    pedido = ente.pedido((mercado.publicar(precio="100.00"), 1))
    ente.abonar(ente.unidad, "100.00")
    with pytest.raises(TransicionInvalida), transaccion() as sesion:
        pagar(sesion, ente.pagadora, pedido.id)
    mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        comercio.dar_conformidad(sesion, ente.actor, pedido.id)
    with transaccion() as sesion:
        pagar(sesion, ente.pagadora, pedido.id)
    assert leer(ESTADOS) == [("concluido", "liberada", "pagado")]
    with pytest.raises(TransicionInvalida), transaccion() as sesion:
        pagar(sesion, ente.pagadora, pedido.id)


def _recibido(mercado: Mercado, ente: Ente, precio: str = "100.00") -> Any:
    pedido = ente.pedido((mercado.publicar(precio=precio), 1))
    mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        comercio.dar_conformidad(sesion, ente.actor, pedido.id)
    return pedido


def test_pagado_por_tesoreria(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    """Executed with its C-31, without money nor commission; silence says that it came."""
    pedido = _recibido(mercado, ente)
    hoy = fecha_bolivia(ahora())
    futuro = PagoFuera("C31-900", hoy + timedelta(days=1))
    with pytest.raises(DatosInvalidos), transaccion() as sesion:
        anotar_pago_fuera(sesion, ente.pagadora, pedido.id, futuro)
    with pytest.raises(DatosInvalidos), transaccion() as sesion:
        anotar_pago_fuera(sesion, ente.pagadora, pedido.id, PagoFuera("  ", hoy))
    with pytest.raises(SinFacultad), transaccion() as sesion:
        anotar_pago_fuera(sesion, ente.actor, pedido.id, PagoFuera("C31-900", hoy))
    with transaccion() as sesion:
        anotar_pago_fuera(sesion, ente.pagadora, pedido.id, PagoFuera("C31-900", hoy))
    assert leer(ESTADOS) == [("concluido", "ejecutada", "dicho")]
    assert ente.presupuesto == (bs(0), bs("100.00"), bs("900.00"))
    assert _cobrado(mercado) == (bs("0.00"), bs("0.00"))
    entregar_pendientes()
    assert (revisar_compromisos(), liberar_vencidas()) == (0, 0)
    mercado.reloj.adelantar(timedelta(days=30))
    assert (revisar_compromisos(), revisar_compromisos()) == (1, 0)
    assert leer(ESTADOS) == [("concluido", "ejecutada", "recibido")]


def test_dice_que_no_llego_y_se_paga_lo_que_se_debe(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    pedido = _recibido(mercado, ente)
    pago = PagoFuera("C31-900", fecha_bolivia(ahora()))
    with transaccion() as sesion:
        anotar_pago_fuera(sesion, ente.pagadora, pedido.id, pago)
    with transaccion() as sesion:
        responder_pago_fuera(sesion, mercado.actor_vendedor, pedido.id, llego=False)
    with transaccion() as sesion:
        leido = compromiso_de(sesion, pedido.id)
    assert leido is not None
    assert (leido.estado, leido.adeudado) == ("adeudado", bs("100.00"))
    with pytest.raises(TransicionInvalida), transaccion() as sesion:
        responder_pago_fuera(sesion, mercado.actor_vendedor, pedido.id, llego=True)
    with pytest.raises(FondosInsuficientes), transaccion() as sesion:
        pagar(sesion, ente.pagadora, pedido.id)
    ente.abonar(ente.unidad, "100.00")
    with transaccion() as sesion:
        pagar(sesion, ente.pagadora, pedido.id)
    assert leer(ESTADOS) == [("concluido", "ejecutada", "pagado")]
    assert _cobrado(mercado) == (bs("100.00"), bs("0.00"))  # of a debt no commission is taken
    with pytest.raises(TransicionInvalida), transaccion() as sesion:
        anotar_pago_fuera(sesion, ente.pagadora, pedido.id, pago)


def test_nadie_paga_y_con_el_tiempo_lo_debe(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    pedido = _recibido(mercado, ente)
    assert liberar_vencidas() == 0
    assert revisar_compromisos() == 0
    mercado.reloj.adelantar(timedelta(days=25))
    avisos = "SELECT count(*) FROM ciudadania_notificacion WHERE asunto LIKE '%recibido y sin pagar%'"
    assert (revisar_compromisos(), revisar_compromisos()) == (1, 0)
    assert leer(avisos)[0][0] >= 2
    assert leer(ESTADOS) == [("entregado", "por_liberar", "vigente")]
    mercado.reloj.adelantar(timedelta(days=70))
    assert (liberar_vencidas(), revisar_compromisos(), revisar_compromisos()) == (0, 1, 0)
    assert leer(ESTADOS) == [("concluido", "ejecutada", "adeudado")]
    assert ente.presupuesto == (bs(0), bs("100.00"), bs("900.00"))
    with transaccion() as sesion:
        debe = comercio.compromiso_de(sesion, pedido.id)
        assert debe is not None
        for unidad in (ente.unidad, mercado.unidad):  # neither closes before it is paid
            assert [o.cuantas for o in adeudados(sesion, unidad.id)] == [1]
    assert (debe.pedido_id, debe.adeudado) == (pedido.id, bs("100.00"))


def test_de_lo_recibido_conforme_no_se_reclama(
    mercado: Mercado, ente: Ente, leer: Leer, sesion_web: Callable[..., Any]
) -> None:
    """However late it is paid: nothing is freed of what was received. Before, it is claimed as of any."""
    pedido = ente.pedido((mercado.publicar(precio="100.00"), 1))
    compradora = sesion_web(ente.entidad.persona)
    mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        assert reclamar.motivos_que_proceden(sesion, sesion.get_one(Pedido, pedido.id))[0]
    assert f"/pedidos/{pedido.id}/reclamar" in compradora.get(f"/pedidos/{pedido.id}").text
    with transaccion() as sesion:
        comercio.dar_conformidad(sesion, ente.actor, pedido.id)
    assert f"/pedidos/{pedido.id}/reclamar" not in compradora.get(f"/pedidos/{pedido.id}").text
    mercado.reloj.adelantar(timedelta(days=40))
    assert liberar_vencidas() == 0
    for motivo in (MotivoReclamo.DANADO, MotivoReclamo.DESISTIMIENTO, MotivoReclamo.NO_RECIBIDO):
        with pytest.raises(ReclamoNoProcede), transaccion() as sesion:
            reclamar.abrir(sesion, ente.actor, pedido.id, motivo, "No es lo que se pidió")
    with transaccion() as sesion:
        suyo = sesion.get_one(Pedido, pedido.id)
        motivos, por_que_no = reclamar.motivos_que_proceden(sesion, suyo)
    assert (motivos, por_que_no) == ([], "La entidad ya lo recibió conforme: lo que queda es pagarlo.")
    assert leer(ESTADOS) == [("entregado", "por_liberar", "vigente")]


def test_lo_que_se_cancela_vuelve_al_presupuesto(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    pedido = ente.pedido((mercado.publicar(precio="100.00"), 3))
    with transaccion() as sesion:
        linea = leer("SELECT id FROM comercio_pedido_linea")[0][0]
        comercio.cancelar(sesion, ente.actor, pedido.id, "Basta con dos", {linea: Decimal(1)})
    assert ente.presupuesto == (bs("200.00"), bs(0), bs("800.00"))
    with transaccion() as sesion:
        pedidos.cancelar(sesion, mercado.actor_vendedor, pedido.id, "No hay")
    assert leer(ESTADOS) == [("cancelado", "devuelta", "liberado")]
    assert ente.presupuesto == (bs(0), bs(0), bs("1000.00"))


def test_no_se_compromete_mas_de_lo_certificado(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    chompa = mercado.publicar(precio="400.00")
    uno = nuevo_id()
    compra = ente.ordenar((chompa, 2), id=uno)
    assert ente.ordenar((chompa, 2), id=uno).id == compra.id
    with pytest.raises(CompraRepetida):
        ente.ordenar((chompa, 1), id=uno)
    with pytest.raises(FondosInsuficientes):
        ente.ordenar((chompa, 1))
    with pytest.raises(CambioDePrecio):
        ente.ordenar((chompa, 1), total=bs("1.00"))
    with pytest.raises(DatosInvalidos):
        ente.ordenar((chompa, 1), cuenta=mercado.cuenta)
    assert leer("SELECT count(*) FROM comercio_pedido") == [(1,)]
    assert ente.presupuesto == (bs("800.00"), bs(0), bs("200.00"))


def test_lo_sostenido_pasa_al_pedido(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    """At its price, with its units, although the shop's price rose and nothing more is left."""
    chompa = mercado.publicar(precio="80.00", existencia=4)
    pedida = OfertaPedida(unidad_id=ente.unidad.id, producto_id=chompa.id, cantidad=Decimal(4), dias=7)
    with transaccion() as sesion:
        oferta = pedir(sesion, ente.actor, pedida)
    with transaccion() as sesion:
        responder(sesion, mercado.actor_vendedor, oferta.id, sostener=True)
    with transaccion() as sesion:
        version = sesion.get_one(Producto, chompa.id).version
        editar_producto(
            sesion, mercado.actor_vendedor, chompa.id, version, ProductoCambios(precio=bs("95.00"))
        )
    uno = nuevo_id()
    for _vez in range(2):
        with transaccion() as sesion:
            orden = OrdenDeEntidad(
                id=uno,
                entidad_id=ente.unidad.id,
                certificacion_id=ente.certificado,
                certificacion="CP-2026-17",
                cuenta_id=ente.cuenta,
                entrega=ENTREGA,
                total=bs("320.00"),
                porte=bs(0),
                oferta_id=oferta.id,
            )
            (pedido,) = comercio.ordenar_para_entidad(sesion, ente.actor, orden)
    assert leer("SELECT precio, importe FROM comercio_pedido_linea") == [(8000, 32000)]
    assert leer("SELECT estado FROM comercio_oferta_sostenida") == [("cumplida",)]
    assert leer("SELECT existencia, reservado FROM comercio_existencia") == [(4, 4)]
    assert ente.presupuesto[0] == bs("320.00")
    with transaccion() as sesion:
        comercio.cancelar(sesion, mercado.actor_vendedor, pedido.id, "No hay")
    assert leer("SELECT existencia, reservado FROM comercio_existencia") == [(4, 0)]


def test_lo_que_pagan_varios_espera_sus_firmas(
    mercado: Mercado,
    ente: Ente,
    leer: Leer,
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Any],
) -> None:
    pedido = ente.pedido((mercado.publicar(precio="100.00"), 1))
    ente.abonar(ente.unidad, "100.00")
    dos = [crear_persona(n) for n in ("Delia", "Elmer")]
    grupo = nuevo_id()
    for persona in dos:
        dar_mandato(ente.unidad, persona, Facultad.PAGAR, firmas=2, grupo=grupo)
    ayer, futuro = (PagoFuera("C31-900", fecha_bolivia(ahora()) + timedelta(days=n)) for n in (-1, 1))
    with pytest.raises(TransicionInvalida), transaccion() as sesion:
        comercio.pagar_de_entidad(sesion, actor_de(dos[0]), pedido.id)  # judged before anybody signs
    with pytest.raises(TransicionInvalida), transaccion() as sesion:
        comercio.anotar_pago_fuera(sesion, actor_de(dos[0]), pedido.id, ayer)
    mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        comercio.dar_conformidad(sesion, ente.actor, pedido.id)
    with pytest.raises(DatosInvalidos), transaccion() as sesion:
        comercio.anotar_pago_fuera(sesion, actor_de(dos[0]), pedido.id, futuro)
    with transaccion() as sesion:
        propuesto = comercio.pagar_de_entidad(sesion, actor_de(dos[0]), pedido.id)
    assert propuesto is not None
    assert leer(ESTADOS) == [("entregado", "por_liberar", "vigente")]
    with transaccion() as sesion:
        assert comercio.pagar_de_entidad(sesion, ente.pagadora, pedido.id) is None
    assert leer(ESTADOS) == [("concluido", "liberada", "pagado")]


FIN = "terminado_en = nucleo_ahora()"
DICHO = "comprobante = 'X', comprobante_fecha = '2026-01-02', dicho_por = 'X', dicho_en = nucleo_ahora()"


def _escribir(sentencia: str) -> None:
    """As the application's role, all that is judged at the commit too."""
    with transaccion() as sesion:
        sesion.connection().exec_driver_sql(sentencia)


def _sin_guardas(duenio: Engine, sentencia: str) -> None:
    """As whoever owns the tables could."""
    with duenio.begin() as conexion:
        conexion.exec_driver_sql("ALTER TABLE comercio_compromiso DISABLE TRIGGER USER")
        conexion.exec_driver_sql(sentencia)
        conexion.exec_driver_sql("ALTER TABLE comercio_compromiso ENABLE TRIGGER USER")


def test_una_deuda_no_se_borra(mercado: Mercado, ente: Ente, leer: Leer, duenio: Engine) -> None:
    """It ends paid when the ledger paid it, whole, from the entity to who sells; and `verify` tells it."""
    pedido = _recibido(mercado, ente)
    with transaccion() as sesion:
        anotar_pago_fuera(sesion, ente.pagadora, pedido.id, PagoFuera("C31-900", fecha_bolivia(ahora())))
    for sentencia in (
        "UPDATE comercio_compromiso SET comprobante = 'X'",
        "UPDATE comercio_compromiso SET responder_hasta = responder_hasta - interval '5 days'",
    ):
        with pytest.raises(IntegrityError, match="no cambia"):
            _escribir(sentencia)
    with transaccion() as sesion:
        responder_pago_fuera(sesion, mercado.actor_vendedor, pedido.id, llego=False)
    pagada = f"UPDATE comercio_compromiso SET estado = 'pagado', {FIN}"
    with pytest.raises(IntegrityError, match="no dicen lo mismo"):
        _escribir(pagada)
    _sin_guardas(duenio, pagada)
    with transaccion() as sesion:
        (falta,) = custodias(sesion)
    assert "dice que se pagó lo adeudado y el libro no" in falta
    _sin_guardas(duenio, "UPDATE comercio_compromiso SET estado = 'adeudado', terminado_en = NULL")
    ente.abonar(ente.unidad, "100.00")
    with transaccion() as sesion:
        pagar(sesion, ente.pagadora, pedido.id)
    assert leer(ESTADOS) == [("concluido", "ejecutada", "pagado")]
    with pytest.raises(IntegrityError, match="terminó no cambia"):
        _escribir(f"UPDATE comercio_compromiso SET {DICHO}")


def test_se_comprueba_que_el_c31_es_el_que_se_anoto(mercado: Mercado, ente: Ente, duenio: Engine) -> None:
    pedido = _recibido(mercado, ente)
    with transaccion() as sesion:
        anotar_pago_fuera(sesion, ente.pagadora, pedido.id, PagoFuera("C31-900", fecha_bolivia(ahora())))
    _sin_guardas(duenio, "UPDATE comercio_compromiso SET comprobante = 'C31-901'")
    with transaccion() as sesion:
        (falta,) = custodias(sesion)
    assert "su C-31 no es el último que se anotó" in falta
    _sin_guardas(duenio, "UPDATE comercio_compromiso SET comprobante = 'C31-900'")


def test_lo_recibido_conforme_no_se_congela_ni_se_libera(mercado: Mercado, ente: Ente, leer: Leer) -> None:
    """Whatever program writes it."""
    _recibido(mercado, ente)
    with pytest.raises(IntegrityError, match="recibió conforme no se reclama"):
        _escribir("UPDATE comercio_custodia SET estado = 'congelada'")
    for cambio in (
        "devuelto = devuelto + 1",
        "estado = 'devuelta', devuelto = monto, terminada_en = nucleo_ahora()",
        "estado = 'retenida', devuelto = devuelto + 1",
    ):
        with pytest.raises(IntegrityError, match="recibió conforme nada se libera"):
            _escribir(f"UPDATE comercio_custodia SET {cambio}")
    assert leer(ESTADOS) == [("entregado", "por_liberar", "vigente")]


@pytest.mark.parametrize(
    ("sentencia", "falta"),
    [
        ("UPDATE comercio_custodia SET ejecutado = 1", "ck_comercio_custodia_compromiso"),
        (
            "UPDATE comercio_custodia SET estado = 'ejecutada', ejecutado = monto, terminada_en = now()",
            "no se entregó",
        ),
        ("UPDATE comercio_compromiso SET estado = 'liberado', terminado_en = now()", "no dicen lo mismo"),
        ("UPDATE comercio_compromiso SET responder_hasta = now()", "no cambia"),
    ],
)
def test_quien_escriba_las_filas(
    mercado: Mercado, ente: Ente, sesion: Session, sentencia: str, falta: str
) -> None:
    ente.pedido((mercado.publicar(precio="100.00"), 1))
    sesion.connection().exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match=falta), sesion.begin_nested():
        sesion.connection().exec_driver_sql(sentencia)
    sesion.rollback()


def test_quien_compra_por_la_entidad_no_declara_hecho_el_servicio(
    ente: Ente, mercado: Mercado, leer: Leer
) -> None:
    """Three days of silence would be its conformity."""
    pedido = ente.pedido((mercado.publicar("Bordado", categoria="confeccion", unidad_medida="servicio"), 1))
    dar_mandato(mercado.unidad, ente.entidad.persona, Facultad.VENDER)
    with pytest.raises(CompraPropia, match="Usted compra por la entidad"), transaccion() as sesion:
        pedidos.prestar(sesion, ente.actor, pedido.id, "Quedó hecho")
    assert leer("SELECT estado FROM comercio_servicio") == [("agendado",)]
    with transaccion() as sesion:
        pedidos.prestar(sesion, mercado.actor_vendedor, pedido.id, "Quedó hecho")
    assert leer("SELECT estado FROM comercio_servicio") == [("prestado",)]
