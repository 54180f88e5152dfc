"""What is paid at the door: it is received when its money is in custody, once; what comes back owes nobody;
and from wherever a story leaves it, time alone ends it."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from comercio.compra import VIDA_PEDIDO, hacer
from comercio.compra.errores import SinContraEntrega
from comercio.compra.modelos import Pedido
from comercio.custodia.modelos import Custodia
from comercio.custodia.verificar import custodias
from comercio.formas import Cobro, FormaDeEntrega, declarar
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos import manejadores, tareas
from comercio.pedidos.lineas import paquetes_de
from comercio.pedidos.verificar import pedidos as verificar
from comercio.reclamos import reclamar
from comercio.reclamos.consultas import reclamos_del_pedido
from comercio.reclamos.errores import ReclamoNoProcede
from comercio.reclamos.estados import MotivoReclamo
from comercio.reclamos.tareas import vencer_reclamos
from comercio.reclamos.verificar import verificar_reclamos
from envios import deudas, lo_cedido
from envios.deudas.tareas import cobrar_vencidas
from envios.deudas.verificar import verificar_deudas
from envios.etiquetas.etiqueta import etiquetas_de
from envios.eventos import Fuente, MotivoCorreccion
from envios.eventos.corregir import Correccion, corregir_autorizado
from envios.eventos.tareas import revisar_vencidos, vencer_anulaciones
from nucleo import reloj as modulo
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import ErrorDominio
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from nucleo.vidas import TransicionInvalida
from pagos import (
    Codigo,
    SolicitudTransferencia,
    TipoCuenta,
    cuenta_de_sistema,
    cuenta_de_unidad,
    exigir_transferencia,
    movido_de_asuntos,
    saldo,
)
from pagos.libro.asuntos import verificar_asuntos
from pagos.libro.verificar import verificar_libro
from tests.ayudas.personas import abonar
from tests.comercio.conftest import ENTREGA, Mercado
from tests.comercio.portes.conftest import _tarifas_frescas as _tarifas_frescas
from tests.comercio.portes.conftest import tarifas as tarifas

assert manejadores  # they listen to the parcels
HISTORIAS = int(os.environ.get("QHATU_PRUEBAS_COMERCIO", "0")) // 80
CORREO = {FormaDeEntrega.CORREO: ""}
COMO_VA = "SELECT p.estado, k.estado FROM comercio_pedido p JOIN comercio_custodia k ON k.pedido_id = p.id"


@dataclass(frozen=True)
class Operador:
    """What `abonar` needs of a unit."""

    id: UUID


@dataclass
class Puerta:
    """A shop whose parcels may be paid at the door, and an operator that collects there."""

    mercado: Mercado
    chompa: Any
    leer: Callable[..., Any]

    def comprar(self, n: int = 2, **campos: Any) -> Pedido:
        return self.mercado.pedido((self.chompa, n), contra_entrega=True, **campos)

    def tiene(self, monto: str) -> None:
        """The operator brings so much to its account."""
        abonar(Operador(self.mercado.operador.id), monto)

    @property
    def cartera(self) -> Actor:
        """Who works for the operator, signed in just now."""
        return replace(self.mercado.actor_operador, autenticado_en=ahora())

    def rendir(self) -> None:
        with transaccion() as sesion:
            deudas.cerrar_ronda(sesion, self.cartera, self.mercado.operador.id)
        entregar_pendientes()

    def saldo(self) -> Any:
        with transaccion() as sesion:
            return saldo(sesion, cuenta_de_unidad(sesion, self.mercado.operador.id))

    def como_va(self) -> Any:
        return self.leer(COMO_VA)

    def cuadra(self) -> None:
        for comprobar in (
            custodias,
            verificar,
            verificar_reclamos,
            verificar_deudas,
            verificar_asuntos,
            verificar_libro,
        ):
            with transaccion() as sesion:
                assert comprobar(sesion) == []


@pytest.fixture
def puerta(mercado: Mercado, tarifas: Callable[..., None], leer: Callable[..., Any]) -> Puerta:
    tarifas()
    with transaccion() as sesion:
        declarar(sesion, mercado.actor_vendedor, mercado.unidad.id, CORREO, Cobro(contra_entrega=True))
    return Puerta(mercado, mercado.publicar("Chompa", precio="60.00", existencia=10_000), leer)


def test_se_cobra_en_la_puerta_y_entra_a_su_custodia(puerta: Puerta) -> None:
    pedido = puerta.comprar()
    assert puerta.como_va() == [("confirmado", "por_cobrar")]
    puerta.tiene("500.00")
    puerta.mercado.llevar(pedido, "EMA")
    assert puerta.como_va() == [("despachado", "por_cobrar")]
    with transaccion() as sesion:
        (paquete,) = paquetes_de(sesion, pedido.id)
        assert paquete.envio_id is not None
        (etiqueta,) = etiquetas_de(sesion, puerta.mercado.actor_vendedor, [paquete.envio_id])
    assert etiqueta.contenido == "COBRAR Bs\u00a0120,00. 2 × Chompa"
    puerta.mercado.anotar(pedido, "EMI")

    assert puerta.como_va() == [("entregado", "por_liberar")]
    assert puerta.saldo() == bs("380.00")
    assert puerta.leer("SELECT clase, estado, pagado FROM envios_deuda") == [
        ("contra_entrega", "saldada", 12000)
    ]
    puerta.cuadra()
    puerta.mercado.cobrar(pedido)
    assert puerta.como_va() == [("concluido", "liberada")]
    puerta.cuadra()


def test_nadie_lo_recibe_hasta_que_se_rinde(puerta: Puerta) -> None:
    pedido = puerta.comprar()
    puerta.mercado.llevar(pedido, "EMA", "EMI")
    assert puerta.como_va() == [("despachado", "por_cobrar")]
    with transaccion() as sesion, pytest.raises(ReclamoNoProcede):
        reclamar.abrir(sesion, puerta.mercado.actor, pedido.id, MotivoReclamo.DANADO, "Vino roto")
    puerta.cuadra()
    puerta.tiene("119.99")
    puerta.mercado.reloj.adelantar(timedelta(days=7))
    cobrar_vencidas()  # all of it or nothing
    assert (puerta.saldo(), puerta.como_va()) == (bs("119.99"), [("despachado", "por_cobrar")])
    puerta.tiene("0.01")
    puerta.rendir()
    assert (puerta.saldo(), puerta.como_va()) == (bs(0), [("entregado", "por_liberar")])
    puerta.cuadra()


def test_no_se_rinde_nunca_y_termina(puerta: Puerta) -> None:
    pedido = puerta.comprar()
    puerta.mercado.llevar(pedido, "EMA", "EMI")
    puerta.mercado.reloj.adelantar(timedelta(days=32))
    tareas.terminar_sin_rendidos()
    assert puerta.como_va() == [("cancelado", "no_cobrada")]
    assert puerta.leer("SELECT saldado, incidencia <> '' FROM comercio_paquete") == [(True, True)]
    puerta.cuadra()
    puerta.tiene("120.00")
    puerta.rendir()  # late: it is of who sells
    with transaccion() as sesion:
        vende = cuenta_de_unidad(sesion, puerta.mercado.unidad.id)
        assert saldo(sesion, vende) == bs("120.00")
    puerta.cuadra()


def test_vuelve_sin_cobrarse_y_no_se_ofrece_mas(puerta: Puerta) -> None:
    antes = puerta.leer("SELECT existencia, reservado FROM comercio_existencia")
    for _ in range(2):
        pedido = puerta.comprar()
        puerta.mercado.llevar(pedido, "EMA", "vuelve")
    assert puerta.como_va() == [("cancelado", "no_cobrada")] * 2
    assert puerta.leer("SELECT existencia, reservado FROM comercio_existencia") == antes
    assert puerta.leer("SELECT count(*) FROM envios_deuda") == [(0,)]
    puerta.cuadra()
    with pytest.raises(SinContraEntrega):
        puerta.comprar()
    assert puerta.leer("SELECT count(*) FROM comercio_pedido") == [(2,)]
    puerta.mercado.reloj.adelantar(timedelta(days=181))
    puerta.comprar()


def test_hasta_cinco_sin_recibir(puerta: Puerta) -> None:
    """Each keeps stock of somebody for days, for nothing; what was received does not count."""
    suyos = [puerta.comprar(1) for _ in range(5)]
    with pytest.raises(SinContraEntrega, match="hasta 5"):
        puerta.comprar(1)
    assert puerta.leer("SELECT count(*) FROM comercio_pedido") == [(5,)]
    assert puerta.leer("SELECT reservado FROM comercio_existencia") == [(5,)]
    puerta.mercado.llevar(suyos[0], "EMA", "EMI")  # paid to who carried it, who has not handed it over
    puerta.comprar(1)
    puerta.cuadra()


def test_ni_quien_escriba_promete_mas(puerta: Puerta, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hacer, "exigir_contra_entrega", lambda *_: None)
    for _ in range(5):
        puerta.comprar(1)
    with pytest.raises(DBAPIError, match="no se paga al recibirlo"):
        puerta.comprar(1)
    assert puerta.leer("SELECT count(*) FROM comercio_pedido") == [(5,)]


@pytest.mark.parametrize("quien", ["actor", "actor_vendedor"])
def test_se_cancela_entero_y_nadie_debe_nada(puerta: Puerta, quien: str) -> None:
    pedido = puerta.comprar()
    actor = getattr(puerta.mercado, quien)
    (linea,) = puerta.leer("SELECT id FROM comercio_pedido_linea")
    with transaccion() as sesion, pytest.raises(TransicionInvalida):
        pedidos.cancelar(sesion, actor, pedido.id, "Uno menos", {linea[0]: Decimal(1)})
    assert puerta.como_va() == [("confirmado", "por_cobrar")]
    with transaccion() as sesion:
        pedidos.cancelar(sesion, actor, pedido.id, "Ya no")
    entregar_pendientes()
    assert puerta.como_va() == [("cancelado", "no_cobrada")]
    assert puerta.leer("SELECT reservado FROM comercio_existencia") == [(0,)]
    puerta.cuadra()


def test_lo_que_no_se_paga_al_recibir(puerta: Puerta, crear_unidad: Callable[..., Any]) -> None:
    m = puerta.mercado
    with pytest.raises(SinContraEntrega, match="hasta Bs"):
        puerta.comprar(17)
    with pytest.raises(SinContraEntrega, match="en ese municipio"):
        puerta.comprar(entrega=ENTREGA.model_copy(update={"municipio_ine": "070101"}))
    with pytest.raises(SinContraEntrega, match="una forma de pago"):
        puerta.comprar(por_pagar=True)
    otra = m.publicar("Arreglo", categoria="confeccion", unidad_medida="servicio")
    with pytest.raises(SinContraEntrega, match="por correo"):
        m.comprar((puerta.chompa, 1), (otra, 1), contra_entrega=True)
    with transaccion() as sesion:
        declarar(sesion, m.actor_vendedor, m.unidad.id, CORREO)
    with pytest.raises(SinContraEntrega, match="lo acepta"):
        puerta.comprar()
    assert puerta.leer("SELECT count(*) FROM comercio_pedido") == [(0,)]
    assert puerta.leer("SELECT sum(reservado) FROM comercio_existencia") == [(0,)]


def test_otro_operador_y_una_parte_no_van(puerta: Puerta, crear_unidad: Callable[..., Any]) -> None:
    pedido = puerta.comprar()
    otro = crear_unidad("Sin tarifas", tipo="OPERADOR_POSTAL", habilitaciones=["OPERADOR_POSTAL"])
    (linea,) = puerta.leer("SELECT id FROM comercio_pedido_linea")
    vende = puerta.mercado.actor_vendedor
    for operador, partes in ((otro.id, None), (puerta.mercado.operador.id, {linea[0]: Decimal(1)})):
        with transaccion() as sesion, pytest.raises(TransicionInvalida):
            pedidos.despachar(sesion, vende, pedido.id, operador, partes)
    assert puerta.leer("SELECT count(*) FROM envios_envio") == [(0,)]


def test_quien_escriba_no_puede(puerta: Puerta, duenio: Engine) -> None:
    pedido = puerta.comprar()
    puerta.mercado.llevar(pedido, "EMA", "EMI")
    for sentencia, texto in (
        ("UPDATE comercio_pedido SET estado = 'entregado'", "no se pagó no se recibe"),
        (
            "UPDATE comercio_custodia SET estado = 'retenida', cobrada_en = now()",
            "no es lo que dice el libro",
        ),
        ("UPDATE comercio_custodia SET estado = 'retenida'", "no es lo que dice el libro"),
        ("UPDATE comercio_custodia SET contra_entrega = false", None),
        ("UPDATE comercio_custodia SET devuelto = 1", "ck_comercio_custodia"),
        ("UPDATE envios_cobro SET monto = 1", None),
        ("DELETE FROM envios_cobro", None),
        ("UPDATE comercio_pedido SET estado = 'cancelado'", "no termina antes que su dinero"),
        ("UPDATE comercio_custodia SET estado = 'no_cobrada', terminada_en = now()", "no terminó"),
        ("UPDATE envios_deuda SET estado = 'cancelada', terminada_en = now()", "nadie lo debe"),
    ):
        with pytest.raises(DBAPIError, match=texto), duenio.begin() as conexion:
            conexion.execute(text(sentencia))
    assert puerta.como_va() == [("despachado", "por_cobrar")]


# --- Whatever happens --------------------------------------------------------------------------------

Paso = tuple[str, int]
pasos: st.SearchStrategy[Paso] = st.one_of(
    st.tuples(
        st.sampled_from(
            [
                *("preparar", "despachar", "EMA", "EMI", "vuelve", "anula", "corrige", "oir", "barrer"),
                *("cancela_vende", "cancela_compra", "tiene", "rinde", "conformidad", "reclama", "responde"),
                *("ofrece", "acepta", "media", "retira"),
            ]
        ),
        st.integers(0, 1),
    ),
    st.tuples(st.just("pasar"), st.sampled_from([1, 8, 35])),
)
_ENTREGADO: list[Paso] = [("despachar", 0), ("EMA", 0), ("EMI", 0)]
_EN_MORA: list[Paso] = [*_ENTREGADO, ("oir", 0), ("pasar", 8), ("barrer", 0)]


class Cuento:
    """An order of two that is paid at the door, whatever anybody does with it."""

    def __init__(self, puerta: Puerta, comprador: Actor, cuenta: int) -> None:
        self.puerta, self.comprador, self.cuenta = puerta, comprador, cuenta
        self.sin_deudas()
        self.pedido_id = puerta.comprar(actor=comprador).id
        self.traido, self.antes = bs(0), self.dinero()

    def sin_deudas(self) -> None:
        """The operator owes nothing of other stories, and has nothing."""
        operador = self.puerta.mercado.operador
        with transaccion() as sesion:
            cuenta, ajuste = (
                cuenta_de_unidad(sesion, operador.id),
                cuenta_de_sistema(sesion, TipoCuenta.AJUSTE),
            )
        abonar(Operador(operador.id), "5000.00")
        with transaccion() as sesion:
            deudas.cerrar_ronda(sesion, self.puerta.cartera, operador.id)
        entregar_pendientes()
        with transaccion() as sesion:
            sobra = saldo(sesion, cuenta)
            fuera = SolicitudTransferencia(
                id=nuevo_id(), codigo=Codigo.AJUSTE, debito=cuenta, credito=ajuste, monto=sobra
            )
            exigir_transferencia(sesion, fuera, Autorizacion.propia(Actor.sistema("prueba")))

    def dinero(self) -> Any:
        """What buyer, seller, market and operator have together."""
        m = self.puerta.mercado
        with transaccion() as sesion:
            cuentas = [
                self.cuenta,
                cuenta_de_unidad(sesion, m.unidad.id, TipoCuenta.COMERCIO),
                cuenta_de_unidad(sesion, m.operador.id),
                cuenta_de_sistema(sesion, TipoCuenta.COMISION),
            ]
            return sum((saldo(sesion, c) for c in cuentas), bs(0))

    def hacer(self, sesion: Session, que: str, cual: int) -> None:
        m, id = self.puerta.mercado, self.pedido_id
        if que in ("EMA", "EMI", "vuelve", "anula", "corrige"):
            suyos = list(paquetes_de(sesion, id))
            if cual < len(suyos):
                self.suceso(sesion, que, suyos[cual].envio_id)
        elif que == "despachar":
            pedidos.despachar(sesion, m.actor_vendedor, id, m.operador.id)
        elif que.startswith("cancela"):
            quien = m.actor_vendedor if que == "cancela_vende" else self.comprador
            pedidos.cancelar(sesion, quien, id, "Porque sí")
        elif que == "preparar":
            pedidos.preparar(sesion, m.actor_vendedor, id)
        elif que == "conformidad":
            pedidos.dar_conformidad(sesion, self.comprador, id)
        elif que == "rinde":
            deudas.cerrar_ronda(sesion, self.puerta.cartera, m.operador.id)
        elif que == "tiene":
            monto = ("120.00", "7.00")[cual]
            abonar(Operador(m.operador.id), monto)
            self.traido += bs(monto)
        else:
            self.con_reclamo(sesion, que, cual)

    def suceso(self, sesion: Session, que: str, envio_id: UUID | None) -> None:
        m = self.puerta.mercado
        assert envio_id is not None
        if que == "corrige":
            consulta = text(
                "SELECT id FROM envios_evento WHERE envio_id = :e ORDER BY ocurrido_en DESC, id DESC"
            )
            ultimo = sesion.connection().execute(consulta, {"e": envio_id}).scalars().first()
            if ultimo is not None:
                quien = Autorizacion(actor=Actor.sistema("prueba"), unidad_id=m.operador.id)
                nueva = Correccion(MotivoCorreccion.NO_OCURRIO, ultimo)
                corregir_autorizado(sesion, quien, m.operador.id, nueva, Fuente.SIMULADOR)
        else:
            m.evento(sesion, envio_id, {"anula": "EXX"}.get(que, que))

    def con_reclamo(self, sesion: Session, que: str, cual: int) -> None:
        if que == "reclama":
            motivo = (MotivoReclamo.DANADO, MotivoReclamo.NO_RECIBIDO)[cual]
            reclamar.abrir(sesion, self.comprador, self.pedido_id, motivo, "No está bien")
            return
        vende = self.puerta.mercado.actor_vendedor
        for reclamo in reclamos_del_pedido(sesion, self.pedido_id)[:1]:
            if que == "acepta":
                reclamar.aceptar_oferta(sesion, self.comprador, reclamo.id)
            elif que == "media":
                reclamar.pedir_mediacion(sesion, self.comprador, reclamo.id, "Sí lo está")
            elif que == "retira":
                reclamar.retirar(sesion, self.comprador, reclamo.id)
            else:
                oferta = bs("7.00") if que == "ofrece" else None
                reclamar.responder(
                    sesion, vende, reclamo.id, "Bueno", oferta, que == "responde" and bool(cual)
                )

    def se_le_debe(self) -> Any:
        """What a claim gave to who bought, and whoever collected it still owes."""
        with transaccion() as sesion:
            envios = [p.envio_id for p in paquetes_de(sesion, self.pedido_id) if p.envio_id]
            return sum((c.debe for c in lo_cedido(sesion, envios).values()), bs(0))

    def billetera(self) -> Any:
        with transaccion() as sesion:
            return saldo(sesion, self.cuenta)

    def barrer(self) -> None:
        revisar_vencidos()
        vencer_anulaciones()
        cobrar_vencidas()
        entregar_pendientes()
        for tarea in (
            tareas.cancelar_vencidos,
            tareas.dar_por_perdidos,
            tareas.terminar_sin_rendidos,
            tareas.liberar_vencidas,
            vencer_reclamos,
        ):
            tarea()
        entregar_pendientes()

    def cuadra(self) -> None:
        with transaccion() as sesion:
            pedido, custodia = (
                sesion.get_one(Pedido, self.pedido_id),
                sesion.get_one(Custodia, self.pedido_id),
            )
            movido = movido_de_asuntos(sesion, "pedido", [pedido.id])[pedido.id]
            hay = sum((m.monto if m.entra else -m.monto for m in movido), bs(0))
            espera = custodia.estado == "por_cobrar"
            assert hay == custodia.queda or (espera and hay == custodia.monto)
            assert pedido.estado not in ("entregado", "concluido") or custodia.cobrada_en is not None
            assert custodia.al_vendedor == bs(0) or pedido.estado == "concluido"


@settings(
    max_examples=HISTORIAS or 8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(
    st.builds(
        lambda a, b: a + b,
        st.sampled_from([[], _ENTREGADO[:2], _ENTREGADO, _EN_MORA, [*_EN_MORA, ("reclama", 0)]]),
        st.lists(pasos, max_size=9),
    )
)
@example([])
@example([("despachar", 0)])
@example([*_ENTREGADO[:2]])
@example([("tiene", 0), *_ENTREGADO, ("oir", 0), ("corrige", 0), ("oir", 0)])
@example([*_ENTREGADO, ("oir", 0), ("corrige", 0), ("oir", 0), ("tiene", 0), ("EMI", 0)])
@example([*_ENTREGADO, ("pasar", 35), ("barrer", 0), ("tiene", 0), ("rinde", 0)])
@example([("tiene", 0), *_ENTREGADO, ("oir", 0), ("reclama", 0), ("responde", 1)])
@example([*_EN_MORA, ("reclama", 0), ("ofrece", 0), ("acepta", 0), ("tiene", 1), ("barrer", 0), ("rinde", 0)])
@example([*_EN_MORA, ("reclama", 0), ("pasar", 35), ("barrer", 0), ("corrige", 0), ("EMI", 0)])
@example([*_EN_MORA, ("reclama", 0), ("tiene", 0), ("rinde", 0), ("responde", 1)])
@example([*_EN_MORA, ("reclama", 0), ("corrige", 0), ("oir", 0), ("vuelve", 0)])
@example(
    [("despachar", 0), ("cancela_vende", 0), ("EMA", 0), ("oir", 0), ("EMI", 0), ("tiene", 0), ("rinde", 0)]
)
def test_toda_historia_termina(
    puerta: Puerta,
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Actor],
    con_saldo: Callable[..., int],
    historia: list[Paso],
) -> None:
    modulo.fijar_desfase(timedelta(0))
    persona = crear_persona("Quien compra")
    cuento = Cuento(puerta, actor_de(persona), con_saldo(persona, "1.00"))
    for que, cual in historia:
        try:
            if que == "pasar":
                puerta.mercado.reloj.adelantar(timedelta(days=cual))
            elif que == "oir":
                entregar_pendientes()
            elif que == "barrer":
                cuento.barrer()
            else:
                with transaccion() as sesion:
                    cuento.hacer(sesion, que, cual)
        except ErrorDominio:
            pass  # refused: what it left behind is judged below
        cuento.cuadra()
    cuento.barrer()
    for _ in range(4):  # nobody does anything any more
        puerta.mercado.reloj.adelantar(timedelta(days=40))
        cuento.barrer()
        cuento.cuadra()
    with transaccion() as sesion:
        assert sesion.get_one(Pedido, cuento.pedido_id).estado in VIDA_PEDIDO.fines
    assert cuento.dinero() == cuento.antes + cuento.traido
    puerta.cuadra()
    antes, se_le_debe = cuento.billetera(), cuento.se_le_debe()
    cuento.sin_deudas()  # whoever collected it hands all of it over at last
    assert cuento.billetera() == antes + se_le_debe
    puerta.cuadra()
