"""The cart: sums, limits, merging at sign-in, and adds at the same time that lose nothing."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from comercio.carrito import llenar
from comercio.carrito.errores import CarritoLleno
from comercio.carrito.llenar import Titular, agregar, fijar_cantidad, nueva_ficha, unir, ver_carrito
from comercio.carrito.tareas import olvidar_carritos
from comercio.catalogo.errores import ProductoNoEncontrado
from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.estados import EstadoProducto
from comercio.catalogo.publicar import editar_producto
from comercio.existencias.errores import ProductoNoDisponible, SinExistencia
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from tests.comercio.conftest import Mercado

Leer = Callable[..., list[tuple[Any, ...]]]


def titular(mercado: Mercado) -> Titular:
    return Titular(persona_id=mercado.comprador.id)


def lineas(sesion: Session, quien: Titular) -> dict[str, int]:
    return {x.producto.titulo: x.cantidad for x in ver_carrito(sesion, quien).lineas}


def test_agregar_suma_y_el_total_es_exacto(mercado: Mercado, sesion: Session) -> None:
    chompa, manta = mercado.publicar("Chompa", precio="33.33"), mercado.publicar("Manta", precio="0.01")
    quien = titular(mercado)
    assert [x.cantidad for x in agregar(sesion, quien, mercado.variante(chompa), 2).lineas] == [2]
    assert [x.cantidad for x in agregar(sesion, quien, mercado.variante(chompa), 1).lineas] == [3]
    puesta = agregar(sesion, quien, mercado.variante(manta), 1)
    vista = ver_carrito(sesion, quien)
    assert (vista.total, vista.se_puede_comprar) == (bs("100.00"), True)
    assert (puesta.total, puesta.huella) == (vista.total, vista.huella)
    assert fijar_cantidad(sesion, quien, mercado.variante(manta), 0).total == bs("99.99")
    assert lineas(sesion, quien) == {"Chompa": 3}


def test_lo_que_no_se_puede_agregar_no_cambia_nada(mercado: Mercado, sesion: Session) -> None:
    chompa, borrador = mercado.publicar("Chompa"), mercado.publicar("Borrador", publicar=False)
    quien = titular(mercado)
    agregar(sesion, quien, mercado.variante(chompa), 8)
    with pytest.raises(SinExistencia, match="Solo quedan 10"):
        agregar(sesion, quien, mercado.variante(chompa), 3)
    with pytest.raises(ProductoNoDisponible):
        agregar(sesion, quien, mercado.variante(borrador), 1)
    with pytest.raises(ProductoNoEncontrado):
        agregar(sesion, quien, nuevo_id(), 1)
    mucho = mercado.publicar("Mucho", existencia=5000)
    with pytest.raises(CarritoLleno):
        agregar(sesion, quien, mercado.variante(mucho), 1000)
    assert lineas(sesion, quien) == {"Chompa": 8}


def test_carritos_ajenos_no_se_ven(mercado: Mercado, sesion: Session, leer: Leer) -> None:
    chompa = mercado.publicar()
    una, otra = Titular(ficha=nueva_ficha()), Titular(ficha=nueva_ficha())
    agregar(sesion, una, mercado.variante(chompa), 1)
    sesion.commit()
    assert lineas(sesion, otra) == {}
    assert lineas(sesion, titular(mercado)) == {}
    ((guardada,),) = leer("SELECT ficha_sha256 FROM comercio_carrito")
    assert una.ficha is not None
    assert una.ficha.encode() not in bytes(guardada)
    with pytest.raises(IntegrityError, match="un_titular"):
        sesion.connection().exec_driver_sql("UPDATE comercio_carrito SET ficha_sha256 = NULL")


def test_al_ingresar_se_unen(mercado: Mercado, sesion: Session, leer: Leer) -> None:
    chompa, manta = mercado.publicar("Chompa"), mercado.publicar("Manta")
    visitante = Titular(ficha=nueva_ficha())
    agregar(sesion, titular(mercado), mercado.variante(chompa), 1)
    agregar(sesion, visitante, mercado.variante(chompa), 2)
    agregar(sesion, visitante, mercado.variante(manta), 4)
    assert visitante.ficha is not None
    assert unir(sesion, visitante.ficha, mercado.comprador.id) == 2
    assert unir(sesion, visitante.ficha, mercado.comprador.id) == 0
    assert lineas(sesion, titular(mercado)) == {"Chompa": 3, "Manta": 4}
    sesion.commit()
    assert leer("SELECT count(*) FROM comercio_carrito") == [(1,)]


def test_dos_carritos_llenos_unidos_se_pueden_cambiar(
    mercado: Mercado, sesion: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost of what was poured together; only what would be one more is refused."""
    monkeypatch.setattr(llenar, "LINEAS_MAXIMAS", 1)
    chompa, manta, gorro = (mercado.publicar(t) for t in ("Chompa", "Manta", "Gorro"))
    visitante, quien = Titular(ficha=nueva_ficha()), titular(mercado)
    agregar(sesion, quien, mercado.variante(chompa), 1)
    agregar(sesion, visitante, mercado.variante(manta), 1)
    assert visitante.ficha is not None
    unir(sesion, visitante.ficha, mercado.comprador.id)
    fijar_cantidad(sesion, quien, mercado.variante(chompa), 2)
    with pytest.raises(CarritoLleno, match="hasta 1 productos distintos"):
        agregar(sesion, quien, mercado.variante(gorro), 1)
    assert lineas(sesion, quien) == {"Chompa": 2, "Manta": 1}


def test_el_carrito_dice_lo_que_cambio(mercado: Mercado, sesion: Session) -> None:
    chompa, manta = mercado.publicar("Chompa", precio="10.00"), mercado.publicar("Manta")
    quien = titular(mercado)
    agregar(sesion, quien, mercado.variante(chompa), 2)
    agregar(sesion, quien, mercado.variante(manta), 2)
    sesion.commit()
    antes = ver_carrito(sesion, quien).huella
    with transaccion() as otra:
        editar_producto(otra, mercado.actor_vendedor, chompa.id, 1, ProductoCambios(precio=bs("12.00")))
        pausa = ProductoCambios(estado=EstadoProducto.PAUSADO)
        editar_producto(otra, mercado.actor_vendedor, manta.id, 1, pausa)
    sesion.expire_all()
    vista = ver_carrito(sesion, quien)
    estado = [(x.producto.titulo, x.precio_visto, x.cambio_de_precio, x.problema) for x in vista.lineas]
    assert estado == [("Chompa", bs("10.00"), True, None), ("Manta", bs("50.00"), False, "no_disponible")]
    assert (vista.se_puede_comprar, vista.total) == (False, bs("124.00"))
    assert vista.huella != antes


def en_paralelo(cuantos: int, hacer: Callable[[int], object]) -> list[BaseException]:
    """Run `hacer(n)` in so many threads that start at once; the errors they raised."""
    barrera = threading.Barrier(cuantos)
    errores: list[BaseException] = []

    def correr(n: int) -> None:
        barrera.wait()
        try:
            hacer(n)
        except BaseException as error:
            errores.append(error)

    hilos = [threading.Thread(target=correr, args=(n,)) for n in range(cuantos)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return errores


def test_agregar_a_la_vez_no_pierde_lineas_ni_cantidades(mercado: Mercado, sesion: Session) -> None:
    productos = [mercado.publicar(f"Manta {n}", existencia=100) for n in range(4)]
    variantes = [mercado.variante(p) for p in productos]

    def hacer(n: int) -> None:
        with transaccion() as propia:
            agregar(propia, titular(mercado), variantes[n % 4], 1 + n % 2)

    assert en_paralelo(24, hacer) == []
    # 24 adds: products 0 and 2 get one unit six times, 1 and 3 two units six times.
    assert lineas(sesion, titular(mercado)) == {"Manta 0": 6, "Manta 1": 12, "Manta 2": 6, "Manta 3": 12}


def test_unir_dos_veces_a_la_vez_no_duplica(mercado: Mercado, sesion: Session) -> None:
    chompa = mercado.publicar("Chompa")
    visitante = Titular(ficha=nueva_ficha())
    with transaccion() as otra:
        agregar(otra, visitante, mercado.variante(chompa), 2)

    def hacer(_n: int) -> None:
        assert visitante.ficha is not None
        with transaccion() as propia:
            unir(propia, visitante.ficha, mercado.comprador.id)

    assert en_paralelo(8, hacer) == []
    assert lineas(sesion, titular(mercado)) == {"Chompa": 2}


def test_una_consulta_para_ver_el_carrito(
    mercado: Mercado, sesion: Session, contar_consultas: Callable[..., Any]
) -> None:
    for n in range(6):
        agregar(sesion, titular(mercado), mercado.variante(mercado.publicar(f"Manta {n}")), 1)
    sesion.commit()
    with contar_consultas() as sentencias:
        assert len(ver_carrito(sesion, titular(mercado)).lineas) == 6
    assert len(sentencias) == 1


def test_carritos_sueltos_se_olvidan(mercado: Mercado, leer: Leer, reloj: Any) -> None:
    chompa = mercado.publicar()
    with transaccion() as sesion:
        agregar(sesion, Titular(ficha=nueva_ficha()), mercado.variante(chompa), 1)
        agregar(sesion, Titular(persona_id=mercado.comprador.id), mercado.variante(chompa), 1)
    assert olvidar_carritos() == 0
    reloj.adelantar(timedelta(days=31))
    assert olvidar_carritos() == 1
    assert leer("SELECT persona_id FROM comercio_carrito") == [(mercado.comprador.id,)]
