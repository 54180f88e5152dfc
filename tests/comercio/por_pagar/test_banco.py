"""The bank of a card claims the payment of a purchase: what is held waits for it, goes back or goes on; what
was paid to who sold stays theirs, and who paid with the card owes it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from comercio.acuerdos.acordar import pedir_quitar
from comercio.acuerdos.esquemas import QuitaPedida
from comercio.compra.modelos import Pedido
from comercio.pedidos import lineas_del_pedido, paquetes_de, tareas
from comercio.pedidos.cumplir import cancelar, dar_conformidad
from comercio.reclamos import MotivoReclamo, abrir_reclamo, responder_reclamo, vencer_reclamos
from comercio.reclamos.reclamar import retirar
from comercio.reclamos.verificar import verificar_reclamos
from envios.entrega.devolver import anunciar_devolucion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.vidas import TransicionInvalida
from pagos import Codigo, SolicitudTransferencia, TipoCuenta, cuenta_de_sistema, exigir_transferencia
from pagos.tarjetas.disputar import aplicar_disputa
from pagos.tarjetas.lectura import LecturaDisputa
from pagos.tarjetas.simulada import decidir_disputa, disputar_pago
from tests.comercio.por_pagar.conftest import Caja

Leer = Callable[..., list[tuple[Any, ...]]]
_DINERO = "SELECT estado, devuelto, al_vendedor FROM comercio_custodia ORDER BY monto"


def _comprar(caja: Caja, *lineas: tuple[Any, int], **campos: Any) -> tuple[UUID, list[Pedido]]:
    compra_id = caja.comprar(*lineas, **campos)
    caja.pagar(compra_id)
    caja.barrer()
    return compra_id, caja.pedidos(compra_id)


def _reclamar(caja: Caja, compra_id: UUID) -> str:
    """The cardholder tells their bank; the claim's id there."""
    disputa = disputar_pago(str(caja.tarjeta.intento(compra_id).pasarela_id))
    caja.barrer()
    return str(disputa["id"])


def _decidir(caja: Caja, disputa: str, *, gana: bool) -> None:
    decidir_disputa(disputa, gana_el_comercio=gana)
    caja.barrer()
    caja.barrer(timedelta(hours=1, minutes=1))


def _pasan(caja: Caja, **cuanto: float) -> None:
    caja.barrer(timedelta(**cuanto))
    for barrido in (
        tareas.cancelar_vencidos,
        tareas.dar_por_conformes,
        vencer_reclamos,
        tareas.liberar_vencidas,
    ):
        barrido()
    entregar_pendientes()


def test_lo_que_se_iba_a_pagar_espera_y_sigue_si_el_banco_no_devuelve(caja: Caja, leer: Leer) -> None:
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2))
    caja.mercado.llevar(pedido, "EMA", "EMI")
    _pasan(caja, days=5)
    disputa = _reclamar(caja, compra_id)
    assert leer("SELECT estado, banco_desde IS NOT NULL, liberar_en IS NOT NULL FROM comercio_custodia") == [
        ("congelada", True, True)
    ]
    caja.cuadra()
    with pytest.raises(TransicionInvalida, match="banco"), transaccion() as sesion:
        dar_conformidad(sesion, caja.mercado.actor, pedido.id)
    _pasan(caja, days=3)  # its date comes and goes
    assert leer(_DINERO) == [("congelada", 0, 0)]
    avisos = "SELECT count(*) FROM ciudadania_notificacion WHERE asunto LIKE :asunto"
    assert leer(avisos, asunto="%un banco reclama el pago") == [(2,)]

    _decidir(caja, disputa, gana=True)
    assert leer("SELECT estado, banco_desde FROM comercio_custodia") == [("por_liberar", None)]
    _pasan(caja, minutes=1)
    assert leer(_DINERO) == [("liberada", 0, 9700)]
    assert caja.tarjeta.cobrado() == 10_000
    caja.cuadra()


def test_lo_que_el_banco_devuelve_sale_de_lo_que_esta_en_custodia(caja: Caja, leer: Leer) -> None:
    """One order that nobody sent, one that was received: both end, whole, and nobody is at fault."""
    chompa = caja.mercado.publicar("Chompa", precio="50.00")
    arreglo = caja.mercado.publicar(
        "Arreglo", precio="20.00", categoria="confeccion", unidad_medida="servicio", existencia=10
    )
    compra_id, _pedidos = _comprar(caja, (chompa, 2), (arreglo, 1))
    disputa = _reclamar(caja, compra_id)
    assert leer(_DINERO) == [("congelada", 0, 0), ("congelada", 0, 0)]
    _decidir(caja, disputa, gana=False)
    assert leer(_DINERO) == [("devuelta", 2000, 0), ("devuelta", 10000, 0)]
    assert {p.estado for p in caja.pedidos(compra_id)} == {"cancelado"}
    assert leer("SELECT estado, cobrado, monto - cobrado FROM pagos_disputa") == [("perdida", 12000, 0)]
    assert leer("SELECT DISTINCT reservado::int FROM comercio_existencia") == [(0,)]
    assert leer("SELECT count(*) FROM comercio_falta") == [(0,)]
    assert caja.saldo_de(compra_id).saldo == bs(0)
    assert caja.tarjeta.saldo() == 100_000
    caja.cuadra()
    _pasan(caja, days=121)
    assert caja.fila(compra_id).estado == "cerrada"
    caja.cuadra()


@pytest.mark.parametrize("hasta", [("EMA",), ("EMA", "EMI")])
def test_lo_que_va_en_camino_y_lo_recibido(caja: Caja, leer: Leer, hasta: tuple[str, ...]) -> None:
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2))
    caja.mercado.llevar(pedido, *hasta)
    disputa = _reclamar(caja, compra_id)
    _decidir(caja, disputa, gana=False)
    assert leer(_DINERO) == [("devuelta", 10000, 0)]
    fin = "concluido" if len(hasta) == 2 else "cancelado"
    assert {p.estado for p in caja.pedidos(compra_id)} == {fin}
    caja.cuadra()


def test_lo_que_ya_cobro_quien_vende_lo_debe_quien_pago(caja: Caja, leer: Leer) -> None:
    """What was released is the seller's. The wallet pays what it has; the rest freezes it until it comes."""
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2))
    caja.mercado.llevar(pedido, "EMA", "EMI")
    _pasan(caja, days=8)
    assert leer(_DINERO) == [("liberada", 0, 9700)]
    _vaciar(caja, "940.00")
    disputa = _reclamar(caja, compra_id)
    assert (caja.tarjeta.saldo(), caja.tarjeta.cuenta_ahora().congelada) == (6_000, False)
    _decidir(caja, disputa, gana=False)
    assert leer("SELECT cobrado, congelo FROM pagos_disputa") == [(6000, True)]
    assert (caja.tarjeta.saldo(), caja.tarjeta.cuenta_ahora().congelada) == (0, True)
    assert not caja.saldo_de(compra_id).congelada
    assert leer(_DINERO) == [("liberada", 0, 9700)]
    caja.cuadra()
    _pasan(caja, days=121)
    assert caja.fila(compra_id).estado == "cerrada"
    # What they put in pays the debt, and then it is theirs again.
    _llenar(caja, "50.00")
    caja.barrer(timedelta(hours=1, minutes=1))
    assert leer("SELECT monto - cobrado, congelo FROM pagos_disputa") == [(0, False)]
    assert (caja.tarjeta.saldo(), caja.tarjeta.cuenta_ahora().congelada) == (1_000, False)
    caja.cuadra()


def test_reclamada_cuando_su_cuenta_ya_se_cerro(caja: Caja, leer: Leer) -> None:
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2))
    caja.mercado.llevar(pedido, "EMA", "EMI")
    _pasan(caja, days=8)
    _pasan(caja, days=121)
    assert caja.fila(compra_id).estado == "cerrada"
    _decidir(caja, _reclamar(caja, compra_id), gana=False)
    assert leer("SELECT cobrado, congelo FROM pagos_disputa") == [(10000, False)]
    assert caja.tarjeta.saldo() == 90_000
    caja.cuadra()


def test_una_parte_se_reparte_y_lo_demas_sigue(caja: Caja, leer: Leer) -> None:
    chompa = caja.mercado.publicar("Chompa", precio="50.00")
    arreglo = caja.mercado.publicar(
        "Arreglo", precio="20.00", categoria="confeccion", unidad_medida="servicio", existencia=10
    )
    compra_id, _pedidos = _comprar(caja, (chompa, 2), (arreglo, 1))
    pago = caja.tarjeta.intento(compra_id).pasarela_id
    for veredicto in ("abierta", "perdida"):
        with transaccion() as sesion:
            aplicar_disputa(sesion, LecturaDisputa(veredicto, "dp_1", pago, 6_000, "fraudulent", None))
        entregar_pendientes()
    assert leer(_DINERO) == [("retenida", 1000, 0), ("retenida", 5000, 0)]
    assert leer("SELECT cobrado FROM pagos_disputa") == [(6000,)]
    with transaccion() as sesion:
        for pedido in caja.pedidos(compra_id):
            cancelar(sesion, caja.mercado.actor_vendedor, pedido.id, "Así no")
    assert leer(_DINERO) == [("devuelta", 2000, 0), ("devuelta", 10000, 0)]


def test_quien_vende_cancela_o_no_manda_sin_falta(caja: Caja, leer: Leer) -> None:
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2))
    caja.barrer(pedido.despachar_hasta - pedido.actualizado_en - timedelta(hours=1))
    disputa = _reclamar(caja, compra_id)
    _pasan(caja, hours=2)  # nobody sends it: it is cancelled, and its money waits for the bank
    assert leer(_DINERO) == [("devuelta", 10000, 0)]
    assert leer("SELECT count(*) FROM comercio_falta") == [(0,)]
    caja.barrer(timedelta(hours=1, minutes=1))
    assert leer("SELECT retenido FROM pagos_disputa") == [(10000,)]
    _decidir(caja, disputa, gana=True)
    for _vez in range(2):
        caja.barrer(timedelta(hours=1, minutes=1))
    # The gateway refunds no card that was disputed: it is in the wallet.
    assert leer("SELECT monto, estado FROM pagos_reembolso") == [(10000, "fallido")]
    assert (caja.tarjeta.saldo(), caja.saldo_de(compra_id).saldo) == (110_000, bs(0))
    assert caja.pedidos(compra_id)[0].version > pedido.version
    caja.cuadra()


def test_con_un_reclamo_de_quien_compro(caja: Caja, leer: Leer) -> None:
    """Either holds it, and it goes on when both ended."""
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2))
    caja.mercado.llevar(pedido, "EMA", "EMI")
    disputa = _reclamar(caja, compra_id)
    with transaccion() as sesion:
        abrir_reclamo(sesion, caja.mercado.actor, pedido.id, MotivoReclamo.DANADO, "Llegó roto")
    caja.cuadra()
    with transaccion() as sesion:
        (reclamo,) = sesion.connection().execute(text("SELECT id FROM comercio_reclamo")).scalars()
        retirar(sesion, caja.mercado.actor, reclamo)
    assert leer("SELECT estado, banco_desde IS NULL FROM comercio_custodia") == [("congelada", False)]
    with transaccion() as sesion:
        abrir_reclamo(sesion, caja.mercado.actor, pedido.id, MotivoReclamo.NO_ES_LO_DESCRITO, "Es otra cosa")
    _decidir(caja, disputa, gana=True)
    assert leer("SELECT estado, banco_desde IS NULL FROM comercio_custodia") == [("congelada", True)]
    caja.cuadra()
    _pasan(caja, days=8)  # who sold says nothing: all goes back
    assert leer(_DINERO) == [("devuelta", 10000, 0)]


def test_un_reclamo_de_quien_compro_termina_por_lo_que_hizo_el_banco(
    caja: Caja, leer: Leer, sesion_web: Callable[..., Any]
) -> None:
    """At once, in its words, told to both; of a part that the bank took it goes on, of what is left."""
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2))
    caja.mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        abrir_reclamo(sesion, caja.mercado.actor, pedido.id, MotivoReclamo.DANADO, "Llegó roto")
    pago = caja.tarjeta.intento(compra_id).pasarela_id
    dichos = (
        "SELECT r.estado, p.lado FROM comercio_reclamo r"
        " JOIN comercio_reclamo_paso p ON p.reclamo_id = r.id ORDER BY p.numero"
    )
    for monto, dicho in ((4_000, "dp_1"), (6_000, "dp_2")):
        assert leer(dichos) == [("abierto", "comprador")]
        for veredicto in ("abierta", "perdida"):
            with transaccion() as sesion:
                aplicar_disputa(sesion, LecturaDisputa(veredicto, dicho, pago, monto, "fraudulent", None))
            entregar_pendientes()
    assert leer(dichos) == [("sin_objeto", "comprador"), ("sin_objeto", "banco")]
    assert leer(_DINERO) == [("devuelta", 10000, 0)]
    avisos = "SELECT count(*) FROM ciudadania_notificacion WHERE cuerpo LIKE :cuerpo"
    assert leer(avisos, cuerpo="%nadie decide lo que se reclamaba%") == [(2,)]
    ((reclamo,),) = leer("SELECT id FROM comercio_reclamo")
    for quien in (caja.mercado.comprador, caja.mercado.vendedor):
        dice = sesion_web(quien).get(f"/reclamos-de-compra/{reclamo}").text
        assert "El banco de la tarjeta" in dice
        assert "El banco devolvió a la tarjeta el dinero del pedido" in dice
    with transaccion() as sesion:
        assert verificar_reclamos(sesion) == []
    caja.cuadra()


def test_nadie_lo_suelta_ni_lo_paga_antes_que_el_banco(caja: Caja, bd: Engine, leer: Leer) -> None:
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2))
    caja.mercado.llevar(pedido, "EMA", "EMI")
    _niega(bd, "UPDATE comercio_custodia SET banco_desde = now(), estado = 'congelada'", "espera al banco")
    pago = caja.tarjeta.intento(compra_id).pasarela_id
    with transaccion() as sesion:  # the market has not heard of it yet
        aplicar_disputa(sesion, LecturaDisputa("abierta", "dp_1", pago, 10_000, "fraudulent", None))
    caja.mercado.reloj.adelantar(timedelta(days=8))
    assert tareas.liberar_vencidas() == 0
    _niega(
        bd,
        "UPDATE comercio_custodia SET estado = 'liberada', al_vendedor = 9700, comision_cobrada = 300,"
        " terminada_en = now()",
        "espera al banco",
    )
    entregar_pendientes()
    assert leer(_DINERO) == [("congelada", 0, 0)]
    for sql in (
        "UPDATE comercio_custodia SET banco_desde = NULL, estado = 'por_liberar'",
        "UPDATE comercio_custodia SET banco_desde = NULL",
    ):
        _niega(bd, sql, "espera al banco")
    _niega(bd, "UPDATE comercio_custodia SET estado = 'por_liberar'", "ck_comercio_custodia_banco")
    _niega(bd, "UPDATE pagos_disputa SET cuenta = 1", "responde la cuenta que cobró")


def _niega(bd: Engine, sql: str, dice: str) -> None:
    with pytest.raises(DBAPIError, match=dice), bd.begin() as conexion:
        conexion.exec_driver_sql(sql)


def _vaciar(caja: Caja, monto: str) -> None:
    _mover(caja, monto, entra=False)


def _llenar(caja: Caja, monto: str) -> None:
    _mover(caja, monto, entra=True)


def _mover(caja: Caja, monto: str, *, entra: bool) -> None:
    with transaccion() as sesion:
        ajuste, suya = cuenta_de_sistema(sesion, TipoCuenta.AJUSTE), caja.tarjeta.cuenta
        exigir_transferencia(
            sesion,
            SolicitudTransferencia(
                id=nuevo_id(),
                debito=ajuste if entra else suya,
                credito=suya if entra else ajuste,
                monto=bs(monto),
                codigo=Codigo.AJUSTE,
            ),
            caja.mercado.actor,
        )


def _cambia_de_idea(caja: Caja, compra_id: UUID, disputa: str) -> None:
    """The bank gives back what it took; it is heard twice."""
    pago = caja.tarjeta.intento(compra_id).pasarela_id
    for _vez in range(2):
        with transaccion() as sesion:
            (monto,) = sesion.connection().execute(text("SELECT monto FROM pagos_disputa")).scalars()
            aplicar_disputa(sesion, LecturaDisputa("ganada", disputa, pago, monto, "fraudulent", None))
        entregar_pendientes()


DE_QUIEN_VENDE = (
    "SELECT c.creditos_contabilizados - c.debitos_contabilizados FROM pagos_cuenta c"
    " JOIN comercio_custodia k ON k.cuenta_vendedor = c.id"
)


@pytest.mark.parametrize("hasta", [("EMA",), ("EMA", "EMI")])
def test_si_el_banco_cambia_de_idea_lo_mandado_es_de_quien_vende(
    caja: Caja, leer: Leer, sesion_web: Callable[..., Any], hasta: tuple[str, ...]
) -> None:
    """Also after its purchase was closed."""
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2))
    caja.mercado.llevar(pedido, *hasta)
    disputa = _reclamar(caja, compra_id)
    _decidir(caja, disputa, gana=False)
    _pasan(caja, days=121)
    assert caja.fila(compra_id).estado == "cerrada"
    antes = caja.tarjeta.saldo()
    _cambia_de_idea(caja, compra_id, disputa)
    assert leer("SELECT estado, cobrado, por_repartir FROM pagos_disputa") == [("ganada", 0, 0)]
    assert (leer(DE_QUIEN_VENDE), caja.tarjeta.saldo()) == ([(10000,)], antes)
    avisos = "SELECT count(*) FROM ciudadania_notificacion WHERE asunto LIKE :asunto"
    assert leer(avisos, asunto="%el banco cambió su decisión") == [(2,)]
    caja.cuadra()
    for quien, ruta in ((caja.mercado.comprador, "/pedidos"), (caja.mercado.vendedor, "/vender/pedidos")):
        navegador = sesion_web(quien)
        assert "el cargo a la tarjeta queda firme" in navegador.get(f"{ruta}/{pedido.id}").text
        dice = navegador.get(f"/pedidos/{pedido.id}/banco").text
        assert "Bs\u00a0100,00 son de quien vendió" in dice
        assert "volvieron a la billetera" not in dice


def test_si_el_banco_cambia_de_idea_lo_que_no_salio_es_de_quien_pago(caja: Caja, leer: Leer) -> None:
    """It is for sale again, perhaps somebody else's by now: nothing is sold twice."""
    arreglo = caja.mercado.publicar(
        "Arreglo", precio="20.00", categoria="confeccion", unidad_medida="servicio", existencia=10
    )
    compra_id, _pedidos = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2), (arreglo, 1))
    disputa = _reclamar(caja, compra_id)
    _decidir(caja, disputa, gana=False)
    antes = caja.tarjeta.saldo()
    _cambia_de_idea(caja, compra_id, disputa)
    tomado = "SELECT importe, de_quien_vende FROM comercio_tomado_por_el_banco ORDER BY importe"
    assert leer(tomado) == [(2000, 0), (10000, 0)]
    assert (set(leer(DE_QUIEN_VENDE)), caja.tarjeta.saldo() - antes) == ({(0,)}, 12_000)
    assert {p.estado for p in caja.pedidos(compra_id)} == {"cancelado"}
    caja.cuadra()


def test_si_el_banco_cambia_de_idea_lo_que_volvio_es_de_quien_pago(caja: Caja, leer: Leer) -> None:
    """Who sold has it again: one of the two is paid to them, and what came back to who bought it."""
    m = caja.mercado
    compra_id, (pedido,) = _comprar(caja, (m.publicar("Chompa", precio="50.00"), 2))
    m.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        (linea,) = lineas_del_pedido(sesion, pedido.id)
        motivo, una = MotivoReclamo.DANADO, {linea.fila.id: Decimal(1)}
        abrir_reclamo(sesion, m.actor, pedido.id, motivo, "Llegó rota", cantidades=una)
    with transaccion() as sesion:
        ((reclamo,),) = leer("SELECT id FROM comercio_reclamo")
        responder_reclamo(sesion, m.actor_vendedor, reclamo, "Mándela", None, False, de_vuelta=True)
    with transaccion() as sesion:
        (paquete,) = paquetes_de(sesion, pedido.id)
        assert paquete.envio_id is not None
        vuelta = anunciar_devolucion(sesion, m.actor, paquete.envio_id).id
    for codigo in ("EMA", "EMI"):
        with transaccion() as sesion:
            m.evento(sesion, vuelta, codigo)
        entregar_pendientes()
    assert leer("SELECT estado FROM comercio_reclamo") == [("por_revisar",)]
    disputa = _reclamar(caja, compra_id)
    _decidir(caja, disputa, gana=False)
    assert leer("SELECT estado FROM comercio_reclamo") == [("sin_objeto",)]
    antes = caja.tarjeta.saldo()
    _cambia_de_idea(caja, compra_id, disputa)
    assert leer("SELECT importe, de_quien_vende FROM comercio_tomado_por_el_banco") == [(10000, 5000)]
    assert (leer(DE_QUIEN_VENDE), caja.tarjeta.saldo() - antes) == ([(5000,)], 5_000)
    caja.cuadra()


def test_si_el_banco_cambia_de_idea_nadie_debe(caja: Caja, leer: Leer) -> None:
    """Who sold had been paid; who paid owed it."""
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2))
    caja.mercado.llevar(pedido, "EMA", "EMI")
    _pasan(caja, days=8)
    _vaciar(caja, "940.00")
    disputa = _reclamar(caja, compra_id)
    _decidir(caja, disputa, gana=False)
    assert (caja.tarjeta.saldo(), caja.tarjeta.cuenta_ahora().congelada) == (0, True)
    _cambia_de_idea(caja, compra_id, disputa)
    assert (caja.tarjeta.saldo(), caja.tarjeta.cuenta_ahora().congelada) == (6_000, False)
    assert leer(DE_QUIEN_VENDE) == [(9700,)]
    caja.cuadra()


def test_mientras_el_banco_reclama_no_se_acuerdan_cambios(caja: Caja, leer: Leer) -> None:
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2))
    _reclamar(caja, compra_id)
    (linea,) = leer("SELECT id FROM comercio_pedido_linea")
    pedida = QuitaPedida(linea_id=linea[0], cantidad=Decimal(1), motivo="Solo necesito una.")
    with pytest.raises(TransicionInvalida, match="El banco de la tarjeta reclama"), transaccion() as sesion:
        pedir_quitar(sesion, caja.mercado.actor, pedido.id, pedida)
    assert leer("SELECT count(*) FROM comercio_acuerdo") == [(0,)]
