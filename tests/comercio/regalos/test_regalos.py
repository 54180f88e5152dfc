"""Who receives a gift follows it and says that it came; they see no price, and no money moves."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from comercio.compra.esquemas import Regalo
from comercio.compra.hacer import pedidos_de
from comercio.compra.modelos import Pedido
from comercio.formas import FormaDeEntrega, declarar
from comercio.pedidos import cumplir as pedidos
from comercio.regalos import manejadores
from comercio.regalos.errores import NoEsRegalo, RegaloNoEncontrado
from comercio.regalos.seguir import confirmar_recibido, nombrar_destinatario
from comercio.regalos.verificar import regalos as verificar
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.vidas import TransicionInvalida
from tests.ayudas.carreras import cruzar
from tests.comercio.conftest import Mercado

assert manejadores
Leer = Callable[..., list[tuple[Any, ...]]]
COMO_VA = "SELECT p.estado, k.estado FROM comercio_pedido p JOIN comercio_custodia k ON k.pedido_id = p.id"


@pytest.fixture
def mama(crear_persona: Callable[..., Any]) -> Any:
    return crear_persona("Rosa")


@pytest.fixture
def regalo(mercado: Mercado) -> Pedido:
    """A gift, picked up at the shop."""
    formas = {FormaDeEntrega.CORREO: "", FormaDeEntrega.RETIRO: "Calle Bolívar 5, de 9 a 12"}
    with transaccion() as sesion:
        declarar(sesion, mercado.actor_vendedor, mercado.unidad.id, formas)
    return mercado.pedido(
        (mercado.publicar("Chal de alpaca", precio="77.77"), 1),
        formas={mercado.unidad.id: FormaDeEntrega.RETIRO},
        regalo=Regalo(mensaje="Feliz día, mamá"),
    )


def _llano(pagina: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", pagina).replace("\xa0", " ").split())


def test_quien_lo_recibe_lo_sigue_y_dice_que_llego(
    mercado: Mercado, regalo: Pedido, mama: Any, sesion_web: Callable[..., Any], leer: Leer
) -> None:
    compra, recibe = sesion_web(mercado.comprador), sesion_web(mama)
    aqui = f"/pedidos/{regalo.id}/regalo"
    assert "Quién recibe el regalo" in compra.get(f"/pedidos/{regalo.id}").text
    assert "Ningún regalo" in recibe.get("/regalos").text
    nadie = compra.post(aqui, data={"destinatario": "no-hay-tal"})
    assert (nadie.status_code, "Nadie tiene ese alias" in nadie.text) == (422, True)
    assert compra.post(aqui, data={"destinatario": mama.ci}).status_code == 303
    pagina = compra.get(aqui).text
    assert mama.ci in pagina
    assert mama.nombre_completo not in pagina  # who wrote a number is told no name
    suyo = recibe.get("/regalos").text
    assert "Chal de alpaca" in suyo
    assert "Feliz día, mamá" in suyo
    assert "77,77" not in suyo
    assert recibe.get(f"/pedidos/{regalo.id}").status_code == 404
    assert recibe.post(f"/regalos/{regalo.id}/recibido").status_code == 409
    with transaccion() as sesion:
        codigo = pedidos.alistar(sesion, mercado.actor_vendedor, regalo.id).codigo_entrega
    entregar_pendientes()
    assert f"{codigo[:3]}&#8239;{codigo[3:]}" in recibe.get("/regalos").text
    for _vez in range(2):
        assert recibe.post(f"/regalos/{regalo.id}/recibido").status_code == 303
    entregar_pendientes()
    assert "Usted dijo que llegó" in recibe.get("/regalos").text
    assert "Dijo que llegó" in compra.get(aqui).text
    assert leer(COMO_VA) == [("despachado", "retenida")]  # it pays nobody
    avisos = "SELECT asunto FROM ciudadania_notificacion WHERE asunto ILIKE '%regalo%' ORDER BY id"
    assert leer(avisos) == [("Le envían un regalo",), (f"Su regalo del pedido {regalo.numero} llegó",)]
    with transaccion() as sesion:
        assert verificar(sesion) == []


def test_lo_que_se_niega_no_cambia_nada(
    mercado: Mercado,
    regalo: Pedido,
    mama: Any,
    actor_de: Callable[..., Actor],
    crear_persona: Callable[..., Any],
    leer: Leer,
) -> None:
    comun = mercado.pedido((mercado.publicar("Gorro"), 1))
    with pytest.raises(NoEsRegalo), transaccion() as sesion:
        nombrar_destinatario(sesion, mercado.actor, comun.id, mama.ci)
    with pytest.raises(NoEsRegalo, match="usted"), transaccion() as sesion:
        nombrar_destinatario(sesion, mercado.actor, regalo.id, mercado.comprador.ci)
    with pytest.raises(RegaloNoEncontrado), transaccion() as sesion:
        confirmar_recibido(sesion, actor_de(mama), regalo.id)
    assert leer("SELECT count(*) FROM comercio_regalo_para") == [(0,)]
    with transaccion() as sesion:
        nombrar_destinatario(sesion, mercado.actor, regalo.id, mama.ci)
    with pytest.raises(TransicionInvalida, match="no salió"), transaccion() as sesion:
        confirmar_recibido(sesion, actor_de(mama), regalo.id)
    with pytest.raises(RegaloNoEncontrado), transaccion() as sesion:
        confirmar_recibido(sesion, mercado.actor, regalo.id)
    hermana = crear_persona("Juana")
    with transaccion() as sesion:  # in place of the one before
        nombrar_destinatario(sesion, mercado.actor, regalo.id, hermana.ci)
    with pytest.raises(RegaloNoEncontrado), transaccion() as sesion:
        confirmar_recibido(sesion, actor_de(mama), regalo.id)
    with transaccion() as sesion:
        nombrar_destinatario(sesion, mercado.actor, regalo.id, None)
    assert leer("SELECT count(*) FROM comercio_regalo_para WHERE quitado_en IS NULL") == [(0,)]
    assert leer("SELECT count(*) FROM comercio_regalo_recibido") == [(0,)]


def test_de_dos_pedidos_de_la_compra_a_la_vez_queda_uno(
    mercado: Mercado, mama: Any, crear_persona: Callable[..., Any], leer: Leer
) -> None:
    """For whom it is, is of the whole purchase: said of both its orders at once, the last one holds."""
    arreglo = mercado.publicar("Arreglo", categoria="confeccion", unidad_medida="servicio")
    compra = mercado.comprar((mercado.publicar("Gorro"), 1), (arreglo, 1), regalo=Regalo(mensaje="Feliz día"))
    with transaccion() as sesion:
        uno, otro = pedidos_de(sesion, compra.id)
    hermana = crear_persona("Juana")
    falla = cruzar(
        lambda sesion: nombrar_destinatario(sesion, mercado.actor, otro.id, mama.ci),
        lambda sesion: nombrar_destinatario(sesion, mercado.actor, uno.id, hermana.ci),
    )
    assert falla is None
    assert leer("SELECT dicho, quitado_en IS NULL FROM comercio_regalo_para ORDER BY id") == [
        (mama.ci, False),
        (hermana.ci, True),
    ]


def test_quien_dijo_que_llego_no_es_otra_persona(
    mercado: Mercado,
    regalo: Pedido,
    mama: Any,
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Actor],
    leer: Leer,
) -> None:
    """Nobody reads as theirs what another one said: it may be taken back, not given to somebody else."""
    with transaccion() as sesion:
        nombrar_destinatario(sesion, mercado.actor, regalo.id, mama.ci)
        pedidos.alistar(sesion, mercado.actor_vendedor, regalo.id)
        confirmar_recibido(sesion, actor_de(mama), regalo.id)
    hermana = crear_persona("Juana")
    for dicho in (hermana.ci, None, hermana.ci):
        if dicho is None:
            with transaccion() as sesion:
                nombrar_destinatario(sesion, mercado.actor, regalo.id, None)
        else:
            with pytest.raises(TransicionInvalida, match="ya dijo que llegó"), transaccion() as sesion:
                nombrar_destinatario(sesion, mercado.actor, regalo.id, dicho)
    assert leer("SELECT dicho, quitado_en IS NULL FROM comercio_regalo_para") == [(mama.ci, False)]


def test_a_quien_se_lo_quitan_mientras_lo_confirma_ya_no_es_suyo(
    mercado: Mercado, regalo: Pedido, mama: Any, actor_de: Callable[..., Actor], leer: Leer
) -> None:
    with transaccion() as sesion:
        nombrar_destinatario(sesion, mercado.actor, regalo.id, mama.ci)
        pedidos.alistar(sesion, mercado.actor_vendedor, regalo.id)
    falla = cruzar(
        lambda sesion: nombrar_destinatario(sesion, mercado.actor, regalo.id, None),
        lambda sesion: confirmar_recibido(sesion, actor_de(mama), regalo.id),
    )
    assert isinstance(falla, RegaloNoEncontrado)
    assert leer("SELECT count(*) FROM comercio_regalo_recibido") == [(0,)]


def test_la_base_no_regala_lo_que_no_es(mercado: Mercado, mama: Any, bd: Engine, leer: Leer) -> None:
    comun = mercado.pedido((mercado.publicar("Gorro"), 1))
    poner = text(
        "INSERT INTO comercio_regalo_para (id, compra_id, parte_id, dicho)"
        " SELECT :id, :compra, comprador_parte_id, 'x' FROM comercio_compra"
    )
    with pytest.raises(IntegrityError, match="un regalo es de una compra"), bd.begin() as conexion:
        conexion.execute(poner, {"id": nuevo_id(), "compra": comun.compra_id})
    assert leer("SELECT count(*) FROM comercio_regalo_para") == [(0,)]


def test_por_la_api(
    mercado: Mercado, regalo: Pedido, mama: Any, cliente: Any, token_de: Callable[..., Any]
) -> None:
    def pedir(quien: Any, metodo: str, ruta: str, **que: Any) -> Any:
        cabeceras = {"Authorization": f"Bearer {token_de(quien)}", "Idempotency-Key": str(nuevo_id())}
        return cliente.request(metodo, f"/api/v1{ruta}", headers=cabeceras, **que)

    dicho = pedir(mercado.comprador, "PUT", f"/pedidos/{regalo.id}/regalo", json={"destinatario": mama.ci})
    assert (dicho.status_code, dicho.json()) == (200, {"destinatario": mama.ci})
    (suyo,) = pedir(mama, "GET", "/regalos").json()["datos"]
    assert (suyo["cosas"], suyo["estado"], suyo["mensaje"]) == (
        ["Chal de alpaca"],
        "pagado",
        "Feliz día, mamá",
    )
    assert "monto" not in str(suyo)
    negado = pedir(mama, "POST", f"/regalos/{regalo.id}/recibido")
    assert (negado.status_code, negado.json()["codigo"]) == (409, "transicion_invalida")
    with transaccion() as sesion:
        pedidos.alistar(sesion, mercado.actor_vendedor, regalo.id)
    assert pedir(mama, "POST", f"/regalos/{regalo.id}/recibido").json()["pedido_id"] == str(regalo.id)
