"""Who decides: whom the entity named, and several together where one is not enough."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.modelos import Producto
from comercio.catalogo.publicar import editar_producto
from empresa_digital.registro import Facultad, SinFacultad
from feria_inversa.certificaciones.errores import CertificacionRepetida
from feria_inversa.certificaciones.registrar import anular as anular_certificacion
from feria_inversa.compra_de_catalogo import manejadores
from feria_inversa.compra_de_catalogo.actos import aprobar_o_proponer
from feria_inversa.compra_de_catalogo.decidir import anular, rechazar
from feria_inversa.compra_de_catalogo.errores import CompraNoPermite, MismaPersona
from feria_inversa.designaciones.designar import Nombramiento, designar_en_entidad
from feria_inversa.papeles import Papel, SinPapel
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from tests.comercio.entidades import dar_mandato
from tests.feria_inversa.compra_de_catalogo.conftest import Ente

assert manejadores
pytestmark = pytest.mark.usefixtures("cuadra")
Leer = Callable[..., list[tuple[Any, ...]]]
Persona = Callable[..., Any]
REVOCA = (
    "UPDATE registro_mandato SET revocado_en = nucleo_ahora(), revocado_motivo = 'Se fue'"
    " WHERE unidad_id = %s AND apoderado_persona_id <> ALL(%s) AND revocado_en IS NULL"
)
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


def test_de_otra_que_quien_la_pidio_dejarla_es_decidirla(
    ente: Ente, nombrar: Callable[..., None], crear_persona: Persona, leer: Leer
) -> None:
    rosa = crear_persona("Rosa")
    dar_mandato(ente.entidad.unidad, rosa, Facultad.COMPRAR)
    compra = ente.pedir(ente.sostener(), ente.certificar())
    nombrar(Papel.RPA, rosa)
    with pytest.raises(SinPapel, match="Rosa Prueba"), transaccion() as sesion:
        anular(sesion, ente.actora, compra.id, "Ya no hace falta este año.")
    assert leer(ESTADO) == [("solicitada", None)]
    with transaccion() as sesion:
        anular(sesion, ente.entidad.actor, compra.id, "Ya no hace falta este año.")
    assert leer(ESTADO) == [("anulada", None)]


def test_quien_compra_solo_con_otros_ve_y_le_dicen_que_no_hace(
    ente: Ente, juntas: list[Any], sesion_web: Callable[..., Any]
) -> None:
    """The panel counts what they may approve; the desk, the purchase and its order say what they may not."""
    certificacion = ente.certificar()
    compra = ente.pedir(ente.sostener(), certificacion)
    dina = sesion_web(juntas[0])
    assert "Aprobar compras" in dina.get("/panel").text
    assert "usted firma las aprobaciones" in dina.get(f"/entidades/{ente.id}/compras-de-catalogo").text
    ente.aprobar(compra.id)
    pedido = ente.pedido(compra.id)
    visto = dina.get(f"/pedidos/{pedido.id}")
    assert visto.status_code == 200
    assert "Su mandato es conjunto: lo recibe" in visto.text
    assert "Su código de entrega" not in visto.text
    ente.mercado.llevar(pedido, "EMA", "EMI")
    assert (
        "da la conformidad, o reclama, quien compra por sí solo"
        in dina.get(f"/compras-de-catalogo/{compra.id}").text
    )
    negada = dina.post(f"/pedidos/{pedido.id}/conformidad")
    assert negada.status_code == 403


def test_dos_que_firman_juntas_bastan_para_aprobar(
    ente: Ente, juntas: list[Any], sesion_web: Callable[..., Any], duenio: Any
) -> None:
    """Nobody else buys alone any more: that nobody approves is said only once one of the two goes."""
    oferta, quedan = ente.sostener(), [p.id for p in (ente.entidad.persona, *juntas)]
    with duenio.begin() as conexion:
        conexion.exec_driver_sql(REVOCA, (ente.id, quedan))
    nueva = f"/entidades/{ente.id}/compras-de-catalogo/nueva?oferta={oferta}"
    assert "Falta quien la apruebe" not in sesion_web(ente.entidad.persona).get(nueva).text
    with duenio.begin() as conexion:
        conexion.exec_driver_sql(REVOCA, (ente.id, quedan[:2]))
    assert "Falta quien la apruebe" in sesion_web(ente.entidad.persona).get(nueva).text


def test_quien_paga_solo_con_otros_la_deja_a_tesoreria(
    ente: Ente, crear_persona: Persona, sesion_web: Callable[..., Any]
) -> None:
    gente, grupo = [crear_persona(n) for n in ("Fabio", "Gina")], nuevo_id()
    for persona in gente:
        dar_mandato(ente.entidad.unidad, persona, Facultad.PAGAR, firmas=2, grupo=grupo)
    compra = ente.aprobar(ente.pedir(ente.sostener(), ente.certificar()).id)
    una, fabio = f"/compras-de-catalogo/{compra.id}", sesion_web(gente[0])
    visto = fabio.get(una).text
    assert ('value="c31"' in visto, 'value="cuenta"' in visto) == (True, False)
    assert fabio.post(una + "/con-que-se-paga", data={"se_paga_con": "c31"}).status_code == 303
    assert 'value="c31"' not in fabio.get(una).text


def test_lo_que_bajo_se_juzga_a_como_esta_hoy(
    ente: Ente, crear_persona: Persona, actor_de: Callable[..., Actor]
) -> None:
    """Bs 350 are left and the mandate is of Bs 350: what was asked for at 400 costs 350 today."""
    elsa, certificacion = crear_persona("Elsa"), ente.certificar("450.00")
    dar_mandato(ente.entidad.unidad, elsa, Facultad.COMPRAR, monto_limite=bs("350.00"))
    compra = ente.pedir(ente.sostener(), certificacion)
    ente.aprobar(ente.pedir(ente.sostener("Gorro", precio="20.00"), certificacion).id)
    with transaccion() as sesion:
        producto = sesion.get_one(Producto, compra.producto_id)
        cambios = ProductoCambios(precio=bs("70.00"))
        editar_producto(sesion, ente.mercado.actor_vendedor, producto.id, producto.version, cambios)
    assert ente.aprobar(compra.id, actor_de(elsa)).ordenado == bs("350.00")
    assert ente.de(certificacion) == ("450.00", "0.00", "0.00")


def test_con_lo_que_ya_se_compro_su_numero_no_se_repite(ente: Ente) -> None:
    """Twice the same certificate would be twice its budget."""
    certificacion = ente.certificar()
    ente.ordenada(certificacion)
    with transaccion() as sesion:
        anular_certificacion(sesion, ente.actora, certificacion, "Se escribió con otro monto.")
    with pytest.raises(CertificacionRepetida, match="ya se compró con ella"):
        ente.certificar()
    assert ente.de(certificacion) == ("400.00", "0.00", "0.00")
