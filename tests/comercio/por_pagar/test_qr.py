"""A purchase that waits for whoever pays its code: once, whole, from any wallet, straight into custody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from comercio.pedidos.cumplir import cancelar
from comercio.por_pagar.con_qr import compra_por_qr, leer_codigo, pagar_por_qr, texto_del_qr
from comercio.por_pagar.errores import CompraNoEspera, YaSePago
from comercio.por_pagar.modelos import PorPagar
from comercio.por_pagar.seguir import dejar
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import Prohibido
from nucleo.ids import nuevo_id
from pagos import (
    Codigo,
    FondosInsuficientes,
    SolicitudTransferencia,
    TipoCuenta,
    cuenta_de_persona,
    cuenta_de_sistema,
    cuenta_de_unidad,
    exigir_transferencia,
    qr,
    saldo_disponible,
)
from pagos.cobros.codigos_qr import resolver
from tests.comercio.carrito.test_carrito import en_paralelo
from tests.comercio.conftest import FICHAS
from tests.comercio.por_pagar.conftest import VENCE, Caja
from tests.comercio.test_web import ENTREGA, oculto

Leer = Callable[..., list[tuple[Any, ...]]]
_APARTADO = f"SELECT e.reservado::int FROM {FICHAS} ORDER BY 1"


class Tia:
    """Somebody else with a wallet, who pays what Ana buys."""

    def __init__(self, persona: Any, actor: Any) -> None:
        self.persona, self.actor = persona, actor
        with transaccion() as sesion:
            self.cuenta = cuenta_de_persona(sesion, persona.id)
            entra = SolicitudTransferencia(
                id=nuevo_id(),
                debito=cuenta_de_sistema(sesion, TipoCuenta.AJUSTE),
                credito=self.cuenta,
                monto=bs("150.00"),
                codigo=Codigo.AJUSTE,
            )
            exigir_transferencia(sesion, entra, actor)

    def paga(self, codigo: str, total: str = "100.00") -> None:
        with transaccion() as sesion:
            pagar_por_qr(sesion, self.actor, codigo, self.cuenta, bs(total))

    @property
    def saldo(self) -> Any:
        with transaccion() as sesion:
            return saldo_disponible(sesion, self.cuenta)


@pytest.fixture
def tia(crear_persona: Callable[..., Any], actor_de: Callable[..., Any]) -> Tia:
    persona = crear_persona("Tía")
    return Tia(persona, actor_de(persona))


def _texto(compra_id: UUID) -> str:
    with transaccion() as sesion:
        texto = texto_del_qr(sesion, sesion.get_one(PorPagar, compra_id))
    assert texto is not None
    return texto


def test_otra_persona_la_paga_una_vez_y_queda_en_custodia(caja: Caja, tia: Tia, leer: Leer) -> None:
    chompa = caja.mercado.publicar("Chompa", precio="50.00")
    caja.al_carrito((chompa, 2))
    compra_id, codigo = caja.comprar_con_qr()
    assert caja.estados(compra_id) == ("por_pagar", {"por_pagar"})
    assert (leer(_APARTADO), caja.en_el_carrito()) == ([(2,)], [2])
    caja.cuadra()
    with transaccion() as sesion:
        leida = qr.leer(_texto(compra_id))
        assert (leida.asunto, leida.dinero, leida.dinamico) == (codigo, bs("100.00"), True)
        assert (
            resolver(sesion, _texto(compra_id), caja.fila(compra_id).creada_en).ruta
            == f"/pagar-compra/{codigo}"
        )
        assert compra_por_qr(sesion, codigo).vendedores == [caja.mercado.unidad.nombre]
    tia.paga(codigo)
    tia.paga(codigo)  # pressed twice
    assert caja.estados(compra_id) == ("pagada", {"pagado"})
    assert leer("SELECT monto, estado FROM comercio_custodia") == [(10000, "retenida")]
    assert (tia.saldo, caja.en_el_carrito(), caja.tarjeta.saldo()) == (bs("50.00"), [], 100_000)
    with pytest.raises(YaSePago), transaccion() as sesion:
        pagar_por_qr(sesion, caja.mercado.actor, codigo, caja.tarjeta.cuenta, bs("100.00"))
    caja.cuadra()
    # What is cancelled goes back to who paid, and the purchase ends.
    with transaccion() as sesion:
        cancelar(sesion, caja.mercado.actor, caja.pedidos(compra_id)[0].id, "No lo quiero")
    caja.barrer()
    caja.barrer(timedelta(hours=1, minutes=1))
    assert (tia.saldo, caja.tarjeta.saldo()) == (bs("150.00"), 100_000)
    caja.barrer(timedelta(hours=1, minutes=1))
    assert caja.fila(compra_id).estado == "cerrada"
    caja.cuadra()


def test_vencida_o_dejada_ya_no_se_paga(caja: Caja, tia: Tia, leer: Leer) -> None:
    chompa = caja.mercado.publicar("Chompa", precio="50.00")
    una, codigo = caja.comprar_con_qr((chompa, 2))
    caja.mercado.reloj.adelantar(VENCE)
    with pytest.raises(CompraNoEspera):  # before the sweep, too
        tia.paga(codigo)
    caja.barrer()
    assert (caja.estados(una), leer(_APARTADO)) == (("soltada", {"no_pagado"}), [(0,)])
    otra, codigo = caja.comprar_con_qr((chompa, 2))
    with transaccion() as sesion:
        dejar(sesion, caja.mercado.actor, otra)
    with pytest.raises(CompraNoEspera):
        tia.paga(codigo)
    assert tia.saldo == bs("150.00")
    caja.barrer(timedelta(hours=1))
    assert {caja.fila(c).estado for c in (una, otra)} == {"cerrada"}
    caja.cuadra()


def test_lo_que_no_se_puede(caja: Caja, tia: Tia, leer: Leer) -> None:
    mercado = caja.mercado
    compra_id, codigo = caja.comprar_con_qr((mercado.publicar("Chompa", precio="50.00"), 4))
    with pytest.raises(FondosInsuficientes):
        tia.paga(codigo, "200.00")
    with pytest.raises(CompraNoEspera, match="No cuesta eso"):
        tia.paga(codigo, "100.00")
    with pytest.raises(Prohibido), transaccion() as sesion:  # from another's account
        pagar_por_qr(sesion, tia.actor, codigo, caja.tarjeta.cuenta, bs("200.00"))
    with transaccion() as sesion:
        suya = cuenta_de_unidad(sesion, mercado.unidad.id, TipoCuenta.COMERCIO)
    with pytest.raises(CompraNoEspera, match="Quien vende"), transaccion() as sesion:
        pagar_por_qr(sesion, mercado.actor_vendedor, codigo, suya, bs("200.00"))
    cambiado = qr.generar(asunto=codigo, comercio="Compra", ciudad="Bolivia", monto=bs("1.00"))
    with transaccion() as sesion:
        with pytest.raises(qr.QrInvalido, match="monto"):
            leer_codigo(sesion, qr.leer(cambiado))
        ajeno = qr.generar(asunto="AAAA", comercio="Compra", ciudad="Bolivia", monto=bs("1.00"))
        with pytest.raises(qr.QrInvalido, match="no está en Qhatu"):
            resolver(sesion, ajeno, caja.fila(compra_id).creada_en)
    assert caja.estados(compra_id) == ("por_pagar", {"por_pagar"})
    caja.cuadra()


def test_dos_a_la_vez_y_uno_paga(
    caja: Caja, tia: Tia, crear_persona: Callable[..., Any], actor_de: Callable[..., Any]
) -> None:
    tio = crear_persona("Tío")
    dos = [tia, Tia(tio, actor_de(tio))]
    compra_id, codigo = caja.comprar_con_qr((caja.mercado.publicar("Chompa", precio="50.00"), 2))
    errores = en_paralelo(2, lambda n: dos[n].paga(codigo))
    assert [type(e) for e in errores] == [YaSePago]
    assert sorted(d.saldo.amount for d in dos) == [50, 150]
    assert caja.estados(compra_id) == ("pagada", {"pagado"})
    caja.cuadra()


def test_nadie_dice_que_pago_quien_no_pago(caja: Caja, tia: Tia, bd: Engine) -> None:
    compra_id, codigo = caja.comprar_con_qr((caja.mercado.publicar("Chompa", precio="50.00"), 2))
    for sql in (
        "UPDATE comercio_compra_por_pagar SET estado = 'pagada', pagada_en = now() WHERE compra_id = :id",
        "UPDATE comercio_compra_por_pagar SET estado = 'pagada', pagada_en = now(), pagada_de = :cuenta"
        " WHERE compra_id = :id",
        "UPDATE comercio_compra_por_pagar SET codigo = 'OTRO' WHERE compra_id = :id",
        "UPDATE comercio_compra_por_pagar SET pagada_de = :cuenta WHERE compra_id = :id",
    ):
        with pytest.raises(DBAPIError), bd.begin() as conexion:
            conexion.execute(text(sql), {"id": compra_id, "cuenta": tia.cuenta})
    tia.paga(codigo)
    cambia = "UPDATE comercio_compra_por_pagar SET pagada_de = :cuenta WHERE compra_id = :id"
    with pytest.raises(DBAPIError), bd.begin() as conexion:
        conexion.execute(text(cambia), {"id": compra_id, "cuenta": caja.tarjeta.cuenta})


def test_las_paginas(caja: Caja, tia: Tia, sesion_web: Callable[..., Any]) -> None:
    caja.al_carrito((caja.mercado.publicar("Chompa", precio="50.00"), 2))
    ella, otra = sesion_web(caja.mercado.comprador), sesion_web(tia.persona)
    pagina = ella.get("/comprar").text
    datos = {"_id": oculto(pagina, "_id"), "huella": oculto(pagina, "huella")} | ENTREGA
    espera = ella.post("/comprar/con-qr", data=datos).headers["location"]
    assert espera == ella.post("/comprar/con-qr", data=datos).headers["location"]
    assert espera == f"/compras-por-pagar/{datos['_id']}"
    dice = ella.get(espera).text
    codigo = caja.fila(UUID(datos["_id"])).codigo
    assert "<svg" in dice
    assert f"/pagar-compra/{codigo}" in dice
    texto = _texto(UUID(datos["_id"]))
    assert otra.get("/pagar/qr", params={"texto": texto}).headers["location"] == f"/pagar-compra/{codigo}"
    pagina = otra.get(f"/pagar-compra/{codigo}").text
    assert "100,00" in pagina
    assert caja.mercado.unidad.nombre in pagina
    assert "Chompa" not in pagina
    pago = {"_id": oculto(pagina, "_id"), "cuenta": str(tia.cuenta), "total": oculto(pagina, "total")}
    hecho = otra.post(f"/pagar-compra/{codigo}", data=pago)
    assert hecho.headers["location"].startswith(f"/pagar-compra/{codigo}")
    assert "Ya se pagó" in otra.get(f"/pagar-compra/{codigo}").text
    assert ella.get(espera).headers["location"] == f"/compras-hechas/{datos['_id']}"
    assert otra.get("/pagar-compra/NOEXISTE").status_code == 404
    caja.cuadra()


def test_por_la_api(
    caja: Caja, tia: Tia, nuevo_cliente: Callable[..., Any], token_de: Callable[..., str]
) -> None:
    chompa = caja.mercado.publicar("Chompa", precio="50.00")

    def como(quien: Any) -> Any:
        clave = {"Authorization": f"Bearer {token_de(quien)}", "Idempotency-Key": str(nuevo_id())}
        return nuevo_cliente(headers=clave)

    pedido = {"lineas": [{"producto_id": str(chompa.id), "cantidad": "2"}], "entrega": ENTREGA}
    creada = como(caja.mercado.comprador).post("/api/v1/compras-con-qr", json=pedido)
    assert creada.status_code == 201, creada.text
    ficha = creada.json()
    assert (ficha["medio"], ficha["estado"], ficha["pagar_en"]) == ("qr", "por_pagar", None)
    codigo = qr.leer(ficha["qr"]).asunto
    leida = como(tia.persona).get(f"/api/v1/compras-por-qr/{codigo}").json()
    assert leida["total"] == {"monto": "100.00", "moneda": "BOB"}
    pago = {"cuenta": tia.cuenta, "total": leida["total"]}
    pagada = como(tia.persona).post(f"/api/v1/compras-por-qr/{codigo}/pago", json=pago)
    assert (pagada.status_code, pagada.json()["estado"]) == (200, "pagada")
    vista = como(caja.mercado.comprador).get(f"/api/v1/compras-con-qr/{ficha['id']}").json()
    assert (vista["estado"], vista["qr"]) == ("pagada", None)
