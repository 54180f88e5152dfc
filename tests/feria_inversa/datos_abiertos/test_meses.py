"""The files of a month: what is in them, when they are made again, and that there are all of them or none."""

import csv
import gzip
import hashlib
import io
import json
import zipfile
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, func, select

from constancia.modelos import Hoja
from feria_inversa.datos_abiertos import meses
from feria_inversa.datos_abiertos.bloqueos import mes_si_libre
from feria_inversa.datos_abiertos.escribir import Clase
from feria_inversa.datos_abiertos.meses import hacer_mes, por_hacer
from feria_inversa.datos_abiertos.modelos import CompiladoOcds, MesOcds, ReleaseOcds
from feria_inversa.datos_abiertos.tareas import hacer_meses
from feria_inversa.datos_abiertos.verificar import verificar_datos_abiertos
from feria_inversa.procesos.convocatorias import cancelar_convocatoria
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.archivos.modelos import Archivo, Contenido
from nucleo.bd import nueva_sesion, transaccion
from nucleo.reloj import ZONA, ahora
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.datos_abiertos.ayudas import publicar_todo
from tests.feria_inversa.datos_abiertos.historias import cancelada, contratada
from tests.feria_inversa.datos_abiertos.test_ocds import OCDS, fusion_de, sin_faltas
from tests.feria_inversa.datos_abiertos.test_ocds import extension as extension

MOTIVO = "Se modificó el presupuesto."
pytestmark = pytest.mark.skipif(not OCDS.exists(), reason="sin los esquemas OCDS (QHATU_DATOS_EXTERNOS)")


@pytest.fixture
def mes(reloj: Any) -> str:
    """The one in which the test happens, from noon of its second day on."""
    hoy = ahora().astimezone(ZONA)
    entra = (hoy.replace(day=1) + timedelta(days=32)).replace(day=2, hour=12, minute=0)
    reloj.adelantar(entra - hoy)
    return f"{entra:%Y-%m}"


def bajar(cliente: Any, mes: str, clase: Clase, **cabeceras: str) -> Any:
    return cliente.get(f"/ocds/meses/{mes}/{clase.value}", headers=cabeceras)


def lineas(respuesta: Any) -> list[str]:
    return gzip.decompress(respuesta.content).decode().splitlines()


def tablas(respuesta: Any) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(respuesta.content)) as juntas:
        return {
            nombre.removesuffix(".csv"): list(csv.DictReader(io.StringIO(juntas.read(nombre).decode())))
            for nombre in juntas.namelist()
        }


def cuantos(sesion: Session) -> tuple[int, int]:
    """Kept files of months, and their bytes."""
    archivos = select(Archivo.sha256).where(col(Archivo.tipo).in_({clase.tipo for clase in Clase}))
    hay = sesion.exec(archivos).all()
    bytes_de = select(func.count()).select_from(Contenido).where(col(Contenido.sha256).in_(hay))
    return len(hay), sesion.exec(bytes_de).one()


def otro_acto(feria: Feria, id_: Any) -> None:
    with transaccion() as sesion:
        cancelar_convocatoria(sesion, feria.entidad.actor, id_, MOTIVO)
    publicar_todo()


def test_cada_archivo_tiene_lo_publicado_en_el_mes(
    feria: Feria, reloj: Any, sesion: Session, cliente: Any, mes: str
) -> None:
    cancelada(feria, reloj)
    contratada(feria, reloj)
    publicar_todo()
    assert hacer_meses() == 2  # of all, and of the entity
    assert hacer_meses() == 0

    orden = (col(Convocatoria.publicado_en), col(Convocatoria.id), col(ReleaseOcds.secuencia))
    de_su_proceso = col(Convocatoria.id) == ReleaseOcds.convocatoria_id
    todo = select(ReleaseOcds.contenido).join(Convocatoria, de_su_proceso).order_by(*orden)
    releases = lineas(bajar(cliente, mes, Clase.RELEASES))
    assert releases == list(sesion.exec(todo))
    compilados = lineas(bajar(cliente, mes, Clase.COMPILADOS))
    assert sorted(compilados) == sorted(sesion.exec(select(CompiladoOcds.contenido)))
    leidas = [json.loads(linea) for linea in releases]
    fusiones = [fusion_de(list(suyas)) for _ocid, suyas in groupby(leidas, lambda r: r["ocid"])]
    assert fusiones == [json.loads(linea) for linea in compilados]

    (todas,) = cliente.get("/ocds/meses.json").json()["datos"]
    assert (todas["mes"], todas["en_curso"], todas["entidad"]) == (mes, True, None)
    assert (todas["procesos"], todas["publicaciones"]) == (2, 6)
    fechas = [datetime.fromisoformat(leida["date"]) for leida in leidas]
    dichas = [datetime.fromisoformat(todas[cual]) for cual in ("desde", "hasta")]
    assert dichas == [min(fechas), max(fechas)]
    for dicho, filas in zip(todas["archivos"], (6, 2, 2), strict=True):
        bajado = bajar(cliente, mes, Clase(dicho["archivo"])).content
        assert (dicho["filas"], dicho["bytes"]) == (filas, len(bajado))
        assert dicho["sha256"] == hashlib.sha256(bajado).hexdigest()
    de_dos = cliente.get(f"/ocds/meses.json?mes={mes}").json()["datos"]
    assert {d["entidad"] and d["entidad"]["nombre"] for d in de_dos} == {None, "Gobierno Municipal Prueba"}
    suyo = next(d for d in de_dos if d["entidad"])
    for uno, de_quien in ((todas, ""), (suyo, f"&entidad={suyo['entidad']['numero']}")):
        hoja = sesion.get_one(Hoja, bytes.fromhex(uno["constancia"]))
        assert hoja.objeto == f"feria/datos-abiertos/meses?mes={mes}{de_quien}"
        assert hoja.contenido == ",".join(f"{a['archivo']}={a['sha256']}" for a in uno["archivos"])
    assert verificar_datos_abiertos(sesion) == []
    assert [a["sha256"] for a in suyo["archivos"]] == [a["sha256"] for a in todas["archivos"]]
    assert cliente.get(suyo["archivos"][2]["url"]).content == bajar(cliente, mes, Clase.TABLAS).content


def test_las_tablas_son_las_de_siempre(
    feria: Feria, reloj: Any, cliente: Any, mes: str, tmp_path: Path
) -> None:
    """Exact amounts as they were published; and Flatten Tool makes of them what was told."""
    import flattentool

    cancelada(feria, reloj)
    ocid = contratada(feria, reloj)
    publicar_todo()
    assert hacer_meses() == 2
    bajadas = bajar(cliente, mes, Clase.TABLAS)
    leidas = tablas(bajadas)
    assert {nombre: len(filas) for nombre, filas in leidas.items()} == {
        "main": 2,
        "parties": 4,
        "tender_items": 4,
        "bids": 2,
        "bids_items": 3,
        "awards": 2,
        "awards_items": 2,
        "contracts": 2,
        "contracts_items": 2,
        "contracts_transactions": 0,
    }
    principal = {fila["ocid"]: fila for fila in leidas["main"]}[ocid]
    assert principal["tender/status"] == "complete"
    assert principal["tender/value/amount"] == "22683.00"
    assert principal["buyer/name"] == "Gobierno Municipal Prueba"
    cuce = ocid.removeprefix("ocds-qhatu0-")
    assert [(f["awards/0/id"], f["awards/0/value/amount"]) for f in leidas["awards"]] == [
        (f"{cuce}-A1", "17210.00"),
        (f"{cuce}-A2", "4200.60"),
    ]
    assert [
        (f["awards/0/items/0/id"], f["awards/0/items/0/quantity"], f["awards/0/items/0/unit/value/amount"])
        for f in leidas["awards_items"]
    ] == [("1", "40", "430.25"), ("2", "6", "700.10")]

    with zipfile.ZipFile(io.BytesIO(bajadas.content)) as juntas:
        juntas.extractall(tmp_path / "csv")
    vuelve = tmp_path / "vuelve.json"
    flattentool.unflatten(
        str(tmp_path / "csv"),
        input_format="csv",
        output_name=str(vuelve),
        root_id="ocid",
        root_is_list=True,
    )
    vuelto = {r["ocid"]: r for r in json.loads(vuelve.read_text())}[ocid]
    compilado = next(
        json.loads(c) for c in lineas(bajar(cliente, mes, Clase.COMPILADOS)) if json.loads(c)["ocid"] == ocid
    )
    assert [a["id"] for a in vuelto["awards"]] == [a["id"] for a in compilado["awards"]]
    assert vuelto["awards"][0]["items"][0]["description"] == compilado["awards"][0]["items"][0]["description"]
    assert vuelto["tender"]["title"] == compilado["tender"]["title"]


def test_lo_bajado_cumple_el_estandar(
    feria: Feria,
    reloj: Any,
    cliente: Any,
    mes: str,
    extension: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    contratada(feria, reloj)
    publicar_todo()
    hacer_meses()
    monkeypatch.chdir(tmp_path)
    ocid = json.loads(lineas(bajar(cliente, mes, Clase.COMPILADOS))[0])["ocid"]
    paquete = cliente.get(f"/ocds/records/{ocid}").json()
    releases = [json.loads(linea) for linea in lineas(bajar(cliente, mes, Clase.RELEASES))]
    sin_faltas(
        {clave: valor for clave, valor in paquete.items() if clave != "records"} | {"releases": releases}
    )


def test_hecho_dos_veces_es_el_mismo_y_despues_de_un_acto_otro(
    feria: Feria, reloj: Any, sesion: Session, cliente: Any, mes: str
) -> None:
    id_ = feria.publicada().id
    publicar_todo()
    assert hacer_meses() == 2
    fila = sesion.exec(select(MesOcds).where(col(MesOcds.unidad_id).is_(None))).one()
    antes = {clase: bajar(cliente, mes, clase) for clase in Clase}
    ids = [getattr(fila, clase.columna) for clase in Clase]
    with transaccion() as otra:
        assert hacer_mes(otra, fila.mes)
    sesion.refresh(fila)
    assert [getattr(fila, clase.columna) for clase in Clase] == ids
    assert {clase: bajar(cliente, mes, clase).content for clase in Clase} == {
        clase: respuesta.content for clase, respuesta in antes.items()
    }
    assert cuantos(sesion) == (6, 3)  # all are of one entity

    visto = antes[Clase.RELEASES].headers
    assert visto["access-control-allow-origin"] == "*"
    assert visto["content-disposition"] == f'attachment; filename="{mes}-todas-releases.jsonl.gz"'
    assert bajar(cliente, mes, Clase.RELEASES, **{"If-None-Match": visto["etag"]}).status_code == 304
    vuelve = {"If-Modified-Since": visto["last-modified"]}
    assert bajar(cliente, mes, Clase.RELEASES, **vuelve).status_code == 304
    for cuando in ("ayer", f"Thu, 01 Jan 2026 00:00:00 +{'9' * 20}", f"Thu, 01 Jan {'9' * 20} 00:00:00 GMT"):
        assert bajar(cliente, mes, Clase.RELEASES, **{"If-Modified-Since": cuando}).status_code == 200

    otro_acto(feria, id_)
    assert hacer_meses() == 0  # of the month in course, an hour after
    reloj.adelantar(timedelta(minutes=meses.EN_CURSO_MINUTOS, seconds=1))
    assert hacer_meses() == 2
    sesion.refresh(fila)
    assert (fila.procesos, fila.publicaciones) == (1, 2)
    assert len(lineas(bajar(cliente, mes, Clase.RELEASES, **vuelve))) == 2
    assert cuantos(sesion) == (6, 3)


def test_un_mes_que_termino_se_rehace_al_dia_siguiente(
    feria: Feria, reloj: Any, sesion: Session, cliente: Any, mes: str
) -> None:
    id_ = feria.publicada(dias=60).id
    publicar_todo()
    reloj.adelantar(timedelta(days=31))
    assert hacer_meses() == 2
    (dicho,) = cliente.get("/ocds/meses.json").json()["datos"]
    assert (dicho["mes"], dicho["en_curso"], dicho["publicaciones"]) == (mes, False, 1)
    otro_acto(feria, id_)
    reloj.adelantar(timedelta(hours=2))
    assert hacer_meses() == 0
    reloj.adelantar(timedelta(hours=22))
    assert hacer_meses() == 2
    assert cliente.get("/ocds/meses.json").json()["datos"][0]["publicaciones"] == 2
    sesion.rollback()
    assert por_hacer(sesion) == []


def test_estan_los_tres_o_ninguno(
    feria: Feria, reloj: Any, sesion: Session, cliente: Any, mes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut when two of them are kept: nothing is there; of one that was made before, all of it still is."""
    id_ = feria.publicada().id
    publicar_todo()
    guardar, hechos = meses.guardar, []

    def cortar(*args: Any, **campos: Any) -> Any:
        hechos.append(args)
        if len(hechos) % 3 == 0:
            raise KeyboardInterrupt
        return guardar(*args, **campos)

    with monkeypatch.context() as parche:
        parche.setattr(meses, "guardar", cortar)
        with pytest.raises(KeyboardInterrupt):
            hacer_meses()
        assert bajar(cliente, mes, Clase.RELEASES).status_code == 404
        assert sesion.exec(select(MesOcds)).all() == []
        assert cuantos(sesion) == (0, 0)
    assert hacer_meses() == 2
    antes = {clase: bajar(cliente, mes, clase).content for clase in Clase}
    otro_acto(feria, id_)
    reloj.adelantar(timedelta(hours=2))
    with monkeypatch.context() as parche:
        parche.setattr(meses, "guardar", cortar)
        with pytest.raises(KeyboardInterrupt):
            hacer_meses()
    assert {clase: bajar(cliente, mes, clase).content for clase in Clase} == antes


def test_uno_lo_hace_a_la_vez(feria: Feria, sesion: Session, mes: str) -> None:
    feria.publicada()
    publicar_todo()
    with nueva_sesion() as otro:
        (del_mes,) = {cual for cual, _de in por_hacer(otro)}
        assert mes_si_libre(otro, del_mes, None)
        assert not hacer_mes(sesion, del_mes)
        assert hacer_mes(sesion, del_mes, feria.entidad.id)
        otro.rollback()
    assert hacer_mes(sesion, del_mes)


def test_la_pagina_y_lo_que_no_hay(feria: Feria, reloj: Any, cliente: Any, mes: str) -> None:
    direccion = "/feria/datos-abiertos/meses"
    assert "Todavía no hay ninguno" in cliente.get(direccion).text
    feria.publicada()
    publicar_todo()
    hacer_meses()
    pagina = cliente.get(direccion).text
    assert f"/ocds/meses/{mes}/csv.zip" in pagina
    assert "En curso" in pagina
    assert "Gobierno Municipal Prueba" not in pagina
    del_mes = cliente.get(f"{direccion}?mes={mes}").text
    numero = cliente.get(f"/ocds/meses.json?mes={mes}").json()["datos"]
    numero = next(d["entidad"]["numero"] for d in numero if d["entidad"])
    assert f"/ocds/meses/{mes}/{numero}/compiled.jsonl.gz" in del_mes
    assert "Gobierno Municipal Prueba" in cliente.get(f"{direccion}?entidad={numero}").text
    en_el_catalogo = cliente.get("/datos/compras-del-estado").text
    assert f"/ocds/meses/{mes}/compiled.jsonl.gz" in en_el_catalogo
    assert numero not in en_el_catalogo
    catalogo = cliente.get("/datos/catalogo.ttl").text
    assert f"/ocds/meses/{mes}/csv.zip#distribucion" in catalogo
    for lista in ("releases", "records", "cambios"):
        assert f"/ocds/{lista}.json#distribucion>\n    rdf:type <http://www.w3.org/ns/dcat#Distr" in catalogo
    assert "No hay archivos de eso" in cliente.get(f"{direccion}?entidad=UE-0000099-9").text
    for falta in ("2019-01/csv.zip", f"{mes}/UE-0000099-9/csv.zip", f"{mes}/nadie/csv.zip"):
        assert cliente.get(f"/ocds/meses/{falta}").json()["codigo"] == "mes_sin_archivos"
    for mal in ("2026-13/csv.zip", f"{mes}/otro.zip", "ayer/csv.zip"):
        assert cliente.get(f"/ocds/meses/{mal}").status_code == 422
    assert cliente.get("/ocds/meses.json?mes=ayer").status_code == 422
