"""Limits are dated data judged inside the transfer, on the Bolivian day and month."""

import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from sqlmodel import Session

from pagos.libro.consultas import limites_y_uso
from pagos.libro.cuentas import cuenta_de_unidad, obtener_cuenta
from pagos.libro.niveles import NIVEL_DE_CLASE, NIVELES
from tests.pagos.conftest import Libro

BASE = datetime(2031, 3, 10, 16, 0, tzinfo=UTC)  # noon in La Paz, a month the real clock will not reach soon


@pytest.fixture
def mundo(libro: Libro) -> int:
    return libro.cuenta(100_000_000, titular_tipo="unidad", tipo="comercio")


@pytest.fixture
def persona(libro: Libro, mundo: int) -> int:
    """A level-1 wallet with plenty of money that no limit counted (an adjustment)."""
    id = libro.cuenta(nivel=1)
    assert libro.mover(mundo, id, 5_000_000, codigo=103) == "ok"
    return id


def cuando(instante: datetime) -> str:
    return f"{(instante - datetime.now(UTC)).total_seconds()} s"


def probar(libro: Libro, debito: int, credito: int, monto: int, instante: datetime, **mas: Any) -> str:
    return libro.lote(
        {"debito": debito, "credito": credito, "monto": monto, **mas}, desfase=cuando(instante)
    )[0]


def uso(libro: Libro, cuenta: int) -> Any:
    return libro.conexion.execute(
        "SELECT salida_dia, salida_mes, salidas_dia, entrada_dia, entrada_mes, entradas_dia "
        "FROM pagos_cuenta WHERE id = %s",
        [cuenta],
    ).fetchone()


def test_nivel_1_por_transaccion_y_por_dia(libro: Libro, persona: int, mundo: int) -> None:
    assert probar(libro, persona, mundo, 200_001, BASE) == "limite_por_transaccion_salida"
    assert uso(libro, persona) == (0, 0, 0, 0, 0, 0)
    assert probar(libro, persona, mundo, 150_000, BASE) == "ok"
    assert probar(libro, persona, mundo, 50_001, BASE) == "limite_diario_salida"
    assert probar(libro, persona, mundo, 50_000, BASE) == "ok"
    assert probar(libro, persona, mundo, 1, BASE) == "limite_diario_salida"
    assert uso(libro, persona) == (200_000, 200_000, 2, 0, 0, 0)


def test_en_un_lote_de_varios_niveles_cada_cuenta_tiene_los_suyos(
    libro: Libro, persona: int, mundo: int
) -> None:
    """Levels 1 and 3 and an account without limits, in an order that changes level at every step."""
    firma, otra = libro.cuenta(nivel=3), libro.cuenta(nivel=3)
    assert libro.mover(mundo, firma, 10_000_000, codigo=103) == "ok"
    pasos = [
        (persona, mundo, 200_001, "limite_por_transaccion_salida"),
        (firma, mundo, 200_001, "ok"),
        (mundo, persona, 200_001, "limite_por_transaccion_entrada"),
        (mundo, firma, 200_001, "ok"),
        (firma, persona, 200_001, "limite_por_transaccion_entrada"),
        (persona, firma, 200_001, "limite_por_transaccion_salida"),
        (firma, otra, 2_000_001, "limite_por_transaccion_salida"),
        (firma, otra, 1_700_000, "ok"),
        (persona, firma, 200_000, "ok"),
        (mundo, persona, 200_000, "ok"),
        (firma, otra, 100_000, "limite_diario_salida"),
    ]

    hechas = libro.lote(
        *({"debito": d, "credito": c, "monto": m} for d, c, m, _codigo in pasos), desfase=cuando(BASE)
    )

    assert hechas == [codigo for *_paso, codigo in pasos]
    assert uso(libro, persona) == (200_000, 200_000, 1, 200_000, 200_000, 1)
    assert uso(libro, firma) == (1_900_001, 1_900_001, 2, 400_001, 400_001, 2)


def test_el_dia_cambia_a_medianoche_de_la_paz(libro: Libro, persona: int, mundo: int) -> None:
    medianoche = datetime(2031, 3, 11, 4, 0, tzinfo=UTC)
    assert probar(libro, persona, mundo, 200_000, BASE) == "ok"
    assert probar(libro, persona, mundo, 1, medianoche - timedelta(seconds=10)) == "limite_diario_salida"
    assert probar(libro, persona, mundo, 200_000, medianoche + timedelta(seconds=10)) == "ok"
    assert uso(libro, persona) == (200_000, 400_000, 1, 0, 0, 0)


def test_el_mes_tambien(libro: Libro, persona: int, mundo: int) -> None:
    for dia in range(7):
        assert probar(libro, persona, mundo, 200_000, BASE + timedelta(days=dia)) == "ok"
    assert probar(libro, persona, mundo, 1, BASE + timedelta(days=7)) == "limite_mensual_salida"
    abril = datetime(2031, 4, 1, 4, 0, 30, tzinfo=UTC)
    assert probar(libro, persona, mundo, 1, abril) == "ok"
    assert uso(libro, persona) == (1, 1, 1, 0, 0, 0)


def test_la_entrada_se_mide_aparte(libro: Libro, persona: int, mundo: int) -> None:
    assert probar(libro, mundo, persona, 200_001, BASE) == "limite_por_transaccion_entrada"
    assert probar(libro, mundo, persona, 200_000, BASE) == "ok"
    assert probar(libro, mundo, persona, 1, BASE) == "limite_diario_entrada"
    assert probar(libro, persona, mundo, 200_000, BASE) == "ok"
    assert uso(libro, persona) == (200_000, 200_000, 1, 200_000, 200_000, 1)


def test_devoluciones_y_ajustes_no_cuentan(libro: Libro, persona: int, mundo: int) -> None:
    for codigo in (100, 101, 102, 103):
        assert probar(libro, mundo, persona, 900_000, BASE, codigo=codigo) == "ok"
        assert probar(libro, persona, mundo, 900_000, BASE, codigo=codigo) == "ok"
    assert uso(libro, persona) == (0, 0, 0, 0, 0, 0)


def test_cantidades_y_limites_con_fecha(libro: Libro, mundo: int) -> None:
    """A new row takes over on its date; a level without rows uses the lower level's."""
    libro.duenio.execute(
        "INSERT INTO pagos_limite (id, nivel, direccion, por_dia, cantidad_dia, cantidad_mes, vigente_desde, "
        "norma) VALUES (%s, 3, 'salida', 100, 2, 3, '2031-03-11 04:00+00', 'Resolución de prueba')",
        [uuid.uuid4()],
    )
    persona, alto = libro.cuenta(nivel=3), libro.cuenta(nivel=9)
    for cuenta in (persona, alto):
        assert libro.mover(mundo, cuenta, 1_000_000, codigo=103) == "ok"
    for cuenta in (persona, alto):
        mundo = libro.cuenta()  # its own: time never goes back for an account
        assert probar(libro, cuenta, mundo, 150_000, BASE) == "ok"
        manana = BASE + timedelta(days=1)
        assert probar(libro, cuenta, mundo, 101, manana) == "limite_diario_salida"
        assert probar(libro, cuenta, mundo, 30, manana) == "ok"
        assert probar(libro, cuenta, mundo, 30, manana) == "ok"
        assert probar(libro, cuenta, mundo, 30, manana) == "limite_cantidad_diaria_salida"
        pasado = BASE + timedelta(days=2)
        assert probar(libro, cuenta, mundo, 30, pasado) == "limite_cantidad_mensual_salida"
    libro.duenio.execute(
        "INSERT INTO pagos_limite (id, nivel, direccion, vigente_desde, norma)"
        " VALUES (%s, 9, 'salida', '2031-03-12 04:00+00', 'Sin límites para el nivel 9 (prueba)')",
        [uuid.uuid4()],
    )
    assert probar(libro, alto, libro.cuenta(), 500_000, BASE + timedelta(days=3)) == "ok"
    assert (
        probar(libro, persona, libro.cuenta(), 1, BASE + timedelta(days=3))
        == "limite_cantidad_mensual_salida"
    )


def test_un_lote_suma_dentro_de_si(libro: Libro, persona: int, mundo: int) -> None:
    pedidos = [{"debito": persona, "credito": mundo, "monto": 60_000} for _ in range(5)]
    assert libro.lote(*pedidos, desfase=cuando(BASE)) == ["ok"] * 3 + ["limite_diario_salida"] * 2


@pytest.mark.parametrize(
    ("resolucion", "cuenta_dia", "cuenta_mes", "veces"),
    [
        ({"tipo": "confirma"}, 120_000, 120_000, 1),
        ({"tipo": "confirma", "monto": 50_000}, 50_000, 50_000, 1),
        ({"tipo": "anula"}, 0, 0, 0),
    ],
)
def test_lo_reservado_cuenta_y_lo_liberado_vuelve(
    libro: Libro, persona: int, mundo: int, resolucion: Any, cuenta_dia: int, cuenta_mes: int, veces: int
) -> None:
    id = uuid.uuid4()
    assert probar(libro, persona, mundo, 120_000, BASE, id=id, tipo="pendiente") == "ok"
    assert probar(libro, persona, mundo, 80_001, BASE) == "limite_diario_salida"
    assert libro.lote({"pendiente": id} | resolucion, desfase=cuando(BASE)) == ["ok"]
    assert uso(libro, persona) == (cuenta_dia, cuenta_mes, veces, 0, 0, 0)


def test_lo_liberado_otro_dia_vuelve_solo_al_mes(libro: Libro, persona: int, mundo: int) -> None:
    id = uuid.uuid4()
    assert probar(libro, persona, mundo, 120_000, BASE, id=id, tipo="pendiente", plazo=86_400) == "ok"
    manana = BASE + timedelta(days=1, hours=1)
    assert probar(libro, persona, mundo, 7, manana) == "ok"
    libro.conexion.execute("SELECT set_config('qhatu.desfase', %s, false)", [cuando(manana)])
    assert libro.uno("SELECT pagos_vencer()") == 1
    libro.conexion.execute("SELECT set_config('qhatu.desfase', '', false)")
    assert uso(libro, persona) == (7, 7, 1, 0, 0, 0)


def test_lo_liberado_otro_mes_no_vuelve(libro: Libro, persona: int, mundo: int) -> None:
    id = uuid.uuid4()
    assert probar(libro, persona, mundo, 120_000, BASE, id=id, tipo="pendiente") == "ok"
    abril = datetime(2031, 4, 2, 16, 0, tzinfo=UTC)
    assert probar(libro, persona, mundo, 7, abril) == "ok"
    assert libro.lote({"tipo": "anula", "pendiente": id}, desfase=cuando(abril)) == ["ok"]
    assert uso(libro, persona) == (7, 7, 1, 0, 0, 0)


def test_una_cadena_que_falla_no_gasta_limites(libro: Libro, persona: int, mundo: int) -> None:
    assert libro.lote(
        {"debito": persona, "credito": mundo, "monto": 199_000, "enlazada": True},
        {"debito": persona, "credito": mundo, "monto": 1_001},
        {"debito": persona, "credito": mundo, "monto": 200_000},
        desfase=cuando(BASE),
    ) == ["cadena_fallida", "limite_diario_salida", "ok"]
    assert uso(libro, persona) == (200_000, 200_000, 1, 0, 0, 0)


# --- Speed ----------------------------------------------------------------------------------------------


@pytest.fixture
def rapidez(libro: Libro) -> None:
    """Three payments in ten minutes, from a date on; nothing else is limited."""
    libro.duenio.execute(
        "INSERT INTO pagos_limite (id, nivel, direccion, cantidad_rapida, ventana_min, vigente_desde, norma) "
        "VALUES (gen_random_uuid(), 1, 'salida', 3, 10, '2031-01-01', 'prueba')"
    )


def test_demasiado_seguido_se_rechaza_con_su_motivo(
    libro: Libro, persona: int, mundo: int, rapidez: None
) -> None:
    for minuto in (0, 3, 6):
        assert probar(libro, persona, mundo, 10, BASE + timedelta(minutes=minuto)) == "ok"
    antes = uso(libro, persona)
    noveno = BASE + timedelta(minutes=9)
    assert probar(libro, persona, mundo, 10, noveno) == "limite_rapidez_salida"
    assert probar(libro, persona, mundo, 10, noveno, tipo="pendiente") == "limite_rapidez_salida"
    assert uso(libro, persona) == antes
    # Refunds and receiving are not payments of theirs; the window slides.
    assert probar(libro, persona, mundo, 10, noveno, codigo=100) == "ok"
    assert probar(libro, mundo, persona, 10, noveno) == "ok"
    assert probar(libro, persona, mundo, 10, BASE + timedelta(minutes=10, seconds=5)) == "ok"
    assert probar(libro, persona, mundo, 10, BASE + timedelta(minutes=12)) == "limite_rapidez_salida"
    assert probar(libro, persona, mundo, 10, BASE + timedelta(minutes=13, seconds=10)) == "ok"
    unidad = libro.cuenta(10_000, titular_tipo="unidad", tipo="comercio")
    for _ in range(6):
        assert probar(libro, unidad, mundo, 1, BASE + timedelta(minutes=20)) == "ok"


def test_en_un_lote_tambien_cuenta_lo_anterior_del_lote(
    libro: Libro, persona: int, mundo: int, rapidez: None
) -> None:
    assert probar(libro, persona, mundo, 10, BASE) == "ok"
    uno = {"debito": persona, "credito": mundo, "monto": 10}
    poco = cuando(BASE + timedelta(minutes=1))
    assert libro.lote(*[dict(uno) for _ in range(4)], desfase=poco) == [
        "ok",
        "ok",
        "limite_rapidez_salida",
        "limite_rapidez_salida",
    ]
    cadena = [dict(uno, enlazada=i < 3) for i in range(4)]
    tarde = cuando(BASE + timedelta(minutes=30))
    assert libro.lote(*cadena, desfase=tarde) == ["cadena_fallida"] * 3 + ["limite_rapidez_salida"]
    assert uso(libro, persona)[2] == 3


@pytest.mark.parametrize("tope", [None, 1_000])
def test_a_quien_no_la_tiene_o_esta_lejos_no_se_le_pregunta(
    libro: Libro, persona: int, mundo: int, tope: int | None
) -> None:
    """The question reads the account's payments: asked of everybody, a payment would cost four times more."""
    with psycopg.connect(libro.url_duenio) as duenio:
        duenio.execute(
            "INSERT INTO pagos_limite (id, nivel, direccion, cantidad_rapida, ventana_min, vigente_desde, "
            "norma) VALUES (gen_random_uuid(), 1, 'salida', %s, %s, '2025-01-01', 'prueba')",
            [tope, tope and 10],
        )
        duenio.execute(
            "CREATE OR REPLACE FUNCTION pagos_va_rapido(p_cuenta bigint, p_salidas_mes integer, "
            "p_tope integer, p_minutos smallint, p_instante timestamptz) RETURNS boolean "
            "LANGUAGE plpgsql STABLE AS $$ BEGIN RAISE 'se preguntó'; END $$"
        )
        pago = {"debito": persona, "credito": mundo, "monto": 10}
        assert libro.lote(dict(pago), conexion=duenio) == ["ok"]
        assert libro.lote(dict(pago), dict(pago), conexion=duenio) == ["ok", "ok"]
        duenio.rollback()


def test_al_cambiar_el_mes_no_se_rechaza_de_mas(
    libro: Libro, persona: int, mundo: int, rapidez: None
) -> None:
    ultimo = datetime(2031, 4, 1, 3, 59, tzinfo=UTC)
    for _ in range(3):
        assert probar(libro, persona, mundo, 10, ultimo) == "ok"
    for minutos, esperado in ((2, "ok"), (2, "ok"), (2, "ok"), (3, "limite_rapidez_salida"), (20, "ok")):
        assert probar(libro, persona, mundo, 10, ultimo + timedelta(minutes=minutos)) == esperado


def test_a_la_vez_no_se_cuelan(libro: Libro, persona: int, mundo: int, rapidez: None) -> None:
    """Eight connections press at once: exactly three pass, whatever waits for whom."""
    barrera, salidas = threading.Barrier(8), []

    def correr() -> None:
        with psycopg.connect(libro.url, autocommit=True) as rival:
            barrera.wait(timeout=30)
            pago = {"debito": persona, "credito": mundo, "monto": 1}
            salidas.extend(libro.lote(pago, conexion=rival, desfase=cuando(BASE)))

    hilos = [threading.Thread(target=correr) for _ in range(8)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(timeout=60)
    assert sorted(salidas) == ["limite_rapidez_salida"] * 5 + ["ok"] * 3


# --- Levels and classes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nivel", "por_operacion", "dias"), [(1, 200_000, 7), (2, 200_000, 17.5), (3, 2_000_000, 7)]
)
def test_cada_nivel_tiene_sus_limites(
    libro: Libro, mundo: int, nivel: int, por_operacion: int, dias: float
) -> None:
    """In the express lane and in a batch, both ways; `dias`: how many full days the month allows."""
    cuenta = libro.cuenta(nivel=nivel)
    assert libro.mover(mundo, cuenta, 20_000_000, codigo=103) == "ok"
    assert probar(libro, cuenta, mundo, por_operacion + 1, BASE) == "limite_por_transaccion_salida"
    assert probar(libro, mundo, cuenta, por_operacion + 1, BASE) == "limite_por_transaccion_entrada"
    uno_mas = {"debito": cuenta, "credito": mundo, "monto": por_operacion + 1}
    justo = uno_mas | {"monto": por_operacion}
    assert libro.lote(uno_mas, justo, uno_mas | {"monto": 1}, desfase=cuando(BASE)) == [
        "limite_por_transaccion_salida",
        "ok",
        "limite_diario_salida",
    ]
    for dia in range(1, int(dias)):
        assert probar(libro, cuenta, mundo, por_operacion, BASE + timedelta(days=dia)) == "ok"
    despues = BASE + timedelta(days=int(dias))
    queda = int(por_operacion * (dias - int(dias)))
    assert probar(libro, cuenta, mundo, queda + 1, despues) == "limite_mensual_salida"
    assert queda == 0 or probar(libro, cuenta, mundo, queda, despues) == "ok"


def test_una_unidad_tiene_los_de_su_clase_y_de_nadie_mas(
    libro: Libro, sesion: Session, crear_unidad: Callable[..., Any]
) -> None:
    """The class decides, not who opens the account; a class without amounts has none, nor takes another's."""
    empresa, comunidad = (
        cuenta_de_unidad(sesion, crear_unidad(c, tipo=c).id) for c in ("EMPRESA", "COMUNIDAD")
    )
    sin_registro = cuenta_de_unidad(sesion, uuid.uuid4())
    sesion.commit()
    for cuenta, nivel in ((empresa, 11), (comunidad, 15), (sin_registro, 0)):
        assert libro.uno("SELECT nivel FROM pagos_cuenta WHERE id = %s", cuenta) == nivel
        assert libro.mover(libro.mundo(), cuenta, 90_000_000, codigo=103) == "ok"
    assert limites_y_uso(sesion, obtener_cuenta(sesion, comunidad)) == []
    libro.duenio.execute(
        "INSERT INTO pagos_limite (id, nivel, direccion, por_dia, vigente_desde, norma) "
        "VALUES (gen_random_uuid(), 11, 'salida', 1000, '2031-03-11 04:00+00', 'Resolución de prueba')"
    )
    otra = libro.cuenta()
    for cuenta in (empresa, comunidad):
        assert probar(libro, cuenta, otra, 30_000_000, BASE) == "ok"
    manana = BASE + timedelta(days=1)
    assert probar(libro, empresa, otra, 1_001, manana) == "limite_diario_salida"
    pedidos = [{"debito": c, "credito": otra, "monto": 1_001} for c in (empresa, comunidad)]
    assert libro.lote(*pedidos, desfase=cuando(manana)) == ["limite_diario_salida", "ok"]
    assert probar(libro, comunidad, otra, 30_000_000, manana) == "ok"


def test_las_clases_se_numeran_como_en_el_libro(libro: Libro) -> None:
    for clase, nivel in NIVEL_DE_CLASE.items():
        assert libro.uno("SELECT pagos_nivel_de_clase(%s)", clase.value) == nivel
    filas = libro.conexion.execute(
        "SELECT nivel, direccion FROM pagos_limite WHERE NOT confirmado ORDER BY nivel, direccion DESC"
    ).fetchall()
    assert filas == [(n, d) for n in sorted(NIVELES) for d in ("salida", "entrada")]


def test_quien_abre_no_elige_la_clase(libro: Libro, crear_unidad: Callable[..., Any]) -> None:
    unidad = crear_unidad("Tejidos", tipo="COOPERATIVA")
    with psycopg.connect(libro.url, autocommit=True) as conexion:
        conexion.execute("SELECT pagos_abrir(%s, 'unidad', 'recaudacion', 0::smallint)", [unidad.id])
    assert (
        libro.uno("SELECT nivel FROM pagos_cuenta WHERE titular_id = %s AND tipo = 'recaudacion'", unidad.id)
        == 12
    )
