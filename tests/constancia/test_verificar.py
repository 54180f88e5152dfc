"""`qhatu verify constancia` names whatever was changed by force."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from constancia import integrar_pendientes, verificar_constancia
from constancia.merkle import Acumulador
from nucleo.bd import crear_motor, transaccion
from nucleo.verificar import verificar

Anotadas = Callable[..., list[bytes]]


def fallas() -> list[str]:
    with transaccion() as sesion:
        return verificar_constancia(sesion)


@pytest.fixture
def tras_forzar(servidores: dict[str, Any]) -> Iterator[Callable[[str], list[str]]]:
    """`tras_forzar(orden)` -> what is found after an order of the superuser with every trigger asleep.

    One transaction for all of them, never committed: what they do to tables and constraints ends with it.
    """
    motor = crear_motor(servidores["url_admin"].format(base=servidores["base"]))
    with Session(motor) as sesion:
        sesion.execute(text("SET LOCAL session_replication_role = replica"))

        def forzar(orden: str) -> list[str]:
            sesion.connection().exec_driver_sql(orden, execution_options={"no_parameters": True})
            sesion.expire_all()
            return verificar_constancia(sesion)

        yield forzar
        sesion.rollback()
    motor.dispose()


def test_un_registro_vacio_y_uno_sano_no_tienen_fallas(bd: Engine, anotadas: Anotadas) -> None:
    assert fallas() == []
    anotadas(1)
    assert fallas() == []
    integrar_pendientes()
    assert fallas() == []


@pytest.mark.parametrize(
    ("orden", "esperadas"),
    [
        (
            "ALTER TABLE constancia_hoja DROP CONSTRAINT ck_constancia_hoja_hash; "
            "UPDATE constancia_hoja SET contenido = 'otro' WHERE indice = 2",
            ["la hoja 2 no tiene el hash de su texto", "la cabeza 4 no tiene la raíz de sus hojas"],
        ),
        ("DELETE FROM constancia_hoja WHERE indice = 1", ["falta la hoja 1: la siguiente es la 2"]),
        ("DELETE FROM constancia_hoja WHERE indice > 4", ["la cabeza 6 dice más hojas de las que hay (5)"]),
        (
            "UPDATE constancia_nodo SET hash = sha256('x') WHERE nivel = 1 AND indice = 1",
            ["el nodo 1 del nivel 1 no es", "el nodo 0 del nivel 2 no es"],
        ),
        (
            "DELETE FROM constancia_nodo WHERE nivel = 2",
            ["en el nivel 2 hay 0 nodos y deben ser 1"],
        ),
        (
            "INSERT INTO constancia_nodo SELECT 3, 0, hash FROM constancia_nodo WHERE nivel = 2",
            ["el nodo 0 del nivel 3 no es", "en el nivel 3 hay 1 nodos y deben ser 0"],
        ),
        (
            "UPDATE constancia_cabeza SET raiz = sha256('x') WHERE tamano = 4",
            ["la cabeza 4 no tiene la raíz de sus hojas", "la firma de la cabeza 4 no es de la clave"],
        ),
        (
            "UPDATE constancia_cabeza SET firma = set_bit(firma, 9, 1 - get_bit(firma, 9)) WHERE tamano = 6",
            ["la firma de la cabeza 6 no es de la clave"],
        ),
        (
            "UPDATE constancia_cabeza SET instante = instante - interval '1 h' WHERE tamano = 6",
            ["la cabeza 6 dice ser anterior a la 4", "la firma de la cabeza 6 no es de la clave"],
        ),
        (
            "DELETE FROM constancia_cabeza WHERE tamano = 6",
            ["hay 6 hojas en el árbol y ninguna cabeza de ese tamaño"],
        ),
        ("DELETE FROM constancia_clave", ["la firma de la cabeza 4 no es", "la firma de la cabeza 6 no es"]),
        (
            "ALTER TABLE constancia_clave DROP CONSTRAINT ck_constancia_clave_id; "
            "UPDATE constancia_clave SET publica = sha256('x')",
            [
                "no es la de su identificador",
                "la firma de la cabeza 4 no es",
                "la firma de la cabeza 6 no es",
            ],
        ),
    ],
)
def test_cada_cambio_a_la_fuerza_se_nota(
    bd: Engine, anotadas: Anotadas, tras_forzar: Callable[[str], list[str]], orden: str, esperadas: list[str]
) -> None:
    anotadas(4)
    integrar_pendientes()
    anotadas(2, "otro lote")
    integrar_pendientes()
    assert fallas() == []
    # A fault may be named by more than one line; each expected one is there, in order.
    encontradas = iter(tras_forzar(orden))
    for esperada in esperadas:
        assert any(esperada in falla for falla in encontradas), esperada


REHACER = (
    "UPDATE constancia_nodo n SET hash = sha256('\\x01'::bytea || a.hash || b.hash) "
    "FROM constancia_nodo a, constancia_nodo b WHERE n.nivel = {0} "
    "AND a.nivel = {0} - 1 AND b.nivel = a.nivel AND a.indice = n.indice * 2 AND b.indice = a.indice + 1; "
)


def test_si_cambia_una_hoja_se_notan_todas_las_cabezas_desde_ahi(
    bd: Engine, anotadas: Anotadas, tras_forzar: Callable[[str], list[str]]
) -> None:
    """Even when its hash and the whole tree were made again to fit: the signatures cannot be."""
    for lote in range(3):
        anotadas(2, f"lote {lote}")
        integrar_pendientes()
    encontradas = tras_forzar(
        "UPDATE constancia_hoja SET contenido = 'otro', hash = sha256('\\x00'::bytea || convert_to("
        "'qhatu-hoja-v1|' || tipo || '|' || objeto || '|otro', 'UTF8')) WHERE indice = 2; "
        "UPDATE constancia_nodo n SET hash = h.hash FROM constancia_hoja h "
        "WHERE n.nivel = 0 AND n.indice = h.indice; " + REHACER.format(1) + REHACER.format(2)
    )
    assert [f.split(":")[0] for f in encontradas] == [
        "la cabeza 4 no tiene la raíz de sus hojas",
        "la cabeza 6 no tiene la raíz de sus hojas",
    ]
    encontradas = tras_forzar("UPDATE constancia_cabeza SET raiz = constancia_raiz(tamano) WHERE tamano > 2")
    assert [f[:27] for f in encontradas] == ["la firma de la cabeza 4 no ", "la firma de la cabeza 6 no "]


def test_se_verifica_lo_de_un_instante_aunque_el_secuenciador_siga(
    anotadas: Anotadas, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Heads are read before leaves: a batch that comes in between is of later."""
    anotadas(3)
    integrar_pendientes()
    anotadas(2, "nueva")

    def integrar_en_medio() -> Acumulador:
        integrar_pendientes()
        return Acumulador()

    monkeypatch.setattr("constancia.verificar.Acumulador", integrar_en_medio)

    assert verificar("constancia") == []
    monkeypatch.undo()
    assert verificar("constancia") == []
