"""The ledger defends itself in the database, and `verificar_libro` finds what somebody forced in."""

import uuid
from typing import Any

import psycopg
import pytest

from pagos.libro.verificar import verificar_libro
from tests.pagos.conftest import Libro


@pytest.fixture
def usado(libro: Libro) -> Libro:
    """A ledger with every kind of transfer in it."""
    a, b = libro.cuenta(10_000, nivel=1), libro.cuenta(500)
    r1, r2, r3 = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    assert (
        libro.lote(
            {"debito": a, "credito": b, "monto": 100},
            {"id": r1, "debito": a, "credito": b, "monto": 200, "tipo": "pendiente"},
            {"id": r2, "debito": a, "credito": b, "monto": 300, "tipo": "pendiente"},
            {"id": r3, "debito": a, "credito": b, "monto": 400, "tipo": "pendiente", "plazo": 9},
            {"tipo": "confirma", "pendiente": r1, "monto": 150},
            {"tipo": "anula", "pendiente": r2},
        )
        == ["ok"] * 6
    )
    libro.conexion.execute("SELECT set_config('qhatu.desfase', '10 s', false)")
    assert libro.uno("SELECT pagos_vencer()") == 1
    libro.conexion.execute("SELECT set_config('qhatu.desfase', '', false)")
    assert verificar_libro(libro.conexion) == []
    return libro


@pytest.mark.parametrize(
    "orden",
    [
        "UPDATE pagos_transferencia SET monto = monto + 1",
        "UPDATE pagos_transferencia SET referencia = gen_random_uuid()",
        "DELETE FROM pagos_transferencia",
        "TRUNCATE pagos_transferencia",
        "TRUNCATE pagos_transferencia, pagos_pendiente, pagos_cuenta CASCADE",
        "DELETE FROM pagos_pendiente",
        "TRUNCATE pagos_pendiente CASCADE",
        "UPDATE pagos_pendiente SET estado = 'abierta', resuelta_por = NULL, resuelta_en = NULL, "
        "monto_confirmado = 0 WHERE estado <> 'abierta'",
        "UPDATE pagos_pendiente SET monto = 1",
        "DELETE FROM pagos_cuenta",
        "TRUNCATE pagos_cuenta CASCADE",
    ],
)
def test_lo_escrito_no_se_toca(usado: Libro, orden: str) -> None:
    """Neither the application's role, nor the tables' owner, nor even a superuser."""
    antes = usado.foto()
    for conexion in (usado.conexion, usado.duenio):
        with pytest.raises(psycopg.errors.Error, match=r"el libro solo crece|permission denied"):
            conexion.execute(orden)
    with (
        psycopg.connect(usado.url_admin, autocommit=True) as admin,
        pytest.raises(psycopg.errors.RestrictViolation, match="el libro solo crece"),
    ):
        admin.execute(orden)
    assert usado.foto() == antes


@pytest.mark.parametrize(
    "orden",
    [
        "UPDATE pagos_transferencia SET id = id",
        "UPDATE pagos_cuenta SET titular_id = gen_random_uuid()",
        "DELETE FROM pagos_transferencia",
        "TRUNCATE pagos_transferencia",
        "DELETE FROM pagos_pendiente",
        "DELETE FROM pagos_cuenta",
        "SET session_replication_role = replica",
    ],
)
def test_la_aplicacion_no_tiene_ni_el_privilegio(usado: Libro, orden: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        usado.conexion.execute(orden)


@pytest.mark.parametrize(
    ("orden", "restriccion"),
    [
        ("UPDATE pagos_cuenta SET debitos_contabilizados = creditos_contabilizados + 1", "sobregiro"),
        ("UPDATE pagos_cuenta SET debitos_pendientes = creditos_contabilizados + 1", "sobregiro"),
        ("UPDATE pagos_cuenta SET debitos_contabilizados = -1", "totales"),
        ("UPDATE pagos_cuenta SET creditos_pendientes = -1", "totales"),
    ],
)
def test_los_check_sostienen_los_saldos(libro: Libro, orden: str, restriccion: str) -> None:
    libro.cuenta()
    with pytest.raises(psycopg.errors.CheckViolation) as rechazo:
        libro.duenio.execute(orden)
    assert rechazo.value.diag.constraint_name == f"ck_pagos_cuenta_{restriccion}"


@pytest.mark.parametrize(
    ("tabla", "cambio", "restriccion"),
    [
        *[
            ("transferencia", cambio, "forma")
            for cambio in ("0 AS monto", "-5 AS monto", "credito AS debito", "0 AS codigo", "1000 AS codigo")
        ],
        *[("transferencia", cambio, "forma") for cambio in ("0 AS tipo", "6 AS tipo", "3 AS tipo")],
        ("transferencia", "gen_random_uuid() AS pendiente_id", "forma"),
        ("pendiente", "gen_random_uuid() AS resuelta_por", "resuelta"),
        ("pendiente", "1 AS monto_confirmado", "confirmado"),
        ("pendiente", "0 AS plazo_s", "plazo"),
    ],
)
def test_la_forma_de_lo_que_se_escribe(libro: Libro, tabla: str, cambio: str, restriccion: str) -> None:
    """A good row, written by hand with one column wrong: whoever gets round the function is refused."""
    a, b = libro.cuenta(1_000), libro.cuenta()
    libro.mover(a, b, 10)
    libro.mover(a, b, 20, tipo="pendiente", plazo=9)
    antes = libro.foto()
    de = "WHERE tipo = 1 AND codigo = 1" if tabla == "transferencia" else ""
    columna = cambio.rsplit(" ", 1)[1]
    filas = libro.conexion.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_identity = 'NO'",
        [f"pagos_{tabla}"],
    )
    columnas = [c for (c,) in filas]
    valores = [{columna: cambio, "id": "gen_random_uuid()"}.get(c, c) for c in columnas]
    with pytest.raises(psycopg.errors.CheckViolation) as rechazo:
        libro.duenio.execute(
            f"INSERT INTO pagos_{tabla} ({', '.join(columnas)}) "
            f"SELECT {', '.join(valores)} FROM pagos_{tabla} {de}"
        )
    assert rechazo.value.diag.constraint_name == f"ck_pagos_{tabla}_{restriccion}"
    assert libro.foto() == antes


@pytest.mark.parametrize(
    ("datos", "restriccion"),
    [
        ({"titular_tipo": "marciano"}, "titular_tipo"),
        ({"tipo": "alcancia"}, "tipo"),
        ({"moneda": "bob"}, "moneda"),
        ({"nivel": 10}, "nivel"),
        ({"id": 0}, "id"),
        ({"titular_tipo": "sistema"}, "sistema"),
        ({"titular_id": uuid.UUID(int=0)}, "sistema"),
        ({"debitos_no_exceden_creditos": False}, "sin_sobregiro_ajeno"),
        (
            {"titular_tipo": "sistema", "titular_id": uuid.UUID(int=0), "creditos_no_exceden_debitos": True},
            "un_solo_tope",
        ),
        ({"creditos_contabilizados": 1}, "vacia"),
        ({"debitos_pendientes": 1, "creditos_contabilizados": 1}, "vacia"),
    ],
)
def test_como_puede_abrirse_una_cuenta(libro: Libro, datos: dict[str, Any], restriccion: str) -> None:
    with pytest.raises(psycopg.errors.CheckViolation) as rechazo:
        libro.cuenta(**datos)
    assert rechazo.value.diag.constraint_name == f"ck_pagos_cuenta_{restriccion}"
    assert libro.uno("SELECT count(*) FROM pagos_cuenta") == 0


@pytest.mark.parametrize(
    "cambio",
    [
        "titular_id = gen_random_uuid()",
        "tipo = 'comercio'",
        "moneda = 'USD'",
        "debitos_no_exceden_creditos = false",
    ],
)
def test_lo_que_una_cuenta_es_no_cambia(libro: Libro, cambio: str) -> None:
    libro.cuenta()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        libro.duenio.execute(f"UPDATE pagos_cuenta SET {cambio}")


def forzar(libro: Libro, *ordenes: str) -> None:
    """What only a superuser who turns the triggers off can do."""
    libro.corrompido = True
    with psycopg.connect(libro.url_admin, autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        for orden in ordenes:
            admin.execute(orden)


UNA = "(SELECT id FROM pagos_transferencia WHERE tipo = 1 ORDER BY numero DESC LIMIT 1)"
CORRUPCIONES: list[tuple[str, list[str]]] = [
    ("totales", [f"UPDATE pagos_transferencia SET monto = monto + 1 WHERE id = {UNA}"]),
    ("totales", [f"DELETE FROM pagos_transferencia WHERE id = {UNA}"]),
    (
        "partida_doble",
        [
            "UPDATE pagos_cuenta SET creditos_contabilizados = creditos_contabilizados + 1 "
            "WHERE titular_tipo = 'persona'"
        ],
    ),
    ("saldo_corrido", [f"UPDATE pagos_transferencia SET saldo_debito = saldo_debito + 1 WHERE id = {UNA}"]),
    (
        "orden",
        [f"UPDATE pagos_transferencia SET creada_en = creada_en - interval '1 day' WHERE id = {UNA}"],
    ),
    (
        "sobregiro",
        [
            "ALTER TABLE pagos_cuenta DROP CONSTRAINT ck_pagos_cuenta_sobregiro",
            "UPDATE pagos_cuenta SET debitos_contabilizados = creditos_contabilizados + 1 "
            "WHERE titular_tipo = 'persona'",
        ],
    ),
    ("huerfana", [f"UPDATE pagos_transferencia SET credito = 987654 WHERE id = {UNA}"]),
    (
        "moneda",
        [
            "UPDATE pagos_cuenta SET moneda = 'USD' WHERE id = "
            f"(SELECT debito FROM pagos_transferencia WHERE id = {UNA})"
        ],
    ),
    ("pendiente", ["DELETE FROM pagos_pendiente WHERE estado = 'anulada'"]),
    ("pendiente", ["UPDATE pagos_pendiente SET monto = monto + 1 WHERE estado = 'vencida'"]),
    (
        "resolucion",
        [
            "UPDATE pagos_pendiente SET estado = 'abierta', resuelta_por = NULL, resuelta_en = NULL, "
            "monto_confirmado = 0 WHERE estado = 'confirmada'"
        ],
    ),
    ("resolucion", ["UPDATE pagos_pendiente SET estado = 'anulada' WHERE estado = 'vencida'"]),
    ("resolucion", ["UPDATE pagos_pendiente SET monto_confirmado = 149 WHERE estado = 'confirmada'"]),
    (
        "resolucion",  # a second resolution of the same pending one
        [
            "INSERT INTO pagos_transferencia (id, debito, credito, monto, saldo_debito, saldo_credito, "
            "creada_en, codigo, tipo, pendiente_id) SELECT gen_random_uuid(), debito, credito, monto, "
            "saldo_debito, saldo_credito, creada_en, codigo, 4, pendiente_id FROM pagos_transferencia "
            "WHERE tipo = 4"
        ],
    ),
    ("limites", ["UPDATE pagos_cuenta SET salida_mes = salida_mes + 1 WHERE nivel = 1"]),
]


@pytest.mark.parametrize(
    ("clase", "ordenes"), CORRUPCIONES, ids=[f"{i}-{c}" for i, (c, _) in enumerate(CORRUPCIONES)]
)
def test_verificar_encuentra_cada_clase_de_corrupcion(usado: Libro, clase: str, ordenes: list[str]) -> None:
    restricciones = "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s"
    original = usado.conexion.execute(restricciones, ["ck_pagos_cuenta_sobregiro"]).fetchone()
    assert original is not None
    try:
        forzar(usado, *ordenes)
        fallas = verificar_libro(usado.conexion)
    finally:
        if usado.conexion.execute(restricciones, [original[0]]).fetchone() is None:
            forzar(usado, f"ALTER TABLE pagos_cuenta ADD CONSTRAINT {original[0]} {original[1]} NOT VALID")
            forzar(usado, "UPDATE pagos_cuenta SET debitos_contabilizados = 0")
            forzar(usado, f"ALTER TABLE pagos_cuenta VALIDATE CONSTRAINT {original[0]}")
    assert clase in {f.split(":")[0] for f in fallas}
    assert all(": " in f and len(f) > 20 for f in fallas)


def test_verificar_acepta_una_sesion(libro: Libro) -> None:
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        assert verificar_libro(sesion) == []


def test_saldo_en_cualquier_instante(libro: Libro) -> None:
    """Against the sum of the movements, at the instant of every one of them and just before."""
    a, b = libro.cuenta(1_000), libro.cuenta(1_000)
    for i in range(40):
        r = uuid.uuid4()
        assert (
            libro.lote(
                {"debito": (a, b)[i % 2], "credito": (b, a)[i % 2], "monto": i + 1},
                {"id": r, "debito": b, "credito": a, "monto": 5, "tipo": "pendiente"},
                {"tipo": ("confirma", "anula")[i % 2], "pendiente": r},
            )
            == ["ok"] * 3
        )
    instantes = [i for (i,) in libro.conexion.execute("SELECT DISTINCT creada_en FROM pagos_transferencia")]
    suma = (
        "SELECT coalesce(sum(CASE WHEN credito = %(c)s THEN monto ELSE -monto END), 0)::bigint "
        "FROM pagos_transferencia WHERE tipo IN (1, 3) AND %(c)s IN (debito, credito) AND creada_en <= %(i)s"
    )
    for cuenta in (a, b):
        for instante in instantes:
            for momento in ("", " - interval '1 microsecond'"):
                hallado = libro.conexion.execute(
                    f"SELECT pagos_saldo_en(%s, %s::timestamptz{momento})", [cuenta, instante]
                ).fetchone()
                esperado = libro.conexion.execute(
                    suma.replace("%(i)s", f"%(i)s::timestamptz{momento}"), {"c": cuenta, "i": instante}
                ).fetchone()
                assert hallado == esperado
    assert libro.uno("SELECT pagos_saldo_en(987654, now())") == 0
