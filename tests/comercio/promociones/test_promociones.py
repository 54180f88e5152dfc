"""Promotions: what they take off, as charges; with what they may be compared; when they end."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from comercio.carrito.llenar import Titular, agregar, fijar_cantidad, ver_carrito
from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.estados import EstadoProducto
from comercio.catalogo.opciones import opciones_por_id
from comercio.catalogo.publicar import editar_producto
from comercio.compra.errores import CambioDePrecio
from comercio.custodia.verificar import custodias
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos.consultas import detalle_pedido
from comercio.pedidos.verificar import pedidos as verificar_pedidos
from comercio.promociones.crear import mover_promocion
from comercio.promociones.errores import DemasiadasPromociones, PromocionNoEncontrada
from comercio.promociones.estados import EstadoPromocion
from comercio.promociones.modelos import Promocion
from comercio.promociones.tareas import terminar_promociones
from comercio.promociones.verificar import promociones as verificar
from comercio.vendedores.vacaciones import terminar_vacaciones, tomar_vacaciones
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora, fecha_bolivia
from nucleo.vidas import TransicionInvalida
from pagos import saldo_disponible
from tests.comercio.catalogo.test_variantes import cambiar
from tests.comercio.conftest import Mercado

Leer = Callable[..., list[tuple[Any, ...]]]
Promo = Callable[..., Promocion]
CARGOS = (
    "SELECT g.clase, g.monto, g.detalle FROM comercio_pedido_cargo g WHERE g.pedido_id = :id "
    "ORDER BY g.clase, g.monto"
)


def _opcion(mercado: Mercado, producto: Any) -> Any:
    variante = mercado.variante(producto)
    with transaccion() as sesion:
        return opciones_por_id(sesion, [variante])[variante]


def _precio(mercado: Mercado, producto: Any, precio: str) -> None:
    with transaccion() as sesion:
        version = sesion.get_one(type(producto), producto.id).version
        cambios = ProductoCambios(precio=bs(precio))
        editar_producto(sesion, mercado.actor_vendedor, producto.id, version, cambios)


def _poner_en(mercado: Mercado, producto: Any, estado: EstadoProducto) -> None:
    with transaccion() as sesion:
        version = sesion.get_one(type(producto), producto.id).version
        editar_producto(sesion, mercado.actor_vendedor, producto.id, version, ProductoCambios(estado=estado))


def _ausentarse(mercado: Mercado, dias: int) -> None:
    """From today on."""
    with transaccion() as sesion:
        hoy = fecha_bolivia(ahora())
        hasta = hoy + timedelta(days=dias - 1)
        tomar_vacaciones(sesion, mercado.actor_vendedor, mercado.unidad.id, hoy, hasta)


def _mover(mercado: Mercado, promocion: Promocion, a: EstadoPromocion) -> None:
    with transaccion() as sesion:
        mover_promocion(sesion, mercado.actor_vendedor, promocion.id, a)


def test_es_un_cargo_y_no_otro_precio(mercado: Mercado, promo: Promo, leer: Leer, sesion: Session) -> None:
    """12,5 % of Bs 33,33 is Bs 4,17 (half up), so one costs 29,16 and three cost 87,48."""
    manta = mercado.publicar("Manta", precio="33.33")
    promo(cuanto="12.5", nombre="Semana del tejido")
    pedido = mercado.pedido((manta, 3))
    assert pedido.total == bs("87.48")
    assert leer("SELECT precio, importe, descuento FROM comercio_pedido_linea") == [(3333, 9999, 1251)]
    assert leer(CARGOS, id=pedido.id) == [
        ("bienes", 9999, ""),
        ("comision", 262, ""),  # 3 % of what was paid
        ("descuento", -1251, "Promoción «Semana del tejido»"),
    ]
    assert saldo_disponible(sesion, mercado.cuenta) == bs("912.52")
    assert (verificar(sesion), verificar_pedidos(sesion), custodias(sesion)) == ([], [], [])


def test_un_monto_de_cada_uno_y_la_mejor_de_varias(mercado: Mercado, promo: Promo) -> None:
    chompa, gorro = mercado.publicar("Chompa", precio="80.00"), mercado.publicar("Gorro", precio="5.00")
    promo(cuanto="10")
    promo(clase="monto", cuanto="15.50", nombre="Menos")
    assert _opcion(mercado, chompa).rebajado == bs("64.50")
    assert _opcion(mercado, gorro).rebajado == bs("4.50")  # Bs 15,50 would leave it in nothing
    assert mercado.pedido((chompa, 2)).total == bs("129.00")


def test_llevar_mas_no_cuesta_mas(mercado: Mercado, promo: Promo, leer: Leer, sesion: Session) -> None:
    """Bs 40 less leaves 10 of 50, and would leave in nothing the 20 of each of five: 10 each too."""
    chompa = mercado.publicar(precio="50.00")
    escala = [{"desde": 5, "precio": bs("20.00")}]
    cambiar(mercado, chompa, mercado.variante(chompa), precios_por_cantidad=escala)
    promo(clase="monto", cuanto="40")
    opcion = _opcion(mercado, chompa)
    assert [opcion.por_pagar(Decimal(n)) for n in (1, 4, 5)] == [bs("10.00"), bs("40.00"), bs("50.00")]
    assert mercado.pedido((chompa, 5)).total == bs("50.00")
    assert leer("SELECT precio, importe, descuento FROM comercio_pedido_linea") == [(2000, 10000, 5000)]
    assert (verificar(sesion), verificar_pedidos(sesion), custodias(sesion)) == ([], [], [])


def test_de_los_elegidos(mercado: Mercado, promo: Promo, crear_unidad: Callable[..., Any]) -> None:
    chompa, gorro = mercado.publicar("Chompa", precio="80.00"), mercado.publicar("Gorro", precio="20.00")
    otra = crear_unidad("Otra", representante=mercado.vendedor, habilitaciones=["VENDEDOR"])
    ajeno = mercado.publicar("Ajeno", unidad_id=otra.id)
    promo(alcance="elegidos", variantes=[mercado.variante(chompa)])
    assert _opcion(mercado, chompa).rebajado == bs("72.00")
    assert _opcion(mercado, gorro).rebaja is None
    with pytest.raises(DatosInvalidos, match="no es de su tienda"):
        promo(alcance="elegidos", variantes=[mercado.variante(ajeno)])
    with pytest.raises(DatosInvalidos, match="Marque al menos"):
        promo(alcance="elegidos")


def test_la_base_no_deja_promover_lo_ajeno(
    mercado: Mercado, promo: Promo, bd: Engine, crear_unidad: Callable[..., Any]
) -> None:
    otra = crear_unidad("Otra", representante=mercado.vendedor, habilitaciones=["VENDEDOR"])
    ajeno = mercado.variante(mercado.publicar("Ajeno", unidad_id=otra.id))
    meter = text("INSERT INTO comercio_promocion_variante VALUES (:p, :v, :u)")
    with pytest.raises(IntegrityError), bd.begin() as conexion:
        conexion.execute(meter, {"p": promo().id, "v": ajeno, "u": mercado.unidad.id})


def test_lo_que_vuelve_es_lo_que_se_pago(mercado: Mercado, promo: Promo, sesion: Session) -> None:
    """Three at 29,16: one goes back as 29,16, and then the rest, to the centavo."""
    manta = mercado.publicar("Manta", precio="33.33")
    promo(cuanto="12.5")
    pedido = mercado.pedido((manta, 3))
    with transaccion() as propia:
        (linea,) = detalle_pedido(propia, mercado.actor, pedido.id).estado_de_lineas
        pedidos.cancelar(propia, mercado.actor, pedido.id, "Una menos", {linea.fila.id: 1})
    assert saldo_disponible(sesion, mercado.cuenta) == bs("941.68")
    sesion.rollback()
    with transaccion() as propia:
        assert detalle_pedido(propia, mercado.actor, pedido.id).cancelado == bs("29.16")
        pedidos.cancelar(propia, mercado.actor, pedido.id, "Ninguna")
    assert saldo_disponible(sesion, mercado.cuenta) == bs("1000.00")
    assert (verificar(sesion), verificar_pedidos(sesion), custodias(sesion)) == ([], [], [])


def test_la_base_no_deja_devolver_lo_descontado(mercado: Mercado, promo: Promo, bd: Engine) -> None:
    promo(cuanto="10")
    pedido = mercado.pedido((mercado.publicar(precio="50.00"), 1))
    mas = text(
        "INSERT INTO comercio_pedido_devolucion (causa, linea_id, pedido_id, importe)"
        " SELECT gen_random_uuid(), id, pedido_id, :n FROM comercio_pedido_linea WHERE pedido_id = :id"
    )
    with pytest.raises(IntegrityError, match="más de lo que costó"), bd.begin() as conexion:
        conexion.execute(mas, {"id": pedido.id, "n": 4501})


def test_termina_sola_y_la_dice_terminada_la_barrida(mercado: Mercado, promo: Promo, leer: Leer) -> None:
    chompa = mercado.publicar(precio="50.00")
    promo(dias=2)
    assert _opcion(mercado, chompa).rebajado == bs("45.00")
    mercado.reloj.adelantar(timedelta(days=2))
    assert _opcion(mercado, chompa).rebaja is None  # before anybody sweeps
    assert mercado.pedido((chompa, 1)).total == bs("50.00")
    assert (terminar_promociones(), terminar_promociones()) == (1, 0)
    assert leer("SELECT estado FROM comercio_promocion") == [("terminada",)]


def test_pausar_seguir_y_terminar(mercado: Mercado, promo: Promo, sesion: Session, leer: Leer) -> None:
    chompa, fila = mercado.publicar(precio="50.00"), promo()
    _mover(mercado, fila, EstadoPromocion.PAUSADA)
    assert _opcion(mercado, chompa).rebaja is None
    _mover(mercado, fila, EstadoPromocion.ACTIVA)
    assert _opcion(mercado, chompa).rebajado == bs("45.00")
    assert leer("SELECT count(*) FROM comercio_promocion_tramo") == [(2,)]
    assert verificar(sesion) == []
    _mover(mercado, fila, EstadoPromocion.TERMINADA)
    with pytest.raises(TransicionInvalida):
        _mover(mercado, fila, EstadoPromocion.ACTIVA)
    with transaccion() as propia, pytest.raises(PromocionNoEncontrada):
        mover_promocion(propia, mercado.actor, fila.id, EstadoPromocion.TERMINADA)


def test_dias_y_cuanto_que_no_valen(mercado: Mercado, promo: Promo) -> None:
    for campos in ({"dias": 91}, {"dias": 0}, {"cuanto": "90.01"}, {"cuanto": "0.99"}):
        with pytest.raises(DatosInvalidos):
            promo(**campos)


def test_hasta_cincuenta_sin_terminar(mercado: Mercado, promo: Promo, monkeypatch: Any) -> None:
    monkeypatch.setattr("comercio.promociones.crear.SIN_TERMINAR_MAXIMO", 1)
    promo()
    with pytest.raises(DemasiadasPromociones):
        promo()


def test_la_quita_mientras_le_compran(
    mercado: Mercado, promo: Promo, leer: Leer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paused after the price was read and before the sale is written: it is said, and nothing is bought."""
    chompa, fila = mercado.publicar(precio="50.00"), promo()

    def quitarla(*_que: Any) -> dict[Any, Any]:
        _mover(mercado, fila, EstadoPromocion.PAUSADA)
        return {mercado.unidad.id: mercado.unidad.municipio_ine}

    monkeypatch.setattr("comercio.compra.hacer.exigir_activas", quitarla)
    with pytest.raises(CambioDePrecio, match="Una promoción terminó mientras compraba"):
        mercado.pedido((chompa, 1))
    assert leer("SELECT count(*), sum(reservado) FROM comercio_existencia") == [(1, 0)]
    assert leer("SELECT count(*) FROM comercio_pedido") == [(0,)]


def test_la_pausa_espera_a_la_compra_que_la_usa(mercado: Mercado, promo: Promo, leer: Leer) -> None:
    from comercio.compra.hacer import SolicitudCompra, comprar
    from nucleo.ids import nuevo_id
    from tests.ayudas.carreras import cruzar
    from tests.comercio.conftest import ENTREGA

    chompa, fila = mercado.publicar(precio="50.00"), promo()
    lineas = ((mercado.variante(chompa), 1),)
    falla = cruzar(
        lambda s: comprar(s, mercado.actor, SolicitudCompra(id=nuevo_id(), entrega=ENTREGA, lineas=lineas)),
        lambda s: mover_promocion(s, mercado.actor_vendedor, fila.id, EstadoPromocion.PAUSADA),
    )
    assert falla is None
    assert leer("SELECT total FROM comercio_pedido") == [(4500,)]


def test_lo_que_se_vio_en_el_carrito(mercado: Mercado, promo: Promo) -> None:
    """A promotion that begins, or ends, changes what the buyer agreed to."""
    chompa = mercado.publicar(precio="50.00")
    quien = Titular(persona_id=mercado.comprador.id)
    with transaccion() as sesion:
        agregar(sesion, quien, mercado.variante(chompa), 2)
        vista = ver_carrito(sesion, quien)
    fila = promo()
    with pytest.raises(CambioDePrecio):
        mercado.comprar(huella=vista.huella)
    with transaccion() as sesion:
        vista = ver_carrito(sesion, quien)
        (linea,) = vista.lineas
        assert (linea.cambio_de_precio, linea.rebaja, vista.total) == (True, bs("10.00"), bs("90.00"))
    _mover(mercado, fila, EstadoPromocion.PAUSADA)
    with pytest.raises(CambioDePrecio):
        mercado.comprar(huella=vista.huella)
    _mover(mercado, fila, EstadoPromocion.ACTIVA)
    assert mercado.comprar(huella=vista.huella).total == bs("90.00")


# --- With what it may be compared --------------------------------------------------------------------


def test_antes_es_el_menor_precio_de_treinta_dias(mercado: Mercado, promo: Promo) -> None:
    """Raised to Bs 100 the week before, it was sold at Bs 60: 60 is what may be shown, and only if it is more
    than what is paid."""
    chompa = mercado.publicar(precio="60.00")
    mercado.reloj.adelantar(timedelta(days=40))
    _precio(mercado, chompa, "100.00")
    mercado.reloj.adelantar(timedelta(days=7))
    fila = promo(cuanto="50")
    opcion = _opcion(mercado, chompa)
    assert (opcion.rebajado, opcion.antes) == (bs("50.00"), bs("60.00"))
    _mover(mercado, fila, EstadoPromocion.TERMINADA)
    promo(cuanto="30")
    assert _opcion(mercado, chompa).rebajado == bs("70.00")
    assert _opcion(mercado, chompa).antes is None


def test_el_precio_por_cantidad_no_tiene_antes(mercado: Mercado, promo: Promo) -> None:
    """Ten cost Bs 40 each long since: beside what ten cost now, Bs 60 was nobody's price."""
    chompa = mercado.publicar(precio="60.00", existencia=20)
    escala = [{"desde": 10, "precio": bs("40.00")}]
    cambiar(mercado, chompa, mercado.variante(chompa), precios_por_cantidad=escala)
    mercado.reloj.adelantar(timedelta(days=40))
    promo(cuanto="10")
    opcion = _opcion(mercado, chompa)
    assert (opcion.rebajado, opcion.antes) == (bs("54.00"), bs("60.00"))
    quien = Titular(persona_id=mercado.comprador.id)
    for cuantas, precio, antes in ((9, bs("54.00"), bs("60.00")), (10, bs("36.00"), None)):
        with transaccion() as sesion:
            fijar_cantidad(sesion, quien, opcion.id, cuantas)
            (linea,) = ver_carrito(sesion, quien).lineas
        assert (linea.precio, linea.antes) == (precio, antes)


def test_lo_recien_publicado_no_tiene_antes(mercado: Mercado, promo: Promo) -> None:
    chompa = mercado.publicar(precio="60.00")
    mercado.reloj.adelantar(timedelta(days=29))
    promo(cuanto="50")
    assert (_opcion(mercado, chompa).rebajado, _opcion(mercado, chompa).antes) == (bs("30.00"), None)


def test_un_precio_que_nadie_pudo_pagar_no_cuenta(mercado: Mercado, promo: Promo) -> None:
    """A month in a pause at Bs 900: what it was sold for before is out of the days, and it has no «antes»;
    paused for three days only, it is what it was sold for on the others."""
    caro, breve = mercado.publicar("Caro", precio="60.00"), mercado.publicar("Breve", precio="60.00")
    mercado.reloj.adelantar(timedelta(days=40))
    _poner_en(mercado, caro, EstadoProducto.PAUSADO)
    _precio(mercado, caro, "900.00")
    mercado.reloj.adelantar(timedelta(days=28))
    _poner_en(mercado, breve, EstadoProducto.PAUSADO)
    mercado.reloj.adelantar(timedelta(days=3))
    _poner_en(mercado, caro, EstadoProducto.PUBLICADO)
    _poner_en(mercado, breve, EstadoProducto.PUBLICADO)
    promo(cuanto="20")
    assert (_opcion(mercado, caro).rebajado, _opcion(mercado, caro).antes) == (bs("720.00"), None)
    assert (_opcion(mercado, breve).rebajado, _opcion(mercado, breve).antes) == (bs("48.00"), bs("60.00"))


def test_el_precio_de_las_vacaciones_no_cuenta(mercado: Mercado, promo: Promo) -> None:
    """Away for four weeks at Bs 900 nobody buys it, and it has no «antes»; away for three days, and holidays
    that were not taken, leave the one of the other days."""
    chompa = mercado.publicar(precio="60.00")
    mercado.reloj.adelantar(timedelta(days=40))
    _ausentarse(mercado, 3)
    mercado.reloj.adelantar(timedelta(days=4))
    with transaccion() as sesion:
        en_un_mes = fecha_bolivia(ahora()) + timedelta(days=30)
        quien, unidad = mercado.actor_vendedor, mercado.unidad.id
        no_tomadas = tomar_vacaciones(sesion, quien, unidad, en_un_mes, en_un_mes)
        terminar_vacaciones(sesion, quien, no_tomadas.id)
    fila = promo(cuanto="20", dias=1)
    assert (_opcion(mercado, chompa).rebajado, _opcion(mercado, chompa).antes) == (bs("48.00"), bs("60.00"))
    _mover(mercado, fila, EstadoPromocion.TERMINADA)
    mercado.reloj.adelantar(timedelta(days=1))
    _ausentarse(mercado, 28)
    _precio(mercado, chompa, "900.00")
    mercado.reloj.adelantar(timedelta(days=31))
    promo(cuanto="20")
    assert (_opcion(mercado, chompa).rebajado, _opcion(mercado, chompa).antes) == (bs("720.00"), None)


def test_otra_promocion_de_antes_cuenta(mercado: Mercado, promo: Promo) -> None:
    """Sold at Bs 30 ten days ago by a promotion, at Bs 45 by this one: Bs 60 is not what it cost before. One
    that was paused at once took nothing off, nor one of other products."""
    chompa, gorro = mercado.publicar("Chompa", precio="60.00"), mercado.publicar("Gorro", precio="60.00")
    mercado.reloj.adelantar(timedelta(days=60))
    promo(cuanto="50", dias=3, alcance="elegidos", variantes=[mercado.variante(chompa)])
    mercado.reloj.adelantar(timedelta(days=10))
    fila = promo(cuanto="25", dias=20)
    assert (_opcion(mercado, chompa).rebajado, _opcion(mercado, chompa).antes) == (bs("45.00"), None)
    assert (_opcion(mercado, gorro).rebajado, _opcion(mercado, gorro).antes) == (bs("45.00"), bs("60.00"))
    _mover(mercado, fila, EstadoPromocion.TERMINADA)
    mercado.reloj.adelantar(timedelta(days=31))
    promo(cuanto="25")
    assert _opcion(mercado, chompa).antes == bs("60.00")


def test_sin_regla_vigente_no_hay_antes(mercado: Mercado, promo: Promo, duenio: Engine) -> None:
    chompa = mercado.publicar(precio="60.00")
    mercado.reloj.adelantar(timedelta(days=40))
    promo()
    assert _opcion(mercado, chompa).antes == bs("60.00")
    with duenio.begin() as conexion:
        conexion.execute(text("UPDATE comercio_regla_de_referencia SET vigente_hasta = vigente_desde"))
    try:
        assert _opcion(mercado, chompa).antes is None
    finally:
        with duenio.begin() as conexion:
            conexion.execute(text("UPDATE comercio_regla_de_referencia SET vigente_hasta = NULL"))


def test_verificar_ve_lo_que_no_cuadra(
    mercado: Mercado, promo: Promo, sesion: Session, duenio: Engine
) -> None:
    fila = promo()
    pedido = mercado.pedido((mercado.publicar(precio="50.00"), 1))
    assert (verificar(sesion), verificar_pedidos(sesion)) == ([], [])
    sesion.rollback()
    with duenio.begin() as conexion:
        for tabla, que in (
            ("comercio_promocion_tramo", "hasta = hasta - interval '1 hour'"),
            ("comercio_pedido_linea", "descuento = descuento - 1"),
        ):
            conexion.execute(text(f"ALTER TABLE {tabla} DISABLE TRIGGER USER"))
            conexion.execute(text(f"UPDATE {tabla} SET {que}"))
            conexion.execute(text(f"ALTER TABLE {tabla} ENABLE TRIGGER USER"))
    assert verificar(sesion) == [f"promoción {fila.id}: su último tramo no es el que dice su estado"]
    assert verificar_pedidos(sesion) == [
        f"pedido {pedido.numero}: sus cargos no son su total, sus líneas, la comisión y el porte de su dinero"
    ]


def test_la_base_no_deja_descontar_sin_por_que(mercado: Mercado, promo: Promo, bd: Engine) -> None:
    """Nor by a promotion of another seller, nor by none."""
    pedido = mercado.pedido((mercado.publicar(precio="50.00"), 1))
    fila = promo()
    _mover(mercado, fila, EstadoPromocion.PAUSADA)
    meter = text(
        "INSERT INTO comercio_pedido_cargo (id, pedido_id, clase, paga, recibe, monto, linea_id, detalle,"
        " impuesto, promocion_id) SELECT gen_random_uuid(), pedido_id, 'descuento', 'comprador', 'vendedor',"
        " -1, id, '', 0, :p FROM comercio_pedido_linea WHERE pedido_id = :id"
    )
    with pytest.raises(DBAPIError, match="no vale ahora"), bd.begin() as conexion:
        conexion.execute(meter, {"id": pedido.id, "p": fila.id})
    with pytest.raises(DBAPIError), bd.begin() as conexion:
        conexion.execute(meter, {"id": pedido.id, "p": None})
