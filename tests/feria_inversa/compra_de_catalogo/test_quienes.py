"""Who decides: whom the entity named, and several together where one is not enough."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from empresa_digital.registro import Facultad, SinFacultad
from feria_inversa.compra_de_catalogo import manejadores
from feria_inversa.compra_de_catalogo.actos import aprobar_o_proponer
from feria_inversa.compra_de_catalogo.decidir import anular, rechazar
from feria_inversa.compra_de_catalogo.errores import CompraNoPermite, MismaPersona
from feria_inversa.designaciones.designar import Nombramiento, designar_en_entidad
from feria_inversa.papeles import Papel, SinPapel
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from tests.comercio.entidades import dar_mandato
from tests.feria_inversa.compra_de_catalogo.conftest import Ente

assert manejadores
pytestmark = pytest.mark.usefixtures("cuadra")
Leer = Callable[..., list[tuple[Any, ...]]]
Persona = Callable[..., Any]
ESTADO = "SELECT estado, decidio FROM feria_compra_de_catalogo ORDER BY id"


@pytest.fixture
def nombrar(ente: Ente, crear_persona: Persona, actor_de: Callable[..., Actor]) -> Callable[..., None]:
    """`nombrar(Papel.RPA, persona)`, by who administers the municipality."""
    alcaldesa = crear_persona("Alcaldesa")
    dar_mandato(ente.entidad.unidad, alcaldesa, Facultad.ADMINISTRAR)

    def por_la_alcaldesa(papel: Papel, persona: Any) -> None:
        with transaccion() as sesion:
            designar_en_entidad(sesion, actor_de(alcaldesa), ente.id, Nombramiento(papel, persona.id))

    return por_la_alcaldesa


def test_con_rpa_nombrado_la_decide_esa_persona(
    ente: Ente,
    nombrar: Callable[..., None],
    crear_persona: Persona,
    actor_de: Callable[..., Actor],
    sesion_web: Callable[..., Any],
    leer: Leer,
) -> None:
    """And the page says who; without anybody named, the mandate is enough."""
    rosa = crear_persona("Rosa")
    dar_mandato(ente.entidad.unidad, rosa, Facultad.COMPRAR)
    compra = ente.pedir(ente.sostener(), ente.certificar())
    una = f"/compras-de-catalogo/{compra.id}"
    assert "Aprobar la compra" in sesion_web(ente.carla).get(una).text
    nombrar(Papel.RPA, rosa)
    with pytest.raises(SinPapel, match="Rosa Prueba"):
        ente.aprobar(compra.id)
    with pytest.raises(SinPapel), transaccion() as sesion:
        rechazar(sesion, ente.actora, compra.id, "Ya no hace falta este año.")
    visto = sesion_web(ente.carla).get(una).text
    assert "Aprobar la compra" not in visto
    assert "Lo hace quien tiene el papel en este proceso: Rosa Prueba" in visto
    assert leer(ESTADO) == [("solicitada", None)]
    ente.aprobar(compra.id, actor_de(rosa))
    assert leer(ESTADO) == [("ordenada", "Rosa Prueba")]


def test_con_solo_rpc_nadie_decide_una_compra_menor(ente: Ente, nombrar: Callable[..., None]) -> None:
    """Who decides tenders does not decide these: the entity names who does."""
    compra = ente.pedir(ente.sostener(), ente.certificar())
    nombrar(Papel.RPC, ente.carla)
    with pytest.raises(SinPapel, match="la entidad debe nombrar a alguien"):
        ente.aprobar(compra.id)


@pytest.fixture
def juntas(ente: Ente, crear_persona: Persona) -> list[Any]:
    """Dina and Elsa buy together."""
    gente, grupo = [crear_persona(n) for n in ("Dina", "Elsa")], nuevo_id()
    for persona in gente:
        dar_mandato(ente.entidad.unidad, persona, Facultad.COMPRAR, firmas=2, grupo=grupo)
    return gente


def _firmar(cliente: Any, acto: str) -> Any:
    huella = re.search(r'name="huella" value="([0-9a-f]{64})"', cliente.get(acto).text)
    assert huella is not None
    return cliente.post(f"{acto}/firmar", data={"huella": huella[1]})


def test_la_aprueban_dos_que_firman_juntas(
    ente: Ente, juntas: list[Any], sesion_web: Callable[..., Any], leer: Leer
) -> None:
    """The first signs and it waits, said in its page; the second orders it, and both decided it."""
    certificacion = ente.certificar()
    compra = ente.pedir(ente.sostener(), certificacion)
    una = f"/compras-de-catalogo/{compra.id}"
    dina, elsa = (sesion_web(p) for p in juntas)
    assert "Su mandato es conjunto" in dina.get(una).text
    acto = dina.post(una + "/aprobacion", data={"se_paga_con": "cuenta"}).headers["location"]
    assert acto.startswith("/por-firmar/")
    assert (leer(ESTADO), ente.de(certificacion)) == ([("solicitada", None)], ("0.00", "0.00", "1000.00"))
    visto = elsa.get(una).text
    assert "Su aprobación espera 1 firma." in visto
    assert f'href="{acto}"' in visto
    assert "Bs\xa0400,00" in elsa.get(acto).text
    assert _firmar(elsa, acto).status_code == 303
    assert leer(ESTADO) == [("ordenada", "Dina Prueba, Elsa Prueba")]
    assert ente.de(certificacion) == ("400.00", "0.00", "600.00")
    assert "Su aprobación espera" not in elsa.get(una).text


def test_la_api_dice_que_espera_firmas_y_quien_la_pidio_no_firma(
    ente: Ente, juntas: list[Any], sesion_web: Callable[..., Any], actor_de: Callable[..., Actor], leer: Leer
) -> None:
    """Who asked for it signs no approval of it, although their mandate is of the same group."""
    dar_mandato(ente.entidad.unidad, juntas[1], Facultad.COMPRAR)  # she asks alone
    compra = ente.pedir(ente.sostener(), ente.certificar(), actor=actor_de(juntas[1]))
    dina, elsa = (sesion_web(p) for p in juntas)
    clave = {"Idempotency-Key": str(nuevo_id())}
    respuesta = dina.post(f"/api/v1/compras-de-catalogo/{compra.id}/aprobacion", headers=clave)
    assert (respuesta.status_code, respuesta.json()["faltan"]) == (202, 1)
    negada = _firmar(elsa, f"/por-firmar/{respuesta.json()['id']}")
    assert negada.status_code == 403
    assert "Usted la pidió" in negada.text
    assert leer(ESTADO) == [("solicitada", None)]


def test_lo_que_no_se_puede_aprobar_se_dice_antes_de_firmar(
    ente: Ente, juntas: list[Any], actor_de: Callable[..., Actor], leer: Leer
) -> None:
    """And what cannot be any more when the last signs is not ordered; its term is the purchase's."""
    dina = actor_de(juntas[0])
    compra = ente.pedir(ente.sostener(dias=5), ente.certificar())
    with transaccion() as sesion:
        propuesto = aprobar_o_proponer(sesion, dina, compra.id)
    assert getattr(propuesto, "vence_en", None) == compra.vence_en
    with transaccion() as sesion:
        anular(sesion, ente.entidad.actor, compra.id, "Ya no hace falta este año.")
    with pytest.raises(CompraNoPermite), transaccion() as sesion:
        aprobar_o_proponer(sesion, dina, compra.id)
    otra = ente.pedir(ente.sostener("Poncho", dias=5), ente.certificar(numero="0413"))
    ente.mercado.reloj.adelantar(timedelta(days=7))
    with pytest.raises(CompraNoPermite), transaccion() as sesion:
        aprobar_o_proponer(sesion, dina, otra.id)
    entregar_pendientes()
    assert leer("SELECT count(*) FROM registro_acto") == [(1,)]


def test_quien_la_pidio_ni_quien_solo_paga_la_proponen(
    ente: Ente, crear_persona: Persona, actor_de: Callable[..., Actor], leer: Leer
) -> None:
    paga = crear_persona("Fabio")
    dar_mandato(ente.entidad.unidad, paga, Facultad.PAGAR)
    compra = ente.pedir(ente.sostener(), ente.certificar())
    for actor, error in ((ente.entidad.actor, MismaPersona), (actor_de(paga), SinFacultad)):
        with pytest.raises(error), transaccion() as sesion:
            aprobar_o_proponer(sesion, actor, compra.id)
    assert leer("SELECT count(*) FROM registro_acto") == [(0,)]
