"""The mailbox: delivery, order, who may read, and the proof of reading that nobody can rewrite."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from ciudadania import Persona, buzon, contar_sin_leer, notificar
from ciudadania.modelos import Lectura, Notificacion
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.errores import NoEncontrado
from nucleo.ids import nuevo_id
from nucleo.paginacion import CursorPedido

UNIDAD = UUID("018f0000-0000-7000-8000-000000000001")


@pytest.fixture
def ana(crear_persona: Any) -> Persona:
    persona: Persona = crear_persona("Ana")
    return persona


@pytest.fixture
def luis(crear_persona: Any) -> Persona:
    persona: Persona = crear_persona("Luis")
    return persona


@pytest.fixture
def representan(monkeypatch: pytest.MonkeyPatch) -> set[UUID | None]:
    """People in this set represent `UNIDAD`, as the registry would say."""
    quienes: set[UUID | None] = set()

    def unidades(_sesion: Session, actor: Actor) -> dict[UUID, str]:
        return {UNIDAD: "Tejidos Wara (demostración)"} if actor.persona_id in quienes else {}

    monkeypatch.setattr(buzon, "_unidades_del_actor", unidades)
    return quienes


def _notificar(*args: Any, **datos: Any) -> UUID:
    with transaccion() as sesion:
        return notificar(sesion, *args, **datos)


def _asuntos(sesion: Session, actor: Actor, **opciones: Any) -> list[str]:
    filas, _ = buzon.listar(sesion, actor, CursorPedido(None, 100), **opciones)
    return [fila.asunto for fila in filas]


def test_entregar_y_leer(sesion: Session, ana: Persona, actor_de: Any, reloj: Any) -> None:
    fila = _notificar(persona_id=ana.id, asunto="Llegó", cuerpo="Su pedido llegó.", enlace="/pedidos/1")
    actor = actor_de(ana)
    assert contar_sin_leer(sesion, actor) == 1
    lectura = buzon.leer(sesion, actor, fila)
    sesion.commit()
    assert lectura.persona_id == ana.id
    assert contar_sin_leer(sesion, actor) == 0
    reloj.adelantar(timedelta(hours=1))
    sesion.rollback()
    assert buzon.leer(sesion, actor, fila).leido_en == lectura.leido_en  # the first proof stays
    leida = sesion.get(Notificacion, fila)
    assert leida is not None
    assert leida.leido_en == lectura.leido_en
    assert len(buzon.lecturas(sesion, fila)) == 1


def test_leer_todo(sesion: Session, ana: Persona, luis: Persona, actor_de: Any, reloj: Any) -> None:
    """A proof for each; what was read before keeps its own, what is another's stays unread."""
    leida, nueva = (_notificar(persona_id=ana.id, asunto=f"Aviso {n}") for n in range(2))
    ajena = _notificar(persona_id=luis.id, asunto="De otra persona")
    primera = buzon.leer(sesion, actor_de(ana), leida).leido_en
    sesion.commit()
    reloj.adelantar(timedelta(hours=1))
    for _vez in range(2):
        buzon.leer_todo(sesion, actor_de(ana))
    sesion.commit()
    pruebas = [[prueba.leido_en for prueba in buzon.lecturas(sesion, n)] for n in (leida, nueva, ajena)]
    assert pruebas[0] == [primera]
    assert len(pruebas[1]) == 1
    assert pruebas[1][0] - primera >= timedelta(hours=1)
    assert pruebas[2] == []
    assert contar_sin_leer(sesion, actor_de(luis)) == 1


def test_lo_ajeno_no_existe(sesion: Session, ana: Persona, luis: Persona, actor_de: Any) -> None:
    fila = _notificar(persona_id=ana.id, asunto="Personal", cuerpo="x")
    for funcion in (buzon.obtener, buzon.leer):
        with pytest.raises(NoEncontrado):
            funcion(sesion, actor_de(luis), fila)
    assert _asuntos(sesion, actor_de(luis)) == []
    assert sesion.exec(select(Lectura)).all() == []


def test_primero_lo_que_falta_leer(sesion: Session, ana: Persona, actor_de: Any, reloj: Any) -> None:
    actor, filas = actor_de(ana), []
    for n in range(5):
        filas.append(_notificar(persona_id=ana.id, asunto=f"n{n}", cuerpo="x"))
        reloj.adelantar(timedelta(seconds=1))
    for n in (1, 3, 4):
        buzon.leer(sesion, actor, filas[n])
    sesion.commit()
    assert _asuntos(sesion, actor) == ["n2", "n0", "n4", "n3", "n1"]
    assert _asuntos(sesion, actor, solo_sin_leer=True) == ["n2", "n0"]
    vistas: list[str] = []
    cursor: str | None = None
    for _ in range(3):
        pagina, cursor = buzon.listar(sesion, actor, CursorPedido(cursor, 2))
        vistas += [fila.asunto for fila in pagina]
    assert cursor is None
    assert vistas == ["n2", "n0", "n4", "n3", "n1"]


def test_el_buzon_de_la_unidad_lo_lee_cualquier_representante(
    sesion: Session, ana: Persona, luis: Persona, actor_de: Any, representan: set[UUID | None], reloj: Any
) -> None:
    representan |= {ana.id, luis.id}
    fila = _notificar(unidad_id=UNIDAD, asunto="A la unidad", cuerpo="x")
    assert _asuntos(sesion, actor_de(ana)) == _asuntos(sesion, actor_de(luis)) == ["A la unidad"]
    primera = buzon.leer(sesion, actor_de(luis), fila)
    sesion.commit()
    reloj.adelantar(timedelta(minutes=1))
    sesion.rollback()
    assert contar_sin_leer(sesion, actor_de(ana)) == 0  # the unit has been notified
    buzon.leer(sesion, actor_de(ana), fila)
    sesion.commit()
    pruebas = buzon.lecturas(sesion, fila)
    assert [p.persona_id for p in pruebas] == [luis.id, ana.id]
    leida = sesion.get(Notificacion, fila)
    assert leida is not None
    assert leida.leido_en == primera.leido_en
    representan.discard(ana.id)
    with pytest.raises(NoEncontrado):
        buzon.obtener(sesion, actor_de(ana), fila)


def test_lo_personal_sobre_una_unidad_es_de_la_persona(
    sesion: Session, ana: Persona, luis: Persona, actor_de: Any, representan: set[UUID | None]
) -> None:
    representan |= {ana.id, luis.id}
    _notificar(persona_id=ana.id, unidad_id=UNIDAD, asunto="Su mandato", cuerpo="x")
    assert _asuntos(sesion, actor_de(ana)) == ["Su mandato"]
    assert _asuntos(sesion, actor_de(luis)) == []


def test_dos_representantes_a_la_vez_dejan_dos_pruebas_y_una_fecha(
    sesion: Session, ana: Persona, luis: Persona, actor_de: Any, representan: set[UUID | None]
) -> None:
    representan |= {ana.id, luis.id}
    fila = _notificar(unidad_id=UNIDAD, asunto="A la unidad", cuerpo="x")
    barrera, errores = threading.Barrier(2), []

    def leer(persona: Persona) -> None:
        try:
            with transaccion() as propia:
                buzon.obtener(propia, actor_de(persona), fila)
                barrera.wait(5)
                buzon.leer(propia, actor_de(persona), fila)
        except Exception as error:
            errores.append(error)

    hilos = [threading.Thread(target=leer, args=(p,)) for p in (ana, luis)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(10)
    assert errores == []
    pruebas = buzon.lecturas(sesion, fila)
    assert {p.persona_id for p in pruebas} == {ana.id, luis.id}
    leida = sesion.get(Notificacion, fila)
    assert leida is not None
    assert leida.leido_en in {p.leido_en for p in pruebas}


@pytest.mark.parametrize(
    "orden",
    [
        "UPDATE ciudadania_notificacion SET cuerpo = 'otro'",
        "UPDATE ciudadania_notificacion SET leido_en = NULL",
        "UPDATE ciudadania_notificacion SET leido_en = leido_en - interval '1 day'",
        "DELETE FROM ciudadania_notificacion",
        "UPDATE ciudadania_lectura SET leido_en = leido_en - interval '1 day'",
        "DELETE FROM ciudadania_lectura",
    ],
)
def test_la_base_de_datos_no_deja_reescribir(
    sesion: Session, duenio: Engine, ana: Persona, actor_de: Any, orden: str
) -> None:
    fila = _notificar(persona_id=ana.id, asunto="a", cuerpo="c")
    lectura = buzon.leer(sesion, actor_de(ana), fila)
    sesion.commit()
    with duenio.connect() as conexion, pytest.raises(DBAPIError) as capturado:
        conexion.execute(text(orden))
    assert capturado.value.orig is not None
    assert getattr(capturado.value.orig, "sqlstate", None) == "23001"
    assert sesion.get(Lectura, lectura.id) is not None


@pytest.mark.parametrize("enlace", ["https://malo.test", "//malo.test", "/\\malo.test", "tienda"])
def test_un_enlace_lleva_solo_a_esta_plataforma(sesion: Session, ana: Persona, enlace: str) -> None:
    with pytest.raises(AssertionError):
        notificar(sesion, persona_id=ana.id, asunto="a", cuerpo="c", enlace=enlace)
    directa = "INSERT INTO ciudadania_notificacion (id, persona_id, asunto, cuerpo, enlace, creado_en) "
    with pytest.raises(DBAPIError):
        sesion.execute(
            text(directa + "VALUES (:i, :p, 'a', 'c', :e, nucleo_ahora())"),
            {"i": nuevo_id(), "p": ana.id, "e": enlace},
        )


def test_sin_leer_se_cuenta_hasta_cien(sesion: Session, ana: Persona, actor_de: Any) -> None:
    with transaccion() as propia:
        for _ in range(103):
            notificar(propia, persona_id=ana.id, asunto="a", cuerpo="c")
    assert contar_sin_leer(sesion, actor_de(ana)) == 100


# --- Pages and API -------------------------------------------------------------------------------


def test_paginas_del_buzon(sesion: Session, ana: Persona, sesion_web: Callable[..., Any]) -> None:
    navegador = sesion_web(ana)
    assert "Su buzón está vacío" in navegador.get("/buzon").text
    fila = _notificar(
        persona_id=ana.id, asunto="Llegó <b>", cuerpo="Línea uno\nLínea dos", enlace="/pedidos/1"
    )
    lista = navegador.get("/buzon")
    assert "Llegó &lt;b&gt;" in lista.text
    assert '<span class="contador">1' in lista.text
    adelantada = navegador.get(f"/buzon/{fila}", headers={"Sec-Purpose": "prefetch;prerender"})
    assert adelantada.status_code == 200
    assert sesion.exec(select(Lectura)).all() == []
    pagina = navegador.get(f"/buzon/{fila}")
    assert "<p>Línea dos</p>" in pagina.text
    assert 'href="/pedidos/1"' in pagina.text
    assert "por usted" in pagina.text
    assert len(sesion.exec(select(Lectura)).all()) == 1
    assert "No le falta nada por leer" in navegador.get("/buzon?ver=sin-leer").text
    assert "contador" not in navegador.get("/buzon").text


def test_la_pagina_ajena_no_existe(
    ana: Persona, luis: Persona, sesion_web: Callable[..., Any], cliente: Any
) -> None:
    fila = _notificar(persona_id=ana.id, asunto="Secreto", cuerpo="x")
    respuesta = sesion_web(luis).get(f"/buzon/{fila}")
    assert respuesta.status_code == 404
    assert "Secreto" not in respuesta.text
    assert "Luis Prueba" in respuesta.text  # an error page also knows who is signed in
    assert cliente.get(f"/buzon/{fila}").status_code == 303


def test_paginacion_de_la_pagina(ana: Persona, sesion_web: Callable[..., Any]) -> None:
    with transaccion() as propia:
        for n in range(21):
            notificar(propia, persona_id=ana.id, asunto=f"Aviso {n:02d}", cuerpo="x")
    navegador = sesion_web(ana)
    primera = navegador.get("/buzon").text
    assert primera.count('href="/buzon/') == 20
    siguiente = primera.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert navegador.get(siguiente).text.count('href="/buzon/') == 1
    assert navegador.get("/buzon?cursor=basura").status_code == 422


def test_api_del_buzon(ana: Persona, luis: Persona, token_de: Any, cliente: Any, sesion: Session) -> None:
    fila = _notificar(persona_id=ana.id, asunto="Llegó", cuerpo="x", enlace="/pedidos/1")
    de_ana = {"Authorization": f"Bearer {token_de(ana)}"}
    de_luis = {"Authorization": f"Bearer {token_de(luis)}"}
    lista = cliente.get("/api/v1/notificaciones", headers=de_ana).json()
    assert lista["siguiente"] is None
    (dato,) = lista["datos"]
    assert dato.pop("creado_en")
    assert dato == {
        "id": str(fila),
        "unidad_id": None,
        "asunto": "Llegó",
        "cuerpo": "x",
        "enlace": "/pedidos/1",
        "leido_en": None,
    }
    assert cliente.get("/api/v1/notificaciones", headers=de_luis).json()["datos"] == []
    url = f"/api/v1/notificaciones/{fila}"
    assert cliente.get(url, headers=de_luis).status_code == 404
    assert cliente.post(f"{url}/lectura", headers=de_luis).status_code == 404
    assert cliente.get(url, headers=de_ana).json()["leido_en"] is None
    assert sesion.exec(select(Lectura)).all() == []
    primera = cliente.post(f"{url}/lectura", headers=de_ana).json()
    assert primera["persona_id"] == str(ana.id)
    assert cliente.post(f"{url}/lectura", headers=de_ana).json() == primera
    assert cliente.get(url, headers=de_ana).json()["leido_en"] == primera["leido_en"]
    assert cliente.get("/api/v1/notificaciones?sin_leer=true", headers=de_ana).json()["datos"] == []
    assert cliente.get("/api/v1/notificaciones").status_code == 401
