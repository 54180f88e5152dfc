"""Who says that it came well: whom the entity named, and never who asked for it or decided it; else time."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

import comercio
from comercio.compra.modelos import Pedido
from empresa_digital.registro import Facultad
from feria_inversa.compra_de_catalogo import manejadores
from feria_inversa.compra_de_catalogo.actos import aprobar_o_proponer
from feria_inversa.compra_de_catalogo.cumplir import conformar
from feria_inversa.compra_de_catalogo.seguir import seguir
from feria_inversa.designaciones import manejadores as de_los_papeles
from feria_inversa.designaciones.designar import Nombramiento, cesar, designar_en_entidad
from feria_inversa.designaciones.presentar import avisos_de, papeles_de
from feria_inversa.papeles import Papel, PapelNoCorresponde, SinPapel
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.reloj import fecha_bolivia
from tests.ayudas.personas import nueva_persona
from tests.comercio.entidades import dar_mandato
from tests.feria_inversa.compra_de_catalogo.conftest import Ente
from tests.feria_inversa.compra_de_catalogo.test_quienes import _firmar, juntas

assert manejadores
assert de_los_papeles
__all__ = ["juntas"]
pytestmark = pytest.mark.usefixtures("cuadra")
Leer = Callable[..., list[tuple[Any, ...]]]
ESTADO = "SELECT p.estado, p.conforme_en IS NOT NULL FROM comercio_pedido p ORDER BY p.id"
DIERON = "SELECT quien FROM feria_conformidad ORDER BY dada_en"
LLEGO = "SELECT count(*) FROM ciudadania_notificacion WHERE asunto LIKE 'Compra %%: diga si llegó bien'"


@pytest.fixture
def alcaldesa(ente: Ente, crear_persona: Callable[..., Any], actor_de: Callable[..., Actor]) -> Actor:
    persona = crear_persona("Alcaldesa")
    dar_mandato(ente.entidad.unidad, persona, Facultad.ADMINISTRAR)
    return actor_de(persona)


def _nombrar(ente: Ente, alcaldesa: Actor, persona: Any, hasta: date | None = None) -> UUID:
    nuevo = Nombramiento(Papel.RECIBE_COMPRAS, persona.id, "Memorándum 7", hasta)
    with transaccion() as sesion:
        return designar_en_entidad(sesion, alcaldesa, ente.id, nuevo).id


def _llegada(ente: Ente, titulo: str = "Chompa de alpaca") -> tuple[UUID, Pedido]:
    compra_id, pedido = ente.ordenada(ente.certificar(numero=nuevo_id().hex[-6:].upper()), titulo)
    ente.mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        seguir(sesion, pedido.id)
    return compra_id, pedido


@pytest.mark.parametrize("puerta", ["la de la compra", "la del pedido"])
def test_quien_la_pidio_ni_quien_la_decidio_la_reciben(puerta: str, ente: Ente, leer: Leer) -> None:
    compra_id, pedido = _llegada(ente)

    def recibir(actor: Actor) -> None:
        with transaccion() as sesion:
            if puerta == "la del pedido":
                comercio.dar_conformidad(sesion, actor, pedido.id)
            else:
                conformar(sesion, actor, compra_id)

    for actor, dice in ((ente.entidad.actor, "Usted la pidió"), (ente.actora, "Usted la decidió")):
        with pytest.raises(SinPapel, match=dice):
            recibir(actor)
    assert (leer(ESTADO), leer(DIERON)) == ([("entregado", False)], [])
    recibir(ente.receptora)
    assert (leer(ESTADO), leer(DIERON)) == ([("entregado", True)], [("Nora Prueba",)])


def test_la_recibe_quien_fue_nombrado_y_nadie_mas(
    ente: Ente,
    alcaldesa: Actor,
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Actor],
    sesion_web: Callable[..., Any],
    leer: Leer,
) -> None:
    """By its page and by the order's; they are told that it came; once they cease the mandate is enough."""
    rosa = crear_persona("Rosa")
    dar_mandato(ente.entidad.unidad, rosa, Facultad.COMPRAR)
    nombrada = _nombrar(ente, alcaldesa, rosa)
    compra_id, pedido = _llegada(ente)
    entregar_pendientes()
    assert leer(LLEGO + " AND persona_id = :p", p=rosa.id) == leer(LLEGO) == [(1,)]
    una, otra = f"/compras-de-catalogo/{compra_id}", f"/pedidos/{pedido.id}"
    nora, de_rosa = sesion_web(ente.nora), sesion_web(rosa)
    for ruta in (una, otra):
        visto = nora.get(ruta).text
        assert "Lo hace quien tiene el papel en este proceso: Rosa Prueba" in visto
        assert f'action="{ruta}/conformidad"' not in visto
        assert ("Puede recibirla: Rosa Prueba." in visto) == (ruta == una)
        assert f'action="{ruta}/conformidad' in de_rosa.get(ruta).text
        negada = nora.post(f"{ruta}/conformidad")
        assert negada.status_code == 403
        api = nora.post(f"/api/v1{ruta}/conformidad", headers={"Idempotency-Key": str(nuevo_id())})
        assert (api.status_code, api.json()["codigo"]) == (403, "sin_papel")
    assert (leer(ESTADO), leer(DIERON)) == ([("entregado", False)], [])
    assert de_rosa.post(f"{otra}/conformidad").status_code == 303
    assert (leer(ESTADO), leer(DIERON)) == ([("entregado", True)], [("Rosa Prueba",)])
    with transaccion() as sesion:
        cesar(sesion, alcaldesa, nombrada, "Pasa a otra dirección.")
    _otra_compra, despues = _llegada(ente, "Poncho")
    with transaccion() as sesion:
        comercio.dar_conformidad(sesion, ente.receptora, despues.id)
    assert leer(DIERON) == [("Rosa Prueba",), ("Nora Prueba",)]


def test_si_quien_fue_nombrado_la_pidio_la_recibe_otra_persona(
    ente: Ente, alcaldesa: Actor, leer: Leer
) -> None:
    """A naming never leaves what it is not fit for without anybody."""
    _nombrar(ente, alcaldesa, ente.entidad.persona)
    compra_id, _pedido = _llegada(ente)
    entregar_pendientes()
    assert leer(LLEGO) == [(0,)]
    with pytest.raises(SinPapel), transaccion() as sesion:
        conformar(sesion, ente.entidad.actor, compra_id)
    with transaccion() as sesion:
        conformar(sesion, ente.receptora, compra_id)
    assert leer(DIERON) == [("Nora Prueba",)]


def test_termina_con_su_ultimo_dia(ente: Ente, alcaldesa: Actor, leer: Leer) -> None:
    _nombrar(ente, alcaldesa, ente.carla, fecha_bolivia() + timedelta(days=1))
    compra_id, _pedido = _llegada(ente)
    ente.mercado.reloj.adelantar(timedelta(days=3))
    with transaccion() as sesion:
        conformar(sesion, ente.receptora, compra_id)
    assert leer(DIERON) == [("Nora Prueba",)]


def test_sin_nadie_que_la_reciba_vale_el_plazo(
    ente: Ente, leer: Leer, duenio: Engine, sesion_web: Callable[..., Any]
) -> None:
    """An entity of two: one asked, the other decided, and time alone receives it."""
    with duenio.begin() as conexion:
        conexion.exec_driver_sql(
            "UPDATE registro_mandato SET revocado_en = nucleo_ahora(), revocado_motivo = 'Se fue'"
            " WHERE unidad_id = %s AND apoderado_persona_id <> ALL(%s) AND revocado_en IS NULL",
            (ente.id, [ente.entidad.persona.id, ente.carla.id]),
        )
    compra_id, _pedido = _llegada(ente)
    pagina = sesion_web(ente.entidad.persona).get(f"/compras-de-catalogo/{compra_id}").text
    assert "Hoy nadie puede recibirla" in pagina
    assert f'href="/entidades/{ente.id}/papeles"' in pagina
    ente.abonar(ente.entidad.unidad, "500.00")
    ente.mercado.reloj.adelantar(timedelta(days=12))
    assert comercio.liberar_vencidas() == 1
    entregar_pendientes()
    assert leer("SELECT estado FROM feria_compra_de_catalogo") == [("pagada",)]
    assert leer(DIERON) == []


def test_de_los_que_firmaron_la_aprobacion_nadie_la_recibe(
    ente: Ente,
    juntas: list[Any],
    actor_de: Callable[..., Actor],
    sesion_web: Callable[..., Any],
    leer: Leer,
    bd: Engine,
) -> None:
    """Also who buys alone since."""
    compra = ente.pedir(ente.sostener(), ente.certificar())
    with transaccion() as sesion:
        acto: Any = aprobar_o_proponer(sesion, actor_de(juntas[0]), compra.id)
    assert _firmar(sesion_web(juntas[1]), f"/por-firmar/{acto.id}").status_code == 303
    pedido = ente.pedido(compra.id)
    ente.mercado.llevar(pedido, "EMA", "EMI")
    mandatos = [dar_mandato(ente.entidad.unidad, persona, Facultad.COMPRAR) for persona in juntas]
    for persona, mandato in zip(juntas, mandatos, strict=True):
        with pytest.raises(SinPapel, match="Usted la decidió"), transaccion() as sesion:
            comercio.dar_conformidad(sesion, actor_de(persona), pedido.id)
        with pytest.raises(DBAPIError, match="asked for a purchase or decided"):
            _escribir(bd, compra.id, persona.id, mandato)
    assert leer(DIERON) == []


def _escribir(bd: Engine, compra_id: UUID, persona_id: UUID, mandato_id: UUID) -> None:
    """As any program with the application's role could."""
    fila = text(
        "INSERT INTO feria_conformidad (id, compra_id, persona_id, quien, mandatos)"
        " VALUES (:id, :compra, :persona, 'x', ARRAY[CAST(:mandato AS uuid)])"
    )
    datos = {"id": nuevo_id(), "compra": compra_id, "persona": persona_id, "mandato": mandato_id}
    with bd.begin() as conexion:
        conexion.execute(fila, datos)


def test_la_base_no_cree_a_un_programa(ente: Ente, alcaldesa: Actor, bd: Engine, leer: Leer) -> None:
    compra_id, _pedido = _llegada(ente)
    suyos = dict(
        leer("SELECT apoderado_persona_id, id FROM registro_mandato WHERE unidad_id = :u", u=ente.id)
    )
    berta, carla, nora = (p.id for p in (ente.entidad.persona, ente.carla, ente.nora))
    for persona in (berta, carla):
        with pytest.raises(DBAPIError, match="asked for a purchase or decided"):
            _escribir(bd, compra_id, persona, suyos[persona])
    with pytest.raises(DBAPIError, match="who buys for the entity"):
        _escribir(bd, compra_id, nora, suyos[carla])
    conforme = text("UPDATE comercio_pedido SET conforme_en = nucleo_ahora()")
    with pytest.raises(DBAPIError, match="somebody of its entity receives"), bd.begin() as conexion:
        conexion.execute(conforme)
    rosa = nueva_persona("Rosa")
    dar_mandato(ente.entidad.unidad, rosa, Facultad.COMPRAR)
    _nombrar(ente, alcaldesa, rosa)
    with pytest.raises(DBAPIError, match="whom its entity named"):
        _escribir(bd, compra_id, nora, suyos[nora])
    assert (leer(ESTADO), leer(DIERON)) == ([("entregado", False)], [])
    for cambio in ("UPDATE feria_conformidad SET quien = 'y'", "DELETE FROM feria_conformidad"):
        with pytest.raises(DBAPIError), bd.begin() as conexion:
            conexion.execute(text(cambio))


def test_no_es_papel_de_un_proceso_ni_se_dice_en_ellos(ente: Ente, alcaldesa: Actor) -> None:
    """And who may only pay is not named to it."""
    _nombrar(ente, alcaldesa, ente.nora)
    proceso = nuevo_id()
    with transaccion() as sesion:
        assert papeles_de(sesion, ente.id, proceso).designaciones == []
        assert avisos_de(sesion, ente.id, proceso) == []
        (suya,) = papeles_de(sesion, ente.id).designaciones
        assert (suya.papel, suya.papel_texto) == ("recibe_compras", "Recepción de compras del catálogo")
    paga = nueva_persona("Fabio")
    dar_mandato(ente.entidad.unidad, paga, Facultad.PAGAR)
    with pytest.raises(PapelNoCorresponde):
        _nombrar(ente, alcaldesa, paga)


def test_la_pagina_de_papeles_deja_nombrarla(
    ente: Ente, crear_persona: Callable[..., Any], sesion_web: Callable[..., Any], leer: Leer
) -> None:
    quien = crear_persona("Alcaldesa")
    dar_mandato(ente.entidad.unidad, quien, Facultad.ADMINISTRAR)
    alcaldesa, pagina = sesion_web(quien), f"/entidades/{ente.id}/papeles"
    assert "Recepción de compras del catálogo" in alcaldesa.get(pagina).text
    datos = {"papel": "recibe_compras", "persona": str(ente.nora.id)}
    assert alcaldesa.post(pagina, data=datos).status_code == 303
    entregar_pendientes()
    dicho = "SELECT cuerpo, enlace FROM ciudadania_notificacion WHERE asunto LIKE 'Le nombraron: Recepción%'"
    mesa = f"/entidades/{ente.id}/compras-de-catalogo"
    assert leer(dicho) == [("De lo que la entidad compra del catálogo.", mesa)]
    assert sesion_web(ente.nora).get(mesa).status_code == 200


@pytest.mark.parametrize("calla", [False, True], ids=["lo dice", "calla"])
def test_un_servicio_tambien_lo_recibe_quien_no_lo_pidio(
    calla: bool, ente: Ente, bd: Engine, leer: Leer
) -> None:
    """What is done is received by the same people, or by silence, which no program hastens."""
    oferta = ente.sostener("Bordado de uniformes", categoria="confeccion", unidad_medida="servicio")
    compra = ente.aprobar(ente.pedir(oferta, ente.certificar(), forma=None).id)
    pedido = ente.pedido(compra.id)
    with transaccion() as sesion:
        comercio.prestar(sesion, ente.mercado.actor_vendedor, pedido.id, "Quedaron bordados.")
    with pytest.raises(SinPapel), transaccion() as sesion:
        conformar(sesion, ente.entidad.actor, compra.id)
    pronto = text("UPDATE comercio_servicio SET estado = 'conforme', terminado_en = nucleo_ahora()")
    with pytest.raises(DBAPIError, match="somebody of its entity receives"), bd.begin() as conexion:
        conexion.execute(pronto)
    assert leer("SELECT estado FROM comercio_servicio") == [("prestado",)]
    if calla:
        ente.mercado.reloj.adelantar(timedelta(days=10))
        assert comercio.dar_por_conformes() == 1
    else:
        with transaccion() as sesion:
            conformar(sesion, ente.receptora, compra.id)
    entregar_pendientes()
    assert leer("SELECT estado FROM comercio_servicio") == [("conforme",)]
    assert leer(DIERON) == ([] if calla else [("Nora Prueba",)])
