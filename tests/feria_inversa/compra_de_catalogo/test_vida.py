"""A purchase follows its order, also back; and what was decided of it stays, whoever writes it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from psycopg.errors import RestrictViolation
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

import comercio
from comercio.compra.modelos import Pedido
from comercio.comprometidos import responder_pago_fuera
from comercio.comprometidos.tareas import revisar_compromisos
from comercio.pedidos.lineas import paquetes_de
from comercio.pedidos.tareas import liberar_vencidas
from comercio.reclamos import reclamar
from comercio.reclamos.estados import MotivoReclamo
from envios.eventos import Fuente
from envios.eventos.consultas import eventos_de
from envios.eventos.corregir import Correccion, corregir_autorizado
from envios.eventos.motivos import MotivoCorreccion
from feria_inversa.certificaciones.registrar import anular as anular_certificacion
from feria_inversa.compra_de_catalogo import decidir, manejadores, seguir
from feria_inversa.compra_de_catalogo.cumplir import conformar
from feria_inversa.compra_de_catalogo.tareas import seguir_compras
from feria_inversa.compra_de_catalogo.verificar import verificar_compras
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import motor, transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora, fecha_bolivia
from pagos.presupuesto import revertir
from tests.feria_inversa.compra_de_catalogo.conftest import Ente

assert manejadores
pytestmark = pytest.mark.usefixtures("cuadra")
Leer = Callable[..., list[tuple[Any, ...]]]
MOTIVO = "La partida se reasignó a otra cosa."
ESTADO = "SELECT estado, recibida_en IS NULL FROM feria_compra_de_catalogo ORDER BY id"


def _errada(ente: Ente, pedido: Pedido) -> None:
    """The delivery of its only parcel is declared wrong."""
    operador = ente.mercado.operador
    with transaccion() as sesion:
        envio_id = paquetes_de(sesion, pedido.id)[0].envio_id
        assert envio_id is not None
        entrega = next(e for e in reversed(eventos_de(sesion, envio_id)) if e.codigo == "EMI")
        quien = Autorizacion(actor=Actor.sistema("prueba"), unidad_id=operador.id)
        nueva = Correccion(MotivoCorreccion.NO_OCURRIO, entrega.id)
        corregir_autorizado(sesion, quien, operador.id, nueva, Fuente.SIMULADOR)


def test_una_entrega_corregida_la_vuelve_a_ordenada(ente: Ente, leer: Leer, cliente: Any) -> None:
    """Its parcel is on its way: it is neither received nor to be paid, until it is delivered."""
    compra_id, pedido = ente.ordenada(ente.certificar())
    ente.mercado.llevar(pedido, "EMA", "EMI")
    assert leer(ESTADO) == [("recibida", False)]
    _errada(ente, pedido)
    entregar_pendientes()
    assert leer(ESTADO) == [("ordenada", True)]
    entregar_pendientes()
    dicho = (
        "SELECT count(*) FROM ciudadania_notificacion WHERE cuerpo LIKE 'Su entrega se declaró equivocada%'"
    )
    assert leer(dicho) == [(1,)]
    assert "Recibida, por pagar" not in cliente.get(f"/compras-de-catalogo/{compra_id}").text
    ente.mercado.anotar(pedido, "EMI")
    assert leer(ESTADO) == [("recibida", False)]


def test_la_vuelve_a_ordenada_el_barrido_si_nadie_se_lo_dijo(ente: Ente, leer: Leer, duenio: Engine) -> None:
    _compra, pedido = ente.ordenada(ente.certificar())
    ente.mercado.llevar(pedido, "EMA", "EMI")
    _errada(ente, pedido)
    entregar_pendientes()
    with duenio.begin() as conexion:  # as if nobody had told it
        conexion.execute(
            text("UPDATE feria_compra_de_catalogo SET estado = 'recibida', recibida_en = nucleo_ahora()")
        )
    assert (seguir_compras(), seguir_compras()) == (1, 0)
    assert leer(ESTADO) == [("ordenada", True)]


def test_lo_que_un_reclamo_detiene_sigue_recibido(ente: Ente, leer: Leer) -> None:
    _compra, pedido = ente.ordenada(ente.certificar())
    ente.mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        reclamar.abrir(sesion, ente.entidad.actor, pedido.id, MotivoReclamo.DANADO, "Llegó roto")
    entregar_pendientes()
    assert seguir_compras() == 0
    assert leer(ESTADO) == [("recibida", False)]


def test_la_ordenada_que_nadie_siguio_se_ve_y_la_sigue_el_barrido(ente: Ente, leer: Leer) -> None:
    """A lost event leaves nothing ordered for ever, nor budget that nobody may use."""
    certificacion = ente.certificar()
    _compra, pedido = ente.ordenada(certificacion)
    with transaccion() as sesion:
        comercio.cancelar(sesion, ente.mercado.actor_vendedor, pedido.id, "No hay más lana.")
    with transaccion() as sesion:
        (falta,) = verificar_compras(sesion)
    assert falta.endswith("sigue en curso y lo comprometido está «liberado»")
    assert (seguir_compras(), seguir_compras()) == (1, 0)
    assert leer(ESTADO) == [("anulada", True)]
    assert ente.de(certificacion) == ("0.00", "0.00", "1000.00")


def test_el_barrido_llega_a_todas(ente: Ente, leer: Leer, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are under way, and wait for their entity."""
    monkeypatch.setattr(seguir, "LOTE", 1)
    certificacion = ente.certificar("2000.00")
    for titulo in ("Chompa", "Poncho", "Gorro"):
        _compra, pedido = ente.ordenada(certificacion, titulo)
    with transaccion() as sesion:
        comercio.cancelar(sesion, ente.mercado.actor_vendedor, pedido.id, "No hay más lana.")
    assert (seguir_compras(), seguir_compras()) == (1, 0)
    assert [estado for estado, _sin in leer(ESTADO)] == ["ordenada", "ordenada", "anulada"]


def test_se_recibio_cuando_se_entrego_y_no_cuando_se_supo(ente: Ente, leer: Leer, duenio: Engine) -> None:
    """The year of a purchase is that of its delivery, however late it is told."""
    _compra, pedido = ente.ordenada(ente.certificar())
    ente.mercado.llevar(pedido, "EMA", "EMI")
    with duenio.begin() as conexion:  # as if nobody had told it
        conexion.execute(text("UPDATE feria_compra_de_catalogo SET estado = 'ordenada', recibida_en = NULL"))
    ente.mercado.reloj.adelantar(timedelta(days=2))
    assert seguir_compras() == 1
    entregada = (
        "SELECT c.estado, c.recibida_en = p.ocurrio_en FROM feria_compra_de_catalogo c"
        " JOIN comercio_pedido_paso p ON p.pedido_id = c.pedido_id AND p.estado = 'entregado'"
    )
    assert leer(entregada) == [("recibida", True)]


def test_se_le_dice_el_dia_en_que_debe_pagarse(ente: Ente, leer: Leer) -> None:
    """Once, with what to do: its account has no money."""
    _compra, pedido = ente.ordenada(ente.certificar())
    ente.mercado.llevar(pedido, "EMA", "EMI")
    dicho = "SELECT cuerpo FROM ciudadania_notificacion WHERE asunto LIKE 'Compra %: debe pagarse'"
    veces = []
    for dias in (0, 8, 2):
        ente.mercado.reloj.adelantar(timedelta(days=dias))
        assert liberar_vencidas() == 0
        entregar_pendientes()
        veces.append(len(leer(dicho)))
    assert veces[0] == 0 < veces[1] == veces[2]
    assert all("Ponga el dinero en la cuenta de la entidad" in cuerpo for (cuerpo,) in leer(dicho))


def _dicha(ente: Ente) -> Pedido:
    """Received conform; its entity says that its treasury paid it."""
    _compra, pedido = ente.ordenada(ente.certificar())
    ente.mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        comercio.dar_conformidad(sesion, ente.receptora, pedido.id)
    with transaccion() as sesion:
        pago = comercio.PagoFuera("4471", fecha_bolivia(ahora()))
        comercio.anotar_pago_fuera(sesion, ente.actora, pedido.id, pago)
    return pedido


def _responder(ente: Ente, pedido: Pedido, *, llego: bool) -> None:
    with transaccion() as sesion:
        responder_pago_fuera(sesion, ente.mercado.actor_vendedor, pedido.id, llego=llego)


def test_lo_que_se_dio_por_llegado_se_corrige_en_su_pagina(
    ente: Ente, leer: Leer, sesion_web: Callable[..., Any]
) -> None:
    """Once, and the purchase stays paid."""
    _dicha(ente)
    ente.mercado.reloj.adelantar(timedelta(days=30))
    assert revisar_compromisos() == 1
    entregar_pendientes()
    ((compra_id,),) = leer("SELECT id FROM feria_compra_de_catalogo")
    una, carla = f"/compras-de-catalogo/{compra_id}", sesion_web(ente.carla)
    assert "Corregir el C-31" in carla.get(una).text
    bueno = {"medio": "c31", "comprobante": "4472", "fecha": fecha_bolivia(ahora()).isoformat()}
    assert carla.post(una + "/pago", data=bueno).headers["location"] == una
    assert leer(ESTADO) == [("pagada", False)]
    assert leer("SELECT comprobante FROM comercio_compromiso") == [("4472",)]
    assert "Corregir el C-31" not in carla.get(una).text
    assert carla.post(una + "/pago", data=bueno | {"comprobante": "4473"}).status_code == 409


@pytest.mark.parametrize("como", ["llegó", "calla", "debía"])
def test_lo_que_llego_la_da_por_pagada(como: str, ente: Ente, leer: Leer) -> None:
    """As soon as who sells has it, or says nothing, and before any sweep; whoever did it."""
    pedido = _dicha(ente)
    entregar_pendientes()
    assert leer(ESTADO) == [("recibida", False)]
    if como == "calla":
        ente.mercado.reloj.adelantar(timedelta(days=30))
        assert revisar_compromisos() == 1
    else:
        _responder(ente, pedido, llego=como == "llegó")
    if como == "debía":
        ente.abonar(ente.entidad.unidad, "400.00")
        with transaccion() as sesion:
            comercio.pagar_de_entidad(sesion, ente.actora, pedido.id)
    entregar_pendientes()
    assert leer(ESTADO) == [("pagada", False)]
    assert seguir_compras() == 0


def test_la_desmentida_que_nadie_siguio_la_sigue_el_barrido(ente: Ente, leer: Leer) -> None:
    pedido = _dicha(ente)
    ente.mercado.reloj.adelantar(timedelta(days=30))
    assert revisar_compromisos() == 1
    entregar_pendientes()
    assert leer(ESTADO) == [("pagada", False)]
    _responder(ente, pedido, llego=False)
    assert (seguir_compras(), seguir_compras()) == (1, 0)
    assert leer(ESTADO) == [("recibida", False)]


@pytest.mark.parametrize(
    "cambio",
    [
        "decidida_en = decidida_en + interval '1 day'",
        "decidio = 'Otra persona'",
        "decidio_id = vendedor_id",
        "decidio_mandato_id = solicito_mandato_id",
        "pedido_id = NULL, ordenado = NULL",
        "ordenado = ordenado - 1",
        "recibida_en = nucleo_ahora()",
        "recibida_en = NULL",
        "estado = 'pagada', terminada_en = nucleo_ahora(), recibida_en = solicitada_en",
        "estado = 'anulada', terminada_en = nucleo_ahora(), motivo = 'Diez letras', decidio = 'Otra'",
    ],
)
def test_lo_que_se_decidio_no_cambia(cambio: str, ente: Ente, duenio: Engine, leer: Leer) -> None:
    compra_id, pedido = ente.ordenada(ente.certificar())
    ente.mercado.llevar(pedido, "EMA", "EMI")
    ente.mercado.reloj.adelantar(timedelta(seconds=5))
    antes = leer("SELECT to_jsonb(c) FROM feria_compra_de_catalogo c")
    with pytest.raises(DBAPIError), duenio.begin() as conexion:
        conexion.execute(
            text(f"UPDATE feria_compra_de_catalogo SET {cambio} WHERE id = :id"), {"id": compra_id}
        )
    assert leer("SELECT to_jsonb(c) FROM feria_compra_de_catalogo c") == antes


@pytest.mark.parametrize("plazo", ["vence_en + interval '90 days'", "vence_en - interval '1 second'"])
def test_su_plazo_no_se_mueve(plazo: str, ente: Ente, duenio: Engine) -> None:
    """Until when it may be approved is written when it is asked for."""
    ente.pedir(ente.sostener(), ente.certificar())
    with pytest.raises(DBAPIError, match="stays"), duenio.begin() as conexion:
        conexion.execute(text(f"UPDATE feria_compra_de_catalogo SET vence_en = {plazo}"))


def test_su_pedido_es_el_de_esa_compra(ente: Ente, duenio: Engine, leer: Leer) -> None:
    """Not one of a person, nor of another total; nor commits it of another certificate than the ledger."""
    certificacion, otra = ente.certificar(), ente.certificar(numero="0413")
    ajeno = ente.mercado.pedido((ente.mercado.publicar("Gorro", precio="20.00"), 1))
    compra = ente.pedir(ente.sostener("Poncho"), certificacion)
    orden = text(
        "UPDATE feria_compra_de_catalogo SET estado = 'ordenada', vence_en = NULL, decidio = 'x',"
        " decidida_en = nucleo_ahora(), decidio_id = :quien, decidio_mandato_id = solicito_mandato_id,"
        " pedido_id = :pedido, ordenado = total WHERE id = :id"
    )
    datos = {"quien": ente.carla.id, "pedido": ajeno.id, "id": compra.id}
    with pytest.raises(DBAPIError, match="not of this purchase"), duenio.begin() as conexion:
        conexion.execute(orden, datos)
    ente.aprobar(compra.id)
    with pytest.raises(DBAPIError, match="certificado_id"), duenio.begin() as conexion:
        conexion.execute(text("UPDATE comercio_compromiso SET certificado_id = :otra"), {"otra": otra})
    assert leer("SELECT certificado_id FROM comercio_compromiso") == [(certificacion,)]


def test_lo_comprometio_quien_la_decidio(ente: Ente, leer: Leer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever program writes it: by the mandate that says that it decided."""
    compra = ente.pedir(ente.sostener(), ente.certificar())
    de_veras = decidir._decidir

    def por_otro_mandato(sesion: Session, fila: Any, *que: Any) -> None:
        de_veras(sesion, fila, *que)
        fila.decidio_mandato_id = fila.solicito_mandato_id

    monkeypatch.setattr(decidir, "_decidir", por_otro_mandato)
    with pytest.raises(DBAPIError, match="not of this purchase"):
        ente.aprobar(compra.id)
    assert leer("SELECT estado FROM feria_compra_de_catalogo") == [("solicitada",)]
    monkeypatch.undo()
    ente.aprobar(compra.id)
    assert leer("SELECT decidio_mandato_id = solicito_mandato_id FROM feria_compra_de_catalogo") == [(False,)]


def test_es_pagada_mientras_su_pedido_lo_esta(ente: Ente, bd: Engine, leer: Leer) -> None:
    """Whatever program writes it."""
    compra_id, pedido = ente.ordenada(ente.certificar())
    ente.mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        conformar(sesion, ente.receptora, compra_id)
    pagada = text("UPDATE feria_compra_de_catalogo SET estado = 'pagada', terminada_en = nucleo_ahora()")
    with pytest.raises(DBAPIError, match="paid while its order is"), bd.begin() as conexion:
        conexion.execute(pagada)
    assert leer(ESTADO) == [("recibida", False)]
    ente.abonar(ente.entidad.unidad, "500.00")
    assert liberar_vencidas() == 1
    entregar_pendientes()
    assert leer(ESTADO) == [("pagada", False)]
    vuelta = text("UPDATE feria_compra_de_catalogo SET estado = 'recibida', terminada_en = NULL")
    with pytest.raises(DBAPIError, match="paid while its order is"), bd.begin() as conexion:
        conexion.execute(vuelta)
    assert leer(ESTADO) == [("pagada", False)]


def test_lo_que_ya_se_debia_y_no_se_entrego_no_se_debe(ente: Ente, leer: Leer) -> None:
    """Its delivery is declared wrong after its date: what began to count is forgotten, and nothing is due."""
    _compra, pedido = ente.ordenada(ente.certificar())
    ente.mercado.llevar(pedido, "EMA", "EMI")
    ente.mercado.reloj.adelantar(timedelta(days=8))
    assert liberar_vencidas() == 0
    assert leer("SELECT adeudar_en IS NULL FROM comercio_compromiso") == [(False,)]
    _errada(ente, pedido)
    entregar_pendientes()
    assert leer(ESTADO) == [("ordenada", True)]
    assert leer("SELECT adeudar_en IS NULL, intentos FROM comercio_compromiso") == [(True, 0)]


def _vaciar(ente: Ente, certificacion: UUID, actor: Actor) -> None:
    with transaccion() as sesion:
        quien = Autorizacion(actor, unidad_id=ente.id)
        revertir(sesion, quien, certificacion, bs("1.00"), id=nuevo_id())


def test_nadie_sin_mandato_vacia_la_que_rige(ente: Ente, leer: Leer) -> None:
    """Of a certificate in force nothing is reverted but by its entity: the database says so."""
    certificacion = ente.certificar()
    _compra, pedido = ente.ordenada(certificacion)
    with pytest.raises(RestrictViolation, match="in force"):
        _vaciar(ente, certificacion, Actor.sistema("un error"))
    assert ente.de(certificacion) == ("400.00", "0.00", "600.00")
    with transaccion() as sesion:
        anular_certificacion(sesion, ente.actora, certificacion, MOTIVO)
    with transaccion() as sesion:
        comercio.cancelar(sesion, ente.mercado.actor_vendedor, pedido.id, "No hay más lana.")
    entregar_pendientes()
    assert ente.de(certificacion) == ("0.00", "0.00", "0.00")


@contextmanager
def _cerrojos() -> Iterator[list[str]]:
    """The tables whose rows are locked, in their order."""
    tomados: list[str] = []

    def anotar(_c: Any, _cursor: Any, sentencia: str, *_resto: Any) -> None:
        if "FOR UPDATE" in sentencia or "FOR NO KEY UPDATE" in sentencia:
            tomados.append(sentencia.split("FROM ", 1)[1].split()[0])

    event.listen(motor(), "before_cursor_execute", anotar)
    try:
        yield tomados
    finally:
        event.remove(motor(), "before_cursor_execute", anotar)


def test_la_certificacion_se_toma_antes_que_el_pedido(ente: Ente) -> None:
    """As who approves another purchase of the same certificate does: nobody waits for each other."""
    certificacion = ente.certificar()
    compra_id, pedido = ente.ordenada(certificacion)
    ente.mercado.llevar(pedido, "EMA", "EMI")
    with _cerrojos() as tomados, transaccion() as sesion:
        conformar(sesion, ente.receptora, compra_id)
    assert tomados.index("feria_compra_de_catalogo") < tomados.index("feria_certificacion")
    assert tomados.index("feria_certificacion") < tomados.index("comercio_pedido")
