"""Saved searches: what answers them, told once whoever tells it, bounded and ended in one press."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from alertas import enviar, guardar
from alertas.consultas import alerta_visible, alertas_de, hallazgos
from alertas.emparejadores import Objeto
from alertas.emparejar import _EMPAREJAR, emparejar, emparejar_varios, parametros
from alertas.errores import AlertaNoEncontrada, DemasiadasAlertas, SinPropuesta
from alertas.modelos import ALERTAS_MAXIMAS, Alerta, Coincidencia, Frecuencia, Propuesta
from alertas.proponer import propuestas_de, responder
from ciudadania.modelos import Notificacion
from empresa_digital.registro import Facultad, SinFacultad
from empresa_digital.registro.mandatos import revocar_mandato
from empresa_digital.registro.mandatos.consultas import mandatos_para
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from nucleo.modelos import MensajeWebhook
from nucleo.paginacion import PRIMERA_PAGINA
from nucleo.webhooks import suscribir
from tests.alertas.conftest import COSAS, PROPUESTAS, Cosa, Cosas
from tests.ayudas.carreras import cruzar

Crear = Callable[..., Any]


def _avisos(sesion: Session, persona_id: UUID | None = None) -> list[str]:
    sesion.rollback()
    consulta = select(Notificacion.asunto).where(Notificacion.clase == "alertas.hallazgo")
    if persona_id is not None:
        consulta = consulta.where(Notificacion.persona_id == persona_id)
    return list(sesion.exec(consulta.order_by(col(Notificacion.creado_en), col(Notificacion.id))).all())


def test_avisa_lo_que_responde_y_nada_mas(
    sesion: Session, crear_persona: Crear, actor_de: Crear, cosas: Cosas
) -> None:
    ana = crear_persona("Ana")
    for nombre, palabras, rango in (
        ("todo", (), {}),
        ("roja", ("roja",), {}),
        ("manta roja", ("manta", "roja"), {}),
        ("barata", ("manta",), {"hasta": 500}),
        ("cara", ("manta",), {"desde": 501}),
        ("otra", ("poncho",), {}),
    ):
        cosas.alerta(actor_de(ana), *palabras, nombre=nombre, **rango)
    cosa = cosas.aparece("manta", "roja", "grande", valor=500)
    halladas = sesion.exec(
        select(Alerta.nombre)
        .join(Coincidencia, col(Coincidencia.alerta_id) == col(Alerta.id))
        .where(Coincidencia.objeto_id == cosa)
    ).all()
    assert sorted(halladas) == ["barata", "manta roja", "roja", "todo"]
    sin_precio = cosas.aparece("manta")
    halladas = sesion.exec(
        select(Alerta.nombre)
        .join(Coincidencia, col(Coincidencia.alerta_id) == col(Alerta.id))
        .where(Coincidencia.objeto_id == sin_precio)
    ).all()
    assert sorted(halladas) == ["todo"], "what asks for a price is not answered by what has none"


def test_nada_se_avisa_dos_veces(
    sesion: Session, crear_persona: Crear, actor_de: Crear, cosas: Cosas
) -> None:
    ana = crear_persona("Ana")
    cosas.alerta(actor_de(ana), "manta")
    cosa = cosas.aparece("manta", "roja")
    assert enviar.enviar_pendientes() == 1
    cosas.aparece("manta", "roja", id=cosa)  # published again
    assert enviar.enviar_pendientes() == 0
    assert _avisos(sesion, ana.id) == ["Hay novedad: manta roja"]


def test_dos_que_emparejan_y_dos_que_envian_a_la_vez_dan_un_aviso(
    sesion: Session, crear_persona: Crear, actor_de: Crear, cosas: Cosas
) -> None:
    ana = crear_persona("Ana")
    cosas.alerta(actor_de(ana), "manta")
    cosa, barrera, fallas = nuevo_id(), threading.Barrier(2), []
    COSAS[cosa] = "manta"

    def emparejar_y_enviar() -> None:
        try:
            with transaccion() as propia:
                barrera.wait(10)
                emparejar(propia, "prueba.cosas", cosa, Objeto(["manta"]))
            barrera.wait(10)
            enviar.enviar_pendientes()
        except Exception as error:
            fallas.append(error)

    hilos = [threading.Thread(target=emparejar_y_enviar) for _ in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(30)
    assert fallas == []
    assert _avisos(sesion) == ["Hay novedad: manta"]


def test_lo_mismo_de_dos_alertas_se_avisa_una_vez_al_dia(
    sesion: Session, crear_persona: Crear, crear_unidad: Crear, actor_de: Crear, cosas: Cosas, reloj: Any
) -> None:
    """Of a person, and apart of the unit that they look for; in each alert's page it is all the same."""
    reloj.situar(datetime(2037, 11, 29, 9, 0, tzinfo=UTC))  # five in the morning of La Paz
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    unidad = crear_unidad("Tejidos", representante=ana)
    suyas = [cosas.alerta(actor_de(ana), palabra) for palabra in ("manta", "roja")]
    diaria = cosas.alerta(actor_de(ana), "lana", frecuencia=Frecuencia.DIARIA, nombre="Lanas")
    for otra in ((actor_de(luis), None), (actor_de(ana), unidad.id)):
        cosas.alerta(otra[0], "manta", unidad_id=otra[1])
    cosas.aparece("manta", "roja", "lana")
    enviar.enviar_pendientes()
    reloj.situar(datetime(2037, 11, 29, 11, 1, tzinfo=UTC))  # past seven
    otra_cosa = cosas.aparece("manta")
    enviar.enviar_pendientes()
    assert sorted(_avisos(sesion, ana.id)) == ["Hay novedad: manta", "Hay novedad: manta roja lana"]
    assert len(_avisos(sesion, luis.id)) == 2
    assert len(_avisos(sesion)) == 6  # the unit's two
    assert [len(hallazgos(sesion, a, PRIMERA_PAGINA)[0]) for a in (*suyas, diaria)] == [2, 1, 1]
    reloj.situar(datetime(2037, 11, 30, 9, 0, tzinfo=UTC))
    cosas.alerta(actor_de(ana), "manta", "nueva")
    cosas.aparece("manta", "nueva", id=otra_cosa)  # another day, it may be told again
    enviar.enviar_pendientes()
    assert len(_avisos(sesion, ana.id)) == 3


def test_dos_trabajadores_a_la_vez_dan_un_aviso_de_dos_alertas(
    sesion: Session, crear_persona: Crear, actor_de: Crear, cosas: Cosas
) -> None:
    ana = crear_persona("Ana")
    una, otra = (cosas.alerta(actor_de(ana), palabra).id for palabra in ("manta", "roja"))
    cosas.aparece("manta", "roja")
    assert cruzar(lambda s: enviar._enviar(s, una), lambda s: enviar._enviar(s, otra)) is None
    assert _avisos(sesion) == ["Hay novedad: manta roja"]


@pytest.mark.parametrize(("muerte", "dichas"), [(KeyboardInterrupt, 1), (RuntimeError, 2)])
def test_quien_muere_entre_hallar_y_avisar_ni_pierde_ni_repite(
    sesion: Session,
    crear_persona: Crear,
    actor_de: Crear,
    cosas: Cosas,
    monkeypatch: pytest.MonkeyPatch,
    muerte: type[BaseException],
    dichas: int,
) -> None:
    """The second of three goes wrong: its notice is told once, later; who only fails keeps nobody waiting."""
    personas = [crear_persona(nombre) for nombre in ("Ana", "Luis", "Sofía")]
    for persona in personas:
        cosas.alerta(actor_de(persona), "manta")
    cosas.aparece("manta")
    verdadero, dichos = enviar.notificar, []

    def muere(*args: Any, **datos: Any) -> UUID:
        dichos.append(datos["persona_id"])
        if len(dichos) == 2:
            raise muerte
        return verdadero(*args, **datos)

    monkeypatch.setattr(enviar, "notificar", muere)
    with pytest.raises(muerte):
        enviar.enviar_pendientes()
    assert _avisos(sesion) == ["Hay novedad: manta"] * dichas
    assert _avisos(sesion, personas[1].id) == [], "its notice went with its transaction"
    monkeypatch.setattr(enviar, "notificar", verdadero)
    assert enviar.enviar_pendientes() == 3 - dichas
    assert [_avisos(sesion, p.id) for p in personas] == [["Hay novedad: manta"]] * 3


def test_lo_que_ya_no_se_ve_no_se_avisa(
    sesion: Session, crear_persona: Crear, actor_de: Crear, cosas: Cosas
) -> None:
    ana = crear_persona("Ana")
    alerta = cosas.alerta(actor_de(ana), "manta")
    cosa = cosas.aparece("manta")
    del COSAS[cosa]
    assert enviar.enviar_pendientes() == 0
    assert _avisos(sesion) == []
    assert hallazgos(sesion, alerta, PRIMERA_PAGINA)[0] == []


def test_la_diaria_se_avisa_junta_a_las_siete(
    sesion: Session, crear_persona: Crear, actor_de: Crear, cosas: Cosas, reloj: Any
) -> None:
    ana = crear_persona("Ana")
    reloj.situar(datetime(2037, 11, 28, 10, 59, tzinfo=UTC))  # 06:59 in La Paz
    cosas.alerta(actor_de(ana), "manta", nombre="Mantas", frecuencia=Frecuencia.DIARIA)
    cosas.aparece("manta", "uno")
    assert enviar.enviar_pendientes() == 0
    reloj.situar(datetime(2037, 11, 28, 11, 0, 30, tzinfo=UTC))
    assert enviar.enviar_pendientes() == 1
    for n in range(25):
        cosas.aparece("manta", f"n{n}")
    reloj.situar(datetime(2037, 11, 29, 10, 59, tzinfo=UTC))
    assert enviar.enviar_pendientes() == 0
    reloj.situar(datetime(2037, 11, 29, 11, 1, tzinfo=UTC))
    assert enviar.enviar_pendientes() == 1
    assert _avisos(sesion, ana.id) == ["1 novedad de «Mantas»", "25 novedades de «Mantas»"]
    cuerpo = sesion.exec(
        select(Notificacion.cuerpo).where(Notificacion.asunto == "25 novedades de «Mantas»")
    ).one()
    assert cuerpo.splitlines()[-1] == "Y 5 más en la página de su alerta."


def test_la_semanal_se_avisa_junta_el_lunes_y_no_repite_lo_dicho(
    sesion: Session, crear_persona: Crear, actor_de: Crear, cosas: Cosas, reloj: Any
) -> None:
    """What another alert of theirs told since it was found is not in it."""
    ana = crear_persona("Ana")
    reloj.situar(datetime(2037, 12, 2, 15, 0, tzinfo=UTC))  # a Wednesday
    cosas.alerta(actor_de(ana), "manta", nombre="Mantas", frecuencia=Frecuencia.SEMANAL)
    cosas.alerta(actor_de(ana), "roja", nombre="Rojas")
    cosas.alerta(actor_de(ana), "azul", nombre="Azules", frecuencia=Frecuencia.DIARIA)
    for color in ("roja", "azul", "verde"):
        cosas.aparece("manta", color)
    assert enviar.enviar_pendientes() == 1
    reloj.situar(datetime(2037, 12, 3, 11, 1, tzinfo=UTC))
    assert enviar.enviar_pendientes() == 1
    reloj.situar(datetime(2037, 12, 6, 23, 0, tzinfo=UTC))  # Sunday
    cosas.aparece("manta", "blanca")
    reloj.situar(datetime(2037, 12, 7, 10, 59, tzinfo=UTC))
    assert enviar.enviar_pendientes() == 0
    reloj.situar(datetime(2037, 12, 7, 11, 1, tzinfo=UTC))
    cosas.aparece("manta", "negra")  # of the next week
    assert enviar.enviar_pendientes() == 1
    assert _avisos(sesion, ana.id) == [
        "Hay novedad: manta roja",
        "1 novedad de «Azules»",
        "2 novedades de «Mantas»",
    ]
    reloj.situar(datetime(2037, 12, 14, 11, 1, tzinfo=UTC))
    assert enviar.enviar_pendientes() == 1
    assert _avisos(sesion, ana.id)[3:] == ["1 novedad de «Mantas»"]


def test_muchas_cosas_de_una_vez_son_las_mismas_que_una_a_una(
    sesion: Session, crear_persona: Crear, actor_de: Crear, cosas: Cosas
) -> None:
    ana = crear_persona("Ana")
    for palabras, rango in (((), {}), (("manta",), {"hasta": 500}), (("manta", "roja"), {}), (("azul",), {})):
        cosas.alerta(actor_de(ana), *palabras, **rango)
    objetos = {
        nuevo_id(): Objeto(palabras, valor)
        for palabras in ([], ["manta"], ["manta", "roja"], ["roja", "azul", "azul"])
        for valor in (None, 500, 501)
    }
    with transaccion() as propia:
        juntas = emparejar_varios(propia, "prueba.cosas", objetos)
        assert emparejar_varios(propia, "prueba.cosas", objetos) == 0
        assert emparejar_varios(propia, "prueba.cosas", {}) == 0
    pares = {(c.alerta_id, c.objeto_id) for c in sesion.exec(select(Coincidencia)).all()}
    with transaccion() as propia:
        propia.connection().execute(text("DELETE FROM alertas_coincidencia"))
        assert (
            sum(emparejar(propia, "prueba.cosas", id, o) for id, o in objetos.items()) == juntas == len(pares)
        )
    sesion.rollback()
    assert {(c.alerta_id, c.objeto_id) for c in sesion.exec(select(Coincidencia)).all()} == pares
    assert len(pares) == 12 + 2 + 3 + 3


def _propuestas(sesion: Session, actor: Actor) -> list[tuple[UUID, str]]:
    """Of this kind: other rooms, once they are there, propose too."""
    propuestas = propuestas_de(sesion, actor)
    return sorted((p.unidad_id, p.busca) for p in propuestas if p.emparejador == "prueba.cosas")


def test_a_una_unidad_se_le_propone_una_alerta_y_responde_una_vez(
    sesion: Session, crear_persona: Crear, crear_unidad: Crear, actor_de: Crear, cosas: Cosas
) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    una, otra, tercera = (crear_unidad(n, representante=ana) for n in ("Una", "Otra", "Tercera"))
    PROPUESTAS.update({u.id: Cosa(palabras=["manta"]) for u in (una, otra)})
    assert _propuestas(sesion, actor_de(ana)) == sorted([(una.id, "manta"), (otra.id, "manta")])
    assert _propuestas(sesion, actor_de(luis)) == []
    with pytest.raises(SinFacultad), transaccion() as propia:
        responder(propia, actor_de(luis), una.id, "prueba.cosas", acepta=True)
    with transaccion() as propia:
        alerta = responder(propia, actor_de(ana), una.id, "prueba.cosas", acepta=True)
        assert responder(propia, actor_de(ana), otra.id, "prueba.cosas", acepta=False) is None
    assert alerta is not None
    assert (alerta.unidad_id, alerta.frecuencia, alerta.terminos) == (una.id, "diaria", ["manta"])
    for unidad, acepta in ((una, False), (otra, True), (tercera, True)):
        with pytest.raises(SinPropuesta), transaccion() as propia:
            responder(propia, actor_de(ana), unidad.id, "prueba.cosas", acepta=acepta)
    with transaccion() as propia:
        guardar.dar_de_baja(propia, actor_de(ana), alerta.id)
    sesion.rollback()
    assert _propuestas(sesion, actor_de(ana)) == [], "it is proposed once"
    respuestas = sesion.exec(select(Propuesta.unidad_id, Propuesta.aceptada)).all()
    assert sorted(respuestas) == sorted([(una.id, True), (otra.id, False)])


def test_la_de_una_unidad_va_a_su_buzon_y_a_sus_sistemas(
    sesion: Session, crear_persona: Crear, crear_unidad: Crear, actor_de: Crear, cosas: Cosas
) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    unidad = crear_unidad("Tejidos", representante=ana, mandatos=[(luis, ["VENDER"])])
    with pytest.raises(SinFacultad):
        cosas.alerta(actor_de(luis), "manta", unidad_id=unidad.id)
    alerta = cosas.alerta(actor_de(ana), "manta", unidad_id=unidad.id, por_webhook=True, nombre="Mantas")
    with transaccion() as propia:
        suscribir(propia, unidad.id, "https://ejemplo.bo/avisos", ["AlertaConHallazgos"])
    cosa = cosas.aparece("manta")
    enviar.enviar_pendientes()
    enviar.enviar_pendientes()
    fila = sesion.exec(select(Notificacion).where(Notificacion.clase == "alertas.hallazgo")).one()
    assert (fila.unidad_id, fila.persona_id, fila.enlace) == (unidad.id, None, f"/cosas/{cosa}")
    mensaje = sesion.exec(select(MensajeWebhook)).one()
    datos = json.loads(bytes(mensaje.cuerpo))
    assert datos["type"] == "AlertaConHallazgos"
    assert datos["data"] == {
        "alerta_id": str(alerta.id),
        "nombre": "Mantas",
        "cuantos": 1,
        "hallazgos": [
            {
                "id": str(cosa),
                "titulo": "manta",
                "detalle": "Detalle",
                "url": f"http://127.0.0.1/cosas/{cosa}",
            }
        ],
    }
    with pytest.raises(AlertaNoEncontrada):
        guardar.dar_de_baja(sesion, actor_de(luis), alerta.id)
    guardar.dar_de_baja(sesion, actor_de(ana), alerta.id)


def test_guardar_dos_veces_es_guardar_una_y_hay_un_tope(
    sesion: Session, crear_persona: Crear, actor_de: Crear, cosas: Cosas
) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    primera = cosas.alerta(actor_de(ana), "p0")
    hechas: list[UUID] = []
    barrera = threading.Barrier(2)

    def otra_vez() -> None:
        barrera.wait(10)
        hechas.append(cosas.alerta(actor_de(ana), "p0").id)

    hilos = [threading.Thread(target=otra_vez) for _ in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(30)
    assert hechas == [primera.id, primera.id]
    for n in range(1, ALERTAS_MAXIMAS):
        cosas.alerta(actor_de(ana), f"p{n}")
    with pytest.raises(DemasiadasAlertas):
        cosas.alerta(actor_de(ana), "una más")
    cosas.alerta(actor_de(luis), "una más")
    assert len(sesion.exec(select(Alerta).where(Alerta.persona_id == ana.id)).all()) == ALERTAS_MAXIMAS
    with transaccion() as propia:
        guardar.dar_de_baja(propia, actor_de(ana), primera.id)
    assert cosas.alerta(actor_de(ana), "una más").lugar == primera.lugar


def test_la_base_no_deja_pasar_el_tope_ni_volver_lo_terminado(
    sesion: Session, duenio: Engine, crear_persona: Crear, actor_de: Crear, cosas: Cosas
) -> None:
    ana = crear_persona("Ana")
    alerta = cosas.alerta(actor_de(ana), "manta")
    cosas.aparece("manta")
    enviar.enviar_pendientes()
    with transaccion() as propia:
        guardar.dar_de_baja(propia, actor_de(ana), alerta.id)
    ordenes = {
        "UPDATE alertas_alerta SET baja_en = NULL, motivo_baja = NULL": "23001",
        "UPDATE alertas_coincidencia SET enviada_en = NULL": "23001",
        "UPDATE alertas_alerta SET lugar = 51": "23001",
        "INSERT INTO alertas_alerta SELECT gen_random_uuid(), persona_id, unidad_id, emparejador, criterios,"
        " nombre, terminos, ancla, desde, hasta, frecuencia, por_webhook, 51, NULL, creado_en, vence_en"
        " FROM alertas_alerta": "23514",
    }
    for orden, estado in ordenes.items():
        with duenio.connect() as conexion, pytest.raises(DBAPIError) as capturado:
            conexion.execute(text(orden))
        assert getattr(capturado.value.orig, "sqlstate", None) == estado, orden


def test_la_baja_calla_lo_que_faltaba_y_el_ano_se_acaba(
    sesion: Session, crear_persona: Crear, actor_de: Crear, cosas: Cosas, reloj: Any
) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    alerta = cosas.alerta(actor_de(ana), "manta")
    otra = cosas.alerta(actor_de(luis), "manta", nombre="Mantas")
    cosas.aparece("manta")
    with transaccion() as propia:
        guardar.dar_de_baja(propia, actor_de(ana), alerta.id)
    enviar.enviar_pendientes()
    assert _avisos(sesion, ana.id) == []
    reloj.adelantar(timedelta(days=364))
    with transaccion() as propia:
        guardar.renovar(propia, actor_de(luis), otra.id)
    reloj.adelantar(timedelta(days=2))
    assert enviar.vencer() == 0
    reloj.adelantar(timedelta(days=364))
    assert enviar.vencer() == 1
    assert enviar.vencer() == 0
    assert _avisos(sesion, luis.id) == ["Hay novedad: manta", "Terminó su alerta «Mantas»"]
    assert alertas_de(sesion, actor_de(luis), PRIMERA_PAGINA)[0] == []
    reloj.adelantar(timedelta(days=91))
    assert enviar.limpiar() == 2
    assert enviar.limpiar() == 0


def test_lo_hallado_antes_de_que_acabe_el_ano_se_avisa(
    sesion: Session, crear_persona: Crear, actor_de: Crear, cosas: Cosas, reloj: Any
) -> None:
    ana = crear_persona("Ana")
    reloj.situar(datetime(2037, 12, 5, 15, 0, tzinfo=UTC))  # a Saturday, a year before one that is a Sunday
    cosas.alerta(actor_de(ana), "manta", nombre="Mantas", frecuencia=Frecuencia.SEMANAL)
    reloj.adelantar(timedelta(days=364))
    cosas.aparece("manta")
    reloj.adelantar(timedelta(days=1))
    assert enviar.vencer() == 1
    cosas.aparece("manta", "tarde")
    reloj.adelantar(timedelta(days=1))
    assert enviar.enviar_pendientes() == 1
    assert _avisos(sesion, ana.id) == ["Terminó su alerta «Mantas»", "1 novedad de «Mantas»"]
    enlace = select(Notificacion.enlace).where(Notificacion.asunto == "1 novedad de «Mantas»")
    assert sesion.exec(enlace).one() == "/mis-alertas"


def test_cien_mil_busquedas_guardadas(
    sesion: Session, duenio: Engine, crear_persona: Crear, cosas: Cosas, contar_consultas: Crear
) -> None:
    """A new thing looks only at the searches that hang on one of its terms, in one statement."""
    ana = crear_persona("Ana")
    with duenio.begin() as conexion:
        # 50 people's worth of places: the guard of places is not what is measured here
        conexion.execute(text("DROP INDEX uq_alertas_alerta_lugar"))
        conexion.execute(
            text(
                "INSERT INTO alertas_alerta (id, persona_id, emparejador, criterios, nombre, terminos, ancla,"
                " frecuencia, por_webhook, lugar, creado_en, vence_en)"
                " SELECT gen_random_uuid(), :p, 'prueba.cosas', jsonb_build_object('n', n), 'x',"
                " ARRAY['p' || n % 5000, 'd' || n % 9], 'p' || n % 5000, 'al_momento', false, 1, now(),"
                " now() + interval '1 year' FROM generate_series(1, 100000) n"
            ),
            {"p": ana.id},
        )
        conexion.execute(text("ANALYZE alertas_alerta"))
    try:
        terminos = [f"p{n}" for n in range(0, 200, 20)] + ["d1", "*"]
        explicar = text("EXPLAIN (ANALYZE, FORMAT JSON) " + str(_EMPAREJAR))
        pide = parametros("prueba.cosas", {nuevo_id(): Objeto(terminos)})
        plan = json.dumps(sesion.connection().execute(explicar, pide).scalar_one())
        sesion.rollback()
        assert '"Index Name": "ix_alertas_alerta_ancla"' in plan
        assert '"Seq Scan"' not in plan
        with transaccion() as propia, contar_consultas() as sentencias:
            hallados = emparejar(propia, "prueba.cosas", nuevo_id(), Objeto(terminos))
        esperados = sum(n % 5000 in range(0, 200, 20) and n % 9 == 1 for n in range(1, 100_001))
        assert (hallados, len([s for s in sentencias if "alertas_" in s])) == (esperados, 1)
        assert 10 < hallados < 200
    finally:
        with duenio.begin() as conexion:
            conexion.execute(text("DELETE FROM alertas_coincidencia"))
            conexion.execute(text("DELETE FROM alertas_alerta"))
            conexion.execute(
                text(
                    "CREATE UNIQUE INDEX uq_alertas_alerta_lugar ON alertas_alerta"
                    " (coalesce(unidad_id, persona_id), lugar) WHERE baja_en IS NULL"
                )
            )


# --- Pages and API -------------------------------------------------------------------------------


def test_la_direccion_atom_de_una_alerta(
    crear_persona: Crear, actor_de: Crear, cosas: Cosas, sesion_web: Crear, nuevo_cliente: Crear
) -> None:
    ana, lector = crear_persona("Ana"), nuevo_cliente()
    alerta = cosas.alerta(actor_de(ana), "manta", nombre="Mantas")
    cosas.aparece("manta", "roja")
    navegador = sesion_web(ana)
    pagina = navegador.post(f"/mis-alertas/{alerta.id}/canal").text
    ruta = "/alertas/" + pagina.split("/alertas/")[1].split("<")[0]
    assert ruta not in navegador.get(f"/mis-alertas/{alerta.id}").text
    entradas = ET.fromstring(lector.get(ruta).content).findall("{http://www.w3.org/2005/Atom}entry")
    assert [e.findtext("{http://www.w3.org/2005/Atom}title") for e in entradas] == ["manta roja"]
    assert navegador.post(f"/mis-alertas/{alerta.id}/canal/cerrar").status_code == 303
    assert lector.get(ruta).status_code == 404


def test_paginas_de_una_alerta(crear_persona: Crear, cosas: Cosas, sesion_web: Crear) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    navegador = sesion_web(ana)
    assert "Todavía no tiene alertas" in navegador.get("/mis-alertas").text
    nueva = navegador.get('/mis-alertas/nueva?clase=prueba.cosas&criterios={"palabras":["manta"]}')
    assert "manta" in nueva.text
    datos = {"clase": "prueba.cosas", "criterios": '{"palabras":["manta"]}', "frecuencia": "diaria"}
    hecha = navegador.post("/mis-alertas", data=datos)
    assert hecha.status_code == 303
    ruta = hecha.headers["location"]
    assert navegador.post("/mis-alertas", data=datos).headers["location"] == ruta
    cosas.aparece("manta", "roja")
    vista = navegador.get(ruta).text
    assert "manta roja" in vista
    assert "Una vez al día" in vista
    assert sesion_web(luis).get(ruta).status_code == 404
    assert sesion_web(luis).post(f"{ruta}/baja").status_code == 404
    assert navegador.post(f"{ruta}/baja").headers["location"] == "/mis-alertas"
    assert navegador.get(ruta).status_code == 404
    for mala in ("clase=prueba.cosas&criterios={", "clase=prueba.cosas&criterios=[]"):
        assert navegador.get(f"/mis-alertas/nueva?{mala}").status_code == 422
    assert navegador.get("/mis-alertas/nueva?clase=no.hay").status_code == 404


def test_la_propuesta_se_responde_en_la_pagina_y_por_la_api(
    crear_persona: Crear, crear_unidad: Crear, token_de: Crear, cliente: Any, cosas: Cosas, sesion_web: Crear
) -> None:
    ana = crear_persona("Ana")
    una, otra = (crear_unidad(n, representante=ana) for n in ("Tejidos Una", "Tejidos Otra"))
    PROPUESTAS.update({u.id: Cosa(palabras=["manta"]) for u in (una, otra)})
    navegador = sesion_web(ana)
    assert navegador.get("/mis-alertas").text.count('value="prueba.cosas"') == 2
    si = {"unidad_id": str(una.id), "clase": "prueba.cosas", "acepta": "1"}
    hecha = navegador.post("/mis-alertas/propuestas", data=si)
    assert (hecha.status_code, len(hecha.headers["location"])) == (303, len("/mis-alertas/") + 36)
    repetida = navegador.post("/mis-alertas/propuestas", data=si)
    assert (repetida.status_code, "de una lista puede guardar otra" in repetida.text) == (409, True)
    cabeceras = {"Authorization": f"Bearer {token_de(ana)}"}
    propuestas = cliente.get("/api/v1/alertas/propuestas", headers=cabeceras).json()
    (queda,) = [p for p in propuestas if p["emparejador"] == "prueba.cosas"]
    assert (queda["unidad_id"], queda["criterios"]) == (str(otra.id), {"palabras": ["manta"]})
    no = {"unidad_id": str(otra.id), "emparejador": "prueba.cosas", "acepta": False}
    assert cliente.post("/api/v1/alertas/propuestas", json=no, headers=cabeceras).json() is None
    assert 'value="prueba.cosas"' not in navegador.get("/mis-alertas").text


def test_api_de_alertas(crear_persona: Crear, token_de: Crear, cliente: Any, cosas: Cosas) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    de_ana, de_luis = ({"Authorization": f"Bearer {token_de(p)}"} for p in (ana, luis))
    pedido = {"emparejador": "prueba.cosas", "criterios": {"palabras": ["manta"], "hasta": 900}}
    hecha = cliente.post("/api/v1/alertas", json=pedido, headers=de_ana)
    assert hecha.status_code == 201
    ruta = f"/api/v1/alertas/{hecha.json()['id']}"
    assert hecha.json()["criterios"] == pedido["criterios"]
    cosas.aparece("manta", valor=900)
    (hallado,) = cliente.get(f"{ruta}/hallazgos", headers=de_ana).json()["datos"]
    assert hallado["titulo"] == "manta"
    assert [a["id"] for a in cliente.get("/api/v1/alertas", headers=de_ana).json()["datos"]] == [ruta[-36:]]
    assert "/alertas/" in cliente.post(f"{ruta}/canal", headers=de_ana).json()["direccion"]
    assert cliente.get(ruta, headers=de_ana).json()["tiene_canal"] is True
    for metodo, camino in (("GET", ""), ("GET", "/hallazgos"), ("DELETE", ""), ("POST", "/renovacion")):
        assert cliente.request(metodo, ruta + camino, headers=de_luis).status_code == 404
    malo = cliente.post("/api/v1/alertas", json=pedido | {"criterios": {"hasta": "x"}}, headers=de_ana)
    assert (malo.status_code, list(malo.json()["campos"])) == (422, ["hasta"])
    assert cliente.delete(ruta, headers=de_ana).status_code == 204
    assert cliente.get(ruta, headers=de_ana).status_code == 404
    clases = {c["emparejador"] for c in cliente.get("/api/v1/alertas/clases").json()}
    assert {"comercio.productos", "feria.convocatorias"} <= clases


def test_quien_administra_la_unidad_ve_y_termina_la_que_otro_guardo(
    sesion: Session, crear_persona: Crear, crear_unidad: Crear, actor_de: Crear, cosas: Cosas, otorgar: Crear
) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    unidad = crear_unidad("Tejidos", representante=ana)
    alerta = cosas.alerta(actor_de(ana), "manta", unidad_id=unidad.id)
    assert alertas_de(sesion, actor_de(luis), PRIMERA_PAGINA)[0] == []
    otorgar(unidad.id, luis, Facultad.ADMINISTRAR)
    sesion.rollback()
    assert [a.id for a in alertas_de(sesion, actor_de(luis), PRIMERA_PAGINA)[0]] == [alerta.id]
    guardar.dar_de_baja(sesion, actor_de(luis), alerta.id)


def test_la_alerta_de_una_unidad_es_de_la_unidad(
    sesion: Session, crear_persona: Crear, crear_unidad: Crear, actor_de: Crear, cosas: Cosas, otorgar: Crear
) -> None:
    """Who saved it and administers no more neither sees nor ends it; the same search of two who administer is
    one; and it takes a place of the unit's, none of theirs."""
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    unidad = crear_unidad("Tejidos", representante=ana)
    otorgar(unidad.id, luis, Facultad.ADMINISTRAR)
    alerta = cosas.alerta(actor_de(luis), "manta", unidad_id=unidad.id)
    assert cosas.alerta(actor_de(ana), "manta", unidad_id=unidad.id).id == alerta.id
    assert [cosas.alerta(actor_de(luis), cual).lugar for cual in ("poncho", "chompa")] == [1, 2]
    with transaccion() as propia:
        (suyo,) = mandatos_para(propia, actor_de(luis))
        revocar_mandato(propia, actor_de(luis), suyo.id, "Se va")
    nombres = [a.nombre for a in alertas_de(sesion, actor_de(luis), PRIMERA_PAGINA)[0]]
    assert (len(nombres), alerta.nombre in nombres) == (2, False)
    with pytest.raises(AlertaNoEncontrada):
        alerta_visible(sesion, actor_de(luis), alerta.id)
    for hacer in (guardar.dar_de_baja, guardar.renovar, guardar.abrir_canal, guardar.cerrar_canal):
        with pytest.raises(AlertaNoEncontrada), transaccion() as propia:
            hacer(propia, actor_de(luis), alerta.id)
    sesion.rollback()
    (queda,) = alertas_de(sesion, actor_de(ana), PRIMERA_PAGINA)[0]
    assert (queda.id, queda.vence_en, queda.huella_canal) == (alerta.id, alerta.vence_en, None)
