"""A return: the money goes back once what is claimed did: by its shipment, by hand, by silence."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from comercio.compra.hacer import pedidos_de
from comercio.formas import FormaDeEntrega, declarar
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos import manejadores
from comercio.pedidos.lineas import lineas_del_pedido, paquetes_de
from comercio.pedidos.verificar import pedidos as verificar
from comercio.reclamos import manejadores as de_reclamos
from comercio.reclamos import reclamar, volver
from comercio.reclamos.errores import ReclamoNoAdmite
from comercio.reclamos.estados import MotivoReclamo
from comercio.reclamos.tareas import vencer_reclamos
from comercio.reclamos.verificar import verificar_reclamos
from envios.entrega.devolver import anunciar_devolucion
from envios.eventos import Fuente
from envios.eventos.consultas import eventos_de
from envios.eventos.corregir import Correccion, corregir_autorizado
from envios.eventos.motivos import MotivoCorreccion
from envios.eventos.tareas import revisar_vencidos
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from tests.comercio.conftest import Mercado
from tests.comercio.pedidos.test_cumplir import dinero

assert manejadores
assert de_reclamos
Leer = Callable[..., list[tuple[Any, ...]]]
COMO_ESTA = (
    "SELECT p.estado, k.estado, r.estado FROM comercio_pedido p"
    " JOIN comercio_custodia k ON k.pedido_id = p.id JOIN comercio_reclamo r ON r.pedido_id = p.id"
    " ORDER BY r.abierto_en"
)
LADOS = "SELECT lado FROM comercio_reclamo_paso ORDER BY numero"
ASI = ("entregado", "congelada")


class Escena:
    """Six plates were delivered; who bought claims two of them, for a reason."""

    def __init__(self, mercado: Mercado, motivo: MotivoReclamo = MotivoReclamo.DANADO) -> None:
        self.m = mercado
        compra = mercado.comprar((mercado.publicar("Plato", precio="10.00"), 6))
        with transaccion() as sesion:
            (self.pedido,) = pedidos_de(sesion, compra.id)
        mercado.llevar(self.pedido, "EMA", "EMI")
        with transaccion() as sesion:
            (paquete,) = paquetes_de(sesion, self.pedido.id)
            assert paquete.envio_id is not None
            self.ida: UUID = paquete.envio_id
            (linea,) = [x.fila.id for x in lineas_del_pedido(sesion, self.pedido.id)]
            self.reclamo = reclamar.abrir(
                sesion, mercado.actor, self.pedido.id, motivo, "Dos rotos", cantidades={linea: Decimal(2)}
            ).id
        self.vuelta: UUID | None = None

    def pedir(self) -> None:
        with transaccion() as sesion:
            reclamar.responder(
                sesion, self.m.actor_vendedor, self.reclamo, "Mándemelos", None, False, de_vuelta=True
            )

    def devolver(self, *codigos: str) -> None:
        with transaccion() as sesion:
            self.vuelta = anunciar_devolucion(sesion, self.m.actor, self.ida).id
        self.anotar(*codigos)

    def anotar(self, *codigos: str) -> None:
        assert self.vuelta is not None
        for codigo in codigos:
            with transaccion() as sesion:
                self.m.evento(sesion, self.vuelta, codigo)
            entregar_pendientes()

    def revisar(self, que: str, texto: str = "", actor: Actor | None = None) -> None:
        with transaccion() as sesion:
            volver.revisar(sesion, actor or self.m.actor_vendedor, self.reclamo, que, texto)


@pytest.fixture
def escena(mercado: Mercado) -> Escena:
    return Escena(mercado)


def _cuadra() -> None:
    for comprobar in (verificar, verificar_reclamos):
        with transaccion() as sesion:
            assert comprobar(sesion) == []


def test_vuelve_por_correo_y_recien_entonces_el_dinero(escena: Escena, leer: Leer) -> None:
    escena.pedir()
    assert leer(COMO_ESTA) == [(*ASI, "por_volver")]
    escena.devolver()
    assert leer(COMO_ESTA) == [(*ASI, "por_volver")]  # announced is not sent
    escena.anotar("EMA")
    assert leer(COMO_ESTA) == [(*ASI, "en_vuelta")]
    _cuadra()
    with pytest.raises(ReclamoNoAdmite), transaccion() as sesion:
        reclamar.pedir_mediacion(sesion, escena.m.actor, escena.reclamo, "Ya lo mandé")
    with pytest.raises(ReclamoNoAdmite, match="Todavía no consta"):
        escena.revisar("objetar", "No llegó")
    escena.anotar("EMI")
    assert leer(COMO_ESTA) == [(*ASI, "por_revisar")]
    assert dinero(escena.m) == ("940.00", "0.00", "0.00")
    _cuadra()
    escena.revisar("recibido")
    assert leer(COMO_ESTA) == [("entregado", "por_liberar", "devuelto")]
    assert leer(LADOS) == [("comprador",), ("vendedor",), ("vendedor",)]
    escena.m.cobrar(escena.pedido)
    assert dinero(escena.m) == ("960.00", "38.80", "1.20")
    _cuadra()


def test_quien_no_revisa_lo_da_por_bueno(escena: Escena, leer: Leer) -> None:
    escena.pedir()
    escena.devolver("EMA", "EMI")
    escena.m.reloj.adelantar(timedelta(days=8))
    assert (vencer_reclamos(), vencer_reclamos()) == (1, 0)
    assert leer(COMO_ESTA) == [("entregado", "por_liberar", "devuelto")]
    assert leer(LADOS)[-1] == ("plazo",)
    assert dinero(escena.m) == ("960.00", "0.00", "0.00")
    _cuadra()


def test_quien_objeta_lo_lleva_a_la_autoridad(escena: Escena, leer: Leer) -> None:
    escena.pedir()
    escena.devolver("EMA", "EMI")
    with pytest.raises(DatosInvalidos):
        escena.revisar("objetar")
    assert leer(COMO_ESTA) == [(*ASI, "por_revisar")]
    escena.revisar("objetar", "Volvieron otros platos")
    assert leer(COMO_ESTA) == [(*ASI, "en_mediacion")]
    _cuadra()


def test_quien_no_lo_manda_se_queda_con_lo_suyo(escena: Escena, leer: Leer) -> None:
    escena.pedir()
    escena.devolver()  # announced, and never taken to the post
    escena.m.reloj.adelantar(timedelta(days=15))
    assert vencer_reclamos() == 1
    assert leer(COMO_ESTA) == [("entregado", "por_liberar", "cerrado")]
    escena.anotar("EMA", "EMI")  # too late: nobody promised anything any more
    assert leer(COMO_ESTA) == [("entregado", "por_liberar", "cerrado")]
    assert dinero(escena.m) == ("940.00", "0.00", "0.00")
    _cuadra()


def test_lo_que_se_pierde_de_vuelta_lo_decide_la_autoridad(escena: Escena, leer: Leer) -> None:
    escena.pedir()
    escena.devolver("EMA")
    escena.m.reloj.adelantar(timedelta(days=75))
    assert vencer_reclamos() == 1
    assert leer(COMO_ESTA) == [(*ASI, "en_mediacion")]
    assert leer(LADOS)[-1] == ("plazo",)
    _cuadra()


def test_quien_se_arrepintio_y_lo_tiene_otra_vez_no_recibe_nada(mercado: Mercado, leer: Leer) -> None:
    escena = Escena(mercado, MotivoReclamo.DESISTIMIENTO)
    escena.pedir()
    escena.devolver("EMA")
    assert leer(COMO_ESTA) == [(*ASI, "en_vuelta")]
    escena.anotar("vuelve")
    assert leer(COMO_ESTA) == [("entregado", "por_liberar", "cerrado")]
    assert dinero(mercado) == ("940.00", "0.00", "0.00")
    _cuadra()


def test_lo_que_otro_reclamo_no_fue_vuelve_a_reclamarse(escena: Escena, leer: Leer) -> None:
    """A claim that ended because nothing was left to give back does not use its reason up."""
    with transaccion() as sesion:
        sesion.connection().execute(
            text(
                "UPDATE comercio_reclamo SET estado = 'sin_objeto', vence_en = NULL,"
                " terminado_en = nucleo_ahora()"
            )
        )
        sesion.connection().execute(
            text("UPDATE comercio_custodia SET estado = 'por_liberar' WHERE estado = 'congelada'")
        )
    with transaccion() as sesion:
        otro = reclamar.abrir(sesion, escena.m.actor, escena.pedido.id, MotivoReclamo.DANADO, "Otra vez")
        assert otro.estado == "abierto"
    assert leer(COMO_ESTA) == [(*ASI, "sin_objeto"), (*ASI, "abierto")]


def test_de_lo_que_no_fue_por_correo_no_se_pide_a_quien_no_tendria_como_mostrarlo(
    mercado: Mercado, leer: Leer
) -> None:
    with transaccion() as sesion:
        formas = {FormaDeEntrega.CORREO: "", FormaDeEntrega.RETIRO: "Calle Bolívar 5, de 9 a 12"}
        declarar(sesion, mercado.actor_vendedor, mercado.unidad.id, formas)
    compra = mercado.comprar(
        (mercado.publicar("Plato", precio="10.00"), 1), formas={mercado.unidad.id: FormaDeEntrega.RETIRO}
    )
    with transaccion() as sesion:
        (pedido,) = pedidos_de(sesion, compra.id)
        pedidos.alistar(sesion, mercado.actor_vendedor, pedido.id)
        (paquete,) = paquetes_de(sesion, pedido.id)
        pedidos.entregar_en_mano(sesion, mercado.actor_vendedor, pedido.id, paquete.codigo_entrega)
    for motivo, acepta in ((MotivoReclamo.DESISTIMIENTO, False), (MotivoReclamo.DANADO, True)):
        with transaccion() as sesion:
            reclamo = reclamar.abrir(sesion, mercado.actor, pedido.id, motivo, "Lo devuelvo").id
        if not acepta:
            with pytest.raises(ReclamoNoAdmite, match="No hay cómo"), transaccion() as sesion:
                reclamar.responder(
                    sesion, mercado.actor_vendedor, reclamo, "Tráigalo", None, False, de_vuelta=True
                )
            with transaccion() as sesion:
                reclamar.retirar(sesion, mercado.actor, reclamo)
            continue
        with transaccion() as sesion:
            reclamar.responder(
                sesion, mercado.actor_vendedor, reclamo, "Tráigalo", None, False, de_vuelta=True
            )
        with transaccion() as sesion:
            reclamar.pedir_mediacion(sesion, mercado.actor, reclamo, "Lo dejé y dice que no")
    assert leer(COMO_ESTA) == [(*ASI, "retirado"), (*ASI, "en_mediacion")]
    _cuadra()


def test_lo_que_ya_va_en_camino_no_se_retira(escena: Escena, leer: Leer) -> None:
    escena.pedir()
    escena.devolver()
    assert escena.vuelta is not None
    with transaccion() as sesion:
        escena.m.evento(sesion, escena.vuelta, "EMA")  # nobody is told yet
    with pytest.raises(ReclamoNoAdmite, match="va en camino"), transaccion() as sesion:
        reclamar.retirar(sesion, escena.m.actor, escena.reclamo)
    entregar_pendientes()
    assert leer(COMO_ESTA) == [(*ASI, "en_vuelta")]


def test_lo_que_ya_viaja_cuenta_y_lo_que_se_oye_tarde_tambien(escena: Escena, leer: Leer) -> None:
    escena.devolver("EMA")  # before who sold answered
    assert leer(COMO_ESTA) == [(*ASI, "abierto")]
    escena.pedir()
    assert leer(COMO_ESTA) == [(*ASI, "en_vuelta")]
    assert escena.vuelta is not None
    with transaccion() as sesion:
        escena.m.evento(sesion, escena.vuelta, "EMI")  # nobody is told yet
    escena.m.reloj.adelantar(timedelta(days=75))
    assert vencer_reclamos() == 1
    assert leer(COMO_ESTA) == [(*ASI, "por_revisar")]
    entregar_pendientes()
    assert leer(COMO_ESTA) == [(*ASI, "por_revisar")]
    _cuadra()


def test_una_entrega_errada_vuelve_a_estar_en_camino(escena: Escena, leer: Leer) -> None:
    escena.pedir()
    escena.devolver("EMA", "EMI")
    assert escena.vuelta is not None
    with transaccion() as sesion:
        emi = next(e for e in eventos_de(sesion, escena.vuelta) if e.codigo == "EMI")
        quien = Autorizacion(actor=Actor.sistema("prueba"), unidad_id=escena.m.operador.id)
        nueva = Correccion(MotivoCorreccion.NO_OCURRIO, emi.id)
        corregir_autorizado(sesion, quien, escena.m.operador.id, nueva, Fuente.SIMULADOR)
    entregar_pendientes()
    assert leer(COMO_ESTA) == [(*ASI, "en_vuelta")]
    _cuadra()
    escena.anotar("EMI")
    assert leer(COMO_ESTA) == [(*ASI, "por_revisar")]
    _cuadra()


def test_de_mano_en_mano_y_solo_quien_vende_lo_dice(escena: Escena, leer: Leer) -> None:
    escena.pedir()
    with pytest.raises(ReclamoNoAdmite, match="quien vende"):
        escena.revisar("recibido", actor=escena.m.actor)
    assert leer(COMO_ESTA) == [(*ASI, "por_volver")]
    escena.revisar("recibido", "Los trajo a la tienda")
    assert leer(COMO_ESTA) == [("entregado", "por_liberar", "devuelto")]
    assert dinero(escena.m) == ("960.00", "0.00", "0.00")
    with pytest.raises(ReclamoNoAdmite, match="no espera"):
        escena.revisar("recibido")
    _cuadra()


def test_quien_se_arrepintio_no_lo_lleva_a_la_autoridad(mercado: Mercado, leer: Leer) -> None:
    escena = Escena(mercado, MotivoReclamo.DESISTIMIENTO)
    escena.pedir()
    with pytest.raises(ReclamoNoAdmite, match="arrepintió"), transaccion() as sesion:
        reclamar.pedir_mediacion(sesion, mercado.actor, escena.reclamo, "Ya lo llevé")
    with transaccion() as sesion:
        reclamar.retirar(sesion, mercado.actor, escena.reclamo)
    assert leer(COMO_ESTA) == [("entregado", "por_liberar", "retirado")]


def test_no_se_pide_de_vuelta_lo_que_no_se_recibio(mercado: Mercado, leer: Leer) -> None:
    compra = mercado.comprar((mercado.publicar("Plato", precio="10.00"), 1))
    with transaccion() as sesion:
        (pedido,) = pedidos_de(sesion, compra.id)
    mercado.llevar(pedido, "EMA")
    mercado.reloj.adelantar(timedelta(days=25))
    with transaccion() as sesion:
        motivo = MotivoReclamo.NO_RECIBIDO
        reclamo = reclamar.abrir(sesion, mercado.actor, pedido.id, motivo, "No llega").id
    with pytest.raises(ReclamoNoAdmite, match="se entregó"), transaccion() as sesion:
        reclamar.responder(sesion, mercado.actor_vendedor, reclamo, "Mándelo", None, False, de_vuelta=True)
    assert leer(COMO_ESTA) == [("despachado", "congelada", "abierto")]


def test_la_base_no_deja_inventar_lo_que_volvio(escena: Escena, bd: Engine, leer: Leer) -> None:
    escena.pedir()
    escena.devolver("EMA")
    for cambio in (
        "vuelta_id = :ida",  # the parcel itself is no return
        "vuelta_id = NULL",
        "estado = 'por_revisar', vence_en = vence_en + interval '90 days'",  # it was not delivered
    ):
        with pytest.raises(IntegrityError), bd.begin() as conexion:
            conexion.execute(
                text(f"UPDATE comercio_reclamo SET {cambio} WHERE id = :id"),
                {"id": escena.reclamo, "ida": escena.ida} if ":ida" in cambio else {"id": escena.reclamo},
            )
    assert leer(COMO_ESTA) == [(*ASI, "en_vuelta")]


def test_la_base_da_a_cada_turno_su_plazo(escena: Escena, bd: Engine, leer: Leer) -> None:
    """Not what is left of the one before."""
    escena.pedir()
    escena.m.reloj.adelantar(timedelta(days=5))
    with pytest.raises(IntegrityError, match="no vence entonces"), bd.begin() as conexion:
        conexion.execute(
            text("UPDATE comercio_reclamo SET estado = 'en_mediacion' WHERE id = :id"), {"id": escena.reclamo}
        )
    assert leer(COMO_ESTA) == [(*ASI, "por_volver")]


def test_lo_que_se_perdio_de_vuelta_va_a_la_autoridad_en_cuanto_se_sabe(escena: Escena, leer: Leer) -> None:
    escena.pedir()
    escena.devolver("EMA")
    escena.m.reloj.adelantar(timedelta(days=45))
    revisar_vencidos()
    entregar_pendientes()
    assert leer(COMO_ESTA) == [(*ASI, "en_mediacion")]
    ((texto,),) = leer("SELECT cuerpo FROM ciudadania_notificacion WHERE cuerpo LIKE '%a autoridad%' LIMIT 1")
    assert texto.startswith("Lo decide la autoridad. Hay plazo hasta el ")
    _cuadra()
