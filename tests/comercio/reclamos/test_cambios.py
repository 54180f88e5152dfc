"""An exchange: reserved at once, sent by its term, without new money; when it goes wrong, money goes back."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from comercio.catalogo import VarianteCambios, VarianteNueva, bloquear_de_variantes
from comercio.compra.hacer import SolicitudCompra, comprar, pedidos_de
from comercio.compra.modelos import Pedido
from comercio.existencias import SinExistencia
from comercio.fachada import ofrecer_variantes
from comercio.pedidos import manejadores, tareas
from comercio.pedidos.lineas import lineas_del_pedido
from comercio.pedidos.verificar import pedidos as verificar
from comercio.promociones import PromocionNueva, promover
from comercio.reclamos import cambiar, reclamar
from comercio.reclamos import manejadores as de_reclamos
from comercio.reclamos.consultas import cambio_de
from comercio.reclamos.errores import ReclamoNoAdmite, ReclamoNoProcede
from comercio.reclamos.estados import MotivoReclamo
from comercio.reclamos.tareas import vencer_reclamos
from comercio.reclamos.verificar import verificar_reclamos
from envios.eventos import Fuente
from envios.eventos.consultas import eventos_de
from envios.eventos.corregir import Correccion, corregir_autorizado
from envios.eventos.motivos import MotivoCorreccion
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora, fecha_bolivia
from tests.ayudas.carreras import hasta_que_esperen
from tests.comercio.conftest import ENTREGA, Mercado
from tests.comercio.pedidos.test_cumplir import dinero

assert manejadores
assert de_reclamos
Leer = Callable[..., list[tuple[Any, ...]]]
COMO_ESTA = (
    "SELECT p.estado, k.estado, r.estado, c.estado FROM comercio_pedido p"
    " JOIN comercio_custodia k ON k.pedido_id = p.id JOIN comercio_reclamo r ON r.pedido_id = p.id"
    " LEFT JOIN comercio_cambio c ON c.reclamo_id = r.id ORDER BY r.abierto_en"
)
DE_LA_M = (
    "SELECT e.existencia, e.reservado FROM comercio_existencia e"
    " JOIN comercio_variante v ON v.id = e.variante_id WHERE v.atributos->>'talla' = 'M'"
)
ASI = ("entregado", "congelada")
DE_MAS = (
    "INSERT INTO comercio_cambio SELECT reclamo_id, linea_id, producto_id, variante_id, existencia_id,"
    " opcion, cantidad + 1, peso_g, estado, NULL, NULL, apartado_en, NULL, '' FROM comercio_cambio"
)


class Escena:
    """A chompa of size S was delivered; there is one of size M. Who bought claims."""

    def __init__(self, mercado: Mercado) -> None:
        self.m = mercado
        producto = mercado.publicar("Chompa", precio="100.00", existencia=5)
        self.talla_s = mercado.variante(producto)
        with transaccion() as sesion:
            otra = VarianteNueva(
                sku="CH-M",
                atributos={"talla": "M"},
                precio=bs("120.00"),
                existencia=Decimal(1),
                peso_g=450,
            )
            ofrecer_variantes(
                sesion, mercado.actor_vendedor, producto.id, VarianteCambios(atributos={"talla": "S"}), [otra]
            )
        with transaccion() as sesion:
            filas = sesion.connection().execute(
                text("SELECT id FROM comercio_variante WHERE atributos->>'talla' = 'M'")
            )
            self.talla_m: UUID = filas.scalar_one()
        with transaccion() as sesion:
            solicitud = SolicitudCompra(id=nuevo_id(), entrega=ENTREGA, lineas=((self.talla_s, Decimal(1)),))
            compra = comprar(sesion, mercado.actor, solicitud)
            (self.pedido,) = pedidos_de(sesion, compra.id)
        mercado.llevar(self.pedido, "EMA", "EMI")
        with transaccion() as sesion:
            motivo = MotivoReclamo.NO_ES_LO_DESCRITO
            self.reclamo = reclamar.abrir(sesion, mercado.actor, self.pedido.id, motivo, "Me queda chica").id

    def ofrecer(self, variante: UUID | None = None) -> None:
        with transaccion() as sesion:
            de = variante or self.talla_m
            cambiar.ofrecer_cambio(sesion, self.m.actor_vendedor, self.reclamo, de, "Le mando la M")

    def aceptar(self) -> None:
        with transaccion() as sesion:
            reclamar.aceptar_oferta(sesion, self.m.actor, self.reclamo)

    def mandar(self, *codigos: str) -> None:
        with transaccion() as sesion:
            cambiar.mandar_cambio(sesion, self.m.actor_vendedor, self.reclamo, self.m.operador.id)
        self.anotar(*codigos)

    def anotar(self, *codigos: str) -> None:
        with transaccion() as sesion:
            suyo = cambio_de(sesion, self.reclamo)
            assert suyo is not None
            assert suyo.envio_id is not None
            for codigo in codigos:
                self.m.evento(sesion, suyo.envio_id, codigo)
        entregar_pendientes()

    def errar(self, de: str, leer: Leer) -> None:
        """The delivery of a shipment is declared wrong."""
        ((envio_id,),) = leer(de)
        with transaccion() as sesion:
            emi = next(e for e in eventos_de(sesion, envio_id) if e.codigo == "EMI")
            quien = Autorizacion(actor=Actor.sistema("prueba"), unidad_id=self.m.operador.id)
            nueva = Correccion(MotivoCorreccion.NO_OCURRIO, emi.id)
            corregir_autorizado(sesion, quien, self.m.operador.id, nueva, Fuente.SIMULADOR)
        entregar_pendientes()


@pytest.fixture
def escena(mercado: Mercado) -> Escena:
    return Escena(mercado)


def _cuadra() -> None:
    for comprobar in (verificar, verificar_reclamos):
        with transaccion() as sesion:
            assert comprobar(sesion) == []


def test_se_cambia_por_otra_talla_y_nadie_mueve_dinero(escena: Escena, leer: Leer) -> None:
    escena.ofrecer()
    assert leer(COMO_ESTA) == [(*ASI, "por_cambiar", "apartado")]
    assert leer(DE_LA_M) == [(1, 1)]
    _cuadra()
    escena.aceptar()
    assert leer(COMO_ESTA) == [(*ASI, "en_cambio", "apartado")]
    escena.mandar()
    assert leer(COMO_ESTA) == [(*ASI, "en_cambio", "anunciado")]
    escena.anotar("EMA")
    assert leer(COMO_ESTA) == [(*ASI, "en_cambio", "en_camino")]
    assert leer(DE_LA_M) == [(0, 0)]
    _cuadra()
    escena.anotar("EMI")
    assert leer(COMO_ESTA) == [("entregado", "por_liberar", "cambiado", "entregado")]
    assert dinero(escena.m) == ("900.00", "0.00", "0.00")
    _cuadra()
    # What came instead may be wrong, too: the term begins again, and so may the same reason.
    assert tareas.liberar_vencidas() == 0
    with transaccion() as sesion:
        motivo = MotivoReclamo.NO_ES_LO_DESCRITO
        otro = reclamar.abrir(sesion, escena.m.actor, escena.pedido.id, motivo, "Tampoco").id
        reclamar.retirar(sesion, escena.m.actor, otro)
    escena.m.cobrar(escena.pedido)
    assert dinero(escena.m) == ("900.00", "97.00", "3.00")
    _cuadra()


def test_el_silencio_de_quien_compro_acepta_y_el_de_quien_vende_devuelve(escena: Escena, leer: Leer) -> None:
    escena.ofrecer()
    escena.m.reloj.adelantar(timedelta(days=12))
    assert (vencer_reclamos(), vencer_reclamos()) == (1, 0)
    assert leer(COMO_ESTA) == [(*ASI, "en_cambio", "apartado")]
    escena.m.reloj.adelantar(timedelta(days=12))
    assert vencer_reclamos() == 1
    assert leer(COMO_ESTA) == [("concluido", "devuelta", "devuelto", "anulado")]
    assert leer(DE_LA_M) == [(1, 0)]
    assert dinero(escena.m) == ("1000.00", "0.00", "0.00")
    _cuadra()


def test_lo_anunciado_que_nadie_lleva_al_correo_se_devuelve(escena: Escena, leer: Leer) -> None:
    escena.ofrecer()
    escena.aceptar()
    escena.mandar()
    escena.m.reloj.adelantar(timedelta(days=12))
    assert vencer_reclamos() == 1
    assert leer(COMO_ESTA) == [("concluido", "devuelta", "devuelto", "anulado")]
    assert leer(DE_LA_M) == [(1, 0)]
    _cuadra()
    escena.anotar("EMA", "EMI")  # it was taken there after all
    assert leer("SELECT estado, incidencia FROM comercio_cambio") == [
        ("anulado", "El cambio se entregó después de que quedó sin efecto.")
    ]
    assert dinero(escena.m) == ("1000.00", "0.00", "0.00")
    _cuadra()


@pytest.mark.parametrize(("codigo", "fin", "hay"), [("vuelve", "devuelto", (1, 0)), ("", "perdido", (0, 0))])
def test_lo_que_vuelve_o_se_pierde_se_devuelve(
    escena: Escena, leer: Leer, codigo: str, fin: str, hay: tuple[int, int]
) -> None:
    escena.ofrecer()
    escena.aceptar()
    escena.mandar("EMA")
    if codigo:
        escena.anotar(codigo)
    else:
        escena.m.reloj.adelantar(timedelta(days=70))
        assert vencer_reclamos() == 1
    assert leer(COMO_ESTA) == [("concluido", "devuelta", "devuelto", fin)]
    assert leer(DE_LA_M) == [hay]
    assert dinero(escena.m) == ("1000.00", "0.00", "0.00")
    _cuadra()


def test_quien_vende_no_puede_y_quien_compro_no_quiere(escena: Escena, leer: Leer) -> None:
    escena.ofrecer()
    with pytest.raises(ReclamoNoAdmite), transaccion() as sesion:
        cambiar.renunciar_al_cambio(sesion, escena.m.actor_vendedor, escena.reclamo, "No hay")
    with pytest.raises(ReclamoNoAdmite), transaccion() as sesion:
        cambiar.mandar_cambio(sesion, escena.m.actor_vendedor, escena.reclamo, escena.m.operador.id)
    with transaccion() as sesion:
        reclamar.pedir_mediacion(sesion, escena.m.actor, escena.reclamo, "Quiero mi dinero")
    assert leer(COMO_ESTA) == [(*ASI, "en_mediacion", "anulado")]
    assert leer(DE_LA_M) == [(1, 0)]
    _cuadra()


def test_renunciar_devuelve_lo_que_se_pidio(escena: Escena, leer: Leer) -> None:
    escena.ofrecer()
    escena.aceptar()
    with transaccion() as sesion:
        cambiar.renunciar_al_cambio(sesion, escena.m.actor_vendedor, escena.reclamo, "Se me rompió")
    assert leer(COMO_ESTA) == [("concluido", "devuelta", "devuelto", "anulado")]
    assert leer(DE_LA_M) == [(1, 0)]
    assert dinero(escena.m) == ("1000.00", "0.00", "0.00")
    _cuadra()


def test_renunciar_mientras_quien_compro_lleva_otra(escena: Escena, leer: Leer) -> None:
    """The product is waited for before any account is held: who has it may still pay."""
    escena.ofrecer()
    escena.aceptar()
    fallas: list[BaseException] = []

    def renunciar() -> None:
        try:
            with transaccion() as propia:
                cambiar.renunciar_al_cambio(propia, escena.m.actor_vendedor, escena.reclamo, "No hay")
        except BaseException as error:
            fallas.append(error)

    hilo = threading.Thread(target=renunciar)
    with transaccion() as sesion:
        bloquear_de_variantes(sesion, [escena.talla_s])
        hilo.start()
        hasta_que_esperen()
        otra = SolicitudCompra(id=nuevo_id(), entrega=ENTREGA, lineas=((escena.talla_s, Decimal(1)),))
        comprar(sesion, escena.m.actor, otra)
    hilo.join(20)
    assert (hilo.is_alive(), fallas) == (False, [])
    assert leer("SELECT estado FROM comercio_reclamo") == [("devuelto",)]
    assert dinero(escena.m) == ("900.00", "0.00", "0.00")
    _cuadra()


def test_sin_existencia_o_de_otra_cosa_se_niega(escena: Escena, leer: Leer) -> None:
    otra = escena.m.publicar("Manta")
    with pytest.raises(ReclamoNoAdmite, match="mismo producto"):
        escena.ofrecer(escena.m.variante(otra))
    otra_compra = SolicitudCompra(id=nuevo_id(), entrega=ENTREGA, lineas=((escena.talla_m, Decimal(1)),))
    with transaccion() as sesion:
        comprar(sesion, escena.m.actor, otra_compra)
    with pytest.raises(SinExistencia):
        escena.ofrecer()
    assert leer(COMO_ESTA) == [(*ASI, "abierto", None)]
    with transaccion() as sesion:
        assert len(lineas_del_pedido(sesion, escena.pedido.id)) == 1


def test_ofrecido_a_la_vez_se_aparta_una(mercado: Mercado, leer: Leer) -> None:
    """Four answers at once to one claim, and one of it in stock: one is made, and reserves it once."""
    escena = Escena(mercado)
    barrera, hechos = threading.Barrier(4), []

    def ofrecer() -> None:
        barrera.wait()
        try:
            escena.ofrecer()
            hechos.append("ok")
        except (ReclamoNoAdmite, SinExistencia) as error:
            hechos.append(type(error).__name__)

    hilos = [threading.Thread(target=ofrecer) for _n in range(4)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert sorted(hechos) == ["ReclamoNoAdmite"] * 3 + ["ok"]
    assert leer(DE_LA_M) == [(1, 1)]
    _cuadra()


def test_la_base_no_deja_que_reclamo_y_cambio_se_contradigan(escena: Escena, bd: Engine) -> None:
    escena.ofrecer()
    for cambio in (
        "UPDATE comercio_cambio SET estado = 'anulado', terminado_en = now()",
        "UPDATE comercio_reclamo SET estado = 'en_mediacion', vence_en = vence_en + interval '90 days'",
    ):
        with pytest.raises(IntegrityError, match="no dicen lo mismo"), bd.begin() as conexion:
            conexion.execute(text(cambio))
    with pytest.raises(IntegrityError, match="tanto como se reclama"), bd.begin() as conexion:
        conexion.execute(text(DE_MAS))


def test_las_paginas_de_los_dos_lados(escena: Escena, sesion_web: Callable[..., Any]) -> None:
    compra, vende = sesion_web(escena.m.comprador), sesion_web(escena.m.vendedor)
    url = f"/reclamos-de-compra/{escena.reclamo}"
    ofrece = vende.get(url).text
    assert "Ofrecer cambiarlo por otro" in ofrece
    nombres = re.findall(r' id="([^"]+)"', ofrece)
    assert sorted(nombres) == sorted(set(nombres))  # three forms with a text of their own
    assert "Ofrecer cambiarlo por otro" not in compra.get(url).text
    vende.post(f"{url}/cambio", data={"variante_id": str(escena.talla_m), "texto": "Le mando la M"})
    assert "Aceptar el cambio" in compra.get(url).text
    compra.post(f"{url}/postura", data={"que": "aceptar"})
    assert url in vende.get("/panel").text
    manda = vende.get(url).text
    assert "Mandar el cambio" in manda
    nombres = re.findall(r' id="([^"]+)"', manda)
    assert sorted(nombres) == sorted(set(nombres))
    vende.post(f"{url}/cambio/envio", data={"operador_id": str(escena.m.operador.id)})
    assert "Imprimir etiqueta" in vende.get(url).text
    assert "Código de entrega del cambio" in compra.get(url).text
    assert "Código de entrega del cambio" not in vende.get(url).text
    leido = compra.get(f"/api/v1{url}").json()
    assert (leido["estado"], leido["cambio"]["estado"], leido["cambio"]["cantidad"]) == (
        "en_cambio",
        "anunciado",
        "1",
    )
    escena.anotar("EMA", "EMI")
    assert "Terminó: se cambió por otro" in compra.get(url).text


def test_solo_lo_entregado_y_de_un_producto(mercado: Mercado) -> None:
    pedido: Pedido = mercado.pedido((mercado.publicar("Taza"), 1), (mercado.publicar("Plato"), 1))
    mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        reclamo = reclamar.abrir(sesion, mercado.actor, pedido.id, MotivoReclamo.DANADO, "Rotos").id
        suya = lineas_del_pedido(sesion, pedido.id)[0].fila.variante_id
    with pytest.raises(ReclamoNoAdmite, match="un solo producto"), transaccion() as sesion:
        cambiar.ofrecer_cambio(sesion, mercado.actor_vendedor, reclamo, suya, "Otra")
    with pytest.raises(ReclamoNoProcede), transaccion() as sesion:
        reclamar.abrir(sesion, mercado.actor, pedido.id, MotivoReclamo.DANADO, "Otra vez")


def test_una_entrega_errada_da_otro_plazo_para_reclamar(escena: Escena, leer: Leer) -> None:
    escena.ofrecer()
    escena.aceptar()
    escena.mandar("EMA", "EMI")
    ((antes,),) = leer("SELECT liberar_en FROM comercio_custodia")
    escena.m.reloj.adelantar(timedelta(days=1))
    escena.errar("SELECT envio_id FROM comercio_cambio", leer)
    ((despues,),) = leer("SELECT liberar_en FROM comercio_custodia")
    assert despues > antes
    texto = "Cómo terminó el cambio se declaró errado: quien compró puede reclamar otra vez."
    assert leer("SELECT estado, incidencia FROM comercio_cambio") == [("entregado", texto)]
    avisos = leer("SELECT cuerpo FROM ciudadania_notificacion WHERE cuerpo LIKE '%' || :texto", texto=texto)
    assert len(avisos) == 2  # who bought and who sold
    _cuadra()
    with transaccion() as sesion:
        otro = reclamar.abrir(sesion, escena.m.actor, escena.pedido.id, MotivoReclamo.NO_RECIBIDO, "No llegó")
        reclamar.responder(sesion, escena.m.actor_vendedor, otro.id, "Se lo devuelvo", None, True)
    assert dinero(escena.m) == ("1000.00", "0.00", "0.00")
    _cuadra()


def test_no_se_manda_por_lo_que_ya_se_devolvio(escena: Escena, leer: Leer) -> None:
    """What was sent first was not delivered: the seller has it again."""
    escena.ofrecer()
    escena.aceptar()
    escena.m.anotar(escena.pedido, "vuelve")
    escena.errar("SELECT envio_id FROM comercio_paquete", leer)
    assert leer(COMO_ESTA) == [("cancelado", "devuelta", "en_cambio", "apartado")]
    with transaccion() as sesion:
        cambio = cambiar.mandar_cambio(sesion, escena.m.actor_vendedor, escena.reclamo, escena.m.operador.id)
        assert cambio.envio_id is None
    assert leer(COMO_ESTA) == [("cancelado", "devuelta", "sin_objeto", "anulado")]
    assert leer(DE_LA_M) == [(1, 0)]
    _cuadra()


def test_de_una_parte_y_con_descuento_vuelve_lo_que_se_pago(mercado: Mercado, leer: Leer) -> None:
    """Two of three that were bought in a promotion: unsent, what was paid for two goes back, and no more."""
    gorro = mercado.publicar("Gorro", precio="100.00", existencia=5)
    hoy = fecha_bolivia(ahora())
    with transaccion() as sesion:
        datos = {"unidad_id": mercado.unidad.id, "nombre": "Feria", "clase": "porcentaje", "cuanto": "10"}
        nueva = PromocionNueva.model_validate(datos | {"desde": hoy, "hasta": hoy + timedelta(days=6)})
        promover(sesion, mercado.actor_vendedor, nueva)
    pedido = mercado.pedido((gorro, 3))
    mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        (linea,) = lineas_del_pedido(sesion, pedido.id)
        reclamo = reclamar.abrir(
            sesion,
            mercado.actor,
            pedido.id,
            MotivoReclamo.DANADO,
            "Dos con hilos sueltos",
            cantidades={linea.fila.id: Decimal(2)},
        ).id
        cambiar.ofrecer_cambio(sesion, mercado.actor_vendedor, reclamo, linea.fila.variante_id, "Van otros")
    assert leer("SELECT existencia, reservado FROM comercio_existencia") == [(2, 2)]
    for _semana in range(2):  # nobody says nor sends anything
        mercado.reloj.adelantar(timedelta(days=12))
        assert vencer_reclamos() == 1
    assert leer(COMO_ESTA) == [("entregado", "por_liberar", "devuelto", "anulado")]
    assert leer("SELECT existencia, reservado FROM comercio_existencia") == [(2, 0)]
    assert dinero(mercado) == ("910.00", "0.00", "0.00")
    mercado.cobrar(pedido)
    assert dinero(mercado) == ("910.00", "87.30", "2.70")
    _cuadra()
