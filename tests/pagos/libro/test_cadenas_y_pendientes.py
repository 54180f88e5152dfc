"""Linked chains (all or nothing) and two-phase transfers (reserve, then post, void or time out)."""

import uuid
from typing import Any

import pytest

from tests.pagos.conftest import Libro


@pytest.fixture
def a(libro: Libro) -> int:
    return libro.cuenta(10_000)


@pytest.fixture
def b(libro: Libro) -> int:
    return libro.cuenta()


def paso(debito: int, credito: int, monto: int, *, enlazada: bool = True, **mas: Any) -> dict[str, Any]:
    return {"debito": debito, "credito": credito, "monto": monto, "enlazada": enlazada, **mas}


# --- Chains ---------------------------------------------------------------------------------------------


def test_una_cadena_que_falla_no_deja_rastro_y_las_vecinas_siguen(libro: Libro, a: int, b: int) -> None:
    c = libro.cuenta()
    assert libro.lote(
        paso(a, b, 100, enlazada=False),
        paso(a, b, 1_000),
        paso(b, c, 500),
        paso(b, c, 5_000),
        paso(c, a, 1, enlazada=False),
        paso(a, b, 10, enlazada=False),
        paso(a, c, 1),
        paso(c, b, 1, enlazada=False),
    ) == [
        "ok",
        "cadena_fallida",
        "cadena_fallida",
        "fondos_insuficientes",
        "cadena_fallida",
        "ok",
        "ok",
        "ok",
    ]
    assert [libro.saldo(x) for x in (a, b, c)] == [9_889, 111, 0]
    assert libro.uno("SELECT count(*) FROM pagos_transferencia") == 1 + 4


def test_una_cadena_abierta_al_final_del_lote_falla(libro: Libro, a: int, b: int) -> None:
    assert libro.lote(paso(a, b, 1, enlazada=False), paso(a, b, 2), paso(a, b, 3)) == [
        "ok",
        "cadena_fallida",
        "cadena_abierta",
    ]
    assert libro.saldo(b) == 1


def test_repetir_una_cadena_entera_responde_existe(libro: Libro, a: int, b: int) -> None:
    cadena = [
        paso(a, b, 9_000, id=uuid.uuid4()),
        paso(b, a, 8_000, id=uuid.uuid4()),
        paso(a, b, 7_000, id=uuid.uuid4(), enlazada=False),
    ]
    _, numeros, _, instante = libro.respuesta(*cadena)
    antes = libro.foto()

    codigos, otra_vez, creadas, _ = libro.respuesta(*cadena)

    assert codigos == ["existe"] * 3
    assert (otra_vez, creadas) == (numeros, [instante] * 3)
    assert libro.foto() == antes


@pytest.mark.parametrize(
    ("orden", "esperado"),
    [("vn", ["existe", "cadena_fallida"]), ("nv", ["cadena_fallida", "existe"])],
)
def test_una_cadena_no_mezcla_lo_hecho_con_lo_nuevo(
    libro: Libro, a: int, b: int, orden: str, esperado: list[str]
) -> None:
    vieja = {"id": uuid.uuid4(), "debito": a, "credito": b, "monto": 5}
    libro.lote(vieja)
    antes = libro.foto()
    pasos = [dict(vieja) if letra == "v" else {"debito": a, "credito": b, "monto": 6} for letra in orden]
    pasos[0]["enlazada"] = True
    assert libro.lote(*pasos) == esperado
    assert libro.foto() == antes


def test_una_cadena_deshace_tambien_reservas_y_confirmaciones(libro: Libro, a: int, b: int) -> None:
    reserva = uuid.uuid4()
    libro.lote({"id": reserva, "debito": a, "credito": b, "monto": 4_000, "tipo": "pendiente"})
    antes = libro.foto()

    assert libro.lote(
        paso(a, b, 1_000, tipo="pendiente"),
        {"tipo": "confirma", "pendiente": reserva, "enlazada": True},
        paso(b, a, 4_001, enlazada=False),
    ) == ["cadena_fallida", "cadena_fallida", "fondos_insuficientes"]

    assert libro.foto() == antes
    assert libro.lote({"tipo": "anula", "pendiente": reserva}) == ["ok"]


def test_liberar_custodia_y_cobrar_comision_en_una_cadena(libro: Libro, a: int, b: int) -> None:
    comision = libro.cuenta()
    reserva = uuid.uuid4()
    assert libro.lote({"id": reserva, "debito": a, "credito": b, "monto": 4_000, "tipo": "pendiente"}) == [
        "ok"
    ]
    assert libro.lote(
        {"tipo": "confirma", "pendiente": reserva, "enlazada": True}, paso(b, comision, 120, enlazada=False)
    ) == ["ok", "ok"]
    assert [libro.saldos(x) for x in (a, b, comision)] == [
        (4_000, 10_000, 0, 0),
        (120, 4_000, 0, 0),
        (0, 120, 0, 0),
    ]


# --- Two-phase ------------------------------------------------------------------------------------------


def reservar(libro: Libro, a: int, b: int, monto: int = 4_000, **mas: Any) -> uuid.UUID:
    id = uuid.uuid4()
    assert libro.lote({"id": id, "debito": a, "credito": b, "monto": monto, "tipo": "pendiente", **mas}) == [
        "ok"
    ]
    return id


def test_lo_reservado_no_se_puede_gastar_ni_esta_disponible_para_quien_recibe(
    libro: Libro, a: int, b: int
) -> None:
    reservar(libro, a, b)
    assert libro.saldos(a) == (0, 10_000, 4_000, 0)
    assert libro.saldos(b) == (0, 0, 0, 4_000)
    assert libro.mover(a, b, 6_001) == "fondos_insuficientes"
    assert libro.mover(b, a, 1) == "fondos_insuficientes"
    assert libro.mover(a, b, 6_000) == "ok"


@pytest.mark.parametrize(("monto", "movido"), [(0, 4_000), (4_000, 4_000), (1_500, 1_500)])
def test_confirmar_mueve_lo_confirmado_y_libera_el_resto(
    libro: Libro, a: int, b: int, monto: int, movido: int
) -> None:
    id = reservar(libro, a, b)
    assert libro.lote({"tipo": "confirma", "pendiente": id, "monto": monto}) == ["ok"]
    assert libro.saldos(a) == (movido, 10_000, 0, 0)
    assert libro.saldos(b) == (0, movido, 0, 0)
    fila = libro.conexion.execute("SELECT estado, monto_confirmado FROM pagos_pendiente").fetchone()
    assert fila == ("confirmada", movido)
    guardada = libro.conexion.execute(
        "SELECT debito, credito, monto, pendiente_id FROM pagos_transferencia WHERE tipo = 3"
    ).fetchone()
    assert guardada == (a, b, movido, id)


@pytest.mark.parametrize("monto", [0, 4_000])
def test_anular_devuelve_todo(libro: Libro, a: int, b: int, monto: int) -> None:
    id = reservar(libro, a, b)
    assert libro.lote({"tipo": "anula", "pendiente": id, "monto": monto}) == ["ok"]
    assert libro.saldos(a) == (0, 10_000, 0, 0)
    assert libro.saldos(b) == (0, 0, 0, 0)


def test_rechazos_al_resolver(libro: Libro, a: int, b: int) -> None:
    id = reservar(libro, a, b)
    simple = uuid.uuid4()
    libro.lote({"id": simple, "debito": a, "credito": b, "monto": 1})
    otra = libro.cuenta()
    antes = libro.foto()
    casos = [
        ({"monto": 4_001}, "excede_pendiente"),
        ({"tipo": "anula", "monto": 3_999}, "anulacion_parcial"),
        ({"debito": otra}, "pendiente_con_otra_cuenta_debito"),
        ({"credito": otra}, "pendiente_con_otra_cuenta_credito"),
        ({"pendiente": simple}, "no_es_pendiente"),
        ({"pendiente": uuid.uuid4()}, "pendiente_inexistente"),
    ]
    for cambio, esperado in casos:
        assert libro.lote({"tipo": "confirma", "pendiente": id} | cambio) == [esperado]
    assert libro.foto() == antes
    assert libro.lote({"tipo": "confirma", "pendiente": id, "debito": a, "credito": b}) == ["ok"]


@pytest.mark.parametrize("tipo", ["confirma", "anula"])
@pytest.mark.parametrize("juntas", [False, True], ids=["en otro lote", "en el mismo lote"])
def test_quien_resuelve_no_cambia_el_motivo(libro: Libro, a: int, b: int, tipo: str, juntas: bool) -> None:
    """As in TigerBeetle: accounts, currency and reason are the pending one's; the rest may differ."""
    id, referencia = uuid.uuid4(), uuid.uuid4()
    reserva = paso(a, b, 4_000, id=id, tipo="pendiente", codigo=3, enlazada=False)
    otra = {"tipo": tipo, "pendiente": id, "codigo": 111}
    buena = {"tipo": tipo, "pendiente": id, "codigo": 3, "referencia": referencia}
    if juntas:
        assert libro.lote(reserva, otra, buena) == ["ok", "pendiente_con_otro_codigo", "ok"]
    else:
        assert libro.lote(reserva) == ["ok"]
        foto = libro.foto()
        assert libro.lote(otra) == ["pendiente_con_otro_codigo"]
        assert libro.foto() == foto
        assert libro.lote(buena) == ["ok"]
    assert libro.uno("SELECT codigo FROM pagos_transferencia WHERE pendiente_id = %s", id) == 3


@pytest.mark.parametrize("juntas", [False, True], ids=["en otro lote", "en el mismo lote"])
@pytest.mark.parametrize("primera", ["confirma", "anula"])
@pytest.mark.parametrize("segunda", ["confirma", "anula"])
def test_un_pendiente_se_resuelve_una_sola_vez(
    libro: Libro, a: int, b: int, primera: str, segunda: str, juntas: bool
) -> None:
    id = reservar(libro, a, b)
    pedidos = [{"tipo": primera, "pendiente": id}, {"tipo": segunda, "pendiente": id}]
    esperado = {"confirma": "pendiente_ya_confirmada", "anula": "pendiente_ya_anulada"}[primera]
    if juntas:
        assert libro.lote(*pedidos) == ["ok", esperado]
    else:
        assert [libro.lote(p)[0] for p in pedidos] == ["ok", esperado]
    assert libro.saldo(b) == (4_000 if primera == "confirma" else 0)


def test_reservar_y_confirmar_en_el_mismo_lote(libro: Libro, a: int, b: int) -> None:
    r1, r2 = uuid.uuid4(), uuid.uuid4()
    assert libro.lote(
        {"id": r1, "debito": a, "credito": b, "monto": 10_001, "tipo": "pendiente"},
        {"tipo": "confirma", "pendiente": r1},
        {"id": r2, "debito": a, "credito": b, "monto": 900, "tipo": "pendiente", "plazo": 60},
        {"tipo": "confirma", "pendiente": r2, "monto": 700},
        {"tipo": "anula", "pendiente": r2},
        {"tipo": "confirma", "pendiente": r2, "debito": b},
    ) == [
        "fondos_insuficientes",
        "pendiente_inexistente",
        "ok",
        "ok",
        "pendiente_ya_confirmada",
        "pendiente_con_otra_cuenta_debito",
    ]
    assert libro.saldos(a) == (700, 10_000, 0, 0)


def test_confirmar_no_depende_del_saldo_ni_del_congelamiento(libro: Libro, a: int, b: int) -> None:
    id = reservar(libro, a, b, 10_000)
    libro.duenio.execute("UPDATE pagos_cuenta SET congelada = true WHERE id = %s", [a])
    assert libro.lote({"tipo": "confirma", "pendiente": id}) == ["ok"]
    assert libro.saldo(b) == 10_000


# --- Time-out -------------------------------------------------------------------------------------------


def vencer(libro: Libro, desfase: str) -> int:
    libro.conexion.execute("SELECT set_config('qhatu.desfase', %s, false)", [desfase])
    try:
        return int(libro.uno("SELECT pagos_vencer()"))
    finally:
        libro.conexion.execute("SELECT set_config('qhatu.desfase', '', false)")


def test_vencido_no_se_confirma_aunque_el_barrido_no_haya_pasado(libro: Libro, a: int, b: int) -> None:
    id = reservar(libro, a, b, plazo=3_600)
    antes = libro.foto()
    for tipo in ("confirma", "anula"):
        assert libro.lote({"tipo": tipo, "pendiente": id}, desfase="3601 s") == ["pendiente_vencida"]
    assert libro.foto() == antes
    assert libro.lote({"tipo": "confirma", "pendiente": id}, desfase="3500 s") == ["ok"]


def test_el_barrido_devuelve_una_vez_lo_vencido_y_solo_lo_vencido(libro: Libro, a: int, b: int) -> None:
    vencido = reservar(libro, a, b, 1_000, plazo=60)
    reservar(libro, a, b, 2_000, plazo=7_200)
    reservar(libro, a, b, 3_000)

    assert vencer(libro, "59 s") == 0
    assert vencer(libro, "61 s") == 1
    assert vencer(libro, "61 s") == 0

    assert libro.saldos(a) == (0, 10_000, 5_000, 0)
    assert libro.saldos(b) == (0, 0, 0, 5_000)
    fila = libro.conexion.execute(
        "SELECT tipo, monto, debito, credito FROM pagos_transferencia WHERE pendiente_id = %s", [vencido]
    ).fetchone()
    assert fila == (5, 1_000, a, b)
    assert libro.lote({"tipo": "confirma", "pendiente": vencido}) == ["pendiente_vencida"]


def test_la_tarea_periodica_vence_por_tandas(
    libro: Libro, a: int, b: int, reloj: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    from pagos.libro import tareas

    for _ in range(5):
        reservar(libro, a, b, 100, plazo=60)
    monkeypatch.setattr(tareas, "POR_TANDA", 2)
    assert tareas.caducar_pendientes() == 0
    reloj.adelantar(timedelta(minutes=2))
    assert tareas.caducar_pendientes() == 5
    assert libro.saldos(a) == (0, 10_000, 0, 0)
