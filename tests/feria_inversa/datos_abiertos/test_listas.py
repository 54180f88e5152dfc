"""The lists that programs follow: every process, every change, and where each goes on after its last page."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from feria_inversa.datos_abiertos.modelos import ReleaseOcds
from feria_inversa.datos_abiertos.publicar import poner_al_dia
from feria_inversa.procesos import compartir
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import nueva_sesion, transaccion
from nucleo.reloj import fecha_bolivia
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.datos_abiertos.ayudas import publicadas, publicar_todo
from tests.feria_inversa.datos_abiertos.historias import cancelada, contratada
from tests.feria_inversa.datos_abiertos.test_ocds import OCDS, sin_faltas
from tests.feria_inversa.datos_abiertos.test_ocds import extension as extension
from tests.feria_inversa.datos_abiertos.test_por_acto import enmienda

BASE = "http://127.0.0.1/ocds"


def leer(cliente: Any, direccion: str) -> Any:
    respuesta = cliente.get(direccion)
    assert respuesta.status_code == 200, respuesta.text
    assert respuesta.headers["access-control-allow-origin"] == "*"
    return respuesta.json()


def seguir(cliente: Any, lista: str, direccion: str) -> tuple[list[Any], str]:
    """What a list has from an address on, and where it is read later."""
    vistos: list[Any] = []
    while True:
        paquete = leer(cliente, direccion)
        assert paquete["uri"] == direccion
        vistos += paquete[lista]
        if "next" not in paquete["links"]:
            assert set(paquete["links"]) == {"monitor"}
            return vistos, paquete["links"]["monitor"]
        direccion = paquete["links"]["next"]


def ocids(records: list[Any]) -> list[str]:
    return [record["ocid"] for record in records]


def test_cada_proceso_una_vez_y_el_que_cambia_al_final(feria: Feria, reloj: Any, cliente: Any) -> None:
    viejo, abierto = cancelada(feria, reloj), feria.publicada(dias=25)
    nuevo = contratada(feria, reloj)
    publicar_todo()
    publicadas(cliente, 7)

    records, luego = seguir(cliente, "records", f"{BASE}/records.json?limite=1")

    assert ocids(records) == [viejo, abierto.ocid, nuevo]
    for record in records:
        (entero,) = leer(cliente, f"/ocds/records/{record['ocid']}")["records"]
        assert record["compiledRelease"] == entero["compiledRelease"]
        assert record["releases"] == [
            {"url": f"{BASE}/releases/{r['ocid']}#{r['id']}", "date": r["date"], "tag": r["tag"]}
            for r in entero["releases"]
        ]
    assert [len(record["releases"]) for record in records] == [2, 1, 4]
    assert seguir(cliente, "records", luego) == ([], luego)

    enmienda(feria, abierto.id, "Con tapa de madera.")
    publicar_todo()
    publicadas(cliente, 8)
    (otra_vez,), fin = seguir(cliente, "records", luego)
    assert (otra_vez["ocid"], len(otra_vez["releases"])) == (abierto.ocid, 2)
    assert otra_vez["compiledRelease"]["tender"]["description"] == "Con tapa de madera."
    assert fin != luego
    assert ocids(seguir(cliente, "records", f"{BASE}/records.json?limite=20")[0]) == [
        viejo,
        nuevo,
        abierto.ocid,
    ]


def test_los_procesos_de_unos_dias(feria: Feria, reloj: Any, cliente: Any) -> None:
    primero = feria.publicada()
    reloj.adelantar(timedelta(days=3))
    segundo = feria.publicada()
    publicar_todo()
    publicadas(cliente, 2)
    dia, otro = (fecha_bolivia(c.publicado_en) for c in (primero, segundo))
    assert otro - dia == timedelta(days=3)
    entre = dia + timedelta(days=1)

    def hay(pedido: str) -> list[str]:
        return ocids(seguir(cliente, "records", f"{BASE}/records.json?{pedido}&limite=1")[0])

    assert hay(f"desde={dia}&hasta={dia}") == hay(f"hasta={entre}") == [primero.ocid]
    assert hay(f"desde={entre}") == hay(f"desde={otro}&hasta={otro}") == [segundo.ocid]
    assert hay(f"desde={dia}&hasta={otro}") == [primero.ocid, segundo.ocid]
    assert hay(f"desde={entre}&hasta={otro - timedelta(days=1)}") == []
    al_reves = cliente.get(f"/ocds/records.json?desde={otro}&hasta={dia}")
    assert (al_reves.status_code, al_reves.json()["codigo"]) == (422, "dias_al_reves")
    assert cliente.get("/ocds/records.json?desde=ayer").status_code == 422
    assert cliente.get("/ocds/records.json?cursor=zzz").json()["codigo"] == "cursor_invalido"


def test_lo_que_cambia_se_sigue_sin_fin(feria: Feria, reloj: Any, cliente: Any, sesion: Session) -> None:
    vacio = leer(cliente, "/ocds/cambios.json")
    assert (vacio["datos"], vacio["hay_mas"]) == ([], False)
    ocid = cancelada(feria, reloj)
    publicar_todo()
    ids = publicadas(cliente, 2)

    primera = leer(cliente, f"/ocds/cambios.json?limite=1&cursor={vacio['siguiente']}")

    uno, dos = sesion.exec(select(ReleaseOcds).order_by(col(ReleaseOcds.numero))).all()
    assert ids == [uno.release_id, dos.release_id]
    assert primera["datos"] == [
        {
            "ocid": ocid,
            "release_id": uno.release_id,
            "fecha": primera["datos"][0]["fecha"],
            "etiquetas": ["tender"],
            "release": f"{BASE}/releases/{ocid}#{uno.release_id}",
            "record": f"{BASE}/records/{ocid}",
        }
    ]
    assert primera["hay_mas"] is True
    segunda = leer(cliente, f"/ocds/cambios.json?limite=1&cursor={primera['siguiente']}")
    assert ([c["release_id"] for c in segunda["datos"]], segunda["hay_mas"]) == ([dos.release_id], False)
    assert segunda["datos"][0]["etiquetas"] == ["tenderCancellation"]
    nada = leer(cliente, f"/ocds/cambios.json?limite=1&cursor={segunda['siguiente']}")
    assert nada == {"datos": [], "siguiente": segunda["siguiente"], "hay_mas": False}

    otro = feria.publicada()
    publicar_todo()
    publicadas(cliente, 3)
    (cambio,) = leer(cliente, f"/ocds/cambios.json?cursor={nada['siguiente']}")["datos"]
    assert (cambio["ocid"], cambio["etiquetas"]) == (otro.ocid, ["tender"])


def test_las_publicaciones_siguen_despues_de_la_ultima(feria: Feria, reloj: Any, cliente: Any) -> None:
    cancelada(feria, reloj)
    publicar_todo()
    ids = publicadas(cliente, 2)
    vistas, luego = seguir(cliente, "releases", f"{BASE}/releases.json?limite=1")
    assert [release["id"] for release in vistas] == ids
    assert seguir(cliente, "releases", luego) == ([], luego)
    feria.publicada()
    publicar_todo()
    todas = publicadas(cliente, 3)
    (nueva,), _fin = seguir(cliente, "releases", luego)
    assert todas == [*ids, nueva["id"]]


def test_ninguna_lista_se_adelanta_a_quien_empezo_antes(feria: Feria, cliente: Any, sesion: Session) -> None:
    """Who read to the end while a transaction was open reads later what it wrote, and what came after it."""
    primero, segundo = feria.publicada(), feria.publicada()
    listas = ("records.json", "cambios.json")
    with nueva_sesion() as lenta:
        compartir(lenta, primero.id)
        poner_al_dia(lenta, primero.id)
        with transaccion() as otra:
            compartir(otra, segundo.id)
            poner_al_dia(otra, segundo.id)
        a_medias = {lista: leer(cliente, f"/ocds/{lista}") for lista in listas}
        assert [a_medias["records.json"]["records"], a_medias["cambios.json"]["datos"]] == [[], []]
        lenta.commit()
    publicadas(cliente, 2)
    esperados = [sesion.get_one(Convocatoria, c.id).ocid for c in (primero, segundo)]
    records, _fin = seguir(cliente, "records", a_medias["records.json"]["links"]["monitor"])
    cambios = leer(cliente, f"/ocds/cambios.json?cursor={a_medias['cambios.json']['siguiente']}")["datos"]
    assert ocids(records) == [cambio["ocid"] for cambio in cambios] == esperados


@pytest.mark.skipif(not OCDS.exists(), reason="sin los esquemas OCDS (QHATU_DATOS_EXTERNOS)")
def test_los_paquetes_de_las_listas_son_del_estandar(
    feria: Feria, reloj: Any, cliente: Any, extension: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Besides `links`, which the standard recommends for lists and its schema does not have."""
    cancelada(feria, reloj)
    ocid = contratada(feria, reloj)
    publicar_todo()
    publicadas(cliente, 6)
    monkeypatch.chdir(tmp_path)  # the checker writes the extended schema where it stands
    for direccion in ("records.json?limite=20", "releases.json?limite=20", f"records/{ocid}"):
        paquete = leer(cliente, f"/ocds/{direccion}")
        paquete.pop("links", None)
        sin_faltas(paquete)


def test_las_paginas_dicen_donde_preguntar(cliente: Any) -> None:
    lugares = {f"/ocds/{lista}.json" for lista in ("releases", "records", "cambios")}
    for pagina in ("/feria/datos-abiertos", "/datos/compras-del-estado"):
        texto = cliente.get(pagina).text
        assert {lugar for lugar in lugares if f'href="{lugar}"' in texto} == lugares
