"""A unit buys by whoever may buy for it: from its own account, within their mandate."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from comercio.compra.errores import CompraPropia, CompraRepetida, PedidoNoEncontrado
from comercio.compra.esquemas import Factura
from comercio.compra.hacer import pedidos_de
from comercio.compra.quien import comprado_por, lo_suyo
from comercio.custodia.verificar import custodias
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos import manejadores
from comercio.pedidos.consultas import detalle_pedido, pedidos_del_comprador
from comercio.pedidos.errores import PedidoAjeno
from comercio.pedidos.verificar import pedidos as verificar
from comercio.reclamos import reclamar
from comercio.reclamos.estados import MotivoReclamo
from empresa_digital.registro import (
    Facultad,
    MontoExcedido,
    NuevoMandato,
    SinFacultad,
    partes_en_lote,
)
from empresa_digital.registro.mandatos.otorgar import otorgar_con
from empresa_digital.registro.unidades.bloqueos import bloquear_unidad
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import Prohibido
from nucleo.eventos import entregar_pendientes
from nucleo.paginacion import CursorPedido
from pagos import saldo_disponible
from pagos.libro.errores import LimiteDeMandato
from tests.comercio.compra.test_comprar import INTACTO
from tests.comercio.conftest import Mercado

Leer = Callable[..., list[tuple[Any, ...]]]
assert manejadores
NADA = [(0, 0, 0, 0, 2, 0)]  # the two transfers are the money of Ana and of the firm coming in
USADO = (
    "SELECT coalesce(sum(monto), 0)::int FROM registro_uso u JOIN registro_mandato m ON m.id = u.mandato_id "
    "WHERE m.apoderado_persona_id = :persona"
)


@dataclass
class Firma:
    """A firm with Bs 500, its owner, and Berta who buys for it: at most Bs 200 an act and 300 a day."""

    unidad: Any
    duenio: Actor
    berta: Any
    actor: Actor
    cuenta: int


@pytest.fixture
def firma(
    mercado: Mercado,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Actor],
    con_saldo: Callable[..., int],
) -> Firma:
    gerente, berta = crear_persona("Gerente"), crear_persona("Berta")
    unidad = crear_unidad(
        "Hotel de Prueba SRL", tipo="EMPRESA", representante=gerente, identificadores={"BO-NIT": "900000777"}
    )
    with transaccion() as sesion:
        nuevo = NuevoMandato(
            (Facultad.COMPRAR,),
            persona_id=berta.id,
            monto_limite=bs("200.00"),
            limite_dia=bs("300.00"),
            limite_mes=bs("300.00"),
        )
        otorgar_con(
            sesion, bloquear_unidad(sesion, unidad.id), Autorizacion.propia(Actor.sistema("prueba")), nuevo
        )
    return Firma(unidad, actor_de(gerente), berta, actor_de(berta), con_saldo(unidad, "500.00"))


def test_compra_de_una_unidad(mercado: Mercado, firma: Firma, sesion: Session, leer: Leer) -> None:
    """From its account, with its NIT, by her mandate; its people see it, cancel it, and all goes back."""
    chompa = mercado.publicar(precio="50.00")
    compra = mercado.comprar((chompa, 3), actor=firma.actor, unidad_id=firma.unidad.id)
    (pedido,) = pedidos_de(sesion, compra.id)
    parte = partes_en_lote(sesion, [pedido.comprador_parte_id])[pedido.comprador_parte_id]
    assert (parte.unidad_id, compra.comprador_parte_id) == (firma.unidad.id, parte.id)
    assert (compra.factura_nombre, compra.factura_nit) == ("Hotel de Prueba SRL", "900000777")
    assert saldo_disponible(sesion, firma.cuenta) == bs("350.00")
    assert saldo_disponible(sesion, mercado.cuenta) == bs("1000.00")
    assert leer(USADO, persona=firma.berta.id) == [(15000,)]
    assert leer(
        "SELECT actor_id, unidad_id, mandato_id IS NOT NULL FROM nucleo_auditoria "
        "WHERE accion = 'compra.crear'"
    ) == [(firma.berta.id, firma.unidad.id, True)]
    assert pedidos_del_comprador(sesion, comprado_por(sesion, firma.berta.id), CursorPedido(None, 9))[0] == []
    suyas = comprado_por(sesion, None, firma.unidad.id)
    assert [x.pedido.id for x in pedidos_del_comprador(sesion, suyas, CursorPedido(None, 9))[0]] == [
        pedido.id
    ]
    for suyo in (firma.actor, firma.duenio):
        assert detalle_pedido(sesion, suyo, pedido.id).es_comprador
    with pytest.raises(PedidoNoEncontrado):
        detalle_pedido(sesion, mercado.actor, pedido.id)
    entregar_pendientes()
    assert leer("SELECT unidad_id FROM ciudadania_notificacion WHERE asunto LIKE '%pagado'") == [
        (firma.unidad.id,)
    ]
    for ajeno, error in ((mercado.actor, PedidoNoEncontrado), (mercado.actor_vendedor, PedidoAjeno)):
        with pytest.raises(error), transaccion() as otra:
            pedidos.dar_conformidad(otra, ajeno, pedido.id)
    with transaccion() as otra:
        pedidos.cancelar(otra, firma.duenio, pedido.id, "Ya no hace falta")
    sesion.expire_all()
    assert saldo_disponible(sesion, firma.cuenta) == bs("500.00")
    assert leer(USADO, persona=firma.berta.id) == [(0,)]
    assert custodias(sesion) == verificar(sesion) == []


def test_hasta_donde_alcanza_el_mandato(
    mercado: Mercado, firma: Firma, sesion: Session, leer: Leer, actor_de: Callable[..., Actor]
) -> None:
    """By act over the whole purchase, by day over all of them; and nobody without the faculty."""
    chompa = mercado.publicar(precio="50.00", existencia=20)
    de_ella: dict[str, Any] = {"actor": firma.actor, "unidad_id": firma.unidad.id}
    with pytest.raises(MontoExcedido, match=r"alcanza hasta Bs\s200,00 y esto es por Bs\s250,00"):
        mercado.comprar((chompa, 5), **de_ella)
    with pytest.raises(SinFacultad):
        mercado.comprar((chompa, 1), unidad_id=firma.unidad.id)
    assert leer(INTACTO) == NADA
    primera = mercado.comprar((chompa, 4), **de_ella)
    antes = leer(INTACTO)
    with pytest.raises(LimiteDeMandato):
        mercado.comprar((chompa, 3), **de_ella)
    with pytest.raises(CompraRepetida):  # the same id, for herself
        mercado.comprar((chompa, 4), id=primera.id, actor=firma.actor)
    assert leer(INTACTO) == antes
    mercado.comprar((chompa, 2), **de_ella)
    assert leer(USADO, persona=firma.berta.id) == [(30000,)]
    assert saldo_disponible(sesion, firma.cuenta) == bs("200.00")


def test_ni_de_si_misma_ni_de_la_unidad_por_la_que_se_vende_ni_una_entidad(
    mercado: Mercado,
    firma: Firma,
    crear_unidad: Callable[..., Any],
    con_saldo: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
    leer: Leer,
) -> None:
    chompa = mercado.publicar("Chompa")
    otra = crear_unidad("Otra de Tomasa", representante=mercado.vendedor)
    entidad = crear_unidad("Alcaldía", tipo="ENTIDAD_PUBLICA", representante=firma.berta)
    with pytest.raises(CompraPropia, match="es de la misma unidad para la que compra"):
        mercado.comprar((chompa, 1), actor=mercado.actor_vendedor, unidad_id=mercado.unidad.id)
    with pytest.raises(CompraPropia, match="por la que usted puede vender"):
        mercado.comprar((chompa, 1), actor=mercado.actor_vendedor, unidad_id=otra.id)
    with pytest.raises(Prohibido, match="Una entidad pública compra por convocatoria"):
        mercado.comprar((chompa, 1), actor=firma.actor, unidad_id=entidad.id)
    monkeypatch.setattr("comercio.compra.hacer.exigir_ajenos", lambda *_quien: None)
    # What the code let through, the database refuses.
    with pytest.raises(CompraPropia, match="Ahora usted puede vender por una unidad a la que compra"):
        mercado.comprar((chompa, 1), actor=mercado.actor_vendedor, unidad_id=mercado.unidad.id)
    assert leer(INTACTO) == NADA


def test_lo_reciben_y_lo_reclaman_sus_personas(
    mercado: Mercado, firma: Firma, sesion: Session, leer: Leer
) -> None:
    """The shipment is to the unit; who buys for it has its code, claims, and says that it is well."""
    chompa = mercado.publicar(precio="50.00")
    factura = Factura(nombre="Otra Razón", nit="1234567")
    pedido = mercado.pedido((chompa, 1), actor=firma.actor, unidad_id=firma.unidad.id, factura=factura)
    mercado.llevar(pedido, "EMA")
    assert leer("SELECT destinatario_parte_id FROM envios_envio") == [(pedido.comprador_parte_id,)]
    mercado.anotar(pedido, "EMI")
    with transaccion() as otra:
        reclamo = reclamar.abrir(
            otra, firma.duenio, pedido.id, MotivoReclamo.DANADO, "Vino roto", bs("10.00")
        )
        reclamo_id = reclamo.id
    with transaccion() as otra:
        reclamar.retirar(otra, firma.actor, reclamo_id)
    with transaccion() as otra:
        pedidos.dar_conformidad(otra, firma.actor, pedido.id)
    mercado.cobrar(pedido)
    sesion.expire_all()
    assert detalle_pedido(sesion, mercado.actor_vendedor, pedido.id).compra.factura_nit == "1234567"
    assert saldo_disponible(sesion, firma.cuenta) == bs("450.00")
    assert custodias(sesion) == verificar(sesion) == []


def test_quien_compra_es_una_persona_o_una_unidad_y_el_pedido_de_quien_compro(
    mercado: Mercado, firma: Firma, sesion: Session, duenio: Engine
) -> None:
    pedido = mercado.pedido((mercado.publicar(), 1))
    assert lo_suyo(sesion, firma.actor, pedido.comprador_parte_id) is None
    with duenio.begin() as conexion:
        tercera = conexion.exec_driver_sql(
            "INSERT INTO registro_parte (id, clase, nombre) VALUES (gen_random_uuid(), 'tercero', 'Nadie') "
            "RETURNING id"
        ).scalar_one()
    que = "total, huella, destinatario, telefono, municipio_ine, lugar, referencia"
    copia = (
        f"INSERT INTO comercio_compra (id, comprador_parte_id, {que}) "
        f"SELECT gen_random_uuid(), %s, {que} FROM comercio_compra"
    )
    with pytest.raises(IntegrityError, match="quien compra es una persona o una unidad"), duenio.begin() as c:
        c.exec_driver_sql(copia, (tercera,))
    otro = f"""ALTER TABLE comercio_pedido DISABLE TRIGGER comercio_pedido_venta_inmutable;
        UPDATE comercio_pedido SET comprador_parte_id = '{tercera}'"""
    with pytest.raises(IntegrityError, match="compra_id_comprador_parte_id"), duenio.begin() as c:
        c.exec_driver_sql(otro)


def test_lo_que_es_solo_de_personas_se_dice_a_quien_compra_por_otros(
    mercado: Mercado, firma: Firma, sesion_web: Callable[..., Any]
) -> None:
    """How a unit may not pay is said before it is refused; who buys only for themselves is not told."""
    chompa = mercado.publicar("Chompa")
    for persona, veces in ((firma.berta, 2), (mercado.comprador, 0)):
        navegador = sesion_web(persona)
        navegador.post("/carrito/lineas", data={"producto_id": str(chompa.id)})
        assert navegador.get("/comprar").text.count("Solo si compra para usted.") == veces  # QR and card
