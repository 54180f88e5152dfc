"""Every result code, exactly, and that a refusal changes nothing."""

import uuid
from typing import Any

import pytest

from pagos.libro.errores import error_de
from pagos.libro.tipos import RESULTADOS
from tests.pagos.conftest import Libro

NADA = 10**12  # no such account


@pytest.fixture
def a(libro: Libro) -> int:
    return libro.cuenta(10_000)


@pytest.fixture
def b(libro: Libro) -> int:
    return libro.cuenta()


def rechaza(libro: Libro, esperado: str, **pedido: Any) -> None:
    antes = libro.foto()
    assert libro.lote(pedido) == [esperado]
    assert libro.foto() == antes


def test_una_transferencia_mueve_el_monto_exacto(libro: Libro, a: int, b: int) -> None:
    codigos, numeros, creadas, instante = libro.respuesta({"debito": a, "credito": b, "monto": 1_234})

    assert codigos == ["ok"]
    assert creadas is None
    assert libro.saldos(a) == (1_234, 10_000, 0, 0)
    assert libro.saldos(b) == (0, 1_234, 0, 0)
    fila = libro.conexion.execute(
        "SELECT numero, debito, credito, monto, saldo_debito, saldo_credito, creada_en, codigo, tipo "
        "FROM pagos_transferencia ORDER BY numero DESC LIMIT 1"
    ).fetchone()
    assert fila == (numeros[0], a, b, 1_234, 8_766, 1_234, instante, 1, 1)


@pytest.mark.parametrize(
    ("esperado", "cambio"),
    [
        ("cadena_abierta", {"enlazada": True}),
        ("id_invalido", {"id": uuid.UUID(int=0)}),
        ("id_invalido", {"id": None}),
        ("tipo_invalido", {"tipo": 0}),
        ("tipo_invalido", {"tipo": 5}),
        ("codigo_invalido", {"codigo": 0}),
        ("codigo_invalido", {"codigo": 1000}),
        ("pendiente_no_corresponde", {"pendiente": uuid.uuid4()}),
        ("pendiente_requerida", {"tipo": "confirma"}),
        ("plazo_no_corresponde", {"plazo": 60}),
        ("plazo_invalido", {"tipo": "pendiente", "plazo": 0}),
        ("plazo_invalido", {"tipo": "pendiente", "plazo": -1}),
        ("monto_invalido", {"monto": 0}),
        ("monto_invalido", {"monto": -5}),
        ("monto_invalido", {"monto": 10**12 + 1}),
        ("monto_invalido", {"tipo": "confirma", "pendiente": uuid.uuid4(), "monto": -1}),
        ("pendiente_inexistente", {"tipo": "confirma", "pendiente": uuid.uuid4()}),
        ("pendiente_inexistente", {"tipo": "anula", "pendiente": uuid.uuid4()}),
        ("cuenta_debito_inexistente", {"debito": NADA}),
        ("cuenta_debito_inexistente", {"debito": 0}),
        ("cuenta_credito_inexistente", {"credito": NADA}),
        ("fondos_insuficientes", {"monto": 10_001}),
        ("fondos_insuficientes", {"monto": 10_001, "tipo": "pendiente"}),
    ],
)
def test_rechazos(libro: Libro, a: int, b: int, esperado: str, cambio: dict[str, Any]) -> None:
    rechaza(libro, esperado, **({"debito": a, "credito": b, "monto": 100} | cambio))


def test_cuentas_iguales_cerradas_congeladas_y_de_otra_moneda(libro: Libro, a: int, b: int) -> None:
    cerrada = libro.cuenta(cerrada=True)
    congelada = libro.cuenta(5_000)
    libro.duenio.execute("UPDATE pagos_cuenta SET congelada = true WHERE id = %s", [congelada])
    dolares = libro.cuenta(moneda="USD")

    rechaza(libro, "cuentas_iguales", debito=a, credito=a, monto=1)
    rechaza(libro, "cuenta_debito_cerrada", debito=cerrada, credito=b, monto=1)
    rechaza(libro, "cuenta_credito_cerrada", debito=a, credito=cerrada, monto=1)
    rechaza(libro, "cuenta_debito_congelada", debito=congelada, credito=b, monto=1)
    rechaza(libro, "monedas_distintas", debito=a, credito=dolares, monto=1)
    assert libro.mover(a, congelada, 1) == "ok"


def test_creditos_que_no_exceden_debitos(libro: Libro, a: int) -> None:
    prestada = libro.cuenta(
        titular_tipo="sistema",
        titular_id=uuid.UUID(int=0),
        tipo="liquidacion",
        debitos_no_exceden_creditos=False,
        creditos_no_exceden_debitos=True,
    )
    rechaza(libro, "excede_debitos", debito=a, credito=prestada, monto=1)
    assert libro.mover(prestada, a, 500) == "ok"
    assert libro.mover(a, prestada, 300, tipo="pendiente") == "ok"
    rechaza(libro, "excede_debitos", debito=a, credito=prestada, monto=201)
    assert libro.mover(a, prestada, 200) == "ok"


@pytest.mark.parametrize(
    ("esperado", "cambio"),
    [
        ("existe", {}),
        ("existe_con_otro_tipo", {"tipo": "simple", "plazo": None}),
        ("existe_con_otra_pendiente", {"pendiente": uuid.uuid4()}),
        ("existe_con_otra_cuenta_debito", {"debito": NADA}),
        ("existe_con_otra_cuenta_credito", {"credito": NADA}),
        ("existe_con_otro_monto", {"monto": 101}),
        ("existe_con_otro_monto", {"monto": 10**12}),
        ("existe_con_otro_codigo", {"codigo": 2}),
        ("existe_con_otra_referencia", {"referencia": None}),
        ("existe_con_otro_plazo", {"plazo": 61}),
    ],
)
@pytest.mark.parametrize("juntas", [False, True], ids=["despues", "en el mismo lote"])
def test_mismo_id(libro: Libro, a: int, b: int, esperado: str, cambio: dict[str, Any], juntas: bool) -> None:
    primera = {
        "id": uuid.uuid4(),
        "debito": a,
        "credito": b,
        "monto": 100,
        "tipo": "pendiente",
        "plazo": 60,
        "referencia": uuid.uuid4(),
    }
    if juntas:
        codigos, numeros, creadas, instante = libro.respuesta(primera, primera | cambio)
        assert codigos == ["ok", esperado]
    else:
        _, (numero,), _, instante = libro.respuesta(primera)
        antes = libro.foto()
        codigos, numeros, creadas, _ = libro.respuesta(primera | cambio)
        assert codigos == [esperado]
        assert libro.foto() == antes
        numeros = [numero, *(numeros or [])]
        creadas = [None, *(creadas or [])]
    assert libro.saldos(a) == (0, 10_000, 100, 0)
    if esperado == "existe":
        assert numeros == [numeros[0], numeros[0]]
        assert creadas == [None, instante]


def test_repetir_responde_igual_aunque_ya_no_alcance_el_saldo(libro: Libro, a: int, b: int) -> None:
    pedido = {"id": uuid.uuid4(), "debito": a, "credito": b, "monto": 10_000}
    _, numeros, _, instante = libro.respuesta(pedido)
    libro.duenio.execute("UPDATE pagos_cuenta SET cerrada = true WHERE id = %s", [b])

    codigos, otra_vez, creadas, _ = libro.respuesta(pedido)

    assert (codigos, otra_vez, creadas) == (["existe"], numeros, [instante])
    assert libro.saldo(a) == 0


def test_un_rechazo_no_gasta_el_id(libro: Libro, a: int, b: int) -> None:
    pedido = {"id": uuid.uuid4(), "debito": b, "credito": a, "monto": 50}
    assert libro.lote(pedido) == ["fondos_insuficientes"]
    assert libro.mover(a, b, 50) == "ok"
    assert libro.lote(pedido) == ["ok"]


def test_la_precedencia_es_fija(libro: Libro, a: int, b: int) -> None:
    """A request that breaks many rules gets the first code of the documented order, one cured at a time."""
    libro.duenio.execute("UPDATE pagos_cuenta SET congelada = true, cerrada = true WHERE id = %s", [b])
    todo_mal: dict[str, Any] = {
        "id": uuid.UUID(int=0),
        "debito": NADA,
        "credito": NADA,
        "monto": 0,
        "codigo": 0,
        "tipo": 9,
        "plazo": 0,
        "pendiente": uuid.uuid4(),
        "enlazada": True,
    }
    curas: list[tuple[str, dict[str, Any]]] = [
        ("cadena_abierta", {"enlazada": False}),
        ("id_invalido", {"id": uuid.uuid4()}),
        ("tipo_invalido", {"tipo": "simple"}),
        ("codigo_invalido", {"codigo": 1}),
        ("pendiente_no_corresponde", {"pendiente": None}),
        ("plazo_no_corresponde", {"plazo": None}),
        ("monto_invalido", {"monto": 10**9}),
        ("cuentas_iguales", {"credito": NADA + 1}),
        ("cuenta_debito_inexistente", {"debito": b}),
        ("cuenta_credito_inexistente", {"credito": a}),
        ("cuenta_debito_cerrada", {}),
    ]
    for esperado, cura in curas:
        assert libro.lote(todo_mal) == [esperado]
        todo_mal |= cura
    libro.duenio.execute("UPDATE pagos_cuenta SET cerrada = false WHERE id = %s", [b])
    assert libro.lote(todo_mal) == ["cuenta_debito_congelada"]
    libro.duenio.execute("UPDATE pagos_cuenta SET congelada = false WHERE id = %s", [b])
    assert libro.lote(todo_mal) == ["fondos_insuficientes"]


def test_el_saldo_se_juzga_en_el_orden_del_lote(libro: Libro, a: int, b: int) -> None:
    c = libro.cuenta()
    assert libro.lote(
        {"debito": b, "credito": c, "monto": 1},
        {"debito": a, "credito": b, "monto": 10_000},
        {"debito": a, "credito": c, "monto": 1},
        {"debito": b, "credito": c, "monto": 10_000},
        {"debito": c, "credito": a, "monto": 4_000},
        {"debito": c, "credito": a, "monto": 6_001},
    ) == ["fondos_insuficientes", "ok", "fondos_insuficientes", "ok", "ok", "fondos_insuficientes"]
    assert [libro.saldo(x) for x in (a, b, c)] == [4_000, 0, 6_000]


def test_lote_vacio_y_lote_demasiado_grande(libro: Libro, a: int, b: int) -> None:
    assert libro.lote() == []
    with pytest.raises(Exception, match="hasta 8192"):
        libro.lote(*[{"debito": a, "credito": b, "monto": 1}] * 8193)
    assert libro.saldo(b) == 0


def test_cada_codigo_tiene_su_error_en_espanol() -> None:
    for resultado in RESULTADOS:
        if resultado != "ok":
            error = error_de(resultado)
            assert error.codigo == resultado
            assert len(error.detalle) > 20
            assert error.estado in (403, 409, 422)


def test_la_lista_de_codigos_es_la_del_sql() -> None:
    from plataforma.migraciones import CARPETA

    ultimo = max(CARPETA.glob("sql/*/*_transferir.sql"))
    sql = ultimo.read_text(encoding="utf-8")
    cabecera = sql[: sql.index("CREATE ")]
    sin_repetidos = cabecera.replace("_entrada", "")
    en_sql = [r for r in RESULTADOS if r in sin_repetidos or r.endswith("_entrada")]
    assert en_sql == [r for r in RESULTADOS if r != "ok"] or en_sql == list(RESULTADOS)
