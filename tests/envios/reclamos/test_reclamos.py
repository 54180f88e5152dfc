"""A claim from one end to the other, with exact terms and amounts; what is refused changes nothing."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from empresa_digital.registro import SinFacultad
from envios.deudas.tareas import cobrar_vencidas
from envios.items import EnvioNoEncontrado, EstadoEnvio
from envios.reclamos import reclamar, resolver, responder
from envios.reclamos.errores import (
    ReclamoNoAdmite,
    ReclamoNoEncontrado,
    ReclamoRepetido,
    ReclamoVencido,
    TodaviaNo,
)
from envios.reclamos.estados import ClaseReclamo, EstadoReclamo
from envios.reclamos.hechos import Hechos, procede
from envios.reclamos.mensajes import escribir
from envios.reclamos.tareas import vencer_reclamos
from envios.reclamos.vencer import vencer
from nucleo.dinero import bs, cero
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.plazos import correr, fin_del_dia
from nucleo.reloj import ZONA
from tests.ayudas.carreras import cruzar
from tests.ayudas.personas import abonar
from tests.envios.reclamos.conftest import RELATO, Mesa

E, C = EstadoReclamo, ClaseReclamo


# --- The clock ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("termino", "inicio", "lugares", "ultimo"),
    [
        # La Paz, December: 1-4 (4), 7-11 (9), 14-18 (14), Monday 21 (15).
        ("envios.responder_reclamo", "2026-11-30", ["020101"], "2026-12-21"),
        # Potosí: 22 23 (2), 26-30 (7), Difuntos, 3-6 (11), 9 (12), the 10th is its own, 11 12 13 (15).
        ("envios.responder_reclamo", "2026-10-21", ["051201"], "2026-11-13"),
        # La Paz works on the 10th: a day less.
        ("envios.responder_reclamo", "2026-10-21", ["020101"], "2026-11-12"),
        # Beni: 9-13 (5), 16 17 (7), the 18th is its own, 19 20 (9), 23-27 (14), Monday 30 (15).
        ("envios.impugnar_reclamo", "2026-11-06", ["080101"], "2026-11-30"),
        # Over the year's end: 15-18 (4), 21-24 (8), Christmas, 28-31 (12), New Year, 4 5 6 (15).
        ("envios.responder_reclamo", "2026-12-14", ["020101"], "2027-01-06"),
        # Six months from the last of August: the 28th of February 2027 is a Sunday, so Monday the 1st.
        ("envios.reclamar", "2026-08-31", ["020101"], "2027-03-01"),
        # Both ends of a parcel: 5 6 (2), 9 (3), Potosí's, 11 12 13 (6), 16-19 (10).
        ("envios.dar_por_perdido", "2026-11-04", ["020101", "051201"], "2026-11-19"),
        # Thirty: December 1-31 without Christmas (22), 4-8 (27), 11 12 13 (30).
        ("envios.resolver_reclamo", "2026-11-30", ["020101"], "2027-01-13"),
    ],
)
def test_plazos_a_mano(sesion: Session, termino: str, inicio: str, lugares: list[str], ultimo: str) -> None:
    hecho = fin_del_dia(date.fromisoformat(inicio)) - timedelta(hours=9)
    computo = correr(sesion, termino, hecho, lugares)
    assert computo.ultimo_dia == date.fromisoformat(ultimo)
    assert computo.vence_en == fin_del_dia(date.fromisoformat(ultimo))
    assert computo.sin_confirmar


AHORA = datetime(2026, 11, 20, 15, tzinfo=UTC)


def hechos(**cambios: Any) -> Hechos:
    base: dict[str, Any] = {
        "estado": EstadoEnvio.EN_TRANSITO,
        "admitido_en": AHORA - timedelta(days=9),
        "entregado_en": None,
        "prometido_el": date(2026, 11, 13),
        "perdido_desde": AHORA,
        "valor_declarado": cero(),
        "porte": cero(),
        "lugar": "020101",
    }
    return Hechos(**base | cambios)


@pytest.mark.parametrize(
    ("clase", "cambios", "dice"),
    [
        (C.PERDIDA, {}, "después del 20"),
        (C.PERDIDA, {"perdido_desde": AHORA - timedelta(seconds=1)}, ""),
        (C.PERDIDA, {"estado": EstadoEnvio.ENTREGADO, "perdido_desde": AHORA - timedelta(1)}, "ya llegó"),
        (C.PERDIDA, {"admitido_en": None}, "todavía no recibió"),
        (C.DEMORA, {}, ""),
        (C.DEMORA, {"prometido_el": None}, "Nadie prometió"),
        (C.DEMORA, {"prometido_el": date(2026, 11, 20)}, "Está a tiempo"),
        (C.DEMORA, {"entregado_en": datetime(2026, 11, 14, 3, 59, tzinfo=UTC)}, "Se entregó a tiempo"),
        (C.DEMORA, {"entregado_en": datetime(2026, 11, 14, 4, tzinfo=UTC)}, ""),
        (C.DANO, {}, "cuando el paquete llegó"),
        (C.DANO, {"estado": EstadoEnvio.ENTREGADO}, ""),
        (C.PERDIDA_PARCIAL, {"estado": EstadoEnvio.DEVUELTO}, ""),
    ],
)
def test_cuando_procede(clase: ClaseReclamo, cambios: dict[str, Any], dice: str) -> None:
    por_que = procede(clase, hechos(**cambios), AHORA)
    assert (dice in por_que) if dice else por_que == ""


# --- Present ----------------------------------------------------------------------------------------------


def test_presentar_una_perdida(mesa: Mesa) -> None:
    envio = mesa.admitido()
    with pytest.raises(TodaviaNo, match="Todavía se lo busca"):
        mesa.presentar(envio)
    mesa.reloj.adelantar(timedelta(days=30, minutes=1))
    fila = mesa.leer(mesa.presentar(envio))
    assert (fila.estado, fila.pedido, fila.tope_contenido) == (E.PRESENTADO, bs("250.50"), bs("370"))
    assert (fila.valor_declarado, fila.porte, fila.tope_porte) == (cero(), cero(), cero())
    assert not fila.fuera_de_plazo
    assert fila.vence_en is not None
    local = fila.vence_en.astimezone(ZONA)
    assert (local.hour, local.minute, local.second) == (23, 59, 59)
    with pytest.raises(ReclamoRepetido):
        mesa.presentar(envio)
    mesa.comprobar()


def test_quien_no_tiene_parte_no_reclama(mesa: Mesa) -> None:
    envio = mesa.perdido()
    datos: dict[str, Any] = {"relato": RELATO, "pedido": bs(10), "id": nuevo_id()}
    for quien, error in (
        (mesa.reparto.ajeno, EnvioNoEncontrado),
        (mesa.reparto.ana, SinFacultad),  # who receives complains in the shop
        (mesa.reparto.cartero, SinFacultad),
    ):
        with pytest.raises(error):
            mesa.hacer(reclamar.presentar, quien, envio.id, C.PERDIDA, **datos)


@pytest.mark.parametrize(
    ("cambios", "campo"),
    [({"relato": "Nada."}, "relato"), ({"pedido": "0"}, "pedido"), ({"pedido": "-1"}, "pedido")],
)
def test_datos_que_faltan(mesa: Mesa, cambios: dict[str, Any], campo: str) -> None:
    envio = mesa.entregado()
    with pytest.raises(DatosInvalidos) as falta:
        mesa.presentar(envio, C.DANO, **cambios)
    assert list(falta.value.campos or {}) == [campo]


def test_tarde_por_un_plazo_sin_confirmar_se_recibe_igual(mesa: Mesa) -> None:
    envio = mesa.entregado()
    mesa.reloj.adelantar(timedelta(days=220))
    assert mesa.leer(mesa.presentar(envio, C.DANO)).fuera_de_plazo


def test_dos_a_la_vez(mesa: Mesa) -> None:
    envio = mesa.perdido()
    quien, datos = mesa.actor(mesa.reparto.vendedora), {"relato": RELATO, "pedido": bs(10)}

    def uno(sesion: Session) -> None:
        reclamar.presentar(sesion, quien, envio.id, C.PERDIDA, id=nuevo_id(), **datos)

    assert isinstance(cruzar(uno, uno), ReclamoRepetido)


# --- The operator -----------------------------------------------------------------------------------------


def test_el_operador_acepta(mesa: Mesa) -> None:
    reclamo = mesa.presentar(mesa.perdido(), pedido="400")
    with pytest.raises(SinFacultad):
        mesa.hacer(responder.aceptar, mesa.reparto.cartero, reclamo, "Se perdió en tránsito.")
    with pytest.raises(DatosInvalidos):
        mesa.hacer(responder.aceptar, mesa.jefa, reclamo, "  ")
    assert (mesa.leer(reclamo).estado, mesa.debe(reclamo)) == (E.PRESENTADO, None)
    mesa.hacer(responder.aceptar, mesa.jefa, reclamo, "Se perdió en tránsito.")
    assert (mesa.leer(reclamo).estado, mesa.debe(reclamo)) == (E.ACEPTADO, "370.00")
    assert mesa.decisiones(reclamo) == [("operador", "favor", "370.00")]
    with pytest.raises(ReclamoNoAdmite):
        mesa.hacer(responder.rechazar, mesa.jefa, reclamo, "No.")
    mesa.comprobar()


def test_el_silencio_del_operador_lo_condena(mesa: Mesa) -> None:
    reclamo = mesa.presentar(mesa.perdido())
    vence = mesa.leer(reclamo).vence_en
    assert vence is not None
    mesa.reloj.situar(vence - timedelta(seconds=2))
    assert vencer_reclamos() == 0
    mesa.reloj.situar(vence + timedelta(milliseconds=1))
    with pytest.raises(ReclamoVencido):  # the sweep has not come by, and it is late all the same
        mesa.hacer(responder.rechazar, mesa.jefa, reclamo, "No.")
    assert mesa.decisiones(reclamo) == []
    assert vencer_reclamos() == 1
    assert vencer_reclamos() == 0
    assert (mesa.leer(reclamo).estado, mesa.debe(reclamo)) == (E.ACEPTADO, "250.50")
    assert mesa.decisiones(reclamo) == [("silencio", "favor", "250.50")]
    mesa.comprobar()


def test_responder_y_vencer_a_la_vez(mesa: Mesa) -> None:
    """The answer came in time and holds the claim; the sweep, a moment later, finds it answered."""
    reclamo = mesa.presentar(mesa.perdido())
    jefa = mesa.actor(mesa.jefa)
    hechos: list[bool] = []
    falla = cruzar(
        lambda s: responder.rechazar(s, jefa, reclamo, "Se entregó en otra dirección.", bs(100)),
        lambda s: hechos.append(vencer(s, reclamo)),
    )
    assert (falla, hechos) == (None, [False])
    assert mesa.leer(reclamo).estado == E.RECHAZADO
    # And the other way round, with the term over: the sweep first, the answer finds it decided.
    otro = mesa.presentar(mesa.perdido())
    vence = mesa.leer(otro).vence_en
    assert vence is not None
    mesa.reloj.situar(vence + timedelta(seconds=1))
    tarde = cruzar(lambda s: vencer(s, otro), lambda s: responder.aceptar(s, jefa, otro, "Sí."))
    assert isinstance(tarde, ReclamoNoAdmite)
    assert mesa.decisiones(otro) == [("silencio", "favor", "250.50")]


def test_un_mensaje_del_operador_lo_pone_en_revision(mesa: Mesa) -> None:
    reclamo = mesa.presentar(mesa.perdido())
    mesa.hacer(escribir, mesa.reparto.vendedora, reclamo, "¿Hay novedades?")
    assert mesa.leer(reclamo).estado == E.PRESENTADO
    mesa.hacer(escribir, mesa.reparto.cartero, reclamo, "Lo buscamos en Sorata.")
    fila = mesa.leer(reclamo)
    assert (fila.estado, fila.revisado_en is not None) == (E.EN_REVISION, True)
    for quien in (mesa.reparto.ajeno, mesa.autoridad):
        with pytest.raises(ReclamoNoEncontrado):
            mesa.hacer(escribir, quien, reclamo, "Hola")


# --- An offer, and the authority ----------------------------------------------------------------------------


def rechazado(mesa: Mesa, ofrece: str | None = None) -> Any:
    reclamo = mesa.presentar(mesa.perdido())
    oferta = bs(ofrece) if ofrece else None
    mesa.hacer(responder.rechazar, mesa.jefa, reclamo, "Venía mal embalado.", oferta)
    return reclamo


def pasar_el_plazo(mesa: Mesa, reclamo: Any) -> None:
    vence = mesa.leer(reclamo).vence_en
    assert vence is not None
    mesa.reloj.situar(vence + timedelta(seconds=1))
    assert vencer_reclamos() == 1


def test_lo_ofrecido_se_acepta(mesa: Mesa) -> None:
    reclamo = rechazado(mesa, "100")
    mesa.hacer(reclamar.aceptar_oferta, mesa.reparto.vendedora, reclamo)
    assert (mesa.leer(reclamo).estado, mesa.debe(reclamo)) == (E.ACEPTADO, "100.00")
    mesa.comprobar()


@pytest.mark.parametrize(
    ("ofrece", "estado", "debe"), [("100", E.ACEPTADO, "100.00"), (None, E.CERRADO, None)]
)
def test_quien_no_impugna_se_conforma(mesa: Mesa, ofrece: str | None, estado: E, debe: str | None) -> None:
    reclamo = rechazado(mesa, ofrece)
    pasar_el_plazo(mesa, reclamo)
    assert (mesa.leer(reclamo).estado, mesa.debe(reclamo)) == (estado, debe)
    mesa.comprobar()


@pytest.mark.parametrize("ofrece", ["250.50", "9999"])
def test_no_se_ofrece_todo(mesa: Mesa, ofrece: str) -> None:
    with pytest.raises(DatosInvalidos, match="Ofrezca menos"):
        rechazado(mesa, ofrece)


def test_la_autoridad_resuelve(mesa: Mesa) -> None:
    reclamo = rechazado(mesa, "100")
    with pytest.raises(ReclamoNoEncontrado):  # it sees only what was taken to it
        mesa.hacer(resolver.resolver, mesa.autoridad, reclamo, motivos="Sí.", contenido=bs(200))
    mesa.hacer(reclamar.impugnar, mesa.reparto.vendedora, reclamo, "El embalaje era el de siempre.")
    for quien in (mesa.jefa, mesa.reparto.vendedora):
        with pytest.raises(SinFacultad):
            mesa.hacer(resolver.resolver, quien, reclamo, motivos="Sí.", contenido=bs(200))
    with pytest.raises(DatosInvalidos, match="Lo más que se puede"):
        mesa.hacer(resolver.resolver, mesa.autoridad, reclamo, motivos="Sí.", contenido=bs("250.51"))
    assert (mesa.leer(reclamo).estado, mesa.debe(reclamo)) == (E.ANTE_REGULADOR, None)
    mesa.hacer(resolver.resolver, mesa.autoridad, reclamo, motivos="Consta el embalaje.", contenido=bs(200))
    assert (mesa.leer(reclamo).estado, mesa.debe(reclamo)) == (E.RESUELTO, "200.00")
    assert mesa.decisiones(reclamo) == [("operador", "parte", "100.00"), ("regulador", "favor", "200.00")]
    mesa.comprobar()


@pytest.mark.parametrize(
    ("ofrece", "estado", "debe"), [("100", E.ACEPTADO, "100.00"), (None, E.CERRADO, None)]
)
def test_el_silencio_de_la_autoridad(mesa: Mesa, ofrece: str | None, estado: E, debe: str | None) -> None:
    reclamo = rechazado(mesa, ofrece)
    mesa.hacer(reclamar.impugnar, mesa.reparto.vendedora, reclamo, "No es cierto.")
    pasar_el_plazo(mesa, reclamo)
    assert (mesa.leer(reclamo).estado, mesa.debe(reclamo)) == (estado, debe)
    mesa.comprobar()


def test_impugnar_tarde_o_antes_de_la_respuesta(mesa: Mesa) -> None:
    nuevo = mesa.presentar(mesa.perdido())
    with pytest.raises(ReclamoNoAdmite, match="todavía tiene plazo"):
        mesa.hacer(reclamar.impugnar, mesa.reparto.vendedora, nuevo, "Ya.")
    reclamo = rechazado(mesa)
    vence = mesa.leer(reclamo).vence_en
    assert vence is not None
    mesa.reloj.situar(vence + timedelta(milliseconds=1))
    with pytest.raises(ReclamoVencido):
        mesa.hacer(reclamar.impugnar, mesa.reparto.vendedora, reclamo, "Tarde.")
    assert mesa.leer(reclamo).impugnado_en is None


# --- What turns up, what is taken back, what is paid once ---------------------------------------------------


@pytest.mark.parametrize("despierta", [entregar_pendientes, vencer_reclamos])
def test_lo_que_aparece_deja_el_reclamo_sin_objeto(mesa: Mesa, despierta: Callable[[], Any]) -> None:
    envio = mesa.perdido()
    reclamo = mesa.presentar(envio)
    mesa.evento(envio, "EMI")
    with pytest.raises(ReclamoNoAdmite, match="ya llegó"):
        mesa.hacer(responder.aceptar, mesa.jefa, reclamo, "Sí.")
    if despierta is vencer_reclamos:
        vence = mesa.leer(reclamo).vence_en
        assert vence is not None
        mesa.reloj.situar(vence + timedelta(seconds=1))
    despierta()
    assert (mesa.leer(reclamo).estado, mesa.debe(reclamo)) == (E.SIN_OBJETO, None)
    assert mesa.leer(mesa.presentar(envio, C.DANO)).estado == E.PRESENTADO
    mesa.comprobar()


def test_se_retira_y_se_vuelve_a_presentar(mesa: Mesa) -> None:
    envio = mesa.perdido()
    reclamo = mesa.presentar(envio)
    with pytest.raises(SinFacultad):
        mesa.hacer(reclamar.retirar, mesa.jefa, reclamo)
    mesa.hacer(reclamar.retirar, mesa.reparto.vendedora, reclamo)
    assert mesa.leer(reclamo).estado == E.RETIRADO
    mesa.presentar(envio)
    mesa.comprobar()


def test_dos_reclamos_no_pagan_dos_veces(mesa: Mesa) -> None:
    """Damage and a part missing, both by silence: the second one is owed what is left of the ceiling."""
    envio = mesa.entregado()
    uno = mesa.presentar(envio, C.DANO, pedido="300")
    otro = mesa.presentar(envio, C.PERDIDA_PARCIAL, pedido="300")
    mesa.reloj.adelantar(timedelta(days=40))
    assert vencer_reclamos() == 2
    assert [mesa.debe(r) for r in (uno, otro)] == ["300.00", "70.00"]
    mesa.comprobar()


@pytest.mark.parametrize(
    ("acepta", "resto", "estado"), [("370", None, E.CERRADO), ("170", "200.00", E.ACEPTADO)]
)
@pytest.mark.parametrize("como", ["conforme", "plazo", "autoridad"])
def test_lo_ofrecido_es_lo_que_queda(
    mesa: Mesa, acepta: str, resto: str | None, estado: E, como: str
) -> None:
    """Bs 300 were offered of one claim; then the other one of the item took all of it, or a part."""
    envio = mesa.entregado()
    uno = mesa.presentar(envio, C.DANO, pedido="370")
    otro = mesa.presentar(envio, C.PERDIDA_PARCIAL, pedido=acepta)
    mesa.hacer(responder.rechazar, mesa.jefa, uno, "No todo se dañó.", bs("300"))
    mesa.hacer(responder.aceptar, mesa.jefa, otro, "Es cierto.")
    if como == "conforme":
        mesa.hacer(reclamar.aceptar_oferta, mesa.reparto.vendedora, uno)
    elif como == "autoridad":
        mesa.hacer(reclamar.impugnar, mesa.reparto.vendedora, uno, "Se dañó todo.")
    mesa.reloj.adelantar(timedelta(days=90))
    vencer_reclamos()
    assert (mesa.leer(uno).estado, mesa.debe(uno)) == (estado, resto)
    mesa.comprobar()


def test_decidir_sin_nada_que_pagar_cierra(mesa: Mesa) -> None:
    envio = mesa.entregado()
    uno = mesa.presentar(envio, C.DANO, pedido="370")
    otro = mesa.presentar(envio, C.PERDIDA_PARCIAL, pedido="10")
    mesa.reloj.adelantar(timedelta(days=40))
    assert vencer_reclamos() == 2
    assert [(mesa.leer(r).estado, mesa.debe(r)) for r in (uno, otro)] == [
        (E.ACEPTADO, "370.00"),
        (E.CERRADO, None),
    ]
    mesa.comprobar()


# --- The database alone -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentencia",
    [
        "UPDATE envios_reclamo_decision SET contenido = 1",
        "DELETE FROM envios_reclamo_decision",
        "UPDATE envios_indemnizacion SET contenido = 1",
        "DELETE FROM envios_indemnizacion",
        "UPDATE envios_reclamo_mensaje SET texto = 'otra cosa'",
        "UPDATE envios_reclamo SET pedido = 1",
        "UPDATE envios_reclamo SET tope_contenido = 99999",
        "UPDATE envios_regla_de_reclamo SET piso = 1",
        "UPDATE envios_reclamo SET estado = 'cerrado', terminado_en = nucleo_ahora()",
        "INSERT INTO envios_reclamo_decision (id, reclamo_id, quien, sentido, motivos, contenido, porte,"
        " decidido_por, decidido_en) SELECT gen_random_uuid(), id, 'regulador', 'favor', 'x', 1, 0, 'x',"
        " nucleo_ahora() FROM envios_reclamo",
    ],
)
def test_la_aplicacion_no_puede(mesa: Mesa, sesion: Session, sentencia: str) -> None:
    reclamo = mesa.presentar(mesa.perdido())
    mesa.hacer(responder.aceptar, mesa.jefa, reclamo, "Se perdió.")
    with pytest.raises(DBAPIError):
        sesion.connection().execute(text(sentencia))
    sesion.rollback()
    assert (mesa.leer(reclamo).estado, mesa.debe(reclamo)) == (E.ACEPTADO, "250.50")


def test_ni_el_duenio_de_la_base_debe_dos_veces(mesa: Mesa, duenio: Engine) -> None:
    envio = mesa.entregado()
    uno = mesa.presentar(envio, C.DANO, pedido="370")
    otro = mesa.presentar(envio, C.PERDIDA_PARCIAL, pedido="300")
    mesa.hacer(responder.aceptar, mesa.jefa, uno, "Sí.")
    decide = text(
        "INSERT INTO envios_reclamo_decision (id, reclamo_id, quien, sentido, motivos, contenido, porte,"
        " decidido_por, decidido_en) VALUES (:id, :id, 'operador', 'favor', 'x', 100, 0, 'x', nucleo_ahora())"
    )
    debe = text(
        "INSERT INTO envios_indemnizacion SELECT id, id, envio_id, beneficiario_parte_id, 100, 0,"
        " nucleo_ahora() FROM envios_reclamo WHERE id = :id"
    )
    with duenio.begin() as conexion:
        conexion.execute(decide, {"id": otro})
        with pytest.raises(DBAPIError, match="ya se indemnizó"):
            conexion.execute(debe, {"id": otro})
    assert mesa.debe(otro) is None


def test_si_el_programa_se_equivoca_la_base_no(mesa: Mesa, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that forgets what was paid already is stopped, and nothing of its act stays."""
    envio = mesa.entregado()
    uno = mesa.presentar(envio, C.DANO, pedido="300")
    otro = mesa.presentar(envio, C.PERDIDA_PARCIAL, pedido="300")
    mesa.hacer(responder.aceptar, mesa.jefa, uno, "Sí.")
    monkeypatch.setattr(responder, "remanente", lambda _sesion, r: (r.pedido, r.tope_porte))
    with pytest.raises(DBAPIError, match="ya se indemnizó este envío"):
        mesa.hacer(responder.aceptar, mesa.jefa, otro, "Sí.")
    assert (mesa.leer(otro).estado, mesa.debe(otro), mesa.decisiones(otro)) == (E.PRESENTADO, None, [])


# --- Paid -------------------------------------------------------------------------------------------------


def test_se_paga_con_lo_que_tiene_el_operador(mesa: Mesa) -> None:
    """At once what its account has; the rest is a debt, and the claim is paid when it is settled."""
    operador, tienda = mesa.cuenta(mesa.reparto.correos_id), mesa.cuenta(mesa.reparto.tienda_id)
    abonar(mesa.operador, "200")
    reclamo = mesa.presentar(mesa.perdido())
    mesa.hacer(responder.aceptar, mesa.jefa, reclamo, "Se perdió.")
    assert (mesa.leer(reclamo).estado, mesa.saldo(tienda)) == (E.ACEPTADO, bs(200))
    mesa.comprobar()
    abonar(mesa.operador, "50.50")
    mesa.reloj.adelantar(timedelta(days=7))
    cobrar_vencidas()
    entregar_pendientes()
    assert (mesa.leer(reclamo).estado, mesa.saldo(tienda), mesa.saldo(operador)) == (
        E.PAGADO,
        bs("250.50"),
        cero(),
    )
    mesa.comprobar()


def test_con_fondos_se_paga_al_aceptar(mesa: Mesa) -> None:
    abonar(mesa.operador, "300")
    reclamo = mesa.presentar(mesa.perdido())
    mesa.hacer(responder.aceptar, mesa.jefa, reclamo, "Se perdió.")
    fila = mesa.leer(reclamo)
    assert (fila.estado, fila.terminado_en is not None) == (E.PAGADO, True)
    assert mesa.saldo(mesa.cuenta(mesa.reparto.tienda_id)) == bs("250.50")
    entregar_pendientes()
    assert mesa.leer(reclamo).version == fila.version
    mesa.comprobar()
