"""Postage as a charge of the order: as it was shown, into custody with the goods, and where it ends."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from moneyed import Money
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from comercio.compra.errores import CambioDePorte, EntregaInvalida
from comercio.compra.modelos import Pedido
from comercio.custodia.verificar import custodias
from comercio.formas import Cobro, declarar
from comercio.formas import FormaDeEntrega as F
from comercio.pedidos import cumplir, tareas
from comercio.pedidos.verificar import pedidos as verificar
from comercio.reclamos import reclamar
from comercio.reclamos.errores import ReclamoNoAdmite
from comercio.reclamos.estados import MotivoReclamo as M
from comercio.reclamos.modelos import Reclamo
from comercio.reclamos.tareas import vencer_reclamos
from comercio.reclamos.verificar import verificar_reclamos
from comercio.reputacion.verificar import verificar_reputacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from pagos import TipoCuenta, cuenta_de_unidad, saldo
from tests.comercio.conftest import ENTREGA, Mercado
from tests.comercio.portes.conftest import Tarifas

Leer = Callable[..., list[tuple[Any, ...]]]
CARGOS = "SELECT clase, paga, recibe, monto FROM comercio_pedido_cargo ORDER BY clase"
CUSTODIA = "SELECT estado, monto, porte, comision, devuelto, porte_devuelto FROM comercio_custodia"
POTOSI = ENTREGA.model_copy(update={"municipio_ine": "050101"})


def cobrar(mercado: Mercado, cobro: Cobro, *formas: F) -> None:
    with transaccion() as sesion:
        dichas = dict.fromkeys(formas or (F.CORREO,), "")
        declarar(sesion, mercado.actor_vendedor, mercado.unidad.id, dichas, cobro)


def cuadra() -> None:
    for comprobar in (verificar, custodias, verificar_reclamos, verificar_reputacion):
        with transaccion() as sesion:
            assert comprobar(sesion) == []


def dinero(mercado: Mercado) -> tuple[Money, Money]:
    """What buyer and seller have."""
    with transaccion() as sesion:
        vende = cuenta_de_unidad(sesion, mercado.unidad.id, TipoCuenta.COMERCIO)
        return saldo(sesion, mercado.cuenta), saldo(sesion, vende)


@pytest.fixture
def comprado(mercado: Mercado, tarifas: Tarifas) -> Pedido:
    """Two of 400 g for 100.00, and 10.00 of postage."""
    tarifas()
    cobrar(mercado, Cobro(correo=True))
    return mercado.pedido((mercado.publicar(precio="50.00"), 2), porte=bs("10.00"))


@pytest.fixture
def entregado(mercado: Mercado, comprado: Pedido) -> Pedido:
    mercado.llevar(comprado, "EMA", "EMI")
    return comprado


def reclamo_de(mercado: Mercado, pedido: Pedido, motivo: M, **campos: Any) -> Reclamo:
    with transaccion() as sesion:
        return reclamar.abrir(sesion, mercado.actor, pedido.id, motivo, "No lo quiero", **campos)


def aceptar(mercado: Mercado, reclamo: Reclamo) -> None:
    with transaccion() as sesion:
        reclamar.responder(sesion, mercado.actor_vendedor, reclamo.id, "De acuerdo", None, True)


def test_se_cobra_la_tarifa_y_es_de_quien_vende(mercado: Mercado, entregado: Pedido, leer: Leer) -> None:
    """The commission is of the goods alone; the postage is the seller's with the rest."""
    assert leer(CARGOS) == [
        ("bienes", "comprador", "vendedor", 10_000),
        ("comision", "vendedor", "plataforma", 300),
        ("porte", "comprador", "vendedor", 1_000),
    ]
    assert leer("SELECT total FROM comercio_pedido UNION ALL SELECT total FROM comercio_compra") == [
        (11_000,),
        (11_000,),
    ]
    assert leer("SELECT operador, servicio, dias, peso_g FROM comercio_pedido_porte") == [
        ("Correos de Prueba", "Encomienda ordinaria", 1, 800)
    ]
    assert dinero(mercado) == (bs("890.00"), bs("0.00"))
    mercado.cobrar(entregado)
    assert dinero(mercado) == (bs("890.00"), bs("107.00"))
    assert leer(CUSTODIA) == [("liberada", 11_000, 1_000, 300, 0, 0)]
    cuadra()


def test_la_comision_no_cuenta_el_envio(mercado: Mercado, tarifas: Tarifas, leer: Leer) -> None:
    tarifas("400,00")
    producto = mercado.publicar(precio="100.00")
    mercado.pedido((producto, 1))
    cobrar(mercado, Cobro(correo=True))
    mercado.pedido((producto, 1), porte=bs("20.00"))  # the express service is the cheaper one
    assert len({c for (c,) in leer("SELECT monto FROM comercio_pedido_cargo WHERE clase = 'comision'")}) == 1
    cuadra()


def test_se_paga_lo_que_se_vio_o_nada(mercado: Mercado, tarifas: Tarifas, leer: Leer) -> None:
    tarifas()
    producto = mercado.publicar(precio="50.00")
    cobrar(mercado, Cobro(correo=True))
    for visto in ({}, {"porte": bs("9.99")}, {"porte": bs("10.01")}):
        with pytest.raises(CambioDePorte, match="10,00 y el total es Bs\u00a0110,00") as dicho:
            mercado.comprar((producto, 2), **visto)
        assert dicho.value.extra["porte"] == {"monto": "10.00", "moneda": "BOB"}
        assert dicho.value.extra["total"] == {"monto": "110.00", "moneda": "BOB"}
    tarifas("12,00")  # it changed between
    with pytest.raises(CambioDePorte, match="12,00"):
        mercado.comprar((producto, 2), porte=bs("10.00"))
    assert leer("SELECT count(*) FROM comercio_compra") == [(0,)]
    assert leer("SELECT existencia, reservado FROM comercio_existencia") == [(10, 0)]
    assert dinero(mercado)[0] == bs("1000.00")
    mercado.comprar((producto, 2), total=bs("112.00"))
    mercado.comprar((producto, 4), entrega=POTOSI, porte=bs("24.00"))  # 1.6 kg: 18 and two halves
    assert leer("SELECT porte FROM comercio_custodia ORDER BY pedido_id") == [(1_200,), (2_400,)]
    cuadra()


def test_gratis_desde_y_a_donde_nadie_lo_lleva(mercado: Mercado, tarifas: Tarifas, leer: Leer) -> None:
    tarifas()
    producto = mercado.publicar(precio="50.00")
    cobrar(mercado, Cobro(correo=True, gratis_desde=bs("100.00")))
    mercado.comprar((producto, 2))
    with pytest.raises(CambioDePorte):
        mercado.comprar((producto, 1))
    assert leer("SELECT count(*) FROM comercio_pedido_cargo WHERE clase = 'porte'") == [(0,)]
    lejos = ENTREGA.model_copy(update={"municipio_ine": "080101"})
    with pytest.raises(EntregaInvalida, match="Ningún operador lleva lo de"):
        mercado.comprar((producto, 1), entrega=lejos, porte=bs("10.00"))
    mercado.comprar((producto, 2), entrega=lejos)  # free: the seller looks for how
    cuadra()


def test_lo_que_lleva_quien_vende_cuesta_segun_el_municipio(mercado: Mercado, leer: Leer) -> None:
    zonas = {"020101": bs("0.00"), "020105": bs("7.50")}
    cobrar(mercado, Cobro(zonas=zonas), F.CORREO, F.REPARTO)
    producto = mercado.publicar(precio="50.00")
    reparto = {mercado.unidad.id: F.REPARTO}
    aqui = ENTREGA.model_copy(update={"municipio_ine": "020101"})
    mercado.comprar((producto, 1), formas=reparto, entrega=aqui)
    with pytest.raises(CambioDePorte, match="7,50"):
        mercado.comprar((producto, 1), formas=reparto)
    mercado.comprar((producto, 1), formas=reparto, porte=bs("7.50"))
    with pytest.raises(EntregaInvalida, match="otra forma u otro municipio"):
        mercado.comprar((producto, 1), formas=reparto, entrega=POTOSI)
    mercado.comprar((producto, 1))  # by post it is in the price
    assert leer("SELECT porte FROM comercio_custodia ORDER BY pedido_id") == [(0,), (750,), (0,)]
    assert leer("SELECT count(*) FROM comercio_pedido_porte") == [(0,)]
    cuadra()


@pytest.mark.parametrize(
    ("cobro", "formas", "campo"),
    [
        (Cobro(correo=True), (F.REPARTO,), "cobra_correo"),
        (Cobro(zonas={"020101": bs("5.00")}), (F.CORREO,), "reparto"),
        (Cobro(zonas={"999999": bs("5.00")}), (F.REPARTO,), "zonas.0.municipio_ine"),
        (Cobro(zonas={"020101": bs("1000.01")}), (F.REPARTO,), "zonas.0.monto"),
        (Cobro(gratis_desde=bs("50.00")), (F.CORREO,), "gratis_desde"),
        (Cobro(correo=True, gratis_desde=bs("0.00")), (F.CORREO,), "gratis_desde"),
    ],
)
def test_no_se_declara(mercado: Mercado, leer: Leer, cobro: Cobro, formas: tuple[F, ...], campo: str) -> None:
    with pytest.raises(DatosInvalidos) as dicho:
        cobrar(mercado, cobro, *formas)
    assert list(dicho.value.campos) == [campo]
    assert leer("SELECT count(*) FROM comercio_forma_de_entrega") == [(0,)]


def test_cancelar_lo_ultimo_devuelve_el_envio(mercado: Mercado, comprado: Pedido, leer: Leer) -> None:
    """One of two: its price alone. The other one: its price and the postage."""
    ((linea,),) = leer("SELECT id FROM comercio_pedido_linea")
    with transaccion() as sesion:
        cumplir.cancelar(sesion, mercado.actor, comprado.id, "Uno basta", {linea: Decimal(1)})
    assert (dinero(mercado)[0], leer("SELECT * FROM comercio_porte_devuelto")) == (bs("940.00"), [])
    with transaccion() as sesion:
        cumplir.cancelar(sesion, mercado.actor, comprado.id, "Ninguno")
    assert dinero(mercado)[0] == bs("1000.00")
    assert leer("SELECT importe FROM comercio_porte_devuelto") == [(1_000,)]
    assert [f[0] for f in leer(CUSTODIA)] == ["devuelta"]
    cuadra()


def test_lo_que_nadie_despacha_y_lo_que_vuelve_devuelven_el_envio(
    mercado: Mercado, comprado: Pedido, leer: Leer
) -> None:
    """Nobody sends the first one; the second comes back."""
    mercado.reloj.adelantar(timedelta(days=30))
    assert tareas.cancelar_vencidos() == 1
    assert dinero(mercado)[0] == bs("1000.00")
    otro = mercado.pedido((mercado.publicar(), 1), porte=bs("10.00"))
    mercado.llevar(otro, "EMA", "vuelve")
    assert dinero(mercado)[0] == bs("1000.00")
    assert leer("SELECT sum(importe) FROM comercio_porte_devuelto") == [(2_000,)]
    cuadra()


def test_por_culpa_de_quien_vende_vuelve_y_por_arrepentirse_no(
    mercado: Mercado, tarifas: Tarifas, leer: Leer
) -> None:
    tarifas()
    cobrar(mercado, Cobro(correo=True))
    producto = mercado.publicar(precio="50.00")
    danado, arrepentido = [mercado.pedido((producto, 2), porte=bs("10.00")) for _ in range(2)]
    for pedido in (danado, arrepentido):
        mercado.llevar(pedido, "EMA", "EMI")
    assert dinero(mercado)[0] == bs("780.00")
    aceptar(mercado, reclamo_de(mercado, danado, M.DANADO))
    assert dinero(mercado)[0] == bs("890.00")
    with pytest.raises(DatosInvalidos, match="100,00"):
        reclamo_de(mercado, arrepentido, M.DESISTIMIENTO, monto=bs("100.01"))
    aceptar(mercado, reclamo_de(mercado, arrepentido, M.DESISTIMIENTO))
    assert dinero(mercado)[0] == bs("990.00")
    assert leer("SELECT pedido_id, importe FROM comercio_porte_devuelto") == [(danado.id, 1_000)]
    mercado.cobrar(arrepentido)  # the postage alone, without commission
    assert dinero(mercado) == (bs("990.00"), bs("10.00"))
    assert leer("SELECT falta FROM comercio_falta") == [("reclamo",)]
    cuadra()


def test_la_regla_que_rige_cuando_se_vende(
    mercado: Mercado, tarifas: Tarifas, leer: Leer, duenio: Engine
) -> None:
    """A norm comes that gives it back also to who changed their mind; what was sold before stays."""
    tarifas()
    cobrar(mercado, Cobro(correo=True))
    producto = mercado.publicar(precio="50.00")
    antes = mercado.pedido((producto, 1), porte=bs("10.00"))
    mercado.llevar(antes, "EMA", "EMI")
    with duenio.begin() as conexion:
        hoy = "CAST(nucleo_ahora() AT TIME ZONE 'America/La_Paz' AS date)"
        conexion.execute(
            text(
                f"UPDATE comercio_regla_de_porte SET vigente_hasta = {hoy} + 1 WHERE motivo = 'desistimiento'"
            )
        )
        conexion.execute(
            text(
                "INSERT INTO comercio_regla_de_porte (motivo, vuelve, norma, confirmado, vigente_desde)"
                f" VALUES ('desistimiento', true, 'Una norma', true, {hoy} + 1)"
            )
        )
    mercado.reloj.adelantar(timedelta(days=2))
    despues = mercado.pedido((producto, 1), porte=bs("10.00"))
    mercado.llevar(despues, "EMA", "EMI")
    for pedido, devuelve in ((antes, "50.00"), (despues, "60.00")):
        tenia = dinero(mercado)[0]
        aceptar(mercado, reclamo_de(mercado, pedido, M.DESISTIMIENTO))
        assert dinero(mercado)[0] - tenia == bs(devuelve)
    cuadra()


def test_de_una_parte_no_vuelve_el_envio_y_de_lo_ultimo_si(
    mercado: Mercado, entregado: Pedido, leer: Leer
) -> None:
    ((linea,),) = leer("SELECT id FROM comercio_pedido_linea")
    with pytest.raises(DatosInvalidos, match="50,00"):
        reclamo_de(mercado, entregado, M.DANADO, cantidades={linea: Decimal(1)}, monto=bs("50.01"))
    aceptar(mercado, reclamo_de(mercado, entregado, M.DANADO, cantidades={linea: Decimal(1)}))
    assert leer("SELECT devuelto, porte_devuelto FROM comercio_custodia") == [(5_000, 0)]
    aceptar(mercado, reclamo_de(mercado, entregado, M.NO_ES_LO_DESCRITO))
    assert [(f[0], *f[4:]) for f in leer(CUSTODIA)] == [("devuelta", 11_000, 1_000)]
    cuadra()


def test_a_quien_se_arrepiente_solo_se_lo_da_quien_vende(
    mercado: Mercado, entregado: Pedido, leer: Leer
) -> None:
    """Silence is a no, the authority does not compel anybody, and time ends it."""
    reclamo = reclamo_de(mercado, entregado, M.DESISTIMIENTO)
    mercado.reloj.adelantar(timedelta(days=8))
    assert vencer_reclamos() == 1
    assert leer("SELECT estado, resuelto FROM comercio_reclamo") == [("rechazado", None)]
    with pytest.raises(ReclamoNoAdmite), transaccion() as sesion:
        reclamar.pedir_mediacion(sesion, mercado.actor, reclamo.id, "Insisto")
    mercado.reloj.adelantar(timedelta(days=12))
    assert vencer_reclamos() == 1
    assert leer("SELECT estado, resuelto FROM comercio_reclamo") == [("cerrado", 0)]
    assert tareas.liberar_vencidas() == 1
    entregar_pendientes()
    assert dinero(mercado)[0] == bs("890.00")
    cuadra()


@pytest.mark.parametrize(
    "acto",
    [
        "INSERT INTO comercio_pedido_cargo (id, pedido_id, clase, paga, recibe, monto, impuesto)"
        " SELECT gen_random_uuid(), id, 'porte', 'comprador', 'vendedor', 5, 0 FROM comercio_pedido",
        "INSERT INTO comercio_porte_devuelto (causa, pedido_id, importe)"
        " SELECT gen_random_uuid(), id, 5 FROM comercio_pedido",
        "UPDATE comercio_custodia SET devuelto = 1001, porte_devuelto = 1001",
        "UPDATE comercio_custodia SET devuelto = 10001",
        "UPDATE comercio_custodia SET devuelto = 500, porte_devuelto = 500",
    ],
)
def test_la_base_no_deja_que_el_envio_sea_otro(sesion: Session, comprado: Pedido, acto: str) -> None:
    def forzar() -> None:
        sesion.connection().exec_driver_sql(acto)
        sesion.commit()

    with pytest.raises(IntegrityError):
        forzar()
    sesion.rollback()
    cuadra()
