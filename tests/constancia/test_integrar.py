"""Noting and sequencing: nobody waits, no leaf is lost, two sequencers make one tree, heads are signed."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from constancia import anotar, hash_de, hashes_que_faltan, integrar_pendientes, merkle, verificar_constancia
from constancia.arbol import partes_de_consistencia, partes_de_inclusion
from constancia.consultas import hashes_de_partes, raiz_en
from constancia.firmas import bytes_de_cabeza
from constancia.integrar import integrar_lote
from constancia.modelos import Cabeza, Clave, Hoja, Nodo
from nucleo.bd import nueva_sesion, transaccion

Anotadas = Callable[..., list[bytes]]


def arbol(sesion: Session) -> list[bytes]:
    """The leaves of the tree, in order."""
    consulta = select(Hoja.hash).where(col(Hoja.indice).is_not(None)).order_by(col(Hoja.indice))
    return list(sesion.exec(consulta).all())


def cabezas(sesion: Session) -> list[Cabeza]:
    return list(sesion.exec(select(Cabeza).order_by(col(Cabeza.tamano))).all())


def test_la_hoja_son_estos_bytes(sesion: Session) -> None:
    hash_ = anotar(sesion, "cierre", "2026-03-10", "4|aa")
    assert hash_ == merkle.hash_de_hoja(b"qhatu-hoja-v1|cierre|2026-03-10|4|aa")
    assert hash_ == hash_de("cierre", "2026-03-10", "4|aa")
    hoja = sesion.get_one(Hoja, hash_)
    assert (hoja.tipo, hoja.objeto, hoja.contenido, hoja.indice) == ("cierre", "2026-03-10", "4|aa", None)


@pytest.mark.parametrize(
    ("tipo", "objeto", "contenido"),
    [
        ("Cierre", "x", "y"),
        ("", "x", "y"),
        ("a" * 31, "x", "y"),
        ("cierre", "", "y"),
        ("cierre", "a|b", "y"),
        ("cierre", "x", ""),
        ("cierre", "x", "dos\nlíneas"),
        ("cierre", "x", "ñ"),
        ("cierre", "x", "y" * 2001),
    ],
)
def test_lo_que_no_es_una_linea_de_ascii_no_entra(
    sesion: Session, tipo: str, objeto: str, contenido: str
) -> None:
    with pytest.raises(DBAPIError):
        anotar(sesion, tipo, objeto, contenido)
    sesion.rollback()
    assert sesion.exec(select(Hoja)).all() == []


def test_lo_mismo_dos_veces_es_una_hoja(sesion: Session) -> None:
    assert anotar(sesion, "prueba", "x", "y") == anotar(sesion, "prueba", "x", "y")
    assert len(sesion.exec(select(Hoja)).all()) == 1


def test_lo_que_no_se_confirma_no_queda(bd: Engine) -> None:
    with nueva_sesion() as sesion:
        anotar(sesion, "prueba", "x", "y")
        sesion.rollback()
    assert integrar_pendientes() == 0
    with transaccion() as sesion:
        assert hashes_que_faltan(sesion, [hash_de("prueba", "x", "y")]) == {hash_de("prueba", "x", "y")}


def test_dos_transacciones_anotan_sin_esperarse_ni_esperar_al_secuenciador(bd: Engine) -> None:
    """Any wait is an error here: whoever holds something does so until the end of the test."""
    with nueva_sesion() as una, nueva_sesion() as otra, nueva_sesion() as secuenciador:
        for s in (una, otra, secuenciador):
            s.execute(text("SET LOCAL lock_timeout = '1ms'"))
        anotar(una, "prueba", "una", "antes")
        anotar(otra, "prueba", "otra", "antes")
        otra.commit()
        otra.execute(text("SET LOCAL lock_timeout = '1ms'"))
        cabeza = integrar_lote(secuenciador)
        assert cabeza is not None
        assert cabeza.tamano == 1
        anotar(otra, "prueba", "otra", "durante")
        anotar(una, "prueba", "una", "durante")
        una.commit()
        otra.commit()
        secuenciador.commit()
    assert integrar_pendientes() == 1
    with transaccion() as sesion:
        assert len(arbol(sesion)) == 4
        assert verificar_constancia(sesion) == []


def test_quien_confirma_tarde_no_se_pierde(bd: Engine, anotadas: Anotadas) -> None:
    """The slow one noted first; its place comes after those that were integrated meanwhile."""
    with nueva_sesion() as lenta:
        tardia = anotar(lenta, "prueba", "lenta", "primera en anotarse")
        rapidas = anotadas(5)
        assert integrar_pendientes() == 1
        with transaccion() as sesion:
            assert set(arbol(sesion)) == set(rapidas)
        lenta.commit()
    assert integrar_pendientes() == 1
    assert integrar_pendientes() == 0
    with transaccion() as sesion:
        assert arbol(sesion)[5:] == [tardia]
        assert [c.tamano for c in cabezas(sesion)] == [5, 6]
        assert verificar_constancia(sesion) == []


def test_cada_cabeza_es_la_raiz_de_sus_hojas_firmada(bd: Engine, anotadas: Anotadas, reloj: Any) -> None:
    for cuantas in (1, 2, 1, 4, 7, 3):
        anotadas(cuantas, str(reloj.ahora()))
        assert integrar_pendientes() == 1
    with transaccion() as sesion:
        hojas, todas = arbol(sesion), cabezas(sesion)
        assert [c.tamano for c in todas] == [1, 3, 4, 8, 15, 18]
        clave = sesion.exec(select(Clave)).one()
        for c in todas:
            assert c.raiz == merkle.raiz_de(hojas[: c.tamano])
            mensaje = bytes_de_cabeza(c.tamano, c.instante, c.raiz)
            Ed25519PublicKey.from_public_bytes(clave.publica).verify(c.firma, mensaje)
        assert [c.instante for c in todas] == sorted({c.instante for c in todas})
        for n in range(1, 19):
            assert raiz_en(sesion, n) == merkle.raiz_de(hojas[:n])
            for i in range(n):
                camino = hashes_de_partes(sesion, partes_de_inclusion(i, n))
                assert camino == merkle.camino_de(i, hojas[:n])


def test_lo_firmado_es_lo_del_rfc_9162(bd: Engine, anotadas: Anotadas, reloj: Any) -> None:
    (hash_,) = anotadas(1)
    integrar_pendientes()
    with transaccion() as sesion:
        (cabeza,) = cabezas(sesion)
    milisegundos = round(cabeza.instante.timestamp() * 1000)
    mensaje = milisegundos.to_bytes(8) + (1).to_bytes(8) + b"\x20" + hash_ + b"\x00\x00"
    assert bytes_de_cabeza(cabeza.tamano, cabeza.instante, cabeza.raiz) == mensaje
    assert cabeza.firma == Ed25519PrivateKey.from_private_bytes(bytes(32)).sign(mensaje)


def test_las_cabezas_avanzan_aunque_el_reloj_retroceda(bd: Engine, anotadas: Anotadas, reloj: Any) -> None:
    reloj.adelantar(timedelta(hours=1))
    anotadas(1, "a")
    integrar_pendientes()
    reloj.adelantar(timedelta(hours=-1))
    anotadas(1, "b")
    integrar_pendientes()
    with transaccion() as sesion:
        primera, segunda = cabezas(sesion)
    assert segunda.instante - primera.instante == timedelta(milliseconds=1)


def test_sin_hojas_nuevas_no_hay_cabeza_nueva(bd: Engine, anotadas: Anotadas) -> None:
    assert integrar_pendientes() == 0
    anotadas(2)
    assert (integrar_pendientes(), integrar_pendientes()) == (1, 0)


def test_lo_atrasado_se_integra_por_lotes(bd: Engine, anotadas: Anotadas) -> None:
    anotadas(25)
    assert integrar_pendientes(por_lote=10) == 3
    with transaccion() as sesion:
        assert [c.tamano for c in cabezas(sesion)] == [10, 20, 25]
        assert verificar_constancia(sesion) == []


def test_dos_secuenciadores_hacen_un_arbol(bd: Engine, anotadas: Anotadas) -> None:
    barrera, hechas = threading.Barrier(4), []

    def trabajar(numero: int) -> None:
        barrera.wait()
        for vuelta in range(10):
            anotadas(3, f"{numero}-{vuelta}")
            hechas.append(integrar_pendientes(por_lote=2))

    hilos = [threading.Thread(target=trabajar, args=[n]) for n in range(4)]
    for h in hilos:
        h.start()
    for h in hilos:
        h.join()
    integrar_pendientes()
    with transaccion() as sesion:
        assert len(arbol(sesion)) == 120
        assert len(cabezas(sesion)) >= sum(hechas)
        assert verificar_constancia(sesion) == []


def test_mientras_uno_integra_el_otro_no_hace_nada(bd: Engine, anotadas: Anotadas) -> None:
    anotadas(3)
    with nueva_sesion() as uno, nueva_sesion() as otro:
        assert integrar_lote(uno) is not None
        assert integrar_lote(otro) is None
        uno.commit()
        otro.rollback()
        assert integrar_lote(otro) is None
    with transaccion() as sesion:
        assert [c.tamano for c in cabezas(sesion)] == [3]


def test_muerto_a_la_mitad_no_paso_nada(bd: Engine, anotadas: Anotadas, servidores: dict[str, Any]) -> None:
    """The server ends the sequencer's connection between the batch and its commit."""
    anotadas(5)
    with nueva_sesion() as sesion:
        assert integrar_lote(sesion) is not None
        pid = sesion.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with psycopg.connect(
            servidores["url_admin"].format(base=servidores["base"]), autocommit=True
        ) as admin:
            admin.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        with pytest.raises(DBAPIError):
            sesion.commit()
        sesion.invalidate()
    with transaccion() as sesion:
        assert (arbol(sesion), cabezas(sesion), sesion.exec(select(Nodo)).all()) == ([], [], [])
    assert integrar_pendientes() == 1
    with transaccion() as sesion:
        assert len(arbol(sesion)) == 5
        assert verificar_constancia(sesion) == []


def test_lo_que_otro_dejo_en_el_arbol_sin_cabeza_se_firma(bd: Engine, anotadas: Anotadas) -> None:
    """With the application's password anybody can call the function that places leaves, and sign nothing."""
    anotadas(3)
    assert integrar_pendientes() == 1
    anotadas(2, "sin firma")
    with transaccion() as sesion:
        assert sesion.execute(text("SELECT constancia_integrar(10)")).scalar_one() == 5
    with transaccion() as sesion:
        assert verificar_constancia(sesion) == ["hay 5 hojas en el árbol y ninguna cabeza de ese tamaño"]

    assert integrar_pendientes() == 1  # no leaf waits, and yet

    assert integrar_pendientes() == 0
    with transaccion() as sesion:
        assert [c.tamano for c in cabezas(sesion)] == [3, 5]
        assert verificar_constancia(sesion) == []


def test_con_otra_clave_las_cabezas_de_antes_siguen_valiendo(
    bd: Engine, anotadas: Anotadas, usar_clave: Callable[[str], None]
) -> None:
    for n, clave in enumerate(("demo-" + "11" * 32, "22" * 32, "22" * 32, "demo-" + "11" * 32)):
        usar_clave(clave)
        anotadas(1, str(n))
        integrar_pendientes()
    with transaccion() as sesion:
        firmantes = [c.clave_id for c in cabezas(sesion)]
        assert len(set(firmantes)) == len(sesion.exec(select(Clave)).all()) == 2
        assert firmantes == [firmantes[0], firmantes[1], firmantes[1], firmantes[0]]
        assert verificar_constancia(sesion) == []


@pytest.mark.parametrize("papel", ["url_dueno", "url"])
def test_nada_cambia_lo_anotado(
    bd: Engine, anotadas: Anotadas, servidores: dict[str, Any], papel: str
) -> None:
    """The owner is refused by triggers and checks, the application already by what it was granted."""
    anotadas(3)
    integrar_pendientes()
    anotadas(1, "espera")
    tablas = ("hoja", "nodo", "clave", "cabeza")
    url = servidores[papel].format(base=servidores["base"])
    with psycopg.connect(url, autocommit=True) as conexion:

        def todo() -> Any:
            return [
                conexion.execute(f"SELECT * FROM constancia_{t} ORDER BY 1, 2").fetchall() for t in tablas
            ]

        antes = todo()
        for orden in (
            *(f"DELETE FROM constancia_{t}" for t in tablas),
            *(f"TRUNCATE constancia_{t} CASCADE" for t in tablas),
            "UPDATE constancia_hoja SET contenido = 'otro'",
            "UPDATE constancia_hoja SET hash = sha256('x'), contenido = 'otro' WHERE indice IS NULL",
            "UPDATE constancia_hoja SET indice = NULL",
            "UPDATE constancia_hoja SET indice = indice + 10",
            "UPDATE constancia_hoja SET anotada_en = now()",
            "INSERT INTO constancia_hoja (hash, tipo, objeto, contenido) VALUES (sha256('x'), 'a', 'b', 'c')",
            "INSERT INTO constancia_hoja (hash, tipo, objeto, contenido, indice) VALUES (sha256("
            "'\\x00'::bytea || 'qhatu-hoja-v1|a|b|c'::bytea), 'a', 'b', 'c', 3)",
            "UPDATE constancia_nodo SET hash = sha256('x')",
            "UPDATE constancia_cabeza SET tamano = 4",
            "INSERT INTO constancia_clave (id, publica) VALUES (sha256('x'), sha256('y'))",
            # A head of part of the tree, of more than there is, of another root.
            "INSERT INTO constancia_cabeza SELECT 2, instante + interval '1 s', constancia_raiz(2), "
            "clave_id, firma FROM constancia_cabeza",
            "INSERT INTO constancia_cabeza SELECT 4, instante + interval '1 s', raiz, clave_id, firma "
            "FROM constancia_cabeza",
        ):
            with suppress(psycopg.Error):
                conexion.execute(orden)
                pytest.fail(f"{orden}: {antes}")
        assert todo() == antes


@pytest.mark.parametrize(
    "orden",
    [
        "INSERT INTO constancia_nodo VALUES (5, 0, sha256('x'))",
        "UPDATE constancia_hoja SET indice = 99 WHERE indice IS NULL",
        "INSERT INTO constancia_hoja (hash, tipo, objeto, contenido) VALUES (sha256("
        "'\\x00'::bytea || 'qhatu-hoja-v1|a|b|c'::bytea), 'a', 'b', 'c')",
        "ALTER TABLE constancia_cabeza DISABLE TRIGGER ALL",
    ],
)
def test_la_aplicacion_no_pone_hojas_en_el_arbol(
    bd: Engine, anotadas: Anotadas, servidores: dict[str, Any], orden: str
) -> None:
    anotadas(1)
    with (
        psycopg.connect(servidores["url"]) as conexion,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        conexion.execute(orden)


def test_la_base_rechaza_una_cabeza_que_no_es_del_arbol(
    bd: Engine, anotadas: Anotadas, servidores: dict[str, Any]
) -> None:
    anotadas(3)
    integrar_pendientes()
    anotadas(3, "mas")
    firmar = (
        "INSERT INTO constancia_cabeza SELECT 6, instante + {cuando}, {raiz}, clave_id, firma "
        "FROM constancia_cabeza"
    )
    with psycopg.connect(servidores["url"]) as conexion:
        for cuando, raiz in (
            ("interval '1 s'", "raiz"),
            ("interval '0 s'", "constancia_raiz(6)"),
            ("interval '2 days'", "constancia_raiz(6)"),
            ("interval '9000 years'", "constancia_raiz(6)"),  # no later one could be read
        ):
            assert conexion.execute("SELECT constancia_integrar(9)").fetchone() == (6,)
            with pytest.raises(psycopg.errors.RestrictViolation):
                conexion.execute(firmar.format(cuando=cuando, raiz=raiz))
            conexion.rollback()


@pytest.mark.lento
def test_cien_mil_hojas(bd: Engine, contar_consultas: Any) -> None:
    """Set-based: four statements a batch whatever its size; a proof reads some thirty rows of 200.000."""
    with transaccion() as sesion:
        sesion.execute(
            text("SELECT count(constancia_anotar('prueba', i::text, 'c')) FROM generate_series(1, 100000) i")
        )
    with contar_consultas() as sentencias:
        assert integrar_pendientes() == 10
    assert len(sentencias) < 10 * 10
    with transaccion() as sesion:
        assert verificar_constancia(sesion) == []
        assert sesion.execute(text("SELECT count(*) FROM constancia_nodo")).scalar_one() == 199_994
        for partes in (
            partes_de_inclusion(0, 100_000),
            partes_de_inclusion(65_535, 99_999),
            partes_de_consistencia(77_777, 100_000),
        ):
            pedidos = [nodo for parte in partes for nodo in parte]
            with contar_consultas() as sentencias:
                hashes_de_partes(sesion, partes)
            assert len(sentencias) == 1
            assert len(pedidos) <= 34
            leidas = sesion.execute(
                text("EXPLAIN (ANALYZE, FORMAT JSON) " + sentencias[0].replace("%(", ":").replace(")s", "")),
                {"niveles": [n for n, _ in pedidos], "indices": [i for _, i in pedidos]},
            ).scalar_one()
            assert _filas(leidas[0]["Plan"]) <= 4 * len(pedidos)


def _filas(plan: dict[str, Any]) -> float:
    """Rows that the steps of a plan gave, and those they read for nothing."""
    propias = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    return float(propias + sum(_filas(p) for p in plan.get("Plans", ())))
