"""The mailbox: delivery, order, who may read, and the proof of reading that nobody can rewrite."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from ciudadania import Persona, buzon, clase, consultas_buzon, contar_sin_leer, notificar
from ciudadania.consultas_buzon import Filtro
from ciudadania.modelos import Lectura, Notificacion
from ciudadania.verificar import verificar_buzon
from empresa_digital.registro import Facultad
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.errores import NoEncontrado
from nucleo.ids import nuevo_id
from nucleo.paginacion import CursorPedido
from tests.autorizacion.escena import apoderar
from tests.ayudas.personas import atender


@pytest.fixture
def ana(crear_persona: Any) -> Persona:
    persona: Persona = crear_persona("Ana")
    return persona


@pytest.fixture
def luis(crear_persona: Any) -> Persona:
    persona: Persona = crear_persona("Luis")
    return persona


@pytest.fixture
def unidad(crear_unidad: Any) -> Any:
    return crear_unidad("Tejidos Wara")


@pytest.fixture
def leen(unidad: Any, otorgar: Any) -> Callable[..., None]:
    """`leen(ana, luis)`: they hold `BUZON` of the unit."""

    def dar(*personas: Persona) -> None:
        for persona in personas:
            otorgar(unidad.id, persona, Facultad.BUZON)

    return dar


def _quitar(persona: Persona) -> None:
    """Their mandates end now."""
    with transaccion() as sesion:
        sesion.connection().execute(
            text(
                "UPDATE registro_mandato SET revocado_en = nucleo_ahora(), revocado_motivo = 'x'"
                " WHERE apoderado_persona_id = :p"
            ),
            {"p": persona.id},
        )


SUELTO = clase("prueba.suelto", "Sueltos", "%(n)s sueltos", por_objeto=True)
PAGO = clase("prueba.pago", "Pagos", "Recibió %(n)s pagos")
LEGAL = clase("prueba.legal", "Actos", legal=True)
TODO = CursorPedido(None, 100)


def _notificar(**datos: Any) -> UUID:
    with transaccion() as sesion:
        return notificar(sesion, **{"clase": SUELTO, "enlace": f"/{nuevo_id()}"} | datos)


def _asuntos(sesion: Session, actor: Actor, filtro: Filtro = Filtro()) -> list[str]:
    filas, _ = consultas_buzon.listar(sesion, actor, TODO, filtro)
    return [fila.asunto for fila in filas if fila.clase.startswith("prueba")]


def _lineas(sesion: Session, actor: Actor, filtro: Filtro = Filtro()) -> list[tuple[str, int, int]]:
    lineas, _ = consultas_buzon.lineas(sesion, actor, TODO, filtro)
    return [(linea.ultima.asunto, linea.cuantas, linea.sin_leer) for linea in lineas]


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
    assert len(consultas_buzon.lecturas(sesion, fila)) == 1


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
    pruebas = [
        [prueba.leido_en for prueba in consultas_buzon.lecturas(sesion, n)] for n in (leida, nueva, ajena)
    ]
    assert pruebas[0] == [primera]
    assert len(pruebas[1]) == 1
    assert pruebas[1][0] - primera >= timedelta(hours=1)
    assert pruebas[2] == []
    assert contar_sin_leer(sesion, actor_de(luis)) == 1


def test_lo_ajeno_no_existe(sesion: Session, ana: Persona, luis: Persona, actor_de: Any) -> None:
    fila = _notificar(persona_id=ana.id, asunto="Personal", cuerpo="x")
    for funcion in (consultas_buzon.obtener, buzon.leer):
        with pytest.raises(NoEncontrado):
            funcion(sesion, actor_de(luis), fila)
    assert _asuntos(sesion, actor_de(luis)) == []
    assert sesion.exec(select(Lectura)).all() == []


def test_lo_mas_nuevo_primero_por_paginas(sesion: Session, ana: Persona, actor_de: Any, reloj: Any) -> None:
    actor, filas = actor_de(ana), []
    for n in range(5):
        filas.append(_notificar(persona_id=ana.id, asunto=f"n{n}", cuerpo="x"))
        reloj.adelantar(timedelta(seconds=1))
    for n in (1, 3, 4):
        buzon.leer(sesion, actor, filas[n])
    sesion.commit()
    assert _asuntos(sesion, actor) == ["n4", "n3", "n2", "n1", "n0"]
    assert _asuntos(sesion, actor, Filtro(solo_sin_leer=True)) == ["n2", "n0"]
    vistas: list[str] = []
    cursor: str | None = None
    for _ in range(3):
        pagina, cursor = consultas_buzon.lineas(sesion, actor, CursorPedido(cursor, 2))
        vistas += [linea.ultima.asunto for linea in pagina]
    assert cursor is None
    assert vistas == ["n4", "n3", "n2", "n1", "n0"]


def test_doce_pagos_de_un_dia_son_una_linea_que_se_abre(
    sesion: Session, ana: Persona, luis: Persona, actor_de: Any, reloj: Any
) -> None:
    actor = actor_de(ana)
    reloj.situar(datetime(2037, 11, 28, 3, 30, tzinfo=UTC))  # the 27th in La Paz until 04:00
    for n in range(3):
        _notificar(persona_id=ana.id, asunto=f"Ayer {n}", clase=PAGO)
    _notificar(persona_id=luis.id, asunto="De Luis", clase=PAGO)
    reloj.situar(datetime(2037, 11, 28, 14, 0, tzinfo=UTC))
    for n in range(12):
        _notificar(persona_id=ana.id, asunto=f"Hoy {n:02d}", clase=PAGO)
        reloj.adelantar(timedelta(minutes=1))
    legales = [_notificar(persona_id=ana.id, asunto=f"Acto {n}", clase=LEGAL) for n in range(2)]
    assert _lineas(sesion, actor) == [
        ("Acto 1", 1, 1),
        ("Acto 0", 1, 1),
        ("Hoy 11", 12, 12),
        ("Ayer 2", 3, 3),
    ]
    assert contar_sin_leer(sesion, actor) == 4
    grupo = sesion.exec(select(Notificacion.grupo).where(Notificacion.asunto == "Hoy 03")).one()
    assert _asuntos(sesion, actor, Filtro(grupo=grupo)) == [f"Hoy {n:02d}" for n in range(11, -1, -1)]
    assert buzon.marcar_leidas(sesion, actor, grupo) == 12
    assert buzon.marcar_leidas(sesion, actor, grupo) == 0
    assert buzon.marcar_leidas(sesion, actor_de(luis), grupo) == 0
    sesion.commit()
    assert _lineas(sesion, actor)[2:] == [("Hoy 11", 12, 0), ("Ayer 2", 3, 3)]
    assert _lineas(sesion, actor, Filtro(solo_sin_leer=True))[2:] == [("Ayer 2", 3, 3)]
    # what has legal effect is not swept along
    assert buzon.marcar_leidas(sesion, actor) == 3
    sesion.commit()
    assert _lineas(sesion, actor, Filtro(solo_sin_leer=True)) == [("Acto 1", 1, 1), ("Acto 0", 1, 1)]
    assert consultas_buzon.hay_legales_sin_leer(sesion, actor)
    assert [consultas_buzon.lecturas(sesion, legal) for legal in legales] == [[], []]


def test_filtros_y_busqueda(
    sesion: Session, ana: Persona, actor_de: Any, unidad: Any, leen: Callable[..., None], reloj: Any
) -> None:
    leen(ana)
    actor = actor_de(ana)
    reloj.situar(datetime(2037, 11, 27, 14, 0, tzinfo=UTC))
    _notificar(persona_id=ana.id, asunto="Habilitación otorgada", cuerpo="Norma: RA 12/2026", clase=LEGAL)
    reloj.situar(datetime(2037, 11, 28, 14, 0, tzinfo=UTC))
    _notificar(unidad_id=unidad.id, asunto="Cobró Bs 20", cuerpo="Por mantas", clase=PAGO)
    _notificar(persona_id=ana.id, asunto="Recibió Bs 5", clase=PAGO)
    assert _asuntos(sesion, actor, Filtro(q="habilitacion")) == ["Habilitación otorgada"]
    assert _asuntos(sesion, actor, Filtro(q="manta")) == ["Cobró Bs 20"]
    assert _asuntos(sesion, actor, Filtro(q="\x00 ' & !! (")) == []
    assert _asuntos(sesion, actor, Filtro(clase="prueba.pago")) == ["Recibió Bs 5", "Cobró Bs 20"]
    assert _asuntos(sesion, actor, Filtro(legal=True)) == ["Habilitación otorgada"]
    assert _asuntos(sesion, actor, Filtro(de=unidad.id)) == ["Cobró Bs 20"]
    assert _asuntos(sesion, actor, Filtro(de=ana.id)) == ["Recibió Bs 5", "Habilitación otorgada"]
    assert _asuntos(sesion, actor, Filtro(dia=date(2037, 11, 27))) == ["Habilitación otorgada"]
    _quitar(ana)
    sesion.rollback()
    assert _asuntos(sesion, actor, Filtro(de=unidad.id)) == []
    assert _asuntos(sesion, actor, Filtro(q="mantas")) == []


def test_lo_pendiente_se_cuenta_por_un_indice(
    sesion: Session, ana: Persona, actor_de: Any, duenio: Engine
) -> None:
    """Whatever lies read in a mailbox, the number in the header costs only what waits."""
    _notificar(persona_id=ana.id, asunto="Una", clase=PAGO)
    with duenio.begin() as conexion:
        conexion.execute(
            text(
                "INSERT INTO ciudadania_notificacion (id, persona_id, clase, legal, grupo, asunto, cuerpo,"
                " creado_en, leido_en) SELECT gen_random_uuid(), :p, 'prueba.pago', false, gen_random_uuid(),"
                " 'x', '', now(), now() FROM generate_series(1, 5000)"
            ),
            {"p": ana.id},
        )
        conexion.execute(text("ANALYZE ciudadania_notificacion"))
    sentencias: list[Any] = []
    consulta = select(Notificacion.grupo).where(
        *consultas_buzon.condiciones(sesion, actor_de(ana), Notificacion, Filtro(solo_sin_leer=True))
    )
    plan = sesion.execute(
        text("EXPLAIN " + str(consulta.compile(sesion.connection(), compile_kwargs={"literal_binds": True})))
    ).scalars()
    sentencias = list(plan)
    assert "ix_ciudadania_notificacion_sin_leer" in "".join(sentencias), sentencias
    assert contar_sin_leer(sesion, actor_de(ana)) == 1


def test_el_buzon_de_la_unidad_lo_lee_cualquier_representante(
    sesion: Session,
    ana: Persona,
    luis: Persona,
    actor_de: Any,
    unidad: Any,
    leen: Callable[..., None],
    reloj: Any,
) -> None:
    leen(ana, luis)
    fila = _notificar(unidad_id=unidad.id, asunto="A la unidad", cuerpo="x")
    assert _asuntos(sesion, actor_de(ana)) == _asuntos(sesion, actor_de(luis)) == ["A la unidad"]
    primera = buzon.leer(sesion, actor_de(luis), fila)
    sesion.commit()
    reloj.adelantar(timedelta(minutes=1))
    sesion.rollback()
    assert _asuntos(sesion, actor_de(ana), Filtro(solo_sin_leer=True)) == []  # the unit has been notified
    buzon.leer(sesion, actor_de(ana), fila)
    sesion.commit()
    pruebas = consultas_buzon.lecturas(sesion, fila)
    assert [p.persona_id for p in pruebas] == [luis.id, ana.id]
    leida = sesion.get(Notificacion, fila)
    assert leida is not None
    assert leida.leido_en == primera.leido_en
    _quitar(ana)
    sesion.rollback()
    with pytest.raises(NoEncontrado):
        consultas_buzon.obtener(sesion, actor_de(ana), fila)


def test_lo_personal_sobre_una_unidad_es_de_la_persona(
    sesion: Session, ana: Persona, luis: Persona, actor_de: Any, unidad: Any, leen: Callable[..., None]
) -> None:
    leen(ana, luis)
    _notificar(persona_id=ana.id, unidad_id=unidad.id, asunto="Su mandato", cuerpo="x")
    assert _asuntos(sesion, actor_de(ana)) == ["Su mandato"]
    assert _asuntos(sesion, actor_de(luis)) == []


def test_dos_representantes_a_la_vez_dejan_dos_pruebas_y_una_fecha(
    sesion: Session, ana: Persona, luis: Persona, actor_de: Any, unidad: Any, leen: Callable[..., None]
) -> None:
    leen(ana, luis)
    fila = _notificar(unidad_id=unidad.id, asunto="A la unidad", cuerpo="x")
    barrera, errores = threading.Barrier(2), []

    def leer(persona: Persona) -> None:
        try:
            with transaccion() as propia:
                consultas_buzon.obtener(propia, actor_de(persona), fila)
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
    pruebas = consultas_buzon.lecturas(sesion, fila)
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
        "UPDATE ciudadania_notificacion SET legal = NOT legal",
        "UPDATE ciudadania_notificacion SET clase = 'otra'",
        "UPDATE ciudadania_notificacion SET grupo = gen_random_uuid()",
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


def test_no_hay_lectura_sin_su_constancia_ni_constancia_de_otra_persona(
    sesion: Session, duenio: Engine, ana: Persona, luis: Persona
) -> None:
    """Also for who owns the database: "read" is what a proof says, and a person's own only they read."""
    fila = _notificar(persona_id=ana.id, asunto="a", clase=LEGAL)
    ordenes = (
        "UPDATE ciudadania_notificacion SET leido_en = nucleo_ahora()",
        "INSERT INTO ciudadania_lectura (id, notificacion_id, persona_id, leido_en)"
        f" VALUES (gen_random_uuid(), '{fila}', '{luis.id}', nucleo_ahora())",
    )
    for orden in ordenes:
        with duenio.connect() as conexion, pytest.raises(DBAPIError) as capturado:
            conexion.execute(text(orden))
        assert getattr(capturado.value.orig, "sqlstate", None) == "23001"
    assert sesion.exec(select(Lectura)).all() == []


def test_la_prueba_de_una_unidad_dice_sus_mandatos_y_sin_ellos_no_hay_prueba(
    sesion: Session,
    duenio: Engine,
    crear_persona: Any,
    crear_unidad: Any,
    actor_de: Any,
    unidad: Any,
    otorgar: Any,
) -> None:
    """Whoever writes it, the owner of the database too: no reading by who holds no `BUZON` of that unit."""
    ana, luis, eva = crear_persona("Ana"), crear_persona("Luis"), crear_persona("Eva")
    otorgar(unidad.id, ana, Facultad.BUZON)
    otorgar(unidad.id, luis, Facultad.DESPACHAR)
    estudio = crear_unidad("Estudio", representante=eva, facultades=["BUZON"])
    por_estudio = apoderar(unidad, ["BUZON"], unidad_id=estudio.id)
    with pytest.raises(NoEncontrado):  # the office has assigned nobody to this client
        buzon.leer(sesion, actor_de(eva), _notificar(unidad_id=unidad.id, asunto="Antes", clase=LEGAL))
    with transaccion() as propia:
        atender(propia, por_estudio, eva)
    fila = _notificar(unidad_id=unidad.id, asunto="Resolución", clase=LEGAL)
    de_ana, de_eva = (buzon.leer(sesion, actor_de(p), fila) for p in (ana, eva))
    sesion.commit()
    assert (len(de_ana.mandatos), len(de_eva.mandatos)) == (1, 2)
    otra = _notificar(unidad_id=unidad.id, asunto="Otra", clase=LEGAL)
    suyo = sesion.execute(
        text("SELECT id FROM registro_mandato WHERE apoderado_persona_id = :p"), {"p": luis.id}
    ).scalar_one()
    cadenas = ([], [suyo], de_ana.mandatos, de_eva.mandatos, [de_eva.mandatos[0]], [*de_eva.mandatos, suyo])
    for quien, cadena in [(luis, c) for c in cadenas] + [(eva, de_eva.mandatos[:1]), (ana, de_eva.mandatos)]:
        with duenio.connect() as conexion, pytest.raises(DBAPIError) as capturado:
            conexion.execute(
                text(
                    "INSERT INTO ciudadania_lectura (id, notificacion_id, persona_id, mandatos, leido_en)"
                    " VALUES (gen_random_uuid(), :n, :p, :m, nucleo_ahora())"
                ),
                {"n": otra, "p": quien.id, "m": cadena},
            )
        assert getattr(capturado.value.orig, "sqlstate", None) == "23001"
    assert verificar_buzon(sesion) == []
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE ciudadania_lectura DISABLE TRIGGER USER"))
        conexion.execute(
            text("UPDATE ciudadania_lectura SET persona_id = :p WHERE id = :l"),
            {"p": luis.id, "l": de_ana.id},
        )
        conexion.execute(text("ALTER TABLE ciudadania_lectura ENABLE TRIGGER USER"))
    sesion.rollback()
    assert verificar_buzon(sesion) == [f"la constancia es de quien no podía leer: {de_ana.id}"]
    _quitar(ana)
    sesion.rollback()
    with pytest.raises(NoEncontrado):
        buzon.leer(sesion, actor_de(ana), otra)
    assert consultas_buzon.lecturas(sesion, otra) == []


@pytest.mark.parametrize("enlace", ["https://malo.test", "//malo.test", "/\\malo.test", "tienda"])
def test_un_enlace_lleva_solo_a_esta_plataforma(sesion: Session, ana: Persona, enlace: str) -> None:
    with pytest.raises(AssertionError):
        notificar(sesion, persona_id=ana.id, asunto="a", cuerpo="c", enlace=enlace, clase=PAGO)
    directa = (
        "INSERT INTO ciudadania_notificacion"
        " (id, persona_id, clase, legal, grupo, asunto, cuerpo, enlace, creado_en) "
    )
    with pytest.raises(DBAPIError):
        sesion.execute(
            text(directa + "VALUES (:i, :p, 'a', false, :i, 'a', 'c', :e, nucleo_ahora())"),
            {"i": nuevo_id(), "p": ana.id, "e": enlace},
        )


def test_sin_leer_se_cuenta_hasta_cien(sesion: Session, ana: Persona, actor_de: Any) -> None:
    with transaccion() as propia:
        for n in range(103):
            notificar(propia, persona_id=ana.id, asunto="a", enlace=f"/{n}", clase=SUELTO)
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
            notificar(propia, persona_id=ana.id, asunto=f"Aviso {n:02d}", enlace=f"/{n}", clase=SUELTO)
    navegador = sesion_web(ana)
    primera = navegador.get("/buzon").text
    assert primera.count('enlace" href="/buzon/') == 20
    siguiente = primera.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert navegador.get(siguiente).text.count('enlace" href="/buzon/') == 1
    assert navegador.get("/buzon?cursor=basura").status_code == 422


def test_api_del_buzon(ana: Persona, luis: Persona, token_de: Any, cliente: Any, sesion: Session) -> None:
    fila = _notificar(persona_id=ana.id, asunto="Llegó", cuerpo="x", enlace="/pedidos/1")
    de_ana = {"Authorization": f"Bearer {token_de(ana)}"}
    de_luis = {"Authorization": f"Bearer {token_de(luis)}"}
    lista = cliente.get("/api/v1/notificaciones", headers=de_ana).json()
    assert lista["siguiente"] is None
    (dato,) = lista["datos"]
    assert dato.pop("creado_en")
    assert dato.pop("grupo")
    assert dato == {
        "id": str(fila),
        "unidad_id": None,
        "clase": "prueba.suelto",
        "legal": False,
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
