"""Whatever anybody does with a purchase from the catalogue, its budget is conserved by the ledger itself, it
says what its order says, and time alone ends it: paid, let go, or owed, which only a payment ends.

`QHATU_PRUEBAS_COMERCIO=10000` (as `make caos` does) tells 125 stories; the suite, some.
"""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

import comercio
from comercio.comprometidos.pagos import responder_pago_fuera
from comercio.comprometidos.tareas import revisar_compromisos
from comercio.pedidos import manejadores, tareas
from comercio.pedidos.lineas import paquetes_de
from comercio.reclamos import manejadores as de_reclamos
from comercio.reclamos import reclamar
from comercio.reclamos.consultas import reclamos_del_pedido
from comercio.reclamos.estados import MotivoReclamo
from comercio.reclamos.tareas import vencer_reclamos
from comercio.sostenidas.tareas import vencer_ofertas
from envios.eventos import Fuente
from envios.eventos.consultas import eventos_de
from envios.eventos.corregir import Correccion, corregir_autorizado
from envios.eventos.motivos import MotivoCorreccion
from envios.eventos.tareas import revisar_vencidos, vencer_anulaciones
from feria_inversa.certificaciones.registrar import anular as anular_certificacion
from feria_inversa.certificaciones.tareas import avisar_cierres, terminar_certificaciones
from feria_inversa.certificaciones.verificar import verificar_certificaciones
from feria_inversa.compra_de_catalogo import manejadores as de_las_compras
from feria_inversa.compra_de_catalogo.cumplir import conformar, pagar
from feria_inversa.compra_de_catalogo.decidir import anular, aprobar, rechazar
from feria_inversa.compra_de_catalogo.esquemas import PagoDeCompra
from feria_inversa.compra_de_catalogo.estados import TERMINADAS, EstadoCompra
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from feria_inversa.compra_de_catalogo.tareas import seguir_compras, vencer_compras
from feria_inversa.compra_de_catalogo.verificar import verificar_compras
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs, cero
from nucleo.errores import ErrorDominio
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia
from pagos.libro.verificar import verificar_libro
from pagos.presupuesto import certificados
from pagos.presupuesto.verificar import verificar_presupuesto
from tests.feria_inversa.compra_de_catalogo.conftest import Ente

assert manejadores
assert de_reclamos
assert de_las_compras
HISTORIAS = int(os.environ.get("QHATU_PRUEBAS_COMERCIO", "0")) // 80
SIN_CIFRAS = str.maketrans("0123456789", "ghijklmnop")  # seven in a row are a telephone: no title has one
CERTIFICADO = bs("700.00")  # of two purchases of Bs 400, one at a time
MAYO, NOVIEMBRE = datetime(2028, 5, 4, 12, tzinfo=ZONA), datetime(2028, 11, 29, 10, tzinfo=ZONA)
MOTIVO = "Ya no hace falta este año."
_DEBE = comercio.EstadoCompromiso.ADEUDADO

Paso = tuple[str, int]
_DE_LA_ENTIDAD = ("aprueba", "aprueba", "rechaza", "anula", "cancela", "conforma")
_DE_QUIEN_RECLAMA = ("conforma", "conforma_mal", "reclama", "desiste")
_DE_QUIEN_VENDE = ("lleva", "lleva", "regresa", "responde", "llego", "no_llego")
_DEL_CORREO = ("EMA", "EMI", "EMI", "vuelve", "errada")
_DE_QUIEN_PAGA = ("paga", "paga", "fuera", "abona")
pasos: st.SearchStrategy[Paso] = st.one_of(
    st.tuples(
        st.sampled_from(
            [*_DE_LA_ENTIDAD, *_DE_QUIEN_RECLAMA, *_DE_QUIEN_VENDE, *_DEL_CORREO, *_DE_QUIEN_PAGA]
        ),
        st.sampled_from([0, 0, 1]),
    ),
    st.tuples(st.sampled_from(["oir", "barrer", "anula_certificacion"]), st.just(0)),
    st.tuples(st.just("pasar"), st.sampled_from([1, 8, 35])),
)
_ORDENADA: list[Paso] = [("aprueba", 0)]
_RECIBIDA: list[Paso] = [*_ORDENADA, ("lleva", 0), ("EMA", 0), ("EMI", 0), ("oir", 0)]
_CONFORME: list[Paso] = [*_RECIBIDA, ("conforma", 0)]
_GUIONES: tuple[list[Paso], ...] = ([], _ORDENADA, _RECIBIDA, _CONFORME)
historias = st.tuples(st.sampled_from(_GUIONES), st.lists(pasos, max_size=10)).map(lambda h: [*h[0], *h[1]])


class Cuento:
    """Two purchases of one certificate that has enough for one of them."""

    def __init__(self, ente: Ente, actor_de: Callable[..., Actor]) -> None:
        self.ente, self.actor_de = ente, actor_de
        sello = nuevo_id().hex[-8:].translate(SIN_CIFRAS)
        self.certificacion = ente.certificar(f"{CERTIFICADO.amount}", numero=sello.upper())
        ofertas = [ente.sostener(f"{que} {sello}") for que in ("Chompa", "Poncho")]
        self.compras = [ente.pedir(oferta, self.certificacion).id for oferta in ofertas]
        self.ordenado = cero()

    @property
    def pagadora(self) -> Actor:
        return self.actor_de(self.ente.carla)

    def hacer(self, sesion: Session, que: str, cual: int) -> None:
        ente, compra = self.ente, self.compras[cual]
        berta, carla, vende = ente.entidad.actor, self.pagadora, ente.mercado.actor_vendedor
        pedido = sesion.get_one(CompraDeCatalogo, compra).pedido_id
        if que == "abona":
            ente.abonar(ente.entidad.unidad, "200.00")
        elif que == "anula_certificacion":
            anular_certificacion(sesion, carla, self.certificacion, MOTIVO)
        elif que == "aprueba":
            aprobar(sesion, carla, compra)
        elif que == "rechaza":
            rechazar(sesion, carla, compra, MOTIVO)
        elif que == "anula":
            anular(sesion, berta, compra, MOTIVO)
        elif que == "conforma":
            conformar(sesion, ente.receptora, compra)
        elif que == "conforma_mal":
            conformar(sesion, (berta, carla)[cual], compra)
        elif que == "paga":
            pagar(sesion, carla, compra, PagoDeCompra(medio="libro"))
        elif que == "fuera":
            hoy = fecha_bolivia(ahora_bd(sesion))
            pago = PagoDeCompra(medio="c31", comprobante=nuevo_id().hex[-8:], fecha=hoy, repetido=True)
            pagar(sesion, carla, compra, pago)
        elif pedido is None:
            return
        elif que in ("llego", "no_llego"):
            responder_pago_fuera(sesion, vende, pedido, llego=que == "llego")
        elif que in ("cancela", "regresa"):
            comercio.cancelar(sesion, berta if que == "cancela" else vende, pedido, "Porque sí")
        elif que == "lleva":
            comercio.despachar(sesion, vende, pedido, ente.mercado.operador.id)
        elif que in ("reclama", "desiste", "responde"):
            self.con_reclamo(sesion, que, pedido)
        else:
            self.con_correo(sesion, que, pedido)

    def con_reclamo(self, sesion: Session, que: str, pedido: UUID) -> None:
        berta, vende = self.ente.entidad.actor, self.ente.mercado.actor_vendedor
        if que == "reclama":
            reclamar.abrir(sesion, berta, pedido, MotivoReclamo.DANADO, "Llegó roto")
            return
        for reclamo in list(reclamos_del_pedido(sesion, pedido))[:1]:
            if que == "desiste":
                reclamar.retirar(sesion, berta, reclamo.id)
            else:
                reclamar.responder(sesion, vende, reclamo.id, "Respondo", bs("1.00"), False)

    def con_correo(self, sesion: Session, que: str, pedido: UUID) -> None:
        for paquete in list(paquetes_de(sesion, pedido))[-1:]:
            assert paquete.envio_id is not None
            if que != "errada":
                self.ente.mercado.evento(sesion, paquete.envio_id, que)
                return
            dichas = [e for e in eventos_de(sesion, paquete.envio_id) if e.codigo == "EMI"]
            quien = Autorizacion(Actor.sistema("prueba"), unidad_id=self.ente.mercado.operador.id)
            for entrega in dichas[-1:]:
                nueva = Correccion(MotivoCorreccion.NO_OCURRIO, entrega.id)
                corregir_autorizado(sesion, quien, self.ente.mercado.operador.id, nueva, Fuente.SIMULADOR)

    def barrer(self) -> None:
        revisar_vencidos()
        vencer_anulaciones()
        entregar_pendientes()
        for tarea in (
            *(vencer_ofertas, vencer_compras, avisar_cierres, terminar_certificaciones),
            *(tareas.cancelar_vencidos, tareas.dar_por_perdidos, tareas.dar_por_conformes),
            *(tareas.liberar_vencidas, revisar_compromisos, vencer_reclamos, seguir_compras),
        ):
            tarea()
        entregar_pendientes()

    def leer(self) -> list[tuple[EstadoCompra, comercio.CompromisoLeido | None]]:
        with transaccion() as sesion:
            filas = [sesion.get_one(CompraDeCatalogo, id) for id in self.compras]
            return [
                (
                    EstadoCompra(f.estado),
                    None if f.pedido_id is None else comercio.compromiso_de(sesion, f.pedido_id),
                )
                for f in filas
            ]

    def se_conserva(self) -> None:
        """Certificate, commitment and what was executed: nothing is made nor lost between them."""
        suyos = [c for _estado, c in self.leer() if c is not None]
        with transaccion() as sesion:
            hay = certificados(sesion, [self.certificacion])[self.certificacion]
        assert hay.disponible + hay.comprometido + hay.ejecutado == hay.certificado <= CERTIFICADO
        assert sum((c.queda for c in suyos), cero()) == hay.comprometido
        assert sum((c.ejecutado for c in suyos), cero()) == hay.ejecutado
        assert all(c.queda + c.liberado + c.ejecutado == c.monto for c in suyos)

    def dice_lo_mismo(self) -> None:
        """Once everything was heard, each purchase is where its order is."""
        for estado, suyo in self.leer():
            if suyo is None:
                assert estado in TERMINADAS | {EstadoCompra.SOLICITADA}
                continue
            assert (estado == EstadoCompra.ANULADA) == (suyo.estado is comercio.EstadoCompromiso.LIBERADO)
            if estado == EstadoCompra.ORDENADA:
                assert (suyo.estado, suyo.pagar_desde) == (comercio.EstadoCompromiso.VIGENTE, None)
            if suyo.por_pagar or suyo.adeudado > cero():
                assert estado == EstadoCompra.RECIBIDA


def _todo_cuadra() -> None:
    for comprobar in (verificar_compras, verificar_certificaciones, verificar_presupuesto, verificar_libro):
        with transaccion() as sesion:
            assert comprobar(sesion) == []


@settings(
    max_examples=HISTORIAS or 5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(historias, st.booleans())
@example([], False)  # nobody decides them
@example([*_RECIBIDA, ("errada", 0), ("oir", 0), ("EMI", 0), ("oir", 0)], False)
@example([*_RECIBIDA, ("errada", 0)], False)  # and it never comes
@example([*_CONFORME], False)  # and nobody pays
@example([*_CONFORME, ("fuera", 0), ("no_llego", 0), ("fuera", 0)], False)
@example(
    [*_CONFORME, ("anula_certificacion", 0), ("abona", 0), ("abona", 0), ("paga", 0), ("aprueba", 1)], False
)
@example([*_RECIBIDA, ("reclama", 0), ("oir", 0), ("pasar", 8)], False)  # nobody answers: all goes back
@example([*_ORDENADA, ("aprueba", 1), ("anula_certificacion", 0), ("regresa", 0), ("aprueba", 1)], False)
@example(
    [*_ORDENADA, ("cancela", 0), ("oir", 0), ("aprueba", 1), ("lleva", 1), ("EMA", 1), ("vuelve", 1)], False
)
@example([*_CONFORME, ("fuera", 0), ("pasar", 35), ("barrer", 0), ("no_llego", 0)], False)  # it never came
@example([*_RECIBIDA, ("pasar", 35)], True)  # its year ends, and nobody pays
def test_toda_compra_termina(
    ente: Ente, actor_de: Callable[..., Actor], historia: list[Paso], al_cierre: bool
) -> None:
    ente.mercado.reloj.situar(NOVIEMBRE if al_cierre else MAYO)
    cuento = Cuento(ente, actor_de)
    for que, cual in historia:
        try:
            if que == "pasar":
                ente.mercado.reloj.adelantar(timedelta(days=cual))
            elif que == "oir":
                entregar_pendientes()
            elif que == "barrer":
                cuento.barrer()
            else:
                with transaccion() as sesion:
                    cuento.hacer(sesion, que, cual)
        except ErrorDominio:
            pass  # refused: what it left behind is judged below
        cuento.se_conserva()
    for _vez in range(4):  # nobody does anything any more
        cuento.barrer()
        cuento.se_conserva()
        cuento.dice_lo_mismo()
        ente.mercado.reloj.adelantar(timedelta(days=40))
    cuento.barrer()
    deben = [n for n, (_e, suyo) in enumerate(cuento.leer()) if suyo is not None and suyo.estado is _DEBE]
    for cual in deben:  # a debt is not ended by time
        _pagar_la_deuda(cuento, cual)
    assert {estado for estado, _suyo in cuento.leer()} <= TERMINADAS
    _todo_cuadra()


def _pagar_la_deuda(cuento: Cuento, cual: int) -> None:
    for que in ("abona", "abona", "paga"):
        with transaccion() as sesion:
            cuento.hacer(sesion, que, cual)
    cuento.barrer()


def test_los_pasos_que_se_cuentan_son_de_este_mundo(ente: Ente, actor_de: Callable[..., Any]) -> None:
    """A story in which everything goes well is not refused: the machine does what it says."""
    cuento = Cuento(ente, actor_de)
    for que, cual in [*_CONFORME, ("abona", 0), ("abona", 0), ("paga", 0)]:
        if que == "oir":
            entregar_pendientes()
        else:
            with transaccion() as sesion:
                cuento.hacer(sesion, que, cual)
    assert [estado for estado, _suyo in cuento.leer()] == [EstadoCompra.PAGADA, EstadoCompra.SOLICITADA]
