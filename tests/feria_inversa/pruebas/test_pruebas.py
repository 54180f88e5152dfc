"""Proofs of an award, of a sealed bid and of an opening: good, and with each bit of them changed."""

import base64
import copy
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session
from typer.testing import CliRunner

from constancia import (
    anotar,
    comprobar_constancia,
    decir_constancia,
    hash_de,
    integrar_pendientes,
    prueba_de_hojas,
)
from constancia.consultas import ultima_cabeza
from feria_inversa.actos.verificar import verificar_actas
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.ofertas import recibidas_en_hoja
from feria_inversa.ofertas.ofertas import retirar_oferta
from feria_inversa.ofertas.verificar import verificar_selladas
from feria_inversa.procesos.tareas import cerrar_recepciones
from feria_inversa.pruebas.comprobar import _da_cuenta
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from plataforma.cli import comandos
from tests.constancia.test_pruebas import firmada
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.llaves.ayudas import Guarda, entregar, resguardo
from tests.feria_inversa.ofertas.test_selladas import lineas_de, mandar

API = "/api/v1/convocatorias"
SAL = {"ana": "a1" * 32, "beto": "b2" * 32}
MAL = "El archivo no es una prueba de un proceso de compra o está incompleto."


@pytest.fixture
def guardas(feria: Feria) -> list[Guarda]:
    return resguardo(feria)


def dicho_de(feria: Feria, id_: UUID, quien: str, *precios: str) -> bytes:
    return json.dumps({"version": 1, "sal": SAL[quien], "lineas": lineas_de(feria, id_, *precios)}).encode()


def abierta(feria: Feria, guardas: list[Guarda], reloj: Any) -> tuple[UUID, dict[str, str]]:
    """Ana's and Beto's bids came sealed, one of a third was taken back; the list was noted, and then they
    were opened. Their fingerprints.
    """
    id_ = feria.publicada().id
    dichos = {
        "ana": dicho_de(feria, id_, "ana", "440.00", "700.10"),
        "beto": dicho_de(feria, id_, "beto", "430.25"),
    }
    for quien, dicho in dichos.items():
        mandar(id_, getattr(feria, quien), dicho)
    tercera = feria.crear_parte("Tercera")
    fuera = mandar(id_, tercera, dicho_de(feria, id_, "ana", "1.00"))
    with transaccion() as sesion:
        retirar_oferta(sesion, tercera.actor, fuera)
    reloj.adelantar(timedelta(days=10, seconds=1))
    assert cerrar_recepciones() == 1
    entregar_pendientes()
    integrar_pendientes()
    for guarda in guardas[:2]:
        entregar(guarda, id_)
    integrar_pendientes()
    return id_, {quien: hashlib.sha256(dicho).hexdigest() for quien, dicho in dichos.items()}


def adjudicada(feria: Feria, id_: UUID) -> None:
    """The desks to Beto, the boards to Ana."""
    with transaccion() as sesion:
        filas = sesion.connection().execute(
            text("SELECT id, unidad_id FROM feria_oferta WHERE convocatoria_id = :id"), {"id": id_}
        )
        de = {unidad: oferta for oferta, unidad in filas}
        pupitre, pizarra = feria.items(id_)
        decisiones = [
            DecisionEntrada(item_id=pupitre.id, oferta_id=de[feria.beto.id]),
            DecisionEntrada(item_id=pizarra.id, oferta_id=de[feria.ana.id]),
        ]
        adjudicar(sesion, feria.entidad.actor, id_, decisiones)
    integrar_pendientes()


@pytest.fixture
def pedir(cliente: Any) -> Callable[[UUID, str], Any]:
    """`pedir(proceso, "actas/1")` -> the file, as anybody gets it."""

    def archivo(id_: UUID, que: str) -> Any:
        respuesta = cliente.get(f"{API}/{id_}/{que}/prueba")
        assert respuesta.status_code == 200, respuesta.text
        assert respuesta.headers["content-disposition"].startswith('attachment; filename="qhatu-')
        return respuesta.json()

    return archivo


def test_la_orden_sola_conoce_las_pruebas_de_la_feria(tmp_path: Any) -> None:
    """In a process that loaded nothing: in this one, the rooms of the tests are there already."""
    archivo = tmp_path / "oferta.json"
    archivo.write_text(json.dumps({"version": "qhatu-feria-v1"}))
    hecho = subprocess.run(
        [sys.executable, "-m", "plataforma.cli", "verify", "constancia", str(archivo)],
        capture_output=True,
        text=True,
        env={"PATH": "", "LANG": "C.UTF-8"},
        timeout=120,
        check=False,
    )
    assert (hecho.returncode, hecho.stdout, hecho.stderr) == (1, f"✗ {MAL}\n", "")


def test_una_oferta_sin_huella_no_es_una_oferta() -> None:
    """A leaf, of whoever's log, that says only a state: nothing is told of it, and nothing breaks."""
    hoja = firmada("oferta_sellada", "proceso", "vigente", "2026-03-01T00:00:00.000Z")
    prueba = {
        "version": "qhatu-feria-v1",
        "clase": "oferta",
        "hojas": [hoja["hoja"] | {"indice": 0, "ruta": []}],
        "cabeza": hoja["cabeza"],
        "clave_publica": hoja["clave_publica"],
        "acta": None,
        "textos": [],
        "recibidas": [],
        "como_verificar": "",
    }
    assert comprobar_constancia(prueba) == ["El texto no es el que se selló."]


def test_una_adjudicacion_se_prueba_sin_la_plataforma(
    feria: Feria, reloj: Any, pedir: Any, sesion: Session, tmp_path: Any, monkeypatch: Any
) -> None:
    id_ = feria.publicada().id
    feria.ofertar(feria.ana, id_, ["440.00", "700.10"])
    feria.ofertar(feria.beto, id_, ["430.25", None])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    adjudicada(feria, id_)
    prueba = pedir(id_, "actas/2")
    assert comprobar_constancia(prueba) == []
    acta = json.loads(prueba["acta"])
    assert (acta["clase"], acta["numero"], acta["proceso"], acta["vez"]) == ("adjudicacion", 2, str(id_), 1)
    assert [(d["item"], d["proveedor"], d["total"]) for d in acta["decisiones"]] == [
        (1, "Carpintería Beto", 17210.0),
        (2, "Cooperativa Ana", 4200.6),
    ]
    archivo = tmp_path / "acta.json"
    archivo.write_text(json.dumps(prueba))
    for variable in ("QHATU_BASE_DATOS_URL", "QHATU_REDIS_URL"):
        monkeypatch.setenv(variable, "postgresql+psycopg://nadie@127.0.0.1:1/nada")
    dice = CliRunner().invoke(comandos, ["verify", "constancia", str(archivo)])
    assert dice.exit_code == 0, dice.output
    assert "Carpintería Beto" in dice.output
    assert "Bs 17210,00" in dice.output
    assert "Prueba que el acta que decide" in dice.output
    assert "No prueba que la decisión fuera la mejor" in dice.output
    otra_clave = CliRunner().invoke(comandos, ["verify", "constancia", str(archivo), "--clave", "0" * 64])
    assert otra_clave.exit_code == 1
    assert "La clave no es la que se publicó." in otra_clave.output
    assert verificar_actas(sesion) == []
    sesion.connection().execute(
        text("SELECT constancia_anotar('acta_de_proceso', :id, '9|adjudicacion|x')"), {"id": str(id_)}
    )
    assert verificar_actas(sesion) == [f"la constancia tiene un acta que no hay: {id_}|9|adjudicacion|x"]


@pytest.mark.parametrize(
    "cambio", ["'{total}', '1'", "'{registro}', '\"UE-0000001-3\"'", "'{resultado}', '\"desierto\"'"]
)
def test_un_acta_que_dice_otra_adjudicacion_no_se_escribe(feria: Feria, reloj: Any, cambio: str) -> None:
    """Nor one of other decisions, nor twice: the database refuses it, whoever writes it."""
    id_ = feria.publicada().id
    feria.ofertar(feria.ana, id_, ["440.00", "700.10"])
    feria.ofertar(feria.beto, id_, ["430.25", None])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    adjudicada(feria, id_)
    with feria.duenio.begin() as conexion:
        (cuando, contenido) = conexion.execute(
            text(
                "SELECT hecha_en, contenido::jsonb -> 'decisiones' FROM feria_acta"
                " WHERE convocatoria_id = :id AND clase = 'adjudicacion'"
            ),
            {"id": id_},
        ).one()
        dicha = text(
            "SELECT feria_adjudicacion_dicha(:id, :cuando, CAST(:todas AS jsonb)),"
            f" feria_adjudicacion_dicha(:id, :cuando, jsonb_set(CAST(:todas AS jsonb), '{{0}}',"
            f" jsonb_set(CAST(:todas AS jsonb) -> 0, {cambio}))),"
            " feria_adjudicacion_dicha(:id, :cuando, CAST(:todas AS jsonb) - 1)"
        )
        dichas = conexion.execute(dicha, {"id": id_, "cuando": cuando, "todas": json.dumps(contenido)}).one()
        assert tuple(dichas) == (True, False, False)
    with pytest.raises(DBAPIError, match="an act is written when it is done"), feria.duenio.begin() as otra:
        otra.execute(
            text(
                "INSERT INTO feria_acta (id, convocatoria_id, numero, clase, contenido, huella, hecha_en,"
                " hecha_por)"
                " SELECT gen_random_uuid(), convocatoria_id, 3, clase, contenido, huella, hecha_en, hecha_por"
                " FROM feria_acta WHERE convocatoria_id = :id AND clase = 'adjudicacion'"
            ),
            {"id": id_},
        )


def test_una_oferta_sellada_y_lo_que_decia(
    feria: Feria, guardas: list[Guarda], reloj: Any, pedir: Any, cliente: Any
) -> None:
    id_ = feria.publicada().id
    dicho = dicho_de(feria, id_, "ana", "440.00", "700.10")
    huella = hashlib.sha256(dicho).hexdigest()
    mandar(id_, feria.ana, dicho)
    assert cliente.get(f"{API}/{id_}/ofertas/{huella}/prueba").status_code == 404  # nor that there is one
    reloj.adelantar(timedelta(days=10, seconds=1))
    cerrar_recepciones()
    entregar_pendientes()
    pendiente = cliente.get(f"{API}/{id_}/ofertas/{huella}/prueba")
    assert (pendiente.status_code, pendiente.json()["codigo"]) == (409, "constancia_pendiente")
    integrar_pendientes()
    cerrada = pedir(id_, f"ofertas/{huella}")
    assert (cerrada["textos"], comprobar_constancia(cerrada)) == ([], [])
    sin_abrir = cliente.get(f"{API}/{id_}/apertura/prueba")
    assert (sin_abrir.status_code, sin_abrir.json()["codigo"]) == (409, "sin_apertura_sellada")
    for guarda in guardas[:2]:
        entregar(guarda, id_)
    integrar_pendientes()
    prueba = pedir(id_, f"ofertas/{huella}")
    assert (prueba["textos"], comprobar_constancia(prueba)) == ([dicho.decode()], [])
    assert decir_constancia(prueba).lineas[1:] == [
        f"Huella de la oferta: {huella}. Al cierre estaba vigente.",
        f"Decía: {dicho.decode()}",
    ]
    otro = prueba | {"textos": [dicho.decode().replace("440.00", "439.00")]}
    assert comprobar_constancia(otro) == ["El texto no es el que se selló."]
    assert comprobar_constancia(prueba | {"textos": prueba["textos"] * 2}) == [
        "El texto no es el que se selló."
    ]
    # The same leaf, told as if the fingerprint of the envelope were that of the bid.
    (hoja,) = prueba["hojas"]
    huella_, resto = hoja["contenido"].split("|", 1)
    corrida = hoja | {"objeto": f"{hoja['objeto']}|{huella_}", "contenido": resto}
    assert comprobar_constancia(prueba | {"hojas": [corrida], "textos": []}) == [MAL]


def _sin(prueba: Any, n: int) -> Any:
    return prueba | {"recibidas": [r for i, r in enumerate(prueba["recibidas"]) if i != n]}


def test_una_apertura_esta_completa(
    feria: Feria, guardas: list[Guarda], reloj: Any, pedir: Any, sesion: Session
) -> None:
    id_, huellas = abierta(feria, guardas, reloj)
    prueba = pedir(id_, "apertura")
    assert comprobar_constancia(prueba) == []
    assert len(prueba["recibidas"]) == 3
    assert decir_constancia(prueba).lineas[1:] == [
        "Ofertas que se recibieron: 3",
        "El acta 1 abrió 2, dejó cerradas 1 y no valieron 0.",
        "La lista se anotó antes que el acta.",
    ]
    lista, cuentas = (
        "La lista de ofertas no es la que se anotó al cierre.",
        "El acta no da cuenta de esas mismas ofertas, cada una una vez.",
    )
    for n in range(3):  # one is missing, or comes twice
        assert comprobar_constancia(_sin(prueba, n)) == [lista, cuentas]
        doble = prueba | {"recibidas": sorted([*prueba["recibidas"], prueba["recibidas"][n]])}
        assert set(comprobar_constancia(doble)) == {lista, cuentas}
    assert comprobar_constancia(prueba | {"recibidas": prueba["recibidas"][::-1]}) == [lista]
    assert verificar_selladas(sesion) == []
    # Somebody who has the application's password notes a shorter list: it is seen, and it is not of the act.
    sesion.connection().execute(
        text("SELECT constancia_anotar('ofertas_recibidas', :id, '2|x')"), {"id": str(id_)}
    )
    assert verificar_selladas(sesion) == [f"la constancia cuenta otras ofertas: {id_}|2|x"]
    sesion.rollback()
    # Of a list forged with all the rest and signed again, who bid tells: her receipt is of one not there.
    vigentes = [r.split("|")[0] for r in prueba["recibidas"] if r.endswith("vigente")]
    assert sorted(vigentes) == sorted(huellas.values())


def test_un_acta_que_calla_una_oferta_no_pasa(
    feria: Feria, guardas: list[Guarda], reloj: Any, pedir: Any
) -> None:
    """Also signed by the platform itself: the count, the list and the act have to agree."""
    id_, huellas = abierta(feria, guardas, reloj)
    acta = json.loads(pedir(id_, "apertura")["acta"])
    otra = copy.deepcopy(acta)
    otra["ofertas"] = [o for o in otra["ofertas"] if o["huella"] != huellas["ana"]]
    del otra["textos"][huellas["ana"]]
    doble = copy.deepcopy(acta)
    doble["cerradas"]["retirada"].append(huellas["ana"])
    como_retirada = copy.deepcopy(otra)
    como_retirada["cerradas"]["retirada"].append(huellas["ana"])
    con_otro_texto = copy.deepcopy(acta)
    con_otro_texto["textos"][huellas["ana"]] += " "
    for n, dicho in enumerate((otra, doble, como_retirada, con_otro_texto), start=1):
        contenido = json.dumps(dicho)
        huella = hashlib.sha256(contenido.encode()).hexdigest()
        with transaccion() as sesion:
            anotar(sesion, "acta_de_proceso", str(id_), f"1|apertura|{huella}")
        integrar_pendientes()
        prueba = pedir(id_, "apertura")
        with transaccion() as sesion:
            cuantas = hash_de("ofertas_recibidas", str(id_), recibidas_en_hoja(id_, prueba["recibidas"]))
            suya = hash_de("acta_de_proceso", str(id_), f"1|apertura|{huella}")
            firmadas = prueba_de_hojas(sesion, [cuantas, suya]).model_dump(mode="json")
        fallas = comprobar_constancia(prueba | firmadas | {"acta": contenido})
        assert fallas == ["El acta no da cuenta de esas mismas ofertas, cada una una vez."], n


def test_una_oferta_que_no_se_leyo_es_la_que_llego() -> None:
    """Its envelope is that of its leaf, not any other that whoever opens could show; nor none."""
    sobre, otro = b"lo que llego", b"lo que pusieron"
    huella, suya, ajena = "a" * 64, hashlib.sha256(sobre).hexdigest(), hashlib.sha256(otro).hexdigest()
    vacio = hashlib.sha256(b"").hexdigest()

    def da_cuenta(puesto: bytes, dicha: str, hoja: str) -> bool:
        invalida = {"huella": huella, "texto": "", "huella_sobre": dicha}
        acta: dict[str, Any] = {"ofertas": [], "textos": {}, "cerradas": {}}
        acta["invalidas"] = [invalida | {"sobre": base64.b64encode(puesto).decode()}]
        return _da_cuenta(acta, [hoja])

    assert da_cuenta(sobre, suya, f"{huella}|{suya}|vigente")
    assert not da_cuenta(otro, ajena, f"{huella}|{suya}|vigente")
    assert not da_cuenta(otro, suya, f"{huella}|{suya}|vigente")
    assert not da_cuenta(b"", vacio, f"{huella}|{suya}|vigente")
    assert da_cuenta(sobre, suya, f"{huella}|vigente")  # of before there was a fingerprint of the envelope


def test_ni_de_otro_proceso_ni_con_una_cabeza_anterior(
    feria: Feria, guardas: list[Guarda], reloj: Any, pedir: Any, sesion: Session
) -> None:
    una, _huellas = abierta(feria, guardas, reloj)
    antes = ultima_cabeza(sesion)
    assert antes is not None
    primera = pedir(una, "apertura")
    otra, _huellas = abierta(feria, guardas, reloj)
    segunda, acta = pedir(otra, "apertura"), pedir(otra, "actas/1")
    mezclada = segunda | {"hojas": [pedir(una, "apertura")["hojas"][0], segunda["hojas"][1]]}
    assert "Las hojas no son de un mismo proceso." in comprobar_constancia(mezclada)
    assert comprobar_constancia(acta | {"acta": primera["acta"]}) == ["El acta no es la de su hoja."]
    assert comprobar_constancia(segunda | {"cabeza": primera["cabeza"]}) == [
        "La ruta no lleva a la raíz firmada."
    ]
    assert comprobar_constancia(segunda | {"clase": "acta"}) == [MAL]
    assert comprobar_constancia(segunda | {"de_mas": 1}) == [MAL]
    assert comprobar_constancia(segunda | {"acta": "[" * 100_000}) == [MAL]


def test_cada_bit(feria: Feria, guardas: list[Guarda], reloj: Any, pedir: Any, usar_clave: Any) -> None:
    """Of each kind of file, one bit at a time; but of the instructions, which nothing can check."""
    id_, huellas = abierta(feria, guardas, reloj)
    adjudicada(feria, id_)
    for que in ("actas/2", "apertura", f"ofertas/{huellas['ana']}"):
        documento = pedir(id_, que) | {"como_verificar": ""}
        crudo = bytearray(json.dumps(documento, ensure_ascii=False, separators=(",", ":")).encode())
        assert comprobar_constancia(json.loads(crudo)) == []
        pasan = []
        # Signatures are slow: of long texts one bit of each byte, another one each time.
        for lugar in range(len(crudo)):
            for bit in range(8) if len(crudo) < 2500 else (lugar % 8,):
                crudo[lugar] ^= 1 << bit
                try:
                    otro = json.loads(crudo.decode())
                except ValueError:
                    otro = None
                if otro is not None and otro != documento and comprobar_constancia(otro) == []:
                    pasan.append((lugar, bit))
                crudo[lugar] ^= 1 << bit
        assert pasan == []
    # Another key signs from now on: what is signed by it is good, and is not by the one that was published.
    clave = pedir(id_, "apertura")["cabeza"]["clave"]
    usar_clave("22" * 32)
    with transaccion() as sesion:
        anotar(sesion, "prueba", "x", "y")
    integrar_pendientes()
    con_otra = pedir(id_, "apertura")
    assert comprobar_constancia(con_otra) == []
    assert comprobar_constancia(con_otra, clave) == ["La clave no es la que se publicó."]


def test_las_paginas_llevan_a_las_pruebas(
    feria: Feria, guardas: list[Guarda], reloj: Any, cliente: Any, sesion_web: Any
) -> None:
    id_, huellas = abierta(feria, guardas, reloj)
    adjudicada(feria, id_)
    pruebas = cliente.get(f"/feria/{id_}/pruebas").text
    for que in ("actas/1", "actas/2", "apertura", *(f"ofertas/{h}" for h in huellas.values())):
        assert f'href="{API}/{id_}/{que}/prueba"' in pruebas
    assert "Prueba que el acta que decide" in pruebas
    assert "No prueba que la decisión fuera la mejor" in pruebas
    assert f'href="/feria/{id_}/pruebas"' in cliente.get(f"/feria/{id_}").text
    assert f'href="{API}/{id_}/actas/1/prueba"' in cliente.get(f"/feria/{id_}/acta").text
    with transaccion() as sesion:
        oferta = (
            sesion.connection()
            .execute(text("SELECT id FROM feria_oferta WHERE huella = :h"), {"h": huellas["ana"]})
            .scalar_one()
        )
    recibo = sesion_web(feria.ana.persona).get(f"/ofertas/{oferta}").text
    assert f'href="{API}/{id_}/ofertas/{huellas["ana"]}/prueba"' in recibo
    vacia = feria.publicada().id
    assert "Todavía no hay actas" in cliente.get(f"/feria/{vacia}/pruebas").text
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, vacia)
    assert "Lista en menos de un minuto" in cliente.get(f"/feria/{vacia}/pruebas").text
    integrar_pendientes()
    recien = cliente.get(f"/feria/{vacia}/pruebas").text
    assert "Lista en menos de un minuto" not in recien
    assert f'href="{API}/{vacia}/actas/1/prueba"' in recien
