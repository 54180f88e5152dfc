"""Who is of both sides receives nothing of what they sold: by no code, claim, agreement nor silence."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

import comercio
from comercio.acuerdos import acordar
from comercio.acuerdos.esquemas import PlazoPedido
from comercio.compra.errores import CompraPropia
from comercio.compra.modelos import Pedido
from comercio.formas import FormaDeEntrega, declarar
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos import paquetes_de
from comercio.reclamos import reclamar
from comercio.reclamos.estados import MotivoReclamo
from empresa_digital.registro import Facultad
from feria_inversa.compra_de_catalogo.actos import aprobar_o_proponer
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from nucleo.reloj import fecha_bolivia
from tests.comercio.entidades import dar_mandato
from tests.feria_inversa.compra_de_catalogo.conftest import Ente
from tests.feria_inversa.compra_de_catalogo.test_quienes import _firmar

pytestmark = pytest.mark.usefixtures("cuadra")
Leer = Callable[..., list[tuple[Any, ...]]]
DE_QUIEN_VENDE = "Usted tiene un mandato de quien vende"
ESTADO = "SELECT estado, conforme_en IS NULL FROM comercio_pedido"


def _ordenada(ente: Ente, forma: str = "correo") -> Pedido:
    compra = ente.aprobar(ente.pedir(ente.sostener(), ente.certificar(), forma=forma).id)
    return ente.pedido(compra.id)


def test_lo_que_vende_no_lo_recibe_con_su_codigo(
    ente: Ente, sesion_web: Callable[..., Any], leer: Leer
) -> None:
    """Berta buys for the municipality and sells for the shop: she sees the order without its code, and hands
    nothing over; Carla has the code, and the shop's own person takes it."""
    with transaccion() as sesion:
        vende = ente.mercado.actor_vendedor
        declarar(sesion, vende, ente.mercado.unidad.id, {FormaDeEntrega.RETIRO: "Calle Bolívar 5"})
    pedido, berta = _ordenada(ente, "retiro"), ente.entidad.actor
    dar_mandato(ente.mercado.unidad, ente.entidad.persona, Facultad.VENDER)
    with pytest.raises(CompraPropia, match="Usted compra por la entidad"), transaccion() as sesion:
        pedidos.alistar(sesion, berta, pedido.id)
    with transaccion() as sesion:
        pedidos.alistar(sesion, vende, pedido.id)
        (paquete,) = paquetes_de(sesion, pedido.id)
        codigo = paquete.codigo_entrega
    una = f"/pedidos/{pedido.id}"
    de_berta, de_carla = (sesion_web(p) for p in (ente.entidad.persona, ente.carla))
    pagina = de_berta.get(una).text
    assert DE_QUIEN_VENDE in pagina
    for no in ("Su código de entrega", "Pedir otro código", codigo):
        assert no not in pagina
    assert "Su código de entrega" in de_carla.get(una).text
    vistos = [c.get(f"/api/v1{una}").json()["paquetes"][0]["codigo_entrega"] for c in (de_berta, de_carla)]
    assert vistos == [None, codigo]
    with pytest.raises(CompraPropia), transaccion() as sesion:
        pedidos.renovar_codigo(sesion, berta, pedido.id)
    with pytest.raises(CompraPropia), transaccion() as sesion:
        pedidos.entregar_en_mano(sesion, berta, pedido.id, codigo)
    assert leer(ESTADO) == [("despachado", True)]
    with transaccion() as sesion:
        assert pedidos.entregar_en_mano(sesion, vende, pedido.id, codigo) is None
    assert leer(ESTADO) == [("entregado", True)]


def test_ni_retira_el_reclamo_ni_acepta_lo_que_su_tienda_pide(ente: Ente, leer: Leer) -> None:
    pedido, berta = _ordenada(ente), ente.entidad.actor
    plazo = PlazoPedido(hasta=fecha_bolivia() + timedelta(days=15), motivo="Falta lana")
    with transaccion() as sesion:
        acuerdo = acordar.pedir_plazo(sesion, ente.mercado.actor_vendedor, pedido.id, plazo).id
    dar_mandato(ente.mercado.unidad, ente.entidad.persona, Facultad.VENDER)
    with pytest.raises(CompraPropia), transaccion() as sesion:
        acordar.responder(sesion, berta, pedido.id, acuerdo, acepta=True)
    with pytest.raises(CompraPropia), transaccion() as sesion:
        pedidos.cancelar(sesion, berta, pedido.id, "Ya no hace falta")
    ente.mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        reclamo = reclamar.abrir(sesion, ente.actora, pedido.id, MotivoReclamo.DANADO, "Vino roto").id
    for hace in (reclamar.retirar, reclamar.aceptar_oferta):
        with pytest.raises(CompraPropia), transaccion() as sesion:
            hace(sesion, berta, reclamo)
    assert leer("SELECT estado FROM comercio_reclamo") == [("abierto",)]
    assert leer(ESTADO) == [("entregado", True)]
    with transaccion() as sesion:
        reclamar.retirar(sesion, ente.actora, reclamo)


def test_cualquier_mandato_de_quien_vende_es_el_mismo_conflicto_en_las_dos_puertas(
    ente: Ente, leer: Leer
) -> None:
    """Who only pays for the shop does not say that what it sold came well, by either door."""
    pedido, berta = _ordenada(ente), ente.entidad.actor
    ente.mercado.llevar(pedido, "EMA", "EMI")
    dar_mandato(ente.mercado.unidad, ente.entidad.persona, Facultad.PAGAR)
    with pytest.raises(CompraPropia, match=DE_QUIEN_VENDE), transaccion() as sesion:
        comercio.dar_conformidad(sesion, berta, pedido.id)
    assert leer(ESTADO) == [("entregado", True)]
    with transaccion() as sesion:
        comercio.dar_conformidad(sesion, ente.receptora, pedido.id)
    assert leer(ESTADO) == [("entregado", False)]


def test_quien_firmo_primero_y_ahora_vende_no_deja_aprobar(
    ente: Ente,
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Actor],
    sesion_web: Callable[..., Any],
    leer: Leer,
) -> None:
    """It is asked again, of all, when the last one signs."""
    (dina, elsa), grupo = [crear_persona(n) for n in ("Dina", "Elsa")], nuevo_id()
    for persona in (dina, elsa):
        dar_mandato(ente.entidad.unidad, persona, Facultad.COMPRAR, firmas=2, grupo=grupo)
    compra = ente.pedir(ente.sostener(), ente.certificar())
    with transaccion() as sesion:
        acto: Any = aprobar_o_proponer(sesion, actor_de(dina), compra.id)
    dar_mandato(ente.mercado.unidad, dina, Facultad.VENDER)
    negada = _firmar(sesion_web(elsa), f"/por-firmar/{acto.id}")
    assert negada.status_code == 403
    assert "Dina Prueba firmó y ahora tiene un mandato de quien vende" in negada.text
    assert leer("SELECT estado FROM feria_compra_de_catalogo") == [("solicitada",)]
