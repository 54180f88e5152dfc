"""The purchase: exact amounts, escrow, what the buyer saw, and refusals that change nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, InternalError
from sqlmodel import Session

from comercio.carrito.llenar import Titular, agregar, ver_carrito
from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.estados import EstadoProducto
from comercio.catalogo.publicar import editar_producto
from comercio.compra.errores import (
    CambioDePrecio,
    CarritoVacio,
    CompraPropia,
    CompraRepetida,
    EntregaInvalida,
    PedidoMuyPesado,
)
from comercio.compra.hacer import SolicitudCompra, comprar, pedidos_de
from comercio.direcciones import Entrega
from comercio.existencias.errores import ProductoNoDisponible, SinExistencia
from comercio.formas import FormaDeEntrega, declarar
from empresa_digital.registro import Facultad
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import Prohibido
from nucleo.ids import nuevo_id
from pagos import FondosInsuficientes, TipoCuenta, cuenta_de_unidad, saldo, saldo_disponible
from tests.comercio.conftest import ENTREGA, FICHAS, Mercado

Leer = Callable[..., list[tuple[Any, ...]]]
INTACTO = (
    "SELECT (SELECT count(*) FROM comercio_compra), (SELECT count(*) FROM comercio_pedido), "
    "(SELECT count(*) FROM comercio_pedido_linea), "
    "(SELECT coalesce(sum(reservado), 0) FROM comercio_existencia), "
    "(SELECT count(*) FROM pagos_transferencia), "
    "(SELECT count(*) FROM nucleo_evento WHERE tipo = 'PedidoPagado')"
)
NADA = [(0, 0, 0, 0, 1, 0)]  # the one transfer is the buyer's money coming in


def test_compra_de_dos_vendedores(
    mercado: Mercado, crear_unidad: Callable[..., Any], sesion: Session, leer: Leer
) -> None:
    otra = crear_unidad("Café de Prueba", representante=mercado.vendedor, habilitaciones=["VENDEDOR"])
    chompa = mercado.publicar("Chompa", precio="185.50", sku="CH")
    manta = mercado.publicar("Manta", precio="33.33", sku="MA")
    cafe = mercado.publicar("Café", precio="45.00", unidad_id=otra.id, categoria="cafe-y-cacao")
    compra = mercado.comprar((chompa, 1), (manta, 3), (cafe, 2))
    assert compra.total == bs("375.49")
    assert leer(
        "SELECT p.vendedor_nombre, p.estado, p.total, p.peso_g, c.tasa_pb, c.monto, c.impuesto "
        "FROM comercio_pedido p JOIN comercio_pedido_cargo c ON c.pedido_id = p.id AND c.clase = 'comision' "
        "ORDER BY p.total DESC"
    ) == [
        ("Tejidos de Prueba", "pagado", 28549, 1600, 300, 856, 111),
        ("Café de Prueba", "pagado", 9000, 800, 300, 270, 35),
    ]
    assert leer(
        "SELECT sku, precio, cantidad, importe FROM comercio_pedido_linea WHERE sku <> :sku ORDER BY sku",
        sku=cafe.opciones[0]["sku"],
    ) == [("CH", 18550, 1, 18550), ("MA", 3333, 3, 9999)]
    assert leer(f"SELECT titulo, existencia, reservado FROM {FICHAS} ORDER BY titulo") == [
        ("Café", 10, 2),
        ("Chompa", 10, 1),
        ("Manta", 10, 3),
    ]
    assert saldo(sesion, mercado.cuenta) == bs("624.51")
    assert saldo_disponible(sesion, mercado.cuenta) == bs("624.51")
    comercio = cuenta_de_unidad(sesion, mercado.unidad.id, TipoCuenta.COMERCIO)
    assert saldo_disponible(sesion, comercio) == bs(0)
    assert leer("SELECT count(*) FROM nucleo_evento WHERE tipo = 'PedidoPagado'") == [(2,)]


def test_el_carrito_comprado_queda_vacio_y_es_lo_cobrado(mercado: Mercado, sesion: Session) -> None:
    chompa = mercado.publicar("Chompa", precio="20.00")
    quien = Titular(persona_id=mercado.comprador.id)
    agregar(sesion, quien, mercado.variante(chompa), 4)
    sesion.commit()
    vista = ver_carrito(sesion, quien)
    compra = mercado.comprar(huella=vista.huella)
    assert (compra.total, compra.huella) == (bs("80.00"), vista.huella)
    assert ver_carrito(sesion, quien).lineas == []
    assert saldo_disponible(sesion, mercado.cuenta) == bs("920.00")


def test_comprar_lineas_no_toca_el_carrito_y_suma_repetidas(mercado: Mercado, sesion: Session) -> None:
    chompa, manta = mercado.publicar("Chompa"), mercado.publicar("Manta")
    quien = Titular(persona_id=mercado.comprador.id)
    agregar(sesion, quien, mercado.variante(manta), 1)
    sesion.commit()
    compra = mercado.comprar((chompa, 2), (chompa, 1))
    assert compra.total == bs("150.00")
    assert [x.producto.titulo for x in ver_carrito(sesion, quien).lineas] == ["Manta"]
    with pytest.raises(SinExistencia):
        mercado.comprar((chompa, 4), (chompa, 4))


def test_saldo_insuficiente(mercado: Mercado, leer: Leer) -> None:
    caro = mercado.publicar(precio="600.00")
    with pytest.raises(FondosInsuficientes):
        mercado.comprar((caro, 2))
    assert leer(INTACTO) == NADA


def test_saldo_para_un_vendedor_pero_no_para_los_dos(
    mercado: Mercado, crear_unidad: Callable[..., Any], leer: Leer
) -> None:
    otra = crear_unidad("Otra", representante=mercado.vendedor, habilitaciones=["VENDEDOR"])
    uno = mercado.publicar(precio="600.00")
    dos = mercado.publicar(precio="500.00", unidad_id=otra.id)
    with pytest.raises(FondosInsuficientes):
        mercado.comprar((uno, 1), (dos, 1))
    assert leer(INTACTO) == NADA


def test_sin_existencia_o_fuera_de_venta(mercado: Mercado, leer: Leer) -> None:
    pocos, borrador = mercado.publicar("Pocos", existencia=3), mercado.publicar("Borrador", publicar=False)
    with pytest.raises(SinExistencia, match="quedan 3 de «Pocos»"):
        mercado.comprar((pocos, 4))
    with pytest.raises(ProductoNoDisponible, match="Borrador"):
        mercado.comprar((pocos, 1), (borrador, 1))
    assert leer(INTACTO) == NADA


def test_la_base_no_deja_sobrevender(mercado: Mercado, sesion: Session) -> None:
    mercado.publicar(existencia=1)
    with pytest.raises(IntegrityError, match="ck_comercio_existencia_reservado"):
        sesion.connection().exec_driver_sql("UPDATE comercio_existencia SET reservado = 2")


def test_cambio_de_precio_se_dice_y_se_confirma(mercado: Mercado, sesion: Session, leer: Leer) -> None:
    chompa = mercado.publicar(precio="50.00")
    quien = Titular(persona_id=mercado.comprador.id)
    agregar(sesion, quien, mercado.variante(chompa), 1)
    sesion.commit()
    visto = ver_carrito(sesion, quien).huella
    with transaccion() as otra:
        editar_producto(otra, mercado.actor_vendedor, chompa.id, 1, ProductoCambios(precio=bs("70.00")))
    for como in ({"huella": visto}, {"total": bs("50.00")}, {}):
        with pytest.raises(CambioDePrecio) as error:
            mercado.comprar(**como)
        assert error.value.extra["total"] == {"monto": "70.00", "moneda": "BOB"}
    assert leer(INTACTO) == NADA
    compra = mercado.comprar(huella=error.value.extra["huella"])
    assert compra.total == bs("70.00")


def test_lo_que_se_agrega_despues_de_mirar_no_se_cobra(mercado: Mercado, sesion: Session, leer: Leer) -> None:
    """ACIDRain's third invariant: the cart that was seen is the cart that is charged."""
    chompa, manta = mercado.publicar("Chompa"), mercado.publicar("Manta")
    quien = Titular(persona_id=mercado.comprador.id)
    agregar(sesion, quien, mercado.variante(chompa), 1)
    sesion.commit()
    visto = ver_carrito(sesion, quien).huella
    with transaccion() as otra:
        agregar(otra, quien, mercado.variante(manta), 1)
    with pytest.raises(CambioDePrecio):
        mercado.comprar(huella=visto)
    assert leer(INTACTO) == NADA


def test_la_misma_compra_dos_veces_es_una(mercado: Mercado, sesion: Session, leer: Leer) -> None:
    chompa = mercado.publicar()
    compra_id = nuevo_id()
    primera = mercado.comprar((chompa, 2), id=compra_id)
    segunda = mercado.comprar((chompa, 2), id=compra_id)
    assert (primera.id, segunda.total) == (segunda.id, bs("100.00"))
    assert leer("SELECT count(*), sum(total) FROM comercio_pedido") == [(1, 10000)]
    with pytest.raises(CompraRepetida):
        mercado.comprar((chompa, 3), id=compra_id)
    with pytest.raises(CompraRepetida):
        mercado.comprar((chompa, 2), id=compra_id, total=bs("1.00"))
    assert saldo_disponible(sesion, mercado.cuenta) == bs("900.00")


def test_el_id_de_otra_persona_no_revela_su_compra(
    mercado: Mercado, crear_persona: Callable[..., Any], actor_de: Callable[..., Actor]
) -> None:
    chompa = mercado.publicar()
    compra = mercado.comprar((chompa, 1))
    with pytest.raises(CompraRepetida):
        mercado.comprar((chompa, 1), id=compra.id, actor=actor_de(crear_persona("Otro")))


def test_nadie_compra_a_una_unidad_por_la_que_vende(
    mercado: Mercado,
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Actor],
    otorgar: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    leer: Leer,
) -> None:
    """Neither who administers it nor who sells for it; who only dispatches does. The database says so too."""
    chompa = mercado.publicar("Chompa")
    ayudante, despachadora = crear_persona("Ayudante"), crear_persona("Despachadora")
    otorgar(mercado.unidad.id, ayudante, Facultad.VENDER)
    otorgar(mercado.unidad.id, despachadora, Facultad.DESPACHAR)
    for suyo in (mercado.actor_vendedor, actor_de(ayudante)):
        with pytest.raises(CompraPropia, match="«Chompa» es de Tejidos de Prueba, por la que usted puede"):
            mercado.comprar((chompa, 1), actor=suyo)
    assert leer(INTACTO) == NADA
    with pytest.raises(FondosInsuficientes):
        mercado.comprar((chompa, 1), actor=actor_de(despachadora))
    monkeypatch.setattr("comercio.compra.exigir.facultades_de", lambda *_quien, **_como: {})
    with pytest.raises(CompraPropia, match="Ahora usted puede vender"):  # what the database saw
        mercado.comprar((chompa, 1), actor=actor_de(ayudante))
    assert leer(INTACTO) == NADA


def test_vacio_lugar_peso_y_quien(mercado: Mercado, sesion: Session, leer: Leer) -> None:
    with pytest.raises(CarritoVacio):
        mercado.comprar()
    chompa = mercado.publicar()
    lejos = Entrega(destinatario="Ana", telefono="71234567", municipio_ine="999999", referencia="Plaza")
    with pytest.raises(EntregaInvalida):
        mercado.comprar((chompa, 1), entrega=lejos)
    pesado = mercado.publicar("Quintal", peso_g=46_000)
    with pytest.raises(PedidoMuyPesado, match="pesa 92 kg"):
        mercado.comprar((pesado, 2))
    with transaccion() as propia:
        en_mano = {FormaDeEntrega.RETIRO: "En el taller"}
        declarar(propia, mercado.actor_vendedor, mercado.unidad.id, en_mano)
    arena = mercado.publicar("Arena", peso_g=1_000_000, precio="0.10", existencia=3000)
    with pytest.raises(PedidoMuyPesado, match=r"pesa 2\.200\.000 kg y un pedido llega a 1\.000\.000 kg"):
        mercado.comprar((arena, 2200), formas={mercado.unidad.id: FormaDeEntrega.RETIRO})
    sistema = Actor.sistema("prueba")
    with pytest.raises(Prohibido):
        comprar(
            sesion,
            sistema,
            SolicitudCompra(id=nuevo_id(), entrega=ENTREGA, lineas=((mercado.variante(chompa), 1),)),
        )
    assert leer(INTACTO) == NADA


def test_un_rechazo_no_deja_nada_en_la_transaccion_de_quien_llama(mercado: Mercado, leer: Leer) -> None:
    """A page catches the error and answers; what the session then commits must be nothing."""
    caro = mercado.publicar(precio="1500.00")
    with transaccion() as sesion, pytest.raises(FondosInsuficientes):
        comprar(sesion, mercado.actor, SolicitudCompra(nuevo_id(), ENTREGA, ((mercado.variante(caro), 1),)))
    assert leer(INTACTO) == NADA


def test_lo_vendido_no_cambia(mercado: Mercado, sesion: Session, duenio: Engine) -> None:
    chompa = mercado.publicar(precio="50.00")
    compra = mercado.comprar((chompa, 1))
    with transaccion() as otra:
        cambios = ProductoCambios(precio=bs("99.00"), titulo="Otra cosa", estado=EstadoProducto.PAUSADO)
        editar_producto(otra, mercado.actor_vendedor, chompa.id, 1, cambios)
    (pedido,) = pedidos_de(sesion, compra.id)
    assert pedido.total == bs("50.00")
    for sentencia in (
        "UPDATE comercio_pedido_linea SET precio = 1, importe = 1",
        "DELETE FROM comercio_pedido_cargo",
        "UPDATE comercio_pedido SET total = 1",
        "DELETE FROM comercio_pedido",
        "UPDATE comercio_compra SET total = 1",
        "UPDATE comercio_custodia SET monto = 1",
        "UPDATE comercio_pedido_paso SET estado = 'concluido'",
    ):
        with (
            duenio.connect() as conexion,
            pytest.raises((IntegrityError, InternalError), match="append-only"),
        ):
            conexion.exec_driver_sql(sentencia)


def test_numeros_con_digito_verificador(mercado: Mercado) -> None:
    from stdnum import damm

    pedido = mercado.pedido((mercado.publicar(), 1))
    letra, serie, digito = pedido.numero.split("-")
    assert (letra, damm.is_valid(serie + digito)) == ("P", True)


def test_los_cargos_son_el_total(mercado: Mercado, leer: Leer, duenio: Engine) -> None:
    """A line is charged as it was sold, its seller pays the commission; the base adds up at the commit."""
    mercado.comprar(
        (mercado.publicar("Chompa", precio="185.50"), 1), (mercado.publicar("Manta", precio="33.33"), 3)
    )
    assert leer(
        "SELECT clase, paga, recibe, monto, linea_id IS NOT NULL, impuesto FROM comercio_pedido_cargo "
        "ORDER BY clase, monto"
    ) == [
        ("bienes", "comprador", "vendedor", 9999, True, 0),
        ("bienes", "comprador", "vendedor", 18550, True, 0),
        ("comision", "vendedor", "plataforma", 856, False, 111),
    ]
    de_mas = (
        "INSERT INTO comercio_pedido_cargo (id, pedido_id, clase, paga, recibe, monto, impuesto, detalle) "
        "SELECT gen_random_uuid(), id, 'ajuste', '{paga}', 'vendedor', -1, 0, '' FROM comercio_pedido"
    )
    with pytest.raises(IntegrityError, match="no son su total"), duenio.begin() as conexion:
        conexion.exec_driver_sql(de_mas.format(paga="comprador"))
    with duenio.begin() as conexion:  # what another bears is not in the total
        conexion.exec_driver_sql(de_mas.format(paga="plataforma"))


def test_nada_se_cobra_de_un_pedido_cuyo_dinero_ya_esta_en_custodia(
    mercado: Mercado, leer: Leer, duenio: Engine
) -> None:
    """Not even what adds up to nothing, nor from a transaction that began before the order was there."""
    cobrar = (
        "INSERT INTO comercio_pedido_cargo (id, pedido_id, clase, paga, recibe, monto, impuesto, detalle) "
        "SELECT gen_random_uuid(), '{id}', 'ajuste', 'comprador', 'vendedor', m, 0, '' "
        "FROM (VALUES (1), (-1)) AS v (m)"
    )
    de_antes = duenio.connect().execution_options(isolation_level="REPEATABLE READ")
    with de_antes as conexion:
        conexion.exec_driver_sql("SELECT count(*) FROM comercio_pedido")
        pedido = mercado.pedido((mercado.publicar(), 1))
        with pytest.raises(IntegrityError, match="is not present"):
            conexion.exec_driver_sql(cobrar.format(id=pedido.id))
    with pytest.raises(IntegrityError, match="ya está en custodia"), duenio.begin() as conexion:
        conexion.exec_driver_sql(cobrar.format(id=pedido.id))
    assert leer("SELECT clase FROM comercio_pedido_cargo ORDER BY clase") == [("bienes",), ("comision",)]
