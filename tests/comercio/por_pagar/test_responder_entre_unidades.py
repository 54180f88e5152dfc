"""A bank claims a purchase of two shops: each answers for its own order, and reads nothing of the other's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from comercio.compra.errores import PedidoNoEncontrado
from comercio.compra.modelos import Pedido
from comercio.pedidos import cumplir as pedidos
from comercio.por_pagar.responder import responder_al_banco
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from pagos.tarjetas import puerta
from pagos.tarjetas.respuestas.responder import conciliar_respuestas
from tests.ayudas.carreras import cruzar
from tests.comercio.conftest import Mercado
from tests.comercio.por_pagar.conftest import Caja
from tests.comercio.por_pagar.test_banco import Leer, _comprar, _decidir, _reclamar
from tests.comercio.por_pagar.test_responder import PORQUE, _alla, _mandar, _responder

DE_LA_OTRA = "El aguayo salió del taller y el correo lo entregó a quien lo compró."
AVISOS = "SELECT unidad_id, count(*)::int FROM ciudadania_notificacion WHERE asunto LIKE :asunto GROUP BY 1"
NO_LLEGO = "%el banco no recibió su respuesta"


@dataclass
class Otra:
    """The other shop: its unit, who sells for it, and what it sells."""

    unidad: Any
    actor: Actor
    persona: Any
    aguayo: Any


@pytest.fixture
def otra(
    mercado: Mercado,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Actor],
) -> Otra:
    persona = crear_persona("Benita")
    unidad = crear_unidad("Aguayos de Prueba", representante=persona, habilitaciones=["VENDEDOR"])
    actor = actor_de(persona)
    aguayo = mercado.publicar("Aguayo", precio="30.00", unidad_id=unidad.id, actor=actor)
    return Otra(unidad, actor, persona, aguayo)


def _de_las_dos(caja: Caja, otra: Otra) -> tuple[UUID, Pedido, Pedido]:
    """The purchase, the order of the first shop and that of the other one."""
    compra_id, pedidos = _comprar(
        caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2), (otra.aguayo, 1)
    )
    por = {p.vendedor_id: p for p in pedidos}
    return compra_id, por[caja.mercado.unidad.id], por[otra.unidad.id]


def test_cada_una_lo_suyo_y_una_respuesta_de_las_dos(
    caja: Caja, otra: Otra, leer: Leer, sesion_web: Callable[..., Any]
) -> None:
    compra_id, suyo, de_otra = _de_las_dos(caja, otra)
    disputa = _reclamar(caja, compra_id)
    assert dict(leer(AVISOS, asunto="%un banco reclama el pago")) == {
        None: 2,  # who bought, of each order
        caja.mercado.unidad.id: 1,
        otra.unidad.id: 1,
    }
    with pytest.raises(PedidoNoEncontrado):
        _responder(caja, de_otra)
    with pytest.raises(PedidoNoEncontrado):
        _responder(caja, suyo, otra.actor)
    _responder(caja, suyo)
    benita = sesion_web(otra.persona)
    assert benita.get(f"/pedidos/{suyo.id}/banco").status_code == 404
    pagina = benita.get(f"/pedidos/{de_otra.id}/banco").text
    assert PORQUE not in pagina
    assert "<textarea" in pagina
    _mandar(caja)
    assert leer("SELECT count(*) FROM pagos_disputa_respuesta") == [(0,)]  # it waits for the other
    _responder(caja, de_otra, otra.actor, DE_LA_OTRA)
    _mandar(caja)
    dice = _alla(disputa)["evidence"]["uncategorized_text"]
    for parte in (PORQUE, DE_LA_OTRA, suyo.numero, de_otra.numero):
        assert parte in dice
    assert _alla(disputa)["evidence_details"]["submission_count"] == 1
    _decidir(caja, disputa, gana=False)
    assert leer("SELECT monto, devuelto FROM comercio_custodia ORDER BY monto") == [
        (3000, 3000),
        (10000, 10000),
    ]
    caja.cuadra()


def test_las_dos_a_la_vez(caja: Caja, otra: Otra, leer: Leer) -> None:
    """Whoever comes second finds the first, and what both said goes in one answer."""
    compra_id, suyo, de_otra = _de_las_dos(caja, otra)
    disputa = _reclamar(caja, compra_id)

    def dice(actor: Actor, pedido: Pedido, texto: str) -> Callable[..., None]:
        return lambda sesion: responder_al_banco(sesion, actor, pedido.id, texto)

    uno = dice(caja.mercado.actor_vendedor, suyo, PORQUE)
    assert cruzar(uno, dice(otra.actor, de_otra, DE_LA_OTRA)) is None
    _mandar(caja)
    evidencia = _alla(disputa)
    assert evidencia["evidence_details"]["submission_count"] == 1
    for parte in (PORQUE, DE_LA_OTRA):
        assert parte in evidencia["evidence"]["uncategorized_text"]
    assert leer("SELECT count(*) FROM pagos_disputa_respuesta") == [(1,)]
    caja.cuadra()


def test_si_una_ya_no_tiene_nada_no_se_la_espera(caja: Caja, otra: Otra, leer: Leer) -> None:
    compra_id, suyo, de_otra = _de_las_dos(caja, otra)
    disputa = _reclamar(caja, compra_id)
    with transaccion() as sesion:
        pedidos.cancelar(sesion, otra.actor, de_otra.id, "No lo mando")
    entregar_pendientes()
    _responder(caja, suyo)
    _mandar(caja)
    assert PORQUE in _alla(disputa)["evidence"]["uncategorized_text"]


@pytest.mark.parametrize("tarde", [False, True])
def test_si_el_banco_no_la_recibe_lo_saben_las_dos(
    caja: Caja, otra: Otra, leer: Leer, monkeypatch: pytest.MonkeyPatch, tarde: bool
) -> None:
    """The gateway refuses it, or nobody sent it in time: those who wrote it are told, once."""
    compra_id, suyo, de_otra = _de_las_dos(caja, otra)
    _reclamar(caja, compra_id)
    _responder(caja, suyo)
    if tarde:  # nobody sweeps for days, and the bank has not said what it decided
        ((hasta,),) = leer("SELECT responder_hasta - nucleo_ahora() FROM pagos_disputa")
        caja.mercado.reloj.adelantar(hasta + timedelta(minutes=1))
        esperan = {caja.mercado.unidad.id: 1}
    else:
        _responder(caja, de_otra, otra.actor, DE_LA_OTRA)
        rechaza = puerta.PedidoRechazado("no", "evidencia_invalida")
        monkeypatch.setattr(puerta, "responder_disputa", lambda *_: (_ for _ in ()).throw(rechaza))
        esperan = {caja.mercado.unidad.id: 1, otra.unidad.id: 1}
    for _vez in range(2):
        _mandar(caja)
        conciliar_respuestas()
        entregar_pendientes()
    assert dict(leer(AVISOS, asunto=NO_LLEGO)) == esperan
    caja.barrer(timedelta(hours=1, minutes=1))
    caja.cuadra()


def test_quien_escriba_no_responde_por_otra_compra(caja: Caja, otra: Otra, leer: Leer, bd: Engine) -> None:
    """As the application: what is said is of a claim on that purchase, and went in an answer to it."""
    claim_a, suyo, _ = _de_las_dos(caja, otra)
    _reclamar(caja, claim_a)
    claim_b, (suelto,) = _comprar(caja, (otra.aguayo, 1))
    _reclamar(caja, claim_b)
    uno = "SELECT d.id FROM pagos_disputa d WHERE d.intento_id = :c"
    ((de_a,),), ((de_b,),) = leer(uno, c=claim_a), leer(uno, c=claim_b)
    _responder(caja, suelto, otra.actor, DE_LA_OTRA)
    ajena = (
        "INSERT INTO comercio_prueba_al_banco (id, disputa_id, pedido_id, explicacion, persona_id)"
        " VALUES (gen_random_uuid(), :d, :p, repeat('x', 20), :q)"
    )
    with pytest.raises(DBAPIError, match="ningún banco reclama"), bd.begin() as conexion:
        conexion.execute(text(ajena), {"d": de_b, "p": suyo.id, "q": caja.mercado.vendedor.id})
    _mandar(caja)
    _responder(caja, suyo)
    mal = (
        "UPDATE comercio_prueba_al_banco SET enviar_en = NULL, respuesta_id = (SELECT id FROM"
        " pagos_disputa_respuesta WHERE disputa_id = :b) WHERE disputa_id = :a"
    )
    with pytest.raises(DBAPIError, match="es de otro reclamo"), bd.begin() as conexion:
        conexion.execute(text(mal), {"a": de_a, "b": de_b})
