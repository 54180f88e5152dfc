"""What goes from hand to hand: picked up or taken by the seller, against the code of who bought, or back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from comercio.catalogo.modelos import LugarDeDespacho
from comercio.compra.errores import EntregaInvalida
from comercio.compra.modelos import Pedido
from comercio.formas import FormaDeEntrega as F
from comercio.formas import declarar, formas_de
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos import manejadores
from comercio.pedidos.errores import PedidoAjeno
from comercio.pedidos.lineas import paquetes_de
from comercio.pedidos.modelos import Paquete
from comercio.pedidos.tareas import cancelar_vencidos, dar_por_perdidos
from comercio.pedidos.verificar import pedidos as verificar
from comercio.reputacion.verificar import verificar_reputacion
from empresa_digital.registro import SinFacultad
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from nucleo.vidas import TransicionInvalida
from pagos import saldo
from tests.comercio.conftest import ENTREGA, Mercado
from tests.comercio.test_web import ENTREGA as EN_LA_PAGINA
from tests.comercio.test_web import oculto

Leer = Callable[..., list[tuple[Any, ...]]]
assert manejadores
DONDE = "Calle Bolívar 5, de 9 a 12"
EXISTENCIA = "SELECT existencia, reservado FROM comercio_existencia"
ESTADOS = "SELECT p.estado, q.estado FROM comercio_pedido p JOIN comercio_paquete q ON q.pedido_id = p.id"


def ofrecer(mercado: Mercado, **formas: str) -> None:
    with transaccion() as sesion:
        declarar(sesion, mercado.actor_vendedor, mercado.unidad.id, {F(f): t for f, t in formas.items()})


def comprado(mercado: Mercado, forma: F = F.RETIRO) -> Pedido:
    ofrecer(mercado, correo="", retiro=DONDE, reparto="")
    producto = mercado.publicar(precio="120.00", peso_g=40_000)
    aqui = ENTREGA.model_copy(update={"municipio_ine": mercado.unidad.municipio_ine})
    return mercado.pedido((producto, 2), formas={mercado.unidad.id: forma}, entrega=aqui)


def listo(mercado: Mercado, forma: F = F.RETIRO) -> tuple[Pedido, Paquete]:
    pedido = comprado(mercado, forma)
    with transaccion() as sesion:
        paquete = pedidos.alistar(sesion, mercado.actor_vendedor, pedido.id)
    entregar_pendientes()
    return pedido, paquete


def decir(mercado: Mercado, pedido: Pedido, codigo: str) -> str | None:
    with transaccion() as sesion:
        error = pedidos.entregar_en_mano(sesion, mercado.actor_vendedor, pedido.id, codigo)
    return error.codigo if error else None


@pytest.mark.parametrize("forma", [F.RETIRO, F.REPARTO])
def test_de_la_compra_al_pago(mercado: Mercado, leer: Leer, forma: F) -> None:
    """Eighty kilos, which no parcel takes; at most by its term; delivered by its code; then as any order."""
    pedido, paquete = listo(mercado, forma)
    assert (pedido.forma, pedido.indicaciones) == (forma, DONDE if forma is F.RETIRO else "")
    assert leer(ESTADOS) == [("despachado", "despachado")]
    assert leer(EXISTENCIA) == [(8, 0)]
    mercado.reloj.adelantar(timedelta(days=9))
    assert (cancelar_vencidos(), dar_por_perdidos()) == (0, 0)
    with transaccion() as sesion:
        assert verificar(sesion) == []
    assert decir(mercado, pedido, paquete.codigo_entrega) is None
    assert leer(ESTADOS) == [("entregado", "entregado")]
    mercado.cobrar(pedido)
    assert leer(ESTADOS) == [("concluido", "entregado")]
    with transaccion() as sesion:
        assert verificar(sesion) == []
        with pytest.raises(TransicionInvalida):
            pedidos.entregar_en_mano(sesion, mercado.actor_vendedor, pedido.id, paquete.codigo_entrega)


@pytest.mark.parametrize(
    ("quien", "forma", "motivo", "faltas"),
    [
        ("el plazo", F.RETIRO, "No se recogió.", []),
        ("quien vende", F.RETIRO, "Quien vende no lo entregó.", [("cancelada",)]),
        ("el plazo", F.REPARTO, "No se entregó.", [("cancelada",)]),
    ],
)
def test_lo_que_nadie_recibe_vuelve(
    mercado: Mercado, sesion: Session, leer: Leer, quien: str, forma: F, motivo: str, faltas: list[Any]
) -> None:
    """Who sells answers for what they give up before its time, and for what was theirs to take there."""
    pedido, _paquete = listo(mercado, forma)
    if quien == "el plazo":
        mercado.reloj.adelantar(timedelta(days=12))
        assert (dar_por_perdidos(), dar_por_perdidos()) == (1, 0)
    else:
        with transaccion() as otra:
            pedidos.no_se_entrego(otra, mercado.actor_vendedor, pedido.id)
    assert leer(ESTADOS) == [("cancelado", "devuelto")]
    assert leer(EXISTENCIA) == [(10, 0)]
    assert saldo(sesion, mercado.cuenta) == bs("1000.00")
    assert leer("SELECT detalle FROM comercio_pedido_paso WHERE estado = 'cancelado'") == [(motivo,)]
    assert leer("SELECT falta FROM comercio_falta") == faltas
    assert verificar(sesion) + verificar_reputacion(sesion) == []


def test_si_no_se_alista_a_tiempo_se_cancela(mercado: Mercado, sesion: Session, leer: Leer) -> None:
    comprado(mercado)
    mercado.reloj.adelantar(timedelta(days=30))
    assert cancelar_vencidos() == 1
    assert leer("SELECT estado FROM comercio_pedido") == [("cancelado",)]
    assert saldo(sesion, mercado.cuenta) == bs("1000.00")


def test_el_codigo_se_dice_pocas_veces(mercado: Mercado, leer: Leer) -> None:
    """What is no code counts nothing; five wrong ones lock it, the right one too, until there is another."""
    pedido, paquete = listo(mercado)
    bueno = paquete.codigo_entrega
    malo = "000000" if bueno[:6] != "000000" else "111111"
    assert [decir(mercado, pedido, c) for c in ("123", malo, malo, malo, malo)] == ["codigo_incorrecto"] * 5
    assert leer("SELECT codigo_fallos FROM comercio_paquete") == [(4,)]
    assert [decir(mercado, pedido, c) for c in (malo, bueno)] == ["codigo_bloqueado"] * 2
    assert leer(ESTADOS) == [("despachado", "despachado")]
    with transaccion() as sesion, pytest.raises(PedidoAjeno):
        pedidos.renovar_codigo(sesion, mercado.actor_vendedor, pedido.id)
    with transaccion() as sesion:
        otro = pedidos.renovar_codigo(sesion, mercado.actor, pedido.id).codigo_entrega
    assert otro != bueno
    assert decir(mercado, pedido, bueno) == "codigo_incorrecto"
    with transaccion() as sesion, pytest.raises(SinFacultad):
        pedidos.entregar_en_mano(sesion, mercado.actor, pedido.id, otro)
    assert decir(mercado, pedido, otro) is None


def test_se_elige_lo_que_se_ofrece(mercado: Mercado, leer: Leer) -> None:
    """Who said nothing sends by post; own delivery reaches the seller's municipality alone."""
    vende = mercado.unidad.id
    producto = mercado.publicar()
    with transaccion() as sesion:
        assert [f.forma for f in formas_de(sesion, [vende])[vende]] == [F.CORREO]
        assert sesion.get(LugarDeDespacho, vende) is not None
    with pytest.raises(EntregaInvalida):
        mercado.comprar((producto, 1), formas={vende: F.RETIRO})
    with transaccion() as sesion, pytest.raises(DatosInvalidos, match="al menos una"):
        declarar(sesion, mercado.actor_vendedor, vende, {})
    with transaccion() as sesion, pytest.raises(DatosInvalidos, match="dónde"):
        declarar(sesion, mercado.actor_vendedor, vende, {F.RETIRO: ""})
    with transaccion() as sesion, pytest.raises(SinFacultad):
        declarar(sesion, mercado.actor, vende, {F.CORREO: ""})
    ofrecer(mercado, reparto="Martes y jueves")
    assert leer("SELECT forma FROM comercio_forma_de_entrega WHERE ofrece") == [("reparto",)]
    with pytest.raises(EntregaInvalida, match="no lo envía por correo: elija"):  # nobody was shown the other
        mercado.comprar((producto, 1))
    with pytest.raises(EntregaInvalida, match="ese municipio"):
        mercado.comprar((producto, 1), formas={vende: F.REPARTO})
    assert leer("SELECT count(*) FROM comercio_compra") == [(0,)]
    aqui = ENTREGA.model_copy(update={"municipio_ine": mercado.unidad.municipio_ine})
    pedido = mercado.pedido((producto, 1), entrega=aqui, formas={vende: F.REPARTO})
    assert (pedido.forma, pedido.indicaciones) == ("reparto", "Martes y jueves")
    with transaccion() as sesion, pytest.raises(TransicionInvalida, match="no va por correo"):
        pedidos.despachar(sesion, mercado.actor_vendedor, pedido.id, mercado.operador.id)
    ofrecer(mercado, correo="")
    por_correo = mercado.pedido((producto, 1), entrega=aqui)
    with transaccion() as sesion, pytest.raises(TransicionInvalida, match="va por correo"):
        pedidos.alistar(sesion, mercado.actor_vendedor, por_correo.id)


def test_lo_que_la_base_no_deja(mercado: Mercado, duenio: Engine) -> None:
    """A parcel as its order was sold; one that waits; nothing lost nor corrected that has no shipment."""
    pedido, _paquete = listo(mercado)
    paquete = (
        "INSERT INTO comercio_paquete (id, pedido_id, numero, estado, incidencia, forma, codigo_fallos, "
    )
    for sentencia in (
        "UPDATE comercio_paquete SET estado = 'perdido'",
        "UPDATE comercio_paquete SET codigo_fallos = 6",
        "UPDATE comercio_paquete SET codigo_version = NULL",
        "UPDATE comercio_pedido SET forma = 'correo'",
        paquete
        + f"codigo_version) VALUES (gen_random_uuid(), '{pedido.id}', 2, 'anunciado', '', 'retiro', 0, 1)",
        paquete
        + f"codigo_version) VALUES (gen_random_uuid(), '{pedido.id}', 2, 'anunciado', '', 'reparto', 0, 1)",
    ):
        with pytest.raises(DBAPIError), duenio.begin() as conexion:
            conexion.exec_driver_sql(sentencia)


def test_un_regalo_va_sin_precios(mercado: Mercado, sesion_web: Callable[..., Any], leer: Leer) -> None:
    """What its buyer wrote goes in the box, to who receives it; what it cost does not."""
    compradora, vendedora = sesion_web(mercado.comprador), sesion_web(mercado.vendedor)
    compradora.post("/carrito/lineas", data={"producto_id": str(mercado.publicar(precio="77.77").id)})
    pagina = compradora.get("/comprar").text
    datos = {"_id": oculto(pagina, "_id"), "huella": oculto(pagina, "huella"), "regalo": "1"} | EN_LA_PAGINA
    hecha = compradora.post("/comprar", data=datos | {"mensaje": "Feliz día, mamá"})
    pedido = hecha.headers["location"]
    assert leer("SELECT regalo, mensaje FROM comercio_compra") == [(True, "Feliz día, mamá")]
    assert "Feliz día, mamá" in compradora.get(pedido).text
    venta = pedido.replace("/pedidos/", "/vender/pedidos/")
    assert "No ponga precios" in vendedora.get(venta).text
    nota = vendedora.get(f"{venta}/nota").text
    assert "Feliz día, mamá" in nota
    assert "77,77" not in nota
    assert compradora.get(f"{venta}/nota").status_code == 404


def test_en_la_pagina(mercado: Mercado, sesion_web: Callable[..., Any], leer: Leer) -> None:
    vendedora, compradora = sesion_web(mercado.vendedor), sesion_web(mercado.comprador)
    declaracion = f"/vender/entregas?unidad={mercado.unidad.id}"
    assert 'name="correo" value="1" checked' in vendedora.get(declaracion).text
    sin_donde = vendedora.post(declaracion, data={"retiro": "1"})
    assert (sin_donde.status_code, "en qué horario" in sin_donde.text) == (422, True)
    assert vendedora.post(declaracion, data={"retiro": "1", "correo": "1", "donde": DONDE}).status_code == 303
    compradora.post("/carrito/lineas", data={"producto_id": str(mercado.publicar().id)})
    pagina = compradora.get("/comprar").text
    assert DONDE in pagina
    datos = {"_id": oculto(pagina, "_id"), "huella": oculto(pagina, "huella")} | EN_LA_PAGINA
    datos |= {"formas.0.vendedor_id": str(mercado.unidad.id), "formas.0.forma": "retiro"}
    mal = compradora.post("/comprar", data=datos | {"formas.0.forma": "reparto"})
    assert (mal.status_code, "elija otra forma" in mal.text) == (422, True)
    pedido = compradora.post("/comprar", data=datos).headers["location"]
    venta = pedido.replace("/pedidos/", "/vender/pedidos/")
    assert "Está listo para recoger" in vendedora.get(venta).text
    for quien, donde in ((vendedora, venta), (vendedora, f"{venta}/nota"), (compradora, pedido)):
        assert EN_LA_PAGINA["referencia"] not in quien.get(donde).text, "who comes for it leaves no address"
    assert vendedora.post(f"{venta}/alistamiento").status_code == 303
    entregar_pendientes()
    assert any("listo para recoger" in a for (a,) in leer("SELECT asunto FROM ciudadania_notificacion"))
    visto = compradora.get(pedido).text
    assert "Listo para recoger" in visto
    assert compradora.post(f"{pedido}/codigo").status_code == 303
    with transaccion() as sesion:
        (paquete,) = paquetes_de(sesion, leer("SELECT id FROM comercio_pedido")[0][0])
        codigo = paquete.codigo_entrega
    dicho = f"{codigo[:3]}&#8239;{codigo[3:]}"
    assert dicho in compradora.get(pedido).text
    assert dicho not in vendedora.get(venta).text
    errado = vendedora.post(f"{venta}/entrega-en-mano", data={"codigo_entrega": "000000"})
    assert (errado.status_code, "Quedan 4 intentos" in errado.text) == (422, True)
    assert leer("SELECT codigo_fallos FROM comercio_paquete") == [(1,)]
    assert vendedora.post(f"{venta}/entrega-en-mano", data={"codigo_entrega": codigo}).status_code == 303
    assert "Lo recibió: revíselo" in compradora.get(pedido).text


DE_ELLA = "SELECT destinatario, municipio_ine, lugar, referencia FROM comercio_compra"
QUIEN = {"destinatario": "Ana Prueba", "telefono": "71234567"}


def test_lo_que_se_recoge_no_pide_direccion(
    mercado: Mercado, sesion_web: Callable[..., Any], leer: Leer
) -> None:
    """Only picked up: the page has no place to fill. By post too: asked only of who wants it so."""
    compradora, vendedora = sesion_web(mercado.comprador), sesion_web(mercado.vendedor)
    ofrecer(mercado, retiro=DONDE)
    chompa = mercado.publicar()

    def por_pagar(forma: str) -> tuple[str, dict[str, str]]:
        compradora.post("/carrito/lineas", data={"producto_id": str(chompa.id)})
        pagina = compradora.get("/comprar").text
        datos = {"_id": oculto(pagina, "_id"), "huella": oculto(pagina, "huella"), **QUIEN}
        return pagina, datos | {
            "formas.0.vendedor_id": str(mercado.unidad.id),
            "formas.0.forma": forma,
        }

    pagina, datos = por_pagar("retiro")
    for campo in ("municipio_ine", "referencia", "guardar_como"):
        assert f'name="{campo}"' not in pagina
    assert "¿Quién lo recoge?" in pagina
    pedido = compradora.post("/comprar", data=datos).headers["location"]
    assert leer(DE_ELLA) == [("Ana Prueba", None, None, None)]
    for quien, ruta in (
        (compradora, pedido),
        (vendedora, pedido.replace("/pedidos/", "/vender/pedidos/")),
        (vendedora, f"{pedido.replace('/pedidos/', '/vender/pedidos/')}/nota"),
        (vendedora, f"/vender/preparar?unidad={mercado.unidad.id}"),
    ):
        assert "Ana Prueba" in quien.get(ruta).text, ruta

    ofrecer(mercado, retiro=DONDE, correo="")
    pagina, datos = por_pagar("retiro")
    assert 'class="solo-si-se-lleva"' in pagina
    assert compradora.post("/comprar", data=datos | EN_LA_PAGINA).status_code == 303  # left over: not kept
    assert leer(f"{DE_ELLA} WHERE municipio_ine IS NOT NULL") == []
    _pagina, datos = por_pagar("correo")
    falta = compradora.post("/comprar", data=datos)
    assert falta.status_code == 422
    for dice in ("Elija el municipio de entrega.", "Escriba cómo llegar"):
        assert dice in falta.text
    assert leer("SELECT count(*) FROM comercio_compra") == [(2,)]
    assert compradora.post("/comprar", data=datos | EN_LA_PAGINA).status_code == 303
    assert len(leer(f"{DE_ELLA} WHERE municipio_ine IS NOT NULL")) == 1
    # The next time, where they like to receive; nothing of what was picked up.
    assert EN_LA_PAGINA["referencia"] in por_pagar("correo")[0]


def test_por_programa_sin_direccion(
    mercado: Mercado, cliente: Any, token_de: Callable[..., str], leer: Leer
) -> None:
    ofrecer(mercado, retiro=DONDE, correo="")
    chompa = mercado.publicar()
    arreglo = mercado.publicar("Arreglo", categoria="confeccion", unidad_medida="servicio", peso_g=0)
    retiro = [{"vendedor_id": str(mercado.unidad.id), "forma": "retiro"}]

    def comprar(clave: int, *productos: Any, **mas: Any) -> Any:
        lineas = [{"producto_id": str(p.id), "cantidad": "1"} for p in productos]
        total = {"monto": f"{50 * len(productos)}.00"}
        cabeceras = {
            "Authorization": f"Bearer {token_de(mercado.comprador)}",
            "Idempotency-Key": f"sin-direccion-{clave:04}",
        }
        cuerpo = {"lineas": lineas, "entrega": QUIEN, "total": total} | mas
        return cliente.post("/api/v1/pedidos", json=cuerpo, headers=cabeceras)

    for clave, malo in enumerate((comprar(1, chompa), comprar(2, chompa, arreglo, formas=retiro))):
        assert (malo.status_code, malo.json()["codigo"]) == (422, "entrega_invalida"), clave
        assert set(malo.json()["campos"]) == {"municipio_ine", "referencia"}
    assert leer("SELECT count(*) FROM comercio_compra") == [(0,)]
    hecha = comprar(3, chompa, formas=retiro)
    assert hecha.status_code == 201
    pedido = cliente.get(
        f"/api/v1/pedidos/{hecha.json()['pedidos'][0]['id']}",
        headers={"Authorization": f"Bearer {token_de(mercado.comprador)}"},
    ).json()
    assert pedido["entrega"] == QUIEN | {
        "telefono": "+59171234567",
        "municipio_ine": None,
        "referencia": None,
    }


def test_la_base_exige_a_donde_va_lo_que_se_lleva(mercado: Mercado, bd: Engine) -> None:
    ofrecer(mercado, retiro=DONDE)
    pedido = mercado.pedido((mercado.publicar(), 1), formas={mercado.unidad.id: F.RETIRO})
    copia = (
        "INSERT INTO comercio_pedido SELECT (jsonb_populate_record(p, jsonb_build_object("
        "'id', gen_random_uuid(), 'numero', 'P-9-9', 'forma', 'correo', 'estado', 'pagado'))).*"
        f" FROM comercio_pedido p WHERE id = '{pedido.id}'"
    )
    with pytest.raises(DBAPIError, match="no dice a dónde va"), bd.begin() as conexion:
        conexion.exec_driver_sql(copia)
