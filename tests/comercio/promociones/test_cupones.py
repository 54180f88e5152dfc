"""Coupons: what they take off and from which lines; once each; said in words when they do not hold."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlmodel import Session

from comercio.carrito.llenar import Titular, agregar, fijar_cantidad, poner_cupon, unir, ver_carrito
from comercio.catalogo import CantidadInvalida
from comercio.compra.hacer import SolicitudCompra, comprar, pedidos_de
from comercio.custodia.verificar import custodias
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos.verificar import pedidos as verificar_pedidos
from comercio.promociones.crear import mover_cupon
from comercio.promociones.errores import CuponNoEncontrado, CuponNoVale, CuponRepetido
from comercio.promociones.estados import EstadoPromocion
from comercio.promociones.modelos import Cupon, Promocion
from comercio.promociones.tareas import terminar_promociones
from comercio.promociones.verificar import promociones as verificar
from nucleo.actor import Actor
from nucleo.bd import motor, transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from pagos import saldo_disponible
from tests.ayudas.carreras import cruzar
from tests.comercio.carrito.test_carrito import en_paralelo
from tests.comercio.conftest import ENTREGA, Mercado

Leer = Callable[..., list[tuple[Any, ...]]]
DarCupon = Callable[..., Cupon]
Promo = Callable[..., Promocion]
USOS = "SELECT usados, usos_maximos FROM comercio_cupon"
HECHO = "SELECT (SELECT count(*) FROM comercio_compra), (SELECT sum(reservado) FROM comercio_existencia)"
DESCUENTOS = "SELECT detalle, monto FROM comercio_pedido_cargo WHERE clase = 'descuento' ORDER BY monto"


@pytest.fixture
def otros(
    crear_persona: Callable[..., Any], actor_de: Callable[..., Actor], con_saldo: Callable[..., int]
) -> list[Actor]:
    personas = [crear_persona(f"Comprador {n}") for n in range(6)]
    for persona in personas:
        con_saldo(persona, "500.00")
    return [actor_de(p) for p in personas]


def _mover(mercado: Mercado, cupon: Cupon, a: EstadoPromocion) -> None:
    with transaccion() as sesion:
        mover_cupon(sesion, mercado.actor_vendedor, cupon.id, a)


def _con_cupon(actor: Actor, variante: Any) -> Callable[[Session], Any]:
    solicitud = SolicitudCompra(id=nuevo_id(), entrega=ENTREGA, lineas=((variante, 1),), cupon="FERIA10")
    return lambda sesion: comprar(sesion, actor, solicitud)


def test_se_reparte_entre_las_lineas_de_su_tienda(
    mercado: Mercado, cupon: DarCupon, crear_unidad: Callable[..., Any], leer: Leer, sesion: Session
) -> None:
    """Bs 25 off Bs 150 and Bs 100 of the shop: 15 and 10; what is bought elsewhere is paid whole."""
    otra = crear_unidad("Otra", representante=mercado.vendedor, habilitaciones=["VENDEDOR"])
    chompa = mercado.publicar("Chompa", precio="150.00", sku="CH")
    gorro = mercado.publicar("Gorro", precio="50.00", sku="GO")
    cafe = mercado.publicar("Café", precio="40.00", unidad_id=otra.id, sku="CA")
    cupon(codigo="feria10", clase="monto", cuanto="25")
    compra = mercado.comprar((chompa, 1), (gorro, 2), (cafe, 1), cupon="Feria10")
    assert compra.total == bs("265.00")
    assert leer("SELECT sku, importe, descuento FROM comercio_pedido_linea ORDER BY sku") == [
        ("CA", 4000, 0),
        ("CH", 15000, 1500),
        ("GO", 10000, 1000),
    ]
    assert leer(DESCUENTOS) == [("Cupón FERIA10", -1500), ("Cupón FERIA10", -1000)]
    assert leer("SELECT total FROM comercio_pedido ORDER BY total") == [(4000,), (22500,)]
    assert leer(USOS) == [(1, 5)]
    assert leer("SELECT descuento, devuelto_en FROM comercio_cupon_uso") == [(2500, None)]
    assert saldo_disponible(sesion, mercado.cuenta) == bs("735.00")
    assert (verificar(sesion), verificar_pedidos(sesion), custodias(sesion)) == ([], [], [])


def test_sobre_lo_que_deja_la_promocion(
    mercado: Mercado, cupon: DarCupon, promo: Promo, leer: Leer, sesion: Session
) -> None:
    """Bs 100, 20 % off, leaves 80; then 10 % off 80."""
    chompa = mercado.publicar(precio="100.00")
    promo(cuanto="20")
    cupon(cuanto="10")
    assert mercado.pedido((chompa, 1), cupon="FERIA10").total == bs("72.00")
    assert leer(DESCUENTOS) == [("Promoción «Feria»", -2000), ("Cupón FERIA10", -800)]
    assert verificar_pedidos(sesion) == []


def test_por_que_no_vale_y_nada_se_compra(mercado: Mercado, cupon: DarCupon, leer: Leer) -> None:
    chompa = mercado.publicar(precio="50.00")
    cupon(codigo="DESDE100", minimo={"monto": "100.00"})
    _mover(mercado, cupon(codigo="PAUSADO"), EstadoPromocion.PAUSADA)
    cupon(codigo="BREVE", dias=1)
    for codigo, dice in (
        ("DESDE100", r"vale desde Bs.100,00 en su tienda: lleva Bs.50,00"),
        ("PAUSADO", "está en pausa: quien vende lo detuvo"),
        ("NADIE", "El cupón NADIE no es de ninguna tienda de su carrito"),
        ("¿qué?", "no es de ninguna tienda"),
    ):
        with pytest.raises(CuponNoVale, match=dice):
            mercado.pedido((chompa, 1), cupon=codigo)
    mercado.reloj.adelantar(timedelta(days=1))
    with pytest.raises(CuponNoVale, match="El cupón BREVE ya terminó"):
        mercado.pedido((chompa, 1), cupon="BREVE")
    assert leer(HECHO) == [(0, 0)]
    assert terminar_promociones() == 1
    assert leer("SELECT estado FROM comercio_cupon WHERE codigo = 'BREVE'") == [("terminada",)]


def test_una_vez_cada_quien(mercado: Mercado, cupon: DarCupon, otros: list[Actor], leer: Leer) -> None:
    chompa = mercado.publicar(precio="50.00")
    cupon(usos=2)
    mercado.comprar((chompa, 1), cupon="FERIA10")
    with pytest.raises(CuponNoVale, match="Ya usó ese cupón"):
        mercado.comprar((chompa, 1), cupon="FERIA10")
    mercado.comprar((chompa, 1), cupon="FERIA10", actor=otros[0])
    with pytest.raises(CuponNoVale, match="todas las veces que tenía"):
        mercado.comprar((chompa, 1), cupon="FERIA10", actor=otros[1])
    assert leer(USOS) == [(2, 2)]
    assert leer(HECHO) == [(2, 2)]


def test_la_misma_compra_dos_veces_es_una(mercado: Mercado, cupon: DarCupon, leer: Leer) -> None:
    chompa = mercado.publicar(precio="50.00")
    cupon()
    una = mercado.comprar((chompa, 1), cupon="FERIA10")
    assert mercado.comprar((chompa, 1), cupon="FERIA10", id=una.id).total == bs("45.00")
    assert leer(USOS) == [(1, 5)]


def test_seis_a_la_vez_por_el_ultimo_uso(
    mercado: Mercado, cupon: DarCupon, otros: list[Actor], leer: Leer, sesion: Session
) -> None:
    """Six buyers of six products, one use left: one pays less, five are told, nothing of theirs is left."""
    motor().dispose()
    variantes = [mercado.variante(mercado.publicar(f"Manta {n}", precio="50.00")) for n in range(6)]
    cupon(usos=1)

    def comprarlo(n: int) -> None:
        with transaccion() as propia:
            _con_cupon(otros[n], variantes[n])(propia)

    errores = en_paralelo(6, comprarlo)
    assert [type(e) for e in errores] == [CuponNoVale] * 5
    assert leer(USOS) == [(1, 1)]
    assert leer(HECHO) == [(1, 1)]
    assert leer("SELECT total FROM comercio_pedido") == [(4500,)]
    assert verificar(sesion) == []


def test_el_ultimo_uso_espera_al_que_va_delante(
    mercado: Mercado, cupon: DarCupon, otros: list[Actor], leer: Leer
) -> None:
    """The second buyer, of another product, waits for the coupon's row alone; then is told."""
    uno, dos = (mercado.variante(mercado.publicar(f"Manta {n}", precio="50.00")) for n in range(2))
    cupon(usos=1)
    falla = cruzar(_con_cupon(otros[0], uno), _con_cupon(otros[1], dos))
    assert isinstance(falla, CuponNoVale)
    assert (leer(USOS), leer(HECHO)) == ([(1, 1)], [(1, 1)])


def test_quien_compra_lo_usa_en_dos_lugares_a_la_vez(mercado: Mercado, cupon: DarCupon, leer: Leer) -> None:
    uno, dos = (mercado.variante(mercado.publicar(f"Manta {n}", precio="50.00")) for n in range(2))
    cupon()
    falla = cruzar(_con_cupon(mercado.actor, uno), _con_cupon(mercado.actor, dos))
    assert isinstance(falla, CuponNoVale)
    assert (leer(USOS), leer(HECHO)) == ([(1, 5)], [(1, 1)])


def test_la_base_cuenta_los_usos(mercado: Mercado, cupon: DarCupon, bd: Engine) -> None:
    """Whatever the code does: no use more, and no count written by hand."""
    chompa = mercado.publicar(precio="50.00")
    cupon(usos=1)
    mercado.comprar((chompa, 1), cupon="FERIA10")
    otra = mercado.comprar((chompa, 1))
    meter = text(
        "INSERT INTO comercio_cupon_uso (id, cupon_id, compra_id, comprador_parte_id, descuento)"
        " SELECT gen_random_uuid(), cupon_id, :c, comprador_parte_id, 1 FROM comercio_cupon_uso"
    )
    with pytest.raises(IntegrityError, match="ck_comercio_cupon_usados"), bd.begin() as conexion:
        conexion.execute(meter, {"c": otra.id})
    with pytest.raises(ProgrammingError, match="permission denied"), bd.begin() as conexion:
        conexion.execute(text("UPDATE comercio_cupon SET usados = 0"))


def test_la_base_no_gasta_un_uso_que_no_desconto_nada(
    mercado: Mercado, cupon: DarCupon, otros: list[Actor], bd: Engine, leer: Leer
) -> None:
    """Nobody uses up somebody else's coupons: what a use took off is what was charged less by it."""
    chompa = mercado.publicar(precio="50.00")
    de = cupon()
    otra = mercado.comprar((chompa, 1), actor=otros[0])
    sin_rebaja = (
        "INSERT INTO comercio_cupon_uso (id, cupon_id, compra_id, comprador_parte_id, descuento)"
        " SELECT gen_random_uuid(), :cupon, id, comprador_parte_id, 1 FROM comercio_compra WHERE id = :compra"
    )
    with pytest.raises(IntegrityError, match="no descontó lo que dicen"), bd.begin() as conexion:
        conexion.execute(text(sin_rebaja), {"cupon": de.id, "compra": otra.id})
    assert leer(USOS) == [(0, 5)]


def test_la_base_no_devuelve_el_uso_de_lo_que_sigue(
    mercado: Mercado, cupon: DarCupon, bd: Engine, leer: Leer
) -> None:
    """Nor is one born given back: who bought would use it again."""
    chompa = mercado.publicar(precio="50.00")
    cupon()
    mercado.comprar((chompa, 1), cupon="FERIA10")
    otra = mercado.comprar((chompa, 1))
    nacido = (
        "INSERT INTO comercio_cupon_uso (id, cupon_id, compra_id, comprador_parte_id, descuento, devuelto_en)"
        " SELECT gen_random_uuid(), cupon_id, :c, comprador_parte_id, 1, nucleo_ahora()"
        " FROM comercio_cupon_uso"
    )
    for orden in ("UPDATE comercio_cupon_uso SET devuelto_en = nucleo_ahora() WHERE compra_id <> :c", nacido):
        with pytest.raises(IntegrityError, match="vuelve cuando se canceló todo"), bd.begin() as conexion:
            conexion.execute(text(orden), {"c": otra.id})
    assert leer(USOS) == [(1, 5)]


def test_una_linea_que_no_llega_a_un_centavo_se_dice(
    mercado: Mercado, cupon: DarCupon, promo: Promo, leer: Leer
) -> None:
    """Ten grams at Bs 1 a kilo; then a promotion comes. The coupon is of the rest, or of nothing."""
    poco = mercado.publicar("Sal", unidad_medida="kg", precio="1.00", existencia=Decimal(5))
    chompa, quien = mercado.publicar("Chompa", precio="50.00"), Titular(persona_id=mercado.comprador.id)
    cupon()
    with transaccion() as sesion:
        agregar(sesion, quien, mercado.variante(poco), Decimal("0.01"))
        agregar(sesion, quien, mercado.variante(chompa), 1)
        poner_cupon(sesion, quien, "FERIA10")
    promo(cuanto="60", alcance="elegidos", variantes=[mercado.variante(poco)])
    with transaccion() as sesion:
        vista = ver_carrito(sesion, quien)
    assert ([x.importe for x in vista.lineas], vista.total) == ([bs("0.00"), bs("50.00")], bs("45.00"))
    for compra in ((), ((poco, Decimal("0.01")),)):
        with pytest.raises(CantidadInvalida, match="no llega a costar un centavo"):
            mercado.comprar(*compra, cupon="FERIA10")
    with transaccion() as sesion:
        fijar_cantidad(sesion, quien, mercado.variante(chompa), 0)
        sola = ver_carrito(sesion, quien)
    assert "no rebaja nada de lo que lleva" in sola.problema_del_cupon
    assert leer(HECHO) == [(0, 0)]


def test_cancelar_todo_devuelve_el_cupon(
    mercado: Mercado, cupon: DarCupon, leer: Leer, sesion: Session
) -> None:
    """Part cancelled gives back what was paid for that part; all of it, the coupon too."""
    chompa, gorro = mercado.publicar("Chompa", precio="150.00"), mercado.publicar("Gorro", precio="50.00")
    cupon(clase="monto", cuanto="20")
    pedido = mercado.pedido((chompa, 1), (gorro, 1), cupon="FERIA10")
    assert pedido.total == bs("180.00")
    ((gorros,),) = leer("SELECT id FROM comercio_pedido_linea WHERE titulo = 'Gorro'")
    with transaccion() as propia:
        pedidos.cancelar(propia, mercado.actor, pedido.id, "Sin gorro", {gorros: Decimal(1)})
    assert leer("SELECT importe FROM comercio_pedido_cancelacion") == [(4500,)]
    assert leer(USOS) == [(1, 5)]
    assert verificar(sesion) == []
    sesion.rollback()
    with transaccion() as propia:
        pedidos.cancelar(propia, mercado.actor_vendedor, pedido.id, "No hay")
    assert leer(USOS) == [(0, 5)]
    assert saldo_disponible(sesion, mercado.cuenta) == bs("1000.00")
    assert (verificar(sesion), verificar_pedidos(sesion), custodias(sesion)) == ([], [], [])
    sesion.rollback()
    assert mercado.pedido((chompa, 1), cupon="FERIA10").total == bs("130.00")  # again


def test_de_dos_pedidos_lo_devuelve_el_ultimo(
    mercado: Mercado, cupon: DarCupon, leer: Leer, sesion: Session
) -> None:
    """Goods and a service of one seller, cancelled at once: the second waits for the first, and sees it."""
    chompa = mercado.publicar("Chompa", precio="50.00")
    arreglo = mercado.publicar(
        "Arreglo", precio="50.00", categoria="confeccion", unidad_medida="servicio", peso_g=0
    )
    cupon(clase="monto", cuanto="10")
    compra = mercado.comprar((chompa, 1), (arreglo, 1), cupon="FERIA10")
    assert compra.total == bs("90.00")
    with transaccion() as propia:
        uno, dos = [p.id for p in pedidos_de(propia, compra.id)]
    falla = cruzar(
        lambda s: pedidos.cancelar(s, mercado.actor, uno, "No lo quiero"),
        lambda s: pedidos.cancelar(s, mercado.actor, dos, "Tampoco"),
    )
    assert falla is None
    assert leer(USOS) == [(0, 5)]
    assert verificar(sesion) == []


def test_en_el_carrito_se_juzga_cada_vez(mercado: Mercado, cupon: DarCupon, leer: Leer) -> None:
    """Kept in the cart; paused before paying, it is said, and nothing is bought until it is taken out."""
    chompa, fila = mercado.publicar(precio="50.00"), cupon()
    quien = Titular(persona_id=mercado.comprador.id)
    with transaccion() as sesion:
        agregar(sesion, quien, mercado.variante(chompa), 2)
        with pytest.raises(CuponNoVale):
            poner_cupon(sesion, quien, "OTRO1234")
        sin = ver_carrito(sesion, quien)
        vista = poner_cupon(sesion, quien, " feria10 ")
    assert (sin.total, vista.total, vista.cupon_escrito) == (bs("100.00"), bs("90.00"), "FERIA10")
    assert sin.huella != vista.huella
    _mover(mercado, fila, EstadoPromocion.PAUSADA)
    with transaccion() as sesion:
        en_pausa = ver_carrito(sesion, quien)
    assert (en_pausa.se_puede_comprar, en_pausa.total) == (False, bs("100.00"))
    assert "está en pausa" in en_pausa.problema_del_cupon
    with pytest.raises(CuponNoVale, match="está en pausa"):
        mercado.comprar(huella=vista.huella)
    assert leer(HECHO) == [(0, 0)]
    _mover(mercado, fila, EstadoPromocion.ACTIVA)
    assert mercado.comprar(huella=vista.huella).total == bs("90.00")
    assert leer("SELECT cupon FROM comercio_carrito") == [(None,)]


def test_se_detiene_mientras_se_paga(
    mercado: Mercado, cupon: DarCupon, leer: Leer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paused after it was judged and before its use is written."""
    chompa, fila = mercado.publicar(precio="50.00"), cupon()
    monkeypatch.setattr(
        "comercio.compra.hacer.exigir_lo_visto",
        lambda *_que: _mover(mercado, fila, EstadoPromocion.PAUSADA),
    )
    with pytest.raises(CuponNoVale, match="quien vende lo detuvo o terminó"):
        mercado.pedido((chompa, 1), cupon="FERIA10")
    assert leer(HECHO) == [(0, 0)]


def test_el_del_visitante_pasa_al_ingresar(mercado: Mercado, cupon: DarCupon) -> None:
    chompa = mercado.publicar(precio="50.00")
    cupon()
    with transaccion() as sesion:
        agregar(sesion, Titular(ficha="x" * 40), mercado.variante(chompa), 1)
        poner_cupon(sesion, Titular(ficha="x" * 40), "FERIA10")
    with transaccion() as sesion:
        unir(sesion, "x" * 40, mercado.comprador.id)
        vista = ver_carrito(sesion, Titular(persona_id=mercado.comprador.id))
    assert (vista.cupon_escrito, vista.total) == ("FERIA10", bs("45.00"))


def test_un_codigo_a_la_vez_por_tienda(
    mercado: Mercado, cupon: DarCupon, crear_unidad: Callable[..., Any]
) -> None:
    """The same code in two shops is of each; in one cart, it is used where it takes off more."""
    otra = crear_unidad("Otra", representante=mercado.vendedor, habilitaciones=["VENDEDOR"])
    fila = cupon(cuanto="10")
    with pytest.raises(CuponRepetido):
        cupon(cuanto="20")
    cupon(cuanto="50", unidad_id=otra.id)
    chompa, cafe = mercado.publicar(precio="50.00"), mercado.publicar("Café", unidad_id=otra.id)
    assert mercado.comprar((chompa, 1), (cafe, 1), cupon="FERIA10").total == bs("75.00")
    _mover(mercado, fila, EstadoPromocion.TERMINADA)
    cupon(cuanto="20")
    with transaccion() as sesion, pytest.raises(CuponNoEncontrado):
        mover_cupon(sesion, mercado.actor, fila.id, EstadoPromocion.TERMINADA)


def test_verificar_ve_lo_que_no_cuadra(
    mercado: Mercado, cupon: DarCupon, sesion: Session, duenio: Engine
) -> None:
    fila = cupon()
    compra = mercado.comprar((mercado.publicar(precio="50.00"), 1), cupon="FERIA10")
    with duenio.begin() as conexion:
        conexion.execute(text("UPDATE comercio_cupon SET usados = 3"))
        conexion.execute(text("UPDATE comercio_cupon_uso SET descuento = 1"))
    assert verificar(sesion) == [
        f"cupón FERIA10 ({fila.id}): dice 3 usos y hay 1",
        f"compra {compra.id}: su cupón no descontó lo que dicen sus cargos",
    ]
