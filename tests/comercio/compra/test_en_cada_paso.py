"""What changes while somebody buys, at each step of it, by pages and by program: nobody pays what they did
not see, everybody is told what to do, and what can still be bought is bought after that."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from comercio.catalogo import manejadores
from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.modelos import Producto
from comercio.catalogo.publicar import editar_producto
from comercio.pedidos import manejadores as de_pedidos
from comercio.promociones.crear import mover_promocion
from comercio.promociones.estados import EstadoPromocion
from comercio.vendedores import tomar_vacaciones
from empresa_digital.registro import inscripcion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora, fecha_bolivia
from pagos import saldo_disponible
from tests.comercio.catalogo.test_variantes import cambiar
from tests.comercio.conftest import Mercado
from tests.comercio.promociones.conftest import promo
from tests.comercio.test_web import ENTREGA, oculto

__all__ = ["promo"]
assert manejadores
assert de_pedidos
Leer = Callable[..., list[tuple[Any, ...]]]
Crear = Callable[..., Any]
CUESTA_OTRA_COSA = "Cambió un precio o una cantidad desde que lo vio"


@dataclass
class Mundo:
    """A jersey, two of which are wanted, and who may change something of it."""

    mercado: Mercado
    chompa: Producto
    promo: Callable[..., Any]
    autoridad: Any
    rival: Any
    promocion: Any = None

    def editar(self, **cambios: Any) -> None:
        with transaccion() as sesion:
            version = sesion.get_one(Producto, self.chompa.id).version
            datos = ProductoCambios.model_validate(cambios)
            editar_producto(sesion, self.mercado.actor_vendedor, self.chompa.id, version, datos)

    def escala(self, *escalones: dict[str, Any]) -> None:
        variante = self.mercado.variante(self.chompa)
        cambiar(self.mercado, self.chompa, variante, precios_por_cantidad=list(escalones))

    def rebajar(self) -> None:
        self.promocion = self.promo(cuanto="10")

    def detener(self) -> None:
        with transaccion() as sesion:
            mover_promocion(sesion, self.mercado.actor_vendedor, self.promocion.id, EstadoPromocion.PAUSADA)

    def suspender(self) -> None:
        with transaccion() as sesion:
            inscripcion.suspender(sesion, self.autoridad, self.mercado.unidad.id, "Reclamos")

    def suspender_y_saberse(self) -> None:
        self.suspender()
        entregar_pendientes()

    def irse(self) -> None:
        hoy = fecha_bolivia(ahora())
        with transaccion() as sesion:
            tomar_vacaciones(
                sesion, self.mercado.actor_vendedor, self.mercado.unidad.id, hoy, hoy + timedelta(days=5)
            )

    def comprar_otro(self, cuantos: int) -> None:
        self.mercado.comprar((self.chompa, cuantos), actor=self.rival)


@dataclass(frozen=True)
class Cambio:
    """What happens to two jerseys of Bs 50, of which there are five, and what it must do.

    `agregar`: pressed on a page of before, its status and words; `carrito`: what a cart of before says, and
    `sigue`, whether it goes on to the checkout; `pagar` and `programa`: of who pays as they saw it. `total`:
    what is paid once they looked again; None when it cannot be bought.
    """

    hace: Callable[[Mundo], None]
    agregar: tuple[int, str]
    carrito: str
    sigue: bool
    pagar: tuple[int, str]
    programa: tuple[int, str]
    total: str | None
    antes: Callable[[Mundo], None] = lambda _mundo: None
    visto: str = "100.00"


def _otro_precio(hace: Callable[[Mundo], None], costaba: str, total: str, **mas: Any) -> Cambio:
    """It costs something else: it is said at each step, and it can be bought for that."""
    return Cambio(
        hace,
        (303, f"Bs {total}".replace(".", ",")),
        f"Cuando lo agregó costaba Bs {costaba}.",
        True,
        (409, CUESTA_OTRA_COSA),
        (409, "cambio_de_precio"),
        total,
        **mas,
    )


def _sin_venta(hace: Callable[[Mundo], None], **mas: Any) -> Cambio:
    """It cannot be bought any more, and that is said at each step."""
    datos: dict[str, Any] = {
        "agregar": (409, "«Chompa» ya no está a la venta."),
        "carrito": "Ya no está a la venta: quítelo para continuar.",
        "sigue": False,
        "pagar": (409, "Ya no está a la venta"),
        "programa": (409, "producto_no_disponible"),
        "total": None,
    }
    return Cambio(hace, **datos | mas)


CAMBIOS = {
    "sube": _otro_precio(lambda m: m.editar(precio=bs("60.00")), "50,00", "120.00"),
    "baja": _otro_precio(lambda m: m.editar(precio=bs("40.00")), "50,00", "80.00"),
    "empieza una promoción": _otro_precio(Mundo.rebajar, "50,00", "90.00"),
    "se detiene una promoción": _otro_precio(
        Mundo.detener, "45,00", "100.00", antes=Mundo.rebajar, visto="90.00"
    ),
    "ya no hay precio por dos": _otro_precio(
        Mundo.escala,
        "44,00",
        "100.00",
        antes=lambda m: m.escala({"desde": "2", "precio": {"monto": "44.00"}}),
        visto="88.00",
    ),
    "lo pausan": _sin_venta(lambda m: m.editar(estado="pausado")),
    "lo retiran": _sin_venta(lambda m: m.editar(estado="retirado")),
    "suspenden a quien vende": _sin_venta(Mundo.suspender_y_saberse),
    # The registry knows it, the shop has not heard yet: only the purchase itself asks.
    "acaban de suspender a quien vende": _sin_venta(
        Mundo.suspender,
        agregar=(303, "Bs 100,00"),
        carrito="Continuar con la compra",
        sigue=True,
        pagar=(409, "«Chompa» ya no está a la venta."),
    ),
    "se va de vacaciones": _sin_venta(
        Mundo.irse,
        agregar=(409, "está de vacaciones. Se podrá comprar desde el"),
        carrito="De vacaciones: se podrá comprar desde el",
        pagar=(409, "está de vacaciones. Se podrá comprar desde el"),
    ),
    "se agota": _sin_venta(
        lambda m: m.comprar_otro(5),
        agregar=(409, "«Chompa» está agotado."),
        carrito="Se agotó: quítelo para continuar.",
        pagar=(409, "No alcanza la existencia: quedan 0 de «Chompa»."),
        programa=(409, "sin_existencia"),
    ),
    "queda una": _sin_venta(
        lambda m: m.comprar_otro(4),
        agregar=(409, "Solo queda 1 de «Chompa»."),
        carrito="Solo queda 1: baje la cantidad.",
        pagar=(409, "No alcanza la existencia: queda 1 de «Chompa»."),
        programa=(409, "sin_existencia"),
    ),
}


@pytest.fixture(params=CAMBIOS.values(), ids=CAMBIOS.keys())
def cambio(request: pytest.FixtureRequest) -> Cambio:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def mundo(
    cambio: Cambio,
    mercado: Mercado,
    promo: Crear,
    crear_persona: Crear,
    crear_unidad: Crear,
    actor_de: Crear,
    con_saldo: Crear,
) -> Mundo:
    rosa, rival = crear_persona("Rosa"), crear_persona("Rival")
    con_saldo(rival, "1000.00")
    crear_unidad(
        "Autoridad",
        tipo="ENTIDAD_PUBLICA",
        representante=rosa,
        facultades=["REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    chompa = mercado.publicar("Chompa", precio="50.00", existencia=5)
    mundo = Mundo(mercado, chompa, promo, actor_de(rosa), actor_de(rival))
    cambio.antes(mundo)
    return mundo


def _llano(pagina: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", pagina).replace("\xa0", " ").split())


def _agregar(navegador: Any, mundo: Mundo) -> Any:
    return navegador.post("/carrito/lineas", data={"producto_id": str(mundo.chompa.id), "cantidad": "2"})


@pytest.fixture
def intacto(mundo: Mundo, leer: Leer) -> Callable[[], None]:
    """Nothing was bought here, nothing is held for it, nothing was paid."""

    def exigir() -> None:
        ajenas = leer("SELECT coalesce(sum(l.cantidad), 0) FROM comercio_pedido_linea l")[0][0]
        assert leer("SELECT reservado FROM comercio_existencia") == [(ajenas,)]
        assert leer(
            "SELECT count(*) FROM comercio_compra c JOIN registro_parte p ON p.id = c.comprador_parte_id"
            " WHERE p.persona_id = :p",
            p=mundo.mercado.comprador.id,
        ) == [(0,)]
        with transaccion() as sesion:
            assert saldo_disponible(sesion, mundo.mercado.cuenta) == bs("1000.00")

    return exigir


def test_con_la_pagina_del_producto_a_la_vista(
    mundo: Mundo, cambio: Cambio, sesion_web: Crear, intacto: Callable[[], None]
) -> None:
    navegador = sesion_web(mundo.mercado.comprador)
    assert navegador.get(f"/productos/{mundo.chompa.id}", follow_redirects=True).status_code == 200
    cambio.hace(mundo)
    respuesta = _agregar(navegador, mundo)
    estado, dice = cambio.agregar
    assert respuesta.status_code == estado
    pagina = navegador.get("/carrito").text if estado == 303 else respuesta.text
    assert dice in _llano(pagina)
    if estado != 303:
        assert "Su carrito está vacío" in navegador.get("/carrito").text
    intacto()


def test_con_el_carrito_lleno(
    mundo: Mundo, cambio: Cambio, sesion_web: Crear, intacto: Callable[[], None]
) -> None:
    navegador = sesion_web(mundo.mercado.comprador)
    assert _agregar(navegador, mundo).status_code == 303
    cambio.hace(mundo)
    assert cambio.carrito in _llano(navegador.get("/carrito").text)
    comprar = navegador.get("/comprar")
    assert comprar.status_code == (200 if cambio.sigue else 303)
    if cambio.sigue:
        assert f"Pagar Bs {(cambio.total or cambio.visto).replace('.', ',')}" in _llano(comprar.text)
    else:
        assert comprar.headers["location"] == "/carrito"
    intacto()


def test_con_la_pagina_de_pago_a_la_vista(
    mundo: Mundo, cambio: Cambio, sesion_web: Crear, intacto: Callable[[], None], leer: Leer
) -> None:
    """Who presses «Pagar» is told; who looks again pays what it costs, or takes it out."""
    navegador = sesion_web(mundo.mercado.comprador)
    _agregar(navegador, mundo)
    pagina = navegador.get("/comprar").text
    assert f"Pagar Bs {cambio.visto.replace('.', ',')}" in _llano(pagina)
    datos = {"_id": oculto(pagina, "_id"), "huella": oculto(pagina, "huella")} | ENTREGA
    cambio.hace(mundo)
    negada = navegador.post("/comprar", data=datos)
    estado, dice = cambio.pagar
    assert (negada.status_code, dice in _llano(negada.text)) == (estado, True), _llano(negada.text)
    intacto()
    if cambio.total is not None:
        assert f"Pagar Bs {cambio.total.replace('.', ',')}" in _llano(negada.text)
        datos["huella"] = oculto(negada.text, "huella")
        assert navegador.post("/comprar", data=datos).status_code == 303
        with transaccion() as sesion:
            queda = saldo_disponible(sesion, mundo.mercado.cuenta)
        assert queda == bs("1000.00") - bs(cambio.total)
        return
    assert navegador.post("/comprar", data=datos).status_code == estado  # pressed again, the same
    variante = mundo.mercado.variante(mundo.chompa)
    assert navegador.post(f"/carrito/lineas/{variante}", data={"cantidad": "0"}).status_code == 303
    assert "Su carrito está vacío" in navegador.get("/carrito").text
    intacto()


@pytest.mark.parametrize("que", ["lineas", "carrito"])
def test_por_programa(
    mundo: Mundo,
    cambio: Cambio,
    cliente: Any,
    token_de: Crear,
    intacto: Callable[[], None],
    que: str,
) -> None:
    """With the total that it saw, of some lines; or of a cart, with what the cart showed."""

    def pedir(ruta: str, **cuerpo: Any) -> Any:
        cabeceras = {
            "Authorization": f"Bearer {token_de(mundo.mercado.comprador)}",
            "Idempotency-Key": str(nuevo_id()),
        }
        return cliente.post(f"/api/v1{ruta}", json=cuerpo, headers=cabeceras)

    linea = {"producto_id": str(mundo.chompa.id), "cantidad": "2"}
    compra: dict[str, Any] = {"entrega": ENTREGA}
    if que == "carrito":
        assert pedir("/carrito/lineas", **linea).status_code in (200, 201)
    else:
        compra |= {"lineas": [linea], "total": {"monto": cambio.visto}}
    cambio.hace(mundo)
    negada = pedir("/pedidos", **compra)
    assert (negada.status_code, negada.json()["codigo"]) == cambio.programa
    intacto()
    if cambio.total is None:
        return
    assert negada.json()["total"]["monto"] == cambio.total
    hecha = pedir("/pedidos", **compra | {"total": negada.json()["total"]})
    assert (hecha.status_code, hecha.json()["total"]["monto"]) == (201, cambio.total)


def test_despues_de_pagar_nada_cambia(mundo: Mundo, cambio: Cambio, sesion_web: Crear, leer: Leer) -> None:
    """What was paid stays as it was paid; cancelled, all of it comes back."""
    mercado = mundo.mercado
    pedido = mercado.pedido((mundo.chompa, 2), total=bs(cambio.visto))
    if cambio.hace is CAMBIOS["se agota"].hace:
        mundo.comprar_otro(3)
    elif cambio.hace is CAMBIOS["queda una"].hace:
        mundo.comprar_otro(2)
    else:
        cambio.hace(mundo)
    navegador = sesion_web(mercado.comprador)
    assert f"Total Bs {cambio.visto.replace('.', ',')}" in _llano(navegador.get(f"/pedidos/{pedido.id}").text)
    motivo = {"motivo": "Ya no lo necesito"}
    assert navegador.post(f"/pedidos/{pedido.id}/cancelacion", data=motivo).status_code == 303
    with transaccion() as sesion:
        assert saldo_disponible(sesion, mercado.cuenta) == bs("1000.00")
