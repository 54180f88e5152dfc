"""Daily closings: what they hold, when they are made, that they never change; proofs and their edits."""

import copy
import json
import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from constancia import RAIZ_VACIA, anotar, comprobar_constancia, hash_de_hoja, integrar_pendientes, raiz_de
from nucleo.bd import transaccion
from nucleo.reloj import ZONA
from pagos.supervision import cerrar_pendientes, comprobar_prueba
from pagos.supervision import cierre as cierre_modulo
from pagos.supervision.hoja import Hoja
from tests.pagos.conftest import Libro

AYER = date(2026, 3, 10)


def mediodia(dia: date) -> datetime:
    return datetime(dia.year, dia.month, dia.day, 12, tzinfo=ZONA)


@pytest.fixture
def dia(libro: Libro, reloj: Any, crear_persona: Any) -> Any:
    """Ana paid Luis three times at noon of a day; the clock stands there."""
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    en = f"{(mediodia(AYER) - datetime.now(UTC)).total_seconds()} s"
    reloj.situar(mediodia(AYER))
    libro.conexion.execute("SELECT set_config('qhatu.desfase', %s, false)", [en])
    a, b = (
        libro.uno("SELECT id FROM pagos_cuenta WHERE titular_id = %s", persona.id) for persona in (ana, luis)
    )
    libro.duenio.execute("UPDATE pagos_cuenta SET nivel = 0")  # no limits here
    assert libro.mover(libro.mundo(), a, 10_000, codigo=103) == "ok"
    ids = []
    for monto in (100, 250):
        ids.append(nuevo())
        assert libro.mover(a, b, monto, id=ids[-1]) == "ok"
    assert libro.lote({"id": nuevo(), "debito": a, "credito": b, "monto": 40, "tipo": "pendiente"}) == ["ok"]
    return type("Dia", (), {"ana": ana, "luis": luis, "a": a, "b": b, "ids": ids})


def nuevo() -> Any:
    from nucleo.ids import nuevo_id

    return nuevo_id()


def filas(libro: Libro) -> Any:
    return libro.conexion.execute("SELECT * FROM pagos_cierre ORDER BY dia").fetchall()


def test_la_hoja_son_estos_bytes() -> None:

    hoja = Hoja(
        numero=7,
        id=UUID("018CC251-F400-7000-8000-0000000000AA"),
        debito=1,
        credito=2,
        monto=1250,
        codigo=1,
        tipo=1,
        creada_en=datetime(2026, 11, 22, 20, 0, 0, 1, tzinfo=ZONA),
        referencia=UUID(int=5),
    )
    assert hoja.texto == (
        "qhatu-transferencia-v1|7|018cc251-f400-7000-8000-0000000000aa|1|2|1250|1|1"
        "|2026-11-23T00:00:00.000001Z|00000000-0000-0000-0000-000000000005|"
    )
    assert hoja.hash == hash_de_hoja(hoja.texto.encode())


def test_se_cierra_cinco_minutos_despues_de_medianoche(libro: Libro, dia: Any, reloj: Any) -> None:
    for hora, minuto, hechos in ((23, 59, 0), (24, 4, 0), (24, 6, 1), (24, 7, 0)):
        reloj.situar(mediodia(AYER) + timedelta(hours=hora - 12, minutes=minuto))
        assert cerrar_pendientes() == hechos
    ((cerrado, cantidad, contabilizadas, suma, primero, ultimo, raiz, formato, _en),) = filas(libro)
    assert (cerrado, cantidad, contabilizadas, suma, formato) == (AYER, 4, 3, 10_350, 1)
    assert (primero, ultimo) == (1, 4)
    hojas = libro.conexion.execute(
        "SELECT numero, id, debito, credito, monto, codigo, tipo, creada_en, referencia, pendiente_id "
        "FROM pagos_transferencia ORDER BY numero"
    )
    assert raiz == raiz_de(Hoja(*h).hash for h in hojas)


def test_los_dias_sin_pagos_tambien_se_cierran(libro: Libro, dia: Any, reloj: Any) -> None:
    reloj.adelantar(timedelta(days=3))
    assert cerrar_pendientes() == 3
    cerrados = filas(libro)
    assert [(f[0] - AYER).days for f in cerrados] == [0, 1, 2]
    assert [f[1] for f in cerrados] == [4, 0, 0]
    assert cerrados[1][6] == RAIZ_VACIA
    assert cerrados[1][4:6] == (None, None)
    assert cerrar_pendientes() == 0


def test_un_escritor_abierto_desde_antes_lo_retrasa(
    libro: Libro, dia: Any, reloj: Any, servidores: dict[str, Any]
) -> None:
    """Its transfer carries yesterday's instant and commits today: the closing waits for it."""
    reloj.situar(mediodia(AYER) + timedelta(hours=13))
    with psycopg.connect(libro.url) as tardia:
        en = f"{(mediodia(AYER) + timedelta(hours=11.9) - datetime.now(UTC)).total_seconds()} s"
        tardia.execute("SELECT set_config('qhatu.desfase', %s, false)", [en])
        assert libro.lote({"debito": dia.a, "credito": dia.b, "monto": 5}, conexion=tardia) == ["ok"]
        from pagos.supervision import cierre

        with transaccion() as sesion:
            assert cierre._hay_escritores_de_antes(sesion, reloj.ahora() + timedelta(minutes=1))
        tardia.commit()
    with transaccion() as sesion:
        assert not cierre._hay_escritores_de_antes(sesion, reloj.ahora() + timedelta(minutes=1))
    assert cerrar_pendientes() == 1
    assert filas(libro)[0][1] == 5


def test_numeros_entreverados_a_medianoche(libro: Libro, dia: Any, reloj: Any) -> None:
    """A transfer of the new day may have a lower number than one of the old: each goes to its own day."""
    inicio = datetime(2026, 3, 11, tzinfo=ZONA)
    pares = [(libro.cuenta(saldo=7), libro.cuenta()) for _ in range(4)]
    for segundos, (paga, recibe) in zip((1, -1, 2, -2), pares, strict=True):
        en = f"{(inicio + timedelta(seconds=segundos) - datetime.now(UTC)).total_seconds()} s"
        libro.conexion.execute("SELECT set_config('qhatu.desfase', %s, false)", [en])
        assert libro.mover(paga, recibe, 7) == "ok"
    reloj.situar(inicio + timedelta(days=1, hours=1))
    assert cerrar_pendientes() == 2
    assert [(f[1], f[4], f[5]) for f in filas(libro)] == [(10, 1, 12), (2, 9, 11)]


def test_nada_cambia_un_cierre(libro: Libro, dia: Any, reloj: Any) -> None:
    reloj.adelantar(timedelta(days=1))
    cerrar_pendientes()
    antes = filas(libro)
    hoy = libro.uno("SELECT current_setting('qhatu.desfase')")
    libro.duenio.execute("SELECT set_config('qhatu.desfase', %s, false)", [hoy])
    for orden in (
        "UPDATE pagos_cierre SET suma = suma + 1",
        "DELETE FROM pagos_cierre",
        "TRUNCATE pagos_cierre CASCADE",
        "UPDATE pagos_cierre_bloque SET primero = 2",
        "DELETE FROM pagos_cierre_bloque",
        "INSERT INTO pagos_cierre_bloque SELECT dia, 1, 1, 9, 9, raiz FROM pagos_cierre",
        "INSERT INTO pagos_cierre SELECT dia + 2, 0, 0, 0, NULL, NULL, raiz, 1 FROM pagos_cierre",
        "INSERT INTO pagos_cierre SELECT dia + 1, 0, 0, 0, NULL, NULL, raiz, 1 FROM pagos_cierre",
        "INSERT INTO pagos_cierre SELECT dia - 1, 0, 0, 0, NULL, NULL, raiz, 1 FROM pagos_cierre",
    ):
        with pytest.raises(psycopg.Error):
            libro.duenio.execute(orden)
    assert filas(libro) == antes


def test_dos_trabajadores_a_la_vez_cierran_una_vez(libro: Libro, dia: Any, reloj: Any) -> None:
    reloj.adelantar(timedelta(days=2))
    barrera, hechos = threading.Barrier(2), []

    def trabajar() -> None:
        barrera.wait()
        hechos.append(cerrar_pendientes())

    hilos = [threading.Thread(target=trabajar) for _ in range(2)]
    for h in hilos:
        h.start()
    for h in hilos:
        h.join()
    assert sum(hechos) == 2
    assert len(filas(libro)) == 2


# --- Proofs -------------------------------------------------------------------------------------------------


@pytest.fixture
def prueba(libro: Libro, dia: Any, reloj: Any, cliente: Any, token_de: Any) -> Any:
    reloj.adelantar(timedelta(days=1))
    cerrar_pendientes()
    return cliente.get(
        f"/api/v1/transferencias/{dia.ids[1]}/prueba",
        headers={"Authorization": f"Bearer {token_de(dia.luis)}"},
    ).json()


def test_la_prueba_se_comprueba_sin_la_base(prueba: Any, dia: Any, cliente: Any, tmp_path: Any) -> None:
    publicado = cliente.get(f"/api/v1/cierres/{AYER}").json()
    assert (prueba["indice"], prueba["tamano"], len(prueba["ruta"])) == (2, 4, 2)
    assert prueba["transferencia"]["monto_centavos"] == "250"
    assert prueba["cierre"]["raiz"] == publicado["raiz"]
    assert comprobar_prueba(prueba, publicado["raiz"]) == []
    assert "saldo" not in json.dumps(prueba)

    archivo = tmp_path / "prueba.json"
    archivo.write_text(json.dumps(prueba))

    def verificar(*opciones: str) -> tuple[int, str]:
        """Without a platform: nothing tells it where one is."""
        hecho = subprocess.run(
            [sys.executable, "-m", "plataforma.cli", "verify", "comprobante", str(archivo), *opciones],
            capture_output=True,
            text=True,
            env={"PATH": "", "LANG": "C.UTF-8"},
            timeout=60,
            check=False,
        )
        return hecho.returncode, hecho.stdout + hecho.stderr

    codigo, salida = verificar("--raiz", publicado["raiz"])
    assert (codigo, "✓ La transferencia está en el cierre del 2026-03-10" in salida) == (0, True), salida
    codigo, salida = verificar("--raiz", "00" * 32)
    assert (codigo, "✗ La raíz no es la que se publicó" in salida) == (1, True), salida
    archivo.write_text("{")
    codigo, salida = verificar()
    assert (codigo, "No se pudo leer" in salida, "Traceback" in salida) == (1, True, False), salida


def test_cada_edicion_de_la_prueba_se_nota(prueba: Any) -> None:
    """Every character of the leaf and every bit of every hash, one at a time."""
    hoja = prueba["hoja"]
    for i in range(len(hoja)):
        for otro in {chr(ord(hoja[i]) ^ 1), chr(ord(hoja[i]) ^ 2)}:
            mala = copy.deepcopy(prueba)
            mala["hoja"] = hoja[:i] + otro + hoja[i + 1 :]
            assert comprobar_prueba(mala)
    for campo in range(len(prueba["ruta"])):
        for bit in range(256):
            mala = copy.deepcopy(prueba)
            mala["ruta"][campo] = f"{int(prueba['ruta'][campo], 16) ^ (1 << bit):064x}"
            assert comprobar_prueba(mala)
    for bit in range(256):
        mala = copy.deepcopy(prueba)
        mala["cierre"]["raiz"] = f"{int(prueba['cierre']['raiz'], 16) ^ (1 << bit):064x}"
        assert comprobar_prueba(mala)
        mala = copy.deepcopy(prueba)
        mala["hash"] = f"{int(prueba['hash'], 16) ^ (1 << bit):064x}"
        assert comprobar_prueba(mala)


def test_los_datos_sueltos_tambien_se_comprueban(prueba: Any) -> None:
    for campo in prueba["transferencia"]:
        mala = copy.deepcopy(prueba)
        mala["transferencia"][campo] += "0"
        assert comprobar_prueba(mala) == ["Los datos de la transferencia no son los de la hoja."]
    for campo, valor in (("indice", 1), ("tamano", 5), ("version", "otra")):
        assert comprobar_prueba(prueba | {campo: valor})
    for malo in (None, [], {}, prueba | {"ruta": "x"}, prueba | {"indice": True}, prueba | {"hoja": "ñ"}):
        assert comprobar_prueba(malo) == ["El archivo no es una prueba de Qhatu o está incompleto."]


def test_cada_transferencia_del_dia_tiene_su_prueba_con_bloques_chicos(
    libro: Libro, dia: Any, reloj: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pagos.libro.consultas import transferencia_por_id
    from pagos.supervision import cierre, prueba

    for modulo in (cierre, prueba):
        monkeypatch.setattr(modulo, "POR_BLOQUE", 4)
    for _ in range(23):
        assert libro.mover(dia.a, dia.b, 1) == "ok"
    reloj.adelantar(timedelta(days=1))
    assert cerrar_pendientes() == 1
    assert libro.uno("SELECT count(*) FROM pagos_cierre_bloque") == 7
    ids = [f[0] for f in libro.conexion.execute("SELECT id FROM pagos_transferencia ORDER BY numero")]
    with transaccion() as sesion:
        for i, id in enumerate(ids):
            documento = prueba.prueba_de(sesion, transferencia_por_id(sesion, id))
            assert (documento["indice"], documento["tamano"]) == (i, 27)
            assert comprobar_prueba(documento) == []


def test_quien_pide_la_prueba(
    libro: Libro, dia: Any, reloj: Any, cliente: Any, token_de: Any, crear_persona: Any, sesion_web: Any
) -> None:
    ruta = f"/api/v1/transferencias/{dia.ids[0]}/prueba"

    def estado(quien: Any, ruta: str = ruta) -> int:
        return cliente.get(ruta, headers={"Authorization": f"Bearer {token_de(quien)}"}).status_code

    assert estado(dia.ana) == 409
    pagina = sesion_web(dia.ana).get(f"/comprobantes/{dia.ids[0]}/prueba")
    assert "termine y se cierre el día 10 de marzo de 2026" in pagina.text
    reloj.adelantar(timedelta(days=1))
    cerrar_pendientes()
    assert (estado(dia.ana), estado(dia.luis)) == (200, 200)
    assert estado(crear_persona("Eva")) == 403
    assert estado(dia.ana, f"/api/v1/transferencias/{nuevo()}/prueba") == 404
    assert cliente.get(ruta).status_code == 401
    pagina = sesion_web(dia.ana).get(f"/comprobantes/{dia.ids[0]}/prueba")
    assert "2 de 4" in pagina.text
    assert "Sellada" in pagina.text
    assert sesion_web(crear_persona("Iván")).get(f"/comprobantes/{dia.ids[0]}/prueba").status_code == 403
    assert f"/comprobantes/{dia.ids[0]}/prueba" in sesion_web(dia.ana).get(f"/comprobantes/{dia.ids[0]}").text


def test_un_libro_cambiado_a_la_fuerza_se_nota(
    libro: Libro, dia: Any, reloj: Any, cliente: Any, token_de: Any
) -> None:
    from pagos.supervision.cierre import verificar_cierres

    reloj.adelantar(timedelta(days=1))
    cerrar_pendientes()
    with transaccion() as sesion:
        assert verificar_cierres(sesion, 3) == []
    libro.corrompido = True
    with psycopg.connect(libro.url_admin, autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("UPDATE pagos_transferencia SET credito = 999 WHERE id = %s", [dia.ids[0]])
    with transaccion() as sesion:
        (falla,) = verificar_cierres(sesion, 3)
    assert "o cambió alguna" in falla
    respuesta = cliente.get(
        f"/api/v1/transferencias/{dia.ids[1]}/prueba",
        headers={"Authorization": f"Bearer {token_de(dia.ana)}"},
    )
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (409, "libro_no_coincide")


DE_ANTES = {
    "version": "qhatu-prueba-v1",
    "transferencia": {
        "numero": "3",
        "id": "018cc251-f400-7000-8000-0000000000aa",
        "debito": "1",
        "credito": "2",
        "monto_centavos": "250",
        "codigo": "1",
        "tipo": "1",
        "creada_en": "2026-03-10T16:00:00.000001Z",
        "referencia": "",
        "pendiente_id": "",
    },
    "hoja": (
        "qhatu-transferencia-v1|3|018cc251-f400-7000-8000-0000000000aa|1|2|250|1|1|2026-03-10T16:00:00.000001Z||"
    ),
    "hash": "f3bd0504270b9e4eed43b8431e63d89b47a1ebeef5d08b5f2fe56fc9e196a7ce",
    "indice": 2,
    "tamano": 4,
    "ruta": ["aa" * 32, "bb" * 32],
    "cierre": {
        "dia": "2026-03-10",
        "cantidad": 4,
        "raiz": "a73048f140a357259b99caf2d14cb69a596a8f4326b58e3456f61a0af12d7d4e",
    },
    "como_verificar": "",
}
"""A proof that was given out before closings went into the public log."""


def test_una_prueba_ya_entregada_sigue_valiendo() -> None:
    assert comprobar_prueba(DE_ANTES, DE_ANTES["cierre"]["raiz"]) == []  # type: ignore[index]


def test_cada_cierre_queda_en_el_registro_publico(libro: Libro, dia: Any, reloj: Any, cliente: Any) -> None:
    reloj.adelantar(timedelta(days=2))
    assert cerrar_pendientes() == 2
    integrar_pendientes()
    for cierre in cliente.get("/api/v1/cierres").json()["datos"]:
        prueba = cliente.get(f"/api/v1/constancia/hojas/{cierre['constancia']}/prueba").json()
        assert prueba["hoja"] == {
            "tipo": "cierre",
            "objeto": cierre["dia"],
            "contenido": f"{cierre['cantidad']}|{cierre['raiz']}",
        }
        assert comprobar_constancia(prueba) == []
        pagina = cliente.get(f"/constancia/hojas/{cierre['constancia']}").text
        assert f"Cierre diario del libro de pagos: {cierre['dia']}" in pagina
        assert f'href="/cierres#d{cierre["dia"]}"' in pagina
        assert f'href="/constancia/hojas/{cierre["constancia"]}"' in cliente.get("/cierres").text


def test_un_cierre_que_no_es_el_anotado_se_nota(
    libro: Libro, dia: Any, reloj: Any, servidores: dict[str, Any]
) -> None:
    """Whoever changes the ledger and its closing together cannot change the log with them."""
    from pagos.supervision.cierre import verificar_cierres

    reloj.adelantar(timedelta(days=1))
    cerrar_pendientes()
    libro.corrompido = True
    with psycopg.connect(libro.url_admin, autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("UPDATE pagos_transferencia SET credito = 999 WHERE id = %s", [dia.ids[0]])
        with transaccion() as sesion:
            _cantidad, _suma, raiz = cierre_modulo._recontar(sesion, AYER)
        admin.execute("UPDATE pagos_cierre SET raiz = %s", [raiz])
    with transaccion() as sesion:
        assert verificar_cierres(sesion, 3) == [
            f"cierre: el del {AYER} no es el que se anotó en el registro público"
        ]


def test_los_cierres_son_publicos(libro: Libro, dia: Any, reloj: Any, cliente: Any) -> None:
    assert cliente.get("/api/v1/cierres").json() == {"datos": [], "siguiente": None}
    assert "Todavía no hay cierres" in cliente.get("/cierres").text
    reloj.adelantar(timedelta(days=3))
    cerrar_pendientes()
    primera = cliente.get("/api/v1/cierres?limite=2").json()
    assert [c["dia"] for c in primera["datos"]] == ["2026-03-12", "2026-03-11"]
    segunda = cliente.get("/api/v1/cierres", params={"cursor": primera["siguiente"]}).json()
    assert [(c["dia"], c["cantidad"], c["suma"]) for c in segunda["datos"]] == [
        ("2026-03-10", 4, {"monto": "103.50", "moneda": "BOB"})
    ]
    assert segunda["siguiente"] is None
    assert cliente.get("/api/v1/cierres?cursor=x").status_code == 422
    assert cliente.get("/api/v1/cierres/2026-03-13").status_code == 404
    assert segunda["datos"][0]["raiz"] in cliente.get("/cierres").text


def test_lo_anotado_despues_con_fecha_anterior_va_a_su_dia(libro: Libro, dia: Any, reloj: Any) -> None:
    """Numbers need not follow time: an import of older payments is sealed on the days they happened."""
    en = f"{(mediodia(AYER) - timedelta(days=2) - datetime.now(UTC)).total_seconds()} s"
    libro.conexion.execute("SELECT set_config('qhatu.desfase', %s, false)", [en])
    afuera = libro.cuenta(
        titular_id=UUID(int=0), titular_tipo="sistema", tipo="pasarela", debitos_no_exceden_creditos=False
    )
    assert libro.mover(afuera, libro.cuenta(), 9, codigo=103) == "ok"
    reloj.adelantar(timedelta(days=1))
    assert cerrar_pendientes() == 3
    assert [(f[0].day, f[1], f[3]) for f in filas(libro)] == [(8, 1, 9), (9, 0, 0), (10, 4, 10_350)]


def test_un_cierre_inventado_en_el_registro_publico_se_nota(libro: Libro, dia: Any, reloj: Any) -> None:
    """With the application's password anybody can note a line; it does not make a day of the ledger."""
    from pagos.supervision.verificar import verificar_ultimos_cierres

    reloj.adelantar(timedelta(days=2))
    assert cerrar_pendientes() == 2
    with transaccion() as sesion:
        assert verificar_ultimos_cierres(sesion) == []
        anotar(sesion, "cierre", "2026-03-10", f"1|{'0' * 64}")
    with transaccion() as sesion:
        assert verificar_ultimos_cierres(sesion) == [
            f"cierre: el registro público tiene uno que no existe, 2026-03-10|1|{'0' * 64}"
        ]
